"""Tables of reports and plans as offices set them: what is a value, whose, and of when."""

from __future__ import annotations

import pytest

from kb.describe import extract_indicators
from kb.describe.indicator_names import less_is_better
from kb.describe.row_names import of_part
from kb.model import Description, Found, IndicatorValue, Page, SourceDocument, Table

Rows = tuple[tuple[str, ...], ...]


def values(
    rows: Rows,
    caption: str | None = None,
    *,
    year: int = 2024,
    kind: str = "lkjip",
    header: int = 1,
) -> list[IndicatorValue]:
    table = Table(1, rows, header, caption)
    source = SourceDocument("a.pdf", "pdf", None, (Page(1, ""),), tables=(table,))
    told = Description(
        Found("x", "test"), years=Found((year,), "test"), doc_type=Found(kind, "test")
    )
    return extract_indicators(source, told)


def short(found: list[IndicatorValue]) -> list[tuple[str, str, int, str]]:
    return [(v.indicator, v.kind, v.year, v.value_text) for v in found]


@pytest.mark.parametrize(
    "caption",
    [
        "Tabel 11. Perbandingan Persentase Capaian Kinerja terhadap Target Renstra 2021-2026",
        "Tabel 4. Tingkat Capaian Kinerja Tahun 2023 dan 2024",
        "Tabel 9. Analisis atas efektivitas penggunaan sumber daya",
    ],
)
def test_shares_of_a_target_are_no_values(caption: str) -> None:
    rows = (
        ("No", "Indikator Kinerja", "Satuan", "Capaian 2023", "Capaian 2024", "Target 2025"),
        ("1", "Indeks Kepuasan Masyarakat", "Nilai", "96,40%", "101,89%", "98,67%"),
        ("2", "Nilai SAKIP", "Nilai", "71,50%", "85,86%", "92,10%"),
    )
    assert values(rows, caption) == []
    assert values(rows, "Tabel 5. Capaian Indikator Kinerja") != []


@pytest.mark.parametrize(
    "caption",
    [
        "Tabel 3.3 Capaian Kinerja Dinas Contoh Tahun 2024 berdasarkan Renstra Tahun 2021 – 2026",
        "Tabel 3.3 Capaian Indikator Renstra 2021-2026",
        "Tabel 3.3 Capaian Indikator Kinerja sesuai RPJMD tahun 2021",
    ],
)
def test_the_period_of_a_plan_is_not_the_year(caption: str) -> None:
    rows = (
        ("No", "Indikator", "Satuan", "Target", "Realisasi", "% Capaian"),
        ("1", "Indeks Kepuasan Layanan", "Indeks", "79,49", "80,81", "101,6"),
    )
    assert short(values(rows, caption)) == [
        ("Indeks Kepuasan Layanan", "target", 2024, "79,49"),
        ("Indeks Kepuasan Layanan", "realisation", 2024, "80,81"),
    ]


def test_two_years_in_a_caption_leave_the_year_open() -> None:
    rows = (("Indikator", "Target"), ("Indeks Kepuasan Layanan", "79"))
    assert values(rows, "Target Tahun 2023 dan Tahun 2024") == []


def test_agreements_name_their_indicators_under_their_own_title() -> None:
    rows = (
        ("No", "Perjanjian Kinerja", "Target Tahun 2024"),
        ("1", "Index SPBE", "3,13"),
        ("2", "Nilai SAKIP", "68,5"),
        ("3", "Rapat koordinasi pengawasan", "12"),
    )
    assert [v.indicator for v in values(rows)] == ["Index SPBE", "Nilai SAKIP"]


def test_money_of_programmes_is_no_indicator() -> None:
    rows = (
        ("No", "Program / Indikator", "Satuan", "Target 2024", "Realisasi 2024"),
        ("I", "Program Kesehatan", "", "", ""),
        ("", "Angka kematian bayi", "kasus", "7", "8,24"),
        ("", "Anggaran :", "Rp", "10.400.941.200", "9.084.022.202"),
        ("", "Jumlah anggaran program", "Rp", "10.400.941.200", "9.084.022.202"),
    )
    assert {v.indicator for v in values(rows)} == {"Angka kematian bayi"}


