"""The calendar's words: months, days, Roman numerals, and patterns that find dates.

The words are data (``calendar.toml``); this module only turns them into lookups
that readers and ``describe`` share.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Calendar:
    months: dict[str, int]
    """Month number by lower-case name or short form."""
    days: dict[str, int]
    """ISO weekday (Monday is 1) by lower-case name or short form."""
    zones: tuple[str, ...]
    numerals: dict[str, int]
    roman: dict[str, int]

    @property
    def month_pattern(self) -> str:
        """Regular expression (no group) of every month name, longest first."""
        return _alternatives(self.months)

    @property
    def day_pattern(self) -> str:
        """Regular expression (no group) of every weekday name, longest first."""
        return _alternatives(self.days)


def _alternatives(words: dict[str, int]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in ordered) + ")"


@cache
def load_calendar() -> Calendar:
    """The calendar's words from ``calendar.toml`` (read once per process)."""
    data = tomllib.loads(files("kb.authority").joinpath("calendar.toml").read_text("utf-8"))
    return Calendar(
        months={name: row["number"] for row in data["month"] for name in row["names"]},
        days={name: row["number"] for row in data["day"] for name in row["names"]},
        zones=tuple(data["zone"]["names"]),
        numerals=dict(data["numeral"]),
        roman=dict(data["roman"]),
    )


@cache
def date_words() -> re.Pattern[str]:
    """Finds a written date: ``04 Jan 2024``, ``Jan 4, 2024``, ``4/1/2024``, ``2024-01-04``."""
    month = load_calendar().month_pattern
    return re.compile(
        rf"(?<!\w)(?:\d{{1,2}}[\s.\-/]+{month}\.?,?[\s.\-/]+(?:19|20)\d\d"
        rf"|{month}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d"
        r"|\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)\d\d"
        r"|(?:19|20)\d\d[/\-]\d{1,2}[/\-]\d{1,2})(?!\d)",
        re.IGNORECASE,
    )


def roman_value(text: str) -> int | None:
    """The number a Roman numeral stands for (``XIV`` is 14), ``None`` if it is not one."""
    digits = load_calendar().roman
    word = text.upper()
    if not word or not re.fullmatch(
        r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})", word
    ):
        return None
    total = 0
    for letter, following in zip(word, [*word[1:], ""], strict=True):
        value = digits[letter]
        total += -value if following and digits[following] > value else value
    return total or None
