"""Titles set in capitals, written as people write them."""

from __future__ import annotations

import re

from kb import authority
from kb.authority import norm

_LOW = frozenset(
    ["dan", "atau", "di", "ke", "dari", "untuk", "pada", "dengan", "dalam", "tentang", "serta",
     "bagi", "oleh", "atas", "antara", "yang", "sampai"]
)  # fmt: skip
_SHORT = frozenset(
    ["RI", "DKI", "DI", "NTB", "NTT", "TA", "APBD", "KUA", "PPAS", "OPD", "SKPD", "UPTD", "RSUD",
     "DPRD", "DPR", "MPR", "KPK", "BPK", "BPKP", "TNI", "POLRI", "ASN", "PNS", "BUMD", "SPBE",
     "COVID", "PAUD", "SD", "SMP", "SMA", "SMK"]
)  # fmt: skip


def title_case(text: str) -> str:
    """``PEMERINTAH PROVINSI BANTEN`` -> ``Pemerintah Provinsi Banten``; text that is not all
    capitals, abbreviations and words with small letters stay as they are."""
    words = text.split()
    letters = [char for char in text if char.isalpha()]
    if not letters or sum(char.isupper() for char in letters) < 0.75 * len(letters):
        return " ".join(words)
    out = [_word(word, index == 0) for index, word in enumerate(words)]
    return " ".join(out)


def _word(word: str, first: bool) -> str:
    return re.sub(r"[^\W\d_]+", lambda match: _piece(match.group(0), word, first), word)


def _piece(piece: str, word: str, first: bool) -> str:
    if not piece.isupper():
        return piece
    low = piece.lower()
    if low in _LOW and not first:
        return low
    if piece in _SHORT or (word.startswith("(") and len(piece) > 1) or _abbreviation(piece):
        return piece
    if re.fullmatch(r"[IVXL]+", piece) and len(piece) <= 5:
        return piece
    return piece.capitalize()


def _abbreviation(piece: str) -> bool:
    """Known short forms, and strings that cannot be said as words."""
    if not re.search(r"[AEIOU]", piece):
        return len(piece) > 1
    return len(piece) <= 12 and norm(piece) in _known_short()


_cache: set[str] = set()


def _known_short() -> set[str]:
    if not _cache:
        known = authority.load()
        _cache.update(norm(group[0]) for group in known.abbreviations)
        for entry in known.doctypes.values():
            _cache.update(
                phrase
                for phrase in entry.get("titles", ())
                if " " not in phrase and len(phrase) <= 6
            )
        _cache.difference_update({"opini", "neraca", "qanun"})
    return _cache
