"""The scripts of every page: links open within the session, charts become pictures."""

from __future__ import annotations

from importlib.resources import files

import streamlit as st

from kb.web.state import language, t


def _scripts(*names: str) -> str:
    """Several scripts as one: a part of its own for each would be one more to send with a page."""
    return "\n".join((files(__package__) / name).read_text(encoding="utf-8") for name in names)


_render = st.components.v2.component(
    "kb_links",
    html="<span></span>",
    js=_scripts("chart_files.js", "links.js"),
)


_NAMES = {"Open": "name_open", "Clear entry": "name_clear", "Clear value": "name_clear"}
"""What Streamlit calls parts of its widgets, in English whatever the app speaks."""


_LOST = {"Page not found": "lost", "The page that you have requested": "lost_help"}
"""How what it says begins where there is no such page."""


def follow_links() -> None:
    """Mount the script; it needs no answer from the server."""
    words = {"skip": t("app.skip"), "side": t("app.side")}
    names = {english: t(f"app.{key}") for english, key in _NAMES.items()}
    lost = [(english, t(f"app.{key}")) for english, key in _LOST.items()]
    data = {"lost": lost, "language": language(), "names": names, **words}
    _render(key="kb_links", data=data, height="content")
