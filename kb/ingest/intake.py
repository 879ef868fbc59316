"""Files to reading processes, and what they find into the catalog: the one way in.

An ingest takes thousands through it (``runner``), a worker the one file of its job
(``kb.queue``).
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import psutil
from sqlalchemy.exc import OperationalError

from kb.catalog import TaggedDocument, Written
from kb.catalog import writes_files as book
from kb.catalog.reading import sources
from kb.catalog.records import pack_refused
from kb.catalog.room import NO_ROOM, no_room
from kb.catalog.together import NotNow, Opened
from kb.catalog.writes import document_key, write_document
from kb.catalog.writes_entities import EntityStore
from kb.clock import now
from kb.config import Settings
from kb.errors import CatalogError, KBError
from kb.ingest import stages as steps
from kb.ingest.linking import evidence
from kb.ingest.pool import Event, Pool, Worker, WorkersBroken
from kb.ingest.report import Stage
from kb.ingest.sifting import KILLED, Sifter, Task, older, unfinished
from kb.ingest.stages import Limits, Stages
from kb.ingest.tally import Tally
from kb.model import Known

SILENCE_FACTOR = 5.0
"""Times ``read_seconds``: how long a worker may say nothing. The reader's own limits come
first; this one ends what hangs behind them."""
WORKER_MEMORY_MB = 700
"""What one worker and its PDF reader take together, for choosing how many to start."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Manner:
    """How the files of one run are taken in."""

    run_id: int
    ocr: str
    force: bool = False
    passwords: tuple[str, ...] = ()


