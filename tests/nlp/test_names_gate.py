"""The gate: names on blind articles no training touches. Floors may only rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.lab.corpora import read_articles
from kb.lab.scoring_tags import TagReport, evaluate_tags
from kb.lab.training import ARTICLES
from kb.nlp.language import make_nlp
from kb.nlp.names import load_names

pytestmark = pytest.mark.slow

GATE = Path(__file__).resolve().parents[2] / "evaluation" / "gate"
FLOORS = {"ALL": (95.3, 97.5), "PER": (96.0, 98.5), "ORG": (93.8, 97.0), "LOC": (95.5, 97.0)}
"""Strict and relaxed F1."""


@pytest.fixture(scope="module")
def gold() -> list[dict[str, object]]:
    files = sorted(GATE.glob("*.jsonl"))
    if not files:
        pytest.skip("the gate's articles are not here")
    return [json.loads(line) for f in files for line in f.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def report(gold: list[dict[str, object]]) -> TagReport:
    nlp, tagger = make_nlp(), load_names()
    found = {str(row["id"]): tagger.tag(nlp.make_doc(str(row["text"]))) for row in gold}
    return evaluate_tags(gold, found)


@pytest.mark.parametrize("label", sorted(FLOORS))
def test_names_stay_above_the_floor(report: TagReport, label: str) -> None:
    strict, relaxed = FLOORS[label]
    row = report.score(label)
    assert row.strict.f1 >= strict, report.table()
    assert row.relaxed.f1 >= relaxed, report.table()


def test_no_gate_article_is_a_training_article(gold: list[dict[str, object]]) -> None:
    def pieces(text: str) -> set[str]:
        words = text.split()
        return {" ".join(words[i : i + 9]) for i in range(len(words) - 8)}

    trained = set().union(*(pieces(article.text) for article in read_articles(ARTICLES)))
    for row in gold:
        shared = pieces(str(row["text"])) & trained
        assert len(shared) < 3, (row["id"], shared)
