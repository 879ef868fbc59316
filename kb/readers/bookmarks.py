"""Whether a file's bookmarks are the headings of its pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.model import OutlineItem
from kb.readers.headings import find_headings
from kb.readers.layout import Line
from kb.readers.numerals import numeral
from kb.readers.unnumbered import title_words

_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|tiff?)\b|^_", re.IGNORECASE)


_CAPTION = re.compile(r"(?:tabel|gambar|grafik|diagram)\s*\d", re.IGNORECASE)
_CHAPTER = re.compile(r"bab\b", re.IGNORECASE)
MAX_WORDS = 25
"""Words from which a bookmark is a paragraph. Chosen by eye on the bookmarks of three plans."""


def _made_by_a_program(bookmarks: Sequence[OutlineItem]) -> bool:
    """True for marks of a converter that took lines for headings by their looks: paragraphs or
    captions among them, and chapters below what is none."""
    taken = sum(
        _CAPTION.match(item.title) is not None or len(item.title.split()) > MAX_WORDS
        for item in bookmarks
    )
    levels = [item.level for item in bookmarks if _CHAPTER.match(item.title)]
    nested = bool(levels) and min(levels) > min(item.level for item in bookmarks)
    return taken > 0 and (nested or taken > 0.2 * len(bookmarks))


def _unnumbered(title: str) -> str:
    """A chapter's mark without the number that the files of a merger were ordered by
    ("4. BAB I")."""
    return re.sub(r"^\d{1,2}\s*[.)_-]?\s*(?=bab\b)", "", title, flags=re.IGNORECASE)


def outline_of(
    bookmarks: Sequence[OutlineItem],
    pages: Sequence[Sequence[Line]],
    labels: Sequence[str | None],
) -> tuple[OutlineItem, ...]:
    """The file's bookmarks where they are headings of its pages, else the headings found.

    Programs that merge files leave the files' names, word processors the names of their
    marks: bookmarks count where the words of most of them stand on the page they point to.
    """
    if not bookmarks:
        return find_headings(pages, labels)
    bookmarks = [replace(item, title=_unnumbered(item.title)) for item in bookmarks]
    said = [title_words(" ".join(line.text for line in lines)) for lines in pages]
    good = 0
    for item in bookmarks:
        words = title_words(item.title)
        here: set[str] = set().union(*said[max(0, item.page - 1) : item.page + 1])
        good += bool(words) and len(words & here) >= 0.6 * len(words)
    found = find_headings(pages, labels)
    if good < 0.5 * len(bookmarks):
        # Where the pages have no headings, marks that someone wrote are better than none.
        return found or tuple(item for item in bookmarks if not _FILE.search(item.title))
    chapters = [item for item in found if item.title.startswith("BAB ")]
    if len(chapters) > 1 and _made_by_a_program(bookmarks):
        return found
    marked = [item for item in bookmarks if re.match(r"bab\b", item.title, re.IGNORECASE)]
    if len(chapters) > max(1, len(marked)) and len(found) > 2 * len(bookmarks):
        return found  # a few marks of someone's own
    named = {
        numeral(item.title.split()[1]): item.title for item in chapters if item.title.count(" ") > 1
    }

    def whole(item: OutlineItem) -> OutlineItem:
        """A bare mark with the chapter's name ("Bab 3" -> "BAB III AKUNTABILITAS KINERJA")."""
        parts = item.title.upper().split()
        number = numeral(parts[1]) if len(parts) == 2 and parts[0] == "BAB" else None
        if number is None or number not in named:
            return item
        return OutlineItem(named[number], item.page, item.level)

    return _below_chapters(_with_missing([whole(item) for item in bookmarks], chapters))


def _number(title: str) -> str:
    """The number of the chapter that a mark or heading names, ``""`` for none."""
    match = re.match(r"bab\s+([ivxlc]+|\d+)\b", title, re.IGNORECASE)
    number = numeral(match.group(1)) if match else None
    return str(number) if number is not None else ""


def _with_missing(marks: list[OutlineItem], chapters: Sequence[OutlineItem]) -> list[OutlineItem]:
    """The marks with the chapters that the pages head and the marks lack: a word processor marks
    what its writer set in the style of a heading, and one chapter's was not."""
    numbers = {_number(item.title) for item in marks} - {""}
    if len(numbers) < 2:
        return marks
    said = [title_words(item.title) for item in marks]
    level = min(item.level for item in marks if _number(item.title))
    for chapter in chapters:
        words = title_words(re.sub(r"(?i)^bab\s+\S+\s*", "", chapter.title))
        if _number(chapter.title) in numbers or not words or words in said:
            continue
        at = next((n for n, item in enumerate(marks) if item.page >= chapter.page), len(marks))
        marks.insert(at, OutlineItem(chapter.title, chapter.page, level))
        said.insert(at, words)
    return marks


_END = re.compile(r"(?:lampiran|daftar pustaka)\b", re.IGNORECASE)


def _below_chapters(marks: Sequence[OutlineItem]) -> tuple[OutlineItem, ...]:
    """Marks of one level set below the chapter before them: styles that a writer chose by their
    looks put sections beside their chapters."""
    levels = {item.level for item in marks if _number(item.title)}
    if len(levels) != 1:
        return tuple(marks)
    top = levels.pop()
    found: list[OutlineItem] = []
    inside = False
    for item in marks:
        if _number(item.title):
            inside = True
        elif _END.match(item.title):
            inside = False
        deeper = inside and not _number(item.title) and item.level <= top
        found.append(replace(item, level=top + 1) if deeper else item)
    return tuple(found)
