"""What ``explore`` reads about statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from kb.catalog.anchors import Place
from kb.catalog.holding import may_hold
from kb.catalog.reading.typed import chunks, fetch
from kb.catalog.schema import documents, entities, pages, statements, untagged
from kb.catalog.schema_said import former_statements
from kb.catalog.schema_sources import shelved
from kb.model import StatementKind


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """Conditions on statements; all hold together."""

    speakers: tuple[str, ...] = ()
    """Entity ids."""
    speaker_text: str | None = None
    """Part of the speaker as written, for speakers without an entity."""
    institution_ids: tuple[str, ...] = ()
    institution_text: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    """Exclusive upper bound."""
    kind: str | None = None
    document: int | None = None
    min_confidence: float = 0.0

    def conditions(self) -> list[ColumnElement[bool]]:
        s = statements.c
        wanted: list[ColumnElement[bool]] = []
        who: list[ColumnElement[bool]] = []
        if self.speakers:
            who.append(s.speaker_id.in_(self.speakers))
        if self.speaker_text is not None:
            who.append(func.lower(s.speaker).contains(self.speaker_text, autoescape=True))
        if who:
            wanted.append(or_(*who))
        where: list[ColumnElement[bool]] = []
        if self.institution_ids:
            where.append(s.institution_id.in_(self.institution_ids))
        if self.institution_text is not None:
            where.append(func.lower(s.institution).contains(self.institution_text, autoescape=True))
        if where:
            wanted.append(or_(*where))
        if self.date_from is not None:
            wanted.append(s.date >= self.date_from)
        if self.date_to is not None:
            wanted.append(s.date < self.date_to)
        if self.kind is not None:
            wanted.append(s.kind == self.kind)
        if self.document is not None:
            wanted.append(s.document_id == self.document)
        if self.min_confidence > 0:
            wanted.append(s.confidence >= self.min_confidence)
        return wanted


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement with its speaker, document and page label."""

    id: int
    document_id: int
    page: int
    kind: StatementKind
    start: int
    end: int
    text: str
    speaker: str | None
    """As written."""
    speaker_id: str | None
    role: str | None
    institution: str | None
    institution_id: str | None
    cue: str | None
    date: str | None
    method: str
    confidence: float
    speaker_name: str | None
    speaker_hidden: bool | None
    title: str
    address: str | None
    path: str
    page_label: str | None


def statement_keys(
    connection: Connection,
    wanted: StatementFilter,
    sort: str,
    *,
    clues: Sequence[Sequence[str]] = (),
    documents_in: Sequence[int] | None = None,
    texts: bool = False,
) -> list[tuple[Any, ...]]:
    """Every matching statement in order ("newest", "oldest"; undated ones last): its start and
    the columns of ``kb.explore.keys``, all that counting needs.

    ``clues`` leave out those whose text and speaker cannot hold them (``may_hold``),
    ``documents_in`` narrows to these documents; with ``texts`` text and speaker follow.
    """
    s = statements.c
    columns = (s.id, s.document_id, s.page, s.date, s.speaker_id, s.institution_id, s.institution)
    query = select(s.start, *columns, *((s.text, s.speaker) if texts else ()))
    query = query.where(*wanted.conditions())
    if clues:
        query = query.where(may_hold(connection, (s.text, s.speaker), clues))
    if documents_in is not None:
        query = query.where(s.document_id.in_(list(documents_in)))
    return _in_order(_plain_rows(connection, query), sort)


def _in_order(rows: list[tuple[Any, ...]], sort: str) -> list[tuple[Any, ...]]:
    """``rows`` (start, id, document, page, date, ...) in order: sorting columns of numbers takes
    half the time of sorting rows in the database."""
    dates = [row[4] or "" for row in rows]
    ranks = {date: rank for rank, date in enumerate(sorted(set(dates)), 1)}
    ranks[""] = 0 if sort == "newest" else len(ranks) + 1
    date = np.fromiter((ranks[d] for d in dates), np.int64, len(rows))
    start, document, page = (
        np.fromiter((row[place] for row in rows), np.int64, len(rows)) for place in (0, 2, 3)
    )
    if sort == "newest":
        date, document = -date, -document
    return [rows[place] for place in np.lexsort((start, page, document, date)).tolist()]


def _plain_rows(connection: Connection, query: Select[Any]) -> list[tuple[Any, ...]]:
    """Rows as the database gives them: for many rows of numbers and strings, in half the time."""
    with connection.execute(query) as result:
        assert result.cursor is not None
        return list(result.cursor.fetchall())


