"""Ruling lines on a page picture: found for tables, and taken out before OCR reads letters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from kb.readers.picture import Ink, ink, runs

SHORTEST = 0.028
"""Of the picture's longer side: no stroke of a letter is that long. Set by hand; no command
measured it."""
THICKEST = 0.004
"""Of the picture's longer side: a thicker stroke is a bar or a shadow. Set by hand; no command
measured it."""
DENSE = 0.92
"""Share of dark pixels along a line. Set by hand; no command measured it."""
GAP = 3
"""Pixels of a broken line that are bridged."""
FLANK = 0.3
"""Share of dark pixels close to a line, on either side, from which it is a row of letters: in a
coarse scan the bars and bows of a word run together. Beside the rules of a table stood at most
0.06, beside rows of letters 0.57 and more (92 lines of one report page scanned at 65 dots an
inch, looked at one by one; no command measured it)."""
NEAR = (2, 3, 4, 5)
"""Pixels from a line at which its flanks are looked at: the emptiest counts, print may stand
close to a rule."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line in pixels; level where ``top == bottom``, upright where ``x0 == x1``."""

    x0: float
    top: float
    x1: float
    bottom: float


def find_rules(grey: Image.Image) -> list[Rule]:
    """Level and upright ruling lines of a levelled picture."""
    half = grey.reduce(2) if max(grey.size) > 2400 else grey
    factor = grey.width / half.width
    marks = ink(half)
    longest = max(half.size)
    level = _lines(marks, int(SHORTEST * longest), max(3, int(THICKEST * longest)))
    upright = _lines(marks.T, int(SHORTEST * longest), max(3, int(THICKEST * longest)))
    found = [Rule(x0 * factor, y * factor, x1 * factor, y * factor) for y, x0, x1 in level]
    found += [Rule(x * factor, y0 * factor, x * factor, y1 * factor) for x, y0, y1 in upright]
    return found


def _lines(marks: Ink, shortest: int, thickest: int) -> list[tuple[float, int, int]]:
    """(position, start, stop) of long runs along the rows; runs on neighbouring rows are one."""
    closed = marks.copy()
    for shift in range(1, GAP + 1):
        closed[:, shift:] |= marks[:, :-shift]
    pieces: list[tuple[int, int, int]] = []
    # A row that holds a line has a good many dark pixels: the others need no look.
    for row in np.flatnonzero(marks.sum(axis=1) >= 0.6 * shortest).tolist():
        for start, stop in runs(closed[row]):
            stop -= GAP
            # A line is dark all along; letters bridged to a run are not.
            if stop - start >= shortest and marks[row, start:stop].mean() >= DENSE:
                pieces.append((row, start, stop))
    groups: list[list[int]] = []  # [first row, last row, start, stop]
    for row, start, stop in pieces:
        for group in reversed(groups[-60:]):
            if row - group[1] <= 2 and start <= group[3] + 8 and stop >= group[2] - 8:
                group[1] = row
                group[2], group[3] = min(group[2], start), max(group[3], stop)
                break
        else:
            groups.append([row, row, start, stop])
    return [
        ((first + last) / 2, start, stop)
        for first, last, start, stop in groups
        if last - first + 1 <= thickest + (stop - start) * 0.004
        and not _lettered(marks, first, last, start, stop)
    ]


def _lettered(marks: Ink, first: int, last: int, start: int, stop: int) -> bool:
    """True where the rows ``first`` to ``last`` go through letters: ink goes on beside them."""
    sides = ([first - far for far in NEAR], [last + far for far in NEAR])
    for side in sides:
        shares = [float(marks[row, start:stop].mean()) for row in side if 0 <= row < marks.shape[0]]
        if shares and min(shares) > FLANK:
            return True
    return False


def erase(grey: Image.Image, rules: list[Rule]) -> Image.Image:
    """The picture without the lines, so that they are not read as letters."""
    if not rules:
        return grey
    pixels: NDArray[np.uint8] = np.array(grey, dtype=np.uint8)
    reach = max(2, round(max(grey.size) * 0.0012))
    for rule in rules:
        x0, x1 = max(0, int(rule.x0) - reach), int(rule.x1) + reach + 1
        top, bottom = max(0, int(rule.top) - reach), int(rule.bottom) + reach + 1
        pixels[top:bottom, x0:x1] = 255
    return Image.fromarray(pixels)
