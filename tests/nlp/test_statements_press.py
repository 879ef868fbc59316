"""Statements as press offices and newsrooms type them: cut off, damaged, run together."""

from __future__ import annotations

import pytest

from tests.nlp.marked_statements import statements, told


def said(marked: str) -> list[str]:
    return [surface for surface, _, _ in told(marked)]


# --- quotations that are opened and never closed --------------------------------------


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            'Kadis [Rosma Dewi] menjelaskan stok aman.\n"Beras kita cukup. Gudang penuh',
            ["stok aman.", "Beras kita cukup."],
        ),
        (
            'Kadis [Rosma Dewi] menjelaskan stok aman.\n"Terus terang',
            ["stok aman.", "Terus terang"],
        ),
        (
            'Camat [Rosma Dewi] mengatakan "Jalan sudah bisa dilalui. Besok alat ditarik.\n\n'
            "Acara ditutup dengan doa.",
            ["Jalan sudah bisa dilalui."],
        ),
        (
            'Camat [Rosma Dewi] mengatakan "bahwa jalan sudah bisa dilalui.',
            ["jalan sudah bisa dilalui."],
        ),
    ],
)
def test_an_unclosed_quotation_is_its_first_sentence(marked: str, expected: list[str]) -> None:
    assert said(marked) == expected
    assert {s.kind for s in statements(marked)} == {"indirect"}


def test_what_a_cut_off_text_ends_with_is_said_by_who_said_most() -> None:
    marked = (
        'Kadis [Rosma Dewi] menjelaskan stok aman. "Beras cukup," kata [Rosma].\n'
        "Pedagang [Herman Tanjung] mengaku harga naik.\n"
        '"Kami pastikan kapal datang'
    )
    assert told(marked)[-1][1] == "Rosma Dewi"


def test_a_link_behind_a_quotation_mark_is_no_quotation() -> None:
    assert (
        said('Camat [Rosma Dewi] hadir.\n\nSaksikan video "Panen Raya di Bireuen"" di sini') == []
    )


def test_a_title_inside_an_unclosed_quotation_does_not_end_it() -> None:
    marked = 'Bupati [Darwis Paloh] berujar "Kita ingat pesan leluhur "Hudep Beusare".\n\nSelesai.'
    assert said(marked) == ['Kita ingat pesan leluhur "Hudep Beusare".']


def test_a_mark_typed_twice_closes_once() -> None:
    marked = '"Modal kita kemauan."" ujar [Rosma Dewi] dalam sambutannya.'
    assert said(marked) == ["Modal kita kemauan."]


# --- how a quotation is announced -----------------------------------------------------


@pytest.mark.parametrize(
    "marked",
    [
        'Membuka rapat, Camat [Rosma Dewi] mengatakan "Jalan ini harus selesai tahun ini."',
        'Camat [Rosma Dewi] berpesan kepada ketua RT yakni "Jalan ini harus selesai tahun ini."',
        'Camat [Rosma Dewi] menegaskan kepada tamu, bahwa "Jalan ini harus selesai tahun ini."',
        'Camat [Rosma Dewi] memberi sepatah kata; "Jalan ini harus selesai tahun ini," katanya.',
        'Camat [Rosma Dewi], menutup acara dengan mengatakan "Jalan ini harus selesai tahun ini."',
    ],
)
def test_words_announced_without_a_comma_are_quoted(marked: str) -> None:
    found = statements(marked)
    assert [(s.kind, s.speaker) for s in found] == [("direct", "Rosma Dewi")]


@pytest.mark.parametrize(
    "marked",
    [
        'Tema : "Lewat Arsip Kita Selamatkan Ingatan Daerah"\n\nAcara dibuka [Rosma Dewi].',
        "[Rosma Dewi] menghadiri rapat koordinasi, “Satu Tekad Menjaga Gambut Basah“, kemarin.",
    ],
)
def test_themes_and_slogans_are_no_statements(marked: str) -> None:
    assert told(marked) == []


def test_a_report_in_words_that_only_a_closing_mark_sets_off_begins_behind_its_cue() -> None:
    marked = (
        'Camat [Rosma Dewi] hadir. "Terima kasih," ucapnya.\n\n'
        "Dirinya berharap, kegiatan ini berlanjut setiap tahun,” ucapnya."
    )
    assert said(marked)[-1] == "kegiatan ini berlanjut setiap tahun"


