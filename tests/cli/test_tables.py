"""``kb tables``: on the screen, as one JSON value, as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def document(run: Any) -> str:
    hits = run("search", "", "--type", "rkpd", "--json").json["hits"]
    return str(hits[0]["document_id"])


def test_tables_for_people(run: Any, document: str) -> None:
    ran = run("tables", document)
    assert ran.status == 0
    assert "Tabel 2.1 (page" in ran.out
    assert "Target 2024" in ran.out
    assert run("tables", document, "--page", "1").out == "No tables.\n"


def test_tables_as_json(run: Any, document: str) -> None:
    (table,) = run("tables", document, "--page", "3", "--json").json["tables"]
    assert table["columns"] == ["Indikator", "Satuan", "Target 2024"]
    assert table["rows"] == [["Jalan mantap", "persen", "95,00"]]
    assert (table["table"], table["page"], table["caption"]) == (1, 3, "Tabel 2.1")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_tables_as_a_file(run: Any, document: str, tmp_path: Path, ending: str) -> None:
    to = tmp_path / f"tabel.{ending}"
    assert run("tables", document, "--to", str(to), "--json").json["rows"] == 1
    assert to.stat().st_size > 0


def test_tables_to_standard_output(run: Any, document: str) -> None:
    ran = run("tables", document, "--table", "1", "--format", "csv")
    assert ran.out.splitlines()[-1] == 'Jalan mantap,persen,"95,00"'


def test_wrong_calls(run: Any, document: str, tmp_path: Path) -> None:
    for call in (["--to", "x.pdf"], ["--table", "7"]):
        ran = run("tables", document, *call)
        assert (ran.status, len(ran.err.splitlines())) == (2, 1)
