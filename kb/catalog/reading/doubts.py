"""What ``explore`` reads about what the machine is least sure of, and who decided how much."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, case, func, or_, select

from kb.catalog.judgements import STANDING, marks
from kb.catalog.reading.entities import LIVE
from kb.catalog.reading.typed import chunks, fetch
from kb.catalog.reads import SHOWN
from kb.catalog.schema import (
    aliases,
    corrections,
    documents,
    entities,
    entity_documents,
    indicators,
    offices,
    pages,
    sighting_keys,
    sightings,
)
from kb.model import OfficeStatus


@dataclass(frozen=True, slots=True)
class SharedKey:
    """Something that entities have in common: a name (``name``), its spelling or an office."""

    kind: str
    key: str
    entity_id: str


@dataclass(frozen=True, slots=True)
class UnsureOffice:
    """An office as texts word it, of which no text is sure."""

    person_id: str
    person: str
    role: str
    institution: str | None
    status: OfficeStatus
    confidence: float
    """Of the surest text."""
    count: int
    example: int
    """One of its rows."""
    reads: int
    """Mentions of the person."""


@dataclass(frozen=True, slots=True)
class UnclearIssuer:
    """A document whose issuer is not known, or only written."""

    id: int
    key: str
    institution: str | None
    views: int


@dataclass(frozen=True, slots=True)
class UnsurePage:
    """A page that OCR read badly."""

    document_id: int
    key: str
    page: int
    label: str | None
    confidence: float
    views: int


@dataclass(frozen=True, slots=True)
class Decided:
    """How many decisions somebody made that stand."""

    by: str | None
    count: int
    today: int


def shared(connection: Connection) -> list[SharedKey]:
    """Names, spellings and offices that several people or institutions have in common."""
    e, a = entities.c, aliases.c
    live = (LIVE, e.mention_count > 0, e.type.in_(("person", "institution")))
    named = (
        select(e.type, a.norm)
        .join(entities, e.id == a.entity_id)
        .where(*live, a.origin.not_like("merge %"))
        .group_by(e.type, a.norm)
        .having(func.count(e.id.distinct()) > 1)
        .subquery()
    )
    by_name = (
        select(a.norm, e.id)
        .join(entities, e.id == a.entity_id)
        .join(named, (named.c.norm == a.norm) & (named.c.type == e.type))
        .where(*live, a.origin.not_like("merge %"))
        .distinct()
        .order_by(a.norm, e.id)
    )
    found = [SharedKey("name", row[0], row[1]) for row in connection.execute(by_name)]
    k, s = sighting_keys.c, sightings.c
    tied = (
        select(k.key)
        .join(sightings, s.id == k.sighting_id)
        .where(or_(k.key.like("spelling %"), k.key.like("office %")))
        .group_by(k.key)
        .having(func.count(s.entity_id.distinct()) > 1)
        .subquery()
    )
    by_key = (
        select(k.key, e.id)
        .join(sightings, s.id == k.sighting_id)
        .join(tied, tied.c.key == k.key)
        .join(entities, e.id == s.entity_id)
        .where(*live)
        .distinct()
        .order_by(k.key, e.id)
    )
    for key, entity_id in connection.execute(by_key):
        kind, _, words = str(key).partition(" ")
        found.append(SharedKey(kind, words, entity_id))
    return found


def together(connection: Connection, one: str, two: str) -> int:
    """Documents that name both."""
    other = entity_documents.alias()
    query = (
        select(func.count())
        .select_from(entity_documents)
        .join(other, other.c.document_id == entity_documents.c.document_id)
        .where(entity_documents.c.entity_id == one, other.c.entity_id == two)
    )
    return int(connection.execute(query).scalar_one())


def apart(connection: Connection) -> set[frozenset[str]]:
    """Pairs of which somebody said that they are two."""
    query = select(corrections.c.target, corrections.c.value).where(
        STANDING, corrections.c.kind == "apart"
    )
    return {
        frozenset((str(row.target), str(row.value.get("other"))))
        for row in connection.execute(query)
    }


def unsure_offices(connection: Connection, below: float) -> list[UnsureOffice]:
    """Offices that no text states with this confidence or more."""
    o = offices.c
    query = (
        select(
            o.person_id,
            entities.c.name.label("person"),
            o.role,
            o.institution,
            o.status,
            func.max(o.confidence).label("confidence"),
            func.count().label("count"),
            func.min(o.id).label("example"),
            entities.c.mention_count.label("reads"),
        )
        .join(entities, entities.c.id == o.person_id)
        .where(LIVE, o.document_id.is_not(None))
        .group_by(
            o.person_id,
            entities.c.name,
            o.role,
            o.institution,
            o.status,
            entities.c.mention_count,
        )
        .having(func.max(o.confidence) < below)
        .order_by(o.person_id, o.role)
    )
    return fetch(connection, UnsureOffice, query)


def office_rows(connection: Connection, one: UnsureOffice, limit: int) -> list[int]:
    """Rows that state it, the latest first."""
    o = offices.c
    same = o.institution.is_(None) if one.institution is None else o.institution == one.institution
    query = (
        select(o.id)
        .where(o.person_id == one.person_id, o.role == one.role, o.status == one.status, same)
        .order_by(func.coalesce(o.date, "").desc(), o.id.desc())
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def around(connection: Connection, ids: Collection[int], most: int) -> dict[int, str]:
    """What stands around each of these offices, so many characters on each side."""
    o = offices.c
    query = (
        select(o.id, o.start, o.end, pages.c.text)
        .join(pages, (pages.c.document_id == o.document_id) & (pages.c.number == o.page))
        .where(o.id.in_(sorted(ids)))
    )
    found = dict.fromkeys(ids, "")
    for number, start, end, text in connection.execute(query):
        found[number] = text[max(0, (start or 0) - most) : (end or 0) + most]
    return found


def unclear_issuers(connection: Connection) -> list[UnclearIssuer]:
    """Documents without a known issuer about whose issuer nobody decided."""
    d = documents.c
    query = (
        select(d.id, d.key, d.institution, func.coalesce(d.views, 0).label("views"))
        .where(*SHOWN, d.institution_id.is_(None))
        .order_by(d.id)
    )
    decided = {
        str(row.document)
        for row in connection.execute(
            select(corrections.c.document, corrections.c.value).where(
                STANDING, corrections.c.kind == "field"
            )
        )
        if row.value.get("field") in ("institution", "institution_id")
    }
    return [one for one in fetch(connection, UnclearIssuer, query) if one.key not in decided]


def unsure_pages(connection: Connection, below: float) -> list[UnsurePage]:
    """Pages that OCR read with less confidence, and nobody looked at."""
    p, d = pages.c, documents.c
    query = (
        select(
            p.document_id,
            d.key,
            p.number.label("page"),
            p.label,
            p.ocr_confidence.label("confidence"),
            func.coalesce(d.views, 0).label("views"),
        )
        .join(documents, d.id == p.document_id)
        .where(*SHOWN, p.method == "ocr", p.ocr_confidence < below)
        .order_by(p.document_id, p.number)
    )
    decided = {
        (str(row.document), int(row.value["page"]))
        for row in connection.execute(
            select(corrections.c.document, corrections.c.value).where(
                STANDING, corrections.c.kind == "page", corrections.c.problem.is_(None)
            )
        )
    }
    return [
        one for one in fetch(connection, UnsurePage, query) if (one.key, one.page) not in decided
    ]


def decided_numbers(connection: Connection, ids: Collection[int]) -> set[int]:
    """Those of these numbers of indicators about which somebody decided."""
    homes: set[int] = set()
    for part in chunks(sorted(ids)):
        query = select(indicators.c.document_id).where(indicators.c.id.in_(part)).distinct()
        homes |= set(connection.execute(query).scalars())
    told = {number for name, number in marks(connection, homes) if name == "indicators"}
    return told & set(ids)


def decided_by(connection: Connection, day: str) -> list[Decided]:
    """Who made how many decisions that stand, most first; ``day`` is today (ISO 8601)."""
    today = func.sum(case((corrections.c.at.like(f"{day}%"), 1), else_=0))
    query = (
        select(corrections.c.by, func.count().label("count"), today.label("today"))
        .where(STANDING)
        .group_by(corrections.c.by)
        .order_by(func.count().desc(), corrections.c.by)
    )
    return fetch(connection, Decided, query)
