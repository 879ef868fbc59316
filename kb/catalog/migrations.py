"""A catalog made, or brought from an earlier version to the present one.

All steps (``kb.catalog.steps``) of one opening run in one transaction, so a catalog is at its
old version or at the new one.
"""

from __future__ import annotations

import uuid

from sqlalchemy import Connection, select

from kb.catalog import (  # tables of ``metadata``
    schema_alerts,  # noqa: F401
    schema_claims,  # noqa: F401
    schema_handed,  # noqa: F401
    schema_kept,  # noqa: F401
    schema_said,  # noqa: F401
    schema_sources,  # noqa: F401
)
from kb.catalog.schema import SCHEMA_VERSION, meta, metadata
from kb.catalog.steps import STEPS
from kb.errors import CatalogError


def create(connection: Connection) -> None:
    """All tables of the present version in an empty database."""
    metadata.create_all(connection)
    connection.exec_driver_sql(
        f"INSERT INTO meta (key, value) VALUES ('schema_version', '{SCHEMA_VERSION}')"
    )
    connection.exec_driver_sql("INSERT INTO meta (key, value) VALUES ('revision', '1')")


def version(connection: Connection) -> int | None:
    """The version of an existing catalog, ``None`` where the database is empty."""
    dialect = connection.dialect
    if not dialect.has_table(connection, "meta"):
        return None
    row = connection.exec_driver_sql(
        "SELECT value FROM meta WHERE key = 'schema_version'"
    ).one_or_none()
    if row is None:
        return None
    return int(row[0])


def refuse_newer(found: int) -> None:
    """Raise ``CatalogError`` where the catalog was written by a later program."""
    if found > SCHEMA_VERSION:
        raise CatalogError(
            f"This knowledge base was written by a newer version of the program (catalog version "
            f"{found}, this program knows {SCHEMA_VERSION}); update the program and try again."
        )


def migrate(connection: Connection) -> list[int]:
    """Bring the catalog to ``SCHEMA_VERSION``; returns the versions gone through.

    Raises ``CatalogError`` where the catalog is newer than this program. The caller
    holds the writer lock and gives a connection inside a transaction.
    """
    found = version(connection)
    if found is None:
        create(connection)
        return [SCHEMA_VERSION]
    refuse_newer(found)
    taken = []
    for number in range(found + 1, SCHEMA_VERSION + 1):
        STEPS[number](connection)
        connection.exec_driver_sql(
            f"UPDATE meta SET value = '{number}' WHERE key = 'schema_version'"
        )
        taken.append(number)
    return taken


def prepare(connection: Connection) -> None:
    """``migrate``, and a name of its own for a catalog that has none; in a write transaction."""
    migrate(connection)
    if connection.execute(select(meta.c.value).where(meta.c.key == "uuid")).first() is None:
        connection.execute(meta.insert().values(key="uuid", value=uuid.uuid4().hex))
