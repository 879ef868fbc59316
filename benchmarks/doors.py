"""Requests a second and waiting times of the API, with the app open beside it.

    .venv/bin/python benchmarks/doors.py --home FOLDER [--clients 50] [--seconds 20]

Serves the knowledge base at FOLDER (``kb serve``) on loopback. 50 clients, each with one
connection, ask for searches and pages as fast as they are answered, every time something else so
that no answer is kept; first one client, then all. Prints requests a second, p50 and
p95 in milliseconds of searches, of pages and of both, how many failed, and the processor time the
server spent on an answer, which a busy machine does not change. Limits for one
address are off, since all come from one. ``benchmarks/app.py`` has the app's own figures.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import sys
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

import httpx  # noqa: E402
import psutil  # noqa: E402
from loopback import serving  # noqa: E402

from kb.explore import open_kb  # noqa: E402

WORDS = [
    "anggaran",
    "jalan",
    "pendidikan",
    "kesehatan",
    "stunting",
    "kemiskinan",
    "investasi",
    "bencana",
    "pertanian",
    "pasar",
    "air",
    "bersih",
    "perumahan",
    "guru",
    "dokter",
    "desa",
    "sekolah",
    "pelabuhan",
    "banjir",
    "pangan",
    "pajak",
]
API = "/api/v1"


def addresses(home: Path, dice: random.Random) -> tuple[list[str], list[str]]:
    """Searches of two words and pages of documents, no two the same."""
    searches = [f"{API}/search?q={a}+{b}&limit=10" for a in WORDS for b in WORDS if a != b]
    with open_kb(home) as kb:
        _, listed = kb.documents(limit=200)
    pages = [
        f"{API}/documents/{one.document_id}/pages/{number}"
        for one in listed
        for number in range(1, min(one.page_count, 30) + 1)
    ]
    dice.shuffle(searches)
    dice.shuffle(pages)
    return searches, pages


async def ask(
    base: str, clients: int, seconds: float, lists: tuple[list[str], list[str]]
) -> dict[str, list[float]]:
    """Waiting times in seconds by kind; what was not answered with 200 under ``failed``."""
    took: dict[str, list[float]] = defaultdict(list)
    end = time.monotonic() + seconds

    async def one(number: int) -> None:
        dice = random.Random(number)
        async with httpx.AsyncClient(base_url=base, timeout=60.0) as client:
            while time.monotonic() < end:
                kind = dice.choice(("search", "page"))
                path = dice.choice(lists[kind == "page"])
                start = time.perf_counter()
                try:
                    status = (await client.get(path)).status_code
                except httpx.HTTPError:
                    status = 0
                name = kind if status == 200 else "failed"
                took[name].append(time.perf_counter() - start)

    await asyncio.gather(*(one(number) for number in range(clients)))
    return took


def line(name: str, found: list[float], seconds: float) -> str:
    """One row of the table."""
    if len(found) < 2:
        return f"{name:8} {len(found)} answers"
    cuts = statistics.quantiles(found, n=20)
    middle = 1000 * statistics.median(found)
    return (
        f"{name:8} {len(found) / seconds:6.1f} a second   p50 {middle:7.0f} ms"
        f"   p95 {1000 * cuts[18]:7.0f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", required=True, type=Path)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20.0)
    asked = parser.parse_args()
    lists = addresses(asked.home, random.Random(50))
    os.environ["KB_API_PER_MINUTE"] = "0"
    with serving(asked.home) as served:
        asyncio.run(ask(served.address, 2, 3.0, lists))  # what is loaded at the first question
        server = psutil.Process(served.pid)
        for clients in (1, asked.clients):
            before = sum(server.cpu_times()[:2])
            took = asyncio.run(ask(served.address, clients, asked.seconds, lists))
            print(f"{clients} clients, {asked.seconds:.0f} s, load {os.getloadavg()[0]:.1f}")
            for name in ("search", "page"):
                print(line(name, took[name], asked.seconds))
            print(line("both", took["search"] + took["page"], asked.seconds))
            spent = sum(server.cpu_times()[:2]) - before
            answers = max(1, sum(map(len, took.values())))
            print(
                f"failed   {len(took['failed'])}; {1000 * spent / answers:.0f} ms of processor each"
            )


if __name__ == "__main__":
    main()
