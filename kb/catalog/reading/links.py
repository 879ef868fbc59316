"""Why documents are linked to an entity: what each tells by itself, and what decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from kb.catalog.reading.typed import fetch
from kb.catalog.schema import corrections, documents, sightings, untagged


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One entity of one document, as ``kb/ingest/linking.py`` linked it."""

    document_id: int
    title: str
    date: str | None
    name: str
    region: str | None
    offices: list[Any]
    """``[role, institution, status]`` each."""
    method: str


_COUNTS = (documents.c.withdrawn.is_(None), ~documents.c.removed)


def _still_here(entity_ids: Sequence[str]) -> ColumnElement[bool]:
    """Not split off: what the document says is not said of somebody else by now."""
    return ~(
        select(untagged.c.id)
        .join(corrections, corrections.c.id == untagged.c.correction_id)
        .where(
            corrections.c.kind == "split",
            corrections.c.target.in_(list(entity_ids)),
            untagged.c.document_id == sightings.c.document_id,
        )
        .exists()
    )


def links(connection: Connection, entity_ids: Sequence[str], limit: int) -> list[LinkRow]:
    """What is linked to these entities, a row a document, the latest first."""
    query = (
        select(
            sightings.c.document_id,
            documents.c.title,
            documents.c.date,
            sightings.c.name,
            sightings.c.region,
            sightings.c.offices,
            sightings.c.method,
        )
        .join(documents, documents.c.id == sightings.c.document_id)
        .where(sightings.c.entity_id.in_(list(entity_ids)), *_COUNTS, _still_here(entity_ids))
        .order_by(func.coalesce(documents.c.date, "").desc(), sightings.c.document_id.desc())
        .limit(limit)
    )
    return fetch(connection, LinkRow, query)


def methods(connection: Connection, entity_ids: Sequence[str]) -> dict[str, int]:
    """How many documents each kind of reason linked to these entities."""
    query = (
        select(sightings.c.method, func.count())
        .join(documents, documents.c.id == sightings.c.document_id)
        .where(sightings.c.entity_id.in_(list(entity_ids)), *_COUNTS, _still_here(entity_ids))
        .group_by(sightings.c.method)
        .order_by(func.count().desc(), sightings.c.method)
    )
    return {str(method): int(count) for method, count in connection.execute(query)}
