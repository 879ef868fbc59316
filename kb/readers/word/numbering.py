"""The numbers that Word writes before paragraphs of lists and headings by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from kb.readers.word.package import child, local, value

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
DEEPEST = 9


@dataclass(slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False
    """All numbers in it are written in figures."""
    style: str | None = None
    restart: int | None = None
    """The level (from 1) whose next number begins this one anew; 0: none does."""


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    counters: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the paragraphs of each list as they come."""

    def __init__(self, tree: Any | None) -> None:
        self._lists: dict[str, _List] = {}
        """By number of the list; those of one definition share it with its counters."""
        self._starts: dict[str, dict[int, int]] = {}
        self.styles: dict[str, tuple[str, int]] = {}
        """Style -> (list, level) where a definition names the style."""
        kinds: dict[str, _List] = {}
        links: dict[str, str] = {}
        for node in tree if tree is not None else ():
            if local(node) == "abstractNum":
                name = value(node, "abstractNumId") or ""
                kinds[name] = _List(_levels(node))
        for node in tree if tree is not None else ():
            if local(node) != "num":
                continue
            number = value(node, "numId") or ""
            target = child(node, "abstractNumId")
            kind = kinds.get(value(target) or "" if target is not None else "")
            if kind is None:
                continue
            links[number] = number
            own = dict(kind.levels)
            starts: dict[int, int] = {}
            for override in node:
                if local(override) != "lvlOverride":
                    continue
                level = _whole(value(override, "ilvl"))
                start = child(override, "startOverride")
                if start is not None:
                    starts[level] = _whole(value(start), 1)
                inner = child(override, "lvl")
                if inner is not None:
                    own[level] = _level(inner)
            self._lists[number] = _List(own, kind.counters) if own != kind.levels else kind
            self._starts[number] = starts
            for level, found in own.items():
                if found.style:
                    self.styles.setdefault(found.style, (number, level))

    def label(self, number: str, level: int) -> str:
        """What stands before the next paragraph of this list: ``1.``, ``a)``, ``BAB II``,
        ``•``; empty where nothing does."""
        found = self._lists.get(number)
        if found is None or level not in found.levels:
            return ""
        one = found.levels[level]
        begin = self._starts[number].pop(level, None)
        counters = found.counters
        if begin is not None or level not in counters:
            counters[level] = begin if begin is not None else one.start
        else:
            counters[level] += 1
        for deeper in [other for other in counters if other > level]:
            after = found.levels[deeper].restart if deeper in found.levels else None
            if after is None or (after and level < after):
                del counters[deeper]
        if one.format == "bullet":
            return "•"
        if one.format == "none" and "%" not in one.text:
            return one.text

        def write(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = found.levels.get(at, one)
            count = counters.setdefault(at, other.start)
            return write_number(count, "decimal" if one.legal else other.format)

        return re.sub(r"%([1-9])", write, one.text).strip()


def _levels(node: Any) -> dict[int, _Level]:
    return {_whole(value(one, "ilvl")): _level(one) for one in node if local(one) == "lvl"}


def _level(node: Any) -> _Level:
    found = _Level()
    for one in node:
        name, told = local(one), value(one)
        if name == "start":
            found.start = _whole(told, 1)
        elif name == "numFmt":
            found.format = told or "decimal"
        elif name == "lvlText":
            found.text = told or ""
        elif name == "isLgl":
            found.legal = told not in {"0", "false"}
        elif name == "pStyle":
            found.style = told
        elif name == "lvlRestart":
            found.restart = _whole(told)
    return found


def _whole(text: str | None, default: int = 0) -> int:
    try:
        return min(max(int(text or default), 0), 1_000_000)
    except ValueError:
        return default


def write_number(number: int, format: str) -> str:
    """A number in one of the shapes of OOXML (``upperRoman``, ``lowerLetter``, ...)."""
    if format in {"lowerLetter", "upperLetter"} and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 9)
        return letter.upper() if format == "upperLetter" else letter
    if format in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        roman = ""
        for size, letters in _ROMAN:
            count, number = divmod(number, size)
            roman += letters * count
        return roman.upper() if format == "upperRoman" else roman
    if format == "decimalZero":
        return f"{number:02d}"
    if format == "none":
        return ""
    return str(number)
