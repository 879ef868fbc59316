"""Flattens an HTML page into its text blocks, in reading order, without frames and menus."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree, html

from kb.errors import ReadError
from kb.readers.marks import Marks, clean, is_meta, load_marks
from kb.readers.sniff import mended

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
_VIEWS = frozenset(
    ["eye", "fa-eye", "bi-eye", "views", "view-count", "post-views", "dilihat", "dibaca", "hits"]
)
_COUNT = re.compile(r"\s*\d{1,3}(?:[.,]?\d{3})*\s*(?:$|[|•·(])")
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w\-]+)", re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """One block of text. ``path`` numbers the elements it stands in, outermost first."""

    text: str
    tag: str
    path: tuple[int, ...]
    link_chars: int = 0
    bold_chars: int = 0
    noise: bool = False
    caption: bool = False

    @property
    def linked(self) -> float:
        """Share of the characters that are links."""
        return self.link_chars / max(1, len(self.text))

    @property
    def bold(self) -> bool:
        """True where nearly all of the text is set in bold."""
        return self.bold_chars >= 0.9 * len(self.text)

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
    bold: bool


@dataclass(slots=True)
class _Flat:
    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    bold: int = 0


def parse_html(data: bytes) -> Any:
    """The page as an lxml tree. Raises ``ReadError`` where there is no page."""
    encoding = _encoding(data)
    if encoding == "utf-8":
        text = data.decode("utf-8", "replace")
        data = mended(text).encode("utf-8") if mended(text) is not text else data
    parser = html.HTMLParser(
        encoding=encoding, remove_comments=False, remove_pis=True, recover=True
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
    holding = _holding(root)
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
            inline = tag in _INLINE or tag == "br" or _cell_of_row(node, tag)
            if not inline:
                _flush(out, stack)
            numbers += 1
            parent = stack[-1] if stack else _Frame("", 0, False, False, False, False)
            words = set(_WORDS.findall(f"{node.get('class', '')} {node.get('id', '')}".lower()))
            pieces = words | {piece for word in words for piece in word.split("-")}
            noise = parent.noise or (node not in holding and _framed(node, tag, pieces, marks))
            caption = parent.caption or tag == "figcaption" or bool(words & marks.noise_captions)
            link = parent.link or tag == "a"
            bold = parent.bold or tag in {"b", "strong"}
            stack.append(_Frame(tag, numbers, noise, caption, link, bold))
            if tag == "br":
                out.parts.append("\n")
            if _counts_views(node, words):
                out.parts.append(" dilihat: ")
            if node.text:
                _add(out, stack, node.text)
            continue
        if skip_depth:
            skip_depth -= 1
        else:
            if _cell_of_row(node, tag):
                out.parts.append(" ")
            elif tag not in _INLINE and tag != "br":
                _flush(out, stack)
            stack.pop()
        if not skip_depth and node.tail and node is not root:
            _add(out, stack, node.tail)
    _flush(out, stack)
    return out.blocks


def _framed(node: Any, tag: str, pieces: set[str], marks: Marks) -> bool:
    """True for an element that by its kind or name frames the page: menus, footers, bars."""
    return (
        tag in _FRAME
        or node.get("role", "")
        in {"navigation", "banner", "contentinfo", "complementary", "search"}
        or (bool(pieces & marks.noise) and tag not in {"body", "main", "article", "html"})
        or "display:none" in node.get("style", "").replace(" ", "").lower()
    )


MOST = 0.6
"""Share of the page's prose from which on an element holds the article, whatever it is called:
themes put it into ``<aside>``, into the ``<form>`` of the whole page, into ``has-sidebar``. Set by
hand; no command measured it."""


def _holding(root: Any) -> set[Any]:
    """The elements that hold most of the prose: long stretches of text outside links."""
    sizes: dict[Any, int] = {}
    total = 0
    for node in root.iter():
        if not isinstance(node.tag, str) or node.tag in _DROP or node.tag == "a":
            continue
        texts = [node.text or "", *(child.tail or "" for child in node)]
        size = sum(len(text) for text in map(str.strip, texts) if len(text) >= 60)
        if not size:
            continue
        total += size
        above: Any = node
        while above is not None and above is not root:
            sizes[above] = sizes.get(above, 0) + size
            above = above.getparent()
    if total < 200:
        return set()
    return {node for node, size in sizes.items() if size >= MOST * total}


def _cell_of_row(node: Any, tag: str) -> bool:
    """True for a cell of a row of data, which is read as one line; the cells of a table that
    only lays out the page hold blocks and are read one by one."""
    if tag not in {"td", "th"}:
        return False
    row = node.getparent()
    if row is None or row.tag != "tr" or len(row) < 2:
        return False
    return all(child.tag in _INLINE for cell in row for child in cell.iter() if child is not cell)


def _counts_views(node: Any, words: set[str]) -> bool:
    """An eye icon or an element named for views, and nothing but a number after it: the
    words "dilihat" that a reader sees as a picture."""
    if not words & _VIEWS:
        return False
    return bool(
        _COUNT.fullmatch(node.text or "") or (not node.text and _COUNT.match(node.tail or ""))
    )


def _add(out: _Flat, stack: list[_Frame], text: str) -> None:
    flat = re.sub(r"\s+", " ", text)
    out.parts.append(flat)
    if stack and stack[-1].link:
        out.linked += len(flat.strip())
    if stack and stack[-1].bold:
        out.bold += len(flat.strip())


def _flush(out: _Flat, stack: list[_Frame]) -> None:
    if not out.parts:
        return
    text = "".join(out.parts)
    linked, bold = out.linked, out.bold
    out.parts, out.linked, out.bold = [], 0, 0
    frame = stack[-1] if stack else _Frame("body", 0, False, False, False, False)
    tag = next((f.tag for f in reversed(stack) if f.tag not in _INLINE), frame.tag)
    path = tuple(f.number for f in stack if f.tag not in _INLINE)
    for part in re.split(r"\n\s*\n", text):
        lines = [line for line in map(clean, part.split("\n")) if line]
        for group in _apart(lines):
            size = len(group)
            out.blocks.append(
                Block(
                    group,
                    tag,
                    path,
                    link_chars=min(linked, size),
                    bold_chars=min(bold, size),
                    noise=frame.noise,
                    caption=frame.caption,
                )
            )
            bold = max(0, bold - size)


def _apart(lines: list[str]) -> list[str]:
    """Lines that only say when and by whom stand apart: pages built of ``<br>`` put the
    title, the date and the text into one element."""
    groups: list[list[str]] = [[]]
    for line in lines:
        if len(lines) > 1 and is_meta(line):
            groups += [[line], []]
        else:
            groups[-1].append(line)
    return ["\n".join(group) for group in groups if group]
