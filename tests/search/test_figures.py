"""Numbers and dates in words and digits come to the same term."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kb.search.language.analysis import analyse
from kb.search.language.figures import amount, figures, incomplete_dates, plain, written_dates


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("dua puluh lima", [(0, 3, "25")]),
        ("seratus dua puluh tiga", [(0, 4, "123")]),
        ("dua ribu dua puluh empat", [(0, 5, "2024")]),
        ("seribu", [(0, 1, "1000")]),
        ("satu juta dua ratus ribu", [(0, 5, "1200000")]),
        ("dua belas", [(0, 2, "12")]),
        ("nol koma enam", [(0, 3, "0,6")]),
        ("dua koma lima juta", [(0, 4, "2500000")]),
        ("1,5 miliar", [(0, 2, "1500000000")]),
        ("rp1,5 m", [(0, 2, "1500000000")]),
        ("5 m", []),
        ("388 rb", [(0, 2, "388000")]),
        ("triwulan ii", [(1, 2, "2")]),
        ("triwulan kedua", [(1, 2, "2")]),
        ("kedua pihak", []),
        ("komisi v", [(1, 2, "5")]),
        ("v", []),
        ("musi vi", [(1, 2, "6")]),
        ("tahap ke-2", [(1, 2, "2")]),
        ("satu", []),
        ("juta", []),
        ("puluh", []),
        ("dua tiga hari", [(0, 1, "2"), (1, 2, "3")]),
        ("", []),
    ],
)
def test_figures(words: str, found: list[tuple[int, int, str]]) -> None:
    assert figures(words.split()) == found


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.250", "1250"), ("12,5", "12.5"), ("12.5", "12.5"), ("rp1.500.000,00", "1500000"),
     ("2024", "2024"), ("4/2023", None), ("abc", None), ("", None)],
)  # fmt: skip
def test_amounts(text: str, value: str | None) -> None:
    found = amount(text)
    assert (found is None) if value is None else (found == Decimal(value))


@pytest.mark.parametrize(
    ("number", "term"), [("1500.00", "1500"), ("0.60", "0,6"), ("100", "100"), ("1E+3", "1000")]
)
def test_plain(number: str, term: str) -> None:
    assert plain(Decimal(number)) == term


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("agustus 2024", [(0, 2, "2024-08")]),
        ("17 agustus", [(0, 2, "--08-17")]),
        ("17 agt 2024", [(1, 3, "2024-08")]),
        ("99 agustus", []),
        ("mei", []),
    ],
)
def test_incomplete_dates(words: str, found: list[tuple[int, int, str]]) -> None:
    assert incomplete_dates(words.split()) == found


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Rp1,5 miliar", {"1500000000", "1,5"}),
        ("Rp846.710.000.000,00", {"846.710.000.000,00", "846710000000"}),
        ("Jumat (9/8/2024)", {"9/8/2024", "2024-08-09", "2024-08", "--08-09"}),
        ("pada 9 Agustus 2024", {"2024-08-09", "2024-08", "--08-09"}),
        ("Agustus 2024", {"2024-08"}),
        ("dua puluh persen", {"20"}),
        ("triwulan II", {"2"}),
        ("salah satu", set()),
    ],
)
def test_terms_of_texts(text: str, terms: set[str]) -> None:
    assert {term for _, term in analyse(text).more} == terms
    assert written_dates("9 Agustus 2024") == [(0, 14, "2024-08-09")]


def test_percent_is_a_word_behind_a_number() -> None:
    assert analyse("20% dan 5 %, %").words == ["20", "persen", "dan", "5", "persen"]
