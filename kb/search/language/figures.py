"""Numbers and dates in their written forms, as terms both a text and a query come to.

"dua puluh" and 20, "Rp1,5 miliar" and 1.500.000.000, "triwulan II" and "triwulan kedua",
"17 Agustus 2024" and 17/8/2024 each share a term. Plain numbers stand as digits (a comma
before decimals, as Indonesian writes them), dates as ISO 8601: ``2024-08-17``, its month
``2024-08`` and, for a day of any year, ``--08-17``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

from kb.authority.amounts import load_amounts, read_words
from kb.authority.calendar import load_calendar

Figure = tuple[int, int, str]
"""Words from and to (end excluded) that write a number or date, and its term."""

_NUMERALS = load_calendar().numerals
_AMOUNTS = load_amounts()
_POWERS = _AMOUNTS.powers
_SHORT_POWERS = _AMOUNTS.money_powers
_ORDINALS = {word: str(number) for word, number in _AMOUNTS.ordinals.items()}
_NUMBERED = _AMOUNTS.numbered
_ROMANS = {
    tens * "x" + ones: 10 * tens + value
    for tens in range(4)
    for value, ones in enumerate(("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"))
    if tens or ones
}
_ORDINAL = re.compile(r"ke-?(\d{1,3})")
_AMOUNT = re.compile(r"(?:rp|idr)?\.?(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?")
_POINT = re.compile(r"(\d+)\.(\d{1,2})")
_WHOLE = ("seratus", "seribu", "sejuta")
_STARTS = frozenset((*_NUMERALS, *_WHOLE, *_POWERS, *_SHORT_POWERS, *_NUMBERED))
_YEAR = re.compile(r"(?:19|20)\d\d")


def plain(number: Decimal) -> str:
    """The term of a number: digits, a comma before decimals, no zeros behind them."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


def amount(text: str) -> Decimal | None:
    """The number that ``text`` (folded) writes in digits: ``rp1.250,5``, ``12,5``, ``12.5``."""
    match = _AMOUNT.fullmatch(text)
    if match:
        whole, part = match.groups()
        return Decimal(whole.replace(".", "") + ("." + part if part else ""))
    match = _POINT.fullmatch(text)
    return Decimal(text) if match else None


def figures(words: Sequence[str | None]) -> list[Figure]:
    """Numbers in words, amounts with their power of ten and numbered parts, left to right.

    ``words`` are those of a query, folded; ``None`` stands for what is no plain word.
    """
    found: list[Figure] = []
    at = 0
    while at < len(words):
        written = words[at] or ""
        value = amount(written)
        power = _power(words[at + 1 : at + 2], written) if value is not None else 0
        figure = (
            (at, at + 2, plain(value.scaleb(power)))
            if value is not None and power
            else _in_words(words, at)
        )
        found += [figure] if figure else []
        at = figure[1] if figure else at + 1
    return found


def figures_of_text(words: Sequence[str], amounts: Mapping[int, str]) -> list[Figure]:
    """The same in a text, where ``1,5`` is two words; months of years as well.

    ``amounts`` gives, by the place of the word behind it, what is written in digits.
    """
    candidates = _written_out()
    found: list[Figure] = []
    if candidates.isdisjoint(words):
        return found
    done = 0
    for at in [place for place, word in enumerate(words) if word in candidates]:
        if at < done:
            continue
        word = words[at]
        figure = (
            (_amount_before(word, at, amounts) if at in amounts else None)
            or _in_words(words, at)
            or _month(words, at)
        )
        if figure:
            found.append(figure)
            done = figure[1]
    return found


def _in_words(words: Sequence[str | None], at: int) -> Figure | None:
    """The number in words, Roman figures or an ordinal that begins at ``at``."""
    word = words[at] or ""
    if word in _NUMBERED:
        number = _numbered(words[at + 1 : at + 2])
        return (at + 1, at + 2, number) if number else None
    if word in _STARTS:
        spelled = read_words(words, at)
        if spelled is not None and spelled[1] not in (0, 1):
            return at, spelled[0], plain(spelled[1])
    elif len(word) > 1 and word in _ROMANS:
        return at, at + 1, str(_ROMANS[word])
    return None


def _amount_before(word: str, at: int, amounts: Mapping[int, str]) -> Figure | None:
    """ "miliar" behind "Rp1,5"; a bare "m" only behind money."""
    written = amounts.get(at, "")
    money = written.startswith("rp")
    power = _POWERS.get(word, 0) or (_SHORT_POWERS.get(word, 0) if money else 0)
    value = amount(written) if power else None
    return (at, at + 1, plain(value.scaleb(power))) if value is not None else None


def _power(following: Sequence[str | None], written: str) -> int:
    word = (following[0] if following else None) or ""
    if word in _SHORT_POWERS and ("," in written or written.startswith("rp")):
        return _SHORT_POWERS[word]
    return _POWERS.get(word, 0)


def _numbered(following: Sequence[str | None]) -> str | None:
    word = (following[0] if following else None) or ""
    ordinal = _ORDINAL.fullmatch(word)
    if ordinal:
        return ordinal.group(1)
    roman = _ROMANS.get(word)
    return str(roman) if roman else _ORDINALS.get(word)


@cache
def _written_out() -> frozenset[str]:
    """Words one of which stands wherever a text writes a figure or a month in words."""
    return frozenset({*_STARTS, *_months()[1], *(word for word in _ROMANS if len(word) > 1)})


def incomplete_dates(words: Sequence[str | None]) -> list[Figure]:
    """Months of a year ("Agustus 2024") and days of any year ("17 Agustus") in a query."""
    found = (_month(words, at) or _day(words, at) for at in range(len(words)))
    return [date for date in found if date]


def _month(words: Sequence[str | None], at: int) -> Figure | None:
    number = _months()[1].get(words[at] or "")
    year = words[at + 1] if number and at + 1 < len(words) else None
    return (at, at + 2, f"{year}-{number:02d}") if year and _YEAR.fullmatch(year) else None


def _day(words: Sequence[str | None], at: int) -> Figure | None:
    number = _months()[1].get(words[at] or "")
    day = words[at - 1] if number and at else None
    if not day or not day.isascii() or not day.isdigit() or not 1 <= int(day) <= 31:
        return None
    return at - 1, at + 1, f"--{number:02d}-{int(day):02d}"


@cache
def _months() -> tuple[re.Pattern[str], dict[str, int]]:
    calendar = load_calendar()
    # A digit first, what stands before it second: a text is scanned for digits in half the time.
    pattern = re.compile(
        rf"([0-9](?<!\w[0-9])[0-9]?)(?:\s+((?i:{calendar.month_pattern}))\.?\s+"
        r"|([-/.])([0-9]{1,2})\3)([0-9]{4})\b"
    )
    return pattern, calendar.months


def written_dates(text: str) -> list[tuple[int, int, str]]:
    """Dates written day first ("4 Januari 2024", "04/01/2024") as (start, end, ISO date)."""
    pattern, names = _months()
    found: list[tuple[int, int, str]] = []
    for match in pattern.finditer(text):
        day, year = int(match.group(1)), int(match.group(5))
        month = names[match.group(2).lower()] if match.group(2) else int(match.group(4))
        if 1 <= day <= 31 and 1 <= month <= 12 and 1900 <= year <= 2100:
            found.append((match.start(), match.end(), f"{year:04d}-{month:02d}-{day:02d}"))
    return found


def date_terms(iso: str) -> tuple[str, str, str]:
    """The terms of a full date: itself, its month, its day in any year."""
    return iso, iso[:7], "-" + iso[4:]
