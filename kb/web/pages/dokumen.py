"""Dokumen: one page of one document, its hits marked, with everything to cite it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kb.errors import NotFound
from kb.explore import views as v
from kb.web import nav, state
from kb.web.base import kb
from kb.web.frame import heading
from kb.web.parts import cards, page_similar, page_tables, page_text
from kb.web.parts.cards import day, meta, num
from kb.web.safe import html, md, plain
from kb.web.state import t

STRIP = 30
"""Pages with hits offered at once: those around the page that is open."""
OUTLINE = 150
"""Entries of the outline shown at most, for the same reason."""
_NO_IMAGE = {"gone": "", "encrypted": "_encrypted", "damaged": "_damaged"}


def _turn_to(page: int) -> None:
    state.update({"hal": page, "s": None})


def show() -> None:
    """The page."""
    identity = state.whole("id", 0)
    query = state.text("q").strip() or None
    try:
        document = kb().document(identity, query=query)
    except NotFound:
        heading()
        st.warning(t("document.missing"), icon=":material/search_off:")
        nav.link("cari", t("nav.cari"), icon=":material/search:")
        return
    number = min(state.whole("hal", 1), max(1, document.page_count))
    page = kb().page(identity, number, query=query, hit_pages=document.hit_pages)
    _head(document, query)
    _sidebar(document, page, query)
    if document.page_count > 1 or document.format == "pdf":
        _walk(document, page)
    tagged = _tools(document, page)
    if document.format == "pdf":
        _pdf_page(document, page, query, tagged=tagged)
    else:
        _article(page, tagged=tagged)
    _below(document, page)


def _head(document: v.DocumentView, query: str | None) -> None:
    heading()
    if query:
        nav.link("cari", t("document.back"), icon=":material/arrow_back:", q=query)
    st.html(f'<h1 class="kb-text" style="font-size:1.6rem;margin:0">{html(document.title)}</h1>')
    views = t("document.views", count=num(document.views)) if document.views is not None else None
    years = (
        "–".join(str(y) for y in sorted({min(document.years), max(document.years)}))
        if document.years
        else None
    )
    st.html(
        meta(
            [
                day(document.date),
                document.doc_type_label,
                years if document.doc_type_label and document.page_count > 1 else None,
                document.institution,
                views,
            ]
        )
    )


def _walk(document: v.DocumentView, page: v.PageView) -> None:
    """The row that turns pages: previous, number, next, previous and next hit."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="walk"):
        st.button(
            "",
            key="previous",
            icon=":material/chevron_left:",
            help=t("document.previous"),
            disabled=page.page <= 1,
            on_click=_turn_to,
            args=(page.page - 1,),
        )
        st.number_input(
            t("document.go_page"),
            min_value=1,
            max_value=document.page_count,
            label_visibility="collapsed",
            width=130,
            **state.bound("go_page", page.page, lambda n: _turn_to(int(str(n)))),
        )
        st.button(
            "",
            key="next",
            icon=":material/chevron_right:",
            help=t("document.next"),
            disabled=page.page >= document.page_count,
            on_click=_turn_to,
            args=(page.page + 1,),
        )
        label = t("document.page_of", page=num(page.page), count=num(document.page_count))
        if page.label and page.label != str(page.page):
            label += f" · {t('document.page_label', label=page.label)}"
        st.html(f'<span class="kb-muted">{html(label)}</span>')
        for name, target in (("previous_hit", page.previous_hit), ("next_hit", page.next_hit)):
            if target:
                st.button(
                    t(f"document.{name}"),
                    key=name,
                    type="secondary",
                    icon=":material/keyboard_double_arrow_left:"
                    if name == "previous_hit"
                    else ":material/keyboard_double_arrow_right:",
                    on_click=_turn_to,
                    args=(target,),
                )
    if page.section:
        st.html(f'<div class="kb-muted kb-text">{html(page.section)}</div>')


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
        image = kb().page_image(document.document_id, page.page, query=query, entities=tagged)
        problem = "gone" if image is None else image.problem
        if image is None or problem:
            note = t("document.no_image" + _NO_IMAGE[problem or "gone"])
            st.html(f'<div class="kb-warn">{html(note)}</div>')
        else:
            alternative = t("document.page_of", page=page.page, count=document.page_count)
            st.html(page_text.figure(image, alternative))
    with words:
        _ocr_note(page)
        _text(page, "kb-page", tagged)


