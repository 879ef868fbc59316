"""The relevance sets point at files and pages that exist."""

from __future__ import annotations

import csv
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pypdf
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "evaluation" / "search"
FILES = [FOLDER / f"{name}.jsonl" for name in ("relevance", "typed", "asked")]


@cache
def questions() -> list[dict[str, Any]]:
    lines = [line for file in FILES for line in file.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def test_there_are_enough_different_questions() -> None:
    assert len(questions()) >= 60
    assert len({" ".join(q["query"].casefold().split()) for q in questions()}) == len(questions())
    kinds = Counter(a["file"].split("/")[0] for q in questions() for a in q["answers"])
    assert set(kinds) == {"artikel", "dokumen", "lain"}


@pytest.mark.parametrize("question", questions(), ids=lambda q: q["query"][:40])
def test_answers_point_at_pages_that_exist(question: dict[str, Any], sample_docs: Path) -> None:
    answers = question["answers"]
    assert question["need"]
    assert any(a["grade"] == 3 for a in answers)
    keys = [(a["file"], a["page"], a.get("part")) for a in answers]
    assert len(set(keys)) == len(keys)
    for answer in answers:
        file = sample_docs / answer["file"]
        assert file.is_file(), answer
        assert answer["grade"] in {1, 2, 3}
        if answer["page"] is not None:
            assert file.suffix == ".pdf"
            assert 1 <= answer["page"] <= _pages(file)
        if "part" in answer:
            with file.open(encoding="utf-8", newline="") as rows:
                assert answer["part"] in {row["title"] for row in csv.DictReader(rows)}


@cache
def _pages(file: Path) -> int:
    return len(pypdf.PdfReader(file).pages)
