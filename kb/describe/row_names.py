"""The indicator's name in each row of a table, put together where it runs over several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.authority import norm
from kb.describe.indicator_names import words

MAX_LINES = 12
"""Rows that one name may run over."""
MAX_NAME = 300

_START = re.compile(
    r"^\s*(?:[-–•]\s+|[-–•]?\s*(?:\d+(?:\.\d+)+[.)]?|\d{1,2}[.)]|\(\d{1,2}\)|[a-z][.)]\s)\s*)\S"
)
_REST = re.compile(r"[^\W\d_]?[a-z]{1,5}\.?")
_BULLET = re.compile(r"^\s*[•\-–]\s")
_LEAD = re.compile(
    r"^\s*(?:\d+(?:\.\d+)+[.)]?\s+|\(?\d{1,2}[.)]\s*|[a-z][.)]\s+|[•\-–]\s*(?:\d{4,6}\s+)?)+",
    re.IGNORECASE,
)
_NO_NAMES = frozenset(
    ["indikator", "indikator kinerja", "jumlah", "total", "rata rata", "target", "realisasi",
     "capaian", "satuan", "uraian"]
)  # fmt: skip

Rows = Sequence[Sequence[str]]


def row_names(
    rows: Rows, body: range, columns: Sequence[int], filled: Sequence[int], *, hold: bool
) -> dict[int, str]:
    """Row number -> name, for rows that have values (cells in the ``filled`` columns).

    ``columns`` are those that name indicators; a row that names two is left out. A name
    set over several rows is put together; where it cannot be told which values are its own,
    the row is left out. ``hold``: a name stands for the rows below it that have none.
    """
    found: dict[int, str] = {}
    held = ""
    valued = [row for row in body if _has(rows[row], filled)]
    per_column = [_of_column(rows, body, at, filled) for at in columns]
    for row in valued:
        said = [name for names in per_column if (name := names.get(row))]
        if len(said) == 1:
            held = said[0]
            found[row] = held
        elif not said and hold and held:
            found[row] = held
        elif said:
            held = ""
    return found


def _of_column(rows: Rows, body: range, at: int, filled: Sequence[int]) -> dict[int, str]:
    starts = [row for row in body if _START.match(_cell(rows[row], at))]
    named = [row for row in body if _has(rows[row], filled) and _cell(rows[row], at)]
    if len(starts) >= 2 and 2 * len(starts) >= len(named):
        return _by_starts(rows, body, at, filled, starts)
    found: dict[int, str] = {}
    for row in named:
        name = clean_name(_run(rows, body, row, at, filled))
        if name is not None:
            found[row] = name
    return found


def _by_starts(
    rows: Rows, body: range, at: int, filled: Sequence[int], starts: Sequence[int]
) -> dict[int, str]:
    """Names that are numbered: each runs to the next number."""
    found: dict[int, str] = {}
    for start, end in zip(starts, [*starts[1:], body.stop], strict=True):
        block = range(start, end)
        name = clean_name(" ".join(cell for row in block if (cell := _cell(rows[row], at))))
        valued = [row for row in block if _has(rows[row], filled)]
        if name is None or not valued or len(block) > MAX_LINES:
            continue
        if len(valued) == 1 or valued[0] == start:
            found[valued[0]] = name
    return found


def _run(rows: Rows, body: range, start: int, at: int, filled: Sequence[int]) -> str:
    """The name in a row, with the rows below that only go on with it and, where it begins
    in the middle of a phrase, those above."""
    name = _cell(rows[start], at)
    for row in range(start + 1, min(body.stop, start + MAX_LINES)):
        more = _cell(rows[row], at)
        if (at > 0 and _cell(rows[row], 0)) or _has(rows[row], filled):
            break
        if more and (_START.match(more) or _BULLET.match(more)):
            break
        if more and row + 1 < body.stop and _begins_middle(rows, row + 1, at, filled):
            break
        name = f"{name} {more}".strip()
    if _LEAD.sub("", name)[:1].islower():
        above: list[str] = []
        for row in range(start - 1, max(body.start, start - MAX_LINES) - 1, -1):
            cell = _cell(rows[row], at)
            if not cell or _has(rows[row], filled):
                break
            above.insert(0, cell)
            if cell[:1].isupper():
                break
        if not above:
            return ""  # its beginning is lost
        name = f"{' '.join(above)} {name}"
    return name


def _begins_middle(rows: Rows, row: int, at: int, filled: Sequence[int]) -> bool:
    """True where the next row has values and a name that began above it."""
    cell = _cell(rows[row], at)
    return _has(rows[row], filled) and _LEAD.sub("", cell)[:1].islower()


def _has(row: Sequence[str], columns: Sequence[int]) -> bool:
    """True where the row has values; one cell with a short word goes on with the cell above
    (``2.8`` and below it ``Ha``)."""
    cells = [row[i].strip() for i in columns if i < len(row) and row[i].strip()]
    grades = words()["grades"]
    return len(cells) > 1 or any(
        not _REST.fullmatch(cell) or norm(cell) in grades for cell in cells
    )


def _cell(row: Sequence[str], at: int) -> str:
    return " ".join(row[at].split()) if at < len(row) else ""


def clean_name(cell: str) -> str | None:
    """The name without its numbering, or ``None`` where it names nothing."""
    name = _LEAD.sub("", " ".join(cell.split()))
    if not 3 < len(name) <= MAX_NAME or not re.search(r"[^\W\d_]{3}", name):
        return None
    return None if norm(name) in _NO_NAMES else name
