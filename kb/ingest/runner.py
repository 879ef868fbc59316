"""One ingest from the first file to the report."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import psutil
from sqlalchemy.exc import OperationalError

from kb.catalog import Catalog, TaggedDocument, corrections, reads, writer_lock
from kb.catalog import writes_files as book
from kb.catalog.reading import sources
from kb.catalog.records import pack_refused
from kb.catalog.room import NO_ROOM, no_room
from kb.catalog.writes import document_key, write_document
from kb.catalog.writes_entities import EntityStore, remove_orphans
from kb.config import Settings
from kb.errors import CatalogError, KBError
from kb.ingest import stages as steps
from kb.ingest.embedding import waiting
from kb.ingest.indexing import REAL, Access, Indexer
from kb.ingest.linking import evidence, load_authority, settle_links
from kb.ingest.pool import Event, Pool, Worker, WorkersBroken
from kb.ingest.report import IngestReport, ProgressCallback, Stage
from kb.ingest.sifting import KILLED, Sifter, Task, older, unfinished
from kb.ingest.stages import Limits, Stages
from kb.ingest.stopping import stoppable
from kb.ingest.tally import Tally
from kb.model import Known
from kb.readers.discover import discover

SILENCE_FACTOR = 5.0
"""Times ``read_seconds``: how long a worker may say nothing. The reader's own limits come
first; this one ends what hangs behind them."""
WORKER_MEMORY_MB = 700
"""What one worker and its PDF reader take together, for choosing how many to start."""

_log = logging.getLogger(__name__)


def ingest(
    settings: Settings,
    paths: Sequence[str | Path],
    *,
    workers: int | None = None,
    ocr: str | None = None,
    force: bool = False,
    passwords: Sequence[str] = (),
    progress: ProgressCallback | None = None,
    wait: float | None = None,
    stop: threading.Event | None = None,
    stages: Stages | None = None,
    access: Access = REAL,
) -> IngestReport:
    """Read files and folders into the knowledge base.

    Files that did not change since they were read by the same versions are left alone,
    failed ones included, unless ``force``. ``workers``: reading processes (default: the
    settings, else by cores and memory). ``wait``: seconds to wait for another writer.
    Ctrl-C or ``stop`` ends it with the documents in hand whole or not at all. Raises
    ``Busy`` where another process goes on writing, ``ReadError`` for a path that does
    not exist.
    """
    found = discover(paths)
    tally = Tally(progress)
    tally.skip(found.skipped)
    tally.tell("waiting")
    with (
        writer_lock(settings, "ingest", wait=wait),
        Catalog.open(settings, write=True) as catalog,
        stoppable(stop) as stopped,
        Indexer(settings, catalog, access, tally.indexing) as indexer,
    ):
        run = _Run(
            settings, catalog, indexer, stages or steps.real(settings.tagger), tally, stopped
        )
        return run.go(found.files, workers, ocr or settings.ocr, force, tuple(passwords))


class _Run:
    """State of one ingest while files are in hand."""

    def __init__(
        self,
        settings: Settings,
        catalog: Catalog,
        indexer: Indexer,
        stages: Stages,
        tally: Tally,
        stopped: threading.Event,
    ) -> None:
        self._settings = settings
        self._catalog = catalog
        self._indexer = indexer
        self._stages = stages
        self._tally = tally
        self._stopped = stopped
        self._in_hand: dict[str, Task] = {}
        self._originals = settings.originals_path.absolute()
        with catalog.write() as connection:
            self._run_id = book.start_run(connection, now=_now(), pid=os.getpid())
            load_authority(connection)
            self._store = EntityStore(evidence)

    def go(
        self,
        found: Sequence[Path],
        workers: int | None,
        ocr: str,
        force: bool,
        passwords: tuple[str, ...],
    ) -> IngestReport:
        """Mend what an earlier run left, read what must be read, and report."""
        tally = self._tally
        self._indexer.mend(tally.indexing)
        self._sifter = Sifter(
            self._catalog,
            tally,
            self._run_id,
            self._stages.stamp(),
            ocr,
            force,
            bool(passwords or self._settings.pdf_passwords),
        )
        tally.total = len(found)
        todo = self._sifter.sift(found)
        tally.bytes_left = sum(task.size for task in todo)
        self._options = steps.read_options(self._settings, ocr, passwords)
        try:
            self._work(deque(todo), workers)
        finally:
            # Also on the way out of an error: what is in the catalog becomes searchable.
            tally.tell("finishing")
            self._indexer.commit()
        settle_links(self._catalog, self._run_id)
        with self._catalog.write() as connection:
            corrections.reapply(connection)
            if not self._stopped.is_set():
                remove_orphans(connection, corrections.lasting_ids(connection))
        self._indexer.catch_up()
        return self._report()

    def _report(self) -> IngestReport:
        tally = self._tally
        interrupted = self._stopped.is_set()
        counts = {
            "added": tally.added,
            "updated": tally.updated,
            "unchanged": tally.unchanged,
            "failed": len(tally.failed),
            "skipped": len(tally.skipped),
            "pages": tally.pages,
        }
        with self._catalog.write() as connection:
            status = "interrupted" if interrupted else "done"
            book.finish_run(connection, self._run_id, now=_now(), status=status, counts=counts)
            in_base, passages = reads.totals(connection)
        return IngestReport(
            added=tally.added,
            updated=tally.updated,
            unchanged=tally.unchanged,
            failed=tuple(sorted(tally.failed, key=lambda failure: failure.path)),
            documents=in_base,
            passages=passages,
            seconds=tally.seconds,
            removed=tally.removed,
            pages=tally.pages,
            interrupted=interrupted,
            slowest=tally.slowest,
            without_vectors=waiting(self._settings, self._catalog),
            notes=tuple(self._indexer.notes),
            skipped=tuple(sorted(tally.skipped, key=lambda one: (one.harmless, one.path))),
        )

    # --- files to workers ------------------------------------------------------

    def _work(self, todo: deque[Task], workers: int | None) -> None:
        self._todo = todo
        pool: Pool | None = None
        try:
            while (todo or self._in_hand) and not self._stopped.is_set():
                while todo and (pool is None or pool.idle):
                    task = self._next(todo)
                    if task is None:
                        break
                    if pool is None:
                        pool = self._start(worker_count(self._settings, workers, len(todo) + 1))
                    if not pool.idle:
                        todo.appendleft(task)
                        break
                    self._in_hand[str(task.path)] = task
                    pool.give(pool.idle[0], str(task.path), self._known(task))
                if pool is not None:
                    for event in pool.events(0.5):
                        self._handle(pool, event)
                self._indexer.tick()
        except WorkersBroken as error:
            raise KBError(
                f"Reading processes do not work ({error}); reinstall the program with "
                "'python3 run.py' and run the command again."
            ) from None
        finally:
            if pool is not None:
                pool.close(now=self._stopped.is_set())

    def _start(self, count: int) -> Pool:
        return Pool(
            count,
            self._stages,
            self._options,
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
                if task.file is None and not self._sifter.decide(task):
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
            self._in_hand.pop(str(task.path), None)
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
        self._in_hand.pop(str(task.path), None)
        self._tally.was_read(str(task.path), task.size, seconds, task.pages)

    # --- documents to the catalog ------------------------------------------------

    def _try_to_store(self, task: Task, tagged: TaggedDocument, last: bool, seconds: float) -> None:
        """A document the catalog refuses fails its file, not the batch."""
        try:
            if not task.refused:
                self._store_document(task, tagged, last, seconds)
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
                now=_now(),
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
        self._indexer.take(written.document_id, written.pages, new=written.change == "added")

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


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
