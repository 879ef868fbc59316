"""Single names behind a form of address, in shouted and hasty lines. All persons are invented."""

from __future__ import annotations

import pytest

from kb.nlp.lines import kind_of_line
from kb.nlp.names.addressed import read_addressed
from kb.nlp.names.initials import settle_initials
from tests.nlp.marked import unmark


def called(text: str) -> list[str]:
    return [m.surface for m in read_addressed(text, [])]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("KATA PAK OBAR, BUKAN SAYA. BU CUCUN TIAP PAGI DATANG.", ["OBAR", "CUCUN"]),
        ("trus wak bahar berdiri, bu rohana setuju", ["bahar", "rohana"]),
        ("Kuncinya dititip Mbak Sulastri tadi malam", ["Sulastri"]),
        # no names: offices, ordinary words, kinds of places, regions, verbs
        ("PAK KADES DAN BU BIDAN HADIR, PAK GUB DATANG", []),
        ("para ibu penenun dan ibu rumahtangga hadir, bapak meremehkan itu", []),
        ("Ibu Distrik dan Pak Bhabin hadir di rumah Pak Garut", []),
        # names of more words are for the models to end
        ("Bapak Sulastri Wahyudi hadir", []),
    ],
)
def test_what_a_form_of_address_calls_is_a_person(text: str, names: list[str]) -> None:
    assert called(text) == names


def test_what_is_marked_stays_as_it_is() -> None:
    text, mentions = unmark("Kami di {L:Warung Bu Cucun} tadi")
    assert read_addressed(text, mentions) == mentions


def test_a_short_name_is_no_initials_where_all_is_in_capitals() -> None:
    text, mentions = unmark("SURATNYA DIKASIH KE PAK {P:OBAR}, BUKAN KE SAYA")
    assert settle_initials(text, mentions) == mentions
    text, mentions = unmark("Tersangka {P:OBAR} ditahan sejak kemarin")
    assert settle_initials(text, mentions) == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ('"RAKIT KITA RUSAK," KATA SEORANG IBU', "text"),
        (
            "WARGA MENGELUH KARENA AIR SUDAH EMPAT HARI TIDAK MENGALIR KE RUMAH MEREKA DI SANA.",
            "text",
        ),
        ("GUBERNUR BANTEN TINJAU PASAR", "heading"),
        (
            "LAMPIRAN KEPUTUSAN BUPATI TENTANG RENCANA KERJA",
            "heading",
        ),
    ],
)
def test_a_shouted_sentence_is_no_heading(line: str, kind: str) -> None:
    assert kind_of_line(line, 0) == kind
