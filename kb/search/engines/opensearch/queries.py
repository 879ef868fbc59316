"""Plans in OpenSearch's query language.

Where a query finds without a score, words of one field are looked up as a set: cheaper, and
no limit of clauses stands in the way. A scored query of more than ``MOST_CLAUSES`` words (which
patterns and slips of spelling make) gives words of one set the same score.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kb.model import Filters
from kb.search import plan as p
from kb.search.columns import YEAR, date_number
from kb.search.engines.opensearch.schema import HOLE, STEM
from kb.search.ordering import keyed_filters
from kb.search.ranking import K1, KEY

Query = dict[str, Any]

MOST_CLAUSES = 900
"""OpenSearch refuses more than 1,024 in one query."""
POINTS = K1 + 1
"""Lucene leaves this factor out of BM25 since version 8; our lifts are in points with it."""
NONE: Query = {"match_none": {}}
ALL: Query = {"match_all": {"boost": 0.0}}


def filtered(plan: p.Plan, filters: Filters, scored: bool) -> Query:
    """Passages that match ``plan`` and pass ``filters``."""
    parts = [_keys(p.Key(*keyed)) for keyed in keyed_filters(filters)]
    if filters.date_from or filters.date_to:
        parts.append(_dates(filters.date_from, filters.date_to))
    if filters.documents:
        parts.append(among(filters.documents))
    if not scored:
        return {"bool": {"filter": [_silent(plan), *parts]}}
    query = _scored(plan, _clauses(plan) > MOST_CLAUSES)
    return {"bool": {"must": [query], "filter": parts}} if parts else query


def among(documents: Sequence[int]) -> Query:
    """Passages of these documents."""
    return {"terms": {"document": list(documents)}}


def _field(plan: p.Term | p.Chain) -> str:
    return plan.field if plan.exact else plan.field + STEM


def _clauses(plan: p.Plan) -> int:
    if isinstance(plan, p.Union | p.Both):
        return sum(map(_clauses, plan.parts))
    if isinstance(plan, p.Lifted):
        return _clauses(plan.main) + sum(map(_clauses, plan.lifts))
    if isinstance(plan, p.Constant | p.Without):
        return len(_flat(plan.part))
    return 1


def _flat(plan: p.Plan) -> list[p.Plan]:
    return p.widest(plan.parts) if isinstance(plan, p.Union) else [plan]


# -- without a score --------------------------------------------------------------------------


def _silent(plan: p.Plan) -> Query:
    if isinstance(plan, p.Term):
        return {"term": {_field(plan): plan.text}}
    if isinstance(plan, p.Chain):
        return _beside(plan)
    if isinstance(plan, p.Union):
        return _any(plan.parts)
    if isinstance(plan, p.Both):
        return _every(plan.parts)
    if isinstance(plan, p.Lifted):
        return _silent(plan.main)
    if isinstance(plan, p.Constant):
        return _silent(plan.part)
    if isinstance(plan, p.Without):
        return _every((plan,))
    if isinstance(plan, p.Key):
        return _keys(plan)
    if isinstance(plan, p.DateRange):
        return _dates(plan.first, plan.last)
    return ALL


def _any(parts: Sequence[p.Plan]) -> Query:
    words: dict[str, list[str]] = {}
    found: list[Query] = []
    for part in p.widest(parts):
        if isinstance(part, p.Term):
            words.setdefault(_field(part), []).append(part.text)
        else:
            found.append(_silent(part))
    found += [{"terms": {field: some}} for field, some in words.items()]
    if len(found) < 2:
        return found[0] if found else NONE
    return {"bool": {"should": found, "minimum_should_match": 1}}


def _every(parts: Sequence[p.Plan]) -> Query:
    wanted = [_silent(part) for part in parts if not isinstance(part, p.Without)]
    denied = [_silent(part.part) for part in parts if isinstance(part, p.Without)]
    return {"bool": {"filter": wanted or [ALL], "must_not": denied}}


# -- with a score -----------------------------------------------------------------------------


def _scored(plan: p.Plan, coarse: bool) -> Query:
    if isinstance(plan, p.Term):
        return {"term": {_field(plan): {"value": plan.text, "boost": plan.weight * POINTS}}}
    if isinstance(plan, p.Chain):
        return _beside(plan, plan.weight * POINTS)
    if isinstance(plan, p.Union):
        return _either(plan, coarse)
    if isinstance(plan, p.Both):
        wanted = [_scored(x, coarse) for x in plan.parts if not isinstance(x, p.Without)]
        denied = [_silent(x.part) for x in plan.parts if isinstance(x, p.Without)]
        return {"bool": {"must": wanted or [ALL], "must_not": denied}}
    if isinstance(plan, p.Lifted):
        lifts = [_scored(lift, coarse) for lift in plan.lifts]
        return {"bool": {"must": [_scored(plan.main, coarse)], "should": lifts}}
    score = plan.score if isinstance(plan, p.Constant) else 0.0
    return {"constant_score": {"filter": _silent(plan), "boost": score}}


def _either(plan: p.Union, coarse: bool) -> Query:
    parts = list(plan.parts)
    found: list[Query] = []
    if coarse:
        sets: dict[tuple[str, float], list[str]] = {}
        for part in parts:
            if isinstance(part, p.Term):
                sets.setdefault((_field(part), part.weight), []).append(part.text)
        for (field, weight), words in sets.items():
            one: Query = {"terms": {field: words}}
            found.append({"constant_score": {"filter": one, "boost": weight * POINTS}})
        parts = [part for part in parts if not isinstance(part, p.Term)]
    found += [_scored(part, coarse) for part in parts]
    if len(found) < 2:
        return found[0] if found else NONE
    if plan.best:
        return {"dis_max": {"queries": found, "tie_breaker": 0.0}}
    return {"bool": {"should": found, "minimum_should_match": 1}}


# -- words beside one another, keys, dates ------------------------------------------------------


def _beside(plan: p.Chain, boost: float = 1.0) -> Query:
    field = _field(plan)
    if not plan.words:
        return NONE
    if len(plan.words) == 1:
        return {"term": {field: {"value": plan.words[0], "boost": boost}}}
    if plan.slop:
        words = [{"match": {"query": word}} for word in plan.words]
        near = {"mode": "unordered", "max_gaps": plan.slop, "intervals": words}
        return {"intervals": {field: {"all_of": near, "boost": boost}}}
    row = [HOLE] * (plan.offsets[-1] + 1)
    for at, word in zip(plan.offsets, plan.words, strict=True):
        row[at] = word
    return {"match_phrase": {field: {"query": " ".join(row), "boost": boost}}}


def _keys(plan: p.Key) -> Query:
    values = list(plan.values)
    if plan.prefix == YEAR and values and ".." in values[0]:
        first, _, last = values[0].partition("..")
        return {"range": {"years": {"gte": int(first), "lte": int(last)}}}
    return {"terms": {KEY: [plan.prefix + value for value in values]}}


def _dates(first: str | None, last: str | None) -> Query:
    date: dict[str, int] = {"gte": 1}
    if last:
        date["lte"] = date_number(last, last=True)
    parts: list[Query] = [{"range": {"date": date}}]
    if first:
        parts.append({"range": {"latest": {"gte": date_number(first)}}})
    return {"bool": {"filter": parts}}
