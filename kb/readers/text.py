"""Reads plain text, Markdown, and the text of a portal page copied with its menus."""

from __future__ import annotations

import re
from pathlib import Path

from kb.errors import ReadError
from kb.model import OutlineItem, Page, SourceDocument
from kb.readers.marks import is_meta
from kb.readers.options import ReadOptions
from kb.readers.portal_text import looks_copied, parse_copied
from kb.readers.sniff import read_text

# Marks open and close within a paragraph: the bounds keep the work in proportion to the text
# where they never close.
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()]{0,500}(?:\([^()]{0,100}\)[^()]{0,100})?\)")
_STRONG = re.compile(r"(?<![*_])(\*\*|__)(?=[^\s*_])(.{1,500}?)(?<=\S)\1(?![*_])")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])(.{1,500}?)(?<=[^\s*_])\1(?![\w*_])")
_CODE = re.compile(r"`([^`]{1,500})`")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_FIELD = re.compile(r"^(\w[\w \-]*?)\s*:\s*(.+)$")


def read_plain(path: Path, options: ReadOptions) -> SourceDocument:
    """Plain text: one page for each form feed, or a copied portal page's article."""
    return from_text(str(path), read_text(path), options)


def from_text(
    path: str, text: str, options: ReadOptions, *, part: str | None = None
) -> SourceDocument:
    """A document from plain text. Raises ``ReadError`` where there is none."""
    if not text.strip():
        raise ReadError("empty: the file holds only blanks; fetch it again.")
    if looks_copied(text):
        article = parse_copied(text)
        if article is not None and len(article.text) >= 80:
            meta = {"captions": "\n".join(article.captions)} if article.captions else {}
            if article.site:
                meta["site"] = article.site
            return SourceDocument(
                path=path,
                format="portal-text",
                title=article.title,
                pages=(Page(1, article.text),),
                part=part,
                metadata=meta,
                address=article.address,
                published=article.published,
                views=article.views,
            )
    pages = tuple(Page(n, page) for n, page in enumerate(split_pages(text, options), start=1))
    return SourceDocument(path, "text", _first_line(text), pages, part=part)


def _first_line(text: str) -> str | None:
    """The first line, where it stands alone like a title."""
    lines = [line.strip() for line in text.split("\n")]
    filled = [line for line in lines if line]
    first = filled[0]
    if len(filled) < 2 or len(first) > 200 or first.endswith((".", ",", ";")) or is_meta(first):
        return None
    return first


def split_pages(text: str, options: ReadOptions) -> list[str]:
    """Pages at form feeds; a longer one is cut at a blank line, line end or space."""
    pages: list[str] = []
    for sheet in text.split("\f"):
        rest = sheet.strip("\n ")
        while len(rest) > options.max_page_chars:
            window = rest[: options.max_page_chars]
            cut = max(window.rfind("\n\n"), 0) or max(window.rfind("\n"), 0)
            cut = cut or max(window.rfind(" "), 0) or len(window)
            pages.append(rest[:cut].rstrip())
            rest = rest[cut:].lstrip("\n ")
        if rest or not pages:
            pages.append(rest)
    return pages


def read_markdown(path: Path, options: ReadOptions) -> SourceDocument:
    """Markdown: front matter is metadata, headings are the outline, marks are taken out."""
    text = read_text(path)
    metadata: dict[str, str] = {}
    front = _FRONT.match(text)
    if front:
        for line in front.group(1).split("\n"):
            field = _FIELD.match(line)
            if field:
                metadata[field.group(1).lower()] = field.group(2).strip().strip("\"'")
        text = text[front.end() :]
    if not text.strip():
        raise ReadError("empty: the file holds only blanks; fetch it again.")
    pages: list[Page] = []
    outline: list[OutlineItem] = []
    for number, sheet in enumerate(split_pages(text, options), start=1):
        lines = []
        fenced = False
        for line in sheet.split("\n"):
            if line.lstrip().startswith("```"):
                fenced = not fenced
                continue
            heading = None if fenced else _HEADING.match(line)
            if heading:
                name = _unmark(heading.group(2))
                outline.append(OutlineItem(name, number, len(heading.group(1)) - 1))
                lines.append(name)
            else:
                lines.append(line if fenced else _unmark(line))
        pages.append(Page(number, re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()))
    title = metadata.get("title") or metadata.get("judul")
    if title is None:
        title = next((item.title for item in outline if item.level == 0), None)
    if title is None:
        title = outline[0].title if outline else _first_line(pages[0].text + "\n.")
    return SourceDocument(
        path=str(path),
        format="markdown",
        title=title,
        pages=tuple(pages),
        outline=tuple(outline),
        metadata=metadata,
        address=metadata.get("url") or metadata.get("link"),
        published=metadata.get("date") or metadata.get("tanggal"),
    )


def _unmark(line: str) -> str:
    line = _LINK.sub(r"\1", line)
    line = _STRONG.sub(r"\2", line)
    line = _EMPHASIS.sub(r"\2", line)
    line = _CODE.sub(r"\1", line)
    line = re.sub(r"^\s{0,3}>\s?", "", line)
    return re.sub(r"^(\s*)[*+-]\s+", r"\1• ", line)
