"""The look: one type scale, one accent (the theme's primary colour), generous space.

Colours come from the theme in ``.streamlit/config.toml`` through Streamlit's CSS
variables and ``currentColor``, so the same rules serve light and dark.
"""

from __future__ import annotations

import streamlit as st

ENTITY_COLOURS = {"PER": "#b4591f", "ORG": "#2f6fb0", "LOC": "#3f7d3a"}
"""Marks of mentions on pages, readable on light and dark grounds."""
SERIES_COLOURS = ("#0b8a76", "#c8702a", "#3d6fb6", "#9a4f9e", "#7a7a2c", "#b23a48")
"""Chart series, distinct for the common colour blindnesses."""

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="#0b8a76">'
    '<path d="M2 4.5C5 3.6 8.6 3.8 11.3 5.4v15C8.6 18.9 5 18.7 2 19.500z"/>'
    '<path d="M22 4.5C19 3.6 15.4 3.8 12.7 5.4v15c2.7-1.5 6.3-1.7 9.3-.9z"/></svg>'
)
"""The sign of the tab, as data: an icon named by word is fetched from the internet."""


def ink() -> str:
    """Colour of words drawn inside a chart, which take none from the theme."""
    shown = getattr(st.context.theme, "type", None)
    return {"dark": "#e4e4e0", "light": "#33383b"}.get(str(shown), "#808080")


