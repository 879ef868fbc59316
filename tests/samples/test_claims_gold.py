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


SCALES = {"ribu": 1e3, "juta": 1e6, "miliar": 1e9, "triliun": 1e12}
RESULT = {"target": "target", "reached": "realisasi", "comparison": "realisasi"}


def pairs() -> list[dict[str, Any]]:
    return [row for half in HALVES for row in rows(f"pairs_{half}")]


def agrees(claim: dict[str, Any], indicator: dict[str, Any]) -> str:
    """Whether the two numbers are equal when both are rounded as the coarser is written."""
    written = re.search(r"\d[\d.]*(?:,(\d+))?", claim["value"])
    assert written is not None
    shown = float(written[0].rstrip(".").replace(".", "").replace(",", "."))
    step = 10.0 ** -len(written[1] or "") * claim["number"] / shown
    scales = [SCALES[word] for word in indicator["unit"].lower().split() if word in SCALES]
    scale = scales[0] if scales else 1
    printed = 10.0 ** -len(str(indicator["value"]).removesuffix(".0").partition(".")[2]) * scale
    apart = abs(indicator["value"] * scale - claim["number"])
    return "same" if apart <= max(step, printed) / 2 * (1 + 1e-9) else "differs"


def test_pairs_are_half_right_ones_and_half_near_misses() -> None:
    for half in HALVES:
        matched = [bool(row["match"]) for row in rows(f"pairs_{half}")]
        assert matched.count(True) >= 30
        assert matched.count(False) >= 30
    ids = [row["id"] for row in pairs()]
    assert len(set(ids)) == len(ids)


def test_halves_of_pairs_share_no_text_and_no_region() -> None:
    work, sealed = (
        {(row["text"], row["claim"]["region"]) for row in rows(f"pairs_{half}")} for half in HALVES
    )
    assert not {text for text, _ in work} & {text for text, _ in sealed}
    assert not {region for _, region in work} & {region for _, region in sealed}


def test_words_of_a_pair_stand_in_its_text() -> None:
    for row in pairs():
        assert row["claim"]["subject"] in row["text"], row["id"]
        assert row["claim"]["value"] in row["text"], row["id"]
        assert 3 <= len(row["indicators"]) <= 8, row["id"]
        assert row["why"], row["id"]


def test_a_match_has_the_claims_kind_region_and_year_and_says_how_it_agrees() -> None:
    for row in pairs():
        claim = row["claim"]
        chosen = [one for one in row["indicators"] if one["id"] in row["match"]]
        assert len(chosen) == len(row["match"]), row["id"]
        for one in chosen:
            assert one["kind"] == RESULT[claim["kind"]], row["id"]
            assert one["region"] == claim["region"], row["id"]
            assert str(one["year"]) == claim["period"][:4], row["id"]
            assert row["agrees"] == agrees(claim, one), row["id"]
        if not chosen:
            assert row["agrees"] in {"other_year", "other_region", "none"}, row["id"]


def test_a_near_miss_of_year_or_region_has_a_candidate_that_misses_by_it_alone() -> None:
    for row in pairs():
        claim, kind = row["claim"], RESULT.get(row["claim"]["kind"])
        same_kind = [one for one in row["indicators"] if one["kind"] == kind]
        if row["agrees"] == "other_year":
            fits = [one for one in same_kind if one["region"] == claim["region"]]
            assert any(str(one["year"]) != claim["period"][:4] for one in fits), row["id"]
        if row["agrees"] == "other_region":
            fits = [one for one in same_kind if str(one["year"]) == claim["period"][:4]]
            assert any(one["region"] != claim["region"] for one in fits), row["id"]
