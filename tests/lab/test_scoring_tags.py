"""Counting of `kb eval tags`: strict, relaxed, confusion, errors."""

from __future__ import annotations

import pytest

from kb.lab.scoring_tags import evaluate_tags
from kb.model import Mention

TEXT = "SERANG - Kepala Dinas Kesehatan (Dinkes) Kota Serang, dr. Rini Puspita, menemui warga."


def mention(surface: str, label: str, text: str = TEXT) -> dict[str, object]:
    start = text.index(surface)
    return {"start": start, "end": start + len(surface), "surface": surface, "label": label}


GOLD = [
    {
        "id": "a",
        "text": TEXT,
        "mentions": [
            mention("SERANG", "LOC"),
            mention("Dinas Kesehatan (Dinkes) Kota Serang", "ORG"),
            mention("Rini Puspita", "PER"),
        ],
    }
]


def test_gold_against_itself_is_perfect() -> None:
    report = evaluate_tags(GOLD, GOLD)
    assert report.score().strict.f1 == report.score().relaxed.f1 == 100.0
    assert not report.errors
    assert not report.confusion


@pytest.mark.parametrize(
    ("surface", "label", "strict", "relaxed"),
    [
        ("Rini Puspita,", "PER", 100.0, 100.0),
        ("Rini", "PER", 0.0, 100.0),
        ("dr. Rini Puspita", "PER", 0.0, 100.0),
        ("Rini Puspita", "ORG", 0.0, 0.0),
    ],
)
def test_one_person(surface: str, label: str, strict: float, relaxed: float) -> None:
    report = evaluate_tags(GOLD, {"a": [mention(surface, label)]})
    assert report.score("PER").strict.f1 == strict
    assert report.score("PER").relaxed.f1 == relaxed


def test_relaxed_uses_each_prediction_once() -> None:
    text = "Budi Santoso - Siti Aminah"
    gold = [
        {
            "id": "b",
            "text": text,
            "mentions": [mention("Budi Santoso", "PER", text), mention("Siti Aminah", "PER", text)],
        }
    ]
    report = evaluate_tags(gold, {"b": [mention(text, "PER", text)]})
    assert report.score("PER").relaxed.recall == 50.0


def test_errors_say_what_happened() -> None:
    got = [
        Mention(0, 6, "SERANG", "ORG"),
        Mention(TEXT.index("warga"), TEXT.index("warga") + 5, "warga", "PER"),
    ]
    report = evaluate_tags(GOLD, {"a": got})
    assert report.confusion == {
        ("LOC", "ORG"): 1,
        ("ORG", "-"): 1,
        ("PER", "-"): 1,
        ("-", "PER"): 1,
    }
    assert sorted(error.kind for error in report.errors) == [
        "invented",
        "label",
        "missed",
        "missed",
    ]
    assert "LOC>ORG 1" in report.table()


def test_a_document_without_prediction_counts_as_untagged() -> None:
    report = evaluate_tags(GOLD, {})
    assert report.score().strict.recall == 0.0
    assert report.score().gold == 3
    assert report.as_dict()["ALL"]["gold"] == 3


@pytest.mark.material
def test_same_figures_as_the_shared_script(material: object) -> None:
    import importlib.util
    import json
    from pathlib import Path

    folder = Path(str(material)) / "articles"
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    rows = [
        json.loads(line)
        for line in (folder / "dev.gold.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    cut = [{**row, "mentions": row["mentions"][::2]} for row in rows]
    theirs = score.score({r["id"]: r for r in rows}, {r["id"]: r for r in cut})
    ours = evaluate_tags(rows, cut)
    for label in ("PER", "ORG", "LOC", "ALL"):
        row = ours.score(label)
        assert (row.strict.precision, row.strict.recall, row.strict.f1) == theirs[label]["strict"]
        assert (row.relaxed.precision, row.relaxed.recall, row.relaxed.f1) == theirs[label][
            "relaxed"
        ]
