"""Offices through time as bars beside their dates, for one person or several."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kb.explore import views as v
from kb.explore.terms import NOT_IN_OFFICE
from kb.web.parts.cards import day, named_between, num
from kb.web.parts.drawing import legend
from kb.web.safe import html
from kb.web.state import t
from kb.web.theme import SERIES_COLOURS

YEARS = 8
"""Years written below the bars at most."""
LAST_WRITTEN = 91
"""Percent of the width beyond which a year stands before its line: behind it, it would be cut."""
EDGE = 0.015
"""Share of the time shown left free on each side, for the arrows."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the drawing."""

    term: v.OfficeTerm
    name: str
    """HTML: what stands first."""
    group: str
    """What gives the colour: a status, or whose office it is."""
    below: str = ""
    """Said under the name before the dates."""


def whole(iso: str) -> str:
    """A date prefix as the first day it covers."""
    return (iso + "-01-01"[len(iso) - 4 :])[:10] if len(iso) < 10 else iso[:10]


def _day_number(iso: str) -> int:
    try:
        return date.fromisoformat(whole(iso)).toordinal()
    except ValueError:  # a day that is not in the calendar: its year is known all the same
        return date(max(1, int(iso[:4])), 1, 1).toordinal()


def gantt(bars: Sequence[Bar], *, label: str) -> str:
    """The bars as HTML; those without a date stand with their words only.

    What no source states ends in an arrow: the bar then reaches to where documents name the
    person in that office. Former and hoped-for offices come last and pale.
    """
    ordered = sorted(bars, key=lambda b: b.term.status in NOT_IN_OFFICE)
    groups = dict.fromkeys(b.group for b in ordered if b.term.status not in NOT_IN_OFFICE)
    colours = dict(zip(groups, itertools.cycle(SERIES_COLOURS), strict=False))
    spans = [span for b in ordered if (span := _span(b.term)) is not None]
    if spans:
        low, high = min(s[0] for s in spans), max(s[1] for s in spans)
        free = max(30, round((high - low) * EDGE))
        low, high = low - free, high + free
    else:
        low, high = 0, 1
    lines = "".join(_line(b, low, high, colours.get(b.group)) for b in ordered)
    note = ""
    if any(b.term.begin and not (b.term.date_from and b.term.date_to) for b in ordered):
        note = f'<p class="kb-note">{html(t("entities.open_ends"))}</p>'
    axis = _axis(low, high) if spans else ""
    return (
        f'<div class="kb-career">{legend(list(colours.items()))}'
        f'<div class="kb-career-lines">{axis}<ul aria-label="{html(label)}">{lines}</ul></div>'
        f"{note}</div>"
    )


def _span(term: v.OfficeTerm) -> tuple[int, int] | None:
    """First and last day of a bar as day numbers."""
    if not term.begin:
        return None
    begin = _day_number(term.begin)
    running = term.date_from is not None and term.date_to is None
    end = date.today().toordinal() if running else _day_number(term.end or term.begin)
    return begin, max(begin, end)


def _line(bar: Bar, low: int, high: int, colour: str | None) -> str:
    term, span = bar.term, _span(bar.term)
    sure = ""
    if term.origin == "authority":
        sure = t("entities.authority")
    elif term.confidence < 1:
        sure = t("statements.confidence", value=num(100 * term.confidence))
    kept = sure.replace(" %", "\u00a0%")  # a sign is not left alone on a line
    facts = [html(p) for p in (bar.below, _dates(term), kept) if p]
    drawn = ""
    if span is not None:
        left = 100 * (span[0] - low) / (high - low)
        width = 100 * (span[1] - span[0]) / (high - low)
        shape = ("" if term.date_from else " kb-from") + ("" if term.date_to else " kb-on")
        if term.status in NOT_IN_OFFICE:
            shape += " kb-not-held"
        paint = f";background:{colour}" if colour else ""
        drawn = (
            f'<i class="kb-span{shape}" title="{html(_said(term))}" '
            f'style="left:{left:.2f}%;width:{width:.2f}%{paint}"></i>'
        )
    return (
        f'<li><div class="kb-who">{bar.name}<small>{" · ".join(facts)}</small></div>'
        f'<div class="kb-track">{drawn}</div></li>'
    )


def _dates(term: v.OfficeTerm) -> str:
    if not (term.date_from or term.date_to):
        return named_between(term)
    begin, end = day(term.date_from), day(term.date_to)
    if not end and term.date_from:
        end = t("entities.now")
    if not begin or begin == end:
        return begin or end
    return t("entities.first_last", first=begin, last=end) if end else begin


def _said(term: v.OfficeTerm) -> str:
    """Begin and end in words, which say where each is from."""
    since = (
        t("entities.since", day=day(term.date_from))
        if term.date_from
        else t("entities.first_named", day=day(term.first_seen))
    )
    if term.date_to:
        until = t("entities.until", day=day(term.date_to))
    elif term.date_from:
        until = t("entities.still")
    else:
        until = t("entities.last_named", day=day(term.last_seen))
    return f"{term.label}: {since}, {until}"


def _axis(low: int, high: int) -> str:
    first = date.fromordinal(low).year + 1
    last = date.fromordinal(high).year
    step = max(1, -(-(last - first + 1) // YEARS))
    years = ""
    for year in range(first, last + 1, step):
        left = 100 * (date(year, 1, 1).toordinal() - low) / (high - low)
        side = "" if left < LAST_WRITTEN else ' class="kb-before"'
        years += f'<span{side} style="left:{left:.2f}%">{year}</span>'
    return f'<div class="kb-career-axis" aria-hidden="true"><div>{years}</div></div>'
