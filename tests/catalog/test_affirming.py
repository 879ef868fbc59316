"""What is right is said to be right: it stays, and is asked of nobody again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from catalog_samples import Put, document, state
from sqlalchemy import select

from kb.catalog import Catalog, corrections, judgements, legible, rulings
from kb.catalog.schema import indicators, mentions, offices, statements, untagged
from kb.errors import NotFound, Overtaken
from kb.model import TagResult

NOW = "2026-02-01T00:00:00"
BUDI, SARI = "person:budi-santoso", "person:sari-dewi"
TABLES = (mentions, offices, statements, indicators)


@pytest.fixture
def stored(put: Put) -> Put:
    put(document("Gubernur Budi Santoso hadir.", "Sari Dewi pulang.", path="/1.html"))
    return put


def rows(catalog: Catalog) -> list[Any]:
    with catalog.read() as connection:
        return [list(map(tuple, connection.execute(select(t).order_by(t.c.id)))) for t in TABLES]


@pytest.mark.parametrize("kind", ["mention", "office", "statement", "indicator"])
def test_affirmed_and_taken_back(catalog: Catalog, stored: Put, kind: str) -> None:
    before = rows(catalog)
    with catalog.write() as connection:
        number = rulings.affirm(connection, kind, 1, now=NOW)
        assert list(judgements.marks(connection, [1])) == [(f"{kind}s", 1)]
        corrections.undo(connection, number)
        assert connection.execute(select(untagged)).all() == []
    assert rows(catalog) == before


def test_an_affirmed_office_stays_where_the_tagger_misses_it(catalog: Catalog, stored: Put) -> None:
    with catalog.write() as connection:
        rulings.affirm(connection, "office", 1, now=NOW)
    bare = document("Gubernur Budi Santoso hadir.", "Sari Dewi pulang.", path="/1.html")
    stored(replace(bare, tags=(TagResult((), (), (), ()),) * 2), state("/1.html", stamp="2"))
    with catalog.read() as connection:
        office = connection.execute(select(offices)).one()
    assert (office.role, office.confidence, office.method) == ("Gubernur", 1.0, "staff")


def test_a_page_that_ocr_could_not_read_says_nothing(catalog: Catalog, stored: Put) -> None:
    before = rows(catalog)
    with catalog.write() as connection:
        number = rulings.page(connection, 1, 1, legible_now=False, now=NOW)
        assert connection.execute(select(mentions.c.page)).scalars().all() == [2]
        assert connection.execute(select(offices)).all() == []
        corrections.undo(connection, number)
    assert rows(catalog) == before


def test_a_page_that_was_read_anew_is_looked_at_anew(catalog: Catalog, stored: Put) -> None:
    with catalog.write() as connection:
        number = rulings.page(connection, 1, 1, legible_now=False, now=NOW)
    better = document("Gubernur Budi Santoso hadir di Serang.", "Sari Dewi pulang.", path="/1.html")
    stored(better, state("/1.html", sha="2"))
    with catalog.write() as connection:
        assert judgements.one(connection, number).problem == legible.CHANGED
        assert connection.execute(select(offices.c.person_id)).scalars().all() == [BUDI]
        with pytest.raises(Overtaken):
            rulings.page(connection, 1, 1, legible_now=True, now=NOW, seen="other words")
        with pytest.raises(NotFound):
            rulings.page(connection, 1, 7, legible_now=True, now=NOW)


def test_two_that_are_two(catalog: Catalog, stored: Put) -> None:
    before = rows(catalog)
    with catalog.write() as connection:
        number = corrections.keep_apart(connection, BUDI, SARI, now=NOW)
        assert judgements.named_ids(connection) == {BUDI, SARI}
        corrections.undo(connection, number)
        corrections.merge(connection, BUDI, SARI, now=NOW)
        with pytest.raises(Overtaken, match="merged"):
            corrections.keep_apart(connection, BUDI, SARI, now=NOW)
    assert rows(catalog)[1][0][1] == SARI != before[1][0][1]
