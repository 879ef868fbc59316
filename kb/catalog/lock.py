"""One writer at a time: the lock of a knowledge base and who holds it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from kb.catalog.database import database
from kb.catalog.lockfile import Owner
from kb.config import Settings

WAIT_SECONDS = 10.0


def read_owner(settings: Settings) -> Owner | None:
    """Who holds the lock, ``None`` where nobody is known to."""
    return database(settings).owner()


@contextlib.contextmanager
def writer_lock(settings: Settings, work: str, *, wait: float | None = None) -> Iterator[None]:
    """Hold the writer lock of this base; raises ``Busy`` after ``wait`` seconds.

    The operating system keeps the lock, or the database's own session does, not a file: a
    writer that was killed holds nothing, and a lock file left behind stops nobody.
    """
    seconds = WAIT_SECONDS if wait is None else max(0.0, wait)
    settings.home.mkdir(parents=True, exist_ok=True)
    with database(settings).lock(work, seconds):
        yield
