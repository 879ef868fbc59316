"""Names that a mark, a bracket or an "and" cut in two are one; our own sentences."""

from __future__ import annotations

import pytest

from kb.nlp.names.joined import join_names
from tests.nlp.marked import remark, unmark


def joined(marked: str) -> str:
    text, mentions = unmark(marked)
    return remark(text, join_names(text, mentions))


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("bantuan {O:Pemprov}. {L:Jambi} tiba", "bantuan {O:Pemprov. Jambi} tiba"),
        ("Ketua TP. {O:PKK} hadir", "Ketua {O:TP. PKK} hadir"),
        ("Wakil Ketua {O:TP}. PKK {P:Nur} hadir", "Wakil Ketua {O:TP. PKK} {P:Nur} hadir"),
        ("{O:Setda Pemkab}. {L:Wajo} rapat", "{O:Setda Pemkab. Wajo} rapat"),
        ("Ketua {O:DPC}. {O:Perwosi Bima} Rina", "Ketua {O:DPC. Perwosi Bima} Rina"),
        ("dibuka {O:Pemkab}. {P:Andi} datang", "dibuka {O:Pemkab}. {P:Andi} datang"),
        ("Kepala {O:Dishub Prov}. Kepri hadir", "Kepala {O:Dishub Prov. Kepri} hadir"),
        ("kata {O:Bappeda}. {L:Wajo} hujan", "kata {O:Bappeda}. {L:Wajo} hujan"),
    ],
)
def test_a_short_form_with_a_full_stop_heads_the_name(found: str, wanted: str) -> None:
    assert joined(found) == wanted


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (
            "supaya Kominfo ({O:Kementerian Komunikasi dan Informatika}) hadir",
            "supaya {O:Kominfo (Kementerian Komunikasi dan Informatika)} hadir",
        ),
        (
            "{O:APTI}({O:Asosiasi Petani Tembakau Indonesia}) Cabang Temanggung rapat",
            "{O:APTI(Asosiasi Petani Tembakau Indonesia) Cabang Temanggung} rapat",
        ),
        (
            "{O:BPIK} ({O:Balai Pelayanan Industri Kulit} dan Karet) buka",
            "{O:BPIK (Balai Pelayanan Industri Kulit dan Karet)} buka",
        ),
        ("{L:PALU} ({O:Diskominfo Palu}) - Wali", "{L:PALU} ({O:Diskominfo Palu}) - Wali"),
        ("aplikasi SIGAP ({O:Dinas Sosial}) baru", "aplikasi SIGAP ({O:Dinas Sosial}) baru"),
    ],
)  # fmt: skip
def test_a_name_in_brackets_behind_its_short_form_is_one_with_it(found: str, wanted: str) -> None:
    assert joined(found) == wanted


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (
            "{O:Dinas Kearsipan} dan {O:Perpustakaan Kota Palu} tutup",
            "{O:Dinas Kearsipan dan Perpustakaan Kota Palu} tutup",
        ),
        (
            "{O:Komite Pemantau Hutan} dan Sungai (KPHS) melapor",
            "{O:Komite Pemantau Hutan dan Sungai (KPHS)} melapor",
        ),
        (
            "{O:Kementerian Desa} dan {O:PDT} sepakat",
            "{O:Kementerian Desa dan PDT} sepakat",
        ),
        (
            "{O:Dinas Kesehatan} dan {O:Dinas Sosial} turun",
            "{O:Dinas Kesehatan} dan {O:Dinas Sosial} turun",
        ),
        ("{O:Dinas Sosial Wajo} dan {O:PMI} turun", "{O:Dinas Sosial Wajo} dan {O:PMI} turun"),
    ],
)
def test_the_field_of_an_agency_goes_on_behind_dan(found: str, wanted: str) -> None:
    assert joined(found) == wanted


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (
            "{O:UPT Uji} Kompetensi {O:BKD Provinsi Riau} sibuk",
            "{O:UPT Uji Kompetensi BKD Provinsi Riau} sibuk",
        ),
        ("Tim Terpadu {O:Pemprov Bali} turun", "{O:Tim Terpadu Pemprov Bali} turun"),
        ("Kepala Cabang {O:Dinas Pendidikan}", "Kepala {O:Cabang Dinas Pendidikan}"),
        ("Pimpinan Cabang {O:Bulog Sigli} hadir", "Pimpinan Cabang {O:Bulog Sigli} hadir"),
        ("Laboratorium {O:SMAN 1 Wajo} baru", "Laboratorium {O:SMAN 1 Wajo} baru"),
        ("sekretariat {O:DPRD} sepi", "{O:sekretariat DPRD} sepi"),
        ("sekretariat {O:PMI Wajo} sepi", "sekretariat {O:PMI Wajo} sepi"),
        ("{O:Perum Damri} dan {O:PT Maju} bersaing", "{O:Perum Damri} dan {O:PT Maju} bersaing"),
        ("predikat {O:BAN}-PT naik", "predikat {O:BAN-PT} naik"),
        ("apel {O:TNI}-POLRI pagi", "apel {O:TNI}-POLRI pagi"),
        ("{O:Bank Nagari Cabang} {L:Solok} buka", "{O:Bank Nagari Cabang Solok} buka"),
        ("Suku {O:Dinas Sosial Jakarta Barat} dan", "{O:Suku Dinas Sosial Jakarta Barat} dan"),
        ("Suku {L:Baduy} hadir", "Suku {L:Baduy} hadir"),
    ],
)  # fmt: skip
def test_a_unit_and_its_body_are_one(found: str, wanted: str) -> None:
    assert joined(found) == wanted


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (
            "{P:Abdul Hamid} (AH) Lubis lahir di sini. Jenderal AH Lubis dikenang.",
            "{P:Abdul Hamid (AH) Lubis} lahir di sini. Jenderal {P:AH Lubis} dikenang.",
        ),
        ("{P:Wati Halim} (WH) Gubernur", "{P:Wati Halim} (WH) Gubernur"),
        ("Ny. {P:Rosmala} H. {P:Amir Basri} hadir", "Ny. {P:Rosmala H. Amir Basri} hadir"),
        ("kata {P:Rusli H}, {P:Amir} diam", "kata {P:Rusli H}, {P:Amir} diam"),
        ("{P:Ramlan Dj}. Lamadjido hadir", "{P:Ramlan Dj. Lamadjido} hadir"),
        ("{P:Martinus Basik}-{L:Basik} turun", "{P:Martinus Basik-Basik} turun"),
        ("{P:Eko Prasojo} H. (Sekcam) hadir", "{P:Eko Prasojo H.} (Sekcam) hadir"),
        ("kata {P:Rudi Hartono}. H. {P:Amir} diam", "kata {P:Rudi Hartono}. H. {P:Amir} diam"),
        ("Drs. {P:Djamal Nst}. mengakui", "Drs. {P:Djamal Nst.} mengakui"),
        ("kata {P:Djamal Nst}. Ia pulang", "kata {P:Djamal Nst}. Ia pulang"),
        ("{P:Moh Ramdan} ({P:Deni) Pomanto} hadir", "{P:Moh Ramdan (Deni) Pomanto} hadir"),
    ],
)
def test_a_person_is_one_through_brackets_titles_and_stops(found: str, wanted: str) -> None:
    assert joined(found) == wanted
