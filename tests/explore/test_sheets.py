"""Files as readers open them: the table in their language, links, real numbers and dates."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from made_base import Doc, add
from openpyxl import load_workbook

from kb.config import Settings
from kb.errors import QueryError
from kb.explore import KnowledgeBase, open_kb
from kb.explore.workbook import Link, Sheet, day_or_text, encode_sheets
from kb.model import IndicatorValue
from kb.web.text import translate

ROOT = "https://arsip.example"
POOR = "Persentase Penduduk Miskin"


def value(kind: str, year: int, number: float | None, text: str = "") -> IndicatorValue:
    printed = text or str(number).replace(".", ",")
    return IndicatorValue(POOR, "persen", kind, year, number, printed, 1, "Dinas Sosial")  # type: ignore[arg-type]


def plan(name: str, title: str, years: tuple[int, ...], stage: str | None, *values: Any) -> Doc:
    return Doc(name, title, ("x",), f"{years[0]}-03-01", years, "rkpd", "Pemprov Banten",
               "institution:banten", format="pdf", indicators=values, region="Provinsi Banten",
               stage=stage)  # fmt: skip


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    settings = Settings(tmp_path_factory.mktemp("sheets") / "index")
    docs = (
        plan("murni", "RKPD Banten", (2024,), "murni", value("target", 2024, 6.5)),
        plan(
            "perubahan",
            "Perubahan RKPD Banten",
            (2024,),
            "perubahan",
            value("target", 2024, 6.2),
            value("realisation", 2023, 6.17),
        ),
    )
    add(settings, docs, settings.home.parent)
    with open_kb(settings) as opened:
        yield opened


def made(base: KnowledgeBase, what: Any, language: str = "id", **options: Any) -> tuple[Sheet, ...]:
    word = partial(translate, language)
    return base.sheets(what, None, word=word, root=ROOT, **options)


def test_an_indicator_is_a_row_with_its_years_across(base: KnowledgeBase) -> None:
    table, every = made(base, "indicators")
    assert table.columns == (
        *("Indikator", "Wilayah", "Satuan", "Penanggung jawab"),
        *("2023 realisasi", "2024 target", "Sumber"),
    )
    (row,) = table.rows
    assert row[:6] == (POOR, "Provinsi Banten", "persen", "Dinas Sosial", 6.17, 6.2)
    source = row[-1]
    assert isinstance(source, Link)
    assert source.words == "Perubahan RKPD Banten (2024), hal. 1"
    assert source.address.startswith(f"{ROOT}/dokumen?id=")
    # The long form has the earlier figure too, and says that the table does not show it.
    told = {(line[4], line[7], line[9], line[10]) for line in every.rows}
    assert told == {
        (2023, 6.17, "perubahan", "ya"),
        (2024, 6.2, "perubahan", "ya"),
        (2024, 6.5, "murni", "tidak, angka lain"),
    }


def test_two_ways_to_write_a_unit_leave_a_number_a_number(tmp_path: Path) -> None:
    """ "5,31 %" in an indicator of "persen" is one; "24.000 orang" among them stays as printed."""
    settings = Settings(tmp_path / "index")
    others = (
        replace(value("target", 2023, 5.31), unit="%"),
        replace(value("realisation", 2023, 24000.0, "24.000"), unit="orang"),
        value("target", 2024, 5.2),
    )
    add(settings, (plan("a", "RKPD Banten", (2024,), "murni", *others),), tmp_path)
    with open_kb(settings) as opened:
        table, _ = made(opened, "indicators")
    (row,) = table.rows
    assert row[4:7] == (5.31, "24.000 orang", 5.2)


def test_columns_are_in_the_readers_language(base: KnowledgeBase) -> None:
    table, _ = made(base, "indicators", "en")
    assert "2024 target" in table.columns
    assert "2023 realisation" in table.columns
    assert table.columns[0] == "Indicator"


def test_statements_have_office_institution_and_the_way_back(kb: KnowledgeBase) -> None:
    (sheet,) = made(kb, "statements")
    at = sheet.columns.index
    row = next(r for r in sheet.rows if r[at("Pembicara")] == "Bagus Pradana")
    assert row[at("Jabatan")] == "Kepala Dinas Kesehatan Provinsi Banten"
    assert row[at("Lembaga")] == "Dinas Kesehatan Provinsi Banten"
    assert isinstance(row[at("Tanggal")], date)
    link = row[at("Dokumen")]
    assert isinstance(link, Link)
    assert "&s=" in link.address


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    "what", ["search", "statements", "entities", "timeline", "claims", "documents", "indicators"]
)
def test_every_result_has_a_sheet_that_opens(kb: KnowledgeBase, what: Any, language: str) -> None:
    word = partial(translate, language)
    sheets = kb.sheets(what, "jalan" if what == "timeline" else None, word=word, root=ROOT)
    assert all(len(row) == len(sheet.columns) for sheet in sheets for row in sheet.rows)
    book = load_workbook(io.BytesIO(encode_sheets(sheets, "xlsx")))
    assert len(book.worksheets) == len(sheets)
    rows = list(
        csv.reader(io.StringIO(encode_sheets(sheets, "csv").decode("utf-8-sig"), newline=""))
    )
    assert [name for name in rows[0] if not name.endswith(" (URL)")] == [*sheets[0].columns]
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) == len(sheets[0].rows) + 1


def test_a_workbook_reads_well() -> None:
    sheet = Sheet(
        "A/B: angka",
        ("Nama", "Tanggal", "Nilai", "Tahun", "Uraian"),
        (
            (Link("Rencana", f"{ROOT}/x"), date(2024, 3, 1), 1234567.5, 2024, "kata " * 40),
            ("=1+1", "2024-03", -3, 2023, None),
        ),
    )
    page = load_workbook(io.BytesIO(encode_sheets([sheet], "xlsx"))).worksheets[0]
    assert page.title == "A B  angka"
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref == "A1:E3"
    assert page["A2"].hyperlink.target == f"{ROOT}/x"
    assert page["B2"].value == datetime(2024, 3, 1)
    assert page["B2"].is_date
    assert page["C2"].data_type == "n"
    assert page["D2"].number_format == "General", "a year is no thousand"
    assert page["A3"].value == "'=1+1"
    assert page["B3"].value == "2024-03"
    widths = [page.column_dimensions[letter].width for letter in "ABCDE"]
    assert widths[4] > 2 * max(widths[:4]) - 30
    assert widths[3] < 12


def test_a_file_of_text_has_words_and_address_of_a_link() -> None:
    rows = (
        (Link("Rencana", f"{ROOT}/x"), Link(f"{ROOT}/y", f"{ROOT}/y")),
        (Link("=1+1", ""), None),
    )
    text = encode_sheets([Sheet("a", ("Dokumen", "Terbit di"), rows)], "csv").decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["Dokumen", "Dokumen (URL)", "Terbit di"],
        ["Rencana", f"{ROOT}/x", f"{ROOT}/y"],
        ["'=1+1", "", ""],
    ]


def test_only_a_whole_day_is_a_date() -> None:
    assert day_or_text("2024-02-29") == date(2024, 2, 29)
    assert day_or_text("2023-02-29") == "2023-02-29"
    assert day_or_text("2024") == "2024"
    assert day_or_text(None) is None


def test_what_there_is_no_sheet_of_is_said(kb: KnowledgeBase) -> None:
    with pytest.raises(QueryError, match="sheet"):
        made(kb, "dreams")
    with pytest.raises(QueryError):
        made(kb, "search", colour="red")
