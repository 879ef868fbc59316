"""A catalog from one database into another, whole, and compared row by row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Integer, Table, delete, func, insert, select
from sqlalchemy.exc import DatabaseError

from kb.catalog.database import database
from kb.catalog.dialect import last_number, set_last_number
from kb.catalog.lock import writer_lock
from kb.catalog.schema import SCHEMA_VERSION, meta, metadata
from kb.catalog.store import Catalog
from kb.config import Settings
from kb.errors import CatalogError

ROWS = 200
"""Rows taken over at once: the longest pages make them some 20 MB."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What went over."""

    to: str
    """How the new place is named to people."""
    rows: int
    tables: int
    documents: int
    digest: str
    """SHA-256 of all rows of all tables, the same in both places."""


def move(source: Settings, target: Settings) -> Moved:
    """Copy the catalog of ``source`` to where ``target`` says; the old one stays as it is.

    All of it in one transaction, read back and compared before that ends. Nobody may write to
    either meanwhile. The search index goes on with the new one: numbers and stamp are the same.
    Raises ``CatalogError`` where there is nothing to copy, where the new place holds something,
    or where what was read back differs; ``Busy``.
    """
    old, new = database(source), database(target)
    if old.shown == new.shown:
        raise CatalogError(f"The catalog is at {new.shown} already; name another place.")
    Catalog.open(source).close()  # brings it to this version; says so where there is none
    try:
        with ExitStack() as held:
            held.enter_context(writer_lock(source, "move"))
            held.enter_context(writer_lock(target, "move"))
            new.prepare(write=True)
            reading, writing = old.engine(write=False), new.engine(write=True)
            held.callback(reading.dispose)
            held.callback(writing.dispose)
            with (
                reading.connect() as source_connection,
                source_connection.begin(),
                writing.connect().execution_options(kb_write=True) as target_connection,
                target_connection.begin(),
            ):
                return _copy(source_connection, target_connection, new.shown)
    except DatabaseError as error:
        raise CatalogError(new.explain(error)) from None


def _copy(source: Connection, target: Connection, to: str) -> Moved:
    for table in metadata.sorted_tables:
        if table is not meta and target.execute(select(table).limit(1)).first() is not None:
            raise CatalogError(
                f"There is a knowledge base at {to} already; name an empty place for the copy."
            )
    target.execute(delete(meta))
    whole = hashlib.sha256()
    rows = 0
    for table in metadata.sorted_tables:
        names = table.c.keys()
        count, digest = 0, hashlib.sha256()
        for part in _parts(source, table):
            target.execute(insert(table), [dict(zip(names, row, strict=True)) for row in part])
            count += len(part)
            _add(digest, part)
        if _is_numbered(table):
            set_last_number(target, table, last_number(source, table))
        again = hashlib.sha256()
        for part in _parts(target, table):
            _add(again, part)
        stored = target.execute(select(func.count()).select_from(table)).scalar_one()
        if (stored, again.digest()) != (count, digest.digest()):
            raise CatalogError(
                f"The copy differs from the catalog in the table '{table.name}' ({stored} of "
                f"{count} rows); nothing was kept of it. Run 'kb check' and try again."
            )
        whole.update(table.name.encode() + digest.digest())
        rows += count
    documents = target.execute(
        select(func.count()).select_from(metadata.tables["documents"])
    ).scalar_one()
    assert target.execute(
        select(meta.c.value).where(meta.c.key == "schema_version")
    ).scalar_one() == str(SCHEMA_VERSION)
    return Moved(to, rows, len(metadata.sorted_tables), documents, whole.hexdigest())


def _is_numbered(table: Table) -> bool:
    """The database gives its rows their numbers."""
    column = table.autoincrement_column
    return column is not None and column.name == "id" and isinstance(column.type, Integer)


def _parts(connection: Connection, table: Table) -> Iterator[list[tuple[Any, ...]]]:
    query = select(table).order_by(*table.primary_key.columns)
    # PostgreSQL sends rows as they are asked for; all of a table need not fit into memory.
    with connection.execute(query, execution_options={"yield_per": ROWS}) as result:
        for part in result.partitions():
            yield [tuple(row) for row in part]


def _add(digest: Any, rows: list[tuple[Any, ...]]) -> None:
    for row in rows:
        plain = [value.hex() if isinstance(value, bytes) else value for value in row]
        digest.update(json.dumps(plain, ensure_ascii=False).encode("utf-8", "surrogatepass"))
