"""Marks that were lost on a text's way: markup left in it, quotation marks read as others.

A text copied out of a page keeps its tags (``</p>\\n<p>``); one that went through the wrong
character set has ``?`` where quotation marks stood. ``mended`` reads the text without the tags
and with the marks put back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,9})\b[^<>]{0,300}>")
_INLINE = frozenset({"a", "abbr", "b", "em", "font", "i", "mark", "s", "small", "span", "strong",
                     "sub", "sup", "u"})  # fmt: skip
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6});")
_OPENED = re.compile(r"(?:(?<=[\s(:,])|(?<![^\n]))[?\ufffd](?=[A-Z(‘'])")
_CLOSED = re.compile(r"(?<=[,.!])[ \t]?([?\ufffd])(?![?!])|(?<=\w)(\ufffd)(?!\w)")


def lost_marks(text: str) -> Iterator[tuple[int, int, str]]:
    """What stands for a tag or a damaged mark in ``text`` (start, end), and what was meant."""
    if "<" in text:
        for match in _TAG.finditer(text):  # nothing, or the end of a line between blocks
            yield match.start(), match.end(), "" if match[1].lower() in _INLINE else "\n"
    if "&" in text:
        for match in _ENTITY.finditer(text):
            meant = unescape(match.group()).replace("\xa0", " ")
            if meant != match.group():
                yield match.start(), match.end(), meant
    if "?" in text or "\ufffd" in text:
        yield from _pairs(text)


def _pairs(text: str) -> Iterator[tuple[int, int, str]]:
    """Lost marks that open and close a quotation on one line."""
    opened = [match.start() for match in _OPENED.finditer(text)]
    if not opened:
        return
    closed = [match.start(1) if match[1] else match.start(2) for match in _CLOSED.finditer(text)]
    for number, start in enumerate(opened):
        line_end = text.find("\n", start)
        limit = line_end if line_end >= 0 else len(text)
        if number + 1 < len(opened):
            limit = min(limit, opened[number + 1])
        end = next((place for place in closed if start < place < limit), None)
        if end is not None:
            yield start, start + 1, "“"
            yield end, end + 1, "”"
