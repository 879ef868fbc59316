"""The script by which plain HTML links open within the session; once a page."""

from __future__ import annotations

from importlib.resources import files

import streamlit as st

from kb.web.state import language, t

_render = st.components.v2.component(
    "kb_links",
    html="<span></span>",
    js=(files(__package__) / "links.js").read_text(encoding="utf-8"),
)


def follow_links() -> None:
    """Mount the script; it needs no answer from the server."""
    words = {"skip": t("app.skip"), "side": t("app.side")}
    _render(key="kb_links", data={"language": language(), **words}, height="content")
