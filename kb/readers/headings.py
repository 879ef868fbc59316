"""Sections of a document without an outline: from its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kb.authority import norm
from kb.authority.calendar import roman_value
from kb.model import OutlineItem
from kb.readers.chapter_lines import (
    ARTICLE,
    LETTERED,
    NAMED,
    is_chapter,
    opened_by,
    titled,
)
from kb.readers.chapters import (
    Chapter,
    cut,
    in_one_writing,
    in_order,
    listed,
    missing,
    over_pages,
    ranges_of,
    read_contents,
    section_pages,
)
from kb.readers.layout import Line
from kb.readers.numerals import numeral
from kb.readers.sized import by_size
from kb.readers.unnumbered import (
    baselines,
    list_name,
    text_of,
    unnumbered,
)

_APPENDIX = re.compile(r"^(?:LAMPIRAN|Lampiran)(?:\s+([IVXLC]+|\d{1,2}|[A-Z]))?\b\s*[.:]?\s*(.*)$")
_NUMBERED = re.compile(r"^((?:\d{1,2}|[IVX]{1,5})(?:\.\d{1,2}){1,3})\.?\s*(?![/-])(\D.{2,110})$")
_FIGURED = re.compile(r"^(\d{1,2})\s?[.)]\s*([^\W\d_].{2,80})$")
_ROMAN = re.compile(r"^([IVX]{1,5})\s?[.)]\s*([^\W\d_].{2,80})$")
_LEADER = re.compile(r"(?:\.\s?){4,}|…|_{4,}")
_ENTRY = re.compile(
    r"^(?:BAB\b|\d{1,2}\.\d|(?:Tabel|Gambar|Grafik|Lampiran|KATA|DAFTAR|T\.)\s).*\S[\s|]+"
    r"(?:[IVXLC]{1,6}\s*[-–.]\s*\d{1,3}|[ivxlc]{1,6})\s*$",
    re.IGNORECASE,
)
"""An entry of a list without leaders: ``2.1 Tugas dan Fungsi  II - 1``."""
_LIST = re.compile(r"\bsistematika\b|\bdaftar isi\b|\bdengan susunan\b", re.IGNORECASE)
EMPTY_RUN = 3
"""Headings with nothing below them in one run: a list of headings."""


@dataclass(slots=True)
class _Found:
    """Headings of each kind with the position of their line among all lines."""

    items: list[tuple[int, OutlineItem]] = field(default_factory=list)
    chapters: list[Chapter] = field(default_factory=list)
    lettered: list[tuple[int, OutlineItem, str]] = field(default_factory=list)
    romans: list[tuple[int, OutlineItem, str]] = field(default_factory=list)
    figured: list[tuple[int, OutlineItem, str]] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    """Position behind the last line of each page."""
    lists: list[int] = field(default_factory=list)
    """Lines that announce a list of chapters."""
    contents: list[str] = field(default_factory=list)
    listing: list[int] = field(default_factory=list)
    """Pages of the table of contents."""


def is_contents(lines: Sequence[Line]) -> bool:
    """True for a page of a table of contents: lines that lead to page numbers."""
    if len(lines) < 4:
        return False
    leaders = sum(bool(_LEADER.search(line.text)) for line in lines)
    if leaders >= 4 and leaders > 0.3 * len(lines):
        return True
    entries = sum(bool(_ENTRY.match(line.text)) for line in lines)
    return entries >= 4 and entries > 0.4 * len(lines)


def find_headings(
    pages: Sequence[Sequence[Line]], labels: Sequence[str | None] = ()
) -> tuple[OutlineItem, ...]:
    """Headings with their physical page (from 1) and level (from 0).

    ``labels`` are the printed page labels: they and the table of contents tell where a
    chapter begins whose heading cannot be read.
    """
    found = _Found()
    at = 0
    levels = [_level(lines) for lines in pages]
    for number, level in enumerate(levels, start=1):
        _of_page(number, level, at, found)
        at += len(level)
        found.ends.append(at)
    found.chapters = in_one_writing(found.chapters)
    lists = listed(found.chapters, found.lists)
    ranges = ranges_of([found.chapters[one] for one in sorted(lists)], found.ends)
    opened = in_order([c for n, c in enumerate(found.chapters) if n not in lists], labels)
    contents = read_contents(found.contents)
    for one in sorted(lists):
        chapter = found.chapters[one]
        if chapter.number not in contents:
            contents.update(read_contents([chapter.title]))
    ranges = cut(ranges, opened, [found.chapters[one].line for one in lists])
    named = [found.chapters[one].page for one in lists]
    opened += unnumbered(
        levels, opened, contents, lists=named, listing=found.listing, items=found.items
    )
    opened.sort(key=lambda chapter: chapter.line)
    items = [(c.line, OutlineItem(c.title, c.page, 0)) for c in opened]
    outside = [i for line, i in found.items if not any(a <= line < b for a, b in ranges)]
    lacking = missing(opened, contents, labels, section_pages(outside))
    whole = [(-1, item) for item in lacking]
    top = bool(opened) or bool(whole)
    if not top:
        tops = (
            _series(found.romans, "roman")
            or _series(found.lettered, "letter")
            or over_pages(_series(found.figured, "figure"))
            or (by_size(levels) if not found.items else [])
        )
        items += tops
        top = bool(tops)
    else:
        items += _lettered_below([c.line for c in opened], found.lettered)
    lines_of = {line for line, _ in items}
    below = _without_inner_appendices(opened, _of_chapters(opened, found.items))
    names = {re.sub(r"^bab \w+ ", "", norm(chapter.title)) for chapter in opened}
    # "PENUTUP" over the pages of "BAB IV PENUTUP" is its chapter's name.
    below = [one for one in below if norm(one[1].title) not in names]
    items += [(line, item) for line, item in below if line not in lines_of]
    items = [(line, item) for line, item in items if not any(a <= line < b for a, b in ranges)]
    items = _without_lists(sorted(items, key=lambda one: (one[1].page, one[0])))
    ordered = sorted([*items, *whole], key=lambda one: (one[1].page, one[0]))
    return tuple(_clean(_over_the_break([item for _, item in ordered])))


_ALONE = re.compile(r"BAB (?:[IVXLC]+|\d{1,2})")


def _over_the_break(items: Sequence[OutlineItem]) -> list[OutlineItem]:
    """A chapter's number that stands last on its page put to its name, the first heading of the
    next one."""
    kept: list[OutlineItem] = []
    for item in items:
        last = kept[-1] if kept else None
        if (
            last is not None and _ALONE.fullmatch(last.title) and item.page == last.page + 1
            and re.fullmatch(r"[A-Z][A-Z ,-]{4,}", item.title) and item.title[:4] != "BAB "
        ):  # fmt: skip
            kept[-1] = OutlineItem(f"{last.title} {item.title}", item.page, last.level)
        else:
            kept.append(item)
    return kept


def _level(lines: Sequence[Line]) -> list[Line]:
    """Lines with the pieces of one baseline put together ("1.3" and the words beside it)."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if (
            last is not None and last.kind == line.kind == "line" and len(last.text) <= 12
            and abs(last.middle - line.middle) < 0.5 * max(4.0, min(last.height, line.height))
            and -2 <= line.x0 - last.x1 < 60
        ):  # fmt: skip
            joined[-1] = Line(f"{last.text} {line.text}", last.x0, min(last.top, line.top),
                              line.x1, max(last.bottom, line.bottom))  # fmt: skip
        else:
            joined.append(line)
    return joined


