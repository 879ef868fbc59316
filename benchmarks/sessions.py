"""One reader, then ten at once: does a click of ten take more than three times as long?

    python benchmarks/sessions.py --home DIR [--readers 10] [--seconds 60] [--pause 3]

Serves the base with ``kb serve``. Each reader goes through the same pages in an order of their
own, a page every ``--pause`` seconds (people read what they asked for); then the same with no
pause at all, which no ten people do. Readers speak Streamlit's messages from this process, without
a browser each, which two cores could not bear. Prints the median and the 95th percentile of a page
for one reader and for all, in milliseconds, and how many times longer it takes.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import threading
import time
from collections import defaultdict
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from loopback import serving  # noqa: E402
from wire import Reader  # noqa: E402

Page = tuple[str, dict[str, str]]
WORDS = (
    *("anggaran", "jalan", "pendidikan", "kesehatan", "air bersih", "stunting", "kemiskinan"),
    *("gubernur", "desa", "bantuan", "pasar", "sekolah", "pelabuhan", "sampah", "banjir"),
)
BOUND = 3.0
"""Times as long as one reader waits: what the issue allows."""


def pages(home: Path) -> list[Page]:
    """What is opened: every kind of page, most of them the ones most asked for."""
    from kb.explore import open_kb

    with open_kb(home) as base:
        found = base.documents(sort="added", limit=200)[1]
        long = max(found, key=lambda d: d.page_count)
        people = [e.entity_id for e in base.entities(type="person", limit=5).entities]
    asked: list[Page] = []
    for number, word in enumerate(WORDS):
        asked.append(("cari", {"q": word}))
        asked.append(("cari", {"q": word, "tahun": "2024"}))
        asked.append(("pernyataan", {"q": word}))
        page = 1 + 7 * number % long.page_count
        asked.append(("dokumen", {"id": str(long.document_id), "hal": str(page)}))
    asked += [("entitas", {"id": person}) for person in people]
    asked += [("linimasa", {"id": person}) for person in people]
    asked += [("indikator", {"q": word}) for word in WORDS[:5]]
    asked += [("tren", {"q": word}) for word in WORDS[:5]]
    return [*asked, ("", {}), ("entitas", {}), ("sumber", {}), ("indikator", {})]


def read(
    port: int, asked: list[Page], seconds: float, pause: float, readers: int
) -> dict[str, list[float]]:
    """Milliseconds of every page that ``readers`` opened, by the kind of page."""
    took: dict[str, list[float]] = defaultdict(list)
    begin = threading.Barrier(readers)

    def one(seed: int) -> None:
        rng = random.Random(seed)
        own = asked[:]
        rng.shuffle(own)
        with Reader(port, patience=120) as reader:
            reader.open("")
            begin.wait()
            time.sleep(rng.random() * pause)
            end = time.monotonic() + seconds
            number = 0
            while time.monotonic() < end:
                name, query = own[number % len(own)]
                number += 1
                took[name or "beranda"].append(1000 * reader.open(name, **query))
                time.sleep(pause * (0.5 + rng.random()))

    threads = [threading.Thread(target=one, args=(seed,)) for seed in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def told(name: str, alone: list[float], together: list[float]) -> str:
    one, many = statistics.median(alone), statistics.median(together)
    late = sorted(together)[int(0.95 * (len(together) - 1))]
    return f"{name:<22}{one:>9.0f}{many:>9.0f}{many / one:>8.1f}{late:>9.0f}{len(together):>7}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--readers", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--pause", type=float, default=3.0)
    options = parser.parse_args()
    asked = pages(options.home)
    worst = 0.0
    with serving(options.home) as served:
        with Reader(served.port, patience=300) as reader:  # what is loaded once is not measured
            for name, query in asked:
                reader.open(name, **query)
        for pause in (options.pause, 0.0):
            alone = read(served.port, asked, options.seconds, min(pause, 0.3), 1)
            together = read(served.port, asked, options.seconds, pause, options.readers)
            print(f"\n{options.readers} readers, a page every {pause:g} s")
            print(f"{'page':<22}{'one ms':>9}{'all ms':>9}{'times':>8}{'p95 ms':>9}{'pages':>7}")
            for name in sorted(alone):
                if together.get(name):
                    print(told(name, alone[name], together[name]))
            every = [list(chain(*found.values())) for found in (alone, together)]
            print(told("all", *every))
            if pause:
                worst = statistics.median(every[1]) / statistics.median(every[0])
    print(f"\nmedian of a page: {worst:.1f} times that of one reader (at most {BOUND:g})")
    return int(worst > BOUND)


if __name__ == "__main__":
    sys.exit(main())
