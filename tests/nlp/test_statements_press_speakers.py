"""Who says it, as press offices and newsrooms type it."""

from __future__ import annotations

import pytest

from kb.model import Office
from tests.nlp.marked_statements import statements

BUPATI = Office("Darwis Paloh", "Bupati", "Bireuen")
WAKIL = Office("Ratna Siregar", "Wakil Bupati", "Bireuen")
PLH = Office("Yusran Kota", "Plh Ketua", "PMI Bireuen", status="Plh")
KETUA = Office("Ratna Siregar", "Ketua", "PMI Bireuen")


def who(marked: str, *offices: Office, weighed: bool = False) -> list[str | None]:
    return [s.speaker for s in statements(marked, *offices, weighed=weighed)]


@pytest.mark.parametrize(
    "marked",
    [
        "Selanjutnya Bupati menyampaikan bahwa jalan selesai.",
        "Seterusnya Bupati Bireuen menyampaikan bahwa jalan selesai.",
        "Giliran Bupati menyampaikan bahwa jalan selesai.",
        "Diujung pidato Bupati Bireuen, menyampaikan bahwa jalan selesai.",
        "Masih dari naskah yang sama, Bupati menyampaikan bahwa jalan selesai.",
        "Bupati, mengucapkan selamat kepada [Nurlina Hasan] dan berharap jalan selesai.",
        "Dalam acara yang dipandu [Nurlina Hasan] ini, lebih lanjut Bupati menyebut jalan selesai.",
        "Yang terakhir, bidang jalan, Bupati menuturkan, jalan selesai.",
        "Bupati memberikan sambutan sebagai pembina, yang menekankan agar jalan selesai.",
        "[Nurlina Hasan] membacakan pesan Bupati yang mengatakan jalan selesai.",
        "Bupati, selaku pembina menuturkan bahwa jalan selesai.",
    ],
)
def test_the_office_is_read_behind_what_leads_to_it(marked: str) -> None:
    begun = "Bupati Bireuen [Darwis Paloh] datang. [Herman Tanjung] juga ada. "
    assert who(begun + marked, BUPATI) == ["Darwis Paloh"]


def test_among_others_and_in_his_message_mean_the_last() -> None:
    begun = "Asisten [Herman Tanjung] membuka acara. "
    for marked in (
        "Di antaranya berpesan penyuluh jangan lelah.",
        "Lewat amanatnya berpesan penyuluh jangan lelah.",
        "Dan berharap penyuluh tidak lelah.",
    ):
        assert who(begun + marked) == ["Herman Tanjung"]


def test_whom_the_regent_praises_is_no_regent() -> None:
    marked = (
        "[Darwis Paloh], MH Wakil Bupati Bireuen melepas kontingen. "
        "Wakil Bupati memuji penyanyi [Herlina Muyan]. Wakil Bupati berharap semua pulang sehat."
    )
    assert who(marked) == ["Darwis Paloh"]


def test_the_office_before_the_next_name_is_not_of_the_one_before() -> None:
    marked = (
        "Hadir [Darwis Paloh], MH Bupati Bireuen [Iskandar Linge]. "
        "[Herman Tanjung] pulang. Bupati menyebut jalan selesai."
    )
    assert who(marked) == ["Iskandar Linge"]


def test_an_office_of_several_is_who_spoke() -> None:
    marked = (
        "Bupati Bireuen [Darwis Paloh] menyebut jalan selesai. [Herman Tanjung] mengaku senang. "
        "Hadir Bupati Aceh Tengah [Iskandar Linge]. Tema itu, lanjut Bupati, dipilih warga."
    )
    offices = (BUPATI, Office("Iskandar Linge", "Bupati", "Aceh Tengah"))
    assert who(marked, *offices)[-1] == "Darwis Paloh"


def test_who_stands_in_for_an_office_is_not_its_holder() -> None:
    marked = (
        "Ketua PMI Bireuen [Ratna Siregar] hadir. Plh Ketua PMI Bireuen [Yusran Kota] datang. "
        "Ketua PMI Bireuen [Ratna Siregar] pulang. Plh Ketua PMI Bireuen menyebut stok aman."
    )
    assert who(marked, KETUA, PLH) == ["Yusran Kota"]


def test_weights_give_no_office_to_the_holder_of_another() -> None:
    marked = (
        "Wakil Bupati Bireuen [Ratna Siregar] meninjau kapal bersama Kapolres Bireuen. "
        "Ketika ditanya, Kapolres Bireuen menyebutkan bahwa kapal itu aman."
    )
    assert who(marked, WAKIL, weighed=True) == ["Kapolres Bireuen"]


def test_the_longer_of_two_names_is_the_one_spelt_out() -> None:
    marked = "Bupati [Darwis S Paloh] hadir. [Darwis Syah Paloh] menyebut jalan selesai."
    assert who(marked) == ["Darwis Syah Paloh"]


def test_an_assistant_is_meant_by_his_field_too() -> None:
    marked = (
        "Asisten II Setda Bireuen [Herman Tanjung] naik ke panggung. [Rosma Dewi] mengaku senang. "
        '"Pelampung dipakai," kata Asisten Perekonomian itu.'
    )
    office = Office("Herman Tanjung", "Asisten II", "Setda Bireuen")
    assert who(marked, office)[-1] == "Herman Tanjung"


def test_who_analyses_is_no_phrase() -> None:
    marked = (
        "Pasar akan sepi, kata pengamat [Nurlina Hasan]. Menurut analisisnya, harga naik lagi. "
        "“Warga menunggu,” katanya."
    )
    assert who(marked) == ["Nurlina Hasan"] * 3
