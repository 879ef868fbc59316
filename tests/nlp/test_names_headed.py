"""Where the name of a village or district ends and that of its head begins."""

from __future__ import annotations

import pytest
from marked import unmark

from kb.model import TagContext
from kb.nlp import load_tagger
from kb.nlp.names.headed import part_heads


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # the model cut the place
        ("Camat {L:Lubuk} {P:Basung Rina Oktaviani}", "Camat {L:Lubuk Basung} {P:Rina Oktaviani}"),
        ("Kades Sumber {P:Rejo Wiyono} lega", "Kades {L:Sumber Rejo} {P:Wiyono} lega"),
        ("Lurah Kebon Jeruk, {P:Siti}", "Lurah {L:Kebon Jeruk}, {P:Siti}"),
        ("Wali {L:Nagari Koto} {P:Gadang Asrul}", "Wali {L:Nagari Koto Gadang} {P:Asrul}"),
        # nothing known is longer, another level, or more is found already
        ("Camat {L:Serang} {P:Budi Santoso}", None),
        ("Camat {P:Rina Oktaviani} hadir", None),
        ("Kepala {O:Desa Sungai Raya Dalam} {P:Bujang}", None),
        ("Bupati {L:Lubuk} {P:Basung Rina}", None),
        ("Camat Lubuk\n{P:Basung Rina}", None),
    ],
)
def test_the_longest_known_name_ends_the_place(given: str, expected: str | None) -> None:
    text, mentions = unmark(given)
    found = [(m.label, m.start, m.surface) for m in part_heads(text, mentions)]
    wanted = unmark(expected or given)[1]
    assert found == [(m.label, m.start, m.surface) for m in wanted]


def test_a_village_may_be_called_like_a_motto() -> None:
    text = "Kepala Desa Suka Maju Andi Saputra mengatakan jalan itu rusak, Senin (2/6)."
    found = load_tagger().tag(text, TagContext(region="Provinsi Banten", date="2025-06-02"))
    assert [m.surface for m in found.mentions] == ["Desa Suka Maju", "Andi Saputra"]
