"""The catalog in a database of PostgreSQL, for several machines at once.

Writers take advisory locks: one for as long as they work (``lock``), so that nobody else
begins, and one in each transaction that writes, so that even writers which share the work
(``kb worker``) write one after the other, a document whole or not at all. Each transaction of
those holds the first lock, too, together with its like: who wants it alone waits for a document,
not for a queue. The server lets go of all the moment a writer's connection ends, whatever ended
it. They belong to the schema the tables lie in: two bases in one database do not wait for each
other.
"""

from __future__ import annotations

import contextlib
import os
import platform
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from kb.catalog import migrations
from kb.catalog.lockfile import Owner, busy
from kb.catalog.room import NO_ROOM, no_room
from kb.catalog.schema import SCHEMA_VERSION
from kb.config import Settings
from kb.errors import CatalogError, ConfigError

WORK, TRANSACTION = 0x6B62_0001, 0x6B62_0002
"""The first halves of the advisory locks' numbers ("kb"); the second is the schema's."""
WAIT_SECONDS = 60
"""Longest wait of one transaction for the writer before it."""
STATEMENTS = 150
"""Statements kept compiled, as for SQLite."""
_SCHEMA = "hashtext(current_schema()) & 2147483647"
_LOCALES = ("C", "POSIX", "C.UTF-8", "C.utf8", "ucs_basic")
"""Collations that sort as the program does: by code points."""


class Postgres:
    """The catalog behind an address (``kb.catalog.database.Database``)."""

    def __init__(self, settings: Settings) -> None:
        self._url = address(settings.catalog)
        self.shown = self._url.render_as_string(hide_password=True)

    def exists(self) -> bool:
        with self._connect() as connection:
            return migrations.version(connection) is not None

    def prepare(self, *, write: bool) -> None:
        with self._connect() as connection:
            found = migrations.version(connection)
        if found is not None:
            migrations.refuse_newer(found)
        if found != SCHEMA_VERSION:
            with contextlib.nullcontext() if write else self.lock("upgrade", WAIT_SECONDS):
                self._migrate()

    def engine(self, *, write: bool) -> Engine:
        return self._engine(
            write=write,
            pool_size=2 if write else 8,
            max_overflow=24,
            pool_pre_ping=True,  # a server that was started anew in between
        )

    def checkpoint(self, engine: Engine) -> None:
        """Nothing to do: PostgreSQL has on disk what it says is committed."""

    @contextlib.contextmanager
    def lock(self, work: str, wait: float) -> Iterator[None]:
        connection = self._engine(poolclass=NullPool).connect()
        try:
            connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            # What the others are told by: it is there as long as the session is.
            name = f"kb {work} {os.getpid()} {platform.node()}"[:63]
            connection.execute(select(func.set_config("application_name", name, False)))
            if not _take(connection, wait):
                raise busy(self.owner(), self.shown, wait)
            yield
        finally:
            connection.close()

    def owner(self) -> Owner | None:
        query = (
            "SELECT application_name, to_char(backend_start AT TIME ZONE 'UTC',"
            " 'YYYY-MM-DD HH24:MI:SS \"UTC\"') FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND mode = 'ExclusiveLock'"
            f" AND classid = {WORK} AND objid = {_SCHEMA}"
            " AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname ="
            " current_database())"
        )
        with self._connect() as connection:
            row = connection.exec_driver_sql(query).one_or_none()
        parts = str(row[0]).split(" ", 3) if row is not None else []
        if row is None or len(parts) < 4 or not parts[2].isdecimal():
            return None
        return Owner(int(parts[2]), parts[3], str(row[1]), parts[1])

    def explain(self, error: DatabaseError) -> str:
        if no_room(error):
            return NO_ROOM
        return (
            f"The catalog {self.shown} cannot be opened ({' '.join(str(error.orig).split())}); "
            "start PostgreSQL or correct the setting 'catalog'."
        )

    # --- parts -------------------------------------------------------------------

    def _engine(self, *, write: bool = False, **pool: Any) -> Engine:
        engine = create_engine(
            self._url,
            query_cache_size=STATEMENTS,
            isolation_level="READ COMMITTED" if write else "REPEATABLE READ",
            connect_args={
                "connect_timeout": 10,
                "application_name": "kb",
                "keepalives_idle": 60,
                "options": _options(self._url, write=write),
            },
            **pool,
        )
        event.listen(engine, "connect", _adapt)
        event.listen(engine, "begin", _begin)
        return engine

    @contextlib.contextmanager
    def _connect(self) -> Iterator[Connection]:
        with self._engine(poolclass=NullPool).connect() as connection:
            yield connection

    def _migrate(self) -> None:
        engine = self._engine(write=True, poolclass=NullPool)
        with engine.connect() as plain, plain.execution_options(kb_write=True).begin():
            if migrations.version(plain) is None:
                _refuse_other_order(plain)
            migrations.prepare(plain)


