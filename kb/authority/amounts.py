"""Words of amounts: what a word behind a number multiplies it by, ordinals, what is numbered.

The words are data (``amounts.toml``); describe and search read numbers by the same ones.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


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
