"""Page numbers by their place, tables of contents set with tabs, words that a cell broke."""

from __future__ import annotations

from collections.abc import Sequence

from kb.readers.chapters import read_contents
from kb.readers.headings import find_headings
from kb.readers.layout import Line
from kb.readers.mend import rejoin, torn_words
from kb.readers.run_on import head_apart
from kb.readers.running import strip_running
from kb.readers.sheets import Sheet

WORDS = ["abu", "batu", "cabai", "damar", "elang", "fajar", "gandum", "hujan", "intan", "jagung"]


def tabbed(numbers: Sequence[int | None], x: float = 530, top: float = 160) -> list[Sheet]:
    """Pages of prose, each with a number on a tab beside it, away from the edges."""
    found = []
    for at, number in enumerate(numbers):
        lines = [
            Line(f"Uraian {WORDS[at]} baris {WORDS[row]} dan lainnya", 72, 120 + 60 * row, 500,
                 132 + 60 * row)
            for row in range(10)
        ]  # fmt: skip
        if number is not None:
            lines.insert(2, Line(str(number), x, top, x + 10, top + 9))
        found.append(Sheet(lines, 842, width=595))
    return found


def test_a_number_that_counts_on_at_one_place_is_the_label_wherever_it_stands() -> None:
    kept, labels = strip_running(tabbed([4, 5, 6, 7, None, 9, 10]))
    assert labels == ["4", "5", "6", "7", "8", "9", "10"]
    assert all(line.text != "5" for line in kept[1])


def test_numbers_that_do_not_count_on_or_stand_with_the_items_are_no_labels() -> None:
    _, labels = strip_running(tabbed([4, 9, 2, 7, 30, 11, 5]))
    assert set(labels) == {None}
    _, labels = strip_running(tabbed([1, 2, 3, 4, 5, 6, 7], x=80))
    assert set(labels) == {None}


def at(top: float, *pieces: tuple[str, float]) -> list[Line]:
    return [Line(text, x, top, x + 6 * len(text), top + 11) for text, x in pieces]


def test_contents_with_tabs_and_numbers_beside_the_sections_alone() -> None:
    contents = [
        *at(60, ("DAFTAR ISI", 260)),
        *at(90, ("BAB I PENDAHULUAN", 72)),
        *at(110, ("1.1 Latar Belakang", 90), ("1", 500)),
        *at(130, ("1.2 Landasan Hukum", 90), ("2", 500)),
        *at(150, ("BAB II EVALUASI PELAKSANAAN RENJA TAHUN LALU", 72)),
        *at(170, ("2.1 Evaluasi Renja", 90), ("3", 500)),
    ]
    pages = [
        contents,
        at(80, ("Uraian latar belakang yang panjang", 72)),
        at(80, ("Landasan hukum penyusunan rencana kerja", 72)),
        at(80, ("Uraian evaluasi tahun lalu yang panjang", 72)),
    ]
    found = find_headings(pages, [None, "1", "2", "3"])
    chapters = [(item.page, item.title) for item in found if item.title.startswith("BAB")]
    assert chapters == [
        (2, "BAB I PENDAHULUAN"),
        (4, "BAB II EVALUASI PELAKSANAAN RENJA TAHUN LALU"),
    ]


def test_a_chapter_with_a_number_of_its_own_keeps_it() -> None:
    entries = read_contents(["BAB I PENDAHULUAN 1", "1.1 Latar Belakang 2", "BAB II PENUTUP 9"])
    assert {number: entry.label for number, entry in entries.items()} == {1: "1", 2: "9"}


def test_a_sentence_that_begins_with_a_chapter_written_otherwise_opens_none() -> None:
    def page(*texts: str) -> list[Line]:
        prose = [f"uraian yang panjang tentang {word} dan kinerjanya" for word in WORDS * 3]
        lines = [*texts, *prose]
        return [Line(text, 72, 60 + 20 * i, 500, 72 + 20 * i) for i, text in enumerate(lines)]

    found = find_headings([
        page("BAB I", "PENDAHULUAN"),
        page("BAB II", "GAMBARAN PELAYANAN"),
        page("BAB III", "PERMASALAHAN"),
        page("Bab 4 Perubahan RPJMD Tahun 2018-2023, terdapat"),
        page("BAB V", "STRATEGI"),
    ])  # fmt: skip
    assert [item.title.split()[1] for item in found] == ["I", "II", "III", "V"]


def test_words_that_a_narrow_cell_broke_are_put_together() -> None:
    texts = [
        "Indeks Perlindung an Konsumen | Persent ase layanan",
        "Indeks Perlindungan Konsumen, persentase layanan; an. Kepala Dinas dan Bupati",
    ]
    torn = torn_words(texts)
    assert rejoin(texts[0], torn) == "Indeks Perlindungan Konsumen | Persentase layanan"
    assert rejoin(texts[1], torn) == texts[1]


def test_two_words_stay_two_though_the_document_has_them_as_one() -> None:
    texts = ["kerja sama antardaerah", "kerjasama antardaerah", "nilai rata rata"]
    assert torn_words(texts) == {}


def test_a_header_that_runs_on_with_the_first_row_is_parted_from_it() -> None:
    rows = (
        ("No 1", "Indikator Kinerja Indeks Inovasi", "Satuan Indeks", "Target 3,80", "Realisasi 4"),
        ("2", "Indeks Kepuasan", "Indeks", "89,5", "90"),
    )
    assert head_apart(rows)[:2] == (
        ("No", "Indikator Kinerja", "Satuan", "Target", "Realisasi"),
        ("1", "Indeks Inovasi", "Indeks", "3,80", "4"),
    )
    years = (("No", "Indikator Kinerja", "Satuan", "Target 2024", "Realisasi 2024"), rows[1])
    assert head_apart(years) is years


def test_a_chapter_that_opens_right_below_the_list_of_chapters_is_one() -> None:
    def page(*texts: str) -> list[Line]:
        prose = [f"uraian yang panjang tentang {word} dan kinerjanya" for word in WORDS * 2]
        lines = [*texts, *prose]
        return [Line(text, 72, 60 + 20 * i, 500, 72 + 20 * i) for i, text in enumerate(lines)]

    listing = ["BAB VI Rencana Program", "BAB VII Kinerja", "BAB VIII Penutup"]
    found = find_headings([
        page("BAB I", "PENDAHULUAN"),
        page("1.4 Sistematika Penulisan", *listing, "BAB II", "GAMBARAN PELAYANAN"),
        page("BAB III", "PERMASALAHAN"),
    ])  # fmt: skip
    chapters = [item.title for item in found if item.title.startswith("BAB")]
    assert chapters == ["BAB I PENDAHULUAN", "BAB II GAMBARAN PELAYANAN", "BAB III PERMASALAHAN"]
