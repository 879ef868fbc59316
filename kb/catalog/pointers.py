"""Where rows point at entities, and moving them along the merges and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, and_, or_, select, update

from kb.catalog.counts import recount
from kb.catalog.dialect import insert_missing
from kb.catalog.schema import documents, entities, index_queue, mentions, offices, statements
from kb.catalog.writes_entities import merges

_POINTERS: tuple[tuple[Column[Any], Column[Any], Column[Any]], ...] = (
    (mentions.c.entity_id, mentions.c.found_id, mentions.c.document_id),
    (offices.c.person_id, offices.c.found_id, offices.c.document_id),
    (offices.c.institution_id, offices.c.institution_found, offices.c.document_id),
    (statements.c.speaker_id, statements.c.found_id, statements.c.document_id),
    (statements.c.institution_id, statements.c.institution_found, statements.c.document_id),
    (documents.c.institution_id, documents.c.institution_found, documents.c.id),
)
"""Where rows point at an entity: pointer, what it was before a merge, its document."""


def repoint(connection: Connection) -> None:
    """Point every row at the end of its merge chain, and back where there is none."""
    merged = list(
        connection.execute(
            select(entities.c.id).where(entities.c.merged_into.is_not(None))
        ).scalars()
    )
    final = merges(connection, merged)
    touched: set[str] = set()
    for pointer, kept, document in _POINTERS:
        found = set(connection.execute(select(kept).where(kept.is_not(None)).distinct()).scalars())
        for one in sorted(found | set(final)):
            end = final.get(one, one)
            here = or_(kept == one, and_(kept.is_(None), pointer == one)) & (pointer != end)
            before = set(connection.execute(select(pointer).where(here).distinct()).scalars())
            if not before:
                continue
            _queue_rows(connection, document, here)
            touched |= before | {end}
            connection.execute(
                update(pointer.table)
                .where(here)
                .values({pointer.name: end, kept.name: None if end == one else one})
            )
    recount(connection, sorted(touched))


def _queue_rows(
    connection: Connection, document: Column[Any], condition: ColumnElement[bool]
) -> None:
    ids = connection.execute(
        select(document).where(condition, document.is_not(None)).distinct()
    ).scalars()
    insert_missing(connection, index_queue, [{"document_id": one} for one in ids])


def queue_documents(connection: Connection, entity_ids: Sequence[str]) -> None:
    """The index takes in again every document that points at these entities."""
    for pointer, _, document in _POINTERS:
        _queue_rows(connection, document, pointer.in_(entity_ids))
