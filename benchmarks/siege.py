"""A siege: one honest reader searches while others attack the app for some minutes.

    python benchmarks/siege.py --home index [--minutes 5] [--readers 30] [--rounds 1]

Serves the base with ``kb serve`` on this machine's own address and attacks nothing else.
Attackers: readers who click without pause, wildcards and queries of hundreds of words on every
page, ``clear_cache`` messages, uploads nobody allowed, wrong passwords, connections that say
nothing. Prints the honest reader's times and the server's memory before, during and after. With
``--rounds 2`` the same server is besieged again: what the first siege left as cache or as pages the
allocator keeps does not grow a second time, a leak does (``MALLOC_ARENA_MAX=2`` before the command
tells which of the two it is).
"""

from __future__ import annotations

import argparse
import contextlib
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from loopback import serving  # noqa: E402
from siege_queries import hostile  # noqa: E402
from wire import Reader, put_file  # noqa: E402

HONEST = ("stunting", "jalan rusak", "anggaran pendidikan", "gubernur", "kemiskinan", "RKPD 2024")
PAGES = ("cari", "pernyataan", "entitas", "linimasa", "tren", "indikator")
SILENT = 400
"""Half-open connections held at once."""


def main() -> None:
    a = _arguments()
    if a.attack:
        _attack(a.attack, a.minutes * 60, a.readers)
        return
    with serving(a.home) as served:
        port, watch = served.port, psutil.Process(served.pid)
        with Reader(port, patience=300) as reader:  # what is loaded once is not measured
            for query in HONEST:
                reader.open("cari", q=query)
        rows = [_honest("before", port, watch, a.calm)]
        for number in range(1, a.rounds + 1):
            attackers = subprocess.Popen(
                [sys.executable, __file__, "--attack", str(port), "--minutes", str(a.minutes),
                 "--readers", str(a.readers)]
            )  # fmt: skip
            rows.append(_honest(f"during {number}", port, watch, a.minutes * 60))
            attackers.wait(timeout=120)
            time.sleep(90)  # sessions that are over are swept after a minute
            rows.append(_honest(f"after {number}", port, watch, a.calm))
    print("\n| phase | searches | p50 ms | p95 ms | failed | memory MB (most) | descriptors |")
    print("|---|---|---|---|---|---|---|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--home", default="index")
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--calm", type=float, default=30.0, help="seconds before and after")
    parser.add_argument("--readers", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--attack", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args()


def _honest(phase: str, port: int, watch: psutil.Process, seconds: float) -> list[str]:
    """One search a second; the row of the table."""
    times: list[float] = []
    failed = most = 0
    end = time.monotonic() + seconds
    reader: Reader | None = None
    number = 0
    while time.monotonic() < end:
        number += 1
        try:
            reader = reader or Reader(port, patience=60)
            times.append(reader.open("cari", q=HONEST[number % len(HONEST)]))
        except Exception:
            failed += 1
            reader = None
        most = max(most, watch.memory_info().rss >> 20)
        time.sleep(1.0)
    if reader is not None:
        reader.close()
    times.sort()
    p95 = times[int(0.95 * (len(times) - 1))] if times else float("nan")
    p50 = statistics.median(times) if times else float("nan")
    return [
        phase, str(len(times)), f"{p50 * 1000:.0f}", f"{p95 * 1000:.0f}", str(failed),
        f"{watch.memory_info().rss >> 20} ({most})", str(watch.num_fds()),
    ]  # fmt: skip


# --- the attack ------------------------------------------------------------------------


def _attack(port: int, seconds: float, readers: int) -> None:
    end = time.monotonic() + seconds
    done: dict[str, int] = {}

    def again(name: str, act: Callable[[random.Random], None], pause: float, seed: int) -> None:
        rng = random.Random(seed)
        while time.monotonic() < end:
            with contextlib.suppress(Exception):
                act(rng)
                done[name] = done.get(name, 0) + 1
            time.sleep(pause)

    def read(rng: random.Random) -> None:
        with Reader(port, patience=30) as reader:
            for _ in range(20):
                if time.monotonic() > end:
                    return
                reader.open(rng.choice(PAGES), q=rng.choice(HONEST))

    def wildcards(rng: random.Random) -> None:
        with Reader(port, patience=60) as reader:
            for _ in range(10):
                if time.monotonic() > end:
                    return
                reader.open(rng.choice(PAGES), q=hostile(rng))

    def clear(rng: random.Random) -> None:
        with Reader(port, patience=30) as reader:
            reader.open("")
            for _ in range(50):
                reader.clear_cache()

    def upload(rng: random.Random) -> None:
        with Reader(port, patience=30) as reader:
            reader.open("")
            put_file(port, reader.session_id, b"x" * (20 << 20))

    def silent(rng: random.Random) -> None:
        held = []
        for _ in range(SILENT):
            with contextlib.suppress(OSError):
                line = socket.create_connection(("127.0.0.1", port), 5)
                line.sendall(rng.choice((b"", b"GET / HTTP/1.1\r\nHost: ", b"PUT /x HTTP/1.1\r\n")))
                held.append(line)
        time.sleep(min(20.0, max(0.0, end - time.monotonic())))
        for line in held:
            line.close()

    def password(rng: random.Random) -> None:
        with Reader(port, patience=30) as reader:
            reader.open("kelola")
            field, button = reader.widget("admin_password"), reader.widget("FormSubmitter")
            for _ in range(20):
                reader.open("kelola", {field: str(rng.random()), button: True})

    work: list[tuple[str, Callable[[random.Random], None], float, int]] = [
        ("readers", read, 0.0, readers),
        ("wildcards", wildcards, 0.0, 4),
        ("clear_cache", clear, 0.2, 2),
        ("uploads", upload, 0.5, 2),
        ("silent", silent, 0.0, 1),
        ("passwords", password, 0.2, 1),
    ]
    threads = [
        threading.Thread(target=again, args=(name, act, pause, seed), daemon=True)
        for name, act, pause, count in work
        for seed in range(count)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=max(0.0, end - time.monotonic()) + 60)
    print("attacks:", ", ".join(f"{name} {count}" for name, count in sorted(done.items())))


if __name__ == "__main__":
    main()
