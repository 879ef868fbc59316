"""Rows of a table from its lines: cells of several lines become one row, header lines one
header, rows that no ruling line parts are told from each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kb.readers.tables import numbers_columns

_NUMBER = re.compile(
    r"^(?:Rp\.?|IDR|±|[<>≥≤=~]|\(|-|–|:|\s)*\d[\d.,\s]*(?:,-|[-–])?\s*"
    r"(?:%|persen|[)+*]|\s|[a-zA-Z]{1,3}\b|/\s?\w+)*$",
    re.IGNORECASE,
)
_BLANK = re.compile(r"^(?:[-–—]+|n/?a|nihil|\.+|0)$", re.IGNORECASE)
YEAR = re.compile(r"^(?:(?:tahun|thn\.?|ta\.?)\s*)?(?:19|20)\d\d\*{0,2}$", re.IGNORECASE)
HAS_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FIRST = re.compile(r"^\(?(?:1|a|A|I)[.)]?\)?$")
_ENTRY = re.compile(r"^\(?(\d{1,3})(?:[.)]\)?)?(?=\s|$)")
_GROUP = re.compile(
    r"^(?:\W*(?:[IVX]{1,5}|[A-Z]|\d{1,2})[.)]?\s+)?(?:program|kegiatan|sub ?kegiatan|urusan|bidang"
    r"|sasaran|tujuan|misi|outcomes?|outputs?|aspek|fokus)\b",
    re.IGNORECASE,
)
"""Rows that head those below them: no values of their own."""
_MARK = re.compile(r"^\(?(?:[IVX]{1,5}|[A-Za-z]|\d{1,3})[.)]{0,2}$")
SPLIT_GAP = 1.35
"""A step this many times the smallest one between lines parts two rows. Set by hand; no command
measured it."""


@dataclass(slots=True)
class Cells:
    """One line of a table: the words of each column."""

    top: float
    bottom: float
    width: int
    texts: list[str] = field(init=False)
    indexes: list[list[int]] = field(init=False)
    boxes: list[tuple[float, float]] = field(init=False)
    spans: bool = False
    """One text that reaches over several columns and nothing else."""
    labelled: bool = False
    """A name with its value after a colon."""

    def __post_init__(self) -> None:
        self.texts = [""] * self.width
        self.indexes = [[] for _ in range(self.width)]
        self.boxes = [(0.0, 0.0)] * self.width

    def add(self, column: int, indexes: list[int], text: str, x0: float, x1: float) -> None:
        text = text.lstrip(":").strip() if len(text) > 1 else text
        before = self.texts[column]
        self.texts[column] = f"{before} {text}".strip() if text != ":" else before
        self.boxes[column] = (
            (min(self.boxes[column][0], x0), max(self.boxes[column][1], x1)) if before else (x0, x1)
        )
        self.indexes[column] += indexes

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def join(self, column: int) -> None:
        """Makes one column of this and the next."""
        if self.texts[column + 1]:
            self.add(column, self.indexes[column + 1], self.texts[column + 1],
                     *self.boxes[column + 1])  # fmt: skip
        self.drop(column + 1)

    def drop(self, column: int) -> None:
        """Takes the column away."""
        del self.texts[column], self.indexes[column], self.boxes[column]
        self.width -= 1

    @property
    def filled(self) -> int:
        return sum(bool(text) for text in self.texts)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows with the top of each, and how many of them are header."""

    rows: tuple[tuple[str, ...], ...]
    tops: tuple[float, ...]
    header: int


def is_number(text: str) -> bool:
    """True for a cell that holds one value: digits with a unit or a currency, or a dash."""
    text = text.strip(" :;|'")
    if _BLANK.match(text):
        return True
    return bool(_NUMBER.match(text)) and not re.match(r"^\d{1,3}[.)](?:$|\s*[a-zA-Z])", text)


def header_end(lines: Sequence[Cells], rules: Sequence[float]) -> int:
    """How many lines at the top name the columns."""
    for index, line in enumerate(lines[:12]):
        if numbers_columns(line.texts):
            return index + 1
    for index, line in enumerate(lines[:12]):
        values = [text for text in line.texts if text and is_number(text) and not YEAR.match(text)]
        if values or _FIRST.match(line.texts[0]):
            return index
    for index, (line, below) in enumerate(pairwise(lines[:7])):
        if any(line.middle <= y <= below.middle for y in rules):
            return index + 1
    return 1 if len(lines) > 3 else 0


