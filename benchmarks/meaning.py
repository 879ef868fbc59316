"""What search by meaning costs: time of a question with it and without, disk, memory, vectors.

    python benchmarks/meaning.py --passages 100000 --engine whoosh [--home DIR]
    python benchmarks/meaning.py --passages 1000000 --vectors-only
    python benchmarks/meaning.py --speed FOLDER

Passages are those of ``benchmarks/search.py`` (about 300 generated words each); their vectors,
``--windows`` a page, are random around common centres: the pass over them costs the same
whatever they mean. Questions are three to six words of the corpus and are read by the real
encoder. All is asked in a fresh process that only reads; every other question is
asked by words and the rest both ways, so that nothing of them is remembered; then all again
(``again``), when the lists of their words are in memory. ``--vectors-only``
leaves the engine out: what the encoder and the pass over all vectors take. Products of matrices
take one thread, as in ``kb``. ``--speed`` reads the texts of
``FOLDER`` (``*.txt``) as ``kb embed`` does. Times are milliseconds on this machine; ``cpu`` is
processor time, which a busy machine disturbs less.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import psutil
from searching.corpus import Corpus
from searching.figures import folder_size, percentile
from searching.ours import Ours

from kb.model import Passage
from kb.search.engine import SearchRequest
from kb.search.meaning import encoding
from kb.search.meaning.both_ways import BothWays, _nearest
from kb.search.meaning.kept import Kept
from kb.search.meaning.vectors import WIDTH, Writer, open_vectors, rows_of

STAMP = "benchmark"
BATCH = 60_000
CENTRES = 200


def fill(folder: Path, count: int, windows: int) -> None:
    """Vectors of ``count`` passages, 20 to a document."""
    rng = np.random.default_rng(5)
    centres = rng.normal(size=(CENTRES, WIDTH))
    spans = [(400 * n, 400 * n + 399) for n in range(windows)]
    writer = Writer(folder, STAMP)
    for start in range(0, count, BATCH):
        size = min(BATCH, count - start)
        made = centres[rng.integers(CENTRES, size=size * windows)]
        made += rng.normal(scale=0.7, size=made.shape)
        made /= np.linalg.norm(made, axis=1, keepdims=True)
        vectors = made.astype(np.float32).reshape(size, windows, WIDTH)
        rows = [
            rows_of(start + n + 1, (start + n) // 20 + 1, (start + n) % 20 + 1, spans, vectors[n])
            for n in range(size)
        ]
        writer.add(rows)


def questions(count: int) -> list[str]:
    """Three to six words: two common ones, the others as rare as those of the mixed load of
    ``benchmarks/search.py``."""
    drawn, words = random.Random(11), Corpus(1).words
    common, middle = words[36:400], words[200:4000]
    return [
        " ".join([*drawn.choices(common, k=2), *drawn.choices(middle, k=drawn.randint(1, 4))])
        for _ in range(count)
    ]


def _times(ask: Callable[[str], object], asked: Sequence[str]) -> dict[str, float]:
    wall, cpu = [], []
    for question in asked:
        begin, used = time.perf_counter(), time.process_time()
        ask(question)
        wall.append((time.perf_counter() - begin) * 1000)
        cpu.append((time.process_time() - used) * 1000)
    return {
        "p50": statistics.median(wall),
        "p95": percentile(wall, 0.95),
        "cpu p50": statistics.median(cpu),
        "cpu p95": percentile(cpu, 0.95),
    }


def _rss() -> float:
    return float(psutil.Process(os.getpid()).memory_info().rss) / 1e6


def _told(name: str, figures: dict[str, float]) -> None:
    print(name, "  ".join(f"{k} {v:.1f}" for k, v in figures.items()), flush=True)


def read_both(engine: str, home: Path, asked: Sequence[str]) -> None:
    """By words, then both ways, in a process of its own."""
    ours = Ours(engine, home, writable=False)
    both = BothWays(Kept(home / "vectors", lambda: STAMP), ours.texts)

    def ask(question: str, meaning: bool) -> object:
        return both.search(ours.engine, SearchRequest(question, meaning=meaning))

    for question in asked[:10]:
        ask(question, False)
    words, meant = asked[10::2], asked[11::2]
    _told("by words   ", _times(lambda q: ask(q, False), words) | {"RSS MB": _rss()})
    _told("      again", _times(lambda q: ask(q, False), words))
    begin = time.perf_counter()
    ask(asked[0], True)
    opened = (time.perf_counter() - begin) * 1000
    figures = _times(lambda q: ask(q, True), meant)
    _told("both ways  ", figures | {"RSS MB": _rss(), "first of all": opened})
    _told("      again", _times(lambda q: ask(q, True), meant))
    ours.engine.close()


def read_vectors(folder: Path, asked: Sequence[str]) -> None:
    """Encoder and vectors alone, in a process of its own."""
    encoder = encoding.load()
    assert encoder is not None
    vectors = open_vectors(folder, STAMP)
    allowed = np.ones(len(vectors.passages), dtype=np.bool_)

    def near(vector: np.ndarray) -> object:  # type: ignore[type-arg]
        return _nearest(vectors.like(vector), allowed, set())

    read = [encoder.embed([q], "query")[0] for q in asked]
    near(read[0])
    by_text = dict(zip(asked, read, strict=True))
    _told("encoder    ", _times(lambda q: encoder.embed([q], "query"), asked[10:]))
    _told("vectors    ", _times(lambda q: near(by_text[q]), asked[10:]) | {"RSS MB": _rss()})


def speed(folder: Path) -> None:
    """Windows a second of the texts in a folder."""
    encoder = encoding.load()
    assert encoder is not None
    texts: list[str] = []
    pages = 0
    for path in sorted(folder.glob("*.txt"))[:400]:
        pages += 1
        texts += encoding.texts_of(Passage(1, 1, 1, path.read_text(encoding="utf-8")))[1]
    begin, used = time.perf_counter(), time.process_time()
    encoder.embed(texts, "passage")
    wall, cpu = time.perf_counter() - begin, time.process_time() - used
    words = sum(len(text.split()) for text in texts)
    _told(
        f"{pages} texts, {len(texts)} windows, {words} words:",
        {
            "vectors/s": len(texts) / wall,
            "vectors/cpu s": len(texts) / cpu,
            "words/cpu s": words / cpu,
        },
    )


def _passages(count: int) -> Iterator[Passage]:
    yield from Corpus(count).passages()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--windows", type=int, default=2)
    parser.add_argument("--engine", default="whoosh")
    parser.add_argument("--questions", type=int, default=410)
    parser.add_argument("--vectors-only", action="store_true")
    parser.add_argument("--speed", type=Path)
    parser.add_argument("--home", type=Path, help="keep index and vectors here, use them again")
    arguments = parser.parse_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # for the process that is measured
    if arguments.speed:
        speed(arguments.speed)
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        home = arguments.home or Path(temporary)
        home.mkdir(parents=True, exist_ok=True)
        asked = questions(arguments.questions)
        if not (home / "vectors").exists():
            fill(home / "vectors", arguments.passages, arguments.windows)
        size = folder_size(home / "vectors") / arguments.passages
        print(f"{arguments.passages} passages, {size:.0f} bytes of vectors each", flush=True)
        spawn = multiprocessing.get_context("spawn")
        if arguments.vectors_only:
            with spawn.Pool(1) as pool:
                pool.apply(read_vectors, (home / "vectors", asked))
            return
        ours = Ours(arguments.engine, home)
        if ours.engine.stats().passages < arguments.passages:
            ours.build(_passages(arguments.passages))
        ours.engine.close()
        with spawn.Pool(1) as pool:
            pool.apply(read_both, (arguments.engine, home, asked))


if __name__ == "__main__":
    main()
