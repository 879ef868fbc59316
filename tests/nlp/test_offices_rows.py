"""Lists of holders, successors, village posts and bodies that stand elsewhere; all our own."""

from __future__ import annotations

import pytest

from kb.nlp.language import make_nlp
from kb.nlp.offices import find_offices
from tests.nlp.marked import unmark

NLP = make_nlp()

Row = tuple[str, str, str | None]

LISTS: list[tuple[str, list[Row]]] = [
    # each with his own place in brackets
    (
        "Wali jorong yang hadir {P:Zubir} ({L:Koto Panjang}) dan {P:Edi Putra} (Kampuang Ateh).",
        [("Zubir", "Wali jorong", "Koto Panjang"), ("Edi Putra", "Wali jorong", "Kampuang Ateh")],
    ),
    (
        "Kades yang dilantik antara lain {P:Wagiman} ({L:Desa Ngrandu}), {P:Tutik} ({L:Sumber}).",
        [("Wagiman", "Kades", "Desa Ngrandu"), ("Tutik", "Kades", "Sumber")],
    ),
    # an age or a body in brackets is no place
    ("Kades {P:Wagiman} (45) dan {P:Tutik} (39) hadir.", [("Wagiman", "Kades", None)]),
    # a line that begins with its body, in a text about a public board
    (
        "Anggota panwascam yang dilantik:\n{L:Kec. Dolok} : {P:Roni Daulay} (ketua), {P:Tapi Rambe}"
        "\n{L:Kec. Barumun} : {P:Lian Pohan} (ketua)",
        [
            ("Roni Daulay", "ketua", "Kec. Dolok"),
            ("Tapi Rambe", "anggota", "Kec. Dolok"),
            ("Lian Pohan", "ketua", "Kec. Barumun"),
        ],
    ),
    (
        "Pengurus PPS:\n{L:Desa Mekar}: {P:Dadan} (anggota)\n{L:Desa Jaya}: {P:Asep} (ketua)",
        [("Dadan", "anggota", "Desa Mekar"), ("Asep", "ketua", "Desa Jaya")],
    ),
    ("Pengurus arisan:\n{L:Kec. Dolok} : {P:Roni Daulay} (ketua), {P:Tapi Rambe}", []),
    (
        "Tim: {P:Ratna Wulan}, S.Kep.Ns ({O:Puskesmas Wera} ), {P:Sri} (perawat).",
        [("Sri", "perawat", "Puskesmas Wera")],
    ),
]

CHANGES: list[tuple[str, list[Row]]] = [
    (
        "Panewu lama, {P:Slamet Wira}, pindah. Penggantinya {P:Agung Danar}, S.IP.",
        [("Slamet Wira", "Panewu", None), ("Agung Danar", "Panewu", None)],
    ),
    (
        "Camat {L:Bungah} {P:Bayu Wira} digantikan oleh {P:Siti Maras}.",
        [("Bayu Wira", "Camat", "Bungah"), ("Siti Maras", "Camat", "Bungah")],
    ),
    # a player is no successor
    ("{P:Bayu Wira} digantikan {P:Siti Maras} pada menit ke-70.", []),
    (
        "{P:Rudi Salam} dimutasi dari jabatan Kepala {O:Dinas Sosial} dan dilantik pada jabatan "
        "baru sebagai Kepala {O:Dinas Perhubungan}.",
        [
            ("Rudi Salam", "Kepala Dinas", "Dinas Sosial"),
            ("Rudi Salam", "Kepala Dinas", "Dinas Perhubungan"),
        ],
    ),
    (
        "{P:Amar Wira} yang akan menjabat sebagai Kepala {O:BPBD Lebak}.",
        [("Amar Wira", "Kepala", "BPBD Lebak")],
    ),
    ("{P:Amar Wira} yang akan menjadi Bupati {L:Lebak}.", []),
    ("Absen pelantikan Menteri, {P:Amar Wira} ke {L:Jayapura}.", []),
]

VILLAGES: list[tuple[str, list[Row]]] = [
    (
        "Di {L:Balai Kalurahan Tirto} dilantik {P:Erna Lestari} (carik), {P:Wahyu} (kamituwa) dan "
        "{P:Teguh} sebagai jagabaya.",
        [
            ("Erna Lestari", "carik", "Kalurahan Tirto"),
            ("Wahyu", "kamituwa", "Kalurahan Tirto"),
            ("Teguh", "jagabaya", "Kalurahan Tirto"),
        ],
    ),
    (
        "Pj Kapekon {L:Margasari} {P:Suparman} bicara.",
        [("Suparman", "Pj Kapekon", "Margasari")],
    ),
    # the village of the page, of its council, of its government
    (
        "{L:SUNGAI LANDAI} – Warga goro. Walinagari {P:Zul Fahri} hadir.",
        [("Zul Fahri", "Walinagari", "SUNGAI LANDAI")],
    ),
    ("{L:PANDEGLANG} – Warga goro. Kades {P:Zul Fahri} hadir.", [("Zul Fahri", "Kades", None)]),
    (
        "Kepala Desa, {P:Damian Jehu} bicara. Ketua {O:BPD Wae Lolo}, {P:Kornel Hamu} juga.",
        [("Damian Jehu", "Kepala Desa", "Wae Lolo"), ("Kornel Hamu", "Ketua", "BPD Wae Lolo")],
    ),
    (
        "Hadir Petinggi {P:Yusti Ding}. {O:Pemerintah Kampung Linggang}.",
        [("Yusti Ding", "Petinggi", "Kampung Linggang")],
    ),
    (
        "Juru Tulis Pekon {P:Siti Aminah} dari {L:Pekon Way Kerap} hadir.",
        [("Siti Aminah", "Juru Tulis Pekon", "Pekon Way Kerap")],
    ),
    (
        "Bu Dukuh {P:Manukan}, Bu {P:Purwanti}: telaga asat.",
        [("Purwanti", "Dukuh", "Manukan")],
    ),
    (
        "Bupati KDH Tk. II {L:Maluku Tengah} Drs. {P:M. Tuhu} datang.",
        [("M. Tuhu", "Bupati KDH Tk. II", "Maluku Tengah")],
    ),
]

