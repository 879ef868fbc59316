"""One ingest from the first file to the report."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import OperationalError

from kb.catalog import Catalog, FileState, TaggedDocument, corrections, reads, writer_lock
from kb.catalog import writes_files as book
from kb.catalog.schema import documents, files
from kb.catalog.writes import document_key, write_document
from kb.catalog.writes_entities import EntityStore, remove_orphans
from kb.config import Settings
from kb.errors import CatalogError, KBError
from kb.ingest import stages as steps
from kb.ingest.indexing import Indexer, Opener, open_real
from kb.ingest.linking import load_authority, resolver
from kb.ingest.pool import Event, Pool, Worker, WorkersBroken
from kb.ingest.report import Failure, IngestReport, Progress, ProgressCallback, SlowFile
from kb.ingest.stages import Limits, Stages
from kb.readers.discover import discover

YOUNG_NS = 2_000_000_000
"""A file changed less than two seconds ago may change again within the same time stamp."""
SILENCE_FACTOR = 5.0
"""Times ``read_seconds``: how long a worker may say nothing. The reader's own limits come
first; this one ends what hangs behind them."""
_log = logging.getLogger(__name__)
WORKER_MEMORY_MB = 700
"""What one worker and its PDF reader take together, for choosing how many to start."""


@dataclass(slots=True)
class _Task:
    """One file that is not known to be unchanged."""

    path: Path
    size: int
    mtime_ns: int
    file: FileState | None = None
    redo: bool = False
    keys: list[str] = field(default_factory=list)
    refused: str | None = None
    pages: int = 0


@dataclass(slots=True)
class _Tally:
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    pages: int = 0
    failed: list[Failure] = field(default_factory=list)
    slowest: SlowFile | None = None


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
    opener: Opener = open_real,
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
    with writer_lock(settings, "ingest", wait=wait), Catalog.open(settings, write=True) as catalog:
        run = _Run(settings, catalog, stages or steps.real(), ocr or settings.ocr, force, passwords)
        run.progress = progress
        with (
            _stoppable(stop) as stopped,
            Indexer(settings, catalog, opener, run.indexing) as indexer,
        ):
            return run.go(found, indexer, workers, stopped)


class _Run:
    """State of one ingest."""

    def __init__(
        self,
        settings: Settings,
        catalog: Catalog,
        stages: Stages,
        ocr: str,
        force: bool,
        passwords: Sequence[str],
    ) -> None:
        self.settings = settings
        self.catalog = catalog
        self.stages = stages
        self.ocr = ocr
        self.force = force
        self.passwords = tuple(passwords)
        self.progress: ProgressCallback | None = None
        self.tally = _Tally()
        self.started = time.monotonic()
        self.total = 0
        self.settled = 0
        self.bytes_left = 0
        self.bytes_done = 0
        self.in_hand: dict[str, _Task] = {}
        self._stamp = ""

    # --- the whole -------------------------------------------------------------

    def go(
        self,
        found: Sequence[Path],
        indexer: Indexer,
        workers: int | None,
        stopped: threading.Event,
    ) -> IngestReport:
        self.indexer = indexer
        self._stamp = self.stages.stamp()
        with self.catalog.write() as connection:
            self.run_id = book.start_run(connection, now=_now(), pid=os.getpid())
            load_authority(connection)
            self.store = EntityStore(connection, resolver)
        indexer.mend(self.indexing)
        self.total = len(found)
        todo = self._sift(found)
        self.bytes_left = sum(task.size for task in todo)
        if todo and not stopped.is_set():
            self._work(deque(todo), workers, stopped)
        self._tell("finishing")
        interrupted = stopped.is_set()
        with self.catalog.write() as connection:
            corrections.reapply(connection)
            if not interrupted:
                remove_orphans(connection)
        indexer.catch_up()
        return self._report(interrupted)

    def indexing(self, done: int, total: int) -> None:
        """Progress of building or mending the index."""
        self._tell("indexing", done=done, total=total)

    def _report(self, interrupted: bool) -> IngestReport:
        tally = self.tally
        counts = {
            "added": tally.added,
            "updated": tally.updated,
            "unchanged": tally.unchanged,
            "failed": len(tally.failed),
            "pages": tally.pages,
        }
        with self.catalog.write() as connection:
            status = "interrupted" if interrupted else "done"
            book.finish_run(connection, self.run_id, now=_now(), status=status, counts=counts)
            in_base, passages = reads.totals(connection)
        return IngestReport(
            added=tally.added,
            updated=tally.updated,
            unchanged=tally.unchanged,
            failed=tuple(sorted(tally.failed, key=lambda failure: failure.path)),
            documents=in_base,
            passages=passages,
            seconds=time.monotonic() - self.started,
            removed=tally.removed,
            pages=tally.pages,
            interrupted=interrupted,
            slowest=tally.slowest,
            notes=tuple(self.indexer.notes),
        )

    # --- which files -----------------------------------------------------------

    def _sift(self, found: Sequence[Path]) -> list[_Task]:
        """Files to look at: without those whose size and time say they are as they were."""
        todo: list[_Task] = []
        with self.catalog.read() as connection:
            for path in found:
                try:
                    state = path.stat()
                except OSError as error:
                    self._unreadable(str(path), error)
                    continue
                task = _Task(path, state.st_size, state.st_mtime_ns)
                row = book.file_row(connection, str(path))
                if (
                    row is not None
                    and row.mtime_ns == task.mtime_ns
                    and row.size == task.size
                    and self._settled_before(connection, row, path)
                ):
                    continue
                todo.append(task)
        # Long files first, so that none is left to be waited for at the end; then copies
        # of others, which want the others settled.
        return sorted(todo, key=lambda task: -task.size if task.size > 2**20 else 0)

    def _settled_before(self, connection: Connection, row: object, path: Path) -> bool:
        """Count a file with known content as unchanged or failed; False: it must be read."""
        status, stamp, reason = row.status, row.stamp, row.reason  # type: ignore[attr-defined]
        if self.force or stamp != steps.file_stamp(self._stamp, path, self.ocr):
            return False
        if status == "failed":
            if self.passwords and str(reason).startswith("password needed"):
                return False
            self.tally.failed.append(Failure(str(path), reason or "damaged: no reason is known."))
        elif status == "done":
            self.tally.unchanged += book.documents_of(connection, str(path))
        else:
            return False
        self.settled += 1
        self._tell("reading", path=str(path))
        return True

    def _decide(self, task: _Task) -> bool:
        """Look at the content; True where a worker must read the file."""
        path = str(task.path)
        try:
            sha = _sha256(task.path)
        except OSError as error:
            self._unreadable(path, error)
            return False
        young = time.time_ns() - task.mtime_ns < YOUNG_NS
        stamp = steps.file_stamp(self._stamp, task.path, self.ocr)
        file = FileState(path, sha, task.size, None if young else task.mtime_ns, stamp)
        task.file = file
        with self.catalog.write() as connection:
            row = book.file_row(connection, path)
            if row is not None and row.sha256 == sha:
                if self._settled_before(connection, row, task.path):
                    book.touch_file(connection, file)
                    return False
                task.redo = row.status == "done"
            if not self.force and self._copy_of_another(connection, file, row):
                return False
        return True

    def _copy_of_another(self, connection: Connection, file: FileState, row: object) -> bool:
        """Settle a file whose content is in already under another path."""
        others = book.same_content(connection, file)
        if not others or (row is not None and row.status == "done"):  # type: ignore[attr-defined]
            return False
        here = [other for other in others if Path(other.path).is_file()]
        if here:
            reason = f"same content as {here[0].path}"
            book.finish_file(connection, file, status="same", run_id=self.run_id, reason=reason)
            self.tally.unchanged += 1
        else:
            self.tally.unchanged += book.move_file(connection, others[0], file, self.run_id)
        self._settle(file.path)
        return True

    # --- the work --------------------------------------------------------------

    def _work(self, todo: deque[_Task], workers: int | None, stopped: threading.Event) -> None:
        options = steps.read_options(self.settings, self.ocr, self.passwords)
        limits = Limits(self.settings.read_seconds, self.settings.read_memory_mb)
        pool: Pool | None = None
        try:
            while (todo or (pool and pool.busy)) and not stopped.is_set():
                while todo and (pool is None or pool.idle):
                    task = self._next(todo)
                    if task is None:
                        break
                    if pool is None:
                        count = worker_count(self.settings, workers, len(todo) + 1)
                        pool = Pool(
                            count,
                            self.stages,
                            options,
                            limits,
                            self.settings.region,
                            silence=self.settings.read_seconds * SILENCE_FACTOR,
                            memory_mb=self.settings.read_memory_mb,
                        )
                    if not pool.idle:
                        todo.appendleft(task)
                        break
                    self.in_hand[str(task.path)] = task
                    pool.give(pool.idle[0], str(task.path))
                if pool is not None:
                    for event in pool.events(0.5):
                        self._handle(pool, event)
                self.indexer.tick()
        except WorkersBroken as error:
            raise KBError(
                f"Files cannot be read: {error} Run 'kb check' and look at the log."
            ) from None
        finally:
            if pool is not None:
                pool.close(now=stopped.is_set())

    def _next(self, todo: deque[_Task]) -> _Task | None:
        """The next file a worker must read; a copy of one in hand waits for it."""
        waiting: list[_Task] = []
        try:
            while todo:
                task = todo.popleft()
                if task.file is None and not self._decide(task):
                    self.bytes_left -= task.size
                    continue
                shas = {other.file.sha256 for other in self.in_hand.values() if other.file}
                if task.file is not None and task.file.sha256 in shas:
                    task.file = None
                    waiting.append(task)
                    continue
                return task
            return None
        finally:
            todo.extend(waiting)

    def _handle(self, pool: Pool, event: Event) -> None:
        worker, kind = event.worker, event.kind
        task = self.in_hand.get(worker.path or "")
        if kind == "ready" or task is None:
            return
        if kind == "beat":
            self._tell("reading", path=worker.path, page=event.values[0], pages=event.values[1])
        elif kind == "document":
            tagged, last, seconds = event.values
            self._try_to_store(task, tagged, last, seconds)
            if last:
                self._finished(pool, worker, task, seconds)
        elif kind in ("failed", "died"):
            reason = event.values[0]
            seconds = event.values[1] if kind == "failed" else time.monotonic() - worker.since
            self._fail(task, reason, seconds)
            self._finished(pool, worker, task, seconds)

    def _try_to_store(
        self, task: _Task, tagged: TaggedDocument, last: bool, seconds: float
    ) -> None:
        """A document the catalog refuses fails its file, not the batch."""
        try:
            if not task.refused:
                self._store(task, tagged, last, seconds)
        except OperationalError as error:
            raise CatalogError(
                f"The catalog cannot be written ({error.orig}); "
                "check the disk and run the command again: it goes on where it stopped."
            ) from None
        except Exception as error:
            _log.exception("document of %s cannot be stored", task.path)
            task.refused = f"damaged: what was read cannot be stored ({type(error).__name__})."
        if last and task.refused:
            self._fail(task, task.refused, seconds)

    def _store(self, task: _Task, tagged: TaggedDocument, last: bool, seconds: float) -> None:
        file = task.file
        assert file is not None
        key = document_key(tagged)
        if key in task.keys:  # the same address twice in one file: two documents
            key = f"{key}#{tagged.source.part or len(task.keys) + 1}"
        task.keys.append(key)
        gone = 0
        try:
            with self.catalog.write() as connection:
                written = write_document(
                    connection,
                    self.store,
                    tagged,
                    file,
                    file_id=book.file_id(connection, file, self.run_id),
                    run_id=self.run_id,
                    now=_now(),
                    key=key,
                    older=self._older(connection, key, task),
                    redo=task.redo or self.force,
                )
                if last:
                    gone = book.remove_vanished(connection, file, task.keys)
                    book.finish_file(
                        connection, file, status="done", run_id=self.run_id, seconds=seconds
                    )
        except BaseException:
            with self.catalog.read() as connection:
                self.store = EntityStore(connection, resolver)
            raise
        self.tally.removed += gone
        self.tally.pages += written.pages
        task.pages += written.pages
        setattr(self.tally, written.change, getattr(self.tally, written.change) + 1)
        self.indexer.take(written.document_id, written.pages)

    def _older(self, connection: Connection, key: str, task: _Task) -> bool:
        """True where another file that still exists holds a later version of the document."""
        row = connection.execute(
            select(files.c.path, files.c.sha256)
            .join(documents, documents.c.file_id == files.c.id)
            .where(documents.c.key == key)
        ).one_or_none()
        if row is None or row.path == str(task.path) or task.file is None:
            return False
        try:
            other = Path(row.path).stat().st_mtime_ns
        except OSError:
            return False
        return (task.mtime_ns, str(task.path)) < (other, row.path)

    def _fail(self, task: _Task, reason: str, seconds: float) -> None:
        assert task.file is not None
        with self.catalog.write() as connection:
            book.finish_file(
                connection,
                task.file,
                status="failed",
                run_id=self.run_id,
                reason=reason,
                seconds=seconds,
            )
        self.tally.failed.append(Failure(str(task.path), reason))

    def _unreadable(self, path: str, error: OSError) -> None:
        reason = f"not readable: {error.strerror or error}; check the file and its permissions."
        self.tally.failed.append(Failure(path, reason))
        self._settle(path)

    def _finished(self, pool: Pool, worker: Worker, task: _Task, seconds: float) -> None:
        pool.release(worker)
        self.in_hand.pop(str(task.path), None)
        slowest = self.tally.slowest
        if slowest is None or seconds > slowest.seconds:
            self.tally.slowest = SlowFile(str(task.path), seconds, task.pages)
        self.bytes_left -= task.size
        self.bytes_done += task.size
        self._settle(str(task.path))

    def _settle(self, path: str) -> None:
        self.settled += 1
        self._tell("reading", path=path)

    # --- progress --------------------------------------------------------------

    def _tell(
        self,
        stage: str,
        *,
        path: str | None = None,
        page: int | None = None,
        pages: int | None = None,
        done: int | None = None,
        total: int | None = None,
    ) -> None:
        if self.progress is None:
            return
        seconds = time.monotonic() - self.started
        left = None
        if self.bytes_done and seconds > 2:
            left = seconds * self.bytes_left / self.bytes_done
        self.progress(
            Progress(
                stage=stage,  # type: ignore[arg-type]
                done=self.settled if done is None else done,
                total=self.total if total is None else total,
                path=path,
                page=page,
                pages=pages,
                documents=self.tally.added + self.tally.updated,
                passages=self.tally.pages,
                failed=len(self.tally.failed),
                rate=(self.tally.pages if done is None else done) / max(seconds, 0.001),
                seconds=seconds,
                left=left,
            )
        )


def worker_count(settings: Settings, asked: int | None, tasks: int) -> int:
    """Reading processes to start: what was asked for, else one a core as memory allows."""
    import psutil

    count = asked or settings.workers
    if not count:
        cores = os.cpu_count() or 1
        free = psutil.virtual_memory().available // 2**20
        count = max(1, min(cores, free // WORKER_MEMORY_MB))
    return max(1, min(count, tasks))


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@contextlib.contextmanager
def _stoppable(stop: threading.Event | None) -> Iterator[threading.Event]:
    """An event that Ctrl-C sets; a second Ctrl-C interrupts at once."""
    stopped = stop or threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stopped
        return

    def handle(number: int, frame: object) -> None:
        if stopped.is_set():
            raise KeyboardInterrupt
        stopped.set()

    before = signal.signal(signal.SIGINT, handle)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)
