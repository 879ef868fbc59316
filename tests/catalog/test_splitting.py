"""What documents say of one is said of another: in any order, after any reading and linking."""

from __future__ import annotations

from typing import Any

import pytest
from catalog_samples import Put, document, state
from sqlalchemy import select, update

from kb.catalog import Catalog, corrections, judgements, replaying, sharing
from kb.catalog.pointers import relink
from kb.catalog.schema import (
    aliases,
    documents,
    entities,
    entity_documents,
    mentions,
    offices,
    statements,
    untagged,
)
from kb.errors import Overtaken, QueryError

BUDI, SARI = "person:budi-santoso", "person:sari-dewi"
NOW = "2026-02-01T00:00:00"
TABLES = (mentions, offices, statements, documents, entity_documents)


@pytest.fixture
def stored(put: Put) -> Put:
    for number in (1, 2, 3):
        text = f"Berita {number}. Gubernur Budi Santoso hadir di Serang."
        put(document(text, path=f"/{number}.html"), state(f"/{number}.html", sha=str(number)))
    return put


def who(catalog: Catalog) -> dict[int, list[str | None]]:
    """Whom each document means by the name: mention, office, statement."""
    found: dict[int, list[str | None]] = {}
    with catalog.read() as connection:
        for pointer in (mentions.c.entity_id, offices.c.person_id, statements.c.speaker_id):
            table: Any = pointer.table
            query = select(table.c.document_id, pointer).where(pointer.like("person:%"))
            for row in connection.execute(query.order_by(table.c.document_id)):
                found.setdefault(row[0], []).append(row[1])
    return found


def snapshot(catalog: Catalog) -> list[Any]:
    with catalog.read() as connection:
        return [sorted(map(tuple, connection.execute(select(t))), key=str) for t in TABLES]


def split(catalog: Catalog, *numbers: int, **more: Any) -> tuple[int, str]:
    """The correction, and who it is instead."""
    more = more or {"name": "Budi Santoso, S.Pd."}
    with catalog.write() as connection:
        number = corrections.split(connection, BUDI, numbers, now=NOW, by="ani", **more)
        return number, str(judgements.one(connection, number).value["to"]["entity_id"])


def undo(catalog: Catalog, number: int) -> None:
    with catalog.write() as connection:
        corrections.undo(connection, number, now=NOW)


def test_everything_of_these_documents_follows_and_comes_back(
    catalog: Catalog, stored: Put
) -> None:
    before = snapshot(catalog)
    number, other = split(catalog, 2, 3)
    assert who(catalog) == {1: [BUDI] * 3, 2: [other] * 3, 3: [other] * 3}
    with catalog.read() as connection:
        row = connection.execute(select(entities).where(entities.c.id == other)).one()
        names = set(connection.execute(
            select(aliases.c.norm).where(aliases.c.entity_id == other)
        ).scalars())  # fmt: skip
    assert (row.name, row.document_count, row.mention_count) == ("Budi Santoso, S.Pd.", 2, 2)
    assert "budi santoso" in names, "it is found by what the documents call it"
    undo(catalog, number)
    assert snapshot(catalog) == before
    with catalog.read() as connection:
        assert connection.execute(select(untagged)).all() == []
        assert connection.execute(select(aliases).where(aliases.c.entity_id == other)).all() == []


def test_it_holds_when_a_document_is_read_again(catalog: Catalog, stored: Put) -> None:
    number, other = split(catalog, 2)
    again = document("Baru. Gubernur Budi Santoso pulang dari Serang.", path="/2.html")
    stored(again, state("/2.html", sha="22", stamp="2"))
    assert who(catalog) == {1: [BUDI] * 3, 2: [other] * 3, 3: [BUDI] * 3}
    undo(catalog, number)
    assert who(catalog)[2] == [BUDI] * 3


def test_it_holds_when_the_linking_calls_the_one_by_another_id(
    catalog: Catalog, stored: Put
) -> None:
    _, other = split(catalog, 2)
    with catalog.write() as connection:
        new = {"id": f"{BUDI}~36", "type": "person", "name": "Budi Santoso", "origin": "text"}
        connection.execute(entities.insert().values(**new, mention_count=0, document_count=0))
        relink(connection, 2, {BUDI: f"{BUDI}~36"})
        replaying.replay(connection, 2)
    assert who(catalog)[2] == [other] * 3


def test_it_comes_apart_from_a_merge_in_both_orders(catalog: Catalog, stored: Put) -> None:
    before = who(catalog)
    for first in (0, 1):
        number, other = split(catalog, 3)
        with catalog.write() as connection:
            merged = corrections.merge(connection, other, BUDI, now=NOW)
        assert who(catalog) == before
        undo(catalog, (number, merged)[first])
        if first:
            assert who(catalog)[3] == [other] * 3
        undo(catalog, (merged, number)[first])
        assert who(catalog) == before


def test_into_somebody_known(catalog: Catalog, stored: Put) -> None:
    stored(document("Sari Dewi hadir.", path="/9.html"), state("/9.html", sha="9"))
    _, other = split(catalog, 1, into=SARI)
    assert other == SARI
    assert who(catalog)[1] == [SARI] * 3


def test_another_base_decides_the_same(catalog: Catalog, stored: Put) -> None:
    number, other = split(catalog, 2)
    with catalog.read() as connection:
        entries = [sharing.checked(e, "Line 1") for e in sharing.shared(connection)]
    with catalog.write() as connection:
        corrections.undo(connection, number)
        connection.execute(update(documents).where(documents.c.id == 2).values(key="/lain.html"))
        connection.execute(judgements.corrections.delete())
        taken = sharing.take_in(connection, entries)
    assert (taken.new, taken.waiting) == (1, 0)
    assert who(catalog)[2] == [other] * 3


def test_what_is_no_split_is_refused(catalog: Catalog, stored: Put) -> None:
    with catalog.write() as connection:
        for documents_, more, error in (
            ([], {"name": "X"}, QueryError),
            ([1], {"name": " - "}, QueryError),
            ([1], {"into": "place:36.73"}, QueryError),
            ([1], {"into": BUDI}, QueryError),
            ([99], {"name": "X"}, Overtaken),
        ):
            with pytest.raises(error):
                corrections.split(connection, BUDI, documents_, now=NOW, **more)
        assert judgements.everything(connection) == []
