"""``kb tables``: a document's tables on the screen or as a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from kb.cli.opened import asked
from kb.cli.terminal import Terminal
from kb.errors import QueryError
from kb.explore.export import FORMATS, write_file
from kb.explore.tables import as_values, encode, where
from kb.explore.views import TableView

MAX_CELL = 40
"""On the screen a longer cell is cut."""


def tables(a: argparse.Namespace, t: Terminal) -> int:
    """``kb tables``."""
    to = Path(a.to) if a.to else None
    format = a.format or (to.suffix.lower().lstrip(".") if to else None)
    if format is not None and format not in FORMATS:
        raise QueryError(f"'{a.to}' must end in .csv, .xlsx or .json, or give --format.")
    found = asked(a, t, lambda kb: kb.tables(a.document, a.page, number=a.table))
    if to is not None and format is not None:
        write_file(encode(found, format), to)
        rows = sum(len(table.body) for table in found)
        if t.as_json:
            t.value({"file": str(to), "tables": len(found), "rows": rows})
        else:
            t.say(f"{len(found)} tables, {rows} rows in {to}")
        return 0
    if t.as_json:
        t.value({"document_id": a.document, "tables": as_values(found)})
        return 0
    if format is not None:
        return _stream(encode(found, format), format, t)
    if not found:
        t.say("No tables.")
    for table in found:
        _show(table, t)
    return 0


def _stream(content: bytes, format: str, t: Terminal) -> int:
    """The file itself to standard output."""
    if format == "xlsx" and t.out.isatty():
        raise QueryError("An XLSX file is nothing to read on a screen; give --to FILE.xlsx.")
    buffer = getattr(t.out, "buffer", None)
    if buffer is not None:
        t.out.flush()
        buffer.write(content)
        buffer.flush()
    else:
        t.out.write(content.decode("utf-8"))
    return 0


def _show(table: TableView, t: Terminal) -> None:
    t.heading(f"{table.number}  {where(table)}")
    t.table(
        [_cut(name) for name in table.columns],
        [[_cut(cell) for cell in row] for row in table.body],
    )
    t.say()


def _cut(cell: str) -> str:
    text = " ".join(cell.split())
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"
