"""Chapters and sections of documents without bookmarks, or with useless ones."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

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


def test_marks_of_merged_chapters_are_called_as_their_pages_are() -> None:
    pages = [
        page("BAB I", "PENDAHULUAN", *PROSE * 9),
        page("BAB II", "GAMBARAN PELAYANAN", *PROSE * 9),
    ]
    marks = [OutlineItem("4. BAB I", 1), OutlineItem("5. BAB II", 2)]
    found = [item.title for item in outline_of(marks, pages, [None, None])]
    assert found == ["BAB I PENDAHULUAN", "BAB II GAMBARAN PELAYANAN"]


def test_marks_in_figures_are_called_as_their_pages_in_roman_ones_are() -> None:
    pages = [
        page("BAB I", "PENDAHULUAN", *PROSE * 9),
        page("BAB II", "GAMBARAN PELAYANAN", *PROSE * 9),
    ]
    marks = [OutlineItem("7. Bab 1", 1), OutlineItem("8. Bab 2", 2)]
    found = [item.title for item in outline_of(marks, pages, [None, None])]
    assert found == ["BAB I PENDAHULUAN", "BAB II GAMBARAN PELAYANAN"]


def test_a_number_said_twice_is_no_title_and_a_number_of_a_letter_no_section() -> None:
    twice = page("BAB V", "B A B V", "STRATEGI DAN ARAH KEBIJAKAN", *PROSE)
    assert titles([twice]) == [(1, "BAB V STRATEGI DAN ARAH KEBIJAKAN")]
    cited = page("BAB I", "PENDAHULUAN", "XIII.2/7/2014 tentang Organisasi dan Tata Kerja", *PROSE)
    assert titles([cited]) == [(1, "BAB I PENDAHULUAN")]


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


def test_a_chapter_whose_number_is_a_picture_is_known_by_its_first_section() -> None:
    pages = [
        page("BAB I PENDAHULUAN", "1.1 Latar Belakang", *PROSE),
        page("BAB II GAMBARAN PELAYANAN", "2.1 Tugas dan Fungsi", *PROSE),
        page("PERMASALAHAN DAN", "ISU STRATEGIS", "3.1 Identifikasi Permasalahan", *PROSE),
        page(*PROSE, "3.2 Telaahan Visi", *PROSE),
        page("TUJUAN DAN SASARAN", "IV. 1. VISI DAN MISI", *PROSE),
    ]
    found = sections(find_headings(pages), 5)
    assert found[2] == "BAB III PERMASALAHAN DAN ISU STRATEGIS > 3.1 Identifikasi Permasalahan"
    assert found[3] == "BAB III PERMASALAHAN DAN ISU STRATEGIS > 3.2 Telaahan Visi"
    assert (found[4] or "").startswith("BAB IV TUJUAN DAN SASARAN")


def test_a_first_section_without_a_name_above_opens_the_chapter_after_the_last() -> None:
    pages = [
        page("BAB I PENDAHULUAN", "1.1 Latar Belakang", *PROSE),
        page("BAB II GAMBARAN PELAYANAN", "2.1 Tugas dan Fungsi", *PROSE),
        page("3.1 Identifikasi Permasalahan", *PROSE),
        page("Lampiran ini memuat rincian,", "7.1 Identifikasi Lain", *PROSE),
    ]
    assert [title for _, title in titles(pages) if title.startswith("BAB")] == [
        "BAB I PENDAHULUAN",
        "BAB II GAMBARAN PELAYANAN",
        "BAB III",
    ]
    assert (3, "3.1 Identifikasi Permasalahan") in titles(pages)


def test_the_first_and_the_last_chapter_without_their_numbers() -> None:
    pages = [
        page("PENDAHULUAN", *PROSE),
        page("BAB II PERENCANAAN KINERJA", *PROSE),
        page("BAB III AKUNTABILITAS KINERJA", *PROSE),
        page("PENUTUP", *PROSE),
    ]
    assert [title for _, title in titles(pages)][::3] == ["BAB I PENDAHULUAN", "BAB IV PENUTUP"]


@pytest.mark.parametrize(
    ("line", "title"),
    [("BAB It", "BAB II TUJUAN"), ("BAS IV", "BAB IV TUJUAN"), ("BAB IY", "BAB IV TUJUAN"),
     ("BABVII", "BAB VII TUJUAN"), ("BAB VlI", "BAB VII TUJUAN"), ("BAG HASIL", None),
     ("BAHU", None)],
)  # fmt: skip
def test_a_chapter_number_as_ocr_reads_it(line: str, title: str | None) -> None:
    found = titles([page(line, "TUJUAN", *PROSE)])
    assert found == ([(1, title)] if title else [])


def test_a_list_numbered_otherwise_holds_no_sections() -> None:
    pages = [
        page("BAB I PENDAHULUAN", "1.1 Latar Belakang", *PROSE, "1.2 Dasar Hukum", *PROSE),
        page("BAB II GAMBARAN PELAYANAN", "2.1 Susunan Organisasi", *PROSE,
             "5.1 Subbidang Mutasi", "5.2 Subbidang Disiplin Pegawai", *PROSE, "2.2 Tugas", *PROSE),
        page("2.3 Sumber Daya", *PROSE, "2.4 Kinerja Pelayanan", *PROSE),
        page("BAB III ISU STRATEGIS", "3.1 Permasalahan", *PROSE,
             "1.02.01 Program Layanan", *PROSE),
    ]  # fmt: skip
    said = [title for _, title in titles(pages)]
    assert "2.2 Tugas" in said
    assert not [title for title in said if title.startswith(("5.", "1.02"))]


def test_lampiran_within_a_page_opens_nothing() -> None:
    pages = [page("BAB I PENDAHULUAN", *PROSE * 5, "LAMPIRAN", *PROSE), page("LAMPIRAN I", *PROSE)]
    assert titles(pages) == [(1, "BAB I PENDAHULUAN"), (2, "LAMPIRAN I")]


def test_an_annex_cited_in_a_chart_parts_no_chapters() -> None:
    pages = [
        page("BAB I PENDAHULUAN", *PROSE * 9),
        page("LAMPIRAN", "KEPALA", "SEKRETARIS", "BAB II PERENCANAAN KINERJA", *PROSE * 9),
        page("BAB III PENUTUP", *PROSE * 9),
        page("LAMPIRAN", *PROSE),
    ]
    assert titles(pages) == [
        (1, "BAB I PENDAHULUAN"),
        (2, "BAB II PERENCANAAN KINERJA"),
        (3, "BAB III PENUTUP"),
        (4, "LAMPIRAN"),
    ]


def test_the_name_of_a_chapter_over_its_pages_is_no_section() -> None:
    pages = [
        page("BAB I PENDAHULUAN", *PROSE * 9),
        page("Penutup", "BAB II", "PENUTUP", *PROSE * 9),
        page("Penutup", *PROSE),
    ]
    assert sections(find_headings(pages), 3)[1:] == ["BAB II PENUTUP", "BAB II PENUTUP"]


def test_a_first_chapter_named_again_does_not_begin_again() -> None:
    pages = [
        page("BAB I PENDAHULUAN", *PROSE),
        page("BAB I PENDAHULUAN 8", *PROSE),
        page("BAB II PERENCANAAN KINERJA", *PROSE),
    ]
    assert titles(pages) == [(1, "BAB I PENDAHULUAN"), (3, "BAB II PERENCANAAN KINERJA")]


def test_a_chapter_of_which_only_a_later_section_is_found() -> None:
    pages = [
        page("BAB I PENDAHULUAN", "1.1 Latar Belakang", *PROSE),
        page(*PROSE, "2.2 Sumber Daya", *PROSE),
        page("BAB III ISU STRATEGIS", "3.1 Permasalahan", *PROSE),
    ]
    assert sections(find_headings(pages), 3)[1] == "BAB II > 2.2 Sumber Daya"


def test_a_list_of_contents_without_leaders_or_a_heading_opens_no_chapter() -> None:
    pages = [
        page("Hal", "3.6 Penentuan Isu-isu Strategis III - 25", "BAB IV TUJUAN DAN SASARAN IV - 1",
             "4.1 Tujuan Jangka Menengah | IV - 1", "4.2 Sasaran Jangka Menengah | IV - 2",
             "BAB V STRATEGI | V - 1"),
        page("BAB IV TUJUAN DAN SASARAN", *PROSE),
    ]  # fmt: skip
    assert titles(pages) == [(1, "DAFTAR ISI"), (2, "BAB IV TUJUAN DAN SASARAN")]


def test_bookmarks_of_one_level_stand_below_their_chapters_and_lacking_chapters_come_in() -> None:
    pages = [
        page("BAB I PENDAHULUAN", "1.1 Latar Belakang", *PROSE * 3),
        page("BAB II GAMBARAN PELAYANAN", "2.1 Tugas dan Fungsi", *PROSE * 3),
        page("BAB III PERMASALAHAN", *PROSE * 3),
        page("Lampiran Tabel", *PROSE * 3),
    ]
    marks = [
        OutlineItem("BAB I PENDAHULUAN", 1, 0),
        OutlineItem("1.1 Latar Belakang", 1, 0),
        OutlineItem("BAB II GAMBARAN PELAYANAN", 2, 0),
        OutlineItem("2.1 Tugas dan Fungsi", 2, 0),
        OutlineItem("Lampiran Tabel", 4, 0),
    ]
    found = [(item.title, item.level) for item in outline_of(marks, pages, [None] * 4)]
    assert found == [
        ("BAB I PENDAHULUAN", 0),
        ("1.1 Latar Belakang", 1),
        ("BAB II GAMBARAN PELAYANAN", 0),
        ("2.1 Tugas dan Fungsi", 1),
        ("BAB III PERMASALAHAN", 0),
        ("Lampiran Tabel", 0),
    ]


def test_chapters_whose_heads_are_pictures_begin_with_their_first_section() -> None:
    pages = [
        page("DAFTAR ISI", "BAB I PENDAHULUAN ........ 1", "1.1 Latar Belakang ........ 1",
             "BAB II EVALUASI ........ 7", "2.1 Hasil Evaluasi ........ 7",
             "BAB III TUJUAN ........ 9", "3.1 Tujuan Daerah ........ 9"),
        page("1.1 Latar Belakang", *PROSE * 4),
        page("1.2 Sistematika Penulisan", "Disusun dengan sistematika sebagai berikut :",
             "BAB II HASIL EVALUASI RENJA", "Bab ini memuat :", "2.1 Hasil Evaluasi;",
             *PROSE * 4),
        page("BAB III TUJUAN DAERAH", "Bab ini memuat :", "3.1 Tujuan Daerah;",
             "BAB IV RENCANA KERJA", "BAB IV PENUTUP", *PROSE),
        page("2.1 Hasil Evaluasi", *PROSE * 4),
        page("2.2 Isu Penting", *PROSE * 4),
        page("3.1 Tujuan Daerah", *PROSE * 4),
    ]  # fmt: skip
    chapters = [found for found in titles(pages, [None] * 7) if found[1].startswith("BAB")]
    assert chapters == [(2, "BAB I PENDAHULUAN"), (5, "BAB II EVALUASI"), (7, "BAB III TUJUAN")]


def sized(*texts: str, large: Sequence[str] = ()) -> list[Line]:
    """A page whose lines named in ``large`` are set half again as high."""
    lines, top = [], 60.0
    for text in texts:
        height = 18.0 if text in large else 11.0
        lines.append(Line(text, 72, top, 300, top + height))
        top += 1.7 * height
    return lines


def test_headings_without_numbers_are_told_by_their_size() -> None:
    large = ["Gambaran Umum", "Anggaran Layanan", "Informasi Publik", "Capaian Tahun Ini"]
    pages = [
        sized("LAPORAN TAHUNAN", *PROSE, large=["LAPORAN TAHUNAN"]),
        sized("Gambaran Umum", *PROSE * 4, large=large),
        sized("Anggaran Layanan", "Informasi Publik", *PROSE * 4, large=large),
        sized(*PROSE * 2, "Capaian Tahun Ini", *PROSE * 3, large=large),
    ]
    assert titles(pages) == [
        (2, "Gambaran Umum"),
        (3, "Anggaran Layanan Informasi Publik"),
        (4, "Capaian Tahun Ini"),
    ]


def test_size_tells_nothing_beside_numbered_chapters_or_where_it_is_rare() -> None:
    large = ["Kotak Penting", "Pesan Kepala Dinas"]
    numbered = [
        sized("BAB I PENDAHULUAN", *PROSE * 4, "Kotak Penting", *PROSE, large=large),
        sized("BAB II PENUTUP", *PROSE * 4, "Pesan Kepala Dinas", *PROSE, large=large),
    ]
    assert [title for _, title in titles(numbered)] == ["BAB I PENDAHULUAN", "BAB II PENUTUP"]
    rare = [sized(*PROSE * 6), sized("Kotak Penting", *PROSE * 6, large=large)]
    assert titles(rare) == []


def test_a_number_at_the_foot_of_a_page_belongs_to_the_name_on_the_next() -> None:
    pages = [
        page("LAPORAN KINERJA", *PROSE * 2, "BAB I"),
        page("PENDAHULUAN", *PROSE * 4),
        page("BAB II PERENCANAAN KINERJA", *PROSE * 4),
    ]
    chapters = [one for one in titles(pages) if one[1].startswith("BAB")]
    assert chapters == [(2, "BAB I PENDAHULUAN"), (3, "BAB II PERENCANAAN KINERJA")]
