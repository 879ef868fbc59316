"""Documents that were withdrawn by their source, or removed by staff.

Their pages stay, so that they can be cited and shown; what was found in them (mentions, offices,
statements, indicators, claims) is moved to ``shelved`` and counts for nothing. When they come
back it is moved back as it was, led through the merges of today.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, or_, select, update

from kb.catalog import duplicates, found, judgements, numbers, replaying, sightings
from kb.catalog.counts import add_counts, count_document, document_counts, remove_counts
from kb.catalog.dialect import insert_missing
from kb.catalog.pointers import PAIRS
from kb.catalog.reading.typed import chunks
from kb.catalog.schema import (
    aliases,
    corrections,
    documents,
    entities,
    entity_documents,
    files,
    index_queue,
    indicators,
    mentions,
    offices,
    statements,
)
from kb.catalog.schema_claims import claims
from kb.catalog.schema_sources import shelved
from kb.errors import NotFound, QueryError

_MOVED = (mentions, offices, statements, indicators, claims)
_TABLES: dict[str, Table] = {table.name: table for table in (*_MOVED, entities, aliases)}
POINTERS = tuple(dict.fromkeys(name for pair in PAIRS for name in pair))
"""Columns that name an entity, also what it was before a merge."""
REMOVE = "remove"
"""The kind of correction that takes a document out."""
WITHDRAW = "withdraw"
"""The kind of correction that says that its source took a document back."""


def withdraw(connection: Connection, key: str, day: str, paths: Sequence[str] = ()) -> int:
    """Mark documents of an address (or of files) as withdrawn on ``day``; how many."""
    rows = _of(connection, key, paths)
    for row in rows:
        if row.withdrawn is None:
            connection.execute(
                update(documents).where(documents.c.id == row.id).values(withdrawn=day)
            )
            if not row.removed:
                _shelve(connection, row)
    return len(rows)


def come_back(
    connection: Connection, key: str, paths: Sequence[str] = (), *, apart: bool = False
) -> int:
    """Documents of an address (or of files) are there again; how many.

    ``apart``: in a catalog beside the base, where what was found in them has the number of its
    place on the shelf, below nought: it is no number of the base.
    """
    rows = [
        row
        for row in _of(connection, key, paths)
        if row.withdrawn is not None and (apart or not _decided(connection, WITHDRAW, row.key))
    ]
    for row in rows:
        connection.execute(update(documents).where(documents.c.id == row.id).values(withdrawn=None))
        if not row.removed:
            _put_back(connection, row, apart=apart)
    return len(rows)


def remove(
    connection: Connection, document_id: int, reason: str, *, now: str, by: str | None
) -> int:
    """Take a document out until undone; the correction's number.

    Raises ``NotFound`` for an unknown document, ``QueryError`` without a reason or where it is
    out already.
    """
    row = connection.execute(select(documents).where(documents.c.id == document_id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no document {document_id}; look it up with 'kb search'.")
    if not reason.strip():
        raise QueryError("Say why the document is removed; the reason is kept with it.")
    if row.removed:
        raise QueryError(f"Document {document_id} is removed already; see 'kb corrections'.")
    value = {"reason": reason.strip(), "title": row.title, "document": document_id}
    number = judgements.record(
        connection, REMOVE, row.key, value, at=now, by=by, reason=reason, document=row.key
    ).id
    remove_again(connection, row.key)
    return int(number)


def remove_again(connection: Connection, key: str) -> None:
    """Take out a document as a judgement that came from another base says, if it is here."""
    row = connection.execute(select(documents).where(documents.c.key == key)).one_or_none()
    if row is None or row.removed:
        return
    connection.execute(update(documents).where(documents.c.id == row.id).values(removed=True))
    if row.withdrawn is None:
        _shelve(connection, row)
    else:
        insert_missing(connection, index_queue, [{"document_id": row.id}])


def undo_remove(connection: Connection, key: str) -> None:
    """A removed document is in again; the caller has noted that the correction is taken back."""
    row = connection.execute(select(documents).where(documents.c.key == key)).one_or_none()
    if row is None or not row.removed:
        return
    connection.execute(update(documents).where(documents.c.id == row.id).values(removed=False))
    if row.withdrawn is None:
        _put_back(connection, row)
    else:
        insert_missing(connection, index_queue, [{"document_id": row.id}])


def withdraw_by_staff(
    connection: Connection, document_id: int, day: str, *, now: str, by: str | None, reason: str
) -> int:
    """Say that its source took a document back on ``day``, whatever the source lists; the
    correction's number. Raises ``NotFound``, ``QueryError`` where it counts as that already."""
    row = connection.execute(select(documents).where(documents.c.id == document_id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no document {document_id}; look it up with 'kb search'.")
    if row.removed or row.withdrawn is not None:
        raise QueryError(f"Document {document_id} is removed or withdrawn already.")
    value = {"day": day, "title": row.title}
    number = judgements.record(
        connection, WITHDRAW, row.key, value, at=now, by=by, reason=reason, document=row.key
    ).id
    withdraw(connection, row.key, day)
    return int(number)


def withdraw_again(connection: Connection, key: str) -> None:
    """Withdraw a document as a judgement that stands says, if it is here."""
    for row in judgements.standing(connection, (WITHDRAW,), key):
        withdraw(connection, key, str(row.value["day"]))


def undo_withdraw(connection: Connection, key: str) -> None:
    """It is there again; the caller has noted that the correction is taken back."""
    come_back(connection, key)


def _decided(connection: Connection, kind: str, key: str) -> bool:
    query = select(corrections.c.id).where(
        judgements.STANDING, corrections.c.kind == kind, corrections.c.target == key
    )
    return connection.execute(query).first() is not None


def settle(connection: Connection, document_id: int) -> None:
    """Go through a document just written: what was taken out stays out, with what it holds now."""
    connection.execute(delete(shelved).where(shelved.c.document_id == document_id))
    row = connection.execute(select(documents).where(documents.c.id == document_id)).one()
    removed = _decided(connection, REMOVE, row.key)
    if row.withdrawn is None and (told := judgements.standing(connection, (WITHDRAW,), row.key)):
        connection.execute(
            update(documents)
            .where(documents.c.id == document_id)
            .values(withdrawn=told[-1].value["day"])
        )
        row = connection.execute(select(documents).where(documents.c.id == document_id)).one()
    if removed != bool(row.removed):
        connection.execute(
            update(documents).where(documents.c.id == document_id).values(removed=removed)
        )
    if removed or row.withdrawn is not None:
        _shelve(connection, row)


# --- parts -------------------------------------------------------------------


def _of(connection: Connection, key: str, paths: Sequence[str]) -> list[Row[Any]]:
    wanted = documents.c.key == key
    if paths:
        held = select(files.c.id).where(files.c.path.in_(list(paths)))
        wanted = or_(wanted, documents.c.file_id.in_(held))
    return list(connection.execute(select(documents).where(wanted)))


def _shelve(connection: Connection, row: Row[Any]) -> None:
    counts = document_counts(connection, row.id)
    duplicates.leave_group(connection, row.id)
    sightings.look_again(connection, row.id)
    # Kept as it was found: what was decided about it is decided again when it comes back.
    was = numbers.before(connection, row.id)
    found.roll_back(connection, row.id)
    named: set[str] = set()
    kept: list[dict[str, Any]] = []
    for table in _MOVED:
        query = select(table).where(table.c.document_id == row.id).order_by(table.c.id)
        for one in connection.execute(query).mappings():
            kept.append(_kept(row.id, table.name, dict(one)))
            named |= {one[p] for p in POINTERS if one.get(p)}
    # Entities that only this document names are cleared away after the next ingest.
    for table, pointer in ((entities, entities.c.id), (aliases, aliases.c.entity_id)):
        for some in chunks(sorted(named)):
            rows = connection.execute(select(table).where(pointer.in_(some))).mappings()
            kept += [_kept(row.id, table.name, dict(one)) for one in rows]
    if kept:
        connection.execute(insert(shelved), kept)
    for table in (*_MOVED, entity_documents):
        connection.execute(delete(table).where(table.c.document_id == row.id))
    replaying.apply(connection, row.id, ("field",))
    numbers.keep(connection, was, row.id)
    remove_counts(connection, counts, row.date)
    insert_missing(connection, index_queue, [{"document_id": row.id}])


def _kept(document_id: int, name: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"document_id": document_id, "table_name": name, "content": content}


def _free(connection: Connection, number: int) -> bool:
    """False where a statement has this number since, as older catalogs gave them again."""
    query = select(statements.c.id).where(statements.c.id == number)
    return connection.execute(query).first() is None


def _put_back(connection: Connection, row: Row[Any], *, apart: bool = False) -> None:
    kept = connection.execute(
        select(shelved).where(shelved.c.document_id == row.id).order_by(shelved.c.id)
    ).all()
    for name in ("entities", "aliases"):
        rows = [dict(one.content) for one in kept if one.table_name == name]
        if name == "entities":
            rows = [{**one, "mention_count": 0, "document_count": 0} for one in rows]
        insert_missing(connection, _TABLES[name], rows)
    for one in kept:
        if one.table_name in ("entities", "aliases"):
            continue
        table = _TABLES[one.table_name]
        values = found.pointed(connection, one.content)
        number = values.pop("id")
        if apart:
            values["id"] = -one.id
        elif table is statements and _free(connection, number):
            values["id"] = number
        connection.execute(insert(table).values(values))
    connection.execute(delete(shelved).where(shelved.c.document_id == row.id))
    sightings.look_again(connection, row.id)
    found.roll_back(connection, row.id)
    replaying.apply(connection, row.id)
    add_counts(connection, count_document(connection, row.id), row.date)
    duplicates.join_group(connection, row.id, row.signature)
    insert_missing(connection, index_queue, [{"document_id": row.id}])
