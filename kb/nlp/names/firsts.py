"""What a name or its first words tell of it."""

from __future__ import annotations

from functools import lru_cache

from kb.authority import norm
from kb.authority.words import sections
from kb.nlp.lexicon import lexicon


def first_word(name: str) -> str:
    """The first word of ``name`` in lower case, "" where it has none."""
    return (norm(name).split() or [""])[0]


def is_region(name: str) -> bool:
    """Whether ``name`` is a province, a kabupaten or kota, or one of the world's places."""
    words = tuple(norm(name).split())
    return bool(words) and words in lexicon().bare_places.get(words[0], ())


@lru_cache(maxsize=1)
def heads() -> frozenset[str]:
    """Words that institutions' names begin with, in lower case."""
    lex = lexicon()
    return lex.agency_heads | lex.named_first | lex.regional_heads | lex.institution_first.keys()


@lru_cache(maxsize=1)
def listed() -> frozenset[str]:
    """Names and short forms of institutions (``authority/words/agencies.txt``), as written."""
    rows = (row for section in sections("agencies.txt").values() for row in section)
    return frozenset(form.strip() for row in rows for form in row.split("|"))
