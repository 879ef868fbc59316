"""Words that the text as a whole uses as ordinary words are no names; our own sentences."""

from __future__ import annotations

import pytest

from kb.model import Label, Mention
from kb.nlp.names.lone import drop_ordinary, settle_regions


def mention(
    text: str, surface: str, label: Label, chance: float = 0.8, method: str = "crf", nth: int = 0
) -> Mention:
    start = -1
    for _ in range(nth + 1):
        start = text.index(surface, start + 1)
    return Mention(start, start + len(surface), surface, label, method=method, confidence=chance)


ACT = "Warga dapat KXP. Kartu KXP dibagi. Manfaat KXP besar. Pemohon KXP antre."
QUARRY = "Larangan Galian berlaku. Banyak galian ditutup, kata warga di sekitar galian."


@pytest.mark.parametrize(
    ("text", "surface", "label", "chance", "kept"),
    [
        (ACT, "KXP", "ORG", 0.8, False),
        (ACT, "KXP", "ORG", 0.98, True),
        (QUARRY, "Galian", "LOC", 0.8, False),
        ("Larangan Galian berlaku di desa.", "Galian", "LOC", 0.8, True),
        ("Rapat Bappeda ditunda. Bappeda, bappeda, dan Bappeda lagi.", "Bappeda", "ORG", 0.8, True),
        ("Warga Muncar resah. Nelayan muncar melaut.", "Muncar", "PER", 0.8, True),
    ],
)
def test_what_most_lines_leave_alone_is_no_name(
    text: str, surface: str, label: Label, chance: float, kept: bool
) -> None:
    found = mention(text, surface, label, chance)
    again = [
        mention(text, surface, label, 0.6, "consistency", nth)
        for nth in range(1, text.count(surface))
    ]
    assert (drop_ordinary(text, [found, *again]) != []) is kept


def test_a_region_alone_is_no_person() -> None:
    text = "Kadis Kominfo Sultra mengatakan jalan rusak. Rina Sultra pulang."
    lone = Mention(14, 20, "Sultra", "PER", method="crf", confidence=0.8)
    assert settle_regions([lone])[0].label == "LOC"
    full = mention(text, "Rina Sultra", "PER")
    assert [m.label for m in settle_regions([lone, full])] == ["PER", "PER"]


def test_a_region_that_a_rule_has_as_a_person_is_one() -> None:
    text = "Editor: Sambas"
    lone = mention(text, "Sambas", "PER", 0.6, "rule")
    assert settle_regions([lone]) == [lone]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Lebak menerima Penghargaan Cakupan Kesehatan Semesta (CKS) dari BPJS.", False),
        ("Hadir Forum Kerukunan Warga (FKW) dan Camat.", True),
    ],
)
def test_a_short_form_spelt_out_as_something_else(text: str, kept: bool) -> None:
    found = mention(text, text[text.index("(") + 1 : text.index(")")], "ORG")
    assert (drop_ordinary(text, [found]) != []) is kept
