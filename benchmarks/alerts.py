"""How long it takes to match a night's documents against 10,000 saved searches.

    .venv/bin/python benchmarks/alerts.py --home FOLDER [--follows 10000] [--documents 200]

Works on a copy of the knowledge base at FOLDER. Searches of one to three words that stand together
on a page, some with a year or an institution, one in five a name; the latest documents count as
the night's. Prints how many distinct searches were asked, matches and seconds.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sqlalchemy import insert, select  # noqa: E402

from kb.alerts import book  # noqa: E402
from kb.alerts.matching import DONE, match  # noqa: E402
from kb.catalog import Catalog  # noqa: E402
from kb.catalog.schema import documents, entities, pages  # noqa: E402
from kb.catalog.schema_alerts import follows  # noqa: E402
from kb.catalog.writes_files import set_meta  # noqa: E402
from kb.config import Settings, load_settings  # noqa: E402


def searches(settings: Settings, count: int, dice: random.Random) -> list[tuple[str, dict]]:
    """Kinds and queries, as readers would have saved them."""
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        texts = [t for (t,) in connection.execute(select(pages.c.text)) if len(t) > 200]
        named = select(entities.c.id, entities.c.type).where(entities.c.mention_count > 0)
        who = [(i, kind) for i, kind in connection.execute(named)]
    institutions = [i for i, kind in who if kind == "institution"]
    found: list[tuple[str, dict]] = []
    while len(found) < count:
        if dice.random() < 0.2:
            found.append(("entity", {"entity": dice.choice(who)[0]}))
            continue
        words = [w for w in dice.choice(texts).split() if w.isalpha() and len(w) > 3]
        if len(words) < 5:
            continue
        at = dice.randrange(len(words) - 3)
        query: dict = {"query": " ".join(words[at : at + dice.choice((1, 2, 2, 3))]).lower()}
        if dice.random() < 0.2:
            query["years"] = [dice.choice((2022, 2023, 2024, 2025))]
        if dice.random() < 0.1 and institutions:
            query["institutions"] = [dice.choice(institutions)]
        found.append(("search", query))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", required=True, type=Path)
    parser.add_argument("--follows", type=int, default=10_000)
    parser.add_argument("--documents", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "basis"
        shutil.copytree(asked.home, home, ignore=shutil.ignore_patterns("search", "cache"))
        settings = load_settings(home)
        with Catalog.open(settings) as catalog, catalog.read() as connection:
            latest = select(documents.c.id).order_by(documents.c.id.desc())
            ids = list(connection.execute(latest.limit(asked.documents + 1)).scalars())
            count = select(pages.c.id).where(pages.c.document_id > ids[-1])
            night = len(connection.execute(count).all())
        wanted = searches(settings, asked.follows, random.Random(21))
        list_number = book.begin(settings).follower.id
        rows = [
            {
                "follower_id": list_number,
                "kind": kind,
                "query": query,
                "label": "x",
                "created": book.now(),
                "since": 0,
                "seen": book.now(),
            }
            for kind, query in wanted
        ]

        def work(connection) -> None:  # type: ignore[no-untyped-def]
            connection.execute(insert(follows), rows)
            set_meta(connection, DONE, str(ids[-1] if len(ids) > asked.documents else 0))

        book.write(settings, work)
        start, used = time.perf_counter(), time.process_time()
        done = match(settings)
        print(
            f"{len(rows)} follows ({done.searches} distinct) against {done.documents} documents "
            f"({night} pages): {done.matches} matches in {time.perf_counter() - start:.1f} s "
            f"({time.process_time() - used:.1f} s of one processor)"
        )


if __name__ == "__main__":
    main()
