"""What the machine found where staff decided otherwise: kept, and brought back.

``untagged`` is the log of one document: each change that a judgement makes to a row is noted
with the row as it was. Going back through it from the end gives what the machine found, to the
letter; what still stands is then done again (``kb.catalog.replaying``). So judgements can
be taken back in any order.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from kb.authority import norm
from kb.authority.institutions import slug
from kb.catalog.dialect import insert_missing
from kb.catalog.pointers import PAIRS
from kb.catalog.schema import (
    aliases,
    document_years,
    documents,
    entities,
    indicators,
    mentions,
    offices,
    statements,
    untagged,
)
from kb.catalog.schema_claims import claims
from kb.catalog.writes_entities import merges

TABLES: dict[str, Table] = {t.name: t for t in (mentions, offices, statements, indicators)}


def _keep(
    connection: Connection,
    number: int,
    document_id: int,
    name: str,
    content: Mapping[str, Any],
    *,
    whole: bool = False,
    cut: str = "",
) -> None:
    connection.execute(
        insert(untagged).values(
            correction_id=number,
            document_id=document_id,
            table_name=name,
            whole=whole,
            cut=cut,
            content=dict(content),
        )
    )


def take_out(connection: Connection, number: int, table: Table, row: Mapping[str, Any]) -> None:
    """Take a row away for the judgement ``number``."""
    _keep(connection, number, row["document_id"], table.name, row, whole=True)
    connection.execute(delete(table).where(table.c["id"] == row["id"]))


def change(
    connection: Connection,
    number: int,
    table: Table,
    row: Mapping[str, Any],
    values: Mapping[str, Any],
) -> None:
    """Give columns of a row other values for the judgement ``number``; a pointer with its past."""
    values = dict(values)
    for pointer, before in PAIRS:
        if pointer in values:
            values.setdefault(before, None)
    cut = " ".join(values)
    _keep(connection, number, row["document_id"], table.name, row, cut=cut)
    connection.execute(update(table).where(table.c["id"] == row["id"]).values(values))


def add(connection: Connection, number: int, table: Table, values: Mapping[str, Any]) -> None:
    """Put a row there for the judgement ``number``."""
    key = connection.execute(insert(table).values(dict(values))).inserted_primary_key
    assert key is not None
    _keep(connection, number, values["document_id"], table.name, {"id": int(key[0])})


def change_field(
    connection: Connection, number: int, document_id: int, field: str, value: Any
) -> None:
    """Give a document another value for one field, for the judgement ``number``."""
    row = connection.execute(select(documents).where(documents.c.id == document_id)).one()
    content = {field: field_of(connection, row, field)}
    if field == "institution_id":
        content["institution_found"] = row.institution_found
    _keep(connection, number, document_id, documents.name, content, cut=field)
    set_field(connection, document_id, {field: value, **dict.fromkeys(list(content)[1:])})


def field_of(connection: Connection, row: Row[Any], field: str) -> Any:
    """What a document has in one field; ``years`` as a list."""
    if field != "years":
        return row._mapping[field]
    return list(
        connection.execute(
            select(document_years.c.year)
            .where(document_years.c.document_id == row.id)
            .order_by(document_years.c.year)
        ).scalars()
    )


def set_field(connection: Connection, document_id: int, values: Mapping[str, Any]) -> None:
    """Write fields of a document; what was found in it is of its date."""
    values = dict(values)
    if "years" in values:
        connection.execute(
            delete(document_years).where(document_years.c.document_id == document_id)
        )
        years = sorted({int(year) for year in values.pop("years") or ()})
        if years:
            connection.execute(
                insert(document_years),
                [{"document_id": document_id, "year": year} for year in years],
            )
    if values:
        connection.execute(update(documents).where(documents.c.id == document_id).values(values))
    if "date" in values:
        for table in (offices, statements, claims):
            connection.execute(
                update(table).where(table.c.document_id == document_id).values(date=values["date"])
            )


def log(connection: Connection, document_id: int) -> Sequence[Row[Any]]:
    """What was changed in a document, first to last."""
    return connection.execute(
        select(untagged).where(untagged.c.document_id == document_id).order_by(untagged.c.id)
    ).all()


def as_found(
    connection: Connection, table: Table, document_id: int
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Rows of a document as they are, each with the row as the machine found it."""
    first: dict[int, dict[str, Any]] = {}
    for entry in log(connection, document_id):
        if entry.table_name == table.name and entry.cut:
            first.setdefault(int(entry.content["id"]), dict(entry.content))
    rows = connection.execute(
        select(table).where(table.c.document_id == document_id).order_by(table.c["id"])
    ).mappings()
    return [(dict(row), first.get(int(row["id"]), dict(row))) for row in rows]


