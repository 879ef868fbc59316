"""Posts, bodies and holders that no list held; the sentences are our own."""

from __future__ import annotations

import pytest

from kb.nlp.language import make_nlp
from kb.nlp.offices import find_offices
from tests.nlp.marked import unmark

NLP = make_nlp()

Row = tuple[str, str, str | None]

RANKS: list[tuple[str, list[Row]]] = [
    # a rank in full words, with its short form behind it
    (
        "Kepala {O:Satgas Rencong} Brigadir Jenderal Polisi (Brigjen Pol) {P:Tarmizi Daud} hadir.",
        [("Tarmizi Daud", "Kepala", "Satgas Rencong")],
    ),
    (
        "Kabid Humas {O:Polda Jambi}, Komisaris Besar Polisi (Kombes Pol) {P:Wisnu Arga}, hadir.",
        [("Wisnu Arga", "Kabid Humas", "Polda Jambi")],
    ),
    ("Kapolsek {L:Muntok} Komisaris {P:Herlan} hadir.", [("Herlan", "Kapolsek", "Muntok")]),
    # a branch in brackets behind a rank
    (
        "Danlanal {L:Ranai} Kolonel (P) {P:Bayu Samudra}, S.Sos., hadir.",
        [("Bayu Samudra", "Danlanal", "Ranai")],
    ),
    (
        "Danlanud {L:Ranai} Kolonel (Pnb.) {P:Galih Rangga}, S.Sos., hadir.",
        [("Galih Rangga", "Danlanud", "Ranai")],
    ),
    # the words of a rank are no post
    ("Patroli dipimpin Ajun Komisaris Polisi (AKP) {P:Rudi Basri} kemarin.", []),
    # what stands in brackets behind a place is no rank
    ("Usai bertemu Kapolres {L:Muntok} (23/5) {P:Tuti Lapase} pulang.", []),
]

BODIES: list[tuple[str, list[Row]]] = [
    (
        "Dekan {O:Fakultas Syariah UIN Raden Fatah Palembang}, Dr. {P:Edi Sanjaya}, hadir.",
        [("Edi Sanjaya", "Dekan", "Fakultas Syariah UIN Raden Fatah Palembang")],
    ),
    (
        "Tamu dari {O:Universitas Islam Negeri Raden Fatah} dan {O:UIN Walisongo} dipimpin Dekan "
        "{O:Fakultas Syariah}, {P:Edi Sanjaya}.",
        [("Edi Sanjaya", "Dekan", "Fakultas Syariah")],
    ),
    (
        "Tamu dari {O:Universitas Bina Darma} dipimpin Dekan {O:Fakultas Hukum}, {P:Edi Sanjaya}.",
        [],
    ),
    (
        "Ketua {O:JDIH UIN Walisongo}, {P:Dewi Maya}, hadir.",
        [("Dewi Maya", "Ketua", "JDIH UIN Walisongo")],
    ),
    ("Ketua {O:BEM UIN Walisongo}, {P:Dewi Maya}, hadir.", []),
    ("Ketua {O:TAPD} {P:Made Wirya} hadir.", [("Made Wirya", "Ketua", "TAPD")]),
    ("Ketua {O:MKMK} {P:Jalil Asyari} hadir.", [("Jalil Asyari", "Ketua", "MKMK")]),
    (
        "Sekretaris {O:Dikpora Kulon Progo}, {P:Nur Hadianta}, hadir.",
        [("Nur Hadianta", "Sekretaris", "Dikpora Kulon Progo")],
    ),
    (
        "Humas {O:RSUCM Aceh Utara}, dr {P:Heri Lesmana}, hadir.",
        [("Heri Lesmana", "Humas", "RSUCM Aceh Utara")],
    ),
    (
        "Gunung ditutup, kata petugas {O:PGA Gunung Marapi}, {P:Amir Rifai}.",
        [("Amir Rifai", "petugas", "PGA Gunung Marapi")],
    ),
    (
        "Deputi {O:Pengembangan Pemuda Kemenpora} {P:Asrul Salim} hadir.",
        [("Asrul Salim", "Deputi Pengembangan Pemuda", "Kemenpora")],
    ),
    # a town in the name of the body
    (
        "Kepala {O:BBPOM} di {L:Mataram}, {P:Retno Kurnia} hadir.",
        [("Retno Kurnia", "Kepala", "BBPOM di Mataram")],
    ),
    ("Usai menemui Kepala {O:BPBD Lebak} di {L:Rangkasbitung}, {P:Retno Kurnia} pulang.", []),
    # the short form of a post in brackets before its body
    (
        "Tersangka ialah Pejabat Pembuat Komitmen (PPK) {O:Satker PJN Wilayah II} {P:Herianta}.",
        [("Herianta", "PPK", "Satker PJN Wilayah II")],
    ),
    (
        "Kepala Kantor Wilayah (Kakanwil) {O:Kemenkumham Jambi}, {P:Silvana Laba} hadir.",
        [("Silvana Laba", "Kepala Kantor Wilayah", "Kemenkumham Jambi")],
    ),
    # "Hukum" is a field here, and no "Hukum Tua"
    (
        "Kepala Bidang Penataan, Penegakan Hukum, dan Peningkatan Kapasitas {O:DLH Jambi}, "
        "{P:Zainal Hasan}, hadir.",
        [
            (
                "Zainal Hasan",
                "Kepala Bidang Penataan, Penegakan Hukum, dan Peningkatan Kapasitas",
                "DLH Jambi",
            )
        ],
    ),
    # a minister's field may be called like a party
    (
        "Mantan Menteri {O:PAN-RB}, {P:Yudi Krisna} hadir.",
        [("Yudi Krisna", "Mantan Menteri", "PAN-RB")],
    ),
    ("Presiden {O:PKS}, {P:Yudi Krisna} hadir.", []),
]

