"""Backups made from Kelola: one at a time for each base."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from kb.config import Settings
from kb.web.background import Background, OneEach

KEPT = 5
"""Backups kept; older ones go when another is made."""
_NAME = re.compile(r"kb-\d{4}-\d\d-\d\d-\d{6}\.zip")


making = OneEach(Background)
"""The backup of a base that is being made, by its home."""


def folder(settings: Settings) -> Path:
    return settings.home / "backups"


def made(settings: Settings) -> list[Path]:
    """Backups that are there, the latest first."""
    try:
        found = [one for one in folder(settings).iterdir() if _NAME.fullmatch(one.name)]
    except OSError:
        return []
    return sorted(found, key=lambda one: one.name, reverse=True)


def start(current: Background, settings: Settings) -> bool:
    """Begin to make one; False where one is being made."""
    from kb.ingest.backup import backup

    def work() -> None:
        backup(settings, folder(settings) / f"kb-{datetime.now():%Y-%m-%d-%H%M%S}.zip")
        for old in made(settings)[KEPT:]:
            old.unlink(missing_ok=True)

    return current.begin("kb-backup", work, lambda: None)
