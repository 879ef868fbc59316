"""Names that staff say are not names: taken out of the texts' tags, and brought back.

A decision names the entity and how the text writes it (``surface``), a document, or both.
Its mentions and offices leave their tables, and statements lose the pointer to it; what
was there is kept (``kb.catalog.found``), so that the decision can be taken back without reading
anything again. A document that is read again is gone through with every decision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, func, or_, select

from kb.authority import norm
from kb.catalog import found, judgements
from kb.catalog.counts import recount
from kb.catalog.dialect import insert_missing
from kb.catalog.schema import documents, index_queue, mentions, offices, statements
from kb.catalog.writes_entities import merges
from kb.errors import QueryError

_GONE: tuple[tuple[Table, str, str, str], ...] = (
    (mentions, "entity_id", "found_id", "surface"),
    (offices, "person_id", "found_id", "name"),
)
"""Rows that go whole: pointer, what it was before a merge, the words of the text."""
_CUT: tuple[tuple[Table, str, str, str], ...] = (
    (offices, "institution_id", "institution_found", "institution"),
    (statements, "speaker_id", "found_id", "speaker"),
    (statements, "institution_id", "institution_found", "institution"),
)
"""Rows that stay and only lose the pointer."""


def surfaces(connection: Connection, entity_ids: Collection[str], limit: int) -> dict[str, int]:
    """How the texts write these entities, with how often; most often first."""
    rows = connection.execute(
        select(mentions.c.surface, func.count())
        .where(mentions.c.entity_id.in_(list(entity_ids)))
        .group_by(mentions.c.surface)
    )
    counted: Counter[str] = Counter()
    for surface, count in rows:
        counted[" ".join(surface.split())] += count  # a line break inside is no difference
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:limit])


def untag(
    connection: Connection,
    entity_id: str,
    *,
    surface: str | None,
    document_id: int | None,
    now: str,
    by: str | None = None,
    reason: str | None = None,
) -> int:
    """Take mentions of an entity out of a document or of all; the correction's id.

    Raises ``QueryError`` where neither words nor a document are given, or nothing fits.
    """
    words = norm(surface or "")
    if not words and document_id is None:
        raise QueryError(
            "Say which words are wrong or in which document; to take the whole entity out "
            "of lists, hide it."
        )
    key = None if document_id is None else judgements.document_key(connection, document_id)
    names = judgements.names_of(connection, [entity_id])
    words_kept = " ".join((surface or "").split()) or None
    value = {"surface": words_kept, "document": key, "names": names}
    row = judgements.record(
        connection, "untag", entity_id, value, at=now, by=by, reason=reason, document=key
    )
    touched = _apply(connection, row, None)
    if not touched:
        raise QueryError("Nothing there is tagged so; look at the entity's page for its names.")
    _settle(connection, touched, [entity_id])
    return int(row.id)


def apply_one(connection: Connection, decision: Row[Any], document_id: int) -> None:
    """Go through a document with one decision; counts come after."""
    _apply(connection, decision, document_id)


# --- parts -------------------------------------------------------------------


def _apply(connection: Connection, decision: Row[Any], document_id: int | None) -> set[int]:
    """Carry out one decision in one document (or all it is about); the documents changed."""
    only: int | None = document_id
    if decision.value["document"] is not None:
        meant = connection.execute(
            select(documents.c.id).where(documents.c.key == decision.value["document"])
        ).scalar_one_or_none()
        if meant is None or document_id not in (None, meant):
            return set()
        only = meant
    touched: set[int] = set()
    for table, pointer, before, words in _GONE:
        for row in _rows(connection, table, pointer, before, words, decision, only):
            found.take_out(connection, decision.id, table, row)
            touched.add(row["document_id"])
    for table, pointer, before, words in _CUT:
        for row in _rows(connection, table, pointer, before, words, decision, only):
            found.change(connection, decision.id, table, row, {pointer: None, before: None})
            touched.add(row["document_id"])
    return touched


def _rows(
    connection: Connection,
    table: Table,
    pointer: str,
    before: str,
    words: str,
    decision: Row[Any],
    document_id: int | None,
) -> list[dict[str, Any]]:
    columns: dict[str, Column[Any]] = dict(table.c)
    query = select(table).where(
        or_(columns[pointer] == decision.target, columns[before] == decision.target),
        columns["document_id"].is_not(None),
    )
    if document_id is not None:
        query = query.where(columns["document_id"] == document_id)
    wanted = norm(decision.value["surface"] or "")
    return [
        dict(row)
        for row in connection.execute(query.order_by(columns["id"])).mappings().all()
        if not wanted or norm(row[words] or "") == wanted
    ]


def _settle(connection: Connection, touched: Collection[int], entity_ids: list[str]) -> None:
    ends = set(merges(connection, entity_ids).values())
    recount(connection, sorted({*entity_ids, *ends}))
    insert_missing(connection, index_queue, [{"document_id": one} for one in sorted(touched)])
