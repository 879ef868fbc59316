"""What ``explore`` reads about entities and where they are named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
)

from kb.catalog.reading.documents import DOCUMENT_LINE, DocumentLine, contains
from kb.catalog.reading.typed import chunks, columns, fetch
from kb.catalog.schema import aliases, documents, entities, entity_documents, mentions, offices
from kb.model import EntityType

LIVE = and_(entities.c.hidden.is_(False), entities.c.merged_into.is_(None))
_HAS_OFFICE = entities.c.id.in_(select(offices.c.person_id).where(offices.c.status != "calon"))


@dataclass(frozen=True, slots=True)
class EntityName:
    """An entity by its id."""

    id: str
    type: EntityType
    name: str


@dataclass(frozen=True, slots=True)
class EntityCount(EntityName):
    """An entity and its mentions somewhere."""

    count: int


@dataclass(frozen=True, slots=True)
class EntityOnPage(EntityCount):
    """An entity named on a page; ``confidence`` is that of its surest mention there."""

    document_id: int
    page: int
    confidence: float


@dataclass(frozen=True, slots=True)
class EntityRow(EntityName):
    """All that is stored of an entity."""

    region: str | None
    """Kemendagri code."""
    origin: str
    parent: str | None
    merged_into: str | None
    hidden: bool
    mention_count: int
    document_count: int
    first_date: str | None
    last_date: str | None


@dataclass(frozen=True, slots=True)
class Bearer:
    """An entity that bears a name, in the name's normal form."""

    id: str
    type: EntityType
    norm: str
    mention_count: int


@dataclass(frozen=True, slots=True)
class NamingDocument(DocumentLine):
    """A document that names an entity, so often, and first on ``page``."""

    mentions: int
    page: int


_ENTITY = columns(EntityRow, entities)


def canonical(connection: Connection, entity_id: str) -> str | None:
    """The id an entity goes by now (merges followed); ``None`` where there is no such id."""
    seen: set[str] = set()
    current = entity_id
    while current not in seen:
        seen.add(current)
        row = connection.execute(
            select(entities.c.merged_into).where(entities.c.id == current)
        ).first()
        if row is None:
            return None
        if row[0] is None:
            return current
        current = row[0]
    return current


def entity_rows(connection: Connection, ids: Collection[str]) -> dict[str, EntityRow]:
    """Rows of entities by id; merged and hidden ones included."""
    found: dict[str, EntityRow] = {}
    for part in chunks(list(ids)):
        query = select(*_ENTITY).where(entities.c.id.in_(part))
        found.update((row.id, row) for row in fetch(connection, EntityRow, query))
    return found


def merged_ids(connection: Connection, entity_id: str) -> list[str]:
    """Ids merged into this one, directly or by way of others."""
    found: list[str] = []
    level = [entity_id]
    while level:
        query = select(entities.c.id).where(entities.c.merged_into.in_(level))
        level = [i for i in connection.execute(query).scalars() if i not in found]
        found += level
    return found


def aliases_of(connection: Connection, ids: Collection[str]) -> dict[str, list[str]]:
    """Names each entity goes by besides its own, in order of the alphabet."""
    found: dict[str, list[str]] = defaultdict(list)
    for part in chunks(list(ids)):
        query = (
            select(aliases.c.entity_id, aliases.c.alias)
            .where(aliases.c.entity_id.in_(part))
            .order_by(aliases.c.alias)
        )
        for row in connection.execute(query):
            found[row.entity_id].append(row.alias)
    return found


def by_alias(
    connection: Connection, norms: Collection[str], types: Collection[str] = ()
) -> list[Bearer]:
    """Entities with one of these normal forms as an alias."""
    found: list[Bearer] = []
    for part in chunks(list(norms)):
        query = (
            select(entities.c.id, entities.c.type, aliases.c.norm, entities.c.mention_count)
            .join(entities, entities.c.id == aliases.c.entity_id)
            .where(aliases.c.norm.in_(part), LIVE)
            .distinct()
        )
        if types:
            query = query.where(entities.c.type.in_(list(types)))
        found += fetch(connection, Bearer, query)
    return found


