"""The lock file of a home, and the note of who holds it."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kb.config import Settings
from kb.errors import Busy


@dataclass(frozen=True, slots=True)
class Owner:
    """Who wrote last, or is writing now: the note beside the lock."""

    pid: int
    host: str
    since: str
    work: str


def _note_path(settings: Settings) -> Path:
    return settings.lock_path.with_suffix(".owner")


def file_owner(settings: Settings) -> Owner | None:
    """The note of the process that holds the lock file, ``None`` where there is no note."""
    try:
        values = json.loads(_note_path(settings).read_text(encoding="utf-8"))
        return Owner(
            int(values["pid"]), str(values["host"]), str(values["since"]), str(values["work"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def busy(owner: Owner | None, shown: str, waited: float) -> Busy:
    """The error that says who is writing to the base ``shown`` and what to do."""
    who = "Another process"
    if owner is not None:
        here = "" if owner.host == platform.node() else f" on {owner.host}"
        who = f"Another process (pid {owner.pid}{here}, {owner.work} since {owner.since})"
    return Busy(
        f"{who} is writing to the knowledge base at {shown} and did not finish within "
        f"{waited:.0f} seconds; wait for it or stop it, then run the command again."
    )


@contextlib.contextmanager
def file_lock(settings: Settings, work: str, seconds: float) -> Iterator[None]:
    """The lock file of a home."""
    from filelock import FileLock, Timeout  # brings asyncio along: not for readers

    lock = FileLock(settings.lock_path, thread_local=False)
    try:
        lock.acquire(timeout=seconds, poll_interval=0.05)
    except Timeout:
        raise busy(file_owner(settings), str(settings.home), seconds) from None
    note = _note_path(settings)
    try:
        owner = {
            "pid": os.getpid(),
            "host": platform.node(),
            "since": datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC"),
            "work": work,
        }
        note.write_text(json.dumps(owner), encoding="utf-8")
        yield
    finally:
        for _ in range(3):  # Windows: a reader may have the note open for a moment
            try:
                note.unlink(missing_ok=True)
                break
            except OSError:
                time.sleep(0.02)
        lock.release()
