"""Page labels as printed, told from the other numbers at a page's edge."""

from __future__ import annotations

import pytest

from kb.readers.labels import choose, read_label, read_tail
from kb.readers.layout import Line
from kb.readers.running import Sheet, strip_running


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
