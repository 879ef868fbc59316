"""One file of the queue, from the job to the catalog, as an ingest would take it in."""

from __future__ import annotations

import contextlib
import platform
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from kb import depot
from kb.catalog import Catalog, FileState
from kb.catalog import writes_files as book
from kb.catalog.reading import handed
from kb.catalog.reading.handed import HandedRow
from kb.catalog.reading.typed import Reading
from kb.catalog.together import Shared, Stopped
from kb.catalog.writes_handed import begin, let_go, settle
from kb.clock import now
from kb.config import Settings
from kb.disk import change_stamp, last_change, named_file
from kb.errors import KBError, ReadError, refusal
from kb.ingest.intake import Intake, Manner
from kb.ingest.pool import Pool
from kb.ingest.sifting import KILLED, Task
from kb.ingest.stages import Stages, file_stamp
from kb.ingest.tally import Tally
from kb.queue.jobs import Later, Lost, pause

MOST_BEGUN = 4
"""A file that so many workers had in hand when they ended is not given to another."""
MOST_KILLED = 3
"""Times that a file is read anew after the system ended its reading process."""
MOST_TRIES = 12
"""Times that a file which cannot be reached is tried: for some seven hours."""
COPY_SECONDS = 3.0
"""Pause of a file whose very content is being read under another name."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a job says."""

    path: str
    sha256: str
    ocr: str
    force: bool


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a file."""

    path: str
    documents: int = 0
    pages: int = 0
    seconds: float = 0.0
    reason: str | None = None
    """Why it did not come in."""
    later: bool = False
    """It is tried again."""


class Hands:
    """The reading processes of a worker, each with at most one file in hand."""

    def __init__(
        self,
        settings: Settings,
        catalog: Catalog,
        stages: Stages,
        stopped: threading.Event,
        count: int,
        told: Callable[[Done], None],
    ) -> None:
        self._settings = settings
        self._catalog = catalog
        self._stages = stages
        self._stopped = stopped
        self._told = told
        self._free: SimpleQueue[tuple[str, Pool] | None] = SimpleQueue()
        self._count = count
        for _ in range(count):
            self._free.put(None)

    def close(self) -> None:
        """Let the reading processes go; nothing is in hand any more."""
        for _ in range(self._count):
            held = self._free.get()
            if held is not None:
                held[1].close(now=self._stopped.is_set())

    def take(self, order: Order, still_mine: Callable[[Reading], None]) -> None:
        """Take in the file of one job.

        Raises ``Later`` where it is to be tried again, ``Lost`` where it is another's now.
        """
        shared = Shared(self._catalog, still_mine, self._stopped.is_set)
        try:
            row = self._begin(shared, order)
        except Stopped:
            raise Later("The worker is to end.", 0) from None
        if row is None:
            return
        tally = Tally()
        try:
            with self._task(row) as task:
                self._read(shared, row, order, task, tally)
            self._ended(shared, row, tally)
        except (Later, Lost):
            raise
        except ReadError as error:  # it cannot be reached
            self._again(shared, row, f"no access: {error}", MOST_TRIES)
        except Stopped:
            self._let_go(row, still_mine, None)
            raise Later("The worker is to end.", 0) from None
        except KBError as error:  # the catalog or the reading processes do not work
            self._let_go(row, still_mine, str(error))
            raise Later(str(error), pause(row.tries)) from None

    def _begin(self, shared: Shared, order: Order) -> HandedRow | None:
        """Note that the file is in hand; ``None`` where there is nothing to be done."""
        with shared.write(quiet=True) as connection:
            row = handed.row(connection, order.path)
            if row is None or row.state != "waiting" or row.sha256 != order.sha256:
                return None  # through already, or handed over anew
            if row.begun >= MOST_BEGUN:
                reason = (
                    f"{KILLED}: {row.begun} workers ended while they had it in hand, the last on "
                    f"{row.host}, most likely because memory ran out; give them more, or leave "
                    "the file out."
                )
                self._give_up(connection, row, order, reason)
                return None
            if handed.same_content_first(connection, row):
                raise Later("The same content is being read under another name.", COPY_SECONDS)
            begin(connection, row.path, platform.node(), now=now())
        return row

    @contextlib.contextmanager
    def _task(self, row: HandedRow) -> Iterator[Task]:
        """The file as this machine finds it. Raises ``ReadError`` where it does not."""
        path = named_file(row.path)
        if row.copy is not None:
            with depot.fetched(self._settings, row.copy, row.sha256) as copy:
                times = (row.modified, row.changed, row.touched)
                yield Task(Path(row.path), row.size, *times, copy=copy)
            return
        try:
            state = path.stat()
        except OSError as error:
            told = refusal(error) or error.strerror or type(error).__name__
            raise ReadError(
                f"{row.path} cannot be reached from {platform.node()} ({told}); mount its folder "
                "there by the same name, or set 'originals'."
            ) from None
        yield Task(path, state.st_size, state.st_mtime_ns, change_stamp(state), last_change(state))

    def _read(self, shared: Shared, row: HandedRow, order: Order, task: Task, tally: Tally) -> None:
        ocr = order.ocr or self._settings.ocr
        tally.total = 1
        intake = Intake(
            self._settings,
            shared,
            self._stages,
            Manner(row.run_id, ocr, order.force),
            tally,
            self._stopped,
        )
        held = self._free.get()
        whole = False
        try:
            if held is not None and held[0] != ocr:  # other settings: other processes
                held[1].close()
                held = None
            held = held or (ocr, intake.open_pool(1))
            intake.take(deque([task]), pool=held[1])
            whole = tally.settled > 0
        finally:
            if not whole and held is not None:  # its process may have a file in hand
                held[1].close(now=True)
                held = None
            self._free.put(held)

    def _ended(self, shared: Shared, row: HandedRow, tally: Tally) -> None:
        if not tally.settled:
            raise Stopped("The worker is to end.")
        failed = next((one.reason for one in tally.failed if one.path == row.path), None)
        if failed is not None and failed.startswith(KILLED):
            self._again(shared, row, failed, MOST_KILLED)
            return
        documents = tally.added + tally.updated
        with shared.write(quiet=True) as connection:
            settle(
                connection,
                row.path,
                failed,
                now=now(),
                documents=documents,
                pages=tally.pages,
            )
        self._told(Done(row.path, documents, tally.pages, tally.seconds, failed))

    def _again(self, shared: Shared, row: HandedRow, reason: str, most: int) -> None:
        """Put the file back for a while, or give it up."""
        later = row.tries + 1 < most
        with shared.write(quiet=True) as connection:
            if later:
                let_go(connection, row.path, reason, now=now())
            else:
                settle(connection, row.path, reason, now=now())
        self._told(Done(row.path, reason=reason, later=later))
        if later:
            raise Later(reason, pause(row.tries))

    def _let_go(
        self, row: HandedRow, still_mine: Callable[[Reading], None], reason: str | None
    ) -> None:
        """Note that nobody has the file in hand, also while the worker ends."""
        with (
            contextlib.suppress(Lost),
            Shared(self._catalog, still_mine, lambda: False).write(quiet=True) as connection,
        ):
            let_go(connection, row.path, reason, now=now())

    def _give_up(self, connection: Reading, row: HandedRow, order: Order, reason: str) -> None:
        ocr = order.ocr or self._settings.ocr
        stamp = file_stamp(self._stages.stamp(), Path(row.path), ocr)
        file = FileState(row.path, row.sha256, row.size, row.changed, stamp)
        book.finish_file(connection, file, status="failed", run_id=row.run_id, reason=reason)
        settle(connection, row.path, reason, now=now())
        self._told(Done(row.path, reason=reason))
