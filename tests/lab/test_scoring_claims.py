"""``kb eval claims`` and ``kb eval pairs`` count as the gold's README says."""

from __future__ import annotations

from typing import Any

from kb.lab.scoring_claims import evaluate_claims
from kb.lab.scoring_pairs import evaluate_pairs
from kb.model import Claim

TEXT = "Stunting 2024 sebesar 14,2 persen."
GOLD: dict[str, Any] = {
    "id": "x", "text": TEXT,
    "claims": [{
        "start": 0, "end": len(TEXT), "subject": [0, 8], "value": [22, 33], "number": 14.2,
        "unit": "persen", "kind": "reached", "period": "2024", "statement": "none",
    }],
}  # fmt: skip


def claim(**other: Any) -> Claim:
    said: dict[str, Any] = {
        "start": 0, "end": len(TEXT), "surface": TEXT, "subject": "Stunting",
        "subject_start": 0, "subject_end": 8, "value": "14,2 persen", "value_start": 22,
        "value_end": 33, "number": 14.2, "unit": "persen", "kind": "reached", "period": "2024",
    }  # fmt: skip
    return Claim(**(said | other))


def test_a_claim_is_found_by_its_value_and_asked_for_the_rest() -> None:
    report = evaluate_claims([GOLD], [[claim(kind="target", period=None)]])
    assert report.found.f1 == 100.0
    assert (report.right["kind"], report.right["period"], report.right["value"]) == (0, 0, 100)
    assert {e.what for e in report.errors} == {"kind", "period"}
    assert "f1          100.0" in report.table()


def test_another_family_of_units_is_not_found() -> None:
    report = evaluate_claims([GOLD], [[claim(unit="orang")]])
    assert (report.found.precision, report.found.recall) == (0.0, 0.0)
    assert [e.what for e in report.errors] == ["missed", "invented"]


def test_pairs_count_what_is_shown_as_the_same_figure() -> None:
    row = {"text": "t", "match": ["a"], "agrees": "same"}
    report = evaluate_pairs(
        [row, row], [{"a": "same", "b": "other_year"}, {"a": "differs", "b": "same"}]
    )
    assert (report.shown.precision, report.shown.recall) == (66.7, 100.0)
    assert report.agreement == 50.0
    assert len(report.errors) == 2
