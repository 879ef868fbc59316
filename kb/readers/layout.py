"""Lines of a page put into reading order and composed to text.

Coordinates are points from the top left corner of the upright page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Literal

Kind = Literal["line", "row"]


@dataclass(slots=True)
class Word:
    """One word with its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class Line:
    """One line of text, or one row of a table (``kind`` ``row``)."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    kind: Kind = "line"
    words: list[Word] = field(default_factory=list)

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def lines_from_words(words: Sequence[Word]) -> list[Line]:
    """Lines from words in their given order: a new one where the baseline changes, the
    pen goes back, or a gap wider than a column's gutter opens."""
    lines: list[Line] = []
    current: list[Word] = []
    for word in words:
        if current and not _same_line(current, word):
            lines.append(_line(current))
            current = []
        current.append(word)
    if current:
        lines.append(_line(current))
    return lines


def _same_line(current: list[Word], word: Word) -> bool:
    last = current[-1]
    height = max(1.0, min(max(last.bottom - last.top, 4.0), max(word.bottom - word.top, 4.0)))
    overlap = min(last.bottom, word.bottom) - max(last.top, word.top)
    if overlap < 0.3 * height:
        return False
    gap = word.x0 - last.x1
    return -1.0 * height < gap < 3.0 * max(last.bottom - last.top, height)


def _line(words: list[Word]) -> Line:
    return Line(
        " ".join(word.text for word in words),
        min(word.x0 for word in words),
        min(word.top for word in words),
        max(word.x1 for word in words),
        max(word.bottom for word in words),
        words=list(words),
    )


def reading_order(lines: list[Line], width: float) -> list[Line]:
    """Lines in the order a person reads them: by columns where the page is set in columns,
    else from the top down, with pieces of one line together from left to right."""
    gutter = _gutter(lines, width)
    if gutter is None:
        return _rows(lines)
    ordered: list[Line] = []
    band: list[Line] = []
    for line in sorted(lines, key=lambda one: one.top):
        if line.x0 < gutter - 6 and line.x1 > gutter + 6:
            ordered += _columns(band, gutter)
            band = []
            ordered.append(line)
        else:
            band.append(line)
    return ordered + _columns(band, gutter)


def _columns(band: list[Line], gutter: float) -> list[Line]:
    left = [line for line in band if line.x1 <= gutter + 6]
    right = [line for line in band if line.x1 > gutter + 6]
    return _rows(left) + _rows(right)


def _rows(lines: list[Line]) -> list[Line]:
    """From the top down; lines on one baseline from left to right."""
    ordered: list[Line] = []
    row: list[Line] = []
    for line in sorted(lines, key=lambda one: (one.middle, one.x0)):
        if row and line.middle - row[0].middle > 0.5 * max(4.0, min(row[0].height, line.height)):
            ordered += sorted(row, key=lambda one: one.x0)
            row = []
        row.append(line)
    return ordered + sorted(row, key=lambda one: one.x0)


def _gutter(lines: list[Line], width: float) -> float | None:
    """The middle of the blank strip between two columns of prose, or ``None``.

    Columns of prose hold long lines on both sides over a good part of the page; columns
    of a table hold short cells and are left to be read row by row.
    """
    prose = [line for line in lines if line.kind == "line" and len(line.text) >= 20]
    if len(prose) < 12:
        return None
    best: tuple[int, float] | None = None
    for step in range(36, 65, 2):
        x = width * step / 100
        across = [line for line in prose if line.x0 < x - 2 and line.x1 > x + 2]
        left = [line for line in prose if line.x1 <= x + 2]
        right = [line for line in prose if line.x0 >= x - 2]
        if len(across) > 0.25 * len(prose) or min(len(left), len(right)) < 6:
            continue
        if not (_is_prose(left, 0.0, x) and _is_prose(right, x, width)):
            continue
        score = len(left) + len(right) - 2 * len(across)
        if best is None or score > best[0]:
            best = (score, x)
    return best[1] if best else None


def _is_prose(lines: list[Line], low: float, high: float) -> bool:
    span = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    full = [line for line in lines if line.x1 - line.x0 > 0.75 * span]
    letters = sum(char.isalpha() for line in lines for char in line.text)
    chars = sum(len(line.text) for line in lines)
    return (
        span > 0.5 * (high - low)
        and len(full) >= 0.5 * len(lines)
        and letters > 0.7 * chars
        and median(len(line.text) for line in lines) >= 24
    )


