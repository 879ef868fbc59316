"""Reads DOCX: text in order, pages at page breaks, headings as outline, tables."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from kb.errors import ReadError
from kb.model import OutlineItem, Page, SourceDocument, Table
from kb.readers.options import ReadOptions
from kb.readers.sniff import open_zip_safely
from kb.readers.text import split_pages

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(path: Path, options: ReadOptions) -> SourceDocument:
    """A Word document. Raises ``ReadError`` where it is damaged or empty."""
    import docx
    from docx.table import Table as WordTable

    data = path.read_bytes()
    open_zip_safely(data)
    try:
        document = docx.Document(BytesIO(data))
        content = list(document.iter_inner_content())
    except Exception:
        # python-docx raises many kinds of errors on broken parts.
        raise ReadError("damaged: the Word document cannot be opened; save it anew.") from None
    pages: list[list[str]] = [[]]
    outline: list[OutlineItem] = []
    tables: list[Table] = []
    for item in content:
        if isinstance(item, WordTable):
            rows = _rows(item)
            if rows:
                caption = next((t for t in reversed(pages[-1]) if t), None)
                if caption and not caption.lower().startswith("tabel"):
                    caption = None
                tables.append(Table(len(pages), rows, 1, caption))
                pages[-1].extend(" | ".join(cell for cell in row if cell) for row in rows)
            continue
        pieces = _pieces(item)
        style = (item.style.name or "") if item.style is not None else ""
        for index, piece in enumerate(pieces):
            if index:
                pages.append([])
            text = piece.strip()
            if text:
                pages[-1].append(text)
        text = " ".join(piece.strip() for piece in pieces).strip()
        if text and style.startswith(("Heading", "Title", "Judul")):
            digits = "".join(char for char in style if char.isdigit())
            outline.append(OutlineItem(text, len(pages), max(0, int(digits or 1) - 1)))
    sheets = ["\n\n".join(lines) for lines in pages]
    if not any(sheets):
        raise ReadError("empty: the Word document has no text; look whether it is only pictures.")
    numbered = []
    for sheet in sheets:
        numbered += split_pages(sheet, options) if len(sheet) > options.max_page_chars else [sheet]
    properties = document.core_properties
    metadata = {
        name: str(value)
        for name in ("title", "author", "subject", "created", "modified")
        if (value := getattr(properties, name, None))
    }
    title = metadata.get("title") or (outline[0].title if outline else None)
    return SourceDocument(
        path=str(path),
        format="docx",
        title=title,
        pages=tuple(Page(n, text) for n, text in enumerate(numbered, start=1)),
        outline=tuple(outline),
        tables=tuple(tables),
        metadata=metadata,
    )


def _pieces(paragraph: Any) -> list[str]:
    """The paragraph's text, cut where a page begins."""
    pieces = [""]
    for node in paragraph._p.iter():
        if node.tag == f"{_W}t":
            pieces[-1] += node.text or ""
        elif node.tag == f"{_W}tab":
            pieces[-1] += " "
        elif node.tag == f"{_W}br" and node.get(f"{_W}type") == "page":
            pieces.append("")
        elif node.tag == f"{_W}lastRenderedPageBreak":
            if pieces[-1].strip() or len(pieces) == 1:
                pieces.append("")
        elif node.tag in {f"{_W}br", f"{_W}cr"}:
            pieces[-1] += "\n"
    return pieces


def _rows(table: Any) -> tuple[tuple[str, ...], ...]:
    rows = []
    for row in table.rows[:5000]:
        cells: list[str] = []
        last = None
        for cell in row.cells:
            if cell._tc is last:  # a cell merged across columns comes once for each of them
                cells.append("")
                continue
            last = cell._tc
            cells.append(" ".join(cell.text.split()))
        if any(cells):
            rows.append(tuple(cells))
    return tuple(rows)
