"""Abbreviations and their long forms as equal terms, from the authority file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from kb.search.language.analysis import fold, is_stop_word, surfaces

Words = tuple[str, ...]

MAX_WORDS = 8


class Synonyms:
    """Groups of equal terms, looked up by their words (folded surfaces).

    Stop words do not count for the look-up: a query is asked without them.
    """

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        groups = list(groups)
        heads = _heads(groups)
        self._agencies = {fold(head): fold(short) for head, short, _ in heads}
        groups += [(head, *longs) for head, _, longs in heads]
        self._others: dict[Words, list[Words]] = {}
        for group in groups:
            forms = list(dict.fromkeys(surfaces(term) for term in group if term))
            for form in forms:
                key = _without_stop_words(form)
                if 0 < len(key) <= MAX_WORDS:
                    known = self._others.setdefault(key, [])
                    known += [o for o in forms if o != form and o not in known and o]
        self._longest = max(map(len, self._others), default=0)

    def of(self, words: Words) -> Sequence[Words]:
        """Other ways to write exactly ``words``."""
        return self._others.get(_without_stop_words(words), ())

    def has(self, word: str) -> bool:
        """True for an abbreviation or a word that has other forms."""
        return (word,) in self._others

    def agency_of_head(self, word: str) -> str | None:
        """``dinkes`` for ``kadinkes``, the head of it."""
        return self._agencies.get(word)

    def find(self, words: Words) -> list[tuple[int, int]]:
        """Stretches (start, end) of ``words`` that are a long form, longest first, no overlap."""
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(words):
            for end in range(min(len(words), at + self._longest), at + 1, -1):
                if words[at:end] in self._others:
                    found.append((at, end))
                    at = end - 1
                    break
            at += 1
        return found


def _without_stop_words(words: Words) -> Words:
    return tuple(word for word in words if not is_stop_word(word))


@cache
def from_authority() -> Synonyms:
    """The authority file's abbreviations and short names of regions (read once per process).

    A short name that is a word as well (``Mitra``) is left out.
    """
    from kb import authority
    from kb.authority.words import common_words

    known = authority.load()
    words = common_words()
    regions = (
        (name, *(short for short in others if fold(short) not in words))
        for name, *others in known.places.in_short()
    )
    return Synonyms((*known.abbreviations, *regions))


def _heads(groups: Iterable[Sequence[str]]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Heads of agencies: "kaDinkes", "Dinkes" and ways to say "kepala Dinas Kesehatan"."""
    return [
        ("ka" + short, short, tuple(f"kepala {name}" for name in (short, *longs)))
        for short, *longs in groups
        if not short.isupper() and any(long.startswith(("Dinas ", "Badan ")) for long in longs)
    ]
