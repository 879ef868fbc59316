"""Who may have said something: the persons of a text, and phrases that the rules took for one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.authority import norm
from kb.model import Statement
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


def asking(contenders: Sequence[Contender]) -> frozenset[int]:
    """Who only asks, or only wrote the text."""
    return frozenset(
        number
        for number, one in enumerate(contenders)
        if one.person is not None and one.person.asks
    )


def relatives(phrase: str, contenders: Sequence[Contender], people: People) -> frozenset[int]:
    """Whose mother, child, ... the phrase is: they are not the speaker."""
    words = norm(phrase).split()
    if not words or words[0] not in people.cues.kin:
        return frozenset()
    return frozenset(
        number
        for number, one in enumerate(contenders)
        if one.person is not None and not one.tokens.isdisjoint(words[1:])
    )


def in_other_offices(
    phrase: str, contenders: Sequence[Contender], people: People
) -> frozenset[int]:
    """Who holds another office than the ``phrase`` names: "Kapolres" is no deputy regent."""
    title = people.title_of(phrase)
    if title is None or title in people.cues.any_office:
        return frozenset()
    sought = title.split()[:2]
    others = []
    for number, one in enumerate(contenders):
        roles = [] if one.person is None else [role.split()[:2] for role in one.person.roles]
        held = [role for role in roles if role and role[0] not in people.cues.called]
        if held and not any(role[: len(sought)] == sought[: len(role)] for role in held):
            others.append(number)
    return frozenset(others)


def named_within(
    said: Statement, contenders: Sequence[Contender], people: People
) -> frozenset[int]:
    """Whom the words said name, in whatever form: nobody speaks of himself by name."""
    return frozenset(
        number
        for number, one in enumerate(contenders)
        if one.person is not None
        and any(said.start <= at < said.end for at, _ in people.places(one.person))
    )


def is_anybody(phrase: str, people: People) -> bool:
    """True for words beside what is said that mean nobody named: ``seorang bapak``,
    ``para guru``, ``warga``."""
    words = norm(phrase).split()
    cues = people.cues
    first = words[0] if words else ""
    placed = len(words) > 1 and words[1] in ("desa", "kampung", "rt", "rw", "setempat")
    crowd = (first in cues.crowds and len(words) == 1) or first.endswith("2")
    return (
        crowd
        or first in cues.indefinite | cues.several | cues.many
        or (first in cues.plain_people and (len(words) == 1 or placed))
    )
