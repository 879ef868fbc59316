"""Syncs of sources started from the app: one at a time for each base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.config import Settings
from kb.sources.report import Outcome, SyncProgress
from kb.web.background import Background, OneEach


@dataclass
class Sync(Background):
    """The state of one sync; stopped, it ends after the address in hand."""

    progress: SyncProgress | None = None
    outcomes: list[Outcome] | None = None
    """What it did, once done."""

    def note(self, now: SyncProgress) -> None:
        """Take in what the sync tells."""
        self.progress = now


sync = OneEach(Sync)
"""The sync of a base, by its home."""


def start(current: Sync, settings: Settings, names: Sequence[str]) -> bool:
    """Begin to sync the sources named (all: none named); False where a sync is running."""
    from kb.sources.syncing import sync as bring_in

    def clear() -> None:
        current.progress = current.outcomes = None

    def work() -> None:
        current.outcomes = bring_in(settings, list(names), told=current.note, stop=current.stop)

    return current.begin("kb-sync", work, clear)
