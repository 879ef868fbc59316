"""Who has the floor: the text is followed from left to right.

A cue's speaker is read as a ``Ref`` first; ``Floor`` keeps the last person introduced as
speaking and turns each ``Ref`` into a name. "The last one introduced as speaking, not the
last person named" is what 69-77 % of "ujarnya" needs (PFSA-ID, measured); the rest is
titles and descriptions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kb.authority import norm
from kb.nlp.statements.cues import Cues
from kb.nlp.statements.described import cut_short, who_is
from kb.nlp.statements.people import LAST, People, Person, Ref

_WE = frozenset({"kami", "kita", "pihaknya", "petugas", "polisi"})

_OPENS = re.compile(r"[“\"«]")
_NEXT = re.compile(r"(?:,[^.!?\n]{1,60})?[.!?][ \t]+(?:[“\"«‘'][^\n]*)?")
"""A sentence's end and, where there is one, a quotation, in one paragraph."""


_ENDED = re.compile(r"[.!?](?=\s)")


def _opening(between: str) -> int | None:
    """Where a quotation opens in ``between``."""
    found = _OPENS.search(between)
    return found.start() if found else None


def _is_one(cue: str | None, roots: frozenset[str]) -> bool:
    low = (cue or "").casefold()
    return low in roots or low.removesuffix("nya") in roots


@dataclass(frozen=True, slots=True)
class Speaker:
    """A resolved speaker. ``confidence`` is that of the resolution alone."""

    name: str | None
    person: Person | None
    method: str
    confidence: float
    body: bool = False
    """True for a body (``Polres Malang``), which "katanya" does not mean beside a person."""


@dataclass(frozen=True, slots=True)
class Agent:
    """Whom a sentence named beside its subject: who did it, or was only there."""

    speaker: Speaker
    end: int
    """Where the name ends."""
    acted: bool