def merge_rows(lines: Sequence[Cells], head: int, rules: Sequence[float]) -> Rows:
    """Rows of the table whose first ``head`` lines are its header."""
    rows: list[tuple[str, ...]] = []
    tops: list[float] = []
    numbered = head > 0 and numbers_columns(lines[head - 1].texts)
    names = list(lines[: head - 1 if numbered else head])
    if names:
        rows.append(_header(names))
        tops.append(names[0].top)
    if numbered:
        rows.append(tuple(lines[head - 1].texts))
        tops.append(lines[head - 1].top)
    header = len(rows)
    for group in body_rows(list(lines[head:]), rules):
        rows.append(_joined(group))
        tops.append(group[0].top)
    return Rows(tuple(rows), tuple(tops), header)


def _joined(group: Sequence[Cells]) -> tuple[str, ...]:
    return tuple(
        " ".join(filter(None, (line.texts[column] for line in group)))
        for column in range(group[0].width)
    )


def _header(names: Sequence[Cells]) -> tuple[str, ...]:
    """One header row: words above several columns stand before each of them."""
    parts: list[list[str]] = [[] for _ in range(names[0].width)]
    for number, line in enumerate(names):
        below = names[number + 1] if number + 1 < len(names) else None
        years = [c for c, text in enumerate(below.texts) if YEAR.match(text)] if below else []
        own = [c for c, text in enumerate(line.texts) if text]
        if below is not None and len(years) >= 2 and own:
            for column in years:
                middle = sum(below.boxes[column]) / 2
                nearest = min(own, key=lambda c: abs(sum(line.boxes[c]) / 2 - middle))
                if nearest in years or not below.texts[nearest]:
                    parts[column].append(line.texts[nearest])
            own = [c for c in own if c not in years]
        for column in own:
            parts[column].append(line.texts[column])
    return tuple(" ".join(dict.fromkeys(part)) for part in parts)


def body_rows(lines: list[Cells], rules: Sequence[float]) -> list[list[Cells]]:
    """Lines grouped to rows: at ruling lines, and between them at what starts a row."""
    bands: list[list[Cells]] = []
    for line in lines:
        last = bands[-1][-1] if bands else None
        if last is None or any(last.middle <= y <= line.middle for y in rules):
            bands.append([])
        bands[-1].append(line)
    numbered = sum(bool(find_anchors(band)) for band in bands) > 0.5 * len(bands)
    groups: list[list[Cells]] = []
    for band in bands:
        if groups and numbered and len(band) == 1 and _only_text(band[0]):
            groups[-1] += band  # shading between the lines of one cell
            continue
        for part, heads in _apart(band):
            groups += [[line] for line in part] if heads else _grouped(part)
    return groups


def _apart(band: list[Cells]) -> list[tuple[list[Cells], bool]]:
    """Runs of lines of a band, and whether they head the rows below ("Program ...",
    "Outcome :"), where at least two do so: those are rows of their own."""
    heads = [_heads(line) for line in band]
    again = [
        index
        for index in range(1, len(band) - 1)
        if _FIRST.match(band[index + 1].texts[0])
        and band[index].filled == 1
        and not band[index].texts[0]
        and any(_ENTRY.match(line.texts[0]) for line in band[:index])
    ]
    for index in again:  # what stands over entries that are counted anew
        heads[index] = True
    few = sum(heads) < 2 and not again
    if few or len(band) < 4 or not any(line.filled >= 3 for line in band):
        return [(band, False)]
    for index in range(1, len(band)):
        # The name of a programme may take a second line.
        before = band[index - 1]
        if heads[index - 1] and not heads[index] and _wraps(before, band[index], band):
            heads[index] = True
    parts: list[tuple[list[Cells], bool]] = []
    for line, head in zip(band, heads, strict=True):
        if parts and parts[-1][1] == head:
            parts[-1][0].append(line)
        else:
            parts.append(([line], head))
    return parts


def _heads(line: Cells) -> bool:
    texts = [text for text in line.texts if text]
    words = [text for text in texts if re.search(r"[^\W\d_]{3}", text) and not _MARK.match(text)]
    if len(words) != 1 or len(texts) > 2 or any(is_number(text) for text in texts[1:]):
        return False
    return bool(_GROUP.match(words[0]) or (words[0].endswith(":") and len(words[0]) < 30))


