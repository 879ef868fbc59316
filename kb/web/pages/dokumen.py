"""Dokumen: one page of one document, its hits marked, with everything to cite it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.errors import NotFound
from kb.explore import views as v
from kb.readers.formats import DRAWN
from kb.readers.unread import BROKEN, FAILED, LATE, OFF, reason
from kb.web import nav, state
from kb.web.base import kb
from kb.web.frame import heading, titled
from kb.web.parts import (
    cards,
    judging,
    judging_numbers,
    judging_words,
    keeping,
    on_demand,
    page_plans,
    page_similar,
    page_tables,
    page_text,
    page_versions,
)
from kb.web.parts.cards import badge_links, day, meta, num, statement_block
from kb.web.parts.page_about import about
from kb.web.parts.page_cite import citation
from kb.web.parts.page_turns import keys_told, page_turns
from kb.web.parts.viewer import viewer
from kb.web.safe import html, md
from kb.web.state import t

STRIP = 30
"""Pages with hits offered at once: those around the page that is open."""
OUTLINE = 150
"""Entries of the outline shown at most, for the same reason."""
STATEMENTS = 40


def show() -> None:
    """The page."""
    identity = state.whole("id", 0)
    query = state.text("q").strip() or None
    try:
        document = kb().document(identity, query=query, page=state.whole("hal", 1))
    except NotFound:
        heading(t("nav.dokumen"))
        st.warning(t("document.missing"), icon=":material/search_off:")
        st.html(nav.anchor(nav.href("cari"), html(t("nav.cari")), style="kb-button"))
        return
    gone = _follow(document)
    named = document.page_named(state.text("hal"))  # "IV-32", written into the address by hand
    number = min(state.whole("hal", named or 1), max(1, document.page_count))
    page = kb().page(identity, number, query=query, hit_pages=document.hit_pages)
    marks = kb().corrected([document.document_id])
    _head(document, query, marks)
    if gone:
        told = html(t("document.statement_gone"))
        st.html(f'<div class="kb-warn" role="status">{told}</div>')
    _sidebar(document, page)
    page_turns(document, page, query)
    tagged = _tools(document, page)
    if document.format in DRAWN:
        _pdf_page(document, page, query, tagged=tagged)
    else:
        _article(document, page, tagged=tagged)
    _below(document, page, marks)


def _follow(document: v.DocumentView) -> bool:
    """Lead a statement's number that is an old one by now to where the statement is; True where
    there is none of this document."""
    number = state.whole("s", 0)
    if not number:
        return False
    try:
        said = kb().statement(number)
    except NotFound:
        said = None
    if said is None or said.document_id != document.document_id:
        state.update({"s": None})
        return True
    if said.statement_id != number:
        now = said.statement_id if said.statement_id > 0 else None
        state.update({"s": now, "hal": said.page})
    return False


def _head(document: v.DocumentView, query: str | None, marks: judging.Marks) -> None:
    heading()
    titled(document.title)
    back = ""
    if query:
        back = nav.anchor(
            nav.href("cari", q=query), html(t("document.back")), style="kb-where kb-i kb-i-back"
        )
    views = t("document.views", count=num(document.views)) if document.views is not None else None
    years = (
        "–".join(str(y) for y in sorted({min(document.years), max(document.years)}))
        if document.years
        else None
    )
    facts = meta(
        [
            day(document.date),
            document.doc_type_label,
            years if document.doc_type_label and document.page_count > 1 else None,
            document.institution,
            views,
        ]
    )
    gone = ""
    if document.withdrawn:
        said = html(t("document.withdrawn", day=day(document.withdrawn)))
        gone = f'<div class="kb-warn">{said}</div>'
    mended = judging.note(marks.get(("documents", document.document_id)))
    st.html(f'{back}<h1 class="kb-document">{html(document.title)}</h1>{facts}{gone}{mended}')


def _ocr_note(page: v.PageView) -> None:
    if page.method == "ocr":
        note = (
            t("document.ocr", confidence=num(100 * page.ocr_confidence))
            if page.ocr_confidence is not None
            else t("document.ocr_unknown")
        )
        st.html(f'<div class="kb-warn">{html(note)}</div>')


def _pdf_page(
    document: v.DocumentView, page: v.PageView, query: str | None, *, tagged: bool
) -> None:
    picture, words = st.columns([11, 9], gap="large")
    with picture:
        chosen = state.whole("s", 0) or None
        viewer(document, page, query=query, entities=tagged, statement=chosen)
        st.html(keys_told())
    with words:
        _ocr_note(page)
        _text(document, page, "kb-page", tagged)


def _tools(document: v.DocumentView, page: v.PageView) -> bool:
    """The row above the page: marks on or off (returned), citation, the file, its source."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="tools"):
        tagged = _entities_toggle()
        on_demand.popover(
            t("document.cite"),
            lambda: citation(
                document.document_id, page=page.page if document.page_count > 1 else None
            ),
            icon=":material/format_quote:",
            key="cite",
        )
        keeping.page(document, page)
        file = kb().document_file(document.document_id)
        if file is not None:
            st.download_button(
                t("document.download"),
                data=file.read_bytes,
                file_name=document.file_name,
                icon=":material/download:",
                on_click="ignore",
            )
        cards.outside_link(document.address, t("document.open_source"))
        judging.document(document)
    return tagged


