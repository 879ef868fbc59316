"""Counts over all hits: facets and documents, in one pass beside the ranking.

A match costs most where words must stand together, so everything that is counted is counted in
one pass, and the counts of a question are remembered for the commit: the next page of a result
asks for them again.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager
from typing import Any

from kb.model import Facet
from kb.search.columns import most_frequent
from kb.search.counting import counters
from kb.search.damage import reading
from kb.search.engine import SearchRequest
from kb.search.searching import Counts

MOST_BUCKETS = 60_000
"""tantivy gives up a little above it."""
COUNTED_HITS = 5_000
"""The documents of more hits are estimated, which is some 3 % off and takes half the time."""
TOGETHER = frozenset({"year"})
"""Facets of which a passage keeps all values as one, with spaces between: there are few such
sets, and a column of one value a passage is counted four times as fast."""
REMEMBERED = 256
"""Questions whose counts are kept."""


def reading_index() -> AbstractContextManager[None]:
    """tantivy raises these where files are missing or damaged."""
    return reading(ValueError, OSError)


class Counting:
    """Counts the hits of queries over one commit. Threads may share it."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher
        self._lock = threading.Lock()
        self._known: OrderedDict[Hashable, Counts] = OrderedDict()

    def begin(self, asked: Hashable, query: Any, request: SearchRequest) -> Callable[[int], Counts]:
        """Starts counting the hits of ``query``; called with their number, what is returned
        waits for the counts. ``asked`` tells one question from another."""
        names = request.facet_names if request.facets else ()
        key = (asked, names, request.facet_limit)
        with self._lock:
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
                return lambda _: known
        # tantivy works outside Python's lock: counting goes on beside ranking and snippets.
        counting = counters().submit(self._aggregate, query, request, names) if names else None

        def counts(total: int) -> Counts:
            if not total:
                found: Counts = (0, counting.result()[1] if counting else {})
            else:
                few = self.exactly(query) if total <= COUNTED_HITS else None
                about, facets = counting.result() if counting else (0, {})
                if few is None and not counting:
                    about = self.roughly(query)
                found = (about if few is None else few, facets)
            with self._lock:
                self._known[key] = found
                while len(self._known) > REMEMBERED:
                    self._known.popitem(last=False)
            return found

        return counts

    def roughly(self, query: Any) -> int:
        """Documents of the hits, estimated."""
        with reading_index():
            found: float = self._searcher.cardinality(query, "document")
        return round(found)

    def exactly(self, query: Any) -> int:
        """Documents of the hits, of which there are fewer than ``MOST_BUCKETS``."""
        terms = {"field": "document", "size": MOST_BUCKETS, "segment_size": MOST_BUCKETS}
        with reading_index():
            found = self._searcher.aggregate(query, {"documents": {"terms": terms}})
        buckets: list[object] = found["documents"]["buckets"]
        return len(buckets)

    def _aggregate(self, query: Any, request: SearchRequest, names: tuple[str, ...]) -> Counts:
        # More than asked for, so that ties at the edge are cut by value.
        size = max(1, request.facet_limit) + 20
        wanted: dict[str, Any] = {"documents": {"cardinality": {"field": "document"}}}
        for name in names:
            many = MOST_BUCKETS if name in TOGETHER else size
            wanted[name] = {"terms": {"field": name, "size": many, "segment_size": MOST_BUCKETS}}
        with reading_index():
            found = self._searcher.aggregate(query, wanted)
        facets: dict[str, tuple[Facet, ...]] = {}
        for name in names:
            counted = Counter[str]()
            for bucket in found[name]["buckets"]:
                values = bucket["key"].split() if name in TOGETHER else [bucket["key"]]
                for value in values:
                    counted[value] += int(bucket["doc_count"])
            rows = [Facet(value, value, count) for value, count in counted.items()]
            facets[name] = most_frequent(rows, request.facet_limit)
        return round(found["documents"]["value"] or 0), facets
