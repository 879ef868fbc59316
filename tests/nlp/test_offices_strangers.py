"""Offices as press offices write them between a post and its holder; every sentence is our own."""

from __future__ import annotations

import pytest

from kb.nlp.language import make_nlp
from kb.nlp.offices import find_offices
from tests.nlp.marked import unmark

NLP = make_nlp()

Row = tuple[str, str, str | None]

SHORT_FORMS: list[tuple[str, list[Row]]] = [
    # the short form of what stands before, in brackets
    (
        "Kepala Seksi Pidana Khusus (Kasi Pidsus) {O:Kejari Maros} {P:Wendi Sutarja} hadir.",
        [("Wendi Sutarja", "Kepala Seksi Pidana Khusus", "Kejari Maros")],
    ),
    (
        "Direktur Jenderal Pengawasan Mutu (PM) {O:Kementerian Pertanian} {P:Sekar Olina} bicara.",
        [("Sekar Olina", "Direktur Jenderal Pengawasan Mutu", "Kementerian Pertanian")],
    ),
    (
        "Asisten II (Ekonomi dan Pembangunan) {O:Setda Kolaka} Drs. {P:Tono Wirya}, M.AP., hadir.",
        [("Tono Wirya", "Asisten II", "Setda Kolaka")],
    ),
    (
        "Kadis Pemberdayaan Perempuan, Perlindungan Anak dan Keluarga Berencana (P3AKB) "
        "{L:Prov. Jambi} Hj. {P:Mira Aswani} hadir.",
        [
            (
                "Mira Aswani",
                "Kadis Pemberdayaan Perempuan, Perlindungan Anak dan Keluarga Berencana",
                "Prov. Jambi",
            )
        ],
    ),
    (
        "Bupati {L:Kepulauan Aru} ({L:Aru}) {P:Dominikus Sirat} menyebut.",
        [("Dominikus Sirat", "Bupati", "Kepulauan Aru")],
    ),
    ("Bupati {L:Lembata} (Alm.) {P:Markus Gewa}.", [("Markus Gewa", "Bupati", "Lembata")]),
    (
        "Komandan Kodim (Dandim) {L:Maros} {P:Tuti Lapase} hadir.",
        [("Tuti Lapase", "Komandan Kodim", "Maros")],
    ),
    # numbers and dates in brackets are no short form
    ("Usai bertemu Bupati {L:Maros} (23/5) {P:Tuti Lapase} pulang.", []),
    # the short form in brackets of another post is no second office
    (
        "Kepala {O:Kantor Wilayah Kementerian Hukum Riau} (Kakanwil {O:Kemenkum Riau}) "
        "{P:Hasan Bolon} hadir.",
        [("Hasan Bolon", "Kepala Kantor", "Kantor Wilayah Kementerian Hukum Riau")],
    ),
]

BETWEEN: list[tuple[str, list[Row]]] = [
    # a comma before the body
    (
        "Kabid Angkutan Jalan, {O:Dishub Maros}, {P:Dani Sulaiman} hadir.",
        [("Dani Sulaiman", "Kabid Angkutan Jalan", "Dishub Maros")],
    ),
    ("Kabid Angkutan Jalan, {O:PT Maju}, {P:Dani Sulaiman}.", []),
    # the wider region
    (
        "Bupati {L:Sikka}, {L:Nusa Tenggara Timur (NTT)} {P:Yosef Manek} hadir.",
        [("Yosef Manek", "Bupati", "Sikka")],
    ),
    (
        "Duta Besar {L:Belanda} untuk {L:Indonesia} {P:Willem Klaver} hadir.",
        [("Willem Klaver", "Duta Besar", "Belanda")],
    ),
    (
        "Wakil Ketua {O:Komisi Informasi Jambi} dari unsur masyarakat, {P:Lestari Una}, hadir.",
        [("Lestari Una", "Wakil Ketua", "Komisi Informasi Jambi")],
    ),
    ("Gubernur {L:Riau} kala itu, {P:Hasan Bolon}.", [("Hasan Bolon", "Gubernur", "Riau")]),
    ("Bupati {L:Maros} ketika {P:Hasan Bolon} datang sudah pergi.", []),
    # what stands before a name
    ("Wakil Presiden K. H. {P:Zainal Kadri} hadir.", [("Zainal Kadri", "Wakil Presiden", None)]),
    (
        "Deputi Bidang Pencegahan {O:BNPB} Dr. (H.C.) {P:Gatot Malau} hadir.",
        [("Gatot Malau", "Deputi Bidang Pencegahan", "BNPB")],
    ),
    ("Camat {L:Curug} Syf. {P:Nurlaila} hadir.", [("Nurlaila", "Camat", "Curug")]),
    (
        "Hadir anggota {O:Komisi V DPR RI} - Bapak {P:Sarmuji Tolan}, Ketua {O:DPRD Nias Utara}.",
        [("Sarmuji Tolan", "anggota", "Komisi V DPR RI")],
    ),
    (
        "Pustakawan Ahli Pertama (Layanan - {P:Rini Umar})",
        [("Rini Umar", "Pustakawan Ahli Pertama", None)],
    ),
]

