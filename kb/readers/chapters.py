"""Which of the lines that read "BAB II ..." open a chapter.

The same words stand in the table of contents, in the list of chapters of the introduction and
in regulations that are quoted: a chapter is opened once, in order, most often at the top of a
page, and the printed page labels (``II-1``) and the table of contents say where.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kb.authority.calendar import roman_value
from kb.model import OutlineItem
from kb.readers.numerals import numeral, roman

NEAR_TOP = 4
"""Lines from the top of a page among which a chapter's number stands."""
LIST_STEP = 25
"""Lines between two entries of a list of chapters with what each is about."""

_CONTENTS = re.compile(
    r"^BAB\.?\s+(?P<number>[IVXLC]+|\d{1,2})\b[\s.:–-]*(?P<name>.*?)[\s.…_·]*"
    r"(?P<label>[IVXLC]+\s*[-–.]\s*\d{1,3}|\d{1,3})?\s*$",
    re.IGNORECASE,
)


_SECTION = re.compile(
    r"^(?:\d{1,2}|[IVX]{1,5})\s?\.\s?1\b.*?[^\W\d_].*?[\s.…_·](?P<label>[IVXLC]+\s*[-–.]\s*\d{1,3}|\d{1,3})\s*$"
)
"""The first section of a chapter in a table of contents (``2.1 Evaluasi ... 9``)."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A line (and those below it) that may open a chapter."""

    number: int
    title: str
    page: int
    line: int
    """Position among all lines of the document."""
    from_top: int
    """Lines of its page above it."""
    quoted: bool = False
    """Articles of a regulation follow."""
    told: bool = False
    """What it is about follows ("Bab ini memuat ...")."""


def listed(found: Sequence[Chapter], said: Sequence[int]) -> set[int]:
    """Positions of those that only name the chapters to come: three and more that follow on
    one another within a few lines, or two below words that announce a list (lines ``said``), or
    of which is told what they are about."""
    lists: set[int] = set()
    run: list[int] = []

    def settle() -> None:
        first = found[run[0]].line
        announced = any(first - LIST_STEP <= line < first for line in said)
        plain = 2 * sum(found[at].quoted for at in run) <= len(run)
        told = sum(found[at].told for at in run)
        if plain and (len(run) >= 3 or (len(run) == 2 and (announced or told == 2))):
            lists.update(run)

    for at, chapter in enumerate(found):
        last = found[run[-1]] if run else None
        step = LIST_STEP
        if last is not None and chapter.page != last.page:
            # A short chapter may end on its page; a list of several goes on over it.
            long = len(run) >= 2 and found[run[-2]].page == last.page
            step = LIST_STEP if long or (last.told and chapter.told) else 6
        follows = last is not None and (
            (chapter.number == last.number + 1 and chapter.line - last.line <= step)
            # The last of a list may bear the number of the one above it.
            or (len(run) >= 2 and chapter.number == last.number and chapter.line - last.line <= 3)
        )
        if run and not follows:
            settle()
            run = []
        run.append(at)
    if run:
        settle()
    return lists


def ranges_of(entries: Sequence[Chapter], ends: Sequence[int]) -> list[tuple[int, int]]:
    """Stretches of lines that lists of chapters take: headings within them open nothing."""
    ranges: list[tuple[int, int]] = []
    for chapter in entries:
        if ranges and chapter.line <= ranges[-1][1] + 30:
            ranges[-1] = (ranges[-1][0], min(chapter.line + 12, ends[chapter.page - 1]))
        else:
            ranges.append((chapter.line, min(chapter.line + 12, ends[chapter.page - 1])))
    return ranges


def cut(
    ranges: Sequence[tuple[int, int]], opened: Sequence[Chapter], entries: Sequence[int]
) -> list[tuple[int, int]]:
    """Stretches of lists up to the chapter that opens right below the last of their entries."""
    cut: list[tuple[int, int]] = []
    for start, end in ranges:
        last = max(line for line in entries if start <= line < end)
        cut.append((start, min([one.line for one in opened if last < one.line < end] + [end])))
    return cut


