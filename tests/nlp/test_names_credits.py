"""Datelines and footers within running text; our own sentences."""

from __future__ import annotations

import pytest

from kb.authority.words import sections
from kb.nlp.names.credits import read_credits
from kb.nlp.pipeline import load_tagger
from tests.nlp.marked import remark, unmark


def credited(marked: str) -> str:
    text, mentions = unmark(marked)
    return remark(text, read_credits(text, mentions))


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (
            "warga antre Kota Serang (ANTARA) - {O:Dinas Sosial} hadir",
            "warga antre {L:Kota Serang} ({O:ANTARA}) - {O:Dinas Sosial} hadir",
        ),
        (
            "{O:UIN Raden Fatah (Jakarta)} – Rombongan tiba",
            "{O:UIN Raden Fatah} ({L:Jakarta}) – Rombongan tiba",
        ),
        (
            "warga {L:Lebak Pewarta}: {P:Rio} Permadi Editor: {L:Sambas} Copyright © ANTARA 2025",
            "warga {L:Lebak} Pewarta: {P:Rio Permadi} Editor: {P:Sambas} Copyright © {O:ANTARA} "
            "2025",
        ),
        ("Editor: {P:Rina Hak} Cipta © Antara 26", "Editor: {P:Rina} Hak Cipta © Antara 26"),
        ("Penulis : Robi\nEditor : Nur Aini L.", "Penulis : {P:Robi}\nEditor : {P:Nur Aini L.}"),
        ("izin dari {L:Kantor Berita ANTARA}.", "izin dari {O:Kantor Berita ANTARA}."),
        ("warga senang. (kabarlebak.com)", "warga senang. ({O:kabarlebak.com})"),
        ("warga senang. (MC {O:Kominfo})", "warga senang. ({O:MC Kominfo})"),
        ("Foto : Rina © MC-DISKOMINFO", "Foto : Rina © {O:MC-DISKOMINFO}"),
    ],
)  # fmt: skip
def test_who_made_the_text(found: str, wanted: str) -> None:
    assert credited(found) == wanted


@pytest.mark.parametrize(
    "same",
    [
        # desks and accounts are no persons
        "Penulis: Admin Desa Editor: Redaksi",
        "Editor: Humas {O:Pemkab Lebak}",
        "Reporter: {O:Diskominfo Lebak}",
        "Penulis: AdminKab",
        # words of these labels elsewhere
        "Editor buku itu, {P:Rina Wati}, hadir. Hak Cipta dijaga",
        "{O:Ikatan Pewarta Foto} rapat",
        # a short form or a hospital's town in brackets
        "{O:Dinas Sosial (Dinsos)} - Kepala hadir",
        "{O:RSUD Banten (Serang)} melayani",
        "{O:Pemkot Serang (PAD)} - naik",
        # a site of a government is no medium, and no medium stands within a sentence
        "warga senang. (serangkota.go.id)",
        "laman (kabarlebak.com) itu ditutup",
        "MC acara {P:Rina Wati} hadir",
        # the word, not the agency
        "Jarak {L:Serang} - {L:Lebak} (antara dua kota) - jauh",
    ],
)
def test_what_is_no_credit_stays(same: str) -> None:
    assert credited(same) == same


def test_a_feed_without_line_breaks_whole() -> None:
    text = (
        "Posko dibuka selama libur Kota Serang (ANTARA) - Dinas Kesehatan Kota Serang membuka "
        "posko. Baca juga: Polisi jaga Lebak Pewarta: Rio Permadi Editor: Sambas Copyright © "
        "ANTARA 2025 Dilarang mengambil konten tanpa izin dari Kantor Berita ANTARA."
    )
    found = [f"{m.label} {m.surface}" for m in load_tagger().tag(text).mentions]
    assert found == [
        "LOC Kota Serang", "ORG ANTARA", "ORG Dinas Kesehatan Kota Serang", "LOC Lebak",
        "PER Rio Permadi", "PER Sambas", "ORG ANTARA", "ORG Kantor Berita ANTARA",
    ]  # fmt: skip


def test_the_lists_are_as_the_rules_need_them() -> None:
    table = sections("beside.txt")
    assert all(word[0].isupper() for word in (*table["credits"], *table["agencies"]))
    assert all(word.islower() for word in table["desks"])
