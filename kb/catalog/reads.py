"""What ingest and the search index read from the catalog."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, func, select

from kb.catalog.schema import (
    document_years,
    documents,
    entities,
    index_queue,
    indicators,
    mentions,
    meta,
    offices,
    pages,
    statements,
    tables,
)
from kb.catalog.schema_claims import claims
from kb.model import Passage

CHUNK = 500
"""Ids bound in one statement (SQLite allows 32,766)."""


SHOWN = (documents.c.withdrawn.is_(None), documents.c.removed.is_(False))
"""What is true of documents that results show: neither withdrawn nor removed."""
WITHDRAWN = (documents.c.withdrawn.is_not(None), documents.c.removed.is_(False))
"""What is true of documents that their source took back: shown where they are asked for."""


def get_meta(connection: Connection, key: str) -> str | None:
    """The value of one row of ``meta``."""
    return connection.execute(select(meta.c.value).where(meta.c.key == key)).scalar_one_or_none()


def revision(connection: Connection) -> str:
    """Another one after every committed change: what was read under it still holds."""
    return get_meta(connection, "revision") or ""


def texts(connection: Connection, passage_ids: Sequence[int]) -> Mapping[int, str]:
    """Text of pages by ``pages.id``; ids that do not exist are left out."""
    found: dict[int, str] = {}
    for start in range(0, len(passage_ids), CHUNK):
        part = [int(number) for number in passage_ids[start : start + CHUNK]]
        rows = connection.execute(select(pages.c.id, pages.c.text).where(pages.c.id.in_(part)))
        found.update((row.id, row.text) for row in rows)
    return found


def passage_ids(connection: Connection) -> set[int]:
    """Ids of all pages that results may show."""
    query = select(pages.c.id).join(documents, documents.c.id == pages.c.document_id)
    return set(connection.execute(query.where(*SHOWN)).scalars())


def shown_of(connection: Connection, ids: Sequence[int]) -> set[int]:
    """Those of these documents that results may show."""
    found: set[int] = set()
    for start in range(0, len(ids), CHUNK):
        wanted = select(documents.c.id).where(documents.c.id.in_(ids[start : start + CHUNK]))
        found.update(connection.execute(wanted.where(*SHOWN)).scalars())
    return found


def totals(connection: Connection) -> tuple[int, int]:
    """Documents and passages in the catalog."""
    return (
        connection.execute(select(func.count()).select_from(documents)).scalar_one(),
        connection.execute(select(func.count()).select_from(pages)).scalar_one(),
    )


def queued(connection: Connection) -> list[int]:
    """Documents the index has yet to take in again or forget."""
    return list(
        connection.execute(
            select(index_queue.c.document_id).order_by(index_queue.c.document_id)
        ).scalars()
    )


def withdrawn_documents(connection: Connection) -> list[tuple[int, str]]:
    """Documents that their source took back, with the time of their last change."""
    query = select(documents.c.id, documents.c.updated).where(*WITHDRAWN)
    return [(row.id, row.updated) for row in connection.execute(query.order_by(documents.c.id))]


def document_ids(connection: Connection) -> list[int]:
    """Ids of all documents, smallest first."""
    return list(connection.execute(select(documents.c.id).order_by(documents.c.id)).scalars())


def page_counts(connection: Connection, ids: Sequence[int]) -> dict[int, int]:
    """Pages of each of these documents."""
    found: dict[int, int] = {}
    for start in range(0, len(ids), CHUNK):
        part = list(ids[start : start + CHUNK])
        rows = connection.execute(
            select(documents.c.id, documents.c.page_count).where(documents.c.id.in_(part))
        )
        found.update((row.id, row.page_count) for row in rows)
    return found


def documents_of_passages(connection: Connection, passages: Sequence[int]) -> set[int]:
    """Documents these pages stand in."""
    found: set[int] = set()
    for start in range(0, len(passages), CHUNK):
        part = list(passages[start : start + CHUNK])
        found.update(
            connection.execute(
                select(pages.c.document_id).where(pages.c.id.in_(part)).distinct()
            ).scalars()
        )
    return found


def passages(connection: Connection, ids: Sequence[int]) -> Iterator[Passage]:
    """The pages of these documents, those that results show, as the search engines take them in.

    Facets of a page: the persons it names or quotes, the places and the institutions it
    names. All persons, because which of them are officials may only be told by a later
    document: ``explore`` shows the officials among the facet values. Entities hidden by
    staff are left out; merged ones are already pointed at.
    """
    for start in range(0, len(ids), CHUNK):
        yield from _passages(connection, list(ids[start : start + CHUNK]))


def _passages(connection: Connection, ids: Sequence[int]) -> Iterator[Passage]:
    named = _named_entities(connection, ids)
    years: dict[int, list[int]] = defaultdict(list)
    for row in connection.execute(
        select(document_years)
        .where(document_years.c.document_id.in_(ids))
        .order_by(document_years.c.year)
    ):
        years[row.document_id].append(row.year)
    query = (
        select(
            pages.c.id,
            pages.c.document_id,
            pages.c.number,
            pages.c.section,
            pages.c.text,
            documents.c.title,
            documents.c.doc_type,
            documents.c.institution_id,
            documents.c.date,
            documents.c.number.label("regulation"),
        )
        .join(documents, documents.c.id == pages.c.document_id)
        .where(pages.c.document_id.in_(ids), *SHOWN)
        .order_by(pages.c.document_id, pages.c.number)
    )
    headers = _table_headers(connection, ids)
    figured = _with_figures(connection, ids)
    for row in connection.execute(query):
        here = named.get((row.document_id, row.number), {})
        # A table that goes on from the page before has its header there: its rows must be
        # found by those words too.
        unsaid = [w for w in headers.get((row.document_id, row.number), ()) if w not in row.text]
        yield Passage(
            passage_id=row.id,
            document_id=row.document_id,
            page=row.number,
            text=row.text,
            title=row.title,
            section=" ".join([row.section or "", *unsaid]).strip(),
            doc_type=row.doc_type or "",
            years=tuple(years[row.document_id]),
            institution=row.institution_id or "",
            officials=tuple(sorted(here.get("person", ()))),
            places=tuple(sorted(here.get("place", ()))),
            institutions=tuple(
                sorted(set(here.get("institution", ())) - {row.institution_id or ""})
            ),
            date=row.date or "",
            number=row.regulation or "",
            figures=(row.document_id, row.number) in figured,
        )


def _with_figures(connection: Connection, ids: Sequence[int]) -> set[tuple[int, int]]:
    """(document, page) of the pages with a claim or an indicator's number."""
    found: set[tuple[int, int]] = set()
    for table in (claims, indicators):
        query = select(table.c.document_id, table.c.page).where(table.c.document_id.in_(ids))
        found.update(
            (int(document), int(page)) for document, page in connection.execute(query.distinct())
        )
    return found