def _of_page(number: int, lines: Sequence[Line], start: int, found: _Found) -> None:
    contents = is_contents(lines) or any(
        norm(line.text) == "daftar isi" for line in lines[:NEAR_HEAD]
    )
    if contents:
        found.contents += baselines(lines)
        found.listing.append(number)
        if (name := list_name(lines)) is not None:
            found.items.append((start, OutlineItem(name, number, 0)))
    index = 0
    while index < len(lines):
        line, here = lines[index], start + index
        text = text_of(line)
        index += 1
        if _LIST.search(text):
            found.lists.append(here)
        if len(text) > 130 or _LEADER.search(text):
            continue
        if line.kind == "row":
            text = text.replace(" | ", " ")
            if not (index <= NEAR_HEAD and is_chapter(text)):
                continue
        if NAMED.match(text):
            if not contents or text.upper().startswith("DAFTAR"):
                found.items.append((here, OutlineItem(text, number, 0)))
            continue
        if contents:
            continue
        opening = opened_by(lines, index - 1, near=index <= NEAR_HEAD)
        if opening is not None:
            title, used = opening.title, opening.used
            if title is not None:
                below = [one.text.strip() for one in lines[index + used :][:8]]
                quoted = any(ARTICLE.match(one) for one in below)
                told = any(_TOLD.match(one) for one in below[:2])
                chapter = Chapter(opening.number, title, number, here, index - 1, quoted, told)
                found.chapters.append(chapter)
                index += used
            continue
        _below(number, text, here, found, top=index <= 2 * NEAR_HEAD)


_TOLD = re.compile(r"(?:(?:pada|dalam)\s+)?bab ini\b|berisi(?:kan)?\b|memuat\b", re.IGNORECASE)
NEAR_HEAD = 5
"""Lines at the top of a page among which its own heading stands."""


def _below(number: int, text: str, here: int, found: _Found, *, top: bool) -> None:
    match = _APPENDIX.match(text)
    if match and top and (text.isupper() or not match.group(2)) and len(text) < 90:
        rest = match.group(2).strip(" :")
        if not rest or text.startswith("LAMPIRAN"):
            found.items.append((here, OutlineItem(text, number, 0)))
            return
    match = _NUMBERED.match(text)
    if match and titled(match.group(2)) and ".0" not in match.group(1):
        found.items.append((here, OutlineItem(text, number, match.group(1).count("."))))
        return
    match = _FIGURED.match(text)
    if match and match.group(2).isupper():
        found.figured.append((here, OutlineItem(text, number, 0), match.group(1)))
    match = _ROMAN.match(text)
    if match and match.group(2).isupper() and roman_value(match.group(1)):
        found.romans.append((here, OutlineItem(text, number, 0), match.group(1)))
    match = LETTERED.match(text)
    if match and (match.group(2).isupper() or titled(match.group(2))):
        found.lettered.append((here, OutlineItem(text, number, 1), match.group(1)))


