"""Files a spreadsheet opens without harm, and references."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kb.errors import NotFound, QueryError
from kb.explore import KnowledgeBase
from kb.explore.cite import Source, bibtex_reference, long_date, plain_reference
from kb.explore.export import Table, encode, safe_cell

HOSTILE = (
    '=HYPERLINK("http://evil.example","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "  =1+1",
    "＝1+1",
    "\r=1",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_formulas_are_text(text: str) -> None:
    cell = safe_cell(text)
    assert isinstance(cell, str)
    assert cell.startswith("'")


@pytest.mark.parametrize("value", [-5, 3.5, None, True, "Jalan", "95,00", ""])
def test_harmless_cells_stay(value: Any) -> None:
    assert safe_cell(value) == value


def test_direction_and_control_characters_are_left_out() -> None:
    assert safe_cell("a\u202eb\u2066c\u200fd\x00e\ue000f\ue001") == "abcdef"


def hostile_table() -> Table:
    return Table("search", ("title", "page"), tuple((t, -n) for n, t in enumerate(HOSTILE)))


def test_csv_is_read_back(tmp_path: Path) -> None:
    raw = encode(hostile_table(), "csv")
    assert raw.startswith(b"\xef\xbb\xbf"), "Excel needs the mark to read UTF-8"
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["title", "page"]
    assert len(rows) == len(HOSTILE) + 1
    assert all(r[0].startswith("'") for r in rows[1:])
    assert rows[2][1] == "-1"


def test_xlsx_has_no_formula() -> None:
    book = load_workbook(io.BytesIO(encode(hostile_table(), "xlsx")))
    for row in book.active.iter_rows(min_row=2):
        assert row[0].data_type == "s"
        assert row[1].data_type == "n"


def test_json_keeps_the_text_and_escapes_what_turns_it() -> None:
    raw = encode(Table("search", ("title",), (("a\u202eb",),)), "json").decode()
    assert "\\u202e" in raw
    assert json.loads(raw) == [{"title": "a\u202eb"}]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_whole_results_with_source_and_page(kb: KnowledgeBase, tmp_path: Path, ending: str) -> None:
    for what in ("search", "statements", "entities", "indicators", "documents"):
        file = tmp_path / f"{what}.{ending}"
        assert kb.export(what, file, None) > 0  # type: ignore[arg-type]
        assert file.stat().st_size > 0
    rows = json.loads(kb.export_bytes("search", "json", "jalan", years=[2024]))
    assert len(rows) == kb.search("jalan", years=[2024]).total
    assert {"document_id", "title", "page", "page_label", "source"} <= set(rows[0])
    (event, *_) = json.loads(kb.export_bytes("timeline", "json", "Sari Wulandari"))
    assert event["date"] == "2019-05-02"


def test_what_cannot_be_exported_is_said(kb: KnowledgeBase, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="csv"):
        kb.export("search", tmp_path / "x.pdf", "jalan")
    with pytest.raises(QueryError):
        kb.export("dreams", tmp_path / "x.csv")  # type: ignore[arg-type]
    with pytest.raises(QueryError):
        kb.export("search", tmp_path / "x.csv", "jalan", colour="red")
    with pytest.raises(QueryError, match="another place"):
        kb.export("search", tmp_path / "nowhere" / "x.csv", "jalan")
    assert not list(tmp_path.iterdir())


# --- references ----------------------------------------------------------------------


ARTICLE = Source(
    7,
    "Jalan Baru {Serang} & 50%",
    "Pemerintah Provinsi Banten",
    "2024-01-04",
    (2024,),
    "press_release",
    "https://portal.example/berita?x={1}",
    "a.html",
)
PLAN = Source(8, "RKPD 2025", "Bappeda", "2024-07", (2025,), "rkpd", None, "b.pdf", "14 Tahun 2024")


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2024-01-04", "4 Januari 2024"),
        ("2024-12", "Desember 2024"),
        ("2024", "2024"),
        (None, None),
        ("kemarin", None),
    ],
)
def test_dates_in_words(iso: str | None, words: str | None) -> None:
    assert long_date(iso) == words


def test_indonesian_style() -> None:
    assert plain_reference(ARTICLE, accessed="2024-02-01") == (
        "Pemerintah Provinsi Banten. (2024, 4 Januari). Jalan Baru {Serang} & 50%. "
        "Diakses dari https://portal.example/berita?x={1} pada 1 Februari 2024."
    )
    assert plain_reference(PLAN, "IV-23") == (
        "Bappeda. (2024, Juli). RKPD 2025 (Nomor 14 Tahun 2024), hlm. IV-23."
    )
    bare = Source(9, "Catatan", None, None, (), None, None, "c.txt")
    assert plain_reference(bare) == "Tanpa lembaga. (t.t.). Catatan."


def test_bibtex_escapes_what_would_end_a_field() -> None:
    entry = bibtex_reference(ARTICLE)
    assert entry.startswith("@online{jalanbaruserang2024-7,")
    assert r"Jalan Baru \{Serang\} \& 50\%" in entry
    assert "url = {https://portal.example/berita?x=%7B1%7D}" in entry
    assert entry.count("{") - entry.count(r"\{") == entry.count("}") - entry.count(r"\}")
    assert bibtex_reference(PLAN, "IV-23").startswith("@techreport{")
    assert "pages = {IV-23}" in bibtex_reference(PLAN, "IV-23")


def test_a_statement_is_cited_with_speaker_and_office(kb: KnowledgeBase) -> None:
    (said,) = kb.statements("dokter").statements
    found = kb.cite(said.document_id, statement=said.statement_id, accessed="2025-01-02")
    assert found.plain.startswith(
        "Bagus Pradana (Kepala Dinas Kesehatan Provinsi Banten): "
        '"tenaga dokter ditambah 40 orang tahun ini." Dikutip dalam '
    )
    assert "note = {Bagus Pradana" in found.bibtex
    with pytest.raises(NotFound):
        kb.cite(99)
    with pytest.raises(NotFound):
        kb.cite(said.document_id, page=99)


def test_a_page_is_cited_by_its_printed_label(kb: KnowledgeBase) -> None:
    number = kb.documents(type="rkpd")[1][0].document_id
    assert ", hlm. II-1." in kb.cite(number, page=2).plain
