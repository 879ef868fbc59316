"""Figures in running text, tied to what they measure: one test for each kind of rule."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kb.model import Claim, Mention, TagContext
from kb.nlp.claims import extract_claims

CONTEXT = TagContext("Kabar daerah", "2025-05-10", region="Kabupaten Ende")


def claims(text: str, context: TagContext = CONTEXT) -> list[Claim]:
    sentences = [m.span() for m in re.finditer(r"[^\n]+?(?:\.(?=\s|$)|\n|$)", text)]
    return extract_claims(text, (), (), sentences, context)


def told(text: str, context: TagContext = CONTEXT) -> list[tuple[float, str | None, str]]:
    return [(c.number, c.unit, c.kind) for c in claims(text, context)]


@pytest.mark.parametrize(
    ("text", "subject", "number", "unit"),
    [
        ("Prevalensi perokok anak 7,4 persen.", "Prevalensi perokok anak", 7.4, "persen"),
        ("Sebanyak 1.240 siswa SMP menerima seragam.", "siswa SMP", 1240, "orang"),
        (
            "Produktivitas padi 52 kuintal per hektare.",
            "Produktivitas padi",
            5.2,
            "ton per hektare",
        ),
        ("Panjang jalan rusak masih 850 meter.", "Panjang jalan rusak", 0.85, "km"),
        ("Pendapatan daerah Rp. 1,2 miliyar.", "Pendapatan daerah", 1.2e9, "rupiah"),
        ("Backlog perumahan mencapai 12 ribu unit.", "Backlog perumahan", 12000, "unit"),
        ("NTP April tercatat 101,35.", "NTP", 101.35, "poin"),
        ("Kontingen itu meraih 12 medali emas.", "medali emas", 12, "medali"),
        ("Separuh dari pasar tradisional belum layak.", "pasar tradisional", 50, "persen"),
        ("Sebanyak 17 desa di dua distrik terisolasi.", "terisolasi", 17, "desa"),
        ("Sebanyak 40-an kios terbakar.", "kios", 40, "unit"),
        ("Sisa utang daerah Rp 45,7 miliar.", "Sisa utang daerah", 45.7e9, "rupiah"),
        ("Indeks kualitas udara kita 81,7, kategori baik.", "Indeks kualitas udara", 81.7, "poin"),
        ("Peserta KB aktif 71.204 akseptor.", "Peserta KB aktif", 71204, "orang"),
        ("Jumlah sambungan sebelas ribu dua ratus.", "Jumlah sambungan", 11200, "unit"),
        ("Dana bagi hasil menyumbang tiga perempat.", "Dana bagi hasil", 75, "persen"),
        ("TPT harus di bawah 6.", "TPT", 6, "persen"),
        ("KPM BLT menyusut, dari 62 menjadi 35.", "KPM BLT", 62, "keluarga"),
        ("Hunian tetap 1.388 unit, kata Kepala BPBD.", "Hunian tetap", 1388, "unit"),
        ("Bongkar muat 212,7 ribu ton.", "Bongkar muat", 212_700, "ton"),
        ("TFR 2,31 anak per perempuan.", "TFR", 2.31, "anak per perempuan"),
        ("Wilayah seluas 2.304 km persegi.", "Wilayah", 2304, "kilometer persegi"),
        (
            "Tingkat pengangguran terbuka (TPT) 4,9 persen.",
            "Tingkat pengangguran terbuka (TPT)",
            4.9,
            "persen",
        ),
        ("Belanja modal yang realisasinya hanya 29 persen.", "Belanja modal", 29, "persen"),
        ("Polres mencatat 87 kasus pencurian motor.", "pencurian motor", 87, "kasus"),
    ],
)
def test_what_is_measured_with_its_unit(text: str, subject: str, number: float, unit: str) -> None:
    first = claims(text)[0]
    assert first.number == pytest.approx(number)
    assert first.unit == unit
    assert first.subject == subject


@pytest.mark.parametrize(
    "text",
    [
        "Pelatihan itu diikuti 60 peserta dari 12 kecamatan.",
        "Disiapkan bus dengan kapasitas 500 orang.",
        "Penyaluran BLT tahap dua @ Rp 300.000.",
        "Polisi menyita 2,3 kilogram sabu dari tangan tersangka.",
        "Tarif air naik dari Rp 250.000 menjadi Rp 300.000 per bulan.",
        "Jarak dari kota ke lokasi sekitar 45 kilometer.",
        "Gempa bermagnitudo 5,4 terjadi pada kedalaman 10 kilometer.",
        "Operasi pasar digelar di 18 kecamatan.",
        "Ia anak ke-4 dari 7 bersaudara.",
        "Hasil itu membawa kota ke peringkat 6 dari 38 daerah.",
        "Mbah Sumi (78) menerima kunci rumah.",
        "Pertumbuhan diperkirakan 5-7 persen.",
        "Ia dijerat dengan denda Rp 1 miliar.",
    ],
)
def test_other_figures_are_no_claims(text: str) -> None:
    assert told(text) == []


def test_a_part_of_a_whole_is_one_claim() -> None:
    assert told("Jalan yang beraspal baru 14 km dari 31 km.") == [(14, "km", "reached")]
    assert told("Koperasi aktif kini 214 unit dari 301 koperasi.") == [(214, "unit", "reached")]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Stunting turun dari 24,5 menjadi 20,1 persen.", ["comparison", "reached"]),
        ("IPM naik 3 poin menjadi 71,2.", ["change", "reached"]),
        ("PAD 2024 tercapai Rp 2 miliar dari target Rp 3 miliar.", ["reached", "target"]),
        ("Omzet kini lebih dari Rp 34 miliar.", ["reached"]),
        ("Pemkab menganggarkan Rp 12 miliar untuk embung.", ["target"]),
        ("Belanja terserap Rp 2 miliar, 40 persen dari pagu Rp 5 miliar.",
         ["reached", "reached", "target"]),
        ("Kemiskinan 11 persen, di atas rata-rata nasional 9 persen.", ["reached", "comparison"]),
        ("Ekonomi tumbuh 5,1 persen.", ["reached"]),
        ("Kunjungan wisatawan tumbuh 12 persen.", ["change"]),
        ("Konsumsi ikan pada 2026 sebesar 62 kilogram per kapita.", ["target"]),
        ("Belanja pegawai maksimal 30 persen.", ["target"]),
        ("Cakupan K4 ditarget naik dari 72 menjadi 85 persen.", ["comparison", "target"]),
        ("Stunting turun dari 30 menjadi 26 persen.", ["comparison", "reached"]),
        ("Dana desa tersalur Rp 214 miliar dari total pagu Rp 351 miliar.", ["reached", "target"]),
        ("Kemiskinan ekstrem nasional turun dari 1,1 persen menjadi 0,8 persen.",
         ["comparison", "reached"]),
        ("Dana hibah Rp 9 miliar, bupati berjanji rampung dengan tambahan dana Rp 4 miliar.",
         ["reached", "target"]),
    ],
)  # fmt: skip
def test_kinds(text: str, kinds: list[str]) -> None:
    assert [c.kind for c in claims(text)] == kinds


def test_the_earlier_of_two_is_what_the_later_is_compared_to() -> None:
    first, second = claims(
        "Kemiskinan pada 2024 sebesar 9,1 persen. Tahun 2023 angkanya 9,8 persen."
    )
    assert (first.kind, second.kind) == ("reached", "comparison")
    assert second.subject == "Kemiskinan"


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("TPT per Agustus 2024 sebesar 4,1 persen.", "2024-08"),
        ("Belanja pada triwulan III 2024 sebesar Rp 8 miliar.", "2024-Q3"),
        ("Inflasi tahun lalu 2,1 persen.", "2024"),
        ("Kemiskinan pada bulan Maret 9,8 persen.", "2025-03"),
        ("Dalam delapan bulan pertama 2024 tercatat 42 kematian ibu.", "2024-08"),
        ("Cakupan imunisasi kini 82 persen.", None),
        ("Jumlah penduduk miskin sesuai Perda Nomor 7 Tahun 2019 sebanyak 900 orang.", None),
        ("Transaksi sejak 2017 mencapai Rp 200 miliar.", None),
    ],
)
def test_periods(text: str, period: str | None) -> None:
    assert claims(text)[0].period == period


def test_a_day_of_speech_is_no_period_but_a_count_up_to_a_day_is() -> None:
    said = "Kemiskinan 9 persen, kata Camat, Selasa (7/1/2025)."
    assert claims(said)[0].period is None
    assert claims("Pengungsi per Senin (6/1/2025) sebanyak 96 jiwa.")[0].period == "2025-01"


def test_a_period_is_carried_while_the_text_goes_on_about_the_count() -> None:
    text = "Investasi pada 2024 mencapai Rp 4 miliar. Investasi tersebut menyerap 1.200 pekerja."
    assert [(c.period, c.period_origin) for c in claims(text)][1] == ("2024", "carried")
    other = "Investasi pada 2024 mencapai Rp 4 miliar. Kemiskinan masih 9 persen."
    assert claims(other)[1].period is None


def test_a_report_is_about_one_period_throughout() -> None:
    context = TagContext("Laporan Realisasi APBD Semester I 2024", "2024-07-29")
    text = "Pendapatan terealisasi Rp 6 miliar.\nBelanja pegawai terserap 47 persen."
    assert [c.period for c in claims(text, context)] == ["2024-H1", "2024-H1"]


def test_sentences_broken_at_the_currency_are_read_as_one() -> None:
    text = "Anggaran jalan Rp. 186 miliar."
    parts = [(0, 18), (19, len(text))]
    (found,) = extract_claims(text, (), (), parts, CONTEXT)
    assert (found.number, found.unit) == (186e9, "rupiah")


def test_an_empty_opening_is_no_fault() -> None:
    assert told("—, — 12 persen.") == []


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Pengangguran turun dari 12,6 persen pada 2020 menjadi 6,9 persen.", ["2020", None]),
        ("Angka stunting turun dari 24,5 persen pada 2023 menjadi 20,1 persen pada 2024.",
         ["2023", "2024"]),
        ("Pada 2023 angka stunting turun dari 24,5 persen menjadi 20,1 persen.", [None, "2023"]),
    ],
)  # fmt: skip
def test_the_year_something_moved_from_is_not_that_of_where_it_arrived(
    text: str, periods: list[str | None]
) -> None:
    assert [claim.period for claim in claims(text)] == periods


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Angka stunting 20,8 persen pada 2022, tetapi angka di Kabupaten Lebak 27 persen.",
         ["Kabupaten Ende", "Kabupaten Lebak"]),
        ("Tingkat kemiskinan Kota Serang 6,2 persen, sedangkan Kabupaten Lebak 8,1 persen.",
         ["Kota Serang", "Kabupaten Lebak"]),
        ("Sebanyak 14 persen balita di Kabupaten Lebak stunting.", ["Kabupaten Lebak"]),
    ],
)  # fmt: skip
def test_a_region_in_the_next_clause_is_another_figures(text: str, regions: list[str]) -> None:
    named = [
        Mention(m.start(), m.end(), m.group(), "LOC")
        for m in re.finditer(r"Kabupaten Lebak|Kota Serang", text)
    ]
    found = extract_claims(text, named, (), [(0, len(text))], CONTEXT)
    assert [claim.region for claim in found] == regions


def test_a_target_met_before_a_contrast_does_not_make_the_next_figure_one() -> None:
    text = "Kemiskinan 6 persen sudah memenuhi target, tetapi pengangguran masih 9 persen."
    assert [claim.kind for claim in claims(text)] == ["reached", "reached"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Jalan kabupaten yang rusak berat mencapai 187 kilometer.",
            [(187.0, "km", "reached", None)],
        ),
        (
            "Dinas menemukan 2.016 kasus baru TBC selama 2024.",
            [(2016.0, "kasus", "reached", "2024")],
        ),
        (
            "Penduduk miskin berkurang 4,2 ribu orang menjadi 258,9 ribu orang pada Maret 2024.",
            [(4200.0, "orang", "change", "2024-03"), (258_900.0, "orang", "reached", "2024-03")],
        ),
        (
            "Kemantapan jalan kita 74,6 persen dan tahun depan kita dorong menjadi 80 persen.",
            [(74.6, "persen", "reached", None), (80.0, "persen", "target", "2026")],
        ),
        (
            "Nilai tukar petani turun 0,42 persen menjadi 113,7.",
            [(0.42, "persen", "change", None), (113.7, "poin", "reached", None)],
        ),
        (
            "Dari 65 puskesmas, 40 sudah berstatus BLUD.",
            [(65.0, "unit", "reached", None), (40.0, "unit", "reached", None)],
        ),
        (
            "pad kita thn kemaren cuma 48m padahal targetnya 60m",
            [(48e9, "rupiah", "reached", "2024"), (60e9, "rupiah", "target", "2024")],
        ),
        (
            "Serapan anggaran rendah. Hingga Januari baru Rp 1,2 miliar.",
            [(1.2e9, "rupiah", "reached", "2025-01")],
        ),
        (
            "Indeks Kepuasan Masyarakat naik, dari 82,1 (2023) ke 83,4 (2024).",
            [(82.1, "poin", "comparison", "2023"), (83.4, "poin", "reached", "2024")],
        ),
        (
            "Stunting di desa itu tinggal 11 anak dari 34 anak tahun sebelumnya.",
            [(11.0, "orang", "reached", None), (34.0, "orang", "comparison", "2024")],
        ),
        ("Vaksin rabies per 10 Maret: 812 ekor anjing.", [(812.0, "ekor", "reached", "2025-03")]),
        (
            '"Idealnya serapan anggaran 55 persen," kata ketua komisi.',
            [(55.0, "persen", "target", None)],
        ),
    ],
)
def test_kinds_of_figures_that_strangers_write(
    text: str, wanted: list[tuple[float, str, str, str | None]]
) -> None:
    found = claims(text)
    assert [(c.number, c.unit or "poin", c.kind, c.period) for c in found] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "UMK 2025 naik 6,5 persen menjadi Rp 2.328.555.",
        "Polisi menyita 2 paket seberat 3,86 gram.",
        "Ditemukan 1 buah tenda di bantaran.",
        "Kebakaran hutan terjadi di petak 14B1 Tambaksari.",
        "Pengaduan dapat disampaikan ke Call Center Polri 110.",
        "Dua dari tiga pelaku berhasil diamankan di rumahnya.",
        "Kegiatan SKM menyampaikan 8 poin standar pelayanan.",
        "TMMD Reguler ke – 116 desa ditutup.",
        "Atlet itu mendapatkan 1 emas.",
        "Pasien Rosma dirawat di kamar 203.",
        "Nisab zakat penghasilan Rp 6.859.394.",
        "Bantuan satu tangki berisi 4000 liter disalurkan.",
        "Warga harus berjalan 7 kilometer untuk mengambil air.",
        "Bupati menyerahkan bantuan kepada 150 anak yatim, Rabu (12/3/2025).",
        "Puncak itu dicapai dengan 1.700 anak tangga.",
    ],
)
def test_figures_of_no_report(text: str) -> None:
    assert claims(text) == []


def test_what_is_measured_reaches_over_what_it_is_a_share_of() -> None:
    text = "Kontribusi sektor pertanian terhadap PDRB sebesar 35,9 persen."
    assert claims(text)[0].subject == "Kontribusi sektor pertanian terhadap PDRB"


def test_a_title_that_names_one_period_speaks_for_the_text() -> None:
    titled = replace(CONTEXT, title="Ekonomi Ende 2024 Tumbuh", date="2025-03-05")
    found = claims("Industri menyumbang 12,3 persen terhadap PDRB.", titled)
    assert [c.period for c in found] == ["2024"]
    now = claims("Industri kini menyumbang 12,3 persen terhadap PDRB.", titled)
    assert [c.period for c in now] == [None]


@pytest.mark.parametrize(
    "title",
    ["Stunting Ende 2023 dan 2024", "Ende Menuju 2029", "RPJMD Ende 2025-2029", "Ekonomi Ende"],
)
def test_a_title_of_more_periods_or_one_ahead_says_nothing(title: str) -> None:
    titled = replace(CONTEXT, title=title, date="2025-03-05")
    found = claims("Industri menyumbang 12,3 persen terhadap PDRB.", titled)
    assert [c.period for c in found] == [None]


def test_a_period_that_only_begins_is_not_the_figures() -> None:
    assert [c.period for c in claims("Memasuki triwulan IV, serapan anggaran 54,8%.")] == [None]


def test_one_thing_goes_on() -> None:
    assert told("Dana desa Rp 1 miliar dan sudah terserap 97 persen.") == [
        (1e9, "rupiah", "reached"), (97.0, "persen", "reached"),
    ]  # fmt: skip
    assert [c.number for c in claims("Desa mandiri bertambah dari 12 jadi 31 desa.")] == [12, 31]
    assert [c.number for c in claims("IPM di angka 74,18 dari 73,52 tahun sebelumnya.")] == [
        74.18, 73.52,
    ]  # fmt: skip
    listed = claims("Angka stunting: 2022 24,1%; 2023 21,3%; 2024 18,9%.")
    assert [(c.period, c.number) for c in listed] == [
        ("2022", 24.1),
        ("2023", 21.3),
        ("2024", 18.9),
    ]
    assert [c.number for c in claims("PAD cuma 48M padahal targetnya 60M.")] == [48e9, 60e9]
