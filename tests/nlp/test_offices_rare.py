"""Posts by rarer names, and where their bodies come from."""

from __future__ import annotations

import pytest

from kb.nlp.language import make_nlp
from kb.nlp.offices import find_offices
from tests.nlp.marked import unmark

NLP = make_nlp()

VILLAGES = [
    (
        "Keluhan datang dari Raja Negeri {L:Hila}, {P:Abdul Latukau}.",
        [("Abdul Latukau", "Raja Negeri", "Hila")],
    ),
    (
        "Rio {L:Dusun Tanah Periuk} {P:Mahmud} menolak tambang.",
        [("Mahmud", "Rio Dusun", "Dusun Tanah Periuk")],
    ),
    (
        "{P:Yosef Rahail} dilantik sebagai Kepala Ohoi {L:Wearlilir}.",
        [("Yosef Rahail", "Kepala Ohoi", "Wearlilir")],
    ),
    (
        "{P:Warsito}, Dukuh di {L:Padukuhan Ngoro}, mengangguk.",
        [("Warsito", "Dukuh", "Padukuhan Ngoro")],
    ),
    (
        "Ketua Tuha Peut {L:Gampong Pande}, {P:Zulkifli}, hadir.",
        [("Zulkifli", "Ketua Tuha Peut", "Gampong Pande")],
    ),
    # a village taken for a name, and a word of address
    (
        "Kepala Kampung {P:Kofarit} bpk {P:Yunus Kabes} hadir.",
        [("Yunus Kabes", "Kepala Kampung", "Kofarit")],
    ),
    ("Bupati {L:Buru} Hi. {P:Hamid Wael} datang.", [("Hamid Wael", "Bupati", "Buru")]),
]


@pytest.mark.parametrize(("marked", "wanted"), VILLAGES)
def test_posts_of_villages(marked: str, wanted: list[tuple[str, str, str | None]]) -> None:
    text, mentions = unmark(marked)
    found = find_offices(NLP.make_doc(text), mentions)
    assert [(o.name, o.role, o.institution) for o in found] == wanted


MOVES = [
    # from one post to the next: with words, with an arrow, in brackets, the other way round
    (
        "1. {P:Rudi Hartawan}, S.Pi, semula Kepala Bidang Aset, kini Kepala {O:Dinas Pertanian};",
        [("Rudi Hartawan", "Kepala Dinas", "Dinas Pertanian", "definitif")],
    ),
    (
        "1. {P:Sugeng Ali}, Camat {L:Talo} --> Sekretaris {O:BPKD};\n"
        "2. {P:Dodi Haris}, S.IP → Camat {L:Talo};",
        [
            ("Sugeng Ali", "Sekretaris", "BPKD", "definitif"),
            ("Dodi Haris", "Camat", "Talo", "definitif"),
        ],
    ),
    (
        "{P:Syamsul}, M.Pd (semula Kepala {O:SMPN 1 Talo}, kini Pengawas Sekolah "
        "{O:Dikbud}) hadir.",
        [("Syamsul", "Pengawas Sekolah", "Dikbud", "definitif")],
    ),
    (
        "AKP {P:Yusran Tagau} yang semula Kasat Binmas kini dipercaya sebagai Kapolsek "
        "{L:Sekatak}.",
        [("Yusran Tagau", "Kapolsek", "Sekatak", "definitif")],
    ),
    (
        "Wakapolsek {L:Peso} kini dijabat Iptu {P:Nuri Batara}, sebelumnya Kanit Turjawali.",
        [("Nuri Batara", "Wakapolsek", "Peso", "definitif")],
    ),
    # whose seat it was, and who takes it
    (
        "Kursi Kapolsek {L:Peso}, yang setahun terakhir diisi oleh Ipda {P:Jumali} selaku "
        "pelaksana tugas, ditempati Iptu {P:Desmon}.",
        [("Desmon", "Kapolsek", "Peso", "definitif")],
    ),
    # the body stands with the move
    (
        "{P:Jumali} sendiri kembali ke {O:Satreskrim} sebagai Kanit Tipikor.",
        [("Jumali", "Kanit Tipikor", "Satreskrim", "definitif")],
    ),
    # a degree typed in pieces
    (
        "{P:Lisna Wati}, S.St.Pi (Kepala Bidang Budidaya {O:Dinas Perikanan}) dilantik.",
        [("Lisna Wati", "Kepala Bidang Budidaya", "Dinas Perikanan", "definitif")],
    ),
    # a list of two posts is no move
    (
        "Hadir {P:Rudi Hartawan}, Camat {L:Talo}, dan {P:Sari}, Camat {L:Peso}.",
        [
            ("Rudi Hartawan", "Camat", "Talo", "definitif"),
            ("Sari", "Camat", "Peso", "definitif"),
        ],
    ),
]


