"""Other names that staff give or take away: at once, for later texts, and undone in any order."""

from __future__ import annotations

from itertools import permutations

import pytest
from catalog_samples import Put, document, state
from decided_samples import BUDI, NOW, ONE, SARI, SHORT, TWO, people, snapshot
from sqlalchemy import select, update

from kb.catalog import Catalog, corrections
from kb.catalog.schema import aliases, entities
from kb.errors import NotFound, QueryError


def names(catalog: Catalog, entity_id: str) -> set[str]:
    with catalog.read() as connection:
        query = select(aliases.c.alias).where(aliases.c.entity_id == entity_id)
        return set(connection.execute(query).scalars())


def decide(catalog: Catalog, entity_id: str, name: str, *, gone: bool = False) -> int:
    with catalog.write() as connection:
        return corrections.alias(connection, entity_id, name, gone=gone, now=NOW, by="Ani")


def settle(catalog: Catalog) -> None:
    """What an ingest ends with."""
    with catalog.write() as connection:
        corrections.reapply(connection)


def undo(catalog: Catalog, *numbers: int) -> None:
    for number in numbers:
        with catalog.write() as connection:
            corrections.undo(connection, number)


def test_what_later_texts_call_so_is_the_entity_until_it_is_undone(
    catalog: Catalog, put: Put
) -> None:
    put(document(ONE, path="/1.html"), state("/1.html", sha="1"))
    number = decide(catalog, BUDI, "B.  Santoso")
    assert "B. Santoso" in names(catalog, BUDI)
    put(document(TWO, path="/2.html"), state("/2.html", sha="2"))
    settle(catalog)
    assert people(catalog) == {BUDI: (2, None), SHORT: (0, BUDI), SARI: (1, None)}
    put(document(TWO, path="/3.html"), state("/3.html", sha="3"))
    settle(catalog)
    assert people(catalog)[BUDI] == (3, None)
    undo(catalog, number)
    assert people(catalog) == {BUDI: (1, None), SHORT: (2, None), SARI: (2, None)}
    assert names(catalog, BUDI) == {"Budi Santoso"}


@pytest.mark.parametrize(
    ("theirs", "mine", "joins"),
    [("36", "32.04", False), ("36.73", "36", True), (None, "36", True), ("36.7", "36.73", False)],
)
def test_somebody_so_called_elsewhere_stays_another(
    catalog: Catalog, put: Put, theirs: str | None, mine: str, joins: bool
) -> None:
    put(document(ONE, path="/1.html"), state("/1.html", sha="1"))
    decide(catalog, BUDI, "B. Santoso")
    put(document(TWO, path="/2.html"), state("/2.html", sha="2"))
    with catalog.write() as connection:
        for one, region in ((SHORT, theirs), (BUDI, mine)):
            connection.execute(update(entities).where(entities.c.id == one).values(region=region))
    settle(catalog)
    assert people(catalog)[SHORT][1] == (BUDI if joins else None)


def test_who_was_told_apart_or_is_of_the_authority_file_does_not_join(
    catalog: Catalog, put: Put
) -> None:
    put(document(ONE, path="/1.html"), state("/1.html", sha="1"))
    decide(catalog, BUDI, "B. Santoso")
    put(document(TWO, path="/2.html"), state("/2.html", sha="2"))
    with catalog.write() as connection:
        number = corrections.keep_apart(connection, SHORT, BUDI, now=NOW)
    settle(catalog)
    assert people(catalog)[SHORT] == (1, None)
    undo(catalog, number)
    with catalog.write() as connection:
        mine = update(entities).where(entities.c.id == SHORT)
        connection.execute(mine.values(origin="authority"))
    settle(catalog)
    assert people(catalog)[SHORT] == (1, None)


