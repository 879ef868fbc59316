"""Merge, rename, hide, untag, set, undo: decided, written, synced and recorded in one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from kb.catalog import Catalog, corrections, shelving, untag
from kb.catalog.lock import writer_lock
from kb.catalog.reading import entities as entity_reads
from kb.catalog.reading.typed import Reading
from kb.config import Settings
from kb.errors import IndexStale
from kb.explore import names


@dataclass(frozen=True, slots=True)
class Kept:
    """A decision that is stored."""

    number: int
    """Of the correction: ``undo`` takes it."""
    documents: int = 0
    """How many documents the index was told of."""
    index_waits: str | None = None
    """Why the index did not follow yet, as one sentence; the decision is kept all the same."""


class Desk:
    """Where staff decide about one base.

    ``by`` is who decides. Every method raises ``QueryError`` for a decision that makes no sense,
    ``NotFound`` for what is not there, and ``Busy`` while an ingest writes: then nothing is
    written.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def merge(self, entity: str, into: str, *, by: str | None = None) -> Kept:
        """Make one entity of two; ``entity`` and ``into`` are ids or names."""
        return self._decide(
            lambda c, now: corrections.merge(c, _exact(c, entity), _exact(c, into), now=now, by=by)
        )

    def rename(self, entity: str, name: str, *, by: str | None = None) -> Kept:
        """Give an entity another name."""
        return self._decide(
            lambda c, now: corrections.rename(c, _exact(c, entity), name, now=now, by=by)
        )

    def hide(self, entity: str, *, by: str | None = None) -> Kept:
        """Take a wrong entity out of lists and results."""
        return self._decide(lambda c, now: corrections.hide(c, _exact(c, entity), now=now, by=by))

    def untag(
        self,
        entity: str,
        *,
        surface: str | None = None,
        document: int | None = None,
        by: str | None = None,
    ) -> Kept:
        """Say that ``surface`` is not this entity, in one document or in all.

        Without ``surface`` every mention in ``document``. Offices read from the mention go too,
        statements lose their speaker.
        """
        return self._decide(
            lambda c, now: untag.untag(
                c, _exact(c, entity), surface=surface, document_id=document, now=now, by=by
            )
        )

    def set_field(
        self, document_id: int, field: str, value: object, *, by: str | None = None
    ) -> Kept:
        """Correct what a document is (``title``, ``date``, ``doc_type``, ...)."""
        return self._decide(
            lambda c, now: corrections.set_field(c, document_id, field, value, now=now, by=by)
        )

    def remove(self, document_id: int, reason: str, *, by: str | None = None) -> Kept:
        """Take a document out of everything until undone, with the reason."""
        return self._decide(lambda c, now: shelving.remove(c, document_id, reason, now=now, by=by))

    def undo(self, number: int) -> Kept:
        """Take back a correction."""

        def work(connection: Reading, _now: str) -> int:
            corrections.undo(connection, number)
            return number

        return self._decide(work)

    def _decide(self, work: Callable[[Reading, str], int]) -> Kept:
        from kb.ingest import sync

        with (
            writer_lock(self._settings, "correction"),
            Catalog.open(self._settings, write=True) as catalog,
            catalog.write() as connection,
        ):
            number = work(connection, datetime.now(UTC).isoformat(timespec="seconds"))
        try:
            return Kept(number, sync(self._settings))
        except IndexStale as error:
            return Kept(number, index_waits=f"{error} The correction is kept.")


def _exact(connection: Reading, given: str) -> str:
    """An id as it stands (a merge is undone by the very id), or the entity of a name."""
    if names.is_id(given) and given in entity_reads.entity_rows(connection, [given]):
        return given
    return names.one(connection, given)
