"""Syncs sources and tells readers when they are due."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import datetime

from kb.alerts import running as alerts
from kb.catalog.database import database
from kb.config import Settings
from kb.queue.status import workers_run
from kb.server.periodic import attempt
from kb.sources import book
from kb.sources.syncing import sync


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


def look_unless_workers(settings: Settings, stop: threading.Event) -> None:
    """The same for the app: workers that run have the timetable, so that nothing is done twice."""
    tended: list[bool] = []
    attempt("workers", lambda: tended.append(workers_run(settings)))
    if tended == [False]:
        look(settings, stop)


def look(settings: Settings, stop: threading.Event) -> None:
    """Do what is due by now; a sync in hand ends after its page once ``stop`` is set."""
    if stop.is_set():
        return
    attempt("sources", lambda: run_due(settings, datetime.now().astimezone(), stop))
    attempt("alerts", lambda: tell_due(settings))
