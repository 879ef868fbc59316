"""Tables that hold several: titles above the header, or another header further down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.authority import norm
from kb.describe.column_words import MEASURE, TARGET, tidy
from kb.describe.columns import whole_header
from kb.describe.numbers import parse_number
from kb.model import Table

_NAMES = re.compile(r"(?:\w+ ){0,4}(?:indikator|iku)\b")
_SAYS = re.compile(r"\b(?:satuan|realisasi|capaian|baseline|(?:19|20)\d\d)\b")
LONG = 12
"""Words above which a cell is no head of a column. Set by hand; no command measured it."""
TITLES = 4
"""Rows above a header up to which they are its title; more are the head of a form."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table within a table, and the row it begins with."""

    table: Table
    start: int


def parts(table: Table) -> Iterator[Part]:
    """The table itself, or the tables in it: without the rows above its header that only
    title it (spreadsheets, forms of a budget), and anew from each further row that heads
    columns of indicators."""
    heads = [number for number, row in enumerate(table.rows) if _heads(row)]
    start = heads[0] if heads and all(map(_titles, table.rows[: heads[0]])) else 0
    header = max(1, table.header_rows - start)
    while True:
        rows = table.rows[start:]
        body = start + whole_header(rows, header) + 1
        stop = next((number for number in heads if number >= body), len(table.rows))
        part = replace(table, rows=table.rows[start:stop], header_rows=header)
        if 0 < start <= TITLES and part.caption is None:
            title = " ".join(cell for row in table.rows[:start] for cell in row if cell)
            part = replace(part, caption=title[:300])
        yield Part(part, start)
        if stop == len(table.rows):
            return
        start, header = stop, _header(table.rows[stop:])


def _header(rows: tuple[tuple[str, ...], ...]) -> int:
    """Rows that name columns: the first and those that only divide its cells."""
    count = 1
    while count < min(4, len(rows) - 1):
        row = rows[count]
        if row[0].strip() or not any(row) or any(map(_is_value, filter(None, row))):
            break
        count += 1
    return count


def _heads(row: tuple[str, ...]) -> bool:
    """True for a row that names columns, one of them that of the indicators."""
    cells = tidy([cell for cell in row if cell.strip()])
    if len(cells) < 2 or any(len(cell.split()) > LONG for cell in cells):
        return False
    named = [cell for cell in cells if _NAMES.match(cell) or MEASURE.match(cell)]
    said = [cell for cell in cells if _SAYS.search(cell) or TARGET.search(cell)]
    if not named or not [cell for cell in said if cell not in named]:
        return False
    return not any(map(_is_value, (cell for cell in row if cell.strip())))


def _titles(row: tuple[str, ...]) -> bool:
    """True for a row of a title, or of a form's word and what stands for it: not for one that
    says what columns below it hold."""
    cells = [cell for cell in row if cell.strip()]
    if len(set(cells)) > 2 or any(map(_is_value, cells)):
        return False
    pair = len(cells) == 2 and (cells[0].rstrip().endswith(":") or cells[1].startswith(":"))
    said = [cell for cell in cells if _SAYS.search(norm(cell)) or TARGET.search(norm(cell))]
    whole = len(set(cells)) == 1 and bool(row[0].strip()) and len(row[0].split()) >= 4
    return pair or whole or not said


def _is_value(cell: str) -> bool:
    number = parse_number(cell) is not None
    return number and not re.fullmatch(r"(?:19|20)\d\d", cell.strip())
