"""Statements: by who, where, when, and by words; the same one told twice counts once."""

from __future__ import annotations

import pytest

from kb.errors import NotFound, QueryError
from kb.explore import KnowledgeBase
from kb.explore.statements import marked
from kb.model import MARK_END, MARK_START
from kb.search.matching import Matcher


def texts(kb: KnowledgeBase, query: str | None = None, **options: object) -> set[str]:
    return {s.text for s in kb.statements(query, **options).statements}  # type: ignore[arg-type]


HEALTH = "Pelayanan kesehatan harus sampai ke desa-desa"
ROADS = "perbaikan jalan provinsi selesai sebelum akhir tahun."
COMPLAINT = "Jalan rusak sudah lama kami keluhkan"


def test_told_twice_counts_once(kb: KnowledgeBase) -> None:
    found = kb.statements("pelayanan")
    assert found.total == 1
    (one,) = found.statements
    assert one.text == HEALTH
    assert len(one.also_in) == 1
    assert kb.statements("pelayanan", fold=False).total == 2


def test_a_statement_says_who_when_and_where(kb: KnowledgeBase) -> None:
    (one,) = kb.statements("dokter").statements
    assert (one.speaker, one.speaker_id) == ("Bagus Pradana", "person:bagus-pradana")
    assert (one.role, one.institution) == ("Kepala Dinas", "Dinas Kesehatan Provinsi Banten")
    assert (one.kind, one.cue, one.page) == ("indirect", "mengatakan", 1)
    page = kb.page(one.document_id, one.page)
    assert page.text[one.start : one.end] == one.text
    assert one.source is not None
    assert one.source.startswith("https://")
    assert f"{MARK_START}dokter{MARK_END}" in one.snippet


@pytest.mark.parametrize("speaker", ["Sari Wulandari", "person:sari-wulandari"])
def test_by_speaker(kb: KnowledgeBase, speaker: str) -> None:
    assert texts(kb, speaker=speaker) == {HEALTH, ROADS}


def test_an_unnamed_speaker_is_found_as_written(kb: KnowledgeBase) -> None:
    assert texts(kb, speaker="warga") == {COMPLAINT}


@pytest.mark.parametrize("nobody", ["person:nobody", "Nihil Semata"])
def test_a_speaker_nobody_knows_finds_nothing(kb: KnowledgeBase, nobody: str) -> None:
    found = kb.statements(speaker=nobody)
    assert found.total == 0
    assert found.advice[0].filters[0].name == "speaker"
    assert found.advice[0].total == kb.statements().total


def test_by_institution_date_and_kind(kb: KnowledgeBase) -> None:
    assert texts(kb, institution="Dinas Kesehatan Provinsi Banten") == {
        "tenaga dokter ditambah 40 orang tahun ini."
    }
    assert texts(kb, date_from="2024") == {ROADS, COMPLAINT, "Harga ikan turun"}
    assert texts(kb, date_from="2024-02", date_to="2024-02", kind="direct") == {COMPLAINT}


def test_words_are_read_as_in_the_search_box(kb: KnowledgeBase) -> None:
    assert texts(kb, "jalan") == {ROADS, COMPLAINT}
    assert texts(kb, "jalan -rusak") == {ROADS}
    assert texts(kb, '"jalan rusak"') == {COMPLAINT}
    assert texts(kb, "dokter ATAU ikan") >= {"Harga ikan turun"}
    assert texts(kb, "Sari jalan") == {ROADS}, "the speaker's name counts"


def test_what_is_said_of_the_document_holds_beside_any_filter(kb: KnowledgeBase) -> None:
    assert texts(kb, "tahun:2024 jalan", speaker="Sari Wulandari") == {ROADS}
    assert texts(kb, "tahun:2023 jalan", speaker="Sari Wulandari") == set()
    assert texts(kb, "tahun:2024 -rusak") == {ROADS, "Harga ikan turun"}


def test_who_mentions_it_counts_statements_under_the_same_filters(kb: KnowledgeBase) -> None:
    def said(**filters: object) -> int:
        return sum(s.statements for s in kb.who_mentions("jalan", **filters))  # type: ignore[arg-type]

    assert said() == said(places=["place:36"]) == said(years=[2024]) == 1
    assert said(places=["place:36.73"]) == said(years=[2023]) == 0
    assert said(date_from="2024-03") == 0


def test_counts_over_all_that_match(kb: KnowledgeBase) -> None:
    found = kb.statements(limit=1)
    assert sum(y.count for y in found.per_year) == found.total == 5
    assert next((b.name, b.count) for b in found.speakers) == ("Sari Wulandari", 2)
    assert [s.date for s in kb.statements(sort="oldest").statements] == sorted(
        s.date or "" for s in kb.statements().statements
    )


def test_what_cannot_be_is_said(kb: KnowledgeBase) -> None:
    with pytest.raises(QueryError, match="direct or indirect"):
        kb.statements(kind="shouted")  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        kb.cite(1, statement=9999)


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("bangun", "Pembangunan jalan", True),
        ("menulis", "ditulisnya surat", True),
        ("tulis surat", "Warga menulis, lalu mengirim surat", True),
        ("surat kirim", "Warga menulis surat", False),
        ("jumat", "pada hari Jum'at", True),
        ("pengawas", "diawasi bersama", True),
        ("1500000", "sebesar Rp1.500.000", True),
        ("jalan tol", "jalan desa", False),
        ('"akhir tahun"', "sebelum akhir tahun", True),
        ('"tahun akhir"', "sebelum akhir tahun", False),
        ('"jalan tahun"~5', "jalan selesai sebelum tahun depan", True),
        ("COVID-19", "penanganan COVID-19 selesai", True),
        ("stuntin~", "angka stunting turun", True),
        ("vaksin*", "vaksinasi pelajar", True),
        ("jalan DAN NOT rusak", "jalan rusak", False),
        ("yang dan di", "yang lain", False),
        ("", "apa saja", True),
    ],
)
def test_matching_words(query: str, text: str, expected: bool) -> None:
    assert Matcher(query).matches(text) is expected


def test_long_forms_and_abbreviations_meet() -> None:
    from kb.search.language.synonyms import from_authority

    if not from_authority().of(("bappeda",)):
        pytest.skip("the authority file has no abbreviations yet")
    long = "Badan Perencanaan Pembangunan Daerah"
    assert Matcher("bappeda").matches(f"kata {long} provinsi")
    assert Matcher(long).matches("menurut Bappeda")


def test_marks_do_not_overlap() -> None:
    assert marked("abcdef", [(1, 3), (2, 4), (5, 6)]) == (
        f"a{MARK_START}bc{MARK_END}de{MARK_START}f{MARK_END}"
    )
