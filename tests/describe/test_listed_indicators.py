"""Indicators that slides and forms name in lines of text."""

from __future__ import annotations

import pytest

from kb.describe import extract_indicators
from kb.model import Description, Found, Page, SourceDocument, Table


def values(text: str, *, tables: tuple[Table, ...] = ()) -> list[tuple[str, str, int, str]]:
    source = SourceDocument("a.pdf", "pdf", None, (Page(4, text),), tables=tables)
    told = Description(Found("x", "test"), years=Found((2025,), "title page"))
    return [
        (v.indicator, v.kind, v.year, v.value_text)
        for v in extract_indicators(source, told)
        if v.page == 4
    ]


def test_years_below_an_indicator() -> None:
    text = """PROGRAM DINAS
1. PROGRAM PENUNJANG URUSAN
Indikator : Tingkat Kepuasan Pegawai Target Tahun
2026 : 94,63%
2027 : 95,03%

Indikator Sasaran : Persentase Aset yang
telah disertipikatkan
Target
Tahun 2026 : 16,01%
Tahun 2027 : 16,53%
Jumlah pegawai 2027 : 40
"""
    assert values(text) == [
        ("Tingkat Kepuasan Pegawai", "target", 2026, "94,63%"),
        ("Tingkat Kepuasan Pegawai", "target", 2027, "95,03%"),
        ("Persentase Aset yang telah disertipikatkan", "target", 2026, "16,01%"),
        ("Persentase Aset yang telah disertipikatkan", "target", 2027, "16,53%"),
    ]


def test_a_slide_that_sets_each_in_a_box() -> None:
    text = """PROGRAM PENGELOLAAN ASET
Indikator
Persentase Penambahan Nilai
Aset Tetap
Target Tahun
2026 2,56%
2027 2,65%
2028 adalah tahun ketiga
"""
    assert values(text) == [
        ("Persentase Penambahan Nilai Aset Tetap", "target", 2026, "2,56%"),
        ("Persentase Penambahan Nilai Aset Tetap", "target", 2027, "2,65%"),
    ]


def test_target_and_result_of_the_year_of_the_document() -> None:
    text = """Indikator Kinerja : Nilai SAKIP
Target : BB
Realisasi : 70,5 (BB)
Target : lihat lampiran
"""
    assert values(text) == [
        ("Nilai SAKIP", "target", 2025, "BB"),
        ("Nilai SAKIP", "realisation", 2025, "70,5 (BB)"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Indikator : Nilai SAKIP\n2026 : 71",  # of what, is not said
        "Indikator : Nilai SAKIP\nPenjelasan\nTahun 2026 tercapai\n2026 : 71",
        "Indikator : Nilai SAKIP | Target | 71",
        "Target : 71\nIndikator : Nilai SAKIP",
        "Indikator\nNilai SAKIP\n2026 71",
        "Indikator\nTarget Tahun\n2026 71",
    ],
)
def test_lines_that_do_not_say_it(text: str) -> None:
    assert values(text) == []
