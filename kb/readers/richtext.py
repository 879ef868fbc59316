"""Reads RTF files."""

from __future__ import annotations

import re
from pathlib import Path

from kb.errors import ReadError
from kb.model import SourceDocument
from kb.readers.flow import Flow
from kb.readers.options import ReadOptions

MAX_BYTES = 64 * 1024 * 1024
_PICTURE = re.compile(rb"[0-9a-fA-F\s]{2000,}")
_TITLE = re.compile(rb"\\title\s+([^{}\\]{3,300})\}")
_PAGE = re.compile(rb"\\page(?![a-z])")
_MARK = "\ue0ff"
"""Stands for a page break while the text is made plain."""


def read_rtf(path: Path, options: ReadOptions) -> SourceDocument:
    """The text with its pages and tables. Raises ``ReadError``."""
    from striprtf import striprtf

    data = path.read_bytes()
    if len(data) > MAX_BYTES:
        raise ReadError(f"too much memory: RTF larger than {MAX_BYTES >> 20} MiB; save as DOCX.")
    data = _PICTURE.sub(b"", data)  # pictures as figures: no text, and most of the bytes
    title = _TITLE.search(data)
    data = _PAGE.sub(rb"\\par \\u57599? \\par ", data)
    try:
        text: str = striprtf.rtf_to_text(  # type: ignore[no-untyped-call]
            data.decode("latin-1"), encoding="cp1252", errors="replace"
        )
    except Exception:  # the library raises many kinds of errors on broken files
        raise ReadError("damaged: the RTF file cannot be read; save it anew.") from None
    flow = Flow()
    rows: list[tuple[str, ...]] = []
    for line in text.replace("\xa0", " ").split("\n"):
        if line.count("|") >= 2 and line.rstrip().endswith("|"):  # how cells come out
            rows.append(tuple(" ".join(cell.split()) for cell in line.rstrip()[:-1].split("|")))
            continue
        _table(flow, rows)
        if _MARK in line:
            flow.page()
        flow.text(" ".join(line.replace(_MARK, " ").split()))
    _table(flow, rows)
    told = title.group(1).decode("cp1252", "replace").strip() if title else None
    return flow.document(str(path), "rtf", options, title=told, metadata={})


def _table(flow: Flow, rows: list[tuple[str, ...]]) -> None:
    if rows:
        width = max(map(len, rows))
        flow.table([(*row, *[""] * (width - len(row))) for row in rows])
        rows.clear()
