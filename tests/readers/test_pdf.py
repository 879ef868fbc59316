"""PDF text: reading order, running lines, labels, sections, tables, encryption, boxes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from drawn_pages import PROSE, lines
from reportlab.lib import colors
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas
from reportlab.platypus import Table

from kb.errors import NotFound, PasswordNeeded, ReadError
from kb.readers import Drawing, ReadOptions, read
from kb.readers.pdf import draw_page, place_words

Maker = Callable[..., Path]
NO_OCR = ReadOptions(ocr="never")


def one(path: Path, options: ReadOptions = NO_OCR):
    (document,) = read(path, options)
    return document


def test_running_lines_go_and_printed_labels_stay(make_pdf: Maker) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        sheet.drawString(72, 800, "Rencana Kerja Pemerintah Daerah Tahun 2024")
        lines(sheet, f"Bagian nomor {page} menjelaskan hal lain. {PROSE}", 72, 700, 80)
        sheet.drawRightString(520, 40, f"IV-{page}")

    document = one(make_pdf(draw, pages=6))
    assert [page.label for page in document.pages] == [f"IV-{n}" for n in range(1, 7)]
    for page in document.pages:
        assert "Rencana Kerja Pemerintah Daerah" not in page.text
        assert "IV-" not in page.text
        assert f"Bagian nomor {page.number}" in page.text


def test_wrapped_lines_flow_and_hyphens_are_mended(make_pdf: Maker) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        rows = [
            "Pemerintah provinsi melaksanakan program pemba-",
            "ngunan jalan di wilayah selatan secara bertahap dan",
            "terencana, serta mengajak warga bekerja bersama-",
            "sama menjaga hasilnya.",
        ]
        for index, row in enumerate(rows):
            sheet.drawString(72, 700 - 14 * index, row)

    text = one(make_pdf(draw)).pages[0].text
    assert "program pembangunan jalan" in text
    assert "bertahap dan terencana" in text
    assert "bersama-sama menjaga" in text


def test_columns_are_read_one_after_the_other(make_pdf: Maker) -> None:
    left = " ".join(f"kiri{n} pemerintah daerah menyusun rencana" for n in range(24))
    right = " ".join(f"kanan{n} masyarakat menerima pelayanan baik" for n in range(24))

    def draw(sheet: canvas.Canvas, page: int) -> None:
        sheet.setFont("Helvetica", 9)
        a, b = left.split(), right.split()
        for row in range(0, max(len(a), len(b)), 5):  # line by line across both columns
            y = 760 - 14 * (row // 5)
            sheet.drawString(60, y, " ".join(a[row : row + 5]))
            sheet.drawString(320, y, " ".join(b[row : row + 5]))

    text = one(make_pdf(draw)).pages[0].text
    assert text.index("kiri23") < text.index("kanan0")


def _grid(sheet: canvas.Canvas, rows: list[list[str]], y: float, widths: list[int]) -> None:
    table = Table(rows, colWidths=widths)
    table.setStyle(
        [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONTSIZE", (0, 0), (-1, -1), 9)]
    )
    table.wrapOn(sheet, 500, 700)
    table.drawOn(sheet, 60, y)


def test_tables_are_kept_row_by_row(make_pdf: Maker) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        sheet.drawString(60, 780, "Tabel 2.1 Target Indikator Kinerja Utama")
        rows = [
            ["No", "Indikator", "Satuan", "Target 2024", "Realisasi 2024"],
            ["1", "Indeks Pembangunan\nManusia", "Poin", "74,50", "74,48"],
            ["2", "Tingkat Kemiskinan", "Persen", "5,70", "5,84"],
        ]
        _grid(sheet, rows, 660, [30, 160, 60, 90, 90])
        lines(sheet, PROSE, 60, 620, 80)

    document = one(make_pdf(draw))
    (table,) = document.tables
    assert table.caption == "Tabel 2.1 Target Indikator Kinerja Utama"
    assert table.rows[1] == ("1", "Indeks Pembangunan Manusia", "Poin", "74,50", "74,48")
    assert table.header_rows == 1
    assert "2 | Tingkat Kemiskinan | Persen | 5,70 | 5,84" in document.pages[0].text.split("\n")


def test_table_that_goes_on_gets_its_header_again(make_pdf: Maker) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        head = [["No", "Nama Paket", "Pagu"]] if page == 1 else []
        count = 30
        rows = [[str(page * 100 + n), f"Paket {page}-{n}", "1.000"] for n in range(count)]
        _grid(sheet, head + rows, 60 if page == 1 else 800 - 18 * count, [60, 200, 90])

    first, second = one(make_pdf(draw, pages=2)).tables
    assert first.rows[0] == second.rows[0] == ("No", "Nama Paket", "Pagu")
    assert second.rows[1] == ("200", "Paket 2-0", "1.000")


def test_sections_from_headings(make_pdf: Maker) -> None:
    heads = ["KATA PENGANTAR", "BAB I", "1.1 Latar Belakang", "BAB II", "2.1 Geografi"]

    def draw(sheet: canvas.Canvas, page: int) -> None:
        sheet.drawString(72, 760, heads[page - 1])
        if heads[page - 1].startswith("BAB"):
            sheet.drawString(72, 745, "PENDAHULUAN" if page == 2 else "GAMBARAN UMUM DAERAH")
        lines(sheet, PROSE * 3, 72, 700, 80)

    document = one(make_pdf(draw, pages=5))
    assert [page.section for page in document.pages] == [
        "KATA PENGANTAR",
        "BAB I PENDAHULUAN",
        "BAB I PENDAHULUAN > 1.1 Latar Belakang",
        "BAB II GAMBARAN UMUM DAERAH",
        "BAB II GAMBARAN UMUM DAERAH > 2.1 Geografi",
    ]


def test_outline_and_metadata(make_pdf: Maker) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        sheet.setTitle("Dokumen Rencana")
        sheet.bookmarkPage(f"p{page}")
        sheet.addOutlineEntry(f"Bagian {page}", f"p{page}", level=0 if page == 1 else 1)
        lines(sheet, PROSE, 72, 700, 80)

    document = one(make_pdf(draw, pages=3))
    assert document.title == "Dokumen Rencana"
    assert [(i.title, i.page, i.level) for i in document.outline] == [
        ("Bagian 1", 1, 0),
        ("Bagian 2", 2, 1),
        ("Bagian 3", 3, 1),
    ]
    assert document.pages[2].section == "Bagian 1 > Bagian 3"


def test_passwords(make_pdf: Maker) -> None:
    path = make_pdf(
        lambda sheet, page: lines(sheet, PROSE, 72, 700, 80) and None,
        encrypt=StandardEncryption("rahasia", strength=128),
    )
    with pytest.raises(PasswordNeeded, match=r"^password needed: .*--password"):
        one(path)
    document = one(path, ReadOptions(ocr="never", passwords=("salah", "rahasia")))
    assert "rencana kerja" in document.pages[0].text


def test_empty_page_and_damage(make_pdf: Maker, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"^empty:"):
        one(make_pdf(lambda sheet, page: None))
    whole = make_pdf(lambda sheet, page: lines(sheet, PROSE, 72, 700, 80) and None).read_bytes()
    broken = tmp_path / "x.pdf"
    broken.write_bytes(whole[:200])
    with pytest.raises(ReadError, match=r"^damaged:"):
        one(broken)


def test_boxes_mark_the_words_on_the_page(make_pdf: Maker) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        lines(sheet, PROSE, 72, 700, 60)
        sheet.drawString(72, 400, "Target kemiskinan ditetapkan ulang.")

    path = make_pdf(draw)
    text = one(path).pages[0].text
    at = text.rindex("kemiskinan")
    first = text.index("Pemerintah")
    spans = ((at, at + 10), (first, first + 120), (0, 0))
    _, boxes = draw_page(path, 1, Drawing(text=text, spans=spans))
    (box,) = boxes[0]
    assert box.top == pytest.approx(1 - 410 / 842, abs=0.02)
    assert 0.15 < box.x0 < box.x1 < 0.4
    assert len(boxes[1]) >= 2, "a span over several lines has a box for each"
    assert boxes[2] == []


def test_words_are_placed_line_by_line(make_pdf: Maker) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        sheet.drawString(72, 700, "Jalan rusak di Lebak")
        sheet.drawString(72, 400, "diperbaiki tahun ini")

    path = make_pdf(draw)
    text = one(path).pages[0].text
    at = text.index("Lebak")
    found = place_words(path, 1, Drawing(text=text, spans=((at, at + 5),)))
    assert " ".join(word.text for word in found.words) == " ".join(text.split())
    assert [word.text for word in found.words if word.last] == ["Lebak", "ini"]
    (place,) = [word.box for word in found.words if word.text == "Lebak"]
    ((box,),) = found.spans
    assert box.x0 == pytest.approx(place.x0, abs=0.005)


def test_a_picture_is_as_wide_as_asked(make_pdf: Maker) -> None:
    path = make_pdf(lambda sheet, page: lines(sheet, PROSE, 72, 700, 80) and None)
    png, _ = draw_page(path, 1, Drawing(scale=3, width=480))
    assert int.from_bytes(png[16:20]) == 480


def test_draw_page(make_pdf: Maker) -> None:
    path = make_pdf(lambda sheet, page: lines(sheet, PROSE, 72, 700, 80) and None)
    png, boxes = draw_page(path, 1, Drawing(scale=0.5))
    assert png.startswith(b"\x89PNG")
    assert boxes == []
    with pytest.raises(NotFound):
        draw_page(path, 2, Drawing())


def test_real_pdfs_do_not_crash(material: Path) -> None:
    reasons: set[str] = set()
    for path in sorted((material / "pdf_broken").glob("*.pdf"))[::12]:
        try:
            list(read(path, NO_OCR))
        except ReadError as error:
            reasons.add(str(error).split(":")[0])
    assert reasons <= {"empty", "damaged", "password needed", "not a PDF"}
