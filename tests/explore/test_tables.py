"""A document's tables as frames and as files."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from openpyxl import load_workbook

from kb.errors import NotFound, QueryError
from kb.explore import KnowledgeBase
from kb.explore.tables import encode
from kb.explore.views import TableView

TABLES = (
    TableView(
        12,
        0,
        "Tabel 2.1 =Kinerja",
        2,
        (("Indikator", "Target", ""), ("", "2024", "2025"), ("=cmd()", "-5,84", "-"), ("Gini",)),
        "II-3",
    ),
    TableView(13, 1, None, 1, (("Uraian", "Jumlah"), ("@SUM(A1)", "1.234"))),
)


def test_a_frame_knows_its_page_and_caption() -> None:
    frame = TABLES[0].frame()
    assert list(frame.columns) == ["Indikator", "Target 2024", "Target 2025"]
    assert frame.values.tolist() == [["=cmd()", "-5,84", "-"], ["Gini", "", ""]]
    assert frame.attrs == {"page": 12, "page_label": "II-3", "caption": "Tabel 2.1 =Kinerja"}


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_of_one_table_is_header_and_rows() -> None:
    assert read_csv(encode(TABLES[:1], "csv")) == [
        ["Indikator", "Target 2024", "Target 2025"],
        ["'=cmd()", "-5,84", "-"],
        ["Gini", "", ""],
    ]


def test_csv_of_several_says_where_each_stands() -> None:
    rows = read_csv(encode(TABLES, "csv"))
    assert rows[0] == ["Tabel 2.1 =Kinerja (page II-3)"]
    assert rows[4:] == [[], ["Table 2 (page 13)"], ["Uraian", "Jumlah"], ["'@SUM(A1)", "1.234"]]


def test_a_sheet_for_each_table_and_a_list_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    book = load_workbook(io.BytesIO(encode(TABLES, "xlsx")))
    assert book.sheetnames == ["Tables", "p 12 t 1", "p 13 t 2"]
    listed = [[c.value for c in row] for row in book["Tables"].iter_rows()]
    assert listed[1] == [1, 12, "II-3", "Tabel 2.1 =Kinerja", 2, "p 12 t 1"]
    sheet = book["p 12 t 1"]
    assert [c.value for c in sheet[2]] == ["Indikator", "Target 2024", "Target 2025"]
    for row in sheet.iter_rows():
        assert all(c.data_type in ("s", "n") for c in row), "no formula"
    monkeypatch.setattr("kb.explore.tables.MAX_SHEETS", 1)
    book = load_workbook(io.BytesIO(encode(TABLES, "xlsx")))
    assert book.sheetnames == ["Tables", "All"]
    assert "'@SUM(A1)" in [c.value for row in book["All"].iter_rows() for c in row]


def test_json_has_place_header_and_rows() -> None:
    first: dict[str, Any] = json.loads(encode(TABLES, "json"))[0]
    assert (first["table"], first["page"], first["page_label"]) == (1, 12, "II-3")
    assert first["columns"] == ["Indikator", "Target 2024", "Target 2025"]
    assert first["rows"][0][0] == "=cmd()", "JSON is no spreadsheet"


def test_tables_of_the_base(kb: KnowledgeBase) -> None:
    number = next(d.document_id for d in kb.documents(limit=50)[1] if kb.tables(d.document_id))
    (table,) = kb.tables(number)
    assert (table.number, table.page) == (1, 3)
    assert kb.tables(number, 3, number=1) == (table,)
    assert read_csv(kb.tables_bytes(number, "csv", 3))[1] == ["Jalan mantap", "persen", "95,00"]
    with pytest.raises(NotFound, match="no table 2"):
        kb.tables(number, number=2)
    with pytest.raises(NotFound):
        kb.tables(9999)
    with pytest.raises(QueryError):
        kb.tables_bytes(number, "pdf")  # type: ignore[arg-type]
