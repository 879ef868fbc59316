"""The lists of what readers follow: begin one, add to it, take from it, say where to tell.

What is written here touches its own tables alone and is made of nothing that an ingest holds, so
it waits for no writer's lock: a night's ingest keeps no reader from following something.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, TypeVar

from kb.alerts import keys
from kb.catalog import Catalog
from kb.catalog import writes_alerts as writes
from kb.catalog.reading import alerts as reads
from kb.catalog.reading.alerts import FollowerRow, FollowRow
from kb.catalog.reading.typed import Reading
from kb.config import Settings
from kb.errors import Busy, NotFound, QueryError

Kind = Literal["search", "entity", "statements"]
Every = Literal["never", "daily", "weekly"]
MOST = 100
"""What one list may hold."""
AGAIN_MINUTES = 10
"""Between two mails that ask the same list for a confirmation."""
FIELDS: Mapping[str, frozenset[str]] = {
    "search": frozenset(
        [
            "query",
            "years",
            "institutions",
            "officials",
            "places",
            "types",
            "date_from",
            "date_to",
            "figures",
        ]
    ),
    "entity": frozenset(["entity"]),
    "statements": frozenset(["query", "speaker", "institution", "date_from", "date_to"]),
}
"""What a follow of each kind may ask for: parameters of the Python methods."""
_MAIL = re.compile(r"[^\s@<>\",;:()\[\]\\]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Held:
    """A reader's list, and the link that opens it."""

    follower: FollowerRow
    follows: tuple[FollowRow, ...]
    token: str


