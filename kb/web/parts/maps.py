"""Maps without tiles: the coast and points, all of it in the chart's own data.

Longitude and latitude are drawn as plane coordinates (equirectangular), which within 11
degrees of the equator is off by less than 2 %. The box is fitted to whatever size the
chart has, so the shape of the land is right at every width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import altair as alt
import pandas as pd

from kb.authority import geography
from kb.authority.geography import Box
from kb.web.theme import SERIES_COLOURS, ink

HEIGHT = 380
WIDTH = 640
"""Pixels a map is usually wide, for placing names."""
LETTER, LINE = 6.1, 15
"""Pixels a letter and a line of a name take."""
COLOURS = {"region": SERIES_COLOURS[0], "province": SERIES_COLOURS[2], "centre": SERIES_COLOURS[1]}
SHAPES = {"region": "circle", "province": "diamond", "centre": "square"}


Kind = Literal["region", "province", "centre"]


@dataclass(frozen=True, slots=True)
class Dot:
    """A point to draw."""

    id: str
    name: str
    short: str
    """Written beside it, where there is room."""
    lat: float
    lon: float
    size: float
    said: str
    """Second line of the tooltip."""
    kind: Kind


def place_map(dots: Sequence[Dot], box: Box, labels: dict[Kind, str], select: str | None) -> Any:
    """Dots over the land in ``box``; ``labels`` names their kinds.

    With ``select`` a click on a dot is a selection of that name holding its ``id``.
    """
    west, south, east, north = box
    scale = f"min(width / {east - west:.4f}, height / {north - south:.4f})"
    across, up = (west + east) / 2, (south + north) / 2
    projection = alt.Projection(
        type="identity",
        reflectY=True,
        scale=alt.ExprRef(scale),
        translate=alt.ExprRef(
            f"[width / 2 - {across:.4f} * {scale}, height / 2 + {up:.4f} * {scale}]"
        ),
    )
    layers = [_land(box, own) for own in (False, True)]
    layers += _dots(dots, labels, select)
    layers += _names(dots, box)
    return alt.layer(*layers).properties(height=HEIGHT, projection=projection)


def _land(box: Box, indonesian: bool) -> Any:
    west, south, east, north = box
    # A wide window shows more than the box: the land at its sides must be there.
    wide, high = 1.5 * (east - west), 0.5 * (north - south)
    shown = geography.coast((west - wide, south - high, east + wide, north + high))
    features = [
        {
            "type": "Feature",
            "properties": {},
            "geometry": {"type": "Polygon", "coordinates": [[*land.ring, land.ring[0]]]},
        }
        for land in shown
        if land.indonesian == indonesian
    ]
    return alt.Chart(alt.InlineData(values=features)).mark_geoshape(
        fill="#7f8c8d",
        fillOpacity=0.26 if indonesian else 0.1,
        stroke="#7f8c8d",
        strokeWidth=0.7,
        strokeOpacity=0.8 if indonesian else 0.3,
        clip=True,
    )


def _dots(dots: Sequence[Dot], labels: dict[Kind, str], select: str | None) -> list[Any]:
    order: tuple[Kind, ...] = ("region", "province", "centre")
    kinds = [k for k in order if any(d.kind == k for d in dots)]
    named = [labels[k] for k in kinds]
    frame = pd.DataFrame([asdict(d) | {"kind": labels[d.kind]} for d in dots])
    base = alt.Chart(frame).encode(
        longitude="lon:Q",
        latitude="lat:Q",
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("said:N", title=" ")],
    )
    marks = base.mark_point(
        filled=True,
        opacity=0.72,
        stroke="#ffffff",
        strokeWidth=1,
        clip=True,
        cursor="pointer" if select else "default",
    ).encode(
        size=alt.Size("size:Q", legend=None, scale=alt.Scale(type="linear", range=[50, 900])),
        color=alt.Color(
            "kind:N",
            title=None,
            scale=alt.Scale(domain=named, range=[COLOURS[k] for k in kinds]),
            legend=alt.Legend(orient="top", symbolOpacity=1, symbolStrokeWidth=0, symbolSize=110)
            if len(kinds) > 1
            else None,
        ),
        shape=alt.Shape(
            "kind:N", title=None, scale=alt.Scale(domain=named, range=[SHAPES[k] for k in kinds])
        ),
        order=alt.Order("size:Q", sort="descending"),
    )
    if select:
        marks = marks.add_params(alt.selection_point(select, fields=["id"], toggle=False))
    return [marks]


def _names(dots: Sequence[Dot], box: Box) -> list[Any]:
    """Names above their dots, the first ones first, none over another."""
    west, south, east, north = box
    scale = min(WIDTH / (east - west), HEIGHT / (north - south))
    taken: list[tuple[float, float, float]] = []
    named = []
    for dot in dots:
        x, y, half = dot.lon * scale, dot.lat * scale, len(dot.short) * LETTER / 2
        inside = west <= dot.lon <= east and south <= dot.lat <= north
        if inside and all(abs(y - b) > LINE or abs(x - a) > half + h for a, b, h in taken):
            taken.append((x, y, half))
            named.append(asdict(dot))
    return [
        alt.Chart(pd.DataFrame(named, columns=["lon", "lat", "short"]))
        .mark_text(dy=-16, fontSize=11.5, limit=200, clip=True, color=ink())
        .encode(longitude="lon:Q", latitude="lat:Q", text="short:N")
    ]