PIECES: list[tuple[str, list[Row]]] = [
    # a body whose name was found in pieces
    (
        "Kepala {O:Departemen Pengelolaan Data} dan {O:Arsip (DPDA) BI} {P:Erwan Pala} hadir.",
        [("Erwan Pala", "Kepala", "Departemen Pengelolaan Data dan Arsip (DPDA) BI")],
    ),
    (
        "Plt. Kepala {O:Biro Umum Setprov}. {L:Kalbar} {P:Hendra Abang} hadir.",
        [("Hendra Abang", "Plt. Kepala Biro", "Biro Umum Setprov. Kalbar")],
    ),
    (
        "Kepala {O:Sekretariat (Kasek)} {O:Bawaslu Maros} {P:Nasrul Tajir} hadir.",
        [("Nasrul Tajir", "Kepala Sekretariat", "Sekretariat (Kasek) Bawaslu Maros")],
    ),
    (
        "Pangdam {O:XII Tanjungpura} Mayjen {O:TNI} {P:Anton Bima} hadir.",
        [("Anton Bima", "Pangdam", "XII Tanjungpura")],
    ),
    (
        "Deputi Bidang Iptek dan {O:Budaya Maritim Kemenko Kemaritiman} {P:Safri Lubai} hadir.",
        [("Safri Lubai", "Deputi Bidang Iptek dan Budaya Maritim", "Kemenko Kemaritiman")],
    ),
    # one piece and a name of two words: the name is whole
    ("Ketua {O:DPRD Banten} Andi {P:Fahri} hadir.", []),
    # an agency that nothing tagged
    ("Kepala Dinas DKP, {P:Rika Mustina} hadir.", [("Rika Mustina", "Kepala Dinas", "Dinas DKP")]),
    # a section is no institution
    (
        "Kepala {O:Bagian Pengawasan} {P:Yulius Pasa} hadir.",
        [("Yulius Pasa", "Kepala Bagian Pengawasan", None)],
    ),
    ("{P:Nirmala Sura} adalah ketua {O:Bidang Perempuan}.", []),
    (
        "Bhabinkamtibmas Oelet, {P:Arkadius Sonbai} hadir.",
        [("Arkadius Sonbai", "Bhabinkamtibmas", "Oelet")],
    ),
]

