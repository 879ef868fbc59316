"""Who speaks in texts that hasty people type, a fourth round; every sentence is our own."""

from __future__ import annotations

import pytest

from kb.nlp.language import make_nlp
from kb.nlp.offices import read_offices
from kb.nlp.statements import extract_statements, sentence_spans
from tests.nlp.marked import unmark

NLP = make_nlp()

CASES: list[tuple[str, list[tuple[str, str | None]]]] = [
    # an interview whose questions bear no label: who is asked answers each of them
    (
        "Wartawan kami {P:Lukman Hadi} mewawancarai {P:Rudi Sembiring}, kepala pelabuhan.\n\n"
        "Kapal cuma satu?\n“Benar. Yang satu naik dok.”\n\nSiapa yang menjanjikan?\n"
        "“Operatornya sendiri.” Haji {P:Munawir} belum menjawab.\n\nPedagang sapi merugi.\n"
        "“Saya tahu. {P:Munawir} sudah ke sini.”\n\nKapan Bapak pensiun?\n“Maret,” pungkasnya.",
        [
            ("Benar. Yang satu naik dok.", "Rudi Sembiring"),
            ("Operatornya sendiri.", "Rudi Sembiring"),
            ("Saya tahu. Munawir sudah ke sini.", "Rudi Sembiring"),
            ("Maret,", "Rudi Sembiring"),
        ],
    ),
    # two questions of a text are none
    (
        'Camat {P:Hasan Basri} hadir. {P:Lina Marpaung} mengeluh.\n\nKenapa begitu?\n"Airnya '
        'keruh sekali, Pak."',
        [("Airnya keruh sekali, Pak.", "Lina Marpaung")],
    ),
    # several people whom nobody names
    (
        "Raja {P:Nurdin Latu} mengatakan sumur itu ditutup. Tetapi ibu-ibu keberatan: "
        '"Kalau tutup kami ambil air di mana?"',
        [("sumur itu ditutup.", "Nurdin Latu"), ("Kalau tutup kami ambil air di mana?", "ibu-ibu")],
    ),
    (
        "Camat {P:Burhan Sani} menawarkan lahan baru. Tawaran itu ditolak beberapa warga. "
        '"Kebun kami di sini, mau makan apa?"',
        [("Kebun kami di sini, mau makan apa?", "beberapa warga")],
    ),
    # words behind a quotation: who said that, but not who agrees
    (
        'Kerbau itu milik {P:Lukas Kaha}.\n\n"Tiga orang masuk kandang. Kami sudah periksa '
        'saksi". Hal itu dikatakan Kasat Reskrim Ipda {P:Daniel Umbu} di ruangnya.',
        [("Tiga orang masuk kandang. Kami sudah periksa saksi", "Daniel Umbu")],
    ),
    (
        'Kalapas {P:Rusdi Effendi} tertawa. "Kamar mewah apa, tidur saja gantian."\n\nHal itu '
        "diamini kepala jaga {P:Yonas Pratama}.",
        [("Kamar mewah apa, tidur saja gantian.", "Rusdi Effendi")],
    ),
    # small pictures and marks of messages around a quotation
    (
        "Kabid {P:La Sahidu} turun ke pasar. {P:La Jumu} mengangguk.\n\n"
        '"Hari ini belum ada denda. Kami bina dulu" 👉 kata Pak Kabid',
        [("Hari ini belum ada denda. Kami bina dulu", "La Sahidu")],
    ),
    (
        'Camat {P:Darmawan} meninjau tanggul.\n\n_"Kalau terendam dua minggu daunnya kuning"_\n\n'
        "Warga menunggu.",
        [("Kalau terendam dua minggu daunnya kuning", "Darmawan")],
    ),
    # a pronoun, an office or a name opens the sentence of the quotation
    (
        "Camat {P:Hasan Basri} datang. Beliau lewat grup WA menulis, "
        '"tolong jangan pasang jerat di kebun."',
        [("tolong jangan pasang jerat di kebun.", "Hasan Basri")],
    ),
    (
        'Lurah {P:Sutarno} tadi malam di rapat: "Dana sudah keluar 18 juta. Saya menyerah."',
        [("Dana sudah keluar 18 juta. Saya menyerah.", "Sutarno")],
    ),
    (
        'Ketua BPD {P:Efri Lakoni} hadir. Ketua membuka dgn kalimat "Ini salah siapa?"',
        [("Ini salah siapa?", "Efri Lakoni")],
    ),
    (
        "Penyuluh {P:Nyoman Darma} menangkap monyet. Semua tertawa termasuk yang empunya babi, "
        'Men {P:Kerti}, "Babi saya tidak takut."',
        [("Babi saya tidak takut.", "Kerti")],
    ),
    # an office in a bracket is that of who is named before it
    (
        "Yang dilantik {P:Erna Lestari} (carik), {P:Wahyu Nugroho} (bendahara) dan {P:Rini}.\n\n"
        '"Deg-degan, saya dulu guru," ucap bu carik.',
        [("Deg-degan, saya dulu guru,", "Erna Lestari")],
    ),
    # what somebody is makes whom a description means take the floor
    (
        "Wakil ketua DPRD {P:Jaenal Hidayat} datang. Kades {P:Syarif Mansur} menjawab sawahnya "
        'sudah kering.\n\nPolitisi itu tidak menampik keluhan tersebut. "Saya sudah bicara tiga '
        'kali di rapat."',
        [
            ("sawahnya sudah kering.", "Syarif Mansur"),
            ("Saya sudah bicara tiga kali di rapat.", "Jaenal Hidayat"),
        ],
    ),
    # reports: an act in a clause of time, verbs without a prefix, what stands between commas
    (
        "Danramil Lettu {P:Saefudin} saat meninjau lokasi menyampaikan, pipa itu adalah bantuan.",
        [("pipa itu adalah bantuan.", "Saefudin")],
    ),
    (
        "Kadis {P:Hendra Putra} hadir. Ketika ditanya kenapa lambat, jawabnya alatnya rusak dan "
        "belum diganti.",
        [("alatnya rusak dan belum diganti.", "Hendra Putra")],
    ),
    (
        "Dekan {P:Rahim Tomas} muncul. Dia akui atap lab bocor.",
        [("atap lab bocor.", "Rahim Tomas")],
    ),
    (
        "Kapus {P:Rina Dewi} menanggapi dengan baik dan berjanji uang transport diambil dari BOK.",
        [("uang transport diambil dari BOK.", "Rina Dewi")],
    ),
    (
        "Menurut {P:Arsyad}, petani Dusun Ranggo, air irigasi cuma sampai ke sawah kades.",
        [("air irigasi cuma sampai ke sawah kades.", "Arsyad")],
    ),
    (
        "Raja {P:Nurdin Latu} bersedia mengumumkan lewat masjid dan mengatakan sumur itu akan "
        "ditutup.",
        [("sumur itu akan ditutup.", "Nurdin Latu")],
    ),
    (
        "Hadir wali nagari {P:Syafrizal} dan ketua bamus {P:Efni Warman}. Pak wali dlm "
        "sambutannya bilang nagari ini jangan hanya dikenal nasinya.",
        [("nagari ini jangan hanya dikenal nasinya.", "Syafrizal")],
    ),
    # capitals all through
    (
        "BAPAK KADISDIK {P:MARTINUS HALAWA} SUDAH DATANG MELIHAT SEKOLAH. KATA BELIAU PERBAIKAN "
        "AKAN PAKAI DANA DARURAT. JUGA DISAMPAIKAN BELIAU SISWA TIDAK WAJIB PAKAI SEPATU.",
        [
            ("PERBAIKAN AKAN PAKAI DANA DARURAT.", "MARTINUS HALAWA"),
            ("SISWA TIDAK WAJIB PAKAI SEPATU.", "MARTINUS HALAWA"),
        ],
    ),
]


@pytest.mark.parametrize(("marked", "wanted"), CASES)
def test_who_speaks(marked: str, wanted: list[tuple[str, str | None]]) -> None:
    text, mentions = unmark(marked)
    doc = NLP.make_doc(text)
    offices, posts = read_offices(doc, mentions)
    found = extract_statements(
        text, mentions, [*offices, *posts], sentence_spans(doc), weighed=False
    )
    assert [(s.surface, s.speaker) for s in found] == wanted
