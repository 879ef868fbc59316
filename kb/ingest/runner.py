"""One ingest from the first file to the report."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from kb.catalog import Catalog, Written, reads, writer_lock
from kb.catalog import writes_files as book
from kb.clock import now
from kb.config import Settings
from kb.ingest import stages as steps
from kb.ingest.embedding import waiting
from kb.ingest.indexing import REAL, Access, Indexer
from kb.ingest.intake import Intake, Manner
from kb.ingest.linking import load_authority, settle
from kb.ingest.report import IngestReport, ProgressCallback
from kb.ingest.stages import Stages
from kb.ingest.stopping import stoppable
from kb.ingest.tally import Tally
from kb.readers.discover import discover


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
        with catalog.write() as connection:
            self._run_id = book.start_run(connection, now=now(), pid=os.getpid())
            load_authority(connection)

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
        intake = Intake(
            self._settings,
            self._catalog,
            self._stages,
            Manner(self._run_id, ocr, force, passwords),
            tally,
            self._stopped,
            self._took,
            self._indexer.tick,
        )
        tally.total = len(found)
        todo = intake.sifter.sift(found)
        tally.bytes_left = sum(task.size for task in todo)
        try:
            intake.take(deque(todo), workers)
        finally:
            # Also on the way out of an error: what is in the catalog becomes searchable.
            tally.tell("finishing")
            self._indexer.commit()
        settle(self._catalog, self._run_id, whole=not self._stopped.is_set())
        self._indexer.catch_up()
        return self._report()

    def _took(self, written: Written) -> None:
        new = written.change == "added"
        self._indexer.take(written.document_id, written.pages, new=new)

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
            book.finish_run(connection, self._run_id, now=now(), status=status, counts=counts)
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
