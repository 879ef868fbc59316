"""The search box with completions while typing. Only it reruns until Enter is pressed."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import streamlit as st

from kb.web import nav, state
from kb.web.base import kb
from kb.web.safe import plain
from kb.web.state import t

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


def _typed() -> None:
    event = st.session_state[KEY].typed or {}
    text = str(event.get("text", ""))[: state.MAX_QUERY]
    found = kb().complete(text, OFFERS) if len(text.strip()) >= SHORTEST else ()
    st.session_state["box_typed"] = text
    st.session_state["box_offers"] = [
        {
            "text": plain(c.text),
            "kind": c.kind,
            "label": t(f"search.kind_{c.kind}"),
            "id": c.entity_id or c.document_id,
        }
        for c in found
    ]


def _chosen() -> None:
    event = st.session_state[KEY].submitted or {}
    st.session_state["box_go"] = ("cari", {"q": str(event.get("text", ""))[: state.MAX_QUERY]})


def _picked() -> None:
    event = st.session_state[KEY].picked or {}
    offers: list[dict[str, Any]] = st.session_state.get("box_offers", [])
    position = event.get("position")
    if not isinstance(position, int) or not 0 <= position < len(offers):
        return
    offer = offers[position]
    if offer["kind"] == "title":
        st.session_state["box_go"] = ("dokumen", {"id": offer["id"]})
    elif offer["kind"] == "word":
        st.session_state["box_go"] = ("cari", {"q": offer["text"]})
    else:
        st.session_state["box_go"] = ("entitas", {"id": offer["id"]})


@st.fragment
def search_box(query: str, *, on_search_page: bool) -> None:
    """Draw the box; a search changes the address (and opens Cari from other pages)."""
    _render(
        key=KEY,
        data={
            "query": query,
            "label": t("search.label"),
            "placeholder": t("search.placeholder"),
            "typed": st.session_state.get("box_typed", ""),
            "offers": st.session_state.get("box_offers", []),
        },
        on_typed_change=_typed,
        on_submitted_change=_chosen,
        on_picked_change=_picked,
    )
    if target := st.session_state.pop("box_go", None):
        st.session_state["box_offers"] = []
        page, parameters = target
        if page == "cari" and on_search_page:
            state.update({"q": parameters["q"].strip() or None, "p": None})
            st.rerun()
        nav.go(page, **parameters)