POSTS: list[tuple[str, list[Row]]] = [
    (
        "Acara dibuka Asisten Ekonomi Pembangunan, {P:Agus Suryana}.",
        [("Agus Suryana", "Asisten Ekonomi Pembangunan", None)],
    ),
    ("Acara dibuka Asisten Pelatih, {P:Agus Suryana}.", []),
    ("Acara dibuka Asisten Manajer {P:Agus Suryana}.", []),
    (
        "Kepala Suku Dinas Pertamanan {L:Jakarta Timur}, {P:Dwi Panca}, hadir.",
        [("Dwi Panca", "Kepala Suku Dinas Pertamanan", "Jakarta Timur")],
    ),
    ("Kepala Suku {L:Asmat}, {P:Dwi Panca}, hadir.", []),
    (
        "Bintara Pembina Angkasa (Babinsa) {O:TNI Lanud}, {P:Putu Darta} hadir.",
        [("Putu Darta", "Bintara Pembina Angkasa", "TNI Lanud")],
    ),
    (
        "Penggeledahan dipimpin Ketua Tim Penyidik, {P:Yuli Oktavia}.",
        [("Yuli Oktavia", "Ketua Tim Penyidik", None)],
    ),
    ("Pertandingan dipimpin Ketua Tim Wasit, {P:Yuli Oktavia}.", []),
    ("Kabinda {L:Jambi} Brigjen TNI {P:Raden Tata} hadir.", [("Raden Tata", "Kabinda", "Jambi")]),
    ("Presiden ke-6 RI {P:Sunar Wibawa} hadir.", [("Sunar Wibawa", "Presiden", None)]),
]

AROUND: list[tuple[str, list[Row]]] = [
    # wider regions without commas
    (
        "Kata Kepala {L:Desa Waung} {L:Kecamatan Boyolangu} {L:Tulungagung} {P:Hari Purwa}.",
        [("Hari Purwa", "Kepala Desa", "Desa Waung")],
    ),
    # the government whose officials are counted up
    (
        "Ia didampingi pimpinan perangkat daerah di lingkungan {O:Pemko Medan} diantaranya Asisten "
        "Pemerintahan {P:Sofyan Amri}, Kadis Kominfo {P:Arman Pane} serta Kadis Sosial {P:Alek}.",
        [
            ("Sofyan Amri", "Asisten Pemerintahan", "Pemko Medan"),
            ("Arman Pane", "Kadis Kominfo", "Pemko Medan"),
            ("Alek", "Kadis Sosial", "Pemko Medan"),
        ],
    ),
    (
        "Ia menemui pimpinan {O:Pemko Medan}, Kadis Kominfo {P:Arman Pane}.",
        [("Arman Pane", "Kadis Kominfo", None)],
    ),
    # who the text speaks of
    (
        "{P:Joko Wardana} hadir di {L:Malang}. Gubernur {L:Jawa Tengah} dua periode itu tersenyum.",
        [("Joko Wardana", "Gubernur", "Jawa Tengah")],
    ),
    ("{P:Joko Wardana} hadir. Warga menemui Gubernur {L:Jawa Tengah} itu kemarin.", []),
    ("{P:Joko Wardana} hadir. Kepala {O:Baznas Jabar} itu ditahan.", []),
]


@pytest.mark.parametrize(("marked", "expected"), RANKS + BODIES + POSTS + AROUND)
def test_offices(marked: str, expected: list[Row]) -> None:
    text, mentions = unmark(marked)
    found = find_offices(NLP(text), mentions)
    assert [(o.name, o.role, o.institution) for o in found] == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # whose father he is says nothing of himself, his own post behind it does
        (
            "Ditahan ayah Bupati {L:Lebong} sekaligus Kepala Desa {L:Sukaraja}, {P:HM Kurnaini}.",
            [("HM Kurnaini", "Kepala Desa", "Sukaraja")],
        ),
        (
            "Wali Kota {L:Serang} sekaligus Ketua DPD Partai, {P:Rian Hidayat}, hadir.",
            [("Rian Hidayat", "Wali Kota", "Serang")],
        ),
        # who is only wanted for an office
        ("Dana pencalonan {P:Ahmad Zaelani} sebagai Bupati {L:Lebong} diusut.", []),
        (
            "Pelantikan {P:Ahmad Zaelani} sebagai Bupati {L:Lebong} ditunda.",
            [("Ahmad Zaelani", "Bupati", "Lebong")],
        ),
        # a list of the appointed
        (
            "Dilantik: {P:Ahmad Zaelani} untuk Camat {L:Amen}, {P:Rian} untuk Camat {L:Topos}.",
            [("Ahmad Zaelani", "Camat", "Amen"), ("Rian", "Camat", "Topos")],
        ),
        # something is for an office, and its holder another
        ("Dugaan suap dari {P:HM Kurnaini} untuk Kajari {L:Lebong} didalami.", []),
    ],
)
def test_posts_that_are_of_others(marked: str, expected: list[Row]) -> None:
    text, mentions = unmark(marked)
    found = find_offices(NLP.make_doc(text), mentions)
    assert [(o.name, o.role, o.institution) for o in found] == expected
