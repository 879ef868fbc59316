"""Flattens an HTML page into its text blocks, in reading order, without frames and menus."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree, html

from kb.errors import ReadError
from kb.readers.marks import clean, load_marks

_DROP = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "button",
        "select",
        "option",
        "object",
        "embed",
        "map",
    ]
)
_FRAME = frozenset(["nav", "footer", "aside", "form"])
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "o:p",
    ]
)
_WORDS = re.compile(r"[a-z]+(?:-[a-z]+)*")
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w\-]+)", re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """One block of text. ``path`` numbers the elements it stands in, outermost first."""

    text: str
    tag: str
    path: tuple[int, ...]
    link_chars: int = 0
    noise: bool = False
    caption: bool = False
    hidden: bool = False

    @property
    def linked(self) -> float:
        """Share of the characters that are links."""
        return self.link_chars / max(1, len(self.text))

    @property
    def heading(self) -> bool:
        return self.tag in {"h1", "h2", "h3", "h4", "h5"}


@dataclass(slots=True)
class _Frame:
    tag: str
    number: int
    noise: bool
    caption: bool
    link: bool


@dataclass(slots=True)
class _Flat:
    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    linked: int = 0


def parse_html(data: bytes) -> Any:
    """The page as an lxml tree. Raises ``ReadError`` where there is no page."""
    parser = html.HTMLParser(
        encoding=_encoding(data), remove_comments=False, remove_pis=True, recover=True
    )
    try:
        tree = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        raise ReadError("empty: the HTML page has no content; fetch it again.") from None
    return tree


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    match = _CHARSET.search(data[:4096])
    name = match.group(1).decode("ascii", "replace").lower() if match else "cp1252"
    if name in {"utf-8", "utf8", "iso-8859-1", "latin1", "latin-1", "us-ascii"}:
        return "cp1252"
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


def flatten(tree: Any) -> list[Block]:
    """The page's text blocks in order; what stands in menus and frames is marked ``noise``."""
    body = tree.find(".//body")
    root = tree if body is None else body
    marks = load_marks()
    out = _Flat()
    stack: list[_Frame] = []
    numbers = 0
    skip_depth = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment")):
        if event == "comment":
            if not skip_depth and node.tail:
                _add(out, stack, node.tail)
            continue
        tag = node.tag.lower() if isinstance(node.tag, str) else ""
        if event == "start":
            if skip_depth or tag in _DROP:
                skip_depth += 1
                continue
            inline = tag in _INLINE or tag == "br"
            if not inline:
                _flush(out, stack)
            numbers += 1
            parent = stack[-1] if stack else _Frame("", 0, False, False, False)
            words = set(_WORDS.findall(f"{node.get('class', '')} {node.get('id', '')}".lower()))
            pieces = words | {piece for word in words for piece in word.split("-")}
            role = node.get("role", "")
            noise = (
                parent.noise
                or tag in _FRAME
                or role in {"navigation", "banner", "contentinfo", "complementary", "search"}
                or (bool(pieces & marks.noise) and tag not in {"body", "main", "article", "html"})
                or "display:none" in node.get("style", "").replace(" ", "").lower()
            )
            caption = parent.caption or tag == "figcaption" or bool(words & marks.noise_captions)
            stack.append(_Frame(tag, numbers, noise, caption, parent.link or tag == "a"))
            if tag == "br":
                out.parts.append("\n")
            if node.text:
                _add(out, stack, node.text)
            continue
        if skip_depth:
            skip_depth -= 1
        else:
            if tag not in _INLINE and tag != "br":
                _flush(out, stack)
            elif tag in {"td", "th"}:
                out.parts.append(" ")
            stack.pop()
        if not skip_depth and node.tail and node is not root:
            _add(out, stack, node.tail)
    _flush(out, stack)
    return out.blocks


def _add(out: _Flat, stack: list[_Frame], text: str) -> None:
    flat = re.sub(r"\s+", " ", text)
    out.parts.append(flat)
    if stack and stack[-1].link:
        out.linked += len(flat.strip())


def _flush(out: _Flat, stack: list[_Frame]) -> None:
    if not out.parts:
        return
    text = "".join(out.parts)
    linked = out.linked
    out.parts, out.linked = [], 0
    frame = stack[-1] if stack else _Frame("body", 0, False, False, False)
    tag = next((f.tag for f in reversed(stack) if f.tag not in _INLINE), frame.tag)
    path = tuple(f.number for f in stack if f.tag not in _INLINE)
    for part in re.split(r"\n\s*\n", text):
        lines = [line for line in map(clean, part.split("\n")) if line]
        if not lines:
            continue
        out.blocks.append(
            Block("\n".join(lines), tag, path, min(linked, len(part)), frame.noise, frame.caption)
        )
