"""Plan against plan: indicators on which documents state different numbers for one year."""

from __future__ import annotations

from collections.abc import Sequence

from kb.explore.indicators import indicators
from kb.explore.sources import Sources
from kb.explore.units import printed_unit
from kb.explore.views import Disagreement, DisagreementResult, IndicatorCell, IndicatorView
from kb.model import NUMBER_KINDS

_ORDER = (
    "rpjpd", "rpjmd", "renstra", "rkpd", "renja", "iku", "perkin", "lkjip", "lakip", "lkpj",
    "lppd", "lkpd",
)  # fmt: skip
"""Plans from the long to the short term, then reports."""
MOST = 2000
"""Indicators looked at for one answer."""


def disagreements(
    sources: Sources,
    query: str | None,
    *,
    years: tuple[int, ...],
    institution: str | Sequence[str] | None,
    limit: int,
    offset: int,
) -> DisagreementResult:
    """See ``KnowledgeBase.disagreements``."""
    result = indicators(
        sources, query, years=years, institution=institution, document=None, limit=MOST, offset=0
    )
    found = [one for view in result.indicators for one in of_indicator(view)]
    return DisagreementResult(len(found), tuple(found[offset : offset + limit]))


def of_indicator(view: IndicatorView) -> list[Disagreement]:
    """The years and kinds for which documents state different numbers of this indicator."""
    out: list[Disagreement] = []
    for year in view.years:
        for kind in NUMBER_KINDS:
            cells = _one_a_document(
                [c for c in (*year.cells, *year.others) if c.kind == kind and c.quarter is None]
            )
            if len(cells) > 1 and _differ(cells):
                cells.sort(key=_place)
                out.append(
                    Disagreement(
                        view.name, view.norm, view.region, view.unit, year.year, kind, tuple(cells)
                    )
                )
    return out


def _one_a_document(cells: Sequence[IndicatorCell]) -> list[IndicatorCell]:
    kept: dict[tuple[int, str | None], IndicatorCell] = {}
    for cell in cells:
        if cell.value is not None:
            kept.setdefault((cell.document_id, cell.stage), cell)
    return list(kept.values())


def _differ(cells: Sequence[IndicatorCell]) -> bool:
    """Whether two of them, in one unit, are not the same number."""
    by_unit: dict[str, set[float]] = {}
    for cell in cells:
        unit, factor = printed_unit(cell.unit)
        if cell.value is not None:
            by_unit.setdefault(unit, set()).add(round(cell.value * factor, 6))
    return any(len(values) > 1 for values in by_unit.values())


def _place(cell: IndicatorCell) -> tuple[int, str, int]:
    kind = cell.doc_type or ""
    return (
        (_ORDER.index(kind) if kind in _ORDER else len(_ORDER)),
        cell.date or "",
        cell.document_id,
    )