def _kind(kind: str | None) -> list[ColumnElement[bool]]:
    if kind is None:
        return []
    if kind == "official":
        return [entities.c.type == "person", _HAS_OFFICE]
    return [entities.c.type == kind]


def list_entities(
    connection: Connection,
    *,
    words: Sequence[str] = (),
    kind: str | None = None,
    sort: str = "mentions",
    limit: int = 20,
    offset: int = 0,
) -> tuple[int, list[EntityRow]]:
    """How many entities fit, and one page of their rows (best name match first).

    ``words`` are normal forms that one alias must hold together. Without words only
    entities that documents mention are listed.
    """
    wanted = [LIVE, *_kind(kind)]
    dated = func.coalesce(entities.c.last_date, "")
    orders: dict[str, tuple[ColumnElement[Any], ...]] = {
        "mentions": (entities.c.mention_count.desc(), entities.c.name),
        "name": (func.lower(entities.c.name), entities.c.id),
        "recent": (dated.desc(), entities.c.mention_count.desc(), entities.c.name),
    }
    if not words:
        wanted.append(entities.c.mention_count > 0)
        query = select(*_ENTITY).where(*wanted).order_by(*orders[sort])
        count = select(func.count()).select_from(entities).where(*wanted)
    else:
        phrase = " ".join(words)
        rank = func.min(
            case(
                (aliases.c.norm == phrase, 0),
                (aliases.c.norm.startswith(phrase + " ", autoescape=True), 1),
                (aliases.c.norm.startswith(phrase, autoescape=True), 2),
                ((literal(" ") + aliases.c.norm).contains(" " + phrase, autoescape=True), 3),
                else_=4,
            )
        ).label("rank")
        found = (
            select(aliases.c.entity_id, rank)
            .where(*contains(aliases.c.norm, words))
            .group_by(aliases.c.entity_id)
            .subquery()
        )
        joined = entities.join(found, found.c.entity_id == entities.c.id)
        seen = case((entities.c.mention_count > 0, 0), else_=1)
        order = orders[sort] if sort != "mentions" else (seen, found.c.rank, *orders[sort])
        query = select(*_ENTITY).select_from(joined).where(*wanted).order_by(*order)
        count = select(func.count()).select_from(joined).where(*wanted)
    total = connection.execute(count).scalar_one()
    return total, fetch(connection, EntityRow, query.limit(limit).offset(offset))


def names_for_matching(
    connection: Connection, kind: str | None, limit: int = 50_000
) -> list[tuple[str, str]]:
    """Entity id and normal form of every alias documents mention, most mentioned first."""
    query = (
        select(aliases.c.entity_id, aliases.c.norm)
        .join(entities, entities.c.id == aliases.c.entity_id)
        .where(LIVE, entities.c.mention_count > 0, *_kind(kind))
        .order_by(entities.c.mention_count.desc())
        .limit(limit)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]


def begins_with(connection: Connection, prefix: str, limit: int) -> list[EntityCount]:
    """Entities with an alias whose normal form begins with ``prefix``, most mentioned first."""
    query = (
        select(entities.c.id, entities.c.type, entities.c.name)
        .add_columns(entities.c.mention_count.label("count"))
        .join(aliases, aliases.c.entity_id == entities.c.id)
        .where(
            aliases.c.norm >= prefix,
            aliases.c.norm < prefix + "\U0010ffff",
            LIVE,
            entities.c.mention_count > 0,
        )
        .distinct()
        .order_by(entities.c.mention_count.desc(), entities.c.name)
        .limit(limit)
    )
    return fetch(connection, EntityCount, query)


def mentions_per_year(
    connection: Connection, entity_ids: Collection[str]
) -> list[tuple[int, int, int]]:
    """Year of the document's date, mentions, documents."""
    year = func.substr(documents.c.date, 1, 4)
    query = (
        select(
            year,
            func.sum(entity_documents.c.mentions),
            func.count(entity_documents.c.document_id.distinct()),
        )
        .join(documents, documents.c.id == entity_documents.c.document_id)
        .where(entity_documents.c.entity_id.in_(list(entity_ids)), documents.c.date.is_not(None))
        .group_by(year)
        .order_by(year)
    )
    return [(int(r[0]), r[1], r[2]) for r in connection.execute(query) if str(r[0]).isdigit()]


