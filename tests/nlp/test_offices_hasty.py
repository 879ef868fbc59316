"""Posts as hasty people write them; every sentence and person is our own."""

from __future__ import annotations

import pytest

from kb.nlp.language import make_nlp
from kb.nlp.lines import kind_of_line
from kb.nlp.offices import find_offices
from tests.nlp.marked import unmark

NLP = make_nlp()

BETWEEN = [
    # forms of address in small letters between post and name
    (
        "Hadir Kabid P2P bpk {P:Yonas Lerebulan}.",
        [("Yonas Lerebulan", "Kabid P2P", None)],
    ),
    ("Camat {L:Losari} sdr. {P:Darmuji} hadir.", [("Darmuji", "Camat", "Losari")]),
    (
        "Kepala {O:BPBD Brebes} yaitu bapak H. {P:Karto Suwiryo} datang.",
        [("Karto Suwiryo", "Kepala", "BPBD Brebes")],
    ),
    # words that point at the holder, a verb of naming
    (
        "Kasat Lantas {O:Polres Tegal} sendiri, AKP {P:Imam Wibawa}, menolak.",
        [("Imam Wibawa", "Kasat Lantas", "Polres Tegal")],
    ),
    ("Camat {L:Losari} juga {P:Darmuji} dan warga hadir.", []),
    (
        "Kepala {O:Dinas Sosial Brebes} namanya {P:Darmuji Arif}.",
        [("Darmuji Arif", "Kepala Dinas", "Dinas Sosial Brebes")],
    ),
    # a rank with its branch and a stop
    (
        "Komandan {O:Lanal Biak} Letkol Laut (P). {P:Agung Pramana} memimpin.",
        [("Agung Pramana", "Komandan", "Lanal Biak")],
    ),
    # a line of a list with a dash, a body behind "di"
    (
        "Dilantik:\n2. Kabag Umum {O:Setda} — {P:Titin Rahayu}, SE\n3. Selesai",
        [("Titin Rahayu", "Kabag Umum", "Setda")],
    ),
    (
        "Ia menemui Asisten I di {O:Setda}, {P:Slamet Wibisono}.",
        [("Slamet Wibisono", "Asisten I", "Setda")],
    ),
    # the rest of a body's or a place's name
    (
        "Ketua {L:RW 03} {L:Mulyojati}, {P:Sarjono Hadi} usul.",
        [("Sarjono Hadi", "Ketua RW", "RW 03 Mulyojati")],
    ),
    (
        "Kepala Biro Hukum {O:Setda NTB} {P:Baiq Hartini} hadir.",
        [("Baiq Hartini", "Kepala Biro", "Biro Hukum Setda NTB")],
    ),
    (
        "Kaling {L:Jasri} Kelod Pak {P:Alit Sudarma} bercerita.",
        [("Alit Sudarma", "Kaling", "Jasri Kelod")],
    ),
    # a type word and a form of address are no place
    (
        "Hadir Kepala {L:Pekon Bpk.} {P:Darma Wijaya}.",
        [("Darma Wijaya", "Kepala Pekon", None)],
    ),
    # words in small letters of a post in brackets
    (
        "Pelapor: {P:Rizki Maulana} (petugas asesmen {O:Pusdalops})",
        [("Rizki Maulana", "petugas asesmen", "Pusdalops")],
    ),
    # who was is told as such
    ("{P:Mukti Hasan}, ex Camat {L:Losari}, ikut.", [("Mukti Hasan", "ex Camat", "Losari")]),
]

