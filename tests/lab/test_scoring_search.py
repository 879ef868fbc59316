"""The figures of ``kb eval search``, and floors that only rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.errors import QueryError
from kb.lab.scoring_search import (
    Judged,
    is_misspelt_set,
    measure,
    measure_corrections,
    measure_facqa,
    measure_relevance,
    read_relevance,
)


def test_figures_by_hand() -> None:
    judged = [
        Judged("satu", {("a.pdf", 1): 3, ("b.pdf", 2): 1}),
        Judged("dua", {("a.pdf", 0): 2}),
        Judged("tiga", {("c.pdf", 1): 1}),
    ]
    answers = {
        "satu": [("folder/a.pdf", 1), ("x.pdf", 1), ("b.pdf", 2)],
        "dua": [("x.pdf", 1), ("a.pdf", 7), ("a.pdf", 8)],
        "tiga": [("c.pdf", 2)],
    }
    figures = measure(judged, lambda query: answers[query])
    assert figures.queries == 3
    assert figures.mrr == pytest.approx((1 + 1 / 2 + 0) / 3, abs=1e-4)
    assert figures.success_at_1 == pytest.approx(1 / 3, abs=1e-4)
    assert figures.recall_at_10 == pytest.approx((1 + 1 + 0) / 3, abs=1e-4)
    one = (7 + 1 / 2) / (7 + 1 / 1.5849625)
    two = (3 / 1.5849625) / 3
    assert figures.ndcg == pytest.approx((one + two) / 3, abs=1e-3)
    assert figures.missed == ("tiga",)


def test_questions_with_the_one_page_that_answers(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(
        '{"question": "tarif kios", "answers": [{"file": "a.pdf", "page": 4}]}\n', encoding="utf-8"
    )
    assert read_relevance(path) == [Judged("tarif kios", {("a.pdf", 4): 3})]


def test_wrong_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"query": "a", "answers": []}\n{"query": "b"}\n', encoding="utf-8")
    with pytest.raises(QueryError, match="line 2"):
        read_relevance(path)


def test_facqa_files_only(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(QueryError, match="FacQA"):
        measure_facqa([path])


def floors(root: Path) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = json.loads(
        (root / "evaluation" / "floors-search.json").read_text(encoding="utf-8")
    )
    return found


@pytest.mark.material
def test_facqa_stays_above_its_floor(root: Path, material: Path) -> None:
    figures = measure_facqa([material / "search" / "facqa" / "test.csv"])
    assert figures.mrr >= floors(root)["facqa-test"]["mrr"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["relevance", "typed", "asked"])
def test_relevance_set_stays_above_its_floor(root: Path, sample_home: Path, name: str) -> None:
    path = root / "evaluation" / "search" / f"{name}.jsonl"
    from kb import open_kb

    base = open_kb(sample_home)
    try:

        def ask(query: str) -> list[tuple[str, int]]:
            found = base.search(query, limit=10, entities=0, facet_limit=1)
            return [(hit.path, hit.page) for hit in found.hits]

        figures = measure_relevance(path, ask)
    finally:
        base.close()
    floor = floors(root)[name]
    assert figures.mrr >= floor["mrr"]
    assert figures.ndcg >= floor["ndcg"]


def test_corrections_by_hand(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"query": "gubenur", "meant": ["gubernur"], "part": "a"},
        {"query": "semen", "meant": [], "part": "a"},
        {"query": "elpiji", "meant": [], "part": "b"},
        {"query": "rakjat", "meant": ["rakyat"], "part": "b"},
        {"query": "propinsi", "meant": ["provinsi"], "or_none": True, "part": "b"},
    ]
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    offered = {"gubenur": "Gubernur", "semen": "segmen"}
    assert is_misspelt_set(path)
    figures = measure_corrections(path, offered.get)
    assert (figures.queries, figures.right, figures.senseless) == (5, 0.6, 0.2)
    assert figures.wrong == ("semen: segmen", "rakjat: nothing")
    assert measure_corrections(path, offered.get, "a").right == 0.5
    path.write_text('{"query": "a"}\n', encoding="utf-8")
    with pytest.raises(QueryError, match="line 1"):
        measure_corrections(path, offered.get)


@pytest.mark.slow
@pytest.mark.parametrize("part", ["tuned", "kept"])
def test_corrections_stay_above_their_floor(root: Path, sample_home: Path, part: str) -> None:
    from kb import open_kb

    base = open_kb(sample_home)
    try:
        figures = measure_corrections(
            root / "evaluation" / "search" / "misspelt.jsonl",
            lambda query: base.search(query, limit=1, entities=0, facet_limit=1).suggestion,
            part,
        )
    finally:
        base.close()
    floor = floors(root)[f"misspelt-{part}"]
    assert figures.right >= floor["right"]
    assert figures.senseless <= floor["senseless_at_most"]
