"""What lifts a passage above others that have the words of a query just as well.

Words that stand side by side as typed, a title that has them all or is the query, the
number of a regulation, and the kind of document that was asked for.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from functools import cache

from kb.search import ranking
from kb.search.columns import FIRST_PAGE, NUMBER, TITLE, TYPE, YEAR
from kb.search.language.analysis import is_stop_word
from kb.search.passages import number_keys, title_key
from kb.search.plan import Both, Chain, Constant, Key, Plan, Term, Union
from kb.search.tree import All, Node, Word
from kb.search.wording import split_word

_YEAR = re.compile(r"(?:19|20)\d\d")
NAMED_BY = range(3, 9)
"""So many words name a document by what its title says."""
Titled = Callable[[Word], Plan]
"""The plan of a word that stands in the title in any of its forms."""


def lifts_of(root: Node, titled: Titled) -> tuple[Plan, ...]:
    """Plans whose scores are added to those of the passages of ``root``."""
    words = _plain_words(root)
    if not words:
        return ()
    text = " ".join(word.text for word in words)
    lifts: list[Plan] = []
    first = Key(FIRST_PAGE, ("1",))
    named: list[Plan] = []
    surfaces: list[tuple[str, str]] = []
    for word in words:
        surfaces += [(p[0], p[1]) for p in split_word(word.text)[0]]
    kept = [(i, s, st) for i, (s, st) in enumerate(surfaces) if not is_stop_word(s)]
    for (a, _, one), (b, _, two) in itertools.pairwise(kept):
        if one != two and b - a <= 3:
            gap = (0, b - a)
            lifts.append(Chain(ranking.TEXT, (one, two), gap, False, 0, ranking.PAIR_WEIGHT))
            lifts.append(Chain(ranking.TITLE, (one, two), gap, False, 0, ranking.PAIR_TITLE_WEIGHT))
    if 1 < len(kept) <= 24:
        in_title: Plan = Both(tuple(Term(ranking.TITLE, st) for _, _, st in kept))
        lifts.append(Constant(in_title, ranking.ALL_IN_TITLE))
        named.append(in_title)
    key = title_key(text)
    if key:
        full = Key(TITLE, (key,))
        lifts.append(Constant(full, ranking.FULL_TITLE))
        named.append(full)
    years = tuple(dict.fromkeys(s for _, s, _ in kept if _YEAR.fullmatch(s)))
    if years:
        lifts.append(Constant(Key(YEAR, years), ranking.OF_THE_YEAR))
    if _asks_for_reports(frozenset(s for _, s, _ in kept)):
        lifts.append(Constant(Key(TYPE, _reports()), ranking.OF_REPORTS))
    numbers = number_keys(text)
    for word in words:
        numbers += number_keys(word.text)
    if numbers:
        number = Key(NUMBER, tuple(dict.fromkeys(numbers)))
        lifts.append(Constant(number, ranking.NUMBER))
        lifts.append(Constant(Both((first, number)), ranking.NAMED))
    lifts.append(Constant(Both((first, Union(tuple(named), best=True))), ranking.FIRST_PAGE))
    telling = [word for word in words if not _is_stop(word)]
    if len(telling) in NAMED_BY:
        lifts.append(Constant(Both((first, _named(telling, titled))), ranking.NAMED))
    return tuple(dict.fromkeys(lifts))


def _named(words: list[Word], titled: Titled) -> Plan:
    """Titles that say all the words; of four and more one may be missing."""
    plans = [titled(word) for word in words]
    if len(plans) < 4:
        return Both(tuple(plans))
    return Union(tuple(Both((*plans[:at], *plans[at + 1 :])) for at in range(len(plans))))


def _asks_for_reports(words: frozenset[str]) -> bool:
    done, meant = _kinds()
    return not words.isdisjoint(done) and words.isdisjoint(meant)


@cache
def _kinds() -> tuple[frozenset[str], frozenset[str]]:
    """Words that ask for what was done, and for what was meant to be done."""
    from kb.authority.words import sections

    found = sections("asked.txt")
    return frozenset(found["done"]), frozenset(found["meant"])


@cache
def _reports() -> tuple[str, ...]:
    """Types of document that say what was done."""
    from kb import authority

    types = authority.load().doctypes
    return tuple(key for key, of in types.items() if of["group"] == "pelaporan")


def _is_stop(word: Word) -> bool:
    parts = split_word(word.text)[0]
    return not parts or (len(parts) == 1 and is_stop_word(parts[0][0]))


def _plain_words(root: Node) -> list[Word]:
    """The words of a query that is a list of words (other parts may stand among them)."""
    if isinstance(root, Word) and not root.field:
        return [root]
    if isinstance(root, All):
        return [n for n in root.children if isinstance(n, Word) and not n.field]
    return []
