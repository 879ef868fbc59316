"""Search through the facade: names for ids, facets, folding, advice."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from made_base import DOCS, Doc, add

from kb.config import Settings
from kb.errors import IndexStale, QueryError
from kb.explore import KnowledgeBase
from kb.ingest import rebuild, sync
from kb.model import MARK_END, MARK_START, Filters
from kb.search.engine import EngineResult, SearchRequest


def titles(result: object) -> set[str]:
    return {h.title for h in result.hits}  # type: ignore[attr-defined]


def test_a_hit_says_where_it_stands(kb: KnowledgeBase) -> None:
    result = kb.search("imunisasi", types=["rkpd"])
    assert result.total == 1
    hit = result.hits[0]
    assert (hit.page, hit.page_label, hit.section) == (
        2,
        "II-1",
        "BAB II Prioritas > 2.1 Kesehatan",
    )
    assert hit.years == (2024,)
    assert hit.doc_type == "rkpd"
    assert hit.institution == "Bappeda Provinsi Banten"
    assert f"{MARK_START}imunisasi{MARK_END}" in hit.snippet


def test_facets_count_all_hits_and_bear_names(kb: KnowledgeBase) -> None:
    result = kb.search("kesehatan OR jalan", limit=1)
    assert len(result.hits) == 1
    institutions = {f.label: f.count for f in result.facets["institution"]}
    assert institutions["Pemerintah Provinsi Banten"] == 3
    assert sum(institutions.values()) == result.total
    officials = {f.label: f.value for f in result.facets["official"]}
    assert officials["Sari Wulandari"] == "person:sari-wulandari"
    years = [f.value for f in result.facets["year"]]
    assert years == sorted(years, reverse=True)


def test_several_values_of_a_kind_add_up_as_the_facet_says(kb: KnowledgeBase) -> None:
    every = {f.value: f.count for f in kb.search("kesehatan OR jalan").facets["type"]}
    (one, first), (two, second) = sorted(every.items())[:2]
    narrowed = kb.search("kesehatan OR jalan", types=[one])
    assert narrowed.total == first
    assert {f.value: f.count for f in narrowed.facets["type"]} == every, "what a choice adds"
    assert sum(f.count for f in narrowed.facets["institution"]) <= first, "other facets narrow"
    assert kb.search("kesehatan OR jalan", types=[one, two]).total == first + second


@pytest.mark.parametrize(
    "given", ["person:bagus-pradana", "Bagus Pradana", "bagus pradana", " BAGUS  PRADANA "]
)
def test_filters_take_ids_and_names(kb: KnowledgeBase, given: str) -> None:
    result = kb.search("rumah sakit", officials=[given])
    assert titles(result) == {DOCS[0].title, DOCS[1].title}
    assert result.filters[0].name == "official"


def test_a_filter_that_nothing_bears_finds_nothing_and_says_so(kb: KnowledgeBase) -> None:
    result = kb.search("rumah sakit", officials=["Tidak Ada Orangnya"])
    assert result.total == 0
    assert "unknown_official" in result.notes
    assert result.advice[0].filters[0].name == "official"
    assert result.advice[0].total == kb.search("rumah sakit").total


def test_names_inside_the_query(kb: KnowledgeBase) -> None:
    assert titles(kb.search('tokoh:"Tono Raharja"')) == {"Pertemuan Nelayan"}
    assert titles(kb.search("tempat:36.73 OR tempat:place:36.73 nelayan")) <= {"Pertemuan Nelayan"}
    assert kb.search("jenis:rkpd").total == 3


def test_zero_hits_name_the_filter_to_drop(kb: KnowledgeBase) -> None:
    result = kb.search("nelayan", years=[2019], types=["artikel"])
    assert result.total == 0
    assert [(a.filters[0].name, a.total) for a in result.advice] == [("year", 1)]
    both = kb.search("nelayan", years=[2019], types=["rkpd"])
    assert [len(a.filters) for a in both.advice] == [2]
    assert both.advice[0].total == 1


def test_the_way_out_counts_documents_as_the_result_does(kb: KnowledgeBase) -> None:
    for group in (False, True):
        way_out = kb.search("rumah sakit baru", years=[1999], group=group).advice[0]
        there = kb.search("rumah sakit baru", group=group)
        assert (way_out.total, way_out.documents) == (there.total, there.documents)


def test_near_duplicates_are_folded_under_one_card(kb: KnowledgeBase) -> None:
    result = kb.search("rumah sakit baru", group=True)
    cards = {c.document.title: c for c in result.cards}
    releases = [t for t in (DOCS[0].title, DOCS[1].title) if t in cards]
    assert len(releases) == 1
    assert [d.title for d in cards[releases[0]].duplicates] == [
        t for t in (DOCS[0].title, DOCS[1].title) if t != releases[0]
    ]
    assert result.hits == ()


def test_paging_by_document_shows_each_once(kb: KnowledgeBase) -> None:
    seen: list[int] = []
    for offset in range(10):
        seen += [
            c.document.document_id for c in kb.search("", group=True, limit=1, offset=offset).cards
        ]
    assert len(seen) == len(set(seen)) == len(DOCS) - 1  # one is folded
    counted = {kb.search("", group=True, limit=n, offset=o).documents for n, o in ((1, 0), (2, 4))}
    assert counted == {len(seen)}, "the number of documents is that of the cards"


def test_turning_pages_does_not_count_anew(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[SearchRequest] = []
    search = kb._sources.search

    def heard(request: SearchRequest, *more: Filters | None) -> EngineResult:
        asked.append(request)
        return search(request, *more)

    monkeypatch.setattr(kb._sources, "search", heard)
    first = kb.search("banten", group=True, limit=1)
    counted = len(asked)
    assert any(r.facets for r in asked)
    third = kb.search("banten", group=True, limit=1, offset=2)
    assert third.facets == first.facets
    assert (third.total, third.documents) == (first.total, first.documents)
    assert not [r for r in asked[counted:] if r.facets], "facets are not counted again"
    assert third.cards
    assert all(card.hits[0].snippet for card in third.cards)
    counted = len(asked)
    kb.search("banten", group=True, limit=1, offset=1)
    assert [r.limit for r in asked[counted:]] == [1], "only the documents on show are asked for"
    assert kb.search("banten", group=True, limit=1).cards == first.cards
    assert len(asked) == counted + 1


def test_entities_named_in_the_query_come_first(kb: KnowledgeBase) -> None:
    found = kb.search("pernyataan Sari Wulandari tentang jalan").entities
    assert found[0].entity_id == "person:sari-wulandari"
    assert found[0].office is not None
    assert found[0].office.label == "Gubernur Banten"
    places = {e.name for e in kb.search("serang").entities}
    assert {"Kota Serang", "Kabupaten Serang"} <= places


def test_an_empty_query_lists_newest_first(kb: KnowledgeBase) -> None:
    dates = [h.date for h in kb.search("").hits]
    assert dates == sorted(dates, key=lambda d: d or "", reverse=True)


@pytest.mark.parametrize(
    "options",
    [{"sort": "loudest"}, {"limit": -1}, {"offset": -1}, {"date_from": "kemarin"}],
)
def test_a_wrong_call_is_said(kb: KnowledgeBase, options: dict[str, object]) -> None:
    with pytest.raises(QueryError):
        kb.search("jalan", **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("query", ['"', "((", "*", "AND", "-", "tokoh:", "tahun:abc", "a" * 5000])
def test_whatever_is_typed_is_answered(kb: KnowledgeBase, query: str) -> None:
    kb.search(query)
    kb.search(query, group=True)
    kb.statements(query)
    kb.entities(query)
    kb.complete(query)


def test_dates_narrow(kb: KnowledgeBase) -> None:
    found = kb.search("", date_from="2024", date_to="2024-06-08")
    assert titles(found) == {"Perbaikan Jalan Provinsi Dipercepat"}


def test_new_documents_are_seen_by_an_open_base(
    fresh: Settings, open_base: Callable[[Settings], KnowledgeBase]
) -> None:
    kb = open_base(fresh)
    assert kb.search("belimbing").total == 0
    add(
        fresh,
        [Doc("baru.html", "Panen Belimbing", ("Panen belimbing raya.",), "2025-01-02")],
        fresh.home.parent,
    )
    sync(fresh)
    assert kb.refresh()
    while not (found := kb.search("belimbing").total):
        time.sleep(0.01)  # the engine looks for commits of others every half second
    assert found == 1
    assert not kb.refresh()


def test_a_damaged_index_is_told_and_mended(
    fresh: Settings, open_base: Callable[[Settings], KnowledgeBase]
) -> None:
    for file in sorted(fresh.search_path.rglob("*")):
        if file.is_file():
            file.write_bytes(b"not an index")
    kb = open_base(fresh)
    assert kb.index_problem is not None
    assert "kb rebuild" in kb.index_problem
    with pytest.raises(IndexStale):
        kb.search("jalan")
    assert kb.statements(speaker="Sari Wulandari").total == 2
    assert kb.home().documents == len(DOCS)
    rebuild(fresh)
    kb.refresh()
    assert kb.index_problem is None
    assert kb.search("jalan").total == 3


def test_who_mentions_it_most(kb: KnowledgeBase) -> None:
    found = kb.who_mentions("jalan")
    assert found[0].official.name == "Sari Wulandari"
    assert (found[0].statements, found[0].pages) == (1, 1)


def test_completion_offers_entities_first(kb: KnowledgeBase) -> None:
    offers = kb.complete("sari")
    assert offers[0].entity_id == "person:sari-wulandari"
    assert any(c.kind == "word" for c in kb.complete("imun"))


def test_related_documents_leave_near_duplicates_out(kb: KnowledgeBase) -> None:
    by_title = {d.title: d.document_id for d in kb.documents(limit=50)[1]}
    found = [d.title for d in kb.related(by_title[DOCS[0].title])]
    assert DOCS[1].title not in found
    assert "LKjIP Provinsi Banten Tahun 2024" in [
        d.title for d in kb.related(by_title["RKPD Provinsi Banten Tahun 2024"])
    ]


def test_related_terms_are_not_the_query(kb: KnowledgeBase) -> None:
    found = kb.related_terms("imunisasi")
    assert found
    assert "imunisasi" not in found


def test_settings_are_checked_at_open(empty: Settings) -> None:
    from kb.errors import CatalogError
    from kb.explore import open_kb

    with pytest.raises(CatalogError, match="kb ingest"):
        open_kb(empty)


def test_reading_goes_on_while_another_writes(
    fresh: Settings, open_base: Callable[[Settings], KnowledgeBase]
) -> None:
    kb = open_base(fresh)
    before = kb.home().documents
    failures: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                kb.search("rumah sakit", group=True)
                kb.entity("person:sari-wulandari")
                kb.statements("jalan")
                kb.refresh()
        except BaseException as error:
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for number in range(3):
            docs = [Doc(f"n{number}.html", f"Kabar {number}", (f"Isi {number}.",), "2025-01-02")]
            add(fresh, docs, fresh.home.parent)
            sync(fresh)
        rebuild(fresh)
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert failures == []
    assert kb.home().documents == before + 3
    kb.refresh()
    assert kb.search("kabar").total == 3
