"""Rows in which one cell lists several indicators and the cells beside it their numbers.

Agreements made with a word processor list indicators with bullets in one cell and set the numbers
below one another in the next ("• Tingkat kepuasan • Jumlah pengunjung", "90% 20%"). Such a row is
as many rows as it has names, if every cell of numbers has as many; else it stays one row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.describe.captions import is_indicator
from kb.describe.numbers import parse_number
from kb.model import Table

_BULLET = re.compile(r"(?:^|\s)[•▪●➢✓]\s*(?=\S)")
_HEAD = re.compile(
    r"\s(?=(?:Persentase|Prosentase|Presentase|Jumlah|Rasio|Ratio|Nilai|Indeks|Tingkat|Cakupan|Angka"
    r"|Rata-rata)\s)"
)
_NEXT = re.compile(r"(?<=\S)\s+(?=\d)")
MOST = 8
"""Indicators that one cell lists at most. Set by hand; no command measured it."""


def unstacked(table: Table) -> tuple[Table, Sequence[int]]:
    """The table with such rows taken apart, and for each of its rows the number it had."""
    rows: list[tuple[str, ...]] = []
    numbers: list[int] = []
    for number, row in enumerate(table.rows):
        parted = _parted(row) if number >= table.header_rows else None
        for one in parted or [tuple(row)]:
            rows.append(one)
            numbers.append(number)
    if len(rows) == len(table.rows):
        return table, range(len(table.rows))
    return replace(table, rows=tuple(rows)), numbers


def _parted(row: Sequence[str]) -> list[tuple[str, ...]] | None:
    for at, cell in enumerate(row):
        names = _names(cell)
        if not 2 <= len(names) <= MOST:
            continue
        cells = [_values(other, len(names)) for other in row[at + 1 :]]
        behind = [other for other in row[at + 1 :] if other.strip() and parse_number(other)]
        if not any(cells) or behind:
            continue
        return [
            (
                *(row[:at] if n == 0 else [""] * at),
                name,
                *(
                    values[n] if values else (other if n == 0 else "")
                    for values, other in zip(cells, row[at + 1 :], strict=True)
                ),
            )
            for n, name in enumerate(names)
        ]
    return None


def _names(cell: str) -> list[str]:
    """The indicators a cell lists, by bullets or by the words their names begin with."""
    text = " ".join(cell.split())
    if _BULLET.match(text):
        return [part for part in (p.strip() for p in _BULLET.split(text)) if part]
    parts = _HEAD.split(text)
    return parts if all(map(is_indicator, parts)) else []


def _values(cell: str, count: int) -> list[str] | None:
    """The cell's numbers, or its unit said ``count`` times, one for each name."""
    text = " ".join(cell.split())
    numbers = _NEXT.split(text)
    if len(numbers) == count and all(parse_number(one) is not None for one in numbers):
        return numbers
    words = text.split()
    size, rest = divmod(len(words), count)
    if size and not rest and not any(char.isdigit() for char in text):
        parts = [" ".join(words[n * size : (n + 1) * size]) for n in range(count)]
        if len(set(parts)) == 1:
            return parts
    return None
