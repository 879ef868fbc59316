"""Whole results as CSV, XLSX and JSON files, each row with its source and page.

Text in the rows comes from documents that may be hostile: a cell that a spreadsheet
would run as a formula is written with an apostrophe before it, characters that turn
the direction of text are left out of CSV and XLSX and escaped in JSON, and control
characters are left out.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kb.errors import QueryError
from kb.explore.cells import DIRECTION, MAX_CELL, MAX_ROWS, Cell, safe_cell
from kb.model import MARK_END, MARK_START

if TYPE_CHECKING:
    from kb.explore.base import KnowledgeBase

FORMATS = ("csv", "xlsx", "json")
BATCH = 1000

_TURNING = re.compile(f"[{DIRECTION}]")


@dataclass(frozen=True, slots=True)
class Table:
    """Column names and rows; every row has a cell for every column."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table(kb: KnowledgeBase, what: str, query: str | None, options: Mapping[str, Any]) -> Table:
    """The whole result of one question as a table."""
    if what not in _TABLES:
        raise QueryError(f"There is no export of '{what}'; use one of {', '.join(_TABLES)}.")
    given = {k: o for k, o in options.items() if k not in ("limit", "offset", "group")}
    try:
        columns, rows = _TABLES[what](kb, query, given)
    except TypeError as error:
        raise QueryError(f"An export of {what} does not know this filter ({error}).") from None
    return Table(what, columns, tuple(rows))


# --- tables ------------------------------------------------------------------------


_SEARCH = (
    "document_id title doc_type years institution date page page_label section snippet "
    "score entities source"
)


def _search(
    kb: KnowledgeBase, query: str | None, options: Mapping[str, Any]
) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """The pages that ``total`` counts: none that was found by meaning alone."""
    rows: list[tuple[Cell, ...]] = []
    options = {**options, "meaning": False}
    while len(rows) < MAX_ROWS:
        found = kb.search(
            query or "", **options, limit=BATCH, offset=len(rows), entities=0, facet_limit=1
        )
        rows += [
            (
                h.document_id,
                h.title,
                h.doc_type_label,
                _years(h.years),
                h.institution,
                h.date,
                h.page,
                h.page_label,
                h.section,
                h.snippet,
                round(h.score, 4),
                "; ".join(b.name for b in h.entities),
                h.address,
            )
            for h in found.hits
        ]
        if len(found.hits) < BATCH:
            break
    return tuple(_SEARCH.split()), rows


_STATEMENTS = (
    "statement_id text speaker speaker_id role institution kind cue date document_id title "
    "page page_label source confidence method"
)


def _statements(
    kb: KnowledgeBase, query: str | None, options: Mapping[str, Any]
) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    columns = tuple(_STATEMENTS.split())
    found = kb.statements(query, **options, limit=MAX_ROWS)
    return columns, [tuple(getattr(s, c) for c in columns) for s in found.statements]


def _entities(
    kb: KnowledgeBase, query: str | None, options: Mapping[str, Any]
) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    columns = ("entity_id", "type", "name", "aliases", "office", "mentions", "documents")
    rows: list[tuple[Cell, ...]] = []
    while len(rows) < MAX_ROWS:
        found = kb.entities(query, **options, limit=BATCH, offset=len(rows))
        rows += [
            (
                e.entity_id,
                e.type,
                e.name,
                "; ".join(e.aliases),
                e.office.label if e.office else None,
                e.mentions,
                e.documents,
                e.first,
                e.last,
            )
            for e in found.entities
        ]
        if len(found.entities) < BATCH:
            break
    return (*columns, "first", "last"), rows


def _timeline(
    kb: KnowledgeBase, query: str | None, options: Mapping[str, Any]
) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    columns = ("date", "kind", "title", "text", "document_id", "page", "entity_id", "source")
    found = kb.timeline(query or "", **options)
    return columns, [tuple(getattr(e, c) for c in columns) for e in found.events]


_INDICATORS = (
    "indicator region unit agency year kind value value_text document_id title page page_label"
)


def _indicators(
    kb: KnowledgeBase, query: str | None, options: Mapping[str, Any]
) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    columns = _INDICATORS.split()
    found = kb.indicators(query, **options, limit=MAX_ROWS)
    rows: list[tuple[Cell, ...]] = [
        (
            i.name,
            i.region,
            c.unit or i.unit,
            i.agency,
            c.year,
            c.kind,
            c.value,
            c.value_text,
            c.document_id,
            c.title,
            c.page,
            c.page_label,
        )
        for i in found.indicators
        for y in i.years
        for c in (y.baseline, y.target, y.realisation, *y.others)
        if c is not None
    ]
    return tuple(columns), rows


