"""The words of ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def words(name: str) -> frozenset[str]:
    """One list of ``words.toml``, in lower case."""
    return frozenset(_all()[name])


@cache
def _all() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """Lower case, one space between words, no signs around."""
    return " ".join(text.split()).strip(" .:!…").casefold()
