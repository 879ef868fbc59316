"""Chapters whose number is not printed as text (an automatic one, one in a picture) or was
misread: known by their names in the list of chapters, by the numbers of their sections, or by
what a misread number looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.authority import norm
from kb.model import OutlineItem
from kb.readers.chapters import NEAR_TOP, Chapter, Entry
from kb.readers.layout import Line
from kb.readers.numerals import numeral, roman

SOON = 14
"""Lines from the top of a page among which the first section of a new chapter stands."""

_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_] ){3,}[^\W\d_](?!\w)")
_FIRST = re.compile(r"^(\d{1,2}|[IVX]{1,5})\s?[.,]\s?1\b[.,]?\s*[^\W\d_]")
_MARK = re.compile(r"^BAB\b[\W\d]*$")
_NUMBERED = re.compile(r"^(?:\d{1,2}|[IVX]{1,5})\s?[.,]\s?\d")
_LOOKS = re.compile(
    r"^(?:BAB\.?\s*|(?:BA[SGR86]|8AB)\.?\s+)([IVXl1|!tTiHhYyUuNJj]{1,6})(?![^\W\d_])[\s.:–-]*(.*)$"
)
_LOOK = dict.fromkeys("l1|!tTiJj", "I") | dict.fromkeys("HhUuN", "II") | dict.fromkeys("Yyv", "V")


def text_of(line: Line) -> str:
    """The line with letters that were set apart put together."""
    text = " ".join(line.text.split())
    return _SPACED.sub(lambda match: match[0].replace(" ", ""), text)


def mended(text: str) -> str | None:
    """A chapter's line whose number OCR misread (``BAB It``, ``BAS IV``), put right; ``None``
    where it is none."""
    match = _LOOKS.match(text)
    if match is None or not (match[2].isupper() or not match[2]):
        return None
    number = "".join(_LOOK.get(letter, letter) for letter in match[1])
    count = numeral(number)
    if count is None or count > 20:
        return None
    return f"BAB {number} {match[2]}".strip()


def is_numbered(text: str) -> bool:
    """True for a section's line (``2.1 Geografi``, ``IV. 1. VISI``)."""
    return _NUMBERED.match(text) is not None


def title_words(text: str) -> set[str]:
    """Words of a heading in normal form."""
    return set(norm(text).split())


def by_name(
    pages: Sequence[Sequence[Line]],
    opened: Sequence[Chapter],
    contents: dict[int, Entry],
    lists: Sequence[int],
) -> list[Chapter]:
    """Chapters whose number is not printed: a line in capitals with most of the words that the
    list of chapters names, after the list, in order."""
    have = {chapter.number: chapter for chapter in opened}
    if len(have) != len(opened):
        return []
    found: list[Chapter] = []
    at = 0
    for page, lines in enumerate(pages, start=1):
        for index, line in enumerate(lines):
            text = text_of(line)
            here, at = at, at + 1
            if not text.isupper() or len(text) < 5 or _NUMBERED.match(text):
                continue
            early = page <= max(lists, default=0)
            below = text_of(lines[index + 1]) if index + 1 < len(lines) else ""
            whole = f"{text} {below}" if below.isupper() and not _NUMBERED.match(below) else text
            said = title_words(whole)
            for number, entry in contents.items():
                name = title_words(entry.name)
                if (
                    number in have
                    or not name
                    or (early and number > 1)
                    or len(name & said) < max(1, 0.8 * len(name))
                ):
                    continue
                if len(said) > 2 * len(name) + 4 or not _fits(have, number, page):
                    continue
                words = text if name <= title_words(text) else whole
                title = f"BAB {roman(number)} {words}"
                have[number] = Chapter(number, title, page, here, index)
                found.append(have[number])
                break
    return found


def _fits(have: dict[int, Chapter], number: int, page: int) -> bool:
    before = max((c.page for n, c in have.items() if n < number), default=0)
    after = min((c.page for n, c in have.items() if n > number), default=page)
    return before <= page <= after


