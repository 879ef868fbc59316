"""What is known of files that were handed to the workers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select

from kb.catalog.reading.typed import Reading, chunks, columns, fetch
from kb.catalog.schema import runs
from kb.catalog.schema_handed import handed


@dataclass(frozen=True, slots=True)
class HandedRow:
    """A file that was handed over."""

    path: str
    run_id: int
    sha256: str
    size: int
    changed: int
    touched: int
    modified: int
    copy: str | None
    state: str
    begun: int
    tries: int
    reason: str | None
    host: str | None
    at: str
    documents: int
    pages: int


@dataclass(frozen=True, slots=True)
class StateRow:
    """How many files are in one state, with the documents and pages that came of them."""

    state: str
    files: int
    documents: int
    pages: int


_HANDED = select(*columns(HandedRow, handed))


def row(connection: Reading, path: str) -> HandedRow | None:
    """The file of this path, ``None`` where it was never handed over."""
    found = fetch(connection, HandedRow, _HANDED.where(handed.c.path == path))
    return found[0] if found else None


def waiting(connection: Reading, paths: Sequence[str]) -> dict[str, str]:
    """Those of ``paths`` that wait for a worker or are in its hands, with their SHA-256."""
    found: dict[str, str] = {}
    for some in chunks(paths):
        query = select(handed.c.path, handed.c.sha256).where(
            handed.c.path.in_(some), handed.c.state == "waiting"
        )
        found |= {one.path: one.sha256 for one in connection.execute(query)}
    return found


def same_content_first(connection: Reading, file: HandedRow) -> bool:
    """True where the same bytes under another name are in hand, or come before this file: one
    of two copies is read, and always the one that an ingest would read."""
    other = (
        handed.c.sha256 == file.sha256,
        handed.c.path != file.path,
        handed.c.state == "waiting",
        or_(handed.c.begun > 0, and_(handed.c.path < file.path, handed.c.tries == 0)),
    )
    return connection.execute(select(handed.c.path).where(*other).limit(1)).first() is not None


def states(connection: Reading, run_id: int | None = None) -> dict[str, StateRow]:
    """Files by state; of one run, or of all that is known."""
    query = select(
        handed.c.state,
        func.count().label("files"),
        func.coalesce(func.sum(handed.c.documents), 0).label("documents"),
        func.coalesce(func.sum(handed.c.pages), 0).label("pages"),
    ).group_by(handed.c.state)
    if run_id is not None:
        query = query.where(handed.c.run_id == run_id)
    return {one.state: one for one in fetch(connection, StateRow, query)}


def some(connection: Reading, state: str, limit: int) -> list[HandedRow]:
    """Files in a state, the latest first."""
    query = _HANDED.where(handed.c.state == state).order_by(handed.c.at.desc(), handed.c.path)
    return fetch(connection, HandedRow, query.limit(limit))


def let_go(connection: Reading, limit: int) -> list[HandedRow]:
    """Files that wait for another try, with the reason of the last one."""
    again = (handed.c.state == "waiting", handed.c.tries > 0, handed.c.begun == 0)
    return fetch(connection, HandedRow, _HANDED.where(*again).order_by(handed.c.path).limit(limit))


def in_hand(connection: Reading, limit: int) -> list[HandedRow]:
    """Files that workers have in hand (or had, when they were ended)."""
    now = (handed.c.state == "waiting", handed.c.begun > 0)
    return fetch(connection, HandedRow, _HANDED.where(*now).order_by(handed.c.at).limit(limit))


def has_fresh(connection: Reading) -> bool:
    """True where files wait that were never put back: they will be read soon."""
    fresh = (handed.c.state == "waiting", handed.c.tries == 0)
    return connection.execute(select(handed.c.path).where(*fresh).limit(1)).first() is not None


def queued_runs(connection: Reading) -> list[int]:
    """Runs of the workers that are not closed yet."""
    query = select(runs.c.id).where(runs.c.status == "queued").order_by(runs.c.id)
    return list(connection.execute(query).scalars())


def finished_runs(connection: Reading) -> list[int]:
    """Runs of the workers of which no file waits any more, and that are not closed yet."""
    open_runs = select(handed.c.run_id).where(handed.c.state == "waiting")
    query = select(runs.c.id).where(runs.c.status == "queued", runs.c.id.not_in(open_runs))
    return list(connection.execute(query.order_by(runs.c.id)).scalars())
