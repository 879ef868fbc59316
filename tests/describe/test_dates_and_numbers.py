"""Dates, periods and numbers as Indonesian documents write them; the calendar's data."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.authority.calendar import load_calendar, roman_value
from kb.describe.dates import find_dates, parse_date
from kb.describe.numbers import is_range, is_word_value, parse_number
from kb.describe.period import years_in


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("04 Jan 2024", "2024-01-04"),
        ("Kamis (4/1/2024)", "2024-01-04"),
        ("Jum'at, 17 Agt 2018 | 10:00 WIB", "2018-08-17"),
        ("17 Gustus 2018", "2018-08-17"),
        ("9 Agu 2022", "2022-08-09"),
        ("3 Nopember 2011", "2011-11-03"),
        ("2 Pebruari 2017", "2017-02-02"),
        ("15- 08-2017", "2017-08-15"),
        ("Januari 2018", "2018-01"),
        ("March 5, 2024", "2024-03-05"),
        ("2024-01-03T20:15:00Z", "2024-01-04"),
        ("2024-01-04T09:00:00+07:00", "2024-01-04"),
        ("20240104", "2024-01-04"),
        ("D:20240104101500+07'00'", "2024-01-04"),
        ("1704330000", "2024-01-04"),
        ("1/24/2024", "2024-01-24"),
        ("31/2/2024", None),
        ("Pasal 12 ayat 3", None),
        ("kemarin", None),
    ],
)
def test_dates(text: str, iso: str | None) -> None:
    assert parse_date(text) == iso


def test_dates_are_found_in_place() -> None:
    text = "Rapat Senin (3/6/2024) di Serang lanjut 5 Juni 2024; Nomor 12/2024 bukan tanggal."
    assert [(d.iso, text[d.start : d.end]) for d in find_dates(text)] == [
        ("2024-06-03", "3/6/2024"),
        ("2024-06-05", "5 Juni 2024"),
    ]


@given(st.text(max_size=60))
def test_any_text_gives_a_date_or_none(text: str) -> None:
    iso = parse_date(text)
    assert iso is None or len(iso) in (7, 10)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("RPJMD Provinsi Contoh Tahun 2025-2029", (2025, 2026, 2027, 2028, 2029)),
        ("Renstra 2023 – 2026", (2023, 2024, 2025, 2026)),
        ("periode 2019 s.d. 2021", (2019, 2020, 2021)),
        ("Tahun 2021 sampai dengan 2022", (2021, 2022)),
        ("Tahun Anggaran 2024", (2024,)),
        ("31 Desember 2022 dan 2021", (2022,)),
        ("Perubahan atas Peraturan Daerah Nomor 7 Tahun 2019 tentang RPJMD Tahun 2018-2020",
         (2018, 2019, 2020)),
        ("Peraturan Nomor 7 Tahun 2019", ()),
        ("tanpa tahun", ()),
        ("Tahun 2045-2025", (2045,)),
    ],
)  # fmt: skip
def test_years(text: str, years: tuple[int, ...]) -> None:
    assert years_in(text) == years


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1.234,56", 1234.56, None),
        ("74,50", 74.5, None),
        ("12,5 persen", 12.5, "persen"),
        ("90%", 90, "%"),
        ("Rp1,3 triliun", 1.3e12, "Rp"),
        ("Rp 1.107.000.000,00", 1_107_000_000, "Rp"),
        ("(1.250)", -1250, None),
        ("-0,45", -0.45, None),
        ("8.5", 8.5, None),
        ("0.820", 0.82, None),
        ("1.234", 1234, None),
        ("1,234,567.89", 1234567.89, None),
        ("250 orang", 250, "orang"),
        ("2 juta", 2e6, None),
        ("A (82,5)", 82.5, None),
        ("BB (75,2)", 75.2, None),
        ("78,45 (BB)", 78.45, None),
        ("5,84*)", 5.84, None),
        ("5,84 **", 5.84, None),
        ("14,2²", 14.2, None),
        ("71,3 2)", 71.3, None),
        ("5Ha", 5, "Ha"),
        ("0 Ha", 0, "Ha"),
        ("1.733.980 m3", 1_733_980, "m3"),
        ("338.5 M3", 338.5, "M3"),
        ("7 663 174", 7_663_174, None),
        ("1 250 orang", 1250, "orang"),
        ("-1 250 300,5", -1_250_300.5, None),
        ("41. 250. 300", 41_250_300, None),
        ("12.3 45.6 78.9 08", 12_345_678_908, None),
        ("13.345. 678.910 ,25", 13_345_678_910.25, None),
        ("23.4 56.7 89.1 23,4 567", 23_456_789_123.4567, None),
        ("1. 023. 456. 789", 1_023_456_789, None),
        ("34.567.8 91.234", 34_567_891_234, None),
        ("12.3 08", 12_308, None),
        ("2,75 (Baik)", 2.75, None),
        ("Sangat Baik (4,21)", 4.21, None),
        ("66,5 / B", 66.5, None),
        ("B/65,2", 65.2, None),
        ("3,05 (Level 3)", 3.05, None),
    ],
)
def test_numbers(text: str, value: float, unit: str | None) -> None:
    number = parse_number(text)
    assert number is not None
    assert number.value == pytest.approx(value)
    assert number.unit == unit


def test_a_number_that_was_broken_is_kept_whole() -> None:
    number = parse_number("13.345. 678.910 ,25")
    assert number is not None
    assert number.text == "13.345.678.910,25"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "n/a",
        "5,1 - 5,3",
        "90-100",
        "BB",
        "WTP",
        "12.34.56",
        "4/1/2024",
        "1.23.4",
        "1OO",
        "l2,5",
        "2S",
        "100x5",
        "≥ 90",
        "> 3",
        "60–70",
        "12 (3)",
        "N/A",
        "3 dari 5",
        "100 100",
        "100 100 100",
        "81 82",
        "12 (Jumat)",
        "100 200",
        "15.000 20.000",
        "1 2.000",
        "12.5 30",
        "1.5 12.5 12",
        "1. 500",
        "2. 150.000",
        "1.500.000, 25",
        "0. 125. 300",
        "1.250. 30",
        "1:15",
    ],
)
def test_unsure_cells_are_no_numbers(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("60-70", True),
        ("5,1 – 5,3", True),
        ("≥ 80", True),
        ("> 3,5", True),
        ("80 s.d. 90", True),
        ("60-70 %", True),
        ("60% - 70%", True),
        ("5-7 hari", True),
        ("1:15", True),
        ("min 75", True),
        ("75", False),
        ("12 orang", False),
        ("4/1/2024", False),
        ("-", False),
        ("1OO", False),
    ],
)
def test_ranges_and_bounds(text: str, expected: bool) -> None:
    assert is_range(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WTP", True),
        ("BB (Sangat Baik)", True),
        ("BB (70-80)", True),
        ("Nilai B", True),
        ("60-70", True),
        ("Zona Hijau", False),
        ("Baik sekali (lihat lampiran)", False),
    ],
)
def test_results_in_words(text: str, expected: bool) -> None:
    assert is_word_value(text) is expected


@pytest.mark.parametrize(
    ("text", "value"), [("XIV", 14), ("iv", 4), ("MCMXCIX", 1999), ("IIII", None), ("", None)]
)
def test_roman(text: str, value: int | None) -> None:
    assert roman_value(text) == value


def test_calendar_data() -> None:
    data = tomllib.loads(files("kb.authority").joinpath("calendar.toml").read_text("utf-8"))
    for kind, count in (("month", 12), ("day", 7)):
        assert [row["number"] for row in data[kind]] == list(range(1, count + 1))
        names = [name for row in data[kind] for name in row["names"]]
        assert len(names) == len(set(names))
        for row in data[kind]:
            assert row["names"] == sorted(row["names"])
            assert all(name == name.strip().lower() for name in row["names"])
    assert load_calendar().months["agt"] == 8
