"""Pages of a document that is written as one flow: paragraphs, headings, tables, breaks.

Word processors decide on pages when they print. Where the file says no breaks, long
stretches are cut before a heading or between paragraphs, so that a search lands near what
it found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kb.errors import ReadError
from kb.model import OutlineItem, Page, SourceDocument, Table
from kb.readers.headings import sections
from kb.readers.options import ReadOptions
from kb.readers.text import split_pages

LONG = 6_000
"""Characters over which a page is cut: a printed A4 page of single-spaced text has some
3,500, so that pages the file itself breaks stay whole."""
MAX_ROWS = 5_000


@dataclass(slots=True)
class _Sheet:
    blocks: list[str] = field(default_factory=list)
    headings: list[tuple[int, OutlineItem]] = field(default_factory=list)
    """Position among the blocks and the heading that stands there."""
    tables: list[tuple[int, Table]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Flow:
    """Takes the parts of a document in order; ``document`` makes the pages."""

    def __init__(self) -> None:
        self._sheets = [_Sheet()]
        self._broken = True
        """True while nothing stands on the page that a break has opened."""

    @property
    def empty(self) -> bool:
        """True where no text has come yet."""
        return not any(sheet.blocks for sheet in self._sheets)

    @property
    def title(self) -> str | None:
        """The first heading."""
        return next((item.title for sheet in self._sheets for _, item in sheet.headings), None)

    def text(self, text: str, level: int | None = None) -> None:
        """A paragraph; a heading where it has a ``level`` from 0."""
        text = text.strip()
        if not text:
            return
        sheet = self._sheets[-1]
        if level is not None:
            name = " ".join(text.split())
            sheet.headings.append((len(sheet.blocks), OutlineItem(name[:300], 0, level)))
        sheet.blocks.append(text)
        self._broken = False

    def table(self, rows: Sequence[tuple[str, ...]], header_rows: int = 1) -> None:
        """A table: a line for each row, and the cells."""
        kept = tuple(row for row in rows if any(row))[:MAX_ROWS]
        if not kept:
            return
        sheet = self._sheets[-1]
        caption = sheet.blocks[-1] if sheet.blocks else ""
        if not caption.lower().startswith("tabel") or len(caption) > 300:
            caption = ""
        found = Table(0, kept, min(max(header_rows, 1), len(kept)), caption or None)
        sheet.tables.append((len(sheet.blocks), found))
        sheet.blocks.append("\n".join(" | ".join(c for c in row if c) for row in kept))
        self._broken = False

    def note(self, text: str) -> None:
        """A footnote: it stands at the foot of its page."""
        if text.strip():
            self._sheets[-1].notes.append(text.strip())

    def page(self, *, rendered: bool = False) -> None:
        """The next page begins. ``rendered``: the program that saved the file noted where its
        own pages began, which says a break again that the text has made already."""
        if rendered and self._broken:
            return
        self._sheets.append(_Sheet())
        self._broken = True

    def document(
        self,
        path: str,
        format: str,
        options: ReadOptions,
        *,
        title: str | None,
        metadata: Mapping[str, str],
        warnings: Sequence[str] = (),
    ) -> SourceDocument:
        """Everything as pages. Raises ``ReadError`` where there is no text."""
        if not any(sheet.blocks or sheet.notes for sheet in self._sheets):
            raise ReadError("empty: the document has no text; look whether it is only pictures.")
        while len(self._sheets) > 1 and not (self._sheets[-1].blocks or self._sheets[-1].notes):
            self._sheets.pop()
        texts: list[str] = []
        outline: list[OutlineItem] = []
        tables: list[Table] = []
        for sheet in self._sheets:
            parts = _parts(sheet)
            for index, (start, stop) in enumerate(parts):
                blocks = sheet.blocks[start:stop]
                if index == len(parts) - 1:
                    blocks += sheet.notes
                number = len(texts) + 1
                outline += [
                    OutlineItem(item.title, number, item.level)
                    for at, item in sheet.headings
                    if start <= at < stop
                ]
                tables += [
                    Table(number, one.rows, one.header_rows, one.caption)
                    for at, one in sheet.tables
                    if start <= at < stop
                ]
                text = "\n\n".join(blocks)
                long = len(text) > options.max_page_chars
                texts += split_pages(text, options) if long else [text]
        under = sections(outline, len(texts))
        return SourceDocument(
            path=path,
            format=format,
            title=title,
            pages=tuple(
                Page(number, text, section=section, method="text" if text else "none")
                for number, (text, section) in enumerate(zip(texts, under, strict=True), start=1)
            ),
            outline=tuple(outline),
            tables=tuple(tables),
            metadata=metadata,
            warnings=tuple(warnings),
        )


def _parts(sheet: _Sheet) -> list[tuple[int, int]]:
    """Stretches of blocks that make a page each: the whole sheet where it is no longer than
    ``LONG``; else cut before headings, and between paragraphs where none comes in time."""
    if sum(len(block) + 2 for block in sheet.blocks) <= LONG:
        return [(0, len(sheet.blocks))]
    heads = {at for at, _ in sheet.headings}
    parts: list[tuple[int, int]] = []
    start, size, cut = 0, 0, 0
    for index, block in enumerate(sheet.blocks):
        if index in heads and index - 1 not in heads and size > LONG // 4:
            cut = index  # the last heading with enough before it
        if size and size + len(block) > LONG:
            at = cut if cut > start else index
            parts.append((start, at))
            start = at
            size = sum(len(one) + 2 for one in sheet.blocks[start:index])
        size += len(block) + 2
    parts.append((start, len(sheet.blocks)))
    return parts
