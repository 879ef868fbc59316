"""Data of agencies by year: years past the one that a sheet's text names most."""

from __future__ import annotations

import pytest

from kb.describe import extract_indicators
from kb.model import Description, Found, Page, SourceDocument, Table

ROWS = (
    ("No", "Jenis Data", "Satuan", "2021", "2022"),
    ("1", "Jumlah perahu", "Unit", "17", "22"),
)


@pytest.mark.parametrize(
    ("rule", "years"), [("year named most in the text", [2021, 2022]), ("title", [2021])]
)
def test_a_guessed_year_does_not_end_the_data(rule: str, years: list[int]) -> None:
    source = SourceDocument("a.xlsx", "xlsx", None, (Page(1, ""),), tables=(Table(1, ROWS, 1),))
    told = Description(Found("x", "test"), years=Found((2021,), rule))
    assert [value.year for value in extract_indicators(source, told)] == years


def test_what_is_named_twice_is_told_apart_or_left_out() -> None:
    rows = (
        ("Uraian Data", "Satuan", "2021", "2022"),
        ("1. Sekolah Dasar", "", "", ""),
        ("a. Jumlah siswa", "Orang", "7", "8"),
        ("2. Sekolah Menengah", "", "", ""),
        ("a. Jumlah siswa", "Orang", "5", "6"),
        ("7. Jumlah guru", "Orang", "3", "4"),
        ("9. Jumlah guru", "Orang", "2", "2"),
    )
    source = SourceDocument("a.xlsx", "xlsx", None, (Page(1, ""),), tables=(Table(1, rows, 1),))
    found = extract_indicators(source, Description(Found("x", "test")))
    assert {value.indicator for value in found} == {
        "Jumlah siswa, Sekolah Dasar",
        "Jumlah siswa, Sekolah Menengah",
    }
