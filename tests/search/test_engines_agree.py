"""Every engine gives the same passages, scores, order and counts as Whoosh."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.model import Passage
from kb.search.engine import EngineResult, SearchRequest

from .conftest import PASSAGES, Base, engines
from .test_engine_contract import QUERIES

TEXT = """jalan jembatan rusak pembangunan membangun kesehatan sehat pelayanan gubernur melati
anggaran pendapatan daerah kinerja COVID-19 2024 4/2023 desa kota sekolah guru air bersih"""
WORDS = re.split(r"\s+", TEXT)


def _invented(count: int) -> list[Passage]:
    chance = random.Random(3)
    found = []
    for number in range(count):
        words = chance.choices(WORDS, weights=range(len(WORDS), 0, -1), k=chance.randint(5, 120))
        found.append(
            Passage(
                passage_id=1000 + number,
                document_id=100 + number // 4,
                page=1 + number % 4,
                text=" ".join(words),
                title=f"Laporan {chance.choice(WORDS)} {2019 + number // 4 % 6}",
                years=(2019 + number // 4 % 6,),
                date=f"{2019 + number // 4 % 6}-05-17",
                doc_type=chance.choice(("lppd", "rkpd")),
                section=f"BAB {1 + number % 4} {chance.choice(WORDS)}",
                officials=tuple({f"person:{chance.randint(1, 4)}" for _ in range(2)}),
            )
        )
    return found


@pytest.fixture(scope="module")
def reference(
    tmp_path_factory: pytest.TempPathFactory, make_base: Callable[[str, Path], Base]
) -> Base:
    return _filled(make_base("whoosh", tmp_path_factory.mktemp("whoosh")))


def _filled(base: Base) -> Base:
    base.put(*PASSAGES, *_invented(240))
    base.engine.commit()
    return base


@pytest.fixture(scope="module", params=engines()[1:])
def pair(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    make_base: Callable[[str, Path], Base],
    reference: Base,
) -> list[Base]:
    other = make_base(request.param, tmp_path_factory.mktemp(request.param))
    return [reference, _filled(other)]


MORE = [
    "gubernur", "jalan rusak", "sehat desa kota", "pembangunan jembatan daerah", "guru ATAU desa",
    "laporan jalan 2021", "anggaran -desa", '"air bersih"', "ke*", "sekolsh~", "judul:desa guru",
    '"jalan desa"~3', '"guru sekolah"~8 ATAU kota',
]  # fmt: skip
ORDERED = [q for q, _ in QUERIES] + MORE


def _ask(pair: list[Base], request: SearchRequest) -> list[EngineResult]:
    return [base.engine.search(request) for base in pair]


@pytest.mark.parametrize("query", ORDERED)
def test_same_hits_in_the_same_order_with_the_same_score(pair: list[Base], query: str) -> None:
    one, two = _ask(pair, SearchRequest(query, limit=60))
    assert (one.total, one.documents, one.relaxed) == (two.total, two.documents, two.relaxed)
    assert one.facets == two.facets
    scores = [[hit.score for hit in result.hits] for result in (one, two)]
    # OpenSearch takes a passage without a section as one with a section of one word.
    near = 1e-2 if pair[1].settings.engine == "opensearch" else 0
    assert scores[0] == pytest.approx(scores[1], abs=2e-3, rel=near)
    if len(one.hits) < 60:
        assert {h.passage_id for h in one.hits} == {h.passage_id for h in two.hits}
    assert [h.snippet for h in one.hits[:1]] == [h.snippet for h in two.hits[:1]]


@pytest.mark.parametrize(
    ("query", "spare"),
    [('"jalan desa"~3', 0), ('"air bersih kota"~5', 1), ('"jalan desa air kota guru"~9', 1)],
)
def test_words_near_each_other(pair: list[Base], query: str, spare: float) -> None:
    one, two = _ask(pair, SearchRequest(query, limit=1))
    assert not one.relaxed
    assert one.total <= two.total <= one.total * (1 + spare)
    assert sum(f.count for f in two.facets["year"]) <= two.total


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_same_groups(pair: list[Base], sort: str) -> None:
    request = SearchRequest("jalan desa", sort=sort, group=True, limit=5, offset=5)  # type: ignore[arg-type]
    one, two = _ask(pair, request)
    assert one.pages_by_document == two.pages_by_document
    assert [h.document_id for h in one.hits] == [h.document_id for h in two.hits]
    if sort == "relevance":
        assert [h.passage_id for h in one.hits] == [h.passage_id for h in two.hits]
