"""Chapters and sections of documents without bookmarks, or with useless ones."""

from __future__ import annotations

from collections.abc import Sequence

from kb.model import OutlineItem
from kb.readers.bookmarks import outline_of
from kb.readers.headings import find_headings, sections
from kb.readers.layout import Line

PROSE = [
    "Pembangunan daerah dilaksanakan secara bertahap dengan memperhatikan kemampuan,",
    "sehingga hasilnya dapat dirasakan bersama oleh masyarakat di seluruh kecamatan.",
]


def page(*texts: str) -> list[Line]:
    return [Line(text, 72, 60 + 16 * n, 300, 72 + 16 * n) for n, text in enumerate(texts)]


def titles(
    pages: Sequence[Sequence[Line]], labels: Sequence[str | None] = ()
) -> list[tuple[int, str]]:
    return [(item.page, item.title) for item in find_headings(pages, labels)]


def test_a_list_of_chapters_opens_none() -> None:
    pages = [
        page("BAB I PENDAHULUAN", "1.1. Latar Belakang", *PROSE, "1.2. Sistematika Penulisan",
             "BAB I PENDAHULUAN", "1.1. Latar Belakang", "BAB II EVALUASI", "2.1. Hasil Evaluasi",
             "BAB III TUJUAN DAN SASARAN", "BAB IV PENUTUP"),
        page("1.3. Ruang Lingkup", *PROSE * 4),
        page("BAB II EVALUASI", *PROSE * 4),
        page("BAB III TUJUAN DAN SASARAN", *PROSE * 4),
        page("BAB IV PENUTUP", *PROSE),
    ]  # fmt: skip
    assert titles(pages) == [
        (1, "BAB I PENDAHULUAN"),
        (1, "1.1. Latar Belakang"),
        (1, "1.2. Sistematika Penulisan"),
        (2, "1.3. Ruang Lingkup"),
        (3, "BAB II EVALUASI"),
        (4, "BAB III TUJUAN DAN SASARAN"),
        (5, "BAB IV PENUTUP"),
    ]


def test_a_regulation_that_is_quoted_opens_no_chapter() -> None:
    pages = [
        page("BAB I", "PENDAHULUAN", *PROSE * 4),
        page("BAB II", "GAMBARAN PELAYANAN", *PROSE * 4),
        page(*PROSE, "BAB II", "URAIAN TUGAS", "Bagian Kesatu", "Pasal 2", *PROSE),
        page("BAB III", "ISU STRATEGIS", *PROSE * 4),
    ]
    assert [title for _, title in titles(pages)] == [
        "BAB I PENDAHULUAN",
        "BAB II GAMBARAN PELAYANAN",
        "BAB III ISU STRATEGIS",
    ]


def test_chapters_of_a_regulation_on_one_page_are_chapters() -> None:
    pages = [page("BAB I", "KETENTUAN UMUM", "Pasal 1", *PROSE, "BAB II", "PEMBENTUKAN", "Pasal 2",
                  *PROSE, "BAB III", "PENUTUP", "Pasal 3", *PROSE)]  # fmt: skip
    assert len(titles(pages)) == 3


def test_a_chapter_without_its_number_is_known_by_the_list() -> None:
    pages = [
        page("BAB I PENDAHULUAN", *PROSE, "Sistematika penulisan dokumen ini:",
             "BAB I PENDAHULUAN", "BAB II GAMBARAN UMUM", "BAB III PENUTUP"),
        page("GAMBARAN UMUM", *PROSE * 4),
        page("BAB III PENUTUP", *PROSE),
    ]  # fmt: skip
    assert (2, "BAB II GAMBARAN UMUM") in titles(pages)


def test_page_labels_say_where_a_chapter_begins_that_cannot_be_read() -> None:
    pages = [
        page("DAFTAR ISI", "BAB I PENDAHULUAN ........ I-1", "BAB II KINERJA ........ II-1",
             "BAB III PENUTUP ........ III-1"),
        page("BAB I PENDAHULUAN", *PROSE * 4),
        page(*PROSE * 4),
        page("BAB III PENUTUP", *PROSE),
    ]  # fmt: skip
    labels = [None, "I-1", "II-1", "III-1"]
    assert (3, "BAB II KINERJA") in titles(pages, labels)


