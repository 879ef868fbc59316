"""Roads that are named by their ends: one place (``jalan Dompu-Lakey``, ``tol Medan - Binjai``).

The models read the two towns apart. A route is two places by the guide ("rute Bima-Labuan
Bajo"), as are a line of ships and what only a dash sets apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.authority import norm
from kb.authority.places import TYPE_WORDS
from kb.model import Mention
from kb.nlp.names.spans import moved

_ROAD = re.compile(
    r"(?:ruas\s)?(?:jalan(?:\s(?:tol|raya|poros|lintas))?|tol|poros)\s", re.IGNORECASE
)
_BEFORE = re.compile(rf"(?<![\w-])(?:{_ROAD.pattern})$", re.IGNORECASE)
_DASH = re.compile(r"\s?[-–]\s?")
_TOLL = re.compile(r"(?:(?:ruas|jalan)\s)*tol\s\S+$", re.IGNORECASE)
_END = re.compile(r"\s?[-–]\s?[A-Z][a-z]+(?![\w-])")
_REACH = 20
"""Characters before a town in which the kind of road stands."""


def join_roads(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` with the two ends of a road as one place, left to right."""
    out: list[Mention] = []
    for mention in mentions:
        mention = _with_end(text, mention, mentions)
        last = out[-1] if out else None
        start = None if last is None else _road(text, last, mention)
        if last is None or start is None:
            out.append(mention)
        else:
            out[-1] = moved(text, last, start, mention.end)
    return out


def _with_end(text: str, mention: Mention, mentions: Sequence[Mention]) -> Mention:
    """A toll road with its other end where that is no name ("Tol Jakarta - | Cikampek")."""
    end = _END.match(text, mention.end) if mention.label == "LOC" else None
    if end is None or not _TOLL.match(mention.surface):
        return mention
    taken = any(m.start < end.end() and mention.end < m.end for m in mentions if m is not mention)
    return mention if taken else moved(text, mention, mention.start, end.end())


def _road(text: str, one: Mention, two: Mention) -> int | None:
    """Where the road begins whose ends the two places are."""
    if one.label != "LOC" or two.label != "LOC" or not _DASH.fullmatch(text, one.end, two.start):
        return None
    if norm(two.surface).partition(" ")[0] in TYPE_WORDS or _ROAD.match(two.surface):
        return None
    if _ROAD.match(one.surface):
        return one.start
    before = _BEFORE.search(text, max(0, one.start - _REACH), one.start)
    return before.start() if before else None
