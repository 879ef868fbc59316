"""Words that were typed or copied without the space between them, read apart.

Where a text has lost its spaces (``CamatPagaden BaratHj.Elin Herlinaserta para kades``) names
run into their neighbours. Some seams show in any text: a capital after four small letters
(``GubernurBanten``), a preposition before a capital or a kind of place (``diKota``,
``dikelurahan``). Others are believed only where several such places show that it is the habit
of the text: a name that ends in an ordinary word (``Herlinaserta``) may be just a name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kb.authority.words import common_words, either

HABIT = 3
"""From so many sure seams in a text the doubtful ones are believed too."""


class Piece(NamedTuple):
    """A token, or the part of one beside a seam (``Polri`` in ``TNI-Polri``)."""

    text: str
    start: int


_HYPHEN = r"(?<=\w)-(?=[A-Z])"
_BEFORE_NAME = (
    r"^(?:di|ke|se|dari|dan)(?=[A-Z][a-z]{2}|[A-Z]{2})"
    rf"|^(?:di|ke|se)(?=(?:{either('rows.txt', 'glued')})$)"
)
_SURE = re.compile(rf"{_HYPHEN}|(?<=[a-z]{{4}})(?=[A-Z][a-z]{{2}})|{_BEFORE_NAME}")
_DOUBTFUL = re.compile(
    rf"{_HYPHEN}|(?<=[a-z]{{2}})(?=[A-Z])|(?<=[A-Z]{{2}})(?=[A-Z][a-z]{{2}})"
    rf"|(?<=[a-z]\))(?=[A-Z])|{_BEFORE_NAME}|(?<=\d)(?=[a-z]{{3}})|(?<=[a-z]{{3}})(?=\d)"
)
_GLUED = re.compile(
    r"(?<![^\W\d_])(?:di|ke|se|dari|dan)[A-Z][a-z]{2}|[a-z]{3}(?<!\bMc)[A-Z][a-z]{2}"
)
_SHORT_TAILS = frozenset(
    {"yang", "dan", "serta", "dari", "tiba", "telah", "sudah", "akan", "untuk", "saat", "naik"}
)


def is_habit(text: str) -> bool:
    """Whether the text lacks many a space between words (``HABIT``)."""
    return sum(1 for _ in zip(_GLUED.finditer(text), range(HABIT), strict=False)) >= HABIT


@lru_cache(maxsize=100_000)
def _cuts(word: str, habit: bool) -> tuple[tuple[int, int], ...]:
    """Where the word is cut: ends of what stands before and starts of what stands after."""
    if len(word) < 4 or not word[0].isalpha() or not (habit or len(word) >= 5):
        return ()
    seams = [m.span() for m in (_DOUBTFUL if habit else _SURE).finditer(word)]
    cuts: list[tuple[int, int]] = []
    start = 0
    for end, after in [*[(m[0] if word[m[0] : m[1]] == "-" else m[1], m[1]) for m in seams],
                       (len(word), len(word))]:  # fmt: skip
        if habit and (tail := _tail(word[start:end])):
            cuts.append((start + tail, start + tail))
        if start < end and after < len(word):
            cuts.append((end, after))
        start = after
    return tuple(cuts)


def _tail(word: str) -> int:
    """Where an ordinary word begins at the end of a name it is glued to, 0 if none does."""
    if not word[:1].isupper() or not word[1:].islower() or word.lower() in common_words():
        return 0
    for at in range(3, len(word) - 2):
        rest = word[at:]
        if rest in _SHORT_TAILS or (len(rest) > 5 and rest in common_words()):
            return at
    return 0


def pieces(word: str, start: int, habit: bool) -> list[Piece]:
    """The token in its parts; a hyphen between two names is a part of its own.

    Args:
        habit: the text lacks spaces (``is_habit``).
    """
    cuts = _cuts(word, habit)
    if not cuts:
        return [Piece(word, start)]
    out: list[Piece] = []
    at = 0
    for end, after in cuts:
        out.append(Piece(word[at:end], start + at))
        if after > end:
            out.append(Piece(word[end:after], start + end))
        at = after
    out.append(Piece(word[at:], start + at))
    return out
