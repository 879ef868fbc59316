"""Kings, their kin and their courts; invented persons and real courts."""

from __future__ import annotations

import pytest

from kb.authority.words import sections
from kb.nlp.names.crowns import read_crowns
from tests.nlp.marked import remark, unmark


def crowned(marked: str) -> str:
    text, mentions = unmark(marked)
    return remark(text, read_crowns(text, mentions))


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("kata {O:KGPA Suryonegoro} kemarin", "kata KGPA {P:Suryonegoro} kemarin"),
        (
            "adiknya, {O:GKR Retno} {P:Wulandari Dewi}, hadir",
            "adiknya, GKR {P:Retno Wulandari Dewi}, hadir",
        ),
        ("KGPA Suryonegoro Ditunjuk Ketua", "KGPA {P:Suryonegoro} Ditunjuk Ketua"),
        (
            "wafatnya {P:Sri Susuhunan Pakubuwono} (PB) XX, ayah {O:PB XXI}",
            "wafatnya Sri Susuhunan {P:Pakubuwono (PB) XX}, ayah {P:PB XXI}",
        ),
        ("{P:Hamengku Buwono} XX dan HB XXI", "{P:Hamengku Buwono XX} dan {P:HB XXI}"),
        ("{P:Kanjeng Ratu Wiryasari} hadir", "Kanjeng Ratu {P:Wiryasari} hadir"),
    ],
)
def test_titles_stay_outside_and_numerals_inside(found: str, wanted: str) -> None:
    assert crowned(found) == wanted


@pytest.mark.parametrize(
    "same",
    [
        # a forest district bears the letters of a title, a road the name of a king
        "{O:KPH Pekalongan Barat} menutup jalan",
        "petugas KPH Banten hadir",
        "macet di {L:Jalan KGPAA Mangkunegara}",
        "macet di {L:Jalan Pakubuwono VI}",
        # the same letters where no such king is spoken of
        "{O:PB XIV PBSI} dan {O:PB PON XX Papua} rapat",
        "lantai HB IX dan PA II",
    ],
)
def test_what_only_looks_so_stays(same: str) -> None:
    assert crowned(same) == same


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (
            "Raja {L:Keraton Surakarta} rapat di Keraton Kasunanan {L:Surakarta} Hadiningrat",
            "Raja {O:Keraton Surakarta} rapat di {O:Keraton Kasunanan Surakarta Hadiningrat}",
        ),
        (
            "wisata ke Keraton Kasunanan {L:Surakarta} ramai",
            "wisata ke {L:Keraton Kasunanan Surakarta} ramai",
        ),
        ("wisata ke {L:Keraton Kaibon} ramai", "wisata ke {L:Keraton Kaibon} ramai"),
    ],
)
def test_a_court_that_acts_is_a_body(found: str, wanted: str) -> None:
    assert crowned(found) == wanted


def test_the_lists_are_as_the_rules_need_them() -> None:
    table = sections("beside.txt")
    assert all(word[0].isupper() for word in table["crowns"])
    for row in table["dynasties"]:
        short, *forms = (form.strip() for form in row.split("|"))
        assert short.isupper()
        assert forms
    assert "Raja" in table["of_court"]
