"""Work on a whole base without reading files: rebuild the index, bring it up to date."""

from __future__ import annotations

import time

from kb.catalog import Catalog, reads, writer_lock
from kb.catalog.counts import recount
from kb.config import Settings
from kb.ingest.indexing import REAL, Access, Indexer, Told
from kb.ingest.report import IngestReport, Progress, ProgressCallback


def rebuild(
    settings: Settings,
    progress: ProgressCallback | None = None,
    *,
    wait: float | None = None,
    access: Access = REAL,
) -> IngestReport:
    """The search index again from the catalog, and the entity counts from the mentions.

    The old index serves until the new one is whole. Raises ``CatalogError`` where there
    is no catalog, ``Busy`` where another process is writing.
    """
    started = time.monotonic()
    Catalog.open(settings).close()  # says so where there is none
    with writer_lock(settings, "rebuild", wait=wait), Catalog.open(settings, write=True) as catalog:
        with catalog.write() as connection:
            recount(connection)
        told = _teller(progress, started)
        with Indexer(settings, catalog, access, told, anew=True):
            pass
        with catalog.read() as connection:
            in_base, passages = reads.totals(connection)
    return IngestReport(0, 0, 0, (), in_base, passages, time.monotonic() - started)


def sync(settings: Settings, *, wait: float | None = None, access: Access = REAL) -> int:
    """Take what changed in the catalog (a correction, say) into the index.

    Returns the documents taken in. Quick where there is nothing to do.
    """
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        if not reads.queued(connection):
            return 0
    with (
        writer_lock(settings, "index", wait=wait),
        Catalog.open(settings, write=True) as catalog,
        Indexer(settings, catalog, access) as indexer,
    ):
        return indexer.catch_up()


def _teller(progress: ProgressCallback | None, started: float) -> Told | None:
    if progress is None:
        return None

    def told(done: int, total: int) -> None:
        seconds = time.monotonic() - started
        rate = done / max(seconds, 0.001)
        progress(
            Progress(
                stage="indexing",
                done=done,
                total=total,
                passages=done,
                rate=rate,
                seconds=seconds,
                left=(total - done) / rate if done else None,
            )
        )

    return told
