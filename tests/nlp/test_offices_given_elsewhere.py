"""Posts that names hide, and bodies the text gives elsewhere; every sentence is our own."""

from __future__ import annotations

import pytest

from kb.nlp.language import make_nlp
from kb.nlp.offices import find_offices
from tests.nlp.marked import unmark

NLP = make_nlp()

CASES = [
    # a post taken for an institution is a post all the same
    (
        "{O:Dirpolairud} {L:Kepri} Kombes {P:Amran Sitorus} hadir.",
        [("Amran Sitorus", "Dirpolairud", "Kepri")],
    ),
    ("Petugas: {P:Jajang Hidayat} ({O:PKD}) mencatat.", [("Jajang Hidayat", "PKD", None)]),
    # the agency in the head's title is no institution above him where a region follows
    (
        "Plt Kadis {O:PUPR} {L:Lembata}, {P:Frans Gewang} bicara.",
        [("Frans Gewang", "Plt Kadis PUPR", "Lembata")],
    ),
    # the first word of the body belongs to the post
    (
        "Pengawas {O:Sekolah Cabang Dinas Pendidikan Wilayah VII} {P:Dinar Kusuma} hadir.",
        [("Dinar Kusuma", "Pengawas Sekolah", "Cabang Dinas Pendidikan Wilayah VII")],
    ),
    # post, comma and body in brackets
    (
        "Dilantik {P:Zainul Arsyad} (Penata Ruang Ahli Muda, {O:Dinas PUPR}).",
        [("Zainul Arsyad", "Penata Ruang Ahli Muda", "Dinas PUPR")],
    ),
    # a unit in small letters between post, body and name
    (
        "Kabid kedaruratan {O:BPBD Kota Bekasi} {P:Yopi Hermawan} siaga.",
        [("Yopi Hermawan", "Kabid kedaruratan", "BPBD Kota Bekasi")],
    ),
    # teams of a public body
    (
        "Komandan {O:Tim Basarnas Ambon} {P:Yohanis Leka} menyusul.",
        [("Yohanis Leka", "Komandan", "Tim Basarnas Ambon")],
    ),
    ("Komandan {O:Tim Sepak Bola} {P:Yohanis Leka} menyusul.", []),
    # functional posts: the one agency of the paragraph, none of another
    (
        "{O:Dispersip Depok} menggelar bimtek. Arsiparis Ahli Madya {P:Desy Rahma} bicara.",
        [("Desy Rahma", "Arsiparis Ahli Madya", "Dispersip Depok")],
    ),
    (
        "{O:Dispersip Depok} menggelar bimtek.\n\nArsiparis Ahli Madya {P:Desy Rahma} bicara.",
        [("Desy Rahma", "Arsiparis Ahli Madya", None)],
    ),
    # who heads an agency of his own is no part of the agency named before
    (
        "Kepala {O:Bappeda Toraja} {P:Salvius Pasang} dan {P:Hengki Tolla} (Kadishub) hadir.",
        [("Salvius Pasang", "Kepala", "Bappeda Toraja"), ("Hengki Tolla", "Kadishub", None)],
    ),
    # commissions
    (
        "Ia mendatangi {O:KPU Simalungun}. Komisioner {P:Rosa Purba} dan Kasubbag Teknis "
        "{P:Edi Nasution} menerima.",
        [
            ("Rosa Purba", "Komisioner", "KPU Simalungun"),
            ("Edi Nasution", "Kasubbag Teknis", "KPU Simalungun"),
        ],
    ),
    (
        "Rapat {O:KPU Batu} dan {O:Bawaslu Batu}. Komisioner {P:Rosa Purba} hadir.",
        [],
    ),
    # the force whose chief the text names, not the last one named
    (
        "Kapolres {L:Lhok Sukon} {P:Teuku Ryan} melantik. {P:Anwar} pindah ke {O:Polres Bireuen}. "
        "Kabag SDM Kompol {P:Jaelani} hadir.",
        [("Teuku Ryan", "Kapolres", "Lhok Sukon"), ("Jaelani", "Kabag SDM", "Polres Lhok Sukon")],
    ),
    # the brigade before the agency that only helped
    (
        "{O:Damkar Pati} dan {O:BPBD} datang. Danton {P:Eko Rismawan} menyebut sebabnya.",
        [("Eko Rismawan", "Danton", "Damkar Pati")],
    ),
    # villages by other names, blocks, and places before their district
    (
        "{L:Desa Sebatih} ramai. Kami {O:pemdes Sebatih} rapat. Dari {L:Desa Lain} juga. "
        "Kades {P:Alip Kiting} bicara.",
        [("Alip Kiting", "Kades", "Desa Sebatih")],
    ),
    (
        "Warga {L:RW 11 Kelurahan Sukaluyu} diundang. Ketua RW {P:Iwan Budi} menunggu.",
        [("Iwan Budi", "Ketua RW", "RW 11")],
    ),
    (
        "Warga {L:RW 11} dan {L:RW 12} diundang. Ketua RW {P:Iwan Budi} menunggu.",
        [("Iwan Budi", "Ketua RW", None)],
    ),
    (
        "Warga {L:Oelbubuk} {L:Kecamatan Mollo Tengah} bekerja. Kepala Desa {P:Herman Loin} ikut.",
        [("Herman Loin", "Kepala Desa", "Oelbubuk")],
    ),
    (
        "Jogoboyo {P:Tulus Widagdo} dan Wali Jorong {L:Kubu Panjang} {P:Edison} hadir.",
        [("Tulus Widagdo", "Jogoboyo", None), ("Edison", "Wali Jorong", "Kubu Panjang")],
    ),
    # the council's secretary
    (
        "Rapat {O:DPRD Rokan Hulu} molor. Plt Sekwan {P:Bambang Irawan} menampik.",
        [("Bambang Irawan", "Plt Sekwan", "DPRD Rokan Hulu")],
    ),
    # the second men of a body named before
    (
        "Pejabat {O:BNPB} yaitu Sekretaris Utama {P:Rustan} dan Deputi Pencegahan {P:Pras Dewi}.",
        [("Rustan", "Sekretaris Utama", "BNPB"), ("Pras Dewi", "Deputi Pencegahan", "BNPB")],
    ),
    ("Hadir pejabat {O:PT Maju} yaitu Deputi Pencegahan {P:Pras Dewi}.", []),
    # inspectors of a part
    (
        "Tim {O:Inspektorat Buru} datang bersama Irban Wilayah II {P:Piter Solissa}.",
        [("Piter Solissa", "Irban Wilayah II", "Inspektorat Buru")],
    ),
]


@pytest.mark.parametrize(("marked", "expected"), CASES)
def test_posts_and_bodies(marked: str, expected: list[tuple[str, str, str | None]]) -> None:
    text, mentions = unmark(marked)
    found = find_offices(NLP.make_doc(text), mentions)
    assert [(o.name, o.role, o.institution) for o in found] == expected
