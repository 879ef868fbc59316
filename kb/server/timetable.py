"""Syncs sources and tells readers when they are due, in a thread beside the app."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from kb.alerts import running as alerts
from kb.catalog.database import database
from kb.config import Settings
from kb.errors import KBError
from kb.sources import book
from kb.sources.syncing import sync

LOOK_SECONDS = 60.0
"""How often the timetables are looked at."""

log = logging.getLogger("kb.server")


def tell_due(settings: Settings) -> None:
    """Match what came in with what readers follow, and send what is due."""
    if database(settings).exists():
        alerts.run(settings)


def run_due(
    settings: Settings,
    moment: datetime,
    stop: threading.Event,
    syncing: Callable[..., Sequence[object]] = sync,
) -> list[str]:
    """Sync what is due at ``moment`` (local time with its zone); names of what was."""
    due = [source.name for source in book.sources(settings) if book.due(source, moment)]
    if due:
        syncing(settings, due, stop=stop)
    return due


@contextlib.contextmanager
def keeping(settings: Settings) -> Iterator[None]:
    """Keep to the timetables until the block ends; a sync in hand ends after its page."""
    stop = threading.Event()

    def work() -> None:
        while not stop.wait(LOOK_SECONDS):
            try:
                run_due(settings, datetime.now().astimezone(), stop)
            except KBError as error:  # another sync or an ingest is at work: the next minute
                log.info("sources wait: %s", error)
            except Exception:
                log.exception("a sync by timetable failed")
            try:
                tell_due(settings)
            except KBError as error:  # another run is at it, or the base is being rebuilt
                log.info("alerts wait: %s", error)
            except Exception:
                log.exception("alerts by timetable failed")

    thread = threading.Thread(target=work, name="kb-timetable", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
