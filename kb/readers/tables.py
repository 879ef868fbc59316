"""Makes the document's tables from the grids of its pages: captions, header rows, and
tables that go on over several pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.model import Table
from kb.readers.layout import Line
from kb.readers.run_on import head_apart

MAX_TABLES = 3000
TITLE_GAP = 3.2
"""Heights of a line between a table and its title. Set by hand; no command measured it."""
SAME_EDGE = 6.0
"""Points within which the left edges of a column on two pages lie. Set by hand; no command
measured it."""
CAPTION = re.compile(r"^(?:tabel|table|daftar)\b", re.IGNORECASE)
_COLUMN_NUMBER = re.compile(r"^\(?\d{1,2}\)?$")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on a page: its box and its rows of cell texts, top down."""

    x0: float
    top: float
    x1: float
    bottom: float
    rows: tuple[tuple[str, ...], ...]
    tops: tuple[float, ...]
    """Top of each row."""
    header: int | None = None
    """How many rows name the columns, where the layout says it."""
    spread: float = 0.0
    """Share of the words that stand in cells over several columns."""
    lefts: tuple[float, ...] = ()
    """Left edge of each column, where lines rule them."""


def make_tables(
    grids: Sequence[tuple[int, Grid, float, list[Line]]], texts: Sequence[str]
) -> tuple[tuple[Table, ...], int]:
    """Tables in order of page and place, and how many were left out as too many.

    A table at the top of a page with the columns of the one that ended the page before
    goes on with it: it gets that table's header rows in front, and its caption.
    """
    tables: list[Table] = []
    last: tuple[int, Table, bool, tuple[float, ...]] | None = None
    for number, grid, height, lines in grids:
        if len(tables) >= MAX_TABLES:
            break
        rows = head_apart(grid.rows)
        told = grid.header if rows is grid.rows else 1
        header = header_rows(rows) if told is None else told
        caption = _caption(grid, lines)
        lefts = grid.lefts
        if last is not None and caption is None and last[0] == number - 1 and last[2]:
            above = last[1]
            at_top = grid.top < 0.3 * height
            head, lefts = above.rows[: above.header_rows], last[3]
            own = bool(head) and (
                header_like(rows[0], above) or (header > 1 and numbers_columns(rows[header - 1]))
            )
            if at_top and above.rows and len(above.rows[0]) != len(rows[0]) and not own:
                head, rows, lefts = in_columns(head, last[3], rows, grid.lefts)
            else:
                lefts = grid.lefts
            if at_top and head and len(head[0]) == len(rows[0]):
                caption = above.caption
                if not own:
                    first = int(numbers_columns(rows[0]))  # the numbers stand in the header above
                    rows = (*head, *rows[first:])
                    header = above.header_rows
        table = Table(number, rows, header, caption)
        tables.append(table)
        last = (number, table, grid.bottom > 0.6 * height, lefts)
    return tuple(tables), len(grids) - len(tables)


TableRows = tuple[tuple[str, ...], ...]


def in_columns(
    head: TableRows, lefts: tuple[float, ...], rows: TableRows, others: tuple[float, ...]
) -> tuple[TableRows, TableRows, tuple[float, ...]]:
    """Header rows of one page and rows of the next in the same columns, and their left edges: a
    column that is empty on one of the pages was left out there. As they are where the edges do
    not tell that they are one table."""
    both = sorted([*lefts, *others])
    whole = tuple(x for n, x in enumerate(both) if n == 0 or x - both[n - 1] > SAME_EDGE)
    shared = len(lefts) + len(others) - len(whole)
    known = head and len(lefts) == len(head[0]) and len(others) == len(rows[0])
    if not known or shared < 3 or shared < 0.7 * len(whole):
        return head, rows, others

    def spread(row: tuple[str, ...], edges: tuple[float, ...]) -> tuple[str, ...]:
        cells = dict(zip(map(nearest, edges), row, strict=True))
        return tuple(cells.get(column, "") for column in range(len(whole)))

    def nearest(x: float) -> int:
        return min(range(len(whole)), key=lambda column: abs(whole[column] - x))

    return (
        tuple(spread(row, lefts) for row in head),
        tuple(spread(row, others) for row in rows),
        whole,
    )


