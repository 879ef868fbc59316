"""Pages of other documents that are like this one, and what differs, word by word."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.explore import views as v
from kb.web import nav
from kb.web.base import kb
from kb.web.parts import on_demand
from kb.web.parts.cards import day, meta, num
from kb.web.safe import html
from kb.web.state import t

SHOWN = 8
_MARKS = {"same": ("", ""), "removed": ("<del>", "</del>"), "added": ("<ins>", "</ins>")}


def similar(page: v.PageView) -> None:
    """Pages like this one, each with what it shares."""
    found = kb().similar_passages(page.document_id, page.page, SHOWN)
    if not found:
        st.markdown(f":gray[{t('document.similar_none')}]")
    for passage in found:
        _passage(page, passage)


def _passage(page: v.PageView, passage: v.SimilarPassage) -> None:
    document = passage.document
    label = html(document.title)
    if document.page_count > 1:
        where = t("search.page", label=passage.page_label or passage.page)
        label += f", {html(where)}"
    link = nav.anchor(nav.href("dokumen", id=document.document_id, hal=passage.page), label)
    alike = t("search.by_meaning")
    if passage.paragraphs:
        alike = t("document.paragraphs_shared", count=num(passage.paragraphs))
    elif passage.kind == "similar":
        alike = t("document.words_shared", share=num(100 * passage.score))
    facts = meta([day(document.date), document.doc_type_label, alike])
    st.html(
        f'<ul class="kb-lines"><li>{link}{facts}'
        f'<div class="kb-snippet">{html(passage.excerpt)}</div></li></ul>'
    )
    if passage.paragraphs:
        on_demand.popover(
            t("document.compare_here"),
            lambda: _pairs(
                kb().compare_pages(page.document_id, page.page, document.document_id, passage.page)
            ),
            icon=":material/difference:",
            type="tertiary",
            key=f"differs_{document.document_id}_{passage.page}",
        )


def _pairs(pairs: Sequence[v.SharedPassage]) -> None:
    changed = [p for p in pairs if any(c.kind != "same" for c in p.changes)]
    st.caption(t("document.difference" if changed else "document.nothing_differs"))
    differences(changed or pairs)


def differences(pairs: Sequence[v.SharedPassage]) -> None:
    """Paragraphs with what was removed struck out and what was added on a ground."""
    for shared in pairs:
        pieces = [_MARKS[c.kind][0] + html(c.text) + _MARKS[c.kind][1] for c in shared.changes]
        st.html(f'<p class="kb-text">{" ".join(pieces)}</p>')
