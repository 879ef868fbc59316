"""Who speaks: the people of a text, and what a phrase around a cue points at.

People are clusters of PER mentions (short forms, initials, nicknames) with the offices
the text gives them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import dropwhile
from typing import Literal

from kb.authority import Titles, norm
from kb.model import Mention, Office
from kb.nlp.statements.beside import Beside
from kb.nlp.statements.cues import Cues
from kb.nlp.statements.holders import fits
from kb.nlp.statements.masked import is_small
from kb.nlp.statements.name_forms import (
    alike,
    holds_piece,
    initials,
    misspelt,
    names_better,
    shortened,
)
from kb.nlp.statements.nicknames import NICKNAME, SHORT_FORM, is_other_name, is_real_name

RefKind = Literal["person", "title", "anaphor", "phrase", "mentioned", "interviewed", "none"]
_ACTING = ("penjabat",)


@dataclass(frozen=True, slots=True)
class Ref:
    """A speaker before it is resolved; ``text`` is the phrase as written."""

    kind: RefKind
    text: str = ""
    mention: Mention | None = None


NOBODY = Ref("none")
LAST = Ref("anaphor")
MENTIONED = Ref("mentioned")
"""Who was named last and did not speak (``Yang disebut tertawa``)."""
INTERVIEWED = Ref("interviewed")
"""Who answers the questions of an interview (``Jawab: "..."``)."""


@dataclass(slots=True)
class Person:
    """One person of the text."""

    name: str
    tokens: frozenset[str]
    first: int
    entity_id: str | None = None
    roles: set[str] = field(default_factory=set)
    """Normal forms of the offices, abbreviations spelt out, institution behind."""
    office: Office | None = None
    statuses: set[str] = field(default_factory=set)
    """In what way he holds his offices (``Plh``)."""
    last: int = 0
    asks: bool = False
    """True for who only asks: the reporter of an interview."""
    suspected: bool = False


class People:
    """The persons of one text and which mention belongs to whom."""

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        offices: Sequence[Office],
        titles: Titles,
        cues: Cues,
    ) -> None:
        self.text = text
        self.titles = titles
        self.persons: list[Person] = []
        self._of: dict[int, Person] = {}
        self._ends: dict[int, int] = {}  # of names -> their beginnings
        self.cues = cues
        self.words_of_office = frozenset(titles.first_words) | cues.describing
        for mention in sorted(mentions, key=lambda m: m.start):
            if mention.label == "PER":
                self._add(mention)
        for office in offices:
            self._give(office)
        beside = Beside(text, titles, cues, self.title_of, self.bare_role, frozenset(self._of))
        behind = 0
        for mention in sorted(mentions, key=lambda m: m.start):
            if mention.label == "PER":
                person = self._of[mention.start]
                person.roles |= beside.roles(mention, behind)
                alone = len(self.places(person)) == 1
                person.asks = person.asks or beside.asks(mention, alone)
                before = norm(text[max(0, mention.start - 30) : mention.start]).split()
                person.suspected = person.suspected or bool(cues.suspects & set(before[-2:]))
                behind = mention.end

        self._drop_offices()

    def _drop_offices(self) -> None:
        """Give what only an office of somebody else was read as (``Bapa Raja``) to its holder."""
        for person in [p for p in self.persons if not p.roles and " " not in p.name]:
            holder = self.by_role_words(person.name)
            if holder is not None and holder is not person:
                self.persons.remove(person)
                self._of = {s: holder if p is person else p for s, p in self._of.items()}

    def of(self, mention: Mention) -> Person:
        """The person a PER mention names."""
        return self._of[mention.start]

    def _add(self, mention: Mention) -> None:
        tokens = frozenset(norm(mention.surface).split())
        bearer = self._other_name(mention)
        before = self._unaddressed(self.text[max(0, mention.start - 40) : mention.start])
        nickname = bearer is None and bool(NICKNAME.search(before))
        real = is_real_name(self.text[max(self._ends, default=0) : mention.start])
        bearer = bearer or (self._latest() if real else None)
        person = bearer or self._find(mention, tokens, before)
        if person is not None and nickname:
            person = self._nicknamed(person, tokens)
        if person is None:
            person = Person(mention.surface, tokens, mention.start)
            self.persons.append(person)
        elif bearer is not None or (names_better(mention.surface, person.name) and not nickname):
            fuller = bearer is None or real or len(mention.surface) > len(person.name)
            person.name = mention.surface if fuller else person.name
            person.tokens = person.tokens | tokens
        if person.entity_id is None:
            person.entity_id = mention.entity_id
        short = SHORT_FORM.match(self.text, mention.end)
        if short:
            letters, first, second = short.groups()
            called = second if first and second and self._addresses(norm(first)) else first
            person.tokens = person.tokens | {norm(letters or called)}
        person.last = mention.start
        self._of[mention.start] = person
        self._ends[mention.end] = mention.start

    def places(self, person: Person) -> list[tuple[int, int]]:
        """Where ``person`` is named."""
        return [(start, end) for end, start in self._ends.items() if self._of[start] is person]

    def interviewed(self) -> Person | None:
        """Whom an interview is with: of those who do not ask the first with an office."""
        answering = [person for person in self.persons if not person.asks]
        callings = set(self.cues.called.values())
        known = [p for p in answering if p.office is not None or p.roles - callings]
        return next(iter(known or answering), None)

    def mentioned(self, place: int, speaker: Person | None) -> Person | None:
        """Who is named last before ``place``, in a quotation or not, and is not the ``speaker``."""
        before = [start for end, start in self._ends.items() if end <= place]
        named = (self._of[start] for start in sorted(before, reverse=True))
        return next((p for p in named if p is not speaker and not p.asks), None)

    def _other_name(self, mention: Mention) -> Person | None:
        """Whom ``mention`` calls by another name, right behind the first."""
        last = max(self._ends, default=0)
        other = is_other_name(self.text[last : mention.start], self.text[mention.end :])
        return self._latest() if other else None

    def _latest(self) -> Person | None:
        """Who is named last so far."""
        last = max(self._ends, default=0)
        return self._of[self._ends[last]] if last else None

    def _unaddressed(self, before: str) -> str:
        """``before`` without a form of address at its end (``yang akrab disapa Mbak``), where
        the words before that announce a nickname."""
        cut = before.rstrip().rpartition(" ")
        plain = f"{cut[0]} "
        addressed = self._addresses(norm(cut[2])) and NICKNAME.search(plain)
        return plain if addressed else before

    def _nicknamed(self, person: Person, tokens: frozenset[str]) -> Person:
        """Join a person known so far only by the nickname with the one it belongs to."""
        others = [p for p in self.persons if p is not person and len(p.tokens) > len(tokens)]
        if person.tokens != tokens or not others:
            return person
        owner = max(others, key=lambda p: p.last)
        owner.tokens = owner.tokens | tokens
        self.persons.remove(person)
        for start, named in self._of.items():
            if named is person:
                self._of[start] = owner
        return owner

    def _find(self, mention: Mention, tokens: frozenset[str], before: str) -> Person | None:
        for person in reversed(self.persons):
            if mention.entity_id is not None and person.entity_id == mention.entity_id:
                return person
        nearest = sorted(self.persons, key=lambda p: -p.last)
        same = [p for p in nearest if tokens <= p.tokens or p.tokens <= tokens]
        if len(same) > 1 and len(tokens) == 1:
            # "Nasar" is Nasar Bonto and not Ramlah Nasar, who bears her husband's name.
            same.sort(key=lambda p: norm(p.name).split()[:1] != list(tokens))
        if same:
            return same[0]
        for person in nearest:
            names = {u for u in person.tokens if len(tokens) > 1 or len(u) > 3}
            if tokens and all(any(alike(t, u) for u in names) for t in tokens):
                return person
            if misspelt(tokens, person.tokens):
                return person
        called = [p for p in self.persons if shortened(tokens, p.tokens)]
        address = self.cues.addressing.intersection(norm(before).split()[-1:])
        if address and not called and len(tokens) == 1 and len(mention.surface) > 2:
            part = next(iter(tokens))  # "Bang Sis" is Fransiskus
            called = [p for p in self.persons if any(part in word for word in p.tokens)]
        if len(called) > 1:
            called = [p for p in called if p.tokens & tokens]
        if len(called) == 1 and not mention.surface.isupper():
            return called[0]
        short = mention.surface.isupper() and len(mention.surface) <= 4
        if nearest and (short or NICKNAME.search(before)):
            bracket = before.endswith("(") and len(before.rstrip("( ")) > 0
            letters = initials(nearest[0].name)
            if NICKNAME.search(before) or bracket or letters == mention.surface.casefold():
                nearest[0].tokens = nearest[0].tokens | tokens
                return nearest[0]
        return None

    def _give(self, office: Office) -> None:
        wanted = frozenset(norm(office.name).split())
        for person in self.persons:
            if wanted and (wanted <= person.tokens or person.tokens <= wanted):
                role = self.titles.full(self.bare_role(office.role))
                person.roles.add(f"{role} {norm(office.institution or '')}".strip())
                person.statuses.add(office.status)
                better = person.office is None or (
                    person.office.status in ("mantan", "calon")
                    and office.status not in ("mantan", "calon")
                )
                if better:
                    person.office = office
                return

    def bare_role(self, role: str) -> str:
        """``role`` without status words (``Pj Gubernur`` -> ``gubernur``)."""
        words = norm(role).split()
        changed = True
        while words and changed:
            changed = False
            for size in (3, 2, 1):
                status = tuple(words[:size])
                if (status in self.titles.status or status == _ACTING) and len(words) > size:
                    words = words[size:]
                    changed = True
                    break
        return " ".join(words)

    def bare_phrase(self, phrase: str) -> str:
        """``phrase`` in its normal form, without status and forms of address (``pa kades``)."""
        words = self.bare_role(phrase).split()
        while len(words) > 1 and words[0] in self.cues.addressing:
            words = words[1:]
        return " ".join(words)

    def title_of(self, phrase: str) -> str | None:
        """Normal form of the office ``phrase`` begins with, or ``None``."""
        words = self.bare_phrase(phrase).split()
        for size in range(min(self.titles.longest, len(words)), 0, -1):
            if tuple(words[:size]) in self.titles.by_words:
                return self.titles.full(" ".join(words[:size]))
        return None

    def holds(self, phrase: str) -> bool:
        """Whether somebody in the text holds the office ``phrase``."""
        title = self.title_of(phrase)
        return title is not None and any(
            f"{role} ".startswith(f"{title} ") for person in self.persons for role in person.roles
        )

    def called(self, phrase: str, place: int) -> Person | None:
        """Whom a calling alone means (``bu dokter``): the last so called before ``place``."""
        called = self.cues.called.get(self.bare_phrase(phrase))
        found = [p for p in self.persons if called in p.roles and p.first < place]
        return max(found, key=lambda p: p.last if p.last < place else p.first, default=None)

    def named(self, phrase: str) -> Person | None:
        """The person whose name ``phrase`` is, or is a part of, though nobody tagged it."""
        listed = norm(phrase).split()
        plain = list(dropwhile(self._addresses, listed))
        words = frozenset(plain)
        named = phrase[0].isupper() or len(plain) < len(listed) or is_small(self.text)
        if not words or not named or len(words) > 4:
            return None
        if phrase.isupper() and phrase.isalpha() and 2 <= len(phrase) <= 4:  # "HDM menilai"
            full = [p for p in self.persons if initials(p.name) == phrase.casefold()]
            if len(full) == 1:
                return full[0]
        holders = [p for p in self.persons if words <= p.tokens or shortened(words, p.tokens)]
        return holders[0] if len(holders) == 1 else None

    def _addresses(self, word: str) -> bool:
        """Whether a word only addresses who is named behind it (``pak``, ``dr``)."""
        return word in self.cues.addressing or word in self.cues.called

    def addressed(self, phrase: str, place: int, favourite: Person | None) -> Person | None:
        """Whom a form of address with a piece of his office means (``Pak Wali``, ``Pak Dusun``)."""
        words = norm(phrase).split()
        plain = list(dropwhile(self._addresses, words))
        if not plain or len(plain) == len(words) or len(plain) > 2 or len(plain[0]) < 3:
            return None
        holders = [
            p for p in self.persons
            if any(holds_piece(role.split(), plain) for role in p.roles)
        ]  # fmt: skip
        if favourite is not None and favourite in holders:
            return favourite
        before = [p for p in holders if p.first <= place]
        return max(before, key=lambda p: p.last if p.last <= place else p.first, default=None)

    def by_role_words(self, phrase: str) -> Person | None:
        """The one person whose office begins with ``phrase`` (``Kadistanpang``)."""
        sought = self.titles.full(self.bare_role(phrase))
        if len(sought) < 3 or sought.split()[0] in ("warga", "anggota"):
            return None
        holders = [
            p for p in self.persons if any(f"{role} ".startswith(f"{sought} ") for role in p.roles)
        ]
        return holders[0] if len(holders) == 1 else None

    def is_former(self, word: str) -> bool:
        """Whether a word (normal form) makes of an office one that is held no longer."""
        return self.titles.status.get((word,)) == "mantan"

    def former(self, title: str) -> Person | None:
        """Who held the office ``title`` (normal form) and holds it no longer."""
        for person in self.persons:
            over = person.office is not None and person.office.status == "mantan"
            if over and any(f"{role} ".startswith(f"{title} ") for role in person.roles):
                return person
        return None

    def by_title(
        self, title: str, place: int, favourite: Person | None, phrase: str = ""
    ) -> Person | None:
        """The person who holds the office ``title`` (normal form) in this text.

        ``phrase`` is the office as written: the body or region it names must be the holder's.
        """
        holders = [
            p for p in self.persons
            if any(role == title or role.startswith(title + " ") for role in p.roles)
        ]  # fmt: skip
        if not holders and " " in title:
            words = set(title.split())
            holders = [
                p for p in self.persons if any(words <= set(role.split()) for role in p.roles)
            ]
        first = [p for p in holders if not any(r.startswith(f"wakil {title}") for r in p.roles)]
        holders = first or holders  # "Ketua" is not the deputy who heads something else
        if phrase:
            bare = self.titles.full(self.bare_phrase(phrase))
            holders = [p for p in holders if fits(phrase, bare, title, p.roles)]
            status = self.titles.status.get(tuple(norm(phrase).split()[:1]))
            holders = [p for p in holders if status in p.statuses] or holders
        if favourite is not None and favourite in holders:
            return favourite
        before = [p for p in holders if p.first <= place]
        if before:
            return max(before, key=lambda p: p.last if p.last <= place else p.first)
        return holders[0] if holders else None
