"""Spreadsheets, presentations, OpenDocument, RTF and old Office files."""

from __future__ import annotations

import datetime
import os
import stat
from pathlib import Path

import openpyxl
import pptx
import pytest
import xlwt
from office_files import binary_book, docx, opendocument, paragraph

from kb.errors import ReadError
from kb.model import SourceDocument
from kb.readers import ReadOptions, read
from kb.readers.workbook import written


def one(path: Path) -> SourceDocument:
    (document,) = read(path, ReadOptions())
    return document


@pytest.fixture
def targets(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Target IKU"
    for row in (
        ["PEMERINTAH KABUPATEN LEBAK"],
        ["TARGET INDIKATOR KINERJA UTAMA"],
        ["OPD :", "Dinas Kesehatan"],
        [],
        ["No", "Indikator", "Target", ""],
        ["", "", 2023, 2024],
        [1, "Prevalensi stunting", 0.1425, 0.12],
        [2, "Belanja modal", 150000000, 1234567.5],
        [],
        [3, "Angka harapan hidup", 70.1, 70.25],
        ["Sumber: Dinas Kesehatan"],
    ):
        sheet.append(row)
    for area in ("C5:D5", "A5:A6", "B5:B6"):
        sheet.merge_cells(area)
    for place, shape in (("C7", "0.00%"), ("D7", "0%"), ("C8", "#,##0"), ("D8", "#,##0.00")):
        sheet[place].number_format = shape
    book.create_sheet("Rahasia")["A1"] = "tersembunyi"
    book["Rahasia"].sheet_state = "hidden"
    long = book.create_sheet("Desa")
    long.append(["Nama", "Nilai"])
    for number in range(150):
        long.append([f"Desa {number}", number])
    path = tmp_path / "target.xlsx"
    book.save(path)
    return path


def test_workbook(targets: Path) -> None:
    found = one(targets)
    first = found.tables[0]
    assert first.caption == (
        "PEMERINTAH KABUPATEN LEBAK TARGET INDIKATOR KINERJA UTAMA OPD : Dinas Kesehatan"
    )
    assert first.header_rows == 2
    assert first.rows == (
        ("No", "Indikator", "Target", ""),
        ("", "", "2023", "2024"),
        ("1", "Prevalensi stunting", "14,25%", "12%"),
        ("2", "Belanja modal", "150.000.000", "1.234.567,50"),
        ("3", "Angka harapan hidup", "70,1", "70,25"),
    )
    assert found.pages[0].text.endswith("Sumber: Dinas Kesehatan")
    assert found.warnings == ("hidden sheets were not read: Rahasia",)
    assert not any("tersembunyi" in page.text for page in found.pages)
    assert [(item.title, item.page) for item in found.outline] == [("Target IKU", 1), ("Desa", 2)]
    assert {page.section for page in found.pages[1:]} == {"Desa"}
    assert all(page.text.startswith("Nama | Nilai") for page in found.pages[1:])
    assert sum(page.text.count("Desa ") for page in found.pages[1:]) == 150


@pytest.mark.parametrize(
    ("value", "shape", "text"),
    [
        (0.145, "0%", "15%"),
        (1.005, "0.00", "1,01"),
        (2.5, "0", "3"),
        (1234.5, "#,##0", "1.235"),
        (1e300, "0.0", f"{10**300},0"),
        (0.1 + 0.2, "General", "0,3"),
    ],
)
def test_halves_are_rounded_up_as_on_the_sheet(value: float, shape: str, text: str) -> None:
    assert written(value, shape) == text


def test_old_workbook_and_opendocument_sheet(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Lembar")
    for y, row in enumerate([["Tahun", "Jumlah"], [2020, 15.5], [2021, 20]]):
        for x, value in enumerate(row):
            sheet.write(y, x, value)
    book.save(str(tmp_path / "a.xls"))
    assert one(tmp_path / "a.xls").tables[0].rows == (
        ("Tahun", "Jumlah"), ("2020", "15,5"), ("2021", "20"),
    )  # fmt: skip

    def ods(*cells: str) -> str:
        return "<table:table-row>" + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>'
            for c in cells
        ) + "</table:table-row>"  # fmt: skip

    rows = ods("Nama", "Kelas") + ods("Desa Sukamaju", "A")
    path = opendocument(
        tmp_path / "a.ods", "spreadsheet", f'<table:table table:name="S">{rows}</table:table>'
    )
    assert one(path).tables[0].rows == (("Nama", "Kelas"), ("Desa Sukamaju", "A"))


def test_exports_that_only_bear_the_name_of_a_workbook(tmp_path: Path) -> None:
    text = tmp_path / "ekspor.xls"
    text.write_text("Nama\tNilai\nDesa Sukamaju\t12\n", encoding="utf-8")
    assert one(text).tables[0].rows == (("Nama", "Nilai"), ("Desa Sukamaju", "12"))
    page = tmp_path / "laporan.xls"
    page.write_text(
        "<html><body><table><tr><td colspan=3>REALISASI ANGGARAN</td></tr><tr><th>No</th>"
        "<th>Uraian</th><th>Nilai</th></tr><tr><td>1</td><td>Belanja modal</td><td>1.500</td></tr>"
        "</table></body></html>"
    )
    found = one(page)
    assert found.tables[0].rows == (("No", "Uraian", "Nilai"), ("1", "Belanja modal", "1.500"))
    assert found.tables[0].caption == "REALISASI ANGGARAN"


@pytest.mark.parametrize(
    ("cell", "shape", "text"),
    [
        (0.1, None, "0,1"),
        (1 / 3, "0.00", "0,33"),
        (2024, None, "2024"),
        (-1250000, "#,##0", "-1.250.000"),
        (12.010000000000002, None, "12,01"),
        (datetime.datetime(2024, 3, 5), None, "2024-03-05"),
        (True, None, "TRUE"),
        ("#REF!", None, ""),
        (1e15, None, "1000000000000000"),
    ],
)
def test_cells_as_an_office_sees_them(cell: object, shape: str | None, text: str) -> None:
    assert written(cell, shape) == text


def test_slides(tmp_path: Path) -> None:
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "Paparan Musrenbang"
    slide.placeholders[1].text = "Prioritas\nInfrastruktur jalan"
    slide.notes_slide.notes_text_frame.text = "Catatan pembicara."
    second = show.slides.add_slide(show.slide_layouts[5])
    second.shapes.title.text = "Pagu"
    grid = second.shapes.add_table(2, 2, 0, 0, 4_000_000, 1_000_000).table
    for place, text in zip(
        ((0, 0), (0, 1), (1, 0), (1, 1)), ("OPD", "Pagu", "Dinsos", "2.000"), strict=True
    ):
        grid.cell(*place).text = text
    show.save(str(tmp_path / "a.pptx"))
    found = one(tmp_path / "a.pptx")
    assert found.title == "Paparan Musrenbang"
    assert found.pages[0].text == (
        "Paparan Musrenbang\n\nPrioritas\nInfrastruktur jalan\n\nCatatan pembicara."
    )
    assert found.pages[1].section == "Pagu"
    assert found.tables[0].rows == (("OPD", "Pagu"), ("Dinsos", "2.000"))


def test_opendocument_text(tmp_path: Path) -> None:
    body = (
        '<text:h text:outline-level="1">BAB I PENDAHULUAN</text:h>'
        "<text:p>Latar<text:s/>belakang.<text:note><text:note-body><text:p>Catatan BPS."
        "</text:p></text:note-body></text:note></text:p>"
        '<text:list text:style-name="L"><text:list-item><text:p>satu</text:p></text:list-item>'
        "<text:list-item><text:p>dua</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Nama</text:p></table:table-cell>"
        "<table:table-cell><text:p>Nilai</text:p></table:table-cell></table:table-row>"
        "</table:table>"
        '<text:p text:style-name="P">Halaman dua.</text:p>'
    )
    styles = (
        '<style:style style:name="P"><style:paragraph-properties fo:break-before="page" '
        'xmlns:fo="urn:fo"/></style:style><text:list-style style:name="L">'
        '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
        "</text:list-style>"
    )
    found = one(opendocument(tmp_path / "a.odt", "text", body, styles))
    assert found.pages[0].text == (
        "BAB I PENDAHULUAN\n\nLatar belakang.\n\n1. satu\n\n2. dua\n\nNama | Nilai\n\nCatatan BPS."
    )
    assert found.pages[1].text == "Halaman dua."
    assert found.outline[0].title == "BAB I PENDAHULUAN"


def test_binary_workbook(tmp_path: Path) -> None:
    rows: list[list[str | float]] = [
        ["Indikator", "2023", "2024"],
        ["Prevalensi stunting", 14.25, 12.0],
        ["Angka harapan hidup – laki-laki", 70.0, 70.25],
    ]
    found = one(binary_book(tmp_path / "target.xlsb", "Target IKU", rows))
    assert (found.format, found.outline[0].title) == ("xlsb", "Target IKU")
    assert found.tables[0].rows == (
        ("Indikator", "2023", "2024"),
        ("Prevalensi stunting", "14,25", "12"),
        ("Angka harapan hidup – laki-laki", "70", "70,25"),
    )
    broken = tmp_path / "rusak.xlsb"
    broken.write_bytes((tmp_path / "target.xlsb").read_bytes()[:700])
    with pytest.raises(ReadError, match=r"^damaged"):
        one(broken)


def test_opendocument_slides(tmp_path: Path) -> None:
    box = "<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    slide = f"<draw:page>{box}</draw:page>"
    body = slide.format("Paparan satu") + slide.format("Paparan dua")
    found = one(opendocument(tmp_path / "a.odp", "presentation", body))
    assert [page.text for page in found.pages] == ["Paparan satu", "Paparan dua"]


def test_rtf(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(
        rb"{\rtf1\ansi\ansicpg1252{\info{\title Nota Dinas}}{\fonttbl{\f0 Arial;}}\f0 Bupati "
        rb"\'93siap\'94 hadir."
        rb"\par Baris dua.\page Halaman dua.\par\trowd Nama\cell Nilai\cell\row}"
    )
    found = one(path)
    assert found.title == "Nota Dinas"
    assert found.pages[0].text == "Bupati “siap” hadir.\n\nBaris dua."
    assert found.pages[1].text.startswith("Halaman dua.")
    assert "Arial" not in "".join(page.text for page in found.pages)


def ole(path: Path, stream: str) -> Path:
    """A compound file that says it holds ``stream``: a header, a FAT and a directory sector."""
    import struct

    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHHHLLLLLLLLLL", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 1, 1, 0, 4096,
                        0xFFFFFFFE, 0, 0xFFFFFFFE, 0)  # fmt: skip
    head += struct.pack("<L", 0) + b"\xff" * (4 * 108)
    fat = struct.pack("<LL", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * (512 - 8)

    def entry(name: str, kind: int, child: int) -> bytes:
        coded = (name + "\0").encode("utf-16-le")
        return (
            coded.ljust(64, b"\0")
            + struct.pack("<HBBLLL", len(coded), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
            + b"\0" * 36
            + struct.pack("<LLL", 0xFFFFFFFE, 0, 0)
        )

    directory = entry("Root Entry", 5, 1) + entry(stream, 2, 0xFFFFFFFF)
    path.write_bytes(head + fat + directory.ljust(512, b"\0"))
    return path


def test_old_word_needs_libreoffice_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_SOFFICE", "kb-has-no-such-program")
    path = ole(tmp_path / "surat.doc", "WordDocument")
    with pytest.raises(ReadError, match="LibreOffice, which is not installed"):
        one(path)
    with pytest.raises(ReadError, match="save it without a password"):
        one(ole(tmp_path / "kunci.xlsx", "EncryptedPackage"))


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
def test_old_word_is_turned_into_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = docx(tmp_path / "jadi.docx", paragraph("Isi surat lama."))
    program = tmp_path / "soffice"
    program.write_text(
        "#!/bin/sh\nwhile [ $# -gt 1 ]; do [ $1 = --outdir ] && out=$2; shift; done\n"
        f'cp {made} "$out/berkas.docx"\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("KB_SOFFICE", str(program))
    path = ole(tmp_path / "surat.doc", "WordDocument")
    found = one(path)
    assert (found.path, found.format) == (str(path), "doc")
    assert found.pages[0].text == "Isi surat lama."
