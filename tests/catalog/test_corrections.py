"""What staff decide holds through every ingest, and can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from catalog_samples import Put, document, state
from decided_samples import BUDI, NOW, ONE, SARI, SHORT, TWO, people, snapshot
from sqlalchemy import select

from kb.catalog import Catalog, corrections, reads, rulings
from kb.catalog import writes_files as book
from kb.catalog.schema import (
    aliases,
    entities,
    index_queue,
)
from kb.catalog.writes import write_document
from kb.catalog.writes_entities import EntityStore
from kb.errors import NotFound, QueryError

ISSUER = "institution:diskominfo@36"


@pytest.fixture
def stored(put: Put) -> Put:
    put(document(ONE, path="/1.html"), state("/1.html", sha="1"))
    put(document(TWO, path="/2.html", date="2025-03-01"), state("/2.html", sha="2"))
    return put


def officials(catalog: Catalog, document_id: int) -> tuple[str, ...]:
    with catalog.read() as connection:
        return next(reads.passages(connection, [document_id])).officials


def empty_queue(catalog: Catalog) -> None:
    with catalog.write() as connection:
        connection.execute(index_queue.delete())


def test_a_merge_moves_everything_and_new_texts_follow_it(catalog: Catalog, stored: Put) -> None:
    empty_queue(catalog)
    with catalog.write() as connection:
        corrections.merge(connection, SHORT, BUDI, now=NOW, by="staf")
        assert reads.queued(connection) == [2]
    assert people(catalog) == {BUDI: (2, None), SHORT: (0, BUDI), SARI: (1, None)}
    assert officials(catalog, 2) == (BUDI, SARI)
    stored(document(TWO, path="/3.html"), state("/3.html", sha="3"))
    assert people(catalog)[BUDI] == (3, None)
    assert officials(catalog, 3) == (BUDI, SARI)
    with catalog.read() as connection:
        names = connection.execute(
            select(aliases.c.alias).where(aliases.c.entity_id == BUDI)
        ).scalars()
        assert "B. Santoso" in set(names)


def test_every_decision_can_be_taken_back_to_the_letter(catalog: Catalog, stored: Put) -> None:
    before = snapshot(catalog)
    decisions = (
        lambda c: corrections.merge(c, SHORT, BUDI, now=NOW),
        lambda c: corrections.rename(c, SARI, "Sari Dewi Lestari", now=NOW),
        lambda c: corrections.hide(c, BUDI, now=NOW),
        lambda c: corrections.alias(c, SARI, "Ibu Sari", now=NOW),
        lambda c: rulings.set_field(c, 1, "title", "Judul benar", now=NOW),
        lambda c: rulings.set_field(c, 1, "years", [2020, 2021], now=NOW),
    )
    for decide in decisions:
        with catalog.write() as connection:
            number = decide(connection)
        assert snapshot(catalog) != before
        with catalog.write() as connection:
            corrections.undo(connection, number)
        assert snapshot(catalog) == before
    with catalog.write() as connection:
        numbers = [decide(connection) for decide in decisions]
        for number in (numbers[place] for place in (2, 0, 4, 1, 5, 3)):
            corrections.undo(connection, number)
        assert corrections.listed(connection) == []
    assert snapshot(catalog) == before


def test_a_chain_of_merges_leads_to_its_end_and_comes_apart_in_any_order(
    catalog: Catalog, stored: Put
) -> None:
    before = snapshot(catalog)
    with catalog.write() as connection:
        first = corrections.merge(connection, SHORT, BUDI, now=NOW)
        second = corrections.merge(connection, BUDI, SARI, now=NOW)
    assert people(catalog) == {SARI: (3, None), BUDI: (0, SARI), SHORT: (0, BUDI)}
    with catalog.write() as connection:
        corrections.undo(connection, first)
    assert people(catalog) == {SARI: (2, None), BUDI: (0, SARI), SHORT: (1, None)}
    with catalog.write() as connection:
        corrections.undo(connection, second)
    assert people(catalog) == {SARI: (1, None), BUDI: (1, None), SHORT: (1, None)}
    assert snapshot(catalog)["mentions"] == before["mentions"]


def test_merged_institutions_take_their_documents_along(catalog: Catalog, stored: Put) -> None:
    with catalog.write() as connection:
        connection.execute(
            entities.insert().values(
                id="institution:kominfo", type="institution", name="Kominfo", origin="text"
            )
        )
        number = corrections.merge(connection, ISSUER, "institution:kominfo", now=NOW)
    with catalog.read() as connection:
        [passage] = reads.passages(connection, [1])
    assert passage.institution == "institution:kominfo"
    with catalog.write() as connection:
        corrections.undo(connection, number)
        [passage] = reads.passages(connection, [1])
    assert passage.institution == ISSUER


def test_names_hiding_and_fields_survive_the_document_coming_in_again(
    catalog: Catalog, stored: Put
) -> None:
    with catalog.write() as connection:
        corrections.rename(connection, BUDI, "Budi Santoso Wijaya", now=NOW)
        corrections.hide(connection, SARI, now=NOW)
        rulings.set_field(connection, 1, "title", "Judul benar", now=NOW)
        rulings.set_field(connection, 1, "years", [2020], now=NOW)
    stored(document(ONE + " Tambah.", path="/1.html"), state("/1.html", sha="11"))
    stored(document(TWO + " Tambah.", path="/2.html"), state("/2.html", sha="22"))
    with catalog.write() as connection:
        corrections.reapply(connection)
        row = connection.execute(select(entities).where(entities.c.id == BUDI)).one()
        assert row.name == "Budi Santoso Wijaya"
        [passage] = reads.passages(connection, [1])
        assert (passage.title, passage.years) == ("Judul benar", (2020,))
        hidden = connection.execute(select(entities.c.hidden).where(entities.c.id == SARI))
        assert hidden.scalar_one() is True


def test_hidden_officials_leave_the_facets(catalog: Catalog, stored: Put) -> None:
    empty_queue(catalog)
    with catalog.write() as connection:
        number = corrections.hide(connection, BUDI, now=NOW)
        assert reads.queued(connection) == [1]
    assert officials(catalog, 1) == ()
    with catalog.write() as connection:
        corrections.undo(connection, number)
    assert officials(catalog, 1) == (BUDI,)


def test_reapply_restores_what_was_lost(catalog: Catalog, stored: Put) -> None:
    with catalog.write() as connection:
        corrections.merge(connection, SHORT, BUDI, now=NOW)
        corrections.hide(connection, SARI, now=NOW)
    after = snapshot(catalog)
    with catalog.write() as connection:
        connection.execute(entities.update().values(merged_into=None, hidden=False))
        corrections.reapply(connection)
    assert snapshot(catalog) == after


@pytest.mark.parametrize(
    ("decide", "error", "words"),
    [
        (lambda c: corrections.merge(c, BUDI, BUDI, now=NOW), QueryError, "the same"),
        (lambda c: corrections.merge(c, BUDI, "place:36.73", now=NOW), QueryError, "two of a kind"),
        (lambda c: corrections.merge(c, "person:x", BUDI, now=NOW), NotFound, "kb entities"),
        (lambda c: corrections.rename(c, BUDI, " . ", now=NOW), QueryError, "at least one letter"),
        (lambda c: corrections.hide(c, "person:x", now=NOW), NotFound, "kb entities"),
        (lambda c: rulings.set_field(c, 1, "path", "x", now=NOW), QueryError, "cannot be set"),
        (lambda c: rulings.set_field(c, 99, "title", "x", now=NOW), NotFound, "kb search"),
        (lambda c: corrections.undo(c, 99), NotFound, "no correction 99"),
    ],
)
def test_what_cannot_be_is_said(
    catalog: Catalog, stored: Put, decide: Any, error: type[Exception], words: str
) -> None:
    with catalog.write() as connection, pytest.raises(error, match=words):
        decide(connection)


def test_a_circle_of_merges_is_refused(catalog: Catalog, stored: Put) -> None:
    with catalog.write() as connection:
        corrections.merge(connection, SHORT, BUDI, now=NOW)
        with pytest.raises(QueryError, match="undo the earlier merge"):
            corrections.merge(connection, BUDI, SHORT, now=NOW)
        with pytest.raises(QueryError, match="already merged"):
            corrections.merge(connection, SHORT, SARI, now=NOW)


def test_a_merge_comes_apart_also_after_its_texts_were_read_again(
    catalog: Catalog, stored: Put
) -> None:
    with catalog.write() as connection:
        number = corrections.merge(connection, SHORT, BUDI, now=NOW)
    for stamp in ("2", "3"):
        file = state("/2.html", sha="2", stamp=stamp)
        with catalog.write() as connection:
            run = book.start_run(connection, now=NOW, pid=1)
            write_document(
                connection,
                EntityStore(),
                document(TWO, path="/2.html", date="2025-03-01"),
                file,
                file_id=book.file_id(connection, file, run),
                run_id=run,
                now=NOW,
            )
        assert people(catalog) == {BUDI: (2, None), SHORT: (0, BUDI), SARI: (1, None)}
    with catalog.write() as connection:
        corrections.undo(connection, number)
    assert people(catalog) == {BUDI: (1, None), SHORT: (1, None), SARI: (1, None)}
    assert officials(catalog, 2) == (SHORT, SARI)
