"""Tables as budget and reporting systems set them: few rules, boxed amounts, group rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from drawn_pages import PROSE, lines
from reportlab.pdfgen import canvas

from kb.readers import ReadOptions, read

Maker = Callable[..., Path]
Rows = tuple[tuple[str, ...], ...]


def table(path: Path) -> Rows:
    (document,) = read(path, ReadOptions(ocr="never"))
    (found,) = document.tables
    return found.rows


def right(sheet: canvas.Canvas, x: float, y: float, text: str) -> None:
    sheet.drawRightString(x, y, text)


def test_a_unit_and_its_amounts_below_two_names_are_two_columns(make_pdf: Maker) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        sheet.setFont("Helvetica", 8)
        sheet.drawCentredString(297, 720, "Tabel 3.4 Capaian Program Tahun 2024")
        for y in (712, 694, 560):
            sheet.line(50, y, 545, y)
        heads = [(55, "No"), (150, "Program"), (322, "Satuan"), (385, "Target"), (450, "Realisasi")]
        for x, text in heads:
            sheet.drawString(x, 700, text)
        y = 682
        for number in range(1, 5):
            sheet.drawString(58, y, str(number))
            sheet.drawString(80, y, "Program Pemeliharaan Saluran")
            sheet.drawString(328, y, "Rp.")
            right(sheet, 420, y, f"1{number}.677.439.700")
            right(sheet, 490, y, f"1{number}.146.792.058")
            sheet.drawString(58, y - 13, "a")
            sheet.drawString(80, y - 13, "Indikator Persentase saluran baik")
            sheet.drawString(333, y - 13, "%")
            right(sheet, 402, y - 13, f"6{number},95")
            right(sheet, 472, y - 13, f"7{number},79")
            y -= 28
        lines(sheet, PROSE, 60, 520, 90)

    rows = table(make_pdf(draw))
    assert rows[0] == ("No", "Program", "Satuan", "Target", "Realisasi")
    assert rows[2] == ("a", "Indikator Persentase saluran baik", "%", "61,95", "71,79")


def test_rows_that_head_others_stand_alone(make_pdf: Maker) -> None:
    entries = [
        ("I", "Program Kesehatan Keluarga", ()),
        ("", "Outcome :", ()),
        ("", "Angka kematian ibu", ("kasus", "12", "9")),
        ("", "Persentase puskesmas yang", ("%", "90", "97,7")),
        ("", "terakreditasi", ()),
        ("", "Anggaran", ("Rp", "10.400.941.200", "9.084.022.202")),
        ("II", "Program Lingkungan Sosial", ()),
        ("", "Outcome :", ()),
        ("", "Persentase rumah sehat", ("%", "80", "81,2")),
        ("", "Anggaran", ("Rp", "2.887.680.000", "2.756.774.780")),
    ]

    def draw(sheet: canvas.Canvas, page: int) -> None:
        sheet.setFont("Helvetica", 8.5)
        sheet.drawCentredString(297, 720, "Tabel 3.9 Capaian Indikator Kinerja Tahun 2024")
        for y in (712, 694, 560):
            sheet.line(50, y, 545, y)
        heads = [(55, "No."), (110, "Program / Indikator"), (310, "Satuan"), (375, "Target"),
                 (440, "Realisasi")]  # fmt: skip
        for x, text in heads:
            sheet.drawString(x, 700, text)
        for number, (mark, name, values) in enumerate(entries):
            y = 682 - 12.5 * number
            sheet.drawString(58, y, mark)
            sheet.drawString(80, y, name)
            for x, value in zip((325, 390, 455), values, strict=False):
                sheet.drawCentredString(x, y, value)

    rows = table(make_pdf(draw))
    assert ("I", "Program Kesehatan Keluarga", "", "", "") in rows
    assert ("", "Angka kematian ibu", "kasus", "12", "9") in rows
    assert ("", "Persentase puskesmas yang terakreditasi", "%", "90", "97,7") in rows
    assert ("II", "Program Lingkungan Sosial", "", "", "") in rows
    assert ("", "Persentase rumah sehat", "%", "80", "81,2") in rows


def test_boxed_amounts_set_lower_go_to_their_rows(make_pdf: Maker) -> None:
    entries = [("4", "PENDAPATAN", "900,00", ""), ("4 . 1", "PENDAPATAN ASLI DAERAH", "800,00", ""),
               ("4 . 1 . 1", "Pajak Daerah", "700,00", ""),
               ("4 . 1 . 1 . 01", "Pajak Hotel", "190,00", "Perda Nomor 11"),
               ("4 . 1 . 1 . 02", "Pajak Restoran", "510,00", "")]  # fmt: skip

    def draw(sheet: canvas.Canvas, page: int) -> None:
        sheet.setFont("Helvetica", 7.5)
        sheet.rect(40, 500, 500, 240)
        for y in (740, 715, 702):
            sheet.line(40, y, 540, y)
        for x in (110, 300, 400):
            sheet.line(x, 500, x, 740)
        for x, text in ((50, "NOMOR"), (180, "URAIAN"), (330, "JUMLAH"), (440, "DASAR HUKUM")):
            sheet.drawString(x, 725, text)
        for x, text in ((70, "1"), (200, "2"), (350, "3"), (470, "4")):
            sheet.drawString(x, 705, text)
        for number, (code, name, amount, law) in enumerate(entries):
            y = 688 - 18 * number
            sheet.drawString(46, y, code)
            sheet.drawString(116, y, name)
            right(sheet, 396, y - 2, amount)
            sheet.line(300, y - 6, 400, y - 6)
            sheet.drawString(406, y, law)

    rows = table(make_pdf(draw))
    assert [row[1:] for row in rows[-5:]] == [entry[1:] for entry in entries]


def test_cells_that_a_page_break_left_open_are_cells(make_pdf: Maker) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        sheet.setFont("Helvetica", 9)
        for x in (60, 200, 330, 420, 520):
            sheet.line(x, 560, x, 740)  # no line joins their lower ends
        for y in (740, 715):
            sheet.line(60, y, 520, y)
        for y in (660, 610):
            sheet.line(330, y, 520, y)
        heads = [(65, "Sasaran"), (205, "Indikator Sasaran"), (335, "Kegiatan"), (425, "Target")]
        for x, text in heads:
            sheet.drawString(x, 724, text)
        sheet.drawString(65, 690, "Meningkatnya layanan")
        sheet.drawString(205, 690, "Indeks Kepuasan")
        for y, name, value in (
            (690, "Pelatihan", "12"),
            (640, "Sosialisasi", "4"),
            (580, "Rapat", "9"),
        ):
            sheet.drawString(335, y, name)
            sheet.drawString(425, y, value)

    rows = table(make_pdf(draw))
    assert rows[1] == ("Meningkatnya layanan", "Indeks Kepuasan", "Pelatihan", "12")
    assert [row[2:] for row in rows[2:]] == [("Sosialisasi", "4"), ("Rapat", "9")]
