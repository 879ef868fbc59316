"""How the queue stands: for ``kb worker --status`` and for Kelola."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from kb.catalog import Catalog, reads
from kb.catalog.reading import handed
from kb.catalog.reading.handed import HandedRow
from kb.catalog.reading.typed import Reading
from kb.config import Settings
from kb.queue import jobs

SHOWN = 50
"""Files of a kind that are named; all are counted."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A worker that is connected to the database."""

    host: str
    pid: int
    since: str


@dataclass(frozen=True, slots=True)
class Status:
    """The queue at one moment. Counts are of files, but for the last three."""

    workers: tuple[Seen, ...]
    waiting: int
    """Not read yet, those in hand with them."""
    in_hand: tuple[HandedRow, ...]
    again: tuple[HandedRow, ...]
    """Put back for a reason, tried again later."""
    failed: tuple[HandedRow, ...]
    failed_files: int
    done: int
    documents: int
    pages: int
    not_indexed: int
    """Documents that a search does not find yet."""

    @property
    def at_work(self) -> bool:
        """True where files wait or are being read."""
        return self.waiting > 0


def status(settings: Settings) -> Status | None:
    """How it stands; ``None`` where nothing was ever handed over."""
    jobs.require(settings)
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        return seen(connection) if jobs.there(connection) else None


def seen(connection: Reading) -> Status:
    """The same, of an open catalog that has a queue."""
    states = handed.states(connection)
    waiting, done, failed = (states.get(name) for name in ("waiting", "done", "failed"))
    return Status(
        workers=workers(connection),
        waiting=waiting.files if waiting else 0,
        in_hand=tuple(handed.in_hand(connection, SHOWN)),
        again=tuple(handed.let_go(connection, SHOWN)),
        failed=tuple(handed.some(connection, "failed", SHOWN)),
        failed_files=failed.files if failed else 0,
        done=done.files if done else 0,
        documents=done.documents if done else 0,
        pages=done.pages if done else 0,
        not_indexed=len(reads.queued(connection)),
    )


def workers_run(settings: Settings) -> bool:
    """True where a worker is connected to the base's database; never without PostgreSQL."""
    if not settings.catalog:
        return False
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        return bool(workers(connection))


def workers(connection: Reading) -> tuple[Seen, ...]:
    """Workers of this base that are connected to the database now."""
    query = (
        "SELECT application_name, min(backend_start) FROM pg_stat_activity"
        " WHERE datname = current_database() AND application_name LIKE %s"
        " GROUP BY application_name ORDER BY application_name"
    )
    found = []
    for name, since in connection.exec_driver_sql(
        query, (f"{jobs.SESSION} {jobs.base_mark(connection)} %",)
    ):
        parts = str(name).split(" ", 4)
        if len(parts) == 5 and parts[3].isdecimal() and isinstance(since, datetime):
            moment = since.astimezone(UTC).isoformat(timespec="seconds")
            found.append(Seen(parts[4], int(parts[3]), moment))
    return tuple(found)
