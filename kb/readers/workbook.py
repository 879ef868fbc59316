"""Reads spreadsheets (XLSX, XLS, XLSB, ODS): each sheet is a section, its rows are pages."""

from __future__ import annotations

import datetime
import re
import warnings as quiet
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from kb.errors import ReadError
from kb.model import OutlineItem, Page, SourceDocument, Table
from kb.readers.options import ReadOptions
from kb.readers.raster import MAX_ROWS, PAGE_ROWS, Block, blocks
from kb.readers.sniff import open_zip_safely

MAX_CELLS = 5_000_000
FORMATTED_BYTES = 8 * 1024 * 1024
"""Up to this size the number formats of an XLSX are looked at, which takes as long again."""
MAX_SHEETS = 500
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')

_WIDE = Context(prec=400)
"""Digits enough for any number that a cell can hold."""

Formats = Mapping[tuple[int, int], str]


def read_workbook(path: Path, options: ReadOptions) -> SourceDocument:
    """The visible sheets as tables. Raises ``ReadError`` where none has a filled cell."""
    import python_calamine as calamine

    data = path.read_bytes()
    if data[:2] == b"PK":
        open_zip_safely(data, 1024)
    try:
        book = calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = list(book.sheets_metadata)
    except calamine.PasswordError:
        raise ReadError(
            "password needed: this workbook is locked; save it without a password and add that."
        ) from None
    except BaseException as error:
        _pass_on(error)
        raise ReadError("damaged: the workbook cannot be opened; save it anew.") from None
    shown = [s for s in sheets if _last(s.visible) == "visible"]
    hidden = [s.name for s in sheets if s not in shown]
    warnings = [f"hidden sheets were not read: {_names(hidden)}"] if hidden else []
    formats = _formats(data)
    pages: list[Page] = []
    tables: list[Table] = []
    outline: list[OutlineItem] = []
    broken: list[str] = []
    for sheet in shown[:MAX_SHEETS]:
        if _last(sheet.typ) != "worksheet":
            warnings.append(f"a sheet that is no table was not read: {sheet.name}")
            continue
        try:
            grid = book.get_sheet_by_name(sheet.name)
            rows = _rows(grid, formats.get(sheet.name, {}))
        except BaseException as error:
            _pass_on(error)
            broken.append(sheet.name)
            continue
        found = blocks(rows)
        if found:
            outline.append(OutlineItem(sheet.name, len(pages) + 1, 0))
            _put(found, sheet.name, pages, tables)
        if grid.height > MAX_ROWS:
            warnings.append(f"only the first {MAX_ROWS} rows of sheet {sheet.name} were read")
    if len(shown) > MAX_SHEETS:
        warnings.append(f"only the first {MAX_SHEETS} of {len(shown)} sheets were read")
    if broken:
        warnings.append(f"sheets that could not be read: {_names(broken)}")
    if not pages:
        if broken:
            raise ReadError("damaged: no sheet of the workbook can be read; save it anew.")
        raise ReadError("empty: no visible sheet has a filled cell; look whether they are hidden.")
    return SourceDocument(
        path=str(path),
        format=path.suffix.lower().lstrip(".") or "xlsx",
        title=None,
        pages=tuple(pages),
        outline=tuple(outline),
        tables=tuple(tables),
        warnings=tuple(warnings),
    )


def _pass_on(error: BaseException) -> None:
    """Raise what is none of the library's own errors; its panics on broken files are no
    ``Exception``."""
    if isinstance(error, (ReadError, MemoryError, KeyboardInterrupt, SystemExit)):
        raise error


def _last(kind: object) -> str:
    """The name of a member of one of calamine's enumerations."""
    return str(kind).rpartition(".")[2].lower()


def _names(names: list[str]) -> str:
    return ", ".join(names[:10]) + (", ..." if len(names) > 10 else "")


def _put(found: list[Block], name: str, pages: list[Page], tables: list[Table]) -> None:
    """The sheet's blocks as pages: small ones together, long tables over several pages that
    each begin with the titles and the header, as printed ones do."""
    lines: list[str] = []
    count = 0

    def end() -> None:
        nonlocal count
        if lines:
            pages.append(Page(len(pages) + 1, "\n".join(lines), section=name))
        lines.clear()
        count = 0

    for block in found:
        size = len(block.titles) + len(block.rows) + len(block.notes)
        if count and count + size > PAGE_ROWS:
            end()
        head = block.rows[: block.header]
        body = block.rows[block.header :] or [()]
        for start in range(0, len(body), PAGE_ROWS):
            if start:
                end()
            part = [row for row in body[start : start + PAGE_ROWS] if row]
            lines += [*block.titles, *map(_line, [*head, *part])]
            if head or part:
                rows = (*head, *part)
                caption = " ".join(block.titles)[:300] or None
                tables.append(Table(len(pages) + 1, rows, min(block.header, len(rows)), caption))
        lines += block.notes
        count += min(size, PAGE_ROWS)
    end()


def _line(row: tuple[str, ...]) -> str:
    return " | ".join(cell for cell in row if cell)