def test_accounts_of_a_budget_are_no_indicators() -> None:
    rows = (
        ("Uraian", "Anggaran 2024", "Realisasi 2024", "Realisasi 2023"),
        ("PENDAPATAN ASLI DAERAH", "850.000.000,00", "903.026.989,00", "851.870.113,00"),
        ("BELANJA", "5.214.502.817,00", "4.513.162.840,00", "3.402.479.206,00"),
        ("Belanja Pegawai", "2.710.447.817,00", "2.282.664.576,00", "2.236.329.869,00"),
        ("BELANJA MODAL", "768.000.000,00", "752.355.250,00", "338.718.950,00"),
    )
    assert values(rows, kind="lkpd") == []


def test_two_columns_of_indicators_name_the_numbers_beside_them() -> None:
    rows = (
        ("Tujuan", "Indikator Tujuan", "Target", "Sasaran", "Indikator Sasaran", "Target"),
        ("Layanan", "Indeks Layanan", "81", "Perizinan", "Persentase izin tepat waktu", "95"),
        ("", "", "", "Pengaduan", "Persentase pengaduan selesai", "90"),
    )
    assert short(values(rows, kind="renja")) == [
        ("Indeks Layanan", "target", 2024, "81"),
        ("Persentase izin tepat waktu", "target", 2024, "95"),
        ("Persentase pengaduan selesai", "target", 2024, "90"),
    ]


def test_a_cascade_names_its_levels_above_its_columns() -> None:
    rows = (
        ("SASARAN RPJMD", "", "", "SASARAN OPD", "", ""),
        ("WALI KOTA", "", "", "KEPALA DINAS", "", ""),
        ("SASARAN", "INDIKATOR SASARAN", "TARGET", "URAIAN", "INDIKATOR OPD", "TAR GET"),
        ("Sehat", "Angka Harapan Hidup", "72,1", "Mutu", "Persentase mutu layanan", "84,34%"),
    )
    assert short(values(rows, kind="renja")) == [
        ("Angka Harapan Hidup", "target", 2024, "72,1"),
        ("Persentase mutu layanan", "target", 2024, "84,34%"),
    ]


def test_rows_that_only_say_a_part_are_named_in_full_or_left_out() -> None:
    rows = (
        ("No", "Indikator", "Satuan", "Target 2024"),
        ("1", "Angka Partisipasi Kasar - PAUD", "%", "83"),
        ("", "- SD/MI", "%", "100"),
        ("2", "Angka Partisipasi Murni SD/MI + Paket A", "%", "98"),
        ("", "SMP/MTs + Paket B", "%", "87"),
        ("3", "Indeks Pendidikan", "Indeks", "0,71"),
        ("", "Kelurahan", "Indeks", "0,6"),
    )
    assert [(v.indicator, v.value) for v in values(rows)] == [
        ("Angka Partisipasi Kasar - PAUD", 83),
        ("Angka Partisipasi Kasar SD/MI", 100),
        ("Angka Partisipasi Murni SD/MI + Paket A", 98),
        ("Angka Partisipasi Murni SMP/MTs + Paket B", 87),
        ("Indeks Pendidikan", 0.71),
    ]


@pytest.mark.parametrize(
    ("first", "part", "whole"),
    [
        ("Angka kelulusan SD/MI", "SMP/MTs", "Angka kelulusan SMP/MTs"),
        ("Tingkat partisipasi pemilih: Pemilu Presiden", "Pemilu Legislatif",
         "Tingkat partisipasi pemilih: Pemilu Legislatif"),
        ("Jumlah layanan:", "Perizinan", "Jumlah layanan Perizinan"),
        ("Persentase jalan dalam kondisi mantap", "Jembatan", None),
        ("Nilai SAKIP", "Inspektorat", None),
    ],
)  # fmt: skip
def test_which_words_two_parts_share(first: str, part: str, whole: str | None) -> None:
    assert of_part(first, part) == whole


