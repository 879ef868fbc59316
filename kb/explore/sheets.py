"""Whole results as readers have them on the screen: in their language, with what leads back.

``export`` gives the same as tables for programs, whose columns keep their names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from kb.errors import QueryError
from kb.explore.cells import MAX_ROWS
from kb.explore.export import BATCH
from kb.explore.units import printed_unit
from kb.explore.views import IndicatorCell, IndicatorView
from kb.explore.workbook import Link, Sheet, Shown, day_or_text
from kb.model import NUMBER_KINDS

if TYPE_CHECKING:
    from kb.explore.base import KnowledgeBase

Word = Callable[[str], str]
"""The word of the reader's language for a key of the interface (``columns.title``)."""
SOURCES = 6
"""Documents named as the sources of one indicator."""


def sheets(
    kb: KnowledgeBase,
    what: str,
    query: str | None,
    options: Mapping[str, Any],
    word: Word,
    root: str,
) -> tuple[Sheet, ...]:
    """See ``KnowledgeBase.sheets``."""
    if what not in _LAYOUTS:
        raise QueryError(f"There is no sheet of '{what}'; use one of {', '.join(_LAYOUTS)}.")
    given = {k: o for k, o in options.items() if k not in ("limit", "offset", "group")}
    try:
        return _LAYOUTS[what](kb, query, given, word, root)
    except TypeError as error:
        raise QueryError(f"A sheet of {what} does not know this filter ({error}).") from None


def _head(word: Word, *names: str) -> tuple[str, ...]:
    return tuple(word(f"columns.{name}") for name in names)


def _document(root: str, document: int | None, words: str | None, **at: object) -> Link | None:
    """A document's words as a link to it in the app."""
    if document is None:
        return None
    asked = {"id": document, **{name: value for name, value in at.items() if value}}
    return Link(words or str(document), f"{root}/dokumen?{urlencode(asked)}")


def _source(address: str | None) -> Shown:
    """Where it was published: a link where that is an address, else the name of its file."""
    if address and address.lower().startswith(("https://", "http://")):
        return Link(address, address)
    return address


def _one(word: Word, name: str, head: tuple[str, ...], rows: Sequence[tuple[Shown, ...]]) -> Sheet:
    return Sheet(word(f"columns.sheet_{name}"), head, tuple(rows))


def _search(
    kb: KnowledgeBase, query: str | None, options: Mapping[str, Any], word: Word, root: str
) -> tuple[Sheet, ...]:
    head = _head(
        word, "title", "type", "date", "years", "issuer", "page", "section", "words", "names",
        "published",
    )  # fmt: skip
    rows: list[tuple[Shown, ...]] = []
    options = {**options, "meaning": False}
    while len(rows) < MAX_ROWS:
        found = kb.search(
            query or "", **options, limit=BATCH, offset=len(rows), entities=0, facet_limit=1
        )
        rows += [
            (
                _document(root, h.document_id, h.title, hal=h.page, q=query),
                h.doc_type_label,
                day_or_text(h.date),
                ", ".join(map(str, h.years)),
                h.institution,
                h.page_label or h.page,
                h.section,
                h.snippet,
                "; ".join(b.name for b in h.entities),
                _source(h.address),
            )
            for h in found.hits
        ]
        if len(found.hits) < BATCH:
            break
    return (_one(word, "search", head, rows),)


def _statements(
    kb: KnowledgeBase, query: str | None, options: Mapping[str, Any], word: Word, root: str
) -> tuple[Sheet, ...]:
    head = _head(
        word, "date", "speaker", "office", "institution", "statement", "form", "title", "page",
        "published", "confidence",
    )  # fmt: skip
    found = kb.statements(query, **options, limit=MAX_ROWS)
    rows = [
        (
            day_or_text(s.date),
            s.speaker,
            s.office or None,
            s.institution,
            s.text,
            word(f"statements.kind_{s.kind}"),
            _document(root, s.document_id, s.title, hal=s.page, s=s.statement_id),
            s.page_label or s.page,
            _source(s.source),
            s.confidence,
        )
        for s in found.statements
    ]
    return (_one(word, "statements", head, rows),)


