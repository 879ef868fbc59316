"""Which documents came in from which source, and how often they were read."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, or_, select

from kb.catalog.reading.documents import DOCUMENT_LINE, DocumentLine
from kb.catalog.reading.typed import fetch
from kb.catalog.reads import SHOWN
from kb.catalog.schema import documents
from kb.catalog.schema_sources import finds, sources, views_seen


@dataclass(frozen=True, slots=True)
class ReadOften(DocumentLine):
    """A document with the number its page tells of how often it was read."""

    views: int


@dataclass(frozen=True, slots=True)
class ViewsRow:
    """What a page said of itself at one reading of ours."""

    at: str
    views: int


def _of_source(source_id: int) -> ColumnElement[bool]:
    """True of documents of a source: at an address it led to, or a file in its folder."""
    here = finds.c.source_id == source_id
    return or_(
        documents.c.key.in_(select(finds.c.key).where(here)),
        documents.c.path.in_(select(finds.c.address).where(here)),
    )


def documents_of(
    connection: Connection, source_id: int, limit: int, offset: int = 0
) -> tuple[int, list[DocumentLine]]:
    """How many documents a source brought, and some of them, the latest first."""
    wanted = (_of_source(source_id), *SHOWN)
    total = connection.execute(
        select(func.count()).select_from(documents).where(*wanted)
    ).scalar_one()
    order = (func.coalesce(documents.c.date, "").desc(), documents.c.id.desc())
    query = select(*DOCUMENT_LINE).where(*wanted).order_by(*order).limit(limit).offset(offset)
    return int(total), fetch(connection, DocumentLine, query)


def read_often(connection: Connection, limit: int, source_id: int | None = None) -> list[ReadOften]:
    """Documents that tell how often they were read, most first; of one source or of all."""
    wanted: list[ColumnElement[bool]] = [documents.c.views > 0, *SHOWN]
    if source_id is not None:
        wanted.append(_of_source(source_id))
    query = (
        select(*DOCUMENT_LINE, documents.c.views)
        .where(*wanted)
        .order_by(documents.c.views.desc(), documents.c.id.desc())
        .limit(limit)
    )
    return fetch(connection, ReadOften, query)


def views_of(connection: Connection, key: str) -> list[ViewsRow]:
    """How often a page said it was read, at each reading of ours, the first first."""
    query = select(views_seen.c.at, views_seen.c.views).where(views_seen.c.key == key)
    return fetch(connection, ViewsRow, query.order_by(views_seen.c.at))


def source_of(connection: Connection, key: str, path: str) -> int | None:
    """The source that looks after the document of this key or file."""
    query = (
        select(finds.c.source_id)
        .join(sources, sources.c.id == finds.c.source_id)
        .where(or_(finds.c.key == key, finds.c.address == path))
        .order_by(finds.c.id)
    )
    return connection.execute(query.limit(1)).scalar_one_or_none()
