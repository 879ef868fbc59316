"""From a request to a page of results; the same for every engine.

An engine gives a ``Source``: one commit, open for reading, that executes plans.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Protocol

from kb.errors import QueryError
from kb.model import Facet, Filters, Hit, Sort
from kb.search import correcting, likeness, marking, ranking, suggesting
from kb.search.beside import FIRST, PAGES, Beside, beside
from kb.search.engine import EngineResult, Pages, SearchRequest, TextSource
from kb.search.further import ENOUGH, with_some
from kb.search.language.informal import formal_forms
from kb.search.language.synonyms import from_authority
from kb.search.lexicon import Lexicon, TitleSource
from kb.search.plan import Both, Lifted, Marks, Plan, Planned, Resolve, Term, Union
from kb.search.planner import Planner
from kb.search.query import parse
from kb.search.ranking import TEXT
from kb.search.tree import All, Fuzzy, Node, Query, Word, without_denials

SORTS = ("relevance", "newest", "oldest")
SAMPLE = 20
"""Passages that are looked through for phrases."""

_parse = lru_cache(maxsize=256)(parse)


@dataclass(frozen=True, slots=True)
class Row:
    """One hit, before its snippet."""

    passage: int
    document: int
    page: int
    score: float


Counts = tuple[int, dict[str, tuple[Facet, ...]]]
"""Documents that match, and the facets."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What executing a plan gives."""

    total: int
    rows: list[Row]
    counts: Callable[[], Counts]
    """Waits for the counts: an engine may still be at them while snippets are made."""
    pages_by_document: dict[int, int] = field(default_factory=dict)


class Source(Protocol):
    """One commit of an index."""

    def execute(self, plan: Plan, request: SearchRequest, sort: Sort) -> Outcome:
        """The page of passages that ``request`` asks for, of those that match ``plan``."""
        ...

    def pages(self, plan: Plan, filters: Filters) -> Pages:
        """All pages that match ``plan`` and pass ``filters``."""
        ...

    def lexicon(self) -> Lexicon:
        """All words: takes a moment the first time."""
        ...

    def frequency(self, word: str) -> int:
        """Bodies and titles with the folded ``word`` as written."""
        ...

    def titles(self) -> TitleSource:
        """Titles of all documents."""
        ...

    def known(self, word: str) -> bool:
        """True where a body or title has the folded ``word`` or one of its family."""
        ...

    def together(self, one: str, others: Sequence[str]) -> list[int]:
        """Passages with a word of the family of ``one`` and each of ``others`` as written."""
        ...

    def count(self) -> int:
        """Live passages."""
        ...


def check(request: SearchRequest) -> None:
    """Raises ``QueryError`` for a request that cannot be right."""
    if request.sort not in SORTS:
        raise QueryError(f"Unknown sort '{request.sort}'; choose one of {', '.join(SORTS)}.")
    if request.limit < 0 or request.offset < 0:
        raise QueryError("'limit' and 'offset' must not be negative.")


def _is_weighed(request: SearchRequest) -> bool:
    """True where some of what is shown is ordered by its text."""
    shows = request.limit > 0 and request.offset < FIRST
    return request.weigh and request.sort == "relevance" and shows


def _wider(request: SearchRequest) -> SearchRequest:
    """The request for all that is weighed by its text, where this one shows some of it.

    It is the same for every page of a result: how a result is cut changes no order.
    """
    pages = max(request.pages_per_document, PAGES) if request.group else 1
    limit = max(FIRST, request.offset + request.limit)
    return replace(request, offset=0, limit=limit, pages_per_document=pages)


class _Texts:
    """Texts of the passages of one search, each read once and marked once."""

    def __init__(self, read: TextSource, marks: Marks) -> None:
        self._read = read
        self._known: dict[int, str] = {}
        self.marker = marking.OnceMarker(marks)

    def of(self, ids: Sequence[int]) -> dict[int, str]:
        rest = [number for number in ids if number not in self._known]
        if rest:
            self._known.update(self._read(rest))
        return {number: self._known[number] for number in ids if number in self._known}


def _best_first(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: -round(row.score, 4))


def _cut(outcome: Outcome, found: Sequence[Sequence[Row]], request: SearchRequest) -> Outcome:
    """The page of ``found`` that ``request`` asks for."""
    shown = found[request.offset : request.offset + request.limit]
    pages = max(1, request.pages_per_document) if request.group else 1
    rows = [row for group in shown for row in group[:pages]]
    documents = {row.document for row in rows}
    counts = {d: n for d, n in outcome.pages_by_document.items() if d in documents}
    return replace(outcome, rows=rows, pages_by_document=counts)


