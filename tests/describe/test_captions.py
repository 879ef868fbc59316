"""What the words above a table say."""

from __future__ import annotations

import pytest

from kb.describe.captions import read_above
from kb.model import Page, Table


@pytest.mark.parametrize(
    ("caption", "indicator", "unit"),
    [
        ("Tabel 2.2 Indeks Pembangunan Manusia Provinsi Jambi Tahun 2019-2023",
         "Indeks Pembangunan Manusia", None),
        ("Tabel II.9 Target dan Realisasi Laju Pertumbuhan Ekonomi (LPE) 2021-2024",
         "Laju Pertumbuhan Ekonomi (LPE)", None),
        ("TABEL 4.2. Persentase Penduduk Miskin Kabupaten/Kota di Provinsi Riau Tahun 2018 - 2022",
         "Persentase Penduduk Miskin", None),
        ("Tabel II.31 Kondisi Mantap Jalan Provinsi (persen) menurut Kabupaten/Kota",
         "Kondisi Mantap Jalan Provinsi", "persen"),
        ("Realisasi Investasi (Rp triliun) menurut Kabupaten/Kota", "Realisasi Investasi",
         "Rp triliun"),
        ("Tabel 9 Hasil Padi (kuintal per hektare) menurut Kabupaten/Kota", "Hasil Padi",
         "kuintal per hektare"),
        ("Tabel 3 Jumlah Pegawai menurut Golongan (orang)", None, "orang"),
        ("Tabel 4 Program dan Pagu Indikatif Urusan Sosial (Rp miliar)", None, "Rp miliar"),
        ("Tabel 5 Indikator Kinerja Utama dan Target 2025-2030", None, None),
        ("Tabel 6 Pencapaian Kinerja Pelayanan Dinas Sosial Kabupaten Bone", None, None),
        ("Tabel 7 (lanjutan)", None, None),
    ],
)  # fmt: skip
def test_what_a_caption_names(caption: str, indicator: str | None, unit: str | None) -> None:
    above = read_above(Table(1, (("a", "b"),), caption=caption), None)
    assert (above.indicator, above.unit) == (indicator, unit)


@pytest.mark.parametrize(
    ("caption", "several"),
    [
        ("Tabel 1 Tingkat Kemiskinan Kota Serang dan Provinsi Banten", True),
        ("Tabel 1 Tingkat Kemiskinan Kota Serang, Banten dan Nasional", True),
        ("Tabel 1 Tingkat Kemiskinan Kota Serang", False),
        ("Kinerja Provinsi Banten dibandingkan dengan target tahun lalu", False),
        # "dan" is a word of its own, not the end of "Badan".
        ("Tabel 1 Evaluasi Renja Kota Serang Badan Pendapatan Daerah", False),
    ],
)
def test_regions_side_by_side(caption: str, several: bool) -> None:
    assert read_above(Table(1, (("a", "b"),), caption=caption), None).several is several


def test_the_heading_above_a_table_without_caption() -> None:
    table = Table(1, (("Kabupaten/Kota", "2020"), ("Kaur", "66,6")))
    text = "Uraian panjang tentang daerah ini.\nUmur Harapan Hidup (tahun)\nKabupaten/Kota | 2020"
    above = read_above(table, Page(1, text))
    assert (above.indicator, above.unit) == ("Umur Harapan Hidup", "tahun")
    prose = "Umur harapan hidup naik pada tahun ini.\nKabupaten/Kota | 2020\nKaur | 66,6"
    assert read_above(table, Page(1, prose)).indicator is None
