"""Maps without tiles: the coast as a picture, points as links over it.

Longitude and latitude are drawn as plane coordinates (equirectangular), which within 11
degrees of the equator is off by less than 2 %. The box keeps its shape at every width.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kb.authority import geography
from kb.authority.geography import Box
from kb.web.parts.drawing import picture, point
from kb.web.safe import html
from kb.web.theme import SERIES_COLOURS

SHAPE = 1.62
"""Width of a map over its height."""
WIDE, NARROW = 700, 366
"""Pixels a map is usually wide on a desk and on a phone, for placing names."""
LETTER, LINE = 6.2, 16
"""Pixels a letter and a line of a name take."""
UNITS = 2000
"""Units of the drawing over its width: a shore is drawn to a third of a pixel."""
EDGE = 20
"""Units beyond the edge to which land outside is moved."""
COLOURS = {"region": SERIES_COLOURS[0], "province": SERIES_COLOURS[2], "centre": SERIES_COLOURS[1]}
GREY = "#7f8c8d"

Kind = Literal["region", "province", "centre"]


@dataclass(frozen=True, slots=True)
class Dot:
    """A point to draw."""

    address: str
    id: str
    short: str
    """Written beside it, where there is room."""
    lat: float
    lon: float
    size: float
    said: str
    """Its name and what is counted there."""
    kind: Kind


def place_map(dots: Sequence[Dot], box: Box, label: str) -> str:
    """Dots over the land in ``box`` as HTML, the important ones first."""
    west, south, east, north = box = _shaped(box)
    most = max((dot.size for dot in dots), default=1) or 1
    inside = [d for d in dots if west <= d.lon <= east and south <= d.lat <= north]
    sizes = {dot.id: 9 + 19 * math.sqrt(dot.size / most) for dot in inside}
    named = {width: _named(inside, sizes, box, width) for width in (WIDE, NARROW)}
    drawn = ""
    for dot in inside:
        left = 100 * (dot.lon - west) / (east - west)
        top = 100 * (north - dot.lat) / (north - south)
        style = f"kb-dot kb-dot-{dot.kind}" + (" kb-leftwards" if left > 50 else "")
        if dot.id not in named[WIDE]:
            style += " kb-nameless"
        elif dot.id not in named[NARROW]:
            style += " kb-named-wide"
        drawn += (
            "<li>"
            + point(
                dot.address,
                dot.said,
                place=(
                    f"left:{left:.2f}%;top:{top:.2f}%;--s:{sizes[dot.id]:.0f}px;--c:{COLOURS[dot.kind]}"
                ),
                style=style,
                inner=f"<i></i><span>{html(dot.short)}</span>",
            )
            + "</li>"
        )
    return (
        f'<div class="kb-map" style="aspect-ratio:{SHAPE}" role="group" aria-label="{html(label)}">'
        f"{_land(box)}<ul>{drawn}</ul></div>"
    )


def _shaped(box: Box) -> Box:
    """The box made wider or higher, so that it has the shape of a map."""
    west, south, east, north = box
    wide, high = east - west, north - south
    if wide / high < SHAPE:
        more = (high * SHAPE - wide) / 2
        return west - more, south, east + more, north
    more = (wide / SHAPE - high) / 2
    return west, south - more, east, north + more


def _land(box: Box) -> str:
    west, _, east, north = box
    scale = UNITS / (east - west)
    paths = {True: "", False: ""}
    for land in geography.coast(box):
        paths[land.indonesian] += _outline(land.ring, west, north, scale)
    body = "".join(
        f"<path d='{path}' fill='{GREY}' fill-opacity='{fill}' stroke='{GREY}' "
        f"stroke-opacity='{shore}' stroke-width='.8' vector-effect='non-scaling-stroke'/>"
        for path, fill, shore in ((paths[False], 0.08, 0.25), (paths[True], 0.24, 0.7))
        if path
    )
    return picture(body, UNITS, UNITS / SHAPE, "kb-land")


def _outline(ring: Sequence[tuple[float, float]], west: float, north: float, scale: float) -> str:
    """A ring as path data in whole units, points that fall together left out.

    What lies outside the map is moved to just beyond its edge, which changes nothing inside.
    """
    places: list[tuple[int, int]] = []
    for lon, lat in ring:
        x, y = round((lon - west) * scale), round((north - lat) * scale)
        place = min(max(x, -EDGE), UNITS + EDGE), min(max(y, -EDGE), UNITS + EDGE)
        if not places or place != places[-1]:
            places.append(place)
    if len(places) < 3:
        return ""
    (x, y), *rest = places
    path = [f"M{x} {y}l"]
    for a, b in rest:
        path.append(f"{a - x} {b - y}")
        x, y = a, b
    return path[0] + " ".join(path[1:]) + "z"


def _named(dots: Sequence[Dot], sizes: dict[str, float], box: Box, width: int) -> set[str]:
    """The dots that get their name written on a map of this width: the first ones, none
    over another name or another dot."""
    west, south, east, _ = box
    scale = width / (east - west)
    at = {d.id: ((d.lon - west) * scale, (d.lat - south) * scale) for d in dots}
    taken = [(*at[d.id], sizes[d.id] / 2, sizes[d.id] / 2, d.id) for d in dots]
    named = set()
    for dot in dots:
        x, y = at[dot.id]
        y += (sizes[dot.id] + LINE) / 2
        half = len(dot.short) * LETTER / 2
        free = all(
            abs(x - a) >= half + wide or abs(y - b) >= LINE / 2 + high
            for a, b, wide, high, owner in taken
            if owner != dot.id
        )
        if half <= x <= width - half and free:
            taken.append((x, y, half, LINE / 2, dot.id))
            named.add(dot.id)
    return named
