"""The look: one type scale, one accent (the theme's primary colour), generous space.

Colours come from the theme in ``.streamlit/config.toml`` through Streamlit's CSS
variables and ``currentColor``, so the same rules serve light and dark.
"""

from __future__ import annotations

from importlib.resources import files

import streamlit as st

ENTITY_COLOURS = {"PER": "#b4591f", "ORG": "#2f6fb0", "LOC": "#3f7d3a"}
"""Marks of mentions on pages, readable on light and dark grounds."""
SERIES_COLOURS = ("#0b8a76", "#c8702a", "#3d6fb6", "#9a4f9e", "#7a7a2c", "#b23a48")
"""Chart series, distinct for the common colour blindnesses."""

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="#0b8a76">'
    '<path d="M2 4.5C5 3.6 8.6 3.8 11.3 5.4v15C8.6 18.9 5 18.7 2 19.5z"/>'
    '<path d="M22 4.5C19 3.6 15.4 3.8 12.7 5.4v15c2.7-1.5 6.3-1.7 9.3-.9z"/></svg>'
)
"""The sign of the tab, as data: an icon named by word is fetched from the internet."""


_SHEETS = ("theme.css", "charts.css", "reading.css", "print.css")
_CSS = "".join((files(__package__) / name).read_text(encoding="utf-8") for name in _SHEETS)
_CSS = f"<style>{_CSS}</style>"


def apply() -> None:
    """Send the style sheet; once a run."""
    st.html(_CSS)
