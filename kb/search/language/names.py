"""Words that are part of a name in the authority file, so that they are never stemmed."""

from __future__ import annotations

from functools import cache

from kb.authority.normal import norm


@cache
def name_words() -> frozenset[str]:
    """Every word of a place's or an official's name, in normal form (read once per process)."""
    from kb import authority

    loaded = authority.load()
    words = set(loaded.place_words)
    for official in loaded.officials.all():
        for name in official.names:
            words.update(norm(name).split())
    return frozenset(words)


def is_name(word: str) -> bool:
    """True where ``word`` (folded) is part of a known name."""
    return word in name_words()