def roll_back(connection: Connection, document_id: int) -> None:
    """Everything of a document as the machine found it; its log is empty then."""
    renumbered: dict[tuple[str, int], int] = {}
    for entry in reversed(log(connection, document_id)):
        values = pointed(connection, entry.content)
        if entry.table_name == documents.name:
            set_field(connection, document_id, values)
            continue
        table = TABLES[entry.table_name]
        number = renumbered.get((table.name, values["id"]), values["id"])
        if entry.whole:
            taken = connection.execute(select(table.c.id).where(table.c.id == number)).first()
            if taken is not None:  # the number was given to another row since
                del values["id"]
            key = connection.execute(insert(table).values(values)).inserted_primary_key
            assert key is not None
            renumbered[table.name, entry.content["id"]] = int(key[0])
        elif entry.cut:
            connection.execute(
                update(table)
                .where(table.c.id == number, table.c.document_id == document_id)
                .values({name: values[name] for name in entry.cut.split()})
            )
        else:
            connection.execute(
                delete(table).where(table.c.id == number, table.c.document_id == document_id)
            )
    connection.execute(delete(untagged).where(untagged.c.document_id == document_id))


def pointed(connection: Connection, row: Mapping[str, Any]) -> dict[str, Any]:
    """A kept row of a document's tags with its pointers led through the merges of today."""
    values = dict(row)
    for pointer, before in PAIRS:
        if pointer not in values:
            continue
        linked = values.get(before) or values[pointer]
        if linked:
            end = merges(connection, [linked])[linked]
            values[pointer] = end
            values[before] = None if end == linked else linked
    return values


def led(connection: Connection, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values that a person gave, their entities led through the merges of today."""
    found = dict(values)
    for pointer, before in PAIRS:
        if found.get(pointer):
            end = merges(connection, [found[pointer]])[found[pointer]]
            found[before] = None if end == found[pointer] else found[pointer]
            found[pointer] = end
    return found


def make_entities(connection: Connection, named: Mapping[str, Sequence[str]]) -> None:
    """Entities that a judgement names and this base does not have (any more)."""
    insert_missing(
        connection,
        entities,
        [
            {
                "id": entity_id,
                "type": kind,
                "name": name,
                "origin": "text",
                "hidden": False,
                "mention_count": 0,
                "document_count": 0,
            }
            for entity_id, (kind, name) in named.items()
        ],
    )


def new_id(kind: str, name: str) -> str:
    """An id for somebody or something that only staff know, like no other."""
    return f"{kind}:{slug(name)}~{uuid.uuid4().hex[:8]}"


def make_named(connection: Connection, entity_id: str, kind: str, name: str) -> None:
    """Somebody or something that only staff know so far, found by this name."""
    make_entities(connection, {entity_id: [kind, name]})
    row = {"entity_id": entity_id, "alias": name, "norm": norm(name), "origin": "staff"}
    insert_missing(connection, aliases, [row])


def kept_ids(connection: Connection) -> set[str]:
    """Entities that kept rows point at."""
    found: set[str] = set()
    for content in connection.execute(select(untagged.c.content)).scalars():
        for pair in PAIRS:
            found |= {str(content[name]) for name in pair if content.get(name)}
    return found