# --- headings that are some only together --------------------------------------------


def _of_chapters(
    opened: Sequence[Chapter], items: Sequence[tuple[int, OutlineItem]]
) -> list[tuple[int, OutlineItem]]:
    """Without numbered headings that are of no chapter (``5.2`` within the second: a list),
    where most sections are numbered by their chapter."""
    odd: set[int] = set()
    numbered = 0
    for line, item in items:
        match = _NUMBERED.match(item.title)
        own = numeral(match[1].split(".")[0]) if match else None
        above = [chapter.number for chapter in opened if chapter.line < line]
        if own is None or not above:
            continue
        numbered += 1
        if own != above[-1]:
            odd.add(line)
    if 3 * len(odd) > numbered:
        return list(items)
    return [(line, item) for line, item in items if line not in odd]


def _without_inner_appendices(
    opened: Sequence[Chapter], items: Sequence[tuple[int, OutlineItem]]
) -> list[tuple[int, OutlineItem]]:
    """Without appendices that would lie between a chapter and the next: a chart of the offices
    cites the annex of the regulation that made them."""
    within = [
        (one.line, after.line) for one, after in pairwise(opened) if after.number == one.number + 1
    ]
    return [
        (line, item)
        for line, item in items
        if not (_APPENDIX.match(item.title) and any(a < line < b for a, b in within))
    ]


def _series(
    marks: Sequence[tuple[int, OutlineItem, str]], kind: str
) -> list[tuple[int, OutlineItem]]:
    """Top headings A, B, C ... or I, II, III ... in order, set in capitals; none where there
    are not at least two."""
    chain: list[tuple[int, OutlineItem]] = []
    for line, item, mark in marks:
        title = re.sub(r"^\S+\s?|\s", "", item.title)
        if kind == "figure":
            count = int(mark)
        else:
            count = (roman_value(mark) or 0) if kind == "roman" else ord(mark) - 64
        if count == len(chain) + 1 and sum(map(str.isupper, title)) > 0.6 * len(title):
            chain.append((line, OutlineItem(item.title, item.page, 0)))
    return chain if len(chain) >= 2 else []


def _lettered_below(
    opened: Sequence[int], lettered: Sequence[tuple[int, OutlineItem, str]]
) -> list[tuple[int, OutlineItem]]:
    """A, B, C ... below a chapter, where they follow on one another from A."""
    kept: list[tuple[int, OutlineItem]] = []
    for start, end in pairwise([*opened, 10**9]):
        chain: list[tuple[int, OutlineItem]] = []
        for line, item, mark in lettered:
            if start < line < end and ord(mark) - 64 == len(chain) + 1:
                chain.append((line, item))
        if len(chain) >= 2:
            kept += chain
    return kept


def _without_lists(items: Sequence[tuple[int, OutlineItem]]) -> list[tuple[int, OutlineItem]]:
    """Without runs of headings that have nothing below them; the one that announces the list
    stays, as do a chapter and the first sections below it."""
    kept: list[tuple[int, OutlineItem]] = []
    run: list[tuple[int, OutlineItem]] = []

    def settle() -> None:
        empty = sum(b[1].level <= a[1].level for a, b in pairwise(run))
        if empty < EMPTY_RUN:
            kept.extend(run)
            return
        for one, after in pairwise([*run, run[-1]]):
            if _LIST.search(one[1].title) or (
                one[1].title.startswith("BAB ") and after[1].level > one[1].level
            ):
                kept.append(one)

    for one in items:
        if run and not (one[1].page == run[-1][1].page and 0 < one[0] - run[-1][0] <= 2):
            settle()
            run = []
        run.append(one)
    if run:
        settle()
    return kept


def _clean(items: list[OutlineItem]) -> list[OutlineItem]:
    """Without repeats: a chapter named again on the next page is a running header."""
    kept: list[OutlineItem] = []
    last: dict[int, str] = {}
    for item in items:
        if last.get(item.level) == item.title:
            continue
        last[item.level] = item.title
        for deeper in [level for level in last if level > item.level]:
            del last[deeper]
        kept.append(item)
    return kept


def sections(outline: Sequence[OutlineItem], pages: int) -> list[str | None]:
    """For each page the path of headings it stands under (``BAB II > 2.1 Geografi``).

    A page that opens new headings stands under the last of its first run from the top.
    """
    ordered = sorted(outline, key=lambda item: item.page)
    found: list[str | None] = []
    path: list[OutlineItem] = []
    index = 0
    for number in range(1, pages + 1):
        deepest: list[OutlineItem] | None = None
        while index < len(ordered) and ordered[index].page <= number:
            item = ordered[index]
            path = [one for one in path if one.level < item.level] + [item]
            if deepest is None or (len(path) > len(deepest) and path[: len(deepest)] == deepest):
                deepest = list(path)
            index += 1
        use = deepest or path
        found.append(" > ".join(item.title for item in use) or None)
    return found
