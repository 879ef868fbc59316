"""An office that speaks before anybody says who holds it.

``"..." kata Bupati. ... Gede Suartama menilai ...``: a release names the office first and the
name later, without the office. Whoever speaks next by name, is named nowhere before and holds
no other office in the text, is the holder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kb.model import Statement
from kb.nlp.statements.floor import Speaker
from kb.nlp.statements.people import People, Person

_OPENS = re.compile(r"[.!?\n“”\"]")
WITHIN = 3
"""Speakers looked at behind the office. Set by hand; no command measured it."""


@dataclass
class LateNames:
    """Statements of offices without a holder, which wait for a name."""

    people: People
    _waiting: list[tuple[int, str, int]] = field(default_factory=list)
    """Number of the statement, office in normal form, offset."""
    _passed: int = 0

    def holder_before(self, speaker: Speaker, last: Speaker | None, spoke: bool) -> Person | None:
        """Who was introduced right before the office spoke (``X lalu berdiri. Bupati ...``)."""
        title = self._office(speaker)
        person = last.person if last is not None else None
        if title is None or person is None or spoke or not self._bare(person):
            return None
        person.roles.add(title)
        return person

    def wait(self, speaker: Speaker, number: int, place: int) -> None:
        """Statement ``number`` is said by an office that nobody holds so far."""
        title = self._office(speaker)
        if title is not None:
            self._waiting.append((number, title, place))
            self._passed = 0

    def named(self, speaker: Speaker, statements: list[Statement]) -> None:
        """``speaker`` speaks next: mends the statements that waited for him."""
        person = speaker.person
        if not self._waiting or person is None:
            return
        self._passed += 1
        first = self._waiting[0][2]
        free = self._bare(person) and person.first > first
        offices = {title for _, title, _ in self._waiting}
        if free and len(offices) == 1 and self._passed <= WITHIN:
            person.roles |= offices
            for number, _, _ in self._waiting:
                statements[number] = replace(
                    statements[number], speaker=person.name, speaker_id=person.entity_id
                )
        if free or self._passed >= WITHIN:
            self._waiting.clear()

    def _office(self, speaker: Speaker) -> str | None:
        if speaker.person is not None or speaker.name is None or speaker.body:
            return None
        title = self.people.title_of(speaker.name)
        return title if title is not None and not self.people.holds(speaker.name) else None

    def _bare(self, person: Person) -> bool:
        """Whether nothing says what somebody is: no office, no other words beside the name.

        ``Warga setempat, Sopian`` and ``Sopian, petani,`` are no holders of the office.
        """
        text, cues = self.people.text, self.people.cues
        start, end = min(self.people.places(person))
        before = _OPENS.split(text[max(0, start - 80) : start])[-1]
        plain = cues.adverbs | {"menurut", "oleh"}
        small = [word for word in before.split() if word[:1].islower()]
        told = all(cues.is_report(word.strip(",")) or word in plain for word in small)
        behind = text[end : end + 40].lstrip(" ")
        first = re.match(r"[\w-]+", behind)
        goes_on = first is None or cues.is_report(first.group()) or first.group() in plain
        apposed = "," in before or behind[:1] in (",", "(") or not goes_on
        return not person.roles and person.office is None and told and not apposed
