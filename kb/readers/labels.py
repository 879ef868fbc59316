"""Page labels as printed (``III-25``, ``iv``, ``12``): read from a line, and told from other
numbers at a page's edge by the way they count on from page to page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.authority.calendar import roman_value
from kb.readers.numerals import roman

NEAR = 12
"""Pages before and after that are asked whether they count on with a label."""
YEAR_COMPANY = 4
"""Pages that must count on with a number that may be a year: the years of a period at the edges
of its pages count on by chance."""
LATE = 50
"""Small numerals from here on are no front matter: OCR reads "11" as "li"."""
LOOSE_COMPANY = 2
"""Pages that must count on with a loose number: rows of tables end in numbers, too."""
GAP = 10
"""Pages without a label of their own between two that count on are counted through."""

_WORD = r"(?:hal(?:aman)?|p\s?a\s?g\s?e|hlm)"
_DASH = r"[-–—_.:|/]"
_CHAPTER = r"(?:[IVXLC]{1,7}|[IVXl1|!]{1,6}|[ivxlc]{1,7}|[A-Z])"
_LABEL = (
    rf"(?:(?:BAB|Bab)[\s.-]+)?(?P<chapter>{_CHAPTER}|\d{{1,2}})\s*(?P<dash>{_DASH})\s*(?P<part>\d{{1,4}})"
    r"|(?P<roman>[IVXLC]{1,7})\s+(?P<after>\d{1,4})"
    r"|(?P<digits>\d{1,4})|(?P<letters>[IVXLC]{1,7}|[ivxlc]{1,7})"
)
_NAMED = rf"{_WORD}(?:\.|\b|(?=\d))\s*(?:ke\b)?\s*[-–:.|]?\s*"
_OF_CHAPTER = re.compile(
    rf"^[\W_]*bab[\s.-]*(?P<chapter>{_CHAPTER}|\d{{1,2}})\s*[-–—|,/]?\s*{_NAMED}(?P<part>\d{{1,4}})[\W_]*$",
    re.IGNORECASE,
)
"""``Bab II - Hal 5``."""
_LINE = re.compile(
    rf"^[\W_]*(?:{_NAMED})?(?:{_LABEL})"
    rf"(?P<of>\s*(?:dari|of|[/|])\s*\d{{1,4}})?(?:\s*\|?\s*(?:p\s?a\s?g\s?e|hal(?:aman)?))?[\W_]*$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    rf"(?:^|[\s|]|(?<=\s)[-–])(?:{_WORD}\.?\s*[:.]?\s*)?"
    r"(?:(?P<chapter>[IVXLC]{1,7})\s*(?P<dash>[-–—_. ])\s*(?P<part>\d{1,4})|(?P<digits>\d{1,4}))"
    r"\s*[|–-]?$"
)
_HEAD = re.compile(
    r"^(?:(?P<chapter>[IVXLC]{1,7})\s*(?P<dash>[-–—_. ])\s*(?P<part>\d{1,4})|(?P<digits>\d{1,4}))"
    r"\s*(?:\||\s)\s*\S"
)


_SINGLE = re.compile(r"(?<!\S)(?:\S ){2,}\S(?!\S)|(?<!\S)\d \d(?!\S)")
"""Letters and figures that were set apart (``H a l a m a n  1 2``)."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One label: ``text`` tidied, counting as ``value`` within ``series``."""

    text: str
    series: str
    """The chapter (``III``), ``roman`` for numerals alone, empty for bare numbers."""
    value: int
    sure: bool = False
    """A label by its form alone; others must count on from page to page."""
    loose: bool = False
    """The end of a line that stands on few pages: more pages must count on with it."""


def read_label(line: str) -> Printed | None:
    """The label of a line that holds nothing else (``- III 25 -``, ``Hal : 2``)."""
    line = _SINGLE.sub(lambda found: found[0].replace(" ", ""), line)
    if len(line) > 30:
        return None
    match = _OF_CHAPTER.match(line)
    if match is not None:
        return _of_chapter(match["chapter"].upper(), "-", match["part"])
    match = _LINE.match(line)
    if match is None:
        return None
    worded = bool(re.match(rf"[\W_]*{_WORD}\b", line, re.IGNORECASE))
    if match["roman"]:
        return _of_chapter(match["roman"], " ", match["after"])
    if match["chapter"]:
        if match["chapter"].isdigit() and match["dash"] in "/|":
            # "6 | 107" is page 6 of 107; "26/09" is a date.
            page, of = int(match["chapter"]), int(match["part"])
            return Printed(str(page), "", page) if page <= of else None
        return _of_chapter(match["chapter"], match["dash"], match["part"])
    if match["digits"]:
        # "26/09" is a date: what stands behind the stroke must count on as well.
        sure = worded and not match["of"]
        return Printed(str(int(match["digits"])), "", int(match["digits"]), sure)
    letters = match["letters"]
    value = roman_value(letters.upper())
    if value is None or value > 200 or not (letters.isupper() or letters.islower()):
        return None
    return Printed(letters, "roman", value, sure=(letters.islower() and value < LATE) or worded)


