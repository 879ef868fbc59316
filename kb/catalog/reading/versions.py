"""Documents of originals: which version they are, and what they hold now."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from kb.catalog.reading.typed import chunks
from kb.catalog.schema import documents
from kb.catalog.schema_sources import originals


def of_originals(connection: Connection, names: Sequence[str]) -> dict[str, tuple[int, int | None]]:
    """Version and views of the documents that these originals' addresses name, by key."""
    found: dict[str, tuple[int, int | None]] = {}
    for some in chunks(names):
        keys = select(originals.c.key).where(originals.c.path.in_(some))
        rows = connection.execute(
            select(documents.c.key, documents.c.version, documents.c.views).where(
                documents.c.key.in_(keys)
            )
        )
        found |= {row.key: (row.version, row.views) for row in rows}
    return found


def held(connection: Connection, names: Sequence[str]) -> dict[str, str]:
    """By original: the hash of the content that the document of its address has now."""
    found: dict[str, str] = {}
    for some in chunks(names):
        rows = connection.execute(
            select(originals.c.path, documents.c.sha256)
            .join(documents, documents.c.key == originals.c.key)
            .where(originals.c.path.in_(some))
        )
        found |= {row.path: row.sha256 for row in rows}
    return found
