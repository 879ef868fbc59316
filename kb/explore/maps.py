"""Maps: the regions a base names, and those named together with an entity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from kb import authority
from kb.authority import geography
from kb.catalog.reading import entities as entity_reads
from kb.catalog.reading import places as place_reads
from kb.explore import names
from kb.explore.entities import SAMPLE_PAGES
from kb.explore.sources import Sources
from kb.explore.views import MapPoint, PlaceMap


def place_map(sources: Sources, given: str | None, limit: int) -> PlaceMap:
    """See ``KnowledgeBase.place_map``."""
    with sources.read() as connection:
        if given is None:
            counts = place_reads.mentions_by_region(connection)
            points = _points({code: total for code, (_, total) in counts.items()}, counts)
            return PlaceMap(None, False, points[:limit])
        entity_id = names.one(connection, given)
        row = entity_reads.entity_rows(connection, [entity_id])[entity_id]
        family = [entity_id, *entity_reads.merged_ids(connection, entity_id)]
        pages = place_reads.pages_with_regions(connection, family, sample=SAMPLE_PAGES)
    centre, exact = None, False
    if row.type == "place":
        code = entity_id.partition(":")[2]
        exact = code in geography.spots()
        if geography.spot(code) is None:
            code = str(row.region or "")
        found = geography.spot(code)
        if found is not None:
            centre = _point(found, 0, 0)
            pages.pop(found.code, None)
    return PlaceMap(centre, exact, _points(pages)[:limit])


def _points(
    counts: Mapping[str, int], shares: Mapping[str, tuple[int, int]] | None = None
) -> tuple[MapPoint, ...]:
    found = [
        _point(spot, count, (shares or {}).get(code, (0, 0))[0])
        for code, count in counts.items()
        if (spot := geography.spots().get(code)) is not None
    ]
    return tuple(sorted(found, key=lambda p: (-p.count, p.entity_id)))


def _point(spot: geography.Spot, count: int, own: int) -> MapPoint:
    place = authority.load().place(spot.code)
    assert place is not None  # tests hold the points to the place list
    level: Literal["provinsi", "kabupaten", "kota"] = "provinsi"
    if place.level != "provinsi":
        level = "kota" if place.level == "kota" else "kabupaten"
    return MapPoint(place.entity_id, place.name, level, spot.lat, spot.lon, count, own)
