"""The lines that open a chapter: its number, as printed or as a scan has it, and its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import Levenshtein

from kb.authority.roots import is_word, roots
from kb.authority.words import lines as word_lines
from kb.readers.layout import Line
from kb.readers.numerals import numeral, roman
from kb.readers.unnumbered import is_numbered, mended, text_of

MOST = 30
"""Chapters a document has at most: a greater number is a misread one ("XL" for "XI"). Set by
hand; no command measured it."""

_CHAPTER = re.compile(
    r"^(?:BAB|Bab)(?:\s*[-–:]\s*|\.?\s+)([IVXLC]+|\d{1,2})\b[\s.:–-]*(?:[\]\[|]\s*)?(.*)$"
)
_WORD = re.compile(r"^(?:BAB|Bab)\s*$")
LETTERED = re.compile(r"^([A-Z])\s?\.\s*([^\W\d_].{2,80})$")
NAMED = re.compile(
    r"^(?:KATA PENGANTAR|PRAKATA|KATA SAMBUTAN|DAFTAR ISI|DAFTAR TABEL|DAFTAR GAMBAR"
    r"|DAFTAR LAMPIRAN|DAFTAR GRAFIK|DAFTAR SINGKATAN|DAFTAR ISTILAH"
    r"|RINGKASAN EKSEKUTIF|IKHTISAR EKSEKUTIF|IKHTISAR|EXECUTIVE SUMMARY|PENUTUP|PENDAHULUAN"
    r"|PENJELASAN|PERNYATAAN PERJANJIAN KINERJA|DAFTAR PUSTAKA)\s*$",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"^[PF](?:asa|ASA)[lL1\]]\s+\d+|^(?:Bagian|BAGIAN)\s+(?:Ke|KE)")
"""An article of a regulation or a part of its chapter, as scans have it too."""


@dataclass(frozen=True, slots=True)
class Opening:
    number: int
    title: str | None
    """``BAB II GAMBARAN UMUM``; ``None`` where the line only begins as one that opens a chapter."""
    used: int
    """Lines below it that are part of the title."""


def is_chapter(text: str) -> bool:
    """True for a line that begins as one that opens a chapter."""
    return _CHAPTER.match(text) is not None


def opened_by(lines: Sequence[Line], at: int, *, near: bool) -> Opening | None:
    """The chapter that the line at position ``at`` opens, ``None`` where it is of no chapter.

    ``near`` is true at the top of a page: only there a misread number is put right within a
    line of more words.
    """
    text = text_of(lines[at])
    stacked = 0
    if _WORD.match(text) and at + 1 < len(lines) and lines[at + 1].kind == "line":
        text = f"{text.strip()} {text_of(lines[at + 1])}"
        stacked = 1
        if not re.fullmatch(r"\S+\s+\S{1,5}", text):
            return None
    if lines[at].kind == "row":
        text = text.replace(" | ", " ")
    match = _CHAPTER.match(text)
    if match is None or not _usual(match[1]):
        again = _CHAPTER.match(mended(text) or "") if near or len(text) <= 9 else None
        match = again or match
    if match is None:
        return None
    shown = lines[at].text.isupper() or stacked == 1
    title, used = _title(lines, at + stacked, match, shouted=shown)
    if title is not None and used == 0 and title == f"BAB {match[1]}" and near:
        title = f"{title} {_above(lines, at)}".strip()
    return Opening(numeral(match[1]) or 0, title, used + stacked)


def _usual(number: str) -> bool:
    """True for a number as a chapter bears it: "IL" and "XL" are II and XI, misread."""
    count = numeral(number)
    return count is not None and (number.isdigit() or (count <= MOST and roman(count) == number))


def _title(
    lines: Sequence[Line], at: int, match: re.Match[str], *, shouted: bool
) -> tuple[str | None, int]:
    number = match.group(1)
    name = match.group(2).replace(" | ", " ").strip()
    name = "" if re.fullmatch(r"[\W_]+", name) and name[:1] not in "-–" else name
    if numeral(number) is None or not (shouted or not name or name[:1].isupper()):
        return None, 0
    if name and (len(name) > 90 or name[:1] in "-–" or name.endswith((".", ",", ";"))):
        return None, 0
    used = 0
    last = lines[at]
    while not name.endswith((".", ":")) and used < 4 and at + 1 + used < len(lines):
        following = lines[at + 1 + used]
        more = text_of(following)
        if re.sub(r"\s", "", more).upper() == f"BAB{number}":
            last, used = following, used + 1  # the number again, its letters set apart
            continue
        if following.kind != "line" or not _goes_on(following, more, name, last):
            break
        name = f"{name} {more}".strip()
        last = following
        used += 1
    return f"BAB {number} {_mended_name(name)}".strip(), used


def _goes_on(line: Line, text: str, name: str, last: Line) -> bool:
    """A chapter's title stands on the line(s) below its number, in capitals or set alike."""
    if not text or len(text) > 90 or is_numbered(text) or LETTERED.match(text):
        return False
    if _CHAPTER.match(text) or ARTICLE.match(text) or (NAMED.match(text) and name):
        return False
    if text.isupper():
        return not name or name.isupper() or last.height < 1.2 * line.height
    if name.isupper():
        return False  # a title begun in capitals ends where its capitals do
    if text.endswith((".", ",", ";", ":")):
        return False
    if not name:
        return text[:1].isupper() and len(text.split()) <= 10
    alike = abs(line.height - last.height) < 0.25 * max(line.height, 1.0)
    centred = abs((line.x0 + line.x1) - (last.x0 + last.x1)) < 24
    return alike and centred and abs(line.x0 - last.x0) > 3 and titled(text)


def _above(lines: Sequence[Line], at: int) -> str:
    """The name that a designed page sets above the number: capitals on the one line before."""
    text = text_of(lines[at - 1]) if at == 1 else ""
    named = text.isupper() and 5 <= len(text) < 90 and lines[at - 1].kind == "line"
    return text if named and not is_numbered(text) and not _CHAPTER.match(text) else ""


@cache
def _standard() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(name.upper().split()) for name in word_lines("chapters.txt"))


def _mended_name(name: str) -> str:
    """The name with the words put right that a scan misread where every such document has it:
    ``KETERTUAN UMUM`` -> ``KETENTUAN UMUM``."""
    words = name.split()
    if not name.isupper():
        return name
    for standard in _standard():
        if len(standard) == len(words):
            pairs = list(zip(words, standard, strict=True))
            if all(word == other or _misread(word, other, len(words)) for word, other in pairs):
                return " ".join(standard)
    return name


def _misread(word: str, other: str, words: int) -> bool:
    """True for letters that are no word and nearly the ``other``. Of a name of one word none may
    be a word with affixes either: "PENDATAAN" is no slip of "PENDANAAN"."""
    a_word = is_word(word) if words == 1 else word.lower() in roots()
    return not a_word and Levenshtein.distance(word, other) <= 1 + (len(other) > 8)


def titled(name: str) -> bool:
    """Words set as a title: capitals, no sentence end, not only numbers."""
    if name.endswith((".", ",", ";", ":")) or not re.search(r"[^\W\d_]{3}", name):
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", name) if len(word) > 3]
    if not words or len(words) > 16:
        return False
    return bool(sum(word[0].isupper() for word in words) >= 0.7 * len(words))


__all__ = ["ARTICLE", "LETTERED", "NAMED", "Opening", "is_chapter", "opened_by", "titled"]
