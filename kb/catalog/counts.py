"""How often entities are mentioned: kept with every document, in its transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from kb.catalog.schema import documents, entities, entity_documents, mentions

_CHUNK = 500
_KNOWN = entities.c.id == bindparam("known")
_ADD_COUNT = (
    update(entities)
    .where(_KNOWN)
    .values(
        mention_count=entities.c.mention_count + bindparam("count"),
        document_count=entities.c.document_count + 1,
    )
)
_FIRST_DATE = (
    update(entities)
    .where(
        _KNOWN,
        or_(entities.c.first_date.is_(None), entities.c.first_date > bindparam("day")),
    )
    .values(first_date=bindparam("day"))
)
_LAST_DATE = (
    update(entities)
    .where(
        _KNOWN,
        or_(entities.c.last_date.is_(None), entities.c.last_date < bindparam("day")),
    )
    .values(last_date=bindparam("day"))
)


def document_counts(connection: Connection, document_id: int) -> Counter[str]:
    """Mentions of each entity in one document, as counted when it was written."""
    rows = connection.execute(
        select(entity_documents.c.entity_id, entity_documents.c.mentions).where(
            entity_documents.c.document_id == document_id
        )
    )
    return Counter({str(row[0]): int(row[1]) for row in rows})


def count_document(connection: Connection, document_id: int) -> Counter[str]:
    """Count a new document's mentions by entity; what ``document_counts`` then returns."""
    _count_mentions(connection, mentions.c.document_id == document_id)
    return document_counts(connection, document_id)


def _count_mentions(connection: Connection, which: ColumnElement[bool]) -> None:
    counted = (
        select(
            mentions.c.entity_id,
            mentions.c.document_id,
            func.count(),
            func.min(mentions.c.page),
        )
        .where(which, mentions.c.entity_id.is_not(None))
        .group_by(mentions.c.entity_id, mentions.c.document_id)
    )
    columns = ("entity_id", "document_id", "mentions", "page")
    connection.execute(insert(entity_documents).from_select(columns, counted))


def add_counts(connection: Connection, counts: Mapping[str, int], date: str | None) -> None:
    """Count a document's mentions into its entities, in the transaction that adds it."""
    rows = [{"known": entity_id, "count": count} for entity_id, count in counts.items()]
    if not rows:
        return
    connection.execute(_ADD_COUNT, rows)
    if date:
        dates = [{"known": entity_id, "day": date} for entity_id in counts]
        connection.execute(_FIRST_DATE, dates)
        connection.execute(_LAST_DATE, dates)


def remove_counts(connection: Connection, counts: Mapping[str, int], date: str | None) -> None:
    """Take a document's mentions out again; call after its rows are gone."""
    for entity_id, count in counts.items():
        row = connection.execute(
            update(entities)
            .where(entities.c.id == entity_id)
            .values(
                mention_count=entities.c.mention_count - count,
                document_count=entities.c.document_count - 1,
            )
            .returning(entities.c.first_date, entities.c.last_date)
        ).one_or_none()
        if row is not None and date and date in (row.first_date, row.last_date):
            recount(connection, [entity_id])


def recount(connection: Connection, ids: Sequence[str] | None = None) -> int:
    """Counts and dates of these entities (all: ``None``) from their mentions.

    Returns how many were wrong.
    """
    wrong = 0
    if ids is None:
        ids = list(connection.execute(select(entities.c.id)).scalars())
    for start in range(0, len(ids), _CHUNK):
        wrong += _recount(connection, list(ids[start : start + _CHUNK]))
    return wrong


def _recount(connection: Connection, part: Sequence[str]) -> int:
    here = entity_documents.c.entity_id.in_(part)
    before = _by_document(connection, part)
    connection.execute(delete(entity_documents).where(here))
    _count_mentions(connection, mentions.c.entity_id.in_(part))
    now = _by_document(connection, part)
    moved = {entity_id for entity_id, *_ in before ^ now}
    true = {
        row.entity_id: (row.mentions, row.documents, row.first, row.last)
        for row in connection.execute(
            select(
                entity_documents.c.entity_id,
                func.sum(entity_documents.c.mentions).label("mentions"),
                func.count().label("documents"),
                func.min(documents.c.date).label("first"),
                func.max(documents.c.date).label("last"),
            )
            .join(documents, documents.c.id == entity_documents.c.document_id)
            .where(here)
            .group_by(entity_documents.c.entity_id)
        )
    }
    for row in connection.execute(select(entities).where(entities.c.id.in_(part))).all():
        count = true.get(row.id, (0, 0, None, None))
        if count == (row.mention_count, row.document_count, row.first_date, row.last_date):
            continue
        moved.add(row.id)
        connection.execute(
            update(entities)
            .where(entities.c.id == row.id)
            .values(
                mention_count=count[0],
                document_count=count[1],
                first_date=count[2],
                last_date=count[3],
            )
        )
    return len(moved)


def _by_document(connection: Connection, part: Sequence[str]) -> set[tuple[str, int, int, int]]:
    rows = connection.execute(
        select(entity_documents).where(entity_documents.c.entity_id.in_(part))
    )
    return {(row.entity_id, row.document_id, row.mentions, row.page) for row in rows}
