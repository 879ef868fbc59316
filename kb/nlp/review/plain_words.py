"""Ordinary words of planning documents, which make no name however they are capitalised."""

from __future__ import annotations

import re
from functools import lru_cache

from kb import authority
from kb.authority import norm
from kb.authority.roots import is_word, roots
from kb.authority.words import common_words, name_parts, sections
from kb.nlp.lexicon import lexicon

_COUNTED = re.compile(r"^(?:[ivx]{1,4}|[\d.,%-]+|[a-z])$")


@lru_cache(maxsize=8)
def plan_words(section: str) -> frozenset[str]:
    """Words of a section of ``authority/words/plans.txt``, lower case, one or more a line."""
    return frozenset(word for line in sections("plans.txt")[section] for word in line.split())


@lru_cache(maxsize=8)
def plan_lines(section: str) -> frozenset[str]:
    """Names of a section of ``authority/words/plans.txt``, one a line, in normal form."""
    return frozenset(sections("plans.txt")[section])


@lru_cache(maxsize=1)
def kinds() -> dict[str, int]:
    """Kinds of bodies -> words behind them that may be ordinary without naming one."""
    rows = (line.rpartition(" ") for line in sections("plans.txt")["kinds"])
    return {kind: int(most) for kind, _, most in rows}


@lru_cache(maxsize=1)
def doubtful() -> dict[str, frozenset[str]]:
    """Short forms of bodies -> the words beside which they stand for something else."""
    rows = (line.split(" | ") for line in sections("plans.txt")["doubtful"])
    return {short: frozenset(words.split()) for short, words in rows}


@lru_cache(maxsize=1)
def _bodies() -> frozenset[str]:
    lex = lexicon()
    return lex.agency_heads | lex.named_first | lex.regional_heads | frozenset(kinds())


@lru_cache(maxsize=1)
def short_forms() -> frozenset[str]:
    """Abbreviations of plans, indicators and funds as written: none is an institution's."""
    known = authority.load()
    out = set()
    for short, *longs in known.abbreviations:
        heads = {norm(long).split()[0] for long in longs}
        if (
            not short.isupper()
            or heads & (_bodies() | {"pejabat"})
            or known.institutions.match([norm(short)])[0]
        ):
            continue
        out.add(short)
    measures = {word.upper() for word in lexicon().ordinary["measures"]}
    return frozenset(out | measures | set(sections("plans.txt")["shorts"]))


@lru_cache(maxsize=50_000)
def is_plain(word: str) -> bool:
    """True for an ordinary word, in any case: Indonesian, English of indicators, a number."""
    low = word.lower()
    if low in plan_words("words") or low in plan_words("english") or _COUNTED.match(low):
        return True
    return low in common_words() or low in lexicon().not_person or is_word(low)


@lru_cache(maxsize=50_000)
def is_plain_for_person(word: str) -> bool:
    """True for an ordinary word that is in no list of names of persons."""
    low = word.lower()
    if _COUNTED.match(low):
        return True
    return low not in name_parts() and low not in plan_words("given") and is_plain(low)


@lru_cache(maxsize=50_000)
def is_of_plans(word: str) -> bool:
    """True for a word of agencies and table heads, and for one that says which of several is
    meant: no place and no body is called so."""
    low, lex = word.lower(), lexicon()
    if _COUNTED.match(low):
        return True
    if low in plan_words("unnamed") or low in plan_words("words"):
        return True
    return low in lex.org_words or any(low in lex.ordinary[use] for use in ("columns", "sector"))


@lru_cache(maxsize=50_000)
def is_derived(word: str) -> bool:
    """True for a word with affixes (``Kewenangan``): few names of places are such."""
    low = word.lower()
    return low not in roots() and is_word(low)
