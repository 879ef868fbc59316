"""Changes of what readers follow, and of what was matched and sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, update

from kb.catalog.dialect import insert_missing
from kb.catalog.reading.typed import chunks
from kb.catalog.schema_alerts import follow_matches, followers, follows


def add_follower(connection: Connection, values: Mapping[str, Any]) -> int:
    """A new reader's list; its number."""
    row = {"every": "never", "failures": 0, **values}
    key = connection.execute(insert(followers).values(row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def change_follower(connection: Connection, follower_id: int, **values: Any) -> None:
    """Set columns of a reader's list."""
    connection.execute(update(followers).where(followers.c.id == follower_id).values(**values))


def remove_follower(connection: Connection, follower_id: int) -> None:
    """A reader's list with all that was followed in it."""
    numbers = [
        r.id
        for r in connection.execute(follows.select().where(follows.c.follower_id == follower_id))
    ]
    for number in numbers:
        remove_follow(connection, number)
    connection.execute(delete(followers).where(followers.c.id == follower_id))


def add_follow(connection: Connection, values: Mapping[str, Any]) -> int:
    """Something more that a reader follows; its number."""
    key = connection.execute(insert(follows).values(dict(values))).inserted_primary_key
    assert key is not None
    return int(key[0])


def remove_follow(connection: Connection, follow_id: int) -> None:
    """It is followed no more."""
    connection.execute(delete(follow_matches).where(follow_matches.c.follow_id == follow_id))
    connection.execute(delete(follows).where(follows.c.id == follow_id))


def looked(connection: Connection, follow_ids: Sequence[int], at: str) -> None:
    """The reader has seen what is new in these."""
    for some in chunks(follow_ids):
        connection.execute(update(follows).where(follows.c.id.in_(some)).values(seen=at))


def add_matches(connection: Connection, pairs: Sequence[tuple[int, int]], at: str) -> None:
    """Note which documents fitted which follow."""
    rows = [{"follow_id": f, "document_id": d, "at": at, "sent": None} for f, d in pairs]
    for some in chunks(rows):
        insert_missing(connection, follow_matches, some)


def sent(connection: Connection, follow_ids: Sequence[int], at: str) -> None:
    """All that was found of these so far has been told."""
    for some in chunks(follow_ids):
        connection.execute(
            update(follow_matches)
            .where(follow_matches.c.follow_id.in_(some), follow_matches.c.sent.is_(None))
            .values(sent=at)
        )
