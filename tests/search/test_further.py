"""Pages with some of the words, where few have all; a title that says what is asked."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kb.model import Passage
from kb.search.further import ENOUGH
from tests.search.conftest import Base

TEXTS = {
    1: "Retribusi kios pasar naik tahun ini.",
    2: "Retribusi kios di terminal.",
    3: "Pasar malam dibuka bupati.",
    4: "Jalan desa diperbaiki.",
}


def filled(base: Base, texts: Mapping[int, str], title: str = "Berita") -> Base:
    base.put(
        *(
            Passage(passage_id=number, document_id=1, page=page, text=text, title=title)
            for page, (number, text) in enumerate(texts.items(), 1)
        )
    )
    base.engine.commit()
    return base


def test_pages_with_some_of_the_words_follow_the_best_of_them_first(empty: Base) -> None:
    found = filled(empty, TEXTS).ask("retribusi kios pasar", further=True)
    assert [hit.passage_id for hit in found.hits] == [1]
    assert found.total == 1
    assert [hit.passage_id for hit in found.further] == [2, 3]


def test_they_follow_where_asked_for_on_the_first_page_by_relevance(empty: Base) -> None:
    base, query = filled(empty, TEXTS), "retribusi kios pasar"
    assert base.ask(query).further == ()
    assert base.ask(query, further=True, offset=1).further == ()
    assert base.ask(query, further=True, sort="newest").further == ()


@pytest.mark.parametrize("query", ["pasar", "kios OR pasar", '"kios pasar"', "retribusi lahar"])
def test_one_word_an_expression_and_what_nothing_has_stay_alone(empty: Base, query: str) -> None:
    assert filled(empty, TEXTS).ask(query, further=True).further == ()


def test_enough_pages_with_all_words_need_no_others(empty: Base) -> None:
    texts = {n: f"Retribusi kios nomor {n}." for n in range(1, ENOUGH + 1)} | {99: "Kios saja."}
    assert filled(empty, texts).ask("retribusi kios", further=True).further == ()


def test_those_that_lack_one_word_go_before_those_that_have_one_often(empty: Base) -> None:
    texts = {
        1: "Kios. " * 6,
        2: "Retribusi kios, los dan pelataran di pasar kecamatan ditagih petugas tiap bulan.",
        3: "Pasar. " * 6,
    }
    found = filled(empty, texts).ask("retribusi kios pasar bantaeng")
    assert found.relaxed
    assert found.hits[0].passage_id == 2


def test_a_period_is_met_by_a_column_for_each_of_its_years(empty: Base) -> None:
    texts = {
        1: "Indikator 2013 2014 2015 2016 2017 2018",
        2: "Periode 2013-2018 dimulai.",
        3: "Indikator 2013 2014",
    }
    base = filled(empty, texts)
    assert sorted(base.ids("2013-2018")) == [1, 2]
    assert not base.ask("indikator 2013-2018").relaxed


@pytest.mark.parametrize("query", ["perbup 70 2018", "perbup no 70 tahun 2018", "70/2018"])
def test_a_regulation_is_asked_for_by_its_number(empty: Base, query: str) -> None:
    empty.put(
        Passage(1, 1, 1, "Sesuai Perbup 70 Tahun 2018 (70/2018) tarif berlaku. " * 3, "Laporan"),
        Passage(2, 2, 1, "Bahwa perlu diatur, 70/2018.", "Perbup Bone", number="70/2018"),
    )
    empty.engine.commit()
    assert empty.ids(query)[0] == 2


def test_who_asks_for_what_the_title_says_gets_the_first_page(empty: Base) -> None:
    texts = {
        1: "Menimbang bahwa THR bagi ASN di Poso perlu diatur untuk 2023, dan seterusnya.",
        2: "THR Poso 2023 ASN. " * 4,
    }
    title = "Peraturan Bupati Poso tentang Tunjangan Hari Raya Tahun 2023"
    base = filled(empty, texts, title)
    assert base.ids("thr asn poso 2023") == [1, 2]
    assert base.ids("asn poso") == [2, 1]  # the title says only one of the two


def test_all_of_the_words_or_any_can_be_asked_for_alone(empty: Base) -> None:
    base = filled(empty, TEXTS)
    assert base.ask("retribusi lahar").relaxed
    assert base.ask("retribusi lahar", words="all").hits == ()
    found = base.ask("retribusi kios", words="any")
    assert {hit.passage_id for hit in found.hits} == {1, 2}
    assert found.relaxed


def test_documents_stay_uncounted_where_nobody_asks(empty: Base) -> None:
    base = filled(empty, TEXTS)
    assert base.ask("retribusi", counted=False, facets=False).documents == 0
    assert base.ask("retribusi").documents == 1
