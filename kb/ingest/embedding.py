"""``kb embed``: vectors for the pages and statements that have none, so that they are found
by meaning.

What is done is durable batch by batch: after Ctrl-C or a crash the next run goes on with
what still lacks vectors. Nothing of the catalog is written, so that an ingest may run
meanwhile. How far a run has come stands in a file that others read (``seconds_left``).
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from filelock import FileLock, Timeout

from kb.catalog import Catalog, reads
from kb.catalog.reading import statements as said
from kb.config import Settings
from kb.errors import Busy, ConfigError
from kb.ingest.report import Progress, ProgressCallback
from kb.model import Passage
from kb.search.meaning import encoding
from kb.search.meaning.vectors import WIDTH, Rows, Writer, known_passages, rows_of
from kb.search.store import MEANING, MEANT_STATEMENTS

BATCH_WINDOWS = 64
"""Windows that are read between two states on disk: some ten seconds of work."""
BATCH_DOCUMENTS = 20
BATCH_STATEMENTS = 256
LOCK = "embed.lock"
PROGRESS = "embed.json"
PATIENCE = 2.0
"""Seconds that a run waits for one that is ending, or for a look at whether one is at work."""


@dataclass(frozen=True, slots=True)
class EmbedReport:
    """How it ended."""

    passages: int
    """Pages that got vectors now."""
    windows: int
    removed: int
    """Windows of pages that are gone."""
    statements: int
    """Statements that got vectors now."""
    waiting: int
    """Pages that still have none."""
    seconds: float
    interrupted: bool = False


def counted(settings: Settings) -> tuple[int, int]:
    """Pages, and those without vectors. Raises ``CatalogError`` where there is no catalog."""
    with Catalog.open(settings) as catalog:
        with catalog.read() as connection:
            stored = len(reads.passage_ids(connection))
        return stored, waiting(settings, catalog)


def seconds_left(settings: Settings) -> float | None:
    """How long the run at work will take; ``None`` where none is, or it cannot tell yet."""
    try:
        told = json.loads((settings.search_path / PROGRESS).read_text(encoding="utf-8"))
        return None if told["left"] is None else float(told["left"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_running(settings: Settings) -> bool:
    """True while some process makes vectors for this base."""
    if not (settings.search_path / LOCK).exists():
        return False
    try:
        with FileLock(settings.search_path / LOCK, timeout=0, thread_local=False):
            return False
    except (Timeout, OSError):
        return True


def waiting(settings: Settings, catalog: Catalog) -> int:
    """Pages without vectors; all of them where those there are belong to another encoder,
    none where the base is not to be asked by meaning."""
    if not settings.meaning:
        return 0
    with catalog.read() as connection:
        stored = reads.passage_ids(connection)
        stamp = encoding.stamp(reads.get_meta(connection, "uuid") or "")
    return len(stored - known_passages(settings.search_path / MEANING, stamp))


def embed(
    settings: Settings,
    progress: ProgressCallback | None = None,
    *,
    stop: threading.Event | None = None,
    load: encoding.Load = encoding.load,
) -> EmbedReport:
    """Give vectors to the pages and statements that have none, and take away those of what is
    gone.

    Args:
        stop: set to end after the batch in hand.

    Raises ``ConfigError`` where there is no encoder, ``CatalogError`` where there is no
    catalog, ``Busy`` where another process is at it.
    """
    with Catalog.open(settings) as catalog, _alone(settings):
        run = _Run(settings, catalog, progress, stop or threading.Event(), load)
        try:
            run.pages()
            run.statements()
        finally:
            with contextlib.suppress(OSError):
                (settings.search_path / PROGRESS).unlink(missing_ok=True)
        return run.report()


class _Run:
    """One run: what it has to do is looked up at its beginning."""

    def __init__(
        self,
        settings: Settings,
        catalog: Catalog,
        progress: ProgressCallback | None,
        stop: threading.Event,
        load: encoding.Load,
    ) -> None:
        self._started = time.monotonic()
        self._told_in = settings.search_path / PROGRESS
        self._catalog = catalog
        self._progress = progress
        self._stop = stop
        with catalog.read() as connection:
            stored = reads.passage_ids(connection)
            stated = said.places(connection)
            stamp = encoding.stamp(reads.get_meta(connection, "uuid") or "")
        self._pages = Writer(settings.search_path / MEANING, stamp)
        known = self._pages.passages()
        self._removed = self._pages.remove(known - stored)
        self._todo = stored - known
        self._stated = Writer(settings.search_path / MEANT_STATEMENTS, stamp)
        had = self._stated.places()
        self._stated.remove({n for n, place in had.items() if stated.get(n) != place})
        self._unsaid = {n: place for n, place in stated.items() if had.get(n) != place}
        self._done = self._windows = self._told = 0
        self._encoder = load() if self._todo or self._unsaid else None
        if (self._todo or self._unsaid) and self._encoder is None:
            raise ConfigError(
                "The encoder cannot be opened, so no vectors can be made; install the package "
                "again. Search by words works without."
            )

    def pages(self) -> None:
        for batch in _batches(self._catalog, self._todo):
            if self._stop.is_set():
                return
            assert self._encoder is not None
            rows = _embedded(self._encoder, batch)
            self._pages.add(rows)
            self._done += len(batch)
            self._windows += sum(map(len, rows))
            self._tell()

    def statements(self) -> None:
        ids = sorted(self._unsaid)
        for start in range(0, len(ids), BATCH_STATEMENTS):
            if self._stop.is_set():
                return
            part = ids[start : start + BATCH_STATEMENTS]
            with self._catalog.read() as connection:
                texts = said.titled_texts(connection, part)
            self._add_statements({n: texts[n] for n in part if n in texts})
            self._told += len(part)
            self._tell()

    def _add_statements(self, texts: Mapping[int, str]) -> None:
        assert self._encoder is not None
        # The title says what a half sentence is about. They are compared with each other, not
        # with questions: all of one kind (``Encoder.embed``).
        vectors = self._encoder.embed([" ".join(text.split()) for text in texts.values()], "query")
        rows = []
        for number, vector in zip(texts, vectors, strict=True):
            document, page, start, end = self._unsaid[number]
            rows.append(rows_of(number, document, page, [(start, end)], vector[None, :]))
        self._stated.add(rows)

    def report(self) -> EmbedReport:
        left = len(self._todo) - self._done
        seconds = time.monotonic() - self._started
        stopped = self._stop.is_set() and (left > 0 or self._told < len(self._unsaid))
        return EmbedReport(
            self._done, self._windows, self._removed, self._told, left, seconds, stopped
        )

    def _tell(self) -> None:
        done, total = self._done + self._told, len(self._todo) + len(self._unsaid)
        seconds = time.monotonic() - self._started
        rate = done / max(seconds, 0.001)
        now = Progress(
            stage="embedding",
            done=done,
            total=total,
            passages=self._done,
            rate=rate,
            seconds=seconds,
            left=(total - done) / rate if done else None,
        )
        with contextlib.suppress(OSError):  # told again after the next batch
            self._told_in.write_text(
                json.dumps({"done": done, "total": total, "left": now.left}), encoding="utf-8"
            )
        if self._progress is not None:
            self._progress(now)


def _batches(catalog: Catalog, todo: set[int]) -> Iterator[list[Passage]]:
    """Passages of ``todo``, as many as have ``BATCH_WINDOWS`` windows together."""
    with catalog.read() as connection:
        documents = sorted(reads.documents_of_passages(connection, sorted(todo)))
    batch: list[Passage] = []
    size = 0
    for start in range(0, len(documents), BATCH_DOCUMENTS):
        with catalog.read() as connection:
            found = list(reads.passages(connection, documents[start : start + BATCH_DOCUMENTS]))
        for passage in found:
            if passage.passage_id not in todo:
                continue
            batch.append(passage)
            size += max(1, len(passage.text) // 1400)
            if size >= BATCH_WINDOWS:
                yield batch
                batch, size = [], 0
    if batch:
        yield batch


def _embedded(encoder: encoding.Encoder, batch: list[Passage]) -> list[Rows]:
    """Rows of each passage. One without text gets an empty window: it needs no second look."""
    cut = [encoding.texts_of(passage) for passage in batch]
    texts = [text for _, found in cut for text in found]
    vectors = encoder.embed(texts, "passage")
    rows: list[Rows] = []
    at = 0
    for passage, (spans, _) in zip(batch, cut, strict=True):
        mine = vectors[at : at + len(spans)]
        at += len(spans)
        if not spans:
            spans, mine = [(0, 0)], np.zeros((1, WIDTH), dtype=np.float32)
        rows.append(rows_of(passage.passage_id, passage.document_id, passage.page, spans, mine))
    return rows


@contextlib.contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    settings.search_path.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.search_path / LOCK, thread_local=False)
    try:
        lock.acquire(timeout=PATIENCE)
    except Timeout:
        raise Busy(
            f"Another process is making vectors for {settings.home}; wait until it is done."
        ) from None
    try:
        yield
    finally:
        lock.release()
