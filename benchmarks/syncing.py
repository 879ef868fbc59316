"""How many requests a sync makes: a WordPress site with 1,000 articles, then the same without news.

    .venv/bin/python benchmarks/syncing.py [--articles 1000]

Serves an invented site on loopback (``tests/sites``), adds it as a source, and syncs it twice
without reading what comes. Prints requests and seconds of both.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / name) for name in ("sites", "sources", "ingest"))]

import shapes  # noqa: E402
from guests import patient, unread  # noqa: E402
from served import Served  # noqa: E402

from kb.catalog import Catalog  # noqa: E402
from kb.config import Settings  # noqa: E402
from kb.sources import book, round  # noqa: E402
from kb.sources.manners import Manners  # noqa: E402
from kb.sources.syncing import sync  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    count = parser.parse_args().articles
    round.AGAIN_HOURS = -1  # pages may be looked at again in the very next sync
    site = Served()
    shapes.wordpress(site, count)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            Path(folder) / "basis",
            private_hosts="127.0.0.1",
            fetch_pause=1e-6,
            fetch_a_day=10 * count,
        )
        with Catalog.open(settings, write=True):
            pass
        with patient(settings, Manners(0.0, 10 * count)) as fetcher:
            _, told = book.add(settings, site.base, fetcher=fetcher)
        print(told)
        for what in ("first sync", "second sync, no news"):
            site.forget()
            out = sync(settings, make=patient, read=unread)[0]
            print(
                f"{what}: {out.requests} requests ({len(site.asked)} seen by the site), "
                f"{out.listed} listed, {out.same} as before, {out.seconds:.1f} s"
            )
    site.close()


if __name__ == "__main__":
    main()
