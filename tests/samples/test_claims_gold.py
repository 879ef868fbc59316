"""The claims set: gold files are what the sources give, spans fit, halves share nothing."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

CLAIMS = Path(__file__).resolve().parents[2] / "evaluation" / "claims"
HALVES = ("work", "sealed")
PERIOD = re.compile(r"20\d\d(?:-(?:0[1-9]|1[0-2]|Q[1-4]|H[12])|/20\d\d)?")
CLAIM_KINDS = {"reached", "target", "change", "comparison"}


@cache
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("claims_make", CLAIMS / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def rows(name: str) -> tuple[dict[str, Any], ...]:
    lines = (CLAIMS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def claims(half: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(row, claim) for row in rows(half) for claim in row["claims"]]


def test_gold_files_are_what_the_sources_give(capsys: pytest.CaptureFixture[str]) -> None:
    assert maker().main(["--check"]) == 0, capsys.readouterr().out
    sources = {path.stem for path in (CLAIMS / "sources").glob("*.txt")}
    assert {path.stem for path in CLAIMS.glob("*.jsonl")} == sources


@pytest.mark.parametrize("half", HALVES)
def test_spans_fit_their_texts(half: str) -> None:
    for row, claim in claims(half):
        text = row["text"]
        spans = [claim["value"], claim["subject"], [claim["start"], claim["end"]]]
        for start, end in spans:
            assert 0 <= start < end <= len(text), row["id"]
            assert text[start:end] == text[start:end].strip(), row["id"]
            assert not (text[start - 1 : start].isalnum() and text[start].isalnum()), row["id"]
            assert not (text[end : end + 1].isalnum() and text[end - 1].isalnum()), row["id"]
        value, subject, sentence = spans
        assert sentence[0] <= value[0] < value[1] <= sentence[1], row["id"]
        assert subject[1] <= sentence[1], row["id"]
        assert subject[1] <= value[0] or value[1] <= subject[0], row["id"]


@pytest.mark.parametrize("half", HALVES)
def test_no_figure_is_marked_twice(half: str) -> None:
    for row in rows(half):
        values = sorted(tuple(claim["value"]) for claim in row["claims"])
        assert all(a[1] <= b[0] for a, b in pairwise(values)), row["id"]
        sentences = {(claim["start"], claim["end"]) for claim in row["claims"]}
        spans = sorted(sentences | {tuple(span) for span in row["not_claims"]})
        assert all(a[1] <= b[0] for a, b in pairwise(spans)), row["id"]


@pytest.mark.parametrize("half", HALVES)
def test_every_number_in_digits_is_judged(half: str) -> None:
    for row in rows(half):
        judged = [(claim["start"], claim["end"]) for claim in row["claims"]] + row["not_claims"]
        for digit in re.finditer(r"(?<!\w)\d", row["text"]):
            where = row["text"][max(0, digit.start() - 20) : digit.end() + 20]
            assert any(a <= digit.start() < b for a, b in judged), (row["id"], where)


@pytest.mark.parametrize("half", HALVES)
def test_fields_of_a_claim_go_together(half: str) -> None:
    for row, claim in claims(half):
        assert claim["kind"] in CLAIM_KINDS, row["id"]
        assert (claim["period"] is None) == (claim["period_stated"] == "unknown"), row["id"]
        assert claim["period"] is None or PERIOD.fullmatch(claim["period"]), row["id"]
        if claim["period_stated"] == "stated":
            assert claim["period"][:4] in row["text"], row["id"]
        assert claim["statement"] in {"direct", "reported", "none"}, row["id"]
        if claim["statement"] == "none":
            assert claim["speaker"] is None, row["id"]
        else:
            assert claim["speaker"] in row["text"], row["id"]


def test_halves_are_of_one_make_and_share_no_text() -> None:
    work, sealed = ({row["id"].split("-")[0] for row in rows(half)} for half in HALVES)
    assert work == sealed
    assert all(len(rows(half)) == len(work) >= 32 for half in HALVES)
    sentences = {
        half: {
            " ".join(sentence.casefold().split())
            for row in rows(half)
            for sentence in re.split(r"(?<=[.!?])\s+|\n+", row["text"])
            if len(sentence) >= 40
        }
        for half in HALVES
    }
    assert not sentences["work"] & sentences["sealed"]
    ids = [row["id"] for half in HALVES for row in rows(half)]
    people = [{c["speaker"] for _, c in claims(half)} - {None} for half in HALVES]
    assert len(set(ids)) == len(ids)
    assert not people[0] & people[1]


def test_the_set_is_as_large_as_the_figures_on_it_need() -> None:
    assert all(len(claims(half)) >= 80 for half in HALVES)
    assert all(sum(len(row["not_claims"]) for row in rows(half)) >= 30 for half in HALVES)
    for half in HALVES:
        kinds = [claim["kind"] for _, claim in claims(half)]
        assert all(kinds.count(kind) >= 8 for kind in CLAIM_KINDS)


def test_a_mark_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(maker().MarkError, match="unclosed"):
        maker().unmark("{Inflasi 2 persen.")
    with pytest.raises(maker().MarkError, match="is not in"):
        maker().locate("Inflasi 12,5 persen.", (0, 20), "5 persen")
