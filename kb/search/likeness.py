"""More like this: the plan that finds passages with the rarest words of a text."""

from __future__ import annotations

import math
from collections import Counter

from kb.search.language.analysis import is_stop_word, tokens
from kb.search.lexicon import Lexicon
from kb.search.plan import Plan, Term, Union
from kb.search.ranking import TEXT

TERMS = 20
MIN_LETTERS = 4
COMMON = 4
"""A word in more than one passage of so many tells nothing."""
FEW = 20
"""In a base of fewer passages every word counts."""


def like(text: str, lexicon: Lexicon, passages: int) -> Plan | None:
    """Passages with any of the ``TERMS`` most telling words of ``text``, scored by all they have.

    Telling: often here, seldom elsewhere (term frequency times inverse document
    frequency, Spärck Jones 1972). Numbers do not count: they are what differs between
    two editions of one paragraph. ``None`` where the text has no such word.
    """
    counts: Counter[str] = Counter()
    stems: dict[str, str] = {}
    for token in tokens(text):
        word = token.surface
        if len(word) >= MIN_LETTERS and not word.isdigit() and not is_stop_word(word):
            counts[word] += 1
            stems[word] = token.stem
    most = passages if passages < FEW else passages / COMMON
    weights: dict[str, float] = {}
    for word, times in counts.items():
        spread = lexicon.count(word)
        if 0 < spread <= most:
            weight = (1 + math.log(times)) * math.log(1 + passages / spread)
            weights[stems[word]] = max(weight, weights.get(stems[word], 0.0))
    best = sorted(weights, key=lambda s: (-weights[s], s))[:TERMS]
    return Union(tuple(Term(TEXT, s) for s in best)) if best else None
