"""Places in a row, read apart: a venue or road and its town are two places by the guide.

``Jalan Kyai Mojo Magelang``, ``desa Kapita kecamatan Bangkala Jeneponto``, ``Moro Karimun``:
hasty writers leave the commas out and the models read one long name. Where the last words of
a place are a region that the text, or the gazetteer's tree, tells apart, they are a place of
their own. A number of a house, of a kilometre or of a page ends a road.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kb import authority
from kb.authority import norm
from kb.authority.places import TYPE_WORDS
from kb.authority.words import either, sections
from kb.model import Mention
from kb.nlp.names.spans import moved

_LIST = "rows.txt"
_ROAD = re.compile(rf"(?:{either(_LIST, 'roads')})\s", re.IGNORECASE)
_SITE = re.compile(rf"(?:{either(_LIST, 'sites')})\s", re.IGNORECASE)
_SMALLER = re.compile(rf"(?:{either(_LIST, 'smaller')})\s", re.IGNORECASE)
_WITHIN = re.compile(rf"(?<=\w)\s(?=(?:{either(_LIST, 'within')})\s\w|kota\s[A-Z])", re.IGNORECASE)
_HOUSE = re.compile(
    r"\s(?:(?:No|Nomor|KM|Km|km|no)\.?\s?\d+\w?|\d{2,3}[A-Z]?(?=\s|$))(?:\s(?=\S)|$)"
)
_TWO = re.compile(rf"(?<=\w)\s?[-–]\s?(?=(?:{either(_LIST, 'dashed')})\s[A-Z])")


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """Words that make no name with a kind of place, and those of waters (``rows.txt``)."""
    table = sections(_LIST)
    return frozenset(table["kinds"]), frozenset(table["waters"])


def read_apart(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with places that are several in a row as so many places."""
    alone = {norm(m.surface) for m in mentions if m.label == "LOC"}
    out: list[Mention] = []
    for mention in mentions:
        out.extend(_parts(text, mention, alone) if mention.label == "LOC" else [mention])
    return out


def _parts(text: str, mention: Mention, alone: set[str]) -> list[Mention]:
    surface = mention.surface
    cut = (
        _seam(_HOUSE, surface, bool(_ROAD.match(surface)))
        or _seam(_TWO, surface, True)
        or _seam(_WITHIN, surface, _may_hold(surface))
        or _town(surface, alone)
    )
    if cut is None:
        return [mention]
    end, after = cut
    first = moved(text, mention, mention.start, mention.start + end)
    if after >= len(surface):
        return [first]
    rest = moved(text, mention, mention.start + after, mention.end)
    return [first, *_parts(text, rest, alone)]


def _seam(pattern: re.Pattern[str], surface: str, wanted: bool) -> tuple[int, int] | None:
    found = pattern.search(surface, surface.find(" ") + 1) if wanted and " " in surface else None
    return found.span() if found else None


def _may_hold(surface: str) -> bool:
    """Whether a region named behind it is another place: not in ``Balai Desa Jati``."""
    if _ROAD.match(surface) or _SMALLER.match(surface):
        return True
    site = _SITE.match(surface)
    inner = _WITHIN.search(surface, 5)
    if site is None or inner is None:
        return False
    between = surface[site.end() : inner.start()].lower().split()
    return bool(between) and not set(between) <= _words()[0]


def _town(surface: str, alone: set[str]) -> tuple[int, int] | None:
    """Where the region begins that the last words name, if it is one beside the rest."""
    words = [(m.start(), m.end()) for m in re.finditer(r"\S+", surface)]
    places = authority.load().places
    kind = _ROAD.match(surface) or _SITE.match(surface)
    whole = norm(surface)
    if not whole:
        return None
    if whole in places.by_norm and not kind:
        return None
    level = TYPE_WORDS.get(whole.split()[0])
    if level and places.named(whole.partition(" ")[2], level=level):
        return None  # "Kecamatan Bandar Mataram"
    for first in range(max(1, len(words) - 3), len(words)):
        tail = norm(surface[words[first][0] :])
        large = bool(places.regions_named(tail))
        known = large or (tail in places.by_norm and _near(tail, alone))
        if not known or tail.split()[0] in TYPE_WORDS:
            continue
        front = [surface[a:b].lower().strip(".,") for a, b in words[:first]]
        if kind:
            named = front[len(kind.group().split()) :]
            enough = 1 if _ROAD.match(surface) else 2
            if len(named) < enough or set(named) <= _words()[0] or named[-1] in _words()[0]:
                continue
        elif not _holds(front, tail):
            continue
        return words[first - 1][1], words[first][0]
    return None


def _near(tail: str, alone: set[str]) -> bool:
    """Whether the text names this region by itself or the one it lies in."""
    if tail in alone:
        return True
    places = authority.load().places
    for code in places.by_norm.get(tail, ()):
        if code.count(".") != 2:
            continue
        above = places.place(code.rpartition(".")[0])
        if above and {norm(above.bare), norm(above.name)} & alone:
            return True
    return False


def _holds(front: Sequence[str], tail: str) -> bool:
    """Whether what stands before is a region within the one the last words name."""
    places = authority.load().places
    level = TYPE_WORDS.get(front[0]) if len(front) > 1 else None
    if front[-1] in _words()[1]:
        return False
    if front[0] == "sp" and len(front) == 2 and front[1].isdigit():
        return True
    bare = norm(" ".join(front[1:] if level else front))
    above = places.by_norm.get(tail, ())
    inner = places.by_norm.get(bare, ())
    if any(code.startswith(f"{upper}.") for code in inner for upper in above):
        return True
    return bool(
        level in ("desa", "kecamatan") and places.regions_named(tail) and bare in places.by_norm
    )
