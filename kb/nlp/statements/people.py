"""Who speaks: the people of a text, and what a phrase around a cue points at.

People are clusters of PER mentions (short forms, initials, nicknames) with the offices
the text gives them. A cue's speaker is read as a ``Ref`` first; ``Floor`` then follows the
text from left to right, keeps the last person introduced as speaking, and turns each
``Ref`` into a name. "The last one introduced as speaking, not the last person named" is
what 69-77 % of "ujarnya" needs (PFSA-ID, measured); the rest is titles and descriptions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from kb.authority import Titles, norm
from kb.model import Mention, Office
from kb.nlp.statements.cues import Cues

RefKind = Literal["person", "title", "anaphor", "phrase", "none"]
_NICKNAME = re.compile(r"(?:di(?:sapa|panggil)|sapaan(?: akrab)?(?:nya)?|karib)\s+(?:akrab\s+)?\Z")
_SHORT_FORM = re.compile(
    r"\s*\(([A-Z]{2,5})\)|[^.\n]{0,40}?\b(?:di(?:sapa|panggil)|sapaan)(?: akrab)?,? ([A-Z][a-z]+)\b"
)
_TITLE_REACH = 110
_ACTING = ("penjabat",)


@dataclass(frozen=True, slots=True)
class Ref:
    """A speaker before it is resolved; ``text`` is the phrase as written."""

    kind: RefKind
    text: str = ""
    mention: Mention | None = None


NOBODY = Ref("none")
LAST = Ref("anaphor")


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
    last: int = 0


@dataclass(frozen=True, slots=True)
class Speaker:
    """A resolved speaker. ``confidence`` is that of the resolution alone."""

    name: str | None
    person: Person | None
    method: str
    confidence: float


class People:
    """The persons of one text and which mention belongs to whom."""

    def __init__(
        self,
        text: str,
        mentions: Sequence[Mention],
        offices: Sequence[Office],
        titles: Titles,
        describing: frozenset[str] = frozenset(),
    ) -> None:
        self.text = text
        self.titles = titles
        self.persons: list[Person] = []
        self._of: dict[int, Person] = {}
        self._around: dict[int, str] = {}
        self.words_of_office = frozenset(titles.first_words) | describing
        for mention in sorted(mentions, key=lambda m: m.start):
            if mention.label == "PER":
                self._add(mention)
        for office in offices:
            self._give(office)
        for mention in mentions:
            if mention.label == "PER":
                role = self._title_before(mention)
                if role:
                    self._of[mention.start].roles.add(role)
                self._around[mention.start] = self._apposition(mention)

    def of(self, mention: Mention) -> Person:
        """The person a PER mention names."""
        return self._of[mention.start]

    def _add(self, mention: Mention) -> None:
        tokens = frozenset(norm(mention.surface).split())
        before = self.text[max(0, mention.start - 40) : mention.start]
        person = self._find(mention, tokens, before)
        if person is not None and _NICKNAME.search(before):
            person = self._nicknamed(person, tokens)
        if person is None:
            person = Person(mention.surface, tokens, mention.start)
            self.persons.append(person)
        elif len(tokens) > len(norm(person.name).split()) and not _all_capitals(mention.surface):
            person.name = mention.surface
            person.tokens = person.tokens | tokens
        if person.entity_id is None:
            person.entity_id = mention.entity_id
        short = _SHORT_FORM.match(self.text, mention.end)
        if short:
            person.tokens = person.tokens | {norm(short.group(1) or short.group(2))}
        person.last = mention.start
        self._of[mention.start] = person

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
        for person in nearest:
            if tokens <= person.tokens or person.tokens <= tokens:
                return person
        for person in nearest:
            if tokens and all(any(_alike(t, u) for u in person.tokens) for t in tokens):
                return person
        called = [p for p in self.persons if _shortened(tokens, p.tokens)]
        if len(called) == 1 and not mention.surface.isupper():
            return called[0]
        short = mention.surface.isupper() and len(mention.surface) <= 4
        if nearest and (short or _NICKNAME.search(before)):
            initials = "".join(t[0] for t in norm(nearest[0].name).split())
            bracket = before.endswith("(") and len(before.rstrip("( ")) > 0
            if _NICKNAME.search(before) or bracket or initials == mention.surface.casefold():
                nearest[0].tokens = nearest[0].tokens | tokens
                return nearest[0]
        return None

    def _give(self, office: Office) -> None:
        wanted = frozenset(norm(office.name).split())
        for person in self.persons:
            if wanted and (wanted <= person.tokens or person.tokens <= wanted):
                role = self.titles.full(self.bare_role(office.role))
                person.roles.add(f"{role} {norm(office.institution or '')}".strip())
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

    def _title_before(self, mention: Mention) -> str | None:
        """The office words directly before a name, from the text itself."""
        begin = max(0, mention.start - _TITLE_REACH, self.text.rfind("\n", 0, mention.start) + 1)
        stretch = self.text[begin : mention.start]
        for stop in (". ", "”", '"', " oleh ", " bersama ", " dan ", " dengan "):
            cut = stretch.rfind(stop)
            if cut >= 0:
                stretch = stretch[cut + len(stop) :]
        words = norm(stretch).split()
        if self.titles.links.kin.intersection(words):
            return None  # "sopir wabup, Dollah"
        for start in range(len(words)):
            for size in range(min(self.titles.longest, len(words) - start), 0, -1):
                if tuple(words[start : start + size]) in self.titles.by_words:
                    return self.titles.full(" ".join(words[start:]))
        return None

    def _apposition(self, mention: Mention) -> str:
        """The words directly before and behind a name, normal form, spaces around."""
        before = re.split(r"[.,:;\n”\"“]", self.text[max(0, mention.start - 60) : mention.start])[
            -1
        ]
        behind = re.split(r"[.:;\n”\"“]", self.text[mention.end : mention.end + 70])[0]
        behind = re.sub(r"^\s*\(\d+\)", "", behind).lstrip(" ,")
        behind = re.split(r",|\b(?:yang|me[a-z]+)\b", behind)[0]
        return f" {norm(before)} | {norm(behind)} "

    def title_of(self, phrase: str) -> str | None:
        """Normal form of the office ``phrase`` begins with, or ``None``."""
        words = self.bare_role(phrase).split()
        if words and words[0] in ("pak", "bu", "bapak", "ibu"):
            words = words[1:]
        for size in range(min(self.titles.longest, len(words)), 0, -1):
            if tuple(words[:size]) in self.titles.by_words:
                return self.titles.full(" ".join(words[:size]))
        return None

    def named(self, phrase: str) -> Person | None:
        """The person whose name ``phrase`` is, or is a part of, though nobody tagged it."""
        words = frozenset(norm(phrase).split())
        if not words or not phrase[0].isupper() or len(words) > 4:
            return None
        if phrase.isupper() and phrase.isalpha() and 2 <= len(phrase) <= 4:  # "HDM menilai"
            full = [p for p in self.persons if _initials(p.name) == phrase.casefold()]
            if len(full) == 1:
                return full[0]
        holders = [p for p in self.persons if words <= p.tokens or _shortened(words, p.tokens)]
        return holders[0] if len(holders) == 1 else None

    def by_role_words(self, phrase: str) -> Person | None:
        """The one person whose office begins with ``phrase`` (``Kadistanpang``)."""
        sought = self.titles.full(self.bare_role(phrase))
        if len(sought) < 4 or sought.split()[0] in ("warga", "anggota"):
            return None
        holders = [
            p for p in self.persons if any(f"{role} ".startswith(f"{sought} ") for role in p.roles)
        ]
        return holders[0] if len(holders) == 1 else None

    def described(self, phrase: str, place: int) -> Person | None:
        """The person beside whose name ``phrase`` (``kuasa hukum``) stands in this text."""
        low = norm(phrase)
        if not 1 <= len(low.split()) <= 4 or len(low) < 5:
            return None
        if phrase[0].isupper() and low.split()[0] not in self.words_of_office:
            return None
        # One word alone must stand right beside the name ("majelis" is no "ketua majelis").
        sought = (f" {low} ",) if " " in low else (f" {low} |", f"| {low} ")
        found = [
            self._of[start]
            for start, around in self._around.items()
            if start < place and any(words in around for words in sought)
        ]
        return found[-1] if found and len({id(p) for p in found}) == 1 else None

    def by_title(self, title: str, place: int, favourite: Person | None) -> Person | None:
        """The person who holds the office ``title`` (normal form) in this text."""
        holders = [
            p for p in self.persons
            if any(role == title or role.startswith(title + " ") for role in p.roles)
        ]  # fmt: skip
        if not holders and " " in title:
            words = set(title.split())
            holders = [
                p for p in self.persons if any(words <= set(role.split()) for role in p.roles)
            ]
        if favourite is not None and favourite in holders:
            return favourite
        before = [p for p in holders if p.first <= place]
        if before:
            return max(before, key=lambda p: p.last if p.last <= place else p.first)
        return holders[0] if holders else None


def _initials(name: str) -> str:
    return "".join(word[0] for word in norm(name).split())


def _all_capitals(surface: str) -> bool:
    return surface.isupper() and len(surface) > 4


def _shortened(short: frozenset[str], full: frozenset[str]) -> bool:
    """Whether ``short`` is a clipped name (``Don`` for ``Donatus``, ``Min`` for ``Suparmin``)."""
    return bool(short - full) and all(
        word in full
        or (
            len(word) > 2
            and any(
                len(whole) > len(word) + 1 and (whole.startswith(word) or whole.endswith(word))
                for whole in full
            )
        )
        for word in short
    )


def _alike(one: str, other: str) -> bool:
    """Whether two name words are one spelling mistake apart, or one abbreviates the other."""
    if one == other:
        return True
    if min(len(one), len(other)) <= 3:
        short, long = sorted((one, other), key=len)
        return (
            len(short) <= 3
            and len(long) > 3
            and short in ("m", "moh", "muh", "abd")
            and long.startswith(short[0])
        )
    if abs(len(one) - len(other)) > 1 or one[0] != other[0] or min(len(one), len(other)) < 5:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


class Floor:
    """Follows the text and remembers who has the floor."""

    def __init__(self, people: People, cues: Cues) -> None:
        self.people = people
        self.cues = cues
        self.last: Speaker | None = None
        self.last_place = 0

    def resolve(self, ref: Ref, place: int) -> Speaker:
        """The speaker ``ref`` means at offset ``place``; does not take the floor."""
        if ref.kind == "person" and ref.mention is not None:
            person = self.people.of(ref.mention)
            return Speaker(person.name, person, "name", 0.97)
        if ref.kind == "title":
            return self._by_title(ref, place)
        if ref.kind == "phrase":
            named = self.people.named(ref.text) if ref.mention is None else None
            if named is not None:
                return Speaker(named.name, named, "name", 0.85)
            holder = self.people.by_role_words(ref.text) if ref.mention is None else None
            if holder is not None:
                return Speaker(holder.name, holder, "title", 0.85)
            described = self.people.described(ref.text, place) if ref.mention is None else None
            if described is not None:
                return Speaker(described.name, described, "description", 0.8)
            return Speaker(ref.text, None, "phrase", 0.75)
        if ref.kind == "anaphor":
            if self.last is not None:
                factor = 0.95 if self.last.person is not None else 0.8
                return Speaker(self.last.name, self.last.person, "last", factor)
            return self._first_after(place)
        return Speaker(None, None, "none", 0.3)

    def take(self, speaker: Speaker, place: int) -> None:
        """``speaker`` has the floor from ``place`` on."""
        if speaker.name is not None:
            self.last = speaker
            self.last_place = place

    def _by_title(self, ref: Ref, place: int) -> Speaker:
        favourite = self.last.person if self.last else None
        low = norm(ref.text)
        heads = None
        if any(words in low for words in map(norm, self.cues.first_person)):
            heads = self.cues.head_roles
        elif any(words in low for words in map(norm, self.cues.second_person)):
            heads = self.cues.deputy_roles
        if heads is not None:
            for title in sorted(heads):
                person = self.people.by_title(title, place, favourite)
                if person is not None:
                    return Speaker(person.name, person, "title", 0.85)
            return self.resolve(LAST, place)
        found = self.people.title_of(ref.text)
        person = self.people.by_title(found, place, favourite) if found else None
        if person is not None:
            return Speaker(person.name, person, "title", 0.92)
        if norm(ref.text).split()[-1:] and norm(ref.text).split()[-1] in self.cues.pointing:
            return self.resolve(LAST, place)
        return Speaker(ref.text, None, "phrase", 0.7)

    def _first_after(self, place: int) -> Speaker:
        """Nobody has spoken yet: the last person named before, else the next one."""
        before = [p for p in self.people.persons if p.first < place]
        if before:
            person = max(before, key=lambda p: (bool(p.roles), p.first))
            return Speaker(person.name, person, "named", 0.5)
        if self.people.persons:
            person = self.people.persons[0]
            return Speaker(person.name, person, "named", 0.4)
        return Speaker(None, None, "none", 0.2)
