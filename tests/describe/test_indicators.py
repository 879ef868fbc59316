"""Indicators with targets and results by year, from tables."""

from __future__ import annotations

import pytest

from kb.describe import extract_indicators
from kb.model import Description, Found, Page, SourceDocument, Table


def rows(table: Table, years: tuple[int, ...] = ()) -> list[tuple[str, str, int, float | None]]:
    source = SourceDocument("a.pdf", "pdf", None, (Page(1, ""),), tables=(table,))
    told = Description(
        Found("x", "test"),
        years=Found(years, "test") if years else None,
        doc_type=Found("rpjmd", "test"),
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
        ("Tingkat Kemiskinan", "target", 2027, None),  # a range: its words only
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


def test_an_indicator_named_by_the_caption_alone() -> None:
    table = Table(
        140,
        (("Satuan", "Kondisi Awal 2024", "Target 2025"), ("poin", "74,41", "75,10")),
        caption="Tabel 4.2 Target Indeks Pembangunan Manusia (IPM) Tahun 2025-2030",
    )
    assert rows(table, PLAN) == [
        ("Indeks Pembangunan Manusia (IPM)", "baseline", 2024, 74.41),
        ("Indeks Pembangunan Manusia (IPM)", "target", 2025, 75.1),
    ]


PLAN = (2025, 2026, 2027, 2028, 2029)


@pytest.mark.parametrize(
    ("caption", "head", "kinds"),
    [
        ("Tabel 1 Perkembangan Indikator 2023-2024", ("2023", "2024"), ("realisation",) * 2),
        ("Tabel 1 Target Indikator", ("2023", "2026"), ("target", "target")),
        ("Tabel 1 Target dan Realisasi Indikator", ("2023", "2026"), ()),
        ("Tabel 1 Indikator Makro", ("2023", "2026"), ("realisation", "target")),
        ("Tabel 1 Indikator Makro", ("2023", "2032"), ("realisation",)),
    ],
)
def test_what_a_bare_year_holds(
    caption: str, head: tuple[str, ...], kinds: tuple[str, ...]
) -> None:
    table = Table(5, (("Indikator", "Satuan", *head), ("Rasio gini", "poin", "0,39", "0,37")), 1,
                  caption)  # fmt: skip
    assert tuple(kind for _, kind, _, _ in rows(table, PLAN)) == kinds


def test_years_as_rows_and_indicators_as_columns() -> None:
    table = Table(
        8,
        (
            ("Tahun", "Indeks Pembangunan Manusia", "Rasio Gini", "Catatan"),
            ("2022", "72,9", "0,37", "1"),
            ("2023", "73,6", "0,36", "2"),
        ),
        caption="Tabel 2.9 Perkembangan Indikator Makro",
    )
    assert rows(table, PLAN) == [
        ("Indeks Pembangunan Manusia", "realisation", 2022, 72.9),
        ("Rasio Gini", "realisation", 2022, 0.37),
        ("Indeks Pembangunan Manusia", "realisation", 2023, 73.6),
        ("Rasio Gini", "realisation", 2023, 0.36),
    ]


@pytest.mark.parametrize(
    "header",
    [
        # Two columns for one year, a part of the year, a sum of years, what another column says.
        ("Indikator", "Target 2024", "Target 2024"),
        ("Indikator", "Target Semester I", "Target s.d. TW II"),
        ("Indikator", "Realisasi s/d 2024", "Rata-rata realisasi 2024"),
        ("Indikator", "(6+7)", "Capaian (%)"),
        ("Indikator", "Pagu 2024", "Realisasi Anggaran 2024"),
    ],
)
def test_columns_that_are_not_sure_give_nothing(header: tuple[str, ...]) -> None:
    assert rows(Table(1, (header, ("Rasio gini", "10", "20"))), (2024,)) == []


def test_a_column_without_year_beside_ones_with_years_has_none() -> None:
    table = Table(
        22,
        (
            ("Indikator", "Target Renstra", "", "", "Proyeksi", ""),
            ("", "2013", "2014", "(6+7)", "2015", "2016"),
            ("Penanganan sampah", "3%", "1%", "4%", "1%", "2%"),
        ),
        2,
    )
    found = rows(table, (2016,))
    assert [(kind, year, value) for _, kind, year, value in found] == [
        ("target", 2013, 3),
        ("target", 2014, 1),
    ]


def test_the_lowest_header_says_the_kind() -> None:
    table = Table(
        19,
        (
            ("Indikator Kinerja", "Target dan Realisasi Kinerja Tahun 2013", ""),
            ("", "Target Renja tahun 2013", "Realisasi Renja tahun 2013"),
            ("Penanganan sampah", "7%", "5%"),
        ),
        2,
    )
    assert [row[1:] for row in rows(table)] == [("target", 2013, 7), ("realisation", 2013, 5)]


def test_a_header_set_in_lines() -> None:
    table = Table(
        43,
        (
            ("Indikator", "Hasil", "Hasil", "Targ", "Tercap"),
            ("Kinerja", "Th", "Th", "et Th", "ai/"),
            ("", "2012", "2013", "2015", "Tidak"),
            ("Penataan", "2.8", "0", "1 Ha", "X"),
            ("Pemakaman", "Ha", "", "", ""),
        ),
        1,
    )
    assert rows(table, (2015,)) == [
        ("Penataan Pemakaman", "realisation", 2012, 2.8),
        ("Penataan Pemakaman", "realisation", 2013, 0),
        ("Penataan Pemakaman", "target", 2015, 1),
    ]


def test_a_name_that_begins_above_its_numbers() -> None:
    table = Table(
        3,
        (
            ("Indikator", "Target 2024"),
            ("Persentase penduduk yang", ""),
            ("mendapat air bersih", "80"),
            ("", ""),
            ("luas tanam", "12"),
        ),
    )
    assert rows(table)[0] == ("Persentase penduduk yang mendapat air bersih", "target", 2024, 80)
    assert len(rows(table)) == 1, "a name whose beginning is lost is none"


def test_a_table_about_another_region() -> None:
    table = Table(
        7,
        (("Indikator", "2023"), ("Tingkat pengangguran terbuka", "8,58")),
        caption="Tabel 2.2 Perkembangan Indikator Kabupaten Lebak",
    )
    source = SourceDocument("a.pdf", "pdf", None, (Page(1, ""),), tables=(table,))
    told = Description(
        Found("x", "test"),
        years=Found((2025,), "test"),
        institution=Found("Pemerintah Provinsi Banten", "test"),
        region=Found("Provinsi Banten", "test"),
    )
    (value,) = extract_indicators(source, told)
    assert (value.indicator, value.agency) == (
        "Tingkat pengangguran terbuka, Kabupaten Lebak",
        None,
    )


def test_a_page_that_ocr_read_badly_gives_nothing() -> None:
    table = Table(1, (("Indikator", "Target 2024"), ("Rasio gini", "0,39")))
    for confidence, count in ((0.7, 0), (0.95, 1)):
        page = Page(1, "", method="ocr", ocr_confidence=confidence)
        source = SourceDocument("a.pdf", "pdf", None, (page,), tables=(table,))
        assert len(extract_indicators(source, Description(Found("x", "test")))) == count


def test_the_year_a_file_was_made_is_no_year_of_its_numbers() -> None:
    table = Table(1, (("Indikator", "Target"), ("Rasio gini", "0,39")))
    source = SourceDocument("a.pdf", "pdf", None, (Page(1, ""),), tables=(table,))
    for rule, count in (("title page", 1), ("year the file was made", 0), ("year of its date", 0)):
        told = Description(Found("x", "test"), years=Found((2026,), rule))
        assert len(extract_indicators(source, told)) == count, rule


def test_items_worded_as_indicators_in_a_column_of_another_head() -> None:
    table = Table(
        48,
        (
            ("No", "Pelayanan", "Satuan", "Target 2015", "Realisasi 2015"),
            ("1", "Rasio sampah terangkut", "M3/th", "1.733.980 m3", "79.912 m3"),
            ("2", "Rasio pelayanan tinja", "M3", "340 M3", "338.5 M3"),
            ("3", "Jalan", "km", "12", "10"),
        ),
    )
    assert rows(table) == [
        ("Rasio sampah terangkut", "target", 2015, 1_733_980),
        ("Rasio sampah terangkut", "realisation", 2015, 79_912),
        ("Rasio pelayanan tinja", "target", 2015, 340),
        ("Rasio pelayanan tinja", "realisation", 2015, 338.5),
    ]


def test_a_misread_unit_of_a_scan_is_left_out() -> None:
    table = Table(
        1,
        (
            ("Indikator", "Satuan", "Target 2015"),
            ("- 310.5 Persentase sampah tertangani", "Ta", "5"),
            ("- 31119 Penataan pemakaman", "Ha", "3"),
        ),
    )
    page = Page(1, "", method="ocr", ocr_confidence=0.91)
    source = SourceDocument("a.pdf", "pdf", None, (page,), tables=(table,))
    found = extract_indicators(source, Description(Found("x", "test")))
    assert [(v.indicator, v.unit) for v in found] == [
        ("Persentase sampah tertangani", "%"),
        ("Penataan pemakaman", "Ha"),
    ]


def test_results_in_words_are_kept_as_words() -> None:
    table = Table(
        2,
        (
            ("Indikator", "Satuan", "Target 2024", "Realisasi 2024"),
            ("Opini BPK", "Opini", "WTP", "WTP"),
            ("Predikat SAKIP", "Predikat", "A", "lihat lampiran"),
            ("Indeks SPBE", "Indeks", "≥ 3,5", "n/a"),
        ),
    )
    source = SourceDocument("a.pdf", "pdf", None, (Page(2, ""),), tables=(table,))
    found = extract_indicators(source, Description(Found("x", "test")))
    assert [(v.indicator, v.kind, v.value, v.value_text) for v in found] == [
        ("Opini BPK", "target", None, "WTP"),
        ("Opini BPK", "realisation", None, "WTP"),
        ("Predikat SAKIP", "target", None, "A"),
        ("Indeks SPBE", "target", None, "≥ 3,5"),
    ]
