"""What ``explore`` reads about documents and pages: SELECTs only, rows as mappings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, func, select

from kb.catalog.faults import faulty
from kb.catalog.schema import (
    document_years,
    documents,
    entities,
    files,
    history,
    indicators,
    mentions,
    offices,
    pages,
    statements,
    tables,
)

Row = RowMapping
Reading = Connection
"""An open transaction to read in, for the signatures of other rooms."""
CHUNK = 500
"""Ids bound in one statement."""

DOCUMENT_LINE = (
    documents.c.id,
    documents.c.title,
    documents.c.date,
    documents.c.doc_type,
    documents.c.institution,
    documents.c.institution_id,
    documents.c.address,
    documents.c.page_count,
    documents.c.group_id,
    documents.c.path,
    documents.c.part,
    documents.c.format,
    documents.c.number,
)


def chunks(ids: Sequence[Any]) -> list[list[Any]]:
    """``ids`` in lists short enough to bind."""
    return [list(ids[i : i + CHUNK]) for i in range(0, len(ids), CHUNK)]


def contains(column: ColumnElement[Any], words: Sequence[str]) -> list[ColumnElement[bool]]:
    """Conditions that ``column`` holds each of ``words`` literally."""
    return [column.contains(word, autoescape=True) for word in words]


def document_lines(connection: Connection, ids: Sequence[int]) -> dict[int, Row]:
    """The line (``DOCUMENT_LINE``) of each document by id."""
    found: dict[int, Row] = {}
    for part in chunks(list(ids)):
        rows = connection.execute(select(*DOCUMENT_LINE).where(documents.c.id.in_(part)))
        found.update({r["id"]: r for r in rows.mappings()})
    return found


def document(connection: Connection, document_id: int) -> Row | None:
    """The whole row of one document."""
    return (
        connection.execute(select(documents).where(documents.c.id == document_id))
        .mappings()
        .first()
    )


def document_years_of(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Years each document covers."""
    found: dict[int, list[int]] = defaultdict(list)
    for part in chunks(list(ids)):
        query = (
            select(document_years)
            .where(document_years.c.document_id.in_(part))
            .order_by(document_years.c.year)
        )
        for row in connection.execute(query):
            found[row.document_id].append(row.year)
    return {key: tuple(years) for key, years in found.items()}


def list_documents(
    connection: Connection,
    *,
    doc_type: str | None = None,
    year: int | None = None,
    institution_ids: Sequence[str] = (),
    institution: str | None = None,
    title_words: Sequence[str] = (),
    sort: str = "newest",
    limit: int = 20,
    offset: int = 0,
) -> tuple[int, list[Row]]:
    """How many documents fit, and one page of their lines."""
    wanted: list[ColumnElement[bool]] = []
    if doc_type is not None:
        wanted.append(documents.c.doc_type == doc_type)
    if year is not None:
        wanted.append(
            documents.c.id.in_(
                select(document_years.c.document_id).where(document_years.c.year == year)
            )
        )
    if institution_ids:
        wanted.append(documents.c.institution_id.in_(list(institution_ids)))
    elif institution is not None:
        wanted.append(func.lower(documents.c.institution) == institution.lower())
    wanted += contains(func.lower(documents.c.title), title_words)
    total = connection.execute(
        select(func.count()).select_from(documents).where(*wanted)
    ).scalar_one()
    dated = func.coalesce(documents.c.date, "")
    order = {
        "newest": (dated.desc(), documents.c.id.desc()),
        "oldest": (documents.c.date.is_(None), dated, documents.c.id),
        "title": (func.lower(documents.c.title), documents.c.id),
        "added": (documents.c.added.desc(), documents.c.id.desc()),
    }[sort]
    query = select(*DOCUMENT_LINE).where(*wanted).order_by(*order).limit(limit).offset(offset)
    return total, list(connection.execute(query).mappings().all())


def titles_with(connection: Connection, words: Sequence[str], limit: int) -> list[tuple[int, str]]:
    """Documents whose title holds all words, shortest title first; one of each group."""
    query = (
        select(func.min(documents.c.id), documents.c.title)
        .where(*contains(func.lower(documents.c.title), words))
        .group_by(documents.c.title)
        .order_by(func.length(documents.c.title), documents.c.title)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]


