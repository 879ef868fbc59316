"""One commit of an index, open for searching: never changes, safe between threads."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from kb.model import Filters, Sort
from kb.search import ordering, ranking
from kb.search.columns import EAGER, LABEL, Columns
from kb.search.engine import Pages, SearchRequest
from kb.search.engines.whoosh.evaluation import Evaluator, Found
from kb.search.engines.whoosh.folder import STEM_SUFFIX, Segment
from kb.search.language.analysis import stem
from kb.search.lexicon import Lexicon, Titles, merge_counts
from kb.search.plan import Plan
from kb.search.postings import WIDTH, ByteBudget, Docs, Ints, Postings
from kb.search.ranking import KEY, TEXT, TITLE
from kb.search.searching import Outcome, Row

CACHE_BYTES = 160 << 20
"""Decoded postings kept, and as much again for positions."""

PLANS = 64
FOUND_BYTES = 32 << 20
"""What plans matched before filters, kept: the next page, another filter, and the pages that
``kb.search.meaning`` looks up among some documents ask the same plan again."""

_EMPTY = Postings(
    np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int32), np.empty(0, dtype=np.uint16)
)


class Snapshot:
    """Postings, columns, words and titles of one commit."""

    def __init__(self, generation: int, segments: Sequence[Segment]) -> None:
        self.generation = generation
        self.segments = tuple(segments)
        self._bases: list[int] = np.cumsum([0, *(s.count for s in segments)]).tolist()
        self.columns = self._columns()
        self._norms: dict[str, NDArray[np.float32]] = {}
        self._postings: ByteBudget[Postings] = ByteBudget(CACHE_BYTES, lambda p: p.nbytes)
        self._keys: ByteBudget[Ints] = ByteBudget(CACHE_BYTES, lambda k: k.nbytes)
        # A plan is kept with what it found, and may be larger: no more than so many of them.
        self._found: ByteBudget[Found] = ByteBudget(
            FOUND_BYTES, lambda f: max(f.docs.nbytes + f.scores.nbytes, FOUND_BYTES // PLANS)
        )
        self._lock = threading.Lock()
        self._lexicon: Lexicon | None = None
        self._titles: Titles | None = None

    # -- columns ------------------------------------------------------------------------------

    def _column(self, name: str) -> NDArray[np.int64]:
        if not self.segments:
            return np.empty(0, dtype=np.int64)
        return np.concatenate([segment.column(name) for segment in self.segments])

    def _columns(self) -> Columns:
        live = np.ones(self._bases[-1], dtype=bool)
        keyed: dict[str, dict[str, list[Docs]]] = {prefix: {} for prefix in EAGER}
        for base, segment in zip(self._bases, self.segments, strict=False):
            live[segment.deleted + base] = False
            for prefix, column in keyed.items():
                for value, docs in segment.keyed(prefix).items():
                    column.setdefault(value, []).append(
                        (docs + base).astype(np.int32) if base else docs
                    )
        joined = {
            prefix: {
                value: lists[0] if len(lists) == 1 else np.concatenate(lists)
                for value, lists in column.items()
            }
            for prefix, column in keyed.items()
        }
        return Columns(
            passage=self._column("passage"),
            document=self._column("document"),
            page=self._column("page").astype(np.int32),
            date=self._column("date").astype(np.int32),
            live=live,
            keyed=joined,
            lookup=partial(_key_docs, self.segments, self._bases),
        )

    # -- postings -----------------------------------------------------------------------------

    def _read(self, field: str, term: str, *, positions: bool) -> Postings:
        return _read(self.segments, self._bases, field, term, positions=positions)

    def _stemmed(self, field: str, text: str, *, positions: bool) -> Postings:
        """A stem is where words that became it are, and where it stands itself."""
        others = self._read(field + STEM_SUFFIX, text, positions=positions)
        if stem(text) != text:
            return others
        own = self._read(field, text, positions=positions)
        if not len(others.docs):
            return own
        if not len(own.docs):
            return others
        return _merge(own, others)

    def postings(self, field: str, text: str, exact: bool) -> Postings:
        """Documents and frequencies of a term."""
        read = self._read if exact else self._stemmed
        return self._postings.get((field, text, exact), lambda: read(field, text, positions=False))

    def keys(self, field: str, text: str, exact: bool) -> Ints:
        """``document * WIDTH + position`` of every occurrence, ascending."""
        read = self._read if exact else self._stemmed
        return self._keys.get(
            (field, text, exact), lambda: read(field, text, positions=True).keys()
        )

    def norms(self, field: str) -> NDArray[np.float32]:
        """Length part of BM25 for each passage."""
        with self._lock:
            if field not in self._norms:
                lengths = self._column(f"length_{field}")
                average = float(lengths.mean()) if len(lengths) else 1.0
                self._norms[field] = ranking.length_norms(lengths, average)
            return self._norms[field]

    # -- words --------------------------------------------------------------------------------

    def lexicon(self) -> Lexicon:
        """All words of titles and bodies (read when first asked for)."""
        with self._lock:
            if self._lexicon is None:
                self._lexicon = Lexicon(merge_counts([s.words() for s in self.segments]))
            return self._lexicon

    def frequency(self, word: str) -> int:
        """Bodies and titles with the folded ``word`` as written."""
        if self._lexicon is not None:
            return self._lexicon.count(word)
        return sum(s.frequency(field, word) for s in self.segments for field in (TEXT, TITLE))

    def titles(self) -> Titles:
        """Titles of all documents."""
        with self._lock:
            if self._titles is None:
                keys = {key for s in self.segments for key, _ in s.counts(KEY, LABEL)}
                self._titles = Titles(key[len(LABEL) :] for key in keys)
            return self._titles

    def known(self, word: str) -> bool:
        """True where a body or title has the folded ``word`` or one of its family."""
        return any(len(self.postings(f, stem(word), False).docs) > 0 for f in (TEXT, TITLE))

    def together(self, one: str, others: Sequence[str]) -> list[int]:
        """Passages with a word of the family of ``one`` and each of ``others`` as written."""
        first = np.zeros(len(self.columns.live), dtype=bool)
        first[self.postings(TEXT, stem(one), False).docs] = True
        found = (self.postings(TEXT, other, True).docs for other in others)
        return [int(np.count_nonzero(first[docs])) for docs in found]

    def execute(self, plan: Plan, request: SearchRequest, sort: Sort) -> Outcome:
        """Evaluates ``plan``, filters, counts facets over all hits, cuts out the page."""
        columns = self.columns
        found = self._passing(plan, request.filters)
        docs, scores = found.docs, found.scores
        if request.group:
            rows = ordering.best_by_document(
                docs,
                scores,
                columns,
                sort,
                limit=request.limit,
                offset=request.offset,
                pages=max(1, request.pages_per_document),
            )
        else:
            count = request.offset + request.limit
            rows = ordering.best(docs, scores, columns, sort, count)[request.offset :]
        chosen = docs[rows]
        documents = columns.document[chosen].tolist()
        hits = zip(
            columns.passage[chosen].tolist(),
            documents,
            columns.page[chosen].tolist(),
            scores[rows].tolist(),
            strict=True,
        )
        names = request.facet_names if request.facets else ()
        counted = (
            columns.count_documents(docs),
            columns.facets(docs, request.facet_limit, names),
        )
        return Outcome(
            total=len(docs),
            rows=[Row(*hit) for hit in hits],
            counts=lambda: counted,
            pages_by_document=columns.pages_by_document(docs, documents) if request.group else {},
        )

    def _passing(self, plan: Plan, filters: Filters) -> Found:
        found = self._found.get(plan, lambda: Evaluator(self).run(plan))
        mask = ordering.filter_mask(filters, self.columns)
        if mask is None:
            return found
        keep = mask[found.docs]
        return Found(found.docs[keep], found.scores[keep])

    def pages(self, plan: Plan, filters: Filters) -> Pages:
        """All pages that match ``plan`` and pass ``filters``."""
        docs = self._passing(plan, filters).docs
        known = self.columns
        return Pages(known.document[docs], known.page[docs].astype(np.int64), known.passage[docs])

    def warm(self) -> None:
        """Loads what the first search would wait for."""
        for field in ranking.WEIGHTS:
            self.norms(field)
        self.columns.facets(np.empty(0, dtype=np.int32), 1)
        self.lexicon()

    def count(self) -> int:
        """Live passages."""
        return int(np.count_nonzero(self.columns.live))


def _read(
    segments: Sequence[Segment], bases: Sequence[int], field: str, term: str, *, positions: bool
) -> Postings:
    """A term's postings in all segments, numbered through."""
    lists: list[Postings] = []
    for base, segment in zip(bases, segments, strict=False):
        found = segment.postings(field, term, positions=positions)
        if found is not None:
            docs = (found.docs + base).astype(np.int32) if base else found.docs
            lists.append(Postings(docs, found.freqs, found.positions))
    if not lists:
        return _EMPTY
    if len(lists) == 1:
        return lists[0]
    places = [p.positions for p in lists if p.positions is not None]
    return Postings(
        np.concatenate([p.docs for p in lists]),
        np.concatenate([p.freqs for p in lists]),
        np.concatenate(places) if positions else None,
    )


def _key_docs(segments: Sequence[Segment], bases: Sequence[int], key: str) -> Docs | None:
    # Not a method: a snapshot that holds itself would keep its files open for long.
    found = _read(segments, bases, KEY, key, positions=False)
    return found.docs if len(found.docs) else None


def _union(one: Docs, two: Docs) -> Docs:
    """Documents of either list, both ascending. NumPy's own loads masked arrays for it, which
    takes a first search 16 ms."""
    both = np.concatenate([one, two])
    both.sort(kind="stable")  # two runs in order are merged
    return both[np.append(True, both[1:] != both[:-1])] if len(both) else both


def _merge(one: Postings, two: Postings) -> Postings:
    docs = _union(one.docs, two.docs)
    freqs = np.zeros(len(docs), dtype=np.int32)
    freqs[np.searchsorted(docs, one.docs)] += one.freqs
    freqs[np.searchsorted(docs, two.docs)] += two.freqs
    places = None
    if one.positions is not None and two.positions is not None:
        keys = np.concatenate([one.keys(), two.keys()])
        keys.sort(kind="stable")
        places = (keys % WIDTH).astype(np.uint16)
    return Postings(docs, freqs, places)
