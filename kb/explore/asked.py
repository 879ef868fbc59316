"""What a question asks for, read from its words: who held an office, a number, what was said.

Only questions of these forms are recognised; nothing is guessed about others.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from kb.authority.normal import norm

LONGEST = 200
"""Longer texts are no question of these forms."""
_YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Who:
    """Who held an office; without ``year`` the latest."""

    office: str
    """``gubernur banten``: a role and where, in normal form."""
    year: int | None


@dataclass(frozen=True, slots=True)
class HowMuch:
    """A number of an indicator; without ``year`` the latest."""

    indicator: str
    kind: Literal["target", "realisation"] | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said about something."""

    speaker: str
    """A name or an office, in normal form."""
    topic: str
    year: int | None


Asked = Who | HowMuch | Said


@cache
def _words() -> dict[str, list[str]]:
    found = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return {name: sorted(words, key=len, reverse=True) for name, words in found.items()}


def asked(question: str) -> Asked | None:
    """What the question asks for; ``None`` for anything of another form."""
    if not question or len(question) > LONGEST or '"' in question:
        return None
    text = norm(question.replace("?", " "))
    text, year = _year(text)
    if rest := _begins(text, "said"):
        return _said(rest, year)
    if rest := _begins(text, "who") or _ends(text, "who"):
        office = _without(rest, "who_filler")
        return Who(office, year) if len(office.split()) > 1 else None
    if rest := _begins(text, "how_much") or _ends(text, "how_much"):
        return _how_much(rest, year)
    return None


def _year(text: str) -> tuple[str, int | None]:
    """The text without its year, and the year where there is just one."""
    years = {m.group() for m in _YEAR.finditer(text)}
    if len(years) != 1:
        return text, None
    year = years.pop()
    begin = "|".join(_words()["year"])
    text = re.sub(rf"(?:\b(?:{begin}) )?\b{year}\b", " ", text)
    return " ".join(text.split()), int(year)


def _begins(text: str, name: str) -> str:
    """What follows one of these words at the beginning; empty where none is there."""
    for words in _words()[name]:
        if text.startswith(f"{words} "):
            return text.removeprefix(words).strip()
    return ""


def _ends(text: str, name: str) -> str:
    for words in _words()[name]:
        if text.endswith(f" {words}"):
            return text.removesuffix(words).strip()
    return ""


def _without(text: str, name: str) -> str:
    for words in _words()[name]:
        text = re.sub(rf"(?<!\S){words}(?!\S)", " ", text)
    return " ".join(text.split())


def _how_much(text: str, year: int | None) -> HowMuch | None:
    kinds: set[Literal["target", "realisation"]] = set()
    both: tuple[Literal["target", "realisation"], ...] = ("target", "realisation")
    for kind in both:
        shorter = _without(text, kind)
        if shorter != text:
            kinds.add(kind)
            text = shorter
    indicator = _without(text, "number_filler")
    if not indicator or len(kinds) > 1:
        return None
    return HowMuch(indicator, next(iter(kinds), None), year)


def _said(text: str, year: int | None) -> Said | None:
    for words in _words()["about"]:
        speaker, found, topic = text.partition(f" {words} ")
        if found and speaker.strip() and topic.strip():
            return Said(speaker.strip(), topic.strip(), year)
    return None