def _weighed(
    rows: Sequence[Row], weights: Beside | None, texts: _Texts, grouped: bool
) -> list[list[Row]]:
    """Documents with their pages, or pages each alone, in order; the first ``FIRST`` are
    ordered by what their texts show."""
    groups: dict[int, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.document if grouped else row.passage, []).append(row)
    found = list(groups.values())
    if weights is None or not found:
        return found
    first = found[:FIRST]
    read = texts.of([row.passage for pages in first for row in pages])

    def score(row: Row) -> float:
        text = read.get(row.passage, "")
        return weights.weighed(row.score, text, texts.marker.spans(text))

    weighed = [_best_first(replace(row, score=score(row)) for row in pages) for pages in first]
    weighed.sort(key=lambda pages: -round(pages[0].score, 4))
    return weighed + found[FIRST:]


class Searching:
    """Searches snapshots. ``resolve`` turns names typed after a field into entity ids."""

    def __init__(self, texts: TextSource, resolve: Resolve | None) -> None:
        self._texts = texts
        self._resolve = resolve
        self._marking: tuple[weakref.ref[Source], str, marking.Marker] | None = None

    def _planner(self, source: Source) -> Planner:
        return Planner(source, from_authority(), self._resolve)

    def search(self, source: Source, request: SearchRequest) -> EngineResult:
        """Passages of ``source`` that match, best first, with facet counts over all."""
        started = time.perf_counter()
        check(request)
        query = _parse(request.query)
        planned = self._planner(source).plan(query)
        weights = self._beside(source, query) if planned.scored and _is_weighed(request) else None
        wanted = _wider(request) if weights else request
        outcome, planned, relaxed = self._find(source, query, planned, wanted)
        texts = _Texts(self._texts, planned.marks)
        if weights:
            outcome = _cut(outcome, _weighed(outcome.rows, weights, texts, request.group), request)
        suggestion = None
        doubtful = relaxed or not outcome.total
        asked = request.suggest and request.limit > 0
        if asked and (doubtful or any(not source.frequency(w) for w in planned.words)):
            suggestion = correcting.correct(
                request.query,
                source,
                lambda other: self._finds(source, other, request),
                doubtful=doubtful,
            )
        hits = self._hits(outcome.rows, request, texts)
        wanted_counts = request.counted or request.facets
        documents, facets = outcome.counts() if wanted_counts else (0, {})
        return EngineResult(
            total=outcome.total,
            documents=documents,
            hits=hits,
            facets=facets,
            took_ms=(time.perf_counter() - started) * 1000,
            relaxed=relaxed,
            suggestion=suggestion,
            notes=planned.notes,
            pages_by_document=outcome.pages_by_document,
            snippet_of=partial(marking.snippet, texts.marker),
            further=()
            if relaxed
            else self._further(source, planned, outcome.total, request, weights, texts),
        )

    def _beside(self, source: Source, query: Query) -> Beside | None:
        """What weighs the texts of the first passages."""
        planner, count = self._planner(source), source.count()

        def weight(word: str) -> float:
            return ranking.idf(count, min(max(1, source.frequency(word)), count))

        return beside(query, lambda word: planner.plan(Query(word.text, word)).marks, weight)

    def _further(
        self,
        source: Source,
        planned: Planned,
        total: int,
        request: SearchRequest,
        weights: Beside | None,
        texts: _Texts,
    ) -> tuple[Hit, ...]:
        """Passages with some of the words, where few have all."""
        if not request.further or request.offset or request.sort != "relevance":
            return ()
        plan = with_some(planned) if 0 < total < ENOUGH else None
        if plan is None:
            return ()
        asked = replace(request, group=False, limit=ENOUGH - total, facets=False)
        rows = _weighed(source.execute(plan, asked, "relevance").rows, weights, texts, False)
        return self._hits([row for (row,) in rows], asked, texts)

    def _find(
        self, source: Source, query: Query, planned: Planned, request: SearchRequest
    ) -> tuple[Outcome, Planned, bool]:
        """Matches of the query; of its slips or of any word where nothing has all."""

        def run(plan: Plan, scored: bool) -> Outcome:
            sort: Sort = request.sort
            if sort == "relevance" and not scored:
                sort = "newest"
            return source.execute(plan, request, sort)

        if request.words == "any" and planned.relaxed is not None:
            return run(planned.relaxed, planned.scored), planned, True
        outcome = run(planned.main, planned.scored)
        if outcome.total or request.words == "all":
            return outcome, planned, False
        loose = self._fuzzy(source, query, planned)
        if loose is not None:
            replanned = self._planner(source).plan(loose)
            other = run(replanned.main, replanned.scored)
            if other.total:
                notes = (*planned.notes, "fuzzy")
                return other, replace(replanned, notes=notes, words=planned.words), True
        if planned.relaxed is not None:
            other = run(planned.relaxed, planned.scored)
            if other.total:
                return other, planned, True
        return outcome, planned, False

    def _fuzzy(self, source: Source, query: Query, planned: Planned) -> Query | None:
        """The query with words the corpus does not know put formally, or allowed to be misspelt."""
        unknown = {w for w in planned.words if len(w) > 3 and not source.known(w)}
        if not unknown:
            return None

        def loosen(node: Node) -> Node:
            if isinstance(node, Word) and (typed := node.text.casefold()) in unknown:
                formal = next(filter(source.known, formal_forms(typed)), None)
                if formal is not None:
                    return Word(formal, node.field)
                return Fuzzy(node.text, 1 if len(node.text) < 8 else 2, node.field)
            if isinstance(node, All):
                return All(tuple(loosen(n) for n in node.children), node.implicit)
            return node

        root = loosen(query.root)
        return None if root == query.root else Query(query.text, root, query.notes)

    def _hits(self, rows: Sequence[Row], request: SearchRequest, texts: _Texts) -> tuple[Hit, ...]:
        read = texts.of([row.passage for row in rows]) if request.snippets else {}
        marker = texts.marker
        return tuple(
            Hit(
                passage_id=row.passage,
                document_id=row.document,
                page=row.page,
                score=round(row.score, 4),
                snippet=marking.snippet(marker, read[row.passage]) if row.passage in read else "",
            )
            for row in rows
        )

    def pages(self, source: Source, query: str, filters: Filters) -> Pages:
        """See ``SearchEngine.pages``."""
        parsed = _parse(query)
        asked = Query(parsed.text, without_denials(parsed.root))
        plan = self._planner(source).plan(asked).main
        return source.pages(plan.main if isinstance(plan, Lifted) else plan, filters)

    def _marker(self, source: Source, query: str) -> marking.Marker:
        """Asked for one text after another: the last one is kept."""
        last = self._marking
        if last is not None and last[0]() is source and last[1] == query:
            return last[2]
        marker = marking.Marker(self._planner(source).plan(_parse(query)).marks)
        self._marking = (weakref.ref(source), query, marker)
        return marker

    def match_spans(self, source: Source, query: str, text: str) -> list[tuple[int, int]]:
        """Offsets in ``text`` that ``query`` matches, left to right."""
        return self._marker(source, query).spans(text)

    def similar(self, source: Source, text: str, limit: int) -> list[Hit]:
        """The best passage of each of ``limit`` documents that share rare words of ``text``."""
        plan = likeness.like(text, source.lexicon(), source.count())
        if plan is None or limit < 1:
            return []
        request = SearchRequest("", group=True, limit=limit, pages_per_document=1, facets=False)
        rows = source.execute(plan, request, "relevance").rows
        return [Hit(row.passage, row.document, row.page, round(row.score, 4), "") for row in rows]

    def suggest(self, source: Source, prefix: str, limit: int) -> list[str]:
        """Completions of the last word of ``prefix``, and titles that begin so."""
        return suggesting.complete(
            prefix,
            source.lexicon(),
            source.titles(),
            source.together,
            lambda every, either: self._sample(source, every, either),
            limit,
        )

    def _finds(self, source: Source, query: str, request: SearchRequest) -> bool:
        """True where ``query`` has hits under the filters of ``request``, all words in each."""
        planned = self._planner(source).plan(_parse(query))
        asked = SearchRequest(query, request.filters, limit=0, snippets=False, facets=False)
        return source.execute(planned.main, asked, "newest").total > 0

    def _sample(self, source: Source, every: Sequence[str], either: Sequence[str]) -> Iterable[str]:
        """Texts of some passages with all of the first words and any of the second."""
        parts: list[Plan] = [Term(TEXT, word, exact=True) for word in every]
        if either:
            parts.append(Union(tuple(Term(TEXT, word, exact=True) for word in either)))
        if not parts:
            return ()
        asked = SearchRequest("", limit=SAMPLE, snippets=False, facets=False)
        rows = source.execute(Both(tuple(parts)), asked, "relevance").rows
        return self._texts([row.passage for row in rows]).values()
