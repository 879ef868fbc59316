"""A base of every released schema opens: each is kept here as it was (``schemas/``).

A new version of the schema adds its file: the one before, taken through the new step.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import inspect, select

from kb.catalog import Catalog, reads
from kb.catalog.schema import SCHEMA_VERSION, documents, metadata
from kb.config import Settings

KEPT = sorted((Path(__file__).parent / "schemas").glob("version_*.sql"))


def test_every_version_is_kept() -> None:
    numbers = {int(re.sub(r"\D", "", path.stem)) for path in KEPT}
    assert numbers == set(range(1, SCHEMA_VERSION + 1))


@pytest.mark.parametrize("file", KEPT, ids=lambda path: path.stem)
def test_it_opens_with_its_content(in_file: Settings, file: Path) -> None:
    settings = in_file
    settings.home.mkdir(parents=True, exist_ok=True)
    raw = sqlite3.connect(settings.catalog_path)
    raw.executescript(file.read_text(encoding="utf-8"))
    raw.close()
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        assert reads.get_meta(connection, "schema_version") == str(SCHEMA_VERSION)
        assert connection.execute(select(documents.c.title)).scalars().all() == ["Berita lama"]
        assert reads.texts(connection, [7]) == {7: "Isi berita lama"}
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        found = inspect(connection)
        for table in metadata.sorted_tables:
            columns = {column["name"] for column in found.get_columns(table.name)}
            assert {column.name for column in table.columns} <= columns, table.name
            indexes = {index["name"] for index in found.get_indexes(table.name)}
            assert {index.name for index in table.indexes} <= indexes, table.name
    with Catalog.open(settings, write=True) as catalog, catalog.write() as connection:
        connection.execute(documents.update().values(title="Berita baru"))
