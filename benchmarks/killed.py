"""``kill -9`` at random moments of an ingest with the real readers and tagger.

    python benchmarks/killed.py [--moments 60] [--corpus sample_docs] [--engine whoosh]

Each time the whole family of processes is killed, the base is looked at (each document once,
nothing half in, ``kb check`` finds nothing but unfinished work), and the next ingest goes on in
it. At the end it must hold what an ingest that nobody disturbed holds. Exit status 1 if not.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kb.config import load_settings  # noqa: E402
from kb.ingest import check  # noqa: E402

UNFINISHED = {"run-unfinished", "index-behind", "index-missing", "index-lacks", "index-extra",
              "file-unfinished", "counts", "index-stale"}  # fmt: skip
"""What ``kb check`` may say of a base whose ingest was killed: the next one mends it."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--moments", type=int, default=60)
    parser.add_argument("--corpus", default=str(ROOT / "sample_docs"))
    parser.add_argument("--engine", default="whoosh", choices=("whoosh", "tantivy"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    a = parser.parse_args()
    os.environ["KB_ENGINE"] = a.engine
    rng = random.Random(a.seed)
    with tempfile.TemporaryDirectory() as folder:
        whole, home = Path(folder) / "whole", Path(folder) / "killed"
        begun = time.monotonic()
        status = _ingest(whole, a.corpus, a.workers).wait()
        lasts = time.monotonic() - begun
        expected = _documents(whole)
        if status not in (0, 1) or not expected:
            raise SystemExit(f"the ingest nobody disturbed failed with status {status}")
        print(f"{a.engine}, undisturbed: {len(expected)} documents in {lasts:.0f} s", flush=True)
        faults = begun_anew = 0
        for moment in range(1, a.moments + 1):
            running = _ingest(home, a.corpus, a.workers)
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(rng.uniform(0.2, lasts))
            _kill(running)
            faults += _look(moment, home, expected)
            if _documents(home) == expected:  # nothing left to disturb: begin anew
                shutil.rmtree(home)
                begun_anew += 1
        _ingest(home, a.corpus, a.workers).wait()
        found = _documents(home)
        left = [problem.kind for problem in check(load_settings(home))]
        same = found == expected
        print(
            f"after {a.moments} kills ({begun_anew} bases filled in spite of them): "
            f"{len(found)} documents, as undisturbed: {same}; {left}"
        )
        return int(bool(faults) or not same or bool(left))


def _ingest(home: Path, corpus: str, workers: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "kb", "ingest", corpus, "--home", str(home), "--ocr", "never",
         "--workers", str(workers)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _kill(running: subprocess.Popen[bytes]) -> None:
    family: list[psutil.Process] = []
    with contextlib.suppress(psutil.Error):
        family = psutil.Process(running.pid).children(recursive=True)
    running.kill()
    for member in family:
        with contextlib.suppress(psutil.Error):
            member.kill()
    running.wait()


def _documents(home: Path) -> dict[str, tuple[str, int]]:
    """Key to text hash and tagged mentions; fails where a document is half in."""
    if not (home / "catalog.sqlite").is_file():
        return {}
    with contextlib.closing(sqlite3.connect(home / "catalog.sqlite")) as connection:
        try:
            rows = connection.execute(
                "SELECT key, text_hash, (SELECT count(*) FROM mentions WHERE document_id = d.id)"
                " FROM documents d"
            ).fetchall()
        except sqlite3.OperationalError:  # killed before the tables were made
            return {}
    assert len({row[0] for row in rows}) == len(rows), "a document is there twice"
    return {str(row[0]): (str(row[1]), int(row[2])) for row in rows}


def _look(moment: int, home: Path, expected: dict[str, tuple[str, int]]) -> int:
    found = _documents(home)
    half = [key for key, value in found.items() if expected.get(key) != value]
    kinds: list[str] = []
    if found:
        kinds = sorted({problem.kind for problem in check(load_settings(home))} - UNFINISHED)
    print(
        f"kill {moment}: {len(found)} documents, half in: {len(half)}, other problems: {kinds}",
        flush=True,
    )
    return len(half) + len(kinds)


if __name__ == "__main__":
    sys.exit(main())
