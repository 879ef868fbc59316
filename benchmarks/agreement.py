"""Whether two engines answer alike: the queries of the evaluation sets, asked of both.

    python benchmarks/agreement.py --home DIR --engines whoosh,tantivy
    KB_OPENSEARCH=https://... python benchmarks/agreement.py --home DIR --engines whoosh,opensearch

Both indexes are built from the catalog of ``--home``, the first engine is what the second is held
against. Prints, over all queries of ``evaluation/search``: the share of the first one's top ten
that the other has among its own ten, how many queries have the same ten in the same order, how
many the same totals and the same facets, and what differs.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kb.config import Settings, load_settings
from kb.errors import QueryError
from kb.explore import open_kb
from kb.ingest import rebuild
from kb.lab.scoring_search import read_relevance

SETS = Path(__file__).resolve().parents[1] / "evaluation" / "search"
FILES = ("asked.jsonl", "relevance.jsonl", "typed.jsonl")
TOP = 10
INDEX = "kb_agreement"

Answer = tuple[list[tuple[int, int]], tuple[int, int], dict[str, dict[str, int]]]
"""The best pages (document, page), totals of pages and documents, counts by facet and value."""


def answers(settings: Settings, queries: Sequence[str]) -> list[Answer | None]:
    """What a base answers, ``None`` where it refuses the query."""
    found: list[Answer | None] = []
    with open_kb(settings) as base:
        for query in queries:
            try:
                result = base.search(query, meaning=False, limit=TOP)
            except QueryError:
                found.append(None)
                continue
            facets = {
                name: {facet.value: facet.count for facet in facets}
                for name, facets in result.facets.items()
            }
            hits = [(hit.document_id, hit.page) for hit in result.hits]
            found.append((hits, (result.total, result.documents), facets))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--engines", default="whoosh,opensearch")
    options = parser.parse_args()
    named = [judged.query for file in FILES for judged in read_relevance(SETS / file)]
    queries = list(dict.fromkeys(named))
    with tempfile.TemporaryDirectory() as temporary:
        said: list[list[Answer | None]] = []
        for engine in options.engines.split(","):
            home = Path(temporary) / engine
            home.mkdir()
            for file in options.home.glob("catalog.sqlite*"):
                shutil.copy(file, home / file.name)
            settings = replace(load_settings(home), engine=engine, opensearch_index=INDEX)
            rebuild(settings)
            said.append(answers(settings, queries))
    compare(queries, *said)


def compare(queries: Sequence[str], one: list[Answer | None], two: list[Answer | None]) -> None:
    """Prints how far two lists of answers agree."""
    kept = wanted = order = totals = facets = asked = 0
    for query, left, right in zip(queries, one, two, strict=True):
        if left is None or right is None:
            if left != right:
                print(f"one refuses: {query!r}")
            continue
        asked += 1
        wanted += len(left[0])
        kept += len(set(left[0]) & set(right[0]))
        order += left[0] == right[0]
        totals += left[1] == right[1]
        facets += left[2] == right[2]
        if left[1] != right[1]:
            print(f"totals {left[1]} and {right[1]}: {query!r}")
    print(
        f"{asked} queries: top ten kept {100 * kept / max(1, wanted):.1f} %, same order {order}, "
        f"same totals {totals}, same facets {facets}"
    )


if __name__ == "__main__":
    main()
