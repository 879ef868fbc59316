"""Headers that stand above the ruled rows of their table, in cells of no line of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kb.readers.layout import Word
from kb.readers.run_on import column_names
from kb.readers.table_rows import YEAR, is_number
from kb.readers.tables import Grid, numbers_columns

HIGH = 110.0
"""Points above a table within which its header stands. Set by hand; no command measured it."""
APART = 1.9
"""Heights of a line by which two lines of a header may stand apart, and the last from the table.
Set by hand; no command measured it."""
SLACK = 4.0
"""Points by which a word may reach over the edge of its column. Set by hand; no command measured
it."""


def with_headers(grids: Sequence[Grid], rest: Sequence[Word]) -> tuple[list[Grid], list[Word]]:
    """The tables, those whose first row names no columns with the words right above them that
    do, and the words that stand in none: words of at least three columns, each within its
    own."""
    found: list[Grid] = []
    left = list(rest)
    for grid in grids:
        words = _above(grid, left)
        texts = _texts(grid, words)
        if texts is None:
            found.append(grid)
            continue
        left = [word for word in left if word not in words]
        top = min(word.top for word in words)
        found.append(
            replace(grid, top=top, rows=(texts, *grid.rows), tops=(top, *grid.tops), header=1)
        )
    return found, left


def _above(grid: Grid, words: Sequence[Word]) -> list[Word]:
    """Words of the lines right above the grid, up to one that runs over its columns."""
    first = grid.rows[0]
    if len(grid.lefts) < 3 or numbers_columns(first) or not any(map(_is_value, first)):
        return []
    near = [
        word
        for word in words
        if grid.top - HIGH <= word.top and word.bottom <= grid.top + 3
        and grid.x0 - SLACK <= word.x0 and word.x1 <= grid.x1 + SLACK
    ]  # fmt: skip
    beside = [
        word
        for word in words
        if grid.top - HIGH <= word.top and word.bottom <= grid.top + 3 and word not in near
    ]
    taken: list[Word] = []
    edge = grid.top
    for word in sorted(near, key=lambda one: -one.bottom):
        height = max(6.0, word.bottom - word.top)
        if edge - word.bottom > APART * height:
            break
        if _column(grid, word) is None or any(_same_line(word, other) for other in beside):
            # The line runs on over the columns: what stands on it is no header.
            return [one for one in taken if not _same_line(word, one)]
        taken.append(word)
        edge = min(edge, word.top)
    return taken


def _same_line(word: Word, other: Word) -> bool:
    return abs((word.top + word.bottom) - (other.top + other.bottom)) < word.bottom - word.top


def _column(grid: Grid, word: Word) -> int | None:
    """The column that the whole word stands in."""
    edges = [*grid.lefts, grid.x1]
    for number, (x0, x1) in enumerate(pairwise(edges)):
        if x0 - SLACK <= word.x0 and word.x1 <= x1 + SLACK:
            return number
    return None


def _texts(grid: Grid, words: Sequence[Word]) -> tuple[str, ...] | None:
    cells: list[list[Word]] = [[] for _ in grid.lefts]
    for word in words:
        at = _column(grid, word)
        if at is not None:
            cells[at].append(word)
    filled = [cell for cell in cells if cell]
    if len(filled) < 3 or 2 * len(filled) < len(cells):
        return None
    if any(_gaps(cell, other) for cell, other in pairwise(filled)):
        return None
    texts = tuple(
        " ".join(word.text for word in sorted(cell, key=lambda one: (round(one.top / 3), one.x0)))
        for cell in cells
    )
    return texts if _names(texts) >= 3 or (_names(texts) >= 2 and len(texts) <= 4) else None


def _gaps(cell: Sequence[Word], other: Sequence[Word]) -> bool:
    """True where a line of one cell runs on into the next, as prose does."""
    for word in cell:
        for more in other:
            if _same_line(word, more) and 0 <= more.x0 - word.x1 < 0.45 * (word.bottom - word.top):
                return True
    return False


def _is_value(cell: str) -> bool:
    return bool(cell) and is_number(cell) and not YEAR.match(cell)


def _names(row: Sequence[str]) -> int:
    """How many cells begin with a word that names columns."""
    known = column_names()
    return sum(
        re.split(r"[^a-z]+", cell.casefold().lstrip("(% "), maxsplit=1)[0] in known
        for cell in row
        if cell
    )


__all__: Sequence[str] = ["with_headers"]
