"""Sheets as files that a spreadsheet opens as a table: widths, links, real numbers and dates."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from kb.errors import QueryError
from kb.explore.cells import MAX_CELL, MAX_ROWS, Cell, safe_cell

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MAX_LINKS = 60_000
"""A sheet holds 65,530 links; what is beyond is written without."""
NARROWEST, WIDEST, LONG = 8, 60, 34
"""Widths of columns in characters; text of more than ``LONG`` is broken into lines."""
LOOKED_AT = 2000
"""Rows from which the widths of the columns are taken."""
SHEET_NAME = 31
"""Letters of a sheet's name at most."""
_DAY = re.compile(r"(?:19|20)\d{2}-\d{2}-\d{2}")
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_WHOLE, _PARTS, _DATE = "#,##0", "#,##0.0####", "yyyy-mm-dd"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; a file of text has the address in a column of its own."""

    words: str
    address: str


Shown = Cell | date | Link


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as readers see it; every row has a cell for every column."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Shown, ...], ...]


def day_or_text(iso: str | None) -> date | str | None:
    """An ISO day as a date; a month, a year or no date at all stays as it is written."""
    if iso and _DAY.fullmatch(iso):
        try:
            return date.fromisoformat(iso)
        except ValueError:
            return iso
    return iso


def encode_sheets(sheets: Sequence[Sheet], format: Literal["csv", "xlsx"]) -> bytes:
    """The bytes of a file: of ``csv`` the first sheet alone. Raises ``QueryError``."""
    if not sheets:
        raise QueryError("There is no sheet to write.")
    return _csv(sheets[0]) if format == "csv" else _xlsx(sheets)


def _csv(sheet: Sheet) -> bytes:
    """Where words lead somewhere, the address stands in a column of its own behind them."""
    led = {
        at
        for row in sheet.rows
        for at, cell in enumerate(row)
        if isinstance(cell, Link) and cell.address != cell.words
    }
    head: list[str] = []
    for at, name in enumerate(sheet.columns):
        head += [name, f"{name} (URL)"] if at in led else [name]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(head)
    for row in sheet.rows:
        line: list[Cell] = []
        for at, cell in enumerate(row):
            line.append(_text(cell))
            if at in led:
                line.append(safe_cell(cell.address) if isinstance(cell, Link) else None)
        writer.writerow(line)
    return buffer.getvalue().encode("utf-8-sig")


def _text(cell: Shown) -> Cell:
    if isinstance(cell, Link):
        return safe_cell(cell.words or cell.address)
    return cell.isoformat() if isinstance(cell, date) else safe_cell(cell)


def _xlsx(sheets: Sequence[Sheet]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for sheet in sheets:
        name = _NO_NAME.sub(" ", sheet.name).strip()[:SHEET_NAME] or "1"
        _fill(book.create_sheet(name), sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(page: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    rows = sheet.rows[: MAX_ROWS - 1]
    widths = [_width(name, (row[at] for row in rows[:LOOKED_AT]), name == sheet.columns[0])
              for at, name in enumerate(sheet.columns)]  # fmt: skip
    for at, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(at)].width = width
    bold, ground = Font(bold=True), PatternFill("solid", fgColor="E4F1EE")
    broken = Alignment(vertical="top", wrap_text=True)
    top, blue = Alignment(vertical="top"), Font(color="0B5CAD", underline="single")
    for at, name in enumerate(sheet.columns, 1):
        top_cell = page.cell(1, at, str(safe_cell(name)))
        top_cell.font, top_cell.fill, top_cell.alignment = bold, ground, broken
    links = 0
    for number, row in enumerate(rows, 2):
        for at, value in enumerate(row, 1):
            if value is None or value == "":
                continue
            cell: Any = page.cell(number, at)
            _set(cell, value)
            cell.alignment = broken if widths[at - 1] >= LONG else top
            if isinstance(value, Link) and value.address and links < MAX_LINKS:
                links += 1
                cell.hyperlink = value.address
                cell.font = blue
    page.freeze_panes = "B2" if len(sheet.columns) > 1 else "A2"
    if rows:
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(rows) + 1}"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _set(cell: Any, value: Shown) -> None:
    if isinstance(value, Link):
        value = value.words or value.address
    if isinstance(value, str):
        cell.value = str(safe_cell(value))[:MAX_CELL]
        cell.data_type = "s"
    elif isinstance(value, bool):
        cell.value = value
    elif isinstance(value, int | float):
        cell.value = value
        if abs(value) >= 10_000 or value != int(value):  # a year is no thousand
            cell.number_format = _WHOLE if value == int(value) else _PARTS
    elif isinstance(value, date | datetime):
        cell.value, cell.number_format = value, _DATE


def _width(name: str, cells: Iterable[Shown], first: bool) -> int:
    """Wide enough for nine of ten cells, and for the longest word of the head."""
    sizes = sorted(len(_words(cell)) for cell in cells if cell is not None)
    usual = sizes[int(0.9 * (len(sizes) - 1))] if sizes else 0
    head = max((len(word) for word in name.split()), default=0) + 3  # the filter's arrow
    return min(WIDEST, max(NARROWEST, head, usual + 2, 24 if first and usual > LONG else 0))


def _words(cell: Shown) -> str:
    if isinstance(cell, Link):
        return cell.words or cell.address
    if isinstance(cell, float):
        return f"{cell:,.2f}"
    return str(cell)