class Intake:
    """Takes files into a catalog.

    ``took`` hears of each document that was stored, ``tick`` is called now and then.
    """

    def __init__(
        self,
        settings: Settings,
        catalog: Opened,
        stages: Stages,
        manner: Manner,
        tally: Tally,
        stopped: threading.Event,
        took: Callable[[Written], None] = lambda written: None,
        tick: Callable[[], None] = lambda: None,
    ) -> None:
        self._settings = settings
        self._catalog = catalog
        self._stages = stages
        self._manner = manner
        self._run_id = manner.run_id
        self._tally = tally
        self._stopped = stopped
        self._took = took
        self._tick = tick
        self._in_hand: dict[str, Task] = {}
        self._todo: deque[Task] = deque()
        self._originals = settings.originals_path.absolute()
        self._store = EntityStore(evidence)
        self.sifter = Sifter(
            catalog,
            tally,
            manner.run_id,
            stages.stamp(),
            manner.ocr,
            manner.force,
            bool(manner.passwords or settings.pdf_passwords),
        )

    def take(self, todo: deque[Task], workers: int | None = None, pool: Pool | None = None) -> None:
        """Take in all of ``todo``, or as much as there was until ``stopped``.

        Reading processes are started as they are needed and go home at the end, but for those
        of a ``pool`` that is given. Raises ``KBError`` where they do not work or the catalog
        cannot be written.
        """
        self._todo = todo
        lent = pool is not None
        try:
            while (todo or self._in_hand) and not self._stopped.is_set():
                while todo and (pool is None or pool.idle):
                    task = self._next(todo)
                    if task is None:
                        break
                    if pool is None:
                        pool = self.open_pool(worker_count(self._settings, workers, len(todo) + 1))
                    if not pool.idle:
                        todo.appendleft(task)
                        break
                    self._in_hand[str(task.lies)] = task
                    name = None if task.copy is None else task.name
                    pool.give(pool.idle[0], str(task.lies), self._known(task), name)
                if pool is not None:
                    for event in pool.events(0.5):
                        self._handle(pool, event)
                self._tick()
        except WorkersBroken as error:
            raise KBError(
                f"Reading processes do not work ({error}); reinstall the program with "
                "'python3 run.py' and run the command again."
            ) from None
        finally:
            if pool is not None and not lent:
                pool.close(now=self._stopped.is_set())

    def open_pool(self, count: int) -> Pool:
        """Reading processes for files of this manner."""
        return Pool(
            count,
            self._stages,
            steps.read_options(self._settings, self._manner.ocr, self._manner.passwords),
            Limits(self._settings.read_seconds, self._settings.read_memory_mb),
            self._settings.region,
            silence=self._settings.read_seconds * SILENCE_FACTOR,
            memory_mb=self._settings.read_memory_mb,
        )

    def _next(self, todo: deque[Task]) -> Task | None:
        """The next file a worker must read; a copy of one in hand waits for it."""
        waiting: list[Task] = []
        try:
            while todo and not self._stopped.is_set():
                task = todo.popleft()
                if task.file is None and not self.sifter.decide(task):
                    self._tally.bytes_left -= task.size
                    continue
                in_hand = {other.file.sha256 for other in self._in_hand.values() if other.file}
                if task.file is not None and task.file.sha256 in in_hand:
                    task.file = None
                    waiting.append(task)
                    continue
                return task
            return None
        finally:
            todo.extend(waiting)

    def _known(self, task: Task) -> Known | None:
        """Where a fetched file came from."""
        if not task.path.is_relative_to(self._originals):
            return None
        with self._catalog.read() as connection:
            name = task.path.relative_to(self._originals).as_posix()
            return sources.known(connection, name)

    def _handle(self, pool: Pool, event: Event) -> None:
        worker, kind = event.worker, event.kind
        task = self._in_hand.get(worker.path or "")
        if kind == "ready" or task is None:
            return
        if kind == "beat":
            page, pages = event.values
            stage: Stage = "reading" if page else "tagging"
            self._tally.tell(stage, path=worker.path, page=page or None, pages=pages)
        elif kind == "document":
            tagged, last, seconds = event.values
            self._try_to_store(task, tagged, last, seconds)
            worker.beat = time.monotonic()  # storing may have waited for another writer
            if last:
                self._finished(pool, worker, task, seconds)
        elif kind == "refused":
            task.parts.append((event.values[0], event.values[1]))
        elif kind == "ended":
            self._ended(pool, worker, task, event.values[0], event.values[1])
        elif kind in ("failed", "died"):
            reason = event.values[0]
            seconds = event.values[1] if kind == "failed" else time.monotonic() - worker.since
            self._fail(task, reason, seconds)
            self._finished(pool, worker, task, seconds)

    def _ended(self, pool: Pool, worker: Worker, task: Task, reason: str, code: int | None) -> None:
        """The process that read the file is gone, and the file need not be why: memory was
        short, somebody ended it. It is read once more, after the others."""
        task.deaths += 1
        if task.deaths == 1:
            pool.release(worker)
            self._in_hand.pop(str(task.lies), None)
            task.keys, task.parts, task.pages = [], [], 0
            self._todo.append(task)
            return
        if code is not None and -code == getattr(signal, "SIGKILL", 9):
            reason = (
                f"{KILLED}: the system ended the reading process twice, most likely because memory "
                "ran out; free some, or use fewer workers, and run it again."
            )
        else:
            reason = f"{reason.rstrip('.')}, twice; fetch the file again or leave it out."
        self._fail(task, reason, time.monotonic() - worker.since)
        self._finished(pool, worker, task, time.monotonic() - worker.since)

    def _finished(self, pool: Pool, worker: Worker, task: Task, seconds: float) -> None:
        pool.release(worker)
        self._in_hand.pop(str(task.lies), None)
        self._tally.was_read(str(task.path), task.size, seconds, task.pages)

    # --- documents to the catalog ------------------------------------------------

    def _try_to_store(self, task: Task, tagged: TaggedDocument, last: bool, seconds: float) -> None:
        """A document the catalog refuses fails its file, not the batch."""
        try:
            if not task.refused:
                self._store_document(task, tagged, last, seconds)
        except NotNow:
            raise
        except OperationalError as error:
            if no_room(error):
                raise CatalogError(NO_ROOM) from None
            raise CatalogError(
                f"The catalog cannot be written ({error.orig}); "
                "check the disk and run the command again: it goes on where it stopped."
            ) from None
        except Exception as error:
            _log.exception("document of %s cannot be stored", task.path)
            task.refused = f"damaged: what was read cannot be stored ({type(error).__name__})."
        if last and task.refused:
            self._fail(task, task.refused, seconds)

    def _store_document(
        self, task: Task, tagged: TaggedDocument, last: bool, seconds: float
    ) -> None:
        file = task.file
        assert file is not None
        key = document_key(tagged)
        if key in task.keys:  # the same address twice in one file: two documents
            key = f"{key}#{tagged.source.part or len(task.keys) + 1}"
        task.keys.append(key)
        gone = 0
        with self._catalog.write() as connection:
            written = write_document(
                connection,
                self._store,
                tagged,
                file,
                file_id=book.file_id(connection, file, self._run_id),
                run_id=self._run_id,
                now=now(),
                key=key,
                older=older(connection, key, task),
                redo=task.redo,
            )
            if last:
                gone = book.remove_vanished(connection, file, task.keys)
                read = unfinished(file) if tagged.source.unfinished else file
                book.finish_file(
                    connection,
                    read,
                    status="done",
                    run_id=self._run_id,
                    reason=pack_refused(task.parts),
                    seconds=seconds,
                )
        if last:
            for part, why in task.parts:
                self._tally.refuse(str(task.path), part, why)
        task.pages += written.pages
        self._tally.removed += gone
        self._tally.count(written.change, written.pages)
        self._took(written)

    def _fail(self, task: Task, reason: str, seconds: float) -> None:
        assert task.file is not None
        with self._catalog.write() as connection:
            book.finish_file(
                connection,
                task.file,
                status="failed",
                run_id=self._run_id,
                reason=reason,
                seconds=seconds,
            )
        self._tally.fail(str(task.path), reason)


def worker_count(settings: Settings, asked: int | None, tasks: int) -> int:
    """Reading processes to start: what was asked for, else one a core as memory allows."""
    count = asked or settings.workers
    if not count:
        cores = os.cpu_count() or 1
        free = psutil.virtual_memory().available // 2**20
        count = max(1, min(cores, free // WORKER_MEMORY_MB))
    return max(1, min(count, tasks))
