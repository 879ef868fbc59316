"""Page numbers away from the edges: a lone number that stands at one place of its pages and
counts on from page to page is their number, wherever that place is (a tab at the side, a box
above the foot)."""

from __future__ import annotations

from collections.abc import Sequence

from kb.readers.labels import NEAR, Printed, read_label
from kb.readers.layout import Line
from kb.readers.sheets import Sheet

STEADY = 4
"""Pages that must count on with such a number at its place. Set by hand; no command measured it."""
LEFT = 0.4
"""Share of the page's width where the numbers of rows and items stand. Set by hand; no command
measured it."""
ACROSS, DOWN = 0.03, 0.012
"""How far, in shares of the page, a place may shift from page to page. Set by hand; no command
measured it."""

_Placed = tuple[Printed, Line, float, float]


def placed(sheets: Sequence[Sheet]) -> list[list[tuple[Printed, Line]]]:
    """For each page the lone numbers that count on at their place on pages near it."""
    found = [_lone(sheet) for sheet in sheets]
    return [
        [(one[0], one[1]) for one in mine if _steady(one, page, found)]
        for page, mine in enumerate(found)
    ]


def _steady(one: _Placed, page: int, found: Sequence[Sequence[_Placed]]) -> bool:
    """Enough pages near ``page`` count on with it: at its place, or partly at that of pages of
    another shape."""
    same = others = 0
    for at in range(max(0, page - NEAR), min(len(found), page + NEAR + 1)):
        further = [other for other in found[at] if _counts_on(one, other, at - page)]
        if at != page and further:
            others += 1
            same += any(_beside(one, other) for other in further)
    return same >= STEADY or (same >= 1 and others >= 2 * STEADY)


def _lone(sheet: Sheet) -> list[_Placed]:
    lone: list[_Placed] = []
    if sheet.scanned or not sheet.width or not sheet.height:
        return lone
    for line in sheet.lines:
        if line.kind != "line" or len(line.text) > 12:
            continue
        across = (line.x0 + line.x1) / 2 / sheet.width
        label = read_label(line.text) if across > LEFT else None
        if label is not None:
            lone.append((label, line, across, line.middle / sheet.height))
    return lone


def _counts_on(one: _Placed, other: _Placed, pages: int) -> bool:
    return other[0].series == one[0].series and other[0].value - one[0].value == pages


def _beside(one: _Placed, other: _Placed) -> bool:
    return abs(other[2] - one[2]) <= ACROSS and abs(other[3] - one[3]) <= DOWN
