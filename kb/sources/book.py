"""The list of sources: add, show, set a timetable, remove."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from kb.catalog import writes_sources as notes
from kb.catalog.database import database
from kb.catalog.reading import sources as reads
from kb.catalog.reading.sources import SourceRow
from kb.config import Settings
from kb.errors import QueryError
from kb.sources.fetching import Fetcher
from kb.sources.finding import find, name_of
from kb.sources.kinds.base import Finding
from kb.sources.ledger import Ledger, named
from kb.sources.manners import now, stamp

NOTICE = 3
"""Runs in a row that failed, after which Kelola says so."""
_DAILY = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)")
_EVERY = re.compile(r"(\d{1,3})\s*(?:h|j|jam|hours?)")


@dataclass(frozen=True, slots=True)
class Source:
    """One source as people see it."""

    number: int
    name: str
    kind: str
    address: str
    timetable: str | None
    last_run: str | None
    last_good: str | None
    failures: int
    problem: str | None
    states: Mapping[str, int]
    """How many addresses are ``kept``, ``waiting``, ``refused`` and ``withdrawn``."""
    counts: Mapping[str, Any]
    """Of the last run."""
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def failing(self) -> bool:
        """True where so many runs failed that somebody should look."""
        return self.failures >= NOTICE


@dataclass(frozen=True, slots=True)
class Refusal:
    """An address that was not taken."""

    address: str
    state: str
    reason: str


def add(
    settings: Settings,
    address: str,
    *,
    name: str | None = None,
    kind: str | None = None,
    timetable: str | None = None,
    finding: Finding | None = None,
    fetcher: Fetcher | None = None,
) -> tuple[Source, str]:
    """Look at an address and keep it as a source; with one sentence on what was found.

    Raises ``SourceError`` where there is nothing to fetch, ``QueryError`` where the address or
    the name is a source already.
    """
    when = checked(timetable)
    found = finding or find(settings, address, kind=kind, fetcher=fetcher)
    called = (name or name_of(found)).strip()
    if not called:
        raise QueryError("A source needs a name of at least one letter.")
    ledger = Ledger(settings)
    made: list[int] = []

    def write(connection: Any) -> None:
        for row in reads.listed(connection):
            if row.address == found.address and row.kind == found.kind:
                raise QueryError(f"{found.address} is a source already: '{row.name}'.")
            if row.name == called:
                raise QueryError(f"A source is called '{called}' already; give another --name.")
        made.append(
            notes.add_source(
                connection,
                {
                    "name": called,
                    "kind": found.kind,
                    "address": found.address,
                    "options": found.options,
                    "timetable": when,
                    "added": stamp(now()),
                },
            )
        )

    ledger.flush(write)
    return show(settings, str(made[0])), found.told


def sources(settings: Settings) -> list[Source]:
    """All sources by name; none where there is no base yet."""
    if not database(settings).exists():
        return []
    with Ledger(settings).read() as connection:
        return [_source(row, reads.states(connection, row.id)) for row in reads.listed(connection)]


def show(settings: Settings, name: str) -> Source:
    """One source by name, number or address. Raises ``NotFound``."""
    with Ledger(settings).read() as connection:
        row = named(connection, name)
        return _source(row, reads.states(connection, row.id))


def refusals(settings: Settings, number: int, limit: int = 200) -> list[Refusal]:
    """Addresses of a source that were refused, withdrawn or could not be read, with reasons."""
    with Ledger(settings).read() as connection:
        rows = reads.finds_of(connection, number, ["refused", "withdrawn", "kept"])
    found = [Refusal(r.address, r.state, r.reason) for r in rows if r.reason]
    return found[:limit]


def remove(settings: Settings, name: str) -> Source:
    """Forget a source; its documents and their originals stay."""
    source = show(settings, name)
    Ledger(settings).flush(lambda connection: notes.remove_source(connection, source.number))
    return source


def set_timetable(settings: Settings, name: str, timetable: str | None) -> Source:
    """When ``kb serve`` syncs a source by itself; ``None``: never."""
    source, when = show(settings, name), checked(timetable)
    Ledger(settings).flush(
        lambda connection: notes.change_source(connection, source.number, timetable=when)
    )
    return show(settings, str(source.number))


def _source(row: SourceRow, states: Mapping[str, int]) -> Source:
    return Source(
        row.id,
        row.name,
        row.kind,
        row.address,
        row.timetable,
        row.last_run,
        row.last_good,
        row.failures,
        row.problem,
        states,
        row.counts,
        row.options,
    )


# --- timetable -----------------------------------------------------------------


def checked(timetable: str | None) -> str | None:
    """``06:00`` (every day) or ``6h`` (every six hours) in one form. Raises ``QueryError``."""
    if timetable is None or not timetable.strip():
        return None
    text = timetable.strip().lower()
    daily, every = _DAILY.fullmatch(text), _EVERY.fullmatch(text)
    if daily:
        return f"{int(daily.group(1)):02}:{daily.group(2)}"
    if every and int(every.group(1)) > 0:
        return f"{int(every.group(1))}h"
    raise QueryError(f"'{timetable}' is no timetable; write 06:00 for every day or 6h for hours.")


def due(source: Source, moment: datetime) -> bool:
    """True where the timetable says that the source should have been synced by ``moment``,
    which is local time with its zone."""
    if source.timetable is None:
        return False
    last = datetime.fromisoformat(source.last_run) if source.last_run else None
    if source.timetable.endswith("h"):
        return last is None or moment - last >= timedelta(hours=int(source.timetable[:-1]))
    hour, minute = source.timetable.split(":")
    today = moment.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
    latest = today if moment >= today else today - timedelta(days=1)
    return last is None or last < latest
