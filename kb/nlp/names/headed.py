"""Where the name of a village or district ends and that of its head begins.

In "Camat Lubuk Basung Rina Oktaviani" place and person stand side by side in capitals. The
longest name that the place list has at that level ends the place; the model alone cuts names
of several words that it has not seen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from kb import authority
from kb.model import Mention

MOST_WORDS = 4
_WORD = re.compile(r"[A-Z][\w'’-]*(?=[ ,.(]|$)")


@lru_cache(maxsize=1)
def _heads() -> tuple[re.Pattern[str], dict[str, str]]:
    raw = authority.load().namewords
    levels = {word: level for level, words in raw["headed"].items() for word in words}
    known = "|".join(re.escape(word) for word in sorted(levels, key=len, reverse=True))
    types = "|".join(raw["place"]["regions"])
    return re.compile(rf"(?<![\w-])(?P<head>{known}) (?:(?:{types}) )?(?=[A-Z])"), levels


def part_heads(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` where places of several words end as the place list has them.

    A place that reaches further already, an institution and a place of one word stay as
    they are; a person that began inside the place begins behind it.
    """
    heads, levels = _heads()
    out = list(mentions)
    for match in heads.finditer(text):
        end = _place_end(text, match.end(), levels[match["head"]])
        if end is not None:
            out = _parted(text, out, match.end(), end)
    return out


def _place_end(text: str, start: int, level: str) -> int | None:
    """Where the longest known name of two words and more ends, if there is one."""
    places = authority.load().places
    ends: list[int] = []
    at = start
    while len(ends) < MOST_WORDS and (word := _WORD.match(text, at)):
        ends.append(word.end())
        at = word.end() + 1
        if text[word.end() : at] != " ":
            break
    for end in reversed(ends[1:]):
        if places.named(text[start:end], level=level):
            return end
    return None


def _parted(text: str, mentions: list[Mention], start: int, end: int) -> list[Mention]:
    touched = [m for m in mentions if m.start < end and start < m.end]
    if any(m.end >= end and m.label != "PER" for m in touched):
        return mentions
    begin = min([start, *(m.start for m in touched if m.label == "LOC")])
    made = Mention(begin, end, text[begin:end], "LOC", method="headed", confidence=0.85)
    out = [m for m in mentions if m not in touched]
    for person in touched:
        rest = text[end : person.end].lstrip()
        if person.label == "PER" and rest:
            out.append(replace(person, start=person.end - len(rest), surface=rest))
    return sorted([*out, made], key=lambda m: m.start)
