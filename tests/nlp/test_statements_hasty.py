"""Reported speech as hasty writers put it; every sentence is our own."""

from __future__ import annotations

import pytest

from kb.nlp.language import make_nlp
from kb.nlp.offices import read_offices
from kb.nlp.statements import extract_statements, sentence_spans
from tests.nlp.marked import unmark

NLP = make_nlp()

Found = tuple[str, str, str | None]

CASES: list[tuple[str, list[Found]]] = [
    # words that one mark sets off are a report, and claim their own sentence only
    (
        "Warga antre. Ini tipu namanya”, tandasnya {P:Yosef Leba}.",
        [("indirect", "Ini tipu namanya", "Yosef Leba")],
    ),
    (
        "{P:Johan Mesak} minta maaf. “Kasih kami waktu sampai Jumat, kata dia.\n\nLurah datang.",
        [("indirect", "Kasih kami waktu sampai Jumat", "Johan Mesak")],
    ),
    # a name right behind the -nya cue is who speaks
    (
        '{P:Basri Tona} hadir.\n\n"Anakku sudah naik delapan ons" katanya {P:Sahariah} warga.',
        [("direct", "Anakku sudah naik delapan ons", "Sahariah")],
    ),
    # no comma and no "bahwa"
    (
        "{P:Hilmi Halim} keberatan. Katanya yang digaji kecil itu bukan guru negeri.",
        [("indirect", "yang digaji kecil itu bukan guru negeri.", "Hilmi Halim")],
    ),
    (
        "{P:Rina Dewi} hadir. Sebab lanjut {P:Rina} banyak pemuda sudah mau bertani.",
        [("indirect", "banyak pemuda sudah mau bertani.", "Rina Dewi")],
    ),
    (
        "Mas {P:Gunawan} cerita kalau tamu turun separuh sejak Mei.",
        [("indirect", "tamu turun separuh sejak Mei.", "Gunawan")],
    ),
    (
        "Selang kami bocor semua, katanya sambil terbatuk kata {P:Yanto}.".replace(
            " kata {P:Yanto}", ""
        ).replace("Selang", "{P:Yanto} mengeluh. Selang"),
        [("indirect", "Selang kami bocor semua", "Yanto")],
    ),
    (
        "Semoga pasar ini segera ramai, pungkas {P:Harun}.",
        [("indirect", "Semoga pasar ini segera ramai", "Harun")],
    ),
    # questions, beliefs, advice with a clause of their own
    (
        "{P:Yohan Dodi} bertanya siapa yang menanggung beras.",
        [("indirect", "siapa yang menanggung beras.", "Yohan Dodi")],
    ),
    (
        "{P:Endah Sri} menyarankan penyertaan modal ditunda sampai audit selesai.",
        [("indirect", "penyertaan modal ditunda sampai audit selesai.", "Endah Sri")],
    ),
    (
        "{P:Endah Sri} mengungkap dua kios rusak.",
        [("indirect", "dua kios rusak.", "Endah Sri")],
    ),
    # acts with an object are no reports
    ("{P:Endah Sri} menyarankan pemasangan pagar kejut bertenaga surya.", []),
    ("{P:Endah Sri} menjanjikan bantuan beras bagi keluarga terdampak.", []),
    ("{P:Endah Sri} melanjutkan perjalanan ke pulau menggunakan perahu.", []),
    ("{P:Endah Sri} mengajak warga menanam pohon.", []),
    # a sentence that begins in small letters is a sentence
    (
        "Pak {P:Jajang} menilai coklit sudah sesuai prosedur. itu saran perbaikan saja, tandasnya",
        [
            ("indirect", "coklit sudah sesuai prosedur.", "Jajang"),
            ("indirect", "itu saran perbaikan saja", "Jajang"),
        ],
    ),
    # a pronoun with an adverb is a pronoun
    (
        "{P:Johan Mesak} datang. Ia hanya bilang akan bicara dengan pemilik modal.",
        [("indirect", "akan bicara dengan pemilik modal.", "Johan Mesak")],
    ),
    # a connector without a comma is no part of the speaker
    (
        "Bupati {L:Blora} {P:Anif Rohman} hadir. {P:Heru Eko} datang. "
        "Sementara Bupati menyebut jabatan itu titipan belaka.",
        [("indirect", "jabatan itu titipan belaka.", "Anif Rohman")],
    ),
    # the driver of a holder is not the holder
    (
        "Wabup {L:Karimun} {P:M. Rafli} hadir. Sopir wabup, {P:Dollah}, membagikan nasi. "
        "Menurut wabup, calo biasanya orang dekat sendiri.",
        [("indirect", "calo biasanya orang dekat sendiri.", "M. Rafli")],
    ),
    # a post that no list has, alone, is its holder
    (
        "Kadistanpang {L:Pidie} {P:Cut Rahma} hadir. {P:Bukhari} datang. "
        "Kadistanpang melaporkan irigasi masih digilir sampai tanggal 20.",
        [("indirect", "irigasi masih digilir sampai tanggal 20.", "Cut Rahma")],
    ),
    # a label before a colon speaks, named or not
    (
        'Gubernur {L:Jawa Tengah} {P:Adi Songko}: "Kami siap membantu korban."\n\n'
        'Sekda {L:Demak}: "Data korban sedang dihimpun."\n\nTema: "Bersama Kita Bisa Maju"',
        [
            ("direct", "Kami siap membantu korban.", "Adi Songko"),
            ("direct", "Data korban sedang dihimpun.", "Sekda Demak"),
        ],
    ),
    # who speaks for another
    (
        "Kepala {O:Dinas Sosial} {P:Ardi Arif} yang diwakili Sekretaris Dinas {P:Joko Basuki} "
        "menyampaikan, kegiatan ini penting.",
        [("indirect", "kegiatan ini penting.", "Joko Basuki")],
    ),
    # initials never spelt out beside the name
    (
        "{P:Samsul Rizal} membuka rapat. {P:Budi} hadir. Setelah itu SR menilai bank akan pulih.",
        [("indirect", "bank akan pulih.", "Samsul Rizal")],
    ),
    # all in capitals
    (
        "RAPAT DIHADIRI {P:ZULKARNAIN} DARI DESA TANJUNG RAYA. MENURUT {P:ZULKARNAIN}, SIRING "
        "TERAKHIR DIKERUK TAHUN 2011",
        [("indirect", "SIRING TERAKHIR DIKERUK TAHUN 2011", "ZULKARNAIN")],
    ),
]


@pytest.mark.parametrize(("marked", "wanted"), CASES)
def test_reported_speech_of_hasty_writers(marked: str, wanted: list[Found]) -> None:
    text, mentions = unmark(marked)
    doc = NLP.make_doc(text)
    offices, posts = read_offices(doc, mentions)
    found = extract_statements(text, mentions, [*offices, *posts], sentence_spans(doc))
    assert [(s.kind, s.surface, s.speaker) for s in found] == wanted
