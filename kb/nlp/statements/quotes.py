"""Pair quotation marks of every kind, also wrongly opened, closed or typed ones.

Marks are paired in order, because many newsrooms use the closing mark for both
ends; the direction of a mark and the characters around it only decide where a
partner is missing. Single marks count only at the edges of words, so that
``Jum'at`` and ``Qur'an`` stay words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

_TWICE = frozenset({'""', "””"})
_TITLE = 8
"""Words of a name in marks inside a quotation. Set by hand; no command measured it."""
QuoteMethod = Literal["paired", "paragraphs", "single", "unclosed", "unopened"]

_DOUBLE = re.compile(r"\"\"|””|““|‘’|’’|‘‘|''|``|´´|,,(?=[A-Z])|[“”„‟«»\"＂]")
_SINGLE = re.compile(r"(?<![\w‘’'])['‘’‚](?=[^\s‘’'])([^\n]{0,600}?[^\s‘’'])['‘’](?![\w‘’'])")
_LINE = re.compile(r"[^\n]+")
_PAUSE = re.compile(r"[,.?!…]\s*")
_STOP = re.compile(r"[.?!]\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words between a pair of marks: ``start``/``end`` without, ``outer_*`` with the marks."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    method: QuoteMethod = "paired"


CueTest = Callable[[int], bool]
"""Whether a reporting word (``kata``, ``ujarnya``) begins at this offset."""


def find_quotes(text: str, cue_at: CueTest) -> list[Quote]:
    """Return the outermost quotations of ``text``, left to right."""
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text) if not m.group().isspace()]
    found: list[Quote] = []
    opened: tuple[int, int] | None = None
    for number, (begin, end) in enumerate(lines):
        marks = list(_DOUBLE.finditer(text, begin, end))
        depth = 0
        floor = begin
        for place, mark in enumerate(marks):
            left, right = mark.span()
            if opened is None:
                if _closes_nothing(text, begin, mark, cue_at):
                    start = _sentence_start(text, floor, left)
                    found.append(_quote(text, (start, start), (left, right), "unopened"))
                    floor = right
                elif not _stray(text, begin, end, mark):
                    opened = (left, right)
                continue
            if _opens(text, begin, end, mark, cue_at):
                rest = len(marks) - place - 1
                twice = rest == 1 and marks[-1].group() in _TWICE
                titled = rest == 1 and _is_title(text, left, right, marks[-1].start())
                titled = titled or twice
                if (titled or (rest % 2 == 0 and rest)) and opened[0] >= begin:
                    depth += 1
                    continue
                if opened[0] < left:
                    found.append(_unclosed(text, opened, left, cue_at))
                opened = (left, right)
                depth = 0
                continue
            if depth:
                depth -= 1
                if mark.group() not in _TWICE:
                    continue  # a mark typed twice closes both
            crosses = opened[0] < begin
            found.append(_quote(text, opened, (left, right), "paragraphs" if crosses else "paired"))
            opened, floor = None, right
        if opened is not None and not _continues(text, lines, number, opened, cue_at):
            found.append(_unclosed(text, opened, end, cue_at))
            opened = None
    if opened is not None and lines:
        found.append(_unclosed(text, opened, lines[-1][1], cue_at))
    found.extend(_single_quotes(text, found))
    return sorted((q for q in found if q.start < q.end), key=lambda q: q.start)


def _quote(
    text: str, opening: tuple[int, int], closing: tuple[int, int], method: QuoteMethod
) -> Quote:
    start, end = opening[1], closing[0]
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quote(start, end, opening[0], closing[1], method)


def _closes_nothing(text: str, begin: int, mark: re.Match[str], cue_at: CueTest) -> bool:
    """Whether a mark with no open partner still is a closing one (``... ini,” kata X``)."""
    left, right = mark.span()
    if left == begin or text[left - 1].isspace() or text[left - 1] in ":([":
        return False
    return (text[left - 1] in ",.?!…" or text[left - 1].isalnum()) and cue_at(right)


def _stray(text: str, begin: int, end: int, mark: re.Match[str]) -> bool:
    """Whether a mark with no open partner closes words without a cue (``... dulu” lalu``)."""
    left, right = mark.span()
    behind = text[right : right + 1] if right < end else " "
    return left > begin and text[left - 1].isalnum() and (behind.isspace() or behind in ".,")


def _opens(text: str, begin: int, end: int, mark: re.Match[str], cue_at: CueTest) -> bool:
    """Whether a mark met inside an open quotation opens another one."""
    left, right = mark.span()
    if mark.group() in "”»" and len(mark.group()) == 1 and left > begin:
        return False
    before = text[left - 1] if left > begin else " "
    after = text[right] if right < end else " "
    if not (before.isspace() or before in "(["):
        return False
    return (after.isalnum() or after in "‘'") and not cue_at(right)


def _is_title(text: str, left: int, right: int, end: int) -> bool:
    """Whether ``text[right:end]`` inside an open quotation is a name, not its next words."""
    words = text[right:end].split()
    goes_on = text[:left].rstrip()[-1:] not in ".,:?!"
    return goes_on and 0 < len(words) <= _TITLE and all(not word[0].islower() for word in words)


def _unclosed(text: str, opening: tuple[int, int], limit: int, cue_at: CueTest) -> Quote:
    """End an open quotation before its cue, else at ``limit``."""
    for pause in _PAUSE.finditer(text, opening[1], limit):
        if pause.end() < limit and cue_at(pause.end()):
            end = pause.start() + 1
            return _quote(text, opening, (end, end), "unclosed")
    return _quote(text, opening, (limit, limit), "unclosed")


def _continues(
    text: str,
    lines: list[tuple[int, int]],
    number: int,
    opened: tuple[int, int],
    cue_at: CueTest,
) -> bool:
    """Whether the open quotation is closed in one of the next paragraphs."""
    for pause in _PAUSE.finditer(text, opened[1], lines[number][1]):
        if pause.end() < lines[number][1] and cue_at(pause.end()):
            return False
    for begin, end in lines[number + 1 : number + 5]:
        mark = _DOUBLE.search(text, begin, end)
        if mark is None:
            continue
        left, right = mark.span()
        if left == begin or _opens(text, begin, end, mark, cue_at):
            return False
        return not text[left - 1].isspace() or right == end or text[right].isspace()
    return False


def _sentence_start(text: str, floor: int, limit: int) -> int:
    """Start of an unopened quotation: the paragraph, or the sentence behind the last one."""
    start = floor
    for stop in _STOP.finditer(text, floor, limit):
        start = stop.end()  # it claims its own sentence only
    while start < limit and not text[start].isalnum():
        start += 1
    return start


def _single_quotes(text: str, doubles: list[Quote]) -> Iterator[Quote]:
    """Quotations in single marks, outside the double ones."""
    for match in _SINGLE.finditer(text):
        if len(match.group(1).split()) < 2:
            continue
        if any(q.outer_start < match.end() and match.start() < q.outer_end for q in doubles):
            continue
        opening = (match.start(), match.start() + 1)
        yield _quote(text, opening, (match.end() - 1, match.end()), "single")
