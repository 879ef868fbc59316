# ruff: noqa: E501 - one case a line reads better than a wrapped one
"""Who says what: direct and reported speech on short invented texts (marks: see ``marked_statements``)."""

from __future__ import annotations

import sys

import pytest
from marked_statements import statements, told

import kb.nlp
from kb.model import Office
from kb.nlp.statements import extract_statements

BUPATI = Office("Rahmat Siregar", "Bupati", "Langkat")
GUBERNUR = Office("Sitti Daeng Bau", "Pj Gubernur", "Sulawesi Selatan", status="Pj")


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "“Jalan ini kita perbaiki,” kata Bupati Langkat [Rahmat Siregar], Senin.",
            [("Jalan ini kita perbaiki,", "Rahmat Siregar", "kata")],
        ),
        (
            "Bupati [Rahmat Siregar] membuka rapat.\n\n“Harus selesai tahun ini,” ujarnya.",
            [("Harus selesai tahun ini,", "Rahmat Siregar", "ujarnya")],
        ),
        (
            '[Rahmat Siregar] mengatakan, "Kita mulai besok."',
            [("Kita mulai besok.", "Rahmat Siregar", "mengatakan")],
        ),
        (
            "Ditanya soal itu, [Rahmat Siregar] menjawab: “Tunggu saja minggu depan.”",
            [("Tunggu saja minggu depan.", "Rahmat Siregar", "menjawab")],
        ),
        (
            "“Airnya naik,” keluh [Nurbaiti]. “Kami lari ke bukit.”",
            [
                ("Airnya naik,", "Nurbaiti", "keluh"),
                ("Kami lari ke bukit.", "Nurbaiti", None),
            ],
        ),
        (
            "[Rahmat Siregar] tiba pukul tujuh.\n\n“Bantuan sudah cukup,” katanya kepada warga.\n\n"
            "“Besok dikirim lagi.”",
            [
                ("Bantuan sudah cukup,", "Rahmat Siregar", "katanya"),
                ("Besok dikirim lagi.", "Rahmat Siregar", None),
            ],
        ),
        (
            "“Sudah kami cek,” selorohnya. Demikian [Rahmat Siregar].",
            [("Sudah kami cek,", "Rahmat Siregar", "selorohnya")],
        ),
        (
            "“Panen gagal dua kali,” kata salah seorang petani, Jumat.",
            [("Panen gagal dua kali,", "salah seorang petani", "kata")],
        ),
    ],
)
def test_direct_speech(marked: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert told(marked) == expected
    assert {s.kind for s in statements(marked)} == {"direct"}


@pytest.mark.parametrize(
    ("marked", "content", "speaker", "cue"),
    [
        ("[Ali Umar] menegaskan bahwa rapat berjalan lancar.", "rapat berjalan lancar.", "Ali Umar", "menegaskan"),
        ("[Ali Umar] menyampaikan bahwasanya dana sudah cair.", "dana sudah cair.", "Ali Umar", "menyampaikan"),
        ("[Ali Umar] mengatakan, dana sudah cair.", "dana sudah cair.", "Ali Umar", "mengatakan"),
        ("[Ali Umar] mengatakan dana sudah cair.", "dana sudah cair.", "Ali Umar", "mengatakan"),
        ("Menurut [Ali Umar], dana sudah cair.", "dana sudah cair.", "Ali Umar", "Menurut"),
        ("Selain itu, lanjut [Ali Umar], dana sudah cair.", "dana sudah cair.", "Ali Umar", "lanjut"),
        ("Tidak sampai di situ, lanjut [Umar], dalam rapat itu dana juga sudah dibahas.", "dalam rapat itu dana juga sudah dibahas.", "Umar", "lanjut"),
        ("Dana itu akan segera dicairkan, kata [Ali Umar] saat ditemui di kantornya.", "Dana itu akan segera dicairkan", "Ali Umar", "kata"),
        ("Dana itu, kata [Ali Umar], sudah cair semua.", "sudah cair semua.", "Ali Umar", "kata"),
        ("Dikatakan [Ali Umar], dana sudah cair.", "dana sudah cair.", "Ali Umar", "Dikatakan"),
        ("Seperti dikatakan [Ali Umar] di rapat, bahwa dana sudah cair.", "dana sudah cair.", "Ali Umar", "dikatakan"),
        ("Jalan itu akan diperbaiki tahun ini, kata [Ali Umar].", "Jalan itu akan diperbaiki tahun ini", "Ali Umar", "kata"),
        ("[Ali Umar], S.E., M.Si., yang hadir di lokasi, mengaku siap membantu.", "siap membantu.", "Ali Umar", "mengaku"),
        ("Usai bertemu [Budi Santoso], [Ali Umar] berharap dana segera cair.", "dana segera cair.", "Ali Umar", "berharap"),
        ("Kuasa hukum [Budi Santoso], [Ali Umar], menilai dakwaan tidak jelas.", "dakwaan tidak jelas.", "Ali Umar", "menilai"),
        ("[Budi Santoso] melalui juru bicaranya [Ali Umar] menyatakan dana sudah cair.", "dana sudah cair.", "Ali Umar", "menyatakan"),
        ("[Ali Umar] membeberkan temuan itu berasal dari laporan warga.", "temuan itu berasal dari laporan warga.", "Ali Umar", "membeberkan"),
        ("{Bawaslu} menilai laporan itu belum lengkap.", "laporan itu belum lengkap.", "Bawaslu", "menilai"),
        ("Menurut warga, jalan itu rusak sejak 2019.", "jalan itu rusak sejak 2019.", "warga", "Menurut"),
    ],
)  # fmt: skip
def test_reported_speech(marked: str, content: str, speaker: str, cue: str) -> None:
    (found,) = statements(marked)
    assert (found.kind, found.surface, found.speaker, found.cue) == (
        "indirect",
        content,
        speaker,
        cue,
    )


@pytest.mark.parametrize(
    "marked",
    [
        "[Ali Umar] meminta warga menjaga kebersihan.",
        "[Ali Umar] mengajak warga memilah sampah.",
        "[Ali Umar] mengapresiasi kerja petugas.",
        "[Ali Umar] menyampaikan terima kasih kepada warga yang telah hadir.",
        "[Ali Umar] menyampaikan apresiasi kepada semua pihak.",
        "[Ali Umar] mengungkapkan banyak hal yang perlu disikapi dan diantisipasi.",
        "Kepada para kades [Ali Umar] berpesan untuk menjalin komunikasi.",
        "[Ali Umar] mengungkapkan rasa syukur atas bantuan itu.",
        "[Ali Umar] meninjau pasar untuk memastikan harga tetap stabil.",
        "Hal itu disampaikan [Ali Umar] saat membuka rapat.",
        "Menurut data sementara, ada 40 rumah yang rusak.",
        "Polisi berhasil mengungkap jaringan pencurian sepeda motor.",
        "Festival bertajuk “Laut Bersih, Kampung Sehat” dibuka [Ali Umar].",
        'Anak-anak menyanyikan lagu "Ampar-Ampar Pisang" bersama-sama.',
        'Warga membentangkan spanduk bertuliskan "Jangan Tutup Jalan Kami".',
        "Yang disebut “zona merah” itu kini sudah hijau.",
        "Wali Kota Sebut Banjir Akibat Sampah Plastik",
        "Kata kunci rapat itu, menurut jadwal, diumumkan besok.",
    ],
)
def test_acts_slogans_and_headlines_are_no_statements(marked: str) -> None:
    assert told(marked) == []


@pytest.mark.parametrize(
    ("marked", "speaker"),
    [
        ("Bupati Langkat [Rahmat Siregar] hadir. [Siregar] berkata, “Kita mulai hari ini.”", "Rahmat Siregar"),
        ("Bupati Langkat [Rahmat Siregar] hadir.\n\n“Kita mulai hari ini,” kata Bupati.", "Rahmat Siregar"),
        ("Bupati Langkat [Rahmat Siregar] hadir.\n\n“Kita mulai,” kata orang nomor satu di Langkat itu.", "Rahmat Siregar"),
        ("Bupati Langkat [Rahmat Siregar] hadir.\n\nDia menilai panitia sudah siap.", "Rahmat Siregar"),
        ("Bupati Langkat [Rahmat Siregar] ([RS]) hadir.\n\n“Kita mulai,” ucap [RS].", "Rahmat Siregar"),
        ("[Rahmat Siregar] hadir. Pria yang akrab disapa [Ucok] ini tersenyum.\n\n“Mulai,” kata [Ucok].", "Rahmat Siregar"),
        ("Camat [Budi Harjo] mengatakan lahan siap. Bupati [Rahmat Siregar] hadir.\n\n“Mulai hari ini,” tegas Bupati.", "Rahmat Siregar"),
        ("Bupati [Rahmat Siregar] (RMS) hadir.\n\n“Mulai hari ini,” kata RMS.", "Rahmat Siregar"),
        ("Pelatihan dibuka Camat [Budi Harjo].\n\n“Mulai hari ini,” katanya.", "Budi Harjo"),
        ("[Ani] hadir bersama Kepala Dinas [Budi Harjo].\n\n“Mulai,” demikian [Budi].", "Budi Harjo"),
        ("Bupati [Rahmat Siregar] hadir.\n\n“Mulai hari ini,” kata Haji Ucok sapaan akrab Bupati.", "Rahmat Siregar"),
        ("Bupati [Rahmat Siregar] hadir.\n\nPembangunan menurut orang nomor satu di Langkat itu harus utuh.", "Rahmat Siregar"),
        ("Camat [Budi Harjo] mengatakan:\n\n“Mulai hari ini.”", "Budi Harjo"),
        ("Penjabat Gubernur [Sitti Daeng Bau] hadir.\n\n“Mulai hari ini,” kata Pj Gubernur.", "Sitti Daeng Bau"),
    ],
)  # fmt: skip
def test_the_speaker_is_the_fullest_name_in_the_text(marked: str, speaker: str) -> None:
    assert told(marked, BUPATI, GUBERNUR)[-1][1] == speaker


def test_ujarnya_is_the_last_one_introduced_as_speaking_not_the_last_one_named() -> None:
    marked = (
        "[Rahmat Siregar] mengatakan, bantuan dikirim bersama relawan [Dewi Lestari].\n\n"
        "“Semua sudah di jalan,” pungkasnya."
    )
    assert told(marked)[-1] == ("Semua sudah di jalan,", "Rahmat Siregar", "pungkasnya")


def test_a_passive_introduction_gives_the_floor() -> None:
    marked = (
        "[Budi Harjo] mengaku lega karena jalan selesai. Hal senada disampaikan [Ani Wulandari].\n\n"
        "“Sekarang ke pasar cepat,” katanya."
    )
    assert told(marked)[-1][1] == "Ani Wulandari"


def test_office_of_the_speaker_is_carried() -> None:
    (found,) = statements("“Kita mulai,” kata Bupati Langkat [Rahmat Siregar].", BUPATI)
    assert (found.role, found.institution) == ("Bupati", "Langkat")


def test_an_office_without_a_name_stays_as_written() -> None:
    (found,) = statements("“Kita mulai,” kata Kabid Humas {Polda Riau}.")
    assert found.speaker == "Kabid Humas Polda Riau"
    assert found.confidence < 0.8


def test_a_guess_is_marked_as_one() -> None:
    sure = statements("“Kita mulai hari ini,” kata [Rahmat Siregar].")[0]
    guess = statements("[Rahmat Siregar] hadir.\n\n“Kita mulai hari ini.”")[0]
    assert guess.confidence < 0.7 < sure.confidence


def test_the_component_is_in_the_pipeline() -> None:
    result = kb.nlp.load_tagger().tag("“Kita mulai hari ini,” kata Bupati Langkat Rahmat Siregar.")
    assert [(s.kind, s.cue) for s in result.statements] == [("direct", "kata")]


def test_hostile_text_is_only_text() -> None:
    text = "“<script>alert(1)</script>, ” kata |[x](y) $$ :red[z]\n\x00”””“““,\"'" * 20
    for s in extract_statements(text, [], [], [(0, len(text))]):
        assert s.surface == text[s.start : s.end]


def test_empty_text_has_no_statements() -> None:
    assert extract_statements("", [], [], []) == []


def _calls(text: str) -> int:
    """How many functions are called while ``text`` is read."""
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(counted)
    try:
        extract_statements(text, [], [], [(0, len(text))])
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("part", ["“a ", "'a ", "kata Budi, ", '"Kami siap, " kata Budi. '])
def test_twice_the_degenerate_text_is_twice_the_work(part: str) -> None:
    extract_statements(part, [], [], [(0, len(part))])  # what is made once in a process
    assert _calls(part * 800) < 2.6 * _calls(part * 400)
