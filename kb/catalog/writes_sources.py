"""Changes of sources, of what they led to, and of the originals they gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from kb.catalog.dialect import insert_missing
from kb.catalog.reading.typed import chunks
from kb.catalog.schema_sources import finds, hosts, originals, sources, views_seen


def add_source(connection: Connection, values: Mapping[str, Any]) -> int:
    """A new source; its number."""
    row: dict[str, Any] = {"options": {}, "cursor": {}, "failures": 0, "counts": {}, **values}
    key = connection.execute(insert(sources).values(row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def change_source(connection: Connection, source_id: int, **values: Any) -> None:
    """Set columns of a source."""
    connection.execute(update(sources).where(sources.c.id == source_id).values(**values))


def remove_source(connection: Connection, source_id: int) -> None:
    """A source and its list of finds; documents and originals stay."""
    connection.execute(delete(finds).where(finds.c.source_id == source_id))
    connection.execute(delete(sources).where(sources.c.id == source_id))


def add_finds(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """New finds, to be fetched."""
    if rows:
        base = dict.fromkeys(("title", "published", "section", "changed"))
        told = {"state": "waiting", "strikes": 0, "tries": 0}
        connection.execute(insert(finds), [{**base, **told, **row} for row in rows])


def change_find(connection: Connection, find_id: int, **values: Any) -> None:
    """Set columns of a find."""
    connection.execute(update(finds).where(finds.c.id == find_id).values(**values))


def seen_again(connection: Connection, find_ids: Sequence[int], listing: int) -> None:
    """Note that the present listing has these finds."""
    for some in chunks(find_ids):
        connection.execute(update(finds).where(finds.c.id.in_(some)).values(listed=listing))


def keep_original(connection: Connection, values: Mapping[str, Any]) -> None:
    """Note which bytes an address gave; the same bytes again only move ``last``."""
    same = (originals.c.key == values["key"], originals.c.sha256 == values["sha256"])
    changed = connection.execute(update(originals).where(*same).values(last=values["last"]))
    if not changed.rowcount:
        connection.execute(insert(originals).values(dict(values)))


def note_views(connection: Connection, key: str, at: str, views: int) -> None:
    """Note how often a page says it was read."""
    insert_missing(connection, views_seen, [{"key": key, "at": at, "views": views}])


def set_host(connection: Connection, name: str, **values: Any) -> None:
    """Set what is noted of a host, new or not."""
    changed = connection.execute(update(hosts).where(hosts.c.host == name).values(**values))
    if not changed.rowcount:
        row = {"day": "", "requests": 0, **values}
        connection.execute(insert(hosts).values(host=name, **row))


def read_finds(connection: Connection, path: str, reason: str | None) -> None:
    """The original at this path was read by the ingest, or could not be (``reason``)."""
    hashes = select(originals.c.sha256).where(originals.c.path == path)
    keys = select(originals.c.key).where(originals.c.path == path)
    connection.execute(
        update(finds)
        .where(finds.c.state == "fetched", finds.c.key.in_(keys), finds.c.sha256.in_(hashes))
        .values(state="kept", reason=reason)
    )