_CSS = """
<style>
.stMainBlockContainer {max-width: 1120px; padding-top: 4.4rem; padding-bottom: 4rem;}
.st-key-lang {position: fixed; top: .65rem; right: 1.1rem; z-index: 999991; width: auto;}
footer, .stDeployButton {display: none;}
[data-testid="stSidebarUserContent"] {padding-top: .5rem;}
.kb-muted {opacity: .72; font-size: .875rem; line-height: 1.5;}
.kb-snippet {font-size: .95rem; line-height: 1.6; overflow-wrap: anywhere;}
.kb-rows {font-size: .875rem; line-height: 1.5; overflow-wrap: anywhere; opacity: .85;
          border-left: 2px solid currentColor; padding-left: .7rem;}
.kb-rows div + div {margin-top: .25rem;}
mark {background: #ffd54d; color: #1a1a1a; border-radius: 3px; padding: 0 .12em;}
.kb-meta {display: flex; flex-wrap: wrap; gap: .15rem .6rem; font-size: .875rem; opacity: .8;}
.kb-meta span:not(:last-child)::after {content: "·"; margin-left: .6rem; opacity: .6;}
.kb-tag {border: 1px solid currentColor; border-radius: 999px; padding: 0 .5rem;
         font-size: .75rem; opacity: .85; white-space: nowrap;}
.kb-warn {border-left: 3px solid #d58a00; padding: .1rem .7rem; font-size: .9rem;}
.kb-page {white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.65; font-size: .98rem;}
.kb-article {white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.75;
             font-size: 1.05rem; max-width: 44rem;}
.kb-ent {border-bottom: 2px solid; padding-bottom: 1px;}
.kb-PER {border-color: #b4591f;} .kb-ORG {border-color: #2f6fb0;} .kb-LOC {border-color: #3f7d3a;}
.kb-said {background: rgba(63, 184, 162, .16);}
.kb-quote {border-left: 3px solid #0b8a76; padding: .1rem 0 .1rem .9rem; margin: .1rem 0;
           font-size: 1.05rem; line-height: 1.6; overflow-wrap: anywhere;}
.kb-figure {position: relative; display: block; border: 1px solid rgba(128,128,128,.35);}
.kb-figure img {display: block; width: 100%; height: auto;}
.kb-box {position: absolute; mix-blend-mode: multiply; box-sizing: content-box;
         padding-bottom: 2px;}
.kb-box-hit {background: rgba(255, 213, 77, .75); outline: 1px solid #c79a00;
             border-radius: 2px; padding: 1px; margin: -1px;}
.kb-box-PER {border-bottom: 2px solid #b4591f;} .kb-box-ORG {border-bottom: 2px solid #2f6fb0;}
.kb-box-LOC {border-bottom: 2px solid #3f7d3a;}
ins {background: rgba(63, 184, 162, .25); text-decoration: none;}
del {background: rgba(213, 80, 60, .22);}
.kb-number {font-size: 1.7rem; font-weight: 650; line-height: 1.1;}
.kb-legend span {margin-right: 1rem; white-space: nowrap;}
.kb-legend i.kb-key {height: .8rem;}
.kb-legend i {display: inline-block; width: .8rem; height: .25rem; margin-right: .35rem;
              vertical-align: middle;}
.kb-text {overflow-wrap: anywhere;}
[class*="st-key-badges"] a {border: 1px solid rgba(128,128,128,.4); border-radius: 999px;
              padding: .05rem .6rem; min-height: 0;}
[class*="st-key-badges"] a p {font-size: .8rem;}
[class*="st-key-card"] [data-testid="stPageLink"] a {padding-left: 0;}
[class*="st-key-card"] [data-testid="stPageLink"] p {overflow-wrap: anywhere;
              white-space: normal;}
[class*="st-key-badges"] [data-testid="stPageLink"] a {padding-left: .6rem;}
[class*="st-key-title"] a {padding: 0;}
[class*="st-key-title"] a p {font-size: 1.08rem; font-weight: 600; line-height: 1.35;
              color: var(--kb-accent);}
[class*="st-key-lines"] {gap: .1rem;}
[class*="st-key-lines"] a, [class*="st-key-card"] a, [class*="st-key-badges"] a,
[class*="st-key-title"] a {background: none;}
.st-key-search_tools {gap: .4rem;}
.st-key-search_tools button {padding: .2rem .55rem;}
.st-key-search_tools button p {font-size: .9rem;}
.st-key-chips button {border-radius: 999px; padding: .1rem .75rem; min-height: 2rem;}
[class*="st-key-badges"] a {max-width: 100%;}
[class*="st-key-badges"] a > :last-child, [class*="st-key-badges"] a p {overflow: hidden;
              text-overflow: ellipsis; white-space: nowrap; min-width: 0;}
[data-testid="stSidebar"] [data-testid="stElementToolbar"] {display: none;}
label:has(input:focus-visible) {outline: 2px solid var(--kb-accent); outline-offset: 2px;
              border-radius: 4px;}
a:focus-visible {outline: 2px solid var(--kb-accent); outline-offset: 2px; border-radius: 4px;}
.st-key-strip {gap: .35rem;}
.st-key-strip button {padding: .1rem .5rem; min-height: 1.9rem;}
.st-key-strip button p {font-size: .85rem;}
[class*="st-key-lines"] [data-testid="stPageLink"] a {padding-left: 0; padding-bottom: 0;}
[class*="st-key-lines"] [data-testid="stPageLink"] p {font-weight: 500; overflow-wrap: anywhere;
              white-space: normal;}
[class*="st-key-lines"] .kb-meta {margin-bottom: .55rem;}
[class*="st-key-lines"] button, [class*="st-key-plain"] button {padding: 0; min-height: 1.7rem;}
[class*="st-key-plain"] button, [class*="st-key-plain"] button > div {text-align: left;
              justify-content: flex-start;}
[class*="st-key-facet"] label {width: 100%;}
[class*="st-key-facet"] [data-testid="stCheckbox"] p {font-size: .88rem; overflow-wrap: anywhere;}
:root {--kb-accent: #0b6e5f;}
@media (prefers-color-scheme: dark) {:root {--kb-accent: #5fcdb8;}}
.stApp[style*="color-scheme: dark"] {--kb-accent: #5fcdb8;}
.stApp[style*="color-scheme: light"] {--kb-accent: #0b6e5f;}
@media (max-width: 640px) {
  .stMainBlockContainer {padding-left: 1rem; padding-right: 1rem;}
  .kb-article {font-size: 1rem;}
}
</style>
"""


def apply() -> None:
    """Send the style sheet; once a run."""
    st.html(_CSS)
