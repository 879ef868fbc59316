"""The text of one paragraph: as it reads once all changes are accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kb.readers.word.package import child, local, on, value
from kb.readers.word.styles import Styles

_LEFT_OUT = frozenset(
    [
        "del",
        "delText",
        "moveFrom",
        "instrText",
        "delInstrText",
        "pPr",
        "rPr",
        "rt",
        "sdtPr",
        "sdtEndPr",
        "fldData",
        "object",
        "annotationRef",
        "pgNum",
    ]
)
"""Deleted or moved away, and what is no text."""
_SYMBOLS = {0xB7: "•", 0xA7: "▪", 0xD8: "►", 0xFC: "✓", 0xE0: "→", 0x6F: "☐", 0xFE: "☑", 0xA8: "☐"}
"""Characters of the Symbol and Wingdings fonts that lists and forms use."""
HARD, RENDERED = "\f", "\v"
"""Marks in the text where a page begins: by the author's break, or as last printed."""


@dataclass(slots=True)
class Inline:
    """Text of a paragraph with marks for page breaks, and what hangs on it."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    """Contents of text boxes."""
    notes: list[str] = field(default_factory=list)
    """Ids of foot- and endnotes, with the kind before a colon."""

    @property
    def text(self) -> str:
        return "".join(self.parts)


def read_inline(paragraph: Any, styles: Styles) -> Inline:
    """The runs of a paragraph."""
    found = Inline()
    for node in paragraph:
        _walk(node, found, styles)
    return found


def _walk(node: Any, found: Inline, styles: Styles) -> None:
    name = local(node)
    if name in _LEFT_OUT or not name:
        return
    put = found.parts.append
    if name == "r":
        properties = child(node, "rPr")
        look = child(properties, "rStyle")
        hidden = on(child(properties, "vanish"))
        if not hidden and look is not None:
            hidden = styles.get(value(look)).hidden
        if hidden:
            return
    if name == "t":
        put(node.text or "")
    elif name in {"tab", "ptab"}:
        put(" ")
    elif name == "noBreakHyphen":
        put("-")
    elif name == "br":
        put(HARD if value(node, "type") == "page" else "\n")
    elif name == "cr":
        put("\n")
    elif name == "lastRenderedPageBreak":
        put(RENDERED)
    elif name == "sym":
        put(_symbol(value(node, "char") or ""))
    elif name in {"footnoteReference", "endnoteReference"}:
        found.notes.append(f"{name.removesuffix('Reference')}:{value(node, 'id')}")
    elif name == "txbxContent":
        found.boxes.append(node)
    elif name == "AlternateContent":
        # The same drawing for new and for old programs: one of them.
        for one in _alternatives(node):
            before = len(found.parts), len(found.boxes)
            for inner in one:
                _walk(inner, found, styles)
            if (len(found.parts), len(found.boxes)) != before:
                break
    else:
        for inner in node:
            _walk(inner, found, styles)


def _alternatives(node: Any) -> Iterator[Any]:
    yield from (one for one in node if local(one) == "Choice")
    yield from (one for one in node if local(one) == "Fallback")


def _symbol(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF:  # the font's own place: most are pictures
        return _SYMBOLS.get(number & 0xFF, "")
    return chr(number) if 0x20 <= number <= 0xFFFF and not 0xD800 <= number <= 0xDFFF else ""


def pages(text: str) -> list[tuple[str, bool]]:
    """The text in pieces, with true for each that a printed break (not the author's) opens."""
    pieces: list[tuple[str, bool]] = []
    rendered = False
    start = 0
    for index, char in enumerate(text):
        if char in (HARD, RENDERED):
            pieces.append((text[start:index], rendered))
            start, rendered = index + 1, char == RENDERED
    pieces.append((text[start:], rendered))
    return pieces


def joined(text: str) -> str:
    """The text without marks, spaces in one, line ends kept."""
    plain = text.replace(HARD, "\n").replace(RENDERED, "")
    lines = (" ".join(line.split()) for line in plain.split("\n"))
    return "\n".join(line for line in lines if line)
