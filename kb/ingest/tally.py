"""The running count of one ingest, and what its caller is told on the way."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kb.catalog.records import inside
from kb.disk import stored_name
from kb.ingest.report import Failure, Progress, ProgressCallback, SlowFile, Stage
from kb.readers.leaving import Skipped

if TYPE_CHECKING:
    from kb.catalog.records import Change


@dataclass(slots=True)
class Tally:
    """What was done so far."""

    progress: ProgressCallback | None = None
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    pages: int = 0
    failed: list[Failure] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    slowest: SlowFile | None = None
    total: int = 0
    """Files named by the caller."""
    settled: int = 0
    bytes_left: int = 0
    """Of files that must be read."""
    bytes_done: int = 0
    started: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Since the ingest began."""
        return time.monotonic() - self.started

    def count(self, change: Change, pages: int) -> None:
        """One document was stored."""
        self.pages += pages
        if change == "added":
            self.added += 1
        elif change == "updated":
            self.updated += 1
        else:
            self.unchanged += 1

    def fail(self, path: str, reason: str) -> None:
        """One file did not come in."""
        self.failed.append(Failure(stored_name(path), reason))

    def refuse(self, path: str, part: str, reason: str) -> None:
        """One file inside another did not come in."""
        self.failed.append(Failure(inside(stored_name(path), part), reason))

    def skip(self, found: Sequence[Skipped]) -> None:
        """Files below a named folder were left out."""
        self.skipped += (replace(one, path=stored_name(one.path)) for one in found)

    def settle(self, path: str) -> None:
        """One file needs no more looking at."""
        self.settled += 1
        self.tell("reading", path=path)

    def was_read(self, path: str, size: int, seconds: float, pages: int) -> None:
        """A worker is through with a file of ``size`` bytes."""
        if self.slowest is None or seconds > self.slowest.seconds:
            self.slowest = SlowFile(path, seconds, pages)
        self.bytes_left -= size
        self.bytes_done += size
        self.settle(path)

    def indexing(self, done: int, total: int) -> None:
        """Progress of building or mending the index, in passages."""
        self.tell("indexing", done=done, total=total)

    def tell(
        self,
        stage: Stage,
        *,
        path: str | None = None,
        page: int | None = None,
        pages: int | None = None,
        done: int | None = None,
        total: int | None = None,
    ) -> None:
        """Call the caller's ``progress``."""
        if self.progress is None:
            return
        path = None if path is None else stored_name(path)
        seconds = self.seconds
        left = None
        if done is None and self.bytes_done and seconds > 2:
            left = seconds * self.bytes_left / self.bytes_done
        self.progress(
            Progress(
                stage=stage,
                done=self.settled if done is None else done,
                total=self.total if total is None else total,
                path=path,
                page=page,
                pages=pages,
                documents=self.added + self.updated,
                passages=self.pages,
                failed=len(self.failed),
                rate=(self.pages if done is None else done) / max(seconds, 0.001),
                seconds=seconds,
                left=left,
            )
        )
