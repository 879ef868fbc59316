"""The catalog as a file in the home: SQLite with WAL, and a lock file for its writer."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from kb.catalog import lockfile, migrations
from kb.catalog.room import NO_ROOM, no_room
from kb.catalog.schema import SCHEMA_VERSION
from kb.config import Settings
from kb.errors import CatalogError

BUSY_SECONDS = 30
STATEMENTS = 150
"""Statements kept compiled: all pages of the app ask some 80 kinds, one takes 50-300 kB."""

# WAL with synchronous NORMAL: a killed process loses nothing (the operating system has
# every committed page of the log), a power cut may lose the last transactions but never
# half of one, and no fsync is paid for each document. ``checkpoint`` syncs the log
# before the index commits, so the index is never ahead of the catalog.
_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -32768",
)


class SQLite:
    """The catalog of one home (``kb.catalog.database.Database``)."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._path = settings.catalog_path
        self.shown = str(settings.home)

    def exists(self) -> bool:
        return self._path.is_file()

    def prepare(self, *, write: bool) -> None:
        path = self._path
        if write:
            _prepare(path)
        elif not _writable(path):
            _refuse_unfit(path)
        elif _found_version(path) != SCHEMA_VERSION:
            with self.lock("upgrade", BUSY_SECONDS):
                _prepare(path)

    def engine(self, *, write: bool) -> Engine:
        return _engine(self._path, write=write)

    def checkpoint(self, engine: Engine) -> None:
        with engine.connect() as connection:
            raw = connection.connection.cursor()
            raw.execute("PRAGMA wal_checkpoint(FULL)")
            raw.close()

    def lock(self, work: str, wait: float) -> AbstractContextManager[None]:
        return lockfile.file_lock(self._settings, work, wait)

    def owner(self) -> lockfile.Owner | None:
        return lockfile.file_owner(self._settings)

    def explain(self, error: DatabaseError) -> str:
        if no_room(error):
            return NO_ROOM
        return (
            f"The catalog {self._path} cannot be opened ({error.orig}); "
            "restore it from a backup or move it away and ingest again."
        )


def _address(path: Path, *, write: bool) -> URL:
    """The address of the database, whatever signs its path has.

    A base that lies where nothing may be written (a disk put in for reading, a copy of
    somebody else's) cannot have the files SQLite keeps beside one in use; it is opened as one
    that nobody changes.
    """
    if write or _writable(path):
        return URL.create("sqlite+pysqlite", database=str(path))
    return URL.create(
        "sqlite+pysqlite",
        database=path.absolute().as_uri(),
        query={"uri": "true", "immutable": "1"},
    )


def _writable(path: Path) -> bool:
    return os.access(path.parent, os.W_OK) and os.access(path, os.W_OK)


def _engine(path: Path, *, write: bool) -> Engine:
    engine = create_engine(
        _address(path, write=write),
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        pool_size=2 if write else 8,
        max_overflow=24,
        query_cache_size=STATEMENTS,
    )

    def connect(connection: object, record: ConnectionPoolEntry) -> None:
        dbapi = connection
        dbapi.isolation_level = None  # type: ignore[attr-defined]  # BEGIN is ours
        cursor = dbapi.cursor()  # type: ignore[attr-defined]
        if write:
            cursor.execute("PRAGMA journal_mode = WAL")
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        if not write:
            cursor.execute("PRAGMA query_only = ON")
        cursor.close()

    def begin(connection: Connection) -> None:
        now = connection.get_execution_options().get("kb_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if now else "BEGIN")

    event.listen(engine, "connect", connect)
    event.listen(engine, "begin", begin)
    return engine


def _found_version(path: Path) -> int | None:
    engine = _engine(path, write=False)
    try:
        with engine.connect() as connection, connection.begin():
            found = migrations.version(connection)
        if found is not None:
            migrations.refuse_newer(found)
        return found
    finally:
        engine.dispose()


def _refuse_unfit(path: Path) -> None:
    """Raise ``CatalogError`` for a base that may only be read and cannot be read as it is."""
    log = path.with_name(f"{path.name}-wal")
    if log.is_file() and log.stat().st_size:
        raise CatalogError(
            f"The knowledge base at {path.parent} may only be read here and was not closed in "
            "order; open it once where it may be written ('kb check'), or copy it there."
        )
    if _found_version(path) != SCHEMA_VERSION:
        raise CatalogError(
            f"The knowledge base at {path.parent} is of an earlier version and may only be read "
            "here; copy it where it may be written and open it there once."
        )


def _prepare(path: Path) -> None:
    if path.is_file():
        _found_version(path)  # refuses a newer catalog before anything is written
    engine = _engine(path, write=True)
    try:
        with engine.connect() as plain, plain.execution_options(kb_write=True).begin():
            migrations.prepare(plain)
    finally:
        engine.dispose()