_CLAIMS = (
    "claim_id subject value number unit kind period region speaker office statement_id date text "
    "document_id title page page_label source confidence agreement document_value document_unit "
    "document_year document_kind document_title document_page difference"
)


def _claims(
    kb: KnowledgeBase, query: str | None, options: Mapping[str, Any]
) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    columns = tuple(_CLAIMS.split())
    found = kb.claims(query, **options, limit=MAX_ROWS)
    own = columns[: columns.index("agreement") + 1]
    rows: list[tuple[Cell, ...]] = []
    for claim in found.claims:
        pair = claim.pairs[0] if claim.pairs else None
        beside: tuple[Cell, ...] = (None,) * 7
        if pair is not None:
            cell = pair.cell
            page = cell.page_label or str(cell.page)
            beside = (
                *(cell.value_text, cell.unit, cell.year, cell.kind, cell.title, page),
                pair.difference,
            )
        rows.append((*(getattr(claim, name) for name in own), *beside))
    return columns, rows


def _documents(
    kb: KnowledgeBase, query: str | None, options: Mapping[str, Any]
) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    columns = ("document_id", "title", "date", "doc_type_label", "institution", "page_count")
    asked = {**options, "title": query} if query else options
    _, found = kb.documents(**asked, limit=MAX_ROWS)
    wanted = (*columns, "address")
    return wanted, [tuple(getattr(d, c) for c in wanted) for d in found]


_Maker = Callable[
    ["KnowledgeBase", str | None, Mapping[str, Any]],
    tuple[tuple[str, ...], list[tuple[Cell, ...]]],
]
_TABLES: dict[str, _Maker] = {
    "search": _search,
    "statements": _statements,
    "entities": _entities,
    "timeline": _timeline,
    "indicators": _indicators,
    "claims": _claims,
    "documents": _documents,
}


def _years(years: Sequence[int]) -> str:
    """``2025-2029`` for a run of years, else each one."""
    if len(years) > 2 and list(years) == list(range(years[0], years[-1] + 1)):
        return f"{years[0]}-{years[-1]}"
    return ", ".join(map(str, years))


# --- files -------------------------------------------------------------------------


def _csv(found: Table) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(found.columns)
    writer.writerows([safe_cell(c) for c in row] for row in found.rows)
    return buffer.getvalue().encode("utf-8-sig")


def _json(found: Table) -> bytes:
    rows = [
        {
            name: cell.replace(MARK_START, "").replace(MARK_END, "")
            if isinstance(cell, str)
            else cell
            for name, cell in zip(found.columns, row, strict=True)
        }
        for row in found.rows
    ]
    return safe_json(rows)


def safe_json(value: object) -> bytes:
    """``value`` as a JSON file; characters that turn the direction of text are escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    text = _TURNING.sub(lambda m: f"\\u{ord(m.group()):04x}", text)
    return text.encode("utf-8", errors="replace")


def _xlsx(found: Table) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(found.name)
    sheet.freeze_panes = "A2"
    for number, name in enumerate(found.columns, start=1):
        wide = name in ("title", "text", "snippet", "section", "aliases", "indicator")
        sheet.column_dimensions[get_column_letter(number)].width = 50 if wide else 16
    head = []
    for name in found.columns:
        cell = WriteOnlyCell(sheet, value=name)
        cell.font = Font(bold=True)
        head.append(cell)
    sheet.append(head)
    for row in found.rows[: MAX_ROWS - 1]:
        line = []
        for value in row:
            safe = safe_cell(value)
            cell = WriteOnlyCell(sheet, value=safe[:MAX_CELL] if isinstance(safe, str) else safe)
            if isinstance(safe, str):
                cell.data_type = "s"
            line.append(cell)
        sheet.append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def encode(found: Table, format: Literal["csv", "xlsx", "json"] | str) -> bytes:
    """The table as the bytes of a file of this format."""
    if format == "csv":
        return _csv(found)
    if format == "json":
        return _json(found)
    if format == "xlsx":
        return _xlsx(found)
    raise QueryError(f"There is no export format '{format}'; use one of {', '.join(FORMATS)}.")


def write(found: Table, to: Path) -> int:
    """Write the table to a file whose ending names the format; the file is whole or not there."""
    write_file(encode(found, to.suffix.lower().lstrip(".")), to)
    return len(found.rows)


def write_file(content: bytes, to: Path) -> None:
    """Write a file that is whole or not there; ``QueryError`` where that cannot be."""
    try:
        handle, partial = tempfile.mkstemp(dir=to.parent or Path(), suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(partial).replace(to)
        except BaseException:
            Path(partial).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise QueryError(
            f"{to} cannot be written ({error.strerror or error}); choose another place."
        ) from None


__all__ = [
    "FORMATS",
    "Cell",
    "Table",
    "encode",
    "safe_cell",
    "safe_json",
    "table",
    "write",
    "write_file",
]
