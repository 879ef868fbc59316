"""The catalog as it would be if withdrawn documents were all there is and none had been taken back.

What was found in them is shelved (``kb.catalog.shelving``) and in no table that is asked. For the
few questions that want it, these documents are copied into a small catalog of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from kb.catalog import shelving
from kb.catalog.dialect import insert_missing
from kb.catalog.reading.typed import chunks
from kb.catalog.reads import WITHDRAWN
from kb.catalog.schema import (
    aliases,
    corrections,
    document_years,
    documents,
    entities,
    files,
    offices,
    pages,
    tables,
)
from kb.catalog.schema_sources import shelved
from kb.catalog.store import Catalog
from kb.config import Settings

_NOBODY = {"mention_count": 0, "document_count": 0}
_OF_DOCUMENTS = (document_years, pages, tables, shelved)


def catalog_of_withdrawn(source: Connection, settings: Settings, home: Path) -> Catalog:
    """A catalog in ``home`` (empty so far) with the withdrawn documents, open for reading.

    Ids of documents, pages and entities are those of the base; those of statements, mentions and
    offices are below nought, and the same each time.
    """
    here = replace(settings, home=home, catalog="")
    rows = [dict(one) for one in source.execute(select(documents).where(*WITHDRAWN)).mappings()]
    ids = [row["id"] for row in rows]
    with Catalog.open(here, write=True) as made, made.write() as target:
        _copy(source, target, files, files.c.id, {r["file_id"] for r in rows}, run_id=None)
        _insert(target, documents, [{**row, "run_id": None} for row in rows])
        for table in _OF_DOCUMENTS:
            _copy(source, target, table, table.c.document_id, ids)
        _insert(target, corrections, _rows(source.execute(select(corrections)).mappings()))
        posts, known = _known(source, _named(target, rows))
        insert_missing(target, entities, [{**one, **_NOBODY} for one in known])
        _copy(source, target, aliases, aliases.c.entity_id, {one["id"] for one in known})
        _insert(target, offices, posts)
        for row in rows:
            shelving.come_back(target, row["key"], apart=True)
    return Catalog.open(here)


def _named(target: Connection, rows: Sequence[dict[str, Any]]) -> set[str]:
    """Entities the shelved rows point at, and the issuers of their documents."""
    named = {row["institution_id"] for row in rows} | {row["institution_found"] for row in rows}
    for content in target.execute(select(shelved.c.content)).scalars():
        named |= {content.get(pointer) for pointer in shelving.POINTERS}
    return {one for one in named if one}


def _known(
    source: Connection, named: set[str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Offices these entities hold by no document, and all that is known of whom they name."""
    posts: list[dict[str, Any]] = []
    for some in chunks(sorted(named)):
        held = offices.c.person_id.in_(some) & offices.c.document_id.is_(None)
        posts += _rows(source.execute(select(offices).where(held)).mappings())
    found: dict[str, dict[str, Any]] = {}
    ahead = named | {post["institution_id"] for post in posts if post["institution_id"]}
    while ahead:  # whom a merge or a belonging leads to
        rows: list[dict[str, Any]] = []
        for some in chunks(sorted(ahead)):
            query = select(entities).where(entities.c.id.in_(some))
            rows += _rows(source.execute(query).mappings())
        found |= {row["id"]: row for row in rows}
        led = {row[to] for row in rows for to in ("merged_into", "parent") if row[to]}
        ahead = led - set(found)
    known = [found[one] for one in sorted(found)]
    return [p for p in posts if p["institution_id"] in (None, *found)], known


def _copy(
    source: Connection,
    target: Connection,
    table: Table,
    column: Any,
    wanted: Iterable[Any],
    **changed: Any,
) -> None:
    """Rows whose ``column`` is among ``wanted``, with some values ``changed``."""
    for some in chunks(sorted(one for one in wanted if one is not None)):
        found = source.execute(select(table).where(column.in_(some))).mappings()
        _insert(target, table, [{**dict(row), **changed} for row in found])


def _rows(found: Iterable[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in found]


def _insert(target: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        target.execute(insert(table), rows)
