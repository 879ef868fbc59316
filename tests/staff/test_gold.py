"""Corrections as gold: the lines about which somebody decided, with the tags as they stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from made_base import make

from kb.cli import main
from kb.config import Settings
from kb.errors import QueryError
from kb.explore import open_kb
from kb.lab.corpora import read_gold_file
from kb.staff import Desk


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = Settings(tmp_path / "index")
    make(found, tmp_path)
    return found


def test_only_corrected_lines_are_gold_and_training_reads_them(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, file = Desk(settings, "Ani"), tmp_path / "gold.jsonl"
    assert desk.gold(file) == 0
    with open_kb(settings) as kb:
        page = kb.page(1, 1)
    wrong = next(m for m in page.mentions if m.surface == "Kota Serang")
    right = next(m for m in page.mentions if m.surface == "Bagus Pradana")
    number = desk.reject("mention", wrong.mention_id).number
    desk.affirm("mention", right.mention_id)
    assert main(["corrections", "gold", str(file), "--home", str(settings.home)]) == 0
    assert "2 lines" in capsys.readouterr().out
    first, second = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    lines = page.text.split("\n")
    assert (first["text"], second["text"]) == (lines[0], lines[2])
    assert "Kota Serang" not in {m["surface"] for m in first["mentions"]}
    for row in (first, second):
        for part in (*row["mentions"], *row["statements"]):
            assert row["text"][part["start"] : part["end"]] == part["surface"]
    assert first["statements"][0]["speaker"] == "Sari Wulandari"
    assert second["officials"][0]["role"] == "Kepala Dinas"
    assert first["corrections"] == [number]
    taught = read_gold_file(file)
    assert [text.text for text in taught] == [first["text"], second["text"]]
    assert ("PER" in {label for _, _, label in taught[1].spans}) is True
    desk.undo(number)
    assert desk.gold(file) == 1


def test_another_ending_or_a_broken_line_is_told(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="jsonl"):
        Desk(settings).gold(tmp_path / "gold.csv")
    broken = tmp_path / "rusak.jsonl"
    broken.write_text('{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(QueryError, match="line 1"):
        read_gold_file(broken)
