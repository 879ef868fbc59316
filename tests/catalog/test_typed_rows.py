"""Rows of the catalog as dataclasses."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from kb.catalog import Catalog
from kb.catalog.reading.typed import columns, fetch
from kb.catalog.schema import meta


@dataclass(frozen=True, slots=True)
class Entry:
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    key: str
    place: str


def test_a_row_is_what_the_query_finds(catalog: Catalog) -> None:
    with catalog.read() as connection:
        query = select(*columns(Entry, meta)).where(meta.c.key == "schema_version")
        (entry,) = fetch(connection, Entry, query)
    assert entry.key == "schema_version"
    assert entry.value.isdigit()


def test_a_column_that_is_not_there_is_seen_where_it_is_named() -> None:
    with pytest.raises(KeyError):
        columns(Elsewhere, meta)


@pytest.mark.parametrize("wrong", [(meta.c.value, meta.c.key), (meta.c.key,)])
def test_columns_in_another_order_are_refused(catalog: Catalog, wrong: tuple[object, ...]) -> None:
    with catalog.read() as connection, pytest.raises(TypeError, match="Entry is read from"):
        fetch(connection, Entry, select(*wrong))  # type: ignore[call-overload]