def _entities(
    kb: KnowledgeBase, query: str | None, options: Mapping[str, Any], word: Word, root: str
) -> tuple[Sheet, ...]:
    head = _head(
        word, "name", "type_of_name", "other_names", "office", "mentions", "documents", "first",
        "last",
    )  # fmt: skip
    rows: list[tuple[Shown, ...]] = []
    while len(rows) < MAX_ROWS:
        found = kb.entities(query, **options, limit=BATCH, offset=len(rows))
        rows += [
            (
                Link(e.name, f"{root}/entitas?{urlencode({'id': e.entity_id})}"),
                word(f"entities.one_{e.type}"),
                "; ".join(e.aliases),
                e.office.label if e.office else None,
                e.mentions,
                e.documents,
                day_or_text(e.first),
                day_or_text(e.last),
            )
            for e in found.entities
        ]
        if len(found.entities) < BATCH:
            break
    return (_one(word, "entities", head, rows),)


def _timeline(
    kb: KnowledgeBase, query: str | None, options: Mapping[str, Any], word: Word, root: str
) -> tuple[Sheet, ...]:
    head = _head(word, "date", "event", "title", "text", "page", "published")
    found = kb.timeline(query or "", **options)
    rows = [
        (
            day_or_text(e.date),
            word(f"timeline.kind_{e.kind}"),
            _document(root, e.document_id, e.title, hal=e.page) or e.title,
            e.text,
            e.page,
            _source(e.source),
        )
        for e in found.events
    ]
    return (_one(word, "timeline", head, rows),)


def _claims(
    kb: KnowledgeBase, query: str | None, options: Mapping[str, Any], word: Word, root: str
) -> tuple[Sheet, ...]:
    head = _head(
        word, "subject", "figure", "number", "unit", "claim_kind", "period", "region", "speaker",
        "office", "date", "statement", "title", "page", "agreement", "printed", "printed_unit",
        "printed_year", "printed_in", "difference",
    )  # fmt: skip
    found = kb.claims(query, **options, limit=MAX_ROWS)
    rows: list[tuple[Shown, ...]] = []
    for c in found.claims:
        beside: tuple[Shown, ...] = (None,) * 6
        if c.pairs:
            pair, cell = c.pairs[0], c.pairs[0].cell
            beside = (
                word(f"columns.{pair.agreement}"),
                cell.value_text if cell.value is None else cell.value,
                cell.unit,
                cell.year,
                _number(root, cell, f"{cell.dated_title}, {_page(cell, word)}"),
                pair.difference,
            )
        rows.append(
            (
                *(c.subject, c.value, c.number, c.unit, word(f"claims.kind_{c.kind}"), c.period),
                *(c.region, c.speaker, c.office, day_or_text(c.date), c.text),
                _document(root, c.document_id, c.title, hal=c.page, q=c.value),
                c.page_label or c.page,
                *beside,
            )
        )
    return (_one(word, "claims", head, rows),)


def _documents(
    kb: KnowledgeBase, query: str | None, options: Mapping[str, Any], word: Word, root: str
) -> tuple[Sheet, ...]:
    asked = {**options, "title": query} if query else options
    _, found = kb.documents(**asked, limit=MAX_ROWS)
    rows = [
        (
            _document(root, d.document_id, d.title),
            d.doc_type_label,
            day_or_text(d.date),
            d.institution,
            d.page_count,
            _source(d.address),
        )
        for d in found
    ]
    head = _head(word, "title", "type", "date", "issuer", "pages", "published")
    return (_one(word, "documents", head, rows),)


# --- indicators: the table, and every number of it ------------------------------------


def _indicators(
    kb: KnowledgeBase, query: str | None, options: Mapping[str, Any], word: Word, root: str
) -> tuple[Sheet, ...]:
    found = kb.indicators(query, **options, limit=MAX_ROWS).indicators
    return _across(found, word, root), _every(found, word, root)


