"""What stands beside a name is no part of it, and what only looks like one is none."""

from __future__ import annotations

import pytest

from kb.nlp.names.strays import cut_strays
from tests.nlp.marked import remark, unmark


def cut(marked: str) -> str:
    text, mentions = unmark(marked)
    return remark(text, cut_strays(text, mentions))


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("Ketua {O:Dekranasda Kabupaten} hadir", "Ketua {O:Dekranasda} Kabupaten hadir"),
        ("kader {O:TP PKK Kecamatan} hadir", "kader {O:TP PKK} Kecamatan hadir"),
        ("semua {O:Dekranasda Kabupaten}/Kota", "semua {O:Dekranasda Kabupaten}/Kota"),
        ("anggota {O:DPRD Provinsi} hadir", "anggota {O:DPRD Provinsi} hadir"),
        ("lewat {O:Dinas Kesehatan Kabupaten}", "lewat {O:Dinas Kesehatan Kabupaten}"),
        ("sebagai {O:Dewan Pembina Kwarcab Bone}", "sebagai Dewan Pembina {O:Kwarcab Bone}"),
        ("{O:Dewan Pengawas PDAM Bone} rapat", "{O:Dewan Pengawas PDAM Bone} rapat"),
        ("Dirjen {O:Tata Ruang Kementerian ATR}", "Dirjen Tata Ruang {O:Kementerian ATR}"),
        ("Dirjen {O:Pangan Segar (PS) KKP} hadir", "Dirjen Pangan Segar (PS) {O:KKP} hadir"),
        ("Direktur Jenderal {O:Bina Keuangan} hadir", "Direktur Jenderal Bina Keuangan hadir"),
        ("Menko {P:Maritim Rudi Hartanto} hadir", "Menko Maritim {P:Rudi Hartanto} hadir"),
        ("anggota {O:DPR RI fraksi Melati}", "anggota {O:DPR RI} {O:fraksi Melati}"),
        ("Kadis {L:KP Alor} hadir", "Kadis KP {L:Alor} hadir"),
        ("Kadis {O:Damkar Kota Palu} hadir", "Kadis Damkar {L:Kota Palu} hadir"),
        ("Kadis {O:PUPR} {L:Lembata} hadir", "Kadis PUPR {L:Lembata} hadir"),
        ("Kadis {O:PUPR} {P:Sari} hadir", "Kadis {O:PUPR} {P:Sari} hadir"),
        ("dikutip {O:Laman Kabupaten Asahan}", "dikutip Laman {L:Kabupaten Asahan}"),
        ("juara {O:Kejurnas Perahu Naga} 2026", "juara Kejurnas Perahu Naga 2026"),
        ("di {O:Kejuaraan Layar Sulawesi Utara}", "di Kejuaraan Layar {L:Sulawesi Utara}"),
        ("warga {L:RW 13 Sukamiskin} hadir", "warga {L:RW 13} {L:Sukamiskin} hadir"),
        ("warga {L:RT 02 RW 01} hadir", "warga {L:RT 02 RW 01} hadir"),
        ("Ketua MK {P:Anwar Rasman Adili} perkara", "Ketua MK {P:Anwar Rasman} Adili perkara"),
        ("Pelda {O:TNI} {P:Tono} hadir", "Pelda TNI {P:Tono} hadir"),
        ("Kapolsek {P:Ajun} Komisaris", "Kapolsek Ajun Komisaris"),
        ("kepada ananda {P:ananda Siti}", "kepada ananda ananda {P:Siti}"),
        ("anggota Dapil {P:Bone Andi Saleh} hadir", "anggota Dapil {L:Bone} {P:Andi Saleh} hadir"),
        ("Kepala {O:Dinas (Kadis) Sosial Wajo}", "Kepala Dinas (Kadis) Sosial {L:Wajo}"),
        ("{O:Sekretariat (Kasek) Bawaslu Wajo}", "Sekretariat (Kasek) {O:Bawaslu Wajo}"),
        ("di {O:Kantor Wilayah (Kanwil) DJPb Bali}", "di {O:Kantor Wilayah (Kanwil) DJPb Bali}"),
        ("{O:Kantor Wilayah (Kakanwil) DJPb Bali}", "Kantor Wilayah (Kakanwil) {O:DJPb Bali}"),
        ("dari {O:laman Perpustakaan Nasional}", "dari laman {O:Perpustakaan Nasional}"),
        ("Kepala {O:Biro Akademik (Kabiro)} hadir", "Kepala Biro Akademik (Kabiro) hadir"),
        ("{O:Dinas Pendidikan (Kadisdik Wajo)}", "{O:Dinas Pendidikan} (Kadisdik Wajo)"),
        ("Kepala {O:Dinas Sosial (Dinsos) Wajo}", "Kepala {O:Dinas Sosial (Dinsos) Wajo}"),
        ("Kadis Perikanan {P:Kep. Sula} hadir", "Kadis Perikanan {L:Kep. Sula} hadir"),
        ("mampir ke {L:Paluâketika} itu", "mampir ke {L:Palu}âketika itu"),
        (
            "Wakil Ketua {O:Mahkamah Agung Bidang Non} Yudisial",
            "Wakil Ketua {O:Mahkamah Agung} Bidang Non Yudisial",
        ),
        ("rapat {O:Komisi Bidang Hukum} usai", "rapat {O:Komisi Bidang Hukum} usai"),
        ("naiknya {O:UMP Sulsel} tahun ini", "naiknya UMP {L:Sulsel} tahun ini"),
        ("lulusan {O:S1 Ilmu Pemerintahan} itu", "lulusan S1 Ilmu Pemerintahan itu"),
        ("paparan {P:Irbanwil Sudarto} rinci", "paparan Irbanwil {P:Sudarto} rinci"),
    ],
)  # fmt: skip
def test_a_name_ends_and_begins_without_them(found: str, wanted: str) -> None:
    assert cut(found) == wanted


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("{O:Bulog Sigli Jamin} Stok Beras", "{O:Bulog Sigli} Jamin Stok Beras"),
        ("{O:Kemenkes Gegara Vaksin} Kosong", "{O:Kemenkes} Gegara Vaksin Kosong"),
        ("pembukaan {L:Sail Bunaken} ramai", "pembukaan Sail {L:Bunaken} ramai"),
        ("program {O:Sail Indonesia} tutup", "program Sail {L:Indonesia} tutup"),
        ("laporan {O:MUNAS JKPI}", "laporan MUNAS {O:JKPI}"),
        ("selamat {O:PESPARAWI XIII TINGKAT} kota", "selamat PESPARAWI XIII TINGKAT kota"),
        ("laporan {O:Munas JKPI}", "laporan Munas {O:JKPI}"),
        ("bahwa {O:STQH} meriah", "bahwa STQH meriah"),
        ("ajang {O:Kejurda} dan {O:Kejurnas}", "ajang Kejurda dan Kejurnas"),
        ("Bupati {P:Hindari Penipuan} ini", "Bupati Hindari Penipuan ini"),
        ("{P:Ganendra Sindir} Lawan", "{P:Ganendra} Sindir Lawan"),
    ],
)
def test_headlines_and_events(found: str, wanted: str) -> None:
    assert cut(found) == wanted


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("Wakil Ketua I {P:Gusti Ngurah Rata} hadir", "Wakil Ketua {P:I Gusti Ngurah Rata} hadir"),
        ("kata Ni {P:Made Sari} tadi", "kata {P:Ni Made Sari} tadi"),
        ("Wakil Ketua I {P:Bambang Irawan} hadir", "Wakil Ketua I {P:Bambang Irawan} hadir"),
        ("disapa Pak {P:De Karso} itu", "disapa Pak De {P:Karso} itu"),
        ("ujar Pak {P:De} itu", "ujar Pak De itu"),
        ("kata {P:De Vries} itu", "kata {P:De Vries} itu"),
    ],
)
def test_a_name_of_birth_and_a_form_of_address(found: str, wanted: str) -> None:
    assert cut(found) == wanted


