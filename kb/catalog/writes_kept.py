"""Changes of what people keep for themselves: stars, notes, collections."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, update

from kb.catalog.dialect import insert_missing
from kb.catalog.schema_kept import collected, collections, kept


def add_kept(connection: Connection, values: Mapping[str, Any]) -> int:
    """Something more that somebody keeps; its number."""
    key = connection.execute(insert(kept).values(dict(values))).inserted_primary_key
    assert key is not None
    return int(key[0])


def change_kept(connection: Connection, kept_id: int, **values: Any) -> None:
    """Set columns of what is kept."""
    connection.execute(update(kept).where(kept.c.id == kept_id).values(**values))


def remove_kept(connection: Connection, kept_id: int) -> None:
    """It is kept no more, in no collection either."""
    connection.execute(delete(collected).where(collected.c.kept_id == kept_id))
    connection.execute(delete(kept).where(kept.c.id == kept_id))


def add_collection(connection: Connection, values: Mapping[str, Any]) -> int:
    """A new collection; its number."""
    key = connection.execute(insert(collections).values(dict(values))).inserted_primary_key
    assert key is not None
    return int(key[0])


def change_collection(connection: Connection, collection_id: int, **values: Any) -> None:
    """Set columns of a collection."""
    connection.execute(
        update(collections).where(collections.c.id == collection_id).values(**values)
    )


def remove_collection(connection: Connection, collection_id: int) -> None:
    """The collection goes; what was in it is still kept."""
    connection.execute(delete(collected).where(collected.c.collection_id == collection_id))
    connection.execute(delete(collections).where(collections.c.id == collection_id))


def collect(connection: Connection, kept_id: int, into: Collection[int], at: str) -> None:
    """Put what is kept into these collections; where it is already, it stays."""
    rows = [{"collection_id": one, "kept_id": kept_id, "at": at} for one in sorted(into)]
    insert_missing(connection, collected, rows)


def take_out(connection: Connection, kept_id: int, of: Collection[int]) -> None:
    """Take what is kept out of these collections."""
    connection.execute(
        delete(collected).where(
            collected.c.kept_id == kept_id, collected.c.collection_id.in_(sorted(of))
        )
    )
