"""Who may have said something: the persons of a text, and phrases that the rules took for one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.authority import norm
from kb.nlp.statements.masked import MASK, View
from kb.nlp.statements.people import People, Person


@dataclass(slots=True)
class Contender:
    """Somebody who may have spoken."""

    name: str
    person: Person | None
    places: list[tuple[int, int]]
    """Where he is named outside quotations."""
    tokens: frozenset[str]
    roles: frozenset[str]
    """Words of his offices, or of the phrase that stands for him."""
    heads: frozenset[str]
    """First words of these offices."""
    size: int
    """How often he is named, in quotations too."""


def of_person(person: Person, view: View, people: People) -> Contender:
    """Somebody whom the text names."""
    places = sorted(people.places(person))
    return Contender(
        person.name,
        person,
        [place for place in places if view.masked[place[0]] != MASK],
        person.tokens,
        frozenset(word for role in person.roles for word in role.split()),
        frozenset(role.partition(" ")[0] for role in person.roles),
        len(places),
    )


def of_phrase(phrase: str, view: View, people: People) -> Contender:
    """Somebody whom the text only describes, or a body."""
    words = norm(phrase)
    places = [m.span() for m in re.finditer(rf"\b{re.escape(phrase)}\b", view.text)]
    return Contender(
        phrase,
        None,
        [place for place in places if view.masked[place[0]] != MASK],
        frozenset(words.split()),
        frozenset(norm(people.titles.full(words)).split()),
        frozenset(),
        len(places),
    )
