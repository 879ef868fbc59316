"""The entity list and page, side by side, circles, and what staff correct."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.config import Settings
from kb.errors import NotFound, QueryError
from kb.explore import KnowledgeBase
from kb.staff import Desk

SARI, BAGUS, TONO = "person:sari-wulandari", "person:bagus-pradana", "person:tono-raharja"


def test_the_list_by_kind(kb: KnowledgeBase) -> None:
    officials = [e.entity_id for e in kb.entities(type="official").entities]
    assert set(officials) == {SARI, BAGUS}
    assert officials[0] == SARI, "most mentioned first"
    assert {e.entity_id for e in kb.entities(type="person").entities} == {SARI, BAGUS, TONO}
    assert kb.entities().total == kb.entities(limit=1).total > 5


@pytest.mark.parametrize("query", ["wulan", "SARI", "sari wulandari", "Wulandari, Sari"])
def test_search_inside_the_list(kb: KnowledgeBase, query: str) -> None:
    assert [e.entity_id for e in kb.entities(query).entities] == [SARI]


def test_a_slip_of_the_pen_is_forgiven(kb: KnowledgeBase) -> None:
    assert kb.entities("Sari Wulandri").entities[0].entity_id == SARI
    assert kb.entities("zzzzqqqq").total == 0


def test_percent_signs_are_letters(kb: KnowledgeBase) -> None:
    assert kb.entities("%").total == 0
    assert kb.entities("_").total == 0


def test_the_page_of_a_person(kb: KnowledgeBase) -> None:
    page = kb.entity("Sari Wulandari")
    assert [(t.label, t.begin, t.end) for t in page.offices] == [
        ("Kepala Bappeda Provinsi Banten", "2019-05-02", "2019-05-02"),
        ("Pj Gubernur Banten", "2023-03-14", "2023-03-15"),
        ("Gubernur Banten", "2024-02-05", "2024-02-05"),
    ]
    evidence = page.offices[1].evidence[0]
    assert (evidence.text, evidence.page) == ("Pj Gubernur", 1)
    assert {y.year: y.documents for y in page.mentions_per_year} == {2019: 1, 2023: 2, 2024: 1}
    beside = {c.entity_id: c.pages for c in page.co_occurring}
    assert beside["person:bagus-pradana"] == 2
    assert page.statement_count == 2
    assert [d.date for d in page.documents] == sorted(
        (d.date or "" for d in page.documents), reverse=True
    )


def test_why_documents_are_about_it_is_told(kb: KnowledgeBase) -> None:
    page = kb.entity(SARI)
    assert sum(count for _, count in page.link_reasons) == page.summary.documents
    assert {one.document_id for one in page.links} == {d.document_id for d in page.documents}
    told = [one for one in page.links if any("Gubernur, Banten" in o for o in one.offices)]
    assert told
    assert {one.name for one in told} == {page.summary.name}
    assert kb.entity("place:36").links == ()


def test_the_page_of_an_institution_and_of_a_place(kb: KnowledgeBase) -> None:
    page = kb.entity("institution:dinkes@36")
    assert [h.person.entity_id for h in page.holders] == [BAGUS]
    assert page.statement_count == 1
    place = kb.entity("place:36.73")
    assert place.code == "36.73"
    assert [b.entity_id for b in place.path] == ["place:36"]
    assert place.summary.documents == 3


def test_unknown_and_ambiguous_names_are_said(kb: KnowledgeBase) -> None:
    with pytest.raises(NotFound, match="kb entities"):
        kb.entity("Entah Siapa")
    with pytest.raises(NotFound, match="kb entities"):
        kb.entity("person:entah-siapa")
    with pytest.raises(QueryError, match=r"place:36\.73"):
        kb.entity("Serang")


def test_side_by_side(kb: KnowledgeBase) -> None:
    found = kb.compare([SARI, BAGUS])
    assert found.together_pages == 2
    assert len(found.together) == 2
    assert "place:36.73" in {c.entity_id for c in found.shared}
    frame = found.frame()
    assert list(frame.columns) == ["Sari Wulandari", "Bagus Pradana"]
    assert frame.loc[2023].tolist() == [2, 2]
    with pytest.raises(QueryError):
        kb.compare([SARI, "Sari Wulandari"])


def test_the_circle_of_an_entity(kb: KnowledgeBase) -> None:
    graph = kb.graph(SARI)
    assert graph.nodes[0].entity_id == SARI
    edges = {frozenset(e[:2]): e[2] for e in graph.edges}
    assert edges[frozenset((SARI, BAGUS))] == 2
    assert edges[frozenset((BAGUS, "place:36.73"))] == 2


def test_a_merge_is_seen_everywhere_and_can_be_undone(
    fresh: Settings, open_base: Callable[[Settings], KnowledgeBase]
) -> None:
    kb = open_base(fresh)
    before = kb.entity(SARI).summary.mentions
    number = Desk(fresh).merge(TONO, SARI, by="staf").number
    assert kb.entity(SARI).summary.mentions == before + 1
    assert kb.entity(TONO).summary.entity_id == SARI
    assert TONO in kb.entity(SARI).merged
    assert kb.search("nelayan", officials=[TONO]).filters[0].label == "Sari Wulandari"
    assert kb.statements(speaker="Tono Raharja").total == 3
    assert kb.corrections()[0].summary == "Tono Raharja = Sari Wulandari"
    Desk(fresh).undo(number)
    assert kb.entity(TONO).summary.mentions == 1


def test_rename_and_hide(fresh: Settings, open_base: Callable[[Settings], KnowledgeBase]) -> None:
    kb = open_base(fresh)
    Desk(fresh).rename(TONO, "Tono Raharja Putra")
    assert kb.entity(TONO).summary.name == "Tono Raharja Putra"
    assert "Tono Raharja" in kb.entity(TONO).summary.aliases
    Desk(fresh).hide(BAGUS)
    assert BAGUS not in {e.entity_id for e in kb.entities().entities}
    assert BAGUS not in {c.entity_id for c in kb.entity(SARI).co_occurring}
    assert BAGUS not in {f.value for f in kb.search("rumah sakit").facets["official"]}


def test_an_added_name_finds_at_once_and_a_wrong_one_no_longer(
    fresh: Settings, open_base: Callable[[Settings], KnowledgeBase]
) -> None:
    kb = open_base(fresh)
    assert kb.entities("Uda Beni").total == 0
    number = Desk(fresh, "Ani").alias("Bagus Pradana", "Uda Beni", reason="panggilan").number
    assert [e.entity_id for e in kb.entities("Uda Beni").entities] == [BAGUS]
    assert "Uda Beni" in kb.entity("uda beni").summary.aliases
    assert kb.search("", officials=["Uda Beni"]).total == kb.search("", officials=[BAGUS]).total
    assert kb.search('tokoh:"Uda Beni"').total == kb.search('tokoh:"Bagus Pradana"').total > 0
    told = kb.corrections()[0]
    assert (told.kind, told.by, told.reason) == ("alias", "Ani", "panggilan")
    assert told.summary == "Bagus Pradana = “Uda Beni”"
    Desk(fresh).alias(BAGUS, "Uda Beni", remove=True)
    assert kb.entities("Uda Beni").total == 0
    assert kb.corrections()[0].summary == "Bagus Pradana ≠ “Uda Beni”"
    Desk(fresh).undo(kb.corrections()[0].correction_id)
    assert kb.entities("Uda Beni").total == 1
    Desk(fresh).undo(number)
    assert kb.entities("Uda Beni").total == 0


def test_a_document_field_is_corrected(
    fresh: Settings, open_base: Callable[[Settings], KnowledgeBase]
) -> None:
    kb = open_base(fresh)
    Desk(fresh).set_field(1, "title", "Judul Benar")
    assert kb.document(1).title == "Judul Benar"
    with pytest.raises(QueryError):
        Desk(fresh).set_field(1, "colour", "red")


def test_words_that_are_no_person_leave_every_answer_and_come_back(
    fresh: Settings, open_base: Callable[[Settings], KnowledgeBase]
) -> None:
    from kb.ingest import rebuild

    kb = open_base(fresh)
    before = kb.entity(BAGUS)
    words = next(iter(kb.surfaces(BAGUS)))
    assert sum(kb.surfaces(BAGUS).values()) == before.summary.mentions
    number = Desk(fresh).untag(BAGUS, surface=words, by="staf").number
    assert kb.entity(BAGUS).summary.mentions == 0
    assert kb.entity(BAGUS).offices == ()
    assert BAGUS not in {f.value for f in kb.search("rumah sakit").facets["official"]}
    assert BAGUS not in {c.entity_id for c in kb.entity(SARI).co_occurring}
    assert kb.corrections()[0].summary == f"“{words}” ≠ Bagus Pradana"
    rebuild(fresh)
    kb.refresh()
    assert BAGUS not in {f.value for f in kb.search("rumah sakit").facets["official"]}
    Desk(fresh).undo(number)
    assert kb.entity(BAGUS) == before
