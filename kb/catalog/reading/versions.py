"""Documents of originals: which version they are, and texts of versions to compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from kb.catalog.schema import documents, history, pages
from kb.catalog.schema_sources import originals

CHUNK = 500


def of_originals(connection: Connection, names: Sequence[str]) -> dict[str, tuple[int, int | None]]:
    """Version and views of the documents that these originals' addresses name, by key."""
    found: dict[str, tuple[int, int | None]] = {}
    for start in range(0, len(names), CHUNK):
        some = list(names[start : start + CHUNK])
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
    for start in range(0, len(names), CHUNK):
        some = list(names[start : start + CHUNK])
        rows = connection.execute(
            select(originals.c.path, documents.c.sha256)
            .join(documents, documents.c.key == originals.c.key)
            .where(originals.c.path.in_(some))
        )
        found |= {row.path: row.sha256 for row in rows}
    return found


def listed(connection: Connection, document_id: int) -> list[dict[str, Any]]:
    """Versions of a document, the first first, with the time each was replaced (the present
    one: ``None``) and the hash of its file."""
    rows = connection.execute(
        select(history.c.version, history.c.sha256, history.c.replaced, history.c.title)
        .where(history.c.document_id == document_id)
        .order_by(history.c.version)
    ).mappings()
    found = [dict(row) for row in rows]
    now = connection.execute(
        select(documents.c.version, documents.c.sha256, documents.c.title).where(
            documents.c.id == document_id
        )
    ).mappings()
    return found + [{**row, "replaced": None} for row in now]


def texts(connection: Connection, document_id: int, version: int) -> list[str] | None:
    """Page texts of one version; ``None`` where there is no such version."""
    kept = connection.execute(
        select(history.c.content).where(
            history.c.document_id == document_id, history.c.version == version
        )
    ).first()
    if kept is not None:
        return [str(page["text"]) for page in kept.content["pages"]]
    row = connection.execute(
        select(documents.c.id).where(documents.c.id == document_id, documents.c.version == version)
    ).first()
    if row is None:
        return None
    rows = connection.execute(
        select(pages.c.text).where(pages.c.document_id == document_id).order_by(pages.c.number)
    )
    return list(rows.scalars())
