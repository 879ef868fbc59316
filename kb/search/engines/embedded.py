"""What engines inside this process answer alike: they differ in how passages are kept.

A search runs over a *source* (``searching.Source``): a snapshot of one commit.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path

from kb.model import Filters, Hit
from kb.search import store
from kb.search.damage import damage_is_stale
from kb.search.engine import EngineResult, Pages, SearchRequest, TextSource
from kb.search.plan import Resolve
from kb.search.searching import Searching, Source


class EmbeddedEngine(ABC):
    """The reading half of a ``SearchEngine`` over the newest commit of a folder."""

    def __init__(
        self, home: Path, meta: store.IndexMeta, texts: TextSource, resolve: Resolve | None
    ) -> None:
        self._meta = meta
        self._path = home / meta.folder
        self._searching = Searching(texts, resolve)

    @abstractmethod
    def _fresh(self) -> Source:
        """The newest commit that is ready to be searched."""

    def search(self, request: SearchRequest) -> EngineResult:
        """Passages that match, best first, with facet counts over all of them."""
        with damage_is_stale():
            return self._searching.search(self._fresh(), request)

    def pages(self, query: str, filters: Filters) -> Pages:
        """See ``SearchEngine.pages``."""
        with damage_is_stale():
            return self._searching.pages(self._fresh(), query, filters)

    def match_spans(self, query: str, text: str) -> list[tuple[int, int]]:
        """Offsets in ``text`` that ``query`` matches."""
        with damage_is_stale():
            return self._searching.match_spans(self._fresh(), query, text)

    def suggest(self, prefix: str, limit: int = 8) -> list[str]:
        """Completions of ``prefix``."""
        with damage_is_stale():
            return self._searching.suggest(self._fresh(), prefix, limit)

    def similar(self, text: str, limit: int = 10) -> list[Hit]:
        """Passages that share the rarest words of ``text``."""
        with damage_is_stale():
            return self._searching.similar(self._fresh(), text, limit)

    def frequencies(self, words: Iterable[str]) -> dict[str, int]:
        """How many bodies and titles have each folded word as written."""
        with damage_is_stale():
            source = self._fresh()
            return {word: source.frequency(word) for word in words}