TITLES: list[tuple[str, list[Row]]] = [
    (
        "Sekertaris Daerah {L:Prov. NTT}, Dra. {P:Yovina Nahak}, MM. hadir.",
        [("Yovina Nahak", "Sekertaris Daerah", "Prov. NTT")],
    ),
    ("Gubenur {L:Riau} {P:Hasan Bolon} hadir.", [("Hasan Bolon", "Gubenur", "Riau")]),
    (
        "Kabag. Protokol {O:Setda Tarakan} {P:Tri Andaru} hadir.",
        [("Tri Andaru", "Kabag. Protokol", "Setda Tarakan")],
    ),
    (
        "{P:Zul Toma} selaku Kabid. Data pada {O:Bappeda Gorontalo} hadir.",
        [("Zul Toma", "Kabid. Data", "Bappeda Gorontalo")],
    ),
    (
        "Plt. Ka.Dispora {L:Malut} {P:Tri Andaru} hadir.",
        [("Tri Andaru", "Plt. Ka.Dispora", "Malut")],
    ),
    (
        "Menko Bidang Pangan {P:Lukas Panda}, Menteri Desa dan PDT {P:Eka Sanjaya} hadir.",
        [
            ("Lukas Panda", "Menko Bidang Pangan", None),
            ("Eka Sanjaya", "Menteri Desa dan PDT", None),
        ],
    ),
    (
        "Rapat dipimpin menteri bidang kemaritiman dan investasi {P:Lukas Panda}.",
        [("Lukas Panda", "menteri bidang kemaritiman dan investasi", None)],
    ),
    (
        "kata Wakil Menteri Kesehatan RI {P:Dana Sakti}.",
        [("Dana Sakti", "Wakil Menteri Kesehatan", "RI")],
    ),
    (
        "Hadir Menteri Agama dan Bupati {L:Maros} {P:Hasan Bolon}.",
        [("Hasan Bolon", "Bupati", "Maros")],
    ),
    (
        "para Staf Khusus Wapres {P:Bambang Widi} dan {P:Masdi Baila}.",
        [("Bambang Widi", "Staf Khusus Wapres", None), ("Masdi Baila", "Staf Khusus Wapres", None)],
    ),
    (
        "Kadiv Pelayanan Hukum {P:Suparno Adi} hadir.",
        [("Suparno Adi", "Kadiv Pelayanan Hukum", None)],
    ),
    ("Kadiv Pemasaran {O:PT Maju} {P:Suparno Adi} hadir.", []),
    (
        "TAPM {L:Kabupaten Agam} {P:Erna Novi}; Tenaga Pendamping {L:Kecamatan Baso} yang diwakili "
        "{P:Indra Nofi} dan {P:Surya Pati}.",
        [
            ("Erna Novi", "TAPM", "Kabupaten Agam"),
            ("Indra Nofi", "Tenaga Pendamping", "Kecamatan Baso"),
            ("Surya Pati", "Tenaga Pendamping", "Kecamatan Baso"),
        ],
    ),
    ("Camat {L:Curug} yang diwakili {P:Indra Nofi} hadir.", []),
    (
        "Sekretaris Dewan {L:Kab. Asmat} {P:Boni Jakub} hadir.",
        [("Boni Jakub", "Sekretaris Dewan", "Kab. Asmat")],
    ),
    ("Ketua {O:KI Sumsel}, {P:Nuraina Fadil}.", [("Nuraina Fadil", "Ketua", "KI Sumsel")]),
]

SETTING: list[tuple[str, list[Row]]] = [
    (
        "Dari {O:BPBD Maros} datang Kepala Pelaksana, {P:Sis Wanto} serta Sekretaris, {P:Yuni A}.",
        [
            ("Sis Wanto", "Kepala Pelaksana", "BPBD Maros"),
            ("Yuni A", "Sekretaris", "BPBD Maros"),
        ],
    ),
    (
        "{O:Dinkes Maros} yang diwakili {P:Nur Hadi}, S.Kom. selaku Kepala Seksi Gizi hadir.",
        [("Nur Hadi", "Kepala Seksi Gizi", "Dinkes Maros")],
    ),
    (
        "Hadir Camat {L:Baso} yang diwakili {P:Nina Suri}, A.Md., Kasi Pemberdayaan.",
        [("Nina Suri", "Kasi Pemberdayaan", "Baso")],
    ),
    (
        "Kadis KP {L:Alor}, {P:Yoram Bani} bersama Kepala Bidang Budidaya, {P:Deby Laka} hadir.",
        [("Yoram Bani", "Kadis KP", "Alor"), ("Deby Laka", "Kepala Bidang Budidaya", "Alor")],
    ),
    (
        "Kepala {O:UPTD PPA Jambi}, {P:Ros Dani} bersama Kasubbag TU {P:Gus Nimar} hadir.",
        [
            ("Ros Dani", "Kepala UPTD", "UPTD PPA Jambi"),
            ("Gus Nimar", "Kasubbag TU", "UPTD PPA Jambi"),
        ],
    ),
    (
        "Bupati {L:Sleman} {P:Ardi Budiman} hadir. Bupati {P:Cici Dewanti} juga hadir.",
        [("Ardi Budiman", "Bupati", "Sleman"), ("Cici Dewanti", "Bupati", None)],
    ),
    (
        "Pj. Bupati {P:Marta Lawa} dan Sekda {L:Kab. Malinau} {P:Yuli Bila}, Asisten II {O:Setda "
        "Pemkab Malinau} {P:Impa Ala}.",
        [
            ("Marta Lawa", "Pj. Bupati", "Kab. Malinau"),
            ("Yuli Bila", "Sekda", "Kab. Malinau"),
            ("Impa Ala", "Asisten II", "Setda Pemkab Malinau"),
        ],
    ),
    (
        'Rapat {O:DPRD Maros} usai. "Ya," ucap Wakil Ketua {P:Fredi Ruma}.',
        [("Fredi Ruma", "Wakil Ketua", "DPRD Maros")],
    ),
    (
        "Ketua {O:PMI Maros} {P:Ani Sula} ke {O:DPRD Maros}. Wakil Ketua {P:Fredi Ruma} diam.",
        [],
    ),
    (
        "Korban dirawat di {O:RSUD Maros}. Kepala Instalasi Gizi {P:Marsel Moa} diam.",
        [("Marsel Moa", "Kepala Instalasi Gizi", "RSUD Maros")],
    ),
    (
        "Kasubsi Penuntutan {P:Dwi Anjasa} dari jauh melihat {O:Kejaksaan Negeri Curup}.",
        [("Dwi Anjasa", "Kasubsi Penuntutan", "Kejaksaan Negeri Curup")],
    ),
]

