"""Who speaks where hasty writers only hint at it; every sentence is our own."""

from __future__ import annotations

import pytest

from kb.nlp.language import make_nlp
from kb.nlp.offices import read_offices
from kb.nlp.statements import extract_statements, sentence_spans
from tests.nlp.marked import unmark

NLP = make_nlp()

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    # an act without a verb's prefix gives an office, or a form of address, the floor
    (
        "Ketua BPD {P:Makmur Said} hadir bersama Camat {P:Lilik Sumarni}.\n\nKetua BPD tidak "
        'sependapat kalau dana dihabiskan. "Talut juga jebol," sanggah beliau.',
        [("Talut juga jebol,", "Makmur Said")],
    ),
    (
        "Camat {P:Lilik Sumarni} hadir. {P:Tono} berpidato lama. Tidak ada yang menjawab sampai "
        'Camat angkat suara. "Surat itu masih ada."',
        [("Surat itu masih ada.", "Lilik Sumarni")],
    ),
    # whom the words before spoke of
    (
        '{P:Darma Putra} membuka rapat. "Kalau sakit ya kalian yang begadang, bukan Pak '
        '{P:Sahrun}," tuturnya. Yang disebut hanya tertawa. "Saya sudah begadang dari kemarin."',
        [
            ("Kalau sakit ya kalian yang begadang, bukan Pak Sahrun,", "Darma Putra"),
            ("Saya sudah begadang dari kemarin.", "Sahrun"),
        ],
    ),
    # a new sentence that introduces the next quotation is not of the one before
    (
        'Lurah {P:Titin Mulyani} menangis. "Saya takut salah". Dijawab {P:Slamet Riyanto}: "Yang '
        'takut salah biasanya benar."',
        [
            ("Saya takut salah", "Titin Mulyani"),
            ("Yang takut salah biasanya benar.", "Slamet Riyanto"),
        ],
    ),
    (
        'Kadus {P:Karno} menunjuk tiang miring. "Ini sudah tiga bulan begini." Manajer '
        '{P:Dedi Firmansyah} hanya mencatat. "Minggu depan kami tegakkan."',
        [
            ("Ini sudah tiga bulan begini.", "Karno"),
            ("Minggu depan kami tegakkan.", "Dedi Firmansyah"),
        ],
    ),
    # the words behind tell
    (
        '{P:Rini Asih} hadir. "Bayar, beta yang hitung!" Suara itu milik {P:Hendrika Lawa}.',
        [("Bayar, beta yang hitung!", "Hendrika Lawa")],
    ),
    (
        '{P:Rini Asih} hadir. "Air sampai seujung kelingking." {P:Marlina} mengucapkan itu sambil '
        "menjinjing ember.",
        [("Air sampai seujung kelingking.", "Marlina")],
    ),
    (
        '{P:Darma Putra} hadir. "Gotong royong itu gratis," begitu {P:Syafrizal} menutup rapat.',
        [("Gotong royong itu gratis,", "Syafrizal")],
    ),
    # a verb before the quotation is its subject's, whoever is named behind
    (
        '{P:Rini Asih} hadir. Pak {P:Teguh} teriak "Besok kita libur semua!" di depan Bu {P:Rini}.',
        [("Besok kita libur semua!", "Teguh")],
    ),
    # whom he turns to does not speak
    (
        "Kades {P:Oman Suherman} senyum. Beliau menoleh kepada Pak {P:Karno}, baru bicara, "
        '"Dua-duanya. Tapi pasang jaring dulu."',
        [("Dua-duanya. Tapi pasang jaring dulu.", "Oman Suherman")],
    ),
    # who is called, or asked, answers on the next line
    (
        'Kapus dr {P:Yakomina Lewa} hadir. Kabid {P:Petrus Bata} menegur. "Dokter, sosialisasinya '
        'di mana?"\n\n"Di dua-duanya Pak, gereja dan pasar."',
        [
            ("Dokter, sosialisasinya di mana?", "Petrus Bata"),
            ("Di dua-duanya Pak, gereja dan pasar.", "Yakomina Lewa"),
        ],
    ),
    # interviews
    (
        "Obrolan dengan Pak {P:Gusti Ramli}, penjaga bendungan.\n\nTanya: Sudah berapa lama?\n"
        'Jawab: "Dua puluh tahun."\n\nTanya: Pernah takut?\nJawab: "Kalau hujan tiga hari."',
        [("Dua puluh tahun.", "Gusti Ramli"), ("Kalau hujan tiga hari.", "Gusti Ramli")],
    ),
    # the full name, where one is said to be it; who signs does not speak
    (
        'Oleh {P:Maria Sopa}\n\nOpa {P:Tomi}, nama di KTP {P:Tomas Latu}, tertawa. "Camat juga '
        'kena denda."',
        [("Camat juga kena denda.", "Tomas Latu")],
    ),
    # offices behind "selaku", and before a form of address
    (
        "Acara dihadiri {P:Lalu Wira}, M.P. selaku Dekan, dan {P:Astuti}. Dekan tersenyum. "
        '"Jangan suntik tanpa dokter hewan."',
        [("Jangan suntik tanpa dokter hewan.", "Lalu Wira")],
    ),
    (
        'Hadir {P:Jufri} dan Ketua Jurusan Teknik, Ibu {P:Fitra Sari}. "Mesin ini aman," kata '
        "Ketua Jurusan.",
        [("Mesin ini aman,", "Fitra Sari")],
    ),
]


@pytest.mark.parametrize(("marked", "wanted"), CASES)
def test_who_takes_the_floor(marked: str, wanted: list[tuple[str, str]]) -> None:
    text, mentions = unmark(marked)
    doc = NLP.make_doc(text)
    offices, posts = read_offices(doc, mentions)
    found = extract_statements(
        text, mentions, [*offices, *posts], sentence_spans(doc), weighed=False
    )
    assert [(s.surface, s.speaker) for s in found if s.kind == "direct"] == wanted
