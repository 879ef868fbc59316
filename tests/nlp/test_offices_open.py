"""Posts as an open class: structure, not a list of titles, says who holds what."""

from __future__ import annotations

import pytest

from kb.nlp.language import make_nlp
from kb.nlp.offices import find_offices
from kb.nlp.offices.body_kinds import is_private, looks_like_agency
from tests.nlp.marked import unmark

NLP = make_nlp()

OPEN = [
    # functional posts, written out or behind a name, with a body or without
    (
        "Analis Kebijakan Ahli Muda {O:Bappeda} {P:Rini Astika} memaparkan data.",
        [("Rini Astika", "Analis Kebijakan Ahli Muda", "Bappeda")],
    ),
    (
        "Yang dilantik:\n1. {P:Joko Lelono} — auditor madya pada {O:Inspektorat}\n"
        "2. {P:Sari Wulan}, S.E., M.Ling. - Kabid Aset {O:BPPKAD}",
        [
            ("Joko Lelono", "auditor madya", "Inspektorat"),
            ("Sari Wulan", "Kabid Aset", "BPPKAD"),
        ],
    ),
    (
        "Notulis : {P:Nyoman Sukra} / Pranata Humas Ahli Muda",
        [("Nyoman Sukra", "Pranata Humas Ahli Muda", None)],
    ),
    # posts written in one word with the agency
    (
        "Turut hadir Kadistanpang {L:Bireuen} {P:Cut Meurah}.",
        [("Cut Meurah", "Kadistanpang", "Bireuen")],
    ),
    # units that no list has, and agencies only hasty writers shorten so
    (
        "Kabid Penegakan Perda {P:M. Subhan} memimpin razia.",
        [("M. Subhan", "Kabid Penegakan Perda", None)],
    ),
    (
        "Kasubbag Program {O:Dinrumkimhub} {P:Luh Sekar} hadir.",
        [("Luh Sekar", "Kasubbag Program", "Dinrumkimhub")],
    ),
    # posts of staff are offices beside a public body only
    (
        "bidan {P:Wati} dari {O:Puskesmas Cibeber} memeriksa warga.",
        [("Wati", "bidan", "Puskesmas Cibeber")],
    ),
    ("bidan {P:Wati} memeriksa warga.", []),
    # small posts: RT and RW, village staff
    ("Ketua {L:RT 014} {P:Fauzan} berterima kasih.", [("Fauzan", "Ketua RT", "RT 014")]),
    (
        "Ketua RT 03 RW 05 {L:Karang Anyar}, {P:Suparmin}, meminta warga tenang.",
        [("Suparmin", "Ketua RT", "RT 03 RW 05 Karang Anyar")],
    ),
    # words that point between post and name
    ("Camat setempat, {P:Wulandari}, membenarkan.", [("Wulandari", "Camat", None)]),
    (
        "Kepala Dishub setempat, {P:Marwan}, menutup jalan.".replace("Dishub", "{O:Dishub}"),
        [("Marwan", "Kepala", "Dishub")],
    ),
    (
        "Kepala Kampung yang baru {P:Kasimir Gebze} berpidato.",
        [("Kasimir Gebze", "Kepala Kampung", None)],
    ),
    ("camat {L:talegong} bu {P:eti} datang.", [("eti", "camat", "talegong")]),
    # initials before a name, typed ranks
    (
        "Kepala {O:Badan Riset dan Inovasi Nasional} LT. {P:Handoyo} hadir.",
        [("Handoyo", "Kepala Badan", "Badan Riset dan Inovasi Nasional")],
    ),
    ("Sekretaris Daerah TS {P:Arif Falah} hadir.", [("Arif Falah", "Sekretaris Daerah", None)]),
    ("Kapolres AKBP. {P:Agus Desri}, S. IK hadir.", [("Agus Desri", "Kapolres", None)]),
    ("Dibuka Walikota {L:Serang} H,{P:Syafrul},S.Sos.", [("Syafrul", "Walikota", "Serang")]),
    # a wider region without a comma
    (
        "Lurah {L:Rantau Indah} {L:Kecamatan Dendang}, {P:Abdul Kolik}, hadir.",
        [("Abdul Kolik", "Lurah", "Rantau Indah")],
    ),
    # units: in small letters, of two words, a force above them
    (
        "{P:Saul Matuan}, staf ahli bidang hukum dan politik, pindah.",
        [("Saul Matuan", "staf ahli bidang hukum dan politik", None)],
    ),
    (
        "Deputi pengembangan regional {O:Bappenas} {P:Rudy Soep} hadir.",
        [("Rudy Soep", "Deputi pengembangan regional", "Bappenas")],
    ),
    (
        "Pemateri ahli gizi {O:Puskesmas Matakali} {P:Hasriani} hadir.",
        [("Hasriani", "ahli gizi", "Puskesmas Matakali")],
    ),
    (
        "Dir Krimum {O:Polda Jambi} Kombes Pol. {P:Andri Nanta} hadir.",
        [("Andri Nanta", "Dir Krimum", "Polda Jambi")],
    ),
    (
        "Wakil Direktur {O:Polairud} {O:Polda Sulut} AKBP {P:Ferdy Lasut} hadir.",
        [("Ferdy Lasut", "Wakil Direktur Polairud", "Polda Sulut")],
    ),
    (
        "Ketua Tim Pemeriksa {O:BPK Perwakilan Jawa Timur} {P:Bambang Kun} hadir.",
        [("Bambang Kun", "Ketua Tim Pemeriksa", "BPK Perwakilan Jawa Timur")],
    ),
    # the village of the text: named within a body, or first
    (
        "Pertemuan di {O:Pemerintah Desa Patampa}. Kepala Desa {P:Baharudin} hadir.",
        [("Baharudin", "Kepala Desa", "Desa Patampa")],
    ),
    (
        "Warga {L:Kecamatan Titeue} berkumpul.\n\nCamat {P:Bukhari} hadir. Warga "
        "{L:Kecamatan Sakti} dan {L:Kecamatan Mila} diundang.",
        [("Bukhari", "Camat", "Kecamatan Titeue")],
    ),
    # a ward has many heads, a functional post its own sentence's body
    (
        "Kades {L:Margayu} {P:Ujang} hadir.\n\nKetua RW {P:Iing Solihin} juga.",
        [("Ujang", "Kades", "Margayu"), ("Iing Solihin", "Ketua RW", None)],
    ),
    (
        "Kepala {O:Dinas PRKP} {P:Tini} hadir.\n\n{P:Wisnu}, Pranata Humas Ahli Muda, pindah.",
        [("Tini", "Kepala Dinas", "Dinas PRKP"), ("Wisnu", "Pranata Humas Ahli Muda", None)],
    ),
    # lists: all of one post, or each its own
    (
        "Hadir anggota {O:Komisi D} {P:Saptono}, {P:Iwan Heri}, {P:Rusdi} dan {P:Neneng}.",
        [(name, "anggota", "Komisi D") for name in ("Saptono", "Iwan Heri", "Rusdi", "Neneng")],
    ),
    (
        "Dikukuhkan {P:Tri Hajeng} Kepala Sekolah {O:SMPN 11 Tangsel}, {P:Marhaen} ke SMPN 4.",
        [("Tri Hajeng", "Kepala Sekolah", "SMPN 11 Tangsel")],
    ),
    (
        "Hadir {P:Apa Lah}, Danramil serta Kapolsek.",
        [],
    ),
    # moved from one post to another: the new one
    (
        "{P:Thony Wally} dari Kabid Aset menjadi Kepala Pelaksana {O:BPBD}.",
        [("Thony Wally", "Kepala Pelaksana", "BPBD")],
    ),
    # a rank makes the post public
    (
        "Wakil Direktur Polairud AKBP {P:Ferdy Lasut} tidak menjawab.",
        [("Ferdy Lasut", "Wakil Direktur Polairud", None)],
    ),
    # helpers and kin of a holder hold nothing; who has a wife named behind him does
    ("Ajudan Bupati {L:Demak} {P:Rudi Herman} memberi keterangan.", []),
    ("Utusan Bupati {L:Kendal} {P:Rudi Herman} memberi keterangan.", []),
    (
        "Istri Bupati {L:Demak} {P:Rudi Herman}, {P:Ani}, hadir.",
        [("Rudi Herman", "Bupati", "Demak")],
    ),
    # elected, the region between
    ("Bupati {L:Demak} terpilih {P:Budi Utama} hadir.", [("Budi Utama", "Bupati", "Demak")]),
    # two posts with a slash
    (
        "Sekda {L:Blora}/Kepala {O:Bappeda}, {P:Hendra Wijaya}, memimpin rapat.",
        [("Hendra Wijaya", "Sekda", "Blora"), ("Hendra Wijaya", "Kepala", "Bappeda")],
    ),
    # no post of the chamber's audience
    ("Di depan anggota Pansus, {P:Elly} menyampaikan data.", []),
    (
        "Perdana Menteri {L:Inggris}, {P:Brian Johns}, datang.",
        [("Brian Johns", "Perdana Menteri", "Inggris")],
    ),
]


