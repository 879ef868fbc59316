"""What each column of a table holds, told by its header words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kb.authority import norm
from kb.describe.captions import is_indicator
from kb.describe.coded import is_code, named_beside_codes
from kb.describe.column_pairs import (
    beside_blank,
    latest,
    measured,
    shares_beside_results,
    weighted,
)
from kb.describe.column_roles import OTHER, PLAIN, Column, Grid, Within
from kb.describe.column_words import BARE_YEAR, NAME, QUARTER_WORD, column_of, quarter_in, tidy
from kb.describe.counted import Span, spelled_out, with_years
from kb.describe.data_tables import data_columns
from kb.describe.headers import header_levels, numbers_columns
from kb.describe.numbers import parse_number

_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?")
_MARK = re.compile(r"\s*\(?(?:\d{1,3}|[IVX]{1,5}|[a-z])[.)]*\s*")
_PLAIN_NAME = re.compile(
    r"^(?:uraian|ikk|komponen|variabel|aspek|parameter|dimensi|tujuan sasaran|kinerja"
    r"|sasaran kinerja|ukuran(?: kinerja)?|perjanjian kinerja|(?:program )?outcome|indeks"
    r"|rincian)\b"
)
_PROGRAMMES = frozenset(
    ["program", "program kegiatan", "kegiatan", "sub kegiatan", "anggaran", "anggaran rp", "pagu",
     "pagu anggaran", "keterangan", "ket", "sumber dana", "jumlah anggaran", "kode rekening",
     "rincian perhitungan", "jumlah rp"]
)  # fmt: skip
_KIND_CELL = re.compile(r"^(?:target|realisasi|capaian|pencapaian)\b(?: (?:kinerja|tahun))?$")
_NO_VALUE = re.compile(r"(?:19|20)\d\d|anggaran|pagu|dana|rp(?: 000)?")
_GOES_ON = frozenset(
    [
        "th",
        "tahun",
        "kinerja",
        "target",
        "realisasi",
        "capaian",
        "persen",
        "n",
        "k",
        "t",
        "r",
        "c",
        "rpjmd",
        "rpd",
        "rkpd",
        "renstra",
        "renja",
    ]
)
_OF_YEAR = re.compile(r"(?:capaian |kinerja )*(?:tahun(?: anggaran)?|ta|thn) ((?:19|20)\d\d)")
_OF_QUARTER = re.compile(
    rf"(?:capaian |kinerja )*{QUARTER_WORD} (?:iv|i{{1,3}}|[1-4])"
    r"(?: (?:tahun )?((?:19|20)\d\d))?"
)
_VALUE = re.compile(r"(?:nilai|angka|besaran|jumlah|value)(?: indikator| data)?")
_SAID = re.compile(r"(?:target|satuan|realisasi)(?: (?:tahun )?(?:19|20)\d\d)?")


def read_grid(
    rows: Sequence[Sequence[str]],
    header_rows: int,
    only: int | None,
    span: Span,
    periods: Sequence[tuple[int, int]] = (),
) -> Grid:
    """The columns with their roles. ``only`` is the one year the document covers, which is
    the year of a column "Target" where no column of its kind names another; ``span`` the years
    it covers, ``periods`` those that caption and page name, for headers that count them."""
    head = whole_header(rows, header_rows)
    named = spelled_out(rows, head, span, periods)
    printed = with_years(header_levels(named, head), only, span.report)
    levels = [tidy(level) for level in printed]
    columns = [column_of(level) for level in levels]
    body = range(head, _end(rows, head))
    columns = _row_roles(columns, rows, body)
    columns = shares_beside_results(columns, levels, rows, body, plan=span.plan)
    columns = weighted(columns, levels)
    columns = measured(columns, levels, rows, body)
    columns = _indicator_columns(columns, printed, rows, body)
    columns, data = data_columns(columns, levels, span)
    columns = named_beside_codes(columns, levels, rows, body)
    columns = _plain_names(columns, levels, rows, body)
    columns = beside_blank(columns, levels, rows, body)
    names = _named_by(columns)
    within = _within(rows, body)
    if not any(one.year for one in within.values()):
        columns = [_fall_back(c, i, columns, names, only) for i, c in enumerate(columns)]
    return Grid(tuple(latest(columns, names, levels)), body, names, within, data)


def _within(rows: Sequence[Sequence[str]], body: range) -> dict[int, Within]:
    """The year or the quarter of each row below one that says nothing else ("Tahun 2022",
    "Triwulan I")."""
    found: dict[int, Within] = {}
    last = Within()
    for number in body:
        said = {norm(cell) for cell in rows[number] if cell.strip()}
        only = said.pop() if len(said) == 1 else ""
        year, quarter = _OF_YEAR.fullmatch(only), _OF_QUARTER.fullmatch(only)
        if year:
            last = Within(int(year[1]))
        elif quarter:
            last = Within(int(quarter[1]) if quarter[1] else last.year, quarter_in(only))
        elif last != Within():
            found[number] = last
    return found


def _named_by(columns: Sequence[Column]) -> dict[int, int]:
    """Each column with the name column it belongs to: tables of cascades set "Indikator" and
    "Target" side by side several times, so the nearest to the left counts."""
    named = [i for i, c in enumerate(columns) if c.role == "name"]
    found: dict[int, int] = {}
    for index, column in enumerate(columns):
        if named and column.role in ("value", "unit"):
            found[index] = max((i for i in named if i < index), default=named[0])
    return found


def _end(rows: Sequence[Sequence[str]], head: int) -> int:
    """Where the body ends: at the header of a table of programmes below, which agreements
    set right under that of the indicators."""
    for number in range(head + 1, len(rows)):
        cells = {norm(cell) for cell in rows[number] if cell.strip()}
        if len(cells & _PROGRAMMES) >= 2:
            return number
    return len(rows)


def whole_header(rows: Sequence[Sequence[str]], header_rows: int) -> int:
    """Header rows, with those that go on with it: rows of years, "Target", column numbers."""
    head = max(1, header_rows)
    width = max((len(row) for row in rows), default=0)
    for number in range(min(5, len(rows) - 1), head - 1, -1):
        # A cascade names its levels first and its columns below them.
        folded = tidy([cell for cell in rows[number] if cell.strip()])
        names = sum(bool(NAME.search(cell)) for cell in folded)
        targets = sum(bool(_SAID.fullmatch(cell)) for cell in folded)
        if names >= 1 and targets >= 1 and names + targets >= 3 and number < len(rows) - 1:
            head = number + 1
            break
    while head < min(6, len(rows) - 1):
        cells = [cell.strip() for cell in rows[head] if cell.strip()]
        telling = sum(bool(_goes_on(cell)) for cell in cells)
        if not cells or telling < 2 or 2 * telling < len(cells):
            break
        values = [c for c in cells if parse_number(c) and not _NO_VALUE.fullmatch(norm(c))]
        if values and not numbers_columns(cells):
            break
        if len(cells) < width / 3:
            break
        head += 1
    return _to_years(rows, head)


def _to_years(rows: Sequence[Sequence[str]], head: int) -> int:
    """The header with the rows down to one of nothing but years, "Target", "Rp", column
    numbers, where none of them has a value."""
    whole = head
    for number in range(head, min(7, len(rows) - 1)):
        cells = [cell.strip() for cell in rows[number] if cell.strip()]
        values = [c for c in cells if parse_number(c) and not _NO_VALUE.fullmatch(norm(c))]
        if values and not numbers_columns(cells):
            break
        if len(cells) >= 3 and all(_goes_on(cell) for cell in cells):
            whole = number + 1
    last = [cell.strip() for row in rows[-1:] for cell in row if cell.strip()]
    if whole == len(rows) - 1 and len(last) >= 3 and all(
        BARE_YEAR.fullmatch(norm(cell)) for cell in last
    ):  # fmt: skip
        return len(rows)  # the head of a table whose rows are one of their own
    return whole


def _goes_on(cell: str) -> bool:
    folded = tidy([cell])[0]
    return bool(
        BARE_YEAR.fullmatch(folded)
        or _COLUMN_NUMBER.fullmatch(cell)
        or _NO_VALUE.fullmatch(folded)
        or folded in _GOES_ON
        or re.fullmatch(
            rf"(?:\w{{1,3}} )?(?:th|thn|sd)|\(?%\)?|(?:{QUARTER_WORD} )?(?:i|ii|iii|iv)"
            rf"|{QUARTER_WORD} [1-4]",
            folded or cell,
        )
    )


def _row_roles(columns: list[Column], rows: Sequence[Sequence[str]], body: range) -> list[Column]:
    """Columns whose cells say target or realisation, or the year, of their row."""
    out = list(columns)
    for index, column in enumerate(columns):
        cells = [norm(rows[r][index]) for r in body if index < len(rows[r]) and rows[r][index]]
        if len(cells) < 2:
            continue
        if column.role in ("other", "name") and all(_KIND_CELL.match(cell) for cell in cells):
            out[index] = Column("kinds")
        elif (column.role == "years" or (column.role == "other" and index < 2)) and all(
            BARE_YEAR.fullmatch(cell) for cell in cells
        ):
            out[index] = Column("years")
        elif column.role == "years":
            out[index] = OTHER
    return out


def _indicator_columns(
    columns: list[Column],
    levels: Sequence[Sequence[str]],
    rows: Sequence[Sequence[str]],
    body: range,
) -> list[Column]:
    """Where the years are rows, columns headed by an indicator hold its values, or one headed
    "Nilai" those of the indicators that a column names. Where a year has several rows, which are
    of parts of the region or of its people, a column is of none."""
    years = next((i for i, c in enumerate(columns) if c.role == "years"), None)
    if years is None:
        return columns
    texts = [norm(" ".join(level)) for level in levels]
    named = any(c.role == "name" and NAME.search(t) for c, t in zip(columns, texts, strict=True))
    if named:
        return [
            Column("value") if c.role == "other" and _VALUE.fullmatch(text) else c
            for c, text in zip(columns, texts, strict=True)
        ]
    said = [rows[r][years] for r in body if years < len(rows[r]) and rows[r][years]]
    if len(set(said)) < len(said):
        return columns
    out: list[Column] = []
    for one, level in zip(columns, levels, strict=True):
        whole = one.role in ("other", "name") and level and is_indicator(" ".join(level))
        out.append(Column("value", None, None, " ".join(level)) if whole else one)
    return out


def _plain_names(
    columns: list[Column],
    levels: Sequence[Sequence[str]],
    rows: Sequence[Sequence[str]],
    body: range,
) -> list[Column]:
    """Without a column "Indikator", one headed "Uraian" names them, or the one left of the
    numbers in which most cells are worded as indicators."""
    if any(c.role == "name" or c.name is not None for c in columns):
        return columns
    first = min((i for i, c in enumerate(columns) if c.role in ("value", "unit")), default=0)
    for index, (column, level) in enumerate(zip(columns, levels, strict=True)):
        if column.role != "other":
            continue
        full = [rows[r] for r in body if index < len(rows[r]) and rows[r][index]]
        marked = [row for row in full if any(_MARK.fullmatch(cell) for cell in row[:index])]
        # Rows without a number of their own may only name the parts of those above.
        cells = [row[index] for row in (marked if len(marked) >= 2 else full)]
        worded = sum(is_indicator(cell) and not is_code(cell) for cell in cells)
        if (level and _PLAIN_NAME.match(" ".join(level))) or (
            index < first and worded > 1 and 2 * worded >= len(cells)
        ):
            out = list(columns)
            out[index] = PLAIN
            return out
    return columns


def _fall_back(
    column: Column,
    index: int,
    columns: Sequence[Column],
    names: Mapping[int, int],
    only: int | None,
) -> Column:
    if column.role != "value" or column.kind is None or column.year is not None:
        return column
    if any(c.role == "years" for c in columns):
        return column
    kin = [
        c
        for i, c in enumerate(columns)
        if i != index
        and c.kind == column.kind
        and c.year
        and names.get(i) == names.get(index)
        and c.quarter is None
    ]
    if column.quarter is not None:
        years = {c.year for c in kin} or {only}
        year = years.pop() if len(years) == 1 else None
        return OTHER if year is None else replace(column, year=year)
    return OTHER if kin or only is None else replace(column, year=only)
