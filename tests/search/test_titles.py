"""Titles that complete what is typed."""

from __future__ import annotations

import pytest

from kb.search.lexicon import Titles

TITLES = Titles(
    ["RKPD Provinsi Melati 2025", "RKPD Provinsi Melati 2024", "Jembatan Kenanga", "RKPD", "Éa Dé"]
)


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        ("rkpd", ["RKPD Provinsi Melati 2024", "RKPD Provinsi Melati 2025"]),
        ("rkpd provinsi melati 2025", []),
        ("jem", ["Jembatan Kenanga"]),
        ("ea", ["Éa Dé"]),
        ("zzz", []),
    ],
)
def test_titles_that_begin_so(prefix: str, found: list[str]) -> None:
    assert TITLES.beginning(prefix, 3) == found
    assert TITLES.beginning(prefix, 1) == found[:1]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("melati", ["RKPD Provinsi Melati 2024", "RKPD Provinsi Melati 2025"]),
        ("kena", ["Jembatan Kenanga"]),
        ("de", ["Éa Dé"]),
        ("embatan", []),
        ("rkpd", []),
    ],
)
def test_titles_with_words_further_in(words: str, found: list[str]) -> None:
    assert TITLES.holding(words, 3) == found
    assert TITLES.holding(words, 1) == found[:1]
    assert len(TITLES) == 5
    assert Titles([]).holding("a", 3) == Titles([]).beginning("a", 3) == []