def as_figures(line: str) -> Printed | None:
    """The number of a line whose figures OCR took for letters (``li`` for 11, ``2O``)."""
    core = re.sub(r"[\W_]", "", line)
    if not 1 <= len(core) <= 3 or core.isdigit() or not re.fullmatch(r"[\dlIiOoSsBgZz]+", core):
        return None
    value = int(core.translate(_FIGURES))
    return Printed(str(value), "", value) if value > 0 else None


_FIGURES = str.maketrans("lIiOoSsBgZz", "11100558922")


def read_tail(line: str) -> Printed | None:
    """The label that ends or opens a running line (``LKPJ Kota Serang 2021  III-25``)."""
    line = _SINGLE.sub(lambda found: found[0].replace(" ", ""), line)
    for pattern in (_TAIL, _HEAD):
        match = pattern.search(line)
        if match is None:
            continue
        if match["chapter"]:
            found = _of_chapter(match["chapter"], match["dash"], match["part"])
        else:
            found = Printed(str(int(match["digits"])), "", int(match["digits"]))
        if found is not None:
            return found
    return None


def _of_chapter(chapter: str, dash: str, part: str) -> Printed | None:
    value = int(part)
    if chapter.isdigit():
        # "2-15" may be a page of chapter 2, "26/09" never is.
        return Printed(f"{chapter}-{value}", chapter, value) if dash in "-–—" else None
    if re.search(r"[l1|!]", chapter):
        chapter = re.sub(r"[l1|!]", "I", chapter)  # how OCR reads the numeral
    if not (chapter.isupper() or chapter.islower()):
        return None
    roman = roman_value(chapter.upper())
    if roman is None and len(chapter) > 1:
        return None
    mark = dash if dash in "./" else "-"
    sure = len(chapter) > 1 or chapter in "IVX" or (dash in "-–—" and chapter.isupper())
    return Printed(f"{chapter}{mark}{value}", chapter, value, sure and value > 0)


# --- labels over the pages of a document -------------------------------------------


def choose(pages: Sequence[Sequence[Printed]]) -> tuple[list[set[int]], list[str | None]]:
    """For each page the positions of what are labels among the numbers printed at its edges,
    and its label.

    A number that is no label by its form is one where pages near it count on with it; where a
    page prints several numbers the one with most company counts. Pages that print none between
    two that count on are counted through.
    """
    best: list[Printed | None] = []
    taken: list[set[int]] = []
    for index, said in enumerate(pages):
        company = [_company(pages, index, label) for label in said]
        good = [
            at
            for at, label in enumerate(said)
            if company[at] >= _needed(label)
            or (label.sure and not _year(label))
            or _alone(pages, label)
        ]
        most = max(good, key=lambda at: (company[at], said[at].sure, bool(said[at].series)),
                   default=None)  # fmt: skip
        best.append(None if most is None else said[most])
        taken.append(set(good))
    return taken, _through(best)


def _company(pages: Sequence[Sequence[Printed]], index: int, label: Printed) -> int:
    """How many pages near ``index`` print a label that counts on with this one."""
    near = range(max(0, index - NEAR), min(len(pages), index + NEAR + 1))
    return sum(
        any(
            other.series == label.series and other.value - label.value == page - index
            for other in pages[page]
        )
        for page in near
        if page != index
    )


def _needed(label: Printed) -> int:
    if _year(label):
        return YEAR_COMPANY
    return LOOSE_COMPANY if label.loose else 1


def _year(label: Printed) -> bool:
    return not label.series and 1900 <= label.value <= 2100


def _alone(pages: Sequence[Sequence[Printed]], label: Printed) -> bool:
    """A document of a page or two has no neighbours to ask."""
    return len(pages) <= 2 and not label.series and 0 < label.value <= 200


def _through(best: Sequence[Printed | None]) -> list[str | None]:
    labels = [label.text if label is not None else None for label in best]
    known = [(index, label) for index, label in enumerate(best) if label is not None]
    for (before, first), (after, second) in pairwise(known):
        step = after - before
        counts_on = first.series == second.series and second.value - first.value == step
        if 1 < step <= GAP + 1 and counts_on:
            for index in range(before + 1, after):
                labels[index] = _counted(first, first.value + index - before)
        # The first page of a chapter often prints no number.
        if step > 1 and second.value == 2 and first.series != second.series:
            labels[after - 1] = _counted(second, 1)
    return labels


def _counted(label: Printed, value: int) -> str | None:
    if label.series != "roman":
        return f"{label.text[: len(label.text) - len(str(label.value))]}{value}"
    numeral = roman(value)
    return numeral if label.text.isupper() else numeral.lower()


def file_labels(labels: Sequence[str], printed: Sequence[str | None]) -> Sequence[str]:
    """The labels that the file itself gives its pages; none where they are others than most of
    those its pages print."""
    both = [(one, two) for one, two in zip(labels, printed, strict=False) if two is not None]
    same = sum(one.casefold() == two.casefold() for one, two in both)
    return labels if 2 * same >= len(both) else ()