def _rows(sheet: Any, formats: Formats) -> list[list[str]]:
    """The cells as printed, those merged over rows with their words in each row."""
    if sheet.start is None:
        return []
    if sheet.height * sheet.width > MAX_CELLS:
        raise ReadError("too much memory: the sheet has too many cells; split it.")
    top, left = sheet.start
    rows = [
        [written(cell, formats.get((top + y, left + x))) for x, cell in enumerate(row)]
        for y, row in enumerate(sheet.to_python(nrows=MAX_ROWS))
    ]
    for (y0, x0), (y1, x1) in _merged(sheet):
        y0, x0, y1 = y0 - top, x0 - left, y1 - top
        wide = x1 - left > x0
        if 0 <= y0 < len(rows) and 0 <= x0 < len(rows[y0]) and y1 > y0 and not wide:
            for row in rows[y0 + 1 : min(y1, y0 + 200) + 1]:
                if x0 < len(row) and not _named_only(row):
                    row[x0] = rows[y0][x0]
    return rows


def _named_only(row: list[str]) -> bool:
    """True for a row without a number that is no year: the lower half of a header, whose
    cells are written once."""
    return not any(
        re.search(r"\d", cell) and not re.fullmatch(r"(?:19|20)\d\d", cell) for cell in row
    )


def _merged(sheet: Any) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    try:
        yield from sheet.merged_cell_ranges or ()
    except Exception:  # formats that do not say
        return


def written(cell: object, format: str | None = None) -> str:
    """A cell as an Indonesian office sees it: decimal comma, the format's decimals, groups
    and percent sign; dates as ISO 8601."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime.datetime):
        if cell.time() == datetime.time():
            return cell.date().isoformat()
        return cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if isinstance(cell, datetime.time):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, (int, float)):
        return _number(float(cell), format or "")
    text = str(cell)
    return "" if re.fullmatch(r"#[A-Z/0!?]+", text) else text


def _number(value: float, format: str) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    shape = _QUOTED.sub("", format.split(";")[0])
    percent = "%" in shape
    exact = Decimal(repr(value)) * (100 if percent else 1)
    value = float(exact)
    decimals = re.search(r"[.]([0#?]+)", shape)
    if decimals:
        text = _rounded(exact, min(len(decimals[1]), 12))
    elif re.fullmatch(r"[#,0?]+%?", shape.strip()) and "0" in shape:
        text = _rounded(exact, 0)
    else:
        text = f"{value:.12g}"
        if "e" in text:
            text = f"{value:.0f}" if abs(value) >= 1 else f"{value:.15f}".rstrip("0")
    whole, _, part = text.partition(".")
    if "," in shape.split(".")[0]:
        sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
        whole = sign + f"{int(digits or 0):,}".replace(",", ".")
    return whole + (f",{part}" if part else "") + ("%" if percent else "")


def _rounded(value: Decimal, places: int) -> str:
    """The value with so many decimals, half of the last one rounded up as spreadsheets do."""
    return f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _WIDE):f}"


def _formats(data: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Number formats of an XLSX by sheet and cell (from 0), where they matter: 0.12 is printed
    as 12%. Other kinds of workbooks do not say; an empty answer costs only that."""
    found: dict[str, dict[tuple[int, int], str]] = {}
    if data[:2] != b"PK" or len(data) > FORMATTED_BYTES:
        return found
    import openpyxl

    try:
        with quiet.catch_warnings():
            quiet.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
            for sheet in book.worksheets:
                cells = found.setdefault(sheet.title, {})
                for row in sheet.iter_rows():
                    for cell in row:
                        if isinstance(cell.value, (int, float)) and cell.number_format != "General":
                            cells[cell.row - 1, cell.column - 1] = str(cell.number_format)
            book.close()
    except Exception:  # openpyxl is particular about files that others open; XLSB and ODS
        return found
    return found


def read_table_page(path: Path, options: ReadOptions) -> SourceDocument:
    """A workbook that is an HTML page with tables, as many systems export one: its rows.

    Raises ``ReadError`` where no table has a filled cell.
    """
    from kb.readers.blocks import parse_html

    pages: list[Page] = []
    tables: list[Table] = []
    tree = parse_html(path.read_bytes())
    for node in tree.iter("table"):
        if node.find(".//table") is not None:
            continue  # it lays out the page; the tables in it come by themselves
        rows = [
            [
                word
                for cell in row.iterchildren("td", "th")
                for word in _spread(" ".join(cell.text_content().split()), cell.get("colspan"))
            ]
            for row in node.iter("tr")
        ]
        _put(blocks(rows[:MAX_ROWS]), "", pages, tables)
    if not pages:
        raise ReadError("empty: no table of the page has a filled cell; fetch it again.")
    return SourceDocument(
        str(path), path.suffix.lower().lstrip("."), None, tuple(pages), tables=tuple(tables)
    )


def _spread(text: str, span: str | None) -> list[str]:
    """A cell over several columns: its words in the first."""
    return [text, *[""] * (min(int(span), 100) - 1 if span and span.isdigit() else 0)]
