"""What engines answer alike: they differ in how passages are kept.

A search runs over a *source* (``searching.Source``): a snapshot of one commit.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from kb.model import Filters, Hit
from kb.search import store
from kb.search.damage import damage_is_stale
from kb.search.engine import EngineResult, Pages, SearchRequest, TextSource
from kb.search.plan import Resolve
from kb.search.searching import Searching, Source

T = TypeVar("T")


class SourceEngine(ABC):
    """The reading half of a ``SearchEngine`` over the newest commit of an index."""

    def __init__(self, texts: TextSource, resolve: Resolve | None) -> None:
        self._searching = Searching(texts, resolve)

    @abstractmethod
    def _fresh(self) -> Source:
        """The newest commit that is ready to be searched."""

    def _ask(self, action: Callable[[Source], T]) -> T:
        """What ``action`` finds in the newest commit. Raises ``IndexStale`` for damage."""
        with damage_is_stale():
            return action(self._fresh())

    def search(self, request: SearchRequest) -> EngineResult:
        """Passages that match, best first, with facet counts over all of them."""
        return self._ask(lambda source: self._searching.search(source, request))

    def pages(self, query: str, filters: Filters) -> Pages:
        """See ``SearchEngine.pages``."""
        return self._ask(lambda source: self._searching.pages(source, query, filters))

    def match_spans(self, query: str, text: str) -> list[tuple[int, int]]:
        """Offsets in ``text`` that ``query`` matches."""
        return self._ask(lambda source: self._searching.match_spans(source, query, text))

    def suggest(self, prefix: str, limit: int = 8) -> list[str]:
        """Completions of ``prefix``."""
        return self._ask(lambda source: self._searching.suggest(source, prefix, limit))

    def similar(self, text: str, limit: int = 10) -> list[Hit]:
        """Passages that share the rarest words of ``text``."""
        return self._ask(lambda source: self._searching.similar(source, text, limit))

    def frequencies(self, words: Iterable[str]) -> dict[str, int]:
        """How many bodies and titles have each folded word as written."""
        return self._ask(lambda source: {word: source.frequency(word) for word in words})


class EmbeddedEngine(SourceEngine):
    """An engine inside this process: its index is a folder of the home."""

    def __init__(
        self, home: Path, meta: store.IndexMeta, texts: TextSource, resolve: Resolve | None
    ) -> None:
        super().__init__(texts, resolve)
        self._meta = meta
        self._path = home / meta.folder
