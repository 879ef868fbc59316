"""The query tree: what the grammar (``query.py``) makes and engines evaluate."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Field = Literal["", "title", "section"]
"""Text field a word is asked for; empty means title, section and body."""

ValueField = Literal["institution", "official", "place", "type", "year"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word; matched by stem (``exact``: as written)."""

    text: str
    field: Field = ""
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A word with ``*`` (any characters) or ``?`` (one character)."""

    text: str
    field: Field = ""


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word or one at most ``distance`` letters away."""

    text: str
    distance: int = 1
    field: Field = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side as written; with ``slop`` all within that many words more."""

    text: str
    slop: int = 0
    field: Field = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: ``values`` are alternatives, already resolved."""

    field: ValueField
    text: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Years:
    """Years covered, both ends included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Dates:
    """Publication dates as ISO prefixes, both ends included; ``None`` is open."""

    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class All:
    """Every child must match. ``implicit``: nobody typed DAN."""

    children: tuple[Node, ...]
    implicit: bool = True


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one child must match."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    child: Node


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches every passage (an empty query)."""


Node: TypeAlias = (
    Word | Pattern | Fuzzy | Phrase | Value | Years | Dates | All | AnyOf | Not | Everything
)


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query. ``notes`` are codes of what was ignored or capped."""

    text: str
    root: Node
    notes: tuple[str, ...] = field(default=())


def asks_for_words(node: Node) -> bool:
    """True where any part of ``node`` asks for words of the text (not of title or section)."""
    if isinstance(node, All | AnyOf):
        return any(asks_for_words(n) for n in node.children)
    if isinstance(node, Not):
        return asks_for_words(node.child)
    return isinstance(node, Word | Phrase | Fuzzy | Pattern) and not node.field


def denies_words(node: Node) -> bool:
    """True where ``node`` denies words of the text anywhere."""
    if isinstance(node, Not):
        return asks_for_words(node.child)
    return isinstance(node, All | AnyOf) and any(denies_words(n) for n in node.children)


def says_of_document(node: Node) -> bool:
    """True where any part of ``node`` is about the page or document, not the words in it."""
    if isinstance(node, All | AnyOf):
        return any(says_of_document(n) for n in node.children)
    if isinstance(node, Not):
        return says_of_document(node.child)
    return not isinstance(node, Everything) and not asks_for_words(node)


def without_denials(node: Node) -> Node:
    """``node`` without the words it denies: what holds of a page where it holds of a part of it.

    A sentence may do without a word that stands elsewhere on its page.
    """
    if isinstance(node, Not):
        return Everything() if asks_for_words(node.child) else node
    if isinstance(node, AnyOf):
        options = tuple(without_denials(n) for n in node.children)
        free = any(isinstance(n, Everything) for n in options)
        return Everything() if free else AnyOf(options)
    if isinstance(node, All):
        parts = tuple(without_denials(n) for n in node.children)
        kept = tuple(n for n in parts if not isinstance(n, Everything))
        if len(kept) < 2:
            return kept[0] if kept else Everything()
        return All(kept, node.implicit)
    return node
