"""From the query tree to terms of the index: what every engine evaluates.

A plan names fields, terms and weights; it knows stems, synonyms, expansions and the lifts
of the ranking, so that engines only look up and add.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from kb.search.language.analysis import stem
from kb.search.ranking import SECTION, TEXT, TITLE

Resolve = Callable[[str, str], Sequence[str]]
"""Given a facet (``institution``, ``official``, ``place``, ``type``) and what was typed,
the entity ids (or type keys) meant; empty where nobody is called so."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word in a field: by stem, or ``exact`` in the form written."""

    field: str
    text: str
    exact: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Chain:
    """Words in a field, each ``offsets[i]`` words after the first; with ``slop`` all of
    them in any order within ``len(words) + slop`` words."""

    field: str
    words: tuple[str, ...]
    offsets: tuple[int, ...]
    exact: bool = True
    slop: int = 0
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Key:
    """Passages known by a key (``columns``): title, number, facet value. No score."""

    prefix: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateRange:
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Anything:
    """Every passage, no score."""


@dataclass(frozen=True, slots=True)
class Union:
    """At least one; scores are added, or with ``best`` the highest counts."""

    parts: tuple[Plan, ...]
    best: bool = False


@dataclass(frozen=True, slots=True)
class Both:
    """Every part; scores are added."""

    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Without:
    part: Plan


@dataclass(frozen=True, slots=True)
class Constant:
    """The passages of ``part``, each with this score."""

    part: Plan
    score: float


@dataclass(frozen=True, slots=True)
class Lifted:
    """The passages of ``main``; those that ``lifts`` match too score higher."""

    main: Plan
    lifts: tuple[Plan, ...]


Plan: TypeAlias = (
    Term | Chain | Key | DateRange | Anything | Union | Both | Without | Constant | Lifted
)


def widest(parts: Sequence[Plan]) -> list[Plan]:
    """``parts`` without those that match nothing the others do not, scores left aside.

    A word as written stands nowhere its stem does not.
    """
    flat: list[Plan] = []
    for part in parts:
        flat += widest(part.parts) if isinstance(part, Union) else [part]
    stems = {(t.field, t.text) for t in flat if isinstance(t, Term) and not t.exact}
    return [
        part
        for part in flat
        if not (isinstance(part, Term) and part.exact and (part.field, stem(part.text)) in stems)
    ]


def side_by_side(plan: Union) -> list[Plan]:
    """The parts of ``plan`` and of the unions in it that come to the same score: engines add up
    parts side by side in a third of the time it takes for unions of unions."""
    parts: list[Plan] = []
    for part in plan.parts:
        same = isinstance(part, Union) and part.best == plan.best
        parts += side_by_side(part) if isinstance(part, Union) and same else [part]
    return parts


@dataclass(slots=True)
class Marks:
    """What to mark in a text that matched."""

    stems: set[str] = field(default_factory=set)
    surfaces: set[str] = field(default_factory=set)
    """Words and whole codes, as written."""
    phrases: set[tuple[str, ...]] = field(default_factory=set)
    """Surfaces side by side."""
    stem_phrases: set[tuple[str, ...]] = field(default_factory=set)
    figures: set[str] = field(default_factory=set)
    """Terms of numbers and dates, to mark in whatever form they are written."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A query ready for an engine."""

    main: Plan
    relaxed: Plan | None
    """Any of the words, where the query is a plain list of at least two."""
    marks: Marks
    words: tuple[str, ...]
    """Folded words of the query that must be known to the corpus (for suggestions)."""
    notes: tuple[str, ...]
    scored: bool
    """False where no word gives a score (only filters): the newest come first."""


FIELDS: dict[str, tuple[str, ...]] = {
    "": (TITLE, SECTION, TEXT),
    "title": (TITLE,),
    "section": (SECTION,),
}
