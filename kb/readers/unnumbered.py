"""Chapters whose number is not printed as text (an automatic one, one in a picture) or was
misread: known by their names in the list of chapters, by the numbers of their sections, or by
what a misread number looks like."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

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
_SECTION = re.compile(r"^(\d{1,2}|[IVX]{1,5})\.\d")
_NUMBERED = re.compile(r"^(?:\d{1,2}|[IVX]{1,5})\s?[.,]\s?\d")
_LOOKS = re.compile(
    r"^(?:BAB[\s.:–-]*|(?:BA[SGR86]|8AB)\.?\s+)([IVXLl1|!\]\[\\tTiHhYyUuNJj]{1,6})(?![^\W\d_])"
    r"[\s.:–-]*(.*)$"
)
_LOOK = (
    dict.fromkeys("Ll1|!][\\tTiJj", "I") | dict.fromkeys("HhUuN", "II") | dict.fromkeys("Yyv", "V")
)


def text_of(line: Line) -> str:
    """The line with letters that were set apart put together."""
    text = " ".join(line.text.split())
    return _SPACED.sub(lambda match: match[0].replace(" ", ""), text)


def baselines(lines: Sequence[Line]) -> list[str]:
    """Lines of a table of contents: its names and the page numbers beside them put together."""
    rows: list[list[Line]] = []
    for line in lines:
        last = rows[-1][-1] if rows else None
        beside = last is not None and line.x0 >= last.x1 - 2 and (
            abs(last.middle - line.middle) < 0.5 * max(4.0, min(last.height, line.height))
        )  # fmt: skip
        if beside:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [" ".join(text_of(line) for line in row) for row in rows]


def list_name(lines: Sequence[Line]) -> str | None:
    """What a page of entries with page numbers lists, where no heading on it says so: tables,
    figures, or the contents; ``None`` where one does or the entries are of several kinds."""
    texts = [text_of(line).casefold() for line in lines]
    if any(text.startswith("daftar ") for text in texts[:NEAR_TOP]):
        return None
    for name, words in _LISTED.items():
        if 2 * sum(text.startswith(words) for text in texts) > len(texts):
            return name
    return None


_LISTED = {
    "DAFTAR TABEL": ("tabel ",),
    "DAFTAR GAMBAR": ("gambar ", "grafik "),
    "DAFTAR ISI": ("bab ", *(f"{number}." for number in range(1, 13))),
}


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


def unnumbered(
    pages: Sequence[Sequence[Line]],
    opened: Sequence[Chapter],
    contents: Mapping[int, Entry],
    *,
    lists: Sequence[int],
    listing: Sequence[int],
    items: Sequence[tuple[int, OutlineItem]],
) -> list[Chapter]:
    """The chapters besides those ``opened``; none where two of these have one number.

    ``contents`` is what the list of chapters names, ``lists`` the pages of lists of chapters,
    ``listing`` those of the table of contents, ``items`` the sections with their lines.
    """
    if len({chapter.number for chapter in opened}) != len(opened):
        return []
    told = _Told(pages, opened, contents)
    skip = {*lists, *listing}
    told.by_name(lists, listing)
    told.by_sections(skip)
    told.first_and_last(skip)
    told.between(items)
    return told.found


class _Told:
    """Chapters by their number; ``found`` are those that were not opened by it."""

    def __init__(
        self,
        pages: Sequence[Sequence[Line]],
        opened: Sequence[Chapter],
        contents: Mapping[int, Entry],
    ) -> None:
        self._pages = pages
        self._contents = contents
        self._have = {chapter.number: chapter for chapter in opened}
        self.found: list[Chapter] = []

    def by_name(self, lists: Collection[int], skip: Collection[int]) -> None:
        """A line in capitals with most of the words that the list of chapters names, behind that
        list (on pages ``lists``) and outside the table of contents, in order. The first chapter,
        which that list ends, begins before it."""
        last_list = max(lists, default=0)
        for page, start, lines in self._sheets(skip):
            for index, line in enumerate(lines):
                text = text_of(line)
                if not text.isupper() or len(text) < 5 or _NUMBERED.match(text):
                    continue
                below = text_of(lines[index + 1]) if index + 1 < len(lines) else ""
                on = below.isupper() and not _NUMBERED.match(below)
                whole = f"{text} {below}" if on else text
                number = self._named(title_words(whole), page, early=page <= last_list)
                if number is not None and not (number == 1 and page in lists):
                    name = title_words(self._contents[number].name)
                    words = text if name <= title_words(text) else whole
                    self._open(number, words, page, start + index, index)

    def _named(self, said: set[str], page: int, *, early: bool) -> int | None:
        """The chapter that is called so and may begin there."""
        for number, entry in self._contents.items():
            name = title_words(entry.name)
            if number in self._have or not name or (early and number > 1):
                continue
            most = len(name & said) >= max(1, 0.8 * len(name))
            if most and len(said) <= 2 * len(name) + 4 and self._fits(number, page):
                return number
        return None

    def by_sections(self, skip: Collection[int]) -> None:
        """A first section (``3.1``): on the page where it stands, with the words in capitals
        above it as the name.

        Where no chapter is numbered, at least two must be told so; one without words above it
        must lie behind one that is known, or be the first that the list of chapters names.
        """
        alone = not self._have
        for page, start, lines in self._sheets(skip):
            firsts = ((i, _FIRST.match(text_of(one))) for i, one in enumerate(lines[:SOON]))
            place, match = next(((i, m) for i, m in firsts if m is not None), (0, None))
            number = numeral(match[1]) if match else None
            if number is None or number in self._have or number > 20:
                continue
            if not self._fits(number, page):
                continue
            words, top = _name(lines[:place])
            if not words:
                before = self._have.get(number - 1)
                first = number == 1 and not alone and bool(self._listed(1))
                if not first and (before is None or before.page >= page):
                    continue
                words, top = self._listed(number), place - 1
            self._open(number, words, page, start + top, max(top, 0))
        if alone and len(self.found) < 2:
            self.found.clear()
            self._have.clear()

    def first_and_last(self, skip: Collection[int]) -> None:
        """``PENDAHULUAN`` before the second chapter and ``PENUTUP`` behind the last, where they
        head their pages without a number."""
        numbers = sorted(self._have)
        if not numbers or numbers[-1] < 2:
            return
        first, last = numbers[0], numbers[-1]
        whole = numbers == list(range(first, last + 1)) and first <= 2
        for page, start, lines in self._sheets(skip):
            for index, line in enumerate(lines[:NEAR_TOP]):
                opening, closing = text_of(line) == "PENDAHULUAN", text_of(line) == "PENUTUP"
                if opening and 1 not in self._have and page <= self._have[first].page:
                    self._open(1, "PENDAHULUAN", page, start + index, index)
                behind = page > self._have[last].page
                if closing and whole and behind and last + 1 not in self._have:
                    self._open(last + 1, "PENUTUP", page, start + index, index)

    def between(self, items: Sequence[tuple[int, OutlineItem]]) -> None:
        """Only later sections are found (``2.2`` between the first chapter and the third): from
        there on at least the pages are the chapter's."""
        for line, item in items:
            match = _SECTION.match(item.title)
            number = numeral(match[1]) if match else None
            if number is None or number in self._have:
                continue
            before, after = self._have.get(number - 1), self._have.get(number + 1)
            if before is not None and after is not None and before.line < line < after.line:
                self._open(number, self._listed(number), item.page, line - 1, 0)

    def _sheets(self, skip: Collection[int] = ()) -> Iterator[tuple[int, int, Sequence[Line]]]:
        """Number of a page, position of its first line among all, and its lines."""
        start = 0
        for page, lines in enumerate(self._pages, start=1):
            if page not in skip:
                yield page, start, lines
            start += len(lines)

    def _fits(self, number: int, page: int) -> bool:
        before = max((c.page for n, c in self._have.items() if n < number), default=0)
        after = min((c.page for n, c in self._have.items() if n > number), default=page)
        return before <= page <= after

    def _listed(self, number: int) -> str:
        entry = self._contents.get(number)
        return entry.name if entry is not None else ""

    def _open(self, number: int, name: str, page: int, line: int, from_top: int) -> None:
        title = f"BAB {roman(number)} {name}".strip()
        self._have[number] = Chapter(number, title, page, line, from_top)
        self.found.append(self._have[number])


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
