"""Words that are part of a name in the authority file, so that they are never stemmed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from kb.authority.normal import norm


def _authority_names() -> Iterable[str]:
    from kb import authority

    loaded = authority.load()
    yield from loaded.places.by_norm
    for official in loaded.officials.all():
        yield from official.names


@cache
def name_words() -> frozenset[str]:
    """Every word of a place's or an official's name, in normal form (read once per process)."""
    words: set[str] = set()
    for name in _authority_names():
        words.update(norm(name).split())
    return frozenset(words)


def is_name(word: str) -> bool:
    """True where ``word`` (folded) is part of a known name."""
    return word in name_words()
