"""Which queries are asked by meaning, too, and what of them an encoder can know."""

from __future__ import annotations

import re

from kb.search.language.analysis import is_stop_word, surfaces
from kb.search.language.synonyms import from_authority
from kb.search.language.words import special
from kb.search.query import parse
from kb.search.tree import All, AnyOf, Node, Word

LEAST_WORDS = 3
_VOWEL = re.compile("[aeiou]")
SHORT = 3
"""Letters of the longest word that is taken for an abbreviation."""


def by_meaning(query: str) -> bool:
    """True for a question, or three words and more, without operators, quotes and fields."""
    words = _words(parse(query).root)
    if words is None or len(words) < 2:
        return False
    return len(words) >= LEAST_WORDS or is_question(query)


def is_question(query: str) -> bool:
    """True where it ends with a question mark or has a question word."""
    words = query.casefold().rstrip("?!. ").split()
    return query.rstrip().endswith("?") or not special().question.isdisjoint(words)


def share_of_keys(query: str) -> float:
    """How much of a query is figures, codes and abbreviations, from 0 to 1; stop words do not
    count. Letters find those: an encoder has never met most of them.

    A key has no vowel, at most ``SHORT`` letters, or stands for several words in the
    authority file.
    """
    words = [w for w in surfaces(query) if not is_stop_word(w)] or list(surfaces(query))
    return sum(map(_is_key, words)) / len(words) if words else 0.0


def _is_key(word: str) -> bool:
    if len(word) <= SHORT or _VOWEL.search(word) is None:
        return True
    return any(len(form) > 1 for form in from_authority().of((word,)))


def in_full(query: str, suggestion: str | None) -> str:
    """A query as it would be written with care: what it was corrected to, where it was, and
    the short forms of chats in full. An encoder has read texts, not chats."""
    chat = special().chat
    found: list[str] = []
    for typed in (suggestion or query).split():
        word = typed.strip("?!.,")
        full = chat.get(word.casefold()) if word else None
        found.append(typed.replace(word, full) if full else typed)
    return " ".join(found)


def _words(node: Node) -> list[str] | None:
    """The words of a query that is nothing but words and dates; ``None`` for any other."""
    if isinstance(node, Word):
        return None if node.field else [node.text]
    if isinstance(node, AnyOf):  # a written date: its forms are put in by the parser
        first = node.children[0]
        return [first.text] if isinstance(first, Word) and first.exact else None
    if isinstance(node, All) and node.implicit:
        found: list[str] = []
        for child in node.children:
            words = None if isinstance(child, All) else _words(child)
            if words is None:
                return None
            found += words
        return found
    return None
