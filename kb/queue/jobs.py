"""The queue itself: procrastinate's tables beside the catalog's, and what stands in them."""

from __future__ import annotations

import contextlib
import os
import platform
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.catalog import Catalog, reads
from kb.catalog.postgres import address
from kb.catalog.reading.typed import Reading
from kb.catalog.together import NotNow
from kb.catalog.writes_files import set_meta
from kb.config import Settings
from kb.errors import ConfigError, KBError

if TYPE_CHECKING:
    from procrastinate import App

FILES, TIMETABLE = "files", "timetable"
"""The queues: what any worker does, and what those do that keep the base up to date."""
READ, LOOK = "kb.read", "kb.look"
"""The tasks in them."""
SESSION = "kb worker"
"""How sessions of workers begin to be named on the server."""
STALLED_SECONDS = 30.0
"""A worker that gave no sign of life for so long is taken for dead."""
_VERSION = "queue_version"
"""Where the catalog notes up to which migration the queue's tables are."""


class Later(KBError):
    """The job is put back; ``seconds`` until it may be taken again."""

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


class Lost(NotNow):
    """The job was given to another worker: this one was taken for dead."""


def require(settings: Settings) -> None:
    """Raise ``ConfigError``, in one sentence, where there can be no queue."""
    if not settings.catalog:
        raise ConfigError(
            "Workers need the catalog in PostgreSQL: set 'catalog' (docs/serving.md), or use "
            "'kb ingest' alone, which reads on this machine with all its processors."
        )
    address(settings.catalog)
    if find_spec("procrastinate") is None:
        raise ConfigError(
            "Workers need the extra 'server'; install it: pip install 'kb-pemprov[server]'."
        )


def session_name(base: str) -> str:
    """What a worker's sessions are called on the server; ``base`` tells bases of one database
    apart (``base_mark``)."""
    return f"{SESSION} {base} {os.getpid()} {platform.node()}"[:63]


def base_mark(connection: Reading) -> str:
    """The begin of the catalog's own name."""
    return (reads.get_meta(connection, "uuid") or "")[:8]


@contextlib.contextmanager
def opened(settings: Settings) -> Iterator[App]:
    """The queue, to put jobs in."""
    from procrastinate import App, SyncPsycopgConnector

    app = App(connector=SyncPsycopgConnector(**_connection(settings, "kb queue", 1)))
    with app.open():
        yield app


def for_workers(settings: Settings, base: str, connections: int) -> App:
    """The queue, to take jobs from; the caller opens it."""
    from procrastinate import App, PsycopgConnector

    app = App(connector=PsycopgConnector(**_connection(settings, session_name(base), connections)))
    app.job_manager = _manager(app)
    return app


def _connection(settings: Settings, name: str, connections: int) -> dict[str, Any]:
    url = address(settings.catalog).set(drivername="postgresql")
    return {
        "conninfo": url.render_as_string(hide_password=False),
        "min_size": 1,
        "max_size": max(2, connections),
        "kwargs": {"application_name": name},
    }


def _manager(app: App) -> Any:
    """A job manager that leaves alone what was given to another worker."""
    from procrastinate.manager import JobManager

    class Manager(JobManager):
        lost: set[int | None] = set()  # noqa: RUF012  # one a process

        async def finish_job(self, job: Any, *args: Any, **kwargs: Any) -> None:
            if job.id not in self.lost:
                await super().finish_job(job, *args, **kwargs)

        async def retry_job(self, job: Any, *args: Any, **kwargs: Any) -> None:
            if job.id not in self.lost:
                await super().retry_job(job, *args, **kwargs)

    return Manager(app.connector)


def pauses() -> Any:
    """Every job that did not end is tried again: when ``Later`` says, else later each time."""
    from procrastinate import BaseRetryStrategy, RetryDecision

    class Pauses(BaseRetryStrategy):
        def get_retry_decision(self, *, exception: BaseException, job: Any) -> RetryDecision:
            wait = exception.seconds if isinstance(exception, Later) else pause(job.attempts)
            return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=wait))

    return Pauses()


def pause(tries: int) -> float:
    """Seconds to the next try after so many: 10 s, 30 s, 90 s ... up to an hour."""
    return float(min(3600, 10 * 3 ** min(tries, 6)))


# --- tables ------------------------------------------------------------------


def prepare(app: App, catalog: Catalog) -> None:
    """Make the queue's tables or bring them to the library's version; under the writer lock."""
    folder = Path(app.schema_manager.get_migrations_path())
    steps = sorted(path.name for path in folder.glob("*.sql"))
    with catalog.read() as connection:
        known = reads.get_meta(connection, _VERSION)
        made = there(connection)
    if not made:
        app.schema_manager.apply_schema()
    else:
        for name in steps:
            if known is not None and name > known:
                script = (folder / name).read_text(encoding="utf-8").replace("%", "%%")
                app.connector.get_sync_connector().execute_query(script)
    if known != steps[-1]:
        with catalog.write(quiet=True) as connection:
            set_meta(connection, _VERSION, steps[-1])


def there(connection: Reading) -> bool:
    """True where a queue was made beside this catalog."""
    found = connection.exec_driver_sql("SELECT to_regclass('procrastinate_jobs')").scalar()
    return found is not None


def put(app: App, connection: Reading, path: str, sha256: str, ocr: str, force: bool) -> None:
    """A job for a file, in the transaction of ``connection``: both are there or neither."""
    raw = connection.connection.driver_connection
    job = app.configure_task(READ, queue=FILES, allow_unknown=True, connection=raw)
    job.defer(path=path, sha256=sha256, ocr=ocr, force=force)


def put_again(app: App, connection: Reading) -> int:
    """Jobs for files that wait without one, whatever became of it; how many."""
    query = (
        "SELECT path, sha256 FROM handed WHERE state = 'waiting' AND NOT EXISTS (SELECT 1 FROM"
        " procrastinate_jobs WHERE task_name = %s AND status IN ('todo', 'doing')"
        " AND args ->> 'path' = handed.path)"
    )
    found = connection.exec_driver_sql(query, (READ,)).all()
    for path, sha256 in found:
        put(app, connection, path, sha256, "", False)
    return len(found)


def take_up_stalled(connection: Reading) -> int:
    """Jobs of workers that are gone go back into the queue; how many."""
    query = (
        "SELECT procrastinate_retry_job_v2(id, now(), NULL, NULL, NULL) FROM (SELECT job.id FROM"
        " procrastinate_jobs job LEFT JOIN procrastinate_workers one ON one.id = job.worker_id"
        " WHERE job.status = 'doing' AND (one.id IS NULL OR one.last_heartbeat"
        f" < now() - interval '{STALLED_SECONDS} seconds')"
        " FOR UPDATE OF job SKIP LOCKED) stalled"
    )
    return len(connection.exec_driver_sql(query).all())


def still_mine(connection: Reading, job: int, worker: int | None, attempts: int) -> None:
    """Raise ``Lost`` where the job is no longer the one this worker was given."""
    query = (
        "SELECT 1 FROM procrastinate_jobs WHERE id = %s AND worker_id = %s AND attempts = %s"
        " AND status = 'doing'"
    )
    if connection.exec_driver_sql(query, (job, worker, attempts)).first() is None:
        raise Lost("The file was given to another worker: this one was taken for dead.")