def address(given: str) -> URL:
    """The address in a setting, for the driver that the program knows.

    Raises ``ConfigError`` where it is none of PostgreSQL or the driver is not installed.
    """
    try:
        url = make_url(given)
    except ArgumentError:
        url = None
    if url is None or url.drivername not in ("postgresql", "postgresql+psycopg"):
        raise ConfigError(
            "The setting 'catalog' must be an address like postgresql+psycopg://user@host/name; "
            "correct it, or leave it empty for a file in the home."
        )
    if find_spec("psycopg") is None:
        raise ConfigError(
            "A catalog in PostgreSQL needs the extra 'server'; "
            "install it: pip install 'kb-pemprov[server]'."
        )
    return url.set(drivername="postgresql+psycopg")


def _options(url: URL, *, write: bool) -> str:
    """What each session sets, besides what the address asks for."""
    # Compiling a query (jit) takes longer than any of ours.
    ours = f"-c jit=off -c lock_timeout={WAIT_SECONDS * 1000}"
    if not write:
        ours += " -c default_transaction_read_only=on"
    given = url.query.get("options", "")
    return " ".join((ours, *((given,) if isinstance(given, str) else given)))


def _adapt(connection: Any, record: ConnectionPoolEntry) -> None:
    """Values go over and come back as with SQLite."""
    from psycopg.adapt import Loader
    from psycopg.types.string import StrDumper

    class Number(Loader):
        """Sums of whole numbers are whole numbers, not ``Decimal``."""

        def load(self, data: Any) -> int | float:
            given = bytes(data).decode("ascii")
            return int(given) if given.lstrip("-").isdecimal() else float(given)

    class Plain(StrDumper):
        """No text here holds NUL: one that somebody types or links to finds nothing."""

        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\x00", "\ufffd"))

    connection.adapters.register_loader("numeric", Number)
    connection.adapters.register_dumper(str, Plain)


def _take(connection: Connection, wait: float) -> bool:
    """The lock of all work, within ``wait`` seconds; who asked first has it first, also before
    writers that share the work and come one after the other."""
    if connection.execute(text(f"SELECT pg_try_advisory_lock({WORK}, {_SCHEMA})")).scalar_one():
        return True
    if wait <= 0:
        return False
    longest = f"{max(1, round(wait * 1000))}ms"
    connection.execute(select(func.set_config("lock_timeout", longest, False)))
    try:
        connection.execute(text(f"SELECT pg_advisory_lock({WORK}, {_SCHEMA})"))
    except OperationalError as error:
        if waited_in_vain(error):
            return False
        raise
    return True


def waited_in_vain(error: OperationalError) -> bool:
    """True where the wait for a lock took longer than its session allows."""
    return getattr(error.orig, "sqlstate", None) == "55P03"  # lock_not_available


def _begin(connection: Connection) -> None:
    kind = connection.get_execution_options().get("kb_write", False)
    if kind == "shared":  # first: who works alone may be about to write
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock_shared({WORK}, {_SCHEMA})")
    if kind:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TRANSACTION}, {_SCHEMA})")


def _refuse_other_order(connection: Connection) -> None:
    found = connection.exec_driver_sql(
        "SELECT datcollate, pg_encoding_to_char(encoding) FROM pg_database"
        " WHERE datname = current_database()"
    ).one()
    if found[0] not in _LOCALES or found[1] != "UTF8":
        raise CatalogError(
            f"The database sorts by the rules of '{found[0]}' in {found[1]}, the program by code "
            "points; make it anew: createdb -T template0 -E UTF8 --locale=C.UTF-8 NAME."
        )
