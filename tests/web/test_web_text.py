"""Both languages say everything, and numbers and dates follow their customs."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from kb.web.text import LANGUAGES, date, number, strings, translate

WEB = Path(__file__).resolve().parents[2] / "kb" / "web"


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_languages_hold_the_same_keys_with_the_same_placeholders() -> None:
    indonesian, english = (strings(language) for language in LANGUAGES)
    assert indonesian.keys() == english.keys()
    for key, text in indonesian.items():
        assert text.strip(), key
        if key != "search.help_text":
            assert fields(text) == fields(english[key]), key


def test_every_key_the_pages_name_exists() -> None:
    known = strings("id").keys()
    used: set[str] = set()
    for path in WEB.rglob("*.py"):
        used.update(
            re.findall(r"""\bt\(\s*["']([a-z]+\.[a-zA-Z_]+)["']""", path.read_text("utf-8"))
        )
    assert len(used) > 50
    assert used <= known, used - known


def test_words_end_as_their_number_asks() -> None:
    def result(documents: str, pages: str) -> str:
        fill = {"first": 1, "last": 1, "documents": documents, "total": pages}
        return translate("en", "search.result", query="1 kata[|s]", **fill)

    assert result("1", "1") == "Results 1–1 of 1 document (1 page) for 1 kata[|s]"
    assert result("11", "1,001") == "Results 1–1 of 11 documents (1,001 pages) for 1 kata[|s]"
    assert translate("en", "entities.total", total=1) == "1 entity"
    assert translate("en", "entities.total", total=2) == "2 entities"


@pytest.mark.parametrize(
    ("language", "value", "digits", "expected"),
    [("id", 1234567, 0, "1.234.567"), ("id", 1234.56, 2, "1.234,56"), ("en", 1234.5, 1, "1,234.5")],
)
def test_numbers(language: str, value: float, digits: int, expected: str) -> None:
    assert number(language, value, digits) == expected


@pytest.mark.parametrize(
    ("language", "iso", "expected"),
    [
        ("id", "2024-08-04", "4 Agu 2024"),
        ("en", "2024-05", "May 2024"),
        ("id", "2024", "2024"),
        ("id", None, ""),
        ("id", "bukan-tanggal", "bukan-tanggal"),
        ("id", "2024-99-01", "2024-99-01"),
    ],
)
def test_dates(language: str, iso: str | None, expected: str) -> None:
    assert date(language, iso) == expected


def test_an_unknown_language_falls_back_to_indonesian() -> None:
    assert translate("xx", "nav.cari") == "Cari"