_ITEM = re.compile(
    r"^(?:[•·▪◦●○■□➢✓\-–*]\s|\(?[a-z0-9]{1,3}[.)]\s|\d+(?:\.\d+)+\.?\s|[IVX]+\.\s|[A-Z]\.\s"
    r"|BAB\s|Bab\s|BAGIAN\s|Bagian\s|Pasal\s\d|PASAL\s|LAMPIRAN|Lampiran\s|Tabel\s|TABEL\s|Gambar\s"
    r"|Menimbang|Mengingat|Menetapkan|MEMUTUSKAN|KESATU|KEDUA|KETIGA|KEEMPAT|KELIMA)"
)

Mend = Callable[[str, str], str | None]
"""Joins the last word of a line that ends with a hyphen and the first of the next, or not."""


def compose(lines: Sequence[Line], join_hyphen: Mend) -> str:
    """Text of ordered lines: wrapped lines flow together, paragraphs are divided by a
    blank line, headings, items and table rows keep lines of their own."""
    if not lines:
        return ""
    plain = [line for line in lines if line.kind == "line"]
    left = min((line.x0 for line in plain), default=0.0)
    right = max((line.x1 for line in plain), default=0.0)
    height = median(line.height for line in plain) if plain else 10.0
    gaps = [b.top - a.top for a, b in pairwise(plain) if 0.5 * height < b.top - a.top < 3 * height]
    pitch = median(gaps) if gaps else 1.5 * height
    labels = _labels(lines)
    parts = [lines[0].text]
    for number, (last, line) in enumerate(pairwise(lines), start=1):
        step = line.top - last.top
        same_row = abs(line.middle - last.middle) < 0.5 * max(4.0, min(last.height, line.height))
        if last.kind == "row" or line.kind == "row":
            parts.append("\n" if last.kind == line.kind else "\n\n")
        elif same_row and line.x0 >= last.x1 - 2:
            parts.append(" ")
        elif step > 1.45 * pitch or step < -pitch:
            joined = step < -pitch and _flows(last, line, left, right)
            parts.append(" " if joined else "\n\n")
        elif number not in labels and _flows(last, line, left, right):
            parts.append(" ")
        else:
            parts.append("\n")
        text = line.text
        if parts[-1] in {" ", "\n"} and last.text.endswith(("-", "\u00ad", "‐")) and text:
            mended = join_hyphen(parts[-2], text)
            if mended is not None:
                parts[-2:] = [mended]
                continue
        parts.append(text)
    return "".join(parts).strip()


_FIELD = re.compile(r"[^\W\d_][^:|]{1,40}\s:(?:\s|$)")
"""A label of a form and the colon set apart behind it."""


def _labels(lines: Sequence[Line]) -> set[int]:
    """Positions of the lines that begin with a form's label: ``KECAMATAN :``, the colon on the
    line or the next piece of it. They go on with nothing."""
    found: set[int] = set()
    for number, line in enumerate(lines):
        if line.kind == "row" or not line.text[:1].isupper() or len(line.text.split()) > 40:
            continue
        after = lines[number + 1] if number + 1 < len(lines) else None
        apart = (
            after is not None
            and after.kind == "line"
            and after.text.startswith(":")
            and after.x0 >= line.x1 - 2
            and abs(line.middle - after.middle) < 0.5 * max(4.0, line.height)
        )
        if apart or _FIELD.match(line.text):
            found.add(number)
    return found


def _flows(last: Line, line: Line, left: float, right: float) -> bool:
    """True where ``line`` goes on with the sentence of ``last``."""
    if _ITEM.match(line.text) or not last.text:
        return False
    if max(last.height, line.height) > 1.35 * max(1.0, min(last.height, line.height)):
        return False
    width = max(1.0, right - left)
    room = (right - last.x1) / width
    ends = last.text[-1] in ".:;!?"
    starts_low = line.text[:1].islower()
    if starts_low and not ends:
        return True
    if last.text.isupper() and line.text.isupper() and len(last.text) > 12:
        return not ends
    if ends:
        return (
            last.text[-1] == "." and room < 0.06 and line.x0 <= last.x0 + 3 and len(line.text) > 40
        )
    return room < 0.12 and len(last.text) > 30
