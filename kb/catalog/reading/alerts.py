"""What readers follow, and what is new in it: SELECTs only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from kb.catalog.reading.typed import chunks, columns, fetch
from kb.catalog.reads import SHOWN
from kb.catalog.schema import documents, entity_documents, statements
from kb.catalog.schema_alerts import follow_matches, followers, follows


@dataclass(frozen=True, slots=True)
class FollowerRow:
    """One reader's list."""

    id: int
    created: str
    language: str
    email: str | None
    asked: str | None
    confirmed: str | None
    every: str
    webhook: str | None
    secret: str | None
    sent: str | None
    tried: str | None
    problem: str | None
    failures: int


@dataclass(frozen=True, slots=True)
class FollowRow:
    """Something followed."""

    id: int
    follower_id: int
    kind: str
    query: Mapping[str, Any]
    label: str
    created: str
    since: int
    seen: str


@dataclass(frozen=True, slots=True)
class SaidRow:
    """As much of a statement as matching needs."""

    document_id: int
    speaker_id: str | None
    speaker: str | None
    institution_id: str | None
    text: str


_FOLLOWERS = select(*columns(FollowerRow, followers))
_FOLLOWS = select(*columns(FollowRow, follows))


def follower(connection: Connection, follower_id: int) -> FollowerRow | None:
    """One reader's list."""
    query = _FOLLOWERS.where(followers.c.id == follower_id)
    return next(iter(fetch(connection, FollowerRow, query)), None)


def all_followers(connection: Connection) -> list[FollowerRow]:
    """Every reader's list, the first first."""
    return fetch(connection, FollowerRow, _FOLLOWERS.order_by(followers.c.id))


def told_followers(connection: Connection) -> list[FollowerRow]:
    """Those that something untold was found for, and that want to be told."""
    untold = (
        select(follows.c.follower_id)
        .join(follow_matches, follow_matches.c.follow_id == follows.c.id)
        .where(follow_matches.c.sent.is_(None))
    )
    wanted = followers.c.webhook.is_not(None) | (
        followers.c.confirmed.is_not(None) & (followers.c.every != "never")
    )
    query = _FOLLOWERS.where(wanted, followers.c.id.in_(untold)).order_by(followers.c.id)
    return fetch(connection, FollowerRow, query)


def follows_of(connection: Connection, follower_id: int) -> list[FollowRow]:
    """What one reader follows, the first first."""
    query = _FOLLOWS.where(follows.c.follower_id == follower_id).order_by(follows.c.id)
    return fetch(connection, FollowRow, query)


def all_follows(connection: Connection) -> list[FollowRow]:
    """All that is followed."""
    return fetch(connection, FollowRow, _FOLLOWS.order_by(follows.c.id))


def latest_document(connection: Connection) -> int:
    """The highest number of a document: later ones are new."""
    return connection.execute(select(func.max(documents.c.id))).scalar_one() or 0


def new_documents(connection: Connection, after: int) -> list[int]:
    """Documents that came in after the one of this number, and are in results."""
    query = select(documents.c.id).where(documents.c.id > after, *SHOWN)
    return list(connection.execute(query.order_by(documents.c.id)).scalars())


def naming(connection: Connection, ids: Sequence[int]) -> dict[str, list[int]]:
    """Entity -> those of these documents that name it."""
    found: dict[str, list[int]] = defaultdict(list)
    for some in chunks(ids):
        query = select(entity_documents.c.entity_id, entity_documents.c.document_id).where(
            entity_documents.c.document_id.in_(some)
        )
        for entity, number in connection.execute(query):
            found[entity].append(number)
    return found


def said_in(connection: Connection, ids: Sequence[int]) -> list[SaidRow]:
    """Statements in these documents."""
    found: list[SaidRow] = []
    for some in chunks(ids):
        query = select(*columns(SaidRow, statements)).where(statements.c.document_id.in_(some))
        found += fetch(connection, SaidRow, query)
    return found


def matched(
    connection: Connection,
    follow_ids: Sequence[int],
    *,
    untold: bool = False,
    after: str | None = None,
) -> dict[int, list[int]]:
    """Follow -> documents that fitted and are still in results, the latest first; those not
    told yet, or found after a moment."""
    found: dict[int, list[int]] = defaultdict(list)
    for some in chunks(follow_ids):
        query = (
            select(follow_matches.c.follow_id, follow_matches.c.document_id)
            .join(documents, documents.c.id == follow_matches.c.document_id)
            .where(follow_matches.c.follow_id.in_(some), *SHOWN)
            .order_by(func.coalesce(documents.c.date, "").desc(), documents.c.id.desc())
        )
        if untold:
            query = query.where(follow_matches.c.sent.is_(None))
        if after is not None:
            query = query.where(follow_matches.c.at > after)
        for follow, number in connection.execute(query):
            found[follow].append(number)
    return found


def followed_ids(connection: Connection) -> set[str]:
    """Entities that somebody follows or searches for again and again: their ids must last."""
    found: set[str] = set()
    for query in connection.execute(select(follows.c.query)).scalars():
        for value in query.values():
            found |= {one for one in (value if isinstance(value, list) else [value]) if _is_id(one)}
    return found


def _is_id(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("person:", "institution:"))
