"""What staff decided about entities and documents, kept through every ingest.

Each decision is a row of ``corrections``. Merges, names and hidden marks also stand in
``entities`` (which outlives any document), so new texts follow them at once; fields of
documents are put over what ``describe`` says whenever the document is written. Rows
moved by a merge remember in ``found_id`` what the text was linked to, so that every
decision can be taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    delete,
    insert,
    select,
    update,
)

from kb.authority import norm
from kb.catalog import shelving, untag
from kb.catalog.dialect import insert_missing
from kb.catalog.pointers import queue_documents, repoint
from kb.catalog.schema import (
    aliases,
    corrections,
    document_years,
    documents,
    entities,
    index_queue,
)
from kb.catalog.writes_entities import merges
from kb.errors import NotFound, QueryError

FIELDS = (
    "title",
    "date",
    "years",
    "doc_type",
    "institution",
    "institution_id",
    "level",
    "region",
    "number",
    "stage",
    "draft",
)
"""Fields of a document that staff may set."""


def _entity(connection: Connection, entity_id: str) -> Row[Any]:
    row = connection.execute(select(entities).where(entities.c.id == entity_id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no entity '{entity_id}'; look it up with 'kb entities'.")
    return row


def _record(
    connection: Connection, kind: str, target: str, value: dict[str, Any], now: str, by: str | None
) -> int:
    key = connection.execute(
        insert(corrections).values(kind=kind, target=target, value=value, at=now, by=by)
    ).inserted_primary_key
    assert key is not None
    return int(key[0])


def merge(
    connection: Connection, entity_id: str, into: str, *, now: str, by: str | None = None
) -> int:
    """Make ``entity_id`` the same as ``into``; returns the correction's id.

    Everything that pointed at the first points at the second, which takes on its names.
    Raises ``NotFound`` for an unknown id, ``QueryError`` where the two cannot be one.
    """
    loser, winner = _entity(connection, entity_id), _entity(connection, into)
    end = merges(connection, [into])[into]
    if loser.type != winner.type:
        raise QueryError(
            f"'{loser.name}' is a {loser.type} and '{winner.name}' a {winner.type}; "
            "merge two of a kind."
        )
    if end == entity_id:
        raise QueryError(
            f"'{winner.name}' already stands for '{loser.name}' or is the same; "
            "undo the earlier merge first."
        )
    if loser.merged_into is not None:
        raise QueryError(
            f"'{loser.name}' is already merged into {loser.merged_into}; undo that merge first."
        )
    number = _record(connection, "merge", entity_id, {"into": into}, now, by)
    connection.execute(update(entities).where(entities.c.id == entity_id).values(merged_into=into))
    _lend_names(connection, entity_id, end)
    repoint(connection)
    return number


def rename(
    connection: Connection, entity_id: str, name: str, *, now: str, by: str | None = None
) -> int:
    """Give an entity another name; the old one stays an alias. Returns the correction's id."""
    clean = " ".join(name.split())
    if not norm(clean):
        raise QueryError("A name needs at least one letter or digit; give another.")
    row = _entity(connection, entity_id)
    number = _record(
        connection, "rename", entity_id, {"name": clean, "previous": row.name}, now, by
    )
    _set_name(connection, entity_id, clean)
    return number


def hide(connection: Connection, entity_id: str, *, now: str, by: str | None = None) -> int:
    """Keep an entity out of lists, facets and pages; returns the correction's id."""
    _entity(connection, entity_id)
    number = _record(connection, "hide", entity_id, {}, now, by)
    connection.execute(update(entities).where(entities.c.id == entity_id).values(hidden=True))
    queue_documents(connection, [entity_id])
    return number


