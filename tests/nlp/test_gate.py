"""The gate: the shipped model on articles no training and no tuning touched.

Floors stand in ``evaluation/floors.json`` and only rise (``evaluation/gate/floors.py``).
"""

from __future__ import annotations

import importlib.util
import json
import sys
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

GATE = Path(__file__).resolve().parents[2] / "evaluation" / "gate"
FLOORS: dict[str, float] = json.loads((GATE.parent / "floors.json").read_text(encoding="utf-8"))[
    "gate"
]
TARGETS = {
    "ALL strict F1": 88.0,
    "ALL relaxed F1": 94.0,
    "PER strict F1": 84.0,
    "ORG strict F1": 84.0,
    "LOC strict F1": 84.0,
    "direct exact F1": 95.0,
    "direct speaker, cue with name": 96.0,
    "direct speaker, -nya cue": 88.0,
    "indirect overlap F1": 80.0,
}
"""What the project set out to reach: no floor may lie below."""


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"gate_{name}", GATE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@lru_cache(maxsize=1)
def articles() -> tuple[dict[str, Any], ...]:
    return tuple(load("floors").gold())


@lru_cache(maxsize=1)
def measured() -> dict[str, float]:
    floors = load("floors")
    return dict(floors.figures(*floors.reports()))


def test_there_are_a_hundred_articles_with_names_officials_and_statements() -> None:
    assert len(articles()) >= 100
    assert len({row["id"] for row in articles()}) == len(articles())
    for key, least in (("mentions", 1500), ("officials", 150), ("statements", 500)):
        assert sum(len(row[key]) for row in articles()) >= least


def test_every_offset_points_at_its_surface() -> None:
    for row in articles():
        for span in (*row["mentions"], *row["statements"]):
            assert row["text"][span["start"] : span["end"]] == span["surface"], row["id"]
        ends = [m["end"] for m in row["mentions"]]
        assert all(a <= m["start"] for a, m in zip(ends, row["mentions"][1:], strict=False))


def test_gold_files_are_what_the_marked_sources_give(capsys: pytest.CaptureFixture[str]) -> None:
    assert load("make").main(["--check"]) == 0, capsys.readouterr().out


def test_no_training_text_repeats_a_gate_article() -> None:
    tags = GATE.parent / "tags"
    training = "\n".join(p.read_text(encoding="utf-8") for p in sorted(tags.rglob("*.txt")))
    for row in articles():
        for paragraph in row["text"].split("\n\n"):
            assert len(paragraph) < 60 or paragraph not in training


@pytest.mark.parametrize(("name", "target"), sorted(TARGETS.items()))
def test_floors_are_not_below_the_targets(name: str, target: float) -> None:
    assert FLOORS[name] >= target


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(FLOORS))
def test_the_shipped_model_holds_its_floor(name: str) -> None:
    assert measured()[name] >= FLOORS[name], (
        f"{name} fell to {measured()[name]}; see python evaluation/gate/floors.py"
    )
