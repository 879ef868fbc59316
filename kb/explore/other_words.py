"""Names that may say one quantity in other words: asked only where the numbers are equal.

A printed name seldom has the words that people speak: ``luas lahan terbakar`` is printed as
``luas kebakaran hutan dan lahan``. Where region, year, kind and unit are the same and the numbers
equal to the last digit said, a name that has all telling words of the other is taken for the
same. Such a pair can only say "angka sama": it accuses nobody. Names that each have a word of
their own (``pencemaran air`` and ``pencemaran udara``) are two things: of 910 names that real plans
print, 309 stood beside another of equal number, more than half of 70 that were read wrongly.
"""

from __future__ import annotations

import re
from functools import cache

from kb.authority import norm
from kb.authority.claims import load_pairing_words
from kb.explore.telling import named_groups, stemmed

_SUBSET_DIGITS = 2
_MORE_OF_A_TARGET = 1
"""Digits that a number needs to speak for itself. Targets are round and equal one another, so they
need more. With this, `kb eval pairs evaluation/claims/pairs_work-2.jsonl` gives a recall of 89
instead of 67, and without the groups of equal names of 67 instead of 6, precision 100 in each."""


_ONE_MORE = 2
"""Words of a name that one word may stand for."""


def speaking_digits(written: str) -> int:
    """How many digits of a number speak for it: ``61,7`` has three, ``100`` and ``0,05`` one."""
    digits = re.search(r"\d[\d.,]*", written)
    bare = re.sub(r"\D", "", digits.group()) if digits else ""
    return len(bare.strip("0"))


def alike(
    said: frozenset[str],
    printed: frozenset[str],
    value_text: str,
    *,
    work: frozenset[str],
    target: bool,
) -> bool:
    """Whether two names of equal numbers, by what tells them from others, may be one quantity.
    ``work`` is what the sentence says was done to the things counted."""
    shared = said & printed
    if not shared or (said ^ printed) & (_apart() | work):
        return False
    digits = speaking_digits(value_text) - (_MORE_OF_A_TARGET if target else 0)
    few, many = sorted((said, printed), key=len)
    if len(few) == 1 and len(many) > _ONE_MORE:
        return False  # "ekonomi" is no "kelompok PMKS yang mampu menjalankan usaha ekonomi"
    return digits >= _SUBSET_DIGITS and few <= many


@cache
def _apart() -> frozenset[str]:
    """Stems that alone make another quantity, and the groups whose every name has one."""
    words = load_pairing_words()
    apart = words.apart | {stemmed(word) for word in words.handled | words.done}
    groups = {
        group
        for group, names in named_groups()
        if all(apart & {stemmed(word) for word in norm(name).split()} for name in names)
    }
    return apart | groups
