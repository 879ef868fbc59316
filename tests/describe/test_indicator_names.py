"""Which indicators meet across documents and which must not."""

from __future__ import annotations

import pytest

from kb.authority import norm
from kb.describe.indicator_names import indicator_norm, split_region, words

SAME = [
    ("Indeks Pembangunan Manusia (IPM)", "Indeks Pembangunan Manusia"),
    ("IPM", "Indeks Pembangunan Manusia"),
    ("Indeks Pembangunan Manusia (IPM) Provinsi Banten", "IPM"),
    ("Persentase Penduduk Miskin", "Prosentase penduduk miskin"),
    ("Persentase Penduduk Miskin (%)", "Tingkat Kemiskinan"),
    ("Presentase penduduk miskin", "Angka kemiskinan"),
    ("Tingkat Pengangguran Terbuka Provinsi Banten", "Tingkat pengangguran terbuka (TPT)"),
    ("Tingkat Penganguran Terbuka", "TPT"),
    ("Nilai AKIP", "Nilai SAKIP"),
    ("Nilai Akuntabilitas Kinerja Instansi Pemerintah", "Nilai SAKIP"),
    ("Nilai Reformasi Birokrasi", "Reformasi Birokrasi"),
    ("Indeks Reformasi Birokrasi", "Nilai RB"),
    ("Laju Pertumbuhan Ekonomi (%)", "Laju pertumbuhan ekonomi"),
    ("Pertumbuhan Ekonomi", "LPE"),
    ("Gini Ratio", "Indeks Gini"),
    ("Usia Harapan Hidup (Tahun)", "Angka Harapan Hidup"),
    ("Capaian Indeks SPBE", "Indeks Sistem Pemerintahan Berbasis Elektronik"),
    ("Indek Kepuasan Masyarakat", "Indeks Kepuasan Masyarakat (IKM)"),
    ("Persentase jalan dalam kondisi mantap", "Persentase Jalan Kondisi Mantap"),
    ("Cakupan pelayanan persampahan Kota Serang", "Cakupan Pelayanan Persampahan"),
    ("Resiko bencana: Indeks", "Indeks Risiko Bencana"),
    ("Persentase Balita Stunting", "Prevalensi Stunting"),
    ("Rata-rata nilai AKIP OPD", "Rata-rata Nilai AKIP Perangkat Daerah"),
    ("Persentase SKPD yang tertib arsip", "Persentase Organisasi Perangkat Daerah tertib arsip"),
]
APART = [
    ("Jumlah Penduduk Miskin", "Persentase Penduduk Miskin"),
    ("Garis Kemiskinan", "Tingkat Kemiskinan"),
    ("Indeks Kedalaman Kemiskinan", "Tingkat Kemiskinan"),
    ("Angka Harapan Hidup", "Harapan Lama Sekolah"),
    ("Rata-rata Lama Sekolah", "Harapan Lama Sekolah"),
    ("Indeks Gini", "Indeks Williamson"),
    ("Indeks Pembangunan Gender", "Indeks Pemberdayaan Gender"),
    ("Indeks Pembangunan Manusia", "Indeks Pembangunan Gender"),
    ("Predikat SAKIP", "Nilai SAKIP"),
    ("Jumlah Kunjungan Wisatawan Mancanegara", "Jumlah Kunjungan Wisatawan Nusantara"),
    ("Angka Partisipasi Murni SD", "Angka Partisipasi Kasar SD"),
    ("Angka Partisipasi Murni SD", "Angka Partisipasi Murni SMP"),
    ("Tingkat Partisipasi Angkatan Kerja", "Tingkat Pengangguran Terbuka"),
    ("Angka Kematian Ibu", "Angka Kematian Bayi"),
    ("Persentase Pertumbuhan PAD", "Pendapatan Asli Daerah"),
    ("Rasio PAD terhadap Pendapatan", "Pendapatan Asli Daerah"),
    ("Jumlah perangkat daerah dengan nilai SAKIP A", "Nilai SAKIP"),
    ("Persentase jalan mantap", "Panjang jalan mantap"),
    ("Prevalensi Stunting", "Prevalensi Wasting"),
    ("Jumlah Balita Stunting", "Prevalensi Stunting"),
    ("Indeks Kepuasan Masyarakat", "Indeks Kualitas Lingkungan Hidup"),
    ("PDRB per Kapita", "Laju Pertumbuhan PDRB"),
    ("Nilai AKIP Dinas Pendidikan", "Nilai AKIP Dinas Kesehatan"),
    ("Nilai AKIP Perangkat Daerah", "Nilai AKIP"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_indicator_meets(one: str, other: str) -> None:
    assert indicator_norm(one) == indicator_norm(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_indicators_stay_apart(one: str, other: str) -> None:
    assert indicator_norm(one) != indicator_norm(other)


def test_another_regions_number_is_another_indicator() -> None:
    banten = "Provinsi Banten"
    own = indicator_norm("Indeks Pembangunan Manusia Provinsi Banten", banten)
    assert own == indicator_norm("IPM", banten)
    lebak = indicator_norm("Indeks Pembangunan Manusia, Kabupaten Lebak", banten)
    assert lebak != own
    assert lebak == indicator_norm("IPM Kabupaten Lebak", banten)
    assert lebak.startswith(own)


def test_the_region_at_the_end() -> None:
    assert split_region("IPM Kabupaten Lebak") == ("IPM", "36.02")
    assert split_region("Angka melek huruf") == ("Angka melek huruf", None)
    name = "Panjang jalan kota dalam kondisi baik"
    assert split_region(name) == (name, None)


def test_every_indicator_has_a_form() -> None:
    for name in ("(%)", "Nilai", "Di dan ke", "A.1"):
        assert indicator_norm(name)


def test_the_data() -> None:
    for kind in ("grades", "heads", "units"):
        assert words()[kind] == sorted(set(words()[kind]))
        assert all(word == norm(word) for word in words()[kind])
    for wrong, right in words()["spelling"].items():
        assert (norm(wrong), norm(right)) == (wrong, right)
        assert right not in words()["spelling"], "one step is enough"
    seen: set[str] = set()
    for group in words()["group"]:
        assert group["source"]
        assert len(group["names"]) > 1
        first = indicator_norm(group["names"][0])
        assert first not in seen, "no two groups are the same quantity"
        seen.add(first)
        assert {indicator_norm(name) for name in group["names"]} == {first}
