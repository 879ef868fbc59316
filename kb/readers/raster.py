"""A sheet of cells, as spreadsheets and CSV files hold them, parted into titles, tables, notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kb.readers.tables import header_rows, numbers_columns

PAGE_ROWS = 60
"""Rows of a table on one page: about what a printed page holds."""
MAX_ROWS = 50_000
_NUMBER = re.compile(r"^[-(]?(?:Rp\.?\s*)?\d[\d.,]*\)?\s?%?$")

Row = tuple[str, ...]


@dataclass(slots=True)
class Block:
    """Title rows, then a table, then rows of one cell below it (sources, remarks)."""

    titles: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    header: int = 1
    notes: list[str] = field(default_factory=list)


def blocks(rows: Iterable[Sequence[str]], *, titled: bool = True) -> list[Block]:
    """The tables of a sheet in order, with what stands above and below each.

    Rows of a single cell above a table are its titles, those below its notes; a table goes
    on after an empty row where what follows has its columns and no header of its own.
    """
    found: list[Block] = []
    for group in _groups(rows):
        block = _block(group, titled)
        last = found[-1] if found else None
        if last is not None and last.rows and not last.notes and _goes_on(last, block):
            last.rows += block.rows
            last.notes = block.notes
        elif last is not None and not last.rows and block.rows:
            found[-1] = Block([*last.titles, *block.titles], block.rows, 1, block.notes)
        elif block.titles or block.rows or block.notes:
            found.append(block)
    return [_trimmed(block) for block in found]


def _groups(rows: Iterable[Sequence[str]]) -> list[list[Row]]:
    groups: list[list[Row]] = [[]]
    for number, row in enumerate(rows):
        if number >= MAX_ROWS:
            break
        cells = tuple(" ".join(str(cell).split()) for cell in row)
        if any(cells):
            groups[-1].append(cells)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _filled(row: Row) -> int:
    return sum(1 for cell in row if cell)


def _block(group: list[Row], titled: bool) -> Block:
    width = max(map(_filled, group))
    start = 0
    if titled and width > 1:
        while start < len(group) and _is_title(group[start], width):
            start += 1
        start = _paired(group, start, width)
    stop = len(group)
    while stop > start and width > 1 and _is_title(group[stop - 1], width):
        stop -= 1
    if len(group) <= 8 and all(_filled(row) == 1 or _pair(row) for row in group):
        return Block([_line(row) for row in group])
    body = group[start:stop]
    block = Block(
        [_line(row) for row in group[:start]],
        body,
        notes=[_line(row) for row in group[stop:]],
    )
    return block


def _line(row: Row) -> str:
    return " ".join(cell for cell in row if cell)


def _is_title(row: Row, width: int) -> bool:
    """One cell in a table of several columns, and not a lone number."""
    return _filled(row) == 1 and not _NUMBER.match(_line(row))


def _paired(group: list[Row], start: int, width: int) -> int:
    """Lines such as "OPD : | Dinas Kesehatan" between the titles and the header."""
    at = start
    while at < len(group) - 1 and width > 3 and _filled(group[at]) <= 3:
        if not _pair(group[at]):
            break
        at += 1
    return at


def _pair(row: Row) -> bool:
    """A word with a colon and what it stands for: "OPD :", "Dinas Kesehatan"."""
    cells = [cell for cell in row if cell]
    return len(cells) <= 3 and (
        cells[0].endswith(":") or (len(cells) > 1 and cells[1].startswith(":"))
    )


def _goes_on(above: Block, below: Block) -> bool:
    if below.titles or not below.rows:
        return False
    used = {i for row in above.rows for i, cell in enumerate(row) if cell}
    more = {i for row in below.rows for i, cell in enumerate(row) if cell}
    first = below.rows[0]
    values = any(_NUMBER.match(cell) for cell in first[1:] if not _year(cell))
    return more <= used and values and not numbers_columns(first)


def _year(cell: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", cell))


def _trimmed(block: Block) -> Block:
    """Without the columns that no row fills; the header rows are counted."""
    if not block.rows:
        return block
    width = max(len(row) for row in block.rows)
    rows = [(*row, *[""] * (width - len(row))) for row in block.rows]
    used = [i for i in range(width) if any(row[i] for row in rows)]
    block.rows = [tuple(row[i] for i in used) for row in rows]
    block.header = header_rows(block.rows)
    return block
