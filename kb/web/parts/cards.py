"""Result cards, entity badges, statement cards: how one thing looks in a list.

Each list is one block of HTML with plain links (``nav.anchor``): an element of Streamlit's
for every line costs the server and the browser more than the search itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from kb.explore import views as v
from kb.web import nav, state
from kb.web.safe import html, link, marked
from kb.web.state import t
from kb.web.text import date, number

MAX_BADGES = 6
WEAK = 0.5
"""Below this confidence a link or a statement is shown as weak."""


def num(value: float, digits: int = 0) -> str:
    return number(state.language(), value, digits)


def day(iso: str | None) -> str:
    return date(state.language(), iso)


def meta(parts: Sequence[str | None]) -> str:
    """A line of facts, dots between, as HTML; empty parts left out."""
    spans = "".join(f"<span>{html(p)}</span>" for p in parts if p)
    return f'<div class="kb-meta">{spans}</div>'


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of words as HTML; the first column names its row."""
    top = "".join(f'<th scope="col">{html(name)}</th>' for name in head)
    lines = "".join(
        f'<tr><th scope="row">{html(row[0])}</th>'
        + "".join(f"<td>{html(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    body = f"<thead><tr>{top}</tr></thead><tbody>{lines}</tbody>"
    return f'<div class="kb-wide"><table class="kb-table">{body}</table></div>'


# --- entities ---------------------------------------------------------------------


def badge_links(
    entities: Iterable[v.EntityBadge], limit: int = MAX_BADGES, *, to: str = "entitas"
) -> str:
    """Entities as small links, as HTML; ``to`` is the page on which they open."""
    return _badge_list([_badge(entity, to) for entity in list(entities)[:limit]])


def _badge_list(links: Sequence[str]) -> str:
    items = "".join(f"<li>{one}</li>" for one in links)
    return f'<ul class="kb-badges">{items}</ul>' if items else ""


def _badge(entity: v.EntityBadge, to: str) -> str:
    name = f"<span>{html(entity.name)}</span>"
    if entity.count > 1:
        name += f" <small>{num(entity.count)}</small>"
    if entity.confidence < WEAK:
        name += f' <small title="{html(t("statements.weak"))}">?</small>'
    address = nav.href(to, id=entity.entity_id)
    return nav.anchor(address, name, style=f"kb-badge kb-i kb-i-{entity.type}")


def query_links(queries: Sequence[str], *, to: str = "cari") -> str:
    """Searches as small links, as HTML; ``to`` is the page that answers them."""
    return _badge_list(
        [
            nav.anchor(nav.href(to, q=q), f"<span>{html(q)}</span>", style="kb-badge")
            for q in queries
        ]
    )


def named_between(term: v.OfficeTerm) -> str:
    """``disebut 9 – 11 Agu 2022``: days on which texts name it, which are no term of office."""
    first, last = day(term.first_seen), day(term.last_seen)
    if not first or first == last:
        return t("entities.named_on", day=first or last) if first or last else ""
    return t("entities.named_between", first=first, last=last) if last else first


def term_line(term: v.OfficeTerm) -> str:
    """``Pj Gubernur Banten, 12 Mei 2022 – 16 Des 2024``."""
    if not (term.date_from or term.date_to):
        named = named_between(term)
        return f"{term.label}, {named}" if named else term.label
    begin = day(term.date_from)
    end = day(term.date_to) or (t("entities.now") if term.date_from else "")
    span = t("entities.first_last", first=begin, last=end) if begin and begin != end else begin
    return f"{term.label}, {span}" if span else term.label


def entity_card(entity: v.EntitySummary, key: str) -> None:
    """An entity above the results or in the list: name, office with dates, counts."""
    with st.container(key=f"title_entity_{key}"):
        st.html(entity_block(entity))


def entity_block(entity: v.EntitySummary, *, withdrawn: bool = False) -> str:
    """The same as HTML; ``withdrawn`` leads to what withdrawn documents say of it."""
    counts = t("search.entity_line", documents=num(entity.documents), mentions=num(entity.mentions))
    office = term_line(entity.office) if entity.office else None
    name = nav.anchor(
        nav.href("entitas", id=entity.entity_id, **({state.WITHDRAWN: "1"} if withdrawn else {})),
        html(entity.name),
        style=f"kb-i kb-i-{entity.type}",
        mark=entity.entity_id,
    )
    facts = meta([office, counts, ", ".join(entity.aliases[:4])])
    return f'<article class="kb-card"><h3 class="kb-title">{name}</h3>{facts}</article>'


def dated(date: str | None, title: str) -> str:
    """A title after its day, where one is known."""
    return f"{day(date)} · {title}" if date else title


# --- documents --------------------------------------------------------------------


def page_name(hit: v.SearchHit) -> str:
    """``hal. IV-23 · BAB IV``: where the hit is."""
    label = hit.page_label or str(hit.page)
    where = t("search.page", label=label)
    if hit.page_label and hit.page_label != str(hit.page):
        where += f" ({hit.page})"
    return f"{where} · {hit.section}" if hit.section else where


def result_block(card: v.DocumentCard, query: str) -> str:
    """One document of a result as HTML: title, facts, best pages with snippets, badges."""
    document = card.document
    q = query or None
    best = card.hits[0].page if card.hits else document.page
    title = nav.anchor(
        nav.href("dokumen", id=document.document_id, hal=best, q=q),
        html(document.title),
        mark=f"d{document.document_id}",
    )
    several = document.page_count > 1
    facts = meta(
        [
            t("document.withdrawn_on", day=day(document.withdrawn)) if document.withdrawn else "",
            day(document.date) or "–".join(_ends(card.years)),
            document.doc_type_label,
            document.institution,
            t("search.matching_pages", count=num(card.matching_pages))
            if several and card.matching_pages
            else "",
            t("search.ocr") if any(h.method == "ocr" for h in card.hits) else "",
        ]
    )
    hits = "".join(
        _hit(document, hit, q, first=position == 0) for position, hit in enumerate(card.hits)
    )
    named: dict[str, v.EntityBadge] = {}
    for entity in (e for hit in card.hits for e in hit.entities):
        named.setdefault(entity.entity_id, entity)
    others = _duplicates(card.duplicates, q)
    return (
        f'<article class="kb-card"><h3 class="kb-title">{title}</h3>{facts}{hits}'
        f"{badge_links(named.values())}{others}</article>"
    )


def further_block(hit: v.SearchHit, query: str) -> str:
    """A page that has only some of the words, as HTML: title, where, snippet."""
    title = nav.anchor(
        nav.href("dokumen", id=hit.document_id, hal=hit.page, q=query or None),
        html(hit.title),
        mark=f"f{hit.document_id}-{hit.page}",
    )
    facts = meta([page_name(hit), day(hit.date), hit.doc_type_label, hit.institution])
    snippet = f'<div class="kb-snippet">{marked(hit.snippet)}</div>' if hit.snippet else ""
    return f'<article class="kb-card"><h3 class="kb-title">{title}</h3>{facts}{snippet}</article>'


def _hit(document: v.DocumentRef, hit: v.SearchHit, query: str | None, *, first: bool) -> str:
    several = document.page_count > 1
    where = ""
    if several:
        address = nav.href("dokumen", id=document.document_id, hal=hit.page, q=query)
        where = nav.anchor(
            address,
            html(page_name(hit)),
            style="kb-where kb-i kb-i-page",
            mark=f"d{document.document_id}-{hit.page}",
        )
    if hit.found_by == "meaning":
        where += f' <small class="kb-by-meaning">{html(t("search.by_meaning"))}</small>'
    snippet = ""
    if hit.snippet and (first or several):
        snippet = f'<div class="kb-snippet">{marked(hit.snippet)}</div>'
    rows = "".join(f"<div>{html(row.text)}</div>" for row in hit.rows)
    if rows:
        rows = f'<div class="kb-rows">{rows}</div>'
    return f'<div class="kb-hit">{where}{snippet}{rows}</div>' if where or snippet or rows else ""


def _duplicates(documents: Sequence[v.DocumentRef], query: str | None) -> str:
    if not documents:
        return ""
    lines = "".join(
        "<li>"
        + nav.anchor(nav.href("dokumen", id=d.document_id, q=query), html(d.title))
        + meta([day(d.date), d.doc_type_label, d.institution])
        + "</li>"
        for d in documents
    )
    label = html(t("search.duplicates", count=num(len(documents))))
    return f'<details class="kb-more"><summary>{label}</summary><ul>{lines}</ul></details>'


def _ends(years: Sequence[int]) -> list[str]:
    return [str(y) for y in sorted({min(years), max(years)})] if years else []


def document_lines(documents: Sequence[v.DocumentRef], key: str, query: str | None = None) -> None:
    """Documents as links with their date and type."""
    lines = "".join(
        "<li>"
        + nav.anchor(
            nav.href("dokumen", id=d.document_id, hal=d.page if d.page > 1 else None, q=query),
            html(d.title),
            mark=f"{key}{d.document_id}",
        )
        + meta([day(d.date), d.doc_type_label, d.institution])
        + "</li>"
        for d in documents
    )
    with st.container(key=f"lines_{key}"):
        st.html(f'<ul class="kb-lines">{lines}</ul>')


def popular_lines(documents: Sequence[v.Popular], key: str) -> None:
    """The same with how often each was read, as its own page says."""
    lines = "".join(
        "<li>"
        + nav.anchor(
            nav.href("dokumen", id=one.document.document_id),
            html(one.document.title),
            mark=f"{key}{one.document.document_id}",
        )
        + meta([t("document.views", count=num(one.views)), day(one.document.date)])
        + "</li>"
        for one in documents
    )
    with st.container(key=f"lines_{key}"):
        st.html(f'<ul class="kb-lines">{lines}</ul>')


# --- statements -------------------------------------------------------------------


def statement_card(
    statement: v.StatementView,
    key: str,
    query: str | None = None,
    foot: Callable[[v.StatementView], None] | None = None,
    beside: str = "",
) -> None:
    """A quotation with its speaker, office at that date and source; ``foot`` ends the card.

    ``beside`` is HTML below the source: printed numbers of the figures in it.
    """
    with st.container(border=True, key=f"card_{key}", gap="xsmall"):
        st.html(statement_block(statement, query) + beside)
        if foot is not None:
            foot(statement)


def statement_block(statement: v.StatementView, query: str | None = None) -> str:
    """The same as HTML, without a frame."""
    words = marked(statement.snippet) if statement.snippet else html(statement.text)
    if statement.kind == "direct":
        words = f"“{words}”"
    speaker = html(statement.speaker or t("statements.unknown_speaker"))
    if statement.speaker_id:
        speaker = nav.anchor(
            nav.href("entitas", id=statement.speaker_id), speaker, style="kb-i kb-i-person"
        )
    confidence = t("statements.confidence", value=num(100 * statement.confidence))
    if statement.confidence < WEAK:
        confidence = f"{t('statements.weak')}, {confidence}"
    facts = meta(
        [
            statement.office,
            day(statement.date),
            t(f"statements.kind_{statement.kind}"),
            t("statements.cue", cue=statement.cue) if statement.cue else "",
            confidence,
        ]
    )
    where = f", {t('search.page', label=statement.page_label)}" if statement.page_label else ""
    source = nav.anchor(
        nav.href(
            "dokumen",
            id=statement.document_id,
            hal=statement.page,
            q=query,
            s=statement.statement_id,
        ),
        html(statement.title + where),
        style="kb-where kb-i kb-i-page",
        mark=f"s{statement.statement_id}",
    )
    also = (
        meta([t("statements.also", count=num(len(statement.also_in)))]) if statement.also_in else ""
    )
    return (
        f'<blockquote class="kb-quote">{words}</blockquote>'
        f'<div class="kb-title kb-speaker">{speaker}</div>{facts}{source}{also}'
    )


def outside_link(address: str | None, label: str) -> None:
    """A link to where the document was published, if the address is a web address."""
    target = link(address)
    if target:
        st.link_button(label, target, icon=":material/open_in_new:")
