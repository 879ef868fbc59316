"""Keeps the search index what the catalog says, whatever happened in between.

Every change of a document notes it in ``index_queue`` within its own transaction. The
index takes the noted documents in, commits, and only then are they crossed off: after a
crash at any point the list still says what to do again, and doing it twice does no harm.
An index of another catalog, version or analysis, or a damaged one, is built anew beside
the old one and takes its place when it is whole.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kb.catalog import Catalog, reads
from kb.catalog.writes import queue, unqueue
from kb.catalog.writes_files import set_meta
from kb.config import Settings
from kb.errors import IndexStale
from kb.search.engine import SearchEngine

BATCH_PASSAGES = 2000
"""Passages between two commits of the index."""
BATCH_SECONDS = 30.0
"""Longest time that stored documents stay unsearchable."""

Opener = Callable[[Settings, Catalog], SearchEngine]
Told = Callable[[int, int], None]
"""Told (passages done, passages in all)."""

_log = logging.getLogger(__name__)


def open_real(settings: Settings, catalog: Catalog) -> SearchEngine:
    """The engine that the settings name, open for writing."""
    from kb.search import open_engine

    return open_engine(settings, catalog.texts, writable=True, stamp=stamp(catalog))


def open_to_read(settings: Settings, catalog: Catalog) -> SearchEngine:
    """The engine that the settings name, open for reading."""
    from kb.search import open_engine

    return open_engine(settings, catalog.texts, stamp=stamp(catalog))


def stamp(catalog: Catalog) -> str:
    """What the index of this catalog bears."""
    from kb.search import ANALYSIS_VERSION

    return catalog.index_stamp(ANALYSIS_VERSION)


class Indexer:
    """The index of one catalog while its writer works. Close it, or use it as a context."""

    def __init__(
        self,
        settings: Settings,
        catalog: Catalog,
        opener: Opener = open_real,
        told: Told | None = None,
        *,
        anew: bool = False,
    ) -> None:
        self._settings = settings
        self._catalog = catalog
        self._opener = opener
        self._pending: dict[int, int] = {}
        self._since = time.monotonic()
        self.notes: list[str] = []
        self._engine = self._build_anew(told) if anew else self._open(told)

    def __enter__(self) -> Indexer:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the index; what was not committed stays noted in the catalog."""
        self._engine.close()

    @property
    def engine(self) -> SearchEngine:
        """The open engine."""
        return self._engine

    def _open(self, told: Told | None) -> SearchEngine:
        try:
            return self._opener(self._settings, self._catalog)
        except IndexStale as error:
            reason = str(error)
        except Exception as error:  # a damaged index fails in its engine's own ways
            _log.warning("search index cannot be opened: %r", error)
            reason = f"it is damaged ({type(error).__name__})"
        self.notes.append(f"The search index was built anew: {reason}")
        return self._build_anew(told)

    # --- keeping up ------------------------------------------------------------

    def take(self, document_id: int, passages: int) -> None:
        """Take a document in as the catalog has it now; committed in batches."""
        if document_id in self._pending:
            self.commit()
        self._put([document_id])
        self._pending[document_id] = passages
        if sum(self._pending.values()) >= BATCH_PASSAGES:
            self.commit()
        self.tick()

    def tick(self) -> None:
        """Commit what has waited long enough; call it now and then."""
        if self._pending and time.monotonic() - self._since > BATCH_SECONDS:
            self.commit()

    def catch_up(self) -> int:
        """Commit, then take in whatever else is noted; returns how many documents that was."""
        self.commit()
        with self._catalog.read() as connection:
            waiting = reads.queued(connection)
        self._take_all(waiting, None)
        return len(waiting)

    def commit(self) -> None:
        """Make everything taken in so far visible to searches, and cross it off."""
        self._since = time.monotonic()
        if not self._pending:
            return
        self._catalog.checkpoint()
        self._engine.commit()
        with self._catalog.write() as connection:
            unqueue(connection, list(self._pending))
            set_meta(connection, "index_changed", str(time.time_ns()))
        self._pending = {}

    def _put(self, document_ids: Sequence[int]) -> int:
        with self._catalog.read() as connection:
            passages = list(reads.passages(connection, document_ids))
        self._engine.delete(document_ids)
        return self._engine.add(passages) if passages else 0

    # --- mending ---------------------------------------------------------------

    def mend(self, told: Told | None = None) -> int:
        """Do what a crash left undone; returns the documents taken in again.

        Documents noted in the queue are taken in, then the passages of catalog and index
        are compared: missing ones are added; passages that the catalog does not have mean
        an index that is not this catalog's, which is built anew.
        """
        try:
            return self._mend(told)
        except Exception as error:
            _log.warning("search index cannot be mended: %r", error)
            self._engine.close()
            self.notes.append(
                f"The search index was built anew: it is damaged ({type(error).__name__})"
            )
            self._engine = self._build_anew(told)
            return 0

    def _mend(self, told: Told | None) -> int:
        with self._catalog.read() as connection:
            waiting = reads.queued(connection)
        self._take_all(waiting, told)
        with self._catalog.read() as connection:
            stored = reads.passage_ids(connection)
        indexed = self._engine.passage_ids()
        if indexed - stored:
            self._engine.close()
            self.notes.append(
                "The search index was built anew: it held passages the catalog does not have"
            )
            self._engine = self._build_anew(told)
            return len(waiting)
        missing = sorted(stored - indexed)
        if missing:
            with self._catalog.write() as connection:
                lost = sorted(reads.documents_of_passages(connection, missing))
                queue(connection, lost)
            self._take_all(lost, told)
            waiting += lost
        if waiting:
            self.notes.append(f"{len(waiting)} documents were taken into the index again")
        return len(waiting)

    def _take_all(self, document_ids: Sequence[int], told: Told | None) -> None:
        done = 0
        with self._catalog.read() as connection:
            sizes = reads.page_counts(connection, document_ids)
        total = sum(sizes.values())
        for document_id in document_ids:
            self.take(document_id, sizes.get(document_id, 0))
            done += sizes.get(document_id, 0)
            if told is not None:
                told(done, total)
        self.commit()

    def _build_anew(self, told: Told | None) -> SearchEngine:
        """Build beside the old index, then put the new one in its place."""
        place = self._settings.home / "rebuild"
        _remove(place)
        place.mkdir(parents=True)
        beside = replace(self._settings, home=place)
        with self._catalog.write() as connection:
            everything = reads.document_ids(connection)
            queue(connection, everything)
            sizes = reads.page_counts(connection, everything)
        self._engine = self._opener(beside, self._catalog)
        total, done = sum(sizes.values()), 0
        waiting = 0
        for document_id in everything:
            waiting += self._put([document_id])
            done += sizes.get(document_id, 0)
            if waiting >= BATCH_PASSAGES:
                self._engine.commit()
                waiting = 0
            if told is not None:
                told(done, total)
        self._engine.commit()
        self._engine.close()
        _remove(self._settings.search_path)
        beside.search_path.replace(self._settings.search_path)
        _remove(place)
        engine = self._opener(self._settings, self._catalog)
        with self._catalog.write() as connection:
            unqueue(connection, reads.queued(connection))
            set_meta(connection, "index_changed", str(time.time_ns()))
        self._pending = {}
        return engine


def _remove(folder: Path) -> None:
    """Take a folder away; where a reader holds a file of it open, move it aside first."""
    if not folder.exists():
        return
    try:
        shutil.rmtree(folder)
    except OSError:
        aside = folder.with_name(f"{folder.name}.old-{time.time_ns()}")
        folder.replace(aside)
        shutil.rmtree(aside, ignore_errors=True)
