"""What staff say of a page that the machine missed: names, statements, offices; whether OCR read
it; and which way an indicator is good."""

from __future__ import annotations

from kb.catalog import added, directions, rulings
from kb.catalog.reading.typed import Reading
from kb.describe.indicator_names import indicator_norm, less_is_better
from kb.explore import names
from kb.model import LABELS
from kb.staff import given
from kb.staff.deciding import Deciding, Kept


class OfPages(Deciding):
    """Decisions about what stands on pages; ``Desk`` says what all of them raise."""

    def page(
        self,
        document_id: int,
        number: int,
        *,
        legible: bool,
        by: str | None = None,
        reason: str | None = None,
        seen: str | None = None,
    ) -> Kept:
        """Say that OCR read a page well enough, or that nothing it found there counts."""
        who = self._who(by, reason)
        return self._decide(
            lambda c, now: rulings.page(
                c, document_id, number, legible_now=legible, now=now, seen=seen, **who
            )
        )

    def tag(
        self,
        document_id: int,
        page: int,
        start: int,
        end: int,
        entity: str,
        *,
        kind: str | None = None,
        by: str | None = None,
        reason: str | None = None,
    ) -> Kept:
        """Say that words of a page, which are no tag yet, name an entity of the base; with a
        ``kind``, as in ``mention``, also somebody new."""
        who = self._who(by, reason)

        def work(c: Reading, now: str) -> int:
            entity_id = given.named(c, entity, kind)
            label = LABELS[entity_id.partition(":")[0]]
            return added.tag(
                c, document_id, page, start, end, label=label, entity_id=entity_id, now=now, **who
            )

        return self._decide(work)

    def said(
        self,
        document_id: int,
        page: int,
        start: int,
        end: int,
        speaker: str,
        *,
        kind: str = "direct",
        by: str | None = None,
        reason: str | None = None,
    ) -> Kept:
        """Say that words of a page are a statement of ``speaker`` (as in ``statement``)."""
        who = self._who(by, reason)

        def work(c: Reading, now: str) -> int:
            to = {"kind": given.kind_of_statement(kind)}
            to |= given.speaker_at(c, document_id, page, speaker)
            return added.said(c, document_id, page, start, end, to, now=now, **who)

        return self._decide(work)

    def held(
        self,
        document_id: int,
        page: int,
        start: int,
        end: int,
        person: str,
        role: str,
        *,
        institution: str | None = None,
        status: str = "definitif",
        by: str | None = None,
        reason: str | None = None,
    ) -> Kept:
        """Say that words of a page state an office of a person (an id, or a name: somebody new
        where the base knows none called so)."""
        who = self._who(by, reason)

        def work(c: Reading, now: str) -> int:
            person_id = given.named(c, person, "person")
            name = names.labels(c, [person_id]).get(person_id, person)
            to = given.office(c, {"role": role, "institution": institution, "status": status})
            to["person_id"] = person_id
            return added.held(c, document_id, page, start, end, name, to, now=now, **who)

        return self._decide(work)

    def direction(
        self,
        indicator: str,
        *,
        falls: bool,
        by: str | None = None,
        reason: str | None = None,
    ) -> Kept:
        """Say whether less of an indicator (its name) is better, wherever it is reported."""
        who = self._who(by, reason)

        def work(c: Reading, now: str) -> int:
            name = " ".join(indicator.split())
            form = indicator_norm(name)
            before = directions.decided(c).get(form, less_is_better(name))
            return directions.decide(c, form, name, falls=falls, previous=before, now=now, **who)

        return self._decide(work)
