"""Bodies and regions whose kind their form decides; our own sentences."""

from __future__ import annotations

import pytest

from kb.nlp.names.bodies import read_bodies
from kb.nlp.pipeline import load_tagger
from tests.nlp.marked import remark, unmark


def read(marked: str) -> str:
    text, mentions = unmark(marked)
    return remark(text, read_bodies(text, mentions))


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("ke {L:Pasar ASEAN} dan {L:Uni Eropa}", "ke Pasar {O:ASEAN} dan {O:Uni Eropa}"),
        ("sepuluh negara ASEAN rapat", "sepuluh negara {O:ASEAN} rapat"),
        ("{O:DPMPTSP}-{L:Kota Serang}; Wali Kota", "{O:DPMPTSP-Kota Serang}; Wali Kota"),
        ("di {O:Nusa Tenggara Barat (NTB)}", "di {L:Nusa Tenggara Barat (NTB)}"),
        ("{O:Pemkot Bersama IMI} Gelar Lomba", "{O:Pemkot} Bersama {O:IMI} Gelar Lomba"),
        (
            "{O:Unit Reskrim Polsek Muara Kuang Polres Ogan Ilir} turun",
            "{O:Unit Reskrim Polsek Muara Kuang} {O:Polres Ogan Ilir} turun",
        ),
        ("{O:Satreskrim Polres Bima Kota} turun", "{O:Satreskrim Polres Bima Kota} turun"),
        # what is no body, a hall of a neighbourhood, a body with its head's name
        ("{O:Polri} beri {O:PTDH}", "{O:Polri} beri PTDH"),
        (
            "Survei Gizi Warga Desa (SGWD) mulai. {O:SGWD} usai",
            "Survei Gizi Warga Desa (SGWD) mulai. SGWD usai",
        ),
        ("Kelompok Tani Desa (KTD) rapat. {O:KTD} usai",) * 2,
        ("di {O:Balai RW} dan {O:Balai Latihan}", "di {L:Balai RW} dan {O:Balai Latihan}"),
        (
            "Direktur {O:RSUD Dina Lestari} hadir. {P:Dina Lestari} pulang",
            "Direktur {O:RSUD} {P:Dina Lestari} hadir. {P:Dina Lestari} pulang",
        ),
        ("ke {O:RSUD Dina Lestari}. {P:Dina Lestari} pulang",) * 2,
        ("Direktur {O:RSUD Dina Lestari}. {P:Dina} pulang",) * 2,
        ("Kepala {L:Desa Kecamatan Curug}", "Kepala Desa {L:Kecamatan Curug}"),
        # clubs in short, and the boards of an election where the text is about one
        (
            "{O:Garuda FC} unggul, {P:Garuda} menang",
            "{O:Garuda FC} unggul, {O:Garuda} menang",
        ),
        (
            "{O:Garuda FC} unggul kata {P:Garuda Wira}, {P:Garuda} puas",
            "{O:Garuda FC} unggul kata {P:Garuda Wira}, {P:Garuda} puas",
        ),
        (
            "calon PPK/PPS menurut {O:KPU Tuban}",
            "calon {O:PPK}/{O:PPS} menurut {O:KPU Tuban}",
        ),
        ("PPK dan pengawas jalan hadir", "PPK dan pengawas jalan hadir"),
        ("{L:DKI} {L:Jakarta} hujan", "{L:DKI Jakarta} hujan"),
        ("Bupati {L:Tojo Una}-Una hadir", "Bupati {L:Tojo Una-Una} hadir"),
        ("Geledah Rumah Dinas Gubernur {L:Banten}", "Geledah {L:Rumah Dinas Gubernur Banten}"),
        ("geledah {L:rumah dinas Gubernur Banten}", "geledah rumah dinas Gubernur {L:Banten}"),
        ("geledah {L:rumah dinas gubernur} itu", "geledah rumah dinas gubernur itu"),
        ("Ketua {O:TPD Ganendra}-{P:Mahesa} hadir", "Ketua {O:TPD Ganendra-Mahesa} hadir"),
        (
            "{O:Tim Pemenangan} {P:Ganendra Wirya}-{P:Rina Sari} hadir",
            "{O:Tim Pemenangan Ganendra Wirya-Rina Sari} hadir",
        ),
    ],
)  # fmt: skip
def test_the_form_decides(found: str, wanted: str) -> None:
    assert read(found) == wanted


@pytest.mark.parametrize(
    "same",
    [
        "{O:Sekretariat ASEAN} dan {O:ASEAN Tourism Forum} rapat",
        "{O:Koperasi Maju Bersama Sejahtera} rapat",
        "{O:Dinas Sosial (Dinsos)} rapat",
        "{P:Ganendra}-{P:Mahesa} menang di {L:Banten} {L:Serang}",
        "{O:TNI} - {L:Kota Serang}",
        "warga {L:Serang}-Rangkasbitung antre",
    ],
)
def test_other_names_stay(same: str) -> None:
    assert read(same) == same


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Wakil Dekan II Fakultas Syariah dan Hukum UIN Walisongo Semarang hadir.",
            ["Fakultas Syariah dan Hukum UIN Walisongo Semarang"],
        ),
        (
            "Dekan Fakultas Hukum dan Rektor Universitas Mataram hadir.",
            ["Fakultas Hukum", "Universitas Mataram"],
        ),
        ("Warga Subak Sari Desa Tampaksiring menanam padi.", ["Subak Sari Desa Tampaksiring"]),
        ("Ketua TP.PKK Serahkan Bantuan kepada warga.", ["TP.PKK"]),
    ],
)
def test_the_whole_tagger_on_bodies(text: str, wanted: list[str]) -> None:
    assert [m.surface for m in load_tagger().tag(text).mentions if m.label == "ORG"] == wanted
