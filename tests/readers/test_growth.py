"""Work grows with the length of a text, whatever it is made of: steps are counted."""

from __future__ import annotations

import re
import sys

import pytest
from growth import steps

from kb.nlp.language import token_pattern
from kb.readers import blocks, mend, page_data, rows, text

pytestmark = pytest.mark.slow

RUNS = (
    "_", "[", "![", "a", "A", "1", " ", ".", "-", "(", "<", "*", "**", "__", "`", "a.", "a-",
    "1.", "1-", "A.", "a@", "[a](", "a ", "*a", "_a", "&", "<p ", "\n", "'", "www.", "Rp",
)  # fmt: skip
OPENERS = ("[", "![", "**", "__", "`", "a", "[a](", "*a")
PATTERNS: dict[str, re.Pattern[str]] = {
    "tokens": token_pattern(),
    "link": text._LINK,
    "strong": text._STRONG,
    "emphasis": text._EMPHASIS,
    "code": text._CODE,
    "sentence": page_data._SENTENCE,
    "word": mend._WORD,
    "tag": rows._TAG,
    "entity": rows._ENTITY,
    "class": blocks._WORDS,
}
FACTOR = 2.6
"""Twice the length may take this many times the steps: what is quadratic takes four times."""


@pytest.fixture(autouse=True)
def _deep() -> None:
    sys.setrecursionlimit(20_000)


def test_the_counter_tells_square_from_straight() -> None:
    square, straight = re.compile(r"[\w.]+@"), re.compile(r"(?<![\w.])[\w.]+@")
    assert steps(square, "_" * 200) > 3.5 * steps(square, "_" * 100)
    assert steps(straight, "_" * 200) < 2.2 * steps(straight, "_" * 100)
    assert re.findall(r"a+b|c", "aabcc") == ["aab", "c", "c"]


@pytest.mark.parametrize("name", PATTERNS)
def test_steps_grow_with_length(name: str) -> None:
    bounded = name in {"link", "strong", "emphasis", "code", "sentence"}
    size = 600 if bounded else 60
    for run in OPENERS if bounded else RUNS:
        short = (run * size)[:size]
        one, two = steps(PATTERNS[name], short), steps(PATTERNS[name], short + short)
        assert two <= FACTOR * one + 50, f"{run!r}: {one} steps, {two} for twice the length"


def test_a_word_cut_at_the_line_end_is_looked_for_at_the_end() -> None:
    assert mend.join_hyphen("x" * 10_000 + " pemba-", "ngunan jalan") == (
        "x" * 10_000 + " pembangunan jalan"
    )
