"""Mentions by region: kecamatan and villages count for their kabupaten or kota."""

from __future__ import annotations

from sqlalchemy import insert

from kb.catalog import Catalog
from kb.catalog.reading.places import mentions_by_region
from kb.catalog.schema import entities

COUNTS = {
    "place:36": 9,
    "place:36.73": 5,
    "place:36.73.01": 3,
    "place:36.73.01.1001": 2,
    "place:36.04.01": 4,
    "place:36.01": 0,
    "person:a": 7,
}


def test_parts_count_for_their_region(catalog: Catalog) -> None:
    with catalog.write() as connection:
        for number, (entity_id, count) in enumerate(COUNTS.items()):
            connection.execute(
                insert(entities).values(
                    id=entity_id,
                    type=entity_id.partition(":")[0],
                    name=str(number),
                    origin="text",
                    mention_count=count,
                    document_count=1,
                )
            )
    with catalog.read() as connection:
        assert mentions_by_region(connection) == {
            "36": (9, 9),
            "36.73": (5, 10),
            "36.04": (0, 4),
        }
