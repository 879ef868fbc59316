"""One order of what has the words and what has the meaning.

The engine's best hundred passages and the hundred nearest are put in one order
(``candidates``). What follows in the engine's order comes after them. Totals and facets are
those of the words alone.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kb.model import Filters, Hit
from kb.search.engine import EngineResult, SearchEngine, SearchRequest, TextSource
from kb.search.meaning import encoding
from kb.search.meaning.candidates import Candidates, Placed, gathered
from kb.search.meaning.kept import Kept
from kb.search.meaning.question import by_meaning, in_full
from kb.search.meaning.sentence import nearest_sentence
from kb.search.meaning.vectors import Ids, Likeness, Vectors

CANDIDATES = 100
"""Passages of each way that are put in one order."""
MEANT = 20
"""Passages found by meaning alone that are shown at most: there always are nearest ones."""
MOST_LATE = 1000
"""Pages looked through for some that have the words and stand below the candidates."""
BLOCK = 1000
"""Values of a block when the largest are looked for."""
REMEMBERED = 32

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Order:
    """The candidates of one question."""

    words: EngineResult
    """What the engine found, ``CANDIDATES`` passages of it."""
    candidates: Candidates
    placed: tuple[Placed, ...]
    worded: frozenset[int]
    """Documents of the candidates that have the words, on whatever page."""
    query: str
    """As the encoder read it."""


class BothWays:
    """Asks an engine and the vectors of one base. Threads may share it."""

    def __init__(
        self,
        kept: Kept,
        texts: TextSource,
        load: encoding.Load = encoding.load_for_questions,
    ) -> None:
        self._kept = kept
        self._texts = texts
        self._load = load
        self._prepared = False
        self._lock = threading.Lock()
        self._memory: OrderedDict[Hashable, object] = OrderedDict()
        # The engine looks for the words while the encoder reads the question.
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="kb-meaning")

    def search(
        self, engine: SearchEngine, request: SearchRequest, whole: Filters | None = None
    ) -> EngineResult:
        """As ``engine.search``; where the request wants it, by meaning as well.

        ``whole``: filters of the question whose order decides, where ``request`` is about
        some of its documents only.
        """
        started = time.perf_counter()
        order = self._order(engine, request, whole) if _wanted(request) else None
        if order is None:
            return engine.search(request)
        if request.group:
            result = self._documents(engine, request, order, narrowed=whole is not None)
        else:
            result = self._passages(engine, request, order)
        return replace(
            result,
            further=self._further(request, order),
            took_ms=(time.perf_counter() - started) * 1000,
            meant=sum(p.found_by == "meaning" for p in order.placed),
            meant_documents=len(_meant_documents(order)),
        )

    def prepare(self, request: SearchRequest) -> None:
        """Open the encoder in a thread, where this request will need it: an engine that is
        opened for the first time takes as long."""
        if not self._prepared and _wanted(request) and self._kept.are_some():
            self._prepared = True
            threading.Thread(target=self._load, name="kb-encoder", daemon=True).start()

    # --- the order -----------------------------------------------------------------

    def candidates(self, engine: SearchEngine, request: SearchRequest) -> Candidates | None:
        """What is put in one order; ``None`` where the query is asked by words alone."""
        order = self._order(engine, request, None) if _wanted(request) else None
        return None if order is None else order.candidates

    def _order(
        self, engine: SearchEngine, request: SearchRequest, whole: Filters | None
    ) -> Order | None:
        vectors = self._kept.now()
        if not len(vectors):
            return None
        encoder = self._load()
        if encoder is None:
            return None
        asked = replace(
            request,
            filters=request.filters if whole is None else whole,
            group=False,
            limit=CANDIDATES,
            offset=0,
            snippets=False,
            facets=request.facets and whole is None,
        )
        version = engine.version()

        def like_to(text: str) -> Likeness:
            return vectors.like(encoder.embed([text], "query")[0])

        def make() -> Order:
            as_typed = in_full(request.query, None)
            meanwhile = self._threads.submit(like_to, as_typed)
            words = engine.search(asked)
            full = in_full(request.query, words.suggestion)
            allowed = self._allowed(engine, version, vectors, asked.filters)
            like = meanwhile.result() if full == as_typed else like_to(full)
            nearest = _nearest(like, allowed, {h.passage_id for h in words.hits})
            late = _late(engine, asked, words, like.document[nearest].tolist())
            worded = frozenset(h.document_id for h in (*words.hits, *late))
            found = gathered(request.query, words.hits, words.further, late, like, nearest)
            return Order(words, found, found.ordered(), worded, full)

        found = self._remembered((version, vectors.version, asked), make)
        assert isinstance(found, Order)
        return found

    def _allowed(
        self, engine: SearchEngine, version: Hashable, vectors: Vectors, filters: Filters
    ) -> Mask:
        """Which passages of ``vectors`` are in the index and pass the filters."""

        def make() -> object:
            return np.isin(vectors.passages, engine.pages("", filters).passages)

        found = self._remembered(("allowed", version, vectors.version, filters), make)
        assert isinstance(found, np.ndarray)
        return found

    def _remembered(self, key: Hashable, make: Callable[[], object]) -> object:
        with self._lock:
            if key in self._memory:
                self._memory.move_to_end(key)
                return self._memory[key]
        made = make()
        with self._lock:
            self._memory[key] = made
            while len(self._memory) > REMEMBERED:
                self._memory.popitem(last=False)
        return made

    # --- pages of a result -----------------------------------------------------------

    def _passages(self, engine: SearchEngine, request: SearchRequest, order: Order) -> EngineResult:
        first, last = request.offset, request.offset + request.limit
        hits = self._hits(order, order.placed[first:last], request)
        rest = max(0, last - max(first, len(order.placed)))
        if rest:
            skip = max(0, first - len(order.placed))
            further = replace(
                request,
                offset=len(order.words.hits),
                limit=skip + rest + MEANT,  # some of them may stand further up
            ).bare()
            placed = {p.passage for p in order.placed}
            tail = [
                Placed(h.passage_id, h.document_id, h.page, h.score, "words")
                for h in engine.search(further).hits
                if h.passage_id not in placed
            ]
            hits += self._hits(order, tail[skip : skip + rest], request)
        return replace(order.words, hits=tuple(hits))

    def _documents(
        self, engine: SearchEngine, request: SearchRequest, order: Order, *, narrowed: bool
    ) -> EngineResult:
        meant = _meant_documents(order)
        by_document: dict[int, list[Placed]] = {}
        among = set(request.filters.documents)
        for placed in order.placed:
            if not narrowed or placed.document in among:
                by_document.setdefault(placed.document, []).append(placed)
        last = request.offset + request.limit
        ranked = list(by_document)
        if len(ranked) < last:
            plain = replace(
                request,
                offset=0,
                limit=last,
                pages_per_document=1,
            ).bare()
            further = dict.fromkeys(h.document_id for h in engine.search(plain).hits)
            ranked += [d for d in further if d not in by_document and d not in meant]
        shown = ranked[request.offset : last]
        worded = tuple(d for d in shown if d not in meant)
        found = EngineResult(0, 0, (), {}, 0.0)
        if worded:
            filters = replace(request.filters, documents=worded)
            found = engine.search(
                replace(
                    request,
                    filters=filters,
                    offset=0,
                    limit=len(worded),
                    facets=False,
                    suggest=False,
                )
            )
        chosen: list[Placed] = []
        cut: dict[int, str] = {h.passage_id: h.snippet for h in found.hits}
        for document in shown:
            pages = {p.passage: p for p in by_document.get(document, ())}
            for h in found.hits:
                if h.document_id == document and h.passage_id not in pages:
                    pages[h.passage_id] = Placed(h.passage_id, document, h.page, h.score, "words")
            chosen += list(pages.values())[: request.pages_per_document]
        return replace(
            order.words,
            hits=tuple(self._hits(order, chosen, request, cut)),
            pages_by_document={d: found.pages_by_document.get(d, 0) for d in shown},
        )

    def _hits(
        self,
        order: Order,
        placed: Sequence[Placed],
        request: SearchRequest,
        cut: dict[int, str] | None = None,
    ) -> list[Hit]:
        known = cut or {}
        texts: dict[int, str] = {}
        if request.snippets:
            texts = dict(self._texts([p.passage for p in placed if p.passage not in known]))
        return [
            Hit(
                p.passage,
                p.document,
                p.page,
                round(p.score, 4),
                known.get(p.passage) or self._snippet(order, p, texts.get(p.passage, "")),
                p.found_by,
            )
            for p in placed
        ]

    def _further(self, request: SearchRequest, order: Order) -> tuple[Hit, ...]:
        """The engine's further pages that are not in the common order, with their snippets."""
        placed = {p.passage for p in order.placed}
        rest = [h for h in order.words.further if h.passage_id not in placed]
        if request.offset or not request.snippets or not rest or not order.words.snippet_of:
            return () if request.offset else tuple(rest)
        texts = self._texts([h.passage_id for h in rest])
        cut = order.words.snippet_of
        return tuple(replace(h, snippet=cut(texts.get(h.passage_id, ""))) for h in rest)

    def _snippet(self, order: Order, placed: Placed, text: str) -> str:
        if not text:
            return ""
        if placed.found_by == "words":
            return order.words.snippet_of(text) if order.words.snippet_of else ""
        encoder = self._load()
        assert encoder is not None
        return nearest_sentence(encoder, order.query, text, placed.window)


