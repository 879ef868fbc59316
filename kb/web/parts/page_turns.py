"""Turning the pages of a document: find in it, ask for a page by its printed number, next, back."""

from __future__ import annotations

from importlib.resources import files

import streamlit as st

from kb.explore import views as v
from kb.web import nav, state
from kb.web.parts.cards import num
from kb.web.safe import html
from kb.web.state import t

_MISSED = "no_such_page"
"""Name in the session of the page that was asked for and is not there."""
_HITS = ("previous_hit", "next_hit")

_keys = st.components.v2.component(
    "kb_keys",
    html="<span></span>",
    js=(files(__package__) / "reading_keys.js").read_text(encoding="utf-8"),
)


def page_turns(document: v.DocumentView, page: v.PageView, query: str | None) -> None:
    """The row above a page, and what came of what was asked in it."""
    many = document.page_count > 1
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="walk"):
        st.text_input(
            t("document.find"),
            icon=":material/search:",
            max_chars=state.MAX_QUERY,
            placeholder=t("document.find"),
            label_visibility="collapsed",
            width=260,
            **state.bound("in_document", query or "", lambda x: state.update({"q": str(x)})),
        )
        if many:
            st.text_input(
                t("document.go_page"),
                max_chars=20,
                placeholder=t("document.go_page"),
                label_visibility="collapsed",
                width=90,
                **state.bound(
                    "go_page", page.label or str(page.page), lambda x: _turn_to(document, str(x))
                ),
            )
            st.html(_links(document, page))
    chosen = state.whole("s", 0)
    about = f"{document.document_id}/{page.page}/{chosen}" if chosen else ""
    _keys(key="kb_keys", data={"statement": about}, height="content")
    said = [_missed(document), _found(document, page, query)]
    if page.section:
        said.append(f'<div class="kb-muted kb-text">{html(page.section)}</div>')
    if any(said):
        st.html("".join(said))


def _turn_to(document: v.DocumentView, label: str) -> None:
    found = document.page_named(label)
    if found is None:
        st.session_state[_MISSED] = label
        return
    state.update({"hal": found, "s": None})


def _missed(document: v.DocumentView) -> str:
    label = st.session_state.pop(_MISSED, "")
    if not str(label).strip():
        return ""
    told = t("document.no_such_page", label=label, count=num(document.page_count))
    return f'<div class="kb-warn" role="status">{html(told)}</div>'


def _found(document: v.DocumentView, page: v.PageView, query: str | None) -> str:
    """How far the words that are looked for go in this document."""
    if not query or (page.matches and document.page_count == 1):
        return ""
    hits = document.hit_pages
    clear = nav.anchor(
        nav.changed({"q": None}), html(t("document.find_clear")), style="kb-link", mark="find_clear"
    )
    if not hits:
        told = html(t("document.find_none", query=query))
        return f'<div class="kb-warn" role="status">{told} {clear}</div>'
    if page.page in hits:
        place = num(hits.index(page.page) + 1)
        told = t("document.find_at", place=place, count=num(len(hits)), query=query)
    else:
        told = t("document.find_elsewhere", count=num(len(hits)), query=query)
    return f'<div class="kb-find" role="status">{html(told)} {clear}</div>'


def _links(document: v.DocumentView, page: v.PageView) -> str:
    label = t("document.page_of", page=num(page.page), count=num(document.page_count))
    if page.label and page.label != str(page.page):
        label += f" · {t('document.page_label', label=page.label)}"
    before = _turn("previous", page.page - 1, page.page > 1)
    after = _turn("next", page.page + 1, page.page < document.page_count)
    targets = (page.previous_hit, page.next_hit)
    hits = "".join(
        _link(
            target,
            f"<span>{html(t(f'document.{name}'))}</span>",
            style=f"kb-button kb-i kb-i-{name}",
            mark=name,
        )
        for name, target in zip(_HITS, targets, strict=True)
        if target
    )
    return (
        f'<nav class="kb-walk" aria-label="{html(t("app.pages"))}">{before}{after}'
        f'<span class="kb-muted">{html(label)}</span>{hits}</nav>'
    )


def _link(page: int, words: str, *, style: str = "", label: str = "", mark: str = "") -> str:
    """A link to another page of this document, as HTML."""
    address = nav.changed({"hal": page, "s": None})
    return nav.anchor(address, words, style=style, label=label, mark=mark)


def _turn(name: str, page: int, possible: bool) -> str:
    label = t(f"document.{name}")
    if not possible:
        return f'<span class="kb-button kb-i kb-i-{name} kb-off" aria-hidden="true"></span>'
    return _link(page, "", style=f"kb-button kb-i kb-i-{name}", label=label, mark=name)


def keys_told() -> str:
    """Which keys do what on this page, as HTML."""
    parts = []
    for entry in t("document.keys").split("|"):
        keys, _, does = entry.strip().partition(":")
        shown = " ".join(f"<kbd>{html(key)}</kbd>" for key in keys.split())
        parts.append(f"{shown} {html(does.strip())}")
    return f'<div class="kb-muted kb-keys-told">{" &nbsp; ".join(parts)}</div>'
