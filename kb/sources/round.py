"""One sync of one source: what it lists, what is fetched of it, what is looked at again."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from kb.catalog import shelving
from kb.catalog import writes_sources as notes
from kb.catalog.reading import sources as reads
from kb.catalog.reading.sources import FindRow, SourceRow
from kb.catalog.reading.typed import Reading
from kb.config import Settings
from kb.sources import addresses, originals
from kb.sources.fetching import Fetcher, Reply
from kb.sources.judging import judge
from kb.sources.kinds import KINDS
from kb.sources.kinds.base import Batch, Item, Kind, Visit
from kb.sources.kinds.drive import download
from kb.sources.ledger import Ledger, key_of
from kb.sources.manners import now, stamp
from kb.sources.refusals import Gone, Later, Refused, Unreachable
from kb.sources.report import Outcome, Stage, SyncProgress, Told

NOTED_TOGETHER = 20
"""Fetched addresses between two notes in the catalog: what a kill makes fetched twice."""
READ_TOGETHER = 200
"""Fetched files that are handed to the ingest at once."""
SHARE = 200
"""One in so many known addresses is looked at again in each sync: half a percent."""
LEAST = 3
AGAIN_HOURS = 12
"""Addresses asked for since are not asked again, unless they answered 404."""
WHOLE_DAYS = 7
"""Days between two walks through a whole list, which show what it no longer names."""
STRIKES = 2
"""Answers 404 or 410 in a row, in two syncs, after which a page counts as withdrawn."""
HOST_DOWN = 3
"""Addresses without an answer one after the other, after which the host counts as down."""


class Round:
    """One source in one sync. ``run`` may raise; what was fetched by then is noted."""

    def __init__(
        self,
        settings: Settings,
        ledger: Ledger,
        fetcher: Fetcher,
        row: SourceRow,
        outcome: Outcome,
        *,
        since: str | None,
        dry_run: bool,
        told: Told | None,
        stop: threading.Event,
        whole: bool = False,
    ) -> None:
        self._settings = settings
        self._ledger = ledger
        self._fetcher = fetcher
        self._id = row.id
        self._kind: Kind = KINDS[row.kind]
        self._out = outcome
        self._since = since
        self._dry = dry_run
        self._told = told
        self._stop = stop
        self._started = time.monotonic()
        self._cursor: dict[str, Any] = dict(row.cursor)
        self._state = dict(self._cursor.pop("_state", {}))
        self._listing = int(self._state.get("listing", 0)) + 1
        self._down = 0
        self._whole = whole
        self.visit = Visit(
            fetcher,
            row.address,
            dict(row.options),
            dict(self._cursor),
            self._unknown,
            since,
            whole or self._due_whole(),
        )

    def _due_whole(self) -> bool:
        at = str(self._state.get("whole_at") or "")
        return bool(at) and at < stamp(now() - timedelta(days=WHOLE_DAYS))

    def run(self) -> list[str]:
        """List, fetch and look again; returns originals (or paths) to be read."""
        self._list()
        if self._dry:
            return []
        try:
            self._fetch()
            self._look_again()
        except Later as error:
            self._out.later = str(error)
        finally:
            self._ledger.keep_hosts(self._fetcher.manners)
            self._ledger.flush()
        return self.to_read()

    def to_read(self) -> list[str]:
        """Fetched files that no ingest has read yet."""
        with self._ledger.read() as connection:
            rows = reads.finds_of(connection, self._id, ["fetched"])
            return _paths(connection, rows)

    # --- lists ---------------------------------------------------------------------

    def _unknown(self, items: Sequence[Item]) -> int:
        new, changed, _ = self._ledger.news(self._id, self._wanted(items))
        return len(new) + len(changed)

    def _wanted(self, items: Sequence[Item]) -> list[Item]:
        if self._since is None:
            return list(items)
        kept = []
        for item in items:
            when = next((w for w in (item.changed, item.published) if w and w[:4].isdigit()), None)
            if when is None or when >= self._since:
                kept.append(item)
        return kept

    def _list(self) -> None:
        planned: set[str] = set()
        for batch in self._kind.batches(self.visit):
            self._take(batch, planned)
            self._tell("listing", self._out.listed, 0)
            if self._stop.is_set():
                raise KeyboardInterrupt

    def _take(self, batch: Batch, planned: set[str]) -> None:
        items = self._wanted(batch.items)
        new, changed, same = self._ledger.news(self._id, items)
        self._out.listed += len(items)
        if self._dry:
            fresh = [i.address for i in (*new, *(item for _, item in changed))]
            fresh = [address for address in fresh if address not in planned]
            planned.update(fresh)
            self._out.planned += fresh
            return
        at, listing = stamp(now()), self._listing
        rows = [_row(self._id, item, at, listing) for item in new]
        if batch.whole:
            self._state |= {"listing": listing, "whole": listing, "whole_at": at}
        cursor = {**batch.cursor, "_state": {**self._state, "listing": listing}}

        def write(connection: Reading) -> None:
            notes.add_finds(connection, rows)
            for row, item in changed:
                notes.change_find(
                    connection, row.id, state="waiting", changed=item.changed, listed=listing
                )
            notes.seen_again(connection, [row.id for row in same], listing)
            notes.change_source(connection, self._id, cursor=cursor)

        self._ledger.flush(write)

    # --- what they name ---------------------------------------------------------------

    def _fetch(self) -> None:
        with self._ledger.read() as connection:
            waiting = reads.finds_of(connection, self._id, ["waiting"])
        self._out.waiting = len(waiting)
        for done, row in enumerate(waiting):
            if self._stop.is_set():
                self._out.interrupted = True
                return
            self._tell("fetching", done, len(waiting), row.address)
            self._one(row)
            self._out.waiting -= 1
            if self._ledger.waiting >= NOTED_TOGETHER:
                self._ledger.keep_hosts(self._fetcher.manners)
                self._ledger.flush()

    def _look_again(self) -> None:
        if self._out.interrupted:
            return
        begun = now() - timedelta(seconds=time.monotonic() - self._started)
        before = stamp(begun if self._whole else now() - timedelta(hours=AGAIN_HOURS))
        with self._ledger.read() as connection:
            kept = reads.states(connection, self._id).get("kept", 0)
            rows = list(
                reads.to_look_at_again(
                    connection,
                    self._id,
                    self._state.get("whole"),
                    before,
                    kept if self._whole else max(LEAST, kept // SHARE),
                )
            )
            gone = reads.withdrawn(connection, self._id, before)
            rows += [gone] if gone is not None else []
        for row in rows:
            if self._stop.is_set():
                self._out.interrupted = True
                return
            self._one(row)

    def _one(self, row: FindRow) -> None:
        try:
            reply = self._answer(row)
        except Gone as error:
            self._gone(row, str(error))
        except Refused as error:
            self._refused(row, str(error))
        except Unreachable as error:
            # One page that hangs is left for the next sync; a host that is down ends this one.
            self._change(row, tries=row.tries + 1, checked=stamp(now()))
            self._out.refused.append((row.address, str(error)))
            self._down += 1
            if self._down >= HOST_DOWN:
                raise
        else:
            self._down = 0
            self._here(row, reply)

    def _answer(self, row: FindRow) -> Reply:
        address = row.address
        # A page in hand is asked for only if it changed; one without a copy, always.
        etag = row.etag if row.sha256 else None
        modified = row.modified if row.sha256 else None
        if addresses.drive_id(address):
            reply = download(self.visit, address)
        else:
            reply = self._kind.resolve(self.visit, address, etag, modified)
        if not reply.unchanged:
            judge(address, reply)
        self._out.bytes += len(reply.body)
        return reply

    def _here(self, row: FindRow, reply: Reply) -> None:
        at = reply.at
        was = row.state == "withdrawn" or row.strikes >= STRIKES
        if reply.unchanged:
            self._out.same += 1
            self._change(row, state="kept", strikes=0, checked=at, reason=None)
            if was:
                self._back(row)
            return
        kept = originals.keep(self._settings, reply.body, reply.address, reply.headers)
        told = reply.headers
        same = kept.sha256 == row.sha256
        self._out.same += int(same)
        original = {
            "key": row.key,
            "address": row.address,
            "sha256": kept.sha256,
            "path": kept.name,
            "at": at,
            "last": at,
            "status": reply.status,
            "headers": {**told, "address": reply.address, "hops": list(reply.hops)},
            "size": len(reply.body),
        }
        self._ledger.later(lambda connection: notes.keep_original(connection, original))
        self._change(
            row,
            state="kept" if same else "fetched",
            strikes=0,
            checked=at,
            reason=None,
            sha256=kept.sha256,
            etag=told.get("etag"),
            modified=told.get("last-modified"),
        )
        if was:
            self._back(row)

    def _gone(self, row: FindRow, reason: str) -> None:
        at = stamp(now())
        if not row.sha256:
            self._refused(row, reason)
            return
        strikes = row.strikes + 1
        if strikes < STRIKES or row.state == "withdrawn":
            self._out.struck += int(row.state != "withdrawn")
            state = "kept" if row.state != "withdrawn" else "withdrawn"
            self._change(row, state=state, strikes=strikes, checked=at, reason=reason)
            return
        self._out.gone += 1
        self._change(row, state="withdrawn", strikes=strikes, checked=at, reason=reason)
        key, day, files = row.key, at[:10], self._files(row)
        self._ledger.later(lambda connection: shelving.withdraw(connection, key, day, files))

    def _refused(self, row: FindRow, reason: str) -> None:
        self._out.refused.append((row.address, reason))
        state = "kept" if row.sha256 else "refused"
        self._change(row, state=state, checked=stamp(now()), reason=reason)

    def _back(self, row: FindRow) -> None:
        self._out.back += 1
        key, files = row.key, self._files(row)
        self._ledger.later(lambda connection: shelving.come_back(connection, key, files))

    def _files(self, row: FindRow) -> list[str]:
        """The file that an address gave: documents inside an archive bear no address of their
        own and go with it. None where another address gives the same file."""
        if not row.sha256:
            return []
        with self._ledger.read() as connection:
            original = reads.original(connection, row.key, row.sha256)
            if original is None or reads.kept_elsewhere(connection, row.id, row.sha256):
                return []
        return [str(self._settings.originals_path / original.path)]

    def _change(self, row: FindRow, **values: Any) -> None:
        number = row.id
        self._ledger.later(lambda connection: notes.change_find(connection, number, **values))

    def _tell(self, stage: Stage, done: int, total: int, address: str | None = None) -> None:
        if self._told is not None:
            seconds = max(time.monotonic() - self._started, 1e-6)
            self._told(SyncProgress(self._out.source, stage, done, total, done / seconds, address))


def _row(source_id: int, item: Item, at: str, listing: int) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "key": key_of(item.address),
        "address": item.address,
        "title": item.title[:1000] if item.title else None,
        "published": item.published,
        "section": item.section[:500] if item.section else None,
        "changed": item.changed,
        "first_seen": at,
        "listed": listing,
    }


def _paths(connection: Reading, rows: Sequence[FindRow]) -> list[str]:
    found = []
    for row in rows:
        original = reads.original(connection, row.key, row.sha256) if row.sha256 else None
        if original is not None:
            found.append(original.path)
    return found
