"""The words of a stretch of text, each with its place."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+(?:[-'’/][^\W_]+)*")


class Word(NamedTuple):
    start: int
    end: int
    low: str


@lru_cache(maxsize=256)
def words_of(text: str, start: int, end: int) -> tuple[Word, ...]:
    """The words of ``text[start:end]``; a sentence is asked for the same stretches many times."""
    found = _WORD.finditer(text, start, end)
    return tuple(Word(m.start(), m.end(), m.group().lower()) for m in found)
