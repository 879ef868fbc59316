"""How a decision is made: under the writer's lock, written, synced, told under its number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kb.catalog import Catalog
from kb.catalog.lock import writer_lock
from kb.catalog.reading.typed import Reading
from kb.clock import now
from kb.config import Settings
from kb.errors import IndexStale


@dataclass(frozen=True, slots=True)
class Kept:
    """A decision that is stored."""

    number: int
    """Of the correction: ``undo`` takes it."""
    documents: int = 0
    """How many documents the index was told of."""
    index_waits: str | None = None
    """Why the index did not follow yet, as one sentence; the decision is kept all the same."""
    earlier: tuple[int, ...] = ()
    """Of the corrections before it that were decided in the same step."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """Of all corrections of this step, the first first."""
        return (*self.earlier, self.number)


class Deciding:
    """One person who decides about one base."""

    def __init__(self, settings: Settings, by: str | None = None) -> None:
        self.settings = settings
        self._by = by

    def _who(self, by: str | None, reason: str | None) -> dict[str, str | None]:
        return {"by": by or self._by, "reason": reason}

    def _decide(self, work: Callable[[Reading, str], int]) -> Kept:
        from kb.ingest import sync

        with (
            writer_lock(self.settings, "correction"),
            Catalog.open(self.settings, write=True) as catalog,
            catalog.write() as connection,
        ):
            number = work(connection, now())
        try:
            return Kept(number, sync(self.settings))
        except IndexStale as error:
            return Kept(number, index_waits=f"{error} The correction is kept.")
