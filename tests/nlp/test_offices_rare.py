"""Posts by rarer names, and where their bodies come from."""

from __future__ import annotations

import pytest

from kb.nlp.language import make_nlp
from kb.nlp.offices import find_offices
from tests.nlp.marked import unmark

NLP = make_nlp()

VILLAGES = [
    (
        "Keluhan datang dari Raja Negeri {L:Hila}, {P:Abdul Latukau}.",
        [("Abdul Latukau", "Raja Negeri", "Hila")],
    ),
    (
        "Rio {L:Dusun Tanah Periuk} {P:Mahmud} menolak tambang.",
        [("Mahmud", "Rio Dusun", "Dusun Tanah Periuk")],
    ),
    (
        "{P:Yosef Rahail} dilantik sebagai Kepala Ohoi {L:Wearlilir}.",
        [("Yosef Rahail", "Kepala Ohoi", "Wearlilir")],
    ),
    (
        "{P:Warsito}, Dukuh di {L:Padukuhan Ngoro}, mengangguk.",
        [("Warsito", "Dukuh", "Padukuhan Ngoro")],
    ),
    (
        "Ketua Tuha Peut {L:Gampong Pande}, {P:Zulkifli}, hadir.",
        [("Zulkifli", "Ketua Tuha Peut", "Gampong Pande")],
    ),
    # a village taken for a name, and a word of address
    (
        "Kepala Kampung {P:Kofarit} bpk {P:Yunus Kabes} hadir.",
        [("Yunus Kabes", "Kepala Kampung", "Kofarit")],
    ),
    ("Bupati {L:Buru} Hi. {P:Hamid Wael} datang.", [("Hamid Wael", "Bupati", "Buru")]),
]


@pytest.mark.parametrize(("marked", "wanted"), VILLAGES)
def test_posts_of_villages(marked: str, wanted: list[tuple[str, str, str | None]]) -> None:
    text, mentions = unmark(marked)
    found = find_offices(NLP.make_doc(text), mentions)
    assert [(o.name, o.role, o.institution) for o in found] == wanted
