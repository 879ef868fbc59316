"""Which documents came in from which source, and how often they were read."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, or_, select

from kb.catalog import seen
from kb.catalog.reading.documents import DOCUMENT_LINE, DocumentLine
from kb.catalog.reading.typed import fetch
from kb.catalog.reads import SHOWN
from kb.catalog.schema import documents, history
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


@dataclass(frozen=True, slots=True)
class Arrived:
    """A document that a source brought and nobody looked at as it is."""

    id: int
    key: str
    text_hash: str
    sha256: str
    date: str | None
    version: int
    """Above 1 where the source brought other content than before."""
    source_id: int
    source: str
    arrived: str
    """When this version came in (ISO 8601, UTC)."""


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


def unseen(connection: Connection) -> list[Arrived]:
    """Documents of sources that nobody looked at as they are: by the day they came in and their
    date, the latest first. One that several sources led to is of the first of them."""
    replaced = (
        select(history.c.document_id, func.max(history.c.replaced).label("at"))
        .group_by(history.c.document_id)
        .subquery()
    )
    d = documents.c
    whole = (
        *(d.id, d.key, d.text_hash, d.sha256, d.date, d.version),
        sources.c.id.label("source_id"),
        sources.c.name.label("source"),
        func.coalesce(replaced.c.at, d.added).label("arrived"),
    )
    found: dict[int, Arrived] = {}
    # What a folder holds is known by its path, whatever address the file tells.
    for key in (d.key, d.path):
        query = (
            select(*whole)
            .join(finds, finds.c.key == key)
            .join(sources, sources.c.id == finds.c.source_id)
            .outerjoin(replaced, replaced.c.document_id == d.id)
            .where(*SHOWN)
            .order_by(sources.c.id.desc())
        )
        found |= {one.id: one for one in fetch(connection, Arrived, query)}
    before = seen.seen(connection)
    fresh = (o for o in found.values() if not before.has(o.key, o.text_hash, o.sha256))
    return sorted(fresh, key=lambda o: (o.arrived[:10], o.date or "", o.id), reverse=True)
