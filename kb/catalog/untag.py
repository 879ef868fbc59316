"""Names that staff say are not names: taken out of the texts' tags, and brought back.

A decision names the entity and how the text writes it (``surface``), a document, or both.
Its mentions and offices leave their tables, and statements lose the pointer to it; what
was there is kept in ``untagged``, so that the decision can be taken back without reading
anything again. A document that is read again is gone through with every decision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Row,
    Table,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from kb.authority import norm
from kb.catalog.counts import recount
from kb.catalog.dialect import insert_missing
from kb.catalog.schema import (
    corrections,
    documents,
    index_queue,
    mentions,
    offices,
    statements,
    untagged,
)
from kb.catalog.writes_entities import merges
from kb.errors import NotFound, QueryError

_GONE: tuple[tuple[Table, str, str, str], ...] = (
    (mentions, "entity_id", "found_id", "surface"),
    (offices, "person_id", "found_id", "name"),
)
"""Rows that go whole: pointer, what it was before a merge, the words of the text."""
_CUT: tuple[tuple[Table, str, str, str], ...] = (
    (offices, "institution_id", "institution_found", "institution"),
    (statements, "speaker_id", "found_id", "speaker"),
    (statements, "institution_id", "institution_found", "institution"),
)
"""Rows that stay and only lose the pointer."""
_TABLES = {table.name: table for table in (mentions, offices, statements)}
_POINTERS = (
    ("entity_id", "found_id"),
    ("person_id", "found_id"),
    ("speaker_id", "found_id"),
    ("institution_id", "institution_found"),
)


def surfaces(connection: Connection, entity_ids: Collection[str], limit: int) -> dict[str, int]:
    """How the texts write these entities, with how often; most often first."""
    rows = connection.execute(
        select(mentions.c.surface, func.count())
        .where(mentions.c.entity_id.in_(list(entity_ids)))
        .group_by(mentions.c.surface)
    )
    found: Counter[str] = Counter()
    for surface, count in rows:
        found[" ".join(surface.split())] += count  # a line break inside is no difference
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0]))[:limit])


def untag(
    connection: Connection,
    entity_id: str,
    *,
    surface: str | None,
    document_id: int | None,
    now: str,
    by: str | None = None,
) -> int:
    """Take mentions of an entity out of a document or of all; the correction's id.

    Raises ``QueryError`` where neither words nor a document are given, or nothing fits.
    """
    words = norm(surface or "")
    if not words and document_id is None:
        raise QueryError(
            "Say which words are wrong or in which document; to take the whole entity out "
            "of lists, hide it."
        )
    key = None
    if document_id is not None:
        key = connection.execute(
            select(documents.c.key).where(documents.c.id == document_id)
        ).scalar_one_or_none()
        if key is None:
            raise NotFound(f"There is no document {document_id}; look it up with 'kb search'.")
    value = {"surface": " ".join((surface or "").split()) or None, "document": key}
    number = connection.execute(
        insert(corrections).values(kind="untag", target=entity_id, value=value, at=now, by=by)
    ).inserted_primary_key[0]  # type: ignore[index]
    row = connection.execute(select(corrections).where(corrections.c.id == number)).one()
    touched = _apply(connection, row, None)
    if not touched:
        raise QueryError("Nothing there is tagged so; look at the entity's page for its names.")
    _settle(connection, touched, [entity_id])
    return int(number)


def apply(connection: Connection, document_id: int) -> None:
    """Go through a document just written with every decision; counts come after."""
    for row in _decisions(connection):
        _apply(connection, row, document_id)


def undo(connection: Connection, row: Row[Any]) -> None:
    """Bring back what the decision ``row`` took out; the caller has deleted the row."""
    kept = connection.execute(
        select(untagged).where(untagged.c.correction_id == row.id).order_by(untagged.c.id)
    ).all()
    connection.execute(delete(untagged).where(untagged.c.correction_id == row.id))
    touched: set[int] = set()
    entities_: set[str] = {row.target}
    for one in kept:
        values = pointed(connection, one.content)
        table = _TABLES[one.table_name]
        there = connection.execute(select(table.c.id).where(table.c.id == values["id"])).first()
        if one.whole:
            if there is not None:  # the number was given to another row since
                del values["id"]
            connection.execute(insert(table).values(values))
        elif there is not None:
            connection.execute(
                update(table)
                .where(table.c.id == values["id"])
                .values({name: values[name] for name in one.cut.split()})
            )
        touched.add(one.document_id)
        entities_ |= {values[p] for p, _ in _POINTERS if values.get(p)}
    for document_id in sorted(touched):
        apply(connection, document_id)  # another decision may say the same
    _settle(connection, touched, sorted(entities_))


# --- parts -------------------------------------------------------------------


def _decisions(connection: Connection) -> list[Row[Any]]:
    return list(
        connection.execute(
            select(corrections).where(corrections.c.kind == "untag").order_by(corrections.c.id)
        )
    )


def _apply(connection: Connection, decision: Row[Any], document_id: int | None) -> set[int]:
    """Carry out one decision in one document (or all it is about); the documents changed."""
    only: int | None = document_id
    if decision.value["document"] is not None:
        found = connection.execute(
            select(documents.c.id).where(documents.c.key == decision.value["document"])
        ).scalar_one_or_none()
        if found is None or document_id not in (None, found):
            return set()
        only = found
    touched: set[int] = set()
    for table, pointer, before, words in _GONE:
        for row in _rows(connection, table, pointer, before, words, decision, only):
            _keep(connection, decision, table, row, whole=True, cut="")
            connection.execute(delete(table).where(table.c.id == row["id"]))
            touched.add(row["document_id"])
    for table, pointer, before, words in _CUT:
        for row in _rows(connection, table, pointer, before, words, decision, only):
            _keep(connection, decision, table, row, whole=False, cut=f"{pointer} {before}")
            connection.execute(
                update(table).where(table.c.id == row["id"]).values({pointer: None, before: None})
            )
            touched.add(row["document_id"])
    return touched


def _rows(
    connection: Connection,
    table: Table,
    pointer: str,
    before: str,
    words: str,
    decision: Row[Any],
    document_id: int | None,
) -> list[dict[str, Any]]:
    columns: dict[str, Column[Any]] = dict(table.c)
    query = select(table).where(
        or_(columns[pointer] == decision.target, columns[before] == decision.target),
        columns["document_id"].is_not(None),
    )
    if document_id is not None:
        query = query.where(columns["document_id"] == document_id)
    wanted = norm(decision.value["surface"] or "")
    return [
        dict(row)
        for row in connection.execute(query.order_by(columns["id"])).mappings().all()
        if not wanted or norm(row[words] or "") == wanted
    ]


def _keep(
    connection: Connection,
    decision: Row[Any],
    table: Table,
    row: Mapping[str, Any],
    *,
    whole: bool,
    cut: str,
) -> None:
    connection.execute(
        insert(untagged).values(
            correction_id=decision.id,
            document_id=row["document_id"],
            table_name=table.name,
            whole=whole,
            cut=cut,
            content=dict(row),
        )
    )


def pointed(connection: Connection, row: Mapping[str, Any]) -> dict[str, Any]:
    """A kept row of this document's tags with its pointers led through the merges of today."""
    values = dict(row)
    for pointer, before in _POINTERS:
        if pointer not in values:
            continue
        linked = values[before] or values[pointer]
        if linked:
            end = merges(connection, [linked])[linked]
            values[pointer] = end
            values[before] = None if end == linked else linked
    return values


def _settle(connection: Connection, touched: Collection[int], entity_ids: list[str]) -> None:
    ends = set(merges(connection, entity_ids).values())
    recount(connection, sorted({*entity_ids, *ends}))
    insert_missing(connection, index_queue, [{"document_id": one} for one in sorted(touched)])
