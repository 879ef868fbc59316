"""Tables without ruling lines, with shading, with several rows in a cell; and no tables."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from drawn_pages import PROSE, lines
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen import canvas
from reportlab.platypus import Table as Drawn
from table_pages import FIGURES, HEAD, LEFT, figures, put, rules

from kb.model import Table
from kb.readers import Drawing, ReadOptions, read
from kb.readers.aligned import _goes_on
from kb.readers.layout import Word
from kb.readers.pdf import draw_page
from kb.readers.stacked import unstack
from kb.readers.table_rows import Cells, is_number
from kb.readers.tables import numbers_columns

Maker = Callable[..., Path]


def tables(path: Path) -> tuple[Table, ...]:
    (document,) = read(path, ReadOptions(ocr="never"))
    return document.tables


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman", "Courier"])
@pytest.mark.parametrize("size", [7, 9, 10])
def test_aligned_columns_are_a_table(make_pdf: Maker, font: str, size: int) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        lines(sheet, PROSE * 2, 60, 780, 90)
        y = put(sheet, [HEAD, *FIGURES], LEFT, 700, size=size, font=font)
        sheet.setFont("Helvetica", 10)
        lines(sheet, PROSE * 2, 60, y - 14, 90)

    path = make_pdf(draw)
    (table,) = tables(path)
    assert table.rows == (HEAD, *FIGURES)
    assert table.header_rows == 1
    (document,) = read(path, ReadOptions(ocr="never"))
    assert " | ".join(FIGURES[2]) in document.pages[0].text.split("\n")
    assert document.pages[0].text.count("Pemerintah provinsi menyusun") == 4


def test_cells_of_several_lines_stay_one_row(make_pdf: Maker) -> None:
    rows = [
        ("1.", "Program Peningkatan Sarana\ndan Prasarana Aparatur", "Rp 165.000.000,00", "APBD"),
        ("2.", "Program Perencanaan Daerah", "Rp 1.320.000.000,00", "APBD"),
        ("3.", "Program Peningkatan Kapasitas\nSumber Daya Aparatur\nPemerintah Daerah",
         "Rp 200.000.000,00", "APBD"),
        ("4.", "Program Data dan Informasi", "Rp 98.000.000,00", "APBD"),
    ]  # fmt: skip

    def draw(sheet: canvas.Canvas, page: int) -> None:
        put(sheet, [("No", "Program", "Anggaran", "Keterangan"), *rows], (60, 90, 300, 450), 700)

    (table,) = tables(make_pdf(draw))
    assert [row[0] for row in table.rows] == ["No", "1.", "2.", "3.", "4."]
    assert table.rows[3] == (
        "3.",
        "Program Peningkatan Kapasitas Sumber Daya Aparatur Pemerintah Daerah",
        "Rp 200.000.000,00",
        "APBD",
    )


def test_level_lines_alone_and_text_alone(make_pdf: Maker) -> None:
    rows = [
        ("1", "Meningkatnya kualitas layanan", "Indeks kepuasan", "Dinas Kesehatan"),
        ("2", "Menurunnya angka kemiskinan", "Persentase penduduk miskin", "Bappeda"),
        ("3", "Meningkatnya akses air bersih", "Cakupan layanan", "Dinas PUPR"),
    ]

    def draw(sheet: canvas.Canvas, page: int) -> None:
        head = ("No", "Sasaran Strategis", "Indikator Kinerja", "Penanggung Jawab")
        put(sheet, [head, *rows], (60, 90, 260, 420), 700, step=24)
        rules(sheet, [714, 692, 668, 644, 620])

    (table,) = tables(make_pdf(draw))
    assert table.rows[1:] == tuple(rows)
    assert table.header_rows == 1


def test_header_of_two_rows_names_each_year(make_pdf: Maker) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        x = (60, 90, 280, 330, 380, 440, 490)
        put(sheet, [("", "", "", "Target", "", "Realisasi")],
            (60, 90, 280, 332, 380, 455), 716)  # fmt: skip
        put(sheet, [("No", "Uraian", "2021", "2022", "2023", "2021", "2022")], x, 702)
        body = [(str(n), f"Capaian layanan ke {n}", "10,1", "10,2", "10,3", "9,8", "9,9")
                for n in range(1, 5)]  # fmt: skip
        put(sheet, body, x, 684)

    (table,) = tables(make_pdf(draw))
    assert table.rows[0] == (
        "No", "Uraian", "Target 2021", "Target 2022", "Target 2023",
        "Realisasi 2021", "Realisasi 2022",
    )  # fmt: skip


def test_column_numbers_and_caption(make_pdf: Maker) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        sheet.drawString(150, 740, "Tabel 3.2 Capaian Indikator Kinerja Utama Tahun 2024")
        put(sheet, [HEAD, ("(1)", "(2)", "(3)", "(4)", "(5)"), *FIGURES], LEFT, 716)

    (table,) = tables(make_pdf(draw))
    assert table.caption == "Tabel 3.2 Capaian Indikator Kinerja Utama Tahun 2024"
    assert table.header_rows == 2
    assert table.rows[2:] == tuple(FIGURES)


def test_a_title_above_is_the_caption(make_pdf: Maker) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        lines(sheet, PROSE * 2, 60, 800, 90)
        sheet.drawCentredString(300, 740, "PERJANJIAN KINERJA TAHUN 2024")
        sheet.drawCentredString(300, 726, "DINAS KESEHATAN")
        figures(sheet, 700)

    (table,) = tables(make_pdf(draw))
    assert table.caption == "PERJANJIAN KINERJA TAHUN 2024 DINAS KESEHATAN"


def test_table_goes_on_over_the_page(make_pdf: Maker) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        rows = [(str(20 * (page - 1) + n), f"Kegiatan {page}-{n}", "Paket", f"{n},5", f"{n},25")
                for n in range(1, 40)]  # fmt: skip
        put(sheet, [HEAD, *rows] if page == 1 else rows, LEFT, 780, step=18)

    first, second = tables(make_pdf(draw, pages=2))
    assert first.rows[0] == second.rows[0] == HEAD
    assert second.rows[1][1] == "Kegiatan 2-1"


def test_landscape_and_turned_pages(make_pdf: Maker) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        sheet.setPageSize(landscape(A4))
        put(sheet, [HEAD, *FIGURES], [1.4 * x for x in LEFT], 500)

    (table,) = tables(make_pdf(draw))
    assert table.rows == (HEAD, *FIGURES)


@pytest.mark.parametrize("degrees", [90, -90])
@pytest.mark.parametrize("page_turn", [0, 90])
def test_print_that_runs_up_or_down_the_page(make_pdf: Maker, degrees: int, page_turn: int) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        sheet.setPageRotation(page_turn)
        if degrees == 90:
            sheet.translate(595, 0)
        else:
            sheet.translate(0, 842)
        sheet.rotate(degrees)
        sheet.drawString(150, 540, "Tabel 3.2 Capaian Indikator Kinerja Utama Tahun 2024")
        put(sheet, [HEAD, *FIGURES], [1.3 * x for x in LEFT], 510)

    path = make_pdf(draw)
    (document,) = read(path, ReadOptions(ocr="never"))
    (table,) = document.tables
    assert table.rows == (HEAD, *FIGURES)
    assert table.caption == "Tabel 3.2 Capaian Indikator Kinerja Utama Tahun 2024"
    text = document.pages[0].text
    at = text.index("Rasio Gini")
    _, ((box, *_),) = draw_page(path, 1, Drawing(text=text, spans=((at, at + 10),)))
    wide, high = box.x1 - box.x0, box.bottom - box.top
    assert (wide > high) == (page_turn == 90)


def test_shaded_lines_do_not_divide_a_cell(make_pdf: Maker) -> None:
    """Word shades each line of a paragraph; the cells have lines of their own."""

    def draw(sheet: canvas.Canvas, page: int) -> None:
        x, tops = (60, 90, 300, 400), (720, 690, 650, 610)
        sheet.setFillColor(colors.lavender)
        for top, low in pairwise(tops):
            for number in range(2):
                for left, right in zip((60, 90, 300), (90, 300, 400), strict=True):
                    sheet.rect(left + 2, top - 14 - 13 * number, right - left - 4, 12, 0, 1)
            assert low < top
        sheet.setFillColor(colors.black)
        for y in tops:
            sheet.line(60, y, 400, y)
        for left in x:
            sheet.line(left, 720, left, 610)
        rows = [("No", "Uraian", "Nilai"), ("1", "Persentase rumah\ntangga layak", "81,5"),
                ("2", "Cakupan jaminan\nkesehatan", "98,1")]  # fmt: skip
        for row, y in zip(rows, (705, 677, 637), strict=True):
            put(sheet, [row], (64, 94, 304), y)

    (table,) = tables(make_pdf(draw))
    assert table.rows[1:] == (
        ("1", "Persentase rumah tangga layak", "81,5"),
        ("2", "Cakupan jaminan kesehatan", "98,1"),
    )


def test_rows_without_lines_between_them_in_a_ruled_table(make_pdf: Maker) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        target = "Meningkatnya mutu\nperencanaan dan\npelaporan kinerja\nperangkat daerah"
        grid = [["No", "Sasaran", "Indikator", "Target"], ["1.", target, "", ""]]
        drawn = Drawn(grid, colWidths=[30, 120, 200, 70], rowHeights=[20, 130])
        drawn.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                        ("VALIGN", (0, 0), (-1, -1), "TOP")])  # fmt: skip
        drawn.wrapOn(sheet, 500, 700)
        drawn.drawOn(sheet, 60, 550)
        for number, y in enumerate((668, 630, 592)):
            put(sheet, [(f"Persentase keselarasan ke {number}\nprogram daerah", f"{90 + number}%")],
                (216, 420), y)  # fmt: skip

    (table,) = tables(make_pdf(draw))
    assert len(table.rows) == 4
    assert table.rows[1][1] == (
        "Meningkatnya mutu perencanaan dan pelaporan kinerja perangkat daerah"
    )
    assert table.rows[2] == ("", "", "Persentase keselarasan ke 1 program daerah", "91%")


def test_two_tables_under_each_other(make_pdf: Maker) -> None:
    def draw(sheet: canvas.Canvas, page: int) -> None:
        y = figures(sheet, 760)
        rows = [(f"Kecamatan {n}", f"{n}.250", f"{n}.100", f"{n},4") for n in range(1, 6)]
        put(sheet, [("Kecamatan", "Laki-laki", "Perempuan", "Rasio"), *rows],
            (60, 200, 300, 400), y - 40)  # fmt: skip

    first, second = tables(make_pdf(draw))
    assert len(first.rows) == len(second.rows) == 6
    assert second.rows[1] == ("Kecamatan 1", "1.250", "1.100", "1,4")


# --- what is no table ---------------------------------------------------------------


def _prose(sheet: canvas.Canvas) -> None:
    lines(sheet, PROSE * 8, 60, 780, 90)


def _list(sheet: canvas.Canvas) -> None:
    rows = [(f"{n}.", "Undang-Undang Nomor 23 Tahun 2014 tentang\nPemerintahan Daerah;")
            for n in range(1, 12)]  # fmt: skip
    put(sheet, rows, (60, 85), 780, step=18)


def _contents(sheet: canvas.Canvas) -> None:
    sheet.drawCentredString(300, 790, "DAFTAR ISI")
    for n in range(1, 15):
        y = 780 - 18 * n
        sheet.drawString(60, y, f"1.{n}")
        sheet.drawString(90, y, f"Gambaran umum bagian {n}")
        sheet.drawRightString(540, y, str(3 * n))


def _considerations(sheet: canvas.Canvas) -> None:
    put(sheet, [("Menimbang", ":", "a.", "bahwa dalam rangka pelaksanaan ketentuan tersebut\n"
                 "perlu menetapkan keputusan tentang indikator;"),
                ("", "", "b.", "bahwa berdasarkan pertimbangan pada huruf a perlu\n"
                 "menetapkan Keputusan Bupati;"),
                ("Mengingat", ":", "1.", "Undang-Undang Nomor 25 Tahun 2004;"),
                ("", "", "2.", "Undang-Undang Nomor 23 Tahun 2014;"),
                ("", "", "3.", "Peraturan Pemerintah Nomor 8 Tahun 2008;")],
        (60, 140, 160, 180), 760)  # fmt: skip


def _signatures(sheet: canvas.Canvas) -> None:
    _prose(sheet)
    put(sheet, [("Pihak Kedua,", "Pihak Pertama,"), ("BUPATI CONTOH", "KEPALA BAPPEDA"),
                ("", ""), ("", ""), ("Drs. RATNA WULAN", "Ir. BUDI LESTARI, M.Si."),
                ("", "NIP 19740525 199311 1 001")], (80, 350), 500)  # fmt: skip


def _letterhead(sheet: canvas.Canvas) -> None:
    put(sheet, [("Nomor", ": 050/123/Bappeda/2024"), ("Sifat", ": Biasa"),
                ("Lampiran", ": 1 (satu) berkas"), ("Hal", ": Penyampaian dokumen")],
        (60, 130), 760)  # fmt: skip
    lines(sheet, PROSE * 4, 60, 660, 90)


def _columns(sheet: canvas.Canvas) -> None:
    for x in (60, 320):
        lines(sheet, PROSE * 6, x, 780, 44)


def _stretched(sheet: canvas.Canvas) -> None:
    """Justified entries of a list, with blanks as wide as gutters."""
    for n in range(8):
        y = 760 - 28 * n
        sheet.drawString(60, y, f"{n + 1}.")
        for x, word in zip((80, 130, 200, 310, 400 + 3 * n, 480), PROSE.split()[n : n + 6],
                           strict=True):  # fmt: skip
            sheet.drawString(x + (17 * n) % 23, y, word)
        sheet.drawString(80, y - 14, "pelayanan kepada masyarakat.")


@pytest.mark.parametrize(
    "draw",
    [_prose, _list, _contents, _considerations, _signatures, _letterhead, _columns, _stretched],
)
def test_other_aligned_text_is_no_table(
    make_pdf: Maker, draw: Callable[[canvas.Canvas], None]
) -> None:
    assert tables(make_pdf(lambda sheet, page: draw(sheet))) == ()


# --- parts ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("74,50", True), ("1.234.567", True), ("Rp 165.000.000,00", True),
        ("5.294.409.800,-", True),
        ("12,5 %", True), ("-", True), ("n/a", True), ("4,5 Ha", True), ("(1.200)", True),
        ("Persen", False), ("1.", False), ("1. Sub Bidang", False), ("APBD", False), ("", False),
    ],
)  # fmt: skip
def test_numbers(text: str, number: bool) -> None:
    assert is_number(text) is number


def test_one_row_is_not_divided() -> None:
    name = [Word("Penyediaan", 10, 10, 60, 20), Word("jasa", 62, 10, 80, 20),
            Word("kebersihan", 10, 23, 60, 33), Word("kantor", 62, 23, 90, 33)]  # fmt: skip
    value = [Word("1.000.000", 200, 10, 240, 20), Word("(50%)", 200, 23, 230, 33)]
    assert unstack([name, value]) is None


def test_column_names_are_in_order_and_small() -> None:
    names = list(
        tomllib.loads(files("kb.authority").joinpath("tables.toml").read_text("utf-8"))[
            "column_names"
        ]
    )
    assert names == sorted(set(names))
    assert all(name.islower() and name.isalpha() for name in names)


@pytest.mark.parametrize(
    ("row", "numbers"),
    [
        (("1", "2", "3"), True),
        (("(1)", "(2)", ": (3)", "(4)"), True),
        (("aon", "(2)", "(3)", "(4)"), True),
        (("1", "", "2", "3"), True),
        (("1", "Jalan", "3"), False),
        (("1", "2"), False),
        (("5", "7", "9", "12"), False),
        (("2", "18", "25", "61"), False),
    ],
)
def test_rows_that_number_the_columns(row: tuple[str, ...], numbers: bool) -> None:
    assert numbers_columns(row) is numbers


def test_a_fault_in_the_tables_of_a_page_costs_the_page_nothing_else(
    make_pdf: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*told: object) -> None:
        raise StopIteration

    monkeypatch.setattr("kb.readers.pdf.document.find_tables", stumble)
    path = make_pdf(lambda sheet, page: lines(sheet, PROSE, 60, 780, 90))
    (document,) = read(path, ReadOptions(ocr="never"))
    assert document.pages[0].text
    assert document.tables == ()
    assert any(one.startswith("pages whose tables") for one in document.warnings)


def test_a_line_whose_words_stand_in_no_column_ends_a_table() -> None:
    rows = [Cells(10.0 * n, 10.0 * n + 8, 2) for n in range(3)]
    for row in rows[:2]:
        row.add(0, [], "Jumlah", 0.0, 40.0)
        row.add(1, [], "12", 60.0, 80.0)
    assert not _goes_on(rows)
