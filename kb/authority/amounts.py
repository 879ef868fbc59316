"""Words of amounts: what a word behind a number multiplies it by, ordinals, what is numbered.

The words are data (``amounts.toml``); describe and search read numbers by the same ones.
"""

from __future__ import annotations

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
