"""What people keep for themselves, and where it stands now: SELECTs only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Literal

from sqlalchemy import Connection, func, or_, select

from kb.authority import norm
from kb.catalog import anchors
from kb.catalog.reading.typed import chunks, columns, fetch
from kb.catalog.schema import documents, indicators, pages, statements
from kb.catalog.schema_kept import collected, collections, kept

Kind = Literal["page", "statement", "number"]
State = Literal["here", "withdrawn", "removed", "gone"]
NUMBER = ("norm", "kind", "year", "quarter")
"""What a number of an indicator is known by in its document."""


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A page, statement or number that somebody keeps."""

    id: int
    owner: str
    document: str
    """Key of the document."""
    text_hash: str | None
    kind: Kind
    mark: str
    place: Mapping[str, Any]
    title: str
    starred: bool
    note: str
    created: str
    changed: str


@dataclass(frozen=True, slots=True)
class CollectionRow:
    id: int
    owner: str
    name: str
    shared: bool
    created: str
    changed: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something that is kept stands now."""

    state: State
    document_id: int | None
    page: int
    row_id: int | None = None
    """Of the statement or number, where the machine (still) finds it."""
    found: bool = True
    """False where the words are not in the document any more."""
    value: str | None = None
    """What the number is now, as it is printed."""


def kept_of(connection: Connection, owner: str) -> list[KeptRow]:
    """All that a person keeps, what was changed last first."""
    query = select(*columns(KeptRow, kept)).where(kept.c.owner == owner)
    return fetch(connection, KeptRow, query.order_by(kept.c.changed.desc(), kept.c.id.desc()))


def one_kept(connection: Connection, kept_id: int) -> KeptRow | None:
    query = select(*columns(KeptRow, kept)).where(kept.c.id == kept_id)
    return next(iter(fetch(connection, KeptRow, query)), None)


def marked(connection: Connection, owner: str, document: str, mark: str) -> KeptRow | None:
    """A person's own of this very thing."""
    query = select(*columns(KeptRow, kept)).where(
        kept.c.owner == owner, kept.c.document == document, kept.c.mark == mark
    )
    return next(iter(fetch(connection, KeptRow, query)), None)


def all_collections(connection: Connection) -> list[CollectionRow]:
    """Every collection, what was changed last first."""
    query = select(*columns(CollectionRow, collections))
    order = (collections.c.changed.desc(), collections.c.id.desc())
    return fetch(connection, CollectionRow, query.order_by(*order))


def kept_in(connection: Connection, collection_id: int) -> list[KeptRow]:
    """What is in a collection, in the order in which it was put there."""
    query = (
        select(*columns(KeptRow, kept))
        .join(collected, collected.c.kept_id == kept.c.id)
        .where(collected.c.collection_id == collection_id)
        .order_by(collected.c.at, kept.c.id)
    )
    return fetch(connection, KeptRow, query)


def collections_with(connection: Connection, kept_ids: Collection[int]) -> dict[int, set[int]]:
    """By number of what is kept: the collections it is in."""
    found: dict[int, set[int]] = defaultdict(set)
    for some in chunks(sorted(kept_ids)):
        query = select(collected.c.kept_id, collected.c.collection_id).where(
            collected.c.kept_id.in_(some)
        )
        for one, into in connection.execute(query):
            found[one].add(into)
    return dict(found)


def counts(connection: Connection) -> dict[int, int]:
    """How much is in each collection."""
    query = select(collected.c.collection_id, func.count()).group_by(collected.c.collection_id)
    return {int(number): int(count) for number, count in connection.execute(query)}


# --- where it stands ----------------------------------------------------------------


