"""Title lines as they were meant."""

from __future__ import annotations

import pytest

from kb.describe.misread import mended


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
