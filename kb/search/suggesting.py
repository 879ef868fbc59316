"""Help while typing and after a slip: completions and "maksud Anda"."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice, product

from kb.search.analysis import fold, is_stop_word, stem, tokens
from kb.search.informal import formal_forms
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
MIN_PHRASE = 3
"""Letters of a first word before phrases are looked for."""
MAX_TRIES = 6
"""Corrections of a query that are tried until one finds something."""


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


def closest(word: str, lexicon: Lexicon, limit: int = 3) -> list[str]:
    """The words of the corpus most likely meant by ``word``, the likeliest first."""
    if len(word) < 4 or any(c.isdigit() for c in word):
        return []
    distance = 1 if len(word) < 6 else 2
    found: list[tuple[float, str]] = []
    for other, _ in lexicon.near(word, distance, limit=200):
        if len(other) < 3 or other == word:
            continue
        value = slip_cost(word, other) - 0.12 * math.log1p(lexicon.count(other))
        if other[0] != word[0]:
            value += 0.3
        found.append((value, other))
    return [other for _, other in sorted(found)[:limit]]


def correct(
    query: str,
    words: Sequence[str],
    lexicon: Lexicon,
    known: Callable[[str], bool],
    finds: Callable[[str], bool],
) -> str | None:
    """``query`` with words unknown to the corpus replaced, the likeliest way that ``finds``
    something; ``None`` where no way does."""
    options = [
        [(word, other) for other in (*filter(known, formal_forms(word)), *closest(word, lexicon))]
        for word in words
        if not known(word) and not is_stop_word(word)
    ]
    choices = [option for option in options if option]
    if not choices:
        return None
    # The first words of all lists, then one after another exchanged for its second, ...
    ways = sorted(product(*map(enumerate, choices)), key=lambda way: sum(rank for rank, _ in way))
    for way in ways[:MAX_TRIES]:
        replaced = query
        for _, (word, other) in way:
            for token in reversed(tokens(replaced)):
                if token.surface == word:
                    replaced = replaced[: token.start] + other + replaced[token.end :]
        if replaced != query and finds(replaced):
            return replaced
    return None


def phrases(prefix: str, texts: Iterable[str], limit: int = 2) -> list[str]:
    """The most frequent ways in which ``texts`` go on after ``prefix``, by up to two words.

    Counted once for each text; a longer way stands for a shorter one that mostly goes on so.
    """
    words = fold(prefix).split()
    if not words:
        return []
    if prefix[-1].isspace():
        words.append("")
    typed = r"\s+".join(map(re.escape, words))
    pattern = re.compile(rf"(?<!\w){typed}\w*(?:[ \n]\w+){{0,2}}")
    counts: Counter[str] = Counter()
    read = 0
    for text in texts:
        read += 1
        here: set[str] = set()
        for match in pattern.finditer(fold(text)):
            found = match.group().split()
            for length in range(max(2, len(words)), len(found) + 1):
                last = found[length - 1]
                if len(last) > 2 and not last.isdigit() and not is_stop_word(last):
                    here.add(" ".join(found[:length]))
        counts.update(here)
    least = 2 if read < 10 else 3
    best: list[str] = []
    for phrase, count in sorted(counts.items(), key=lambda pair: (-pair[1], -len(pair[0]))):
        longer = (n for other, n in counts.items() if other.startswith(phrase + " "))
        if count < least or 2 * max(longer, default=0) > count or phrase == fold(prefix.strip()):
            continue
        best.append(phrase)
    return best[:limit]


def complete(
    prefix: str,
    lexicon: Lexicon,
    titles: Sequence[tuple[str, str]],
    together: Callable[[str, str], int],
    sample: Callable[[Sequence[str], Sequence[str]], Iterable[str]],
    limit: int,
) -> list[str]:
    """Queries that begin as ``prefix`` does: titles, frequent phrases, its last word completed.

    ``together`` counts passages that have two words; completions that stand with the word
    before come first. ``sample`` gives some texts with all of the first words and any of the
    second. ``titles`` are pairs of the folded and the written form, sorted.
    """
    if not prefix.strip():
        return []
    last = _LAST_WORD.search(prefix)
    typed = fold(last.group()) if last else ""
    head = prefix[: last.start()] if last else prefix
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
    words = lexicon.prefixed(typed, 60) if typed else []
    words = [w for w in words if w.replace("-", "").isalnum()]
    words = [w for w in words if w != typed and not is_stop_word(w)]
    if earlier and words:
        counted = [(together(earlier[-1], w), w) for w in words[:24]]
        ranked = sorted((c for c in counted if c[0]), key=lambda c: -c[0])
        words = [w for _, w in ranked] or words
    if earlier or len(typed) >= MIN_PHRASE:
        whole = [typed] if typed and lexicon.count(typed) else []
        for phrase in phrases(prefix, sample(earlier[-2:], [*whole, *words[:4]])):
            if not any(fold(title) == phrase for title in found):
                found.append(phrase)
    seen: set[str] = set()
    for word in words:
        stemmed = stem(word)
        if len(found) >= limit:
            break
        if stemmed in seen and len(words) > limit:
            continue
        seen.add(stemmed)
        if head + word not in found:
            found.append(head + word)
    return found[:limit]