BODIES = [
    # of two stations in a row the one that he heads
    (
        "{O:Polsek Rappang Polres Sidrap} bergerak. Kapolsek AKP {P:Mus Tari} puas.",
        [("Mus Tari", "Kapolsek", "Rappang")],
    ),
    (
        "{O:Posramil Damar} siaga. Danposramil Peltu {P:Marham Siri} ikut.",
        [("Marham Siri", "Danposramil", "Damar")],
    ),
    # the district of the one beside him
    (
        "Hadir Camat {L:Sipahutar} {P:Rudi Siagian}, Kapolsek Iptu {P:Anton Purba}.",
        [("Rudi Siagian", "Camat", "Sipahutar"), ("Anton Purba", "Kapolsek", "Sipahutar")],
    ),
    (
        "Hadir Camat {L:Sipahutar} {P:Rudi Siagian}. Kapolsek Iptu {P:Anton Purba} absen.",
        [("Rudi Siagian", "Camat", "Sipahutar"), ("Anton Purba", "Kapolsek", None)],
    ),
    # whom a body sends
    (
        "Datang dari {L:Kecamatan Marga} Kasi Ekbang {P:Zul Akib}.",
        [("Zul Akib", "Kasi Ekbang", "Kecamatan Marga")],
    ),
    (
        "Datang dari {O:TB Sumber Rezeki}, Babinsa {P:Zul Akib}.",
        [("Zul Akib", "Babinsa", None)],
    ),
    # the council of the chamber
    (
        "{O:Komisi II DPRD Lebong} rapat, dihadiri Wakil Ketua {P:Basri Ujang}, "
        "anggota {P:Yeni Sofyan}.",
        [
            ("Basri Ujang", "Wakil Ketua", "DPRD Lebong"),
            ("Yeni Sofyan", "anggota", "DPRD Lebong"),
        ],
    ),
    ("{O:DPRD Lebong} rapat. Datang anggota {P:Yeni Sofyan}.", []),
    # a chamber's member in a faction
    (
        "{O:Komisi C DPRD Lebong} rapat, kata anggota komisi yang juga Bendahara "
        "{O:Fraksi Bersama}, {P:Nur Aini}.",
        [("Nur Aini", "anggota komisi", "Komisi C DPRD Lebong")],
    ),
    # the clinic and the faculty of a text about one
    (
        "{O:RSUD Sumbawa} buka sore. Demikian {P:Nita Ardi} selaku Direktur.",
        [("Nita Ardi", "Direktur", "RSUD Sumbawa")],
    ),
    ("{O:RSUD Sumbawa} dan {O:PT Maju} buka. Demikian {P:Nita Ardi} selaku Direktur.", []),
    (
        "{O:Fakultas Peternakan Universitas Mataram} pamit. Hadir {P:Lalu Muhsin} selaku Dekan "
        "dan Sekretaris {O:LPPM}, {P:Sahnan Rida}.",
        [
            ("Lalu Muhsin", "Dekan", "Fakultas Peternakan Universitas Mataram"),
            ("Sahnan Rida", "Sekretaris", "LPPM"),
        ],
    ),
    # councils of villages, with the village where the text has one
    ("Hadir Ketua BPD {P:Made Darsana}.", [("Made Darsana", "Ketua", "BPD")]),
    (
        "{L:Desa Marga} rapat. Hadir Ketua BPD {P:Made Darsana}.",
        [("Made Darsana", "Ketua BPD", "Desa Marga")],
    ),
    # the village of a venue, of its company, of a type word left outside the name
    (
        "Dibuka di {L:Kantor Camat Sebatik Tengah} oleh Camat {P:Andi Kamal}.",
        [("Andi Kamal", "Camat", "Sebatik Tengah")],
    ),
    (
        "{O:BUMDes Sepempang} rugi, kata Kades {P:Rosman Ali}.",
        [("Rosman Ali", "Kades", "Sepempang")],
    ),
    (
        "Jorong {L:Pasar Lama} banjir. Wali Jorong {P:Afrizal Nur} datang.",
        [("Afrizal Nur", "Wali Jorong", "Jorong Pasar Lama")],
    ),
    (
        "{L:Negeri Hila} ramai. Sekretaris negeri {P:Hendri Lating} hadir.",
        [("Hendri Lating", "Sekretaris negeri", "Negeri Hila")],
    ),
    # the government whose officials a sentence counts up
    (
        "Datang jajaran kepala perangkat daerah {O:Pemkot Bima} diantaranya Kadis Kominfo "
        "{P:Nur Idris}.",
        [("Nur Idris", "Kadis Kominfo", "Pemkot Bima")],
    ),
]

LATER = [
    # named by his words, by a form of address, in brackets behind "beliau"
    (
        "Camat {L:Tambora} yang datang diam saja. “Belum ada air,” jawab {P:Nur Hasna} pelan.",
        [("Nur Hasna", "Camat", "Tambora")],
    ),
    (
        "Terus Pak Kepsek lari turun. Pak {P:Teguh Walyo} teriak kencang.",
        [("Teguh Walyo", "Kepsek", None)],
    ),
    (
        "Bu Kabid Sampah {O:DLH Karangasem} menyahut. Beliau (Ibu {P:Ayu Widia}) janji datang.",
        [("Ayu Widia", "Kabid Sampah", "DLH Karangasem")],
    ),
    # somebody else: described, known, another post's, far away, the holder named elsewhere
    (
        "Camat {L:Tambora} diam saja. “Belum ada air,” jawab {P:Nur Hasna}, warga setempat.",
        [],
    ),
    ("Camat {L:Tambora} diam saja. “Belum ada air,” jawab {P:Nur Hasna} (43).", []),
    (
        "{P:Nur Hasna} menangis. Camat {L:Tambora} diam saja. “Belum ada air,” jawab {P:Hasna}.",
        [],
    ),
    ("Camat {L:Tambora} diam saja.\n\n“Belum ada air,” jawab {P:Nur Hasna} pelan.", []),
    ("Warga menemui Camat {L:Tambora}. “Belum ada air,” jawab {P:Nur Hasna} pelan.", []),
    (
        "Camat {L:Tambora} {P:Imran Ali} pulang. Camat {L:Tambora} diam. “Belum,” jawab "
        "{P:Nur Hasna}.",
        [("Imran Ali", "Camat", "Tambora")],
    ),
    # a clause that points back at the one before
    (
        "Mendengar itu {P:Fatkhur Rohman} tertawa. Anggota {O:Komisi B DPRD Kendal} yang "
        "kebetulan belanja itu akan memanggil semua.",
        [("Fatkhur Rohman", "Anggota", "Komisi B DPRD Kendal")],
    ),
]

NONE = [
    # who opens the line of an interview, or speaks to a post, holds none
    "Tanya jawab\n{P:Andika Putra}: Bupati bilang lambat. Betul?",
    "Kepada penyidik {P:Gepeng} mengaku tiga kali.",
]


@pytest.mark.parametrize(
    ("marked", "rows"), [*BETWEEN, *BODIES, *LATER, *((one, []) for one in NONE)]
)
def test_offices_of_hasty_texts(marked: str, rows: list[tuple[str, str, str | None]]) -> None:
    text, mentions = unmark(marked)
    found = find_offices(NLP(text), mentions)
    assert [(o.name, o.role, o.institution) for o in found] == rows


def test_a_sentence_that_trails_off_is_no_line_of_contents() -> None:
    words = "hadir pula para kepala desa dan tamu lain dari kecamatan sebelah yang sudah lama "
    text = words * 2 + "menunggu acara......"
    assert kind_of_line(text, 0) == "text"
    assert kind_of_line("BAB I Pendahuluan ........ 4", 0) == "contents"
    assert kind_of_line("Pendahuluan dan latar belakang ........", 0) == "contents"
