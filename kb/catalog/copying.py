"""A catalog as one file, taken while it is in use, and put back in one piece."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from kb.catalog import migrations
from kb.catalog.schema import SCHEMA_VERSION
from kb.errors import CatalogError

_PATHS = (
    *(("files", "path"), ("documents", "path"), ("documents", "key")),
    *(("corrections", "document"), ("corrections", "target"), ("kept", "document")),
)
"""Where the catalog holds paths of files; a document without an address is known by its own, to
those who decided about it or keep something of it, too."""


def copy_out(catalog: Path, to: Path) -> tuple[int, str, int]:
    """Write the state of this moment to ``to``; schema version, uuid and documents in it.

    One transaction of SQLite's backup API: whoever reads or writes goes on. Raises
    ``CatalogError`` where the catalog is damaged.
    """
    try:
        with (
            contextlib.closing(_open(catalog)) as source,
            contextlib.closing(sqlite3.connect(to)) as target,
        ):
            source.backup(target)
            # One file: what would stand in a log beside it is in it.
            target.execute("PRAGMA journal_mode = DELETE")
        return verify(to)
    except sqlite3.Error as error:
        raise CatalogError(
            f"The catalog {catalog} cannot be copied ({error}); 'kb check' says what is wrong."
        ) from None


def verify(path: Path) -> tuple[int, str, int]:
    """Schema version, uuid and documents of a catalog file.

    Raises ``CatalogError`` where it is damaged, no catalog, or of a newer program.
    """
    try:
        with contextlib.closing(_open(path)) as connection:
            (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            found = dict(connection.execute("SELECT key, value FROM meta"))
            (documents,) = connection.execute("SELECT count(*) FROM documents").fetchone()
        version = int(found["schema_version"])
    except (sqlite3.Error, KeyError, ValueError) as error:
        raise CatalogError(f"{path.name} is no catalog ({error}); take another backup.") from None
    if answer != "ok":
        raise CatalogError(f"{path.name} is damaged ({answer}); take another backup.")
    if version > SCHEMA_VERSION:
        migrations.refuse_newer(version)
    return version, found.get("uuid", ""), int(documents)


def move_paths(path: Path, old: str, new: str) -> int:
    """Files below the folder ``old`` are below ``new`` from now on; how many rows changed."""
    changed = 0
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        for table, column in _PATHS:
            changed += connection.execute(
                f"UPDATE {table} SET {column} = ? || substr({column}, ?)"
                f" WHERE substr({column}, 1, ?) = ?",
                (new, len(old) + 1, len(old), old),
            ).rowcount
    return changed


def note_stamps(path: Path, found: Mapping[str, tuple[str, int]]) -> None:
    """Files by path that lie there with this content (SHA-256) have this stamp
    (``kb.disk.change_stamp``); one that was read with another content keeps its own, so that
    the next ingest sees it changed."""
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            "UPDATE files SET mtime_ns = ? WHERE path = ? AND sha256 = ?",
            [(stamp, name, content) for name, (content, stamp) in found.items()],
        )


def copy_in(path: Path, catalog: Path) -> bool:
    """Make ``catalog`` what ``path`` is; False where a damaged one had to be put aside.

    The caller holds the writer lock. In one transaction: readers see the old state until
    the new one is whole, and a process that is killed leaves the old one.
    """
    try:
        _overwrite(path, catalog)
    except sqlite3.DatabaseError:
        for name in (catalog.name, f"{catalog.name}-wal", f"{catalog.name}-shm"):
            with contextlib.suppress(FileNotFoundError):
                catalog.with_name(name).replace(catalog.with_name(f"{name}.damaged"))
        _overwrite(path, catalog)
        return False
    return True


def _overwrite(path: Path, catalog: Path) -> None:
    with (
        contextlib.closing(_open(path)) as source,
        contextlib.closing(sqlite3.connect(catalog, timeout=30)) as target,
    ):
        target.execute("PRAGMA journal_mode = WAL")
        source.backup(target)
        target.execute("PRAGMA journal_mode = WAL")
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)
