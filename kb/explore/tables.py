"""A document's tables as files: each with its page and caption, cells as printed.

Cells come from documents that may be hostile: they are written as ``export`` writes them,
so that no spreadsheet runs one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from kb.errors import NotFound, QueryError
from kb.explore import documents
from kb.explore.cells import MAX_CELL, Cell, safe_cell
from kb.explore.export import FORMATS, safe_json
from kb.explore.sources import Sources
from kb.explore.views import TableView

MAX_SHEETS = 500
"""More tables than this stand below one another on a single sheet."""


def chosen(
    sources: Sources, document_id: int, page: int | None, number: int | None
) -> tuple[TableView, ...]:
    """The document's tables, those of one page, or the one with this number (from 1).

    Raises ``NotFound`` where there is no such document or no table with that number.
    """
    found = documents.tables(sources, document_id, page)
    if number is None:
        return found
    one = tuple(table for table in found if table.number == number)
    if not one:
        where = f" on page {page}" if page is not None else ""
        raise NotFound(
            f"Document {document_id} has no table {number}{where}; "
            f"'kb tables {document_id}' lists what it has."
        )
    return one


def where(table: TableView) -> str:
    """``Tabel 2.1 Indeks ... (page IV-3)``: what a person calls the table."""
    page = table.page_label or table.page
    return f"{table.caption or f'Table {table.number}'} (page {page})"


def as_values(tables: Sequence[TableView]) -> list[dict[str, Any]]:
    """Tables as JSON values: where each stands, its column names, its rows."""
    return [
        {
            "table": table.number,
            "page": table.page,
            "page_label": table.page_label,
            "caption": table.caption,
            "columns": list(table.columns),
            "rows": [list(row) for row in table.body],
        }
        for table in tables
    ]


def encode(tables: Sequence[TableView], format: str) -> bytes:
    """The tables as the bytes of a CSV, XLSX or JSON file.

    CSV: each table under a line with its caption and page, an empty line between two; one
    table alone is header and rows only. XLSX: a sheet for each table, and a first sheet that
    lists them. JSON: a list of ``as_values``.
    """
    if format == "csv":
        return _csv(tables)
    if format == "xlsx":
        return _xlsx(tables)
    if format == "json":
        return safe_json(as_values(tables))
    raise QueryError(f"There is no export format '{format}'; use one of {', '.join(FORMATS)}.")


def _csv(tables: Sequence[TableView]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    for position, table in enumerate(tables):
        if position:
            writer.writerow([])
        if len(tables) > 1:
            writer.writerow([safe_cell(where(table))])
        writer.writerow([safe_cell(name) for name in table.columns])
        writer.writerows([safe_cell(cell) for cell in row] for row in table.body)
    return buffer.getvalue().encode("utf-8-sig")


def _xlsx(tables: Sequence[TableView]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)

    def line(sheet: Any, cells: Sequence[Cell], bold: bool = False) -> None:
        made = []
        for value in cells:
            safe = safe_cell(value) or None  # an empty cell, no empty text
            cell = WriteOnlyCell(sheet, value=safe[:MAX_CELL] if isinstance(safe, str) else safe)
            if isinstance(safe, str):
                cell.data_type = "s"
            if bold:
                cell.font = Font(bold=True)
            made.append(cell)
        sheet.append(made)

    alone = len(tables) > MAX_SHEETS
    names = ["All" if alone else f"p {table.page} t {table.number}" for table in tables]
    listed = book.create_sheet("Tables")
    line(listed, ("table", "page", "page_label", "caption", "rows", "sheet"), bold=True)
    for table, name in zip(tables, names, strict=True):
        label = table.page_label
        line(listed, (table.number, table.page, label, table.caption, len(table.body), name))
    sheet: Any = book.create_sheet("All") if alone else None
    for table, name in zip(tables, names, strict=True):
        if not alone:
            sheet = book.create_sheet(name)
        line(sheet, (where(table),), bold=True)
        line(sheet, table.columns, bold=True)
        for row in table.body:
            line(sheet, row)
        if alone:
            line(sheet, ())
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


__all__ = ["as_values", "chosen", "encode", "where"]
