"""One indicator over the years: its numbers as lines and as a table, each with its page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kb.explore import views as v
from kb.model import NUMBER_KINDS, NumberKind
from kb.web import nav
from kb.web.base import kb
from kb.web.parts import curves, numbers
from kb.web.parts.cards import num
from kb.web.parts.curves import Curve, Mark
from kb.web.parts.drawing import figure
from kb.web.parts.figures import claim_card
from kb.web.safe import html
from kb.web.state import t
from kb.web.theme import SERIES_COLOURS

COLOURS: dict[NumberKind, str] = {
    "baseline": SERIES_COLOURS[4],
    "target": SERIES_COLOURS[1],
    "realisation": SERIES_COLOURS[0],
}
OTHERS_COLOUR = "#7d8783"
PERCENT = ("persen", "%", "persentase")
NAMED = 5
"""Sources named in the foot of a picture."""
SAID = 12
"""Figures that were said, shown with an indicator: the latest."""


def said_of(indicator: v.IndicatorView) -> list[v.ClaimView]:
    """Figures about this indicator and region that somebody stated, oldest first."""
    found = kb().claims(indicator=indicator.name, agreement="paired", limit=SAID).claims
    own = [
        claim
        for claim in found
        if any(pair.region == indicator.region for pair in claim.pairs) and claim.period
    ]
    return sorted(own, key=lambda claim: claim.period or "")


def said_list(said: Sequence[v.ClaimView]) -> str:
    """Who stated a figure of this, when and in which office."""
    if not said:
        return ""
    return f"<h4>{html(t('claims.said'))}</h4>" + "".join(map(claim_card, said))


def direction(indicator: v.IndicatorView) -> str:
    """Which way the indicator is meant to go, where a target is held against what came of it."""
    if all(year.met is None for year in indicator.years):
        return ""
    return t("indicators.falls" if indicator.falls else "indicators.rises")


def chart(indicator: v.IndicatorView, said: Sequence[v.ClaimView] = ()) -> str:
    """Target and realisation as lines; nothing for an opinion or a grade.

    What was said, and what other documents or earlier stages of a plan state, stands as points
    where it is in the indicator's unit.
    """
    lines = []
    for kind in NUMBER_KINDS:
        if marks := marks_of(indicator, kind, _told):
            label = t(f"indicators.{kind}")
            lines.append(Curve(label, COLOURS[kind], marks, hollow=kind == "target"))
    if sum(len(line.marks) for line in lines) < 2:
        return ""
    others = _others(indicator)
    if others:
        lines.append(Curve(t("indicators.others"), OTHERS_COLOUR, others, points=True, hollow=True))
    spoken = [
        Mark(
            int(claim.period[:4]),
            claim.number,
            f"{claim.period[:4]}, {claim.speaker or claim.title}: {claim.value}",
            nav.href("dokumen", id=claim.document_id, hal=claim.page, q=claim.value),
        )
        for claim in said
        if claim.period and claim.unit in ("persen", "poin", None)
    ]
    if spoken:
        lines.append(Curve(t("claims.said"), SERIES_COLOURS[2], spoken, points=True))
    name = f"{indicator.name}, {indicator.region}" if indicator.region else indicator.name
    drawing = drawn(lines, label=name, key="ind", low=True, axis=unit_of(indicator))
    return figure(drawing, title=name, source=sources([indicator]))


def marks_of(
    indicator: v.IndicatorView, kind: NumberKind, told: Callable[[v.IndicatorCell], str]
) -> list[Mark]:
    """The numbers of one kind as points of a line, each leading to its page."""
    return [
        Mark(cell.year, cell.value, told(cell), numbers.address(cell))
        for year in indicator.years
        if (cell := year.cell(kind)) is not None and cell.value is not None
    ]


def drawn(lines: Sequence[Curve], *, label: str, key: str, axis: str, low: bool = False) -> str:
    """Lines of one unit, with as many digits on the axis as their range asks for."""
    values = [mark.value for line in lines for mark in line.marks]
    digits = 0 if max(values) - min(values) > 10 else 2
    return curves.curves(
        lines,
        label=label,
        written=lambda x: short(x, digits),
        key=key,
        from_zero=False,
        low=low,
        axis=axis,
    )


def _told(cell: v.IndicatorCell) -> str:
    """What a point says of itself."""
    return f"{cell.year}, {numbers.kind(cell)}: {cell.value_text} ({_source(cell)})"


def _others(indicator: v.IndicatorView) -> list[Mark]:
    """Numbers of a whole year, in the same unit, that differ from what the lines show."""
    found = []
    for year in indicator.years:
        shown = {c.value for c in year.cells}
        for cell in year.others:
            alike = not cell.unit or not indicator.unit or cell.unit == indicator.unit
            if cell.value is None or cell.quarter or not alike or cell.value in shown:
                continue
            found.append(Mark(cell.year, cell.value, _told(cell), numbers.address(cell)))
    return found


def sources(indicators: Sequence[v.IndicatorView]) -> str:
    """The documents that the lines are drawn from, as the foot of a picture names them."""
    titles: dict[str, None] = {}
    for indicator in indicators:
        for year in reversed(indicator.years):
            titles |= dict.fromkeys(map(_source, year.cells))
    more = f"; … (+{len(titles) - NAMED})" if len(titles) > NAMED else ""
    return "; ".join([*titles][:NAMED]) + more


def short(value: float, digits: int) -> str:
    """A number of the axis: thousands of millions are not written out."""
    for size, key in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return t(f"indicators.{key}", value=num(value / size, 0 if value % size == 0 else 1))
    return num(value, 0 if value == round(value) else digits)


def _source(cell: v.IndicatorCell) -> str:
    return f"{numbers.page(cell)} · {cell.dated_title}"


def table(years: Sequence[v.IndicatorYear]) -> str:
    """Every number with the page it stands on, one line a year."""
    kinds = [kind for kind in NUMBER_KINDS if any(year.cell(kind) for year in years)]
    shares = any(year.met is not None for year in years)
    attained = html(t("indicators.attainment").capitalize())
    head = "".join(f"<th>{html(t(f'indicators.{kind}').capitalize())}</th>" for kind in kinds)
    if shares:
        head += f'<th class="kb-figure-cell">{attained}</th>'
    rows = ""
    for year in years:
        cells = "".join(_number(year.cell(kind)) for kind in kinds)
        if shares:
            share = f"{num(100 * year.attainment, 1)} %" if year.attainment is not None else ""
            if year.met is not None:
                word = t("indicators.met" if year.met else "indicators.missed")
                share += f" <small>{html(word)}</small>"
            cells += f'<td class="kb-figure-cell" data-label="{attained}">{share}</td>'
        rows += f"<tr><th>{year.year}</th>{cells}</tr>"
        if year.others:
            rows += f'<tr><td></td><td colspan="{len(kinds) + shares}">{_further(year)}</td></tr>'
    return (
        '<div class="kb-wide"><table class="kb-table kb-numbers-of-years"><thead><tr>'
        f"<th>{html(t('indicators.year').capitalize())}</th>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _further(year: v.IndicatorYear) -> str:
    """Numbers that differ from those of the table, each with its page; behind a line that counts
    them the documents that state the same."""
    shown = {cell.kind: cell for cell in year.cells}
    alike: list[v.IndicatorCell] = []
    unlike: list[v.IndicatorCell] = []
    for cell in year.others:
        beside = shown.get(cell.kind)
        same = beside is not None and not cell.quarter and _said(cell) == _said(beside)
        (alike if same else unlike).append(cell)
    body = ""
    if unlike:
        body = f"<p>{html(t('indicators.others'))}</p><ul>{''.join(map(_other, unlike))}</ul>"
    if alike:
        count = t("indicators.same", count=num(len(alike)))
        items = "".join(map(_other, alike))
        body += f"<details><summary>{html(count)}</summary><ul>{items}</ul></details>"
    return f'<div class="kb-further">{body}</div>'


def _said(cell: v.IndicatorCell) -> tuple[float | str, str]:
    return (cell.value_text if cell.value is None else cell.value), (cell.unit or "").casefold()


def _other(cell: v.IndicatorCell) -> str:
    """A number that another document, another stage of it or a quarter states."""
    link = nav.anchor(
        numbers.address(cell), f"<b>{html(cell.value_text)}</b> {html(_source(cell))}",
        mark=f"other-{cell.document_id}-{cell.page}-{cell.kind}-{cell.quarter or 0}-{cell.row}",
    )  # fmt: skip
    return f"<li>{html(numbers.kind(cell))} {link}</li>"


def unit_of(indicator: v.IndicatorView) -> str:
    """The unit in the reader's language, where it is one that has a name in both."""
    unit = indicator.unit or ""
    return t("indicators.percent") if unit.casefold() in PERCENT else unit


def _number(cell: v.IndicatorCell | None) -> str:
    if cell is None:
        return "<td></td>"
    link = nav.anchor(
        numbers.address(cell),
        f"<b>{html(cell.value_text)}</b><small>{html(_source(cell))}</small>",
        mark=f"number-{cell.kind}-{cell.year}",
    )
    label = html(t(f"indicators.{cell.kind}").capitalize())
    return f'<td data-label="{label}">{link}</td>'
