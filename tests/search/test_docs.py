"""The examples of docs/query-language.md do what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb.search import FIELD_NAMES, parse
from kb.search.tree import Everything

from .conftest import Base

PAGE = Path(__file__).resolve().parents[2] / "docs" / "query-language.md"


def _examples(language: str) -> list[str]:
    text = PAGE.read_text(encoding="utf-8")
    part = text.split(f"## {language}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \|", part, re.MULTILINE)


INDONESIAN, ENGLISH = _examples("Bahasa Indonesia"), _examples("English")


@pytest.mark.parametrize(
    ("indonesian", "english"), list(zip(INDONESIAN, ENGLISH, strict=True)), ids=INDONESIAN
)
def test_both_languages_say_the_same(indonesian: str, english: str) -> None:
    words = [re.sub(r"\b(?:puskesmas|mantan)\b", "x", q) for q in (indonesian, english)]
    assert parse(words[0]).root == parse(words[1]).root
    assert parse(indonesian).notes == ()
    assert not isinstance(parse(indonesian).root, Everything)


@pytest.mark.parametrize("query", INDONESIAN)
def test_examples_find_something(base: Base, query: str) -> None:
    result = base.ask(query)
    known = "APBD" not in query  # the invented passages have no budget
    assert result.total > 0 or not known
    assert not result.relaxed


def test_every_note_of_the_parser_is_explained() -> None:
    text = PAGE.read_text(encoding="utf-8")
    sources = Path(parse.__code__.co_filename).parent.glob("*.py")
    codes = set()
    for path in sources:
        codes |= set(re.findall(r'notes\.append\("(\w+)"\)', path.read_text(encoding="utf-8")))
    assert codes
    assert {code for code in codes if f"| `{code}` |" not in text} == set()


def test_every_field_is_a_known_one() -> None:
    for query in INDONESIAN + ENGLISH:
        for name in re.findall(r"(\w+):", query):
            assert name in FIELD_NAMES
