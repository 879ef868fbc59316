"""Files handed to the workers: what ``kb ingest --queue`` does instead of reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kb import depot
from kb.catalog import Catalog, reads, writer_lock
from kb.catalog import writes_files as book
from kb.catalog.reading import handed
from kb.catalog.writes_handed import Handing, hand_over
from kb.clock import now
from kb.config import Settings
from kb.errors import ReadError
from kb.ingest import stages as steps
from kb.ingest.indexing import REAL, Access, Indexer
from kb.ingest.linking import load_authority
from kb.ingest.report import Failure, ProgressCallback
from kb.ingest.sifting import Sifter, Task
from kb.ingest.stages import Stages
from kb.ingest.tally import Tally
from kb.queue import jobs
from kb.readers.discover import discover
from kb.readers.leaving import Skipped

_AT_ONCE = 100
"""Files noted in one transaction."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of the named files."""

    files: int
    """Handed to the workers."""
    waiting: int
    """Handed over before and not read yet."""
    unchanged: int
    """Documents of files that are in as they are."""
    failed: tuple[Failure, ...]
    """Files that could not be handed over, or failed before and did not change."""
    skipped: tuple[Skipped, ...]
    copied: int
    """Copied to where the setting ``originals`` says; the others are read where they lie."""


def hand_in(
    settings: Settings,
    paths: Sequence[str | Path],
    *,
    ocr: str | None = None,
    force: bool = False,
    in_place: bool = False,
    progress: ProgressCallback | None = None,
    wait: float | None = None,
    stages: Stages | None = None,
    access: Access = REAL,
) -> Handed:
    """Put a job for each file that must be read into the queue.

    Where the setting ``originals`` names a place, files that lie elsewhere are copied there,
    unless they are ``in_place``: every worker sees them by the same path. Raises ``ConfigError``
    without PostgreSQL, ``ReadError`` for a path that does not exist, ``Busy``.
    """
    jobs.require(settings)
    found = discover(paths)
    tally = Tally(progress)
    tally.skip(found.skipped)
    tally.total = len(found.files)
    with (
        writer_lock(settings, "queue", wait=wait),
        Catalog.open(settings, write=True) as catalog,
        jobs.opened(settings) as app,
    ):
        jobs.prepare(app, catalog)
        first = _first_time(settings, catalog, access)
        with catalog.write() as connection:
            load_authority(connection)
            run_id = book.queue_run(connection, now=now())
        if first:
            Indexer(settings, catalog, access).close()
        stamp = (stages or steps.real(settings.tagger)).stamp()
        mode = ocr or settings.ocr
        sifter = Sifter(catalog, tally, run_id, stamp, mode, force, bool(settings.pdf_passwords))
        tasks = sifter.sift([path.absolute() for path in found.files])
        count = waiting = copied = 0
        for start in range(0, len(tasks), _AT_ONCE):
            some = tasks[start : start + _AT_ONCE]
            with catalog.read() as connection:
                known = handed.waiting(connection, [task.name for task in some])
            unknown = [task for task in some if sifter.decide(task)]
            ready = [one for task in unknown if (one := _ready(settings, task, tally, in_place))]
            fresh = [one for one in ready if known.get(one.path) != one.sha256]
            with catalog.write(quiet=True) as connection:
                hand_over(connection, fresh, run_id, now=now())
                for one in fresh:
                    jobs.put(app, connection, one.path, one.sha256, mode, force)
            count += len(fresh)
            waiting += len(ready) - len(fresh)
            copied += sum(one.copy is not None for one in fresh)
            for one in ready:
                tally.settle(one.path)
        if not count:
            with catalog.write(quiet=True) as connection:
                book.finish_run(connection, run_id, now=now(), status="done", counts={"files": 0})
    return Handed(
        count,
        waiting,
        tally.unchanged,
        tuple(sorted(tally.failed, key=lambda failure: failure.path)),
        tuple(tally.skipped),
        copied,
    )


def _first_time(settings: Settings, catalog: Catalog, access: Access) -> bool:
    """True where this home is to have the index: nothing is in the base yet."""
    with catalog.read() as connection:
        return not access.there(settings) and reads.totals(connection)[0] == 0


def _ready(settings: Settings, task: Task, tally: Tally, in_place: bool) -> Handing | None:
    """The file as it is handed over, ``None`` where it cannot be."""
    assert task.file is not None
    sha256, copy = task.file.sha256, None
    try:
        if depot.is_set(settings) and not in_place and not depot.below(settings, task.path):
            copy = depot.keep(settings, task.path, sha256)
    except ReadError as error:
        tally.fail(str(task.path), f"no access: {error}")
        return None
    return Handing(task.name, sha256, task.size, task.changed, task.touched, task.mtime_ns, copy)
