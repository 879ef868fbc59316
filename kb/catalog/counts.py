"""How often entities are mentioned: kept with every document, in its transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, bindparam, distinct, func, or_, select, update

from kb.catalog.schema import documents, entities, mentions

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
    """Mentions of each entity in one document."""
    rows = connection.execute(
        select(mentions.c.entity_id, func.count())
        .where(mentions.c.document_id == document_id, mentions.c.entity_id.is_not(None))
        .group_by(mentions.c.entity_id)
    )
    return Counter({str(row[0]): int(row[1]) for row in rows})


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
        part = list(ids[start : start + _CHUNK])
        true = {
            row.entity_id: (row.mentions, row.documents, row.first, row.last)
            for row in connection.execute(
                select(
                    mentions.c.entity_id,
                    func.count().label("mentions"),
                    func.count(distinct(mentions.c.document_id)).label("documents"),
                    func.min(documents.c.date).label("first"),
                    func.max(documents.c.date).label("last"),
                )
                .join(documents, documents.c.id == mentions.c.document_id)
                .where(mentions.c.entity_id.in_(part))
                .group_by(mentions.c.entity_id)
            )
        }
        rows = connection.execute(select(entities).where(entities.c.id.in_(part))).all()
        for row in rows:
            count = true.get(row.id, (0, 0, None, None))
            if count == (row.mention_count, row.document_count, row.first_date, row.last_date):
                continue
            wrong += 1
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
    return wrong