def in_order(found: Sequence[Chapter], labelled: Sequence[str | None]) -> list[Chapter]:
    """The chapters that a document opens: the best sequence of rising numbers. A document
    bound with another (a regulation and its annex) begins again at one."""
    again = next((at for at, one in enumerate(found) if at and one.number == 1), len(found))
    lead = found[:again]
    regulation = sum(chapter.quoted for chapter in found) > 0.5 * len(found)
    # A regulation is bound before its annex, which may show the chapters of a report to come.
    regulation = regulation or sum(chapter.quoted for chapter in lead) > 0.5 * len(lead)
    figures = sum(map(_in_figures, found))
    found = [one for one in found if not _odd(one, figures, len(found))]
    best: list[tuple[float, int | None]] = []
    for at, chapter in enumerate(found):
        worth = _worth(chapter, labelled, regulation)
        options: list[tuple[float, int | None]] = [(0.0, None)]
        for before, other in enumerate(found[:at]):
            if other.number < chapter.number:
                options.append((best[before][0], before))
            elif (
                chapter.number == 1 < other.number
                and chapter.from_top < NEAR_TOP
                and chapter.page > other.page
            ):
                options.append((best[before][0] - 1.5, before))
        most = max(options, key=lambda option: option[0])
        best.append((most[0] + worth, most[1]))
    if not best:
        return []
    at_last: int | None = max(range(len(best)), key=lambda at: best[at][0])
    chain: list[Chapter] = []
    while at_last is not None:
        chain.append(found[at_last])
        at_last = best[at_last][1]
    return chain[::-1]


def in_one_writing(found: Sequence[Chapter]) -> list[Chapter]:
    """The chapters, "BAB 1" among more in Roman figures as "BAB I": a scan reads the one for the
    other."""
    figures = sum(map(_in_figures, found))
    if 2 * figures >= len(found):
        return list(found)
    return [_roman_ones(chapter) for chapter in found]


def _roman_ones(chapter: Chapter) -> Chapter:
    match = re.match(r"BAB (1{1,2})(?=\s|$)", chapter.title)
    if match is None:
        return chapter
    count = len(match[1])
    return replace(chapter, number=count, title=f"BAB {roman(count)}{chapter.title[match.end() :]}")


def over_pages(
    chain: Sequence[tuple[int, OutlineItem]],
) -> list[tuple[int, OutlineItem]]:
    """Headings in figures (``1. PENDAHULUAN``), where they are at least three and not all of one
    page: else they are items of a list."""
    pages = {item.page for _, item in chain}
    return list(chain) if len(chain) >= 3 and len(pages) >= 2 else []


def _in_figures(chapter: Chapter) -> bool:
    """True for "BAB 4", false for "BAB IV"."""
    return chapter.title.split()[1][:1].isdigit()


def _odd(chapter: Chapter, figures: int, of: int) -> bool:
    """True for a sentence that begins with a chapter's number, written otherwise than the most
    of the document's chapters are ("Bab 4 perubahan RPJMD ..." among "BAB I", "BAB II")."""
    alike = figures if _in_figures(chapter) else of - figures
    return 4 * alike <= of and not chapter.title.isupper()


def _worth(chapter: Chapter, labelled: Sequence[str | None], regulation: bool) -> float:
    worth = 1.0 + 1.5 * (chapter.from_top < NEAR_TOP)
    if chapter.quoted and not regulation:
        worth -= 1.0
    label = labelled[chapter.page - 1] if chapter.page <= len(labelled) else None
    of = chapter_of(label)
    if of is not None:
        worth += 2.0 if of == chapter.number else -1.0
    return worth


def chapter_of(label: str | None) -> int | None:
    """The chapter that a page label names: 3 for ``III-25``."""
    match = re.match(r"^([IVXLC]{1,6})[-./]\d+$", label or "")
    return roman_value(match[1]) if match else None