def _across(found: Sequence[IndicatorView], word: Word, root: str) -> Sheet:
    """A row an indicator, years across; a kind only where some indicator has it that year."""
    columns = sorted(
        {
            (year.year, NUMBER_KINDS.index(cell.kind))
            for one in found
            for year in one.years
            for cell in year.cells
        }
    )
    head = (
        *_head(word, "indicator", "region", "unit", "agency"),
        *(f"{year} {word(f'indicators.{NUMBER_KINDS[kind]}')}" for year, kind in columns),
        *_head(word, "source"),
    )
    rows: list[tuple[Shown, ...]] = []
    for one in found:
        years = {year.year: year for year in one.years}
        cells = [
            years[year].cell(NUMBER_KINDS[kind]) if year in years else None
            for year, kind in columns
        ]
        numbers = tuple(None if cell is None else _value(cell, one.unit) for cell in cells)
        used = [cell for cell in cells if cell is not None]
        rows.append((one.name, one.region, one.unit, one.agency, *numbers, _used(used, word, root)))
    return Sheet(word("columns.sheet_indicators"), head, tuple(rows))


def _value(cell: IndicatorCell, unit: str | None) -> Shown:
    """The number; as it is printed where it is none, or is of another unit than the row."""
    if cell.value is None:
        return cell.value_text
    if cell.unit and unit and printed_unit(cell.unit) != printed_unit(unit):
        return f"{cell.value_text} {cell.unit}"
    return cell.value


def _used(cells: Sequence[IndicatorCell], word: Word, root: str) -> Shown:
    """The documents with their pages, the latest first; the link leads to the first."""
    pages: dict[str, list[str]] = {}
    latest = sorted(cells, key=lambda c: (c.year, NUMBER_KINDS.index(c.kind)), reverse=True)
    for cell in latest:
        known = pages.setdefault(cell.dated_title, [])
        if (page := _page(cell, word)) not in known:
            known.append(page)
    if not latest:
        return None
    named = [f"{title}, {', '.join(found)}" for title, found in pages.items()]
    more = f"; … (+{len(named) - SOURCES})" if len(named) > SOURCES else ""
    return _number(root, latest[0], "; ".join(named[:SOURCES]) + more)


def _page(cell: IndicatorCell, word: Word) -> str:
    return word("search.page").format(label=cell.page_label or cell.page)


def _number(root: str, cell: IndicatorCell, words: str) -> Link | None:
    return _document(root, cell.document_id, words, hal=cell.page, q=cell.value_text)


def _every(found: Sequence[IndicatorView], word: Word, root: str) -> Sheet:
    """Every number that a document states, those of the table and the others."""
    head = _head(
        word, "indicator", "region", "unit", "agency", "year", "quarter", "kind", "number",
        "printed", "stage", "in_table", "title", "page",
    )  # fmt: skip
    rows = [
        (
            *(one.name, one.region, cell.unit or one.unit, one.agency, cell.year),
            cell.quarter_name,
            word(f"indicators.{cell.kind}"),
            *(cell.value, cell.value_text),
            word(f"indicators.stage_{cell.stage}") if cell.stage else None,
            word("columns.yes" if cell in year.cells else "columns.no"),
            _number(root, cell, cell.dated_title),
            cell.page_label or cell.page,
        )
        for one in found
        for year in one.years
        for cell in (*year.cells, *year.others)
    ]
    return Sheet(word("columns.sheet_every"), head, tuple(rows))


_Layout = Callable[["KnowledgeBase", str | None, Mapping[str, Any], Word, str], tuple[Sheet, ...]]
_LAYOUTS: dict[str, _Layout] = {
    "search": _search,
    "statements": _statements,
    "entities": _entities,
    "timeline": _timeline,
    "indicators": _indicators,
    "claims": _claims,
    "documents": _documents,
}
