"""Timeline, trends, indicators, and what the base holds."""

from __future__ import annotations

import pytest
from made_base import DOCS

from kb.errors import QueryError
from kb.explore import KnowledgeBase

SARI = "person:sari-wulandari"


def test_the_timeline_of_a_person(kb: KnowledgeBase) -> None:
    found = kb.timeline("Sari Wulandari")
    assert found.entity is not None
    dates = [e.date for e in found.events]
    assert dates == sorted(dates)
    kinds = {e.kind for e in found.events}
    assert kinds == {"document", "statement", "office_named"}, "no source states a term"
    begun = [(e.date, e.title) for e in found.events if e.kind == "office_named"]
    assert begun == [
        ("2019-05-02", "Kepala Bappeda Provinsi Banten"),
        ("2023-03-14", "Pj Gubernur Banten"),
        ("2024-02-05", "Gubernur Banten"),
    ]


def test_an_office_that_only_texts_name_neither_begins_nor_ends(kb: KnowledgeBase) -> None:
    assert kb.timeline(SARI, kinds=["office_end", "office_begin"]).events == ()
    named = kb.timeline(SARI, kinds=["office_named"]).events
    assert all(e.confidence <= 0.5 for e in named), "no source states it"
    assert kb.timeline("institution:dinkes@36", kinds=["office_end"]).events == ()


def test_the_span_of_a_timeline_does_not_hang_on_the_range(kb: KnowledgeBase) -> None:
    whole = kb.timeline(SARI)
    part = kb.timeline(SARI, date_from="2023", date_to="2023")
    assert part.span == whole.span == (whole.events[0].date, whole.events[-1].date)
    assert {e.date[:4] for e in part.events} == {"2023"}


def test_the_timeline_of_a_query(kb: KnowledgeBase) -> None:
    found = kb.timeline("jalan", date_from="2024")
    assert found.entity is None
    assert {e.kind for e in found.events} == {"document", "statement"}
    assert all(e.date >= "2024" for e in found.events)
    assert [e.kind for e in kb.timeline("jalan", kinds=["statement"]).events] == ["statement"] * 2


def test_the_timeline_keeps_the_latest(kb: KnowledgeBase) -> None:
    found = kb.timeline(SARI, limit=2)
    assert (len(found.events), found.total > 2) == (2, True)
    assert found.events[-1].date == "2024-02-05"
    with pytest.raises(QueryError):
        kb.timeline("  ")
    with pytest.raises(QueryError):
        kb.timeline(SARI, kinds=["party"])  # type: ignore[list-item]


def test_trends_have_denominators(kb: KnowledgeBase) -> None:
    found = kb.trends(["jalan", SARI])
    assert list(found.years) == list(range(2019, 2025))
    jalan = {p.year: (p.count, p.total) for p in found.series[0].points}
    assert jalan[2024] == (3, 6)
    assert jalan[2020] == (0, 0)
    assert found.series[1].label == "Sari Wulandari"
    assert {p.year: p.count for p in found.series[1].points}[2023] == 2
    frame = found.frame()
    assert set(frame.columns) == {"label", "year", "count", "total", "share"}
    assert len(frame) == 12


def test_trends_by_the_date_of_publication(kb: KnowledgeBase) -> None:
    (series,) = kb.trends(["jalan"], by="published").series
    assert {p.year: p.count for p in series.points if p.count} == {2023: 1, 2024: 1, 2025: 1}


def test_trends_narrow_and_refuse(kb: KnowledgeBase) -> None:
    (series,) = kb.trends(["jalan"], types=["rkpd"]).series
    assert series.total == 1
    assert kb.trends(["tidakadakatanya"]).years == ()
    with pytest.raises(QueryError):
        kb.trends([str(n) for n in range(20)])
    with pytest.raises(QueryError):
        kb.trends(["jalan"], by="mood")  # type: ignore[arg-type]


def test_target_against_realisation(kb: KnowledgeBase) -> None:
    found = kb.indicators("jalan mantap")
    (one,) = found.indicators
    by_year = {y.year: y for y in one.years}
    now = by_year[2024]
    assert now.target is not None
    assert now.realisation is not None
    assert (now.target.value_text, now.target.page) == ("95,00", 3)
    assert (now.realisation.value, now.realisation.doc_type) == (93.2, "lkjip")
    assert now.attainment == pytest.approx(93.2 / 95)
    assert [c.value for c in now.others] == [94.0], "what another document says is kept"
    assert by_year[2023].target is None
    assert by_year[2023].attainment is None
    frame = found.frame()
    assert set(frame["kind"]) == {"target", "realisation"}
    assert len(frame) == 4


def test_indicators_by_year_agency_and_document(kb: KnowledgeBase) -> None:
    (one,) = kb.indicators(years=[2023]).indicators
    assert [y.year for y in one.years] == [2023]
    assert kb.indicators(institution="DPUPR").total == 1
    assert kb.indicators(institution="Dinas Entah").total == 0
    assert kb.indicators("tidak ada").total == 0


def test_what_the_base_holds(kb: KnowledgeBase) -> None:
    home = kb.home()
    assert home.documents == len(DOCS)
    assert home.passages == sum(len(d.pages) for d in DOCS)
    assert (home.officials, home.persons, home.indicators) == (2, 3, 1)
    assert home.latest[0].date == home.last_date == "2025-03-01"
    assert {f.value: f.count for f in home.by_type}["press_release"] == 4
    assert home.examples
    for example in home.examples:
        assert kb.search(example).total > 0, example
    assert kb.failed_files() == ()
