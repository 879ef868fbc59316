"""A post that stands in capitals before a short name is no part of it (``Menpora Wibowo``)."""

from __future__ import annotations

from kb.authority import norm
from kb.authority.words import name_parts
from kb.nlp.lexicon import lexicon

_ALSO_NAMES = frozenset({"jaro", "karo", "carik", "penghulu"})
"""Posts that are just as often the first word of a name."""
_CUSTOM = "adat dan agama"
"""Posts of this kind are borne like names (``Sultan``)."""


def behind_post(text: str, start: int, end: int) -> int:
    """Where the name begins in the span of a person that may begin with a post of one word."""
    post, _, name = text[start:end].partition(" ")
    return end - len(name) if name[:1].isupper() and _is_post(norm(post)) else start


def _is_post(word: str) -> bool:
    title = lexicon().titles.by_words.get((word,))
    return (
        title is not None
        and title.category != _CUSTOM
        and word not in _ALSO_NAMES
        and word not in name_parts()
    )
