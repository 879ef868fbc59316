"""The search box with completions while typing. Only it reruns until Enter is pressed."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import streamlit as st

from kb.web import nav, state
from kb.web.base import kb
from kb.web.safe import plain
from kb.web.state import t

if TYPE_CHECKING:
    from kb.explore.views import Completion

KEY = "search_box"
OFFERS = 7
SHORTEST = 2

_HTML = """
<div class="box" role="search">
  <input type="search" role="combobox" aria-autocomplete="list" aria-controls="offers"
         autocomplete="off" spellcheck="false" maxlength="2000">
  <button type="button">
    <svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor"
         stroke-width="2.4" stroke-linecap="round" aria-hidden="true">
      <circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5 21 21"/></svg>
  </button>
  <ul id="offers" role="listbox" hidden></ul>
</div>
"""


def _asset(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


_render = st.components.v2.component(
    "kb_search_box",
    html=_HTML,
    css=_asset("searchbox.css"),
    js=_asset("searchbox.js"),
)


def _address(offer: Completion) -> str:
    if offer.document_id is not None:
        return nav.href("dokumen", id=offer.document_id)
    if offer.entity_id is not None:
        return nav.href("entitas", id=offer.entity_id)
    return nav.href("cari", q=plain(offer.text))


def _typed() -> None:
    event = st.session_state[KEY].typed or {}
    text = str(event.get("text", ""))[: state.MAX_QUERY]
    found = kb().complete(text, OFFERS) if len(text.strip()) >= SHORTEST else ()
    st.session_state["box_typed"] = text
    st.session_state["box_offers"] = [
        {
            "text": plain(c.text),
            "label": t(f"search.kind_{c.kind}"),
            "address": _address(c),
        }
        for c in found
    ]


@st.fragment
def search_box(query: str, *, on_search_page: bool) -> None:
    """Draw the box. A search is an address: this page's with other words, or that of Cari."""
    _render(
        key=KEY,
        data={
            "query": query,
            "label": t("search.label"),
            "button": t("nav.cari"),
            "placeholder": t("search.placeholder"),
            "typed": st.session_state.get("box_typed", ""),
            "offers": st.session_state.get("box_offers", []),
            "results": None if on_search_page else nav.href("cari"),
        },
        on_typed_change=_typed,
    )