@dataclass(frozen=True, slots=True)
class Entry:
    """A chapter as the table of contents names it, with the label it gives."""

    name: str
    label: str | None


def read_contents(lines: Sequence[str]) -> dict[int, Entry]:
    """Chapters by number from the lines of a table of contents."""
    found: dict[int, Entry] = {}
    for at, line in enumerate(lines):
        match = _CONTENTS.match(line.replace(" | ", " ").strip())
        number = numeral(match["number"]) if match else None
        if match is None or number is None:
            continue
        name, label = match["name"].strip(" .:–-"), match["label"]
        if not name and at + 1 < len(lines) and lines[at + 1].isupper():
            name = re.sub(r"[\s.…_]*\d*$", "", lines[at + 1].replace(" | ", " ")).strip()
        if name and number not in found:
            label = label or _first_section(lines[at + 1 : at + 4])
            found[number] = Entry(name, re.sub(r"\s", "", label) if label else None)
    return found


def _first_section(below: Sequence[str]) -> str | None:
    """The label of the first section below a chapter for which the table gives none."""
    for line in below:
        match = _SECTION.match(line.replace(" | ", " ").strip())
        if match is not None:
            return match["label"]
        if _CONTENTS.match(line.replace(" | ", " ").strip()):
            return None
    return None


def section_pages(items: Sequence[OutlineItem]) -> dict[int, tuple[int, int]]:
    """The first and the last page with a section of each chapter ("2.3 ..."), where the sections
    of the chapters follow on one another."""
    found: dict[int, tuple[int, int]] = {}
    for item in items:
        match = _OF_CHAPTER.match(item.title)
        if match is None:
            continue
        number = int(match[1])
        first, last = found.get(number, (item.page, item.page))
        found[number] = (min(first, item.page), max(last, item.page))
    ordered = [found[number] for number in sorted(found)]
    rising = all(a[1] <= b[0] for a, b in pairwise(ordered))
    return found if rising else {}


NEAR_SECTION = 2
"""Pages that a chapter's head may stand before its first section. Set by hand; no command measured
it."""
_OF_CHAPTER = re.compile(r"(\d)\.\d{1,2}\b")


def missing(
    chapters: Sequence[Chapter],
    contents: dict[int, Entry],
    labelled: Sequence[str | None],
    sections: dict[int, tuple[int, int]] | None = None,
) -> list[OutlineItem]:
    """Chapters that no heading opens, where the page labels say on which page they begin, or
    their first section stands (``sections``: pages by chapter): heads are set as pictures."""
    have = {chapter.number: chapter.page for chapter in chapters}
    if len(have) != len(chapters):
        return []  # two documents in one
    folded = [re.sub(r"[\s.–]", "-", label).casefold() if label else None for label in labelled]
    starts: dict[int, int] = {}
    for at, label in enumerate(labelled, start=1):
        of = chapter_of(label)
        if of is not None:
            starts.setdefault(of, at)
    found: list[OutlineItem] = []
    for number in sorted({*contents, *starts}):
        if number in have:
            continue
        entry = contents.get(number)
        page: int | None = starts.get(number)
        if page is None and entry is not None and entry.label:
            wanted = re.sub(r"[.–]", "-", entry.label).casefold()
            page = folded.index(wanted) + 1 if wanted in folded else None
        if entry is not None and number in (sections or {}):
            first = (sections or {})[number][0]
            before = [last for one, (_, last) in (sections or {}).items() if one < number]
            if page is None or not max([*before, first - NEAR_SECTION]) <= page <= first:
                page = first
        if page is None:
            continue
        before = [at for one, at in have.items() if one < number]
        after = [at for one, at in have.items() if one > number]
        if max(before, default=0) <= page <= min(after, default=page):
            have[number] = page
            name = f" {entry.name}" if entry is not None else ""
            found.append(OutlineItem(f"BAB {roman(number)}{name}", page, 0))
    return found
