"""Where rows point at entities, and moving them along the merges and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    String,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    update,
)

from kb.catalog.counts import recount
from kb.catalog.dialect import insert_missing
from kb.catalog.schema import (
    documents,
    entities,
    index_queue,
    mentions,
    offices,
    statements,
    untagged,
)
from kb.catalog.writes_entities import merges

_POINTERS: tuple[tuple[Column[Any], Column[Any], Column[Any]], ...] = (
    (mentions.c.entity_id, mentions.c.found_id, mentions.c.document_id),
    (offices.c.person_id, offices.c.found_id, offices.c.document_id),
    (statements.c.speaker_id, statements.c.found_id, statements.c.document_id),
    (offices.c.institution_id, offices.c.institution_found, offices.c.document_id),
    (statements.c.institution_id, statements.c.institution_found, statements.c.document_id),
    (documents.c.institution_id, documents.c.institution_found, documents.c.id),
)
"""Where rows point at an entity: pointer, what it was before a merge, its document."""
PAIRS = tuple(dict.fromkeys((pointer.name, kept.name) for pointer, kept, _ in _POINTERS))
"""Names of pointers in any row, each with that of what it was before a merge."""
NAMES = tuple(pointer for pointer, _ in PAIRS)
"""Names of pointers: who or what is named, then whose institution."""


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


def relink(connection: Connection, document_id: int, moves: Mapping[str, str]) -> set[str]:
    """Point what one document names at other entities, all moves at once.

    ``moves`` leads from what the text was linked to until now to what it is linked to from
    now on; merges lead on from there. Tags that staff took out are kept with the new links.
    Returns the entities whose counts changed, for ``recount``.
    """
    final = merges(connection, moves.values())
    touched = {*moves, *merges(connection, moves).values(), *final.values()}
    ends = {old: final[new] for old, new in moves.items()}
    afters = {old: None if final[new] == new else new for old, new in moves.items()}
    for pointer, kept, document in _POINTERS:
        before = func.coalesce(kept, pointer)
        connection.execute(
            update(pointer.table)
            .where(document == document_id, before.in_(list(moves)))
            .values(
                {
                    pointer.name: case(ends, value=before),
                    kept.name: case(
                        {old: literal(new, String) for old, new in afters.items()}, value=before
                    ),
                }
            )
        )
    for row in connection.execute(
        select(untagged.c.id, untagged.c.content).where(untagged.c.document_id == document_id)
    ).all():
        content: dict[str, Any] = dict(row.content)
        for pointer, kept, _ in _POINTERS:
            linked = str(content.get(kept.name) or content.get(pointer.name))
            if linked in moves and pointer.name in content:
                content[pointer.name], content[kept.name] = ends[linked], afters[linked]
        if content != row.content:
            connection.execute(
                update(untagged).where(untagged.c.id == row.id).values(content=content)
            )
    insert_missing(connection, index_queue, [{"document_id": document_id}])
    return touched


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