def test_one_indicator_in_two_units() -> None:
    rows = (
        ("No", "Indikator", "Capaian 2023", "Target 2024", "Realisasi 2024"),
        ("1", "Jumlah kegiatan dan komunitas", "6 Kegiatan", "7 Kegiatan", "8 Kegiatan"),
        ("", "", "11 Komunitas", "16 Komunitas", "15 Komunitas"),
        ("2", "Jumlah titik layanan", "95 Titik", "96 Titik", "97 Titik"),
        ("", "", "3 Titik", "4 Titik", "5 Titik"),  # of what is not said
    )
    found = values(rows)
    assert [(v.unit, v.year, v.value) for v in found if "komunitas" in v.indicator] == [
        ("Kegiatan", 2023, 6),  # what was reached the year before
        ("Kegiatan", 2024, 7),
        ("Kegiatan", 2024, 8),
        ("Komunitas", 2023, 11),
        ("Komunitas", 2024, 16),
        ("Komunitas", 2024, 15),
    ]
    assert [v.value for v in found if "titik" in v.indicator] == [95, 96, 97]


def test_capaian_beside_the_result_of_its_year_is_a_share() -> None:
    rows = (
        ("Indikator", "Capaian 2023", "Target 2024", "Realisasi 2024", "Capaian 2024"),
        ("Indeks Layanan", "97", "80", "84", "105"),
    )
    assert [(v.kind, v.value) for v in values(rows)] == [("target", 80), ("realisation", 84)]


def test_quarters_have_their_place() -> None:
    rows = (
        ("No", "Indikator", "Target 2024", "Realisasi", "", "", "Realisasi s/d TW III"),
        ("", "", "", "TW I", "TW II", "Triwulan 3", ""),
        ("1", "Jumlah izin terbit", "400", "90", "110", "95", "295"),
    )
    found = values(rows, header=2)
    assert [(v.kind, v.year, v.quarter, v.value) for v in found] == [
        ("target", 2024, None, 400),
        ("realisation", 2024, 1, 90),
        ("realisation", 2024, 2, 110),
        ("realisation", 2024, 3, 95),
    ]


def test_years_of_a_report_are_results() -> None:
    rows = (
        ("No", "Keterangan", "2022", "2023", "2024*", "2025"),
        ("1", "Angka partisipasi kasar SD/MI", "108,1", "106,3", "109,3", "110"),
        ("", "SMP/MTs", "92,5", "92,2", "93,1", "94"),
        ("2", "Angka partisipasi murni SD/MI", "97,4", "97,7", "97,8", "98"),
    )
    found = values(rows, "Tabel 1.9 Angka Partisipasi Kasar dan Murni Tahun 2022-2024")
    assert {(v.kind, v.year) for v in found} == {("realisation", y) for y in (2022, 2023, 2024)}
    assert "Angka partisipasi kasar SMP/MTs" in {v.indicator for v in found}


@pytest.mark.parametrize(
    ("name", "falls"),
    [
        ("Prevalensi Stunting", True),
        ("Tingkat Pengangguran Terbuka (TPT)", True),
        ("Persentase Penduduk Miskin", True),
        ("Angka Kematian Ibu (AKI) per 100.000 kelahiran hidup", True),
        ("Rasio Gini", True),
        ("Laju Inflasi", True),
        ("Persentase penurunan angka kemiskinan", False),
        ("Persentase pengaduan yang ditindaklanjuti", False),
        ("Cakupan penanganan balita gizi buruk", False),
        ("Indeks Pembangunan Manusia", False),
        ("Nilai Akuntabilitas Kinerja", False),
    ],
)
def test_of_which_less_is_better(name: str, falls: bool) -> None:
    assert less_is_better(name) is falls


def test_rows_counted_anew_are_told_apart_by_their_heading() -> None:
    rows = (
        ("No", "Indikator", "Target 2024"),
        ("1", "Angka putus sekolah", "0,12"),
        ("2", "Rasio guru", "57"),
        ("", "Pendidikan Menengah", ""),
        ("1", "Angka putus sekolah", "0,14"),
        ("2", "Persentase kelulusan", "99"),
    )
    assert [v.indicator for v in values(rows)] == [
        "Angka putus sekolah",
        "Rasio guru",
        "Angka putus sekolah, Pendidikan Menengah",
        "Persentase kelulusan",
    ]


