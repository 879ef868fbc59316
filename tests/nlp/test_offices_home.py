"""Offices whose body or region the text gives elsewhere; every sentence is our own."""

from __future__ import annotations

import pytest

from kb.nlp.language import make_nlp
from kb.nlp.offices import find_offices
from tests.nlp.marked import unmark

NLP = make_nlp()

CASES = [
    # the one regency whose government the text names
    (
        "{O:Pemkab Konawe Selatan} melantik pejabat. Bupati {P:Surahman Mekuo} hadir.",
        [("Surahman Mekuo", "Bupati", "Konawe Selatan")],
    ),
    (
        "Sidang {O:DPRD Kabupaten Belu} dibuka. Wabup {P:Aloysius Hale} absen.",
        [("Aloysius Hale", "Wabup", "Belu")],
    ),
    # two governments leave it open; a governor heads no regency
    (
        "{O:Pemkab Belu} dan {O:Pemkab Malaka} rapat. Wabup {P:Aloysius Hale} absen.",
        [("Aloysius Hale", "Wabup", None)],
    ),
    ("{O:Pemkab Belu} rapat. Gubernur {P:Viktor Lai} absen.", [("Viktor Lai", "Gubernur", None)]),
    # the place an article is dated from says where, not whose regent
    (
        "{L:Cianjur} - Tiga puskesmas naik status. Bupati {P:Herman Suhara} setuju.",
        [("Herman Suhara", "Bupati", None)],
    ),
    # "setempat" points at the one the text speaks of
    (
        "Reses di {L:Desa Kambera}. Kepala {L:desa setempat}, {P:Yusak Lung}, setuju.",
        [("Yusak Lung", "Kepala desa", "Desa Kambera")],
    ),
    ("Kepala {L:desa setempat}, {P:Yusak Lung}, setuju.", [("Yusak Lung", "Kepala desa", None)]),
    # the body he heads, inside a longer name, by two names of one, or one of two
    (
        "{O:Unit Reskrim Polsek Rappang} bergerak. Kapolsek AKP {P:Mus Tari} puas.",
        [("Mus Tari", "Kapolsek", "Rappang")],
    ),
    (
        "{O:Lapas Kelas IIB Polewali} penuh. {O:Lapas Polewali} buka. Kalapas {P:Abdul Wari} ada.",
        [("Abdul Wari", "Kalapas", "Polewali")],
    ),
    (
        "{O:Polsek Rappang} dan {O:Polsek Cisau} bergerak. Kapolsek AKP {P:Mus Tari} puas.",
        [("Mus Tari", "Kapolsek", None)],
    ),
    ("{O:Puskesmas Maupo} sepi, kata Kapus {P:Yanti Loru}.", [("Yanti Loru", "Kapus", "Maupo")]),
    # an inspector is an office where the text has a region or an inspectorate for him
    (
        "{O:Pemkab Mamasa} rapat. Inspektur {P:Yohanis Bungin} hadir.",
        [("Yohanis Bungin", "Inspektur", "Mamasa")],
    ),
    ("Rapat dimulai. Inspektur {P:Yohanis Bungin} hadir.", []),
    # the council behind a party; a section of the ministry is none of the agency's
    (
        "Legislator {O:Gerindra} di {O:DPRD Sumba Timur}, {P:Umbu Kahu}, bertanya.",
        [("Umbu Kahu", "Legislator", "DPRD Sumba Timur")],
    ),
    (
        "Hadir Kepala {O:Dinas Koperasi Agam} {P:Mela Gusti}. Kepala {O:Kemenag Agam} {P:Jamal} "
        "membuka. Kasi Bimas Islam {P:Ansar Latif} bicara.",
        [
            ("Mela Gusti", "Kepala Dinas", "Dinas Koperasi Agam"),
            ("Jamal", "Kepala", "Kemenag Agam"),
            ("Ansar Latif", "Kasi Bimas Islam", None),
        ],
    ),
    (
        "Pelatihan di {L:Nagari Sungai Batang}. Sekretaris Nagari, {P:Yulnadi} hadir.",
        [("Yulnadi", "Sekretaris Nagari", "Nagari Sungai Batang")],
    ),
    # a section is not an agency's that has none
    (
        "Hadir Kepala {O:Badan Kesbangpol} {P:Kapsan}, Kepala {O:Disdukcapil} {P:Yamna Hasan}, "
        "Kabag Umum {P:Irsan Lubis}.",
        [
            ("Kapsan", "Kepala Badan", "Badan Kesbangpol"),
            ("Yamna Hasan", "Kepala", "Disdukcapil"),
            ("Irsan Lubis", "Kabag Umum", None),
        ],
    ),
    # ranks and forms of address that a comma cuts from the name
    (
        "Hadir Kapolsek {L:Mendahara} IPTU, {P:Abdul Jalil} serta {P:Liandri}.",
        [("Abdul Jalil", "Kapolsek", "Mendahara")],
    ),
    # in small letters, with "nya" of its own, and with "jadi"
    (
        "Rombongan {O:Dinas Arsip Buton Tengah} dipimpin sekretaris dinas {P:La Ota}.",
        [("La Ota", "sekretaris dinas", "Dinas Arsip Buton Tengah")],
    ),
    (
        "Rapat di {L:Desa Sukamulya}. Sekdes nya, {P:Ujang Karim} hadir.",
        [("Ujang Karim", "Sekdes", "Desa Sukamulya")],
    ),
    (
        "{P:La Ode Hasan} kini jadi Camat {L:Moramo Utara}.",
        [("La Ode Hasan", "Camat", "Moramo Utara")],
    ),
    # the village in the name of its hall; the only university of a text
    (
        "Warga penuhi {L:balai kampung Kwamki}. Kepala kampung {P:Bertus Magal} bicara.",
        [("Bertus Magal", "Kepala kampung", "kampung Kwamki")],
    ),
    (
        "Wakil Rektor III, {P:Nur Arafah} hadir di {O:Universitas Halu Oleo}.",
        [("Nur Arafah", "Wakil Rektor III", "Universitas Halu Oleo")],
    ),
]


@pytest.mark.parametrize(("marked", "expected"), CASES)
def test_bodies_and_regions_the_text_gives_elsewhere(
    marked: str, expected: list[tuple[str, str, str | None]]
) -> None:
    text, mentions = unmark(marked)
    found = find_offices(NLP.make_doc(text), mentions)
    assert [(o.name, o.role, o.institution) for o in found] == expected
