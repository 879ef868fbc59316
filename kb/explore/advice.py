"""After zero hits: which filter to drop, and how many hits that gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kb.explore.views import ActiveFilter, FilterAdvice
from kb.model import Filters
from kb.search.engine import EngineResult

if TYPE_CHECKING:
    from kb.explore.question import Prepared


Count = Callable[[Filters], EngineResult]
"""What a query finds with other filters; only its totals are read."""


def advise(ready: Prepared, count: Count) -> tuple[FilterAdvice, ...]:
    """For each filter: how many hits there are without it; failing all, without any."""
    drops: list[tuple[str, Filters]] = []
    f = ready.filters
    for name, without in (
        ("year", replace(f, years=())),
        ("institution", replace(f, institutions=())),
        ("official", replace(f, officials=())),
        ("place", replace(f, places=())),
        ("type", replace(f, types=())),
        ("figures", replace(f, figures=False)),
        ("date", replace(f, date_from=None, date_to=None)),
    ):
        if without != f:
            drops.append((name, without))
    found: list[FilterAdvice] = []
    for name, without in drops:
        result = count(without)
        if result.total and not result.relaxed:
            gone = tuple(a for a in ready.active if _filter_name(a) == name)
            found.append(FilterAdvice(gone, result.total, result.documents))
    if not found and len(drops) > 1:
        result = count(Filters(documents=f.documents))
        if result.total:
            found.append(FilterAdvice(ready.active, result.total, result.documents))
    return tuple(sorted(found, key=lambda a: -a.total))


def _filter_name(chip: ActiveFilter) -> str:
    return "date" if chip.name in ("from", "to") else chip.name
