"""What is known of sources, of what they led to, and of the originals they gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, case, func, or_, select

from kb.catalog.reading.typed import chunks, columns, fetch
from kb.catalog.schema import documents
from kb.catalog.schema_sources import finds, hosts, originals, sources
from kb.model import Known


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as it is kept."""

    id: int
    name: str
    kind: str
    address: str
    options: Mapping[str, Any]
    timetable: str | None
    cursor: Mapping[str, Any]
    last_run: str | None
    last_good: str | None
    failures: int
    problem: str | None
    counts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FindRow:
    """An address that a source led to, and where it stands."""

    id: int
    key: str
    address: str
    title: str | None
    section: str | None
    changed: str | None
    state: str
    reason: str | None
    etag: str | None
    modified: str | None
    sha256: str | None
    checked: str | None
    strikes: int
    tries: int


@dataclass(frozen=True, slots=True)
class HostRow:
    """What is noted of a host."""

    host: str
    day: str
    requests: int
    wait_until: str | None
    robots: str | None
    robots_at: str | None


@dataclass(frozen=True, slots=True)
class OriginalRow:
    """Which bytes an address gave, and when."""

    key: str
    address: str
    sha256: str
    path: str
    at: str
    last: str
    """When the same bytes were seen there last."""
    status: int
    headers: Mapping[str, Any]
    size: int


_SOURCES = select(*columns(SourceRow, sources))
_FINDS = select(*columns(FindRow, finds))
_ORIGINALS = select(*columns(OriginalRow, originals))
T = TypeVar("T")


def _first(connection: Connection, kind: type[T], query: Select[Any]) -> T | None:
    return next(iter(fetch(connection, kind, query.limit(1))), None)


def listed(connection: Connection) -> list[SourceRow]:
    """All sources by name."""
    return fetch(connection, SourceRow, _SOURCES.order_by(sources.c.name))


def source(connection: Connection, given: str) -> SourceRow | None:
    """The source of this name, number or address."""
    wanted = sources.c.name == given
    if given.isdigit():
        wanted = (sources.c.id == int(given)) | wanted
    named = _first(connection, SourceRow, _SOURCES.where(wanted))
    return named or _first(connection, SourceRow, _SOURCES.where(sources.c.address == given))


def states(connection: Connection, source_id: int) -> dict[str, int]:
    """How many finds of a source are in each state."""
    rows = connection.execute(
        select(finds.c.state, func.count())
        .where(finds.c.source_id == source_id)
        .group_by(finds.c.state)
    )
    return {state: int(count) for state, count in rows}


def finds_of(connection: Connection, source_id: int, states: Sequence[str]) -> list[FindRow]:
    """Finds in these states, the first found first."""
    chosen = _FINDS.where(finds.c.source_id == source_id, finds.c.state.in_(states))
    return fetch(connection, FindRow, chosen.order_by(finds.c.id))


def known_keys(connection: Connection, source_id: int, keys: Sequence[str]) -> dict[str, FindRow]:
    """Finds of a source by key, of those asked for."""
    found: dict[str, FindRow] = {}
    for some in chunks(keys):
        chosen = _FINDS.where(finds.c.source_id == source_id, finds.c.key.in_(some))
        found |= {row.key: row for row in fetch(connection, FindRow, chosen)}
    return found


def held_elsewhere(connection: Connection, source_id: int, keys: Sequence[str]) -> set[str]:
    """Those of ``keys`` that another source looks after."""
    found: set[str] = set()
    for some in chunks(keys):
        rows = connection.execute(
            select(finds.c.key).where(finds.c.source_id != source_id, finds.c.key.in_(some))
        )
        found |= set(rows.scalars())
    return found


def to_look_at_again(
    connection: Connection, source_id: int, listing: int | None, before: str, limit: int
) -> list[FindRow]:
    """Kept finds whose address should be asked again, most urgent first: those that gave 404
    before, those that the last whole listing lacks, then those not asked for longest."""
    urgent = case((finds.c.strikes > 0, 0), else_=2)
    again = [finds.c.checked < before, finds.c.strikes > 0]
    if listing is not None:
        urgent = case((finds.c.strikes > 0, 0), (finds.c.listed < listing, 1), else_=2)
        again.append(finds.c.listed < listing)
    chosen = _FINDS.where(finds.c.source_id == source_id, finds.c.state == "kept", or_(*again))
    rows = chosen.order_by(urgent, finds.c.checked, finds.c.id).limit(limit)
    return fetch(connection, FindRow, rows)


def withdrawn(connection: Connection, source_id: int, before: str) -> FindRow | None:
    """The withdrawn find that was not asked for longest, and not since ``before``."""
    chosen = _FINDS.where(
        finds.c.source_id == source_id, finds.c.state == "withdrawn", finds.c.checked < before
    )
    return _first(connection, FindRow, chosen.order_by(finds.c.checked))


def kept_elsewhere(connection: Connection, find_id: int, sha256: str) -> bool:
    """True where another address gave the very same bytes and still stands."""
    query = select(finds.c.id).where(
        finds.c.sha256 == sha256, finds.c.id != find_id, finds.c.state.in_(("kept", "fetched"))
    )
    return connection.execute(query.limit(1)).first() is not None


def host(connection: Connection, name: str) -> HostRow | None:
    """What is noted of a host."""
    return _first(connection, HostRow, select(*columns(HostRow, hosts)).where(hosts.c.host == name))


# --- originals ---------------------------------------------------------------


def known(connection: Connection, path: str) -> Known | None:
    """Where the original at this path (below ``Settings.originals_path``) was fetched from."""
    row = connection.execute(
        select(originals.c.address, finds.c.title, finds.c.published, finds.c.section)
        .outerjoin(finds, finds.c.key == originals.c.key)
        .where(originals.c.path == path)
        .order_by(originals.c.id, finds.c.id)
    ).first()
    return None if row is None else Known(row.address, row.title, row.published, row.section)


def document_key(connection: Connection, document_id: int) -> str | None:
    """The key of a document, which originals of its address bear too."""
    query = select(documents.c.key).where(documents.c.id == document_id)
    return connection.execute(query).scalar_one_or_none()


def original(connection: Connection, key: str, sha256: str) -> OriginalRow | None:
    """The original with this content that an address gave."""
    same = (originals.c.key == key, originals.c.sha256 == sha256)
    return _first(connection, OriginalRow, _ORIGINALS.where(*same))


def originals_of(connection: Connection, key: str | None = None) -> list[OriginalRow]:
    """All that an address gave (without ``key``: that any did), the first first."""
    chosen = _ORIGINALS if key is None else _ORIGINALS.where(originals.c.key == key)
    return fetch(connection, OriginalRow, chosen.order_by(originals.c.at, originals.c.id))


def originals_at(connection: Connection, path: str) -> list[OriginalRow]:
    """All addresses that gave the original at this path (below ``Settings.originals_path``)."""
    chosen = _ORIGINALS.where(originals.c.path == path)
    return fetch(connection, OriginalRow, chosen.order_by(originals.c.at, originals.c.id))
