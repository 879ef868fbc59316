"""Table rows that a query is about, with the words of their header."""

from __future__ import annotations

import pytest

from kb.explore import KnowledgeBase
from kb.explore.views import RowHit


@pytest.mark.parametrize(
    "query", ["jalan mantap target 2024", "mantap satuan persen", "persentase jalan mantap 2024"]
)
def test_a_row_is_found_by_its_header_words(kb: KnowledgeBase, query: str) -> None:
    found = kb.search(query)
    rows = [(h.page, r) for h in found.hits for r in h.rows]
    assert [page for page, _ in rows] == [3]
    assert rows[0][1].cells == (
        ("Indikator", "Jalan mantap"),
        ("Satuan", "persen"),
        ("Target 2024", "95,00"),
    )
    assert (rows[0][1].table, rows[0][1].row) == (1, 2)


def test_a_page_is_found_by_the_header_its_text_lacks(kb: KnowledgeBase) -> None:
    """A table that goes on from the page before: its header is printed there only."""
    (hit,) = kb.search("mantap indikator satuan").hits
    assert "satuan" not in kb.page(hit.document_id, hit.page).text.lower()


@pytest.mark.parametrize("query", ["", "target 2024", "NOT mantap", "tahun:2024"])
def test_no_row_where_none_is_asked_for(kb: KnowledgeBase, query: str) -> None:
    assert not any(h.rows for h in kb.search(query).hits)


def test_cards_have_rows_too(kb: KnowledgeBase) -> None:
    cards = kb.search("jalan mantap target 2024", group=True).cards
    assert [r.table for c in cards for h in c.hits for r in h.rows] == [1]


def test_the_row_as_one_line() -> None:
    row = RowHit(1, 2, None, (("2", "08"), ("Indikator", "Rasio gini"), ("Target 2024", "-")))
    assert row.text == "Indikator: Rasio gini"
    assert RowHit(1, 2, None, (("1", "x"),)).text == "x"
    assert len(RowHit(1, 2, None, (("Uraian", "kata " * 200),)).text) <= 400


def test_what_the_title_says_need_not_stand_in_the_table(kb: KnowledgeBase) -> None:
    hit = next(hit for hit in kb.search("jalan mantap target 2024").hits if hit.rows)
    place = next(w for w in reversed(hit.title.split()) if w.isalpha() and w.lower() != "tahun")
    table = " ".join(f"{name} {cell}" for row in hit.rows for name, cell in row.cells)
    assert place.lower() not in table.lower()
    again = kb.search(f"jalan mantap {place} target 2024").hits
    assert any(h.rows for h in again if (h.document_id, h.page) == (hit.document_id, hit.page))
