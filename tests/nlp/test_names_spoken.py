"""Single names that speak are persons throughout their text; invented persons."""

from __future__ import annotations

import pytest

from kb.authority.words import sections
from kb.nlp.names.spoken import read_spoken
from tests.nlp.marked import remark, unmark


def spoken(marked: str) -> str:
    text, mentions = unmark(marked)
    return remark(text, read_spoken(text, mentions))


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (
            "dukungan {O:Ganendra} naik. Saya pilih Pak Ganendra.",
            "dukungan {P:Ganendra} naik. Saya pilih Pak Ganendra.",
        ),
        (
            "{P:Ganendra Wirya} datang. Yakin {O:Ganendra} Dapat Menang",
            "{P:Ganendra Wirya} datang. Yakin {P:Ganendra} Dapat Menang",
        ),
        (
            "Yakin {L:Ganendra} Dapat Menang. Saya pilih Pak Ganendra.",
            "Yakin {P:Ganendra} Dapat Menang. Saya pilih Pak Ganendra.",
        ),
        ("lapor, kata Sutrisno. {O:Sutrisno} rapat", "lapor, kata Sutrisno. {P:Sutrisno} rapat"),
    ],
)  # fmt: skip
def test_the_text_decides(found: str, wanted: str) -> None:
    assert spoken(found) == wanted


@pytest.mark.parametrize(
    "same",
    [
        # a region, a known body, a kind of body
        "Pak Lebak hadir. Warga {L:Lebak} rapat",
        '"Naik," kata Pertamina. Kantor {O:Pertamina} ramai',
        '"Ayo," kata Bappeda. {O:Bappeda} rapat',
        # a body the model is sure of that only speaks
        '"Ayo," kata Zentrosa. Pabrik {O:Zentrosa} ramai',
        # a place where one is, or that another name follows
        "{P:Tayanda Rumra} hadir di {L:Tayanda}",
        "{P:Tayanda Rumra} dan Raja {L:Tayanda} {P:Abdul Wahid} hadir",
        # a place that somebody is called after
        "{P:Tayanda Rumra} dan warga {L:Tayanda} hadir",
        # women of a village
        "ibu-ibu Singamerta memasak. Warga {L:Singamerta}",
        # a longer name is another's
        "Pak Ganendra Wirya. Posko {O:Ganendra}",
    ],
)
def test_what_must_stay(same: str) -> None:
    assert spoken(same) == same


def test_words_of_address_stand_in_the_list() -> None:
    assert {"Pak", "Bapak", "saudara"} <= set(sections("beside.txt")["addressed"])
