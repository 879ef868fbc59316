"""What ``explore`` reads about documents: SELECTs only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from kb.catalog.reading.typed import chunks, columns, fetch
from kb.catalog.reads import SHOWN, WITHDRAWN
from kb.catalog.schema import document_years, documents, history


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """What a list shows of a document."""

    id: int
    title: str
    date: str | None
    doc_type: str | None
    institution: str | None
    """As the document writes it."""
    institution_id: str | None
    address: str | None
    page_count: int
    group_id: int | None
    """Near-duplicates share one."""
    path: str
    part: str | None
    format: str
    number: str | None
    withdrawn: str | None
    """The day its source took it back."""


@dataclass(frozen=True, slots=True)
class DocumentWhole(DocumentLine):
    """All that is stored of a document but its pages."""

    key: str
    sha256: str
    language: str | None
    level: str | None
    region: str | None
    stage: str | None
    draft: bool | None
    views: int | None
    ocr_pages: int
    version: int
    evidence: dict[str, Any]
    """Field -> rule, evidence and perhaps value."""
    metadata: dict[str, Any]
    outline: list[Any]
    """Title, page and level of each entry."""
    warnings: list[Any]
    added: str
    updated: str


DOCUMENT_LINE = columns(DocumentLine, documents)
_WHOLE = columns(DocumentWhole, documents)


def contains(column: ColumnElement[Any], words: Sequence[str]) -> list[ColumnElement[bool]]:
    """Conditions that ``column`` holds each of ``words`` literally."""
    return [column.contains(word, autoescape=True) for word in words]


def document_lines(connection: Connection, ids: Sequence[int]) -> dict[int, DocumentLine]:
    """The line of each document by id."""
    found: dict[int, DocumentLine] = {}
    for part in chunks(list(ids)):
        query = select(*DOCUMENT_LINE).where(documents.c.id.in_(part))
        found.update((line.id, line) for line in fetch(connection, DocumentLine, query))
    return found


def document(connection: Connection, document_id: int) -> DocumentWhole | None:
    """One document; ``None`` where there is none of this id, or staff took it out."""
    query = select(*_WHOLE).where(documents.c.id == document_id, documents.c.removed.is_(False))
    return next(iter(fetch(connection, DocumentWhole, query)), None)


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
    withdrawn: bool = False,
) -> tuple[int, list[DocumentLine]]:
    """How many documents fit, and one page of their lines; those ``withdrawn`` or the others."""
    wanted: list[ColumnElement[bool]] = [*(WITHDRAWN if withdrawn else SHOWN)]
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
    return total, fetch(connection, DocumentLine, query)


def titles_with(connection: Connection, words: Sequence[str], limit: int) -> list[tuple[int, str]]:
    """Documents whose title holds all words, shortest title first; one of each group."""
    query = (
        select(func.min(documents.c.id), documents.c.title)
        .where(*contains(func.lower(documents.c.title), words), *SHOWN)
        .group_by(documents.c.title)
        .order_by(func.length(documents.c.title), documents.c.title)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]


def heads_by_key(connection: Connection, keys: Collection[str]) -> dict[str, tuple[int, str]]:
    """Number and title of each document that is known by one of these keys."""
    found: dict[str, tuple[int, str]] = {}
    for part in chunks(sorted(keys)):
        query = select(documents.c.key, documents.c.id, documents.c.title)
        rows = connection.execute(query.where(documents.c.key.in_(part)))
        found.update((row[0], (row[1], row[2])) for row in rows)
    return found


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


def group_members(
    connection: Connection, group_ids: Sequence[int]
) -> dict[int, list[DocumentLine]]:
    """Documents of each near-duplicate group, oldest first."""
    found: dict[int, list[DocumentLine]] = defaultdict(list)
    for part in chunks(list(group_ids)):
        query = (
            select(*DOCUMENT_LINE)
            .where(documents.c.group_id.in_(part))
            .order_by(func.coalesce(documents.c.date, ""), documents.c.id)
        )
        for line in fetch(connection, DocumentLine, query):
            if line.group_id is not None:
                found[line.group_id].append(line)
    return found


def older_versions(connection: Connection, document_id: int) -> list[tuple[int, str]]:
    """Version numbers kept in history with the time each was replaced, latest first."""
    query = (
        select(history.c.version, history.c.replaced)
        .where(history.c.document_id == document_id)
        .order_by(history.c.version.desc())
    )
    return [(row.version, row.replaced) for row in connection.execute(query)]


def version_pages(
    connection: Connection, document_id: int, version: int
) -> tuple[str, list[tuple[int, str]]] | None:
    """Title and page texts of an earlier version; ``None`` where it is not kept."""
    query = select(history.c.title, history.c.content).where(
        history.c.document_id == document_id, history.c.version == version
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return row.title, [(page["number"], page["text"]) for page in row.content["pages"]]


def version_hashes(connection: Connection, document_id: int) -> dict[str, int]:
    """Content hash of each earlier version, with its number."""
    query = select(history.c.sha256, history.c.version).where(history.c.document_id == document_id)
    return {row.sha256: row.version for row in connection.execute(query)}
