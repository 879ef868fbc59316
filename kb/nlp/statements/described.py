"""Whom a description without a name means: ``sang suami``, ``legislator tersebut``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import dropwhile

from kb.authority import norm
from kb.nlp.statements.abbreviated import abbreviates
from kb.nlp.statements.cues import Cues
from kb.nlp.statements.people import People, Person

_ENDS = re.compile(r"[.:;!?\n“”\"]")
_AGE = re.compile(r"^\s*\(\d+\)")
_ON = re.compile(r",|\b(?:yang|me[a-z]+)\b")
"""Where what stands behind a name goes on to something else."""
_ANY_HEAD = frozenset({"anggota", "kepala", "ketua", "wakil"})


def who_is(
    people: People, cues: Cues, phrase: str, place: int, last: Person | None
) -> Person | None:
    """The one person named before ``place`` whom ``phrase`` describes, or ``None``.

    By a word beside the name (``bersama istri, X`` is "sang istri"), or by what the office makes
    of its holder (``anggota DPRD`` is a "legislator"); ``last`` comes before others of the same
    kind.
    """
    spoken = [word for word in norm(phrase).split() if word not in cues.pointing]
    words = list(dropwhile(cues.addressing.__contains__, spoken))
    if spoken[:1] == ["sang"] and len(spoken) == 2:  # "sang ibu": "Ibunya, X"
        return _one(p for p in _before(people, place) if _called(people, p, spoken[1:], place))
    if not words:
        return None
    short = cut_short(people, cues, words, place, last)
    if short is not None:
        return short
    kind = cues.kinds_of_people.get(words[0]) or cues.kinds_of_people.get(" ".join(words[:2]))
    if kind is not None:
        if last is not None and (not last.roles or _near(people, last, place)):
            return None  # what he is nobody knows, or he has just been named: he may be meant
        alike = [p for p in _before(people, place) if kind & set(" ".join(p.roles).split())]
        return last if last in alike else next(iter(alike), None)
    someone = words[0] in cues.plain_people and last is not None and last.office is not None
    if someone or (words[0] in cues.parties and len(words) == 1):
        plain = _one(p for p in _before(people, place) if not p.roles and p.office is None)
        if plain is not None:
            return plain
    pointed = bool(cues.pointing.intersection(norm(phrase).split()))
    if not pointed and len(spoken) > 1:
        whole = _one(p for p in _before(people, place) if _called(people, p, spoken, place))
        if whole is not None or len(words) > 1:
            return whole
    title = people.title_of(" ".join(words))
    if title is not None and " " not in title and title not in _ANY_HEAD:
        return _one(p for p in _before(people, place) if any(r.startswith(title) for r in p.roles))
    known = words[0] in cues.characterising or words[0] in people.titles.first_words
    if known or len(words[0]) < 4 or (pointed and last is not None and _near(people, last, place)):
        return None
    return _one(p for p in _before(people, place) if _called(people, p, words[:1], place))


def _one(found: Iterable[Person]) -> Person | None:
    """The only one; of several it is not known who is meant."""
    persons = list(found)
    return persons[0] if len(persons) == 1 else None


def cut_short(
    people: People, cues: Cues, words: Sequence[str], place: int, last: Person | None
) -> Person | None:
    """Whose office ``words`` name by syllables or by number; ``last`` before others."""
    if len(words) > 2:  # "Dansatgas dalam keterangan tertulisnya"
        return cut_short(people, cues, words[:2], place, last) or cut_short(
            people, cues, words[:1], place, last
        )
    field = cues.numbered_offices.get(" ".join(words[:2]))
    found = [
        person
        for person in _before(people, place)
        if not person.tokens.intersection(words)
        and any(
            abbreviates(words, role.split(), cues.office_pieces)
            or (field is not None and role.startswith("asisten") and field in role)
            or cues.numbered_offices.get(" ".join(role.split()[:2])) in words[1:]
            for role in person.roles
        )
    ]
    return last if last in found else next(iter(found), None)


def _near(people: People, person: Person, place: int) -> bool:
    """Whether somebody is named in the paragraph of ``place`` before it."""
    paragraph = people.text.rfind("\n", 0, place)
    return any(paragraph < start < place for start, _ in people.places(person))


def _before(people: People, place: int) -> list[Person]:
    """Persons named before ``place``, the nearest first."""
    nearest = {
        id(p): max((start for start, _ in people.places(p) if start < place), default=-1)
        for p in people.persons
    }
    known = [p for p in people.persons if nearest[id(p)] >= 0 and not p.asks]
    return sorted(known, key=lambda p: -nearest[id(p)])


def _called(people: People, person: Person, words: Sequence[str], place: int) -> bool:
    """Whether ``words`` say right beside a name, up to ``place``, what its bearer is.

    One word is the one before the name, the first behind it or the first of a phrase between
    commas before it ("majelis" is no "ketua majelis"); several stand there as they are.
    """
    sought = " ".join(words)
    for start, end in people.places(person):
        if start >= place:
            continue
        before = _ENDS.split(people.text[max(0, start - 60) : start])[-1].rstrip()
        phrase = norm(before.rstrip(",").rpartition(",")[2]).split()
        behind = _ENDS.split(_AGE.sub("", people.text[end : end + 70]))[0].lstrip(" ,")
        follows = norm(_ON.split(behind)[0]).split()
        if len(words) > 1:
            if any(f" {sought} " in f" {' '.join(said)} " for said in (phrase, follows)):
                return True
            continue
        heads = [
            *phrase[-1:],
            *norm(behind).split()[:1],
            *(phrase[:1] if before.endswith(",") else ()),
        ]
        if sought in heads or sought in [word.removesuffix("nya") for word in heads]:
            return True
    return False
