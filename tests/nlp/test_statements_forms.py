# ruff: noqa: E501 - one case a line reads better than a wrapped one
"""Forms of reporting that many desks use: clauses without a verb, clipped names, asides."""

from __future__ import annotations

import pytest
from marked_statements import told

MAYOR = "Wali Kota [Sekar Ningtyas] meninjau pasar. "


@pytest.mark.parametrize(
    ("marked", "content", "cue"),
    [
        # predicates that are no verbs
        ("[Rudi Hartono] menyebut jumlah guru kini 165 orang.", "jumlah guru kini 165 orang.", "menyebut"),
        ("[Rudi Hartono] mengatakan putusan itu independen.", "putusan itu independen.", "mengatakan"),
        ("[Rudi Hartono] menuturkan jalan desa rusak parah.", "jalan desa rusak parah.", "menuturkan"),
        ("[Rudi Hartono] mengatakan produksi naik 9 persen.", "produksi naik 9 persen.", "mengatakan"),
        ("[Rudi Hartono] mengatakan pipa bocor.", "pipa bocor.", "mengatakan"),
        ("[Rudi Hartono] mengakui adanya kelalaian petugas.", "adanya kelalaian petugas.", "mengakui"),
        # the reported words behind a topic and a colon
        ("[Rudi Hartono] memaparkan hasilnya: dari 312 rekomendasi, 291 sudah sesuai.", "dari 312 rekomendasi, 291 sudah sesuai.", "memaparkan"),
        # everyday verbs
        ("[Rudi Hartono] bilang warga menunggu bukti.", "warga menunggu bukti.", "bilang"),
        ("[Rudi Hartono] menggarisbawahi kesepakatan itu mengikat kedua pihak.", "kesepakatan itu mengikat kedua pihak.", "menggarisbawahi"),
        # admissions and promises
        ("[Rudi Hartono] tak menampik bahwa pekerjaan itu terlambat.", "pekerjaan itu terlambat.", "menampik"),
        ("[Rudi Hartono] berjanji dewan akan mengawal sampai tuntas.", "dewan akan mengawal sampai tuntas.", "berjanji"),
        ("[Rudi Hartono] berjanji akan memperbaiki data akhir tahun.", "akan memperbaiki data akhir tahun.", "berjanji"),
        ("[Rudi Hartono] membantah ada pengurangan kuota.", "ada pengurangan kuota.", "membantah"),
        ("[Rudi Hartono] mengancam massa akan kembali besok.", "massa akan kembali besok.", "mengancam"),
        # what the last speaker says again
        ("[Rudi Hartono] tiba. Dikatakannya pula pohon itu harus dipangkas.", "pohon itu harus dipangkas.", "Dikatakannya"),
        # asides between speaker and content
        ("Menurut [Rudi Hartono] kepada wartawan, senjata itu dibeli di pasar.", "senjata itu dibeli di pasar.", "Menurut"),
        ("Kata [Rudi Hartono] menimpali, harganya bisa empat kali lipat.", "harganya bisa empat kali lipat.", "Kata"),
        ("Menurut [Rudi Hartono] yang ditemui di posko, bantuan belum merata.", "bantuan belum merata.", "Menurut"),
    ],
)  # fmt: skip
def test_reports_without_a_plain_verb(marked: str, content: str, cue: str) -> None:
    assert told(marked) == [(content, "Rudi Hartono", cue)]


@pytest.mark.parametrize(
    "marked",
    [
        "[Rudi Hartono] mengatakan hal senada.",
        "[Rudi Hartono] menyebut nama-nama penerima bantuan.",
        "[Rudi Hartono] membenarkan adanya konflik tersebut.",
        "[Rudi Hartono] membantah keterangan saksi.",
        "[Rudi Hartono] menyanggupi menelepon balai saat itu juga.",
        "Usul [Rudi Hartono] itu langsung disetujui.",
        "Penanggung jawab galangan, [Rudi Hartono], hadir.",
        "[Rudi Hartono] menjelaskan Pasal 12 ayat 3 peraturan itu.",
        "Menurut Bapak, apakah anggaran itu cukup?",
    ],
)
def test_acts_echoes_and_questions_are_no_reports(marked: str) -> None:
    assert told(marked) == []


@pytest.mark.parametrize(
    ("marked", "speaker"),
    [
        # clipped names
        ("Lurah [Winarno Hadi] menyambut tamu. “Semua swadaya warga,” imbuh [Win].", "Winarno Hadi"),
        ("Nelayan [Suparmin] melaut malam itu. “Saya lari,” kata Min sambil tertawa.", "Suparmin"),
        # pointed descriptions with words of their own
        (MAYOR + "“Jangan rusak kota kita,” tandas perempuan dengan tiga anak itu.", "Sekar Ningtyas"),
        # somebody new, though "itu" ends the phrase
        (MAYOR + "Seorang pejabat yang mengetahui izin itu mengatakan berkasnya hilang.", "Seorang pejabat"),
        (MAYOR + "Seorang penyidik membenarkan kabar itu. “Memang begitu,” bisik dia.", "Seorang penyidik"),
        # one word of another's title is not that person
        ("Putusan dibacakan ketua majelis hakim [Wulan Sari]. Majelis menyatakan surat itu sah.", "Majelis"),
    ],
)  # fmt: skip
def test_who_the_speaker_is(marked: str, speaker: str) -> None:
    assert [who for _, who, _ in told(marked)] == [speaker]


def test_a_quotation_over_paragraphs_is_told_by_the_cue_behind_its_last_one() -> None:
    found = told(
        "Kiai [Abdul Ghofur] berceramah, didampingi [Miftahul Falah].\n\n"
        "“Orang sekarang pintar. Punya kendaraan dua.\n\n"
        "Dulu tetangga diantar beras. Sekarang tidak,” dawuh Kiai [Ghofur]."
    )
    assert [(who, cue) for _, who, cue in found] == [("Abdul Ghofur", "dawuh")]
