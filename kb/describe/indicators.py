"""Indicators with their targets and results by year, read from tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.authority import norm
from kb.describe.accounts import is_budget
from kb.describe.captions import Above, read_above
from kb.describe.column_roles import Column, Grid, Within
from kb.describe.column_words import BARE_YEAR, quarter_in, tidy
from kb.describe.columns import read_grid
from kb.describe.doubt import SURE_OCR, Read, doubtful
from kb.describe.headers import numbers_columns, with_whole_names
from kb.describe.indicator_names import split_region, words
from kb.describe.listed import listed
from kb.describe.numbers import is_word_value, parse_number
from kb.describe.parts import parts
from kb.describe.stacked_cells import unstacked
from kb.describe.told import Told, bare_kind, told_of
from kb.describe.whose import cell_of, names_of, with_region
from kb.model import Description, IndicatorValue, NumberKind, Page, SourceDocument, Table

_UNIT_IN = re.compile(
    r"\((%|persen|orang|unit|rp[^)]{0,15}|rupiah|poin|nilai|indeks|tahun|ha|km|ton|kasus|skor"
    r"|per \d[^)]{0,20})\)",
    re.IGNORECASE,
)


def extract_indicators(source: SourceDocument, description: Description) -> list[IndicatorValue]:
    """Every indicator value that the document's tables state surely, in order.

    The indicator is named in its row, above its column (where years are rows), or by the
    caption or heading of a table that is about one indicator. A number counts where target,
    realisation or baseline and its year are told by header, row or caption, or follow from the
    document: years before those a plan covers are results. A grade, an opinion or a range is
    kept as text without a number; any other cell that is not surely one number is left out, as
    is a column that two headers would fit.
    """
    told = told_of(description)
    pages = {page.number: page for page in source.pages}
    found: list[IndicatorValue] = []
    last: tuple[Table, Grid, Above] | None = None
    for position, whole in enumerate(source.tables):
        page = pages.get(whole.page)
        if not whole.rows or not _legible(page):
            last = None
            continue
        for part in parts(whole):
            table, numbers = unstacked(with_whole_names(part.table))
            above = read_above(table, page)
            compared = _compares(table)
            if ((above.shares or above.budget) and not compared) or is_budget(table):
                last = None
                continue
            only = _only(above, told)
            periods = _periods(above.text) or _periods(page.text if page is not None else "")
            grid = read_grid(table.rows, table.header_rows, only, told.span, periods)
            if last is not None and _same_head(table, grid, last[0], last[1]):
                grid = replace(last[1], body=grid.body, within={})
                above = last[2]
            elif last is not None and not grid.at("value") and _goes_on(table, last[0], last[1]):
                grid = replace(last[1], body=range(len(table.rows)), within={})
                above = last[2]
            if grid.at("value"):
                last = (table, grid, above)
            scanned = page is not None and page.method == "ocr"
            found += [
                replace(value, table=position, row=numbers[value.row or 0] + part.start)
                for value in _from_table(table, grid, above, told, scanned)
            ]
    for page in source.pages:
        if _legible(page):
            found += listed(page, told.only, told.agency)
    return found


def _compares(table: Table) -> bool:
    """True where columns hold targets and results of indicators, whatever the caption says of
    shares and of money."""
    head = tidy([cell for row in table.rows[: table.header_rows] for cell in row if cell])
    said = [
        any(re.match(rf"(?:{word})\b(?!.*\b(?:anggaran|pagu|keuangan)\b)", cell) for cell in head)
        for word in ("target", "realisasi", r"(?:\w+ ){0,3}indikator")
    ]
    return all(said)


def _legible(page: Page | None) -> bool:
    """False for a scan that was read with little confidence."""
    return page is None or page.method != "ocr" or (page.ocr_confidence or 0) >= SURE_OCR


def _same_head(table: Table, grid: Grid, before: Table, known: Grid) -> bool:
    """True where the first rows of the header of the table before stand above this one, and the
    last do not: a sheet cut into pages repeats so many as its reader took for the header."""
    size = table.header_rows
    return (
        0 < size == grid.body.start < known.body.start
        and size == before.header_rows
        and table.page == before.page + 1
        and table.rows[:size] == before.rows[:size]
    )


_PERIOD = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*(?:[-–—]|s\.?\s?/?\s?d\.?|sampai(?: dengan)?)\s*(?:tahun\s+)?"
    r"((?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)


def _periods(text: str) -> tuple[tuple[int, int], ...]:
    """The years that the words name from one to another."""
    return tuple({(int(m[1]), int(m[2])) for m in _PERIOD.finditer(text)})


def _only(above: Above, told: Told) -> int | None:
    """The year of columns that name none: the caption's one year, else the document's. The
    period of a plan that the caption names is not the year of its columns."""
    if above.years:
        return next(iter(above.years)) if len(above.years) == 1 else None
    return told.only


def _goes_on(table: Table, before: Table, grid: Grid) -> bool:
    """True for the rest of a table on the next page whose header was not repeated."""
    if table.caption is not None or table.page not in (before.page, before.page + 1):
        return False
    width = max(len(row) for row in table.rows)
    if width != len(grid.columns):
        return False
    values = [
        [row[i] for i in grid.at("value") if i < len(row) and row[i]] for row in table.rows[:4]
    ]
    first = next((cells for cells in values if cells), [])
    return bool(first) and all(map(_no_header, first))


def _no_header(cell: str) -> bool:
    number = parse_number(cell)
    return cell.strip() in {"-", "–"} or (number is not None and not BARE_YEAR.fullmatch(cell))


# --- one table ---------------------------------------------------------------------


def _from_table(
    table: Table, grid: Grid, above: Above, told: Told, scanned: bool
) -> Iterator[IndicatorValue]:
    values = grid.at("value")
    if not values:
        return
    names = names_of(table, grid, above, told)
    agencies, units = grid.at("agency"), grid.at("unit")
    whole_year = not any(grid.columns[index].quarter for index in values)
    quarter = (told.quarter or _of_part(table)) if whole_year else None
    for row_number in grid.body:
        row = table.rows[row_number]
        if numbers_columns([cell for cell in row if cell.strip()]):
            continue
        read: list[tuple[Column, str, Read]] = []
        words_only: list[tuple[Column, str, Read]] = []
        for index in values:
            cell = row[index].strip() if index < len(row) else ""
            column = grid.columns[index]
            name = (
                with_region(column.name, above, told)
                if column.name
                else names.get((row_number, grid.names.get(index, -1)))
            )
            if not cell or name is None:
                continue
            printed = parse_number(cell)
            if printed is None:
                # A range on a scan may be a misread number.
                if is_word_value(cell, ranges=not scanned):
                    words_only.append((column, name, Read(0, cell, _of(row, units, index) or None)))
                continue
            unit = _unit(_of(row, units, index), scanned) or _unit(printed.unit, scanned)
            unit = unit or _unit_in(name) or above.unit
            read.append((column, name, Read(printed.value, printed.text, unit)))
        found: list[IndicatorValue] = []
        for at, (column, name, number) in enumerate([*read, *words_only]):
            kind = column.kind or _row_kind(row, grid)
            within = grid.within.get(row_number, Within())
            year = column.year or within.year or _row_year(row, grid)
            if kind is None and year is not None and not grid.at("kinds"):
                kind = bare_kind(year, above, told)
            others = [
                other
                for i, (c, one, other) in enumerate(read)
                if i != at and not c.name and one == name
            ]
            if kind is None or year is None:
                continue
            known = told.last is None or year <= told.last or (told.guessed and bool(grid.data))
            if kind == "realisation" and not known:
                continue  # nobody knows the result of a year to come
            in_words = at >= len(read)
            if not in_words and doubtful(number, others, scanned=scanned):
                continue
            of_quarter = quarter if kind == "realisation" and year == told.only else None
            found.append(
                IndicatorValue(
                    indicator=name,
                    unit=number.unit,
                    kind=kind,
                    year=year,
                    value=None if in_words else number.value,
                    value_text=number.text,
                    page=table.page,
                    agency=_agency(name, row, agencies, told),
                    row=row_number,
                    quarter=column.quarter or within.quarter or of_quarter,
                )
            )
        yield from _said_once(found)


def _of_part(table: Table) -> int | None:
    """The quarter that the caption names, where it ends before the year does."""
    quarter = quarter_in(table.caption or "")
    return quarter if quarter in (1, 2, 3) else None


def _said_once(found: Sequence[IndicatorValue]) -> Iterator[IndicatorValue]:
    """The values of a row without what two columns say differently; what they say alike, once."""
    said: dict[tuple[str, NumberKind, int, int | None], list[IndicatorValue]] = {}
    for one in found:
        said.setdefault((one.indicator, one.kind, one.year, one.quarter), []).append(one)
    for values in said.values():
        if len({one.value if one.value is not None else one.value_text for one in values}) == 1:
            yield values[0]


def _of(row: Sequence[str], columns: Sequence[int], index: int) -> str:
    """The cell of the nearest of the ``columns`` left of column ``index``, else of the last."""
    near = [column for column in columns if column < index]
    return cell_of(row, (near or columns)[-1:])


def _agency(name: str, row: Sequence[str], columns: Sequence[int], told: Told) -> str | None:
    """Who answers for the number: as the row says, else the issuer for its own region."""
    if columns:
        return cell_of(row, columns[:1]) or None
    return told.agency if split_region(name)[1] in (None, told.region) else None


def _row_kind(row: Sequence[str], grid: Grid) -> NumberKind | None:
    said = norm(cell_of(row, grid.at("kinds")))
    if said.startswith("target"):
        return "target"
    if said.startswith("realisasi"):
        return "realisation"
    return None


def _row_year(row: Sequence[str], grid: Grid) -> int | None:
    match = BARE_YEAR.fullmatch(norm(cell_of(row, grid.at("years"))))
    return int(match.group(1)) if match else None


def _unit(printed: str | None, scanned: bool) -> str | None:
    """The unit as printed; on a scan only one whose words are units."""
    if not printed or not scanned or "%" in printed:
        return printed or None
    known = words()["units"]
    return printed if any(word in known for word in norm(printed).split()) else None


def _unit_in(name: str) -> str | None:
    match = _UNIT_IN.search(name)
    if match:
        return match.group(1)
    return "%" if norm(name).startswith(("persentase", "prosentase", "presentase")) else None


__all__: Sequence[str] = ["extract_indicators"]
