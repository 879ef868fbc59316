"""A site's buttons and footers are no names."""

from __future__ import annotations

import pytest

from kb.nlp.review.buttons import drop_buttons
from kb.nlp.review.noise import drop_noise
from tests.nlp.marked import unmark


@pytest.mark.parametrize(
    ("marked", "kept"),
    [
        ("{O:Follow Like Subscribe LenteraKita Official Youtube}", []),
        ("{P:Follow} {O:Instagram} kami dan {P:Like Fanpage} kami.", []),
        ("Jangan lupa {P:Like}, {P:Share} dan Subscribe.", []),
        ("{P:Follow} kami", []),
        ("Copyright © 2024 {O:Suara Benua}. All rights reserved.", []),
        (
            "Akun {O:Facebook Pemkab Blora} dibajak, kata {P:Budi}.",
            ["Facebook Pemkab Blora", "Budi"],
        ),
        ("{O:Redaksi Suara Benua} menerima {P:Budi}.", ["Redaksi Suara Benua", "Budi"]),
    ],
)
def test_words_of_buttons_are_no_names(marked: str, kept: list[str]) -> None:
    text, mentions = unmark(marked)
    assert [m.surface for m in drop_buttons(text, mentions)] == kept


def test_a_post_alone_is_no_person() -> None:
    text, mentions = unmark("{P:Dirlantas} menambahkan, korban turun. {P:Dodi} setuju.")
    assert [m.surface for m in drop_noise(text, mentions, [])] == ["Dodi"]
