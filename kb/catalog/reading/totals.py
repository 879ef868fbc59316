"""What a base holds, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from kb.catalog.faults import faulty
from kb.catalog.reads import SHOWN
from kb.catalog.schema import (
    document_years,
    documents,
    entities,
    files,
    indicators,
    offices,
    statements,
)


@dataclass(frozen=True, slots=True)
class Counts:
    """Sizes of a base and the dates it spans."""

    documents: int
    passages: int
    ocr_pages: int
    first_date: str | None
    last_date: str | None
    updated: str | None
    persons: int
    institutions: int
    places: int
    officials: int
    statements: int
    indicators: int
    failed_files: int


def counts(connection: Connection) -> Counts:
    """Sizes of the base by name, and the dates it spans."""

    def count(query: Select[Any]) -> Any:
        return connection.execute(query).scalar_one()

    named = and_(entities.c.hidden.is_(False), entities.c.merged_into.is_(None))
    seen = and_(named, entities.c.mention_count > 0)
    by_type = select(entities.c.type, func.count()).where(seen).group_by(entities.c.type)
    kinds: dict[str, int] = {row[0]: row[1] for row in connection.execute(by_type)}
    officials = count(
        select(func.count())
        .select_from(entities)
        .where(
            seen,
            entities.c.type == "person",
            entities.c.id.in_(select(offices.c.person_id)),
        )
    )
    row = connection.execute(
        select(
            func.count(),
            func.coalesce(func.sum(documents.c.page_count), 0),
            func.coalesce(func.sum(documents.c.ocr_pages), 0),
            func.min(documents.c.date),
            func.max(documents.c.date),
            func.max(documents.c.updated),
        ).where(*SHOWN)
    ).one()
    return Counts(
        documents=row[0],
        passages=row[1],
        ocr_pages=row[2],
        first_date=row[3],
        last_date=row[4],
        updated=row[5],
        persons=kinds.get("person", 0),
        institutions=kinds.get("institution", 0),
        places=kinds.get("place", 0),
        officials=officials,
        statements=count(select(func.count()).select_from(statements)),
        indicators=count(
            select(func.count()).select_from(select(indicators.c.norm).distinct().subquery())
        ),
        failed_files=count(select(func.count()).select_from(files).where(faulty())),
    )


def documents_by_type(connection: Connection) -> list[tuple[str, int]]:
    """Documents of each type, most first."""
    query = (
        select(documents.c.doc_type, func.count())
        .where(documents.c.doc_type.is_not(None), *SHOWN)
        .group_by(documents.c.doc_type)
        .order_by(func.count().desc(), documents.c.doc_type)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]


def documents_by_year(connection: Connection) -> list[tuple[int, int]]:
    """Documents by each year they cover."""
    query = (
        select(document_years.c.year, func.count())
        .join(documents, documents.c.id == document_years.c.document_id)
        .where(*SHOWN)
        .group_by(document_years.c.year)
        .order_by(document_years.c.year)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]


def documents_by_institution(
    connection: Connection, limit: int
) -> list[tuple[str | None, str, int]]:
    """Issuing institutions (id or ``None``, name, documents), most first."""
    key = func.coalesce(documents.c.institution_id, documents.c.institution)
    query = (
        select(
            func.max(documents.c.institution_id),
            func.max(func.coalesce(entities.c.name, documents.c.institution)),
            func.count(),
        )
        .outerjoin(entities, entities.c.id == documents.c.institution_id)
        .where(documents.c.institution.is_not(None), *SHOWN)
        .group_by(key)
        .order_by(func.count().desc(), key)
        .limit(limit)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def years_of_type(connection: Connection, doc_type: str) -> list[int]:
    """Years that documents of one type cover, in order."""
    query = (
        select(document_years.c.year)
        .join(documents, documents.c.id == document_years.c.document_id)
        .where(documents.c.doc_type == doc_type, *SHOWN)
        .distinct()
        .order_by(document_years.c.year)
    )
    return list(connection.execute(query).scalars())


def date_span(connection: Connection) -> tuple[str | None, str | None]:
    """Dates of the earliest and the latest document."""
    query = select(func.min(documents.c.date), func.max(documents.c.date)).where(*SHOWN)
    row = connection.execute(query).one()
    return row[0], row[1]