def documents_naming(
    connection: Connection, entity_ids: Collection[str], limit: int
) -> list[NamingDocument]:
    """The latest documents that mention an entity."""
    latest = (
        select(
            entity_documents.c.document_id,
            func.sum(entity_documents.c.mentions).label("mentions"),
            func.min(entity_documents.c.page).label("page"),
            func.max(func.coalesce(documents.c.date, "")).label("dated"),
        )
        .join(documents, documents.c.id == entity_documents.c.document_id)
        .where(entity_documents.c.entity_id.in_(list(entity_ids)))
        .group_by(entity_documents.c.document_id)
        .order_by(literal_column("dated").desc(), entity_documents.c.document_id.desc())
        .limit(limit)
        .subquery()
    )
    query = (
        select(*DOCUMENT_LINE, latest.c.mentions, latest.c.page)
        .join(latest, latest.c.document_id == documents.c.id)
        .order_by(latest.c.dated.desc(), documents.c.id.desc())
    )
    return fetch(connection, NamingDocument, query)


def entities_on_pages(
    connection: Connection, where: Collection[tuple[int, int]]
) -> dict[tuple[int, int], list[EntityOnPage]]:
    """Entities named on each page, most named first."""
    found: dict[tuple[int, int], list[EntityOnPage]] = defaultdict(list)
    for part in chunks(list(where)):
        query = (
            select(
                entities.c.id,
                entities.c.type,
                entities.c.name,
                func.count().label("count"),
                mentions.c.document_id,
                mentions.c.page,
                func.max(mentions.c.confidence).label("confidence"),
            )
            .join(entities, entities.c.id == mentions.c.entity_id)
            .where(
                or_(*(and_(mentions.c.document_id == d, mentions.c.page == p) for d, p in part)),
                entities.c.hidden.is_(False),
            )
            .group_by(mentions.c.document_id, mentions.c.page, entities.c.id)
            .order_by(func.count().desc(), func.min(mentions.c.start))
        )
        for row in fetch(connection, EntityOnPage, query):
            found[row.document_id, row.page].append(row)
    return found


def entities_in_document(connection: Connection, document_id: int, limit: int) -> list[EntityCount]:
    """Entities a document names, most named first."""
    query = (
        select(
            entities.c.id,
            entities.c.type,
            entities.c.name,
            entity_documents.c.mentions.label("count"),
        )
        .join(entity_documents, entity_documents.c.entity_id == entities.c.id)
        .where(entity_documents.c.document_id == document_id, entities.c.hidden.is_(False))
        .order_by(entity_documents.c.mentions.desc(), entities.c.name)
        .limit(limit)
    )
    return fetch(connection, EntityCount, query)


def most_mentioned(connection: Connection, month: str, limit: int) -> list[EntityCount]:
    """Officials most mentioned in documents of one month (``YYYY-MM``)."""
    dated = select(documents.c.id).where(
        documents.c.date >= month, documents.c.date < month + "-99"
    )
    counted = (
        select(entity_documents.c.entity_id, func.sum(entity_documents.c.mentions).label("count"))
        .where(entity_documents.c.document_id.in_(dated))
        .group_by(entity_documents.c.entity_id)
        .subquery()
    )
    query = (
        select(entities.c.id, entities.c.type, entities.c.name, counted.c.count)
        .join(counted, counted.c.entity_id == entities.c.id)
        .where(entities.c.type == "person", LIVE, _HAS_OFFICE)
        .order_by(counted.c.count.desc(), entities.c.name)
        .limit(limit)
    )
    return fetch(connection, EntityCount, query)


def children(connection: Connection, parent: str, limit: int) -> list[EntityRow]:
    """Entities whose ``parent`` is this one, most mentioned first."""
    query = (
        select(entities)
        .where(entities.c.parent == parent, LIVE)
        .order_by(entities.c.mention_count.desc(), entities.c.name)
        .limit(limit)
    )
    return fetch(connection, EntityRow, query)