ELSEWHERE: list[tuple[str, list[Row]]] = [
    (
        "{P:Toko Marba}, bhabinkamtibmas, turun. Hubungi {O:Polsek Penarik}.",
        [("Toko Marba", "bhabinkamtibmas", "Polsek Penarik")],
    ),
    (
        "{O:Dinas Perikanan Lebak} rapat. Kasat Polairud AKP {P:Karna} mengimbau. Anggota "
        "{O:Polres Lebak} siaga.",
        [("Karna", "Kasat Polairud", "Polres Lebak")],
    ),
    (
        "Dari {L:Kecamatan Banuhampu} datang Kasi Trantib {P:Rusdi Cania}.",
        [("Rusdi Cania", "Kasi Trantib", "Kecamatan Banuhampu")],
    ),
    (
        "{O:RSUD Sumba} berbenah.\n\nKabid Pelayanan Medik, {P:Syamsul Bari}, hadir.",
        [("Syamsul Bari", "Kabid Pelayanan Medik", "RSUD Sumba")],
    ),
    (
        "Sidak {O:Satpol PP Pasaman} ramai.\n\nPelaku didata PPNS {P:Riko Feri}.",
        [("Riko Feri", "PPNS", "Satpol PP Pasaman")],
    ),
]

UNITS: list[tuple[str, list[Row]]] = [
    (
        "Yth. Ibu Kabid P2P {O:Dinkes Seram} ({P:Sofia Kilwo}, SKM)",
        [("Sofia Kilwo", "Kabid P2P", "Dinkes Seram")],
    ),
    ("Ibu Gubernur {L:Riau}, {P:Sofia Kilwo}, hadir.", []),
    (
        "bantuan dari {O:bpbd bondo} dibawa kasi kedaruratan mas {P:kristi}.",
        [("kristi", "kasi kedaruratan", "bpbd bondo")],
    ),
    (
        "{P:Imam Darso}, kepala wilayah kerja KSOP Panaru di pelabuhan itu.",
        [("Imam Darso", "kepala wilayah kerja", "KSOP Panaru")],
    ),
    (
        "Kordiv {O:SDMO} {P:Masda Sirega} bicara. {O:Bawaslu Paluta} melantik.",
        [("Masda Sirega", "Kordiv SDMO", "Bawaslu Paluta")],
    ),
    (
        "Ahli Toksikologi {O:Puslabfor Mabes Polri} AKP {P:Ade Lakso} hadir.",
        [("Ade Lakso", "Ahli Toksikologi", "Puslabfor Mabes Polri")],
    ),
    (
        "{P:Ratna Loro}, dokter jaga {O:RSUD Reda}, menyebut.",
        [("Ratna Loro", "dokter jaga", "RSUD Reda")],
    ),
    (
        "Tim bersama pengelola program malaria {O:Dinkes Supi}, {P:Maksi Rumbe} SKM, turun.",
        [("Maksi Rumbe", "pengelola program malaria", "Dinkes Supi")],
    ),
    (
        "Anggota {O:DPRD Lampung} dari Daerah Pemilihan (Dapil) {L:Way Kanan} {P:Munir Haris}.",
        [("Munir Haris", "Anggota", "DPRD Lampung")],
    ),
    (
        "Babinsa {O:Koramil 05/Putri} jajaran {O:Kodim 0113/Gayo}, Sertu {P:Abdul Kira} hadir.",
        [("Abdul Kira", "Babinsa", "Koramil 05/Putri")],
    ),
    (
        "Direktur Penyiaran {P:Gerya} hadir di {O:Kementerian Komunikasi dan Digital}.",
        [("Gerya", "Direktur Penyiaran", None)],
    ),
    ("Direktur Penyiaran {P:Gerya} hadir di {O:PT Maju Jaya}.", []),
    (
        "Kepala pasar ibu {P:Wa Rini} bicara di {L:Pasar Buranga}.",
        [("Wa Rini", "Kepala pasar", "Pasar Buranga")],
    ),
    (
        "Kasi Pembangunan, Pastor Paroki {P:Nunang}, hadir.",
        [],
    ),
    (
        "Kadis PMD Kab. Sikka {P:Yosef Lado} hadir.",
        [("Yosef Lado", "Kadis PMD", "Kab. Sikka")],
    ),
]


@pytest.mark.parametrize(("marked", "expected"), [*LISTS, *CHANGES, *VILLAGES, *ELSEWHERE, *UNITS])
def test_posts_of_hasty_texts(marked: str, expected: list[Row]) -> None:
    text, mentions = unmark(marked)
    found = find_offices(NLP.make_doc(text), mentions)
    assert [(o.name, o.role, o.institution) for o in found] == expected


def test_who_left_is_former() -> None:
    text, mentions = unmark("Camat {L:Bungah} {P:Bayu Wira} digantikan oleh {P:Siti Maras}.")
    found = find_offices(NLP.make_doc(text), mentions)
    assert [o.status for o in found] == ["mantan", "definitif"]
