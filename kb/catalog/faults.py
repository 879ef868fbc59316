"""Files that did not come in, whole or in part, with the reasons."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from kb.catalog.records import inside, unpack_refused
from kb.catalog.schema import files


def failed_files(connection: Connection, limit: int) -> list[tuple[str, str]]:
    """Files that could not be read, and files inside others, with the reason."""
    query = (
        select(files.c.path, files.c.status, files.c.reason)
        .where(faulty())
        .order_by(files.c.path)
        .limit(limit)
    )
    found: list[tuple[str, str]] = []
    for row in connection.execute(query):
        if row.status == "failed":
            found.append((row.path, row.reason or ""))
        else:
            found += [(inside(row.path, part), why) for part, why in unpack_refused(row.reason)]
    return found[:limit]


def faulty() -> ColumnElement[bool]:
    """Rows of files of which something is missing."""
    return or_(
        files.c.status == "failed",
        and_(files.c.status == "done", files.c.reason.is_not(None)),
    )
