"""Which queries are asked by meaning, too, and how much that counts."""

from __future__ import annotations

from kb.search.language.words import special
from kb.search.query import parse
from kb.search.tree import All, AnyOf, Node, Word

LEAST_WORDS = 3
LONG_QUESTION = 7
"""Words from which a question is a sentence, not two keywords with ``berapa``."""
FOR_SENTENCES = 1.5
FOR_QUESTIONS = 0.5
FOR_KEYWORDS = 0.35
FOR_SLIPS = 0.25


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


def weight(query: str, *, misspelt: bool) -> float:
    """How much the meaning counts beside the words, whose best page counts 1.

    ``misspelt``: the words were found in another spelling only.
    """
    if misspelt:
        return FOR_SLIPS
    if not is_question(query):
        return FOR_KEYWORDS
    return FOR_SENTENCES if len(query.split()) >= LONG_QUESTION else FOR_QUESTIONS


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
