"""Sections of a document without an outline: from its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.authority.calendar import roman_value
from kb.model import OutlineItem
from kb.readers.layout import Line

_CHAPTER = re.compile(r"^(BAB|Bab)\s+([IVXLC]+|\d{1,2})\b[\s.:–-]*(.*)$")
_PART = re.compile(r"^(BAGIAN|Bagian)\s+(KE\w+|Ke\w+)\s*$")
_APPENDIX = re.compile(r"^(?:LAMPIRAN|Lampiran)(?:\s+([IVXLC]+|\d{1,2}|[A-Z]))?\b\s*[.:]?\s*(.*)$")
_NUMBERED = re.compile(r"^((?:\d{1,2}|[IVX]{1,5})(?:\.\d{1,2}){1,3})\.?\s+(\S.{2,110})$")
_LETTERED = re.compile(r"^([A-Z])\.\s+(\S.{2,80})$")
_NAMED = re.compile(
    r"^(?:KATA PENGANTAR|DAFTAR ISI|DAFTAR TABEL|DAFTAR GAMBAR|DAFTAR LAMPIRAN|DAFTAR GRAFIK"
    r"|RINGKASAN EKSEKUTIF|IKHTISAR EKSEKUTIF|IKHTISAR|EXECUTIVE SUMMARY|PENUTUP|PENDAHULUAN"
    r"|PENJELASAN|PERNYATAAN PERJANJIAN KINERJA|DAFTAR PUSTAKA)\s*$",
    re.IGNORECASE,
)
_LEADER = re.compile(r"(?:\.\s?){4,}|…|_{4,}")


def is_contents(lines: Sequence[Line]) -> bool:
    """True for a page of a table of contents: lines that lead to page numbers."""
    if len(lines) < 4:
        return False
    leaders = sum(bool(_LEADER.search(line.text)) for line in lines)
    return leaders >= 4 and leaders > 0.3 * len(lines)


def find_headings(pages: Sequence[Sequence[Line]]) -> tuple[OutlineItem, ...]:
    """Headings with their physical page (from 1) and level (from 0)."""
    found: list[OutlineItem] = []
    chapter = False
    for number, lines in enumerate(pages, start=1):
        contents = is_contents(lines)
        index = 0
        while index < len(lines):
            line = lines[index]
            text = line.text.strip()
            index += 1
            if line.kind != "line" or len(text) > 130 or _LEADER.search(text):
                continue
            named = _NAMED.match(text)
            if named:
                if not contents or text.upper().startswith("DAFTAR"):
                    found.append(OutlineItem(text.strip(), number, 0))
                continue
            if contents:
                continue
            item, used = _heading(lines, index - 1, chapter)
            if item is not None:
                chapter = chapter or item[0].upper().startswith("BAB")
                found.append(OutlineItem(item[0], number, item[1]))
                index += used
    return tuple(_clean(found))


def _heading(lines: Sequence[Line], at: int, chapter: bool) -> tuple[tuple[str, int] | None, int]:
    text = lines[at].text.strip()
    match = _CHAPTER.match(text)
    if match and (text.isupper() or not match.group(3) or match.group(3)[:1].isupper()):
        number = match.group(2)
        if not number.isdigit() and roman_value(number) is None:
            return None, 0
        name = match.group(3).strip()
        if name and (len(name) > 90 or name[:1] in "-–" or name.endswith((".", ",", ";"))):
            return None, 0
        used = 0
        while not name.endswith((".", ":")) and used < 3 and at + 1 + used < len(lines):
            following = lines[at + 1 + used]
            more = following.text.strip()
            if following.kind != "line" or not _goes_on(more, name):
                break
            name = f"{name} {more}".strip()
            used += 1
        return (f"BAB {number} {name}".strip(), 0), used
    match = _APPENDIX.match(text)
    if match and (text.isupper() or not match.group(2)) and len(text) < 90:
        rest = match.group(2).strip(" :")
        if not rest or text.startswith("LAMPIRAN"):
            return (" ".join(text.split()), 0), 0
    match = _NUMBERED.match(text)
    if match and _titled(match.group(2)):
        return (text, match.group(1).count(".")), 0
    match = _LETTERED.match(text)
    if match and chapter and match.group(2).isupper():
        return (text, 1), 0
    return None, 0


def _goes_on(text: str, name: str) -> bool:
    """A chapter's title stands on the line(s) below its number, in capitals."""
    if not text or len(text) > 90 or _NUMBERED.match(text) or _LETTERED.match(text):
        return False
    if text.isupper():
        return True
    return not name and text[:1].isupper() and not text.endswith(".") and len(text.split()) <= 8


def _titled(name: str) -> bool:
    """Words set as a title: capitals, no sentence end, not only numbers."""
    if name.endswith((".", ",", ";", ":")) or not re.search(r"[^\W\d_]{3}", name):
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", name) if len(word) > 3]
    if not words or len(words) > 16:
        return False
    return bool(sum(word[0].isupper() for word in words) >= 0.7 * len(words))


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
