"""One of our engines behind the protocol, texts from SQLite as in the product."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import statistics
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

from kb.config import Settings
from kb.model import Filters, Passage
from kb.search import open_engine
from kb.search.engine import SearchEngine, SearchRequest
from kb.search.passages import prepare
from searching.corpus import Asked, Corpus
from searching.figures import Latencies, measure, percentile, row, timed
from searching.fts5 import database

BATCH = 20_000
READERS = 8
EXTRA = 9_999_999
"""Document of the passages added at the end."""


class Ours:
    """An open engine with the texts of its passages."""

    def __init__(self, engine: str, home: Path, *, writable: bool = True) -> None:
        self.settings = replace(
            Settings(home=home / engine),
            engine=engine,
            opensearch=os.environ.get("KB_TEST_OPENSEARCH", ""),
            opensearch_index="kb_benchmark",
        )
        self.db = database(home / "texts.sqlite")
        self.db.execute("create table if not exists texts (id integer primary key, text text)")
        self.engine = self.open(writable=writable)

    def open(self, *, writable: bool) -> SearchEngine:
        return open_engine(self.settings, self.texts, writable=writable, stamp="benchmark")

    def texts(self, ids: Sequence[int]) -> dict[int, str]:
        marks = ",".join("?" * len(ids))
        return dict(self.db.execute(f"select id, text from texts where id in ({marks})", list(ids)))

    def store(self, passages: Iterable[Passage]) -> None:
        """Texts only, as the catalog keeps them."""
        self.db.executemany(
            "insert or replace into texts values (?,?)", ((p.passage_id, p.text) for p in passages)
        )
        self.db.commit()

    def build(self, passages: Iterator[Passage]) -> tuple[float, float]:
        """Indexes in batches; seconds by the clock and of processor time, for the engine only."""
        wall = cpu = 0.0
        for batch in iter(lambda: list(itertools.islice(passages, BATCH)), []):
            self.store(batch)
            started = time.process_time()
            wall += timed(lambda: (self.engine.add(batch), self.engine.commit()))  # noqa: B023
            cpu += time.process_time() - started
        return wall, cpu

    def search(self, kind: str, query: str, filters: Filters) -> int:
        return len(self.engine.search(SearchRequest(query, filters)).hits)


@dataclass
class Read:
    """What a process saw that only reads."""

    cold_ms: float
    first: Latencies
    again: Latencies
    suggest: list[float]
    similar: list[float]
    rss_mb: float


def read_alone(engine: str, home: Path, queries: Sequence[Asked]) -> Read:
    """In a process of its own: opens the index, asks everything twice."""
    started = time.perf_counter()
    ours = Ours(engine, home, writable=False)
    ours.search("term", "pembangunan", Filters())
    cold = (time.perf_counter() - started) * 1000
    first = measure(ours.search, queries)
    again = measure(ours.search, queries)
    typed = [q[:n] for _, q, _ in queries[:40] for n in (2, 4) if q[:n].isalnum()]
    suggest = [timed(lambda t=t: ours.engine.suggest(t)) * 1000 for t in typed]
    some = list(ours.texts(range(1, 2000, 200)).values())
    similar = [timed(lambda t=t: ours.engine.similar(t)) * 1000 for t in some]
    rss = psutil.Process(os.getpid()).memory_info().rss / 1e6
    ours.engine.close()
    return Read(cold, first, again, suggest, similar, rss)


def errors_alone(engine: str, home: Path, queries: Sequence[Asked]) -> int:
    """In a process of its own: how many of the queries fail."""
    ours = Ours(engine, home, writable=False)
    try:
        return _errors(ours, queries)
    finally:
        ours.engine.close()


def _errors(ours: Ours, queries: Sequence[Asked]) -> int:
    failed = 0
    for _, query, filters in queries:
        try:
            ours.engine.search(SearchRequest(query, filters))
        except Exception as error:
            print(f"{query!r}: {error!r}", flush=True)
            failed += 1
    return failed


def threads_at_once(ours: Ours, queries: Sequence[Asked]) -> int:
    """Errors of eight threads of one process that search at once."""
    found: list[int] = []

    def run(part: Sequence[Asked]) -> None:
        found.append(_errors(ours, part))

    threads = [threading.Thread(target=run, args=(queries[i::READERS],)) for i in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(found) + READERS - len(found)


def seconds_until_seen(ours: Ours, passages: Sequence[Passage]) -> float:
    """From adding these passages until another open reader finds all of them."""
    for passage in passages:  # stems are looked up once in the life of a process
        prepare(passage)
    reader = ours.open(writable=False)
    reader.search(SearchRequest("pembangunan"))
    wanted = SearchRequest("", Filters(documents=(EXTRA,)), limit=0, facets=False)

    def add() -> None:
        ours.engine.add(passages)
        ours.engine.commit()
        while reader.search(wanted).total != len(passages):
            time.sleep(0.02)

    try:
        return timed(add)
    finally:
        reader.close()


def run(
    engine: str, corpus: Callable[[], Corpus], queries: Sequence[Asked], home: Path
) -> dict[str, object]:
    """Builds the index where there is none yet, and measures."""
    made = corpus()
    ours = Ours(engine, home)
    build = cpu = 0.0
    if ours.engine.stats().passages < made.count:
        build, cpu = ours.build(made.passages())
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(1) as pool:
        seen = pool.apply(read_alone, (engine, home, queries))
    with spawn.Pool(READERS) as pool:
        parts = [(engine, home, queries[i::READERS]) for i in range(READERS)]
        errors = sum(pool.starmap(errors_alone, parts))
    errors += threads_at_once(ours, queries)
    extra = [
        replace(p, passage_id=10_000_000 + p.passage_id, document_id=EXTRA)
        for p in itertools.islice(corpus().passages(), 100)
    ]
    added = seconds_until_seen(ours, extra)
    ours.engine.delete([EXTRA])
    ours.engine.commit()
    more = {
        "build s": build,
        "passages/s": made.count / build if build else 0.0,
        "build cpu s": cpu,
        "MB": ours.engine.stats().bytes / 1e6,
        "cold open ms": seen.cold_ms,
        "first p50": statistics.median(seen.first.every()),
        "first p95": percentile(seen.first.every(), 0.95),
        "RSS MB": seen.rss_mb,
        "100 added seen s": added,
        "suggest p95": percentile(seen.suggest, 0.95),
        "similar p95": percentile(seen.similar, 0.95),
        "reader errors": errors,
    }
    ours.engine.close()
    return row(engine, seen.again, **more)
