"""What every engine must do, on the same passages."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from kb.config import Settings
from kb.errors import ConfigError, IndexStale, QueryError
from kb.model import MARK_END, MARK_START, Filters, Passage
from kb.search import forget, open_engine, replacing
from kb.search.engine import FACETS, SearchRequest

from .conftest import PASSAGES, STAMP, Base
from .damaging import damage_files, damage_note

QUERIES = [
    # query, passages that match (in any order)
    ("", [100, 101, 102, 103, 104, 105, 106, 107, 108]),
    ("jalan", [100, 104]),
    ("jembatan jalan", [100, 104]),
    ("jalan kenanga", [104]),
    ("layanan sehat", [101, 105]),
    ("pemerintah", [100, 103]),
    ("perintah", [105]),
    ("kinerja", [103]),
    ("pelayanan -anak", [105]),
    ("posyandu ATAU beras", [105, 108]),
    ("posyandu OR beras", [105, 108]),
    ("jalan DAN rusak", [104]),
    ("gubernur BUKAN wakil", [103, 104]),
    ("gubernur NOT (wakil ATAU visi)", [104]),
    ('"jalan rusak"', [104]),
    ('"jalan perbaikan"', []),
    ('"jembatan jalan"~6', [100]),
    ('"jembatan jalan"~7', [100, 104]),
    ('"kenanga januari"~3', [104]),
    ('"kenanga rusak"~2', []),
    ("COVID-19", [101]),
    ("covid 19", [101]),
    ("2025-2029", [103]),
    ("4/2023", [106]),
    ("nomor 4 tahun 2023", [106]),
    ("PMK.07/2023", [106]),
    ("050.13/Kep.12-Bappeda/2024", [107]),
    ("undang-undang", [107]),
    ("pasar-pasar", [108]),
    ("posya*", [105]),
    ("*jembat*", [100, 104]),
    ("j?lan", [100, 104]),
    ("posyanda~", [105]),
    ("4 Januari 2024", [104]),
    ("04/01/2024", [104]),
    ("1234567", [102]),
    ("APBD", []),
    ("OPD siaga", [108]),
    ("PAD pajak", [102]),
    ("jalannya", [100, 104]),
    ("tahun:2023", [105, 106]),
    ("tahun:2026..2028", [103]),
    ("year:>=2029", [103]),
    ("tanggal:2023-08..2024-01", [104, 105, 106]),
    ("tanggal:2024-02", [108]),
    ("jenis:rpjmd", [103]),
    ('jenis:"siaran pers" gubernur', [104, 108]),
    ("tokoh:person:budi", [105]),
    ('tokoh:"Sari Wulan" jembatan', [100, 104]),
    ("lembaga:bappeda visi", [103]),
    ("tempat:cempaka", [101, 105]),
    ("judul:jembatan", [104]),
    ("title:(rkpd ATAU rpjmd)", [100, 101, 102, 103]),
    ("bagian:kesehatan", [101]),
    ("rkpd -tahun:2024 kesehatan", [101]),
    ("Cempaká", [101, 105]),
]


@pytest.mark.parametrize(("query", "expected"), QUERIES, ids=[q for q, _ in QUERIES])
def test_query_matches(base: Base, query: str, expected: list[int]) -> None:
    result = base.ask(query, limit=50)
    found = [] if result.relaxed else [hit.passage_id for hit in result.hits]
    assert sorted(found) == expected
    if expected:
        assert result.total == len(expected)


def where(base: Base, query: str, filters: Filters | None = None) -> list[tuple[int, int]]:
    """Pages as (document, page), in order."""
    found = base.engine.pages(query, filters or Filters())
    return sorted(zip(found.documents.tolist(), found.numbers.tolist(), strict=True))


def place(passage_id: int) -> tuple[int, int]:
    return next((p.document_id, p.page) for p in PASSAGES if p.passage_id == passage_id)


WITHOUT_DENIALS = {
    "pelayanan -anak": [101, 105],
    "gubernur BUKAN wakil": [100, 103, 104, 108],
    "gubernur NOT (wakil ATAU visi)": [103, 104, 108],
}


@pytest.mark.parametrize(("query", "expected"), QUERIES, ids=[q for q, _ in QUERIES])
def test_pages_without_hits(base: Base, query: str, expected: list[int]) -> None:
    found = set(where(base, query))
    assert {place(i) for i in expected} <= found
    if query not in WITHOUT_DENIALS:
        assert found == {place(i) for i in expected}


@pytest.mark.parametrize(
    ("query", "filters", "expected"),
    [
        ("pelayanan -anak", Filters(), [101, 105]),
        ("pelayanan -anak tahun:2023", Filters(), [105]),
        ("pelayanan -tahun:2023", Filters(), [101]),
        ("posyandu ATAU -jalan", Filters(), [p.passage_id for p in PASSAGES]),
        ("posyandu helikopter", Filters(), []),
        ("posyandu", Filters(years=(2020,)), []),
        ("jalan", Filters(documents=(3,)), [104]),
        ("", Filters(officials=("person:budi",)), [105]),
    ],
)
def test_pages_are_filtered_and_not_denied_words(
    base: Base, query: str, filters: Filters, expected: list[int]
) -> None:
    assert where(base, query, filters) == sorted(place(i) for i in expected)


def test_another_version_after_a_commit(empty: Base) -> None:
    before = empty.engine.version()
    assert empty.engine.version() == before
    empty.put(PASSAGES[0])
    empty.engine.commit()
    assert empty.engine.version() != before


def test_hits_say_where_they_are(base: Base) -> None:
    hit = base.ask("posyandu").hits[0]
    assert (hit.passage_id, hit.document_id, hit.page) == (105, 4, 1)
    assert hit.score > 0
    assert f"{MARK_START}posyandu{MARK_END}" in hit.snippet


def test_nothing_has_all_words_any_word_is_shown(base: Base) -> None:
    result = base.ask("posyandu helikopter")
    assert result.relaxed
    assert [hit.passage_id for hit in result.hits] == [105]


def test_filters_hold_for_the_relaxed_search(base: Base) -> None:
    assert base.ask("posyandu helikopter", filters=Filters(years=(2020,))).total == 0


FILTERS = [
    (Filters(years=(2023,)), [105, 106]),
    (Filters(years=(2023, 2026)), [103, 105, 106]),
    (Filters(institutions=("institution:biro-adpim",)), [104, 108]),
    (Filters(officials=("person:sari",), years=(2024,)), [104]),
    (Filters(places=("place:99.01", "place:99.02")), [101, 104, 105, 108]),
    (Filters(types=("perda", "kep")), [106, 107]),
    (Filters(date_from="2024-01-01", date_to="2024-06"), [100, 101, 102, 104, 108]),
    (Filters(date_from="2024-02-10"), [100, 101, 102, 103, 108]),
    (Filters(figures=True), [101, 105]),
    (Filters(figures=True, years=(2023,)), [105]),
    (Filters(documents=(1, 7)), [100, 101, 102, 108]),
    (Filters(officials=("person:nobody",)), []),
]


@pytest.mark.parametrize(("filters", "expected"), FILTERS)
def test_filters(base: Base, filters: Filters, expected: list[int]) -> None:
    assert sorted(base.ids(filters=filters, limit=50)) == expected


@pytest.mark.parametrize(
    "query",
    [
        "jalan jembatan gubernur pasar",
        "pajak daerah retribusi jalan rusak",
        "bupati posyandu sehat",
    ],
)
def test_among_some_documents_a_page_scores_as_among_all(base: Base, query: str) -> None:
    how: dict[str, object] = {"words": "any", "weigh": False}
    every = {hit.passage_id: hit for hit in base.ask(query, limit=50, **how).hits}
    assert every
    for document in {hit.document_id for hit in every.values()}:
        some = base.ask(query, filters=Filters(documents=(document,)), **how)
        for hit in some.hits:
            assert hit.score == pytest.approx(every[hit.passage_id].score, abs=1e-3)


def test_facets_count_all_hits_not_the_page(base: Base) -> None:
    result = base.ask("melati", limit=1)
    assert len(result.hits) == 1
    assert tuple(result.facets) == FACETS
    types = {f.value: f.count for f in result.facets["type"]}
    assert types == {"rkpd": 3, "rpjmd": 1, "press_release": 1, "perda": 1}
    assert result.facets["type"][0].value == "rkpd"
    assert result.documents == 4
    years = {f.value: f.count for f in result.facets["year"]}
    assert years == {"2025": 4, "2026": 1, "2027": 1, "2028": 1, "2029": 1, "2024": 1, "2023": 1}


def test_only_the_facets_asked_for(base: Base) -> None:
    every = base.ask("jalan").facets
    assert base.ask("jalan", facet_names=("year", "type")).facets == {
        name: every[name] for name in ("year", "type")
    }


def test_facets_agree_with_filters(base: Base) -> None:
    everything = base.ask()
    names = {"institution": "institutions", "official": "officials", "place": "places"}
    for facet, name in names.items():
        for value in everything.facets[facet]:
            found = base.ask(filters=Filters(**{name: (value.value,)}))  # type: ignore[arg-type]
            assert found.total == value.count, value


def test_facet_limit_keeps_the_most_frequent(base: Base) -> None:
    assert [f.value for f in base.ask(facet_limit=1).facets["year"]] == ["2025"]


def test_sorting(base: Base) -> None:
    assert base.ids("gubernur", sort="newest") == [103, 108, 104]
    assert base.ids("gubernur", sort="oldest") == [104, 108, 103]
    assert base.ids("", sort="oldest", limit=50)[-1] == 107  # undated comes last
    assert base.ids("", limit=2) == [103, 100]  # nothing to rank: newest first


def test_pages_of_a_result_follow_one_another(base: Base) -> None:
    whole = base.ids("melati", limit=50)
    parts = [base.ids("melati", limit=2, offset=o) for o in (0, 2, 4, 6)]
    assert [i for part in parts for i in part] == whole
    assert base.ids("melati", limit=5, offset=500) == []


def test_grouping_counts_documents(base: Base) -> None:
    result = base.ask("melati", group=True, limit=2, pages_per_document=2, sort="newest")
    assert [h.document_id for h in result.hits] == [2, 1, 1]
    assert result.pages_by_document == {1: 3, 2: 1}
    assert (result.total, result.documents) == (6, 4)
    rest = base.ask("melati", group=True, limit=2, offset=2, sort="newest")
    assert [h.document_id for h in rest.hits] == [3, 5]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Perda 4/2023", 106),
        ("RKPD 2025", 100),
        ("rkpd provinsi melati tahun 2025", 100),
        ("RPJMD Provinsi Melati 2025-2029", 103),
        ("Gubernur Sari Resmikan Jembatan Kenanga", 104),
        ("jembatan", 104),
    ],
)
def test_what_is_named_comes_first(base: Base, query: str, first: int) -> None:
    assert base.ids(query)[0] == first


def test_suggestion_is_from_the_corpus(base: Base) -> None:
    assert base.ask("gubernor kenanga").suggestion == "gubernur kenanga"
    assert base.ask("jalan").suggestion is None
    assert base.ask("gubernor kenanga", suggest=False).suggestion is None


def test_a_suggestion_finds_something(base: Base) -> None:
    # "pasur" is nearest to "pasar", which no page has together with "posyandu".
    assert base.ask("posyandu pasur").suggestion is None
    assert base.ask("gubernur pasur").suggestion == "gubernur pasar"
    only = Filters(documents=(1,))
    assert base.ask("gubernor", filters=only).suggestion is None


def test_completion_goes_on_as_the_texts_do(empty: Base) -> None:
    texts = [
        "Pendapatan asli daerah naik dari pajak.",
        "Target pendapatan asli\ndaerah dan belanja.",
        "Pendapatan asli desa turun, pendapatan lain tetap.",
        "pendapatan asli daerah; pendapatan. Lain tetap.",
    ]
    empty.put(*(Passage(n, n, 1, text) for n, text in enumerate(texts, 1)))
    empty.engine.commit()
    assert "pendapatan asli daerah" in empty.engine.suggest("pendapatan a")
    assert "pendapatan asli daerah" in empty.engine.suggest("penda")
    assert "pendapatan asli daerah" in empty.engine.suggest("Pendapatan asli ")
    assert not any("lain tetap" in offer for offer in empty.engine.suggest("pendapatan l"))


def test_completion(base: Base) -> None:
    assert "posyandu" in base.engine.suggest("posy")
    assert "RPJMD Provinsi Melati 2025-2029" in base.engine.suggest("rpjmd pro")
    assert base.engine.suggest("") == []
    assert len(base.engine.suggest("p", 3)) <= 3


def test_frequencies_of_words_as_written(base: Base) -> None:
    found = base.engine.frequencies(["posyandu", "layani", "pelayanan", "helikopter"])
    assert found == {"posyandu": 2, "layani": 1, "pelayanan": 1, "helikopter": 0}


def test_more_like_this(base: Base) -> None:
    text = "Jembatan di Kota Kenanga diresmikan gubernur, jalan rusak segera diperbaiki."
    hits = base.engine.similar(text, 3)
    assert [hit.document_id for hit in hits][:1] == [3]
    assert len({hit.document_id for hit in hits}) == len(hits) <= 3
    own = next(p for p in PASSAGES if p.passage_id == 101)
    assert base.engine.similar(own.text)[0].passage_id == 101
    assert base.engine.similar("yang dan di 2024 100") == []
    assert base.engine.similar("helikopter zamrud") == []
    assert base.engine.similar(text, 0) == []


def test_match_spans_point_at_the_text(base: Base) -> None:
    text = "Pelayanan publik: layanan COVID-19 di KEC. Cempaka"
    found = [text[a:b] for a, b in base.engine.match_spans('melayani covid-19 "cempaka"', text)]
    assert found == ["Pelayanan", "layanan", "COVID-19", "Cempaka"]


def test_stats_and_ids(base: Base) -> None:
    stats = base.engine.stats()
    assert (stats.passages, stats.documents, stats.stamp) == (9, 7, STAMP)
    assert stats.bytes > 0
    assert base.engine.passage_ids() == {p.passage_id for p in PASSAGES}


def test_unknown_sort_is_said(base: Base) -> None:
    with pytest.raises(QueryError, match="sort"):
        base.ask("jalan", sort="random")


def test_nothing_is_seen_before_commit(empty: Base) -> None:
    empty.put(PASSAGES[0])
    assert empty.ask("jalan").total == 0
    empty.engine.commit()
    assert empty.ids("jalan") == [100]


def test_empty_index_answers(empty: Base) -> None:
    result = empty.ask("apa saja")
    assert (result.total, result.documents, result.hits) == (0, 0, ())
    assert tuple(result.facets) == FACETS
    assert empty.engine.suggest("ap") == []


def test_replace_and_delete(empty: Base) -> None:
    empty.put(*PASSAGES)
    empty.engine.commit()
    empty.put(replace(PASSAGES[5], text="Helikopter mendarat."))
    empty.engine.delete([1])
    empty.engine.commit()
    assert empty.ids("helikopter") == [105]
    assert empty.ask("layani").total == 0
    assert empty.engine.passage_ids() == {103, 104, 105, 106, 107, 108}
    assert empty.engine.stats().documents == 6
    assert {f.value for f in empty.ask().facets["type"]} == {
        "rpjmd", "press_release", "perda", "kep"
    }  # fmt: skip


def test_the_last_of_one_batch_counts(empty: Base) -> None:
    empty.put(PASSAGES[0])
    empty.put(replace(PASSAGES[0], text="Naskah kedua."))
    empty.put(PASSAGES[4])
    empty.engine.delete([3])
    empty.engine.commit()
    assert empty.engine.passage_ids() == {100}
    assert empty.ids("naskah") == [100]


def test_many_commits_keep_every_passage(empty: Base) -> None:
    for number in range(30):
        empty.put(Passage(number + 1, number // 3, 1 + number % 3, f"kata{number} sama"))
        if number % 7 == 6:
            empty.engine.delete([0])
        empty.engine.commit()
    assert empty.ask("sama").total == 27
    assert empty.engine.passage_ids() == set(range(4, 31))
    assert empty.ids("kata29") == [30]


def test_what_is_counted_follows_each_commit(empty: Base) -> None:
    for number, years in enumerate(((2023, 2024), (2024,), (2024, 2023))):
        empty.put(Passage(number + 1, number + 1, 1, "jalan rusak", years=years))
        empty.engine.commit()
        for limit in (10, 1, 10):  # the second time they may be remembered
            found = empty.ask("jalan", limit=limit)
            assert (found.total, found.documents) == (number + 1, number + 1)
            seen = {f.value: f.count for f in found.facets["year"]}
            assert seen == {"2024": number + 1, "2023": 1 + number // 2}
        assert not empty.ask("jalan", facets=False).facets
        assert empty.ask("jalan", filters=Filters(years=(2023,))).documents == 1 + number // 2


def test_readers_see_a_commit_of_another(empty: Base) -> None:
    empty.put(PASSAGES[0])
    empty.engine.commit()
    reader = empty.reopen()
    try:
        assert reader.search(SearchRequest("jalan")).total == 1
        empty.put(PASSAGES[4])
        empty.engine.commit()
        waited = threading.Event()
        for _ in range(40):
            if reader.search(SearchRequest("jalan")).total == 2:
                break
            waited.wait(0.1)
        assert reader.search(SearchRequest("jalan")).total == 2
    finally:
        reader.close()


def test_threads_search_while_one_writes(empty: Base) -> None:
    empty.put(*PASSAGES)
    empty.engine.commit()
    errors: list[Exception] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                assert empty.ask("melati pembangunan").total >= 2
            except Exception as error:
                errors.append(error)
                return

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(5):
        empty.put(Passage(500 + number, 50 + number, 1, "pembangunan melati"))
        empty.engine.commit()
    done.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert empty.ask("melati pembangunan").total == 7


class TestStale:
    def test_no_index(self, tmp_path: Path, base: Base) -> None:
        settings = replace(base.settings, home=tmp_path, opensearch_index="tnobody")
        with pytest.raises(IndexStale, match="no search index"):
            open_engine(settings, dict, stamp=STAMP)  # type: ignore[arg-type]

    def test_another_stamp(self, base: Base) -> None:
        for writable in (False, True):
            with pytest.raises(IndexStale, match="kb rebuild"):
                base.reopen(writable=writable, stamp="schema 2, test")

    def test_another_engine(self, base: Base) -> None:
        other = "tantivy" if base.settings.engine == "whoosh" else "whoosh"
        kept_elsewhere = base.settings.engine == "opensearch"
        said = "no search index" if kept_elsewhere else f"engine '{base.settings.engine}'"
        with pytest.raises(IndexStale, match=said):
            open_engine(replace(base.settings, engine=other), base.source, stamp=STAMP)

    def test_damaged_files(self, empty: Base) -> None:
        empty.put(*PASSAGES)
        empty.engine.commit()
        empty.engine.close()
        damage_files(empty)
        with pytest.raises(IndexStale, match="kb rebuild"):
            empty.reopen().search(SearchRequest("jalan"))

    def test_damaged_note(self, empty: Base) -> None:
        empty.engine.commit()
        damage_note(empty)
        with pytest.raises(IndexStale, match="damaged"):
            empty.reopen()

    def test_nothing_is_left_of_what_is_forgotten(self, empty: Base) -> None:
        empty.put(*PASSAGES)
        empty.engine.commit()
        forget(empty.settings)
        with pytest.raises(IndexStale, match="no search index"):
            empty.reopen()
        again = empty.reopen(writable=True)
        assert again.stats().passages == 0
        again.close()


def test_unknown_engine(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="whoosh"):
        open_engine(
            Settings(home=tmp_path, engine="lucene"),
            dict,
            writable=True,
            stamp=STAMP,  # type: ignore[arg-type]
        )


def test_a_new_index_takes_the_place_of_the_old_one_whole(empty: Base) -> None:
    empty.put(*PASSAGES)
    empty.engine.commit()

    def stop_half_way() -> None:
        with replacing(empty.settings, empty.source, stamp="b") as new:
            new.add(PASSAGES[:2])
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        stop_half_way()
    kept = empty.reopen()
    assert kept.stats().passages == 9
    kept.close()
    with replacing(empty.settings, empty.source, stamp="b") as new:
        new.add(PASSAGES[:4])
        assert empty.ask().total == 9  # the old one serves until the new one is whole
    with pytest.raises(IndexStale):
        empty.reopen()
    opened = empty.reopen(stamp="b")
    assert opened.stats().passages == 4
    opened.close()