BEHIND: list[tuple[str, list[Row]]] = [
    (
        "{P:Ratna Hana} dan {P:Bagas Trian} masing-masing selaku Pranata Komputer {O:BKN Pusat}.",
        [
            ("Ratna Hana", "Pranata Komputer", "BKN Pusat"),
            ("Bagas Trian", "Pranata Komputer", "BKN Pusat"),
        ],
    ),
    (
        "Hal itu dirasakan {P:Rita Ndulu}. Anggota {O:DPRD Kota Kupang} ini menaruh tiga tong.",
        [("Rita Ndulu", "Anggota", "DPRD Kota Kupang")],
    ),
    ("Budi menemui {P:Rita Ndulu}. Rapat {O:DPRD Kota Kupang} ini lama.", []),
    (
        'Wali Kota {L:Palu} {P:Rasid Tado} memuji {P:Rita N}. "Ya," kata Wali Kota {L:Palu} ini.',
        [("Rasid Tado", "Wali Kota", "Palu")],
    ),
    (
        "kata {P:Yudi Wira} Kasubag. Dokumentasi Pimpinan.",
        [("Yudi Wira", "Kasubag. Dokumentasi Pimpinan", None)],
    ),
    (
        "kata {P:Retno Wulan} Inspektur Pembantu II.",
        [("Retno Wulan", "Inspektur Pembantu II", None)],
    ),
    (
        "hadir {P:Andi Mappa}, MH Wakil Gubernur {L:Sulbar} di dampingi staf",
        [("Andi Mappa", "Wakil Gubernur", "Sulbar")],
    ),
    (
        "Selesai.\n\n{P:Rizal Tana}\nJuru Bicara Gubernur {L:Kaltara}\n\nFoto: ini",
        [("Rizal Tana", "Juru Bicara Gubernur", "Kaltara")],
    ),
    (
        "{P:Budi Santosa}\nBupati {L:Lebak} {P:Ani Wijayanti} membuka acara.",
        [("Ani Wijayanti", "Bupati", "Lebak")],
    ),
]