def _entities_toggle() -> bool:
    on = state.text("tanda") != "0"
    return st.toggle(
        t("document.show_entities"),
        **state.bound("tanda", on, lambda x: state.update({"tanda": None if x else "0"})),
    )


NO_TEXT = {LATE: "_late", FAILED: "_failed", OFF: "_off", BROKEN: "_broken"}
"""Why a page has no text, and the ending of the key of its sentence."""


def _text(document: v.DocumentView, page: v.PageView, style: str, tagged: bool) -> None:
    if not page.text.strip():
        why = reason(document.warnings, page.page)
        st.markdown(f":gray[{t('document.no_text' + NO_TEXT.get(why or '', ''))}]")
        return
    if page.matches:
        st.html(
            f'<div class="kb-muted">{t("document.hits_here", count=num(len(page.matches)))}</div>'
        )
    judging_words.picking(document, page)
    chosen = state.whole("s", 0) or None
    body = page_text.marked_page(page, entities=tagged, statement=chosen)
    st.html(f'<div class="{style}">{body}</div>')
    if tagged:
        st.html(page_text.legend())


def _article(document: v.DocumentView, page: v.PageView, *, tagged: bool) -> None:
    _ocr_note(page)
    _text(document, page, "kb-article", tagged)


def _sidebar(document: v.DocumentView, page: v.PageView) -> None:
    with st.sidebar:
        hits = [p for p in document.pages if p.hits]
        if hits and document.page_count > 1:
            _strip(hits, page)
        if document.outline:
            on_demand.expander(
                t("document.outline"),
                lambda: _outline(document, page),
                expanded=not hits,
                key="outline",
            )
        blocks = ""
        if document.entities:
            blocks = f"<h3>{html(t('document.entities'))}</h3>{badge_links(document.entities, 14)}"
        if document.offices:
            blocks += _offices(document)
        if blocks:
            with st.container(key="side"):
                st.html(f'<div class="kb-side">{blocks}</div>')


def _offices(document: v.DocumentView) -> str:
    items = "".join(
        "<li>"
        + nav.anchor(nav.href("entitas", id=h.person.entity_id), html(h.person.name))
        + meta([h.term.label])
        + "</li>"
        for h in document.offices[:20]
    )
    label = html(t("document.officials"))
    return f'<details class="kb-more"><summary>{label}</summary><ul>{items}</ul></details>'


