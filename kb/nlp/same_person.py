"""When two written names can be one person: spelling, initials, short forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from kb import authority
from kb.authority import norm
from kb.authority.words import lines
from kb.nlp.lexicon import lexicon

_VOWELS = re.compile(r"[aeiou]")
_DOUBLE = re.compile(r"(.)\1+")


def initials(name: str) -> str:
    """First letters of the capitalised words of a name as written (``Wahidin Halim``: ``WH``)."""
    return "".join(word[0] for word in name.split() if word[:1].isupper())


@lru_cache(maxsize=50_000)
def name_words(name: str) -> tuple[str, ...]:
    """Words of a person's name in normal form, without honorifics and degrees."""
    lex = lexicon()
    words = norm(name.replace(".", ". ")).split()
    while len(words) > 1 and words[0] in lex.before_name and words[0] not in lex.name_parts:
        words.pop(0)
    return tuple(words)


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """``word`` with spelling habits folded: ``Moh`` = ``Muhammad``, ``Soekarno`` = ``Sukarno``."""
    honorifics = authority.load().honorifics
    if word in honorifics.variants:
        return honorifics.variants[word]
    for old, new in honorifics.spelling:
        word = word.replace(old, new)
    return _DOUBLE.sub(r"\1", word)


@lru_cache(maxsize=50_000)
def skeleton(word: str) -> str:
    """First letter and consonants of the folded word: what its spellings share."""
    folded = fold_word(word)
    return folded[:1] + _VOWELS.sub("", folded[1:])


def fold(words: tuple[str, ...]) -> tuple[str, ...]:
    """Every word folded, see ``fold_word``."""
    return tuple(fold_word(word) for word in words)


def word_match(one: str, two: str) -> float:
    """0 to 1: how surely two words of names are the same word (initials count half)."""
    if one == two:
        return 1.0
    if len(one) == 1 or len(two) == 1:
        return 0.6 if one[0] == two[0] else 0.0
    a, b = fold_word(one), fold_word(two)
    if a == b:
        return 0.97
    if min(len(a), len(b)) < 4 or max(len(a), len(b)) < 6 or a[0] != b[0]:
        return 0.0
    slips = DamerauLevenshtein.distance(a, b)
    if slips == 1 or (slips == 2 and min(len(a), len(b)) >= 8):
        return 0.9 if slips == 1 else 0.8
    return 0.0


def same_person(one: tuple[str, ...], two: tuple[str, ...]) -> float:
    """0 to 1: how surely two full names are spellings of one name.

    Names of unequal length match when every word of the shorter has its word, in order,
    in the longer, and the shorter has at least two words of its own.
    """
    if not one or not two:
        return 0.0
    if one == two:
        return 1.0
    short, long = (one, two) if len(one) <= len(two) else (two, one)
    if len("".join(short)) < 5:
        return 0.0
    score, at, solid = 1.0, 0, 0
    for word in short:
        best, place = 0.0, -1
        for k in range(at, len(long)):
            found = word_match(word, long[k])
            if found > best:
                best, place = found, k
            if best == 1.0:
                break
        if best < 0.6:
            return _glued(one, two)
        solid += best >= 0.8
        score *= best if best >= 0.8 else 0.93
        at = place + 1
    if solid == 0 or (len(short) < len(long) and (solid < 2 or len(short) < 2)):
        return 0.0
    missing = len(long) - len(short)
    return round(max(0.0, score - 0.04 * missing), 3)


def _glued(one: tuple[str, ...], two: tuple[str, ...]) -> float:
    """``Siti Nurbaya`` and ``Siti Nur Baya``: the same letters with other spaces."""
    a, b = "".join(fold(one)), "".join(fold(two))
    if a == b:
        return 0.95
    if min(len(a), len(b)) > 9 and JaroWinkler.similarity(a, b) > 0.975:
        return 0.85
    return 0.0


def behind_own(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether the longer name is the shorter behind a name of its own (``Sari Budi Darma``
    and ``Budi Darma``): a wife or child as likely as the same person. An initial, a first
    name most men bear and a title of birth are none of one's own."""
    short, long = (one, two) if len(one) <= len(two) else (two, one)
    front = long[: len(long) - len(short)]
    if not front or fold(long[len(front) :]) != fold(short):
        return False
    titles = lexicon().name_parts
    return any(len(w) > 1 and w not in titles and fold_word(w) != "muhammad" for w in front)


@lru_cache(maxsize=1)
def nicknames() -> Mapping[str, str]:
    """Normal form of a nickname that the press uses alone -> the name (``words/nicknames.txt``)."""
    rows = (line.split(" = ") for line in lines("nicknames.txt"))
    return {norm(nickname): name for nickname, name in rows}


def blends(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether one word is made of the beginnings of the first words of a full name, as the
    press calls people (``Sudiwi`` for ``Sudiro Wibowo``)."""
    if len(short) != 1 or len(full) < 2 or not 5 <= len(short[0]) <= 9:
        return False
    word, first = short[0], full[0]
    return any(
        word.startswith(first[:size]) and full[1].startswith(word[size:])
        for size in range(max(2, len(word) - len(full[1])), min(len(first), len(word) - 2) + 1)
    )


def short_form(short: tuple[str, ...], full: tuple[str, ...]) -> float:
    """0 to 1: how surely ``short`` is a later short form of ``full`` in one text."""
    if not short or len(short) > len(full):
        return 0.0
    if len(short) == 1 and len(short[0]) <= 3 and short[0] == "".join(w[0] for w in full):
        return 0.9  # initials: WH
    at = 0
    score = 1.0
    for word in short:
        for k in range(at, len(full)):
            found = word_match(word, full[k])
            if found >= 0.9 and (len(word) > 2 or word == full[k]):
                score *= found
                at = k + 1
                break
        else:
            return 0.0
    return round(score * (0.97 if len(short) > 1 else 0.93), 3)
