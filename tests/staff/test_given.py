"""What people write is read, or refused in one sentence; nothing senseless is stored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from made_base import make

from kb.config import Settings
from kb.errors import QueryError
from kb.explore import open_kb
from kb.staff import Desk, given


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    settings = Settings(tmp_path / "index")
    make(settings, tmp_path)
    return Desk(settings, "Sari")


@pytest.mark.parametrize(
    ("field", "written", "meant"),
    [
        ("date", "2024-3-5", "2024-03-05"),
        ("date", "2024-03", "2024-03"),
        ("date", "", None),
        ("years", "2025, 2024", [2024, 2025]),
        ("years", [2024], [2024]),
        ("doc_type", "RPJMD", "rpjmd"),
        ("draft", "ya", True),
        ("number", "12 TAHUN 2024", "12 TAHUN 2024"),
    ],
)
def test_a_field_is_read_as_people_write_it(field: str, written: object, meant: object) -> None:
    assert given.field(field, written) == meant


@pytest.mark.parametrize(
    ("field", "written", "told"),
    [
        ("date", "2024-02-31", "is not a date"),
        ("date", "kemarin", "is not a date"),
        ("years", "24 -5", "is no year"),
        ("doc_type", "bukan_jenis", "no type of document"),
        ("title", "  ", "needs a title"),
        ("path", "/etc/passwd", "cannot be set"),
    ],
)
def test_what_a_field_cannot_be_is_refused_and_nothing_stored(
    desk: Desk, field: str, written: str, told: str
) -> None:
    with open_kb(desk.settings) as kb:
        before = kb.document(1)
        with pytest.raises(QueryError, match=told):
            desk.set_field(1, field, written)
        kb.refresh()
        assert kb.document(1) == before
        assert kb.corrections(undone=True) == ()


@pytest.mark.parametrize(
    ("printed", "value"),
    [("12,5", 12.5), ("12.5", 12.5), ("1.234,5", 1234.5), ("1.250", 1250.0), ("WTP", None)],
)
def test_a_number_is_read_as_documents_print_it(printed: str, value: float | None) -> None:
    assert given.number({"value": printed}) == {
        "value": value,
        "value_text": printed,
    }


def test_a_file_of_judgements_changes_nothing_that_staff_may_not(
    desk: Desk, tmp_path: Path
) -> None:
    desk.set_field(1, "title", "Judul baru")
    file = tmp_path / "putusan.jsonl"
    desk.export(file)
    entry = json.loads(file.read_text(encoding="utf-8"))
    entry |= {"uid": "lain"}
    entry["value"] |= {"field": "path", "value": "/etc/passwd"}
    file.write_text(json.dumps(entry), encoding="utf-8")
    with open_kb(desk.settings) as kb:
        path = kb.document(1).path
        with pytest.raises(QueryError, match="path"):
            desk.take_in(file)
        kb.refresh()
        assert kb.document(1).path == path


def test_a_number_is_told_from_others_of_its_name_by_kind_year_and_value(desk: Desk) -> None:
    with open_kb(desk.settings) as kb:
        report = kb.search("laporan kinerja", types=["lkjip"], limit=1).hits[0].document_id
    with pytest.raises(QueryError, match="kind, year or value"):
        desk.find("indicator", report, "Jalan Mantap")
    rows = {
        desk.find("indicator", report, f"jalan mantap {more}")
        for more in ("realisation 2024", "target 2024", "2023", "94,00")
    }
    assert len(rows) == 3, "the target is named in two ways"
    desk.number(desk.find("indicator", report, "jalan mantap 2023"), value="90.5")
    assert desk.find("indicator", report, "jalan mantap 90.5")
