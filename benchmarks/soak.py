"""A soak: some readers and an ingest now and then, for hours; does memory grow?

    python benchmarks/soak.py --home DIR [--minutes 120] [--readers 4] [--every 10]

Serves a copy of the base with ``kb serve``; readers open pages with queries that do not repeat,
leave and come again; every ``--every`` minutes a document that changed is taken in beside them.
Prints once every ten minutes the memory and descriptors of the server with its children, and at
the end the median of the first third against that of the last.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from loopback import Served, serving  # noqa: E402
from wire import Reader  # noqa: E402

PAGES = ("cari", "pernyataan", "entitas", "linimasa", "tren", "indikator", "dokumen", "")
WORDS = [
    "jalan",
    "stunting",
    "anggaran",
    "desa",
    "gubernur",
    "sekolah",
    "target",
    "pajak",
    "banjir",
    "kemiskinan",
    "kesehatan",
    "pelabuhan",
    "irigasi",
    "pegawai",
    "bantuan",
    "pasar",
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--home", default="index")
    parser.add_argument("--minutes", type=float, default=120.0)
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--pause", type=float, default=4.0, help="seconds between two clicks")
    parser.add_argument("--every", type=float, default=10.0, help="minutes between two ingests")
    a = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        shutil.copytree(a.home, home)
        with serving(home) as served:
            _soak(a, served, home, Path(folder) / "new")


def _soak(a: argparse.Namespace, served: Served, home: Path, new: Path) -> None:
    end = time.monotonic() + a.minutes * 60
    done = {"clicks": 0, "failed": 0, "ingests": 0}

    def read(seed: int) -> None:
        rng = random.Random(seed)
        while time.monotonic() < end:
            try:
                with Reader(served.port, patience=120) as reader:
                    for _ in range(rng.randint(5, 60)):
                        if time.monotonic() > end:
                            return
                        query = " ".join(rng.sample(WORDS, rng.randint(1, 3)))
                        reader.open(rng.choice(PAGES), q=f"{query} {rng.randint(2000, 2030)}")
                        done["clicks"] += 1
                        time.sleep(rng.uniform(0.5, 1.5) * a.pause)
            except Exception:
                done["failed"] += 1
                time.sleep(1.0)

    for seed in range(a.readers):
        threading.Thread(target=read, args=(seed,), daemon=True).start()
    new.mkdir()
    began = time.monotonic()
    watch = psutil.Process(served.pid)
    seen: list[float] = []
    ingested = told = began
    while time.monotonic() < end:
        time.sleep(10)
        now = time.monotonic()
        seen.append(_memory(watch))
        if now - ingested >= a.every * 60:
            ingested = now
            (new / "berita.txt").write_text(
                "CONTOH\n\nSerang, 3 Mei 2024 - Kepala Desa Sukamaju, Rahmat Hidayatullah, "
                f"mengatakan perbaikan jalan ke-{done['ingests']} selesai.\n",
                encoding="utf-8",
            )
            subprocess.run(
                [sys.executable, "-m", "kb", "ingest", str(new), "--home", str(home)],
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
            )
            done["ingests"] += 1
        if now - told >= 600:
            told = now
            print(
                f"{(now - began) / 60:4.0f} min: {seen[-1]:.0f} MB, {watch.num_fds()} descriptors,"
                f" {done['clicks']} clicks, {done['failed']} failed, {done['ingests']} ingests",
                flush=True,
            )
    third = max(1, len(seen) // 3)
    print(
        f"memory, medians: first third {statistics.median(seen[:third]):.0f} MB, last third "
        f"{statistics.median(seen[-third:]):.0f} MB, most {max(seen):.0f} MB"
    )


def _memory(watch: psutil.Process) -> float:
    """MB of the server and what it started."""
    total = 0
    for process in (watch, *watch.children(recursive=True)):
        with contextlib.suppress(psutil.Error):
            total += process.memory_info().rss
    return total / (1 << 20)


if __name__ == "__main__":
    main()
