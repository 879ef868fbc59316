"""Backups made from Kelola: one at a time, in a thread that outlives the page view."""

from __future__ import annotations

import logging
import re
import threading
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kb.config import Settings
from kb.errors import KBError, refusal

log = logging.getLogger("kb.web")

KEPT = 5
"""Backups kept; older ones go when another is made."""
_NAME = re.compile(r"kb-\d{4}-\d\d-\d\d-\d{6}\.zip")


@dataclass
class Making:
    """The backup that is being made; the thread writes, pages read."""

    thread: threading.Thread | None = None
    problem: str | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def running(self) -> bool:
        return self.thread is not None and self.thread.is_alive()


_making: dict[str, Making] = {}
_naming = threading.Lock()


def making(home: str) -> Making:
    """The one of a base, for all sessions."""
    with _naming:
        return _making.setdefault(home, Making())


def folder(settings: Settings) -> Path:
    return settings.home / "backups"


def made(settings: Settings) -> list[Path]:
    """Backups that are there, the latest first."""
    try:
        found = [one for one in folder(settings).iterdir() if _NAME.fullmatch(one.name)]
    except OSError:
        return []
    return sorted(found, key=lambda one: one.name, reverse=True)


def start(current: Making, settings: Settings) -> bool:
    """Begin to make one; False where one is being made."""
    with current.lock:
        if current.running:
            return False
        current.problem = None
        current.thread = threading.Thread(
            target=_run, args=(current, settings), name="kb-backup", daemon=True
        )
        current.thread.start()
        return True


def _run(current: Making, settings: Settings) -> None:
    from kb.ingest.backup import backup

    name = f"kb-{datetime.now():%Y-%m-%d-%H%M%S}.zip"
    try:
        backup(settings, folder(settings) / name)
        for old in made(settings)[KEPT:]:
            old.unlink(missing_ok=True)
    except KBError as error:
        current.problem = str(error)
    except OSError as error:
        log.exception("backup from the app failed")
        current.problem = refusal(error) or f"{type(error).__name__}: see the server's log"
