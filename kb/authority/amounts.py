"""Words of amounts: what a word behind a number multiplies it by, ordinals, what is numbered.

The words are data (``amounts.toml``); describe and search read numbers by the same ones.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from kb.authority.calendar import load_calendar


@dataclass(frozen=True, slots=True)
class Amounts:
    """All words are lower case."""

    powers: Mapping[str, int]
    """Power of ten by word: ``juta`` is 6."""
    money_powers: Mapping[str, int]
    """Those that mean it behind an amount of money only: ``M`` is 9."""
    tens: Mapping[str, int]
    """``puluh`` is 10."""
    ordinals: Mapping[str, int]
    """``kedua`` is 2."""
    numbered: frozenset[str]
    """What is numbered in Roman figures or ordinals as well as in digits."""
    glued: frozenset[str]
    """Units that are written against the number."""


@cache
def load_amounts() -> Amounts:
    """The words of ``amounts.toml`` (read once per process)."""
    data = tomllib.loads(files("kb.authority").joinpath("amounts.toml").read_text("utf-8"))
    return Amounts(
        powers=data["power"],
        money_powers=data["money_power"],
        tens=data["tens"],
        ordinals=data["ordinal"],
        numbered=frozenset(data["numbered"]["words"]),
        glued=frozenset(data["glued"]["words"]),
    )


def read_digits(text: str) -> float | None:
    """The number that digits with points and commas write, ``None`` where it is not surely one.

    Point groups thousands and comma starts decimals (``1.234,56``); a lone point that cannot
    group thousands is a decimal point (``8.5``).
    """
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", text):
        return float(text.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d+,\d+", text):
        # "1,234,567" was caught below; one comma is a decimal comma.
        return float(text.replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3},\d{3}\.\d+", text):
        return float(text.replace(",", ""))
    if re.fullmatch(r"\d+\.\d{1,2}|\d+\.\d{4,}|0\.\d+", text):
        return float(text)
    if text.isdigit():
        return float(text)
    return None


@cache
def _numerals() -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Numerals below ten, and whole ones from ten on."""
    known = load_calendar().numerals
    ones = {word: number for word, number in known.items() if number < 10}
    return ones, {word: n for word, n in known.items() if n >= 10} | {"seratus": 100}


def read_words(words: Sequence[str | None], start: int = 0) -> tuple[int, Decimal] | None:
    """The number in words (``dua puluh lima koma lima juta``) that begins at ``start``.

    ``words`` are lower case, ``None`` stands for what is no plain word. Returns where the number
    ends and its value, or ``None`` where none begins.
    """
    ones, whole, amounts = *_numerals(), load_amounts()
    total, group = Decimal(0), 0
    last: int | None = None
    at = start
    while at < len(words):
        word = words[at] or ""
        if word in ones and last is None and group % 10 == 0:
            last = ones[word]
        elif word in whole and last is None and not group % 100:
            group += whole[word]
        elif word in amounts.tens and last:
            group += 10 + last if word == "belas" else last * amounts.tens[word]
            last = None
        elif word in ("seribu", "sejuta") and last is None and not group:
            total += 1000 if word == "seribu" else 1_000_000
        elif word in amounts.powers and (last or group):
            total += (group + (last or 0)) * Decimal(10) ** amounts.powers[word]
            group, last = 0, None
        elif word == "koma" and at > start and (words[at + 1 : at + 2] or [None])[0] in ones:
            return _decimals(words, at, total + group + (last or 0))
        else:
            break
        at += 1
    return (at, total + group + (last or 0)) if at > start else None


def _decimals(
    words: Sequence[str | None], comma: int, whole: Decimal
) -> tuple[int, Decimal] | None:
    ones, _ = _numerals()
    digits, at = "", comma + 1
    while at < len(words) and (words[at] or "") in ones:
        digits += str(ones[words[at] or ""])
        at += 1
    value = whole + Decimal("0." + digits)
    power = load_amounts().powers.get(words[at] or "") if at < len(words) else None
    return (at + 1, value * Decimal(10) ** power) if power else (at, value)
