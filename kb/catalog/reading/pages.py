"""What ``explore`` reads about pages: their texts, mentions and tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, func, select

from kb.catalog.reading.typed import chunks, columns, fetch
from kb.catalog.schema import entities, mentions, pages, tables
from kb.model import PageMethod


@dataclass(frozen=True, slots=True)
class PageHead:
    """What is told of a page without its text; ``id`` is the passage's."""

    id: int
    document_id: int
    number: int
    label: str | None
    section: str | None
    method: PageMethod


@dataclass(frozen=True, slots=True)
class PageWhole(PageHead):
    """A page with its text."""

    text: str
    ocr_confidence: float | None


@dataclass(frozen=True, slots=True)
class NamedMention:
    """A mention with the name of its entity, where that is shown."""

    start: int
    end: int
    surface: str
    label: str
    entity_id: str | None
    method: str
    confidence: float
    id: int
    name: str | None


@dataclass(frozen=True, slots=True)
class StoredTable:
    """A table as it was read; ``position`` counts from 0 in its document."""

    document_id: int
    page: int
    position: int
    caption: str | None
    header_rows: int
    rows: list[list[Any]]


@dataclass(frozen=True, slots=True)
class LabelledTable(StoredTable):
    """A table with the printed number of its page."""

    page_label: str | None


_HEAD = columns(PageHead, pages)
_WHOLE = columns(PageWhole, pages)
_TABLE = columns(StoredTable, tables)


def page_heads(connection: Connection, document_id: int) -> list[PageHead]:
    """Every page of a document, in order."""
    query = select(*_HEAD).where(pages.c.document_id == document_id).order_by(pages.c.number)
    return fetch(connection, PageHead, query)


def page(connection: Connection, document_id: int, number: int) -> PageWhole | None:
    """One page with its text; ``None`` where the document has none of this number."""
    query = select(*_WHOLE).where(pages.c.document_id == document_id, pages.c.number == number)
    return next(iter(fetch(connection, PageWhole, query)), None)


def pages_by_id(connection: Connection, ids: Sequence[int]) -> dict[int, PageHead]:
    """Heads of pages by passage id."""
    found: dict[int, PageHead] = {}
    for part in chunks(list(ids)):
        query = select(*_HEAD).where(pages.c.id.in_(part))
        found.update((head.id, head) for head in fetch(connection, PageHead, query))
    return found


def texts_of_pages(
    connection: Connection, document_id: int, numbers: Collection[int] | None = None
) -> list[tuple[int, str]]:
    """Page number and text of these pages of a document (all of them for ``None``)."""
    query = select(pages.c.number, pages.c.text).where(pages.c.document_id == document_id)
    parts = [None] if numbers is None else chunks(sorted(numbers))
    found: list[tuple[int, str]] = []
    for part in parts:
        some = query if part is None else query.where(pages.c.number.in_(part))
        found += [(r.number, r.text) for r in connection.execute(some.order_by(pages.c.number))]
    return found


def page_mentions(connection: Connection, document_id: int, number: int) -> list[NamedMention]:
    """Mentions on one page, left to right, with the linked entity's name."""
    m = mentions.c
    shown = and_(entities.c.id == m.entity_id, entities.c.hidden.is_(False))
    query = (
        select(m.start, m.end, m.surface, m.label, m.entity_id, m.method, m.confidence, m.id)
        .add_columns(entities.c.name)
        .outerjoin(entities, shown)
        .where(m.document_id == document_id, m.page == number)
        .order_by(m.start)
    )
    return fetch(connection, NamedMention, query)


def tables_of(connection: Connection, document_id: int, number: int | None) -> list[LabelledTable]:
    """Tables of a document or of one of its pages, in order, with the page's label."""
    here = and_(pages.c.document_id == tables.c.document_id, pages.c.number == tables.c.page)
    query = (
        select(*_TABLE, pages.c.label.label("page_label"))
        .outerjoin(pages, here)
        .where(tables.c.document_id == document_id)
    )
    if number is not None:
        query = query.where(tables.c.page == number)
    ordered = query.order_by(tables.c.page, tables.c.position)
    return fetch(connection, LabelledTable, ordered)


def tables_on(connection: Connection, places: Collection[tuple[int, int]]) -> list[StoredTable]:
    """Tables that stand on these pages, each given as (document, page), in order."""
    wanted = set(places)
    numbers = sorted({page for _, page in wanted})
    found: list[StoredTable] = []
    for part in chunks(sorted({document for document, _ in wanted})):
        query = (
            select(*_TABLE)
            .where(tables.c.document_id.in_(part), tables.c.page.in_(numbers))
            .order_by(tables.c.id)
        )
        rows = fetch(connection, StoredTable, query)
        found += [table for table in rows if (table.document_id, table.page) in wanted]
    return found


def table_count(connection: Connection, document_id: int) -> int:
    """Tables found in a document."""
    query = select(func.count()).select_from(tables).where(tables.c.document_id == document_id)
    return connection.execute(query).scalar_one()
