"""What is noted of sources while they are synced: in the catalog, in short transactions.

The writer's lock is held only while a few rows are written, so that an ingest, a correction and
a sync get along; what is noted after each batch is what a killed sync goes on from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from kb.catalog import Catalog, writer_lock
from kb.catalog import writes_sources as notes
from kb.catalog.reading import sources as reads
from kb.catalog.reading.sources import FindRow, SourceRow
from kb.catalog.reading.typed import Reading
from kb.catalog.writes import address_key
from kb.config import Settings
from kb.errors import NotFound
from kb.sources.kinds.base import Item
from kb.sources.manners import Host, Manners, now, stamp

WAIT_SECONDS = 120.0
"""How long to wait for another writer; an ingest of many files may hold the lock as long."""

Work = Callable[[Reading], object]


class Ledger:
    """The notes of one base. Writes are gathered and made together."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._waiting: list[Work] = []
        self._held: Catalog | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the catalog open for reading while a sync runs: opening takes longer than asking."""
        with Catalog.open(self.settings) as catalog:
            self._held = catalog
            try:
                yield
            finally:
                self._held = None

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """A connection to read with."""
        if self._held is not None:
            with self._held.read() as connection:
                yield connection
            return
        with Catalog.open(self.settings) as catalog, catalog.read() as connection:
            yield connection

    def later(self, work: Work) -> None:
        """Note something with the next ``flush``."""
        self._waiting.append(work)

    def flush(self, *more: Work) -> None:
        """Write what was gathered, in one transaction."""
        works = [*self._waiting, *more]
        if not works:
            return
        with (
            writer_lock(self.settings, "sync", wait=WAIT_SECONDS),
            Catalog.open(self.settings, write=True) as catalog,
            catalog.write() as connection,
        ):
            for work in works:
                work(connection)
        self._waiting.clear()

    @property
    def waiting(self) -> int:
        """How many notes are gathered."""
        return len(self._waiting)

    # --- hosts -------------------------------------------------------------------

    def host(self, name: str) -> Host | None:
        """What earlier syncs noted of a host."""
        with self.read() as connection:
            row = reads.host(connection, name)
        if row is None:
            return None
        return Host(name, row.day, row.requests, row.wait_until, row.robots, row.robots_at)

    def keep_hosts(self, manners: Manners) -> None:
        """Note how often hosts were asked, and their robots.txt."""
        for host in manners.all():
            values = {
                "day": host.day,
                "requests": host.requests,
                "wait_until": host.wait_until,
                "robots": host.robots,
                "robots_at": host.robots_at,
            }
            self.later(_host_note(host.name, values))

    # --- lists ---------------------------------------------------------------------

    def news(
        self, source_id: int, items: Sequence[Item]
    ) -> tuple[list[Item], list[tuple[FindRow, Item]], list[FindRow]]:
        """``(new, changed, same)`` of what a list gave; what another source looks after is
        neither."""
        by_key = {key_of(item.address): item for item in items}
        keys = list(by_key)
        with self.read() as connection:
            known = reads.known_keys(connection, source_id, keys)
            elsewhere = reads.held_elsewhere(connection, source_id, keys)
        new, changed, same = [], [], []
        for key, item in by_key.items():
            row = known.get(key)
            if row is None:
                if key not in elsewhere:
                    new.append(item)
            elif _differs(row, item):
                changed.append((row, item))
            else:
                same.append(row)
        return new, changed, same


def _host_note(name: str, values: dict[str, Any]) -> Work:
    return lambda connection: notes.set_host(connection, name, **values)


def named(connection: Reading, name: str) -> SourceRow:
    """The source of this name, number or address. Raises ``NotFound``."""
    row = reads.source(connection, name)
    if row is None:
        raise NotFound(f"There is no source '{name}'; 'kb source list' shows them.")
    return row


def key_of(address: str) -> str:
    """What makes an address the same find, and its document the same document."""
    return address_key(address) or address


def _differs(row: FindRow, item: Item) -> bool:
    if row.state in ("waiting", "fetched"):
        return False
    if row.state == "withdrawn":  # listed again; but a list may go on naming what is gone
        return row.checked is not None and row.checked[:10] < stamp(now())[:10]
    return bool(item.changed) and item.changed != row.changed
