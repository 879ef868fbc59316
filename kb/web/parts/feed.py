"""A feed button where a list is: the address of its Atom feed, to be pasted into a reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st

from kb.web.base import settings
from kb.web.parts import on_demand
from kb.web.safe import html
from kb.web.state import t

Value = str | int | bool | Sequence[str] | Sequence[int] | None


def root() -> str:
    """``https://arsip.example.go.id``, as readers reach the app; empty where that is not known."""
    if settings().address:
        return settings().address.rstrip("/")
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def address(name: str, parameters: Mapping[str, Value]) -> str:
    """Where the feed of a list is; what is not asked for is left out."""
    asked = {key: value for key, value in parameters.items() if value not in (None, "", (), [])}
    query = urlencode(asked, doseq=True)
    return f"{root()}/feeds/{quote(name)}.atom" + (f"?{query}" if query else "")


def button(
    name: str, parameters: Mapping[str, Value], *, key: str, label: str | None = None
) -> None:
    """The button, where feeds are served."""
    if settings().api != "on":
        return
    on_demand.popover(
        label or t("feed.button"),
        lambda: _told(address(name, parameters)),
        icon=":material/rss_feed:",
        key=key,
    )


def _told(where: str) -> None:
    st.caption(t("feed.help"))
    st.code(where, language=None, wrap_lines=True)
    words = html(t("feed.open"))
    st.html(f'<a class="kb-button" href="{html(where)}" target="_blank" rel="noopener">{words}</a>')