@pytest.mark.parametrize(("marked", "wanted"), OPEN)
def test_posts_of_the_open_class(marked: str, wanted: list[tuple[str, str, str | None]]) -> None:
    text, mentions = unmark(marked)
    found = find_offices(NLP.make_doc(text), mentions)
    assert [(o.name, o.role, o.institution) for o in found] == wanted


def test_a_body_left_out_is_the_one_the_text_names() -> None:
    text, mentions = unmark(
        "{O:DPRD Gunungkidul} menggelar rapat.\n\nAnggota pansus lainnya {P:Arif}, {P:Ngatini} "
        "dan {P:Wulan} hadir.\n\nKepala Pangkalan {P:Minarto} dari {O:Pangkalan PSDKP Bitung}."
    )
    found = {o.name: (o.role, o.institution) for o in find_offices(NLP.make_doc(text), mentions)}
    assert found == {
        "Arif": ("Anggota pansus", "DPRD Gunungkidul"),
        "Ngatini": ("Anggota pansus", "DPRD Gunungkidul"),
        "Wulan": ("Anggota pansus", "DPRD Gunungkidul"),
        "Minarto": ("Kepala Pangkalan", "Pangkalan PSDKP Bitung"),
    }


def test_no_governor_takes_a_regency_as_his_region() -> None:
    text, mentions = unmark(
        "Bupati {L:Lembata} {P:Ali} hadir.\n\nBaca: Gubernur {P:Vinsen} Berjanji"
    )
    found = {o.name: o.institution for o in find_offices(NLP.make_doc(text), mentions)}
    assert found == {"Ali": "Lembata", "Vinsen": None}


def test_short_forms_built_like_those_of_agencies() -> None:
    assert looks_like_agency("Dinrumkimhub")
    assert looks_like_agency("Disperindag Blora")
    assert not looks_like_agency("Karang Taruna")
    assert not is_private("Dindagkop UKM")
    assert is_private("Koperasi UKM Mandiri")
