"""What ``explore`` reads about statements and indicators."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, or_, select

from kb.catalog.holding import holds, may_hold
from kb.catalog.reading.documents import Row, chunks
from kb.catalog.schema import documents, entities, indicators, pages, statements


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


def texts_of(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """Text of statements by id."""
    found: dict[int, str] = {}
    for part in chunks(list(ids)):
        query = select(statements.c.id, statements.c.text).where(statements.c.id.in_(part))
        found.update((row[0], row[1]) for row in connection.execute(query))
    return found


def _whole() -> Select[Any]:
    return (
        select(
            statements,
            entities.c.name.label("speaker_name"),
            entities.c.hidden.label("speaker_hidden"),
            documents.c.title,
            documents.c.address,
            documents.c.path,
            documents.c.group_id,
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


def statements_by_id(connection: Connection, ids: Sequence[int]) -> dict[int, Row]:
    """Statements with speaker, document and page label."""
    found: dict[int, Row] = {}
    for part in chunks(list(ids)):
        rows = connection.execute(_whole().where(statements.c.id.in_(part)))
        found.update({r["id"]: r for r in rows.mappings()})
    return found


def statements_on(connection: Connection, document_id: int, number: int | None = None) -> list[Row]:
    """Statements of a document or of one of its pages, in order."""
    query = _whole().where(statements.c.document_id == document_id)
    if number is not None:
        query = query.where(statements.c.page == number)
    order = (statements.c.page, statements.c.start)
    return list(connection.execute(query.order_by(*order)).mappings())


def statement_count(connection: Connection, document_id: int) -> int:
    """Statements in a document."""
    query = (
        select(func.count()).select_from(statements).where(statements.c.document_id == document_id)
    )
    return connection.execute(query).scalar_one()


# --- indicators ------------------------------------------------------------------


def indicator_norms(
    connection: Connection,
    *,
    words: Sequence[Sequence[str]] = (),
    norms: Sequence[str] = (),
    years: Sequence[int] = (),
    agencies: Sequence[str] = (),
    institution_ids: Collection[str] = (),
    document: int | None = None,
) -> list[Row]:
    """Indicators by normal form and region of the document: norm, region, numbers, documents;
    most documents first.

    An indicator must hold all words of one of the ``words``, or its normal form begin with one
    of ``norms``; ``agencies`` are lower-case names of which the responsible agency or the
    issuer must hold one.
    """
    named: list[ColumnElement[bool]] = [
        and_(
            *(
                or_(
                    _has_word(connection, indicators.c.norm, word),
                    _has_word(connection, indicators.c.name, word),
                )
                for word in together
            )
        )
        for together in words
        if together
    ]
    named += [indicators.c.norm.startswith(norm, autoescape=True) for norm in norms]
    wanted: list[ColumnElement[bool]] = [or_(*named)] if named else []
    if years:
        wanted.append(indicators.c.year.in_(list(years)))
    if document is not None:
        wanted.append(indicators.c.document_id == document)
    by: list[ColumnElement[bool]] = []
    for agency in agencies:
        by.append(func.lower(indicators.c.agency).contains(agency, autoescape=True))
        by.append(func.lower(documents.c.institution).contains(agency, autoescape=True))
    if institution_ids:
        by.append(documents.c.institution_id.in_(list(institution_ids)))
    if by:
        wanted.append(or_(*by))
    query = (
        select(
            indicators.c.norm,
            documents.c.region,
            func.count().label("numbers"),
            func.count(indicators.c.document_id.distinct()).label("documents"),
        )
        .join(documents, documents.c.id == indicators.c.document_id)
        .where(*wanted)
        .group_by(indicators.c.norm, documents.c.region)
        .order_by(
            func.count(indicators.c.document_id.distinct()).desc(),
            func.count().desc(),
            indicators.c.norm,
        )
    )
    return list(connection.execute(query).mappings().all())


def _has_word(connection: Connection, column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """A word of the column that begins with ``word``; one of three letters or less is whole."""
    plain = func.lower(column)
    for sign in "(),/-":
        plain = func.replace(plain, sign, " ")
    whole = (literal(" ") + plain + literal(" ")).contains(
        f" {word}" if len(word) > 3 else f" {word} ", autoescape=True
    )
    return and_(holds(connection, column, word), whole)  # the first is much quicker to tell


def _numbers() -> Select[Any]:
    return (
        select(
            indicators,
            documents.c.title,
            documents.c.doc_type,
            documents.c.date,
            documents.c.stage,
            documents.c.institution,
            documents.c.region,
            pages.c.label.label("page_label"),
        )
        .join(documents, documents.c.id == indicators.c.document_id)
        .outerjoin(
            pages,
            and_(
                pages.c.document_id == indicators.c.document_id,
                pages.c.number == indicators.c.page,
            ),
        )
    )


def indicator_numbers(
    connection: Connection, norms: Sequence[str], years: Sequence[int] = ()
) -> list[Row]:
    """Every number of these indicators with its document and page label."""
    found: list[Row] = []
    for part in chunks(list(norms)):
        query = _numbers().where(indicators.c.norm.in_(part))
        if years:
            query = query.where(indicators.c.year.in_(list(years)))
        found += connection.execute(
            query.order_by(indicators.c.norm, indicators.c.year, indicators.c.id)
        ).mappings()
    return found


def indicators_on(connection: Connection, document_id: int, number: int) -> list[Row]:
    """Numbers read from one page."""
    query = _numbers().where(indicators.c.document_id == document_id, indicators.c.page == number)
    return list(connection.execute(query.order_by(indicators.c.id)).mappings())


def frequent_indicator(connection: Connection) -> str | None:
    """Words of an indicator that the most documents hold."""
    query = (
        select(func.min(indicators.c.name))
        .group_by(indicators.c.norm)
        .order_by(func.count(indicators.c.document_id.distinct()).desc(), indicators.c.norm)
        .limit(1)
    )
    return connection.execute(query).scalar_one_or_none()