# --- what is reported -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Rosma Dewi] mengingatkan agar warga tenang.", ["agar warga tenang."]),
        ("[Rosma Dewi] juga berpesan supaya pintu dikunci.", ["supaya pintu dikunci."]),
        ("[Rosma Dewi] berpesan dan meminta agar warga tenang.", ["agar warga tenang."]),
        ("[Rosma Dewi] memastikan jalan ditutup supaya aman.", ["jalan ditutup supaya aman."]),
        ("[Rosma Dewi] mengingatkan warga agar selalu tenang.", []),
        ("[Rosma Dewi] mengusulkan agar pasar ditutup setiap Senin.", []),
        ("[Rosma Dewi] mengingatkan kader untuk terus belajar, terlebih di kota.", []),
    ],
)
def test_what_somebody_wants_is_reported_with_its_agar(marked: str, expected: list[str]) -> None:
    assert said(marked) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "[Rosma Dewi] menekankan pentingnya membangun kerja sama antardesa.",
        "[Rosma Dewi] menekankan tentang penguatan kerukunan yang harus dijaga.",
        "[Rosma Dewi] menjelaskan alasan kenapa ada perbedaan target.",
        "[Rosma Dewi] menjelaskan rancangan jadwal yang rencananya dipakai bulan depan.",
        "[Rosma Dewi] menanyakan kesiapan pasukan yang akan berangkat.",
        "[Rosma Dewi] membenarkan adanya laporan itu.",
        "[Rosma Dewi] mencontohkan warga yang bercerai karena utang menumpuk.",
        "Pesan tersebut menegaskan bahwa rencana harus realistis. [Rosma Dewi] pulang.",
        "Menurut Undangundang Pelayaran, kapal wajib diperiksa.",
        "Jika perkara itu tetap dilanjutkan, maka nasib pelapor terancam.",
        "Kemudian, menjawab pertanyaan penyiar, [Rosma Dewi] tersenyum.",
        "Cerita tersebut keluar dari mulut [Rosma Dewi].",
    ],
)
def test_topics_papers_and_things_report_nothing(marked: str) -> None:
    assert told(marked) == []


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Pemilik kios, [Rosma Dewi], mengaku setuju.", ["setuju."]),
        ("[Rosma Dewi] menanyakan mengapa jalan ditutup.", ["mengapa jalan ditutup."]),
        ("[Rosma Dewi] menimpali pihaknya meminjamkan alat.", ["pihaknya meminjamkan alat."]),
        ("[Rosma Dewi] melaporkan peserta datang dari 34 desa.", ["peserta datang dari 34 desa."]),
        ("[Rosma Dewi] berjanji memperbaiki data tahun ini.", ["memperbaiki data tahun ini."]),
        ("[Rosma Dewi] menilai tema tahun ini pas.", ["tema tahun ini pas."]),
        (
            'Camat [Rosma Dewi] menyampaikan bahwa tema tahun ini "Laut Kita" dipilih nelayan.',
            ['tema tahun ini "Laut Kita" dipilih nelayan.'],
        ),
        (
            "Berdasarkan keterangan [Rosma Dewi], api berasal dari dapur.",
            ["api berasal dari dapur."],
        ),
        (
            "Dari keterangan [Rosma Dewi] diketahui bahwa gajah itu pergi.",
            ["gajah itu pergi."],
        ),
        (
            "[Rosma Dewi] menyebut jalan itu rusak, sambil menunjuk peta.",
            ["jalan itu rusak"],
        ),
        (
            "Penanggung jawab galangan, [Rosma Dewi], dari PT Maju, mengklaim tidak tahu.",
            ["tidak tahu."],
        ),
    ],
)
def test_clauses_of_many_kinds_are_reported(marked: str, expected: list[str]) -> None:
    assert said(marked) == expected


def test_records_of_a_named_body_are_its_words() -> None:
    marked = "Menurut catatan {Balai Taman Nasional Wasur}, 317 jerat dicabut tahun ini."
    assert told(marked) == [
        ("317 jerat dicabut tahun ini.", "Balai Taman Nasional Wasur", "Menurut")
    ]
    assert told("Menurut data panitia, jumlah pengunjung mencapai 18 ribu orang.") == []


@pytest.mark.parametrize(
    "behind",
    [
        "kata [Herman Tanjung] Ketua Forum Nelayan",
        "kata [Herman Tanjung] meneruskan arahannya",
        "kata Ketua Panitia, [Herman Tanjung], S.Sos dalam catatan tertulisnya",
        "kata [Herman Tanjung] diakhir pidatonya",
        "kata [Herman Tanjung] dari balik meja",
        "kata [Herman Tanjung] - Kabag Protokol",
    ],
)
def test_a_cue_behind_the_words_may_go_on_with_who_the_speaker_is(behind: str) -> None:
    marked = f"Semua kamar telah dipesan dan relawan menunggu kapal, {behind}."
    found = told(marked)
    assert found == [
        ("Semua kamar telah dipesan dan relawan menunggu kapal", "Herman Tanjung", "kata")
    ]


def test_of_two_cues_of_one_sentence_the_words_begin_behind_the_first() -> None:
    marked = "[Rosma Dewi] hadir. Dia mengatakan bahwa bumbu digiling sejak subuh, katanya."
    assert said(marked) == ["bumbu digiling sejak subuh"]


def test_a_full_stop_before_capitals_ends_a_sentence_without_a_space() -> None:
    marked = "Menurut [Rosma Dewi], tayangan itu diputar di pelabuhan.KPLP pun datang."
    assert said(marked) == ["tayangan itu diputar di pelabuhan."]
