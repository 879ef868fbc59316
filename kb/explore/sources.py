"""The open catalog and search engine behind a ``KnowledgeBase``."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from kb.catalog import Catalog
from kb.catalog.reading.typed import Reading
from kb.catalog.reads import revision
from kb.config import Settings
from kb.errors import IndexStale
from kb.explore import fields, names
from kb.model import EntityType, Filters
from kb.search.engine import EngineResult, Pages, SearchEngine, SearchRequest

log = logging.getLogger(__name__)

RETRY_SECONDS = 1.0
MEMORY = 64
"""Answers kept for the next run of a page; the largest take some 100 kB."""
Answer = TypeVar("Answer")
_KINDS: dict[str, EntityType] = {
    "official": "person",
    "institution": "institution",
    "place": "place",
}


class Sources:
    """Opens the catalog at once, the search engine when first asked for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.catalog = Catalog.open(settings)
        self._engine: SearchEngine | None = None
        self._opened: object = None
        self._problem: str | None = None
        self._tried = 0.0
        self._looked = 0.0
        self._lock = threading.Lock()
        self._revision: str | None = None
        self._memory: OrderedDict[tuple[Hashable, ...], Any] = OrderedDict()
        self._memory_of: str | None = None
        self._beside: Sources | None = None

    def beside(self, make: Callable[[Sources], Sources]) -> Sources:
        """The same base seen in another way, made once and closed with this."""
        with self._lock:
            if self._beside is None:
                self._beside = make(self)
            return self._beside

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """A connection that sees one state of the catalog until the block ends."""
        with self.catalog.read() as connection:
            yield connection

    def remembered(
        self,
        connection: Reading,
        key: tuple[Hashable, ...],
        make: Callable[[], Answer],
        *,
        words: bool = False,
    ) -> Answer:
        """What ``make`` gave under ``key`` for this state of the catalog, made where it is new.

        For answers that are never changed afterwards; with ``words`` the index has a say in
        them, too, which changes at other moments. The ``MEMORY`` used last are kept.
        """
        now = revision(connection)
        if words:
            key = (*key, self._index_version())
        with self._lock:
            if now != self._memory_of:
                self._memory.clear()
                self._memory_of = now
            if key in self._memory:
                self._memory.move_to_end(key)
                found: Answer = self._memory[key]
                return found
        made = make()
        with self._lock:
            if now == self._memory_of:
                self._memory[key] = made
                while len(self._memory) > MEMORY:
                    self._memory.popitem(last=False)
        return made

    def forget(self) -> None:
        """Drop all that is remembered: what an answer costs the first time can be measured."""
        with self._lock:
            self._memory.clear()

    # --- the index ---------------------------------------------------------------

    @property
    def index_problem(self) -> str | None:
        """One sentence where the index cannot be used, else ``None``."""
        try:
            self.engine()
        except IndexStale as error:
            return str(error)
        return None

    def engine(self) -> SearchEngine:
        """The search engine; raises ``IndexStale`` where there is none that fits."""
        with self._lock:
            now = time.monotonic()
            if self._engine is not None and now - self._looked > RETRY_SECONDS:
                self._looked = now
                if self._current() != self._opened:  # rebuilt since: the old one is gone
                    self._close_engine()
            if self._engine is not None:
                return self._engine
            if self._problem is not None and now - self._tried < RETRY_SECONDS:
                raise IndexStale(self._problem)
            self._tried = now
            from kb import search

            stamp = self.catalog.index_stamp(search.ANALYSIS_VERSION)
            try:
                self._opened = self._current()
                self._engine = search.open_engine(
                    self.settings,
                    self.catalog.texts,
                    writable=False,
                    stamp=stamp,
                    resolve=self.resolve,
                )
            except IndexStale as error:
                self._problem = str(error)
                raise
            self._problem = None
            return self._engine

    def search(self, request: SearchRequest) -> EngineResult:
        """Ask the engine; raises ``IndexStale`` where the index turns out to be damaged."""
        return self._asked(lambda engine: engine.search(request))

    def pages(self, query: str, filters: Filters) -> Pages:
        """See ``SearchEngine.pages``; raises ``IndexStale`` as ``search`` does."""
        return self._asked(lambda engine: engine.pages(query, filters))

    def _asked(self, ask: Callable[[SearchEngine], Answer]) -> Answer:
        engine = self.engine()
        try:
            return ask(engine)
        except IndexStale:
            log.warning("the search index cannot be read; opening it again", exc_info=True)
            self._drop(engine)
        return ask(self.engine())

    def _index_version(self) -> Hashable:
        try:
            return self.engine().version()
        except IndexStale:
            return None

    def resolve(self, field: str, text: str) -> Sequence[str]:
        """Ids (or type keys) that a name in a query stands for (``tokoh:"..."``)."""
        if field == "type":
            key = fields.doc_type(text)
            return () if key is None else (key,)
        kind = _KINDS.get(field)
        if kind is None:
            return ()
        with self.read() as connection:
            return names.resolve(connection, text, kind)

    def match_spans(self, query: str, text: str) -> list[tuple[int, int]]:
        """Places in ``text`` that ``query`` matches; none where there is no usable index."""
        try:
            return self.engine().match_spans(query, text)
        except IndexStale:
            return []

    def _drop(self, engine: SearchEngine) -> None:
        with self._lock:
            if self._engine is engine:
                self._close_engine()

    def _close_engine(self) -> None:
        """Let go of the engine; threads that are still searching it keep it alive."""
        self._engine = None

    # --- life ----------------------------------------------------------------------

    def refresh(self) -> bool:
        """Look for what was committed since; True where anything changed."""
        with self._lock:
            self._problem = None
            self._looked = 0.0
        with self.read() as connection:
            now = revision(connection)
        changed = now != self._revision
        self._revision = now
        return changed

    def seen_revision(self) -> str:
        """The catalog's revision as of the last ``refresh``, which the first call does."""
        if self._revision is None:
            self.refresh()
        return self._revision or ""

    def _current(self) -> object:
        """What identifies the index in use."""
        from kb import search

        try:
            return search.current(self.settings)
        except IndexStale:
            return None

    def close(self) -> None:
        with self._lock:
            if self._engine is not None:
                self._engine.close()
                self._engine = None
            if self._beside is not None:
                self._beside.close()
                self._beside = None
        self.catalog.close()
