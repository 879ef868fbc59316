"""Venues, regions and who heads them as a sentence has them; our own sentences."""

from __future__ import annotations

import pytest

from kb.model import Mention
from kb.nlp.names.consistency import repeat_names
from kb.nlp.names.habits import apply_habits
from kb.nlp.names.venues import read_venues
from tests.nlp.marked import remark, unmark


def read(marked: str) -> str:
    text, mentions = unmark(marked)
    return remark(text, read_venues(text, mentions))


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("rapat di kantor {O:BPKD Wajo} ini", "rapat di {L:kantor BPKD Wajo} ini"),
        ("apel di {O:Kantor Dinas Sosial} pagi", "apel di {L:Kantor Dinas Sosial} pagi"),
        ("Kepala {O:Kantor Dinas Sosial} hadir", "Kepala {O:Kantor Dinas Sosial} hadir"),
        ("antre di {O:Kantor Imigrasi Sampit}", "antre di {O:Kantor Imigrasi Sampit}"),
        ("di ruang rapat kantor {O:DPRD Wajo}", "di ruang rapat {L:kantor DPRD Wajo}"),
        ("di ruang rapat {O:DPRD Wajo}", "di ruang rapat {O:DPRD Wajo}"),
        ("geledah kantor {L:Desa Jambu} itu", "geledah {L:kantor Desa Jambu} itu"),
        ("izin dari {O:Kantor Berita Antara}", "izin dari {O:Kantor Berita Antara}"),
        ("dari kantor {O:Malik dan Rekan}", "dari kantor {O:Malik dan Rekan}"),
        ("lantai dua kantor Bupati {L:Wajo}", "lantai dua {L:kantor Bupati Wajo}"),
        ("apel di {L:halaman kantor Bupati Wajo}", "apel di halaman {L:kantor Bupati Wajo}"),
        ("di Aula Melati {O:Dinas Sosial Bone}", "di {L:Aula Melati Dinas Sosial Bone}"),
        ("di {L:Aula UPT Benih} {L:Wajo} pagi", "di {L:Aula UPT Benih Wajo} pagi"),
        ("di {L:Aula Melati} {L:Wajo} pagi", "di {L:Aula Melati} {L:Wajo} pagi"),
        ("hutan di {L:hulu Sungai Melawi}", "hutan di hulu {L:Sungai Melawi}"),
        ("pedagang {L:pasar-pasar Bungo} jera", "pedagang pasar-pasar {L:Bungo} jera"),
        ("kapal di {L:dermaga Pelabuhan Tahuna}", "kapal di dermaga {L:Pelabuhan Tahuna}"),
        ("kapal di {L:dermaga Moa}", "kapal di {L:dermaga Moa}"),
        ("jaringan Daerah Irigasi {L:Wawotobi}", "jaringan {L:Daerah Irigasi Wawotobi}"),
        ("{L:Kawasan Kuta (KK) Pulau Weh}", "{L:Kawasan Kuta (KK)} {L:Pulau Weh}"),
        ("{L:Kawasan Khusus (KK) Tanjung Api}", "{L:Kawasan Khusus (KK) Tanjung Api}"),
        ("dari dapil {L:Bantul} 3 itu", "dari {L:dapil Bantul 3} itu"),
        ("dari dapil {L:Bantul} itu", "dari dapil {L:Bantul} itu"),
        (
            "dari Daerah Pemilihan (Dapil) {L:Bantul} 3 itu",
            "dari {L:Daerah Pemilihan (Dapil) Bantul 3} itu",
        ),
    ],
)  # fmt: skip
def test_venues(found: str, wanted: str) -> None:
    assert read(found) == wanted


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("camat {L:se-kota Palu} hadir", "camat se-{L:kota Palu} hadir"),
        ("{O:Dinas Sosial se}-{L:Maluku}", "{O:Dinas Sosial} se-{L:Maluku}"),
        ("tertinggi se-Indonesia. Tahun", "tertinggi se-{L:Indonesia}. Tahun"),
        ("kades se-Kabupaten {L:Wajo} rapat", "kades se-{L:Kabupaten Wajo} rapat"),
        ("kader se-Kecamatan hadir", "kader se-Kecamatan hadir"),
        ("oleh Presiden RI kemarin", "oleh Presiden {L:RI} kemarin"),
        ("Menteri Kelautan dan Perikanan RI hadir", "Menteri Kelautan dan Perikanan {L:RI} hadir"),
        ("pihak pemerintah {L:kota Palu} diam", "pihak {O:pemerintah kota Palu} diam"),
        ("janji pemerintah daerah {L:Kota Palu}", "janji {O:pemerintah daerah Kota Palu}"),
        ("janji pemerintah {L:Malaysia}", "janji pemerintah {L:Malaysia}"),
        ("Wali {L:Nagari Lasi} Rahmi", "Wali Nagari {L:Lasi} Rahmi"),
        ("warga {L:Nagari Lasi} rapat", "warga {L:Nagari Lasi} rapat"),
    ],
)  # fmt: skip
def test_regions(found: str, wanted: str) -> None:
    assert read(found) == wanted


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("kata Wali Kota {L:Sabrani}.", "kata Wali Kota {P:Sabrani}."),
        ("kata Wali Kota {L:Palu}.", "kata Wali Kota {L:Palu}."),
        ("Bupati {L:Sangihe} Alfrits", "Bupati {L:Sangihe} Alfrits"),
        ("Foto © Rustam2022", "Foto © {P:Rustam}2022"),
        ("Foto : Maria Rosalin/2023", "Foto : {P:Maria Rosalin}/2023"),
        ("Foto : Dokumentasi kegiatan", "Foto : Dokumentasi kegiatan"),
    ],
)
def test_who_holds_the_office_and_who_took_the_picture(found: str, wanted: str) -> None:
    assert read(found) == wanted


def test_the_short_form_in_brackets_is_found_again() -> None:
    text, mentions = unmark(
        "{O:Komite Pemantau Sungai (KPS)} melapor. Kepada KPS, warga mengadu."
        " {O:Tim Khusus (PANSUS)} bubar, kata PANSUS."
    )
    again = [m.surface for m in repeat_names(text, mentions) if m.method == "consistency"]
    assert again == ["KPS"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("hadir Danrem 132/Tadulako serta", ["132/Tadulako"]),
        ("hadir Pangdam I/Bukit Barisan, dan", ["I/Bukit Barisan"]),
        ("hadir Dandim 1403/Palopo serta", []),
    ],
)
def test_a_command_of_many_regions_bears_its_number(text: str, wanted: list[str]) -> None:
    found: list[Mention] = apply_habits(text, [])
    assert [m.surface for m in found] == wanted


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("para kader PKK desa", "para kader {O:PKK} desa"),
        ("anggaran NTB naik", "anggaran {L:NTB} naik"),
        ("Kesejahteraan Keluarga (PKK) desa", "Kesejahteraan Keluarga (PKK) desa"),
        ("Ketua OSIS SMKN 1 hadir", "Ketua OSIS SMKN 1 hadir"),
        ("kader {O:TP PKK} desa", "kader {O:TP PKK} desa"),
        ("Ketua TP.PKK Serahkan Bantuan", "Ketua {O:TP.PKK} Serahkan Bantuan"),
        ("Ketua PKK Melati Jaya", "Ketua PKK Melati Jaya"),
    ],
)
def test_some_short_forms_are_names_wherever_they_stand(found: str, wanted: str) -> None:
    text, mentions = unmark(found)
    assert remark(text, apply_habits(text, mentions)) == wanted
