"""What speaks for a region of aligned text being a table, and against it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.readers.run_on import column_names
from kb.readers.strips import Strip
from kb.readers.table_rows import HAS_YEAR, YEAR, Cells, is_number
from kb.readers.tables import CAPTION, numbers_columns

ENUMERATOR = re.compile(r"^(?:\(?\d{1,3}[.)]?\)?|\(?[a-zA-Z][.)]|[IVX]{1,5}[.)]?|[•·▪\-–➢])$")
_LEADERS = re.compile(r"\.{5,}|(?:\. ){5,}|…{2,}|_{5,}")
_CONTENTS = re.compile(r"^(?:daftar\s+(?:isi|tabel|gambar|grafik|lampiran)|halaman)\b", re.I)


def is_table(
    rows: Sequence[tuple[str, ...]],
    header: int,
    lines: list[Cells],
    above: list[Strip],
    across: list[float],
    width: int,
) -> bool:
    """True where the rows are a table: ``header`` of them name the columns, ``lines`` are
    the lines they come from, ``above`` stands over them, ``across`` are ruling lines."""
    body = rows[header:]
    if not body or any(_LEADERS.search(text) for line in lines for text in line.texts):
        return False
    columns = [[row[column] for row in body if row[column]] for column in range(width)]
    bare = sum(not cells for cells in columns)  # a column with a name and no values
    columns = [cells for cells in columns if cells]
    marks = [cells for cells in columns if _enumerates(cells)]
    content = [cells for cells in columns if not _enumerates(cells)]
    numeric = [cells for cells in content if _numeric(cells, min(2, len(body)))]
    if len(content) < 2 or sum(map(len, columns)) < 0.45 * len(columns) * len(body):
        return False
    named = _names_columns(rows[:header])
    numbered = any(numbers_columns(row) for row in rows[: header + 1])
    caption = any(
        CAPTION.match(strip.text) and not _CONTENTS.match(strip.text) for strip in above[-4:]
    )
    ruled = len(across) >= 3
    evidence = named + 2 * numbered + 2 * caption + 2 * ruled
    if any(_CONTENTS.match(strip.text) for strip in above) or _is_contents(content, rows, header):
        return caption or numbered
    if len(body) < 2 and (len(numeric) < 3 or not named + numbered + caption):
        return False
    if not numeric:
        return len(content) + bare + bool(marks) >= 3 and evidence >= 2
    if len(content) == 2:
        return evidence >= 1 or (len(body) >= 4 and bool(marks) and _mostly_numbers(numeric[0]))
    return len(body) >= 3 or evidence >= 1


def _enumerates(cells: list[str]) -> bool:
    marks = sum(bool(ENUMERATOR.match(cell)) for cell in cells)
    if marks < 0.8 * len(cells):
        return False
    bare = [int(cell) for cell in cells if cell.isdigit()]
    if len(bare) < 0.5 * len(cells):
        return True
    return len(bare) > 1 and bare == list(range(bare[0], bare[0] + len(bare)))


def _numeric(cells: list[str], least: int) -> bool:
    numbers = sum(is_number(cell) and not YEAR.match(cell) for cell in cells)
    digits = sum(any(char.isdigit() for char in cell) for cell in cells)
    return numbers >= 0.6 * len(cells) and digits >= max(least, 0.4 * len(cells))


def _mostly_numbers(cells: list[str]) -> bool:
    return sum(is_number(cell) for cell in cells) >= 0.8 * len(cells)


def _names_columns(rows: Sequence[tuple[str, ...]]) -> int:
    """How many columns of the header rows (or 2 at most) are named by usual words."""
    cells = [cell for row in rows for cell in row if cell]
    known = 0
    for cell in cells:
        first = re.split(r"[^a-z]+", cell.casefold().lstrip("(% "), maxsplit=1)[0]
        known += first in column_names() or bool(HAS_YEAR.search(cell))
    return min(2, known) if known >= 2 else 0


def _is_contents(content: list[list[str]], rows: Sequence[tuple[str, ...]], header: int) -> bool:
    """Names with page numbers that never fall: a table of contents without leaders."""
    last = content[-1]
    if len(content) != 2 or not all(re.fullmatch(r"\d{1,3}|[ivxlc]+", cell) for cell in last):
        return False
    numbers = [int(cell) for cell in last if cell.isdigit()]
    return numbers == sorted(numbers) and header == 0
