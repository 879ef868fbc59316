"""What ingest tells its caller: progress on the way, a report at the end, problems found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from kb.readers.formats import ending
from kb.readers.leaving import Skipped

Stage = Literal["waiting", "reading", "tagging", "indexing", "embedding", "finishing"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that did not come in; ``reason`` starts with a stable short phrase."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the work stands. Rates are over the work so far, times in seconds."""

    stage: Stage
    done: int
    """Files settled (in, unchanged or failed); passages while indexing."""
    total: int
    path: str | None = None
    """The file that was settled or is being read."""
    page: int | None = None
    """Page being read, where a reader says it."""
    pages: int | None = None
    documents: int = 0
    """Documents stored in this run."""
    passages: int = 0
    """Pages stored in this run."""
    failed: int = 0
    rate: float = 0.0
    """Pages a second; passages a second while indexing."""
    seconds: float = 0.0
    left: float | None = None
    """Seconds left, ``None`` while too little is known."""


ProgressCallback = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class SlowFile:
    """The file that took longest."""

    path: str
    seconds: float
    pages: int


@dataclass(frozen=True, slots=True)
class IngestReport:
    """How an ingest ended.

    ``added``, ``updated`` and ``unchanged`` count documents; ``documents`` and
    ``passages`` are what the knowledge base holds now.
    """

    added: int
    updated: int
    unchanged: int
    failed: tuple[Failure, ...]
    documents: int
    passages: int
    seconds: float
    skipped: tuple[Skipped, ...] = ()
    """Files and folders below the named ones that were not read."""
    removed: int = 0
    """Documents whose row is gone from its file."""
    pages: int = 0
    """Pages stored in this run."""
    interrupted: bool = False
    """True after Ctrl-C: what is in is in, the next run goes on."""
    slowest: SlowFile | None = None
    without_vectors: int = 0
    """Pages that cannot be found by meaning yet (``kb.ingest.embedding``)."""
    notes: tuple[str, ...] = ()
    """What else was done: an index rebuilt, passages mended."""


def missed(report: IngestReport) -> int:
    """Files that may hold a document and did not come in: failed, or left out with a fault."""
    return len(report.failed) + sum(not one.harmless for one in report.skipped)


def counted(skipped: Iterable[Skipped]) -> dict[str, int]:
    """How many were left out of each kind; those of unread formats by their ending."""
    found: Counter[str] = Counter()
    for one in skipped:
        last = ending(one.path.replace("\\", "/").rpartition("/")[2])
        by_ending = one.kind in {"unsupported", "apart"} and last
        found[f"{one.kind} {last}" if by_ending else one.kind] += 1
    return dict(found.most_common())


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and how to mend it."""

    kind: str
    """Short stable name: ``index-missing``, ``file-gone``, ..."""
    message: str
    remedy: str
    subject: str | None = None
    """The file, document or entity it is about."""
