"""What staff say is no name stays out of every later ingest, and can be brought back."""

from __future__ import annotations

from typing import Any

import pytest
from catalog_samples import Put, document, state
from sqlalchemy import select

from kb.catalog import Catalog, corrections, reads
from kb.catalog.schema import (
    aliases,
    entities,
    entity_documents,
    index_queue,
    mentions,
    offices,
    statements,
    untagged,
)
from kb.catalog.untag import surfaces, untag
from kb.errors import NotFound, QueryError

BUDI, SHORT = "person:budi-santoso", "person:b-santoso"
ONE = "Gubernur Budi Santoso hadir di Serang."
TWO = "Budi Santoso dan Gubernur B. Santoso hadir bersama Budi Santoso."
NOW = "2026-02-01T00:00:00"


@pytest.fixture
def stored(put: Put) -> Put:
    put(document(ONE, path="/1.html"), state("/1.html", sha="1"))
    put(document(TWO, path="/2.html", date="2025-03-01"), state("/2.html", sha="2"))
    return put


def snapshot(catalog: Catalog) -> dict[str, list[Any]]:
    with catalog.read() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=str)
            for table in (entities, aliases, mentions, offices, statements, entity_documents)
        }


def named(catalog: Catalog, entity_id: str) -> tuple[int, int]:
    """Mentions and documents, as counted."""
    with catalog.read() as connection:
        row = connection.execute(select(entities).where(entities.c.id == entity_id)).one()
        rows = connection.execute(select(mentions).where(mentions.c.entity_id == entity_id)).all()
        assert row.mention_count == len(rows)
        return row.mention_count, row.document_count


def take_out(catalog: Catalog, entity_id: str, **what: Any) -> int:
    what = {"surface": None, "document_id": None} | what
    with catalog.write() as connection:
        return untag(connection, entity_id, now=NOW, **what)


@pytest.mark.parametrize(
    ("what", "left"),
    [
        ({"document_id": 2}, (1, 1)),
        ({"surface": "Budi Santoso"}, (0, 0)),
        ({"surface": "BUDI  santoso", "document_id": 1}, (2, 1)),
    ],
)
def test_mentions_go_from_one_document_or_all(
    catalog: Catalog, stored: Put, what: dict[str, Any], left: tuple[int, int]
) -> None:
    assert named(catalog, BUDI) == (3, 2)
    take_out(catalog, BUDI, **what)
    assert named(catalog, BUDI) == left
    assert named(catalog, SHORT) == (1, 1)


def test_what_hung_on_the_name_goes_with_it_and_the_index_follows(
    catalog: Catalog, stored: Put
) -> None:
    with catalog.write() as connection:
        connection.execute(index_queue.delete())
    take_out(catalog, BUDI, surface="Budi Santoso", document_id=1)
    with catalog.read() as connection:
        assert connection.execute(select(offices.c.person_id)).scalars().all() == [SHORT]
        said = connection.execute(
            select(statements.c.document_id, statements.c.speaker, statements.c.speaker_id)
        ).all()
        assert sorted(map(tuple, said)) == [(1, "Budi Santoso", None), (2, "B. Santoso", SHORT)]
        assert reads.queued(connection) == [1]
        assert BUDI not in next(reads.passages(connection, [1])).officials


def test_it_stays_out_when_the_document_is_read_again(catalog: Catalog, stored: Put) -> None:
    take_out(catalog, BUDI, surface="Budi Santoso")
    stored(document(ONE, path="/1.html"), state("/1.html", sha="1", stamp="2"))
    stored(document(ONE + " Baru.", path="/3.html"), state("/3.html", sha="3"))
    assert named(catalog, BUDI) == (0, 0)
    with catalog.write() as connection:
        from kb.catalog.writes_entities import remove_orphans

        remove_orphans(connection)
    assert named(catalog, BUDI) == (0, 0), "the entity waits for the decision to be taken back"


def test_taken_back_to_the_letter(catalog: Catalog, stored: Put) -> None:
    before = snapshot(catalog)
    for what in ({"document_id": 2}, {"surface": "Budi Santoso"}, {"document_id": 1}):
        number = take_out(catalog, BUDI, **what)
        assert snapshot(catalog) != before
        with catalog.write() as connection:
            corrections.undo(connection, number)
        assert snapshot(catalog) == before


def test_two_decisions_that_say_the_same_are_taken_back_one_by_one(
    catalog: Catalog, stored: Put
) -> None:
    first = take_out(catalog, BUDI, document_id=2)
    second = take_out(catalog, BUDI, surface="Budi Santoso")
    for number, left in ((first, (0, 0)), (second, (3, 2))):
        with catalog.write() as connection:
            corrections.undo(connection, number)
        assert named(catalog, BUDI) == left
    with catalog.read() as connection:
        assert connection.execute(select(untagged)).all() == []


def test_taken_back_after_a_merge_it_follows_the_merge(catalog: Catalog, stored: Put) -> None:
    number = take_out(catalog, SHORT, surface="B. Santoso")
    with catalog.write() as connection:
        corrections.merge(connection, SHORT, BUDI, now=NOW)
        corrections.undo(connection, number)
    assert named(catalog, BUDI) == (4, 2)
    with catalog.write() as connection:
        merge = corrections.listed(connection)[0]
        corrections.undo(connection, merge.id)
    assert named(catalog, BUDI) == (3, 2)
    assert named(catalog, SHORT) == (1, 1)


def test_undone_after_a_new_reading_the_new_tags_come_back(catalog: Catalog, stored: Put) -> None:
    number = take_out(catalog, BUDI, document_id=2)
    text = "Budi Santoso membuka rapat."
    stored(document(text, path="/2.html"), state("/2.html", sha="9"))
    assert named(catalog, BUDI) == (1, 1)
    with catalog.write() as connection:
        corrections.undo(connection, number)
    assert named(catalog, BUDI) == (2, 2)


def test_what_cannot_be_is_refused(catalog: Catalog, stored: Put) -> None:
    for error, what in (
        (QueryError, {}),
        (QueryError, {"surface": "  "}),
        (QueryError, {"surface": "Sari Dewi"}),
        (NotFound, {"document_id": 99}),
    ):
        with pytest.raises(error):
            take_out(catalog, BUDI, **what)
    with catalog.read() as connection:
        assert corrections.listed(connection) == []


def test_how_the_texts_write_a_name(catalog: Catalog, stored: Put) -> None:
    with catalog.read() as connection:
        assert surfaces(connection, [BUDI, SHORT], 9) == {"Budi Santoso": 3, "B. Santoso": 1}
        assert surfaces(connection, [BUDI, SHORT], 1) == {"Budi Santoso": 3}
