"""To whom a text turns: by contrast, by a form of address in what was said before."""

from __future__ import annotations

import re

from kb.nlp.statements.masked import MASK, View
from kb.nlp.statements.people import People, Person, Ref
from kb.nlp.statements.scene import Scene

_UNLIKE = re.compile(
    r"(?:Lain|Berbeda|Beda|Begitu\s+(?:juga|pula)|Demikian\s+(?:juga|pula))(?:\s+(?:hal|cerita)nya)?"
    r"\s+(?:dengan|lagi)\s+",
    re.IGNORECASE,
)

_CALLS = re.compile(r"\A(?P<first>[^,.!?]{3,40}),|,\s*(?P<last>[^,.!?]{3,40})[.!?\s]*\Z")
"""Whom words may be said to: ``Dokter, ...?``, ``jangan naik dulu, Pak Kades!``."""


def answers(
    view: View, people: People, before: tuple[int, int], start: int, speaker: Person | None
) -> Person | None:
    """Who answers at ``start``, a quotation on its own line, the words ``before`` it.

    Whom these words call; where they ask, the last one named in their paragraph who is not
    their ``speaker``.
    """
    between = view.text[before[1] : start].split("\n")
    if any(line.strip() for line in between[1:-1]) or len(between) < 2:
        return None
    said = view.text[before[0] : before[1]]
    for call in _CALLS.finditer(said):
        called = _called(people, call["first"] or call["last"], before[0])
        if called is not None and called is not speaker:
            return called
    if not said.rstrip(" ,.").endswith("?"):
        return None
    begin, end = view.line(before[0])
    named = [people.of(m) for m in view.between(begin, end, "PER") if view.masked[m.start] != MASK]
    others = [person for person in named if person is not speaker and not person.asks]
    return others[-1] if others else None


def _called(people: People, phrase: str, place: int) -> Person | None:
    """The person a form of address means."""
    words = phrase.split()
    if len(words) > 3 or words[0].casefold() not in people.cues.addressing | set(
        people.cues.called
    ):
        return None
    if len(words) == 1:
        return people.called(phrase, place)
    title = people.title_of(phrase)
    holder = people.by_title(title, place, None, phrase) if title is not None else None
    return holder or people.named(phrase) or people.addressed(phrase, place, None)


def contrasted(scene: Scene, end: int) -> Ref | None:
    """``Lain dengan X, di kampungnya, kata dia, ...``: whom the sentence turns to."""
    found = _UNLIKE.match(scene.view.masked, scene.start, end)
    if found is None:
        return None
    for person in scene.view.between(found.end(), end, "PER"):
        near = len(scene.view.text[found.end() : person.start].split()) <= 1
        return Ref("person", person.surface, person) if near else None
    return None
