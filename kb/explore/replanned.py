"""What changed from one version of a plan to another: numbers, indicators that came and went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.catalog.reading import documents as reads
from kb.catalog.reading import indicators as indicator_reads
from kb.catalog.reading.indicators import IndicatorNumber
from kb.catalog.reading.typed import Reading
from kb.errors import NotFound, QueryError
from kb.explore.indicators import cell
from kb.explore.search import document_ref
from kb.explore.sources import Sources
from kb.explore.telling import telling
from kb.explore.units import printed_unit
from kb.explore.views import DocumentRef, FigureChange, FigureChanges, PlannedIndicator

MOST = 8
"""Other versions of one plan."""
LOOKED_AT = 60
"""Plans with the same indicators; those of other years are no version of it."""
_Key = tuple[str, int, str]
"""Indicator, year, kind."""


def plan_versions(sources: Sources, document_id: int) -> tuple[DocumentRef, ...]:
    """See ``KnowledgeBase.plan_versions``."""
    with sources.read() as connection:
        row = reads.document(connection, document_id)
        if row is None:
            raise NotFound(f"There is no document {document_id}; look it up with 'kb search'.")
        near = indicator_reads.plans_beside(connection, document_id, LOOKED_AT)
        years = reads.document_years_of(connection, [document_id, *near])
        own = years.get(document_id)
        found = [other for other in near if years.get(other) == own][:MOST]
        lines = reads.document_lines(connection, found)
        return tuple(document_ref(lines[other]) for other in found if other in lines)


def figure_changes(sources: Sources, document_id: int, other_id: int) -> FigureChanges:
    """See ``KnowledgeBase.figure_changes``."""
    if document_id == other_id:
        raise QueryError("Compare two different documents.")
    with sources.read() as connection:
        left, right = (_numbers_of(connection, one) for one in (document_id, other_id))
    names = _same_names(left, right)
    before, after = _keyed(left, {}), _keyed(right, names)
    changed: list[FigureChange] = []
    unchanged = 0
    for key in before.keys() & after.keys():
        one, two = before[key], after[key]
        difference = _difference(one, two)
        if difference == 0.0 or (difference is None and one.value_text == two.value_text):
            unchanged += 1
        else:
            changed.append(
                FigureChange(one.name, one.unit, key[1], one.kind, cell(one), cell(two), difference)
            )
    changed.sort(key=lambda c: (c.before.page, c.before.row or 0, c.indicator, c.year, c.kind))
    was, now = {key[0] for key in before}, {key[0] for key in after}
    return FigureChanges(
        document_id,
        other_id,
        tuple(changed),
        _planned(after, now - was),
        _planned(before, was - now),
        unchanged,
    )


def _numbers_of(connection: Reading, document_id: int) -> list[IndicatorNumber]:
    if reads.document(connection, document_id) is None:
        raise NotFound(f"There is no document {document_id}; look it up with 'kb search'.")
    return indicator_reads.indicators_of(connection, document_id)


def _same_names(
    left: Sequence[IndicatorNumber], right: Sequence[IndicatorNumber]
) -> Mapping[str, str]:
    """Normal form in ``right`` -> in ``left``, where the plan words one indicator anew. A name
    that might be one of several stays its own."""
    known = {number.norm for number in left}
    there = {number.norm for number in right}
    worded: dict[tuple[frozenset[str], str], set[str]] = {}
    for number in left:
        if number.norm not in there:
            worded.setdefault(_meaning(number), set()).add(number.norm)
    found: dict[str, str] = {}
    for number in right:
        same = worded.get(_meaning(number), set())
        if number.norm not in known and len(same) == 1:
            found[number.norm] = next(iter(same))
    return found if len(set(found.values())) == len(found) else {}


def _meaning(number: IndicatorNumber) -> tuple[frozenset[str], str]:
    unit, _ = printed_unit(number.unit)
    return telling(number.name, unit), unit


def _keyed(
    numbers: Sequence[IndicatorNumber], names: Mapping[str, str]
) -> dict[_Key, IndicatorNumber]:
    """The first number of each indicator, year and kind; quarters are left out."""
    found: dict[_Key, IndicatorNumber] = {}
    for number in numbers:
        if number.quarter is None:
            key = (names.get(number.norm, number.norm), number.year, number.kind)
            found.setdefault(key, number)
    return found


def _difference(before: IndicatorNumber, after: IndicatorNumber) -> float | None:
    """After minus before in the unit of ``before``; ``None`` where they cannot be told apart by
    a number."""
    if before.value is None or after.value is None:
        return None
    (unit, factor), (other, scale) = printed_unit(before.unit), printed_unit(after.unit)
    if unit != other and before.unit and after.unit:
        return None
    if not before.unit or not after.unit:
        factor = scale = 1.0
    return round(after.value * scale / factor - before.value, 9)


def _planned(
    numbers: Mapping[_Key, IndicatorNumber], norms: set[str]
) -> tuple[PlannedIndicator, ...]:
    """Indicators with all their numbers, in the order of the document."""
    cells: dict[str, list[IndicatorNumber]] = {}
    for key, number in numbers.items():
        if key[0] in norms:
            cells.setdefault(key[0], []).append(number)
    ordered = sorted(cells.values(), key=lambda rows: (rows[0].page, rows[0].row or 0))
    return tuple(
        PlannedIndicator(rows[0].name, rows[0].unit, tuple(map(cell, rows))) for rows in ordered
    )
