"""Several indicators on one chart: chosen where they are unfolded, kept in the address."""

from __future__ import annotations

from functools import partial

import streamlit as st

from kb.explore import views as v
from kb.model import NumberKind
from kb.web import nav, state
from kb.web.base import kb
from kb.web.parts import numbers
from kb.web.parts.curves import Curve
from kb.web.parts.drawing import figure, section
from kb.web.parts.filters import chip_link
from kb.web.parts.indicator_years import drawn, marks_of, sources, unit_of
from kb.web.safe import html
from kb.web.state import t
from kb.web.theme import SERIES_COLOURS

CHOSEN = "banding"
"""The parameter that names an indicator and its region, once for each."""
BETWEEN = "|"


def _key(indicator: v.IndicatorView) -> str:
    return f"{indicator.norm}{BETWEEN}{indicator.region or ''}"


def _chosen() -> list[str]:
    return list(dict.fromkeys(value for value in state.values(CHOSEN) if BETWEEN in value))


def link(indicator: v.IndicatorView) -> str:
    """Into the comparison, or out of it."""
    chosen, own = _chosen(), _key(indicator)
    inside = own in chosen
    if not inside and (len(chosen) >= len(SERIES_COLOURS) or not _numbers(indicator)):
        return ""
    rest = [one for one in chosen if one != own] if inside else [*chosen, own]
    word = html(t("indicators.uncompare" if inside else "indicators.compare"))
    there = nav.changed({CHOSEN: rest})
    anchor = nav.anchor(there, word, style="kb-button", mark=f"beside-{own}")
    return f'<p class="kb-beside-link">{anchor}</p>'


def _numbers(indicator: v.IndicatorView) -> bool:
    return any(
        cell is not None and cell.value is not None
        for year in indicator.years
        for cell in (year.target, year.realisation)
    )


def show() -> None:
    """The chosen ones with one chart for each unit; nothing where none is chosen."""
    chosen = _chosen()
    if not chosen:
        return
    found = kb().indicators_named([tuple(one.rsplit(BETWEEN, 1)) for one in chosen])  # type: ignore[misc]
    if not found:
        return
    chips = "".join(
        "<li>"
        + chip_link(
            nav.changed({CHOSEN: [one for one in chosen if one != _key(indicator)]}),
            _name(indicator),
        )
        + "</li>"
        for indicator in found
    )
    body = f'<ul class="kb-badges">{chips}</ul>'
    if len(found) == 1:
        body += f'<p class="kb-muted">{html(t("indicators.compare_more"))}</p>'
    by_unit: dict[str, list[tuple[str, v.IndicatorView]]] = {}
    for colour, indicator in zip(SERIES_COLOURS, found, strict=False):
        by_unit.setdefault((indicator.unit or "").casefold(), []).append((colour, indicator))
    body += "".join(map(_chart, by_unit.values()))
    with st.container(key="beside"):
        st.html(section(t("indicators.compared"), body))


def _name(indicator: v.IndicatorView) -> str:
    region = indicator.region or ""
    apart = region and region.casefold() not in indicator.name.casefold()
    return f"{indicator.name}, {region}" if apart else indicator.name


def _told(name: str, cell: v.IndicatorCell) -> str:
    """What a point says of itself."""
    return f"{name}, {cell.year}, {numbers.kind(cell)}: {cell.value_text} ({cell.dated_title})"


def _chart(lines: list[tuple[str, v.IndicatorView]]) -> str:
    """What came of it as a line of each one's colour, what was aimed at dashed."""
    curves: list[Curve] = []
    for colour, indicator in lines:
        kinds: tuple[NumberKind, ...] = ("realisation", "target")
        for kind in kinds:
            if marks := marks_of(indicator, kind, partial(_told, _name(indicator))):
                aimed = kind == "target"
                named = not aimed or all(line.colour != colour for line in curves)
                curves.append(Curve(_name(indicator), colour, marks, hollow=aimed, named=named))
    if not curves:
        return ""
    title = "; ".join(_name(indicator) for _, indicator in lines)
    axis = unit_of(lines[0][1])
    body = drawn(curves, label=title, key=f"beside-{lines[0][0]}", axis=axis)
    body += f'<p class="kb-note">{html(t("indicators.dashed"))}</p>'
    return figure(body, title=title, source=sources([indicator for _, indicator in lines]))
