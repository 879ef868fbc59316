"""Capitalised words that name no one place or institution."""

from __future__ import annotations

import pytest

from kb.model import Mention
from kb.nlp.names.conventions import apply_conventions


@pytest.mark.parametrize(
    ("text", "surface", "label"),
    [
        ("Tionghoa, Melayu, Dayak, semua punya andil.", "Dayak", "LOC"),
        ("Koordinator KKN, Khairunnisa, senang.", "KKN", "ORG"),
        ("Oven dari DBHCHT datang tahun ini.", "DBHCHT", "ORG"),
    ],
)
def test_peoples_and_programmes_are_no_names(text: str, surface: str, label: str) -> None:
    start = text.index(surface)
    assert apply_conventions(text, [Mention(start, start + len(surface), surface, label)]) == []  # type: ignore[arg-type]


def test_longer_names_with_such_words_stay() -> None:
    text = "Rapat Dewan Adat Dayak Kalimantan Tengah."
    name = Mention(6, 40, text[6:40], "ORG")
    assert apply_conventions(text, [name]) == [name]