def _table_headers(
    connection: Connection, ids: Sequence[int]
) -> Mapping[tuple[int, int], list[str]]:
    """(document, page) -> captions and header cells of its tables."""
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    query = select(tables).where(tables.c.document_id.in_(ids)).order_by(tables.c.id)
    for row in connection.execute(query):
        cells = [str(cell) for line in row.rows[: row.header_rows] for cell in line if cell]
        here = found[row.document_id, row.page]
        here += [text for text in (row.caption or "", *cells) if text and text not in here]
    return found


def _named_entities(
    connection: Connection, ids: Sequence[int]
) -> Mapping[tuple[int, int], Mapping[str, set[str]]]:
    """(document, page) -> entity type -> entity ids."""
    found: dict[tuple[int, int], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    sources = (
        (mentions.c.document_id, mentions.c.page, mentions.c.entity_id),
        (statements.c.document_id, statements.c.page, statements.c.speaker_id),
        (offices.c.document_id, offices.c.page, offices.c.person_id),
    )
    for document, page, entity in sources:
        query = (
            select(
                document.label("document_id"),
                page.label("page"),
                entities.c.id,
                entities.c.type,
            )
            .join(entities, entities.c.id == entity)
            .where(document.in_(ids), entities.c.hidden.is_(False))
            .distinct()
        )
        for row in connection.execute(query):
            found[row.document_id, row.page][row.type].add(row.id)
    return found
