"""Opening the catalog: SQLite with WAL, versions, and the two kinds of connection."""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Integer,
    String,
    cast,
    create_engine,
    event,
    select,
    update,
)
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from kb.catalog import migrations, reads
from kb.catalog.lock import writer_lock
from kb.catalog.schema import PASSAGES_VERSION, SCHEMA_VERSION, meta
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


NO_ROOM = (
    "There is no room left on the disk for the knowledge base; make some and run it again: "
    "what was finished is kept."
)


def no_room(error: Exception) -> bool:
    """True where the database says that the disk is full."""
    return "disk is full" in str(error)


_NEXT_REVISION = (
    update(meta)
    .where(meta.c.key == "revision")
    .values(value=cast(cast(meta.c.value, Integer) + 1, String))
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


class Catalog:
    """One open catalog. Readers may open it while one writer writes.

    Use it as a context manager, or call ``close``.
    """

    def __init__(self, settings: Settings, engine: Engine, *, writable: bool) -> None:
        self.settings = settings
        self.writable = writable
        self._engine = engine
        self._uuid: str | None = None

    @classmethod
    def open(cls, settings: Settings, *, write: bool = False) -> Catalog:
        """The catalog of this home, created (``write``) or brought to this version.

        A writer holds ``writer_lock`` before it opens. Raises ``CatalogError`` where
        there is none to read, where it is damaged, or where a newer program wrote it.
        """
        path = settings.catalog_path
        if not write and not path.is_file():
            raise CatalogError(
                f"There is no knowledge base at {settings.home}; "
                "make one with 'kb ingest PATH' or name its folder with --home."
            )
        if write:
            settings.home.mkdir(parents=True, exist_ok=True)
        try:
            if write:
                _prepare(path)
            elif not _writable(path):
                _refuse_unfit(path)
            elif _found_version(path) != SCHEMA_VERSION:
                with writer_lock(settings, "upgrade"):
                    _prepare(path)
        except DatabaseError as error:
            if no_room(error):
                raise CatalogError(NO_ROOM) from None
            raise CatalogError(
                f"The catalog {path} cannot be opened ({error.orig}); "
                "restore it from a backup or move it away and ingest again."
            ) from None
        return cls(settings, _engine(path, write=write), writable=write)

    def __enter__(self) -> Catalog:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one unchanging state until the block ends."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction: committed whole at the end of the block, or not at all.

        It gives the catalog its next revision (``reads.revision``).
        """
        if not self.writable:
            raise CatalogError("This catalog was opened for reading; open it with write=True.")
        with self._engine.connect() as plain:
            connection = plain.execution_options(kb_write=True)
            with connection.begin():
                yield connection
                connection.execute(_NEXT_REVISION)

    def checkpoint(self) -> None:
        """Bring all committed changes safely to disk (fsync)."""
        with self._engine.connect() as connection:
            raw = connection.connection.cursor()
            raw.execute("PRAGMA wal_checkpoint(FULL)")
            raw.close()

    def texts(self, passage_ids: Sequence[int]) -> Mapping[int, str]:
        """Stored text of passages by id: the ``TextSource`` of the search engines."""
        with self.read() as connection:
            return reads.texts(connection, passage_ids)

    def index_stamp(self, *versions: str) -> str:
        """What a search index must bear to belong to this catalog.

        ``versions`` are those of what made the index (``kb.search.ANALYSIS_VERSION``).
        """
        if self._uuid is None:
            with self.read() as connection:
                self._uuid = reads.get_meta(connection, "uuid") or ""
        return "|".join((self._uuid, f"schema {PASSAGES_VERSION}", *versions))


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
            connection = plain
            migrations.migrate(connection)
            if connection.execute(select(meta.c.value).where(meta.c.key == "uuid")).first() is None:
                connection.execute(meta.insert().values(key="uuid", value=uuid.uuid4().hex))
    finally:
        engine.dispose()
