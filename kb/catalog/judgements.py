"""The one record of what people decided: who, when, why, what it was before, what it is now.

A judgement is a row of ``corrections``. It is never deleted: one that was taken back says who
did so and when, and counts for nothing. The sum of those that stand gives the state.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from kb.catalog.pointers import NAMES
from kb.catalog.schema import corrections, documents, entities, pages, untagged
from kb.errors import NotFound, QueryError

STANDING = corrections.c.undone.is_(None)
"""Those that count."""
ROWS = ("mention", "office", "statement", "indicator")
"""Kinds about one row that was found in a document (an office: also about all of a person's)."""
IN_DOCUMENTS = ("untag", "field", "split", "page", *ROWS)
"""Kinds that change what stands in a document, and are gone through when it is read again."""


Judgement = Row[Any]
"""A row of ``corrections``."""


def record(
    connection: Connection,
    kind: str,
    target: str,
    value: Mapping[str, Any],
    *,
    at: str,
    by: str | None = None,
    reason: str | None = None,
    document: str | None = None,
) -> Row[Any]:
    """Note a judgement; ``document`` is the key of the one it is about."""
    key = connection.execute(
        insert(corrections).values(
            uid=uuid.uuid4().hex,
            kind=kind,
            target=target,
            document=document,
            value=dict(value),
            at=at,
            by=by,
            reason=(reason or "").strip() or None,
        )
    ).inserted_primary_key
    assert key is not None
    return one(connection, int(key[0]))


def one(connection: Connection, number: int) -> Row[Any]:
    """The judgement with this number; raises ``NotFound``."""
    row = connection.execute(select(corrections).where(corrections.c.id == number)).one_or_none()
    if row is None:
        raise NotFound(f"There is no correction {number}; list them to find its number.")
    return row


def take_back(connection: Connection, row: Row[Any], *, at: str, by: str | None) -> None:
    """Note that a judgement counts no longer; raises ``QueryError`` where somebody did before."""
    if row.undone is not None:
        who = f" by {row.undone_by}" if row.undone_by else ""
        raise QueryError(
            f"Correction {row.id} was taken back already{who} at {row.undone}; look at the page "
            "again before deciding."
        )
    connection.execute(
        update(corrections)
        .where(corrections.c.id == row.id)
        .values(undone=at, undone_by=by, problem=None)
    )


def standing(
    connection: Connection, kinds: Collection[str], document: str | None = None
) -> Sequence[Row[Any]]:
    """Judgements that count, first to last; with ``document`` those that are about it.

    By time, not by number: what came from another base stands where it was decided.
    """
    query = select(corrections).where(STANDING, corrections.c.kind.in_(tuple(kinds)))
    if document is not None:
        query = query.where(
            or_(corrections.c.document == document, corrections.c.document.is_(None))
        )
    return connection.execute(query.order_by(corrections.c.at, corrections.c.id)).all()


def everything(connection: Connection) -> Sequence[Row[Any]]:
    """All judgements, the latest first, those taken back too."""
    return connection.execute(select(corrections).order_by(corrections.c.id.desc())).all()


def numbered(connection: Connection, numbers: Collection[int]) -> Sequence[Row[Any]]:
    """Judgements by number, the latest first."""
    return connection.execute(
        select(corrections)
        .where(corrections.c.id.in_(sorted(numbers)))
        .order_by(corrections.c.id.desc())
    ).all()


def marks(connection: Connection, document_ids: Collection[int]) -> dict[tuple[str, int], int]:
    """The latest judgement on each row that is there: table and row number to its number; for
    ``documents`` the number of the document (its fields)."""
    found: dict[tuple[str, int], int] = {}
    query = (
        select(untagged)
        .where(untagged.c.document_id.in_(sorted(document_ids)), untagged.c.whole.is_(False))
        .order_by(untagged.c.id)
    )
    for row in connection.execute(query):
        about = row.document_id if row.table_name == documents.name else int(row.content["id"])
        found[row.table_name, about] = row.correction_id
    return found


def note_problem(connection: Connection, row: Row[Any], problem: str | None) -> None:
    """Say that what a judgement is about was not found again, or (``None``) that it was."""
    if row.problem != problem:
        connection.execute(
            update(corrections).where(corrections.c.id == row.id).values(problem=problem)
        )


def named_ids(connection: Connection) -> set[str]:
    """Entities that judgements name: their ids must last, also for those taken back."""
    found: set[str] = set()
    for row in connection.execute(
        select(corrections.c.kind, corrections.c.target, corrections.c.value)
    ):
        found |= set(entity_ids(row.kind, row.target, row.value))
    return found


def entity_ids(kind: str, target: str, value: Mapping[str, Any]) -> Iterator[str]:
    """Entities that one judgement names."""
    if kind not in ("field", "remove", "withdraw", "page", "direction", "seen") and target:
        yield target
    for name in ("into", "other"):
        if value.get(name):
            yield str(value[name])
    for part in (value.get("to"), value.get("row")):
        for pointer in NAMES:
            if part and part.get(pointer):
                yield str(part[pointer])
    if kind == "field" and value.get("field") == "institution_id" and value.get("value"):
        yield str(value["value"])


def names_of(connection: Connection, ids: Collection[str | None]) -> dict[str, list[str]]:
    """Type and name of entities, kept in a judgement so that another base can make them."""
    rows = connection.execute(
        select(entities.c.id, entities.c.type, entities.c.name).where(
            entities.c.id.in_({one for one in ids if one})
        )
    )
    return {row.id: [row.type, row.name] for row in rows}


def document_key(connection: Connection, document_id: int) -> str:
    """The key of a document; raises ``NotFound``."""
    key = connection.execute(
        select(documents.c.key).where(documents.c.id == document_id)
    ).scalar_one_or_none()
    if key is None:
        raise NotFound(f"There is no document {document_id}; look it up with 'kb search'.")
    return str(key)


def page_texts(connection: Connection, document_id: int) -> dict[int, str]:
    """The text of each page."""
    rows = connection.execute(
        select(pages.c.number, pages.c.text).where(pages.c.document_id == document_id)
    )
    return {row.number: row.text for row in rows}
