"""Word lists of the authority file: ``kb/authority/words/*.txt``, each with its source on top.

Lines beginning with ``#`` say where a list comes from; ``[section]`` lines part it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files


def lines(name: str) -> list[str]:
    """The lines of a list without remarks and empty ones, in order."""
    text = (files("kb.authority") / "words" / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def part(entries: list[str]) -> dict[str, tuple[str, ...]]:
    """Lines by the ``[section]`` they stand under."""
    out: dict[str, list[str]] = {}
    current: list[str] = []
    for line in entries:
        if re.fullmatch(r"\[\w+\]", line):
            current = out.setdefault(line[1:-1], [])
        else:
            current.append(line)
    return {key: tuple(found) for key, found in out.items()}


@lru_cache(maxsize=8)
def sections(name: str) -> Mapping[str, tuple[str, ...]]:
    """Lines of a list by ``[section]``."""
    return part(lines(name))


def either(name: str, section: str) -> str:
    """The lines of a section as alternatives of a pattern, the longest first."""
    found = sorted(sections(name)[section], key=len, reverse=True)
    return "|".join(map(re.escape, found))


@lru_cache(maxsize=1)
def people() -> Mapping[str, tuple[str, ...]]:
    """Parts of persons' names by ``people.kind`` (``sunda.m``), as written."""
    out = {}
    for line in lines("names.txt"):
        key, _, words = line.partition(":")
        out[key] = tuple(word.replace("_", " ") for word in words.split())
    return out


@lru_cache(maxsize=1)
def name_parts() -> frozenset[str]:
    """Words that stand in names of persons, in lower case."""
    return frozenset(w for parts in people().values() for p in parts for w in p.lower().split())


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Ordinary words, in lower case (``common.txt`` names its sources)."""
    return frozenset(word for line in lines("common.txt") for word in line.split())


@lru_cache(maxsize=1)
def roles() -> frozenset[str]:
    """Words for what a person is that stand before names, in lower case."""
    return frozenset(sections("roles.txt")["before_name"])


@lru_cache(maxsize=1)
def short_towns() -> Mapping[str, tuple[str, ...]]:
    """Short forms of kabupaten and kota by bare name."""
    rows = (line.split(" | ") for line in lines("short_towns.txt"))
    return {name: tuple(shorts) for name, *shorts in rows}
