"""One base asked the same through SQLite and through PostgreSQL, call by call in turn.

    python benchmarks/filled_base.py --home DIR --passages 20000
    python -m kb move --home DIR --to URL
    python benchmarks/catalogs.py --home DIR --to URL

Prints for each kind of call of ``benchmarks/calls.py`` the median and 95th percentile in
milliseconds, and the same over all calls: by the clock or, with ``--processor``, of processor
time, this process's and that of the server's sessions together (a server on this Linux machine).
On a busy machine only that tells something: by the clock each word to the server and back waits
for its turn. Both answer from one search index; what ``explore`` remembers is forgotten before
every call. The two take turns, so that whatever else the machine does falls on both.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from calls import calls
from sqlalchemy import text

from kb.config import Settings
from kb.explore import KnowledgeBase, open_kb


def quantile(values: list[float], share: float) -> float:
    """The value below which ``share`` of them lie."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def processor_time(base: KnowledgeBase) -> Callable[[], float]:
    """Seconds of this process and of all sessions that the server has for this database now."""
    with base._sources.read() as connection:
        query = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        files = [Path(f"/proc/{pid}/schedstat") for pid in connection.execute(query).scalars()]
    return lambda: (
        time.process_time() + sum(int(file.read_text().split()[0]) for file in files) / 1e9
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--to", metavar="URL", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--processor", action="store_true")
    options = parser.parse_args()
    here = Settings(options.home.absolute(), engine="whoosh")
    with open_kb(here) as one, open_kb(replace(here, catalog=options.to)) as other:
        both: tuple[KnowledgeBase, KnowledgeBase] = (one, other)
        every: tuple[list[float], list[float]] = ([], [])
        print(f"{'call':28}{'SQLite p50':>12}{'p95':>9}{'PostgreSQL p50':>16}{'p95':>9}")
        for (kind, left), (_, right) in zip(calls(one), calls(other), strict=True):
            took: tuple[list[float], list[float]] = ([], [])
            clock: Callable[[], float] = time.perf_counter
            for turn in range(options.rounds + 1):
                if turn == 1 and options.processor:
                    clock = processor_time(other)
                for pair in zip(left, right, strict=True):
                    for which, call in enumerate(pair):
                        both[which]._sources.forget()
                        start = clock()
                        call()
                        if turn:  # the first round reads what a process reads once
                            took[which].append(1000 * (clock() - start))
            figures = [quantile(took[w], share) for w in (0, 1) for share in (0.5, 0.95)]
            print(
                f"{kind:28}{figures[0]:12.1f}{figures[1]:9.1f}{figures[2]:16.1f}{figures[3]:9.1f}",
                flush=True,
            )
            for which in (0, 1):
                every[which].extend(took[which])
        for share in (0.5, 0.95):
            left_all, right_all = (quantile(every[which], share) for which in (0, 1))
            print(
                f"all calls, p{100 * share:.0f}: SQLite {left_all:.1f} ms, PostgreSQL "
                f"{right_all:.1f} ms, {right_all / left_all:.2f} times"
            )


if __name__ == "__main__":
    main()