class Floor:
    """Follows the text and remembers who has the floor."""

    def __init__(self, people: People, cues: Cues) -> None:
        self.people = people
        self.cues = cues
        self.last: Speaker | None = None
        self.spoke = False
        """Whether ``last`` has said something, and was not only named at a sentence's start."""
        self.said = False
        """Whether what ``last`` said is a statement."""
        self.taken = 0
        """Where ``last`` was named when he took the floor."""
        self.spoken: list[Person] = []
        """Who spoke, the last one last."""
        self.official: Speaker | None = None
        """The last who spoke and holds an office."""
        self.agent: Agent | None = None
        """Whom the sentence before named (``doa dipimpin X``)."""
        self.interrupted: tuple[Speaker, int] | None = None
        """Who spoke before ``last`` was named, and where ``last`` was."""
        self.questioner: Speaker | None = None
        """Who has just asked a question."""
        self.before: Speaker | None = None
        """Who had the floor before ``last``."""
        self.aside: tuple[Speaker, int] | None = None
        """Who is known by initials and spoke while an official has the floor, and where."""

    def resolve(self, ref: Ref, place: int, content: str = "", cue: str | None = None) -> Speaker:
        """The speaker ``ref`` means at offset ``place``; does not take the floor.

        ``content`` is what was said, ``cue`` the reporting word.
        """
        if ref.kind == "person" and ref.mention is not None:
            return self._by_name(self.people.of(ref.mention), place)
        if ref.kind == "title":
            return self._by_title(ref, place, cue)
        if ref.kind == "phrase":
            return self._by_phrase(ref, place)
        if ref.kind == "anaphor":
            return self._pointed(ref, place, cue) or self._who_spoke(place, content, cue)
        if ref.kind in ("mentioned", "interviewed"):
            last = self.people.mentioned(place, self._favourite)
            meant = last if ref.kind == "mentioned" else self.people.interviewed()
            if meant is not None:
                return Speaker(meant.name, meant, ref.kind, 0.8)
        return Speaker(None, None, "none", 0.3)

    @property
    def _favourite(self) -> Person | None:
        """The person who has the floor: meant before others whom the same words fit."""
        return self.last.person if self.last is not None else None

    def _by_name(self, person: Person, place: int) -> Speaker:
        """A name is its bearer's, unless it is an office cut short (``Kakanim``)."""
        if not person.roles and " " not in person.name:
            words = [norm(person.name)]
            meant = cut_short(self.people, self.cues, words, place, self._favourite)
            if meant is not None and meant is not person:
                return Speaker(meant.name, meant, "title", 0.85)
        return Speaker(person.name, person, "name", 0.97)

    def _pointed(self, ref: Ref, place: int, cue: str | None) -> Speaker | None:
        """Whom ``legislator itu``, ``jawabnya`` and ``lanjutnya`` mean where that is not simply
        the last speaker."""
        if ref.text:
            meant = who_is(self.people, self.cues, ref.text, place, self._favourite)
            if meant is not None and meant is not self._favourite:
                return Speaker(meant.name, meant, "description", 0.85)
        asked = self.questioner is not None and self.questioner is self.last
        if asked and self.before is not None and _is_one(cue, self.cues.answering):
            return replace(self.before, method="last", confidence=0.8)
        if self.interrupted is not None and _is_one(cue, self.cues.continuing):
            spoke, named = self.interrupted
            if not self._same_paragraph(named, place):
                return replace(spoke, method="last", confidence=0.85)
        return None

    def take(
        self,
        speaker: Speaker,
        place: int,
        spoke: bool = True,
        quoted: bool = False,
        cue: str | None = None,
        said: bool = True,
    ) -> None:
        """``speaker`` has the floor from ``place`` on; ``quoted``: in his own words; not
        ``said``: he has only been introduced."""
        if speaker.name is None or (speaker.person is not None and speaker.person.asks):
            return
        if self.official is not None and self._initials(speaker):
            self.aside = speaker, place
            return  # "TZ mengaku ...": the police go on
        if speaker.body and not quoted and self._person_speaks():
            return  # "BPBD mencatat ...": "katanya" is still the person's
        if cue is not None or quoted:
            self.interrupted = None
        elif self.interrupted is None and self._person_speaks() and self.last is not None:
            self.interrupted = self.last, place
        if self.last is not None and self.last.name != speaker.name:
            self.before = self.last
        self.last, self.spoke, self.taken = speaker, spoke, place
        self.said = said
        if spoke and speaker.person is not None:
            self.spoken.append(speaker.person)
        self.questioner = speaker if _is_one(cue, self.cues.asking) else None
        self.agent = self.aside = None
        if speaker.person is not None and speaker.person.office is not None:
            self.official = speaker

    def _person_speaks(self) -> bool:
        last = self.last
        named = last is not None and self.spoke and last.person is not None
        return named and last is not None and last.person is not None and not last.person.suspected

    def name_agent(self, speaker: Speaker, end: int, acts: bool = True) -> None:
        """A passive sentence names who does it: he has the floor if nobody else has.

        The sentence behind may point at him with a pronoun; with nothing else where he only was
        there (not ``acts``).
        """
        free = self.last is None or (acts and not self.spoke)
        if free:
            self.take(speaker, end, spoke=False)
        elif speaker.person is not None and not speaker.person.asks:
            self.agent = Agent(speaker, end, acts)

    def _by_phrase(self, ref: Ref, place: int) -> Speaker:
        if ref.mention is None:
            called = self.people.called(ref.text, place)
            if called is not None:
                return Speaker(called.name, called, "title", 0.85)
            named = self.people.named(ref.text)
            if named is not None:
                return Speaker(named.name, named, "name", 0.85)
            holder = self.people.by_role_words(ref.text)
            if holder is not None:
                return Speaker(holder.name, holder, "title", 0.85)
            addressed = self.people.addressed(ref.text, place, self._favourite)
            if addressed is not None:
                return Speaker(addressed.name, addressed, "title", 0.8)
            described = who_is(self.people, self.cues, ref.text, place, self._favourite)
            if described is not None:
                return Speaker(described.name, described, "description", 0.8)
        first = norm(ref.text).split()[:1]
        body = (ref.mention is not None and ref.mention.label == "ORG") or bool(
            self.cues.bodies.intersection(first)
        )
        return Speaker(ref.text, None, "phrase", 0.75, body)

    def _who_spoke(self, place: int, content: str, cue: str | None) -> Speaker:
        """The speaker of ``katanya``, ``ia menambahkan`` and quotations without a cue."""
        if self.agent is not None and self._turns_to(self.agent, place):
            return replace(self.agent.speaker, method="agent", confidence=0.75)
        if self.aside is not None and self._own_words(place, content):
            return replace(self.aside[0], method="last", confidence=0.7)
        last = self.last
        if last is None:
            return self._first_after(place)
        suspect = last.person is not None and last.person.suspected
        if suspect and self.cues.suspects.intersection(norm(content).split()):
            # Who says "pelaku kita jerat" is not the suspect.
            if self.official is None:
                return Speaker(None, None, "none", 0.3)
            return replace(self.official, method="last", confidence=0.7)
        factor = 0.95 if last.person is not None else 0.8
        answers = _is_one(cue, self.cues.answering)
        if (
            not ((self.spoke and self.said) or answers)
            and last.person is not None
            and self._just_named(place)
        ):
            return Speaker(last.name, last.person, "turn", 0.9)
        return Speaker(last.name, last.person, "last", factor)

    def _just_named(self, place: int) -> bool:
        """Whether the words before the quotation are those in which ``last`` took the floor."""
        between = self.people.text[self.taken : place]
        return len(_ENDED.findall(between[: _opening(between)])) <= 1 and "\n" not in between

    def _own_words(self, place: int, content: str) -> bool:
        """``TZ mengaku khilaf. "Kalah terus," katanya``: TZ's, in the paragraph of his report.

        Who says "kami" or speaks of suspects is the police.
        """
        assert self.aside is not None
        words = set(norm(content).split())
        beside = "\n" not in self.people.text[self.aside[1] : place]
        return beside and bool(words) and not words & (self.cues.suspects | _WE)

    def _turns_to(self, agent: Agent, place: int) -> bool:
        """Whether the text goes on with the agent at ``place``: the quotation follows right behind
        the sentence that ends with him, or the next sentence begins with a pronoun."""
        between = self.people.text[agent.end : place]
        if agent.acted and _NEXT.fullmatch(between):
            return True
        stops = list(re.finditer(r"[.!?]\s+", between))
        if len(stops) != 1:
            return False
        opening = norm(between[stops[0].end() :]).split()[:1]
        return bool(opening) and opening[0] in self.cues.pronouns

    def _same_paragraph(self, start: int, place: int) -> bool:
        """Whether no line ends between ``start`` and the quotation that ``place`` is told by."""
        between = self.people.text[start:place]
        opened = _OPENS.search(between)
        return "\n" not in between[: opened.start() if opened else None]

    def _initials(self, speaker: Speaker) -> bool:
        name = speaker.name or ""
        office = speaker.person.office if speaker.person is not None else None
        return len(name) <= 3 and name.isupper() and office is None

    def _by_title(self, ref: Ref, place: int, cue: str | None = None) -> Speaker:
        favourite = self._favourite
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
        if found and self.people.is_former(low.split()[0]):
            former = self.people.former(found)
            if former is not None:
                return Speaker(former.name, former, "title", 0.85)
            plain = favourite is not None and not favourite.suspected
            if plain and norm(ref.text).split()[-1] in self.cues.pointing:
                return self.resolve(LAST, place, cue=cue)  # "lanjut mantan Kapolres itu"
            if self.official is not None:
                return replace(self.official, method="last", confidence=0.8)
            return self.resolve(LAST, place)  # "ungkap mantan Kapolda Kalteng"
        person = self._holder(found, place, ref.text) if found else None
        if person is not None:
            return Speaker(person.name, person, "title", 0.92)
        if norm(ref.text).split()[-1:] and norm(ref.text).split()[-1] in self.cues.pointing:
            return self.resolve(LAST, place)
        short = cut_short(self.people, self.cues, norm(ref.text).split(), place, favourite)
        if short is not None:
            return Speaker(short.name, short, "title", 0.85)
        return Speaker(ref.text, None, "phrase", 0.7)

    def _holder(self, title: str, place: int, phrase: str) -> Person | None:
        """Who of several holders the office means: who has the floor, or spoke last."""
        person = self.people.by_title(title, place, self._favourite, phrase)
        for spoke in reversed(self.spoken):
            if person is None or person is self._favourite or spoke is person:
                break
            if self.people.by_title(title, place, spoke, phrase) is spoke:
                return spoke
        return person

    def _first_after(self, place: int) -> Speaker:
        """Nobody has spoken yet: the last person named before, else the next one."""
        persons = [p for p in self.people.persons if not p.asks]
        before = [p for p in persons if p.first < place]
        if before:
            person = max(before, key=lambda p: (p.office is not None, bool(p.roles), p.first))
            return Speaker(person.name, person, "named", 0.5)
        if persons:
            return Speaker(persons[0].name, persons[0], "named", 0.4)
        return Speaker(None, None, "none", 0.2)