def document_dates(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The date of each document that has one."""
    found: dict[int, str] = {}
    for part in chunks(list(ids)):
        query = select(documents.c.id, documents.c.date).where(documents.c.id.in_(part))
        found.update((row[0], row[1]) for row in connection.execute(query) if row[1])
    return found


def grouped(connection: Connection) -> dict[int, int]:
    """The near-duplicate group of each document that is in one."""
    query = select(documents.c.id, documents.c.group_id).where(documents.c.group_id.is_not(None))
    return {row[0]: row[1] for row in connection.execute(query)}


def group_members(connection: Connection, group_ids: Sequence[int]) -> dict[int, list[Row]]:
    """Documents of each near-duplicate group, oldest first."""
    found: dict[int, list[Row]] = defaultdict(list)
    for part in chunks(list(group_ids)):
        query = (
            select(*DOCUMENT_LINE)
            .where(documents.c.group_id.in_(part))
            .order_by(func.coalesce(documents.c.date, ""), documents.c.id)
        )
        for row in connection.execute(query).mappings():
            found[row["group_id"]].append(row)
    return found


def older_versions(connection: Connection, document_id: int) -> list[tuple[int, str]]:
    """Version numbers kept in history with the time each was replaced, latest first."""
    query = (
        select(history.c.version, history.c.replaced)
        .where(history.c.document_id == document_id)
        .order_by(history.c.version.desc())
    )
    return [(row.version, row.replaced) for row in connection.execute(query)]


def page_heads(connection: Connection, document_id: int) -> list[Row]:
    """Id, number, label, section and method of every page of a document."""
    query = (
        select(pages.c.id, pages.c.number, pages.c.label, pages.c.section, pages.c.method)
        .where(pages.c.document_id == document_id)
        .order_by(pages.c.number)
    )
    return list(connection.execute(query).mappings().all())


def page(connection: Connection, document_id: int, number: int) -> Row | None:
    """One page with its text."""
    query = select(pages).where(pages.c.document_id == document_id, pages.c.number == number)
    return connection.execute(query).mappings().first()


def pages_by_id(connection: Connection, ids: Sequence[int]) -> dict[int, Row]:
    """Heads of pages by passage id."""
    found: dict[int, Row] = {}
    columns = (
        pages.c.id,
        pages.c.document_id,
        pages.c.number,
        pages.c.label,
        pages.c.section,
        pages.c.method,
    )
    for part in chunks(list(ids)):
        rows = connection.execute(select(*columns).where(pages.c.id.in_(part)))
        found.update({r["id"]: r for r in rows.mappings()})
    return found


def texts_of_pages(
    connection: Connection, document_id: int, numbers: Collection[int] | None = None
) -> list[tuple[int, str]]:
    """Page number and text of these pages of a document (all of them for ``None``)."""
    query = select(pages.c.number, pages.c.text).where(pages.c.document_id == document_id)
    parts = [None] if numbers is None else chunks(sorted(numbers))
    found: list[tuple[int, str]] = []
    for part in parts:
        some = query if part is None else query.where(pages.c.number.in_(part))
        found += [(r.number, r.text) for r in connection.execute(some.order_by(pages.c.number))]
    return found


def page_mentions(connection: Connection, document_id: int, number: int) -> list[Row]:
    """Mentions on one page, left to right, with the linked entity's name."""
    query = (
        select(mentions, entities.c.name)
        .outerjoin(
            entities, and_(entities.c.id == mentions.c.entity_id, entities.c.hidden.is_(False))
        )
        .where(mentions.c.document_id == document_id, mentions.c.page == number)
        .order_by(mentions.c.start)
    )
    return list(connection.execute(query).mappings().all())


def tables_of(connection: Connection, document_id: int, number: int | None) -> list[Row]:
    """Tables of a document or of one of its pages, in order, with the page's label."""
    here = and_(pages.c.document_id == tables.c.document_id, pages.c.number == tables.c.page)
    query = (
        select(tables, pages.c.label.label("page_label"))
        .outerjoin(pages, here)
        .where(tables.c.document_id == document_id)
    )
    if number is not None:
        query = query.where(tables.c.page == number)
    return list(connection.execute(query.order_by(tables.c.page, tables.c.position)).mappings())


def tables_on(connection: Connection, places: Collection[tuple[int, int]]) -> list[Row]:
    """Tables that stand on these pages, each given as (document, page), in order."""
    wanted = set(places)
    found: list[Row] = []
    for part in chunks(sorted({document for document, _ in wanted})):
        query = select(tables).where(
            tables.c.document_id.in_(part), tables.c.page.in_(sorted({p for _, p in wanted}))
        )
        rows = connection.execute(query.order_by(tables.c.id)).mappings()
        found += [row for row in rows if (row["document_id"], row["page"]) in wanted]
    return found


def table_count(connection: Connection, document_id: int) -> int:
    """Tables found in a document."""
    query = select(func.count()).select_from(tables).where(tables.c.document_id == document_id)
    return connection.execute(query).scalar_one()


# --- what a base holds -----------------------------------------------------------


def counts(connection: Connection) -> dict[str, Any]:
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
        )
    ).one()
    return {
        "documents": row[0],
        "passages": count(select(func.count()).select_from(pages)),
        "ocr_pages": row[2],
        "first_date": row[3],
        "last_date": row[4],
        "updated": row[5],
        "persons": kinds.get("person", 0),
        "institutions": kinds.get("institution", 0),
        "places": kinds.get("place", 0),
        "officials": officials,
        "statements": count(select(func.count()).select_from(statements)),
        "indicators": count(
            select(func.count()).select_from(select(indicators.c.norm).distinct().subquery())
        ),
        "failed_files": count(select(func.count()).select_from(files).where(faulty())),
    }


def documents_by_type(connection: Connection) -> list[tuple[str, int]]:
    """Documents of each type, most first."""
    query = (
        select(documents.c.doc_type, func.count())
        .where(documents.c.doc_type.is_not(None))
        .group_by(documents.c.doc_type)
        .order_by(func.count().desc(), documents.c.doc_type)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]


def documents_by_year(connection: Connection) -> list[tuple[int, int]]:
    """Documents by each year they cover."""
    query = (
        select(document_years.c.year, func.count())
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
        .where(documents.c.institution.is_not(None))
        .group_by(key)
        .order_by(func.count().desc())
        .limit(limit)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def years_of_type(connection: Connection, doc_type: str) -> list[int]:
    """Years that documents of one type cover, in order."""
    query = (
        select(document_years.c.year)
        .join(documents, documents.c.id == document_years.c.document_id)
        .where(documents.c.doc_type == doc_type)
        .distinct()
        .order_by(document_years.c.year)
    )
    return list(connection.execute(query).scalars())


def date_span(connection: Connection) -> tuple[str | None, str | None]:
    """Dates of the earliest and the latest document."""
    query = select(func.min(documents.c.date), func.max(documents.c.date))
    row = connection.execute(query).one()
    return row[0], row[1]
