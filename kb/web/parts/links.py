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


def follow_links() -> None:
    """Mount the script; it needs no answer from the server."""
    words = {"skip": t("app.skip"), "side": t("app.side")}
    _render(key="kb_links", data={"language": language(), **words}, height="content")
