"""Where staff decide: decided, written, synced and recorded in one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kb.catalog import (
    Catalog,
    added,
    corrections,
    judgements,
    rulings,
    sharing,
    shelving,
)
from kb.catalog import seen as looked_at
from kb.catalog.reading.typed import Reading
from kb.catalog.sharing import Taken
from kb.errors import NotFound, QueryError
from kb.explore import fields
from kb.model import LABELS
from kb.staff import exchange, given, gold
from kb.staff.deciding import Kept
from kb.staff.of_entities import OfEntities
from kb.staff.of_pages import OfPages


class Desk(OfEntities, OfPages):
    """Where one person decides about one base.

    ``by`` is who decides. What is corrected may be given as it was ``seen`` (column to value):
    where it is otherwise by now, nothing is written and ``Overtaken`` says who was first. Every
    method raises ``QueryError`` for a decision that makes no sense, ``NotFound`` for what is not
    there, and ``Busy`` while an ingest writes: then nothing is written.
    """

    # --- documents --------------------------------------------------------------

    def set_field(
        self,
        document_id: int,
        field: str,
        value: object,
        *,
        by: str | None = None,
        reason: str | None = None,
        seen: Mapping[str, Any] | None = None,
    ) -> Kept:
        """Correct what a document is (``title``, ``date``, ``doc_type``, ...)."""
        who = self._who(by, reason)
        return self._decide(
            lambda c, now: rulings.set_field(
                c, document_id, field, given.field(field, value), now=now, seen=seen, **who
            )
        )

    def describe(
        self,
        document_id: int,
        values: Mapping[str, object],
        *,
        by: str | None = None,
        reason: str | None = None,
        seen: Mapping[str, Any] | None = None,
    ) -> Kept:
        """Correct several fields at once, all or none: a correction each.

        An issuer (``institution``) that the base knows is linked, another is only written.
        """
        who = self._who(by, reason)

        def work(c: Reading, now: str) -> int:
            if not values:
                raise QueryError("Nothing is different; change a field first.")
            wanted = dict(values)
            if "institution" in wanted and "institution_id" not in wanted:
                wanted["institution_id"] = given.known(c, wanted["institution"], ("institution",))
            numbers.extend(
                rulings.set_field(
                    c, document_id, field, given.field(field, value), now=now, seen=seen, **who
                )
                for field, value in wanted.items()
            )
            return numbers[-1]

        numbers: list[int] = []
        kept = self._decide(work)
        return replace(kept, earlier=tuple(numbers[:-1]))

    def look_at(
        self,
        documents: Mapping[int, str | None],
        *,
        source: str | None = None,
        by: str | None = None,
        reason: str | None = None,
    ) -> Kept:
        """Say that somebody looked at new documents (number to the ``mark`` of ``NewDocument``,
        where one was seen) and they are right; ``source``: they are all of this one's. Their
        source's next version of them is new again."""
        who = self._who(by, reason)
        return self._decide(
            lambda c, now: looked_at.look_at(c, documents, source=source, now=now, **who)
        )

    def withdraw(
        self,
        document_id: int,
        *,
        day: str | None = None,
        by: str | None = None,
        reason: str = "",
    ) -> Kept:
        """Say that its source took a document back, on ``day`` (today): it is shown with that note
        and counts for nothing, until undone."""
        return self._decide(
            lambda c, now: shelving.withdraw_by_staff(
                c,
                document_id,
                fields.day(day, "day") or now[:10],
                now=now,
                by=by or self._by,
                reason=reason,
            )
        )

    def remove(self, document_id: int, reason: str, *, by: str | None = None) -> Kept:
        """Take a document out of everything until undone, with the reason."""
        return self._decide(
            lambda c, now: shelving.remove(c, document_id, reason, now=now, by=by or self._by)
        )

    # --- what was found in documents --------------------------------------------

    def reject(
        self,
        kind: str,
        row_id: int,
        *,
        by: str | None = None,
        reason: str | None = None,
        seen: Mapping[str, Any] | None = None,
    ) -> Kept:
        """Say that a mention, office, statement or number (``indicator``) is none."""
        who = self._who(by, reason)
        return self._decide(
            lambda c, now: rulings.decide(c, kind, row_id, None, now=now, seen=seen, **who)
        )

    def affirm(
        self,
        kind: str,
        row_id: int,
        *,
        by: str | None = None,
        reason: str | None = None,
        seen: Mapping[str, Any] | None = None,
    ) -> Kept:
        """Say that a mention, office, statement or number is right as it stands: it stays so,
        whatever a later tagger finds there."""
        who = self._who(by, reason)
        return self._decide(
            lambda c, now: rulings.affirm(c, kind, row_id, now=now, seen=seen, **who)
        )

    def office(
        self,
        row_id: int,
        *,
        by: str | None = None,
        reason: str | None = None,
        seen: Mapping[str, Any] | None = None,
        **changes: str | None,
    ) -> Kept:
        """Correct an office where one document states it: ``role``, ``institution``, ``status``,
        ``person`` (a name or id), ``date_from``, ``date_to``."""
        who = self._who(by, reason)
        return self._decide(
            lambda c, now: rulings.decide(
                c, "office", row_id, given.office(c, changes), now=now, seen=seen, **who
            )
        )

    def term(
        self,
        person: str,
        wordings: Sequence[Mapping[str, Any]],
        *,
        reject: bool = False,
        by: str | None = None,
        reason: str | None = None,
        **changes: str | None,
    ) -> Kept:
        """Correct or reject an office of a person in all documents, later ones too; without
        ``changes`` it is said to be right.

        ``wordings``: what texts state (``role``, ``institution``, ``status``), with ``first`` and
        ``last`` for a stretch of time only.
        """
        who = self._who(by, reason)
        return self._decide(
            lambda c, now: rulings.decide_term(
                c,
                given.exact(c, person),
                wordings,
                None if reject else given.office(c, changes),
                now=now,
                **who,
            )
        )

    def statement(
        self,
        row_id: int,
        *,
        speaker: str | None = None,
        kind: str | None = None,
        span: tuple[int, int] | None = None,
        by: str | None = None,
        reason: str | None = None,
        seen: Mapping[str, Any] | None = None,
    ) -> Kept:
        """Correct who said it (a name or id; somebody the base does not know is only written),
        whether it is ``direct`` or ``indirect``, or how far it goes."""
        who = self._who(by, reason)

        def work(c: Reading, now: str) -> int:
            to: dict[str, Any] = {}
            if kind is not None:
                to["kind"] = given.kind_of_statement(kind)
            if speaker is not None:
                to |= given.speaker_of(c, row_id, speaker)
            if span is not None:
                to |= added.span(c, "statement", row_id, *span)
            return rulings.decide(c, "statement", row_id, to, now=now, seen=seen, **who)

        return self._decide(work)

    def mention(
        self,
        row_id: int,
        *,
        entity: str | None = None,
        kind: str | None = None,
        span: tuple[int, int] | None = None,
        by: str | None = None,
        reason: str | None = None,
        seen: Mapping[str, Any] | None = None,
    ) -> Kept:
        """Correct whom or what words name, or how far they go. With a ``kind`` (``person``,
        ``institution``, ``place``) a name that the base does not know is somebody new."""
        who = self._who(by, reason)

        def work(c: Reading, now: str) -> int:
            to: dict[str, Any] = {}
            if entity is not None:
                entity_id = given.named(c, entity, kind)
                to |= {"entity_id": entity_id, "label": LABELS[entity_id.partition(":")[0]]}
            if span is not None:
                to |= added.span(c, "mention", row_id, *span)
            return rulings.decide(c, "mention", row_id, to, now=now, seen=seen, **who)

        return self._decide(work)

    def number(
        self,
        row_id: int,
        *,
        by: str | None = None,
        reason: str | None = None,
        seen: Mapping[str, Any] | None = None,
        **changes: object,
    ) -> Kept:
        """Correct a number of an indicator: ``value`` as it is printed ("12,5"), ``unit``,
        ``kind``, ``year``."""
        who = self._who(by, reason)
        return self._decide(
            lambda c, now: rulings.decide(
                c, "indicator", row_id, given.number(changes), now=now, seen=seen, **who
            )
        )

    def find(self, kind: str, document_id: int, words: str, page: int | None = None) -> int:
        """The number of the one row of a document with these words, for the methods above.

        Raises ``NotFound`` where there is none, ``QueryError`` that lists them where several.
        """
        with Catalog.open(self.settings) as catalog, catalog.read() as c:
            judgements.document_key(c, document_id)
            rows = rulings.look_up(c, kind, document_id, words, page)
        if not rows:
            raise NotFound(f"Document {document_id} has no {kind} with the words '{words}'.")
        if len(rows) > 1:
            told = "; ".join(rulings.said(kind, row) for row in rows[:5])
            raise QueryError(
                f"Several are so ({told}{'; ...' if len(rows) > 5 else ''}); give more of the "
                "words (of a number its kind, year or value, too) or the page."
            )
        return int(rows[0]["id"])

    # --- the record -------------------------------------------------------------

    def undo(self, number: int, *, by: str | None = None) -> Kept:
        """Take back a correction."""

        def work(connection: Reading, now: str) -> int:
            corrections.undo(connection, number, now=now, by=by or self._by)
            return number

        return self._decide(work)

    def export(self, file: Path) -> int:
        """Every judgement into a file (``.jsonl``, ``.csv``); how many."""
        with Catalog.open(self.settings) as catalog, catalog.read() as connection:
            entries = sharing.shared(connection)
        exchange.write(entries, file)
        return len(entries)

    def gold(self, file: Path) -> int:
        """Lines about whose words somebody decided, as gold of the tagging guide (``.jsonl``);
        how many."""
        with Catalog.open(self.settings) as catalog, catalog.read() as connection:
            found = gold.rows(connection)
        exchange.write_lines(found, file)
        return len(found)

    def take_in(self, file: Path) -> Taken:
        """The judgements of such a file, those that this base does not have; all or none."""
        entries = exchange.read(file)
        taken: list[Taken] = []

        def work(connection: Reading, _now: str) -> int:
            taken.append(sharing.take_in(connection, entries))
            return 0

        self._decide(work)
        return taken[0]