def test_the_condition_at_the_end_repeats_the_last_year() -> None:
    rows = (
        ("", "", "Indikator", "Kondisi Awal 2020", "Target", "", "Kondisi Akhir Periode"),
        ("", "", "", "", "2021", "2022", "2022"),
        ("1", "Laju", "pertumbuhan produksi", "1,5", "1,6", "1,7", "1,7"),
        ("2", "", "Nilai tambah olahan", "Rp. 60.500/Kg", "61.000", "62.000", "62.000"),
    )
    found = values(rows, kind="renstra", header=2)
    assert [(v.indicator, v.kind, v.year, v.value, v.unit) for v in found] == [
        ("Laju pertumbuhan produksi", "baseline", 2020, 1.5, None),
        ("Laju pertumbuhan produksi", "target", 2021, 1.6, None),
        ("Laju pertumbuhan produksi", "target", 2022, 1.7, None),
        ("Nilai tambah olahan", "baseline", 2020, 60500, "Rp/Kg"),
        ("Nilai tambah olahan", "target", 2021, 61000, None),
        ("Nilai tambah olahan", "target", 2022, 62000, None),
    ]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("Capaian Kinerja Tahun N-1", "Capaian Kinerja Tahun N"),
        ("Realisasi Th. (n-1)", "Realisasi Th. (n)"),
    ],
)
def test_years_counted_from_the_report(before: str, now: str) -> None:
    rows = (
        ("No", "Indikator Kinerja Makro", before, now, "Laju Kinerja"),
        ("1", "Angka Kemiskinan", "4,43", "4,10", "-7,45"),
        ("2", "Indeks Pembangunan Manusia", "82,46", "83,06", "0,73"),
    )
    assert short(values(rows, year=2023, kind="lppd")) == [
        ("Angka Kemiskinan", "realisation", 2022, "4,43"),
        ("Angka Kemiskinan", "realisation", 2023, "4,10"),
        ("Indeks Pembangunan Manusia", "realisation", 2022, "82,46"),
        ("Indeks Pembangunan Manusia", "realisation", 2023, "83,06"),
    ]


def test_a_value_times_its_weight_is_no_result() -> None:
    rows = (
        ("No", "Indikator", "Nilai", "Bobot", "Hasil"),
        ("1", "Indeks Kualitas Air", "54,0", "0,376", "20,3"),
        ("2", "Indeks Kualitas Udara", "81,2", "0,405", "32,88"),
    )
    assert values(rows) == []
    plain = tuple((a, b, c, "10" if n else "Satuan", e) for n, (a, b, c, _, e) in enumerate(rows))
    assert [v.value_text for v in values(plain)] == ["20,3", "32,88"]


def test_the_year_of_a_work_plan_spans_where_and_from_what_money() -> None:
    rows = (
        ("Program", "Indikator Kinerja Program", "Rencana Anggaran 2025", "", "", "",
         "Prakiraan Maju Rencana 2026", ""),
        ("", "", "Lokasi", "Target Capaian Kinerja", "Pagu Indikatif (Rp)", "Sumber Dana",
         "Target Capaian Kinerja", "Pagu Indikatif (Rp)"),
        ("1", "2", "3", "4", "5", "6", "7=(4+3)", "8"),
        ("Program Taman", "Persentase taman terawat", "3 kelurahan", "80 %", "12.000.000", "PAD",
         "85 %", "13.000.000"),
        ("Kegiatan Bangku", "Jumlah bangku yang dicat", "2 kelurahan", "40 unit", "2.000.000",
         "PAD", "45 unit", "2.500.000"),
    )  # fmt: skip
    assert short(values(rows, "Rumusan Rencana Program", kind="renja", header=2)) == [
        ("Persentase taman terawat", "target", 2025, "80 %"),
        ("Jumlah bangku yang dicat", "target", 2025, "40 unit"),
    ]