def _wraps(before: Cells, line: Cells, band: Sequence[Cells]) -> bool:
    """The line goes on with the heading ``before``, which fills its column."""
    column = next((i for i, text in enumerate(before.texts) if re.search(r"\w{3}", text)), None)
    if column is None or line.filled != 1 or not line.texts[column]:
        return False
    widest = max(one.boxes[column][1] for one in band if one.texts[column])
    left = min(one.boxes[column][0] for one in band if one.texts[column])
    return not before.texts[column].endswith(":") and (
        before.boxes[column][1] - left > 0.7 * (widest - left)
    )


def _only_text(line: Cells) -> bool:
    return line.filled == 1 and not line.texts[0] and not line.spans


def _grouped(lines: list[Cells]) -> list[list[Cells]]:
    """Rows of a band, by the lines that hold an entry number or values."""
    anchors = find_anchors(lines)
    if len(anchors) < 2:
        return [lines] if len(anchors) == 1 or not _even(lines) else [[line] for line in lines]
    owner: list[int] = []
    for index in range(len(lines)):
        before = max((a for a in anchors if a <= index), default=None)
        after = min((a for a in anchors if a >= index), default=None)
        owner.append(_owner(lines, index, before, after, anchors))
    groups: list[list[Cells]] = []
    for index, line in enumerate(lines):
        if index and owner[index] == owner[index - 1]:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def find_anchors(lines: list[Cells]) -> list[int]:
    """Lines that begin or carry a row: numbered entries, and values that do not belong to
    the entry above because it has its own."""
    width = lines[0].width
    entries = [i for i, line in enumerate(lines) if _ENTRY.match(line.texts[0])]
    numbered = len(entries) >= 2 or (bool(entries) and entries[0] == 0)
    valued = [
        _value_lines([line.texts[column] for line in lines])
        for column in range(1 if numbered else 0, width)
    ]
    valued = [where for where in valued if where]
    starts = set(entries) if numbered else set()
    need = max(1, len(valued) // 2)
    current: int | None = None
    for index in range(len(lines)):
        full = sum(index in where for where in valued)
        if index in starts:
            current = index if full >= need else None
        elif valued and full >= need:
            if current is None and starts and any(s < index for s in starts):
                current = index  # the values of the numbered entry above
                continue
            starts.add(index)
            current = index
        elif lines[index].spans:
            starts.add(index)
            current = None
    return sorted(starts)


def _value_lines(texts: Sequence[str]) -> list[int]:
    """Lines that hold a value, where the column is one of values; a digit that OCR read
    amiss does not make it less of one."""
    full = [index for index, text in enumerate(texts) if text]
    numbers = sum(is_number(texts[index]) for index in full)
    if not full or numbers < 0.6 * len(full):
        return []
    return [i for i in full if is_number(texts[i]) or any(char.isdigit() for char in texts[i])]


def _owner(
    lines: list[Cells], index: int, before: int | None, after: int | None, anchors: list[int]
) -> int:
    """The anchor whose row a line belongs to."""
    if before is None or after is None or before == after:
        return after if before is None else before  # type: ignore[return-value]
    steps = [lines[i + 1].middle - lines[i].middle for i in range(before, after)]
    widest = max(range(len(steps)), key=steps.__getitem__)
    rest = steps[:widest] + steps[widest + 1 :]
    if rest and steps[widest] > SPLIT_GAP * min(rest) and steps[widest] > 1.15 * max(rest):
        return before if index <= before + widest else after
    # Lines stand evenly: where text stands above the first anchor, values are set in the
    # middle or at the foot of their rows, else at the head.
    if anchors[0] > 0 and not _ENTRY.match(lines[anchors[0]].texts[0]):
        if anchors[-1] == len(lines) - 1:
            return after
        nearer = lines[index].middle - lines[before].middle
        return before if nearer <= lines[after].middle - lines[index].middle else after
    return before


def _even(lines: list[Cells]) -> bool:
    """Lines that each fill most of the columns are rows of their own."""
    full = sum(line.filled >= 0.6 * line.width for line in lines)
    return len(lines) >= 2 and full >= 0.8 * len(lines)
