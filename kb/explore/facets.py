"""Facets of a result: values with their counts, named; several of a kind may be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kb.catalog.reading import entities as entity_reads
from kb.catalog.reading.offices import officials_among
from kb.catalog.reading.typed import Reading
from kb.explore.fields import WITH_FIGURES, doc_type_label
from kb.explore.sources import Sources
from kb.model import Facet
from kb.search.engine import EngineResult, SearchRequest


def choices(
    sources: Sources, connection: Reading, request: SearchRequest, result: EngineResult
) -> Mapping[str, tuple[Facet, ...]]:
    """The facets of a result. Where values of one are chosen, it is counted without them: a
    further value adds to those chosen, and its count says how many pages."""
    chosen = {
        "year": replace(request.filters, years=()),
        "institution": replace(request.filters, institutions=()),
        "official": replace(request.filters, officials=()),
        "place": replace(request.filters, places=()),
        "type": replace(request.filters, types=()),
    }
    found = dict(result.facets)
    for name, without in chosen.items():
        if without == request.filters or name not in found:
            continue
        only = SearchRequest(
            request.query,
            without,
            limit=0,
            snippets=False,
            facet_names=(name,),
            facet_limit=request.facet_limit,
        )
        key = ("facet", sources.engine().version(), only)
        counted = sources.remembered(connection, key, lambda only=only: sources.search(only))  # type: ignore[misc]
        if not counted.relaxed or result.relaxed:
            found[name] = counted.facets.get(name, ())
    return found


def named_facets(
    connection: Reading, facets: Mapping[str, tuple[Facet, ...]], limit: int | None = None
) -> dict[str, tuple[Facet, ...]]:
    """Facets with names; years in order; only officials among the persons; nothing hidden, and
    nobody whom this base knows no more (of withdrawn documents)."""
    ids = {f.value for name in ("institution", "official", "place") for f in facets.get(name, ())}
    rows = entity_reads.entity_rows(connection, ids)
    officials = officials_among(connection, [f.value for f in facets.get("official", ())])
    named: dict[str, tuple[Facet, ...]] = {}
    for name, values in facets.items():
        if name == "year":
            named[name] = tuple(sorted(values, key=lambda f: f.value, reverse=True))
        elif name == "figures":
            named[name] = tuple(replace(f, label=WITH_FIGURES) for f in values)
        elif name == "type":
            named[name] = tuple(
                replace(f, label=doc_type_label(f.value) or f.value) for f in values
            )
        else:
            named[name] = tuple(
                replace(f, label=rows[f.value].name)
                for f in values
                if f.value in rows
                and not rows[f.value].hidden
                and (name != "official" or f.value in officials)
            )
    if limit is None:
        return named
    return {n: v if n == "year" else v[:limit] for n, v in named.items()}
