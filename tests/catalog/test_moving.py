"""``kb move``: a catalog into another database, whole, either way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import real_servers
from catalog_samples import Put, document, state
from sqlalchemy import Connection, Table, select

from kb.catalog import Catalog, moving, writer_lock
from kb.catalog.moving import move
from kb.catalog.schema import metadata
from kb.catalog.writes import delete_document
from kb.config import Settings
from kb.errors import Busy, CatalogError


@pytest.fixture(params=real_servers.DATABASES)
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """An empty place for the copy."""
    with real_servers.catalog_address(request.param) as address:
        yield Settings(home=tmp_path / "other", catalog=address)


@pytest.fixture
def filled(settings: Settings, catalog: Catalog, put: Put) -> Settings:
    """Two documents, and one that is gone with the largest page number."""
    for number in (1, 2, 3):
        path = f"/berita-{number}.html"
        text = f"Gubernur Budi Santoso hadir di Serang. “Béton” nomor {number}."
        put(document(text, "Halaman dua.", path=path), state(path, sha=str(number)))
    with catalog.write() as connection:
        delete_document(connection, 3)
    return settings


def everything(settings: Settings) -> dict[str, list[str]]:
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        return {
            table.name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            for table in metadata.sorted_tables
        }


def test_all_of_it_is_there_and_goes_on(filled: Settings, other: Settings) -> None:
    before = everything(filled)
    moved = move(filled, other)
    assert moved.documents == 2
    assert moved.rows == sum(map(len, before.values()))
    assert everything(other) == before == everything(filled)
    with Catalog.open(filled) as one, Catalog.open(other) as two:
        assert one.index_stamp("a") == two.index_stamp("a"), "the index goes on"
    pages = metadata.tables["pages"]
    with Catalog.open(other, write=True) as catalog, catalog.write() as connection:
        largest = max(connection.execute(select(pages.c.id)).scalars())
        row = {"document_id": 1, "number": 99, "text": "baru", "method": "text"}
        number = connection.execute(pages.insert().values(row)).inserted_primary_key[0]  # type: ignore[index]
    assert number > largest + 1, "the number of a page that is gone is not given again"


def test_a_place_that_holds_something_is_refused(filled: Settings, other: Settings) -> None:
    move(filled, other)
    before = everything(other)
    with pytest.raises(CatalogError, match="already; name an empty place"):
        move(filled, other)
    with pytest.raises(CatalogError, match=r"is at .* already; name another"):
        move(filled, filled)
    assert everything(other) == before


def test_a_copy_that_differs_is_not_kept(
    filled: Settings, other: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = moving.set_last_number

    def lossy(connection: Connection, table: Table, number: int) -> None:
        real(connection, table, number)
        if table.name == "mentions":
            first = select(table.c.id).limit(1).scalar_subquery()
            connection.execute(table.delete().where(table.c.id == first))

    monkeypatch.setattr(moving, "set_last_number", lossy)
    with pytest.raises(CatalogError, match="differs from the catalog in the table 'mentions'"):
        move(filled, other)
    monkeypatch.undo()
    assert move(filled, other).documents == 2, "nothing of the first was kept"


@pytest.mark.slow
def test_nobody_writes_meanwhile(filled: Settings, other: Settings) -> None:
    with writer_lock(filled, "ingest"), pytest.raises(Busy):
        move(filled, other)
