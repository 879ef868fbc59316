"""Syncs of sources started from the app: one at a time, in a thread that outlives the page view."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.config import Settings
from kb.errors import KBError
from kb.sources.report import Outcome, SyncProgress

log = logging.getLogger("kb.web")


@dataclass
class Sync:
    """The state of one sync; the thread writes, pages read."""

    thread: threading.Thread | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    """Set to end the sync after the address in hand."""
    progress: SyncProgress | None = None
    outcomes: list[Outcome] | None = None
    """What it did, once done."""
    problem: str | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, now: SyncProgress) -> None:
        """Take in what the sync tells."""
        self.progress = now

    @property
    def running(self) -> bool:
        return self.thread is not None and self.thread.is_alive()


_syncs: dict[str, Sync] = {}
_naming = threading.Lock()


def sync(home: str) -> Sync:
    """The one sync of a knowledge base, shared by all sessions for as long as the server lives."""
    with _naming:
        return _syncs.setdefault(home, Sync())


def start(current: Sync, settings: Settings, names: Sequence[str]) -> bool:
    """Begin to sync the sources named (all: none named); False where a sync is running."""
    with current.lock:
        if current.running:
            return False
        current.progress = current.outcomes = current.problem = None
        current.stop = threading.Event()
        current.thread = threading.Thread(
            target=_run, args=(current, settings, list(names)), name="kb-sync", daemon=True
        )
        current.thread.start()
        return True


def _run(current: Sync, settings: Settings, names: list[str]) -> None:
    from kb.sources.syncing import sync as bring_in

    try:
        current.outcomes = bring_in(settings, names, told=current.note, stop=current.stop)
    except KBError as error:
        current.problem = str(error)
    except Exception as error:
        log.exception("sync from the app failed")
        current.problem = f"{type(error).__name__}: see the server's log"
