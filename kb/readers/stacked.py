"""Several rows in one ruled row: entries that stand under each other in the same cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kb.readers.layout import Word
from kb.readers.strips import letter_height, strips_of
from kb.readers.table_rows import Cells, find_anchors, is_number

MORE = 1.2
"""Lines of two entries stand this many times farther apart than those of one. Set by hand; no
command measured it."""
SAYS = re.compile(r"[\w%+<>=-]")
"""Other marks on a scan are what is left of a line."""
SMALL = re.compile(r"[a-z]")


def unstack(
    columns: Sequence[Sequence[Word]], *, by_line: bool = False
) -> list[tuple[float, tuple[str, ...]]] | None:
    """(top, texts) of each row that stands in one ruled row, or ``None`` for a single one.

    ``columns`` are the words of each cell. Rows are parted only where entries are numbered
    or hold values each, and a column of text is parted at the same heights; a cell that
    runs on past them is one cell beside several rows, and stays with the first. ``by_line``:
    the rows are sure, each cell's lines go to the row they stand on.
    """
    columns = [[word for word in cell if SAYS.search(word.text)] for cell in columns]
    words = [word for cell in columns for word in cell]
    if len(words) < 4:
        return None
    lines = _lines(columns)
    if len(lines) < 2:
        return None
    anchors = find_anchors(lines)
    if len(anchors) < 2:
        return None
    starts = [0, *anchors[1:]]
    values = [column for column in range(len(columns)) if _values(lines, column)]
    follows = [_follows(lines, starts, column) for column in range(len(columns))]
    prose = [column for column in range(len(columns)) if columns[column] and column not in values]
    if column_zero_numbers(lines) and 0 in prose:
        prose.remove(0)
    if not by_line and not any(follows[column] for column in prose):
        return None
    rows: list[tuple[float, tuple[str, ...]]] = []
    for start, stop in pairwise([*starts, len(lines)]):
        texts = []
        for column in range(len(columns)):
            free = by_line or follows[column] or column in values or column not in prose
            part = lines[start:stop] if free else (lines if start == 0 else [])
            texts.append(" ".join(filter(None, (line.texts[column] for line in part))))
        rows.append((lines[start].top, tuple(texts)))
    return rows


def _lines(columns: Sequence[Sequence[Word]]) -> list[Cells]:
    words = [word for cell in columns for word in cell]
    owner = [column for column, cell in enumerate(columns) for _ in cell]
    lines: list[Cells] = []
    for strip in strips_of(words, letter_height(words)):
        line = Cells(strip.top, strip.bottom, len(columns))
        for segment in strip.segments:
            for index in segment.indexes:
                word = words[index]
                line.add(owner[index], [index], word.text, word.x0, word.x1)
        lines.append(line)
    return lines


def _values(lines: Sequence[Cells], column: int) -> bool:
    cells = [line.texts[column] for line in lines if line.texts[column]]
    return len(cells) >= 2 and sum(map(is_number, cells)) >= 0.7 * len(cells)


def column_zero_numbers(lines: Sequence[Cells]) -> bool:
    """The first column holds nothing but numbers of entries."""
    cells = [line.texts[0] for line in lines if line.texts[0]]
    return bool(cells) and all(re.fullmatch(r"\W{0,2}\w{1,3}[.)]{0,2}", cell) for cell in cells)


def _follows(lines: Sequence[Cells], starts: Sequence[int], column: int) -> bool:
    """The column has a line at each start, and its entries are told apart."""
    own = [index for index, line in enumerate(lines) if line.texts[column]]
    if not set(starts) <= set(own):
        return False
    inner: list[float] = []
    outer: list[float] = []
    for a, b in pairwise(own):
        step = lines[b].middle - lines[a].middle
        (outer if b in starts else inner).append(step)
    if inner:
        return min(outer) > MORE * max(inner)
    return len(starts) >= 3 and not any(SMALL.match(lines[i].texts[column]) for i in starts)