def _tools(document: v.DocumentView, page: v.PageView) -> bool:
    """The row above the page: marks on or off (returned), citation, the file, its source."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="tools"):
        tagged = _entities_toggle()
        cite = st.popover(
            t("document.cite"), icon=":material/format_quote:", on_change="rerun", key="cite"
        )
        if cite.open:
            with cite:
                citation = kb().cite(
                    document.document_id, page=page.page if document.page_count > 1 else None
                )
                st.caption(t("document.cite_plain"))
                st.code(plain(citation.plain), language=None, wrap_lines=True)
                st.caption(t("document.bibtex"))
                st.code(plain(citation.bibtex), language=None, wrap_lines=True)
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
    return tagged


def _entities_toggle() -> bool:
    on = state.text("tanda") != "0"
    return st.toggle(
        t("document.show_entities"),
        **state.bound("tanda", on, lambda x: state.update({"tanda": None if x else "0"})),
    )


def _text(page: v.PageView, style: str, tagged: bool) -> None:
    if not page.text.strip():
        st.markdown(f":gray[{t('document.no_text')}]")
        return
    if page.matches:
        st.html(
            f'<div class="kb-muted">{t("document.hits_here", count=num(len(page.matches)))}</div>'
        )
    chosen = state.whole("s", 0) or None
    body = page_text.marked_page(page, entities=tagged, statement=chosen)
    st.html(f'<div class="{style}">{body}</div>')
    if tagged:
        st.html(page_text.legend())


def _article(page: v.PageView, *, tagged: bool) -> None:
    _ocr_note(page)
    _text(page, "kb-article", tagged)


def _sidebar(document: v.DocumentView, page: v.PageView, query: str | None) -> None:
    with st.sidebar:
        st.text_input(
            t("document.find"),
            icon=":material/search:",
            max_chars=state.MAX_QUERY,
            **state.bound("in_document", query or "", lambda x: state.update({"q": str(x)})),
        )
        hits = [p for p in document.pages if p.hits]
        if hits and document.page_count > 1:
            _strip(hits, page)
        if document.outline:
            box = st.expander(
                t("document.outline"), expanded=not hits, on_change="rerun", key="outline"
            )
            if box.open:
                with box:
                    _outline(document, page)
        if document.entities:
            st.markdown(f"**{t('document.entities')}**")
            cards.badges(document.entities, "document", limit=14)
        if document.offices:
            with st.expander(t("document.officials")):
                for holder in document.offices[:20]:
                    nav.link("entitas", md(holder.person.name), id=holder.person.entity_id)
                    st.html(meta([holder.term.label]))


def _strip(hits: Sequence[v.PageRef], page: v.PageView) -> None:
    """Pages that match, each with how often; the ones around the open page where many do."""
    st.markdown(t("document.hit_pages", count=num(len(hits))))
    before = sum(h.page < page.page for h in hits)
    start = max(0, min(before - STRIP // 2, len(hits) - STRIP))
    shown = hits[start : start + STRIP]
    with st.container(horizontal=True, gap="small", key="strip"):
        for hit in shown:
            st.button(
                f"{md(hit.label or str(hit.page))} · {num(hit.hits)}",
                key=f"strip_{hit.page}",
                type="primary" if hit.page == page.page else "secondary",
                help=t("document.hits_on", page=num(hit.page), count=num(hit.hits)),
                on_click=_turn_to,
                args=(hit.page,),
            )
    if len(hits) > len(shown):
        st.caption(t("document.hits_more", count=num(len(hits) - len(shown))))


def _outline(document: v.DocumentView, page: v.PageView) -> None:
    current = max((i for i, o in enumerate(document.outline) if o.page <= page.page), default=-1)
    with st.container(
        key="plain_outline", gap=None, height=360 if len(document.outline) > 12 else "content"
    ):
        start = max(0, min(current - OUTLINE // 2, len(document.outline) - OUTLINE))
        for position, entry in enumerate(document.outline[start : start + OUTLINE], start):
            indent = "\u2003" * min(entry.level, 3)
            st.button(
                f"{indent}{md(entry.title)}" + (" ◂" if position == current else ""),
                key=f"outline_{position}",
                type="tertiary",
                on_click=_turn_to,
                args=(entry.page,),
            )


def _below(document: v.DocumentView, page: v.PageView) -> None:
    page_tables.tables(document, page)
    statements = page.statements
    if statements:
        with st.expander(f"{t('document.statements')} ({num(len(statements))})"):
            for statement in statements[:40]:
                cards.statement_card(statement, f"page_{statement.statement_id}")
    if document.duplicates:
        with st.expander(f"{t('document.duplicates')} ({num(len(document.duplicates))})"):
            cards.document_lines(document.duplicates, "duplicates")
            for other in document.duplicates[:5]:
                _changes(document.document_id, other)
    page_similar.similar(page)
    like = st.expander(t("document.more_like"), on_change="rerun", key="like")
    if like.open:
        with like:
            cards.document_lines(kb().related(document.document_id), "related")
    with st.expander(t("document.about")):
        _about(document)


def _changes(document_id: int, other: v.DocumentRef) -> None:
    """What the other issue of this text changed, on request."""
    label = t("document.changes", title=md(day(other.date) or other.title))
    box = st.popover(
        label, icon=":material/difference:", on_change="rerun", key=f"diff_{other.document_id}"
    )
    if not box.open:
        return
    with box:
        pairs = kb().compare_texts(document_id, other.document_id, limit=20)
        changed = [p for p in pairs if any(c.kind != "same" for c in p.changes)]
        st.caption(t("document.difference" if changed else "document.nothing_differs"))
        page_similar.differences(changed)


def _about(document: v.DocumentView) -> None:
    import pandas as pd

    rows = [(d.name, plain(d.value), d.rule, plain(d.evidence)) for d in document.described]
    columns = [t(f"document.{c}") for c in ("field", "value", "rule", "evidence")]
    st.caption(t("document.described"))
    st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True)
    for warning in document.warnings:
        st.html(f'<div class="kb-warn">{html(warning)}</div>')
    for version, when in document.older_versions:
        st.html(meta([t("document.history", version=version, when=day(when[:10]))]))