def test_a_name_taken_away_stays_away_when_the_text_is_read_again(
    catalog: Catalog, put: Put
) -> None:
    put(document(ONE, path="/1.html"), state("/1.html", sha="1"))
    assert "Serang" in names(catalog, "place:36.73")
    before = snapshot(catalog)
    number = decide(catalog, "place:36.73", "SERANG", gone=True)
    assert names(catalog, "place:36.73") == {"Kota Serang"}
    put(document(ONE, path="/1.html"), state("/1.html", sha="1"))
    settle(catalog)
    assert names(catalog, "place:36.73") == {"Kota Serang"}
    undo(catalog, number)
    assert snapshot(catalog)["aliases"] == before["aliases"]


@pytest.mark.parametrize("order", list(permutations(range(5)))[::17])
def test_decisions_on_names_come_apart_in_any_order(
    catalog: Catalog, put: Put, order: tuple[int, ...]
) -> None:
    put(document(ONE, path="/1.html"), state("/1.html", sha="1"))
    put(document(TWO, path="/2.html"), state("/2.html", sha="2"))
    before = snapshot(catalog)
    numbers = [decide(catalog, BUDI, "Pak Budi"), decide(catalog, BUDI, "Pak Budi", gone=True)]
    with catalog.write() as connection:
        numbers.append(corrections.merge(connection, SHORT, BUDI, now=NOW))
    numbers.append(decide(catalog, BUDI, "B. Santoso", gone=True))
    assert "B. Santoso" not in names(catalog, BUDI)
    with catalog.write() as connection:
        numbers.append(corrections.rename(connection, BUDI, "B. Santoso", now=NOW))
    assert "B. Santoso" in names(catalog, BUDI), "nothing is without its very name"
    undo(catalog, *(numbers[place] for place in order))
    assert snapshot(catalog) == before


def test_the_last_word_on_a_name_counts(catalog: Catalog, put: Put) -> None:
    put(document(ONE, path="/1.html"), state("/1.html", sha="1"))
    decide(catalog, BUDI, "Pak Budi")
    last = decide(catalog, BUDI, "Pak Budi", gone=True)
    settle(catalog)
    assert names(catalog, BUDI) == {"Budi Santoso"}
    undo(catalog, last)
    assert names(catalog, BUDI) == {"Budi Santoso", "Pak Budi"}


def test_a_name_given_goes_along_with_a_merge(catalog: Catalog, put: Put) -> None:
    put(document(ONE, path="/1.html"), state("/1.html", sha="1"))
    put(document(TWO, path="/2.html"), state("/2.html", sha="2"))
    with catalog.write() as connection:
        corrections.merge(connection, SHORT, BUDI, now=NOW)
    number = decide(catalog, SHORT, "Pak Budi")
    assert "Pak Budi" in names(catalog, BUDI), "of the one that it stands for"
    undo(catalog, number)
    assert "Pak Budi" not in names(catalog, BUDI)


@pytest.mark.parametrize(
    ("entity", "name", "gone", "error", "words"),
    [
        (BUDI, " . ", False, QueryError, "at least one letter"),
        (BUDI, "budi  SANTOSO", False, QueryError, "already"),
        ("place:36.73", "serang", False, QueryError, "already"),
        (BUDI, "sari dewi", False, QueryError, "merge them instead"),
        (BUDI, "Pak Budi", True, QueryError, "is not called"),
        (BUDI, "Budi Santoso", True, QueryError, "rename it"),
        ("person:nobody", "Pak", False, NotFound, "no entity"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(
    catalog: Catalog, put: Put, entity: str, name: str, gone: bool, error: type, words: str
) -> None:
    put(document(ONE, path="/1.html"), state("/1.html", sha="1"))
    put(document(TWO, path="/2.html"), state("/2.html", sha="2"))
    before = snapshot(catalog)
    with pytest.raises(error, match=words):
        decide(catalog, entity, name, gone=gone)
    assert snapshot(catalog) == before
    with catalog.read() as connection:
        assert corrections.listed(connection) == []
