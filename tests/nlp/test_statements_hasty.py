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
    # a list of guests: each office is its own holder's
    (
        "Hadir Bupati {L:Demak} {P:Niko Hutomo}, Camat {L:Sayung} {P:Bangun Sitompul}, Kapolsek "
        "{L:Sayung} AKP {P:Joni Pardi}.\n\nBupati menyatakan dana itu sudah cair.",
        [("indirect", "dana itu sudah cair.", "Niko Hutomo")],
    ),
    # the body behind a title is looked at, also where it is short
    (
        "Kepala {O:Badan Riset dan Inovasi Nasional} {P:Lukman Hadi} hadir. Kepala "
        '{O:Dinas Sosial} {P:Rina Dewi} datang.\n\n"Kami siap," kata Kepala {O:BRIN}.',
        [("direct", "Kami siap,", "Lukman Hadi")],
    ),
    (
        'Kepala {O:Dinas Sosial} {P:Rina Dewi} datang.\n\n"Jalan siap," kata Kepala {O:BPBD}.',
        [("direct", "Jalan siap,", "Kepala BPBD")],
    ),
    # forms of address before an office, and callings
    (
        'Kades {L:Sukamulya} {P:Ujang Koswara} datang. {P:Eti Rohaeti} hadir.\n\n"Mie sudah '
        'banyak," kata pa kades',
        [("direct", "Mie sudah banyak,", "Ujang Koswara")],
    ),
    (
        "Hadir dr {P:Anita Sari} dan {P:Bambang Sutejo}.\n\n“Jangan menunggu panas tiga hari,” "
        "kata bu dokter",
        [("direct", "Jangan menunggu panas tiga hari,", "Anita Sari")],
    ),
    # who asks the questions does not answer them
    (
        "{P:Rio Andika} dari tabloid Danau menjumpai Wali Nagari, {P:Zulfahmi Basa} di kantornya."
        "\n\nApa rahasianya?\n\n“Tidak ada rahasia. Semua dibicarakan di surau.”",
        [("direct", "Tidak ada rahasia. Semua dibicarakan di surau.", "Zulfahmi Basa")],
    ),
    (
        "Gubernur {L:Jambi} {P:Parlin Sagala} hadir bersama {P:Mula Haposan}. Kepada wartawan, "
        "{P:Parlin} menyampaikan, harga turun. Menurutnya, stok aman.",
        [
            ("indirect", "harga turun.", "Parlin Sagala"),
            ("indirect", "stok aman.", "Parlin Sagala"),
        ],
    ),
    # the police go on where a suspect admitted something
    (
        "Kapolres {L:Serang} AKBP {P:Condro Sasono} hadir. “Mereka kami tangkap,” kata Kapolres."
        "\n\nTZ mengaku tidak mengenal pengedar. “Petugas lalu ke rumah kontrakan,” tandasnya.",
        [
            ("direct", "Mereka kami tangkap,", "Condro Sasono"),
            ("indirect", "tidak mengenal pengedar.", "TZ"),
            ("direct", "Petugas lalu ke rumah kontrakan,", "Condro Sasono"),
        ],
    ),
    (
        "Tersangka {P:Jono} mengakui bahwa ia mencuri tiga kali. Polisi menyita dua motor. “Pelaku "
        "kita jerat pasal 363,” katanya.",
        [
            ("indirect", "ia mencuri tiga kali.", "Jono"),
            ("direct", "Pelaku kita jerat pasal 363,", None),
        ],
    ),
    # whom a passive sentence names is meant by the pronoun behind it, or speaks first
    (
        "Kadis {P:Rahma Cut} melaporkan irigasi masih digilir. Doa dipimpin Tgk. {P:Mukhtar}. "
        "Beliau percaya hasil padi akan berlipat.",
        [
            ("indirect", "irigasi masih digilir.", "Rahma Cut"),
            ("indirect", "hasil padi akan berlipat.", "Mukhtar"),
        ],
    ),
    (
        "Gubernur {L:Jambi} {P:Hendra Wijaya} hadir. Rapat dipimpin Sekjen {O:Kemendes} {P:Hadi "
        "Pratomo}. Ada tiga hal. “Pertama, data warga harus rapi,” paparnya.",
        [("direct", "Pertama, data warga harus rapi,", "Hadi Pratomo")],
    ),
    # who could not answer still is "ia"; a pair of candidates is not
    (
        "{P:Yosep Leba} mengeluh pipa bocor semua. Ditanya soal itu, {P:Johan Mesak} belum bisa "
        "menjawab. Ia hanya bilang akan bicara dengan pemilik.",
        [
            ("indirect", "pipa bocor semua.", "Yosep Leba"),
            ("indirect", "akan bicara dengan pemilik.", "Johan Mesak"),
        ],
    ),
    (
        "“Kami siap,” kata {P:Ipuk Sari}.\n\nProgram pasangan {P:Ipuk}-{P:Sugirah} ini akan "
        "berfokus pada kesehatan. “Kami dorong lapangan kerja,” ungkapnya.",
        [
            ("direct", "Kami siap,", "Ipuk Sari"),
            ("direct", "Kami dorong lapangan kerja,", "Ipuk Sari"),
        ],
    ),
    # by whom: "oleh"; the title ends where the sentence goes on; a manner behind the verb
    (
        "Disampaikan oleh Kepala {O:Bappeda} {P:Nanang Saep} tujuan kegiatan adalah persiapan.",
        [("indirect", "tujuan kegiatan adalah persiapan.", "Nanang Saep")],
    ),
    (
        "Kepala Desa {L:Sukamaju} {P:Basir} hadir. Dijawab kepala desa data berasal dari posyandu.",
        [("indirect", "data berasal dari posyandu.", "Basir")],
    ),
    (
        "{P:Zulfahmi} menjawab enteng limbah rumah makan itu sudah ditampung.",
        [("indirect", "limbah rumah makan itu sudah ditampung.", "Zulfahmi")],
    ),
    # cues without a comma, behind a full stop, without their prefix
    (
        "Kami menggelar pelatihan guna memenuhi standar kerja jelas {P:Afrineldi}.",
        [("indirect", "Kami menggelar pelatihan guna memenuhi standar kerja", "Afrineldi")],
    ),
    (
        "Warga dapat menghubungi nomor itu selama 24 jam. Pungkas Aipda {P:Bayu Arianto}.",
        [("indirect", "Warga dapat menghubungi nomor itu selama 24 jam.", "Bayu Arianto")],
    ),
    (
        "Presiden {P:Joko Susilo} hadir. Karena itu Presiden sampaikan defisit direncanakan turun.",
        [("indirect", "defisit direncanakan turun.", "Joko Susilo")],
    ),
    ("Kami sampaikan terima kasih kepada warga yang sudah hadir.", []),
    (
        "Kalak {O:BPBD} {P:Kornelis Huar} mencatat ada 412 keluarga terisolir.",
        [("indirect", "ada 412 keluarga terisolir.", "Kornelis Huar")],
    ),
    ("{O:BPS} mencatat 1.014 perkara sepanjang tahun lalu.", []),
    # a seminar's title behind the cue is no quotation
    (
        "{P:Rina Dewi} hadir. “Ini sejalan dengan rencana,” ujarnya dalam Webinar “Peran Insinyur "
        "dalam Transformasi” dari Jakarta.",
        [("direct", "Ini sejalan dengan rencana,", "Rina Dewi")],
    ),
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
    # "jika" for "bahwa", but not where it is a condition
    (
        "{P:Joko Basuki} menyebut jika tim sudah mencatat.",
        [("indirect", "tim sudah mencatat.", "Joko Basuki")],
    ),
    (
        "{P:Joko Basuki} mengatakan jika hujan turun, acara pindah ke aula.",
        [("indirect", "jika hujan turun, acara pindah ke aula.", "Joko Basuki")],
    ),
    # a second verb of saying goes on for the same speaker
    (
        "{P:Joko Basuki} mengaku tidak hafal nama sopir itu, tetapi menyebut truknya berwarna "
        "hijau.",
        [
            ("indirect", "tidak hafal nama sopir itu", "Joko Basuki"),
            ("indirect", "truknya berwarna hijau.", "Joko Basuki"),
        ],
    ),
    # what the sentence only names stands elsewhere; so does what was praised or is hoped by nobody
    ("{P:Joko Basuki} hadir. Hal itu diucapkannya waktu membuka acara di aula.", []),
    ("{P:Joko Basuki} mengatakan hal itu kepada pewarta di aula kemarin.", []),
    ("{P:Joko Basuki} menyampaikan pujian kepada guru yang mau menyelenggarakan lomba.", []),
    ("{P:Joko Basuki} hadir. Diharapkan, warga ikut menjaga jalan.", []),
    ("{P:Joko Basuki} memastikan diri ke semifinal dengan memuncaki grup.", []),
    (
        "{P:Joko Basuki} mengibaratkan kursi itu seperti durian dari Parigi.",
        [("indirect", "kursi itu seperti durian dari Parigi.", "Joko Basuki")],
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
    found = extract_statements(
        text, mentions, [*offices, *posts], sentence_spans(doc), weighed=False
    )
    assert [(s.kind, s.surface, s.speaker) for s in found] == wanted
