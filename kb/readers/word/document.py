"""The body of a Word document in order, with what Word prints around and below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kb.errors import ReadError
from kb.model import SourceDocument
from kb.readers.flow import Flow
from kb.readers.options import ReadOptions
from kb.readers.word.inline import joined, pages, read_inline
from kb.readers.word.numbering import Numbering
from kb.readers.word.package import Package, child, local, on, open_package, value
from kb.readers.word.styles import Styles, numbered, outline_level

_WRAPPERS = frozenset(
    ["sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple"]
)
"""Elements that only enclose others: content controls, accepted insertions."""
DEEPEST = 20
"""Tables within tables that are read as such; deeper ones only give their words."""
MAX_SPAN = 200
MAX_LABEL = 7
"""Letters of a label that stands with a page's number ("Halaman")."""


def read_docx(path: Path, options: ReadOptions) -> SourceDocument:
    """A Word document. Raises ``ReadError`` where it is damaged or empty."""
    package = open_package(path)
    tree = package.tree(package.main)
    body = child(tree, "body") if tree is not None else None
    if body is None:
        raise ReadError("damaged: the Word document cannot be opened; save it anew.")
    reader = _Reader(package)
    reader.heads(tree)
    reader.blocks(body)
    metadata = package.properties()
    metadata |= {name: text for name, text in reader.around.items() if text}
    if running := _running(reader.around):
        metadata["running"] = running
    return reader.flow.document(
        str(path),
        "docx",
        options,
        title=metadata.get("title") or reader.flow.title,
        metadata=metadata,
        warnings=reader.warnings,
    )


