"""What the lines of a page look like: running sentences, headings, contents, tables."""

from __future__ import annotations

import re
from functools import lru_cache

from kb.model import TagContext

PRESS_TYPES = frozenset({"artikel", "press_release"})
"""Document types of running press text."""
OPEN_TYPES = frozenset({"laporan_kegiatan", "lainnya", "pengumuman", "profil"})
"""Document types that say nothing of how their pages are written."""

_LEADER = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}")
_SENTENCE = 20
"""Words of a line that trails off in dots (``hadir pula para tamu......``) and is no line of a
table of contents. Set by hand; no command measured it."""
_PAGE = re.compile(r"\s(?:[ivxlc]+[-.]?)?\d{1,4}\s*$", re.IGNORECASE)
_HEADING = re.compile(
    r"^\s*(?:bab\s+[ivxlc\d]+|lampiran|tabel|gambar|grafik|diagram|bagan|daftar|kata pengantar"
    r"|(?:\d+\.)+\d+\.?\s)",
    re.IGNORECASE,
)
_SAID = re.compile(r"[\"“”]")
_LONGEST_HEADING = 12
"""Words of a shouted heading; a longer line that a full stop ends is a sentence of a text all in
capitals. Set by hand; no command measured it."""
_NUMBER = re.compile(r"^[.,%()/:-]*\d[\d.,%()/:-]*$")
_CELL = re.compile(r"\s\|\s|\S {3,}\S|\t")


def is_planning_page(text: str, context: TagContext | None) -> bool:
    """True for a page of tables, contents or headings rather than of running press text.

    Quotations make it press text; so does a document type that says so. Where nobody says
    what the document is, a third of the lines must look so: lists of appointments and
    guests have short lines too.
    """
    kind = context.doc_type if context is not None else None
    if kind in PRESS_TYPES or sum(text.count(mark) for mark in '"“”') >= 4:
        return False
    if kind is not None and kind not in OPEN_TYPES:
        return True
    lines = [line for line in text.split("\n") if line.strip()]
    planned = sum(_kind(line) in ("contents", "table") or _is_section(line) for line in lines)
    return len(lines) >= 6 and planned * 3 >= len(lines)


def line_at(text: str, at: int) -> str:
    """The line that holds the character at ``at``."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : end if end >= 0 else len(text)]


def kind_of_line(text: str, at: int) -> str:
    """``text``, ``heading``, ``contents`` or ``table``: what the line at ``at`` looks like."""
    return _kind(line_at(text, at))


@lru_cache(maxsize=4096)
def is_prose(line: str) -> bool:
    """True for a line of a running sentence: long, with enough words in lower case."""
    words = line.split()
    if len(words) < 7 or _CELL.search(line.strip()) or _kind(line) != "text":
        return False
    return sum(word.isalpha() and word.islower() for word in words) * 3 >= len(words)


def _is_sentence(shouted: list[str]) -> bool:
    return len(shouted) > _LONGEST_HEADING and shouted[-1][-1] in ".!?"


@lru_cache(maxsize=4096)
def _is_section(line: str) -> bool:
    return bool(_HEADING.match(line) or _CELL.search(line.strip()))


@lru_cache(maxsize=4096)
def _kind(line: str) -> str:
    words = line.split()
    if not words:
        return "text"
    leader = _LEADER.search(line)
    if leader and not (len(words) >= _SENTENCE and not line[leader.end() :].strip()):
        return "contents"
    letters = [c for c in line if c.isalpha()]
    if len(letters) < 3:
        return "table"
    numbers = sum(bool(_NUMBER.match(w)) for w in words)
    if numbers >= 3 and numbers * 2 >= len(words):
        return "table"
    if len(words) > 1 and sum(c.isupper() for c in letters) >= 0.85 * len(letters):
        return "text" if _SAID.search(line) or _is_sentence(words) else "heading"
    if _HEADING.match(line) and len(words) <= 14 and not line.rstrip().endswith("."):
        return "contents" if _PAGE.search(line) else "heading"
    return "text"
