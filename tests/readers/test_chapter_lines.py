"""Lines that open a chapter as scans and designed covers have them, written with the right
answers before the rules were looked at; contents are invented."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kb.readers.headings import find_headings
from kb.readers.layout import Line

PROSE = [
    "Pembangunan daerah dilaksanakan secara bertahap dengan memperhatikan kemampuan,",
    "sehingga hasilnya dapat dirasakan bersama oleh masyarakat di seluruh kecamatan.",
]


def page(*texts: str) -> list[Line]:
    return [Line(text, 72, 60 + 16 * n, 300, 72 + 16 * n) for n, text in enumerate(texts)]


def titles(pages: Sequence[Sequence[Line]]) -> list[tuple[int, str]]:
    return [(item.page, item.title) for item in find_headings(pages)]


@pytest.mark.parametrize(
    "second",
    [
        "BAB II]",
        "BAB II,",
        "BAB - II",
        "BAB ]I",
        "BAB IL",
        "BAB 1I",
        "BAB Il.",
        "BAB: II",
    ],
)
def test_signs_beside_a_misread_number(second: str) -> None:
    pages = [
        page("BAB I", "PENDAHULUAN", *PROSE * 4),
        page(second, "GAMBARAN UMUM", *PROSE * 4),
        page("BAB III", "PENUTUP", *PROSE * 4),
    ]
    assert titles(pages) == [
        (1, "BAB I PENDAHULUAN"),
        (2, "BAB II GAMBARAN UMUM"),
        (3, "BAB III PENUTUP"),
    ]


def test_a_number_below_its_word() -> None:
    pages = [
        page("BAB", "I", "PENDAHULUAN", *PROSE * 4),
        page("BAB", "II", "GAMBARAN UMUM", *PROSE * 4),
        page("BAB", "III", "PENUTUP", *PROSE * 4),
    ]
    assert titles(pages) == [
        (1, "BAB I PENDAHULUAN"),
        (2, "BAB II GAMBARAN UMUM"),
        (3, "BAB III PENUTUP"),
    ]


def test_names_above_the_numbers() -> None:
    pages = [
        page("PENDAHULUAN", "BAB I", *PROSE * 4),
        page("EVALUASI KINERJA", "BAB II", *PROSE * 4),
        page("RENCANA KERJA", "BAB III", *PROSE * 4),
    ]
    assert titles(pages) == [
        (1, "BAB I PENDAHULUAN"),
        (2, "BAB II EVALUASI KINERJA"),
        (3, "BAB III RENCANA KERJA"),
    ]


def test_misread_names_that_every_such_document_has() -> None:
    pages = [
        page("BAB 1", "KETERTUAN UMUM", "Fasal 1", *PROSE * 4),
        page(*PROSE, "BAB II", "PENGELOLAAN KINERJA", "Bagian Kesatu", "Pasal 2", *PROSE * 4),
        page(*PROSE, "BAB III", "KETENTUAN PERUTUP", "Pasal 30", *PROSE),
    ]
    assert titles(pages) == [
        (1, "BAB I KETENTUAN UMUM"),
        (2, "BAB II PENGELOLAAN KINERJA"),
        (3, "BAB III KETENTUAN PENUTUP"),
    ]


def test_the_chapters_of_a_pattern_in_an_annex_are_not_the_regulations() -> None:
    pages = [
        page(*PROSE, "BAB I", "KETENTUAN UMUM", "Pasal 1", *PROSE * 4),
        page(*PROSE * 4, "BAB II", "PENGELOLAAN RISIKO", "Bagian Kesatu", "Pasal 2", *PROSE),
        page(*PROSE * 4, "BAB III", "PELAPORAN", "Pasal 26", *PROSE),
        page("BAB IV", "KETENTUAN PENUTUP", "Pasal 30", *PROSE),
        page("LAMPIRAN PERATURAN WALI KOTA METRO", *PROSE * 4),
        page("Bentuk laporan sesuai format", *PROSE * 4, "BAB I", "PENDAHULUAN", *PROSE),
        page("BAE Il", "HASIL PENILAIAN", *PROSE * 4, "BAB IN", "RENCANA TINDAK", *PROSE * 2),
        page("BAB IV", "INFORMASI", *PROSE * 2, "Ban V", "PEMANTAUAN", *PROSE, "BAB VI", "PENUTUP"),
    ]  # fmt: skip
    found = titles(pages)
    assert found[:4] == [
        (1, "BAB I KETENTUAN UMUM"),
        (2, "BAB II PENGELOLAAN RISIKO"),
        (3, "BAB III PELAPORAN"),
        (4, "BAB IV KETENTUAN PENUTUP"),
    ]
    assert (5, "LAMPIRAN PERATURAN WALI KOTA METRO") in found


def test_headings_in_figures_where_there_are_no_chapters() -> None:
    pages = [
        page("1. PENDAHULUAN", *PROSE * 4),
        page(*PROSE * 4, "2. GAMBARAN PELAYANAN INFORMASI", *PROSE),
        page("3. PENUTUP", *PROSE),
    ]
    assert titles(pages) == [
        (1, "1. PENDAHULUAN"),
        (2, "2. GAMBARAN PELAYANAN INFORMASI"),
        (3, "3. PENUTUP"),
    ]


def test_a_list_in_figures_is_no_outline() -> None:
    pages = [
        page("DAFTAR DINAS", "1. DINAS KESEHATAN", "2. DINAS SOSIAL", "3. DINAS PERHUBUNGAN"),
        page(*PROSE * 4),
    ]  # fmt: skip
    assert titles(pages) == []