def places(connection: Connection) -> dict[int, tuple[int, int, int, int]]:
    """Document, page, start and end of every statement, by its id."""
    s = statements.c
    rows = _plain_rows(connection, select(s.id, s.document_id, s.page, s.start, s.end))
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}


def texts_of(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """Text of statements by id."""
    found: dict[int, str] = {}
    for part in chunks(list(ids)):
        query = select(statements.c.id, statements.c.text).where(statements.c.id.in_(part))
        found.update((row[0], row[1]) for row in connection.execute(query))
    return found


def titled_texts(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """Text of statements by id, after the title of their document."""
    found: dict[int, str] = {}
    s = statements.c
    for part in chunks(list(ids)):
        query = select(s.id, documents.c.title, s.text).join(documents).where(s.id.in_(part))
        found.update((r[0], f"{r[1]}. {r[2]}") for r in connection.execute(query))
    return found


def _whole() -> Select[Any]:
    s = statements.c
    return (
        select(
            *(s.id, s.document_id, s.page, s.kind, s.start, s.end, s.text),
            *(s.speaker, s.speaker_id, s.role, s.institution, s.institution_id, s.cue),
            *(s.date, s.method, s.confidence),
            entities.c.name.label("speaker_name"),
            entities.c.hidden.label("speaker_hidden"),
            documents.c.title,
            documents.c.address,
            documents.c.path,
            pages.c.label.label("page_label"),
        )
        .join(documents, documents.c.id == statements.c.document_id)
        .outerjoin(entities, entities.c.id == statements.c.speaker_id)
        .outerjoin(
            pages,
            and_(
                pages.c.document_id == statements.c.document_id,
                pages.c.number == statements.c.page,
            ),
        )
    )


def statements_by_id(connection: Connection, ids: Sequence[int]) -> dict[int, StatementRow]:
    """Statements with speaker, document and page label."""
    found: dict[int, StatementRow] = {}
    for part in chunks(list(ids)):
        query = _whole().where(statements.c.id.in_(part))
        found.update((row.id, row) for row in fetch(connection, StatementRow, query))
    return found


def statements_on(
    connection: Connection, document_id: int, number: int | None = None
) -> list[StatementRow]:
    """Statements of a document or of one of its pages, in order."""
    query = _whole().where(statements.c.document_id == document_id)
    if number is not None:
        query = query.where(statements.c.page == number)
    ordered = query.order_by(statements.c.page, statements.c.start)
    return fetch(connection, StatementRow, ordered)


@dataclass(frozen=True, slots=True)
class Stood:
    """Where a statement stood whose number no statement has now."""

    document_id: int
    page: int
    place: dict[str, Any] | None
    """Its words, as in ``kb.catalog.anchors``; ``None`` where staff said that it is none."""


def stood(connection: Connection, number: int) -> Stood | None:
    """Where the statement of this number stood; ``None`` where nothing is known of it."""
    query = select(former_statements).where(former_statements.c.id == number)
    if (row := connection.execute(query).one_or_none()) is not None:
        return Stood(row.document_id, int(row.place["page"]), row.place)
    of = (untagged.c.table_name == statements.name, untagged.c.whole.is_(True))
    for row in connection.execute(select(untagged).where(*of)):
        if int(row.content["id"]) == number:
            return Stood(row.document_id, int(row.content["page"]), None)
    for row in connection.execute(select(shelved).where(shelved.c.table_name == statements.name)):
        if int(row.content["id"]) == number:
            place = {name: row.content[name] for name in ("page", "start", "end")}
            place |= {"words": row.content["text"], "before": "", "after": ""}
            return Stood(row.document_id, int(row.content["page"]), place)
    return None


def there_now(connection: Connection, document_id: int, place: Place) -> int | None:
    """The statement that has the most of the words at a place, and most of them."""
    s = statements.c
    query = select(s.id, s.start, s.end).where(
        s.document_id == document_id,
        s.page == place.page,
        s.start < place.end,
        s.end > place.start,
    )
    best: tuple[int, int, int] | None = None
    for number, start, end in connection.execute(query.order_by(s.id)):
        common = min(end, place.end) - max(start, place.start)
        if 2 * common <= min(end - start, place.end - place.start):
            continue
        found = (common, min(start, place.start) - max(end, place.end), -number)
        best = found if best is None else max(best, found)
    return None if best is None else -best[2]


def statement_count(connection: Connection, document_id: int) -> int:
    """Statements in a document."""
    query = (
        select(func.count()).select_from(statements).where(statements.c.document_id == document_id)
    )
    return connection.execute(query).scalar_one()
