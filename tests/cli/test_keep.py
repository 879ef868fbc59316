"""Backup, restore and ``check --mend`` as a person types them."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from made_base import make

from kb.config import Settings, load_settings
from kb.ingest import rebuild

if TYPE_CHECKING:
    from conftest import Run


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A base of its own, whole."""
    where = Path(tmp_path / "index")
    make(Settings(where), tmp_path)
    rebuild(load_settings(where))
    return where


def _totals(run: Run, home: Path) -> tuple[int, int]:
    return (
        run("search", "jalan", "--json", home=home).json["total"],
        run("statements", "--json", home=home).json["total"],
    )


def _kinds(run: Run, home: Path) -> list[str]:
    return [problem["kind"] for problem in run("check", "--json", home=home).json["problems"]]


def test_a_base_comes_back_in_another_place(run: Run, home: Path, tmp_path: Path) -> None:
    before = _totals(run, home)
    assert min(before) > 0
    file = tmp_path / "cadangan.kb"
    saved = run("backup", str(file), home=home)
    assert saved.status == 0
    assert "keep it where only you can" in saved.out
    other = tmp_path / "lain"
    back = run("restore", str(file), "--json", home=other)
    assert back.status == 0
    assert back.json["home"] == str(other)
    assert _totals(run, other) == before


def test_a_base_in_the_way_is_not_written_over_unasked(
    run: Run, home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "cadangan.kb"
    assert run("backup", str(file), home=home).status == 0
    before = _totals(run, home)
    refused = run("restore", str(file), home=home)
    assert refused.status != 0
    assert "--replace" in refused.err
    assert _totals(run, home) == before
    assert run("restore", str(file), "--replace", home=home).status == 0
    assert _totals(run, home) == before


def test_what_is_no_backup_is_said_in_one_sentence(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "foto.jpg"
    file.write_bytes(b"not a backup")
    refused = run("restore", str(file), home=tmp_path / "baru")
    assert refused.status != 0
    assert len(refused.err.strip().splitlines()) == 1
    assert "Traceback" not in refused.err
    assert not (tmp_path / "baru" / "catalog.sqlite").exists()


def test_a_lost_index_is_mended_when_asked(run: Run, home: Path) -> None:
    before = _totals(run, home)
    other = _kinds(run, home)  # the hand-made base names files that are nowhere
    shutil.rmtree(load_settings(home).search_path)
    found = run("check", "--json", home=home)
    assert found.status == 1
    assert "index-missing" in {problem["kind"] for problem in found.json["problems"]}
    assert found.json["mended"] == []
    mended = run("check", "--mend", home=home)
    assert "mended:" in mended.out
    assert _kinds(run, home) == other
    assert _totals(run, home) == before


def test_what_cannot_be_mended_is_named_with_what_to_do(run: Run, home: Path) -> None:
    with sqlite3.connect(home / "catalog.sqlite") as base:
        path = base.execute("SELECT path FROM files ORDER BY path LIMIT 1").fetchone()[0]
    Path(path).unlink(missing_ok=True)
    found = run("check", "--mend", "--json", home=home)
    assert found.status == 1
    (problem,) = [p for p in found.json["problems"] if path in p["message"]]
    assert problem["remedy"]
