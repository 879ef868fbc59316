"""The record of what staff decided: what, about which document, who, when, why; taken back here."""

from __future__ import annotations

import streamlit as st

from kb.explore import views as v
from kb.web import nav, state
from kb.web.base import kb
from kb.web.parts.cards import num
from kb.web.parts.deciding import decide
from kb.web.parts.judging import history_line
from kb.web.parts.page_about import moment
from kb.web.parts.paging import page_links
from kb.web.safe import html
from kb.web.state import t

ROWS = 25
"""Decisions of one page of the list."""
KINDS = (
    *("merge", "rename", "hide", "apart", "split", "untag", "alias", "field", "remove"),
    *("withdraw", "seen", "page", "mention", "office", "statement", "indicator", "direction"),
)
"""Kinds that have a name in the texts (``judge.kind_...``)."""


def record() -> None:
    """The list, the latest first, with the button that takes each back."""
    everything = state.text("batal") == "1"
    found = kb().corrections(undone=everything)
    st.toggle(
        t("manage.with_undone"),
        **state.bound(
            "with_undone",
            everything,
            lambda x: state.update({"batal": "1" if x else None, "p": None}),
        ),
    )
    if not found:
        st.html(f'<p class="kb-note">{html(t("manage.no_corrections"))}</p>')
        return
    pages = -(-len(found) // ROWS)
    page = min(state.whole("p", 1), pages)
    st.html(f'<p class="kb-count">{html(t("manage.corrections_count", count=num(len(found))))}</p>')
    for one in found[(page - 1) * ROWS : page * ROWS]:
        _row(one)
    page_links(pages, page)


def _row(one: v.Correction) -> None:
    key = f"decision_{one.correction_id}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=key):
        st.html(f'<div class="kb-decision">{_what(one)}{_circumstances(one)}</div>')
        if one.undone is None and st.button(
            t("manage.undo"), key=f"undo_{one.correction_id}", type="tertiary"
        ):
            number = one.correction_id
            decide(lambda d: d.undo(number), told="manage.saved")


def _link(one: v.Correction, words: str | None) -> str | None:
    """To the document it is about, where that is here."""
    if one.document_id is None or not words:
        return None
    return nav.anchor(nav.href("dokumen", id=one.document_id), html(words))


def _what(one: v.Correction) -> str:
    said = history_line(one)
    return (_link(one, said) if said == one.title else None) or html(said)


def _circumstances(one: v.Correction) -> str:
    """What kind of decision it is, where, who made it, when and why; and what does not hold."""
    where = _link(one, one.title if history_line(one) != one.title else None)
    undone = None
    if one.undone is not None:
        who = one.undone_by or t("judge.somebody")
        undone = t("manage.undone", who=who, when=moment(one.undone))
    parts = [
        html(t(f"judge.kind_{one.kind}") if one.kind in KINDS else one.kind),
        where,
        html(one.by or t("judge.somebody")),
        html(moment(one.at)),
        html(one.reason) if one.reason else None,
        html(t("judge.lost")) if one.problem else None,
        html(undone) if undone else None,
    ]
    spans = "".join(f"<span>{part}</span>" for part in parts if part)
    return f'<div class="kb-meta">{spans}</div>'
