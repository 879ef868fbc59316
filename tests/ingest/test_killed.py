"""``kill -9`` and Ctrl-C at any moment: the base opens, has each document once, goes on."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import psutil
import pytest
from ingest_fakes import ACCESS, REAL_ROOMS, STAGES, article, indexed, write_files
from sqlalchemy import select

from kb.catalog import Catalog, reads
from kb.catalog.counts import recount
from kb.catalog.schema import documents, files, mentions, pages, runs
from kb.config import Settings
from kb.ingest import check, ingest, rebuild, sync

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
KILLS = 24

# No "if __name__" here: a reading process must not run the caller's main module again
# (in the app, that is the app).
FAKE = """
import sys
from pathlib import Path
from kb.config import Settings
from kb.ingest import ingest
from ingest_fakes import ACCESS, STAGES
told = lambda step: print(step.stage, flush=True)
ingest(Settings(home=Path(sys.argv[1])), sys.argv[2:], workers=2, stages=STAGES,
       access=ACCESS, progress=told, wait=30)
"""
REAL = """
import sys
from pathlib import Path
from kb.config import Settings
from kb.ingest import ingest
from kb.ingest import indexing
from ingest_fakes import REAL_ROOMS
told = lambda step: print(step.stage, flush=True)
indexing.BATCH_PASSAGES = 25  # so that commits of the index are among the moments
ingest(Settings(home=Path(sys.argv[1])), sys.argv[2:], workers=2, stages=REAL_ROOMS,
       progress=told, wait=30)
