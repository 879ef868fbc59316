"""Pages like one page, and what changed between two pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from made_base import DOCS, Doc, add

from kb.config import Settings
from kb.errors import NotFound, QueryError
from kb.explore import KnowledgeBase, open_kb
from kb.explore.views import SimilarPassage
from kb.ingest import rebuild

SAME = (
    "Rehabilitasi jaringan irigasi di daerah Cikandebaru dilanjutkan pada tahun {year} dengan "
    "panjang saluran {km} kilometer, dan kelompok tani pemakai air ikut memelihara pintu airnya."
)
OTHER = (
    "Pelatihan perajin tenun dan pendampingan pemasaran daring bagi {n} usaha kecil dilaksanakan "
    "bersama koperasi setempat, dengan bantuan alat dan ruang pamer di terminal kedatangan."
)
LIKE = (
    "Petani di Cikandebaru mengeluhkan saluran irigasi yang bocor. Kelompok pemakai air meminta "
    "jaringan direhabilitasi sebelum musim tanam karena pintu air sudah lama rusak."
)
FAR = "Lomba baca puisi pelajar digelar di balai kota dan diikuti puluhan sekolah menengah."


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    folder = tmp_path_factory.mktemp("mirip")
    settings = Settings(folder / "index")
    docs = [
        Doc("a.pdf", "Rencana 2024", ("Pengantar.", SAME.format(year=2024, km=12)), "2023-06-01"),
        Doc(
            "b.pdf",
            "Rencana 2025",
            ("Isi.\n\n" + FAR, OTHER.format(n=40) + "\n\n" + SAME.format(year=2025, km=17)),
            "2024-06-01",
            labels=("i", "II-7"),
        ),
        Doc("c.html", "Irigasi bocor", (LIKE,), "2024-08-01"),
        Doc("d.html", "Lomba puisi", (FAR,), "2024-09-01"),
    ]
    add(settings, docs, folder)
    rebuild(settings)
    with open_kb(settings) as opened:
        yield opened


def named(found: tuple[SimilarPassage, ...]) -> list[tuple[str, int, str]]:
    return [(one.document.title, one.page, one.kind) for one in found]


def test_the_edited_paragraph_comes_before_what_is_only_like_it(base: KnowledgeBase) -> None:
    found = base.similar_passages(1, 2)
    assert named(found) == [("Rencana 2025", 2, "near-duplicate"), ("Irigasi bocor", 1, "similar")]
    twin = found[0]
    assert (twin.paragraphs, twin.page_label) == (1, "II-7")
    assert 0.8 < twin.score < 1
    assert twin.excerpt.startswith("Rehabilitasi jaringan irigasi")
    assert twin.document.page == 2
    assert 0.2 <= found[1].score < 1


def test_a_page_is_found_by_any_of_its_paragraphs(base: KnowledgeBase) -> None:
    assert ("Rencana 2024", 2, "near-duplicate") in named(base.similar_passages(2, 2))
    assert named(base.similar_passages(4, 1)) == [("Rencana 2025", 1, "near-duplicate")]


def test_nothing_of_the_own_document_and_no_more_than_asked(base: KnowledgeBase) -> None:
    assert all(one.document.document_id != 2 for one in base.similar_passages(2, 2))
    assert len(base.similar_passages(1, 2, limit=1)) == 1
    assert base.similar_passages(1, 2, limit=0) == ()
    assert base.similar_passages(1, 1) == ()


def test_what_changed_between_two_pages(base: KnowledgeBase) -> None:
    (pair,) = base.compare_pages(1, 2, 2, 2)
    changed = [(c.kind, c.text) for c in pair.changes if c.kind != "same"]
    assert changed == [("removed", "2024"), ("added", "2025"), ("removed", "12"), ("added", "17")]
    assert base.compare_pages(1, 2, 4, 1) == ()


def test_pages_that_do_not_exist(base: KnowledgeBase) -> None:
    with pytest.raises(NotFound, match="page 9 of document 1"):
        base.similar_passages(1, 9)
    with pytest.raises(NotFound):
        base.compare_pages(1, 2, 99, 1)
    with pytest.raises(QueryError):
        base.compare_pages(1, 2, 1, 2)


def test_made_base_knows_its_twins(kb: KnowledgeBase) -> None:
    ids = {d.title: d.document_id for d in kb.documents(limit=99)[1]}
    found = kb.similar_passages(ids[DOCS[4].title], 2)
    assert found[0].document.title == DOCS[5].title
