"""Whatever is typed into a large base is answered soon: the slowest of many odd queries.

    python benchmarks/typed.py --home DIR [--random 500]

CPU time of one search with ten snippets and all facets, and as a multiple of a plain query of
two words in the same run (what a busy machine does not change). The queries are those of
``tests/search/hard_queries.py``.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "search")]

from hard_queries import HARD, typed  # noqa: E402

import kb  # noqa: E402

PLAIN = "pembangunan jalan"


def milliseconds(base: kb.KnowledgeBase, query: str) -> float:
    """CPU time of one search by this process."""
    started = time.process_time()
    base.search(query)
    return (time.process_time() - started) * 1000


def main() -> None:
    """Print plain queries, the slowest of each kind, and how many took over a second."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--home", required=True)
    options.add_argument("--random", type=int, default=500)
    given = options.parse_args()
    with kb.open_kb(given.home) as base:
        milliseconds(base, PLAIN)
        plain = statistics.median(milliseconds(base, PLAIN) for _ in range(15))
        print(f"{base.home().passages:,} pages; a plain query: {plain:.1f} ms (median of 15)")
        odd = {f"random {n}": typed(n) for n in range(given.random)}
        slow = 0
        for kind, queries in (("hard", HARD), ("random", odd)):
            times = sorted(((milliseconds(base, q), name) for name, q in queries.items()))[::-1]
            slow += sum(took > 1000 for took, _ in times)
            median = statistics.median(took for took, _ in times)
            print(f"{kind}: {len(times)} queries, median {median:.1f} ms")
            for took, name in times[:6]:
                print(f"  {took:8.1f} ms  {took / plain:6.1f} x plain  {name}")
        print(f"over one second: {slow}")


if __name__ == "__main__":
    main()