def _strip(hits: Sequence[v.PageRef], page: v.PageView) -> None:
    """Pages that match, each with how often; the ones around the open page where many do."""
    before = sum(h.page < page.page for h in hits)
    start = max(0, min(before - STRIP // 2, len(hits) - STRIP))
    shown = hits[start : start + STRIP]
    links = "".join(
        "<li>"
        + nav.anchor(
            nav.changed({"hal": hit.page, "s": None}),
            f"{html(hit.label or str(hit.page))} <small>{num(hit.hits)}</small>",
            style="kb-badge",
            label=t("document.hits_on", page=num(hit.page), count=num(hit.hits)),
            mark=f"strip{hit.page}",
            current=hit.page == page.page,
        )
        + "</li>"
        for hit in shown
    )
    more = ""
    if len(hits) > len(shown):
        rest = t("document.hits_more", count=num(len(hits) - len(shown)))
        more = f'<p class="kb-muted">{html(rest)}</p>'
    with st.container(key="strip"):
        title = html(t("document.hit_pages", count=num(len(hits))))
        st.html(f'<h3>{title}</h3><ul class="kb-badges kb-strip">{links}</ul>{more}')


def _outline(document: v.DocumentView, page: v.PageView) -> None:
    current = max((i for i, o in enumerate(document.outline) if o.page <= page.page), default=-1)
    start = max(0, min(current - OUTLINE // 2, len(document.outline) - OUTLINE))
    items = "".join(
        f'<li class="kb-level-{min(entry.level, 3)}">'
        + nav.anchor(
            nav.changed({"hal": entry.page, "s": None}),
            f"<span>{html(entry.title)}</span>",
            mark=f"outline{position}",
            current=position == current,
        )
        + "</li>"
        for position, entry in enumerate(document.outline[start : start + OUTLINE], start)
    )
    st.html(f'<ul class="kb-facet kb-outline">{items}</ul>')


def _below(document: v.DocumentView, page: v.PageView, marks: judging.Marks) -> None:
    page_tables.tables(document, page)
    judging_numbers.on_page(page)
    if page.statements:
        on_demand.expander(
            f"{t('document.statements')} ({num(len(page.statements))})",
            lambda: _said(page.statements[:STATEMENTS], marks),
            key="said",
        )
    if document.duplicates:
        on_demand.expander(
            f"{t('document.duplicates')} ({num(len(document.duplicates))})",
            lambda: _twins(document),
            key="twins",
        )
    on_demand.expander(
        t("document.similar_passages"),
        lambda: page_similar.similar(page),
        icon=":material/compare:",
        key="similar",
    )
    on_demand.expander(
        t("document.more_like"),
        lambda: cards.document_lines(kb().related(document.document_id), "related"),
        key="like",
    )
    page_plans.changes(document)
    if document.older_versions:
        count = num(len(document.older_versions))
        on_demand.expander(
            f"{t('document.versions')} ({count})",
            lambda: page_versions.versions(document),
            icon=":material/history:",
            key="versions",
        )
    on_demand.expander(t("document.about"), lambda: about(document), key="about")


def _said(said: Sequence[v.StatementView], marks: judging.Marks) -> None:
    for one in said:
        told = judging.note(marks.get(("statements", one.statement_id)))
        st.html(f'<article class="kb-card">{statement_block(one)}{told}</article>')


def _twins(document: v.DocumentView) -> None:
    cards.document_lines(document.duplicates, "duplicates")
    for other in document.duplicates[:5]:
        on_demand.popover(
            t("document.changes", title=md(day(other.date) or other.title)),
            lambda other=other: _changes(document.document_id, other),  # type: ignore[misc]
            icon=":material/difference:",
            key=f"diff_{other.document_id}",
        )


def _changes(document_id: int, other: v.DocumentRef) -> None:
    """What the other issue of this text changed."""
    pairs = kb().compare_texts(document_id, other.document_id, limit=20)
    changed = [p for p in pairs if any(c.kind != "same" for c in p.changes)]
    st.caption(t("document.difference" if changed else "document.nothing_differs"))
    page_similar.differences(changed)