def _wanted(request: SearchRequest) -> bool:
    return request.meaning and request.sort == "relevance" and by_meaning(request.query)


def _meant_documents(order: Order) -> set[int]:
    return {p.document for p in order.placed} - order.worded


def _nearest(like: Likeness, allowed: Mask, worded: Collection[int]) -> Ids:
    """Places of the nearest passages: all that are in ``worded``, ``MEANT`` others."""
    cosine = np.where(allowed & like.readable, like.cosine, np.float32(-2.0))
    kept = _largest(cosine, CANDIDATES)
    kept = kept[np.lexsort((kept, -cosine[kept]))]
    kept = kept[cosine[kept] > -1.0]
    has_words = np.isin(like.passage[kept], list(worded))
    found: Ids = kept[has_words | (np.cumsum(~has_words) <= MEANT)].astype(np.int64)
    return found


def _largest(values: NDArray[np.float32], count: int) -> Ids:
    """Places of the ``count`` largest. As many blocks have a value of at least the ``count``-th
    largest maximum of a block, so only values from there on are looked at."""
    blocks = values[: len(values) // BLOCK * BLOCK].reshape(-1, BLOCK).max(axis=1)
    kept = np.arange(len(values))
    if len(blocks) > count:
        kept = np.flatnonzero(values >= np.partition(blocks, -count)[-count])
    if len(kept) > count:
        kept = kept[np.argpartition(-values[kept], count)[:count]]
    return kept.astype(np.int64)


def _late(
    engine: SearchEngine, asked: SearchRequest, words: EngineResult, documents: Sequence[int]
) -> tuple[Hit, ...]:
    """Pages of these documents that have the words, but stand below the candidates."""
    if words.total <= len(words.hits) or not documents:
        return ()
    among = replace(asked.filters, documents=tuple(dict.fromkeys(documents)))
    only = replace(asked, filters=among, limit=MOST_LATE).bare()
    if not words.relaxed:
        only = replace(only, words="all")
    elif "fuzzy" not in words.notes:
        only = replace(only, words="any")  # that none has all of them is known
    found = engine.search(only)
    if found.relaxed != words.relaxed:
        return ()  # here, but not in all documents, the words had to be searched otherwise
    known = {h.passage_id for h in words.hits}
    return tuple(h for h in found.hits if h.passage_id not in known)
