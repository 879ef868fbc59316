"""Tables of data that agencies report by year (Satu Data, SIPD): "Jenis Data", a unit, years."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.authority import norm
from kb.describe.captions import is_indicator
from kb.describe.column_roles import OTHER, Column
from kb.describe.column_words import BARE_YEAR
from kb.describe.counted import Span
from kb.describe.row_names import clean_name

_DATA = re.compile(
    r"(?:(?:kelompok|sub|jenis|elemen|uraian|nama|rincian|variabel|item) ?)+ data"
    r"|(?:kelompok|jenis|elemen|uraian) data (?:\w+ )?(?:sektoral|pembangunan|statistik)"
    r"|kelompok sub kelompok"
)
"""Heads the column that names what is counted."""
_OVER_YEARS = frozenset(["tahun", "thn", "th", "tahun data", "data tahun", "data", "nilai"])
_MONEY = re.compile(r"(?:\w+ )?(?:rp|rupiah|idr)\b.*")
_MARK = re.compile(r"^\s*\(?(?P<mark>\d{1,3}|[a-zA-Z])[.)]+\s*(?=\S)")
_MARK_ALONE = re.compile(r"\(?(?P<mark>\d{1,3}|[a-zA-Z])[.)]*")
_BULLET = re.compile(r"^\s*[-–•]\s*")
SHORT = 1
"""Words up to which a row that stands below no heading names nothing. Set by hand; no command
measured it."""

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row with the heading it stands below, and its number among those beside it."""

    name: str
    parent: str | None
    sure: bool
    """False where its number goes on with two runs."""
    style: str = ""
    nth: int = 0


def data_columns(
    columns: Sequence[Column], levels: Sequence[Sequence[str]], span: Span
) -> tuple[list[Column], range | None]:
    """The columns with those of such a table told apart, and the columns that name its rows;
    ``None`` for any other table.

    Its numbers are results. In a plan only those of years before its own are: what stands for
    the others is no one's result.
    """
    as_before = list(columns)
    at = next((i for i, one in enumerate(levels) if one and _DATA.fullmatch(one[-1])), None)
    if at is None or any(c.role == "name" or c.kind or c.name for c in columns):
        return as_before, None
    unit = next((i for i, c in enumerate(columns) if c.role == "unit" and i > at), None)
    above = set(levels[at][:-1])  # a title stands above all of them
    years: dict[int, int] = {}
    for index, level in enumerate(levels):
        year = BARE_YEAR.fullmatch(level[-1]) if level else None
        if year is not None and set(level[:-1]) - above <= _OVER_YEARS:
            years[index] = int(year[1])
    if unit is None or len(years) < 2 or len(set(years.values())) < len(years):
        return as_before, None
    out = [OTHER if c.role == "value" else c for c in columns]
    for index, number in years.items():
        if not span.plan or (span.first is not None and number < span.first):
            out[index] = Column("value", "realisation", number)
    out[at] = Column("name")
    stop = at + 1
    while stop < unit and (not levels[stop] or levels[stop] == levels[at]):
        stop += 1
    return out, range(at, stop)


def data_names(
    rows: Rows, body: range, at: range, units: Sequence[int], values: Sequence[int]
) -> dict[int, str]:
    """Row number -> name, for rows that have values and a unit that is no money; none of a
    table that is mostly about money. Without a unit a row counts where no other is in money.

    A row that is worded as no indicator ("1. Antar Kampung") is named with the heading its run
    of numbers stands below ("3. Perselisihan Nelayan"); where that cannot be told, or
    two rows would have one name, they are left out.
    """
    full = [row for row in body if _any(rows[row], values)]
    said = {row: norm(" ".join(rows[row][i] for i in units if i < len(rows[row]))) for row in full}
    money = [row for row in full if _MONEY.fullmatch(said[row])]
    if 2 * len(money) > len(full):
        return {}
    found: dict[int, tuple[str, str | None]] = {}
    runs = _Runs()
    for row in body:
        text = " ".join(" ".join(cell.split()) for i in at if (cell := _cell(rows[row], i)))
        if not text:
            continue
        entry = runs.placed(text, _marked(rows[row][: at.start]))
        if not entry.name or row not in said or row in money or (money and not said[row]):
            continue
        if is_indicator(entry.name):
            found[row] = (entry.name, entry.parent if entry.sure else None)
        elif entry.sure and (whole := _below(entry)) is not None:
            found[row] = (whole, None)
    return _one_each(found)


class _Runs:
    """The runs of numbers that a table's rows stand in, from top to bottom."""

    def __init__(self) -> None:
        self._open: list[_Entry] = []
        """The last row of each, the innermost at the end."""
        self._last: str | None = None

    def placed(self, text: str, beside: str | None) -> _Entry:
        """The next row. One marked "1" stands below the row before it, another in the run that
        has come to its number; one with a dash below the last without. ``beside`` is the mark
        in a column of its own, where the text has none."""
        match = _MARK.match(text)
        name = clean_name(_BULLET.sub("", _MARK.sub("", text))) or ""
        if match is None and _BULLET.match(text):
            return _Entry(name, self._last, sure=True)
        mark = match["mark"] if match else beside
        if mark is not None:
            entry = self._numbered(mark, name)
        else:
            entry = _Entry(name, None, sure=not self._open)
        self._last = name or None
        return entry

    def _numbered(self, mark: str, name: str) -> _Entry:
        style = "1" if mark.isdigit() else "a" if mark.islower() else "A"
        nth = int(mark) if mark.isdigit() else ord(mark.lower()) - ord("a") + 1
        if nth == 1:
            entry = _Entry(name, self._last, True, style, nth)
        else:
            before = (style, nth - 1)
            fits = [i for i, one in enumerate(self._open) if (one.style, one.nth) == before]
            goes_on = self._open[fits[-1]] if fits else None
            sure = len(fits) == 1 and goes_on is not None and goes_on.sure
            entry = _Entry(name, goes_on.parent if goes_on else None, sure, style, nth)
            del self._open[fits[-1] if fits else 0 :]
        self._open.append(entry)
        return entry


def _marked(cells: Sequence[str]) -> str | None:
    """The number or letter that stands nearest before the text, in a cell of its own."""
    last = next((cell.strip() for cell in reversed(cells) if cell.strip()), "")
    match = _MARK_ALONE.fullmatch(last)
    return match["mark"] if match else None


def _below(entry: _Entry) -> str | None:
    """The name of a row with that of the heading above it."""
    if entry.parent:
        worded = is_indicator(entry.parent)
        return f"{entry.parent} {entry.name}" if worded else f"{entry.name}, {entry.parent}"
    return entry.name if len(entry.name.split()) > SHORT else None


def _one_each(found: Mapping[int, tuple[str, str | None]]) -> dict[int, str]:
    """The names; those of several rows with the heading above, or left out where none is sure."""
    often = Counter(norm(name) for name, _ in found.values())
    names: dict[int, str] = {}
    for row, (name, above) in found.items():
        if often[norm(name)] == 1:
            names[row] = name
        elif above is not None:
            names[row] = f"{name}, {above}"
    again = Counter(map(norm, names.values()))
    return {row: name for row, name in names.items() if again[norm(name)] == 1}


def _any(row: Sequence[str], columns: Sequence[int]) -> bool:
    return any(_cell(row, i) for i in columns)


def _cell(row: Sequence[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""
