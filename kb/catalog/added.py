"""What a person finds on a page that the machine missed, and how far words go.

Each is a judgement about words of a page (``kb.catalog.rulings``): it holds when the file is
read or tagged again. Where a later tagger finds the thing itself, what was decided is laid over
it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, select

from kb.catalog import anchors, judgements
from kb.catalog.pointers import NAMES
from kb.catalog.replaying import TABLE
from kb.catalog.rulings import ruled
from kb.catalog.schema import pages
from kb.errors import QueryError

_WORDS = {"mention": "surface", "statement": "text"}
"""Columns that hold the words from ``start`` to ``end``."""


def tag(
    connection: Connection,
    document_id: int,
    page: int,
    start: int,
    end: int,
    *,
    label: str,
    entity_id: str,
    now: str,
    by: str | None = None,
    reason: str | None = None,
) -> int:
    """Say that words of a page name an entity that the machine missed; the judgement's number."""
    text = _text(connection, document_id, page, start, end)
    _refuse_there(connection, TABLE["mention"], document_id, page, start, end)
    row = {"surface": text[start:end]}
    to = {"label": label, "entity_id": entity_id}
    where = (document_id, page, start, end)
    return _new(connection, "mention", where, text, row, to, now=now, by=by, reason=reason)


def said(
    connection: Connection,
    document_id: int,
    page: int,
    start: int,
    end: int,
    to: Mapping[str, Any],
    *,
    now: str,
    by: str | None = None,
    reason: str | None = None,
) -> int:
    """Say that words of a page are a statement; ``to`` are its columns. The judgement's number."""
    text = _text(connection, document_id, page, start, end)
    _refuse_there(connection, TABLE["statement"], document_id, page, start, end)
    row = {
        **dict.fromkeys(("speaker", "speaker_id", "role", "institution", "institution_id")),
        **dict.fromkeys(("cue", "date")),
        "kind": to["kind"],
        "text": text[start:end],
    }
    where = (document_id, page, start, end)
    return _new(connection, "statement", where, text, row, to, now=now, by=by, reason=reason)


def held(
    connection: Connection,
    document_id: int,
    page: int,
    start: int,
    end: int,
    name: str,
    to: Mapping[str, Any],
    *,
    now: str,
    by: str | None = None,
    reason: str | None = None,
) -> int:
    """Say that words of a page state an office of a person called ``name``; the judgement's
    number. Several may stand in the same words."""
    text = _text(connection, document_id, page, start, end)
    row = {
        **dict.fromkeys(("person_id", "institution", "institution_id", "date")),
        **dict.fromkeys(("date_from", "date_to", "source")),
        "name": name,
        "role": to["role"],
        "status": to["status"],
        "origin": "text",
    }
    where = (document_id, page, start, end)
    return _new(connection, "office", where, text, row, to, now=now, by=by, reason=reason)


def span(connection: Connection, kind: str, row_id: int, start: int, end: int) -> dict[str, Any]:
    """Columns of a mention or statement that goes from ``start`` to ``end`` of its page."""
    table = TABLE[kind]
    text = connection.execute(
        select(pages.c.text)
        .join(
            table,
            (table.c.document_id == pages.c.document_id) & (table.c.page == pages.c.number),
        )
        .where(table.c.id == row_id)
    ).scalar_one_or_none()
    if text is None or start < 0 or not text[start:end].strip():
        raise QueryError(f"The page has no words from {start} to {end}; choose words of it.")
    return {"start": start, "end": end, _WORDS[kind]: text[start:end]}


def _text(connection: Connection, document_id: int, page: int, start: int, end: int) -> str:
    judgements.document_key(connection, document_id)
    text = judgements.page_texts(connection, document_id).get(page)
    if text is None or not text[start:end].strip() or start < 0:
        raise QueryError(f"Page {page} has no words from {start} to {end}; choose words of it.")
    return text


def _refuse_there(
    connection: Connection, table: Table, document_id: int, page: int, start: int, end: int
) -> None:
    there = select(table.c.id).where(
        table.c.document_id == document_id,
        table.c.page == page,
        table.c.start < end,
        table.c.end > start,
    )
    if connection.execute(there).first() is not None:
        told = "tagged" if table is TABLE["mention"] else "a statement"
        raise QueryError(f"These words are {told} already; change that.")


def _new(
    connection: Connection,
    kind: str,
    where: tuple[int, int, int, int],
    text: str,
    row: Mapping[str, Any],
    to: Mapping[str, Any],
    *,
    now: str,
    by: str | None,
    reason: str | None,
) -> int:
    document_id, page, start, end = where
    pointed_at = [to.get(pointer) for pointer in NAMES]
    value = {
        "anchor": anchors.anchor(text, page, start, end),
        "row": {**row, "page": page, "start": start, "end": end},
        "to": dict(to),
        "new": True,
        "names": judgements.names_of(connection, pointed_at),
    }
    target = next((str(one) for one in pointed_at if one), "")
    return ruled(connection, kind, target, value, document_id, now=now, by=by, reason=reason)
