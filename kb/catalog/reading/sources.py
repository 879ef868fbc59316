"""What is known of sources, of what they led to, and of the originals they gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, case, func, or_, select

from kb.catalog.schema import documents
from kb.catalog.schema_sources import finds, hosts, originals, sources, views_seen
from kb.model import Known

Row = dict[str, Any]


def _rows(connection: Connection, query: Select[Any]) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]


def _first(connection: Connection, query: Select[Any]) -> Row | None:
    row = connection.execute(query).mappings().first()
    return None if row is None else dict(row)


def listed(connection: Connection) -> list[Row]:
    """All sources by name."""
    return _rows(connection, select(sources).order_by(sources.c.name))


def source(connection: Connection, given: str) -> Row | None:
    """The source of this name, number or address."""
    wanted = sources.c.name == given
    if given.isdigit():
        wanted = (sources.c.id == int(given)) | wanted
    row = _first(connection, select(sources).where(wanted))
    if row is None:
        same = select(sources).where(sources.c.address == given)
        row = _first(connection, same)
    return row


def states(connection: Connection, source_id: int) -> dict[str, int]:
    """How many finds of a source are in each state."""
    rows = connection.execute(
        select(finds.c.state, func.count())
        .where(finds.c.source_id == source_id)
        .group_by(finds.c.state)
    )
    return {state: count for state, count in rows}  # noqa: C416


def finds_of(
    connection: Connection, source_id: int, states: Sequence[str], limit: int | None = None
) -> list[Row]:
    """Finds in these states, the first found first."""
    chosen = (
        select(finds)
        .where(finds.c.source_id == source_id, finds.c.state.in_(states))
        .order_by(finds.c.id)
    )
    return _rows(connection, chosen.limit(limit))


def known_keys(connection: Connection, source_id: int, keys: Sequence[str]) -> dict[str, Row]:
    """Finds of a source by key, of those asked for."""
    found: dict[str, Row] = {}
    for start in range(0, len(keys), 500):
        some = list(keys[start : start + 500])
        rows = connection.execute(
            select(finds).where(finds.c.source_id == source_id, finds.c.key.in_(some))
        ).mappings()
        found |= {row["key"]: dict(row) for row in rows}
    return found


def held_elsewhere(connection: Connection, source_id: int, keys: Sequence[str]) -> set[str]:
    """Those of ``keys`` that another source looks after."""
    found: set[str] = set()
    for start in range(0, len(keys), 500):
        some = list(keys[start : start + 500])
        rows = connection.execute(
            select(finds.c.key).where(finds.c.source_id != source_id, finds.c.key.in_(some))
        )
        found |= set(rows.scalars())
    return found


def to_look_at_again(
    connection: Connection, source_id: int, listing: int | None, before: str, limit: int
) -> list[Row]:
    """Kept finds whose address should be asked again, most urgent first: those that gave 404
    before, those that the last whole listing lacks, then those not asked for longest."""
    urgent = case((finds.c.strikes > 0, 0), else_=2)
    again = [finds.c.checked < before, finds.c.strikes > 0]
    if listing is not None:
        urgent = case((finds.c.strikes > 0, 0), (finds.c.listed < listing, 1), else_=2)
        again.append(finds.c.listed < listing)
    chosen = select(finds).where(
        finds.c.source_id == source_id, finds.c.state == "kept", or_(*again)
    )
    rows = chosen.order_by(urgent, finds.c.checked, finds.c.id).limit(limit)
    return _rows(connection, rows)


def withdrawn(connection: Connection, source_id: int, before: str) -> Row | None:
    """The withdrawn find that was not asked for longest, and not since ``before``."""
    chosen = select(finds).where(
        finds.c.source_id == source_id, finds.c.state == "withdrawn", finds.c.checked < before
    )
    return _first(connection, chosen.order_by(finds.c.checked).limit(1))


def missing(connection: Connection, source_id: int, listing: int) -> int:
    """How many kept finds the last whole listing lacks."""
    found = connection.execute(
        select(func.count()).where(
            finds.c.source_id == source_id, finds.c.state == "kept", finds.c.listed < listing
        )
    ).scalar_one()
    return int(found)


def host(connection: Connection, name: str) -> Row | None:
    """What is noted of a host."""
    return _first(connection, select(hosts).where(hosts.c.host == name))


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


def original(connection: Connection, key: str, sha256: str) -> Row | None:
    """The original with this content that an address gave."""
    same = (originals.c.key == key, originals.c.sha256 == sha256)
    return _first(connection, select(originals).where(*same))


def originals_of(connection: Connection, key: str) -> list[Row]:
    """All that an address gave, the first first."""
    return _rows(
        connection, select(originals).where(originals.c.key == key).order_by(originals.c.at)
    )


def views_of(connection: Connection, keys: Sequence[str]) -> Mapping[str, list[tuple[str, int]]]:
    """How often pages said they were read, by key: when and how many, the first first."""
    found: dict[str, list[tuple[str, int]]] = {}
    rows = connection.execute(
        select(views_seen).where(views_seen.c.key.in_(list(keys))).order_by(views_seen.c.at)
    )
    for row in rows:
        found.setdefault(row.key, []).append((row.at, row.views))
    return found


def everything(connection: Connection) -> list[dict[str, Any]]:
    """All originals with their addresses, for an archive; the first first."""
    rows = connection.execute(select(originals).order_by(originals.c.id)).mappings()
    return [dict(row) for row in rows]
