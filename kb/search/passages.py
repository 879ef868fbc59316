"""A passage as the terms an index stores: fields, keys and numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kb.model import Passage
from kb.search.columns import LABEL, NUMBER, TITLE, date_number, facet_keys
from kb.search.language.analysis import Analysed, analyse, fold, tokens

MAX_LABEL = 300
MAX_TITLE = 200
_NUMBER = re.compile(
    r"(?:\b(?:nomor|no)\b[.:]?\s*)?\b(\d{1,4})\s*(?:/|tahun|thn\.?|th\.?)\s*((?:19|20)\d{2})\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b([^\W\d_]+)\s+(\d{1,3})\s+((?:19|20)\d{2})\b")
"""``perbup 70 2018``: as people ask for a regulation."""


@cache
def instruments() -> frozenset[str]:
    """Short names of regulations: words that stand for "Peraturan ..." or "Keputusan ..."."""
    from kb import authority

    return frozenset(
        fold(short)
        for short, *longs in authority.load().abbreviations
        if any(long.startswith(("Peraturan ", "Undang-Undang", "Keputusan ")) for long in longs)
    )


@lru_cache(maxsize=256)
def title_key(title: str) -> str:
    """What two spellings of one title share."""
    return " ".join(t.surface for t in tokens(title))[:MAX_TITLE]


def number_keys(text: str) -> list[str]:
    """Numbers of regulations in ``text`` as ``4/2023``, and a number typed whole."""
    found = [f"{int(m.group(1))}/{m.group(2)}" for m in _NUMBER.finditer(text)]
    found += [
        f"{int(m.group(2))}/{m.group(3)}"
        for m in _ASKED.finditer(text)
        if fold(m.group(1)) in instruments()
    ]
    whole = re.sub(r"\s+", "", fold(text))
    if "/" in whole and len(whole) <= 60:
        found.append(whole)
    return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """``title`` and ``section`` are shared between the pages of a document."""

    title: Analysed
    section: Analysed
    text: Analysed
    keys: list[str]
    date: int


@lru_cache(maxsize=256)
def _analysed(text: str) -> Analysed:
    return analyse(text)


def prepare(passage: Passage) -> IndexedPassage:
    """Everything an engine stores of ``passage``."""
    keys = facet_keys(passage)
    key = title_key(passage.title)
    if key:
        keys.append(TITLE + key)
    keys += [NUMBER + number for number in number_keys(passage.number)]
    if passage.page == 1 and passage.title.strip():
        keys.append(LABEL + " ".join(passage.title.split())[:MAX_LABEL])
    return IndexedPassage(
        _analysed(passage.title),
        _analysed(passage.section),
        analyse(passage.text),
        keys,
        date_number(passage.date),
    )
