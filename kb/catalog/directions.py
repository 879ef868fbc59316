"""Whether less of an indicator is better, where a person said so against its name."""

from __future__ import annotations

from sqlalchemy import Connection

from kb.catalog import judgements
from kb.errors import QueryError

DIRECTION = "direction"
"""The kind of judgement; its target is the indicator's normal form."""


def decided(connection: Connection) -> dict[str, bool]:
    """Normal form of an indicator to whether less is better; the last word counts."""
    rows = judgements.standing(connection, (DIRECTION,))
    return {str(row.target): bool(row.value["falls"]) for row in rows}


def decide(
    connection: Connection,
    norm: str,
    name: str,
    *,
    falls: bool,
    previous: bool,
    now: str,
    by: str | None = None,
    reason: str | None = None,
) -> int:
    """Say so of every number of the indicator, in documents to come, too; the judgement's
    number."""
    if not norm.strip():
        raise QueryError("Name an indicator.")
    if falls == previous:
        raise QueryError("It is so already; give what is to be otherwise.")
    value = {"falls": falls, "previous": previous, "name": name}
    return int(
        judgements.record(connection, DIRECTION, norm, value, at=now, by=by, reason=reason).id
    )
