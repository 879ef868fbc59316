"""How often terms or entities occur by year, against how much there is of each year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.catalog import reads_explore_entities as entity_reads
from kb.catalog.reads_explore import Reading
from kb.errors import NotFound, QueryError
from kb.explore import names
from kb.explore.search import Prepared, Question, named_facets, prepare
from kb.explore.sources import Sources
from kb.explore.views import TrendPoint, Trends, TrendSeries
from kb.model import Filters
from kb.search.engine import EngineResult, SearchRequest

MAX_TERMS = 12
ALL_VALUES = 10_000
TOP = 20


def trends(
    sources: Sources,
    terms: Sequence[str],
    *,
    institutions: tuple[str, ...],
    types: tuple[str, ...],
    places: tuple[str, ...],
    year_from: int | None,
    year_to: int | None,
) -> Trends:
    """See ``KnowledgeBase.trends``."""
    wanted = list(dict.fromkeys(t.strip() for t in terms if t.strip()))
    if len(wanted) > MAX_TERMS:
        raise QueryError(f"Trends compare up to {MAX_TERMS} terms; leave some out.")
    with sources.read() as connection:
        ready = prepare(
            connection, Question("", institutions=institutions, types=types, places=places)
        )
        everything = _by_year(_ask(sources, "", ready.filters), year_from, year_to)
        found = [
            _series(sources, connection, term, ready, everything, (year_from, year_to))
            for term in wanted
        ]
        years = sorted({p.year for s in found for p in s.points if p.count})
        if years:
            span = range(years[0], years[-1] + 1)
            found = [replace(s, points=_filled(s, span, everything)) for s in found]
        else:
            span = range(0)
            found = [replace(s, points=()) for s in found]
        return Trends(tuple(found), tuple(span), ready.active)


def _ask(sources: Sources, query: str, filters: Filters) -> EngineResult:
    return sources.search(
        SearchRequest(query, filters, limit=0, snippets=False, facet_limit=ALL_VALUES)
    )


def _by_year(result: EngineResult, first: int | None, last: int | None) -> dict[int, int]:
    counts = {int(f.value): f.count for f in result.facets.get("year", ()) if f.value.isdigit()}
    return {
        y: n
        for y, n in counts.items()
        if (first is None or y >= first) and (last is None or y <= last)
    }


def _series(
    sources: Sources,
    connection: Reading,
    term: str,
    ready: Prepared,
    everything: dict[int, int],
    span: tuple[int | None, int | None],
) -> TrendSeries:
    query, label, entity_id, filters = term, term, None, ready.filters
    if names.is_id(term):
        try:
            entity_id = names.one(connection, term)
        except NotFound:
            entity_id = None
        if entity_id is not None:
            row = entity_reads.entity_rows(connection, [entity_id])[entity_id]
            label = row["name"]
            field = {"person": "tokoh", "institution": "lembaga", "place": "tempat"}[row["type"]]
            query = f'{field}:"{entity_id}"'
    result = _ask(sources, query, filters)
    if result.relaxed:  # no page has all the words: that is no occurrence of the term
        result = replace(result, total=0, facets={})
    counts = _by_year(result, *span)
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
