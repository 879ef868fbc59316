"""Other names of an entity, given and taken away by hand.

Of the judgements on one name of one entity the last that stands counts. A name that was given is
an alias as any other, and whatever later texts call exactly so and nothing else speaks against is
that entity: it is merged into it for as long as the judgement stands. A name that was taken away
goes again whenever a text or the authority file brings it; what it was is kept with the judgement,
so that undoing brings it back.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from kb.authority import norm
from kb.catalog import judgements, splitting
from kb.catalog.dialect import insert_missing
from kb.catalog.schema import aliases, corrections, entities
from kb.errors import QueryError

ALIAS = "alias"
"""The kind of judgement, and the origin of a name that one gave."""


def decide(
    connection: Connection,
    entity: Row[Any],
    name: str,
    *,
    gone: bool,
    now: str,
    by: str | None = None,
    reason: str | None = None,
) -> int:
    """Note that an entity is (``gone``: is not) called ``name``, too; the judgement's number.

    Raises ``QueryError`` where that says nothing or is another decision.
    """
    clean = " ".join(name.split())
    form = norm(clean)
    if not form:
        raise QueryError("A name needs at least one letter or digit; give another.")
    bears = (
        connection.execute(
            select(aliases.c.alias).where(aliases.c.entity_id == entity.id, aliases.c.norm == form)
        ).first()
        is not None
    )
    own = norm(entity.name) == form
    if gone and own:
        raise QueryError(f"'{entity.name}' is its very name; rename it before taking that away.")
    if gone and not bears:
        raise QueryError(f"'{entity.name}' is not called '{clean}'; its page lists its names.")
    if not gone and (own or bears):
        raise QueryError(f"'{entity.name}' is called '{clean}' already.")
    if not gone:
        _refuse_anothers(connection, entity, clean)
    value = {
        "alias": clean,
        "gone": gone,
        "names": judgements.names_of(connection, [entity.id]),
    }
    made = judgements.record(connection, ALIAS, entity.id, value, at=now, by=by, reason=reason)
    return int(made.id)


def _refuse_anothers(connection: Connection, entity: Row[Any], name: str) -> None:
    """Raises ``QueryError`` where ``name`` is the very name of another that is there."""
    for other in _called(connection, {(entity.type, norm(name))}):
        if other.id != entity.id:
            raise QueryError(
                f"'{other.name}' is the name of another ({other.id}); if the two are one, merge "
                "them instead."
            )


def _called(connection: Connection, wanted: set[tuple[str, str]]) -> list[Row[Any]]:
    """Entities in lists whose very name has one of these kinds and normal forms."""
    forms = sorted({form for _, form in wanted})
    query = (
        select(entities)
        .join(aliases, aliases.c.entity_id == entities.c.id)
        .where(
            aliases.c.norm.in_(forms),
            entities.c.merged_into.is_(None),
            entities.c.hidden.is_(False),
        )
        .distinct()
        .order_by(entities.c.id)
    )
    return [row for row in connection.execute(query).all() if (row.type, norm(row.name)) in wanted]


def standing(connection: Connection) -> list[Row[Any]]:
    """The judgement that counts on each name of each entity that is there, first to last."""
    last = {
        (row.target, norm(str(row.value["alias"]))): row
        for row in judgements.standing(connection, (ALIAS,))
    }
    targets = {target for target, _ in last}
    known = set(
        connection.execute(select(entities.c.id).where(entities.c.id.in_(targets))).scalars()
    )
    return [row for (target, _), row in last.items() if target in known]


def give(connection: Connection, decided: list[Row[Any]]) -> None:
    """The names that were given, as aliases."""
    given = [(row.target, str(row.value["alias"])) for row in decided if not row.value["gone"]]
    insert_missing(
        connection,
        aliases,
        [
            {"entity_id": entity_id, "alias": name, "norm": norm(name), "origin": ALIAS}
            for entity_id, name in given
        ],
    )


def joined(connection: Connection, decided: list[Row[Any]]) -> dict[str, str]:
    """What texts call exactly as somebody said that another is called, by whom it is then.

    Left alone: who was told apart from it, whom the authority file knows, who is elsewhere.
    """
    wanted: dict[tuple[str, str], str] = {}
    for row in decided:
        if not row.value["gone"]:
            key = (row.target.partition(":")[0], norm(str(row.value["alias"])))
            wanted[key] = row.target
    if not wanted:
        return {}
    regions: dict[str, str | None] = {
        row.id: row.region
        for row in connection.execute(
            select(entities.c.id, entities.c.region).where(entities.c.id.in_(wanted.values()))
        )
    }
    apart = {
        frozenset((row.target, str(row.value["other"])))
        for row in judgements.standing(connection, ("apart",))
    }
    found: dict[str, str] = {}
    for row in _called(connection, set(wanted)):
        into = wanted[row.type, norm(row.name)]
        if (
            row.id != into
            and row.origin == "text"
            and frozenset((row.id, into)) not in apart
            and _near(row.region, regions.get(into))
        ):
            found[row.id] = into
    return found


def _near(one: str | None, other: str | None) -> bool:
    """False for two regions of which neither is within the other."""
    if not one or not other:
        return True
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def take_away(connection: Connection, decided: list[Row[Any]]) -> None:
    """The names that were taken away go; what they were is kept with the judgement."""
    for row in decided:
        if not row.value["gone"]:
            continue
        form = norm(str(row.value["alias"]))
        own = connection.execute(
            select(entities.c.name).where(entities.c.id == row.target)
        ).scalar_one()
        if norm(own) == form:
            continue  # renamed so later: nothing is without its very name
        here = (aliases.c.entity_id == row.target) & (aliases.c.norm == form)
        kept = [list(one) for one in row.value.get("was", ())]
        more = [
            [one.alias, one.origin]
            for one in connection.execute(select(aliases).where(here).order_by(aliases.c.alias))
            if [one.alias, one.origin] not in kept
        ]
        lent = (aliases.c.origin == f"merge {row.target}") & (aliases.c.norm == form)
        connection.execute(delete(aliases).where(here | lent))
        if more:
            connection.execute(
                update(corrections)
                .where(corrections.c.id == row.id)
                .values(value={**row.value, "was": [*kept, *more]})
            )


def undone(connection: Connection, row: Row[Any]) -> bool:
    """Bring back what was before a judgement; the caller carries out those that still stand.

    True where entities stand for themselves again, so that rows must be pointed anew.
    """
    form = norm(str(row.value["alias"]))
    if row.value["gone"]:
        _bring_back(connection, row)
        return False
    connection.execute(
        delete(aliases).where(
            aliases.c.norm == form,
            ((aliases.c.entity_id == row.target) & (aliases.c.origin == ALIAS))
            | (aliases.c.origin == f"merge {row.target}"),
        )
    )
    merged = {one.target for one in judgements.standing(connection, ("merge",))}
    free = [
        one
        for one in connection.execute(
            select(entities.c.id).where(entities.c.merged_into == row.target)
        ).scalars()
        if one not in merged
    ]
    connection.execute(update(entities).where(entities.c.id.in_(free)).values(merged_into=None))
    connection.execute(
        delete(aliases).where(aliases.c.origin.in_([f"merge {one}" for one in free]))
    )
    return bool(free)


def _bring_back(connection: Connection, row: Row[Any]) -> None:
    """Names that texts, the authority file or staff gave; those lent by merges come with them."""
    renames = [
        (str(one.value["name"]), one.undone)
        for one in connection.execute(
            select(corrections).where(
                corrections.c.target == row.target, corrections.c.kind == "rename"
            )
        )
    ]
    kept = {name for name, undone in renames if undone is None}
    dropped = {name for name, undone in renames if undone is not None} - kept
    for name, origin in row.value.get("was", ()):
        if origin not in ("text", "authority", "staff") or (origin == "staff" and name in dropped):
            continue
        one = (aliases.c.entity_id == row.target) & (aliases.c.alias == name)
        connection.execute(delete(aliases).where(one))
        connection.execute(
            insert(aliases).values(entity_id=row.target, alias=name, norm=norm(name), origin=origin)
        )
    for split in judgements.standing(connection, ("split",)):
        if split.value["to"]["entity_id"] == row.target:
            splitting.lend_names(connection, split)
