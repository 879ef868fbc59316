""" "Maksud Anda": the query most likely meant by one with words the corpus does not know.

A noisy channel (Kernighan, Church & Gale 1990; Brill & Moore 2000): of the words of the corpus
the one is meant that costs least to mistype as what was typed, more so if it is frequent and
stands with the other words of the query. Typing costs know the keyboard, doubled and swapped
letters, sounds that Indonesian writes in two ways, the spelling before 1972 (Suwandi), and
words run together or torn apart. A word of the dictionary, or a name, may well be meant as it
is, so only a slight slip is seen in it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Protocol

from kb.search.language.analysis import Token, is_root, is_stop_word, tokens
from kb.search.language.informal import formal_forms
from kb.search.language.names import is_name
from kb.search.language.synonyms import from_authority
from kb.search.wording import Known, halves, joined

_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLACE = {
    key: (row, column) for row, keys in enumerate(_KEYBOARD) for column, key in enumerate(keys)
}
_SOUNDS = frozenset(
    frozenset(pair) for pair in ("ei", "ou", "iy", "fv", "fp", "pv", "sz", "kq", "dt", "bp", "cs")
)
"""Letters that are heard alike and written for each other."""
_OLD_SPELLING = (("oe", "u"), ("tj", "c"), ("dj", "j"), ("nj", "ny"), ("sj", "sy"), ("ch", "kh"))

NEIGHBOUR = 0.55
"""Cost of a letter next to the right one on the keyboard, against 1 for any other. Chosen on
evaluation/search/misspelt.jsonl with ``kb eval search``."""
SOUND = 0.5
"""Cost of a letter that is heard alike. Chosen on evaluation/search/misspelt.jsonl with ``kb eval
search``."""
SILENT = 0.4
"""An h too many or too few: it is hardly heard. Chosen on evaluation/search/misspelt.jsonl with
``kb eval search``."""
SWAPPED = 0.6
"""Two letters in the wrong order. Chosen on evaluation/search/misspelt.jsonl with ``kb eval
search``."""
DOUBLED = 0.5
"""A letter twice that stands once, or once that stands twice. Chosen on
evaluation/search/misspelt.jsonl with ``kb eval search``."""
OTHER_FORM = 0.4
"""Old spelling, or said for a formal word. Chosen on evaluation/search/misspelt.jsonl with ``kb
eval search``."""
SPACE = 0.5
"""A space too many or too few. Chosen on evaluation/search/misspelt.jsonl with ``kb eval
search``."""
FIRST_LETTER = 0.3
"""People seldom get the first letter wrong (Yannakoudakis & Fawthrop 1983)."""
FREQUENT = 0.12
"""What a word gains with the natural logarithm of the pages that have it. Chosen on
evaluation/search/misspelt.jsonl with ``kb eval search``."""
TOGETHER = 0.5
"""What a word gains at most where it stands on pages with the others of the query. Chosen on
evaluation/search/misspelt.jsonl with ``kb eval search``."""
SLIGHT = 0.5
"""The most a word may cost that may be meant as typed. Chosen on evaluation/search/misspelt.jsonl
with ``kb eval search``."""
SURE = 0.15
"""Up to this cost for each letter a correction is offered though no page has all its words. Chosen
on evaluation/search/misspelt.jsonl with ``kb eval search``."""
FAR_MORE = 50
"""A word that is there is still a slip where another is so many times as frequent."""
MAX_TRIES = 6
"""Corrections of a query that are tried until one finds something."""
CHOICES = 3
MAX_DOUBTED = 10
"""Words of a query that are looked at; more are no query but a text."""
LOOKED_AT = 8


class Corpus(Known, Protocol):
    """What is asked of the words of the corpus."""

    def known(self, word: str) -> bool: ...

    def together(self, one: str, others: Sequence[str]) -> Sequence[int]: ...


@dataclass(frozen=True, slots=True)
class Choice:
    """``text`` for the characters of the query from ``start`` to ``end``."""

    value: float
    text: str
    start: int
    end: int
    cost: float


def _beside(a: str, b: str) -> bool:
    one, two = _PLACE.get(a), _PLACE.get(b)
    if one is None or two is None:
        return False
    return abs(one[0] - two[0]) <= 1 and abs(one[1] - two[1]) <= 1


@lru_cache(maxsize=4096)
def _change(a: str, b: str) -> float:
    if a == b:
        return 0.0
    if frozenset((a, b)) in _SOUNDS:
        return SOUND
    return NEIGHBOUR if _beside(a, b) else 1.0


def slip_cost(typed: str, meant: str) -> float:
    """What it takes to type ``typed`` for ``meant``: a weighted edit distance."""
    width = len(meant) + 1
    before: list[float] = []
    row = [float(j) for j in range(width)]
    for i in range(1, len(typed) + 1):
        previous, row = row, [float(i)] + [0.0] * (width - 1)
        a = typed[i - 1]
        extra = SILENT if a == "h" else DOUBLED if i > 1 and typed[i - 2] == a else 1.0
        for j in range(1, width):
            b = meant[j - 1]
            missing = SILENT if b == "h" else DOUBLED if j > 1 and meant[j - 2] == b else 1.0
            cost = min(previous[j - 1] + _change(a, b), previous[j] + extra, row[j - 1] + missing)
            if i > 1 and j > 1 and a == meant[j - 2] and typed[i - 2] == b and a != b:
                cost = min(cost, before[j - 2] + SWAPPED)
            row[j] = cost
        before = previous
    return row[-1]


def allowed_cost(word: str) -> float:
    """The most that a slip in ``word`` may cost."""
    return 1.0 if len(word) < 6 else 1.6 if len(word) < 9 else 2.1


def new_spellings(word: str) -> list[str]:
    """``word`` read by the spelling before 1972: ``tjilegon``, ``goebernoer``, ``rakjat``."""
    changed = word
    for old, new in _OLD_SPELLING:
        changed = changed.replace(old, new)
    # A j is a y there, unless it came from dj.
    marked = word.replace("dj", "\0")
    for old, new in _OLD_SPELLING:
        marked = marked.replace(old, new)
    forms = (marked.replace("j", "y").replace("\0", "j"), changed)
    return [form for form in dict.fromkeys(forms) if form != word]


def near_words(word: str, corpus: Corpus) -> list[tuple[float, str]]:
    """Words of the corpus that ``word`` may be mistyped for, with what that costs."""
    if len(word) < 4 or not word.isalpha():
        return []
    found: dict[str, float] = {}
    for form in formal_forms(word):
        if not found and corpus.known(form):
            found[form] = OTHER_FORM
    for form in new_spellings(word):
        if corpus.frequency(form):
            found.setdefault(form, OTHER_FORM)
    most = SLIGHT if is_root(word) or is_name(word) else allowed_cost(word)
    for other, _ in corpus.lexicon().near(word, 1 if len(word) < 6 else 2, limit=200):
        if len(other) < 3 or other == word or is_stop_word(other) or _affixed(word, other):
            continue
        cost = slip_cost(word, other)
        if cost <= most:
            found[other] = min(cost, found.get(other, cost))
    return [(cost, other) for other, cost in found.items()]


def _affixed(word: str, other: str) -> bool:
    """True where ``other`` is ``word`` with two letters before or behind it."""
    return len(other) == len(word) + 2 and (other.endswith(word) or other.startswith(word))


def _value(cost: float, typed: str, text: str, others: Sequence[str], corpus: Corpus) -> float:
    """How unlikely ``text`` is to be meant: the lower the better."""
    words = text.split()
    frequency = min(corpus.frequency(word) for word in words)
    value = cost - FREQUENT * math.log1p(frequency)
    if text[0] != typed[0]:
        value += FIRST_LETTER
    if others and frequency:
        shared = max(corpus.together(other, words[-1:])[0] for other in others)
        value -= TOGETHER * min(1.0, shared / frequency)
    return value


def _choices(
    at: int, found: Sequence[Token], typed: Sequence[str], others: Sequence[str], corpus: Corpus
) -> Iterator[Choice]:
    """Ways to read the word at ``at``: run together with a neighbour, split, mistyped."""
    token, word = found[at], typed[at]
    times = corpus.frequency(word)
    for one, two in ((at - 1, at), (at, at + 1)):
        if one >= 0 and two < len(found):
            whole = joined(typed[one], typed[two], corpus, shortest=2)
            if whole:
                value = _value(SPACE, typed[one], whole, others, corpus)
                yield Choice(value, whole, found[one].start, found[two].end, SPACE)
    apart = halves(word, corpus)
    if apart and corpus.together(apart[0], apart[1:])[0]:
        value = _value(SPACE, word, " ".join(apart), others, corpus)
        yield Choice(value, " ".join(apart), token.start, token.end, SPACE)
    if corpus.known(word) and not times:
        return  # another form of a word that is there
    likeliest = sorted(
        (cost - FREQUENT * math.log1p(corpus.frequency(other)), cost, other)
        for cost, other in near_words(word, corpus)
        if not times or corpus.frequency(other) >= FAR_MORE * times
    )
    for _, cost, other in likeliest[:LOOKED_AT]:
        value = _value(cost, word, other, others, corpus)
        yield Choice(value, other, token.start, token.end, cost)


def correct(
    query: str, corpus: Corpus, finds: Callable[[str], bool], *, doubtful: bool = False
) -> str | None:
    """``query`` with what the corpus does not know put right, or ``None``.

    Of the likeliest ways the first that ``finds`` something; else the likeliest, where the
    slips are slight. Where the query is ``doubtful``, for no page has all its words, rare
    words of the corpus are taken for slips, too.
    """
    found = tokens(query)
    typed = [token.surface for token in found]
    others = [w for w in dict.fromkeys(typed) if not is_stop_word(w) and corpus.frequency(w)]
    others = sorted(others, key=corpus.frequency)[:2]
    options: list[list[Choice]] = []
    doubted = [
        at
        for at, word in enumerate(typed)
        if not is_stop_word(word)
        and word.isalpha()
        and not from_authority().has(word)
        and (doubtful or not corpus.frequency(word))
    ]
    if len(doubted) > MAX_DOUBTED:
        return None  # a pasted text
    for at in doubted:
        choices = sorted(
            set(_choices(at, found, typed, others, corpus)), key=lambda c: (c.value, c.text)
        )
        if choices:
            options.append(choices[:CHOICES])
    if not options:
        return None
    readings = list(islice(_readings(options), MAX_TRIES))
    for reading in readings:
        text = _replaced(query, reading)
        if finds(text):
            return text
    sure = (choice.cost <= SURE * len(choice.text) and finds(choice.text) for choice in readings[0])
    return _replaced(query, readings[0]) if all(sure) else None


def _readings(options: Sequence[Sequence[Choice]]) -> Iterator[list[Choice]]:
    """The first choice of every word, then one word after another exchanged for its next."""
    first = [choices[0] for choices in options]
    yield first
    for rank in range(1, CHOICES):
        for at, choices in enumerate(options):
            if rank < len(choices):
                yield [*first[:at], choices[rank], *first[at + 1 :]]


def _replaced(query: str, reading: Sequence[Choice]) -> str:
    done = len(query)
    for choice in sorted(set(reading), key=lambda c: (-c.start, -c.end)):
        if choice.end <= done:
            query = query[: choice.start] + choice.text + query[choice.end :]
            done = choice.start
    return re.sub(r"\s+", " ", query).strip()
