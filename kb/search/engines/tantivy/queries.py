"""Plans as tantivy's queries.

Where they differ from the Whoosh engine: of three and more words near each other every two
are near each other, which lets some passages through whose words are too far apart all
together. (tantivy's own slop for more than two words overlooks some when it scores and finds
too many when it counts.)
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import tantivy
from tantivy import Occur, Query

from kb.model import Filters
from kb.search import plan as p
from kb.search.columns import YEAR, date_number
from kb.search.ordering import keyed_filters
from kb.search.ranking import KEY

STEM = "_stem"
"""The field of a text field's stems ends so."""
FEW_KEYS = 16
"""More keys than this are looked up as a set."""


class Queries:
    """Makes queries for one commit. Not scored, a query finds the same and is cheaper."""

    def __init__(self, schema: Any, searcher: Any) -> None:
        self._schema = schema
        self._searcher = searcher
        self._count = int(searcher.num_docs)
        self._lock = threading.Lock()
        self._years: list[str] | None = None

    def filtered(self, plan: p.Plan, filters: Filters, scored: bool) -> Any:
        """Passages that match ``plan`` and pass ``filters``."""
        among = self.among(filters.documents) if filters.documents else None
        if among is not None and scored and isinstance(plan, p.Lifted):
            query = self._lifted(plan, scored, among)
        else:
            query = self._query(plan, scored)
        parts = [self._keys(p.Key(*keyed)) for keyed in keyed_filters(filters)]
        if filters.date_from or filters.date_to:
            parts.append(self._dates(filters.date_from, filters.date_to))
        if among is not None:
            parts.append(among)
        if query is None or any(part is None for part in parts):
            return Query.empty_query()
        if not parts:
            return query
        silent = [(Occur.Must, self._silent(part)) for part in parts]
        return Query.boolean_query([(Occur.Must, query), *silent])

    def among(self, documents: Sequence[int]) -> Any:
        """Passages of these documents, without a score."""
        return self._silent(Query.term_set_query(self._schema, "document", list(documents)))

    # A query is ``None`` where it cannot match: what hangs on it is left out, not evaluated.

    def _query(self, plan: p.Plan, scored: bool) -> Any | None:
        if isinstance(plan, p.Term):
            return self._term(plan, scored)
        if isinstance(plan, p.Chain):
            return self._chain(plan, scored)
        if isinstance(plan, p.Union):
            return self._union(plan, scored)
        if isinstance(plan, p.Both):
            return self._both(plan, scored)
        if isinstance(plan, p.Lifted):
            return self._lifted(plan, scored)
        if isinstance(plan, p.Constant):
            part = self._query(plan.part, False)
            if part is None or not scored:
                return part
            return Query.const_score_query(part, plan.score)
        if isinstance(plan, p.Without):
            return self._both(p.Both((plan,)), scored)
        if isinstance(plan, p.Key):
            return self._quiet(self._keys(plan))
        if isinstance(plan, p.DateRange):
            return self._silent(self._dates(plan.first, plan.last))
        return self._silent(Query.all_query())

    def _quiet(self, query: Any | None) -> Any | None:
        return None if query is None else self._silent(query)

    @staticmethod
    def _silent(query: Any) -> Any:
        return Query.const_score_query(query, 0.0)

    def _union(self, plan: p.Union, scored: bool) -> Any | None:
        wanted = p.side_by_side(plan) if scored else p.widest(plan.parts)
        parts = [query for part in wanted if (query := self._query(part, scored)) is not None]
        if len(parts) < 2:
            return parts[0] if parts else None
        if plan.best and scored:
            return Query.disjunction_max_query(parts)
        return Query.boolean_query([(Occur.Should, part) for part in parts])

    def _lifted(self, plan: p.Lifted, scored: bool, among: Any | None = None) -> Any | None:
        """``among`` holds the passages that are asked for, where they are few."""
        main = self._query(plan.main, scored)
        if main is None or not scored:
            return main
        found = (self._lift(lift, among) for lift in plan.lifts)
        lifts = [query for query in found if query is not None]
        if not lifts:
            return main
        return Query.boolean_query([(Occur.Must, main), *((Occur.Should, q) for q in lifts)])

    def _lift(self, plan: p.Plan, among: Any | None) -> Any | None:
        if among is None or not isinstance(plan, p.Constant) or not isinstance(plan.part, p.Union):
            return self._query(plan, True)
        # Each way looks for its next passage wherever that is, unless it is told where to look.
        parts = [
            self._both(x, False, among) if isinstance(x, p.Both) else self._query(x, False)
            for x in plan.part.parts
        ]
        found = [(Occur.Should, query) for query in parts if query is not None]
        if not found:
            return None
        return Query.const_score_query(Query.boolean_query(found), plan.score)

    def _both(self, plan: p.Both, scored: bool, among: Any | None = None) -> Any | None:
        parts: list[tuple[Any, Any]] = []
        for part in plan.parts:
            negative = isinstance(part, p.Without)
            inner = part.part if isinstance(part, p.Without) else part
            query = self._query(inner, scored and not negative)
            if query is None and not negative:
                return None
            if query is not None:
                parts.append((Occur.MustNot if negative else Occur.Must, query))
        if among is not None:
            parts.append((Occur.Must, among))
        if all(occur == Occur.MustNot for occur, _ in parts):
            parts.append((Occur.Must, self._silent(Query.all_query())))
        return parts[0][1] if len(parts) == 1 else Query.boolean_query(parts)

    @staticmethod
    def _weighted(query: Any, weight: float) -> Any:
        return query if weight == 1 else Query.boost_query(query, weight)

    def _frequency(self, field: str, word: str) -> int:
        return int(self._searcher.doc_freq(field, word))

    def _term(self, plan: p.Term, scored: bool) -> Any | None:
        field = plan.field if plan.exact else plan.field + STEM
        if not self._frequency(field, plan.text):
            return None
        if not scored:
            return Query.term_query(self._schema, field, plan.text, index_option="basic")
        return self._weighted(Query.term_query(self._schema, field, plan.text), plan.weight)

    def _chain(self, plan: p.Chain, scored: bool) -> Any | None:
        field = plan.field if plan.exact else plan.field + STEM
        if not plan.words or not all(self._frequency(field, word) for word in plan.words):
            return None
        if len(plan.words) == 1:
            return self._term(p.Term(plan.field, plan.words[0], plan.exact, plan.weight), scored)
        query = self._beside(field, plan)
        return self._weighted(query, plan.weight) if scored else query

    def _beside(self, field: str, plan: p.Chain) -> Any:
        if not plan.slop:
            words: list[Any] = list(zip(plan.offsets, plan.words, strict=True))
            return Query.phrase_query(self._schema, field, words)
        reach = len(plan.words) - 2 + plan.slop
        pairs = [
            Query.disjunction_max_query(
                [
                    Query.phrase_query(self._schema, field, list(pair), reach)
                    for pair in ((one, two), (two, one))
                ]
            )
            for one, two in combinations(plan.words, 2)
        ]
        if len(pairs) == 1:
            return pairs[0]
        return Query.boolean_query([(Occur.Must, pair) for pair in pairs])

    def _keys(self, plan: p.Key) -> Any | None:
        values = list(plan.values)
        if plan.prefix == YEAR and values and ".." in values[0]:
            first, _, last = values[0].partition("..")
            with self._lock:
                if self._years is None:
                    found = self._searcher.terms_with_prefix(KEY, YEAR)
                    self._years = [key[len(YEAR) :] for key, _ in found]
            values = [y for y in self._years if int(first) <= int(y) <= int(last)]
        keys = [key for v in values if self._frequency(KEY, key := plan.prefix + v)]
        if len(keys) > FEW_KEYS:
            return Query.term_set_query(self._schema, KEY, keys)
        terms = [Query.term_query(self._schema, KEY, k, index_option="basic") for k in keys]
        if len(terms) < 2:
            return terms[0] if terms else None
        return Query.boolean_query([(Occur.Should, term) for term in terms])

    def _range(self, field: str, low: int | None, high: int | None) -> Any:
        kind = tantivy.FieldType.Unsigned
        return Query.range_query(self._schema, field, kind, low, high)

    def _dates(self, first: str | None, last: str | None) -> Any:
        parts = [(Occur.Must, self._range("date", 1, None))]
        if first:
            parts.append((Occur.Must, self._range("latest", date_number(first), None)))
        if last:
            parts.append((Occur.Must, self._range("date", 1, date_number(last, last=True))))
        return Query.boolean_query(parts)
