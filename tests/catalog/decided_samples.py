"""Two documents about three people, and the state that decisions about them change."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from kb.catalog import Catalog
from kb.catalog.schema import (
    aliases,
    document_years,
    documents,
    entities,
    mentions,
    offices,
    statements,
)

BUDI, SHORT, SARI = "person:budi-santoso", "person:b-santoso", "person:sari-dewi"
ONE = "Gubernur Budi Santoso hadir di Serang."
TWO = "Gubernur B. Santoso hadir bersama Sari Dewi."
NOW = "2026-02-01T00:00:00"


def snapshot(catalog: Catalog) -> dict[str, list[Any]]:
    """Everything a decision may change."""
    with catalog.read() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=str)
            for table in (entities, aliases, mentions, offices, statements, documents)
        } | {"years": sorted(tuple(row) for row in connection.execute(select(document_years)))}


def people(catalog: Catalog) -> dict[str, tuple[int, str | None]]:
    with catalog.read() as connection:
        return {
            row.id: (row.mention_count, row.merged_into)
            for row in connection.execute(select(entities).where(entities.c.type == "person"))
        }