def by_sections(
    pages: Sequence[Sequence[Line]],
    opened: Sequence[Chapter],
    contents: dict[int, Entry],
    skip: Sequence[int],
) -> list[Chapter]:
    """Chapters that their first section tells (``3.1``): on the page where it stands, with the
    words in capitals above it as their name. ``skip``: pages of lists of chapters.

    Where no chapter is numbered, at least two must be told so; one without words above it must
    lie between chapters that are known.
    """
    have = {chapter.number: chapter for chapter in opened}
    if len(have) != len(opened):
        return []
    found: list[Chapter] = []
    at = 0
    for page, lines in enumerate(pages, start=1):
        start, at = at, at + len(lines)
        if page in skip:
            continue
        place = next((i for i, one in enumerate(lines[:SOON]) if _FIRST.match(text_of(one))), None)
        if place is None:
            continue
        match = _FIRST.match(text_of(lines[place]))
        number = numeral(match[1]) if match else None
        if number is None or number in have or number > 20 or not _fits(have, number, page):
            continue
        words, top = _name(lines[:place])
        if not words:
            entry = contents.get(number)
            if number - 1 not in have or have[number - 1].page >= page:
                continue
            words, top = (entry.name if entry is not None else ""), place - 1
        title = f"BAB {roman(number)} {words}".strip()
        have[number] = Chapter(number, title, page, start + top, max(top, 0))
        found.append(have[number])
    return found if opened or len(found) >= 2 else []


def between(
    items: Sequence[tuple[int, OutlineItem]],
    opened: Sequence[Chapter],
    contents: dict[int, Entry],
) -> list[Chapter]:
    """Chapters of which only later sections are found (``2.2`` between the first chapter and the
    third): from there on at least the pages are theirs."""
    have = {chapter.number: chapter for chapter in opened}
    if len(have) != len(opened):
        return []
    found: list[Chapter] = []
    for line, item in items:
        match = _SECTION.match(item.title)
        number = numeral(match[1]) if match else None
        if number is None or number in have or not {number - 1, number + 1} <= set(have):
            continue
        if have[number - 1].line < line < have[number + 1].line:
            entry = contents.get(number)
            title = f"BAB {roman(number)} {entry.name if entry is not None else ''}".strip()
            have[number] = Chapter(number, title, item.page, line - 1, 0)
            found.append(have[number])
    return found


_SECTION = re.compile(r"^(\d{1,2}|[IVX]{1,5})\.\d")


def _name(lines: Sequence[Line]) -> tuple[str, int]:
    """The words in capitals at the top of a page, and the position of their first line."""
    words: list[str] = []
    top = 0
    for index, line in enumerate(lines):
        text = text_of(line)
        if _MARK.match(text) and not words:
            top = index
            continue
        if line.kind == "line" and text.isupper() and len(text) < 90 and not _NUMBERED.match(text):
            if not words:
                if index >= NEAR_TOP:
                    break
                top = min(top, index) if index and _MARK.match(text_of(lines[top])) else index
            words.append(text)
            continue
        if words:
            break
    name = " ".join(words)
    return (name, top) if sum(map(str.isalpha, name)) >= 5 and len(words) <= 4 else ("", 0)


def first_and_last(
    pages: Sequence[Sequence[Line]], opened: Sequence[Chapter], skip: Sequence[int]
) -> list[Chapter]:
    """``PENDAHULUAN`` before the second chapter and ``PENUTUP`` behind the last, where they
    head their pages without a number."""
    have = {chapter.number: chapter for chapter in opened}
    numbers = sorted(have)
    if len(have) != len(opened) or not numbers or numbers[-1] < 2:
        return []
    found: list[Chapter] = []
    at = 0
    for page, lines in enumerate(pages, start=1):
        start, at = at, at + len(lines)
        if page in skip:
            continue
        for index, line in enumerate(lines[:NEAR_TOP]):
            text = text_of(line)
            if text == "PENDAHULUAN" and 1 not in have and page <= have[numbers[0]].page:
                have[1] = Chapter(1, "BAB I PENDAHULUAN", page, start + index, index)
                found.append(have[1])
            whole = numbers == list(range(numbers[0], numbers[-1] + 1)) and numbers[0] <= 2
            if text == "PENUTUP" and whole and page > have[numbers[-1]].page:
                last = numbers[-1] + 1
                if last not in have:
                    title = f"BAB {roman(last)} PENUTUP"
                    have[last] = Chapter(last, title, page, start + index, index)
                    found.append(have[last])
    return found
