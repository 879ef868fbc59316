"""Dates and numbers as people write them, by the locale data of Babel (Unicode CLDR)."""

from __future__ import annotations

from datetime import date as Day
from functools import lru_cache


def number(language: str, value: float, digits: int = 0) -> str:
    """``value`` with the separators of ``id`` or ``en``: 1.234,5 or 1,234.5."""
    from babel.numbers import format_decimal

    return format_decimal(value, format=_pattern(digits), locale=language)


@lru_cache(maxsize=16)
def _pattern(digits: int) -> str:
    return "#,##0" + ("." + "0" * digits if digits else "")


@lru_cache(maxsize=4096)
def date(language: str, iso: str, *, long: bool = False) -> str | None:
    """An ISO date as ``4 Jan 2024`` (``long``: ``4 Januari 2024``), of a month or a year as
    much as is said; ``None`` for what is no date."""
    from babel.dates import format_date

    month = "MMMM" if long else "MMM"
    try:
        year, *rest = [
            int(part[:2] if place == 2 else part) for place, part in enumerate(iso.split("-"))
        ]
        day = Day(year, *[*rest, 1, 1][:2])
    except ValueError:
        return None
    return format_date(day, ("y", f"{month} y", f"d {month} y")[min(len(rest), 2)], language)
