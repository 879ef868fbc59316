"""From a request to a page of results, for engines whose snapshots give postings."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kb.errors import QueryError
from kb.model import Facet, Hit
from kb.search import marking, ordering, suggesting
from kb.search.analysis import stem
from kb.search.engine import EngineResult, SearchRequest, TextSource
from kb.search.evaluate_plan import Evaluator, Found
from kb.search.plan import Marks, Planned, Resolve
from kb.search.planner import Planner
from kb.search.query import parse
from kb.search.ranking import TEXT, TITLE
from kb.search.snapshot import Snapshot
from kb.search.synonyms import from_authority
from kb.search.tree import All, Fuzzy, Node, Query, Word

SORTS = ("relevance", "newest", "oldest")

_parse = lru_cache(maxsize=256)(parse)


def check(request: SearchRequest) -> None:
    """Raises ``QueryError`` for a request that cannot be right."""
    if request.sort not in SORTS:
        raise QueryError(f"Unknown sort '{request.sort}'; choose one of {', '.join(SORTS)}.")
    if request.limit < 0 or request.offset < 0:
        raise QueryError("'limit' and 'offset' must not be negative.")


class Searching:
    """Searches snapshots. ``resolve`` turns names typed after a field into entity ids."""

    def __init__(self, texts: TextSource, resolve: Resolve | None) -> None:
        self._texts = texts
        self._resolve = resolve

    def _planner(self, snapshot: Snapshot) -> Planner:
        return Planner(snapshot.lexicon(), from_authority(), self._resolve)

    def search(self, snapshot: Snapshot, request: SearchRequest) -> EngineResult:
        started = time.perf_counter()
        check(request)
        query = _parse(request.query)
        planned = self._planner(snapshot).plan(query)
        found, planned, relaxed = self._find(snapshot, query, planned, request)
        hits = self._hits(snapshot, found, planned, request)
        unknown = [w for w in planned.words if not self._known(snapshot, w)]
        suggestion = None
        if unknown or not len(found.docs):
            suggestion = suggesting.correct(
                request.query,
                planned.words,
                snapshot.lexicon(),
                lambda word: self._known(snapshot, word),
            )
        columns = snapshot.columns
        facets: dict[str, tuple[Facet, ...]] = {}
        if request.facets:
            facets = columns.facets(found.docs, request.facet_limit)
        return EngineResult(
            total=len(found.docs),
            documents=columns.count_documents(found.docs),
            hits=hits,
            facets=facets,
            took_ms=(time.perf_counter() - started) * 1000,
            relaxed=relaxed,
            suggestion=suggestion,
            notes=planned.notes,
            pages_by_document=columns.pages_by_document(
                found.docs, (hit.document_id for hit in hits)
            ),
        )

    def _known(self, snapshot: Snapshot, word: str) -> bool:
        return any(
            len(snapshot.postings(field, stem(word), False).docs) > 0 for field in (TEXT, TITLE)
        )

    def _find(
        self, snapshot: Snapshot, query: Query, planned: Planned, request: SearchRequest
    ) -> tuple[Found, Planned, bool]:
        """Matches of the query; of its slips or of any word where nothing has all."""
        evaluator = Evaluator(snapshot)
        mask = ordering.filter_mask(request.filters, snapshot.columns)

        def run(plan: object) -> Found:
            found = evaluator.run(plan)  # type: ignore[arg-type]
            if mask is None:
                return found
            keep = mask[found.docs]
            return Found(found.docs[keep], found.scores[keep])

        found = run(planned.main)
        if len(found.docs):
            return found, planned, False
        loose = self._fuzzy(snapshot, query, planned)
        if loose is not None:
            replanned = self._planner(snapshot).plan(loose)
            other = run(replanned.main)
            if len(other.docs):
                notes = (*planned.notes, "fuzzy")
                return other, replace(replanned, notes=notes, words=planned.words), True
        if planned.relaxed is not None:
            other = run(planned.relaxed)
            if len(other.docs):
                return other, planned, True
        return found, planned, False

    def _fuzzy(self, snapshot: Snapshot, query: Query, planned: Planned) -> Query | None:
        """The query with words the corpus does not know allowed to be misspelt."""
        unknown = {w for w in planned.words if len(w) > 3 and not self._known(snapshot, w)}
        if not unknown:
            return None

        def loosen(node: Node) -> Node:
            if isinstance(node, Word) and node.text.casefold() in unknown:
                return Fuzzy(node.text, 1 if len(node.text) < 8 else 2, node.field)
            if isinstance(node, All):
                return All(tuple(loosen(n) for n in node.children), node.implicit)
            return node

        root = loosen(query.root)
        return None if root == query.root else Query(query.text, root, query.notes)

    def _hits(
        self, snapshot: Snapshot, found: Found, planned: Planned, request: SearchRequest
    ) -> tuple[Hit, ...]:
        columns = snapshot.columns
        sort = request.sort
        if sort == "relevance" and not planned.scored:
            sort = "newest"
        rows: NDArray[np.int64]
        if request.group:
            rows = ordering.best_by_document(
                found.docs,
                found.scores,
                columns,
                sort,
                limit=request.limit,
                offset=request.offset,
                pages=max(1, request.pages_per_document),
            )
        else:
            count = request.offset + request.limit
            rows = ordering.best(found.docs, found.scores, columns, sort, count)[request.offset :]
        docs = found.docs[rows]
        ids = columns.passage[docs].tolist()
        texts = self._texts(ids) if request.snippets and ids else {}
        marker = marking.Marker(planned.marks)
        return tuple(
            Hit(
                passage_id=passage,
                document_id=int(columns.document[doc]),
                page=int(columns.page[doc]),
                score=round(float(found.scores[row]), 4),
                snippet=marking.snippet(marker, texts.get(passage, "")),
            )
            for row, doc, passage in zip(rows.tolist(), docs.tolist(), ids, strict=True)
        )

    def _marks(self, snapshot: Snapshot, query: str) -> Marks:
        return self._planner(snapshot).plan(_parse(query)).marks

    def match_spans(self, snapshot: Snapshot, query: str, text: str) -> list[tuple[int, int]]:
        """Offsets in ``text`` that ``query`` matches, left to right."""
        return marking.Marker(self._marks(snapshot, query)).spans(text)

    def suggest(self, snapshot: Snapshot, prefix: str, limit: int) -> list[str]:
        """Completions of the last word of ``prefix``, and titles that begin so."""

        def together(one: str, two: str) -> int:
            first = snapshot.postings(TEXT, stem(one), False).docs
            second = snapshot.postings(TEXT, two, True).docs
            return len(np.intersect1d(first, second, assume_unique=True))

        return suggesting.complete(prefix, snapshot.lexicon(), snapshot.titles(), together, limit)
