"""Words of a page, found again when the page was read anew: offsets first, then the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

CONTEXT = 40
"""Characters kept on each side. Set by hand: enough to tell two places with the same words."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: page number and offsets into its text."""

    page: int
    start: int
    end: int


def anchor(text: str, page: int, start: int, end: int) -> dict[str, Any]:
    """What finds ``text[start:end]`` again: offsets, the words, and what stands around them."""
    return {
        "page": page,
        "start": start,
        "end": end,
        "words": text[start:end],
        "before": text[max(0, start - CONTEXT) : start],
        "after": text[end : end + CONTEXT],
    }


def find(texts: Mapping[int, str], kept: Mapping[str, Any]) -> Place | None:
    """Where the anchored words stand now; ``None`` where they do not, or cannot be told apart.

    The very place, if the words are still there with what was around them; else the place in the
    document whose surroundings are most alike, the nearest among equals. Words that stand alone
    in other surroundings on another page are taken for others.
    """
    page, words, start = int(kept["page"]), str(kept["words"]), int(kept["start"])
    text = texts.get(page)
    very = None if text is None else unmoved(text, kept)
    if very is not None or not words.strip():
        return very
    found = [
        (_alike(texts[p.page], p.start, p.end, kept), -abs(p.page - page), -abs(p.start - start), p)
        for p in _places(texts, words)
    ]
    found.sort(key=lambda one: one[:3], reverse=True)
    if not found:
        return None
    share, _, _, place = found[0]
    alone = len(found) == 1
    if share >= 0.5 or (place.page == page and (alone or place.start == start)):
        return place
    return None


def unmoved(text: str, kept: Mapping[str, Any]) -> Place | None:
    """The very place in the text of its page; ``None`` where the words or what was around them
    changed. Spares reading the whole document, where nothing was read anew."""
    page, words = int(kept["page"]), str(kept["words"])
    start, end = int(kept["start"]), int(kept["end"])
    if not words.strip():
        return Place(page, min(start, len(text)), min(end, len(text)))
    if text[start:end] == words and _alike(text, start, end, kept) == 1.0:
        return Place(page, start, end)
    return None


def _places(texts: Mapping[int, str], words: str) -> Iterator[Place]:
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words.split()))
    for number, text in texts.items():
        for match in pattern.finditer(text):
            yield Place(number, match.start(), match.end())


def _alike(text: str, start: int, end: int, kept: Mapping[str, Any]) -> float:
    """Which share of what stood around the words stands there still, from the words outwards.

    A page that begins or ends nearer to them than before is asked for no more than it has.
    """
    before = " ".join(str(kept["before"]).split())
    after = " ".join(str(kept["after"]).split())
    if not before and not after:
        return 1.0
    left = " ".join(text[max(0, start - 2 * CONTEXT) : start].split())
    right = " ".join(text[end : end + 2 * CONTEXT].split())
    around = min(len(before), len(left)) + min(len(after), len(right))
    return (_same(before[::-1], left[::-1]) + _same(after, right)) / around if around else 0.0


def _same(one: str, other: str) -> int:
    """How many characters are the same from the begin."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
