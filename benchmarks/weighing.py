"""How much the meaning should count beside the words: learnt on half of each set of questions,
shown on the other half.

    python benchmarks/weighing.py HOME SET.jsonl ... FACQA.csv ...

``HOME`` holds the documents of the sets, with vectors. Each question is asked once; its
candidates are then put in order with every strength of ``GRID``. The best of one half, every
set counting the same, is shown on the other half, both ways round.
"""

from __future__ import annotations

import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kb.explore import open_kb
from kb.lab.scoring_search import CUT, Judged, measure, opened_facqa, read_relevance
from kb.search.engine import SearchRequest
from kb.search.meaning.both_ways import BothWays
from kb.search.meaning.candidates import STRENGTH, Candidates

GRID = (0.0, 150.0, 200.0, 300.0, 400.0, 500.0, 600.0, 800.0, 1000.0, 1500.0)
Figures = tuple[float, float, float]
"""MRR@10, nDCG@10, recall@10."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The figures of one question with each strength of ``GRID``."""

    half: int
    figures: tuple[Figures, ...]


def asked(
    judged: Judged,
    found: Candidates | None,
    words: Sequence[tuple[str, int]],
    place: Callable[[int, int], tuple[str, int]],
) -> Asked:
    """``words``: the answer by words alone, (file, page); ``place``: the same of a document's
    page; ``found``: ``None`` where the question is asked by words alone."""
    rows: list[Figures] = []
    for strength in GRID:
        pages = list(words)
        if found is not None:
            pages = [place(p.document, p.page) for p in found.ordered(strength)[:CUT]]
        figures = measure([judged], lambda _, pages=pages: pages)  # type: ignore[misc]
        rows.append((figures.mrr, figures.ndcg, figures.recall_at_10))
    return Asked(zlib.crc32(judged.query.encode()) % 2, tuple(rows))


def learnt(sets: Sequence[Sequence[Asked]], half: int) -> float:
    """The strength with the best MRR and nDCG on a half, every set counting the same."""
    gains = [
        np.mean([[m + n for m, n, _ in q.figures] for q in rows if q.half == half], axis=0)
        for rows in sets
        if any(q.half == half for q in rows)
    ]
    return GRID[int(np.argmax(np.mean(gains, axis=0)))]


def shown(rows: Sequence[Asked], strength: float, half: int | None = None) -> str:
    """Averages with this strength, of a half or of all."""
    at = GRID.index(strength)
    mine = [q.figures[at] for q in rows if half is None or q.half == half]
    mrr, ndcg, recall = np.mean(mine, axis=0) if mine else (0.0, 0.0, 0.0)
    return f"{len(mine):4d} {mrr:.4f} {ndcg:.4f} {recall:.4f}"


def _of_base(home: Path, paths: Sequence[Path]) -> Iterator[tuple[str, list[Asked]]]:
    with open_kb(home) as base:
        sources = base._sources
        both = BothWays(sources.vectors("pages"), sources.catalog.texts)
        files: dict[int, str] = {}

        def place(document: int, page: int) -> tuple[str, int]:
            if document not in files:
                files[document] = base.document(document).path
            return files[document], page

        for path in paths:
            found = []
            for judged in read_relevance(path):
                request = SearchRequest(
                    judged.query, limit=CUT, snippets=False, facets=False, meaning=True
                )
                words = [
                    place(h.document_id, h.page) for h in sources.engine().search(request).hits
                ]
                candidates = both.candidates(sources.engine(), request)
                found.append(asked(judged, candidates, words, place))
            yield path.name, found


def _of_facqa(path: Path) -> list[Asked]:
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        opened_facqa([path], Path(folder), meaning=True) as (judged_all, engine, both),
    ):
        found = []
        for judged in judged_all:
            request = SearchRequest(
                judged.query, limit=CUT, snippets=False, facets=False, meaning=True
            )
            words = [(str(h.document_id), h.page) for h in engine.search(request).hits]
            candidates = both.candidates(engine, request)
            found.append(asked(judged, candidates, words, lambda d, page: (str(d), page)))
        return found


def main(arguments: Sequence[str]) -> None:
    """Print what was learnt and how it does."""
    home, *rest = map(Path, arguments)
    tables = [path for path in rest if path.suffix == ".csv"]
    sets = dict(_of_base(home, [path for path in rest if path not in tables]))
    sets |= {path.name: _of_facqa(path) for path in tables}
    print(f"{'':34s}{'words':>26s}{'learnt':>26s}{f'in use ({STRENGTH:.0f})':>26s}")
    for half in (0, 1):
        best = learnt(list(sets.values()), half)
        for name, rows in sets.items():
            told = f"{name}, learnt on {half}: {best:.0f}"
            lines = [shown(rows, strength, 1 - half) for strength in (0.0, best, STRENGTH)]
            print(f"{told:34s}" + "".join(f"{line:>26s}" for line in lines))
    for strength in GRID:
        for name, rows in sets.items():
            print(f"{f'{name}, all: {strength:.0f}':34s}{shown(rows, strength):>26s}")


if __name__ == "__main__":
    main(sys.argv[1:])