def described(
    connection: Connection, document_id: int, kind: Kind, page: int, row_id: int | None
) -> dict[str, Any] | None:
    """How a thing is kept: columns ``document``, ``text_hash``, ``title``, ``kind``, ``mark`` and
    ``place``. ``None`` where it is not there (any more)."""
    head = connection.execute(
        select(documents.c.key, documents.c.text_hash, documents.c.title).where(
            documents.c.id == document_id, documents.c.removed.is_(False)
        )
    ).one_or_none()
    if head is None:
        return None
    told = {"document": head.key, "text_hash": head.text_hash, "title": head.title, "kind": kind}
    if kind == "number":
        row = connection.execute(
            select(indicators).where(
                indicators.c.id == row_id, indicators.c.document_id == document_id
            )
        ).one_or_none()
        if row is None:
            return None
        place = {
            "page": row.page,
            "norm": row.norm,
            "kind": row.kind,
            "year": row.year,
            "quarter": row.quarter,
            "name": row.name,
            "unit": row.unit,
            "value_text": row.value_text,
        }
        mark = "number " + "|".join(str(place[name]) for name in (*NUMBER, "page"))
        return {**told, "mark": mark, "place": place}
    text = _text(connection, document_id, page)
    if text is None:
        return None
    if kind == "page":
        place = anchors.anchor(text, page, 0, min(len(text), 3 * anchors.CONTEXT))
        return {**told, "mark": f"page {page}", "place": place}
    said = connection.execute(
        select(statements).where(statements.c.id == row_id, statements.c.document_id == document_id)
    ).one_or_none()
    if said is None:
        return None
    place = anchors.anchor(text, said.page, said.start, said.end)
    place |= {"speaker": said.speaker, "role": said.role, "institution": said.institution}
    words = blake2b(norm(said.text).encode("utf-8"), digest_size=12).hexdigest()
    return {**told, "mark": f"said {words}", "place": place}


def spot(connection: Connection, one: KeptRow) -> Spot:
    """Where something that is kept stands now."""
    page = int(one.place["page"])
    rows = connection.execute(
        select(*(documents.c[name] for name in ("id", "key", "withdrawn", "removed", "page_count")))
        .where(or_(documents.c.key == one.document, documents.c.text_hash == (one.text_hash or "")))
        .order_by(documents.c.id)
    ).all()
    head = next((row for row in rows if row.key == one.document), next(iter(rows), None))
    if head is None:
        return Spot("gone", None, page, found=False)
    if head.removed:
        return Spot("removed", None, page, found=False)
    state: State = "here" if head.withdrawn is None else "withdrawn"
    if one.kind == "number":
        return _number(connection, one, head.id, state)
    text = _text(connection, head.id, page)
    place = None if text is None else anchors.unmoved(text, one.place)
    if place is None:
        place = anchors.find(_texts(connection, head.id), one.place)
    if place is None:
        there = min(max(page, 1), max(1, head.page_count))
        return Spot(state, head.id, there, found=one.kind == "page" and text is not None)
    row_id = None
    if one.kind == "statement":
        row_id = (
            connection.execute(
                select(statements.c.id)
                .where(
                    statements.c.document_id == head.id,
                    statements.c.page == place.page,
                    statements.c.start < place.end,
                    statements.c.end > place.start,
                )
                .order_by(statements.c.start)
            )
            .scalars()
            .first()
        )
    return Spot(state, head.id, place.page, row_id)


def _number(connection: Connection, one: KeptRow, document_id: int, state: State) -> Spot:
    rows = connection.execute(
        select(indicators).where(
            indicators.c.document_id == document_id,
            *(indicators.c[name] == one.place[name] for name in NUMBER),
        )
    ).all()
    page, value = one.place["page"], norm(str(one.place["value_text"]))
    best = max(
        rows,
        key=lambda row: (norm(row.value_text) == value, row.page == page, -abs(row.page - page)),
        default=None,
    )
    if best is None:
        return Spot(state, document_id, int(page), found=False)
    return Spot(state, document_id, int(best.page), int(best.id), value=best.value_text)


def _texts(connection: Connection, document_id: int) -> dict[int, str]:
    query = select(pages.c.number, pages.c.text).where(pages.c.document_id == document_id)
    return {row.number: row.text for row in connection.execute(query)}


def _text(connection: Connection, document_id: int, page: int) -> str | None:
    return connection.execute(
        select(pages.c.text).where(pages.c.document_id == document_id, pages.c.number == page)
    ).scalar_one_or_none()
