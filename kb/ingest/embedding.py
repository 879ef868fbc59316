"""``kb embed``: vectors for the passages that have none, so that search finds by meaning.

What is done is durable batch by batch: after Ctrl-C or a crash the next run goes on with
the passages that still lack vectors. Nothing of the catalog is written, so that an ingest
may run meanwhile.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kb.catalog import Catalog, reads
from kb.config import Settings
from kb.errors import Busy, ConfigError
from kb.ingest.report import Progress, ProgressCallback
from kb.model import Passage
from kb.search.meaning import encoding
from kb.search.meaning.vectors import WIDTH, Rows, Writer, known_passages, rows_of
from kb.search.store import MEANING

BATCH_WINDOWS = 64
"""Windows that are read between two states on disk: some ten seconds of work."""
BATCH_DOCUMENTS = 20
LOCK = "embed.lock"


@dataclass(frozen=True, slots=True)
class EmbedReport:
    """How it ended."""

    passages: int
    """Pages that got vectors now."""
    windows: int
    removed: int
    """Windows of pages that are gone."""
    waiting: int
    """Pages that still have none."""
    seconds: float
    interrupted: bool = False


def waiting(settings: Settings, catalog: Catalog) -> int:
    """Pages without vectors; all of them where those there are belong to another encoder."""
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
    """Give vectors to the pages that have none, and take away those of pages that are gone.

    Raises ``ConfigError`` where there is no encoder, ``CatalogError`` where there is no
    catalog, ``Busy`` where another process is at it.
    """
    started = time.monotonic()
    with Catalog.open(settings) as catalog, _alone(settings):
        with catalog.read() as connection:
            stored = reads.passage_ids(connection)
            stamp = encoding.stamp(reads.get_meta(connection, "uuid") or "")
        writer = Writer(settings.search_path / MEANING, stamp)
        known = writer.passages()
        removed = writer.remove(known - stored)
        todo = stored - known
        done = windows = 0
        interrupted = False
        encoder = load() if todo else None
        if todo and encoder is None:
            raise ConfigError(
                "The encoder cannot be opened, so no vectors can be made; install the package "
                "again. Search by words works without."
            )
        for batch in _batches(catalog, todo):
            if stop is not None and stop.is_set():
                interrupted = True
                break
            assert encoder is not None
            rows = _embedded(encoder, batch)
            writer.add(rows)
            done += len(batch)
            windows += sum(map(len, rows))
            _tell(progress, done, len(todo), time.monotonic() - started)
        return EmbedReport(
            done, windows, removed, len(todo) - done, time.monotonic() - started, interrupted
        )


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


def _tell(progress: ProgressCallback | None, done: int, total: int, seconds: float) -> None:
    if progress is None:
        return
    rate = done / max(seconds, 0.001)
    progress(
        Progress(
            stage="embedding",
            done=done,
            total=total,
            passages=done,
            rate=rate,
            seconds=seconds,
            left=(total - done) / rate if done else None,
        )
    )


@contextlib.contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    from filelock import FileLock, Timeout

    settings.search_path.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.search_path / LOCK, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise Busy(
            f"Another process is making vectors for {settings.home}; wait until it is done."
        ) from None
    try:
        yield
    finally:
        lock.release()