def test_lettered_chapters_where_there_are_no_others() -> None:
    pages = [page("A. PENDAHULUAN", *PROSE), page("B. PERENCANAAN KINERJA", *PROSE),
             page("C. PENUTUP", *PROSE)]  # fmt: skip
    assert sections(find_headings(pages), 3) == [
        "A. PENDAHULUAN",
        "B. PERENCANAAN KINERJA",
        "C. PENUTUP",
    ]


def test_a_number_beside_its_words_and_letters_set_apart() -> None:
    lines = [
        Line("BAB I", 280, 60, 320, 72),
        Line("P E N D A H U L U A N", 230, 80, 370, 92),
        Line("1.1", 72, 110, 90, 122),
        Line("Latar Belakang", 100, 110, 200, 122),
        Line("Uraian latar belakang yang panjang sekali.", 72, 130, 500, 142),
    ]
    assert titles([lines]) == [(1, "BAB I PENDAHULUAN"), (1, "1.1 Latar Belakang")]


def test_names_of_merged_files_are_no_bookmarks() -> None:
    pages = [page("LAPORAN KINERJA", "DINAS CONTOH"), page("BAB I PENDAHULUAN", *PROSE),
             page("BAB II PERENCANAAN KINERJA", "A. Rencana Strategis", *PROSE, "B. Perjanjian",
                  *PROSE)]  # fmt: skip
    marks = [OutlineItem("sampul.pdf (p.1)", 1), OutlineItem("2 fix.pdf (p.2)", 2),
             OutlineItem("3 rev.pdf (p.3)", 3)]  # fmt: skip
    found = outline_of(marks, pages, [None] * 3)
    assert sections(found, 3)[2] == "BAB II PERENCANAAN KINERJA > A. Rencana Strategis"


def test_bookmarks_that_stand_on_their_pages_are_kept() -> None:
    pages = [page("KATA PENGANTAR", *PROSE), page("BAB I", "PENDAHULUAN", *PROSE)]
    marks = [OutlineItem("Kata Pengantar", 1), OutlineItem("BAB I", 2)]
    assert [item.title for item in outline_of(marks, pages, [None] * 2)] == [
        "Kata Pengantar",
        "BAB I PENDAHULUAN",
    ]


def test_lines_that_a_converter_took_for_headings_are_no_bookmarks() -> None:
    pages = [page("RINGKASAN EKSEKUTIF", *PROSE), page("BAB I PENDAHULUAN", *PROSE),
             page("BAB II PERENCANAAN KINERJA", "Tabel 2.1 Sasaran", *PROSE)]  # fmt: skip
    marks = [
        OutlineItem("RINGKASAN EKSEKUTIF", 1, 1),
        OutlineItem("BAB I PENDAHULUAN", 2, 2),
        OutlineItem("BAB II PERENCANAAN KINERJA", 3, 2),
        OutlineItem("Tabel 2.1 Sasaran", 3, 2),
    ]
    found = outline_of(marks, pages, [None] * 3)
    assert sections(found, 3)[1:] == ["BAB I PENDAHULUAN", "BAB II PERENCANAAN KINERJA"]
    kept = outline_of(marks[:3], pages, [None] * 3)  # as someone wrote them
    assert sections(kept, 3)[1] == "RINGKASAN EKSEKUTIF > BAB I PENDAHULUAN"


def test_a_title_in_capitals_ends_where_its_capitals_do() -> None:
    lines = [
        Line("BAB IV PENUTUP", 230, 60, 370, 72),
        Line("Demikian Rencana Kerja Dinas Sosial Kota Binjai", 180, 80, 420, 92),
        Line("Tahun 2019 disusun untuk dilaksanakan.", 72, 100, 300, 112),
    ]
    assert titles([lines]) == [(1, "BAB IV PENUTUP")]
    lines[1] = Line("DAN TINDAK LANJUT", 240, 80, 360, 92)
    assert titles([lines]) == [(1, "BAB IV PENUTUP DAN TINDAK LANJUT")]