class _Reader:
    def __init__(self, package: Package) -> None:
        self.flow = Flow()
        self.warnings: list[str] = []
        self.around: dict[str, str] = {}
        """Text of ``header`` and ``footer``."""
        self._package = package
        self._styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"))
        self._notes = {
            f"{kind}:{value(note, 'id')}": note
            for kind in ("footnote", "endnote")
            for note in _children(package.related(f"{kind}s"))
            if value(note, "type") in (None, "normal")
        }
        self._carried = ""
        """A paragraph whose end was deleted goes on in the next one."""
        self._open = False
        """True after a section that ends with its page."""

    # --- around the text -----------------------------------------------------------

    def heads(self, tree: Any) -> None:
        """The letterhead of the first page opens it; all headers and footers are kept."""
        sections = [node for node in tree.iter() if local(node) == "sectPr"]
        found: dict[str, list[str]] = {"header": [], "footer": []}
        first: str | None = None
        for section in sections:
            own = on(child(section, "titlePg"))
            for node in section:
                kind = local(node).removesuffix("Reference")
                if kind not in found:
                    continue
                text = self._part(value(node, "id"))
                if text and text not in found[kind]:
                    found[kind].append(text)
                wanted = "first" if own else "default"
                if first is None and kind == "header" and value(node, "type") == wanted:
                    first = text
        self.around = {kind: "\n".join(texts)[:4000] for kind, texts in found.items()}
        for line in (first or "").split("\n"):
            if any(char.isalpha() for char in line):
                self.flow.text(line)

    def _part(self, relation: str | None) -> str:
        _, name = self._package.targets.get(relation or "", ("", ""))
        tree = self._package.tree(name) if name else None
        return self._lines(tree) if tree is not None else ""

    def _lines(self, node: Any) -> str:
        """The words of a part that is no flow of its own: headers, notes, table cells."""
        lines: list[str] = []
        for block in _blocks(node):
            if local(block) == "p":
                inline = read_inline(block, self._styles)
                label = self._label(block, inline.text)
                lines.append(joined(f"{label}{inline.text}"))
                lines += [self._lines(box) for box in inline.boxes]
            else:
                lines += [
                    " | ".join(text for cell in _cells(row) if (text := self._lines(cell)))
                    for row in _rows(block)
                ]
        return "\n".join(line for line in lines if line)

    # --- the text --------------------------------------------------------------------

    def blocks(self, node: Any, depth: int = 0) -> None:
        """Paragraphs and tables below ``node`` into the flow."""
        for block in _blocks(node):
            if local(block) == "p":
                self._paragraph(block, depth)
            elif local(block) == "tbl":
                self._table(block, depth)
            else:
                note = "a part kept in another format inside the file was not read"
                if note not in self.warnings:
                    self.warnings.append(note)

    def _paragraph(self, node: Any, depth: int) -> None:
        properties = child(node, "pPr")
        inline = read_inline(node, self._styles)
        look = child(properties, "pStyle")
        style = self._styles.get(value(look) if look is not None else None)
        before = child(properties, "pageBreakBefore")
        section = child(properties, "sectPr")
        new_page = on(before) if before is not None else style.new_page
        if not depth and new_page:
            self.flow.page(rendered=True)
        text = self._carried + self._label(node, inline.text) + inline.text
        self._carried = ""
        if child(properties, "rPr", "del") is not None and not inline.boxes:
            self._carried = text
            return
        deep = child(properties, "outlineLvl")
        level = style.level if deep is None else outline_level(deep)
        for index, (piece, rendered) in enumerate(pages(text)):
            if index and not depth:
                self.flow.page(rendered=rendered)
            words = joined(piece)
            self.flow.text(words, level if len(words) <= 300 else None)
        for box in inline.boxes:
            self.blocks(box, depth + 1)
        for note in inline.notes:
            found = self._notes.get(note)
            if found is not None:
                self.flow.note(self._lines(found))
        if section is not None and not depth:
            kind = child(section, "type")
            if kind is None or value(kind) not in {"continuous", "nextColumn"}:
                self.flow.page()

    def _label(self, node: Any, text: str) -> str:
        """The number before the paragraph, with a space."""
        if not text.strip():
            return ""
        properties = child(node, "pPr")
        look = child(properties, "pStyle")
        name = value(look) if look is not None else None
        style = self._styles.get(name)
        number, level = numbered(properties)
        if number is None:
            number, deep = style.list, style.list_level
            linked = self._numbering.styles.get(name or "")
            if linked is not None and number == linked[0]:
                deep = linked[1]
            level = deep if level is None else level
        if number is None or number == "0":
            return ""
        label = self._numbering.label(number, level or 0)
        return f"{label} " if label else ""

    def _table(self, node: Any, depth: int) -> None:
        rows = list(_rows(node))
        cells = [list(_cells(row)) for row in rows]
        if depth >= DEEPEST or _framed(node):
            # One cell is a frame around text, one column a list of such.
            for row in cells:
                for cell in row:
                    if depth < DEEPEST:
                        self.blocks(cell, depth + 1)
                    else:
                        self.flow.text(" ".join("".join(cell.itertext()).split()))
            return
        above: dict[int, str] = {}
        inner: list[Any] = []
        texts = [self._row(row, above, inner) for row in cells]
        width = max(len(row) for row in texts)
        heads = sum(child(row, "trPr", "tblHeader") is not None for row in rows)
        self.flow.table([(*row, *[""] * (width - len(row))) for row in texts], heads or 1)
        for table in inner:
            self._table(table, depth + 1)

    def _row(self, cells: list[Any], above: dict[int, str], inner: list[Any]) -> tuple[str, ...]:
        """The words of a row's cells. A cell merged over columns stands in the first, one
        merged over rows in each of them, as its words hold for each. Tables within cells
        are read after this one."""
        row: list[str] = []
        if cells:
            lead = child(cells[0].getparent(), "trPr", "gridBefore")
            if lead is not None:
                row += [""] * _span(lead)
        for cell in cells:
            properties = child(cell, "tcPr")
            merge = child(properties, "vMerge")
            span = child(properties, "gridSpan")
            goes_on = merge is not None and value(merge) in (None, "continue")
            if goes_on:
                text = above.get(len(row), "")
            else:
                nested = [block for block in _blocks(cell) if local(block) == "tbl"]
                inner += [table for table in nested if not _framed(table)]
                text = " ".join(self._cell(cell).split())
            if merge is not None:
                above[len(row)] = text
            else:
                above.pop(len(row), None)
            row += [text, *[""] * (_span(span) - 1 if span is not None else 0)]
        return tuple(row)

    def _cell(self, cell: Any) -> str:
        lines = []
        for block in _blocks(cell):
            if local(block) == "p":
                inline = read_inline(block, self._styles)
                lines.append(joined(self._label(block, inline.text) + inline.text))
                lines += [self._lines(box) for box in inline.boxes]
                for note in inline.notes:
                    found = self._notes.get(note)
                    if found is not None:
                        self.flow.note(self._lines(found))
            elif local(block) == "tbl" and _framed(block):
                lines.append(self._frames(block))
        return "\n".join(line for line in lines if line)

    def _frames(self, table: Any) -> str:
        """The words of a table of one column inside a cell."""
        cells = (cell for row in _rows(table) for cell in _cells(row))
        return "\n".join(self._cell(cell) for cell in cells)


def _running(around: Mapping[str, str]) -> str:
    """The lines of headers and footers that say more than a page's number."""
    lines = "\n".join(around.values()).split("\n")
    told = (line for line in lines if sum(char.isalpha() for char in line) > MAX_LABEL)
    return "\n".join(dict.fromkeys(told))


def _children(tree: Any | None) -> list[Any]:
    return list(tree) if tree is not None else []


def _blocks(node: Any) -> Iterator[Any]:
    """Paragraphs, tables and foreign parts below a node, out of their wrappers."""
    for one in node:
        name = local(one)
        if name in {"p", "tbl", "altChunk"}:
            yield one
        elif name in _WRAPPERS:
            yield from _blocks(one)


def _rows(table: Any) -> Iterator[Any]:
    for one in table:
        name = local(one)
        if name == "tr":
            if child(one, "trPr", "del") is None:
                yield one
        elif name in _WRAPPERS:
            yield from _rows(one)


def _cells(row: Any) -> Iterator[Any]:
    for one in row:
        name = local(one)
        if name == "tc":
            yield one
        elif name in _WRAPPERS:
            yield from _cells(one)


def _framed(table: Any) -> bool:
    """True for a table of one column: a frame around text."""
    return all(sum(1 for _ in _cells(row)) <= 1 for row in _rows(table))


def _span(node: Any) -> int:
    told = value(node) or ""
    return min(max(int(told), 1), MAX_SPAN) if told.isdigit() else 1