@pytest.mark.parametrize(
    "found",
    [
        "Mayjen {O:TNI} Rudi", "lomba bahasa {L:Inggris} di kota", "vaksin {O:AstraZeneca} tiba",
        "vaksin {P:Johnson} & {P:Johnson} tiba", "lagu {L:Indonesia Raya} dinyanyikan",
        "harga dolar {L:AS} naik",
        "Email {O:dinas.contoh@surel.id}", "guru {O:SD} dan {O:SMP}", "kepala {O:UPTD} menyebut",
        "menurut {O:pemkab} baru", "*Foto: {O:HBK}/Petrus", "sebut {P:Kakanreg} kemudian",
        "program {L:Desa Digdaya} dibuka. Lewat {L:Desa Digdaya}, warga siap",
    ],
)  # fmt: skip
def test_what_is_no_name(found: str) -> None:
    text, _ = unmark(found)
    assert cut(found) == text


@pytest.mark.parametrize(
    "kept",
    [
        "Prajurit {O:TNI} turun", "Kepala {O:Balai Bahasa Bali}", "Direktur {O:Kementerian Sosial}",
        "di {O:Kantor Bahasa Maluku}", "program {L:Desa Kaliau} berjalan", "{O:Pemkab} hadir",
        "kata {P:van Wijk}", "{O:Kwarcab Bone} hadir", "di {L:Pasar Senen}",
    ],
)  # fmt: skip
def test_what_stays(kept: str) -> None:
    assert cut(kept) == kept


def test_a_sultan_is_one_where_the_text_speaks_of_his_realm() -> None:
    told = "Kesultanan Bima runtuh. {P:Sultan Salahuddin} wafat, {P:Ratu Melati} berduka."
    assert (
        cut(told) == "Kesultanan Bima runtuh. Sultan {P:Salahuddin} wafat, Ratu {P:Melati} berduka."
    )
    borne = "Ketua panitia, {P:Sultan Amiruddin}, hadir."
    assert cut(borne) == borne


def test_marks_of_html_are_cut_off() -> None:
    text, mentions = unmark("pada {O:Dinas Kebudayaan (Disbud)</p}>")
    assert remark(text, cut_strays(text, mentions)) == "pada {O:Dinas Kebudayaan (Disbud)}</p>"