MORE: list[tuple[str, list[Row]]] = [
    # a name that begins like an honorific
    (
        "Direktur {O:RSUD Kuala Kapuas}, dr. {P:Nyai Herlin Kamis} hadir.",
        [("Nyai Herlin Kamis", "Direktur", "RSUD Kuala Kapuas")],
    ),
    # further fields behind a unit whose title names one
    (
        "Kepala Seksi Intelijen dan Penindakan {O:Kantor Imigrasi Nunukan}, {P:Leo Bulan} hadir.",
        [("Leo Bulan", "Kepala Seksi Intelijen dan Penindakan", "Kantor Imigrasi Nunukan")],
    ),
    ("Kasi Intel dan Kapolsek {L:Curug} {P:Leo Bulan}.", [("Leo Bulan", "Kapolsek", "Curug")]),
    (
        "kata {P:Moh. Luki Hakimi} kabag. Materi dan Komunikasi Pimpinan.",
        [("Moh. Luki Hakimi", "kabag. Materi dan Komunikasi Pimpinan", None)],
    ),
    (
        "Kepala {O:Badan Riset} dan Inovasi Maju LT. {P:Handaka} hadir.",
        [("Handaka", "Kepala Badan", "Badan Riset dan Inovasi Maju")],
    ),
    # a single name may be what friends call the regent
    (
        "Bupati {L:OKU Timur} {P:Lanang Sutra} hadir. Bupati {P:Endos} ikut bernyanyi.",
        [("Lanang Sutra", "Bupati", "OKU Timur"), ("Endos", "Bupati", "OKU Timur")],
    ),
    # faculties of the one state university
    (
        "{O:Universitas Tadulako} ramai. Dekan {O:Fapetkan} {P:Rizal Lemba} hadir.",
        [("Rizal Lemba", "Dekan", "Fapetkan")],
    ),
    (
        "{O:Universitas Maju Jaya} ramai. Dekan {O:Fakultas Hukum} {P:Rizal Lemba} hadir.",
        [],
    ),
    (
        "{P:Wan Suhar} yang baru sepekan menjadi Kabag Umum hadir.",
        [("Wan Suhar", "Kabag Umum", None)],
    ),
    # what was taken for a person is the place
    ("Hadir Kapolres {L:Merangin}, Dandim {P:Sarko}, Kajari {L:Merangin}.", []),
    ("Dandim {P:Sarko Tua}, Kajari {L:Merangin}.", [("Sarko Tua", "Dandim", None)]),
    ("Ketua {O:BPD} {L:Oelbubuk} {P:Yosa Tefa} hadir.", [("Yosa Tefa", "Ketua BPD", "Oelbubuk")]),
    ("{P:Siti Zuba} adalah ketua {O:Seksi Advokasi}.", []),
    # the country's president is no union's; a sentence ends at its stop
    (
        "Presiden {O:KSPI} {P:Said Iman} hadir. Padahal Presiden {P:Budi Subianto} memutuskan itu.",
        [("Budi Subianto", "Presiden", None)],
    ),
    (
        "dari jabatan Kepala {O:BPBD Sulsel}. Selanjutnya {P:Moh Hasan} dilantik.",
        [],
    ),
    ("Setelah selesai memeriksa {P:Panji Wira}, penyidik kemudian pulang.", []),
    (
        "{P:Panji Wira}, penyidik {O:Polda Jabar}, pulang.",
        [("Panji Wira", "penyidik", "Polda Jabar")],
    ),
    # headlines: a verb is no part of a post; an office may open its own holder's words
    ("Delapan Hakim Biarkan {P:Anwar Kusuma} Adili Perkara", []),
    (
        "Barak ala {P:Dedi Sutana}, Ketua {O:Komisi D}: Ada 25 Ribu Anak\n\n"
        "Ketua {O:Komisi D DPRD Kabupaten Bandung} {P:Cecep Sudrajat} mendesak.",
        [("Cecep Sudrajat", "Ketua", "Komisi D DPRD Kabupaten Bandung")],
    ),
    (
        "{P:Dedi Sutana}, Ketua {O:Komisi D}: Ada 25 Ribu Anak",
        [("Dedi Sutana", "Ketua", "Komisi D")],
    ),
    (
        "{P:Meila Kaba}\nPenata Layanan Operasional\n\nFoto: ini",
        [("Meila Kaba", "Penata Layanan Operasional", None)],
    ),
]


@pytest.mark.parametrize(
    ("marked", "expected"), [*MORE, *SHORT_FORMS, *BETWEEN, *PIECES, *TITLES, *SETTING, *BEHIND]
)
def test_posts_as_strangers_write_them(marked: str, expected: list[Row]) -> None:
    text, mentions = unmark(marked)
    found = find_offices(NLP.make_doc(text), mentions)
    assert [(o.name, o.role, o.institution) for o in found] == expected


@pytest.mark.parametrize(
    "text", ["Kepala Bidang Jalan (WH)", "Kadis Kesehatan (Kes)", "Kepala Seksi Pelayanan (Yanmas)"]
)
def test_a_text_may_end_with_the_short_form_of_a_post(text: str) -> None:
    assert find_offices(NLP.make_doc(text), []) == []