@pytest.mark.parametrize(("marked", "wanted"), MOVES)
def test_posts_that_change_hands(marked: str, wanted: list[tuple[str, str, str, str]]) -> None:
    text, mentions = unmark(marked)
    found = find_offices(NLP.make_doc(text), mentions)
    held = [(o.name, o.role, o.institution, o.status) for o in found if o.status != "mantan"]
    assert held == wanted


BODIES = [
    # councils and commissions: the one the text is about, by its fullest name
    (
        "{O:DPRD Kabupaten Lembata} rapat, {O:DPRD Lembata} sepakat.\n\n"
        "Wakil Ketua II, {P:Yance Saba}, memotong.",
        [("Yance Saba", "Wakil Ketua II", "DPRD Kabupaten Lembata")],
    ),
    (
        "Rapat {O:Komisi III DPRD Batola} molor. Anggota komisi, {P:Hikmat}, kecewa.",
        [("Hikmat", "Anggota komisi", "Komisi III DPRD Batola")],
    ),
    (
        "{O:Panwaslih Pidie} rapat. Kordiv Penanganan Pelanggaran, {P:Cut Nila}, merinci.",
        [("Cut Nila", "Kordiv Penanganan Pelanggaran", "Panwaslih Pidie")],
    ),
    ("{O:DPRD Lembata} dan {O:DPRD Ende} rapat. Wakil Ketua II {P:Yance Saba} hadir.", []),
    ("{O:LBH Ende} rapat. Koordinator Divisi Advokasi {P:Yance Saba} hadir.", []),
    # teams that only governments set up
    (
        "Ketua {O:Tim Percepatan Penurunan Stunting Ende}, {P:Yakob}, hadir.",
        [("Yakob", "Ketua", "Tim Percepatan Penurunan Stunting Ende")],
    ),
    ("Ketua {O:Tim Hukum Paslon 2}, {P:Yakob}, hadir.", []),
]


@pytest.mark.parametrize(("marked", "wanted"), BODIES)
def test_bodies_the_text_is_about(marked: str, wanted: list[tuple[str, str, str | None]]) -> None:
    text, mentions = unmark(marked)
    found = find_offices(NLP.make_doc(text), mentions)
    assert [(o.name, o.role, o.institution) for o in found] == wanted


POSTS = [
    (
        "Kalapas {L:Lahat} {P:Rusdi} didampingi Ka. KPLP {P:Yona} hadir.",
        [("Rusdi", "Kalapas", "Lahat"), ("Yona", "Ka. KPLP", "Lapas Lahat")],
    ),
    ("Ka {O:BPBD Bima} {P:Ali Wahab} datang.", [("Ali Wahab", "Ka", "BPBD Bima")]),
    (
        "Asisten Perekonomian {O:Setda Bima}, {P:Ali Wahab}, hadir.",
        [("Ali Wahab", "Asisten Perekonomian", "Setda Bima")],
    ),
    ("Asisten pelatih {O:PSM Makassar}, {P:Ali Wahab}, hadir.", []),
    (
        "Penanggung Jawab Program TB {O:Puskesmas Wera}, {P:Nurmi}, hadir.",
        [("Nurmi", "Penanggung Jawab Program TB", "Puskesmas Wera")],
    ),
    ("Prakirawan {O:BMKG Bima} {P:Nurmi} hadir.", [("Nurmi", "Prakirawan", "BMKG Bima")]),
    (
        "{P:Hendrik}, PPK 2.3 {O:Satker PJN Wilayah II}, di lokasi.",
        [("Hendrik", "PPK 2.3", "Satker PJN Wilayah II")],
    ),
    # posts of forces, and a branch of the navy in brackets
    (
        "Komandan {O:Pos TNI AL Sape} Letda Laut (P) {P:Zainal} hadir.",
        [("Zainal", "Komandan", "Pos TNI AL Sape")],
    ),
    (
        "Koordinator {O:Pos SAR Sape}, {P:Zainal}, hadir.",
        [("Zainal", "Koordinator", "Pos SAR Sape")],
    ),
    (
        "Warga {L:Desa Wera} panik. Bidan Desa {P:Nurmi} menolong.",
        [("Nurmi", "Bidan Desa", "Desa Wera")],
    ),
]


