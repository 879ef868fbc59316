"""Words of a page as strips: what stands on one baseline, cut where wide blanks open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from kb.readers.layout import Word

BLANK = 1.15
"""Times the height of the letters: a wider blank within a line parts two segments. Set by hand; no
command measured it."""

NUMBERING = re.compile(r"^\(?(?:\d{1,3}|[a-z])[.)]{1,2}$")
"""What stands before an entry of a list: a column of its own."""
_CURRENCY = re.compile(r"^(?:Rp|IDR|US\$|\$)\.?$", re.IGNORECASE)


@dataclass(slots=True)
class Segment:
    """Words of one strip that stand close together; ``indexes`` count the page's words."""

    x0: float
    x1: float
    top: float
    bottom: float
    text: str
    indexes: list[int] = field(default_factory=list)
    pieces: list[tuple[float, float]] = field(default_factory=list)
    """(left, right) of what stands close together: "Rp" far from its amount is two."""

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(slots=True)
class Strip:
    """Segments on one baseline, left to right."""

    segments: list[Segment]

    @property
    def top(self) -> float:
        return min(segment.top for segment in self.segments)

    @property
    def bottom(self) -> float:
        return max(segment.bottom for segment in self.segments)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def x0(self) -> float:
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        return self.segments[-1].x1

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)


def letter_height(words: Sequence[Word]) -> float:
    """Usual height of the page's words, in its units."""
    return max(3.0, median(word.bottom - word.top for word in words)) if words else 8.0


def strips_of(words: Sequence[Word], height: float) -> list[Strip]:
    """Strips from the top down."""
    order = sorted(range(len(words)), key=lambda i: words[i].top + words[i].bottom)
    strips: list[Strip] = []
    row: list[int] = []
    middle = 0.0
    for index in order:
        word = words[index]
        here = (word.top + word.bottom) / 2
        if row and here - middle > 0.55 * height:
            strips.append(_strip(words, row, height))
            row = []
        middle = here if not row else middle + (here - middle) / (len(row) + 1)
        row.append(index)
    if row:
        strips.append(_strip(words, row, height))
    return strips


def _strip(words: Sequence[Word], row: list[int], height: float) -> Strip:
    segments: list[Segment] = []
    for index in sorted(row, key=lambda i: words[i].x0):
        word = words[index]
        last = segments[-1] if segments else None
        joins = last is not None and (
            word.x0 - last.x1 <= BLANK * height
            # "Rp" stands at the left edge of its column, the amount at the right.
            or (_CURRENCY.match(last.text.split()[-1]) and word.text[:1].isdigit()
                and word.x0 - last.x1 <= 12 * height)
            or (last.text == ":" and word.x0 - last.x1 <= 12 * height)
        ) and not (len(segments) == 1 and NUMBERING.match(last.text))  # fmt: skip
        if last is not None and joins:
            if word.x0 - last.x1 <= BLANK * height:
                last.pieces[-1] = (last.pieces[-1][0], max(last.pieces[-1][1], word.x1))
            else:
                last.pieces.append((word.x0, word.x1))
            last.x1 = max(last.x1, word.x1)
            last.top, last.bottom = min(last.top, word.top), max(last.bottom, word.bottom)
            last.text = f"{last.text} {word.text}"
            last.indexes.append(index)
        else:
            segments.append(Segment(word.x0, word.x1, word.top, word.bottom, word.text, [index],
                                    [(word.x0, word.x1)]))  # fmt: skip
    return Strip(segments)
