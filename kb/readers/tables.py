"""Makes the document's tables from the grids of its pages: captions, header rows, and
tables that go on over several pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from kb.model import Table
from kb.readers.layout import Line

MAX_TABLES = 3000
_CAPTION = re.compile(r"^(?:tabel|table|daftar)\b", re.IGNORECASE)
_COLUMN_NUMBER = re.compile(r"^\(?\d{1,2}\)?$")


class GridLike(Protocol):
    @property
    def top(self) -> float: ...
    @property
    def bottom(self) -> float: ...
    @property
    def rows(self) -> tuple[tuple[str, ...], ...]: ...


def make_tables(
    grids: Sequence[tuple[int, GridLike, float, list[Line]]], texts: Sequence[str]
) -> tuple[tuple[Table, ...], int]:
    """Tables in order of page and place, and how many were left out as too many.

    A table at the top of a page with the columns of the one that ended the page before
    goes on with it: it gets that table's header rows in front, and its caption.
    """
    tables: list[Table] = []
    last: tuple[int, Table, bool] | None = None
    for number, grid, height, lines in grids:
        if len(tables) >= MAX_TABLES:
            break
        rows = grid.rows
        header = header_rows(rows)
        caption = _caption(grid, lines)
        if last is not None and caption is None and last[0] == number - 1 and last[2]:
            above = last[1]
            at_top = grid.top < 0.3 * height
            if at_top and above.rows and len(above.rows[0]) == len(rows[0]):
                caption = above.caption
                if rows[: above.header_rows] != above.rows[: above.header_rows] and not header_like(
                    rows[0], above
                ):
                    rows = (*above.rows[: above.header_rows], *rows)
                    header = above.header_rows
        table = Table(number, rows, header, caption)
        tables.append(table)
        last = (number, table, grid.bottom > 0.6 * height)
    return tuple(tables), len(grids) - len(tables)


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
        filled = [cell for cell in row if cell]
        if len(filled) >= 3 and all(_COLUMN_NUMBER.match(cell) for cell in filled):
            values = [int(re.sub(r"\D", "", cell)) for cell in filled]
            if index and values == sorted(set(values)) and values[0] <= 2:
                return index + 1
    count = 1
    while count < min(4, len(rows) - 1):
        row = rows[count]
        if row[0] or not any(row) or _has_values(row):
            break
        count += 1
    return count


def _has_values(row: tuple[str, ...]) -> bool:
    """Numbers that are not years."""
    for cell in row:
        if re.search(r"\d", cell) and not re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", cell):
            return True
    return False


def _caption(grid: GridLike, lines: Sequence[Line]) -> str | None:
    """The line(s) above the table that start with "Tabel"."""
    above = [
        line for line in lines if line.kind == "line" and line.bottom <= grid.top + 4
        and line.top > grid.top - 90
    ]  # fmt: skip
    above.sort(key=lambda line: line.top)
    for index in range(len(above) - 1, -1, -1):
        if _CAPTION.match(above[index].text):
            text = " ".join(line.text for line in above[index : index + 3])
            return text[:300]
    return None
