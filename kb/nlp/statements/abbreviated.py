"""Offices cut short by syllables: ``Kakankemenag``, ``Danlantamal``, ``Kasi Intel``.

Press offices make such words as they need them, so that no list has them all. A word is taken
for the office of somebody in the text where it can be cut into pieces of that office's words, in
their order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_LEAST = 2
"""Letters of a piece. Set by hand: shorter ones stand in any word; no command measured it."""
_SHORTEST = 4


def abbreviates(short: Sequence[str], office: Sequence[str], pieces: Mapping[str, str]) -> bool:
    """Whether the words ``short`` are those of ``office`` cut short (both in normal form).

    ``pieces`` are syllables that stand for a word without being in it (``ka``: ``kepala``).
    """
    if sum(map(len, short)) < _SHORTEST or not short or not office:
        return False
    behind, field = list(short[1:]), list(office[1:])
    if short[0] == office[0]:
        return bool(behind) and _words(behind, field)
    if not _words(behind, field):
        return False
    return any(_rest(rest, field, pieces) for rest in _behind_head(short[0], office[0], pieces))


def _behind_head(word: str, head: str, pieces: Mapping[str, str]) -> list[str]:
    """What is left of ``word`` behind each piece of the office's first word that it begins with."""
    found = [word[len(p) :] for p, full in pieces.items() if full == head and word.startswith(p)]
    found += [word[size:] for size in range(3, len(word)) if head.startswith(word[:size])]
    return [rest for rest in found if len(rest) >= _LEAST]


def _rest(rest: str, words: list[str], pieces: Mapping[str, str]) -> bool:
    """Whether ``rest`` is made of pieces of ``words``, in their order."""
    if not rest:
        return True
    for number, word in enumerate(words):
        for size in range(len(rest), _LEAST - 1, -1):
            piece = rest[:size]
            stands = pieces.get(piece)
            alike = piece in word or (stands is not None and word[:1] == stands[:1])
            if alike and _rest(rest[size:], words[number + 1 :], pieces):
                return True
    return False


def _words(short: list[str], words: list[str]) -> bool:
    """Whether each word of ``short`` begins a later word of the office, in their order."""
    at = 0
    for word in short:
        behind = (
            n
            for n in range(at, len(words))
            if words[n] == word or (len(word) > 2 and words[n].startswith(word))
        )
        found = next(behind, None)
        if found is None:
            return False
        at = found + 1
    return True
