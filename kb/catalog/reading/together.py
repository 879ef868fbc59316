"""Who is named with whom: pages and documents that entities share."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Subquery, and_, func, intersect, select

from kb.catalog.reading.documents import DOCUMENT_LINE, DocumentLine
from kb.catalog.reading.entities import EntityName
from kb.catalog.reading.typed import fetch
from kb.catalog.schema import documents, entities, entity_documents, mentions


@dataclass(frozen=True, slots=True)
class CoNamed(EntityName):
    """An entity on pages that name another, so many of them."""

    pages: int
    documents: int


@dataclass(frozen=True, slots=True)
class SharedDocument(DocumentLine):
    """A document with pages that name several entities; ``page`` is the first of them."""

    pages: int
    page: int
    all_pages: int
    """Of all documents together."""


def _latest_pages(ids: Sequence[str], limit: int) -> Subquery:
    return (
        select(mentions.c.document_id, mentions.c.page)
        .where(mentions.c.entity_id.in_(ids))
        .distinct()
        .order_by(mentions.c.document_id.desc(), mentions.c.page)
        .limit(limit)
        .subquery()
    )


def co_occurring(
    connection: Connection,
    entity_ids: Collection[str],
    *,
    limit: int,
    sample: int,
) -> list[CoNamed]:
    """Entities on the pages that name this one, most pages first.

    Looks at the ``sample`` latest pages, which is all of them but for the most
    mentioned entities of a large base.
    """
    ids = list(entity_ids)
    here = _latest_pages(ids, sample)
    other = mentions.alias()
    pairs = (
        select(other.c.entity_id, other.c.document_id, other.c.page)
        .join(
            here,
            and_(here.c.document_id == other.c.document_id, here.c.page == other.c.page),
        )
        .where(other.c.entity_id.is_not(None), other.c.entity_id.not_in(ids))
        .distinct()
        .subquery()
    )
    counted = (
        select(
            pairs.c.entity_id,
            func.count().label("pages"),
            func.count(pairs.c.document_id.distinct()).label("documents"),
        )
        .group_by(pairs.c.entity_id)
        .order_by(func.count().desc())
        .limit(limit * 2)
        .subquery()
    )
    query = (
        select(
            entities.c.id,
            entities.c.type,
            entities.c.name,
            counted.c.pages,
            counted.c.documents,
        )
        .join(counted, counted.c.entity_id == entities.c.id)
        .where(entities.c.hidden.is_(False))
        .order_by(counted.c.pages.desc(), entities.c.name)
        .limit(limit)
    )
    return fetch(connection, CoNamed, query)


def among_on_pages(
    connection: Connection, of: Collection[str], among: Collection[str], limit: int
) -> tuple[set[tuple[int, int]], list[tuple[int, int, str]]]:
    """The latest ``limit`` pages that name any of ``of``, and which of ``among`` they name."""
    here = _latest_pages(list(of), limit)
    found = {(r[0], r[1]) for r in connection.execute(select(here))}
    rows = connection.execute(
        select(mentions.c.document_id, mentions.c.page, mentions.c.entity_id)
        .join(
            here,
            and_(here.c.document_id == mentions.c.document_id, here.c.page == mentions.c.page),
        )
        .where(mentions.c.entity_id.in_(list(among)))
        .distinct()
    )
    return found, [(r[0], r[1], r[2]) for r in rows]


def together(
    connection: Connection, groups: Sequence[Collection[str]], limit: int
) -> tuple[int, list[SharedDocument]]:
    """Pages that name somebody of each group; the latest documents with such pages."""
    named = [
        select(mentions.c.document_id, mentions.c.page).where(mentions.c.entity_id.in_(list(ids)))
        for ids in groups
    ]
    both = intersect(*named).subquery()
    counted = (
        select(
            both.c.document_id,
            func.count().label("pages"),
            func.min(both.c.page).label("page"),
            func.sum(func.count()).over().label("all_pages"),
        )
        .group_by(both.c.document_id)
        .subquery()
    )
    query = (
        select(*DOCUMENT_LINE, counted.c.pages, counted.c.page, counted.c.all_pages)
        .join(counted, counted.c.document_id == documents.c.id)
        .order_by(func.coalesce(documents.c.date, "").desc(), documents.c.id.desc())
        .limit(limit)
    )
    rows = fetch(connection, SharedDocument, query)
    return (int(rows[0].all_pages) if rows else 0), rows


def sharing(
    connection: Connection, entity_ids: Collection[str], exclude: int, limit: int
) -> list[tuple[int, int, int]]:
    """Documents that name any of these: document, how many of them, mentions."""
    query = (
        select(
            entity_documents.c.document_id,
            func.count(),
            func.sum(entity_documents.c.mentions),
        )
        .where(
            entity_documents.c.entity_id.in_(list(entity_ids)),
            entity_documents.c.document_id != exclude,
        )
        .group_by(entity_documents.c.document_id)
        .order_by(func.count().desc(), entity_documents.c.document_id.desc())
        .limit(limit)
    )
    return [(r[0], r[1], r[2]) for r in connection.execute(query)]
