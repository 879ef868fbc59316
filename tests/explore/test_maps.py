"""What lies where: the regions a base names, and those named with an entity."""

from __future__ import annotations

from collections.abc import Callable

from kb.config import Settings
from kb.explore import KnowledgeBase
from kb.staff import Desk

CITY, REGENCY, PROVINCE = "place:36.73", "place:36.04", "place:36"
SARI = "person:sari-wulandari"


def test_the_base_on_a_map(kb: KnowledgeBase) -> None:
    found = kb.place_map()
    assert found.centre is None
    mentions = {e.entity_id: e.mentions for e in kb.entities(type="place").entities}
    assert {p.entity_id: p.count for p in found.points} == mentions
    counts = [p.count for p in found.points]
    assert counts == sorted(counts, reverse=True)
    levels = {p.entity_id: p.level for p in found.points}
    assert levels[CITY] == "kota"
    assert kb.place_map(limit=1).points == found.points[:1]


def test_around_a_place_pages_that_name_both_are_counted(kb: KnowledgeBase) -> None:
    found = kb.place_map(CITY)
    assert found.centre is not None
    assert (found.centre.entity_id, found.exact) == (CITY, True)
    beside = {c.entity_id: c.pages for c in kb.entity(CITY).co_occurring if c.type == "place"}
    assert {p.entity_id: p.count for p in found.points} == beside


def test_around_a_person_there_is_no_centre(kb: KnowledgeBase) -> None:
    found = kb.place_map(SARI)
    assert found.centre is None
    assert CITY in {p.entity_id for p in found.points}


def test_a_hidden_place_is_on_no_map(
    fresh: Settings, open_base: Callable[[Settings], KnowledgeBase]
) -> None:
    kb = open_base(fresh)
    Desk(fresh).hide(CITY)
    assert CITY not in {p.entity_id for p in kb.place_map().points}
    assert CITY not in {p.entity_id for p in kb.place_map(SARI).points}
