"""Which words carry their stem within them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from kb.search.language.analysis import stem
from kb.search.language.words import special

_INFIX = "(?:e[rlm]|in)"
_PREFIXES = (
    f"(?:[dks]{_INFIX}?[ieu]|kau|[mp]e(?:mp|[mn](?:e[rl])?|n[gy]e?)?|(?:be|pe|te)[rl]?){{0,5}}"
)
_SUFFIXES = "(?:[klt]ah|pun|nya|[km]u|k?an|i|is(?:me|asi)?){0,5}"
"""What PySastrawi takes off; of two prefixes in a row the first may have swallowed a letter of
the second (``memperoleh``, ``memeroleh``)."""


@cache
def listed() -> Mapping[str, str]:
    """Words that ``words.toml`` gives another stem or spelling, and that stem or word."""
    return {**special().families, **special().spelling}


@cache
def _any_listed() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, listed()), key=len, reverse=True)))


def carries_stem(word: str) -> bool:
    """True where the stem of the folded ``word`` is part of it, but for its first letter.

    So it is where affixes are taken off (``menulis``, ``tulis``). Not so for the words of
    ``listed`` and what is made of them.
    """
    return _any_listed().search(word) is None


@lru_cache(maxsize=1024)
def derived_from(root: str) -> re.Pattern[str]:
    """Matches, whole, every word that carries ``root`` as its stem, and others.

    Whatever the stemmer takes off stands before and behind it: much quicker than stemming.
    """
    first, rest = re.escape(root[:1]), re.escape(root[1:])
    return re.compile(f"{_PREFIXES}(?:{first})?{_INFIX}{{0,2}}{rest}{_SUFFIXES}")


def stems_to(word: str, root: str) -> bool:
    """True where ``root`` is the stem of the folded ``word``, which is stemmed only where its
    letters leave it open."""
    if (
        word.isascii()
        and word.isalpha()
        # Making the expression takes longer than asking it; most words lack the letters.
        and (root[1:] not in word or not derived_from(root).fullmatch(word))
        and carries_stem(word)
    ):
        return False
    return stem(word) == root
