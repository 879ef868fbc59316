"""Files handed to the workers: noting them, and what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, update

from kb.catalog.schema_handed import handed


@dataclass(frozen=True, slots=True)
class Handing:
    """One file as it is handed over; the fields are columns of ``handed``."""

    path: str
    sha256: str
    size: int
    changed: int
    touched: int
    modified: int
    copy: str | None


def hand_over(connection: Connection, some: Sequence[Handing], run_id: int, *, now: str) -> None:
    """Note files that wait for a worker; what was known of an earlier handing goes."""
    if not some:
        return
    connection.execute(delete(handed).where(handed.c.path.in_([one.path for one in some])))
    fresh = {"run_id": run_id, "state": "waiting", "begun": 0, "tries": 0, "at": now}
    empty = {"documents": 0, "pages": 0}
    connection.execute(
        insert(handed),
        [
            {
                "path": one.path,
                "sha256": one.sha256,
                "size": one.size,
                "changed": one.changed,
                "touched": one.touched,
                "modified": one.modified,
                "copy": one.copy,
                **fresh,
                **empty,
            }
            for one in some
        ],
    )


def begin(connection: Connection, path: str, host: str, *, now: str) -> None:
    """A worker has the file in hand."""
    connection.execute(
        update(handed)
        .where(handed.c.path == path)
        .values(begun=handed.c.begun + 1, host=host, at=now)
    )


def let_go(connection: Connection, path: str, reason: str | None, *, now: str) -> None:
    """The worker gave the file back for later: for a ``reason``, or because it was to end."""
    values: dict[str, object] = {"begun": 0, "at": now}
    if reason is not None:
        values |= {"reason": reason, "tries": handed.c.tries + 1}
    connection.execute(update(handed).where(handed.c.path == path).values(values))


def settle(
    connection: Connection,
    path: str,
    reason: str | None,
    *,
    now: str,
    documents: int = 0,
    pages: int = 0,
) -> None:
    """The file needs no more looking at; it failed where there is a ``reason``."""
    state = "done" if reason is None else "failed"
    connection.execute(
        update(handed)
        .where(handed.c.path == path)
        .values(state=state, reason=reason, begun=0, at=now, documents=documents, pages=pages)
    )
