"""The rules alone: institutions, places and persons by gazetteer and neighbours."""

from __future__ import annotations

import pytest
from marked import unmark

from kb.nlp.language import make_nlp
from kb.nlp.rules import LISTS, mentions_of, rule_tags, token_lists

NLP = make_nlp()

# Every name of the text is marked; persons are invented.
CASES = [
    "{L:SERANG} - Ketua {O:DPRD Banten} {P:Andi Suherman} mengatakan, anggaran dibahas.",
    "Kepala {O:Badan Pengelolaan Keuangan dan Aset Daerah (BPKAD) Provinsi Banten} {P:Rina Dewi}.",
    "{O:Dinas Pemberdayaan Perempuan, Perlindungan Anak, Kependudukan dan Keluarga Berencana}.",
    "{O:Pemerintah Kabupaten Lebak} dan {O:Pemkot Cilegon} menandatangani nota.",
    "Warga {L:Desa Sukamaju}, {L:Kecamatan Cikeusal}, {L:Kabupaten Serang} mengadu.",
    "Rapat di {L:Gedung DPRD Provinsi Banten}, {L:Jalan Syech Nawawi}.",
    "{O:Polsek Pulomerak} mengamankan pelaku di {L:Mapolsek Pulomerak}.",
    "{O:Unit Reskrim Polsek Pulomerak} bergerak.",
    "Kapolres {L:Cilegon}, AKBP {P:Sigit Harjanto} mengatakan hal itu.",
    "Gubernur {L:Sumatera Selatan} H. {P:Herman Darusman} meresmikan {L:Jembatan Musi Lestari}.",
    "{O:Bawaslu Kota Serang}, {O:KPU RI}, dan {O:Ombudsman RI Perwakilan Provinsi Banten} hadir.",
    "{O:DPW PPP Provinsi Banten} menggelar rapat di {L:Tangerang Selatan}.",
    "{O:Kejaksaan Negeri Cilegon} memeriksa dr. {P:Siti Rahmawati}.",
    "{O:Komisi V DPRD Banten} memanggil {O:Dinas Pendidikan dan Kebudayaan}.",
    "{O:Forum Silaturahmi Pondok Pesantren (FSPP)} hadir. Kata {P:Budi Hartono}, {O:FSPP} siap.",
    "Delegasi {L:Jepang} tiba di {L:Indonesia} lewat {L:Bandara Soekarno-Hatta}.",
    "Wali Kota {L:Bima} {P:Muhammad Lutfan} tiba. Kepala {O:BPS NTB} menyambut.",
    "Kondisi itu dikatakan Kepala {O:Kantor Wilayah Kementerian Agama Provinsi Riau}.",
]  # fmt: skip


@pytest.mark.parametrize("marked", CASES)
def test_names(marked: str) -> None:
    text, expected = unmark(marked)
    found = mentions_of(NLP.make_doc(text))
    assert [(m.label, m.surface) for m in found] == [(m.label, m.surface) for m in expected]


@pytest.mark.parametrize(
    "text",
    [
        "Pemerintah daerah dan kepolisian bekerja sama dengan dinas terkait.",
        "BAB II GAMBARAN UMUM KONDISI DAERAH",
        "Tabel 2.1 Indikator Kinerja Utama Tahun 2024",
        "Menurut Gubernur, kondisi aman. Bupati dan Wali Kota sepakat.",
        "Pada Senin, 5 Mei 2025, rapat digelar.",
    ],
)
def test_no_person_where_nobody_is_named(text: str) -> None:
    assert [m.surface for m in mentions_of(NLP.make_doc(text)) if m.label == "PER"] == []


def test_tags_and_lists_stand_beside_every_token() -> None:
    doc = NLP.make_doc("Pj Gubernur Banten  Andi Soni,\n\n S.E. dari Dinas PUPR Sumsel")
    tags, lists = rule_tags(doc), token_lists(doc)
    assert len(tags) == len(lists) == len(doc)
    by_word = {t.text: (tag, names) for t, tag, names in zip(doc, tags, lists, strict=True)}
    assert by_word["Gubernur"][1] >= {"office"}
    assert by_word["Pj"][1] >= {"status"}
    assert by_word["Banten"][0] == "B-LOC"
    assert by_word["Andi"][0] == "B-PER"
    assert by_word["Soni"][0] == "I-PER"
    assert "degree" in by_word["S.E."][1]
    assert by_word["Dinas"][0] == "B-ORG"
    assert all(names <= set(LISTS) for names in lists)
