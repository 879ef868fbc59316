"""Make ``kb/authority/coast.tsv``: land around Indonesia, simplified.

Source: Natural Earth 1:10m (public domain), as TopoJSON in an npm package::

    npm pack world-atlas                     countries-10m.json

    python tools/make_coast.py COUNTRIES-10M.JSON

Borders are shared arcs in TopoJSON, so they are simplified once and still meet.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / "kb" / "authority" / "coast.tsv"
HEADER = (
    "# negara\tdaratan: lon lat, lon lat, ...\n"
    "# WGS 84 degrees. Natural Earth 1:10m (https://www.naturalearthdata.com), public domain.\n"
)
INDONESIA = "360"
"""ISO 3166-1 numeric."""
BOX = (93.5, -12.5, 142.5, 8.5)
"""West, south, east, north: what the map shows at most."""
TOLERANCE = 0.008
"""Degrees (about 900 m) a simplified line may be off."""
SMALLEST = 0.00012
"""Square degrees (about 1.5 km2): smaller islands are left out."""

Point = tuple[float, float]


def decoded(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def simplified(points: Sequence[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker (1973): the ends and what lies further off than ``tolerance``."""
    keep = {0, len(points) - 1}
    todo = [(0, len(points) - 1)]
    while todo:
        first, last = todo.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        furthest, at = tolerance, 0
        for i in range(first + 1, last):
            x, y = points[i]
            if length:
                off = abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
            else:  # a closed ring
                off = ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
            if off > furthest:
                furthest, at = off, i
        if at:
            keep.add(at)
            todo += [(first, at), (at, last)]
    return [points[i] for i in sorted(keep)]


def cut(ring: list[Point]) -> list[Point]:
    """The part of a ring inside ``BOX`` (Sutherland and Hodgman 1974)."""
    west, south, east, north = BOX
    for axis, edge, sign in ((0, west, 1), (1, south, 1), (0, east, -1), (1, north, -1)):
        out: list[Point] = []
        for i, point in enumerate(ring):
            before = ring[i - 1]
            inside = sign * (point[axis] - edge) >= 0
            if inside != (sign * (before[axis] - edge) >= 0):
                share = (edge - before[axis]) / (point[axis] - before[axis])
                out.append(
                    (
                        before[0] + share * (point[0] - before[0]),
                        before[1] + share * (point[1] - before[1]),
                    )
                )
            if inside:
                out.append(point)
        ring = out
    return ring


def area(ring: Sequence[Point]) -> float:
    """Square degrees inside a ring."""
    return abs(sum(ring[i - 1][0] * p[1] - p[0] * ring[i - 1][1] for i, p in enumerate(ring)) / 2)


def rings(topology: dict[str, Any]) -> Iterator[tuple[str, list[Point]]]:
    """Outer rings of every country, as ``id`` and points."""
    arcs = [simplified(arc, TOLERANCE) for arc in decoded(topology)]
    for country in topology["objects"]["countries"]["geometries"]:
        polygons = country.get("arcs", [])
        if country["type"] == "Polygon":
            polygons = [polygons]
        for polygon in polygons:
            ring: list[Point] = []
            for number in polygon[0]:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                ring += arc[1:] if ring else arc
            yield str(country.get("id", "")), ring


def main(argv: list[str]) -> int:
    """Write the file and print what it holds."""
    if len(argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    topology = json.loads(Path(argv[1]).read_text(encoding="utf-8"))
    lines = []
    for country, ring in rings(topology):
        inside = cut(ring[:-1])
        if len(inside) < 3 or area(inside) < SMALLEST:
            continue
        points = dict.fromkeys((round(x, 3), round(y, 3)) for x, y in inside)
        if len(points) >= 3:
            name = "id" if country == INDONESIA else "lain"
            lines.append((-area(inside), name, ",".join(f"{x:g} {y:g}" for x, y in points)))
    lines.sort()
    text = HEADER + "".join(f"{name}\t{points}\n" for _, name, points in lines)
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(lines)} rings, {TARGET.stat().st_size} bytes in {TARGET.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
