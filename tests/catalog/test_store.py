"""Opening: pragmas, versions, and what is said where it cannot be opened."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from old_catalogs import make_old
from sqlalchemy import inspect, select
from sqlalchemy.pool import QueuePool

from kb.catalog import Catalog, reads
from kb.catalog.database import database
from kb.catalog.schema import SCHEMA_VERSION, documents, metadata
from kb.catalog.steps import STEPS
from kb.catalog.writes_files import set_meta
from kb.config import Settings
from kb.errors import CatalogError


def test_writer_and_readers_have_the_promised_settings(in_file: Settings) -> None:
    with Catalog.open(in_file, write=True) as catalog, catalog.read() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert pragmas == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 1,
        "busy_timeout": 30000,
    }


def test_a_reader_cannot_write(settings: Settings) -> None:
    Catalog.open(settings, write=True).close()
    with (
        Catalog.open(settings) as catalog,
        pytest.raises(CatalogError, match="opened for reading"),
        catalog.write(),
    ):
        pass


def test_a_catalog_nobody_closes_gives_its_connections_back(settings: Settings) -> None:
    Catalog.open(settings, write=True).close()
    catalog = Catalog.open(settings)
    with catalog.read():
        pass
    engine = catalog._engine
    pool = engine.pool
    assert isinstance(pool, QueuePool)
    assert pool.checkedin() == 1
    del catalog
    gc.collect()
    assert engine.pool is not pool, "disposed of"
    assert pool.checkedin() == 0


def test_no_catalog_is_said_with_what_to_do(settings: Settings) -> None:
    with pytest.raises(CatalogError, match=r"no knowledge base at .*; make one with 'kb ingest"):
        Catalog.open(settings)
    assert not settings.home.exists()


@pytest.mark.parametrize("write", [True, False])
def test_damage_is_said_with_what_to_do(in_file: Settings, write: bool) -> None:
    in_file.home.mkdir()
    in_file.catalog_path.write_bytes(b"this is no database, whatever its name says" * 100)
    with pytest.raises(CatalogError, match=r"cannot be opened .*; restore it"):
        Catalog.open(in_file, write=write)


@pytest.mark.parametrize("write", [True, False])
def test_a_newer_catalog_is_refused_and_left_alone(settings: Settings, write: bool) -> None:
    Catalog.open(settings, write=True).close()
    newer = SCHEMA_VERSION + 1
    with Catalog.open(settings, write=True) as catalog, catalog.write() as connection:
        set_meta(connection, "schema_version", str(newer))
    with pytest.raises(CatalogError, match=f"version {newer}, this program .*update the program"):
        Catalog.open(settings, write=write)


@pytest.mark.parametrize("write", [True, False])
def test_version_1_becomes_the_present_one_with_its_content(
    settings: Settings, write: bool
) -> None:
    make_old(settings)
    with Catalog.open(settings, write=write) as catalog, catalog.read() as connection:
        assert reads.get_meta(connection, "schema_version") == str(SCHEMA_VERSION)
        assert connection.execute(select(documents.c.title)).scalars().all() == ["Berita lama"]
        assert reads.texts(connection, [7]) == {7: "Isi berita lama"}
        assert reads.queued(connection) == [3], "the index must take the old document in"
        if not settings.catalog:
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        found = inspect(connection)
        for table in metadata.sorted_tables:
            columns = {
                column["name"]: (str(column["type"]), column["nullable"])
                for column in found.get_columns(table.name)
            }
            fresh = {c.name: (str(c.type), bool(c.nullable)) for c in table.columns}
            if table.name == "meta":
                continue
            assert columns.keys() == fresh.keys(), table.name
            assert {name: value[1] for name, value in columns.items()} == {
                name: value[1] for name, value in fresh.items()
            }, table.name
            indexes = {index["name"] for index in found.get_indexes(table.name)}
            assert {index.name for index in table.indexes} <= indexes, table.name


def test_every_version_has_its_step() -> None:
    assert sorted(STEPS) == list(range(2, SCHEMA_VERSION + 1))


def test_a_step_that_fails_leaves_the_old_version(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_old(settings)
    from kb.catalog import migrations

    def broken(connection: object) -> None:
        STEPS[2](connection)  # type: ignore[arg-type]
        raise RuntimeError("power cut")

    monkeypatch.setattr(migrations, "STEPS", {2: broken})
    with pytest.raises(RuntimeError):
        Catalog.open(settings, write=True)
    engine = database(settings).engine(write=False)
    columns = [column["name"] for column in inspect(engine).get_columns("entities")]
    engine.dispose()
    assert "merged_into" in columns
    assert "hidden" not in columns
    monkeypatch.undo()
    Catalog.open(settings, write=True).close()


def test_the_index_stamp_belongs_to_one_catalog(tmp_path: Path) -> None:
    stamps = set()
    for name in ("one", "two"):
        with Catalog.open(Settings(home=tmp_path / name), write=True) as catalog:
            stamps |= {catalog.index_stamp("a"), catalog.index_stamp("b"), catalog.index_stamp("a")}
    assert len(stamps) == 4
