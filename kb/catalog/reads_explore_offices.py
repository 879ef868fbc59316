"""What ``explore`` reads about offices held."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from kb.catalog.reads_explore import Row, chunks
from kb.catalog.schema import documents, entities, offices


def officials_among(connection: Connection, ids: Collection[str]) -> set[str]:
    """Those of these persons for whom any office is known."""
    found: set[str] = set()
    for part in chunks(list(ids)):
        query = select(offices.c.person_id).where(offices.c.person_id.in_(part)).distinct()
        found.update(connection.execute(query).scalars())
    return found


def offices_of(connection: Connection, person_ids: Collection[str]) -> list[Row]:
    """Office rows of these persons with title and date of the document that states each."""
    return _offices(connection, offices.c.person_id, person_ids)


def offices_in(connection: Connection, institution_ids: Collection[str]) -> list[Row]:
    """Office rows that belong to these institutions (or regions)."""
    return _offices(connection, offices.c.institution_id, institution_ids)


def offices_on(connection: Connection, document_id: int, number: int | None = None) -> list[Row]:
    """Office rows stated in one document (or on one page of it)."""
    rows = _offices(connection, offices.c.document_id, [document_id])
    return [r for r in rows if number is None or r["page"] == number]


def _offices(connection: Connection, column: ColumnElement[Any], ids: Collection[Any]) -> list[Row]:
    found: list[Row] = []
    for part in chunks(list(ids)):
        query = (
            select(offices, documents.c.title, entities.c.name.label("person_name"))
            .join(entities, entities.c.id == offices.c.person_id)
            .outerjoin(documents, documents.c.id == offices.c.document_id)
            .where(column.in_(part), entities.c.hidden.is_(False))
            .order_by(func.coalesce(offices.c.date_from, offices.c.date, ""), offices.c.id)
        )
        found += connection.execute(query).mappings()
    return found
