"""The wild set: gold files are what the marked sources give, in two halves alike."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

EVALUATION = Path(__file__).resolve().parents[2] / "evaluation"
WILD = EVALUATION / "wild"
HALVES = ("sealed", "work")


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("wild_make", EVALUATION / "gate" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def half(name: str) -> tuple[dict[str, Any], ...]:
    files = sorted(WILD.glob(f"{name}-*.jsonl"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return tuple(json.loads(line) for line in lines)


def kinds(name: str) -> Counter[str]:
    return Counter(row["id"].split("-")[0] for row in half(name))


def test_gold_files_are_what_the_marked_sources_give(capsys: pytest.CaptureFixture[str]) -> None:
    assert maker().main([str(WILD), "--check"]) == 0, capsys.readouterr().out
    sources = {path.stem for path in (WILD / "sources").glob("*.txt")}
    assert {path.stem for path in WILD.glob("*.jsonl")} == sources


@pytest.mark.parametrize("name", HALVES)
def test_every_offset_points_at_its_surface(name: str) -> None:
    for row in half(name):
        for span in (*row["mentions"], *row["statements"]):
            assert row["text"][span["start"] : span["end"]] == span["surface"], row["id"]
        ends = [mention["end"] for mention in row["mentions"]]
        starts = [mention["start"] for mention in row["mentions"][1:]]
        assert all(end <= start for end, start in zip(ends, starts, strict=False)), row["id"]


@pytest.mark.parametrize("name", HALVES)
def test_every_official_and_person_speaking_is_tagged(name: str) -> None:
    for row in half(name):
        people = {
            " ".join(mention["surface"].split())
            for mention in row["mentions"]
            if mention["label"] == "PER"
        }
        missing = {official["name"] for official in row["officials"]} - people
        assert not missing, row["id"]
        assert len({o["name"] for o in row["officials"]}) == len(row["officials"]), row["id"]


def test_both_halves_have_every_kind_and_half_of_it() -> None:
    assert sum(map(len, map(half, HALVES))) == 100
    sealed, work = map(kinds, HALVES)
    assert set(sealed) == set(work)
    assert all(abs(sealed[kind] - work[kind]) <= 1 for kind in sealed)
    assert len({row["id"] for name in HALVES for row in half(name)}) == 100
    for name in HALVES:
        assert len({row["id"].split("-")[1] for row in half(name)}) >= 12


@pytest.mark.parametrize("name", HALVES)
def test_names_begin_in_lower_case_as_often_as_careless_people_write_them(name: str) -> None:
    surfaces = [mention["surface"] for row in half(name) for mention in row["mentions"]]
    assert 0.06 <= sum(surface[0].islower() for surface in surfaces) / len(surfaces) <= 0.14


def test_no_training_text_repeats_a_wild_article() -> None:
    training = "\n".join(
        path.read_text(encoding="utf-8")
        for path in sorted((EVALUATION / "tags").rglob("*"))
        if path.is_file()
    )
    for name in HALVES:
        for row in half(name):
            for paragraph in row["text"].split("\n\n"):
                assert len(paragraph) < 60 or paragraph not in training, row["id"]
