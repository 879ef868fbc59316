"""How often terms or entities occur by year, against how much there is of each year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.catalog.reading import entities as entity_reads
from kb.catalog.reading import totals as total_reads
from kb.catalog.reading.typed import Reading
from kb.errors import NotFound, QueryError
from kb.explore import names
from kb.explore.facets import named_facets
from kb.explore.question import Question, prepare
from kb.explore.sources import Sources
from kb.explore.views import TrendPoint, Trends, TrendSeries
from kb.model import Filters
from kb.search.engine import EngineResult, SearchRequest

MAX_TERMS = 12
MAX_YEARS = 60
ALL_VALUES = 10_000
TOP = 20


@dataclass(frozen=True, slots=True)
class _Asker:
    """Counts pages by year under one set of filters."""

    sources: Sources
    connection: Reading
    filters: Filters
    by: str
    first: int | None
    last: int | None

    def ask(self, query: str) -> tuple[EngineResult, dict[int, int]]:
        """The result of a query and its pages by year."""
        key = ("by year", query, self.filters, self.by, self.first, self.last)
        return self.sources.remembered(self.connection, key, lambda: self._ask(query), words=True)

    def _ask(self, query: str) -> tuple[EngineResult, dict[int, int]]:
        result = self._search(query, self.filters)
        if result.relaxed:  # no page has all the words: that is no occurrence of the term
            return replace(result, total=0, facets={}), {}
        if self.by == "covered":
            counts = {
                int(f.value): f.count
                for f in result.facets.get("year", ())
                if f.value.isdigit() and self._asked(int(f.value))
            }
            return result, counts
        return result, {y: n for y in self._span() if (n := self._dated(query, y))}

    def _asked(self, year: int) -> bool:
        return (self.first is None or year >= self.first) and (
            self.last is None or year <= self.last
        )

    def _span(self) -> range:
        last = self.last if self.last is not None else 0
        first = self.first if self.first is not None else last
        return range(max(first, last - MAX_YEARS), last + 1)

    def _dated(self, query: str, year: int) -> int:
        within = replace(self.filters, date_from=str(year), date_to=str(year))
        return self.sources.search(
            SearchRequest(query, within, limit=0, snippets=False, facets=False)
        ).total

    def _search(self, query: str, filters: Filters) -> EngineResult:
        return self.sources.search(
            SearchRequest(
                query,
                filters,
                limit=0,
                snippets=False,
                facet_limit=ALL_VALUES,
                facet_names=("year", "institution", "type"),
            )
        )


def trends(
    sources: Sources,
    terms: Sequence[str],
    *,
    institutions: tuple[str, ...],
    types: tuple[str, ...],
    places: tuple[str, ...],
    year_from: int | None,
    year_to: int | None,
    by: str,
) -> Trends:
    """See ``KnowledgeBase.trends``."""
    if by not in ("covered", "published"):
        raise QueryError(f"Years are counted by covered or published, not by '{by}'.")
    wanted = list(dict.fromkeys(t.strip() for t in terms if t.strip()))
    if len(wanted) > MAX_TERMS:
        raise QueryError(f"Trends compare up to {MAX_TERMS} terms; leave some out.")
    with sources.read() as connection:
        ready = prepare(
            connection, Question("", institutions=institutions, types=types, places=places)
        )
        first, last = total_reads.date_span(connection)
        if year_to is None and last is not None:
            year_to = int(last[:4])
        if year_from is None and first is not None and by == "published":
            year_from = int(first[:4])
        asker = _Asker(sources, connection, ready.filters, by, year_from, year_to)
        _, everything = asker.ask("")
        found = [_series(connection, term, asker, everything) for term in wanted]
        years = sorted({p.year for s in found for p in s.points if p.count})
        span = range(years[0], years[-1] + 1) if years else range(0)
        found = [replace(s, points=_filled(s, span, everything)) for s in found]
        return Trends(tuple(found), tuple(span), ready.active)


def _series(
    connection: Reading, term: str, asker: _Asker, everything: dict[int, int]
) -> TrendSeries:
    query, label, entity_id = term, term, None
    if names.is_id(term):
        try:
            entity_id = names.one(connection, term)
        except NotFound:
            entity_id = None
        if entity_id is not None:
            row = entity_reads.entity_rows(connection, [entity_id])[entity_id]
            label = row.name
            field = {"person": "tokoh", "institution": "lembaga", "place": "tempat"}[row.type]
            query = f'{field}:"{entity_id}"'
    result, counts = asker.ask(query)
    facets = named_facets(connection, {k: v[:TOP] for k, v in result.facets.items()})
    return TrendSeries(
        label=label,
        term=term,
        entity_id=entity_id,
        total=result.total,
        points=tuple(TrendPoint(y, counts[y], everything.get(y, 0)) for y in sorted(counts)),
        by_institution=facets.get("institution", ()),
        by_type=facets.get("type", ()),
    )


def _filled(series: TrendSeries, span: range, everything: dict[int, int]) -> tuple[TrendPoint, ...]:
    counts = {p.year: p.count for p in series.points}
    return tuple(TrendPoint(y, counts.get(y, 0), everything.get(y, 0)) for y in span)
