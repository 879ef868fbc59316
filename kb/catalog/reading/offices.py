"""What ``explore`` reads about offices held."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, literal, select

from kb.catalog.reading.typed import chunks, fetch
from kb.catalog.schema import documents, entities, offices, pages, statements
from kb.model import OfficeStatus


@dataclass(frozen=True, slots=True)
class Sighting:
    """One wording of one office of one person, seen (``first``/``last``) or stated (``date_*``)."""

    person_id: str
    role: str
    institution: str | None
    institution_id: str | None
    status: OfficeStatus
    origin: str
    source: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    first: str | None = None
    last: str | None = None
    count: int = 1
    example: int = 0
    """The row of ``offices`` that stands for all of them."""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class OfficePlace:
    """Where an office stands in a text."""

    id: int
    document_id: int
    page: int | None
    date: str | None
    confidence: float
    title: str
    text: str | None


@dataclass(frozen=True, slots=True)
class StatedOffice:
    """An office as one page states it."""

    person_id: str
    role: str
    institution: str | None
    institution_id: str | None
    status: OfficeStatus
    origin: str
    source: str | None
    date: str | None
    confidence: float
    person_name: str


def officials_among(connection: Connection, ids: Collection[str]) -> set[str]:
    """Those of these persons for whom any office is known (not only a candidacy)."""
    found: set[str] = set()
    for part in chunks(list(ids)):
        query = (
            select(offices.c.person_id)
            .where(offices.c.person_id.in_(part), offices.c.status != "calon")
            .distinct()
        )
        found.update(connection.execute(query).scalars())
    return found


def sightings_of(connection: Connection, person_ids: Collection[str]) -> list[Sighting]:
    """Offices of these persons, one row for each wording and month, with how often."""
    return _sightings(connection, offices.c.person_id, person_ids)


def sightings_in(connection: Connection, institution_ids: Collection[str]) -> list[Sighting]:
    """Offices that belong to these institutions or regions, as ``sightings_of``."""
    return _sightings(connection, offices.c.institution_id, institution_ids)


def sightings_named(connection: Connection, names: Collection[str]) -> list[Sighting]:
    """Offices whose institution is written as one of ``names`` and linked to none."""
    found = _sightings(connection, offices.c.institution, names)
    return [one for one in found if one.institution_id is None]


def recent_sightings(
    connection: Connection, person_ids: Collection[str], each: int
) -> list[Sighting]:
    """What tells the latest office: stated terms, and each person's latest ``each`` sightings."""
    o = offices.c
    columns = (
        o.person_id,
        o.role,
        o.institution,
        o.institution_id,
        o.status,
        o.origin,
        o.source,
        o.date_from,
        o.date_to,
        o.date.label("first"),
        o.date.label("last"),
        literal(1).label("count"),
        o.id.label("example"),
        o.confidence,
    )
    found: list[Sighting] = []
    for person_id in person_ids:
        stated = select(*columns).where(o.person_id == person_id, o.origin != "text")
        seen = (
            select(*columns)
            .where(o.person_id == person_id, o.origin == "text")
            .order_by(o.date.desc().nulls_last())
            .limit(each)
        )
        found += fetch(connection, Sighting, stated)
        found += fetch(connection, Sighting, seen)
    return found


def _sightings(
    connection: Connection, column: ColumnElement[Any], ids: Collection[str]
) -> list[Sighting]:
    found: list[Sighting] = []
    o = offices.c
    wording = (
        o.person_id,
        o.role,
        o.institution,
        o.institution_id,
        o.status,
        o.origin,
        o.source,
        o.date_from,
        o.date_to,
    )
    for part in chunks(list(ids)):
        query = (
            select(
                *wording,
                func.min(o.date).label("first"),
                func.max(o.date).label("last"),
                func.count().label("count"),
                func.min(o.id).label("example"),
                func.max(o.confidence).label("confidence"),
            )
            .join(entities, entities.c.id == o.person_id)
            .where(column.in_(part), entities.c.hidden.is_(False))
            .group_by(*wording, func.substr(o.date, 1, 7))
            .order_by(func.min(func.coalesce(o.date_from, o.date, "")), func.min(o.id))
        )
        found += fetch(connection, Sighting, query)
    return found


def office_evidence(connection: Connection, ids: Collection[int]) -> dict[int, OfficePlace]:
    """Where these office rows stand: document, title, page, date and the words themselves."""
    found: dict[int, OfficePlace] = {}
    o = offices.c
    for part in chunks(list(ids)):
        phrase = func.substr(pages.c.text, o.start + 1, o.end - o.start)
        query = (
            select(o.id, o.document_id, o.page, o.date, o.confidence, documents.c.title)
            .add_columns(phrase.label("text"))
            .join(documents, documents.c.id == o.document_id)
            .outerjoin(pages, (pages.c.document_id == o.document_id) & (pages.c.number == o.page))
            .where(o.id.in_(part))
        )
        found.update((place.id, place) for place in fetch(connection, OfficePlace, query))
    return found


def offices_on(
    connection: Connection, document_id: int, number: int | None = None
) -> list[StatedOffice]:
    """Office rows stated in one document (or on one page of it), in reading order."""
    o = offices.c
    query = (
        select(o.person_id, o.role, o.institution, o.institution_id, o.status, o.origin)
        .add_columns(o.source, o.date, o.confidence, entities.c.name.label("person_name"))
        .join(entities, entities.c.id == o.person_id)
        .where(o.document_id == document_id, entities.c.hidden.is_(False))
        .order_by(o.page, o.start)
    )
    if number is not None:
        query = query.where(o.page == number)
    return fetch(connection, StatedOffice, query)


def place_of_statement(connection: Connection, statement_id: int) -> tuple[int, int] | None:
    """Document and page of a statement."""
    query = select(statements.c.document_id, statements.c.page)
    row = connection.execute(query.where(statements.c.id == statement_id)).one_or_none()
    return None if row is None else (row.document_id, row.page)


def office_near(
    connection: Connection, document_id: int, page: int, person_id: str
) -> StatedOffice | None:
    """The office that a document gives to a person, on the page nearest to ``page``."""
    o = offices.c
    query = (
        select(o.person_id, o.role, o.institution, o.institution_id, o.status, o.origin)
        .add_columns(o.source, o.date, o.confidence, entities.c.name.label("person_name"))
        .join(entities, entities.c.id == o.person_id)
        .where(o.document_id == document_id, o.person_id == person_id)
        .order_by(func.abs(o.page - page), o.id)
        .limit(1)
    )
    return next(iter(fetch(connection, StatedOffice, query)), None)
