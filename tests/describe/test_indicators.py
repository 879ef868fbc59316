"""Indicators with targets and results by year, from tables."""

from __future__ import annotations

import pytest

from kb.describe import extract_indicators, indicator_norm
from kb.model import Description, Found, Page, SourceDocument, Table


def rows(table: Table, years: tuple[int, ...] = ()) -> list[tuple[str, str, int, float]]:
    source = SourceDocument("a.pdf", "pdf", None, (Page(1, ""),), tables=(table,))
    told = Description(
        Found("x", "test"),
        years=Found(years, "test") if years else None,
        institution=Found("Bappeda Provinsi Banten", "test"),
    )
    return [(v.indicator, v.kind, v.year, v.value) for v in extract_indicators(source, told)]


def test_targets_by_year_below_a_shared_header() -> None:
    table = Table(
        3,
        (
            ("No", "Indikator Kinerja", "Satuan", "Kondisi Awal 2024", "Target", "", ""),
            ("", "", "", "", "2025", "2026", "2027"),
            ("1", "Tingkat Kemiskinan", "%", "5,84", "5,50", "5,20", "4,9 - 5,1"),
            ("2", "Indeks Pembangunan Manusia", "Poin", "n/a", "75,1", "75,8", "76,4"),
        ),
        header_rows=2,
    )
    assert rows(table) == [
        ("Tingkat Kemiskinan", "baseline", 2024, 5.84),
        ("Tingkat Kemiskinan", "target", 2025, 5.5),
        ("Tingkat Kemiskinan", "target", 2026, 5.2),
        ("Indeks Pembangunan Manusia", "target", 2025, 75.1),
        ("Indeks Pembangunan Manusia", "target", 2026, 75.8),
        ("Indeks Pembangunan Manusia", "target", 2027, 76.4),
    ]


def test_target_and_realisation_of_the_documents_year() -> None:
    table = Table(
        9,
        (
            ("Sasaran Strategis", "Indikator Kinerja", "Target", "Realisasi", "% Capaian"),
            ("Meningkatnya layanan", "1. Persentase jalan mantap", "92,5", "93,1", "100,6"),
            ("", "Indeks SPBE", "3,4", "3,61", "106,1"),
        ),
    )
    assert rows(table, (2023,)) == [
        ("Persentase jalan mantap", "target", 2023, 92.5),
        ("Persentase jalan mantap", "realisation", 2023, 93.1),
        ("Indeks SPBE", "target", 2023, 3.4),
        ("Indeks SPBE", "realisation", 2023, 3.61),
    ]
    assert rows(table, (2023, 2024)) == [], "without a sure year nothing is guessed"


@pytest.mark.parametrize(
    "header",
    [
        ("No", "Nama Paket", "Pagu", "Lokasi"),
        ("Program", "Anggaran Target 2024", "Realisasi", "Ket"),
        ("Indikator", "Formula", "Sumber Data", "Alasan"),
    ],
)
def test_other_tables_give_nothing(header: tuple[str, ...]) -> None:
    assert rows(Table(1, (header, ("1", "Jalan 2024", "10", "5"))), (2024,)) == []


def test_names_over_several_rows_and_shares_and_sums() -> None:
    table = Table(
        26,
        (
            (
                "",
                "Sasaran",
                "Indikator Kinerja",
                "Satuan",
                "Target",
                "Realisasi",
                "Capaian",
                "s/d 2015",
            ),
            ("", "Tata ruang", "3.10.4 Ruang hijau", "%", "0,82", "0,16", "19,76", "1,2"),
            ("", "yang baik", "per satuan", "", "", "", "", ""),
            ("", "", "wilayah", "", "", "", "", ""),
            ("", "", "Penanganan sampah", "%", "5", "5", "100", "7"),
        ),
    )
    assert rows(table, (2015,)) == [
        ("Ruang hijau per satuan wilayah", "target", 2015, 0.82),
        ("Ruang hijau per satuan wilayah", "realisation", 2015, 0.16),
        ("Penanganan sampah", "target", 2015, 5),
        ("Penanganan sampah", "realisation", 2015, 5),
    ]


def test_unit_agency_and_place_in_the_table_are_kept() -> None:
    table = Table(
        4,
        (
            ("Indikator", "Satuan", "Target 2025", "Perangkat Daerah Penanggung Jawab"),
            ("Prevalensi Stunting", "Persen", "14,0", "Dinas Kesehatan"),
        ),
    )
    source = SourceDocument("a.pdf", "pdf", None, (Page(1, ""),), tables=(table,))
    (found,) = extract_indicators(source, Description(Found("x", "test")))
    assert (found.unit, found.agency, found.page) == ("Persen", "Dinas Kesehatan", 4)
    assert (found.table, found.row, found.value_text) == (0, 1, "14,0")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Indeks Pembangunan Manusia (IPM)", "Indeks Pembangunan Manusia"),
        ("Persentase Penduduk Miskin", "Prosentase penduduk miskin"),
        ("Tingkat Pengangguran Terbuka Provinsi Banten", "Tingkat pengangguran terbuka"),
        ("Nilai Reformasi Birokrasi", "Reformasi Birokrasi"),
        ("Laju Pertumbuhan Ekonomi (%)", "Laju pertumbuhan ekonomi"),
    ],
)
def test_the_same_indicator_meets(one: str, other: str) -> None:
    assert indicator_norm(one) == indicator_norm(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jumlah Penduduk Miskin", "Persentase Penduduk Miskin"),
        ("Angka Harapan Hidup", "Harapan Lama Sekolah"),
        ("Indeks Gini", "Indeks Williamson"),
    ],
)
def test_other_indicators_stay_apart(one: str, other: str) -> None:
    assert indicator_norm(one) != indicator_norm(other)
