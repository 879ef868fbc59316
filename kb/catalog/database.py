"""Where a catalog lies: a file in the home, or a database of PostgreSQL that settings name."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from kb.catalog.lockfile import Owner
from kb.config import Settings


class Database(Protocol):
    """What opening, locking and keeping a catalog needs of the database under it."""

    shown: str
    """How it is named to people; without a password."""

    def exists(self) -> bool:
        """There is a catalog to read."""

    def prepare(self, *, write: bool) -> None:
        """Make the catalog (``write``) or bring it to this version.

        Raises ``CatalogError`` where it cannot be read by this program, ``DatabaseError`` where
        the database fails.
        """

    def engine(self, *, write: bool) -> Engine:
        """Connections; a transaction with the option ``kb_write`` is the only one that writes."""

    def checkpoint(self, engine: Engine) -> None:
        """Bring all committed changes safely to disk."""

    def lock(self, work: str, wait: float) -> AbstractContextManager[None]:
        """The writer lock, held until the block ends; raises ``Busy`` after ``wait`` seconds."""

    def owner(self) -> Owner | None:
        """Who holds the writer lock, ``None`` where nobody is known to."""

    def explain(self, error: DatabaseError) -> str:
        """Why it cannot be opened and what to do, in one sentence."""


def database(settings: Settings) -> Database:
    """The database these settings name; raises ``ConfigError`` for an address it cannot be."""
    if settings.catalog:
        from kb.catalog.postgres import Postgres

        return Postgres(settings)
    from kb.catalog.sqlite import SQLite

    return SQLite(settings)
