"""Title lines as they were meant."""

from __future__ import annotations

import pytest

from kb.describe.misread import mended, of_scan


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("P E M E R I N T A H   K A B U P A T E N   S I N T A N G", "PEMERINTAH KABUPATEN SINTANG"),
        ("P E M E R I N T A H K A B U P A T E N S I N T A N G", "PEMERINTAH KABUPATEN SINTANG"),
        ("T A H U N   2 0 2 3", "TAHUN 2023"),
        ("( L K j I P )", "(LKjIP)"),
        ("PERATTIRAN BUPATI TAPANULI", "PERATURAN BUPATI TAPANULI"),
        ("NOMOR 17 TAHTIN 2022", "NOMOR 17 TAHUN 2022"),
        ("PEMER1NTAH K0TA BIMA", "PEMERINTAH K0TA BIMA"),
    ],
)
def test_letters_together_and_slips_mended(line: str, expected: str) -> None:
    assert mended(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "DINAS PERUMAHAN DAN KAWASAN PERMUKIMAN",
        "LAPORAN PENGADUAN MASYARAKAT",
        "KOTA TAHUNA",
        "PERDA NO. 5 TAHUN 2015",
        "Peraturan yang salah tulis: perattiran",
        "A B C",
        "1 2 3 4 5",
        "X Q Z W K P",
    ],
)
def test_everything_else_stays(line: str) -> None:
    assert mended(line) == line


KNOWN = frozenset(["laporan", "kinerja", "pemerintah", "kabupaten", "sintang", "nomor", "tahun"])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("LAPCFAN KINEFJA", "LAPORAN KINERJA"),
        ('d LAPORAN KINERJA "', "LAPORAN KINERJA"),
        ("7 PEMERINTAH KABUPATEN SINTANG iy", "PEMERINTAH KABUPATEN SINTANG"),
        ("NOMOR 17 TAHUN 2022", "NOMOR 17 TAHUN 2022"),
        ("LAPORAN KINERJA JILID I", "LAPORAN KINERJA JILID I"),
        ("KINTAMANI", "KINTAMANI"),
        ("7 x", "7 x"),
    ],
)
def test_a_line_of_a_scanned_cover(line: str, expected: str) -> None:
    assert of_scan(line, KNOWN, KNOWN) == expected


def test_a_word_the_document_does_not_say_is_not_put_into_its_cover() -> None:
    assert of_scan("LAPCFAN KINERJA", KNOWN, frozenset(["kinerja"])) == "LAPCFAN KINERJA"
