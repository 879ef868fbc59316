"""What a worker does beside reading: jobs of dead ones, the index, links, runs that are through.

Jobs of dead workers are any worker's concern. The rest is for one that has the search index in
its home, or reaches the server of it: a second index somewhere else would lack half of all.
"""

from __future__ import annotations

import logging
import threading
import time

from kb.catalog import Catalog, reads, sightings, writer_lock
from kb.catalog import writes_files as book
from kb.catalog.reading import handed
from kb.clock import now
from kb.config import Settings
from kb.errors import Busy, KBError
from kb.ingest.indexing import Access
from kb.ingest.linking import settle
from kb.ingest.mending import sync
from kb.queue import jobs

EVERY_SECONDS = 5.0
"""Between two rounds; documents are found by a search so much later at most."""
LOOK_SECONDS = 60.0
"""Between two looks for files without a job."""
LINK_SECONDS = 900.0
"""Longest time that links across documents wait for the end of a run."""
_log = logging.getLogger("kb.queue")


class Upkeep:
    """The rounds of one worker."""

    def __init__(self, settings: Settings, catalog: Catalog, access: Access) -> None:
        self._settings = settings
        self._catalog = catalog
        self._access = access
        self._looked = self._linked = time.monotonic()

    @property
    def keeps(self) -> bool:
        """True where the index is this worker's to keep."""
        return self._access.there(self._settings)

    def rounds(self, stopped: threading.Event) -> None:
        """One round after the other until the worker ends."""
        while not stopped.is_set():
            self.attempt()
            stopped.wait(EVERY_SECONDS)

    def attempt(self) -> bool:
        """A round; what fails is done in the next. True where nothing is left to do."""
        try:
            return self._round()
        except Busy:
            return False
        except KBError as error:
            _log.warning("%s", error)
        except Exception:
            _log.exception("a round of upkeep failed")
        return False

    def _round(self) -> bool:
        with self._catalog.write(quiet=True, shared=True) as connection:
            jobs.take_up_stalled(connection)
        if time.monotonic() - self._looked > LOOK_SECONDS:
            self._looked = time.monotonic()
            self._give_jobs()
        with self._catalog.read() as connection:
            waiting = handed.states(connection).get("waiting")
            fresh = handed.has_fresh(connection)
            unlinked = bool(sightings.queued(connection))
            through = handed.finished_runs(connection)
        if not self.keeps:
            return waiting is None
        late = time.monotonic() - self._linked > LINK_SECONDS
        if through or (unlinked and (late or not fresh)):
            self._link()
        sync(self._settings, access=self._access)
        return waiting is None and not through

    def _give_jobs(self) -> None:
        with (
            jobs.opened(self._settings) as app,
            self._catalog.write(quiet=True, shared=True) as connection,
        ):
            jobs.put_again(app, connection)

    def _link(self) -> None:
        """Links across documents, and the end of runs of which nothing waits any more."""
        with (
            writer_lock(self._settings, "worker"),
            Catalog.open(self._settings, write=True) as catalog,
        ):
            with catalog.read() as connection:
                running = handed.queued_runs(connection)
                through = set(handed.finished_runs(connection))
            for run_id in running:
                settle(catalog, run_id)
                if run_id in through:
                    self._finish(catalog, run_id)
        self._linked = time.monotonic()

    @staticmethod
    def _finish(catalog: Catalog, run_id: int) -> None:
        with catalog.write() as connection:
            found = handed.states(connection, run_id)
            done, failed = found.get("done"), found.get("failed")
            counts = {
                "files": done.files if done else 0,
                "failed": failed.files if failed else 0,
                "added": done.documents if done else 0,
                "pages": done.pages if done else 0,
            }
            book.finish_run(connection, run_id, now=now(), status="done", counts=counts)


def indexed(catalog: Catalog) -> bool:
    """True where the index has taken in all that is in the catalog."""
    with catalog.read() as connection:
        return not reads.queued(connection)
