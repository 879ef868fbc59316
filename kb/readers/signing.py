"""The date under a signed rule, read once more where the whole page did not give it.

It is often stamped or typed in later, off its line and beside a seal, so that reading the page as
a whole loses it; read by itself the small block is clear.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PIL import Image

from kb.readers.layout import Word

_SIGNED = re.compile(r"(?i)(?:ditetapkan|diundangkan|disahkan|ditandatangani)$")
_DATE = re.compile(r"(?<!\d)[0-3]?\d [A-Z][a-z]{2,8} (?:19|20)\d\d(?!\d)")
_SIDE, _ABOVE, _WIDE, _BELOW = 1.0, 0.4, 20.0, 2.4
"""The block left of, above, right of and below its first word, in heights of that word: a place
and a date written out. Set by hand; no command measured it."""
_SAME_LINE = 0.7
"""Heights by which words of a line stand apart. Set by hand; no command measured it."""

Reader = Callable[[Image.Image], Sequence[Word]]


def with_dates(grey: Image.Image, words: Sequence[Word], read: Reader) -> list[Word]:
    """``words`` of the picture with the dates that ``read`` finds under "Ditetapkan di ...".

    Boxes are in pixels of ``grey``. A block that has its date, or gives none when it is read by
    itself, stays as it is.
    """
    out = list(words)
    for first in words:
        if _SIGNED.match(first.text):
            out = _dated(grey, out, first, read)
    return out


def _dated(grey: Image.Image, words: list[Word], first: Word, read: Reader) -> list[Word]:
    tall = first.bottom - first.top
    left, top = max(0.0, first.x0 - _SIDE * tall), max(0.0, first.top - _ABOVE * tall)
    right = min(float(grey.width), first.x0 + _WIDE * tall)
    bottom = min(float(grey.height), first.bottom + _BELOW * tall)
    inside = [word for word in words if left <= word.x0 < right and top <= _middle(word) < bottom]
    if tall < 1 or _DATE.search(_said(inside)):
        return words
    box = (int(left), int(top), int(right), int(bottom))
    again = [
        Word(w.text, w.x0 + box[0], w.top + box[1], w.x1 + box[0], w.bottom + box[1])
        for w in read(grey.crop(box))
    ]
    line = _date_line(again, tall)
    if not line:
        return words
    at = _middle(line[0])
    gone = [w for w in inside if abs(_middle(w) - at) < _SAME_LINE * tall and w is not first]
    kept = [word for word in words if not any(word is one for one in gone)]
    place = next(n for n, word in enumerate(kept) if word is first) + 1
    while place < len(kept) and abs(_middle(kept[place]) - _middle(first)) < _SAME_LINE * tall:
        place += 1
    return [*kept[:place], *line, *kept[place:]]


def _date_line(words: Sequence[Word], tall: float) -> list[Word]:
    """The words of the first line that holds a date, in reading order."""
    for word in words:
        line = [w for w in words if abs(_middle(w) - _middle(word)) < _SAME_LINE * tall]
        if _DATE.search(_said(line)):
            return sorted(line, key=lambda one: one.x0)
    return []


def _middle(word: Word) -> float:
    return (word.top + word.bottom) / 2


def _said(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
