"""How well search finds: known items (FacQA) and graded answers (a relevance set).

FacQA (Purwarianti et al. 2007, as in IndoNLU) has questions with the passage that answers
them: a question should bring up its passage. Passages that differ only in spacing,
punctuation and case are one. A relevance set has one ``{"query", "answers": [{"file",
"page", "grade"}]}`` a line; grades are 1 (helps) to 3 (the answer), which is what a page
without one is; ``question`` may stand for ``query``.

A set of misspellings has one ``{"query", "meant": [...]}`` a line: the corrections that are
right, none for a query that is right as it stands (``or_none``: both will do).
"""

from __future__ import annotations

import ast
import csv
import json
import math
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kb.config import Settings
from kb.errors import QueryError
from kb.model import Passage
from kb.search.engine import SearchRequest
from kb.search.language.analysis import fold

CUT = 10
BEST = 3
"""The grade of an answer that says none: it is the page that was asked for."""

Ask = Callable[[str], Sequence[tuple[str, int]]]
"""Answers a query with the ``CUT`` best pages as (file, page), best first."""


@dataclass(frozen=True, slots=True)
class SearchFigures:
    """Averages over all queries, each from 0 to 1."""

    queries: int
    mrr: float
    """1 / rank of the first page with an answer, 0 below rank 10."""
    ndcg: float
    """Discounted gain of the graded answers in the first 10 against the best possible."""
    success_at_1: float
    recall_at_10: float
    """Answers among the first 10, of those there are."""
    missed: tuple[str, ...] = ()
    """Queries without any answer among the first 10."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with the pages that answer it: (file, page) to grade; page 0 is any page."""

    query: str
    answers: dict[tuple[str, int], int]


def read_relevance(path: Path) -> list[Judged]:
    """The queries of a relevance set. Raises ``QueryError`` naming a line that is wrong."""
    found: list[Judged] = []
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            answers = {
                (str(a["file"]).replace("\\", "/"), int(a.get("page") or 0)): int(
                    a.get("grade", BEST)
                )
                for a in row["answers"]
            }
            query = row["query"] if "query" in row else row["question"]
            found.append(Judged(str(query), answers))
        except (ValueError, KeyError, TypeError) as error:
            raise QueryError(f"{path.name}, line {number} is not a judged query: {error}") from None
    return found


def _grade(judged: Judged, file: str, page: int) -> tuple[tuple[str, int], int] | None:
    """The answer that a page is, and its grade."""
    file = file.replace("\\", "/")
    for (name, number), grade in judged.answers.items():
        same = file == name or file.endswith("/" + name) or name.endswith("/" + file)
        if same and number in (0, page):
            return (name, number), grade
    return None


def measure(judged: Iterable[Judged], ask: Ask) -> SearchFigures:
    """Figures of ``ask`` on judged queries."""
    reciprocal, gains, firsts, recalls = [], [], [], []
    missed: list[str] = []
    for item in judged:
        seen: dict[tuple[str, int], int] = {}
        first = 0
        gain = 0.0
        for rank, (file, page) in enumerate(list(ask(item.query))[:CUT], 1):
            found = _grade(item, file, page)
            if found is None or found[1] <= 0 or found[0] in seen:
                continue
            seen[found[0]] = found[1]
            first = first or rank
            gain += (2 ** found[1] - 1) / math.log2(rank + 1)
        grades = sorted((g for g in item.answers.values() if g > 0), reverse=True)
        best = sum((2**g - 1) / math.log2(r + 1) for r, g in enumerate(grades[:CUT], 1))
        reciprocal.append(1 / first if first else 0.0)
        firsts.append(1.0 if first == 1 else 0.0)
        gains.append(gain / best if best else 0.0)
        recalls.append(len(seen) / min(CUT, len(grades)) if grades else 0.0)
        if not first:
            missed.append(item.query)
    count = len(reciprocal)

    def mean(values: list[float]) -> float:
        return round(sum(values) / count, 4) if count else 0.0

    return SearchFigures(
        count, mean(reciprocal), mean(gains), mean(firsts), mean(recalls), tuple(missed)
    )


def measure_relevance(path: Path, ask: Ask) -> SearchFigures:
    """Figures of ``ask`` on the relevance set in ``path``."""
    return measure(read_relevance(path), ask)


@dataclass(frozen=True, slots=True)
class CorrectionFigures:
    """What "maksud Anda" offers, in shares of all queries."""

    queries: int
    right: float
    """A right correction, or rightly none."""
    senseless: float
    """A correction that is wrong, or for a query that needs none."""
    wrong: tuple[str, ...] = ()
    """Queries with what was offered, where that is not right."""


def is_misspelt_set(path: Path) -> bool:
    """True for a set of misspellings, judged by its first line."""
    with path.open(encoding="utf-8") as file:
        return '"meant"' in file.readline()


def measure_corrections(
    path: Path, suggest: Callable[[str], str | None], part: str | None = None
) -> CorrectionFigures:
    """Figures of ``suggest`` on a set of misspellings, or one ``part`` of it.

    Raises ``QueryError`` naming a line that is wrong.
    """
    right = senseless = count = 0
    wrong: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            query, meant = str(row["query"]), {fold(str(m)) for m in row["meant"]}
        except (ValueError, KeyError, TypeError) as error:
            raise QueryError(f"{path.name}, line {number} is not a misspelling: {error}") from None
        if part is not None and row.get("part") != part:
            continue
        count += 1
        offered = suggest(query)
        fits = not meant or bool(row.get("or_none")) if offered is None else fold(offered) in meant
        right += fits
        senseless += not fits and offered is not None
        if not fits:
            wrong.append(f"{query}: {offered or 'nothing'}")
    total = max(count, 1)
    return CorrectionFigures(
        count, round(right / total, 4), round(senseless / total, 4), tuple(wrong)
    )


def _same(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def read_facqa(paths: Sequence[Path]) -> tuple[list[Judged], dict[int, str]]:
    """Questions with the number of their passage as file name, and the passages by number."""
    numbers: dict[str, int] = {}
    passages: dict[int, str] = {}
    judged: list[Judged] = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                try:
                    question = " ".join(ast.literal_eval(row["question"]))
                    passage = " ".join(ast.literal_eval(row["passage"]))
                except (KeyError, ValueError, SyntaxError, TypeError):
                    raise QueryError(f"{path.name} is not a FacQA file.") from None
                number = numbers.setdefault(_same(passage), len(numbers) + 1)
                passages.setdefault(number, passage)
                judged.append(Judged(question, {(str(number), 0): 1}))
    return judged, passages


def measure_facqa(paths: Sequence[Path], engine: str = "whoosh") -> SearchFigures:
    """Figures on FacQA files; the passages of all of them are indexed in a temporary folder."""
    from kb.search import open_engine

    judged, passages = read_facqa(paths)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        settings = replace(Settings(home=Path(folder)), engine=engine)

        def texts(ids: Sequence[int]) -> dict[int, str]:
            return {number: passages[number] for number in ids}

        opened = open_engine(settings, texts, writable=True, stamp="facqa")
        try:
            opened.add(Passage(number, number, 1, text) for number, text in passages.items())
            opened.commit()

            def ask(query: str) -> list[tuple[str, int]]:
                request = SearchRequest(query, limit=CUT, snippets=False, facets=False)
                return [(str(h.passage_id), h.page) for h in opened.search(request).hits]

            return measure(judged, ask)
        finally:
            opened.close()
