"""Times of queries, and what is said of them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kb.model import Filters
from searching.corpus import Asked

Search = Callable[[str, str, Filters], int]


@dataclass
class Latencies:
    """Milliseconds by kind of query: by the clock, and of processor time."""

    wall: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)

    def every(self) -> list[float]:
        return [t for times in self.wall.values() for t in times]

    def every_cpu(self) -> list[float]:
        return [t for times in self.cpu.values() for t in times]


def timed(action: Callable[[], object]) -> float:
    """Seconds by the clock."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def measure(search: Search, queries: Sequence[Asked]) -> Latencies:
    """Asks every query once."""
    found = Latencies()
    for kind, query, filters in queries:
        cpu = time.process_time()
        wall = timed(lambda: search(kind, query, filters))  # noqa: B023
        found.cpu.setdefault(kind, []).append((time.process_time() - cpu) * 1000)
        found.wall.setdefault(kind, []).append(wall * 1000)
    return found


def percentile(values: Sequence[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def row(name: str, found: Latencies, **more: float) -> dict[str, object]:
    """One line of the table, printed and returned."""
    every, cpu = found.every(), found.every_cpu()
    line: dict[str, object] = {
        "engine": name,
        **{key: round(value, 2) for key, value in more.items()},
        "p50": round(statistics.median(every), 1),
        "p95": round(percentile(every, 0.95), 1),
        "p99": round(percentile(every, 0.99), 1),
        "cpu p50": round(statistics.median(cpu), 1),
        "cpu p95": round(percentile(cpu, 0.95), 1),
        **{f"{kind} p95": round(percentile(t, 0.95), 1) for kind, t in found.wall.items()},
    }
    print("  ".join(f"{k} {v}" for k, v in line.items()), flush=True)
    return line


def folder_size(path: Path) -> int:
    """Bytes of all files below ``path``."""
    return sum(f.stat().st_size for f in path.rglob("*") if f.is_file())
