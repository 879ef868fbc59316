"""Years as bars of plain HTML: light to send and to draw, each a link, walked with arrow keys."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from kb.web import nav
from kb.web.parts.cards import num
from kb.web.safe import html

LABELS, TALL_LABELS = 6, 14
"""Years written below the bars at most; tall ones also have their numbers above, up to so many."""
ROOM = 40
LOWEST = 3
"""Height of the smallest bar in percent: one hit is still seen."""


def year_bars(
    counts: Sequence[tuple[int, int]],
    *,
    label: str,
    what: str,
    address: Callable[[int], str],
    chosen: Collection[str] = (),
    tall: bool = False,
) -> str:
    """Bars by year as HTML; years without a count keep their room where there is some.

    ``label`` names the row, ``what`` is counted, ``address`` is where a bar leads.
    """
    of = dict(counts)
    span = range(min(of), max(of) + 1)
    years = list(span) if len(span) <= ROOM else sorted(of)
    most = max(of.values())
    first = next((y for y in years if str(y) in chosen), max(of, key=lambda y: of[y]))
    bars = []
    for year in years:
        count = of.get(year, 0)
        if not count:
            bars.append("<li></li>")
            continue
        height = max(LOWEST, round(100 * count / most, 1))
        figure = f"<b>{num(count)}</b>" if tall and len(years) <= TALL_LABELS else ""
        bar = nav.anchor(
            address(year),
            f'{figure}<i style="height:{height}%"></i>',
            label=f"{year}: {num(count)} {what}",
            mark=f"y{year}",
            current=str(year) in chosen,
            stop=year == first,
        )
        bars.append(f"<li>{bar}</li>")
    step = max(1, -(-len(years) // (TALL_LABELS if tall else LABELS)))
    shown = [str(y) if i % step == 0 else "" for i, y in enumerate(years)]
    below = "".join(f"<span>{y}</span>" for y in shown)
    return (
        f'<div class="kb-bars{" kb-tall" if tall else ""}">'
        f'<ul data-row aria-label="{html(label)}">{"".join(bars)}</ul>'
        f'<div class="kb-ticks" aria-hidden="true">{below}</div></div>'
    )
