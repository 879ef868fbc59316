"""When a source is due, and what is then synced."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from kb.catalog import writes_sources as notes
from kb.config import Settings
from kb.errors import QueryError
from kb.server.timetable import run_due
from kb.sources import book
from kb.sources.ledger import Ledger

WIB = timezone(timedelta(hours=7))


def made(settings: Settings, folder: Path, timetable: str | None, last: str | None) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "siaran.txt").write_text("Siaran", encoding="utf-8")
    source, _ = book.add(settings, str(folder), timetable=timetable)
    ledger = Ledger(settings)
    ledger.flush(lambda connection: notes.change_source(connection, source.number, last_run=last))


@pytest.mark.parametrize(
    ("timetable", "last", "moment", "right"),
    [
        (None, None, "2026-11-28T09:00", False),
        ("06:00", None, "2026-11-28T05:00", True),
        # 06:00 in the office is 23:00 of the day before in UTC.
        ("06:00", "2026-11-27T22:59:00+00:00", "2026-11-28T06:01", True),
        ("06:00", "2026-11-27T23:01:00+00:00", "2026-11-28T06:05", False),
        ("06:00", "2026-11-27T23:01:00+00:00", "2026-11-29T05:59", False),
        ("06:00", "2026-11-27T23:01:00+00:00", "2026-11-29T06:00", True),
        ("6h", "2026-11-28T00:00:00+00:00", "2026-11-28T12:59", False),
        ("6 jam", "2026-11-28T00:00:00+00:00", "2026-11-28T13:00", True),
    ],
)
def test_what_is_due(
    settings: Settings,
    tmp_path: Path,
    timetable: str | None,
    last: str | None,
    moment: str,
    right: bool,
):
    made(settings, tmp_path / "naskah", timetable, last)
    asked: list[list[str]] = []

    def syncing(where: Settings, names: list[str], *, stop: threading.Event) -> list[object]:
        asked.append(names)
        return []

    when = datetime.fromisoformat(moment).replace(tzinfo=WIB)
    run_due(settings, when, threading.Event(), syncing)
    assert asked == ([["naskah"]] if right else [])


@pytest.mark.parametrize("wrong", ["25:00", "besok", "0h", "6"])
def test_a_wrong_timetable_is_said(settings: Settings, tmp_path: Path, wrong: str):
    made(settings, tmp_path / "naskah", None, None)
    with pytest.raises(QueryError, match="is no timetable"):
        book.set_timetable(settings, "naskah", wrong)
