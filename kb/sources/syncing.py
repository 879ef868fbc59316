"""``kb sync``: one source after the other; what fails says so, and the others go on."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kb.catalog import writes_sources as notes
from kb.catalog.reading import sources as reads
from kb.catalog.reading import versions
from kb.catalog.reading.sources import SourceRow
from kb.catalog.reading.typed import Reading
from kb.config import Settings
from kb.errors import Busy, KBError, QueryError
from kb.ingest import IngestReport, Progress, ingest
from kb.ingest import sync as index
from kb.ingest.stopping import stoppable
from kb.sources import watched
from kb.sources.fetching import Fetcher
from kb.sources.kinds.base import Visit
from kb.sources.ledger import Ledger, named
from kb.sources.manners import Manners, now, stamp
from kb.sources.report import Outcome, SyncProgress, Told
from kb.sources.round import READ_TOGETHER, Round

Read = Callable[..., IngestReport]
"""``kb.ingest.ingest``."""


def sync(
    settings: Settings,
    names: Sequence[str] = (),
    *,
    since: str | None = None,
    dry_run: bool = False,
    whole: bool = False,
    told: Told | None = None,
    stop: threading.Event | None = None,
    make: Callable[[Settings, Manners], Fetcher] = Fetcher,
    read: Read = ingest,
) -> list[Outcome]:
    """Bring in what is new of the named sources (all: none named), and mark what is gone.

    Ends after the address in hand on Ctrl-C or ``stop``; the next sync goes on there.
    ``whole``: walk through lists to their end, to see what they no longer name, and ask for every
    known page again. Raises ``Busy`` where another sync runs, ``NotFound`` for a name that no
    source has.
    """
    ledger = Ledger(settings)
    with ledger.read() as connection:
        rows = [named(connection, name) for name in names] if names else reads.listed(connection)
    if since is not None:
        _check_day(since)
    found: list[Outcome] = []
    with _alone(settings), stoppable(stop) as stopped, ledger.held():
        manners = Manners(settings.fetch_pause, settings.fetch_a_day, ledger.host, stop=stopped)
        with make(settings, manners) as fetcher:
            for row in rows:
                if stopped.is_set():
                    break
                one = _One(settings, ledger, fetcher, row, told, stopped, read)
                found.append(one.run(since, dry_run, whole))
    return found


class _One:
    """One source of one sync, whatever becomes of it."""

    def __init__(
        self,
        settings: Settings,
        ledger: Ledger,
        fetcher: Fetcher,
        row: SourceRow,
        told: Told | None,
        stop: threading.Event,
        read: Read,
    ) -> None:
        self._settings = settings
        self._ledger = ledger
        self._fetcher = fetcher
        self._row = row
        self._told = told
        self._stop = stop
        self._read = read
        self.outcome = Outcome(row.name, row.kind)

    def run(self, since: str | None, dry_run: bool, whole: bool) -> Outcome:
        started, asked = time.monotonic(), self._fetcher.manners.requests
        out = self.outcome
        try:
            if self._row.kind == "folder":
                self._folder(dry_run)
            else:
                self._site(since, dry_run, whole)
        except KeyboardInterrupt:
            out.interrupted = True
        except KBError as error:
            out.problem = str(error)
        out.requests = self._fetcher.manners.requests - asked
        out.seconds = time.monotonic() - started
        out.interrupted = out.interrupted or self._stop.is_set()
        if not dry_run:
            self._settle()
        return out

    def _site(self, since: str | None, dry_run: bool, whole: bool) -> None:
        turn = Round(
            self._settings,
            self._ledger,
            self._fetcher,
            self._row,
            self.outcome,
            since=since,
            dry_run=dry_run,
            told=self._told,
            stop=self._stop,
            whole=whole,
        )
        try:
            waiting = turn.run()
        except (KBError, KeyboardInterrupt) as error:
            # What was fetched before it failed is read all the same.
            if not dry_run and not isinstance(error, KeyboardInterrupt):
                self._take_in(turn.to_read())
            raise
        if not dry_run and not self._stop.is_set():
            self._take_in(waiting)

    def _take_in(self, names: Sequence[str]) -> None:
        """Read originals and note what became of them."""
        for start in range(0, len(names), READ_TOGETHER):
            some = list(names[start : start + READ_TOGETHER])
            self._read_some([self._settings.originals_path / name for name in some], some)
            if self._stop.is_set():
                return
        # Documents that came back or went are told to the index, also without new ones.
        if not names and (self.outcome.gone or self.outcome.back):
            index(self._settings)

    def _read_some(self, paths: Sequence[Path], names: Sequence[str]) -> None:
        there = [path for path in paths if path.is_file()]
        with self._ledger.read() as connection:
            before = versions.of_originals(connection, names)
        report = self._read(self._settings, there, progress=self._reading, stop=self._stop)
        # A page that says again what it said before has bytes that were read already.
        again = self._hold_another(there)
        if again and not self._stop.is_set():
            for path in again:
                path.touch()
            self._read(self._settings, again, force=True, stop=self._stop)
        failed = {failure.path: failure.reason for failure in report.failed}
        at = stamp(now())

        def write(connection: Reading) -> None:
            after = versions.of_originals(connection, names)
            for key, (version, views) in after.items():
                known = before.get(key)
                self.outcome.new += int(known is None)
                self.outcome.changed += int(known is not None and known[0] != version)
                if views is not None:
                    notes.note_views(connection, key, at, views)
            for name, path in zip(names, paths, strict=True):
                reason = failed.get(str(path))
                notes.read_finds(connection, name, reason)
                if reason:
                    self.outcome.refused.append((name.rpartition("/")[2], reason))

        if not self._stop.is_set():
            self._ledger.flush(write)

    def _hold_another(self, paths: Sequence[Path]) -> list[Path]:
        """Originals that are not what the documents of their addresses hold now."""
        folder = self._settings.originals_path
        names = {path.relative_to(folder).as_posix(): path for path in paths}
        with self._ledger.read() as connection:
            held = versions.held(connection, list(names))
        return [
            path
            for name, path in names.items()
            if held.get(name, path.parent.name) != path.parent.name
        ]

    def _folder(self, dry_run: bool) -> None:
        visit = Visit(self._fetcher, self._row.address, {}, {}, lambda items: 0)
        paths = watched.look(self._ledger, self._row, self.outcome, visit)
        if dry_run:
            return
        self._ledger.flush()
        report = self._read(self._settings, paths, progress=self._reading, stop=self._stop)
        self.outcome.new, self.outcome.changed = report.added, report.updated
        self.outcome.refused += [(failure.path, failure.reason) for failure in report.failed]
        watched.leave(self._ledger, self._row, paths)
        index(self._settings)

    def _reading(self, now: Progress) -> None:
        if self._told is not None:
            self._told(SyncProgress(self.outcome.source, "reading", now.done, now.total))

    def _settle(self) -> None:
        """Note how it went with the source."""
        out, at = self.outcome, stamp(now())
        values: dict[str, Any] = {"last_run": at, "counts": out.counts(), "problem": out.problem}
        if out.problem:
            values["failures"] = self._row.failures + 1
        elif not out.interrupted:
            values |= {"failures": 0, "last_good": at}
        if out.later and not out.problem:
            values["problem"] = out.later
        source_id = self._row.id
        try:
            self._ledger.flush(
                lambda connection: notes.change_source(connection, source_id, **values)
            )
        except Busy as error:
            out.problem = out.problem or str(error)


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """One sync at a time: two would ask a host twice as often as it should be."""
    from filelock import FileLock, Timeout

    lock = FileLock(settings.home / "sync.lock", thread_local=False)
    try:
        lock.acquire(timeout=0.5)
    except Timeout:
        raise Busy(
            f"Another sync of the knowledge base at {settings.home} is running; wait for it or "
            "stop it."
        ) from None
    try:
        yield
    finally:
        lock.release()


def _check_day(day: str) -> None:
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", day):
        raise QueryError(f"'{day}' is no date; write it as 2026-11-28.")
