"""What a search engine must do. Engines are derived from the catalog and can be rebuilt.

Analysis, the query tree, filters, facet columns and snippets are ours and
shared; an engine finds and ranks passages. ``tests/search/test_engine_contract.py``
takes the engine as a parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from kb.model import Facet, Filters, Hit, Passage, Sort

TextSource = Callable[[Sequence[int]], Mapping[int, str]]
"""Gives the stored text of passages by id: text lives in the catalog, not in the index."""

FACETS = ("year", "institution", "type", "official", "place", "figures")


@dataclass(frozen=True, slots=True)
class SearchRequest:
    query: str
    filters: Filters = field(default_factory=Filters)
    sort: Sort = "relevance"
    limit: int = 10
    offset: int = 0
    group: bool = False
    """True: ``limit``/``offset`` count documents, with up to ``pages_per_document`` hits each."""
    pages_per_document: int = 3
    snippets: bool = True
    facets: bool = True
    facet_names: tuple[str, ...] = FACETS
    """Which of them, where not all are looked at."""
    facet_limit: int = 50
    meaning: bool = False
    """Whether a question may be asked by meaning, too: engines know words alone, see
    ``kb.search.meaning.both_ways``."""
    further: bool = False
    """True: where few passages have all the words, those with any of them are given too."""
    suggest: bool = True
    """False: no corrected query is looked for (nor where ``limit`` is 0 and only counts are)."""
    weigh: bool = True
    """False: the order of the index alone, no texts are read for it (``kb.search.beside``)."""
    words: Literal["all first", "all", "any"] = "all first"
    """Passages with all of the words, or where none has, with any; or one of these alone."""
    counted: bool = True
    """False: ``EngineResult.documents`` is not wanted and stays 0."""

    def bare(self) -> SearchRequest:
        """The same for its hits alone, in the order of the index: no snippets, no facets, no
        corrected query, no texts read, no documents counted."""
        return replace(
            self, snippets=False, facets=False, suggest=False, weigh=False, counted=False
        )


@dataclass(frozen=True, slots=True)
class EngineResult:
    total: int
    """Matching passages."""
    documents: int
    """Documents they stand in."""
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[Facet, ...]]
    """Of the facets asked for, by name: passages of each value. Labels are the raw values,
    ``explore`` names them. Documents are not counted by value."""
    took_ms: float
    relaxed: bool = False
    """True where no passage had all words and any word was searched instead."""
    suggestion: str | None = None
    """"Maksud Anda": a corrected query, where the corpus knows a closer word."""
    notes: tuple[str, ...] = ()
    """Codes for people: what in the query was ignored or capped."""
    pages_by_document: Mapping[int, int] = field(default_factory=dict)
    """Matching pages of each document among the hits, where they are grouped."""
    snippet_of: Callable[[str], str] | None = field(default=None, compare=False, repr=False)
    """Cuts the snippet of a text as the hits have it."""
    meant: int = 0
    """Passages in the order that were found by meaning alone; ``total`` is without them."""
    meant_documents: int = 0
    """Documents in the order of which no passage has the words."""
    further: tuple[Hit, ...] = ()
    """Passages with some of the words, best first: in no total and no facet, never grouped."""


@dataclass(frozen=True, slots=True)
class IndexStats:
    passages: int
    documents: int
    bytes: int
    stamp: str


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages without order: ``numbers[i]`` is a page of document ``documents[i]``, and
    ``passages[i]`` its id."""

    documents: NDArray[np.int64]
    numbers: NDArray[np.int64]
    passages: NDArray[np.int64]


class SearchEngine(Protocol):
    """One open index. Readers and one writer may have it open at the same time."""

    name: str

    def add(self, passages: Iterable[Passage]) -> int:
        """Queue passages for the next commit; a passage id already in is replaced."""
        ...

    def delete(self, document_ids: Iterable[int]) -> None:
        """Queue all passages of these documents for deletion at the next commit."""
        ...

    def commit(self) -> None:
        """Make queued changes durable and visible to new searches."""
        ...

    def search(self, request: SearchRequest) -> EngineResult: ...

    def pages(self, query: str, filters: Filters) -> Pages:
        """All pages of which a part may be what ``query`` asks for, without making hits.

        Those that ``search`` finds with all words, and those that hold words the query denies,
        which a part of the page may do without.
        """
        ...

    def version(self) -> Hashable:
        """Another one as soon as searches see another commit."""
        ...

    def match_spans(self, query: str, text: str) -> list[tuple[int, int]]:
        """Offsets in ``text`` that ``query`` matches, for marking a page."""
        ...

    def suggest(self, prefix: str, limit: int = 8) -> list[str]:
        """Completions of the last word of ``prefix`` from titles and text."""
        ...

    def similar(self, text: str, limit: int = 10) -> list[Hit]:
        """More like this: passages that share the rarest words of ``text``, best first.

        The best passage of each document, without snippets. Where ``text`` is itself a
        passage of the index, its own document comes first.
        """
        ...

    def frequencies(self, words: Iterable[str]) -> dict[str, int]:
        """How many bodies and titles of passages have each folded word as written."""
        ...

    def stats(self) -> IndexStats: ...

    def passage_ids(self) -> set[int]:
        """Ids of all live passages, for ``kb check``."""
        ...

    def close(self) -> None: ...
