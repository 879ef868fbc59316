"""What searches notice when one of several OpenSearch nodes is killed under load.

    export KB_SERVERS=$(mktemp -d)
    export $(KB_OPENSEARCH_NODES=3 python tools/servers.py up opensearch)
    python benchmarks/nodes.py --passages 20000 --seconds 60
    python tools/servers.py down opensearch

Passages of ``searching.corpus`` go into an index with one shard more than one node could hold
alone (``--shards``) and a copy of each; threads search without a pause, and after a third of the
time the node that leads the cluster is ended by SIGKILL. Prints answers, failures, and the longest
wait before and after, in milliseconds. Ends with 1 where a search failed.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import tempfile
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from searching.corpus import Corpus

from kb.config import Settings
from kb.search import open_engine, replacing
from kb.search.engine import SearchRequest

STAMP = "nodes"
NEEDED = "KB_TEST_OPENSEARCH"


@dataclass
class Seen:
    """What one thread saw: when each answer began and how long it took, in seconds."""

    began: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def leader(address: str) -> int:
    """Process number of the node that leads the cluster."""

    def asked(path: str) -> Any:
        with urllib.request.urlopen(f"{address}/{path}", timeout=10) as answer:
            return json.load(answer)

    name = asked("_cat/cluster_manager?format=json")[0]["id"]
    return int(asked(f"_nodes/{name}/process")["nodes"][name]["process"]["id"])


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--shards", type=int, default=3)
    options = parser.parse_args()
    addresses = os.environ.get(NEEDED, "")
    if "," not in addresses:
        parser.error(f"{NEEDED} names no cluster of several nodes (see the head of this file)")
    corpus = Corpus(options.passages)
    queries = corpus.queries(200)
    texts: dict[int, str] = {}
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(
            home=Path(home),
            engine="opensearch",
            opensearch=addresses,
            opensearch_index="kb_nodes",
            opensearch_shards=options.shards,
            opensearch_replicas=1,
        )

        def known(ids: Any) -> dict[int, str]:
            return {number: texts[number] for number in ids}

        with replacing(settings, known, stamp=STAMP) as building:
            for passage in corpus.passages():
                texts[passage.passage_id] = passage.text
                building.add([passage])
            building.commit()
        _wait_green(addresses.split(",")[0])
        stop = threading.Event()
        seen = [Seen() for _ in range(options.threads)]

        def search(mine: Seen, at: int) -> None:
            engine = open_engine(settings, known, stamp=STAMP)
            while not stop.is_set():
                _, query, filters = queries[at % len(queries)]
                at += 7
                started = time.monotonic()
                try:
                    engine.search(SearchRequest(query, filters))
                except Exception as error:  # any failure is what is counted here
                    mine.failed.append(f"{query!r}: {error!r}")
                mine.began.append(started)
                mine.took.append(time.monotonic() - started)
            engine.close()

        threads = [
            threading.Thread(target=search, args=(one, 50 * number))
            for number, one in enumerate(seen)
        ]
        for thread in threads:
            thread.start()
        time.sleep(options.seconds / 3)
        killed = time.monotonic()
        os.kill(leader(addresses.split(",")[0]), signal.SIGKILL)
        time.sleep(options.seconds * 2 / 3)
        stop.set()
        for thread in threads:
            thread.join()
    every = [pair for one in seen for pair in zip(one.began, one.took, strict=True)]
    for name, took in (
        ("before", [t for began, t in every if began + t < killed]),
        ("after", [t for began, t in every if began + t >= killed]),
    ):
        print(
            f"{name}: {len(took)} answers, median {1000 * statistics.median(took):.0f} ms, "
            f"longest {1000 * max(took):.0f} ms"
        )
    failed = [why for one in seen for why in one.failed]
    print(f"{len(failed)} failed")
    for why in failed[:5]:
        print(f"  {why}")
    return int(bool(failed))


def _wait_green(address: str) -> None:
    wanted = f"{address}/_cluster/health?wait_for_status=green&timeout=120s"
    with urllib.request.urlopen(wanted, timeout=150) as answer:
        found = json.load(answer)
    if found["timed_out"]:
        raise SystemExit("The cluster has not copied its index everywhere after two minutes.")


if __name__ == "__main__":
    raise SystemExit(main())
