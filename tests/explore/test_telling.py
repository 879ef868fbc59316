"""What tells one quantity from others, in speech and in print."""

from __future__ import annotations

import pytest

from kb.explore.pairing import fits, measured
from kb.explore.units import converted, of_one_span, printed_unit

OWN = frozenset(["kabupaten", "kota"])


@pytest.mark.parametrize(
    ("said", "unit", "printed", "in_unit"),
    [
        # what the unit says by itself
        ("jalan rusak berat", "km", "Panjang jalan dalam kondisi rusak berat", "km"),
        ("lahan kritis", "hektare", "Luas lahan kritis", "Ha"),
        ("kasus DBD", "kasus", "Jumlah penderita DBD", "orang"),
        ("penerima PKH", "keluarga", "Jumlah KPM PKH", "KK"),
        # an abbreviation in brackets stands for the words before it
        ("ibu hamil KEK", "persen", "Prevalensi ibu hamil kurang energi kronis (KEK)", "%"),
        ("indeks kualitas udara", "poin", "IKU (Indeks Kualitas Udara)", "indeks"),
        # abbreviations, other words, other spellings
        ("dana bagi hasil", "rupiah", "DBH", "Rp"),
        ("rumah yang dibedah", "unit", "Jumlah RTLH yang direhabilitasi", "unit"),
        ("rumah tak layak huni", "unit", "Jumlah rumah tidak layak huni", "unit"),
        ("turis asing yang datang", "orang", "Jumlah kunjungan wisatawan mancanegara", "kunjungan"),
        ("lansia yang ditangani", "orang", "Jumlah lansia mendapat layanan", "orang"),
        # whose share it is
        ("buta aksara", "orang", "Jumlah penduduk buta aksara", "orang"),
        ("kepemilikan KIA", "persen", "Persentase anak yang memiliki Kartu Identitas Anak", "%"),
        # of what a sector's share is
        ("kontribusi sektor pertanian", "persen", "Kontribusi sektor pertanian terhadap PDRB", "%"),
        # other units of the same
        ("produksi daging", "ton", "Produksi daging", "kg"),
        ("jalan kabupaten rusak", "km", "Panjang jalan rusak", "km"),
    ],
)  # fmt: skip
def test_one_quantity_in_other_words(said: str, unit: str, printed: str, in_unit: str) -> None:
    assert fits(measured(said, unit), printed, in_unit, OWN)


@pytest.mark.parametrize(
    ("said", "unit", "printed", "in_unit"),
    [
        ("jalan rusak", "km", "Panjang jalan rusak berat", "km"),
        ("jalan provinsi mantap", "persen", "Persentase jalan kabupaten mantap", "%"),
        ("wisatawan", "orang", "Jumlah wisatawan (mancanegara)", "orang"),
        ("stunting", "persen", "Persentase keluarga berisiko stunting", "%"),
        ("kepesertaan JKN", "persen", "Cakupan jaminan sosial ketenagakerjaan", "%"),
        ("penduduk", "orang", "Jumlah penduduk miskin", "orang"),
        ("belanja modal", "persen", "Persentase belanja modal terhadap total belanja", "%"),
        ("kasus DBD", "kasus", "Jumlah kematian akibat DBD", "kasus"),
        ("koperasi", "unit", "Jumlah koperasi aktif", "unit"),
        ("kekerasan", "kasus", "Jumlah kasus kekerasan dalam rumah tangga", "kasus"),
        ("dana", "rupiah", "Dana Bagi Hasil", "Rp"),
        ("guru bersertifikat", "persen", "Persentase guru berkualifikasi S1", "%"),
        ("dana desa", "rupiah", "Alokasi Dana Desa", "Rp"),
        ("pertumbuhan", "persen", "Laju pertumbuhan penduduk", "%"),
        ("penerima bantuan", "keluarga", "Jumlah KPM PKH", "KK"),
    ],
)
def test_near_names_stay_apart(said: str, unit: str, printed: str, in_unit: str) -> None:
    assert not fits(measured(said, unit), printed, in_unit, OWN)


@pytest.mark.parametrize(
    ("printed", "unit", "factor"),
    [
        ("Rp.000", "rupiah", 1e3), ("Rp (000.000)", "rupiah", 1e6),
        ("Rp (dalam jutaan)", "rupiah", 1e6), ("Kg/Kap/Th", "kilogram per kapita", 1.0),
        ("per 1000 KH", "per 1.000 kelahiran hidup", 1.0),
        ("/100.000 kelahiran", "per 100.000 kelahiran hidup", 1.0), ("% / tahun", "persen", 1.0),
        ("persen (%)", "persen", 1.0), ("Ton GKG", "ton", 1.0), ("kasus/tahun", "kasus", 1.0),
    ],
)  # fmt: skip
def test_units_as_tables_write_them(printed: str, unit: str, factor: float) -> None:
    assert printed_unit(printed) == (unit, factor)


def test_units_that_measure_one_thing_are_turned_into_each_other() -> None:
    assert converted("kilogram", "ton") == pytest.approx(0.001)
    assert converted("km", "km") == 1.0
    assert converted("ton", "hektare") is None


def test_money_a_month_is_not_put_beside_money_a_year() -> None:
    assert of_one_span("Rp/kapita/bulan", "Garis kemiskinan Rp 480 ribu per kapita per bulan.")
    assert not of_one_span("Rp/kapita/bulan", "Pengeluaran per kapita Rp 11,2 juta.")
    assert not of_one_span("ribu Rp/kapita/tahun", "Pengeluaran Rp 980 ribu per bulan.")
    assert of_one_span("ribu Rp/kapita/tahun", "Pengeluaran per kapita Rp 11,2 juta.")
