"""Mentions counted by document: what is kept on the way is what the mentions say."""

from __future__ import annotations

import pytest
from catalog_samples import Put, document, state
from old_catalogs import make_old
from sqlalchemy import select

from kb.catalog import Catalog, corrections, reads
from kb.catalog.counts import recount
from kb.catalog.schema import entity_documents
from kb.catalog.writes import delete_document
from kb.config import Settings
from kb.errors import NotFound

BUDI, SHORT, SARI = "person:budi-santoso", "person:b-santoso", "person:sari-dewi"
ONE = "Gubernur Budi Santoso hadir di Serang. Budi Santoso membuka acara."
TWO = "Gubernur B. Santoso hadir bersama Sari Dewi."
NOW = "2026-02-01T00:00:00"


def people(catalog: Catalog) -> dict[str, list[tuple[int, int, int]]]:
    """Document, mentions and first page of each person."""
    found: dict[str, list[tuple[int, int, int]]] = {}
    with catalog.read() as connection:
        for row in connection.execute(
            select(entity_documents).order_by(entity_documents.c.document_id)
        ):
            if row.entity_id.startswith("person:"):
                found.setdefault(row.entity_id, []).append(
                    (row.document_id, row.mentions, row.page)
                )
    return found


@pytest.fixture
def stored(put: Put) -> Put:
    put(document("Tanpa nama.", ONE, path="/1.html"), state("/1.html", sha="1"))
    put(document(TWO, path="/2.html"), state("/2.html", sha="2"))
    return put


def test_each_document_counts_what_it_names(catalog: Catalog, stored: Put) -> None:
    assert people(catalog) == {BUDI: [(1, 2, 2)], SHORT: [(2, 1, 1)], SARI: [(2, 1, 1)]}
    with catalog.write() as connection:
        delete_document(connection, 1)
    assert BUDI not in people(catalog)


def test_a_merge_moves_the_counts_and_undo_brings_them_back(catalog: Catalog, stored: Put) -> None:
    before = people(catalog)
    with catalog.write() as connection:
        number = corrections.merge(connection, SHORT, BUDI, now=NOW)
        assert recount(connection) == 0
    assert people(catalog) == {BUDI: [(1, 2, 2), (2, 1, 1)], SARI: [(2, 1, 1)]}
    with catalog.write() as connection:
        corrections.undo(connection, number)
        assert recount(connection) == 0
    assert people(catalog) == before


def test_recount_finds_a_wrong_row(catalog: Catalog, stored: Put) -> None:
    before = people(catalog)
    with catalog.write() as connection:
        connection.execute(
            entity_documents.update().where(entity_documents.c.entity_id == SARI).values(page=9)
        )
        assert recount(connection) == 1
    assert people(catalog) == before


def test_an_old_catalog_is_counted_when_it_is_brought_up(settings: Settings) -> None:
    make_old(settings)
    with Catalog.open(settings) as catalog:
        assert people(catalog) == {"person:ani": [(3, 1, 1)]}


def hide_two(catalog: Catalog, *ids: str) -> None:
    with catalog.write() as connection:
        for one in ids:
            corrections.hide(connection, one, now=NOW)


def test_every_commit_is_another_revision(catalog: Catalog, stored: Put) -> None:
    def now() -> str:
        with catalog.read() as connection:
            return reads.revision(connection)

    first = now()
    assert first == now() != ""
    hide_two(catalog, SARI)
    second = now()
    with pytest.raises(NotFound):
        hide_two(catalog, BUDI, "person:nobody")
    assert first != second == now(), "what is rolled back changes nothing"