def now() -> str:
    """This moment as it is kept."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def write(settings: Settings, work: Callable[[Reading], T]) -> T:
    """Do ``work`` in one transaction that changes no answer of the base."""
    with (
        Catalog.open(settings, write=True) as catalog,
        catalog.write(quiet=True) as connection,
    ):
        return work(connection)


def read(settings: Settings, ask: Callable[[Reading], T]) -> T:
    """What ``ask`` finds."""
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        return ask(connection)


# --- lists --------------------------------------------------------------------------


def begin(settings: Settings, language: str = "id") -> Held:
    """A new, empty list."""

    def work(connection: Reading) -> Held:
        keys.make(connection)
        values = {"created": now(), "language": language if language in ("id", "en") else "id"}
        return _held(connection, writes.add_follower(connection, values))

    return write(settings, work)


def opened(settings: Settings, token: str, purpose: str = "list") -> Held:
    """The list that a link opens. Raises ``NotFound``."""
    return read(settings, lambda connection: _proved(connection, token, purpose))


def by_number(settings: Settings, number: int) -> Held:
    """A list by its number, for who runs the base. Raises ``NotFound``."""
    return read(settings, lambda connection: _held(connection, number))


def all_lists(settings: Settings) -> list[Held]:
    """Every list, for who runs the base."""

    def ask(connection: Reading) -> list[Held]:
        return [_held(connection, row.id) for row in reads.all_followers(connection)]

    return read(settings, ask)


def forget(settings: Settings, number: int) -> None:
    """A list with all that is in it goes. Raises ``NotFound``."""

    def work(connection: Reading) -> None:
        _held(connection, number)
        writes.remove_follower(connection, number)

    write(settings, work)


def _held(connection: Reading, number: int) -> Held:
    row = reads.follower(connection, number)
    if row is None:
        raise NotFound(f"There is no list {number}; 'kb alerts list' shows them.")
    follows = tuple(reads.follows_of(connection, number))
    return Held(row, follows, keys.token(connection, row, "list"))


def _proved(connection: Reading, token: str, purpose: str) -> Held:
    number = keys.number(token)
    row = reads.follower(connection, number) if number is not None else None
    if row is None or not keys.fits(connection, row, purpose, token):
        raise NotFound("This link opens no list; it may have been given up since.")
    return _held(connection, row.id)


# --- what is followed ----------------------------------------------------------------


def follow(
    settings: Settings, number: int, kind: Kind, query: Mapping[str, Any], label: str
) -> FollowRow:
    """Add to a list; what is in it already stays as it is. Raises ``QueryError``."""
    asked = _checked(kind, query)

    def work(connection: Reading) -> FollowRow:
        held = _held(connection, number)
        for one in held.follows:
            if one.kind == kind and dict(one.query) == asked:
                return one
        if len(held.follows) >= MOST:
            raise QueryError(f"A list holds {MOST} at most; take something out first.")
        at = now()
        values = {
            "follower_id": number,
            "kind": kind,
            "query": asked,
            "label": " ".join(label.split())[:200] or "-",
            "created": at,
            "since": reads.latest_document(connection),
            "seen": at,
        }
        made = writes.add_follow(connection, values)
        return next(one for one in reads.follows_of(connection, number) if one.id == made)

    return write(settings, work)


def _checked(kind: str, query: Mapping[str, Any]) -> dict[str, Any]:
    """The query in the one form in which it is kept."""
    if kind not in FIELDS:
        raise QueryError(f"There is no kind of follow '{kind}'; use {', '.join(FIELDS)}.")
    unknown = set(query) - FIELDS[kind]
    if unknown:
        raise QueryError(f"A follow of a {kind} knows no {', '.join(sorted(unknown))}.")
    kept: dict[str, Any] = {}
    for name, value in sorted(query.items()):
        if isinstance(value, str):
            value = " ".join(value.split())[:1000]
        elif isinstance(value, Sequence):
            value = sorted(dict.fromkeys(value))
        if value not in (None, "", []):
            kept[name] = value
    if not kept:
        raise QueryError("Say what to follow: words, a filter, or somebody.")
    return kept


def unfollow(settings: Settings, number: int, follow_id: int) -> None:
    """Take something out of a list. Raises ``NotFound``."""

    def work(connection: Reading) -> None:
        if follow_id not in {one.id for one in _held(connection, number).follows}:
            raise NotFound(f"There is no {follow_id} in this list.")
        writes.remove_follow(connection, follow_id)

    write(settings, work)


def looked(settings: Settings, held: Held) -> None:
    """The reader has seen what is new."""
    numbers = [one.id for one in held.follows]
    write(settings, lambda connection: writes.looked(connection, numbers, now()))


# --- where to tell ---------------------------------------------------------------------


def tell_by_mail(settings: Settings, number: int, address: str, every: Every) -> tuple[Held, str]:
    """Set the address and how often; with the token by which the address confirms itself.

    Nothing is sent here. Raises ``QueryError`` for what is no address, ``Busy`` where it was
    asked a moment ago.
    """
    if every not in ("daily", "weekly"):
        raise QueryError("A mail comes daily or weekly.")
    address = address.strip()
    if not _MAIL.fullmatch(address):
        raise QueryError(f"'{address}' is no mail address; write it as name@example.go.id.")

    def work(connection: Reading) -> tuple[Held, str]:
        row = _held(connection, number).follower
        same = row.email == address
        if same and row.confirmed:
            writes.change_follower(connection, number, every=every)
        else:
            if row.asked and row.asked > _ago(minutes=AGAIN_MINUTES):
                raise Busy(f"A mail was sent a moment ago; wait {AGAIN_MINUTES} minutes.")
            writes.change_follower(
                connection, number, email=address, every=every, asked=now(), confirmed=None
            )
        held = _held(connection, number)
        return held, keys.token(connection, held.follower, "confirm")

    return write(settings, work)


def confirm(settings: Settings, token: str) -> Held:
    """The address says that it wants the mails. Raises ``NotFound``."""

    def work(connection: Reading) -> Held:
        held = _proved(connection, token, "confirm")
        at = now()
        if not held.follower.confirmed:
            writes.change_follower(connection, held.follower.id, confirmed=at, sent=at)
        return _held(connection, held.follower.id)

    return write(settings, work)


def stop_mail(settings: Settings, token: str) -> Held:
    """No mails any more; the list stays. Raises ``NotFound``."""

    def work(connection: Reading) -> Held:
        held = _proved(connection, token, "stop")
        writes.change_follower(connection, held.follower.id, every="never")
        return _held(connection, held.follower.id)

    return write(settings, work)


def no_mail(settings: Settings, number: int) -> None:
    """Forget the address of a list."""
    write(
        settings,
        lambda c: writes.change_follower(
            c, number, email=None, confirmed=None, every="never", problem=None, failures=0
        ),
    )


def tell_by_webhook(settings: Settings, number: int, address: str | None) -> Held:
    """What is found is posted there as soon as it is found; ``None``: no more.

    For who runs the base alone: a server must not post where any reader says.
    """
    if address is not None and not re.match(r"https?://[^/\s]+", address):
        raise QueryError(f"'{address}' is no web address; write it with https://.")

    def work(connection: Reading) -> Held:
        secret = secrets.token_hex(24) if address else None
        writes.change_follower(
            connection, number, webhook=address, secret=secret, problem=None, failures=0
        )
        return _held(connection, number)

    return write(settings, work)


def _ago(**span: float) -> str:
    return (datetime.now(UTC) - timedelta(**span)).isoformat(timespec="milliseconds")
