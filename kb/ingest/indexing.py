"""Keeps the search index what the catalog says, whatever happened in between.

Every change of a document notes it in ``index_queue`` within its own transaction. The
index takes the noted documents in, commits, and only then are they crossed off: after a
crash at any point the list still says what to do again, and doing it twice does no harm.
An index of another catalog, version or analysis, or a damaged one, is built anew beside
the old one and takes its place when it is whole.
"""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from kb.catalog import Catalog, reads
from kb.catalog.writes import queue, unqueue
from kb.catalog.writes_files import set_meta
from kb.config import Settings
from kb.errors import IndexStale, SearchDown
from kb.model import Passage
from kb.search.engine import SearchEngine

BATCH_PASSAGES = 2000
"""Passages between two commits of the index."""
BATCH_DOCUMENTS = 20
"""Documents whose passages are read from the catalog at once."""
BATCH_SECONDS = 30.0
"""Longest time that stored documents stay unsearchable."""

Told = Callable[[int, int], None]
"""Told (passages done, passages in all)."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Access:
    """The ways to the search index of a catalog."""

    write: Callable[[Settings, Catalog], SearchEngine]
    """Open for writing, created where there is none."""
    read: Callable[[Settings, Catalog], SearchEngine]
    replacing: Callable[[Settings, Catalog], AbstractContextManager[SearchEngine]]
    """An empty index that takes the place of the old one when the block ends."""
    there: Callable[[Settings], bool] = lambda settings: settings.search_path.exists()
    """True where there is an index."""


def _write(settings: Settings, catalog: Catalog) -> SearchEngine:
    from kb.search import open_engine

    return open_engine(settings, catalog.texts, writable=True, stamp=stamp(catalog))


def _read(settings: Settings, catalog: Catalog) -> SearchEngine:
    from kb.search import open_engine

    return open_engine(settings, catalog.texts, stamp=stamp(catalog))


def _replacing(settings: Settings, catalog: Catalog) -> AbstractContextManager[SearchEngine]:
    from kb.search import replacing

    return replacing(settings, catalog.texts, stamp=stamp(catalog))


def _there(settings: Settings) -> bool:
    from kb.search import current

    return current(settings) is not None


REAL = Access(_write, _read, _replacing, _there)
"""The engine that the settings name."""


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
        access: Access = REAL,
        told: Told | None = None,
        *,
        anew: bool = False,
    ) -> None:
        self._settings = settings
        self._catalog = catalog
        self._access = access
        self._pending: dict[int, int] = {}
        self._waiting: list[int] = []
        self._stale: list[int] = []
        self._since = time.monotonic()
        self._took = 0.0
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
            return self._access.write(self._settings, self._catalog)
        except SearchDown:  # the index is there and whole
            raise
        except IndexStale as error:
            reason = str(error)
        except Exception as error:  # a damaged index fails in its engine's own ways
            _log.warning("search index cannot be opened: %r", error)
            reason = f"it is damaged ({type(error).__name__})"
        self.notes.append(f"The search index was built anew: {reason}")
        return self._build_anew(told)

    # --- keeping up ------------------------------------------------------------

    def take(self, document_id: int, passages: int, *, new: bool = False) -> None:
        """Take a document in as the catalog has it then; committed in batches.

        ``new``: the index cannot have anything of it yet.
        """
        if document_id in self._pending:
            self.commit()
            new = False
        if not self._pending:
            self._since = time.monotonic()
        self._pending[document_id] = passages
        self._waiting.append(document_id)
        if not new:
            self._stale.append(document_id)
        if len(self._waiting) >= BATCH_DOCUMENTS:
            self._put()
        if sum(self._pending.values()) >= BATCH_PASSAGES:
            self.commit()
        self.tick()

    def _put(self) -> None:
        """Hand the documents that wait to the engine."""
        if self._stale:
            self._engine.delete(self._stale)
        with self._catalog.read() as connection:
            for passages in _batches(reads.passages(connection, self._waiting)):
                self._engine.add(passages)
        self._waiting, self._stale = [], []

    def tick(self) -> None:
        """Commit what has waited long enough; call it now and then."""
        # On a slow disk or a busy machine commits must not become the main work.
        patience = max(BATCH_SECONDS, 10 * self._took)
        if self._pending and time.monotonic() - self._since > patience:
            self.commit()

    def commit(self) -> None:
        """Make everything taken in so far visible to searches, and cross it off."""
        self._since = time.monotonic()
        if not self._pending:
            return
        self._put()
        self._catalog.checkpoint()
        self._engine.commit()
        with self._catalog.write() as connection:
            unqueue(connection, list(self._pending))
            set_meta(connection, "index_changed", str(time.time_ns()))
        self._pending = {}
        self._took = time.monotonic() - self._since
        self._since = time.monotonic()

    def catch_up(self) -> int:
        """Commit, then take in whatever else is noted; returns how many documents that was."""
        self.commit()
        with self._catalog.read() as connection:
            waiting = reads.queued(connection)
        self._take_all(waiting, None)
        return len(waiting)

    # --- mending ---------------------------------------------------------------

    def mend(self, told: Told | None = None) -> int:
        """Do what a crash left undone; returns the documents taken in again.

        Documents noted in the queue are taken in, then the passages of catalog and index
        are compared: missing ones are added; passages that the catalog does not have mean
        an index that is not this catalog's, which is built anew.
        """
        try:
            return self._mend(told)
        except SearchDown:
            raise
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
        with self._catalog.write() as connection:
            everything = reads.document_ids(connection)
            queue(connection, everything)
            sizes = reads.page_counts(connection, everything)
        total, done, waiting = sum(sizes.values()), 0, 0
        with self._access.replacing(self._settings, self._catalog) as engine:
            for start in range(0, len(everything), BATCH_DOCUMENTS):
                part = everything[start : start + BATCH_DOCUMENTS]
                with self._catalog.read() as connection:
                    for passages in _batches(reads.passages(connection, part)):
                        waiting += engine.add(passages)
                        if waiting >= BATCH_PASSAGES:
                            engine.commit()
                            waiting = 0
                done += sum(sizes[number] for number in part)
                if told is not None:
                    told(done, total)
        with self._catalog.write() as connection:
            unqueue(connection, reads.queued(connection))
            set_meta(connection, "index_changed", str(time.time_ns()))
        self._pending, self._waiting, self._stale = {}, [], []
        return self._access.write(self._settings, self._catalog)


def _batches(passages: Iterator[Passage]) -> Iterator[list[Passage]]:
    while part := list(itertools.islice(passages, 200)):
        yield part
