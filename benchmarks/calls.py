"""What the calls behind the pages cost on a large base: processor time of the first ask.

    python benchmarks/calls.py --home DIR [--only WORD]

Prints, for each kind of call, the median and the most over some words, entities or pages,
in milliseconds. Answers that ``explore`` remembers are forgotten before every call; what
the process reads once (stemmer, places, index) is read before.
``benchmarks/filled_base.py`` makes a base of 100,000 passages.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from kb.explore import KnowledgeBase, open_kb

WORDS = ("anggaran", "jalan kabupaten", "pendidikan", "kesehatan masyarakat", "air bersih")
OTHERS = ("pend*", '"air bersih"', "anggaran ATAU jalan", "anggaran -jalan", "tahun:2020 anggaran")
FUZZY = ("anggarn~", "kesehatn~")
Call = Callable[[], object]


def calls(kb: KnowledgeBase) -> Iterator[tuple[str, list[Call]]]:
    """Kinds of calls with their variants."""

    def over(ask: Callable[[str], object], values: tuple[str, ...]) -> list[Call]:
        return [lambda value=value: ask(value) for value in values]  # type: ignore[misc]

    yield "search", over(lambda q: kb.search(q, group=True), WORDS)
    yield "search, page 2", over(lambda q: kb.search(q, group=True, offset=10), WORDS)
    yield "search, a filter", over(lambda q: kb.search(q, group=True, years=[2020]), WORDS)
    yield "who mentions it", over(kb.who_mentions, WORDS)
    yield "who, a filter", over(lambda q: kb.who_mentions(q, years=[2020]), WORDS)
    yield "statements by words", over(kb.statements, WORDS)
    yield "statements, operators", over(kb.statements, OTHERS)
    yield "statements, fuzzy", over(kb.statements, FUZZY)
    yield "statements, all", [kb.statements] * 3
    yield "statements, a year", [lambda: kb.statements(date_from="2020", date_to="2020")] * 3
    yield "timeline of words", over(lambda q: kb.timeline(q, limit=300), WORDS)
    yield "trends of a word", over(lambda q: kb.trends([q]), WORDS)
    yield "trends of three", over(lambda q: kb.trends([q, "jalan", "pasar"]), WORDS)
    yield "trends, published", over(lambda q: kb.trends([q], by="published"), WORDS)
    yield "indicators", [kb.indicators] * 3
    yield "indicators by words", over(kb.indicators, WORDS)
    yield "indicators, page 2", [lambda: kb.indicators(offset=50)] * 3
    for kind in ("official", "institution", "place"):
        found = kb.entities(type=kind, limit=5).entities
        ids = tuple(e.entity_id for e in found)
        yield f"{kind}", over(kb.entity, ids)
        yield f"{kind}: timeline", over(lambda i: kb.timeline(i, limit=300), ids)
        yield f"{kind}: graph", over(kb.graph, ids)
        yield f"{kind}: trends", over(lambda i: kb.trends([i]), ids)
    yield "start page", [kb.home] * 3


def measure(kb: KnowledgeBase, asked: list[Call]) -> list[float]:
    """Milliseconds of processor time of each call."""
    took: list[float] = []
    for call in asked:
        kb._sources.forget()
        start = time.process_time()
        call()
        took.append(1000 * (time.process_time() - start))
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--only", default="", help="kinds of calls with this word in their name")
    given = parser.parse_args()
    with open_kb(given.home) as kb:
        for word in ("pemerintah", "pemerinth~"):
            kb.search(word, group=True)
            kb.statements(word)
        kb.indicators(limit=1)
        for name, asked in calls(kb):
            if given.only in name:
                took = measure(kb, asked)
                print(f"{name:24} median {statistics.median(took):6.0f}   most {max(took):6.0f}")


if __name__ == "__main__":
    main()
