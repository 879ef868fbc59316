"""Heads of regions whom two commas name; every sentence is our own."""

from __future__ import annotations

import pytest

from kb.nlp.names.posted import read_posted
from tests.nlp.marked import remark, unmark


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Camat {L:Curug} Ibnu hadir.", "Camat {L:Curug} Ibnu hadir."),
        ("kades {L:berak}, buhari, bilang.", "kades {L:berak}, {P:buhari}, bilang."),
        ("kades {L:berak}, katanya, sakit.", "kades {L:berak}, katanya, sakit."),
        ("Kades {L:Suka}, Minggu, hadir.", "Kades {L:Suka}, Minggu, hadir."),
        ("Kades {L:Suka}, buhari, hadir.", "Kades {L:Suka}, buhari, hadir."),
    ],
)
def test_heads_of_regions(marked: str, expected: str) -> None:
    text, mentions = unmark(marked)
    assert remark(text, read_posted(text, mentions)) == expected
