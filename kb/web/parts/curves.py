"""Numbers over the years as lines; each number is a point that says itself and opens its source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kb.web.parts.drawing import legend, picture, point, steps
from kb.web.safe import html

YEARS = 14
"""Years written below at most; on a phone every other one."""
HEIGHT = 1000
"""Units of the drawing that its field is high; it is as wide."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One number."""

    year: int
    value: float
    said: str
    """What its tooltip and a screen reader say."""
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """One line."""

    label: str
    colour: str
    marks: Sequence[Mark]
    hollow: bool = False
    """Dashed with empty points: what is aimed at, not what is."""
    points: bool = False
    """Points alone, without a line between."""
    named: bool = True
    """In the legend; the second line of one colour is not."""


def curves(
    lines: Sequence[Curve],
    *,
    label: str,
    written: Callable[[float], str],
    key: str,
    from_zero: bool = True,
    whole: bool = False,
    low: bool = False,
    axis: str = "",
    foot: Callable[[int], float | None] | None = None,
    foot_label: str = "",
    foot_written: Callable[[float], str] = str,
) -> str:
    """The lines as HTML; nothing where there is no number.

    ``written`` says a number of the axis; ``axis`` what its numbers are. ``foot`` gives each
    year a number that stands below it with a grey bar, such as a denominator, named
    ``foot_label``. ``low`` drawings are half as high.
    """
    marks = [m for line in lines for m in line.marks]
    if not marks:
        return ""
    first, last = min(m.year for m in marks), max(m.year for m in marks)
    lowest = min(m.value for m in marks)
    ticks = steps(
        min(0.0, lowest) if from_zero else lowest,
        max(m.value for m in marks),
        most=3 if low else 5,
        whole=whole,
    )
    bottom, top = ticks[0], ticks[-1]

    def across(year: int) -> float:
        return 100 * (year - first + 0.5) / (last - first + 1)

    def up(value: float) -> float:
        return 100 * (value - bottom) / (top - bottom)

    grid = "".join(
        f'<b style="bottom:{up(tick):.2f}%"><span>{html(written(tick))}</span></b>'
        for tick in ticks
    )
    drawn = "".join(_path(line, across, up) for line in lines if not line.points)
    rows = "".join(
        _row(line, position, across, up, key) for position, line in enumerate(lines) if line.marks
    )
    size = " kb-low" if low else ""
    named = f'<p class="kb-axis-name">{html(axis)}</p>' if axis else ""
    return (
        f'<div class="kb-curves{size}" role="group" aria-label="{html(label)}">'
        f"{legend([(line.label, line.colour) for line in lines if line.named])}{named}"
        f'<div class="kb-field"><div class="kb-grid" aria-hidden="true">{grid}</div>'
        f"{picture(drawn, HEIGHT, HEIGHT, 'kb-lines-drawn')}{rows}</div>"
        f"{_years(first, last, across)}{_foot(first, last, foot, foot_label, foot_written)}</div>"
    )


def _path(line: Curve, across: Callable[[int], float], up: Callable[[float], float]) -> str:
    places = [
        f"{across(m.year) * HEIGHT / 100:.1f},{HEIGHT - up(m.value) * HEIGHT / 100:.1f}"
        for m in line.marks
    ]
    dashes = " stroke-dasharray='5 4'" if line.hollow else ""
    return (
        f"<polyline points='{' '.join(places)}' fill='none' stroke='{line.colour}' "
        f"stroke-width='2.2' stroke-linejoin='round' vector-effect='non-scaling-stroke'{dashes}/>"
    )


def _row(
    line: Curve,
    position: int,
    across: Callable[[int], float],
    up: Callable[[float], float],
    key: str,
) -> str:
    points = []
    for number, mark in enumerate(line.marks):
        left = across(mark.year)
        paint = f"--c:{line.colour}"
        points.append(
            "<li>"
            + point(
                mark.address,
                mark.said,
                place=f"left:{left:.2f}%;bottom:{up(mark.value):.2f}%;{paint}",
                style="kb-point"
                + (" kb-hollow" if line.hollow else "")
                + (" kb-leftwards" if left > 50 else ""),
                mark=f"{key}-{position}-{mark.year}-{number}"
                if line.points
                else f"{key}-{position}-{mark.year}",
                stop=number == len(line.marks) - 1,
            )
            + "</li>"
        )
    return f'<ul data-row aria-label="{html(line.label)}">{"".join(points)}</ul>'


def _years(first: int, last: int, across: Callable[[int], float]) -> str:
    count = last - first + 1
    step = -(-count // YEARS)
    years = [
        f'<span style="left:{across(year):.2f}%">{year}</span>'
        for year in range(first, last + 1, step)
    ]
    many = " kb-many" if len(years) > 7 else ""
    return f'<div class="kb-years{many}" aria-hidden="true">{"".join(years)}</div>'


def _foot(
    first: int,
    last: int,
    foot: Callable[[int], float | None] | None,
    label: str,
    written: Callable[[float], str],
) -> str:
    if foot is None:
        return ""
    found = {year: foot(year) or 0 for year in range(first, last + 1)}
    most = max(found.values()) or 1
    crowded = " kb-many" if len(found) > 7 else ""
    bars = "".join(
        f'<li title="{year}: {html(written(value))}"><i style="height:{100 * value / most:.1f}%">'
        f"</i><span><span class='kb-unseen'>{year}: </span>{html(written(value))}</span></li>"
        for year, value in found.items()
    )
    return (
        f'<div class="kb-foot{crowded}"><p>{html(label)}</p>'
        f'<ul aria-label="{html(label)}">{bars}</ul></div>'
    )
