"""The lists that reading, describing and searching share: clean, sourced, at home in one file."""

from __future__ import annotations

from decimal import Decimal
from importlib.resources import files

import pytest

from kb import authority
from kb.authority.amounts import load_amounts
from kb.authority.calendar import load_calendar
from kb.authority.words import sections
from kb.describe.numbers import parse_number
from kb.search.language.figures import figures, plain

LISTS = sorted(p.name for p in (files("kb.authority") / "words").iterdir())
DOCWORDS = ("small", "small_between", "frame", "capitals", "bodies")


@pytest.mark.parametrize("name", LISTS)
def test_every_list_says_on_top_where_it_is_from(name: str) -> None:
    assert (files("kb.authority") / "words" / name).read_text(encoding="utf-8").startswith("#")


@pytest.mark.parametrize("name", DOCWORDS)
def test_words_of_titles_stand_once_and_in_one_case(name: str) -> None:
    words = authority.load().docwords[name]
    assert len(words) == len(set(words))
    assert all(word == (word.upper() if name == "capitals" else word.lower()) for word in words)


def test_what_is_small_between_words_is_small_in_capitals_too() -> None:
    known = authority.load().docwords
    assert set(known["small_between"]) <= set(known["small"])
    # "Dalam" may begin a name: "Kementerian Dalam Negeri".
    assert "dalam" not in known["small_between"]


def test_short_forms_need_the_list() -> None:
    # Without a vowel they cannot be said as a word and stay in capitals anyway.
    assert [w for w in authority.load().docwords["capitals"] if not set(w) & set("AEIOU")] == []


def test_the_longer_name_of_a_body_is_not_hidden_by_a_shorter_one() -> None:
    bodies = authority.load().docwords["bodies"]
    for place, word in enumerate(bodies):
        assert not any(word.startswith(f"{other} ") for other in bodies[:place]), word


def test_words_of_language_are_lower_case_and_stand_once() -> None:
    for lines in sections("language.txt").values():
        words = [word for line in lines for word in line.split()]
        assert len(words) == len(set(words))
        assert all(word.islower() and word.isalpha() for word in words)


def test_places_of_other_countries_stand_once_and_are_no_region_here() -> None:
    names = [name for lines in sections("abroad.txt").values() for name in lines]
    assert len(names) == len(set(names))
    places = authority.load().places
    assert [n for n in names if any(c.count(".") < 2 for c in places.named(n))] == []


def test_months_that_tell_language_are_those_of_the_calendar() -> None:
    months = load_calendar().months
    told = {w for line in sections("language.txt")["indonesian"] for w in line.split()}
    numbers = [months[word] for word in told & set(months)]
    assert sorted(numbers) == list(range(1, 13))


@pytest.mark.parametrize("word", sorted(load_amounts().powers))
def test_describe_and_search_read_an_amount_alike(word: str) -> None:
    number = parse_number(f"2 {word}")
    assert number is not None
    ((_, _, term),) = figures(["2", word]) or figures(["dua", word])
    assert term == plain(Decimal(int(number.value)))


def test_ordinals_count_from_one() -> None:
    assert set(load_amounts().ordinals.values()) == set(range(1, 11))
    assert not load_amounts().powers.keys() & load_amounts().money_powers.keys()
