"""Reads OpenDocument texts (ODT) and presentations (ODP)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kb.errors import ReadError
from kb.model import SourceDocument
from kb.readers.flow import Flow
from kb.readers.options import ReadOptions
from kb.readers.sniff import open_zip_safely
from kb.readers.word.package import local, parse, value

_LEFT_OUT = frozenset(
    ["tracked-changes", "annotation", "annotation-end", "ruby-text", "desc", "sequence-decls",
     "variable-decls", "forms", "script", "event-listeners", "title"]
)  # fmt: skip
MAX_REPEAT = 200


def read_opendocument(path: Path, options: ReadOptions, format: str) -> SourceDocument:
    """The document; each slide of a presentation is a page. Raises ``ReadError``."""
    open_zip_safely(path.read_bytes(), 1024)
    damaged = ReadError("damaged: the OpenDocument file cannot be opened; save it anew.")
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {
                name: parse(archive.read(f"{name}.xml"))
                for name in ("content", "styles", "meta", "META-INF/manifest")
                if f"{name}.xml" in archive.namelist()
            }
    except Exception:  # broken archives fail in many ways
        raise damaged from None
    manifest = parts.get("META-INF/manifest")
    if manifest is not None and any(local(n) == "encryption-data" for n in manifest.iter()):
        raise ReadError(
            "password needed: this document is locked; save it without a password and add that."
        )
    content = parts.get("content")
    body = next((n for n in content if local(n) == "body"), None) if content is not None else None
    if content is None or body is None:
        raise damaged
    metadata = _metadata(parts.get("meta"))
    reader = _Reader(content, parts.get("styles"))
    head = reader.header(parts.get("styles"))
    if head:
        metadata["header"] = head
        for line in head.split("\n"):
            reader.flow.text(line)
    for part in body:
        reader.blocks(part)
    return reader.flow.document(
        str(path),
        format,
        options,
        title=metadata.get("title") or reader.flow.title,
        metadata=metadata,
    )


def _metadata(tree: Any | None) -> dict[str, str]:
    names = {"title": "title", "creator": "author", "subject": "subject",
             "creation-date": "created", "date": "modified"}  # fmt: skip
    found: dict[str, str] = {}
    for node in tree.iter() if tree is not None else ():
        text = " ".join((node.text or "").split())
        if local(node) in names and text:
            found.setdefault(names[local(node)], text)
    return found


class _Reader:
    def __init__(self, content: Any, styles: Any | None) -> None:
        self.flow = Flow()
        self._breaks: set[str] = set()
        """Styles of paragraphs that begin a page."""
        self._titles: set[str] = {"Title"}
        self._slides = 0
        self._parents: dict[str, str] = {}
        self._numbers: dict[str, dict[int, tuple[str, str, str]]] = {}
        """List style -> level -> (format, before, after the number)."""
        for tree in (content, styles):
            for node in tree.iter() if tree is not None else ():
                if local(node) == "style":
                    self._style(node)
                elif local(node) == "list-style":
                    self._list_style(node)

    def _style(self, node: Any) -> None:
        name = value(node, "name") or ""
        self._parents[name] = value(node, "parent-style-name") or ""
        for one in node:
            if local(one) == "paragraph-properties" and value(one, "break-before") == "page":
                self._breaks.add(name)
        if value(node, "master-page-name"):
            self._breaks.add(name)

    def _list_style(self, node: Any) -> None:
        levels: dict[int, tuple[str, str, str]] = {}
        for one in node:
            level = value(one, "level") or ""
            if local(one) == "list-level-style-number" and level.isdigit():
                levels[int(level)] = (
                    value(one, "num-format") or "",
                    value(one, "num-prefix") or "",
                    value(one, "num-suffix") or "",
                )
        self._numbers[value(node, "name") or ""] = levels

    def header(self, styles: Any | None) -> str:
        """The words of the page headers, each once."""
        found: list[str] = []
        for node in styles.iter() if styles is not None else ():
            if local(node) in {"header", "header-first"}:
                text = "\n".join(filter(None, (_text(p) for p in _paragraphs(node))))
                if text and text not in found and any(char.isalpha() for char in text):
                    found.append(text)
        return "\n".join(found)[:2000]

    def blocks(self, node: Any) -> None:
        for one in node:
            name = local(one)
            if name in _LEFT_OUT:
                continue
            if name == "h":
                self._turn(one)
                level = value(one, "outline-level") or "1"
                self._put(one, max(int(level) - 1, 0) if level.isdigit() else 0)
            elif name == "p":
                self._turn(one)
                style = value(one, "style-name") or ""
                titled = style in self._titles or self._parents.get(style) in self._titles
                self._put(one, 0 if titled else None)
            elif name == "list":
                self._list(one, 1, value(one, "style-name") or "")
            elif name == "table":
                self._table(one)
            elif name == "page":  # a slide
                if self._slides:
                    self.flow.page()
                self._slides += 1
                self.blocks(one)
            elif name == "soft-page-break":
                self.flow.page(rendered=True)
            else:
                self.blocks(one)

    def _turn(self, node: Any) -> None:
        if (value(node, "style-name") or "") in self._breaks:
            self.flow.page(rendered=True)

    def _put(self, node: Any, level: int | None, label: str = "") -> None:
        text = _text(node)
        self.flow.text(f"{label} {text}" if label and text else text, level)
        for inner in node.iter():
            if local(inner) == "note":
                body = next((n for n in inner if local(n) == "note-body"), None)
                if body is not None:
                    self.flow.note(" ".join(filter(None, map(_text, _paragraphs(body)))))
            elif local(inner) == "text-box":
                self.blocks(inner)
            elif local(inner) == "soft-page-break":
                self.flow.page(rendered=True)

    def _list(self, node: Any, depth: int, style: str) -> None:
        count = 0
        for item in node:
            if local(item) not in {"list-item", "list-header"}:
                continue
            start = value(item, "start-value") or ""
            count = int(start) if start.isdigit() else count + 1
            first = local(item) == "list-item"
            for one in item:
                if local(one) == "list":
                    self._list(one, depth + 1, value(one, "style-name") or style)
                    continue
                label = self._label(style, depth, count) if first else ""
                first = False
                if local(one) in {"p", "h"}:
                    level = value(one, "outline-level") if local(one) == "h" else None
                    self._put(one, int(level) - 1 if level and level.isdigit() else None, label)
                else:
                    self.blocks([one])

    def _label(self, style: str, depth: int, count: int) -> str:
        from kb.readers.word.numbering import write_number

        levels = self._numbers.get(style, {})
        if depth not in levels:
            return "•"
        shape, before, after = levels[depth]
        kinds = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman",
                 "I": "upperRoman"}  # fmt: skip
        return f"{before}{write_number(count, kinds[shape])}{after}" if shape in kinds else ""

    def _table(self, node: Any) -> None:
        rows: list[tuple[str, ...]] = []
        heads = 0
        single = True
        for row, is_head in _rows(node, False):
            cells: list[str] = []
            for cell in row:
                if local(cell) not in {"table-cell", "covered-table-cell"}:
                    continue
                told = value(cell, "number-columns-repeated") or "1"
                text = " ".join(filter(None, (_text(p) for p in _paragraphs(cell))))
                cells += [text] * (min(int(told), MAX_REPEAT) if told.isdigit() else 1)
            while cells and not cells[-1]:
                cells.pop()
            rows.append(tuple(cells))
            heads += is_head
            single = single and len(cells) <= 1
        if single:  # a frame around text
            for row, _ in _rows(node, False):
                for cell in row:
                    self.blocks(cell)
            return
        width = max(map(len, rows))
        self.flow.table([(*row, *[""] * (width - len(row))) for row in rows], heads or 1)


def _rows(node: Any, head: bool) -> Iterator[tuple[Any, bool]]:
    for one in node:
        name = local(one)
        if name == "table-row":
            yield one, head
        elif name in {"table-header-rows", "table-rows", "table-row-group"}:
            yield from _rows(one, head or name == "table-header-rows")


def _paragraphs(node: Any) -> Iterator[Any]:
    """Paragraphs below a node in order, not those of notes."""
    for one in node:
        name = local(one)
        if name in {"p", "h"}:
            yield one
        elif name not in _LEFT_OUT and name != "note":
            yield from _paragraphs(one)


def _text(node: Any) -> str:
    """The words of a paragraph as it reads: without notes, comments and text boxes."""
    parts: list[str] = []
    _gather(node, parts)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _gather(node: Any, parts: list[str]) -> None:
    parts.append(node.text or "")
    for one in node:
        name = local(one)
        if name == "s" or name == "tab":
            parts.append(" ")
        elif name == "line-break":
            parts.append("\n")
        elif name and name not in _LEFT_OUT and name not in {"note", "text-box"}:
            _gather(one, parts)
        parts.append(one.tail or "")
