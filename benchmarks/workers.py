"""Documents an hour by how many workers read, and what becomes of the base when they are killed.

    export $(python tools/servers.py up postgres)
    python benchmarks/workers.py speed --files 60 --workers 1,4
    python benchmarks/workers.py kills --kills 20

Each worker is a process of its own (``kb worker --jobs 1``) with a home of its own, as on a
machine of its own: what they share is the database and the folder of ``originals``. Files are
articles that this script writes. ``kills`` ends workers by SIGKILL at random moments, starts
another each time, and compares the base with that of one ``kb ingest`` of the same files:
documents, pages, mentions and statements by their keys and texts. Needs ``KB_TEST_POSTGRES``.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
from sqlalchemy import select

from kb.catalog import Catalog
from kb.catalog.schema import documents, mentions, pages, statements
from kb.config import Settings
from kb.ingest import ingest
from kb.queue.handing import hand_in
from kb.queue.status import status

NAMES = ("Siti Rahmawati", "Budi Hartono", "Agus Salim Nasution", "Dewi Lestari", "Joko Prabowo")
PLACES = ("Serang", "Cilegon", "Pandeglang", "Lebak", "Tangerang")


def article(number: int, chance: random.Random) -> str:
    """One article of invented people in real places, a page long."""
    who, place = NAMES[number % 5], PLACES[number // 5 % 5]
    lines = [f"Kabupaten {place} bangun {number} posyandu", "", f"{place.upper()} - "]
    lines += (
        f'Bupati {place} {who} meninjau {chance.randint(2, 90)} desa. "Anggaran tahun '
        f'{2018 + number % 8} naik {chance.randint(2, 40)} persen," kata {who}, '
        f"{chance.randint(1, 28)} Mei {2018 + number % 8}."
        for _ in range(chance.randint(8, 16))
    )
    return "\n".join(lines)


def write(folder: Path, count: int) -> None:
    folder.mkdir(parents=True)
    chance, old = random.Random(3), time.time() - 3600
    for number in range(count):
        path = folder / f"berita-{number:04}.txt"
        path.write_text(article(number, chance), encoding="utf-8")
        os.utime(path, (old, old))


@contextlib.contextmanager
def base() -> Iterator[str]:
    """The address of an empty catalog."""
    whole = os.environ["KB_TEST_POSTGRES"]
    name = f"bench_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(whole.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")  # type: ignore[arg-type]
        try:
            yield f"{whole}?options=-csearch_path%3D{name}"
        finally:
            connection.execute(f"DROP SCHEMA {name} CASCADE")  # type: ignore[arg-type]


def worker(settings: Settings, home: Path, *, until_empty: bool) -> subprocess.Popen[bytes]:
    home.mkdir(parents=True, exist_ok=True)
    ask = [sys.executable, "-m", "kb", "worker", "--jobs", "1", "--json", "--home", str(home)]
    root = str(Path(__file__).resolve().parent.parent)
    return subprocess.Popen(
        ask + (["--until-empty"] if until_empty else []),
        stdout=subprocess.DEVNULL,
        env={
            **os.environ,
            "PYTHONPATH": root,
            "KB_CATALOG": settings.catalog,
            "KB_ORIGINALS": settings.originals,
            "KB_TAGGER": settings.tagger,
        },
    )


def speed(folder: Path, count: int, numbers: list[int], tagger: str) -> None:
    write(folder / "in", count)
    for number in numbers:
        with base() as address:
            home = folder / f"home-{number}"
            settings = Settings(
                home=home, catalog=address, originals=str(folder / "asal"), tagger=tagger
            )
            hand_in(settings, [folder / "in"])
            homes = [home, *(folder / f"home-{number}-{one}" for one in range(1, number))]
            some = [worker(settings, one, until_empty=True) for one in homes]
            first, begun = None, time.monotonic()
            while any(one.poll() is None for one in some):
                found = status(settings)
                if found is None:
                    break
                if first is None and found.done:
                    first, done = time.monotonic(), found.done
                if not found.waiting:
                    break
                time.sleep(0.5)
            took = time.monotonic() - (first or begun)
            for one in some:
                one.wait()
            read = count - done if first else count
            print(
                f"{number} workers: {read} files in {took:.0f} s after the first one was in: "
                f"{read / max(took, 0.1) * 3600:.0f} an hour",
                flush=True,
            )


def content(settings: Settings) -> list[list[tuple[object, ...]]]:
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        found = [sorted(map(tuple, connection.execute(select(documents.c.key, documents.c.title))))]
        for table, column in ((pages, "text"), (mentions, "surface"), (statements, "text")):
            where = table.c.document_id == documents.c.id
            query = select(documents.c.key, table.c[column]).join_from(table, documents, where)
            found.append(sorted(map(tuple, connection.execute(query))))
        return found


def kills(folder: Path, number: int, count: int, tagger: str, within: float) -> bool:
    write(folder / "in", count)
    chance = random.Random(9)
    with base() as address, base() as other:
        settings = Settings(home=folder / "home", catalog=address, tagger=tagger)
        hand_in(settings, [folder / "in"])
        hit = 0
        while hit < number:
            one = worker(settings, settings.home, until_empty=False)
            waited = time.monotonic() + 600
            while time.monotonic() < waited:  # until it has something in hand
                found = status(settings)
                if found is None or not found.waiting or any(r.begun for r in found.in_hand):
                    break
                time.sleep(0.2)
            time.sleep(chance.uniform(0, within))
            children = psutil.Process(one.pid).children(recursive=True)
            one.kill()
            one.wait()
            psutil.wait_procs(children, timeout=60)
            hit += 1
            found = status(settings)
            left = found.waiting if found else 0
            print(f"kill {hit}: {found.done if found else 0} done, {left} wait", flush=True)
            if not left:
                hand_in(settings, [folder / "in"], force=True)
        last = worker(settings, settings.home, until_empty=True)
        last.wait()
        alone = Settings(home=folder / "alone", catalog=other, tagger=tagger)
        ingest(alone, [folder / "in"], workers=1)
        ours, theirs = content(settings), content(alone)
        same = ours == theirs
        print(f"{hit} kills, {len(ours[0])} documents of {count}, {len(ours[2])} mentions: "
              f"{'the same base as one ingest' if same else 'NOT the same base'}")  # fmt: skip
        return same


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=("speed", "kills"))
    parser.add_argument("--files", type=int, default=60)
    parser.add_argument("--workers", default="1,4")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument(
        "--within", type=float, default=3, help="seconds from the first file to the kill, at most"
    )
    parser.add_argument("--tagger", choices=("full", "fast"), default="fast")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.what == "kills":
            return 0 if kills(folder, asked.kills, asked.files, asked.tagger, asked.within) else 1
        numbers = [int(one) for one in asked.workers.split(",")]
        speed(folder, asked.files, numbers, asked.tagger)
    return 0


if __name__ == "__main__":
    sys.exit(main())
