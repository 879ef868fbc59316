"""How long it takes to bring passages in, how much room they take, how fast they are found.

    python benchmarks/ingest.py [--passages 20000] [--home DIR] [--tagged 1000]

Generates Indonesian-like articles of about 200 words (words by Zipf's law from a built-in
list and made-up stems, invented officials), then

1. ingests ``--tagged`` of them from files, through readers, describe and tagger;
2. writes ``--passages`` of them into a second base without tagging (catalog and index);
3. asks that base 200 mixed queries with facets and snippets.

Prints a table; times are wall-clock seconds, sizes MB, latencies milliseconds. The same
seed gives the same texts.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
from made_articles import COMMON, Writer, tagged

from kb.catalog import Catalog, FileState, writer_lock
from kb.catalog import writes_files as book
from kb.catalog.writes import write_document
from kb.catalog.writes_entities import EntityStore
from kb.config import Settings
from kb.ingest import ingest
from kb.ingest.indexing import Indexer
from kb.model import (
    Filters,
)
from kb.search.engine import SearchRequest


class Peak:
    """The largest memory of this process and its children while the block runs, in MB."""

    def __enter__(self) -> Peak:
        self.megabytes = 0.0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _watch(self) -> None:
        me = psutil.Process()
        while not self._end.wait(0.2):
            total = 0
            for process in (me, *me.children(recursive=True)):
                try:
                    total += process.memory_info().rss
                except psutil.Error:
                    continue
            self.megabytes = max(self.megabytes, total / 2**20)


def ingest_files(home: Path, writer: Writer, count: int) -> Iterator[tuple[str, str]]:
    """Through files and all stages."""
    folder = home / "files"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        title, text, year = writer.article(number)
        body = f"{title}\n\n{1 + number % 28} Mei {year}\n\n{text}\n"
        (folder / f"{number:06}.txt").write_text(body, encoding="utf-8")
    with Peak() as peak:
        report = ingest(Settings(home=home / "tagged"), [folder])
    yield "files through all stages", f"{report.pages}"
    yield "  seconds", f"{report.seconds:.1f}"
    yield "  pages a second", f"{report.pages / report.seconds:.1f}"
    yield "  peak memory, all processes, MB", f"{peak.megabytes:.0f}"
    started = time.monotonic()
    again = ingest(Settings(home=home / "tagged"), [folder])
    yield "  the same again, seconds", f"{time.monotonic() - started:.1f}"
    assert again.unchanged == report.documents, again


def write_passages(settings: Settings, writer: Writer, count: int) -> Iterator[tuple[str, str]]:
    """Into catalog and index, without tagging."""
    spent = {"make": 0.0, "catalog": 0.0, "index": 0.0}
    with (
        Peak() as peak,
        writer_lock(settings, "benchmark"),
        Catalog.open(settings, write=True) as catalog,
        Indexer(settings, catalog) as indexer,
    ):
        with catalog.write() as connection:
            run = book.start_run(connection, now="2026-01-01", pid=0)
            store = EntityStore()
        for number in range(count):
            times = [time.perf_counter()]
            document = tagged(writer, number)
            times.append(time.perf_counter())
            file = FileState(document.source.path, str(number), 1, 1, "made")
            with catalog.write() as connection:
                written = write_document(
                    connection,
                    store,
                    document,
                    file,
                    file_id=book.file_id(connection, file, run),
                    run_id=run,
                    now="2026-01-01",
                )
                book.finish_file(connection, file, status="done", run_id=run)
            times.append(time.perf_counter())
            indexer.take(written.document_id, written.pages, new=True)
            times.append(time.perf_counter())
            for name, left, right in zip(spent, times[:-1], times[1:], strict=True):
                spent[name] += right - left
        started = time.perf_counter()
        indexer.commit()
        spent["index"] += time.perf_counter() - started
    yield "passages written without tagging", f"{count}"
    yield "  making the texts, seconds", f"{spent['make']:.1f}"
    yield "  catalog, seconds", f"{spent['catalog']:.1f}"
    yield "  index, seconds", f"{spent['index']:.1f}"
    yield (
        "  passages a second (catalog + index)",
        (f"{count / (spent['catalog'] + spent['index']):.0f}"),
    )
    yield "  catalog, MB", f"{settings.catalog_path.stat().st_size / 2**20:.1f}"
    size = sum(path.stat().st_size for path in settings.search_path.rglob("*") if path.is_file())
    yield "  index, MB", f"{size / 2**20:.1f}"
    yield "  peak memory, MB", f"{peak.megabytes:.0f}"


def queries(chance: random.Random) -> Iterator[SearchRequest]:
    """200 queries: words, phrases, alternatives, prefixes, near, fuzzy, with filters."""
    for number in range(200):
        one, two = chance.choices(COMMON[17:], k=2)
        text = (
            one,
            f"{one} {two}",
            f"{one} ATAU {two}",
            f'"{one} {two}"',
            f"{one} -{two}",
            f'"{one} {two}"~5',
            f"{one[:4]}*",
            f"{one}~",
        )[number % 8]
        filters = (
            Filters(),
            Filters(years=(2019 + number % 8,)),
            Filters(places=("place:36.73",)),
        )[number % 3]
        yield SearchRequest(text, filters=filters)


def search(settings: Settings) -> Iterator[tuple[str, str]]:
    """Latency of the mixed load."""
    from kb.ingest.indexing import REAL

    with Catalog.open(settings) as catalog:
        started = time.perf_counter()
        engine = REAL.read(settings, catalog)
        engine.search(SearchRequest("pemerintah"))
        cold = time.perf_counter() - started
        times, hits = [], 0
        for request in queries(random.Random(5)):
            started = time.perf_counter()
            hits += engine.search(request).total > 0
            times.append((time.perf_counter() - started) * 1000)
        engine.close()
    cuts = statistics.quantiles(times, n=100)
    yield "200 queries with hits", f"{hits}"
    yield "  open and first query, ms", f"{cold * 1000:.0f}"
    yield "  p50, ms", f"{cuts[49]:.1f}"
    yield "  p95, ms", f"{cuts[94]:.1f}"
    yield "  p99, ms", f"{cuts[98]:.1f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--tagged", type=int, default=1_000)
    parser.add_argument("--home", type=Path, help="folder for the bases (default: a temporary one)")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    writer = Writer(given.seed)
    with tempfile.TemporaryDirectory() as scratch:
        home = given.home or Path(scratch)
        settings = Settings(home=home / "many")
        steps = [write_passages(settings, writer, given.passages), search(settings)]
        if given.tagged:
            steps.insert(0, ingest_files(home, writer, given.tagged))
        for step in steps:
            for name, value in step:
                print(f"{name:<42} {value:>10}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
