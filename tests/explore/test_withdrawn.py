"""What was said and who was named in documents that their sources took back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from made_base import Doc, add
from sqlalchemy import select

from kb.catalog import Catalog, shelving, writer_lock
from kb.catalog.schema import documents
from kb.cli import main
from kb.config import Settings
from kb.errors import NotFound
from kb.explore import open_kb

POST = "<held Kepala Dinas|Dinas Kesehatan|institution:dinkes@36|person:bagus-pradana>"
SAID = (
    f"{POST} [PER person:bagus-pradana|Bagus Pradana] berkata, "
    "“{direct person:bagus-pradana kata|Jalan ke posyandu rusak parah}”."
)
OTHER = "“{direct person:sari-wulandari kata|Jalan ke puskesmas rusak parah}” kata Sari."
DOCS = (
    Doc("satu.html", "Posyandu Rusak", (SAID,), "2025-02-01"),
    Doc("dua.html", "Puskesmas Rusak", (OTHER,), "2025-02-02"),
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(tmp_path / "index")
    add(made, DOCS, tmp_path)
    return made


def take_back(settings: Settings, title: str, *, back: bool = False) -> int:
    with (
        writer_lock(settings, "test"),
        Catalog.open(settings, write=True) as catalog,
        catalog.write() as connection,
    ):
        row = connection.execute(select(documents).where(documents.c.title == title)).one()
        if back:
            shelving.come_back(connection, row.key)
        else:
            shelving.withdraw(connection, row.key, "2025-03-01")
    return int(row.id)


def test_statements_and_entities_are_found_where_asked_for(settings: Settings) -> None:
    with open_kb(settings) as base:
        before = base.statements("rusak parah", speaker="person:bagus-pradana").statements[0]
        assert base.statements("rusak parah", withdrawn=True).total == 0
        number = take_back(settings, "Posyandu Rusak")
        assert [s.speaker_id for s in base.statements("rusak parah").statements] == [
            "person:sari-wulandari"
        ]
        (there,) = base.statements("rusak parah", withdrawn=True).statements
        assert (there.document_id, there.text, there.speaker, there.office) == (
            number,
            before.text,
            before.speaker,
            before.office,
        )
        assert base.statements(speaker="person:bagus-pradana", withdrawn=True).total == 1
        assert {e.entity_id for e in base.entities(type="official", withdrawn=True).entities} == {
            "person:bagus-pradana"
        }
        assert base.entity("person:bagus-pradana", withdrawn=True).offices


def test_their_numbers_are_none_of_the_base_and_can_be_cited(settings: Settings) -> None:
    with open_kb(settings) as base:
        number = take_back(settings, "Posyandu Rusak")
        there = base.statements(withdrawn=True).statements[0].statement_id
        assert there < 0
        assert base.statement(there).document_id == number
        assert "rusak parah" in base.cite(number, statement=there).plain
        with pytest.raises(NotFound):
            base.statement(there - 1000)


def test_the_next_to_go_joins_and_what_comes_back_leaves(settings: Settings) -> None:
    with open_kb(settings) as base:
        take_back(settings, "Posyandu Rusak")
        assert base.statements(withdrawn=True).total == 1
        take_back(settings, "Puskesmas Rusak")
        assert base.statements(withdrawn=True).total == 2
        take_back(settings, "Posyandu Rusak", back=True)
        assert [s.speaker_id for s in base.statements(withdrawn=True).statements] == [
            "person:sari-wulandari"
        ]
        assert base.statements().total == 1


def test_the_command_line_asks_for_them(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    take_back(settings, "Posyandu Rusak")
    home = ["--json", "--home", str(settings.home)]
    told: dict[tuple[str, ...], int] = {}
    for asked in (("statements",), ("statements", "--withdrawn"), ("entities", "--withdrawn")):
        assert main([*asked, *home]) == 0
        told[asked] = json.loads(capsys.readouterr().out)["total"]
    assert told[("statements",)] == told[("statements", "--withdrawn")] == 1
    assert told[("entities", "--withdrawn")] == 1
