"""What staff decided about entities and documents, kept through every ingest.

Each decision is a judgement (``kb.catalog.judgements``). Merges, names and hidden marks also
stand in ``entities`` (which outlives any document), so new texts follow them at once; what is
about documents is carried out whenever one is written (``kb.catalog.replaying``). Rows moved by a
merge remember in ``found_id`` what the text was linked to, so that every decision can be taken
back.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from kb import clock
from kb.authority import norm
from kb.catalog import found, judgements, naming, replaying, seen, shelving, splitting
from kb.catalog.dialect import insert_missing
from kb.catalog.pointers import queue_documents, repoint
from kb.catalog.schema import aliases, corrections, documents, entities
from kb.catalog.writes_entities import merges
from kb.errors import NotFound, Overtaken, QueryError


def _entity(connection: Connection, entity_id: str) -> Row[Any]:
    row = connection.execute(select(entities).where(entities.c.id == entity_id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no entity '{entity_id}'; look it up with 'kb entities'.")
    return row


def merge(
    connection: Connection,
    entity_id: str,
    into: str,
    *,
    now: str,
    by: str | None = None,
    reason: str | None = None,
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
    value = {"into": into, "names": judgements.names_of(connection, [entity_id, into])}
    number = _record(connection, "merge", entity_id, value, now, by, reason)
    connection.execute(update(entities).where(entities.c.id == entity_id).values(merged_into=into))
    _lend_names(connection, entity_id, end)
    naming.take_away(connection, naming.standing(connection))
    repoint(connection)
    return number


def rename(
    connection: Connection,
    entity_id: str,
    name: str,
    *,
    now: str,
    by: str | None = None,
    reason: str | None = None,
    seen: str | None = None,
) -> int:
    """Give an entity another name; the old one stays an alias. Returns the correction's id.

    Raises ``Overtaken`` where its name is not ``seen`` any more.
    """
    clean = " ".join(name.split())
    if not norm(clean):
        raise QueryError("A name needs at least one letter or digit; give another.")
    row = _entity(connection, entity_id)
    if seen is not None and row.name != seen:
        raise Overtaken(
            f"Somebody named it '{row.name}' meanwhile. Nothing of yours was stored; look again "
            "and decide."
        )
    earlier = _standing(connection, "rename", entity_id)
    value = {
        "name": clean,
        "previous": row.name,
        "machine": earlier[-1].value["machine"] if earlier else row.name,
        "names": judgements.names_of(connection, [entity_id]),
    }
    number = _record(connection, "rename", entity_id, value, now, by, reason)
    _set_name(connection, entity_id, clean)
    return number


def alias(
    connection: Connection,
    entity_id: str,
    name: str,
    *,
    gone: bool = False,
    now: str,
    by: str | None = None,
    reason: str | None = None,
) -> int:
    """Say that an entity is called ``name``, too, or (``gone``) that it is not; the correction's
    id. Raises what ``naming.decide`` does."""
    entity = _entity(connection, merges(connection, [entity_id])[entity_id])
    number = naming.decide(connection, entity, name, gone=gone, now=now, by=by, reason=reason)
    reapply(connection)
    return number


def hide(
    connection: Connection,
    entity_id: str,
    *,
    now: str,
    by: str | None = None,
    reason: str | None = None,
) -> int:
    """Keep an entity out of lists, facets and pages; returns the correction's id."""
    _entity(connection, entity_id)
    value = {"names": judgements.names_of(connection, [entity_id])}
    number = _record(connection, "hide", entity_id, value, now, by, reason)
    connection.execute(update(entities).where(entities.c.id == entity_id).values(hidden=True))
    queue_documents(connection, [entity_id])
    return number


def split(
    connection: Connection,
    entity_id: str,
    document_ids: Collection[int],
    *,
    into: str | None = None,
    name: str | None = None,
    now: str,
    by: str | None = None,
    reason: str | None = None,
) -> int:
    """Say that what these documents say of an entity is said of another: of ``into``, which is
    there, or of a new one with this ``name``. Returns the correction's id.

    Raises ``QueryError`` where that is no decision, ``Overtaken`` where the documents do not
    name the entity (any more).
    """
    one = _entity(connection, entity_id)
    named = splitting.surfaces(connection, entity_id, sorted(document_ids))
    if not document_ids:
        raise QueryError("Choose the documents that name somebody else.")
    if lacking := sorted(set(document_ids) - set(named)):
        raise Overtaken(
            f"Document {lacking[0]} does not name '{one.name}' (any more); look again and decide."
        )
    clean = " ".join((name or "").split())
    if into is None and not norm(clean):
        raise QueryError("Say who it is instead: somebody the base knows, or a new name.")
    other = into or found.new_id(one.type, clean)
    names = judgements.names_of(connection, [entity_id, other])
    if into is None:
        names[other] = [one.type, clean]
    elif _entity(connection, other).type != one.type or other == entity_id:
        raise QueryError(f"'{one.name}' is a {one.type}; name another {one.type}.")
    rows = connection.execute(
        select(documents.c.key, documents.c.text_hash)
        .where(documents.c.id.in_(sorted(named)))
        .order_by(documents.c.id)
    )
    value = {
        "documents": [[row.key, row.text_hash] for row in rows],
        "written": sorted(set().union(*named.values())),
        "to": {"entity_id": other},
        "names": names,
    }
    judgement = judgements.record(
        connection, "split", entity_id, value, at=now, by=by, reason=reason
    )
    for document_id in sorted(named):
        before = replaying.counted(connection, document_id)
        replaying.apply_one(connection, judgement, document_id)
        replaying.settle(connection, document_id, before)
    return int(judgement.id)


