"""Where regions lie, for maps: a point for each province, kabupaten and kota, and the coast.

The points are GeoNames' (https://www.geonames.org, CC BY 4.0), some set by hand
(``tools/place_points.toml``); the coast is Natural Earth's (public domain). Both files are
made by ``tools/make_points.py`` and ``tools/make_coast.py``. They stand apart from the rest
of the authority file: no text is read with them, so a change need not tag anything again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

INDONESIA = (95.0, -11.1, 141.1, 6.2)
"""West, south, east, north of the country in degrees."""
CREDIT = "GeoNames (CC BY 4.0), Natural Earth"
"""What a map must name."""

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on the map, WGS 84 degrees."""

    code: str
    lat: float
    lon: float
    town: str
    """The place that stands for a kabupaten or kota; empty for a province."""
    source: str
    """``geonames``; ``proyek``: by hand, to about 5 km; ``tengah``: middle of a province."""


@dataclass(frozen=True, slots=True)
class Land:
    """The outline of one piece of land."""

    indonesian: bool
    ring: tuple[tuple[float, float], ...]
    """Longitude and latitude; the last point joins the first."""

    def touches(self, box: Box) -> bool:
        """True where the two bounding boxes overlap."""
        lons = [x for x, _ in self.ring]
        lats = [y for _, y in self.ring]
        west, south, east, north = box
        return min(lons) <= east and max(lons) >= west and min(lats) <= north and max(lats) >= south


def _lines(name: str) -> Iterator[list[str]]:
    text = (files("kb.authority") / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@lru_cache(maxsize=1)
def spots() -> Mapping[str, Spot]:
    """The point of every province, kabupaten and kota by Kemendagri code."""
    return {
        code: Spot(code, float(lat), float(lon), town, source)
        for code, lat, lon, town, source in _lines("points.tsv")
    }


def spot(code: str) -> Spot | None:
    """The point of a region; kecamatan, desa and kelurahan lie at their kabupaten or kota."""
    return spots().get(".".join(code.split(".")[:2]))


@lru_cache(maxsize=1)
def _coast() -> Sequence[Land]:
    return tuple(
        Land(
            kind == "id",
            tuple((float(x), float(y)) for x, y in (p.split(" ") for p in points.split(","))),
        )
        for kind, points in _lines("coast.tsv")
    )


def coast(box: Box = INDONESIA) -> list[Land]:
    """Land that reaches into ``box``, largest first; whole outlines, uncut."""
    return [land for land in _coast() if land.touches(box)]


def box_around(places: Sequence[Spot], *, least: float = 0.9, margin: float = 0.14) -> Box:
    """A box that holds all ``places``, at least ``least`` degrees wide and half as high.

    ``margin`` is the share of the span left free on each side. No places: the country.
    """
    if not places:
        return INDONESIA
    west, east = min(s.lon for s in places), max(s.lon for s in places)
    south, north = min(s.lat for s in places), max(s.lat for s in places)
    wide = max(least, (east - west) * (1 + 2 * margin)) / 2
    high = max(least / 2, (north - south) * (1 + 2 * margin)) / 2
    x, y = (west + east) / 2, (south + north) / 2
    return (x - wide, y - high, x + wide, y + high)
