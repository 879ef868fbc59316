"""Running headers, footers and page numbers: found across pages, taken out of the text.

The page number a footer prints is kept as the page's label (``IV-23``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kb.authority.calendar import roman_value
from kb.readers.layout import Line

_ROMAN = r"[IVXLC]{1,7}|[ivxlc]{1,7}"
_NUMBER = re.compile(
    rf"^[\W_]*(?:(?:hal(?:aman)?|page|hlm)\.?\s*[:.]?\s*)?"
    rf"(?P<label>(?:(?:BAB|Bab)\s+)?(?:{_ROMAN}|[A-Z]|\d{{1,4}})\s*[-–.:|/]\s*\d{{1,4}}|\d{{1,4}}|{_ROMAN})"
    rf"(?:\s*(?:dari|of|/)\s*\d{{1,4}})?[\W_]*$"
)
_TAIL = re.compile(
    rf"(?:^|\s|\|)(?:(?:hal(?:aman)?|page|hlm)\.?\s*[:.]?\s*)?(?P<label>(?:{_ROMAN})\s*[-–]\s*\d{{1,4}}|\d{{1,4}})\s*[|]?$"
)
_COUNTED = re.compile(
    rf"^\d{{1,3}}\s*[|–-]\s*|[\s|–-]*(?<![\w.,])(?:(?:{_ROMAN})\s*[-–.]\s*)?\d{{1,3}}\W*$"
)
"""A page number at either end of a running line."""
EDGE_LINES = 3
"""How many lines from the top and from the bottom may be running ones."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page's lines in reading order, with its height."""

    lines: Sequence[Line]
    height: float


def strip_running(sheets: Sequence[Sheet]) -> tuple[list[list[Line]], list[str | None]]:
    """Lines without running ones, and the printed page label, for each page."""
    keys: Counter[tuple[str, str]] = Counter()
    for sheet in sheets:
        seen = {(where, _key(line.text)) for where, line in _edges(sheet) if _key(line.text)}
        keys.update(seen)
    many = max(3, min(8, len(sheets) // 4))
    kept: list[list[Line]] = []
    labels: list[str | None] = []
    for sheet in sheets:
        drop: set[int] = set()
        label: str | None = None
        tail_label: str | None = None
        for where, line in _edges(sheet):
            key = _key(line.text)
            outer = line.top < 0.13 * sheet.height or line.bottom > 0.87 * sheet.height
            repeated = bool(key) and keys[(where, key)] >= many and outer
            number = _NUMBER.match(line.text) if len(line.text) <= 30 and outer else None
            if number and _plausible(number.group("label")):
                drop.add(id(line))
                label = label or _tidy(number.group("label"))
            elif repeated:
                drop.add(id(line))
                tail = _TAIL.search(line.text)
                if tail and not re.fullmatch(r"(?:19|20)\d\d", tail.group("label")):
                    tail_label = tail_label or _tidy(tail.group("label"))
        rest = [line for line in sheet.lines if id(line) not in drop]
        if not rest:  # a page that holds nothing else is not empty
            rest = [line for line in sheet.lines if not _NUMBER.match(line.text)]
        kept.append(rest)
        labels.append(label or tail_label)
    return kept, _consistent(labels)


MAX_TEXTS = 6
"""How many different running lines are told of one document."""


def running_texts(sheets: Sequence[Sheet], kept: Sequence[Sequence[Line]]) -> list[str]:
    """What the running lines of ``sheets`` say that are not ``kept``, the most frequent first.

    Page numbers and lines that stand on one page only are left out; a line that changes with
    the chapter comes once for each wording.
    """
    counts: Counter[str] = Counter()
    for sheet, rest in zip(sheets, kept, strict=True):
        left = {id(line) for line in rest}
        words = {
            " ".join(_COUNTED.sub("", line.text).split())
            for line in sheet.lines
            if id(line) not in left and not _NUMBER.match(line.text)
        }
        counts.update(word for word in words if _key(word))
    return [text for text, times in counts.most_common(MAX_TEXTS) if times > 1]


def _edges(sheet: Sheet) -> list[tuple[str, Line]]:
    plain = sorted((line for line in sheet.lines if line.kind == "line"), key=lambda one: one.top)
    top = plain[:EDGE_LINES]
    bottom = [line for line in plain[-EDGE_LINES:] if line not in top]
    return [("top", line) for line in top] + [("bottom", line) for line in bottom]


def _key(text: str) -> str:
    """The line without what changes from page to page."""
    folded = re.sub(rf"\d+|(?<!\w)(?:{_ROMAN})(?!\w)", "#", text.casefold())
    folded = re.sub(rf"(?<!\w)(?:{_ROMAN})(?!\w)", "#", folded)
    return re.sub(r"[\W_]+", " ", folded).strip() if re.search(r"[^\W\d_]{3}", folded) else ""


def _plausible(label: str) -> bool:
    if label.isdigit():
        return int(label) <= 3000
    if re.fullmatch(_ROMAN, label):
        value = roman_value(label)
        return value is not None and value < 200
    return True


def _tidy(label: str) -> str:
    label = re.sub(r"^(?:BAB|Bab)\s+", "", label.strip())
    return re.sub(r"\s*([-–.:|/])\s*", lambda m: "-" if m.group(1) in "-–|:" else m.group(1), label)


def _consistent(labels: list[str | None]) -> list[str | None]:
    """Bare numbers count as labels only where neighbours agree that they count pages."""
    steps = Counter(
        int(label) - index for index, label in enumerate(labels) if label and label.isdigit()
    )
    good: list[str | None] = []
    for index, label in enumerate(labels):
        if label and label.isdigit() and steps[int(label) - index] < 2 and len(labels) > 2:
            good.append(None)
        else:
            good.append(label)
    return good