def keep_apart(
    connection: Connection,
    entity_id: str,
    other: str,
    *,
    now: str,
    by: str | None = None,
    reason: str | None = None,
) -> int:
    """Say that two entities are two, so that nobody is asked again; the correction's id.

    Raises ``Overtaken`` where one of them is not there for itself any more.
    """
    for one in (entity_id, other):
        if (merged := _entity(connection, one).merged_into) is not None:
            raise Overtaken(f"Somebody merged one of them into {merged} meanwhile; look again.")
    value = {"other": other, "names": judgements.names_of(connection, [entity_id, other])}
    return _record(connection, "apart", entity_id, value, now, by, reason)


def undo(
    connection: Connection, correction_id: int, *, now: str | None = None, by: str | None = None
) -> None:
    """Take one decision back, whatever was decided after it.

    Raises ``NotFound`` for an unknown number, ``QueryError`` where it is taken back already.
    """
    row = judgements.one(connection, correction_id)
    judgements.take_back(connection, row, at=now or clock.now(), by=by)
    _undone(connection, row)


def _undone(connection: Connection, row: Row[Any]) -> None:
    """Bring the state to what stands now that ``row`` does not."""
    if row.kind == "merge":
        connection.execute(
            update(entities).where(entities.c.id == row.target).values(merged_into=None)
        )
        connection.execute(delete(aliases).where(aliases.c.origin == f"merge {row.target}"))
        repoint(connection)
    elif row.kind == "hide":
        if not _standing(connection, "hide", row.target):
            connection.execute(
                update(entities).where(entities.c.id == row.target).values(hidden=False)
            )
            queue_documents(connection, [row.target])
    elif row.kind == "rename":
        _undo_rename(connection, row)
    elif row.kind == naming.ALIAS:
        moved = naming.undone(connection, row)
        reapply(connection)
        if moved:
            repoint(connection)
    elif row.kind == "split":
        splitting.forget_names(connection, row)
        _replay(connection, row)
    elif row.kind == shelving.REMOVE:
        if not _standing(connection, row.kind, row.target):
            shelving.undo_remove(connection, row.target)
    elif row.kind == shelving.WITHDRAW:
        if not _standing(connection, row.kind, row.target):
            shelving.undo_withdraw(connection, row.target)
    elif row.kind != seen.SEEN:  # which changes nothing in what it is about
        _replay(connection, row)


def _replay(connection: Connection, row: Row[Any]) -> None:
    for document_id in replaying.documents_of(connection, [row]):
        replaying.replay(connection, document_id)


def listed(connection: Connection) -> Sequence[Row[Any]]:
    """The decisions that stand, the latest first."""
    return connection.execute(
        select(corrections).where(judgements.STANDING).order_by(corrections.c.id.desc())
    ).all()


def decided_ids(connection: Connection) -> set[str]:
    """Entities that staff merged, named, hid, chose or took out of texts: their ids must last."""
    return judgements.named_ids(connection)


def lasting_ids(connection: Connection) -> set[str]:
    """The same, and those that what was taken out of texts points at."""
    return judgements.named_ids(connection) | found.kept_ids(connection)


def renamed_ids(connection: Connection) -> set[str]:
    """Entities that staff gave a name."""
    query = select(corrections.c.target).where(judgements.STANDING, corrections.c.kind == "rename")
    return set(connection.execute(query).scalars())


def reapply(connection: Connection) -> None:
    """Bring names, hidden marks and merges to what the decisions say (after an ingest)."""
    rows = judgements.standing(connection, ("merge", "rename", "hide"))
    known = set(
        connection.execute(
            select(entities.c.id).where(entities.c.id.in_({row.target for row in rows}))
        ).scalars()
    )
    rows = [row for row in rows if row.target in known]
    for target, name in {r.target: r.value["name"] for r in rows if r.kind == "rename"}.items():
        _set_name(connection, target, name)
    for row in rows:
        if row.kind == "hide":
            connection.execute(
                update(entities)
                .where(entities.c.id == row.target, entities.c.hidden.is_(False))
                .values(hidden=True)
            )
    called = naming.standing(connection)
    naming.give(connection, called)
    moved = [_join(connection, r.target, r.value["into"]) for r in rows if r.kind == "merge"]
    moved += [_join(connection, *pair) for pair in naming.joined(connection, called).items()]
    naming.take_away(connection, called)
    if any(moved):
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


def _join(connection: Connection, entity_id: str, into: str) -> bool:
    """Merge one entity into another, where it is not; True where it was not."""
    changed = connection.execute(
        update(entities)
        .where(entities.c.id == entity_id, entities.c.merged_into.is_(None))
        .values(merged_into=into)
    )
    _lend_names(connection, entity_id, merges(connection, [entity_id])[entity_id])
    return bool(changed.rowcount)


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
    others = _standing(connection, "rename", row.target)
    name = others[-1].value["name"] if others else row.value["machine"]
    connection.execute(update(entities).where(entities.c.id == row.target).values(name=name))
    if row.value["name"] not in {other.value["name"] for other in others}:
        connection.execute(
            delete(aliases).where(
                aliases.c.entity_id == row.target,
                aliases.c.alias == row.value["name"],
                aliases.c.origin == "staff",
            )
        )


def _standing(connection: Connection, kind: str, target: str) -> Sequence[Row[Any]]:
    return connection.execute(
        select(corrections)
        .where(judgements.STANDING, corrections.c.kind == kind, corrections.c.target == target)
        .order_by(corrections.c.at, corrections.c.id)
    ).all()


def _record(
    connection: Connection,
    kind: str,
    target: str,
    value: dict[str, Any],
    now: str,
    by: str | None,
    reason: str | None,
) -> int:
    return int(judgements.record(connection, kind, target, value, at=now, by=by, reason=reason).id)