"""


def start(script: str, folder: Path, home: Path, corpus: Path) -> subprocess.Popen[str]:
    """An ingest in a process of its own."""
    program = folder / "run_ingest.py"
    program.write_text(script, encoding="utf-8")
    paths = os.pathsep.join((str(ROOT), str(HERE)))
    return subprocess.Popen(
        [sys.executable, str(program), str(home), str(corpus)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
    )


def until(process: subprocess.Popen[str], stage: str) -> bool:
    """Wait until the ingest says so; False where it ends before."""
    assert process.stdout is not None
    return any(line.strip() == stage for line in process.stdout)


def end(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """Kill the ingest, as the machine would; returns its children."""
    children: list[psutil.Process] = []
    with contextlib.suppress(psutil.Error):
        children = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait(timeout=30)
    if process.stdout is not None:
        process.stdout.close()
    return children


def must_be_whole(settings: Settings) -> int:
    """The catalog opens and each of its documents is in entirely and once."""
    with Catalog.open(settings, write=True) as catalog, catalog.write() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        rows = connection.execute(
            select(documents.c.id, documents.c.path, documents.c.page_count)
        ).all()
        assert max(Counter(row.path for row in rows).values(), default=1) == 1
        stored = Counter(connection.execute(select(pages.c.document_id)).scalars())
        assert stored == {row.id: row.page_count for row in rows if row.page_count}
        tagged = set(connection.execute(select(mentions.c.document_id)).scalars())
        assert tagged == {row.id for row in rows}, "every article names somebody"
        done = set(
            connection.execute(select(files.c.path).where(files.c.status == "done")).scalars()
        )
        assert done == {row.path for row in rows}
        assert recount(connection) == 0
        return len(rows)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_killed_at_any_moment_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    corpus = tmp_path / "in"
    write_files(corpus, {f"a{n:04}.txt": article(n, pages=1 + n % 3) for n in range(700)})
    settings = Settings(home=tmp_path / "home")
    chance = random.Random(7)
    kept, moments = 0, 0
    for number in range(KILLS):
        process = start(FAKE, tmp_path, settings.home, corpus)
        if number % 4:  # while files come in, else while it starts
            if not until(process, "reading"):
                pytest.fail("the corpus was through before the last kill: make it longer")
            moments += 1
        time.sleep(chance.uniform(0, 0.35))
        children = end(process)
        if settings.catalog_path.exists():
            now = must_be_whole(settings)
            assert now >= kept, "a finished document was lost"
            kept = now
        _, alive = psutil.wait_procs(children, timeout=20)
        assert not alive, "reading processes outlive the ingest"
    assert moments >= 18
    assert 0 < kept < 700
    report = ingest(settings, [corpus], workers=2, stages=STAGES, access=ACCESS, wait=30)
    assert (report.added, report.unchanged, report.documents) == (700 - kept, kept, 700)
    assert must_be_whole(settings) == 700
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        assert set(indexed(settings)) == reads.passage_ids(connection)
        states = Counter(connection.execute(select(runs.c.status)).scalars())
    assert states["done"] == 1
    assert states["died"] >= moments
    assert check(settings, stages=STAGES, access=ACCESS) == []


def test_killed_between_catalog_and_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(tmp_path / "in", {f"a{n}.txt": article(n) for n in range(4)})
    settings = Settings(home=tmp_path / "home")
    real = Catalog.checkpoint

    def cut(self: Catalog) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(Catalog, "checkpoint", cut)
    with pytest.raises(RuntimeError):
        ingest(settings, [tmp_path / "in"], workers=1, stages=STAGES, access=ACCESS)
    monkeypatch.setattr(Catalog, "checkpoint", real)
    assert must_be_whole(settings) == 4
    kinds = [problem.kind for problem in check(settings, stages=STAGES, access=ACCESS)]
    assert kinds == ["run-unfinished", "index-behind"]
    assert sync(settings, access=ACCESS) == 4
    assert len(indexed(settings)) == 4
    assert sync(settings, access=ACCESS) == 0


def test_killed_while_rebuilding_keeps_the_old_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path / "in", {f"a{n}.txt": article(n) for n in range(4)})
    settings = Settings(home=tmp_path / "home")
    ingest(settings, [tmp_path / "in"], workers=1, stages=STAGES, access=ACCESS)
    before = indexed(settings)

    def cut(done: object) -> None:
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        rebuild(settings, cut, access=ACCESS)
    assert indexed(settings) == before
    rebuild(settings, access=ACCESS)
    assert indexed(settings) == before
    assert check(settings, stages=STAGES, access=ACCESS) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_ctrl_c_ends_cleanly_and_the_next_run_goes_on(tmp_path: Path) -> None:
    corpus = tmp_path / "in"
    write_files(corpus, {f"a{n:03}.txt": "!slow " + article(n) for n in range(150)})
    settings = Settings(home=tmp_path / "home")
    process = start(FAKE, tmp_path, settings.home, corpus)
    for _ in range(4):  # told again for every file that is through
        assert until(process, "reading")
    children = psutil.Process(process.pid).children(recursive=True)
    for one in (*children, psutil.Process(process.pid)):  # the terminal sends it to all
        one.send_signal(signal.SIGINT)
    assert until(process, "finishing")
    assert process.wait(timeout=30) == 0
    end(process)
    assert not psutil.wait_procs(children, timeout=10)[1]
    kept = must_be_whole(settings)
    assert 0 < kept < 150
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        assert connection.execute(select(runs.c.status)).scalars().all() == ["interrupted"]
        assert set(indexed(settings)) == reads.passage_ids(connection)
    report = ingest(settings, [corpus], workers=2, stages=STAGES, access=ACCESS)
    assert (report.added, report.unchanged) == (150 - kept, kept)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_killed_with_the_real_readers_and_the_real_index(tmp_path: Path) -> None:
    corpus = tmp_path / "in"
    texts = {
        f"b{n:04}.txt": f"Berita nomor {n}\n\nSERANG - Gubernur Raka Wiratama membuka pasar "
        f"murah ke-{n} di Kota Serang, {1 + n % 28} Mei {2019 + n % 7}. "
        f'"Harga turun {n} persen," ujar Raka Wiratama.\n'
        for n in range(1500)
    }
    write_files(corpus, texts)
    settings = Settings(home=tmp_path / "home")
    chance = random.Random(11)
    kept = 0
    for number in range(20):
        process = start(REAL, tmp_path, settings.home, corpus)
        if number % 5:
            assert until(process, "reading"), "the corpus was through before the last kill"
        time.sleep(chance.uniform(0, 0.5))
        children = end(process)
        if settings.catalog_path.exists():
            now = must_be_whole(settings)
            assert now >= kept, "a finished document was lost"
            kept = now
        assert not psutil.wait_procs(children, timeout=60)[1]
    assert 0 < kept < 1500
    report = ingest(settings, [corpus], workers=2, wait=30, stages=REAL_ROOMS)
    assert (report.added, report.unchanged, report.documents) == (1500 - kept, kept, 1500)
    assert must_be_whole(settings) == 1500
    assert check(settings, stages=REAL_ROOMS) == []
