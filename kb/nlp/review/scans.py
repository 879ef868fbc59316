"""Lines a scanner made of a picture, a stamp or a page that lay on its head."""

from __future__ import annotations

import re
from functools import lru_cache

from kb.nlp.lexicon import lexicon
from kb.nlp.lines import line_at
from kb.nlp.review.plain_words import is_plain

_TOKEN = re.compile(r"[^\s|/]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_WITHIN = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]+[A-Z]|[^\W\d_][\d~}{<>\\^=]+[^\W\d_]")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
FEWEST = 3
"""Words of a line that must be odd for it to be garbage. Set by hand; no command measured it."""
SHARE = 0.35
"""Share of the words of a line that are odd in garbage. Set by hand; no command measured it."""


@lru_cache(maxsize=50_000)
def _is_odd(token: str) -> bool:
    """True for a string that is no word: capitals within, no vowel, small letters no list knows."""
    letters = "".join(_LETTERS.findall(token))
    if len(letters) < 2 or letters.lower() in lexicon().degrees:
        return False
    if _WITHIN.search(token):
        return True
    if len(letters) > 3 and not _VOWEL.search(letters):
        return not letters.isupper()
    return letters.islower() and not all(is_plain(part) for part in _LETTERS.findall(token))


@lru_cache(maxsize=4096)
def is_garbage(line: str) -> bool:
    """True for a line most of whose words are none."""
    tokens = [token for token in _TOKEN.findall(line) if len(token) > 1]
    odd = sum(map(_is_odd, tokens))
    if odd < max(FEWEST, SHARE * len(tokens)):
        return False
    return odd > sum(len(w) > 3 and is_plain(w) for t in tokens for w in _LETTERS.findall(t))


def in_garbage(text: str, start: int) -> bool:
    """True where the character at ``start`` stands in such a line."""
    return is_garbage(line_at(text, start))


def is_broken(surface: str) -> bool:
    """True for a name with capitals within its words, as no writer has them (``BAuyeNdueN``)."""
    return any(
        re.search(r"[a-z][A-Z]{2}|[a-z][A-Z][a-z]+[A-Z]|[A-Z][a-z]+[A-Z]$", word)
        for word in surface.split()
    )
