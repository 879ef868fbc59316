"""Help while typing and after a slip: completions and "maksud Anda"."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import islice

from kb.search.analysis import fold, is_stop_word, stem, tokens
from kb.search.lexicon import Lexicon

_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLACE = {
    key: (row, column) for row, keys in enumerate(_KEYBOARD) for column, key in enumerate(keys)
}
_LAST_WORD = re.compile(r"[^\s\"“”()]+$")

NEIGHBOUR = 0.55
"""Cost of a letter next to the right one on the keyboard, against 1 for any other."""
SWAPPED = 0.6
DOUBLED = 0.6


def _beside(a: str, b: str) -> bool:
    one, two = _PLACE.get(a), _PLACE.get(b)
    if one is None or two is None:
        return False
    return abs(one[0] - two[0]) <= 1 and abs(one[1] - two[1]) <= 1


def slip_cost(typed: str, meant: str) -> float:
    """What it takes to type ``typed`` for ``meant``: edits, keyboard neighbours cheaper."""
    width = len(meant) + 1
    before: list[float] = []
    row = [float(j) for j in range(width)]
    for i in range(1, len(typed) + 1):
        previous, row = row, [float(i)] + [0.0] * (width - 1)
        for j in range(1, width):
            a, b = typed[i - 1], meant[j - 1]
            change = 0.0 if a == b else NEIGHBOUR if _beside(a, b) else 1.0
            extra = DOUBLED if i > 1 and typed[i - 2] == a else 1.0
            missing = DOUBLED if j > 1 and meant[j - 2] == b else 1.0
            cost = min(previous[j - 1] + change, previous[j] + extra, row[j - 1] + missing)
            if i > 1 and j > 1 and a == meant[j - 2] and typed[i - 2] == b:
                cost = min(cost, before[j - 2] + SWAPPED)
            row[j] = cost
        before = previous
    return row[-1]


def closest(word: str, lexicon: Lexicon) -> str | None:
    """The word of the corpus most likely meant by ``word``, if one is near."""
    if len(word) < 4 or any(c.isdigit() for c in word):
        return None
    distance = 1 if len(word) < 6 else 2
    best, best_value = None, math.inf
    for other, _ in lexicon.near(word, distance, limit=200):
        if len(other) < 3 or other == word:
            continue
        value = slip_cost(word, other) - 0.12 * math.log1p(lexicon.count(other))
        if other[0] != word[0]:
            value += 0.3
        if value < best_value:
            best, best_value = other, value
    return best


def correct(
    query: str, words: Sequence[str], lexicon: Lexicon, known: Callable[[str], bool]
) -> str | None:
    """``query`` with every word unknown to the corpus replaced, or ``None``."""
    replaced = query
    for word in words:
        if known(word) or is_stop_word(word):
            continue
        other = closest(word, lexicon)
        if other is None:
            continue
        for token in reversed(tokens(replaced)):
            if token.surface == word:
                replaced = replaced[: token.start] + other + replaced[token.end :]
    return replaced if replaced != query else None


def complete(
    prefix: str,
    lexicon: Lexicon,
    titles: Sequence[tuple[str, str]],
    together: Callable[[str, str], int],
    limit: int,
) -> list[str]:
    """Queries that begin as ``prefix`` does: its last word completed, and titles.

    ``together`` counts passages that have two words; completions that stand with the word
    before come first. ``titles`` are pairs of the folded and the written form, sorted.
    """
    last = _LAST_WORD.search(prefix)
    if last is None or not prefix.strip():
        return []
    typed = fold(last.group())
    head = prefix[: last.start()]
    earlier = [t.surface for t in tokens(head)]
    found: list[str] = []
    folded = fold(" ".join(prefix.split()))
    if len(folded) >= 3:
        low = bisect_left(titles, (folded, ""))
        high = bisect_left(titles, (folded + "\U0010ffff", ""))
        wanted = [title for key, title in titles[low:high] if key != folded]
        if len(wanted) < 2:
            inside = " " + folded
            wanted += islice((title for key, title in titles if inside in key), 3)
        found += list(dict.fromkeys(wanted))[:3]
    words = [w for w in lexicon.prefixed(typed, 60) if w.replace("-", "").isalnum()]
    words = [w for w in words if w != typed and not is_stop_word(w)]
    if earlier and words:
        counted = [(together(earlier[-1], w), w) for w in words[:24]]
        ranked = sorted((c for c in counted if c[0]), key=lambda c: -c[0])
        words = [w for _, w in ranked] or words
    seen: set[str] = set()
    for word in words:
        stemmed = stem(word)
        if len(found) >= limit:
            break
        if stemmed in seen and len(words) > limit:
            continue
        seen.add(stemmed)
        found.append(head + word)
    return found[:limit]