@pytest.mark.parametrize(("marked", "wanted"), POSTS)
def test_posts_no_list_had(marked: str, wanted: list[tuple[str, str, str | None]]) -> None:
    text, mentions = unmark(marked)
    found = find_offices(NLP.make_doc(text), mentions)
    assert [(o.name, o.role, o.institution) for o in found] == wanted


UNITS = [
    # a woman addressed, a block without its number
    (
        "Ibu Ketua {L:RW 02} {P:Siti} hadir. Ketua {L:RT} 04 {P:Abdul} juga.",
        [("Siti", "Ketua RW", "RW 02"), ("Abdul", "Ketua RT", "RT 04")],
    ),
    # a unit in a unit
    (
        "{P:Hendra} (Plh Kasubbag Protokol Bagian Prokopim)",
        [("Hendra", "Plh Kasubbag Protokol", "Bagian Prokopim")],
    ),
    (
        "{P:Hendra} bergeser menjadi Kasubbag Dalpers Bag SDM.",
        [("Hendra", "Kasubbag Dalpers", "Bag SDM")],
    ),
    # the field behind the body
    (
        "Staf Ahli Bupati {L:Bima} Bidang Hukum, {P:Abdul Haris}, hadir.",
        [("Abdul Haris", "Staf Ahli Bupati", "Bima")],
    ),
    (
        "Anggota {O:KPU Bima} Divisi Teknis {P:Ali} hadir.",
        [("Ali", "Anggota", "KPU Bima")],
    ),
    # a village's constable beside its head; a hamlet's head
    (
        "Hadir Kades {L:Wera} {P:Ali}, Babinsa Serka {P:Robert}.\n\nBabinsa {P:Usman} pulang.",
        [("Ali", "Kades", "Wera"), ("Robert", "Babinsa", "Wera"), ("Usman", "Babinsa", None)],
    ),
    (
        "Kades {L:Wera} {P:Ali} ke {L:Dusun Oi}. Kadus {P:Rudi} hadir.",
        [("Ali", "Kades", "Wera"), ("Rudi", "Kadus", "Dusun Oi")],
    ),
]


@pytest.mark.parametrize(("marked", "wanted"), UNITS)
def test_units_fields_and_small_places(
    marked: str, wanted: list[tuple[str, str, str | None]]
) -> None:
    text, mentions = unmark(marked)
    found = find_offices(NLP.make_doc(text), mentions)
    assert [(o.name, o.role, o.institution) for o in found] == wanted


SEATS = [
    # the type of the body between the post and its place
    (
        "Danramil Koramil {L:Sape} Kapten Inf {P:Bambang} hadir.",
        [("Bambang", "Danramil", "Koramil Sape")],
    ),
    ("Kaban Kesbangpol {P:Lestari} hadir.", [("Lestari", "Kaban", "Kesbangpol")]),
    # a post of a clinic, in small letters
    (
        "Koordinator imunisasi {P:Jasman} menginap di {O:Puskesmas Wera}.",
        [("Jasman", "Koordinator imunisasi", "Puskesmas Wera")],
    ),
    ("Koordinator aksi {P:Jasman} berteriak.", []),
    # of two commissions the one whose posts the text names
    (
        "Ketua {O:Panwaslih Pidie} {P:Amir} menegur {O:KIP Pidie}. Kordiv Hukum {P:Cut} hadir.",
        [("Amir", "Ketua", "Panwaslih Pidie"), ("Cut", "Kordiv Hukum", "Panwaslih Pidie")],
    ),
    # the verb behind an office speaks of its holder, not of the name before
    (
        "Bupati {L:Bima} {P:Ali} pergi. Soal permintaan {P:Enem}, Wabup menyatakan siap.",
        [("Ali", "Bupati", "Bima")],
    ),
]