def header_like(row: tuple[str, ...], above: Table) -> bool:
    """True where the row repeats the words of the header above."""
    first = {cell.casefold() for cell in above.rows[0] if cell}
    return len(first & {cell.casefold() for cell in row if cell}) >= max(1, len(first) // 2)


def header_rows(rows: Sequence[tuple[str, ...]]) -> int:
    """How many rows name the columns.

    Rows up to one that numbers the columns ((1), (2), ...), else the first row and those
    below it that only divide its cells (years, units) and start with empty cells.
    """
    for index, row in enumerate(rows[:5]):
        if index and numbers_columns(row):
            return index + 1
    count = 1
    while count < min(4, len(rows) - 1):
        row = rows[count]
        if row[0] or not any(row) or _has_values(row):
            break
        count += 1
    return count


def numbers_columns(row: Sequence[str]) -> bool:
    """True for a row that numbers the columns: 1 2 3 or (1) (2) (3)."""
    filled = [cell.strip(" :;.|'‘’") for cell in row if cell]
    found = [_COLUMN_NUMBER.match(cell) for cell in filled]
    amiss = [cell for cell, match in zip(filled, found, strict=True) if not match]
    if len(filled) < 3 or len(amiss) > (len(filled) > 3) or any(len(cell) > 3 for cell in amiss):
        return False  # one number of several may be misread on a scan
    values = [int(re.sub(r"\D", "", match.group())) for match in found if match]
    if len(values) - len(set(values)) > 1:
        return False  # one may be printed twice
    return values == sorted(values) and values[0] <= 2 and values[-1] <= len(row) + 4


def _has_values(row: tuple[str, ...]) -> bool:
    """Numbers that are not years."""
    for cell in row:
        if re.search(r"\d", cell) and not re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", cell):
            return True
    return False


def _caption(grid: Grid, lines: Sequence[Line]) -> str | None:
    """The line(s) above the table that start with "Tabel", else the title right above it."""
    above = [
        line for line in lines if line.kind == "line" and line.bottom <= grid.top + 4
        and line.top > grid.top - 90
    ]  # fmt: skip
    above.sort(key=lambda line: line.top)
    for index in range(len(above) - 1, -1, -1):
        if CAPTION.match(above[index].text):
            text = " ".join(line.text for line in above[index : index + 3])
            return text[:300]
    return _title(grid, above)


def _title(grid: Grid, pieces: Sequence[Line]) -> str | None:
    """Lines right above the table that are set as its title: capitals or short lines in
    its middle, or one line that announces it."""
    above: list[Line] = []
    pieces = [one for one in pieces if re.search(r"[^\W\d_]{2}", one.text)]
    for piece in sorted(pieces, key=lambda one: (one.middle, one.x0)):
        if above and piece.middle - above[-1].middle < 0.5 * piece.height:
            beside = above.pop()
            first, second = sorted((beside, piece), key=lambda one: one.x0)
            piece = Line(f"{first.text} {second.text}", first.x0, min(beside.top, piece.top),
                         max(beside.x1, piece.x1), max(beside.bottom, piece.bottom))  # fmt: skip
        above.append(piece)
    title: list[Line] = []
    edge = grid.top
    for line in reversed(above):
        if edge - line.bottom > TITLE_GAP * max(8.0, line.height) or len(title) == 4:
            break
        if not _is_title(line, grid):
            break
        title.insert(0, line)
        edge = line.top
    if title:
        return " ".join(line.text for line in title)[:300]
    last = above[-1] if above else None
    if last is not None and edge - last.bottom < TITLE_GAP * max(8.0, last.height):
        said = last.text.rstrip()
        if said.endswith(":") and len(said) >= 30:
            return said[:300]
    return None


def _is_title(line: Line, grid: Grid) -> bool:
    text = line.text.strip()
    letters = sum(char.isalpha() for char in text)
    if letters < 0.5 * len(text) or letters < 4 or text[-1] in ".;:,":
        return False
    width = grid.x1 - grid.x0
    middle = abs((line.x0 + line.x1) / 2 - (grid.x0 + grid.x1) / 2) < 0.06 * width
    upper = sum(char.isupper() for char in text) > 0.8 * letters
    named = bool(re.match(r"^(?:[A-Z][.)]|\d{1,2}(?:\.\d{1,2})+\.?)\s+\S", text))
    return (middle and line.x1 - line.x0 < 0.9 * width) or upper or named
