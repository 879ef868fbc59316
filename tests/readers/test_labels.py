"""Page labels as printed, told from the other numbers at a page's edge."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.readers.labels import as_figures, choose, file_labels, read_label, read_tail
from kb.readers.layout import Line
from kb.readers.running import strip_running
from kb.readers.sheets import Sheet


def sheets(*printed: str | None) -> list[Sheet]:
    """Pages of prose with one line at the foot of each."""
    found = []
    for number, text in enumerate(printed):
        lines = [Line(f"Uraian halaman {'abcdefghijkl'[number]} dan lainnya", 72, 300, 500, 312)]
        if text is not None:
            lines.append(Line(text, 280, 806, 320, 816))
        found.append(Sheet(lines, 842))
    return found


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("III 25", "III-25"),
        ("- IV.32 -", "IV.32"),
        ("BAB II - 4", "II-4"),
        ("Hal : 2", "2"),
        ("Halaman 7 dari 90", "7"),
        ("P a g e 6 | 107", "6"),
        ("iv", "iv"),
        ("Il-8", "II-8"),  # as OCR reads the numeral
        ("Halaman | 12", "12"),
        ("H a l a m a n | 1 2", "12"),
        ("I I - 1 0", "II-10"),
        ("Page12", "12"),
        ("Hal - 12", "12"),
        ("Bab II - Hal 5", "II-5"),
        ("BAB.III - 12", "III-12"),
        ("Pasal 4", None),
        ("Tahun 2023", None),
        ("26/09", None),
    ],
)
def test_labels_are_read_from_a_line(line: str, text: str | None) -> None:
    found = read_label(line)
    assert (found.text if found else None) == text


def test_a_chapter_and_a_page_with_a_blank_between() -> None:
    _, labels = strip_running(sheets("III 25", "III-26", "III 27", "III-28"))
    assert labels == ["III-25", "III-26", "III-27", "III-28"]


def test_dates_and_years_at_the_edge_are_no_labels() -> None:
    kept, labels = strip_running(sheets("26/09", "26/09", "2023", "2023"))
    assert labels == [None] * 4
    assert kept[2][-1].text == "2023", "what is no label stays in the text"


def test_the_number_that_counts_on_wins() -> None:
    pages = [[read_label("2021"), read_label(str(n))] for n in range(4, 9)]
    taken, labels = choose([[one for one in said if one] for said in pages])
    assert labels == ["4", "5", "6", "7", "8"]
    assert taken == [{1}] * 5


def test_pages_without_a_number_are_counted_through() -> None:
    _, labels = strip_running(sheets("II-8", None, None, "II-11", None, "III-2", "III-3"))
    assert labels == ["II-8", "II-9", "II-10", "II-11", "III-1", "III-2", "III-3"]


def test_a_chapter_may_begin_again() -> None:
    _, labels = strip_running(sheets("i", "ii", "1", "2", "3", "1", "2"))
    assert labels == ["i", "ii", "1", "2", "3", "1", "2"]


@pytest.mark.parametrize("line", ["LKPJ Kota Contoh 2021   III-25", "III-25 | LKPJ Kota Contoh"])
def test_a_running_line_may_carry_the_label(line: str) -> None:
    found = read_tail(line)
    assert found is not None
    assert found.text == "III-25"


def test_a_running_line_that_ends_with_a_year_has_no_label() -> None:
    _, labels = strip_running(sheets(*["Renja Dinas Contoh Tahun 2026"] * 5))
    assert labels == [None] * 5


def test_letters_set_apart_are_a_running_line() -> None:
    header = "D I N A S   C O N T O H"
    pages = [
        Sheet([Line(header, 72, 30, 400, 40), Line(f"Isi ke {word}", 72, 300, 400, 312)], 842)
        for word in ("satu", "dua", "tiga")
    ]
    kept, _ = strip_running(pages)
    assert [[line.text for line in lines] for lines in kept] == [
        ["Isi ke satu"],
        ["Isi ke dua"],
        ["Isi ke tiga"],
    ]


def test_a_stray_number_at_the_edge_is_no_text() -> None:
    kept, labels = strip_running(sheets("- 4 -", "2", "3", "4", "5"))
    assert labels == [None, "2", "3", "4", "5"]
    assert [len(lines) for lines in kept] == [1] * 5


def test_the_years_of_a_period_at_the_edge_are_no_labels() -> None:
    _, labels = strip_running(sheets("2021", None, "2023", None, "2021", None, "2023"))
    assert labels == [None] * 7


def test_numbers_of_chapters_are_no_running_line() -> None:
    pages = []
    for number, numeral in enumerate(["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]):
        lines = [Line(f"BAB {numeral}", 280, 50, 320, 62), Line("TUJUAN DINAS", 240, 70, 360, 82)]
        lines.append(Line(f"Uraian bab {'abcdefgh'[number]} dan lainnya", 72, 300, 500, 312))
        pages.append(Sheet(lines, 842))
    kept, _ = strip_running(pages)
    assert [lines[0].text for lines in kept][::7] == ["BAB I", "BAB VIII"]


def test_a_chapter_number_on_all_its_pages_stays_on_the_first() -> None:
    pages = [
        Sheet([Line("BAB II", 280, 50, 320, 62),
               Line(f"Isi halaman {'abcdefghijkl'[n]} dan lainnya", 72, 300, 500, 312)], 842)
        for n in range(12)
    ]  # fmt: skip
    kept, _ = strip_running(pages)
    assert [len(lines) for lines in kept] == [2] + [1] * 11


def test_a_footer_drawn_as_a_table_row_carries_the_label() -> None:
    pages = []
    for number in range(4, 9):
        lines = [Line(f"Isi halaman {'abcdefghi'[number]} dan lainnya", 72, 300, 500, 312)]
        footer = f"Laporan Kinerja Dinas Contoh | {number}"
        lines.append(Line(footer, 72, 800, 500, 812, kind="row"))
        pages.append(Sheet(lines, 842))
    _, labels = strip_running(pages)
    assert labels == ["4", "5", "6", "7", "8"]


def test_a_running_line_of_a_short_chapter_carries_the_label() -> None:
    feet = ["PENDAHULUAN I-1", "PENDAHULUAN I-2", "GAMBARAN UMUM II-1", "GAMBARAN UMUM II-2",
            "ISU STRATEGIS III-1", "ISU STRATEGIS III-2"]  # fmt: skip
    kept, labels = strip_running(sheets(*feet))
    assert labels == ["I-1", "I-2", "II-1", "II-2", "III-1", "III-2"]
    assert kept[0][-1].text == "PENDAHULUAN I-1", "words that stand nowhere else stay"


def test_a_chapters_running_line_carries_the_label_without_its_number() -> None:
    feet = [f"Bab I - Pendahuluan | {n}" for n in range(1, 5)]
    feet += [f"Bab II - Perencanaan Kinerja | {n}" for n in range(5, 9)]
    feet += ["Bab III - Penutup | 9", "Bab III - Penutup | 10"]
    kept, labels = strip_running(sheets(*feet))
    assert labels == [str(n) for n in range(1, 11)]
    assert [len(lines) for lines in kept] == [1] * 8 + [2] * 2


def test_rows_that_end_in_numbers_are_no_running_lines() -> None:
    feet = ["Kecamatan Curug 7", None, "Kecamatan Curug 9", None, "Kecamatan Walantaka 31"]
    kept, labels = strip_running(sheets(*feet))
    assert labels == [None] * 5
    assert kept[0][-1].text == "Kecamatan Curug 7"


def test_the_lowest_line_above_the_margin_may_be_a_label_of_its_chapter() -> None:
    pages = []
    for number in range(11, 15):
        prose = [Line(f"Isi {'abcd'[number - 11]} dan {word}", 72, 300 + 20 * n, 500, 312 + 20 * n)
                 for n, word in enumerate(["satu", "dua", "tiga", "empat"])]  # fmt: skip
        pages.append(Sheet([*prose, Line(f"II - {number}", 280, 620, 320, 632)], 842))
    kept, labels = strip_running(pages)
    assert labels == ["II-11", "II-12", "II-13", "II-14"]
    assert [len(lines) for lines in kept] == [4] * 4


@pytest.mark.parametrize(
    ("numbers", "read"),
    [((7, 8, 9, 10), ["7", "8", "9", "10"]), ((7, 30, 9, 12), [None] * 4)],
)
def test_a_bare_number_above_the_margin_must_count_on(
    numbers: tuple[int, ...], read: list[str | None]
) -> None:
    pages = []
    for at, number in enumerate(numbers):
        prose = [Line(f"Isi {'abcd'[at]} dan {word}", 72, 300 + 20 * n, 500, 312 + 20 * n)
                 for n, word in enumerate(["satu", "dua", "tiga", "empat"])]  # fmt: skip
        pages.append(Sheet([*prose, Line(str(number), 280, 620, 320, 632)], 842))
    kept, labels = strip_running(pages)
    assert labels == read
    assert [len(lines) for lines in kept] == [4 if label else 5 for label in read]


def test_strokes_beside_a_number_are_no_lines() -> None:
    pages = []
    for number in range(4, 8):
        prose = [Line(f"Isi {'abcd'[number - 4]} dan {word}", 72, 300 + 20 * n, 500, 312 + 20 * n)
                 for n, word in enumerate(["satu", "dua", "tiga", "empat"])]  # fmt: skip
        foot = [Line(str(number), 300, 779, 306, 786), Line("-", 290, 789, 294, 790),
                Line("-", 310, 789, 314, 790),
                Line("Badan Contoh Wilayah II", 72, 791, 280, 798)]  # fmt: skip
        pages.append(Sheet([*prose, *foot], 842))
    _, labels = strip_running(pages)
    assert labels == ["4", "5", "6", "7"]


def test_a_label_between_dashes_ends_a_running_line() -> None:
    feet = [f"Badan Koordinasi Wilayah II Prov. Jabar - {n} -" for n in range(3, 9)]
    _, labels = strip_running(sheets(*feet))
    assert labels == ["3", "4", "5", "6", "7", "8"]


def test_a_page_on_its_side_has_the_margins_of_the_others() -> None:
    feet = [Line(str(n), 400, 508, 410, 517) for n in range(56, 60)]
    pages = [Sheet([Line(f"Isi {'abcd'[n]} dan lainnya", 72, 300, 500, 312), foot], 595, width=842)
             for n, foot in enumerate(feet)]  # fmt: skip
    _, labels = strip_running(pages)
    assert labels == ["56", "57", "58", "59"]


def test_figures_that_ocr_took_for_letters() -> None:
    pages = [replace(one, scanned=True) for one in sheets("9", "10", "li", "12", "l3")]
    _, labels = strip_running(pages)
    assert labels == ["9", "10", "11", "12", "13"]
    assert as_figures("Pa") is None


def test_labels_of_the_file_that_the_pages_contradict_are_not_its_labels() -> None:
    assert file_labels(["1", "2", "3"], ["i", "ii", None]) == ()
    assert file_labels(["i", "ii", "1"], ["i", None, "1"]) == ["i", "ii", "1"]
