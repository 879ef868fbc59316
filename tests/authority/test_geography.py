"""Points and coast for maps: complete, in their province, on Indonesian land."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from kb import authority
from kb.authority import geography
from kb.authority.geography import Land, Spot

# West, south, east, north of each province, read off an atlas and rounded outwards; not
# from the data that is tested.
PROVINCES = {
    "11": (94.9, 1.9, 98.4, 6.2),
    "12": (96.9, -0.8, 100.5, 4.4),
    "13": (98.5, -3.5, 102.0, 1.0),
    "14": (100.0, -1.2, 104.0, 3.0),
    "15": (101.0, -2.9, 104.6, -0.7),
    "16": (102.0, -5.0, 106.3, -1.6),
    "17": (101.0, -5.6, 103.9, -2.2),
    "18": (103.5, -6.2, 106.3, -3.7),
    "19": (105.0, -3.5, 108.9, -1.4),
    "21": (103.0, -1.0, 109.3, 5.0),
    "31": (106.3, -6.4, 107.0, -5.1),
    "32": (106.3, -7.9, 108.9, -5.9),
    "33": (108.5, -8.3, 111.8, -5.7),
    "34": (110.0, -8.3, 110.9, -7.5),
    "35": (110.8, -8.9, 116.4, -5.0),
    "36": (105.0, -7.1, 106.9, -5.8),
    "51": (114.4, -8.9, 115.8, -8.0),
    "52": (115.8, -9.2, 119.4, -8.0),
    "53": (118.9, -11.1, 125.3, -7.7),
    "61": (108.5, -3.2, 114.3, 2.2),
    "62": (110.7, -3.7, 115.9, 0.9),
    "63": (114.2, -4.9, 117.0, -1.2),
    "64": (113.7, -2.6, 119.1, 2.7),
    "65": (114.5, 1.1, 118.2, 4.5),
    "71": (123.0, 0.2, 127.2, 5.6),
    "72": (119.0, -3.7, 124.3, 1.4),
    "73": (117.0, -8.0, 122.0, -1.8),
    "74": (120.8, -6.3, 124.7, -2.6),
    "75": (121.1, 0.1, 123.6, 1.2),
    "76": (117.2, -3.7, 119.9, -0.8),
    "81": (125.6, -8.4, 135.0, -2.4),
    "82": (124.2, -2.6, 129.9, 2.9),
    "91": (134.9, -3.9, 141.1, 1.1),
    "92": (131.9, -4.4, 135.4, -0.4),
    "93": (137.5, -9.2, 141.1, -4.5),
    "94": (134.5, -5.3, 138.6, -2.4),
    "95": (137.5, -5.4, 141.1, -2.8),
    "96": (128.9, -2.6, 133.0, 1.2),
}
SPOTS = geography.spots()
SHORE = 0.02
"""Degrees a point may lie off the simplified coast."""


def inside(spot: Spot, land: Land) -> bool:
    """Even-odd rule."""
    found = False
    for (ax, ay), (bx, by) in pairwise([*land.ring, land.ring[0]]):
        if (ay > spot.lat) != (by > spot.lat):
            found ^= spot.lon < (bx - ax) * (spot.lat - ay) / (by - ay) + ax
    return found


def off_shore(spot: Spot, lands: list[Land]) -> float:
    """Degrees to the nearest coast."""
    return min(_off_line(spot, a, b) for g in lands for a, b in pairwise([*g.ring, g.ring[0]]))


def _off_line(spot: Spot, a: tuple[float, float], b: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    along = ((spot.lon - a[0]) * dx + (spot.lat - a[1]) * dy) / (dx * dx + dy * dy or 1)
    along = min(1.0, max(0.0, along))
    return float(((a[0] + along * dx - spot.lon) ** 2 + (a[1] + along * dy - spot.lat) ** 2) ** 0.5)


def test_every_province_kabupaten_and_kota_has_a_point() -> None:
    places = authority.load().places
    assert set(SPOTS) == {*places.codes(0), *places.codes(1)}
    assert {s.source for s in SPOTS.values()} == {"geonames", "proyek", "tengah"}
    assert sum(s.source == "proyek" for s in SPOTS.values()) < 30


@pytest.mark.parametrize("code", sorted(PROVINCES))
def test_the_points_of_a_province_lie_in_it(code: str) -> None:
    west, south, east, north = PROVINCES[code]
    for spot in SPOTS.values():
        if spot.code.split(".")[0] == code:
            assert west <= spot.lon <= east, spot
            assert south <= spot.lat <= north, spot


def test_kabupaten_and_kota_lie_on_indonesian_land() -> None:
    near = [land for land in geography.coast() if land.indonesian]
    for spot in SPOTS.values():
        if spot.source == "tengah" or spot.code == "31.01":  # Kepulauan Seribu: tiny islands
            continue
        beside = [
            g for g in near if g.touches((spot.lon - 1, spot.lat - 1, spot.lon + 1, spot.lat + 1))
        ]
        assert any(inside(spot, g) for g in beside) or off_shore(spot, beside) < SHORE, spot


def test_no_two_kabupaten_or_kota_share_a_point() -> None:
    points = [(s.lat, s.lon) for s in SPOTS.values() if s.source != "tengah"]
    assert len(points) == len(set(points))


@pytest.mark.parametrize(
    ("code", "lat", "lon"),
    [
        ("36.73", -6.12, 106.15),  # Kota Serang, and the kabupaten around it
        ("36.04", -6.13, 106.23),
        ("32.73", -6.92, 107.61),
        ("32.04", -7.03, 107.52),
        ("71.09", 2.75, 125.40),
        ("93.01", -8.49, 140.40),
        ("11.72", 5.89, 95.32),
    ],
)
def test_places_that_are_easily_mixed_up(code: str, lat: float, lon: float) -> None:
    assert SPOTS[code].lat == pytest.approx(lat, abs=0.06)
    assert SPOTS[code].lon == pytest.approx(lon, abs=0.06)


def test_a_kecamatan_or_desa_lies_at_its_kabupaten() -> None:
    assert geography.spot("36.04.01.2001") == geography.spot("36.04.01") == SPOTS["36.04"]
    assert geography.spot("99.01") is None
    assert geography.spot("alun-alun@36.73") is None


def test_the_coast_is_small_and_holds_the_neighbours_apart() -> None:
    file = Path(geography.__file__).with_name("coast.tsv")
    assert file.stat().st_size < 300_000
    lands = geography.coast()
    assert 200 < len(lands) < 500
    assert {land.indonesian for land in lands} == {True, False}
    kuala_lumpur = Spot("", 3.14, 101.69, "", "")
    assert [land.indonesian for land in lands if inside(kuala_lumpur, land)] == [False]
    banten = geography.coast((105.0, -7.0, 106.8, -5.8))
    assert 2 <= len(banten) < 20


def test_a_box_holds_its_points_and_is_never_a_dot() -> None:
    serang, merauke = SPOTS["36.73"], SPOTS["93.01"]
    west, south, east, north = geography.box_around([serang])
    assert east - west == pytest.approx(0.9)
    assert west < serang.lon < east
    assert south < serang.lat < north
    west, _, east, _ = geography.box_around([serang, merauke])
    assert west < serang.lon
    assert east > merauke.lon
    assert geography.box_around([]) == geography.INDONESIA
