"""Result cards, entity badges, statement cards: how one thing looks in a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from kb.explore import views as v
from kb.web import nav, state
from kb.web.safe import html, link, marked, md
from kb.web.state import t
from kb.web.text import date, number

MAX_BADGES = 6
WEAK = 0.5
"""Below this confidence a link or a statement is shown as weak."""

ENTITY_ICONS = {
    "person": ":material/person:",
    "institution": ":material/account_balance:",
    "place": ":material/location_on:",
}


def num(value: float, digits: int = 0) -> str:
    return number(state.language(), value, digits)


def day(iso: str | None) -> str:
    return date(state.language(), iso)


def meta(parts: Sequence[str | None]) -> str:
    """A line of facts, dots between, as HTML; empty parts left out."""
    spans = "".join(f"<span>{html(p)}</span>" for p in parts if p)
    return f'<div class="kb-meta">{spans}</div>'


def badges(entities: Sequence[v.EntityBadge], key: str, limit: int = MAX_BADGES) -> None:
    """Entities as small links that open their page."""
    if not entities:
        return
    with st.container(horizontal=True, gap="small", key=f"badges_{key}"):
        for entity in entities[:limit]:
            count = f" {num(entity.count)}" if entity.count > 1 else ""
            name = md(entity.name) + count
            if entity.confidence < WEAK:
                name += " ?"
            nav.link("entitas", name, icon=ENTITY_ICONS.get(entity.type), id=entity.entity_id)


def page_name(hit: v.SearchHit) -> str:
    """``hal. IV-23 · BAB IV``: where the hit is."""
    label = hit.page_label or str(hit.page)
    where = t("search.page", label=label)
    if hit.page_label and hit.page_label != str(hit.page):
        where += f" ({hit.page})"
    return f"{where} · {hit.section}" if hit.section else where


def result_card(card: v.DocumentCard, query: str, number_on_page: int) -> None:
    """One document of a result: title, facts, best pages with snippets, badges."""
    document = card.document
    best = card.hits[0].page if card.hits else document.page
    with st.container(border=True, key=f"card_{number_on_page}"):
        with st.container(key=f"title_{number_on_page}"):
            nav.link(
                "dokumen", md(document.title), id=document.document_id, hal=best, q=query or None
            )
        pages = card.matching_pages
        ocr = any(h.method == "ocr" for h in card.hits)
        st.html(
            meta(
                [
                    day(document.date) or "–".join(_ends(card.years)),
                    document.doc_type_label,
                    document.institution,
                    t("search.matching_pages", count=num(pages)) if document.page_count > 1 else "",
                    t("search.ocr") if ocr else "",
                ]
            )
        )
        for position, hit in enumerate(card.hits):
            if document.page_count > 1:
                nav.link(
                    "dokumen",
                    md(page_name(hit)),
                    icon=":material/description:",
                    id=document.document_id,
                    hal=hit.page,
                    q=query or None,
                )
            if hit.snippet and (position == 0 or document.page_count > 1):
                st.html(f'<div class="kb-snippet">{marked(hit.snippet)}</div>')
            if hit.rows:
                lines = "".join(f"<div>{html(row.text)}</div>" for row in hit.rows)
                st.html(f'<div class="kb-rows">{lines}</div>')
        if card.hits:
            badges(_merge(card.hits), f"card_{number_on_page}")
        if card.duplicates:
            with st.expander(t("search.duplicates", count=num(len(card.duplicates)))):
                for other in card.duplicates:
                    nav.link(
                        "dokumen",
                        f"{md(other.title)} ({md(day(other.date))})",
                        id=other.document_id,
                        q=query or None,
                    )


def _ends(years: Sequence[int]) -> list[str]:
    return [str(y) for y in sorted({min(years), max(years)})] if years else []


def _merge(hits: Sequence[v.SearchHit]) -> list[v.EntityBadge]:
    seen: dict[str, v.EntityBadge] = {}
    for hit in hits:
        for entity in hit.entities:
            seen.setdefault(entity.entity_id, entity)
    return list(seen.values())


def term_line(term: v.OfficeTerm) -> str:
    """``Pj Gubernur Banten, 12 Mei 2022 – 16 Des 2024``."""
    begin = day(term.begin)
    end = day(term.end) or (t("entities.now") if term.date_from else "")
    span = t("entities.first_last", first=begin, last=end) if begin and begin != end else begin
    return f"{term.label}, {span}" if span else term.label


def entity_card(entity: v.EntitySummary, key: str) -> None:
    """An entity above the results or in the list: name, office with dates, counts."""
    with st.container(border=True, key=f"card_entity_{key}"):
        with st.container(key=f"title_entity_{key}"):
            nav.link(
                "entitas",
                md(entity.name),
                icon=ENTITY_ICONS.get(entity.type),
                id=entity.entity_id,
            )
        counts = t(
            "search.entity_line", documents=num(entity.documents), mentions=num(entity.mentions)
        )
        office = term_line(entity.office) if entity.office else None
        st.html(meta([office, counts, ", ".join(entity.aliases[:4])]))


def document_lines(documents: Sequence[v.DocumentRef], key: str, query: str | None = None) -> None:
    """Documents as links with their date and type."""
    with st.container(key=f"lines_{key}", gap="small"):
        for document in documents:
            nav.link(
                "dokumen",
                md(document.title),
                id=document.document_id,
                hal=document.page if document.page > 1 else None,
                q=query,
            )
            st.html(meta([day(document.date), document.doc_type_label, document.institution]))


def statement_card(
    statement: v.StatementView,
    key: str,
    query: str | None = None,
    foot: Callable[[v.StatementView], None] | None = None,
) -> None:
    """A quotation with its speaker, office at that date and source; ``foot`` ends the card."""
    with st.container(border=True, key=f"card_{key}"):
        words = marked(statement.snippet) if statement.snippet else html(statement.text)
        direct = statement.kind == "direct"
        st.html(f'<div class="kb-quote">{f"“{words}”" if direct else words}</div>')
        speaker = statement.speaker or t("statements.unknown_speaker")
        if statement.speaker_id:
            with st.container(key=f"title_speaker_{key}"):
                nav.link(
                    "entitas", md(speaker), icon=ENTITY_ICONS["person"], id=statement.speaker_id
                )
        else:
            st.html(f'<div class="kb-text"><b>{html(speaker)}</b></div>')
        office = v.with_institution(statement.role or "", statement.institution).strip()
        confidence = t("statements.confidence", value=num(100 * statement.confidence))
        if statement.confidence < WEAK:
            confidence = f"{t('statements.weak')}, {confidence}"
        st.html(
            meta(
                [
                    office,
                    day(statement.date),
                    t(f"statements.kind_{statement.kind}"),
                    t("statements.cue", cue=statement.cue) if statement.cue else "",
                    confidence,
                ]
            )
        )
        where = f", {t('search.page', label=statement.page_label)}" if statement.page_label else ""
        nav.link(
            "dokumen",
            md(statement.title + where),
            icon=":material/description:",
            id=statement.document_id,
            hal=statement.page,
            q=query,
            s=statement.statement_id,
        )
        if statement.also_in:
            st.html(meta([t("statements.also", count=num(len(statement.also_in)))]))
        if foot is not None:
            foot(statement)


def outside_link(address: str | None, label: str) -> None:
    """A link to where the document was published, if the address is a web address."""
    target = link(address)
    if target:
        st.link_button(label, target, icon=":material/open_in_new:")