@pytest.mark.parametrize(("marked", "wanted"), SEATS)
def test_seats(marked: str, wanted: list[tuple[str, str, str | None]]) -> None:
    text, mentions = unmark(marked)
    found = find_offices(NLP.make_doc(text), mentions)
    assert [(o.name, o.role, o.institution) for o in found] == wanted


ONLY = [
    # a party is no body of a legislator's; a prosecutor in a text about one office
    (
        "Legislator {O:PKB} {P:Sabir Baso} menolak. {O:DPRD Sinjai} rapat.",
        [("Sabir Baso", "Legislator", "DPRD Sinjai")],
    ),
    (
        "{O:Kejari Sinjai} menuntut. Jaksa {P:Sabir Baso} pikir-pikir.",
        [("Sabir Baso", "Jaksa", "Kejari Sinjai")],
    ),
    ("Jaksa {P:Sabir Baso} menuntut di {O:PN Sinjai}.", []),
    # a place taken for a name, and a rank before the name
    (
        "Babinsa {P:Kalobba} Serda {P:Yusuf} hadir. Kapolsek {P:Bulupoddo} Iptu {P:Amran} juga.",
        [("Yusuf", "Babinsa", "Kalobba"), ("Amran", "Kapolsek", "Bulupoddo")],
    ),
    # a village in small letters, a police unit whose body the text names later
    ("kata kades kalobba, {P:sudirman}.", [("sudirman", "kades", "kalobba")]),
    ("kata kades itu, {P:sudirman}.", [("sudirman", "kades", None)]),
    (
        "Kasat Narkoba AKP {P:Sabir} ditemui di {O:Polres Sinjai}.",
        [("Sabir", "Kasat Narkoba", "Polres Sinjai")],
    ),
    # handed over; the hospital, the agency, the prosecutor's office of the text
    (
        "Jabatan Kapolsek {L:Wera} diserahterimakan dari Iptu {P:Rahmat} kepada Iptu {P:Jufri}.",
        [("Jufri", "Kapolsek", "Wera"), ("Rahmat", "Kapolsek", "Wera")],
    ),
    (
        "Direktur RSUD, dr {P:Jufri Amin}, hadir. {O:RSUD Bima} penuh.",
        [("Jufri Amin", "Direktur RSUD", "RSUD Bima")],
    ),
    (
        "Kadis {P:Jufri Amin} hadir. {O:Dinas Sosial Bima} rapat.",
        [("Jufri Amin", "Kadis", "Dinas Sosial Bima")],
    ),
    (
        "Kajari {P:Jufri Amin} hadir. {O:Kejaksaan Negeri Bima} menang.",
        [("Jufri Amin", "Kajari", "Bima")],
    ),
    # a post that a name swallowed
    (
        "Iptu {P:Rahmat} dimutasi menjadi {O:Wadirlantas Polda NTB}.",
        [("Rahmat", "Wadirlantas", "Polda NTB")],
    ),
    ("Pendamping PKH, {P:Emmy}, menolong.", [("Emmy", "Pendamping PKH", None)]),
    (
        "Pengawas {O:Madrasah Kemenag Sinjai}, {P:Jufri}, dan peksos {O:Dinas Sosial} {P:Ana}.",
        [("Jufri", "Pengawas Madrasah", "Kemenag Sinjai"), ("Ana", "peksos", "Dinas Sosial")],
    ),
]


@pytest.mark.parametrize(("marked", "wanted"), ONLY)
def test_posts_beside_names_that_are_none(
    marked: str, wanted: list[tuple[str, str, str | None]]
) -> None:
    text, mentions = unmark(marked)
    found = find_offices(NLP.make_doc(text), mentions)
    assert [(o.name, o.role, o.institution) for o in found] == wanted
