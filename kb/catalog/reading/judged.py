"""What was decided about words of pages, as it stands: for those who teach the tagger."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from kb.catalog.judgements import STANDING
from kb.catalog.reading.typed import columns, fetch
from kb.catalog.schema import corrections, documents, mentions, offices, statements, untagged

_TABLES = {table.name: table for table in (mentions, offices, statements)}


@dataclass(frozen=True, slots=True)
class JudgedPlace:
    """Words about which a person decided."""

    document_id: int
    page: int
    start: int
    end: int
    correction: int


@dataclass(frozen=True, slots=True)
class JudgedDocument:
    """Where such words stand."""

    id: int
    key: str
    title: str
    date: str | None


@dataclass(frozen=True, slots=True)
class NameThere:
    start: int
    end: int
    surface: str
    label: str


@dataclass(frozen=True, slots=True)
class OfficeThere:
    start: int
    end: int
    name: str
    role: str
    institution: str | None


@dataclass(frozen=True, slots=True)
class SaidThere:
    start: int
    end: int
    text: str
    kind: str
    speaker: str | None
    cue: str | None


def places(connection: Connection) -> list[JudgedPlace]:
    """Where a mention, an office or a statement was rejected, changed, affirmed or added."""
    query = (
        select(untagged)
        .join(corrections, corrections.c.id == untagged.c.correction_id)
        .where(STANDING, untagged.c.table_name.in_(tuple(_TABLES)))
        .order_by(untagged.c.id)
    )
    found: set[tuple[int, int, int, int, int]] = set()
    for entry in connection.execute(query):
        table, kept = _TABLES[entry.table_name], [dict(entry.content)]
        if not entry.whole:  # as it is now, too: put there, or with another span
            row = connection.execute(
                select(table.c.page, table.c.start, table.c.end).where(
                    table.c.id == int(entry.content["id"])
                )
            ).one_or_none()
            kept += [] if row is None else [dict(zip(("page", "start", "end"), row, strict=True))]
        for one in kept:
            if one.get("page") is not None and one.get("start") is not None:
                where = (int(one["page"]), int(one["start"]), int(one["end"]))
                found.add((entry.document_id, *where, entry.correction_id))
    return [JudgedPlace(*one) for one in sorted(found)]


def document(connection: Connection, document_id: int) -> JudgedDocument:
    """The document with this number."""
    query = select(*columns(JudgedDocument, documents)).where(documents.c.id == document_id)
    return fetch(connection, JudgedDocument, query)[0]


def names_on(connection: Connection, document_id: int, page: int) -> list[NameThere]:
    """Names that stand on a page as tags."""
    m = mentions.c
    query = (
        select(*columns(NameThere, mentions))
        .where(m.document_id == document_id, m.page == page)
        .order_by(m.start, m.end)
    )
    return fetch(connection, NameThere, query)


def offices_on(connection: Connection, document_id: int, page: int) -> list[OfficeThere]:
    """Offices that are read on a page."""
    o = offices.c
    query = (
        select(*columns(OfficeThere, offices))
        .where(o.document_id == document_id, o.page == page, o.start.is_not(None))
        .order_by(o.start, o.end)
    )
    return fetch(connection, OfficeThere, query)


def said_on(connection: Connection, document_id: int, page: int) -> list[SaidThere]:
    """Statements that begin on a page."""
    s = statements.c
    query = (
        select(*columns(SaidThere, statements))
        .where(s.document_id == document_id, s.page == page)
        .order_by(s.start, s.end)
    )
    return fetch(connection, SaidThere, query)
