# ruff: noqa: E501 - one case a line reads better than a wrapped one
"""Who has the floor when nobody is named beside the quotation; our own sentences."""

from __future__ import annotations

import pytest
from marked_statements import told

from kb.model import Office

BEFORE = "Camat [Udin Noor] mengatakan jalan rusak parah."
HEAD = "Wali Kota [Sekar Ningtyas] tiba pukul delapan."


@pytest.mark.parametrize(
    ("between", "cue", "speaker"),
    [
        # whom the reporter met
        ("Ditemui usai rapat Ketua RT [Rahman Sole] yang diam saja ikut komentar.", "kelakarnya", "Rahman Sole"),
        ("Wartawan mencegat Lurah [Rahman Sole] di pintu keluar.", "elaknya", "Rahman Sole"),
        # who ends the sentence before
        ("Massa ditemui pukul satu oleh Lurah [Rahman Sole].", "katanya", "Rahman Sole"),
        ("Usul itu langsung disetujui Lurah [Rahman Sole].", "katanya", "Rahman Sole"),
        ("Usul itu disetujui Lurah [Rahman Sole]. Rapat lalu ditutup pukul dua.", "katanya", "Udin Noor"),
        ("Satu-satunya yang tidak pindah ialah Lurah [Rahman Sole].", "selorohnya", "Rahman Sole"),
        ("Lain lagi [Rahman Sole].", "katanya", "Rahman Sole"),
        # who is described right behind the name
        ("Lain lagi [Rahman Sole]. Anggota Komisi Tiga itu langsung memotong.", "katanya", "Rahman Sole"),
        # nobody
        ("Tak seorang pun menjawab.", "katanya", "Udin Noor"),
        ("Apakah [Rahman Sole] aman?", "jawabnya", "Udin Noor"),
        # an answer is not the asker's
        ("[Rahman Sole] bertanya mengapa jalan itu dibiarkan.", "jawabnya", "Udin Noor"),
        ("[Rahman Sole] bertanya mengapa jalan itu dibiarkan.", "katanya", "Rahman Sole"),
    ],
)  # fmt: skip
def test_who_has_the_floor(between: str, cue: str, speaker: str) -> None:
    marked = f"{BEFORE}\n\n{between} “Jangan dibelikan rokok dulu,” {cue}."
    offices = (Office("Udin Noor", "Camat", None), Office("Rahman Sole", "Lurah", None))
    said = {words: who for words, who, _ in told(marked, *offices)}
    assert said["Jangan dibelikan rokok dulu,"] == speaker


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Menurut hematnya, warga perlu menjaga ladang.", "Udin Noor"),
        ("Menurut catatannya, sawah yang rusak dua hektare.", "Udin Noor"),
        ("Menurut pengakuan [Rahman Sole], sawah itu dijual.", "Rahman Sole"),
        ("Pria kelahiran [Raha] itu mengatakan sawah dijual.", "Udin Noor"),
        ("Kepada [Rahman Sole], ia mengatakan sawah itu dijual.", "Udin Noor"),
    ],
)  # fmt: skip
def test_who_is_meant_in_a_report(sentence: str, speaker: str) -> None:
    found = [who for _, who, _ in told(f"{BEFORE} {sentence}", Office("Udin Noor", "Camat", None))]
    assert found == ["Udin Noor", speaker]


def test_a_label_before_a_colon_names_who_speaks() -> None:
    marked = f"{HEAD}\nInti penyampaian Wali Kota: “Tanah tidak akan lari ke mana-mana.”"
    found = told(marked, Office("Sekar Ningtyas", "Wali Kota", None))
    assert [who for _, who, _ in found] == ["Sekar Ningtyas"]


def test_words_behind_a_whole_quotation_are_the_next_speakers() -> None:
    marked = (
        "Ketua kelompok, [Kadek Suta], menyebut padi terancam puso. Kepada camat, ia berucap, “Bapak"
        " tanam tanda tangan.” Koordinator [Parjo Dwi] menyahut keras."
    )
    assert [who for _, who, _ in told(marked)] == ["Kadek Suta", "Kadek Suta"]


def test_a_cue_that_points_back_reports_nothing_itself() -> None:
    marked = "“Kalau cuaca baik, tujuh hari bisa dilewati.”\n\nBegitu kata [Rahman Sole], Kepala Satker, di lokasi longsor."
    assert [words for words, _, _ in told(marked)] == [
        "Kalau cuaca baik, tujuh hari bisa dilewati."
    ]


@pytest.mark.parametrize(
    ("marked", "speaker"),
    [
        # a release names the office first and the name later
        ("“Subak jangan sampai hilang,” kata Bupati di depan warga. [Gede Suarta] menilai sawah terus berkurang.", "Gede Suarta"),
        ("[Gede Suarta] lalu berdiri. “Beri saya waktu,” kata Bupati.", "Gede Suarta"),
        ("“Subak jangan sampai hilang,” kata Bupati. Camat [Udin Noor] menilai sawah terus berkurang.", "Bupati"),
        # ... and what somebody is besides is not the office
        ("“Subak jangan sampai hilang,” kata Bupati. Warga setempat, [Sopian], menilai sawah terus berkurang.", "Bupati"),
        ("“Subak jangan sampai hilang,” kata Bupati. [Sopian], petani, menilai sawah terus berkurang.", "Bupati"),
        # another name right behind the first
        ("Ketua KPU [Lalu Satria] ([Miq Awan]) tiba. “Surat suara lengkap,” kata [Miq Awan].", "Lalu Satria"),
        ("Uni [Des], begitu [Desmawati] biasa disapa, mengeluh. “Cabai sekilo mahal,” ujar [Des].", "Desmawati"),
        ("Gus [Imam], sapaan akrab KH [Imam Syafii], hadir. “Karaoke kok sampai pagi,” kata [Imam].", "Imam Syafii"),
        # descriptions
        ("Wali Kota [Sekar Ningtyas] turun bersama istri, [Deitje Wowor]. “Boneka juga ada,” kata sang istri.", "Deitje Wowor"),
        ("Camat [Udin Noor] mendampingi warga, [Sopian], di kebun. “Dua jam saya di atas,” kisah korban.", "Sopian"),
        ("Penjaga yang disapa, [Budi Raha], mengira ia guru. “Sopan sekali orangnya,” akunya.", "Budi Raha"),
    ],
)  # fmt: skip
def test_whom_an_office_or_a_description_means(marked: str, speaker: str) -> None:
    offices = (
        Office("Udin Noor", "Camat", None),
        Office("Sekar Ningtyas", "Wali Kota", None),
        Office("Lalu Satria", "Ketua KPU", None),
    )
    assert next(who for words, who, _ in told(marked, *offices) if words[:1].isupper()) == speaker


def test_a_cue_of_going_on_passes_over_whom_another_paragraph_names() -> None:
    marked = (
        "Kepala Dinas [Udin Noor] mengatakan armada siap.\n\nWali Kota [Sekar Ningtyas] meninjau"
        " armada itu di terminal.\n\n“Rutenya menyesuaikan sekolah,” {}."
    )
    offices = (
        Office("Udin Noor", "Kepala Dinas", None),
        Office("Sekar Ningtyas", "Wali Kota", None),
    )
    for cue, speaker in (("lanjutnya", "Udin Noor"), ("ujarnya", "Sekar Ningtyas")):
        assert told(marked.format(cue), *offices)[-1][1] == speaker
