"""Judgements as a file, JSONL or CSV, and back: so that two bases can share them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kb.catalog.sharing import COLUMNS, checked
from kb.errors import QueryError

ENDINGS = (".jsonl", ".csv")
_FIELD = 10_000_000
"""Characters of one CSV cell that are read; a judgement holds at most one statement's text."""


def write(entries: Sequence[Mapping[str, Any]], file: Path) -> None:
    """One judgement a line (or row); raises ``QueryError`` for another ending."""
    if _ending(file) == ".jsonl":
        write_lines(entries, file)
        return
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow([_cell(entry[name]) for name in COLUMNS])
    file.write_text(out.getvalue(), encoding="utf-8", newline="")


def write_lines(entries: Sequence[Mapping[str, Any]], file: Path) -> None:
    """One JSON object a line; raises ``QueryError`` for another ending than ``.jsonl``."""
    if _ending(file) != ".jsonl":
        raise QueryError(f"'{file.name}' must end with .jsonl.")
    lines = (json.dumps(dict(entry), ensure_ascii=False) + "\n" for entry in entries)
    file.write_text("".join(lines), encoding="utf-8")


def read(file: Path) -> list[dict[str, Any]]:
    """The judgements of a file, each checked; raises ``QueryError`` that names the line."""
    ending = _ending(file)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{file} cannot be read ({error}); give a file of 'export'.") from None
    entries = _of_lines(text) if ending == ".jsonl" else _of_rows(text)
    return [checked(entry, f"Line {number} of {file.name}") for number, entry in entries]


def _ending(file: Path) -> str:
    ending = file.suffix.lower()
    if ending not in ENDINGS:
        raise QueryError(f"'{file.name}' is neither .jsonl nor .csv; give it one of these endings.")
    return ending


def _of_lines(text: str) -> list[tuple[int, Mapping[str, Any]]]:
    found: list[tuple[int, Mapping[str, Any]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            entry = _json(line, number)
            if not isinstance(entry, dict):
                raise QueryError(f"Line {number} is no JSON object; export the judgements again.")
            found.append((number, entry))
    return found


def _of_rows(text: str) -> list[tuple[int, Mapping[str, Any]]]:
    csv.field_size_limit(_FIELD)
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if lacking := set(COLUMNS) - set(reader.fieldnames or ()):
        raise QueryError(f"The columns {', '.join(sorted(lacking))} are missing; export again.")
    found: list[tuple[int, Mapping[str, Any]]] = []
    for cells in reader:
        entry: dict[str, Any] = {name: _text(cells.get(name) or "") for name in COLUMNS}
        entry["target"] = entry["target"] or ""
        entry["value"] = _json(entry["value"] or "", reader.line_num)
        found.append((reader.line_num, entry))
    return found


def _json(text: str, number: int) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise QueryError(f"Line {number} is not JSON ({error}); export again.") from None


def _cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula; ``_text`` reads it back to the letter."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "'", "\t", "\r", "\n") else value


def _text(cell: str) -> str | None:
    return cell[1:] if cell.startswith("'") else cell or None
