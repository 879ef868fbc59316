"""Lines as they were meant, and lines that only a picture or a broken text layer left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kb import authority
from kb.authority import norm
from kb.authority.calendar import load_calendar
from kb.describe.misread import title_words

_WORD = re.compile(r"[^\W\d_]+")
MAX_WORDS = 80
"""Longer lines are prose."""
UNREADABLE = 0.5
"""A scanned page of which fewer of its words are known says nothing
(measured on the covers of plans_real: those that are pictures have 0 to 0.4 of them, printed
covers read by OCR 0.6 and more)."""


def undoubled(line: str) -> str:
    """The line said once, where a shadow set each of its phrases several times over:
    ``LAPORAN KINERJA LAPORAN KINERJA TAHUN`` -> ``LAPORAN KINERJA TAHUN``."""
    words = [_halved(word) for word in line.split()]
    if len(words) > MAX_WORDS or len({norm(word) for word in words}) == len(words):
        return " ".join(words)
    folded = [norm(word) for word in words]
    out: list[str] = []
    start = 0
    while start < len(words):
        for size in range((len(words) - start) // 2, 0, -1):
            if folded[start] != folded[start + size]:
                continue
            phrase = folded[start : start + size]
            times = 1
            while folded[start + times * size : start + (times + 1) * size] == phrase:
                times += 1
            # "Undang Undang" and "sama-sama" are words said twice; three times is a shadow.
            enough = 2 if size > 1 or re.search(r"[()]", words[start]) else 3
            if times >= enough and any(len(word) > 2 for word in phrase):
                out += undoubled(" ".join(words[start : start + size])).split()
                start += times * size
                break
        else:
            out.append(words[start])
            start += 1
    return " ".join(out)


def _halved(word: str) -> str:
    """``LLAAPPOORRAANN`` -> ``LAPORAN``: each letter drawn twice beside itself."""
    if len(word) < 8 or len(word) % 2 or word[::2] != word[1::2]:
        return word
    return word[::2]


def known_words(texts: Sequence[str]) -> frozenset[str]:
    """Words that a page of this document may hold: of titles, institutions and places, and
    what its other pages say more than once."""
    seen: dict[str, int] = {}
    for text in texts:
        for word in set(_WORD.findall(text.lower())):
            seen[word] = seen.get(word, 0) + 1
    return frozenset(word for word, times in seen.items() if times > 1) | _vocabulary()


@cache
def _vocabulary() -> frozenset[str]:
    known = authority.load()
    words = set(title_words()) | set(known.place_words) | set(load_calendar().months)
    words |= {"yang", "dan", "di", "dari", "untuk", "dengan", "pada", "dalam", "oleh", "tentang"}
    return frozenset(words)


def share_known(text: str, known: frozenset[str]) -> float:
    """The share of the words of three letters and more that are known; 1.0 where none is."""
    words = [word for word in _WORD.findall(text.lower()) if len(word) > 2]
    return sum(word in known for word in words) / len(words) if words else 1.0


def is_noise(line: str, known: frozenset[str]) -> bool:
    """True for what OCR makes of pictures, stamps and handwriting: ``wo yf NIE``, ``7 a``."""
    words = [word for word in _WORD.findall(line.lower()) if len(word) > 2]
    if not words:
        return re.search(r"\d{2}", line) is None
    if any(word in known for word in words):
        return False
    signs = sum(not char.isalnum() and not char.isspace() for char in line)
    return max(map(len, words)) < 5 or signs > 0.25 * len(line)


__all__ = ["UNREADABLE", "is_noise", "known_words", "share_known", "undoubled"]
