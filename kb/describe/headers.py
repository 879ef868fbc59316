"""What the header rows of a table call its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kb.authority import norm
from kb.model import Table

_NAMED = re.compile(r"\bindikator\b|\biku\b")
_COLUMN_NUMBER = re.compile(r"[-(\[]?\s*\d{1,2}\s?[)\].]?(?:\s*[=(]\s*[\d\s()+/:x×*-]+)?")
"""The number of a column, with how it is worked out ("8=(7/6)"); a spreadsheet that took "(2)"
for an amount has "-2"."""


def header_levels(rows: Sequence[Sequence[str]], header_rows: int) -> list[list[str]]:
    """Each column's header cells from top to bottom.

    A cell above several divided columns names all of them (``Target`` above ``2025`` and
    ``2026``); a row that only numbers the columns says nothing.
    """
    width = max((len(row) for row in rows), default=0)
    parts: list[list[str]] = [[] for _ in range(width)]
    head = rows[:header_rows]
    for number, row in enumerate(head):
        below = head[number + 1 :]
        last = ""
        for index in range(width):
            cell = row[index].strip() if index < len(row) else ""
            divided = any(
                index < len(r) and r[index] and not _COLUMN_NUMBER.fullmatch(r[index])
                for r in below
            )
            if cell:
                last = cell if divided else ""
            elif any(index < len(r) and r[index] for r in head[:number]):
                last = ""  # here another cell of the rows above begins
            elif divided:
                cell = last
            if cell and not _COLUMN_NUMBER.fullmatch(cell):
                parts[index].append(cell)
    return [list(dict.fromkeys(part)) for part in parts]


def numbers_columns(cells: Sequence[str]) -> bool:
    """True for a row of nothing but column numbers and what they are worked out from. One may
    be printed twice or not at all."""
    if any(re.search(r"[^\W\d_]{2}", cell) for cell in cells):
        return False
    found = [re.match(r"\D*(\d{1,2})", cell) for cell in cells if _COLUMN_NUMBER.fullmatch(cell)]
    numbers = [int(match[1]) for match in found if match is not None]
    steps = [after - before for before, after in pairwise(numbers)]
    if len(numbers) < 3 or numbers[0] > 2 or steps.count(0) > 1:
        return False
    return all(0 <= step <= 4 for step in steps) and 2 * steps.count(1) >= len(steps)


def header_texts(rows: Sequence[Sequence[str]], header_rows: int) -> list[str]:
    """Each column's header words from top to bottom, empty where it has none."""
    return [" ".join(level) for level in header_levels(rows, header_rows)]


def column_names(rows: Sequence[Sequence[str]], header_rows: int) -> list[str]:
    """``header_texts`` made into names: none is empty, no two are the same."""
    names: list[str] = []
    for position, text in enumerate(header_texts(rows, header_rows), start=1):
        name = wanted = " ".join(text.split()) or f"{position}"
        again = 2
        while name in names:
            name = f"{wanted} ({again})"
            again += 1
        names.append(name)
    return names


def with_whole_names(table: Table) -> Table:
    """The table with a column that no header names put to the names right of it: a stretched
    line leaves a blank behind the first word ("Laju    Pertumbuhan")."""
    heads = header_levels(table.rows, max(1, table.header_rows))
    for at in range(1, len(heads) - 1):
        if heads[at] or not heads[at + 1] or not _NAMED.search(norm(" ".join(heads[at + 1]))):
            continue
        body = table.rows[table.header_rows :]
        said = [row[at] for row in body if row[at]]
        if said and all(re.fullmatch(r"[^\W\d_]{3,}", cell) for cell in said):
            rows = tuple(
                (*row[:at], " ".join(filter(None, row[at : at + 2])), *row[at + 2 :])
                for row in table.rows
            )
            return replace(table, rows=rows)
    return table