def set_field(
    connection: Connection,
    document_id: int,
    field: str,
    value: Any,
    *,
    now: str,
    by: str | None = None,
) -> int:
    """Set one field of a document for good (``FIELDS``); returns the correction's id."""
    if field not in FIELDS:
        raise QueryError(f"'{field}' cannot be set; choose one of {', '.join(FIELDS)}.")
    row = connection.execute(select(documents).where(documents.c.id == document_id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no document {document_id}; look it up with 'kb search'.")
    if field == "title" and not str(value or "").strip():
        raise QueryError("A document needs a title; give one.")
    previous = _field(connection, row, field)
    number = _record(
        connection,
        "field",
        row.key,
        {"field": field, "value": value, "previous": previous},
        now,
        by,
    )
    _set_field(connection, document_id, field, value)
    return number


def undo(connection: Connection, correction_id: int) -> None:
    """Take one decision back, whatever was decided after it."""
    row = connection.execute(
        select(corrections).where(corrections.c.id == correction_id)
    ).one_or_none()
    if row is None:
        raise NotFound(f"There is no correction {correction_id}; list them to find its number.")
    connection.execute(delete(corrections).where(corrections.c.id == correction_id))
    if row.kind == "merge":
        connection.execute(
            update(entities).where(entities.c.id == row.target).values(merged_into=None)
        )
        connection.execute(delete(aliases).where(aliases.c.origin == f"merge {row.target}"))
        repoint(connection)
    elif row.kind == "hide":
        again = connection.execute(
            select(corrections.c.id).where(
                corrections.c.kind == "hide", corrections.c.target == row.target
            )
        ).first()
        if again is None:
            connection.execute(
                update(entities).where(entities.c.id == row.target).values(hidden=False)
            )
            queue_documents(connection, [row.target])
    elif row.kind == "rename":
        _undo_rename(connection, row)
    elif row.kind == "field":
        _undo_field(connection, row)
    elif row.kind == "untag":
        untag.undo(connection, row)
    elif row.kind == shelving.REMOVE:
        shelving.undo_remove(connection, row.target)


def listed(connection: Connection) -> Sequence[Row[Any]]:
    """All decisions, the latest first."""
    return connection.execute(select(corrections).order_by(corrections.c.id.desc())).all()


def field_values(connection: Connection, key: str) -> dict[str, Any]:
    """Fields that staff set for the document with this key, the latest decision of each."""
    rows = connection.execute(
        select(corrections.c.value)
        .where(corrections.c.kind == "field", corrections.c.target == key)
        .order_by(corrections.c.id)
    ).scalars()
    return {value["field"]: value["value"] for value in rows}


def decided_ids(connection: Connection) -> set[str]:
    """Entities that staff merged, named, hid or took out of texts: their ids must last."""
    rows = connection.execute(
        select(corrections.c.target, corrections.c.value).where(corrections.c.kind != "field")
    ).all()
    into = {str(row.value["into"]) for row in rows if row.value.get("into")}
    return {row.target for row in rows} | into


def renamed_ids(connection: Connection) -> set[str]:
    """Entities that staff gave a name."""
    query = select(corrections.c.target).where(corrections.c.kind == "rename")
    return set(connection.execute(query).scalars())


def reapply(connection: Connection) -> None:
    """Bring names, hidden marks and merges to what the decisions say (after an ingest)."""
    rows = connection.execute(
        select(corrections)
        .where(corrections.c.kind.in_(("merge", "rename", "hide")))
        .order_by(corrections.c.id)
    ).all()
    known = set(
        connection.execute(
            select(entities.c.id).where(entities.c.id.in_({row.target for row in rows}))
        ).scalars()
    )
    names = {row.target: row.value["name"] for row in rows if row.kind == "rename"}
    for target, name in names.items():
        if target in known:
            _set_name(connection, target, name)
    moved = False
    for row in rows:
        if row.target not in known:
            continue
        if row.kind == "hide":
            connection.execute(
                update(entities)
                .where(entities.c.id == row.target, entities.c.hidden.is_(False))
                .values(hidden=True)
            )
        elif row.kind == "merge":
            changed = connection.execute(
                update(entities)
                .where(entities.c.id == row.target, entities.c.merged_into.is_(None))
                .values(merged_into=row.value["into"])
            )
            _lend_names(connection, row.target, merges(connection, [row.target])[row.target])
            moved = moved or bool(changed.rowcount)
    if moved:
        repoint(connection)


# --- parts -------------------------------------------------------------------


def _set_name(connection: Connection, entity_id: str, name: str) -> None:
    connection.execute(
        update(entities)
        .where(entities.c.id == entity_id, entities.c.name != name)
        .values(name=name)
    )
    insert_missing(
        connection,
        aliases,
        [{"entity_id": entity_id, "alias": name, "norm": norm(name), "origin": "staff"}],
    )


def _lend_names(connection: Connection, entity_id: str, end: str) -> None:
    rows = connection.execute(
        select(aliases.c.alias, aliases.c.norm).where(aliases.c.entity_id == entity_id)
    ).all()
    insert_missing(
        connection,
        aliases,
        [
            {
                "entity_id": end,
                "alias": row.alias,
                "norm": row.norm,
                "origin": f"merge {entity_id}",
            }
            for row in rows
        ],
    )


def _undo_rename(connection: Connection, row: Row[Any]) -> None:
    later = connection.execute(
        select(corrections)
        .where(
            corrections.c.kind == "rename",
            corrections.c.target == row.target,
            corrections.c.id > row.id,
        )
        .order_by(corrections.c.id)
    ).first()
    if later is None:
        connection.execute(
            update(entities).where(entities.c.id == row.target).values(name=row.value["previous"])
        )
    else:  # the later name stays, and goes back to what was before this one
        _take_over(connection, later, row)
    connection.execute(
        delete(aliases).where(
            aliases.c.entity_id == row.target,
            aliases.c.alias == row.value["name"],
            aliases.c.origin == "staff",
        )
    )


def _take_over(connection: Connection, later: Row[Any], undone: Row[Any]) -> None:
    value = {**later.value, "previous": undone.value["previous"]}
    connection.execute(update(corrections).where(corrections.c.id == later.id).values(value=value))


def _field(connection: Connection, row: Row[Any], field: str) -> Any:
    if field != "years":
        return row._mapping[field]
    return list(
        connection.execute(
            select(document_years.c.year)
            .where(document_years.c.document_id == row.id)
            .order_by(document_years.c.year)
        ).scalars()
    )


def _set_field(connection: Connection, document_id: int, field: str, value: Any) -> None:
    if field == "years":
        connection.execute(
            delete(document_years).where(document_years.c.document_id == document_id)
        )
        years = sorted({int(year) for year in value or ()})
        if years:
            connection.execute(
                insert(document_years),
                [{"document_id": document_id, "year": year} for year in years],
            )
    else:
        connection.execute(
            update(documents).where(documents.c.id == document_id).values({field: value})
        )
    insert_missing(connection, index_queue, [{"document_id": document_id}])


def _undo_field(connection: Connection, row: Row[Any]) -> None:
    field = row.value["field"]
    later = next(
        (
            other
            for other in connection.execute(
                select(corrections)
                .where(
                    corrections.c.kind == "field",
                    corrections.c.target == row.target,
                    corrections.c.id > row.id,
                )
                .order_by(corrections.c.id)
            )
            if other.value["field"] == field
        ),
        None,
    )
    if later is not None:
        _take_over(connection, later, row)
    document_id = connection.execute(
        select(documents.c.id).where(documents.c.key == row.target)
    ).scalar_one_or_none()
    rest = field_values(connection, row.target)
    if document_id is None:
        return
    _set_field(connection, document_id, field, rest.get(field, row.value["previous"]))
