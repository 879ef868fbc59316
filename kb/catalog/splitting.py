"""One entity that is two: what some documents say of it is said of somebody else.

A decision names the documents and how they write the name; what they say of the one (mentions,
offices, statements, the issuer) then points at the other. A document that is read and linked
anew is gone through again: where the linking calls the one by another id by then, the words
tell.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, delete, or_, select

from kb.authority import norm
from kb.catalog import found
from kb.catalog.dialect import insert_missing
from kb.catalog.schema import aliases, documents, mentions, offices, statements

POINTERS: tuple[tuple[Table, str, str, str], ...] = (
    (mentions, "entity_id", "found_id", "surface"),
    (offices, "person_id", "found_id", "name"),
    (offices, "institution_id", "institution_found", "institution"),
    (statements, "speaker_id", "found_id", "speaker"),
    (statements, "institution_id", "institution_found", "institution"),
)
"""Rows that follow: pointer, what it was before a merge, the words of the text."""


def surfaces(
    connection: Connection, entity_id: str, document_ids: Collection[int]
) -> dict[int, set[str]]:
    """By document how it writes the entity, in normal form; none where it does not name it."""
    named: dict[int, set[str]] = {}
    for document_id in document_ids:
        written = {
            norm(str(row[words] or ""))
            for table, pointer, before, words in POINTERS
            for row in _pointing(connection, table, pointer, before, entity_id, document_id)
        }
        if _issued(connection, entity_id, document_id) or written:
            named[document_id] = written - {""}
    return named


def apply_one(connection: Connection, decision: Row[Any], document_id: int) -> None:
    """Carry out one decision in a document; counts come after."""
    value = decision.value
    row = connection.execute(select(documents).where(documents.c.id == document_id)).one()
    if not any(row.key == key or row.text_hash == text for key, text in value["documents"]):
        return
    other = str(value["to"]["entity_id"])
    found.make_entities(connection, value["names"])
    lend_names(connection, decision)
    if _issued(connection, decision.target, document_id):
        found.change_field(connection, decision.id, document_id, "institution_id", other)
    for table, pointer, _, one in _rows(connection, decision, document_id):
        found.change(connection, decision.id, table, one, found.led(connection, {pointer: other}))


def lend_names(connection: Connection, decision: Row[Any]) -> None:
    """The other is found by its name and by how the documents write it."""
    other = str(decision.value["to"]["entity_id"])
    name = decision.value["names"][other][1]
    written = dict.fromkeys((name, *decision.value["written"]))
    insert_missing(
        connection,
        aliases,
        [
            {"entity_id": other, "alias": one, "norm": norm(one), "origin": _origin(decision)}
            for one in written
            if norm(one)
        ],
    )


def forget_names(connection: Connection, decision: Row[Any]) -> None:
    """Names that only this decision gave."""
    connection.execute(delete(aliases).where(aliases.c.origin == _origin(decision)))


def _origin(decision: Row[Any]) -> str:
    return f"split {decision.uid}"


def _rows(
    connection: Connection, decision: Row[Any], document_id: int
) -> Iterator[tuple[Table, str, str, Mapping[str, Any]]]:
    """Rows that point at the one; where none does, those that are worded as it was."""
    there = [
        (table, pointer, before, row)
        for table, pointer, before, _ in POINTERS
        for row in _pointing(connection, table, pointer, before, decision.target, document_id)
    ]
    if any(table is mentions for table, *_ in there):
        yield from there
        return
    kind = decision.target.partition(":")[0]
    wanted = {norm(one) for one in decision.value["written"]}
    for table, pointer, before, words in POINTERS:
        query = select(table).where(table.c["document_id"] == document_id)
        for row in map(dict, connection.execute(query.order_by(table.c["id"])).mappings().all()):
            linked = str(row[pointer] or "")
            if linked.partition(":")[0] == kind and norm(str(row[words] or "")) in wanted:
                yield table, pointer, before, row


def _pointing(
    connection: Connection,
    table: Table,
    pointer: str,
    before: str,
    entity_id: str,
    document_id: int,
) -> list[dict[str, Any]]:
    columns: dict[str, Column[Any]] = dict(table.c)
    query = select(table).where(
        columns["document_id"] == document_id,
        or_(columns[pointer] == entity_id, columns[before] == entity_id),
    )
    return list(map(dict, connection.execute(query.order_by(columns["id"])).mappings().all()))


def _issued(connection: Connection, entity_id: str, document_id: int) -> bool:
    query = select(documents.c.id).where(
        documents.c.id == document_id,
        or_(
            documents.c.institution_id == entity_id,
            documents.c.institution_found == entity_id,
        ),
    )
    return connection.execute(query).first() is not None
