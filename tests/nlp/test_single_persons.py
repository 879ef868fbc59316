"""One-word persons that only a weak guess speaks for; our own sentences."""

from __future__ import annotations

import pytest

from kb.model import Mention
from kb.nlp.review.single import drop_weak_singles


@pytest.mark.parametrize(
    ("text", "chance", "kept"),
    [
        ("Program ini sesuai dengan Karsanagara yang dicanangkan.", 0.7, False),
        ("Program ini sesuai dengan Karsanagara yang dicanangkan.", 0.9, True),
        ("Hadir Camat Karsanagara dan rombongan.", 0.7, True),
        ("Menurut Karsanagara jalan itu rusak.", 0.7, True),
        ("Jalan itu rusak, kata Karsanagara (57) di rumahnya.", 0.7, True),
        ("Hadir pula Karsanagara, S.E., dan rombongan.", 0.7, True),
        ("Terpilih Dodi Winata sebagai ketua serta Karsanagara sebagai bendahara.", 0.7, True),
        ("Foto: Karsanagara/2021", 0.7, True),
    ],
)
def test_one_word_needs_more_than_a_guess(text: str, chance: float, kept: bool) -> None:
    start = text.index("Karsanagara")
    found = Mention(start, start + 11, "Karsanagara", "PER", method="crf", confidence=chance)
    assert bool(drop_weak_singles(text, [found])) is kept


def test_a_short_form_of_somebody_stays() -> None:
    text = "Rini Karsanagara hadir. Warga memuji Karsanagara yang ramah."
    full = Mention(0, 16, "Rini Karsanagara", "PER", method="crf", confidence=0.9)
    short = Mention(37, 48, "Karsanagara", "PER", method="crf", confidence=0.6)
    assert drop_weak_singles(text, [full, short]) == [full, short]
