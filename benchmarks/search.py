"""Speed of search at size: our engines beside SQLite FTS5, same passages, same queries.

    python benchmarks/search.py --passages 100000 --engines whoosh,fts5,tantivy
    python benchmarks/search.py --passages 500000 --engines tantivy,fts5 --queries 100
    export $(KB_OPENSEARCH_HEAP_MB=2048 python tools/servers.py up opensearch)
    python benchmarks/search.py --passages 100000 --engines opensearch,opensearch-plain,tantivy

Passages are generated: words of the Indonesian root list with affixes, drawn by Zipf's
law, about 300 to a page, with officials, places, institutions, types and years as on a
real base. The load is mixed: single terms, AND, OR, phrases, NEAR, prefixes, fuzzy words,
filters; each query asks for the top 10 with snippets and the counts of all facets over all
hits. Our engines are measured in a fresh process that only reads: ``cold open`` is opening
and the first answer, ``first`` the load asked once, the other columns the load asked
again. ``cpu`` is processor time, which a busy machine disturbs less. Times are
milliseconds on this machine; compare columns of one run, not runs.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from searching import ours
from searching.corpus import Asked, Corpus
from searching.figures import measure, percentile, row, timed
from searching.fts5 import Fts5
from searching.plain import Plain


def run_fts5(
    corpus: Callable[[], Corpus], queries: Sequence[Asked], home: Path
) -> dict[str, object]:
    """Builds the table where there is none yet, and measures."""
    path = home / "fts5.sqlite"
    exists = path.exists()
    fts = Fts5(path)
    build = 0.0 if exists else timed(lambda: fts.build(corpus().passages()))
    measure(fts.search, queries[:16])
    found = measure(fts.search, queries)
    return row(fts.name, found, **{"build s": build, "MB": path.stat().st_size / 1e6})


def run_plain(corpus: Callable[[], Corpus], queries: Sequence[Asked]) -> dict[str, object]:
    """Builds a plain OpenSearch index where there is none of that size yet, and measures."""
    made, plain = corpus(), Plain()
    build = 0.0
    if plain.count() != made.count:
        build = timed(lambda: plain.build(made.passages()))
    first = measure(plain.search, queries)
    found = measure(plain.search, queries)
    more = {
        "build s": build,
        "passages/s": made.count / build if build else 0.0,
        "MB": plain.bytes() / 1e6,
        "first p50": statistics.median(first.every()),
        "first p95": percentile(first.every(), 0.95),
    }
    return row(plain.name, found, **more)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--engines", default="whoosh,fts5")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--home", type=Path, help="keep the indexes here and use them again")
    parser.add_argument("--json", type=Path, help="write the rows here as well")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        home = arguments.home or Path(temporary)
        home.mkdir(parents=True, exist_ok=True)

        def corpus() -> Corpus:
            return Corpus(arguments.passages)

        queries = corpus().queries(arguments.queries)
        rows = []
        for engine in arguments.engines.split(","):
            if engine == "fts5":
                rows.append(run_fts5(corpus, queries, home))
            elif engine == Plain.name:
                rows.append(run_plain(corpus, queries))
            else:
                rows.append(ours.run(engine, corpus, queries, home))
        if arguments.json:
            arguments.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
