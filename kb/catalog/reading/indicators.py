"""What ``explore`` reads about indicators."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    Select,
    and_,
    func,
    literal,
    or_,
    select,
)

from kb.catalog.holding import holds
from kb.catalog.reading.typed import chunks, fetch
from kb.catalog.schema import document_years, documents, indicators, pages
from kb.model import NumberKind


@dataclass(frozen=True, slots=True)
class IndicatorNorm:
    """An indicator in normal form, of documents of one region."""

    norm: str
    region: str | None
    numbers: int
    documents: int


@dataclass(frozen=True, slots=True)
class IndicatorNumber:
    """One number with its document and page label."""

    id: int
    document_id: int
    page: int
    name: str
    norm: str
    unit: str | None
    kind: NumberKind
    year: int
    value: float | None
    value_text: str
    agency: str | None
    table_position: int | None
    row: int | None
    quarter: int | None
    title: str
    doc_type: str | None
    date: str | None
    stage: str | None
    institution: str | None
    region: str | None
    page_label: str | None
    first_year: int | None = None
    """The years that the document covers."""
    last_year: int | None = None


def indicator_norms(
    connection: Connection,
    *,
    words: Sequence[Sequence[str]] = (),
    norms: Sequence[str] = (),
    years: Sequence[int] = (),
    agencies: Sequence[str] = (),
    institution_ids: Collection[str] = (),
    document: int | None = None,
) -> list[IndicatorNorm]:
    """Indicators by normal form and region of the document, most documents first.

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
    return fetch(connection, IndicatorNorm, query)


def _has_word(connection: Connection, column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """A word of the column that begins with ``word``; one of three letters or less is whole."""
    plain = func.lower(column)
    for sign in "(),/-":
        plain = func.replace(plain, sign, " ")
    whole = (literal(" ") + plain + literal(" ")).contains(
        f" {word}" if len(word) > 3 else f" {word} ", autoescape=True
    )
    return and_(holds(connection, column, word), whole)  # the first is much quicker to tell


def _covered(which: Callable[..., Any]) -> ScalarSelect[Any]:
    """First or last year of the number's document."""
    of = document_years.c.document_id == documents.c.id
    return select(which(document_years.c.year)).where(of).scalar_subquery()


def _numbers() -> Select[Any]:
    i = indicators.c
    return (
        select(
            *(i.id, i.document_id, i.page, i.name, i.norm, i.unit, i.kind, i.year, i.value),
            *(i.value_text, i.agency, i.table_position, i.row, i.quarter),
            documents.c.title,
            documents.c.doc_type,
            documents.c.date,
            documents.c.stage,
            documents.c.institution,
            documents.c.region,
            pages.c.label.label("page_label"),
            _covered(func.min).label("first_year"),
            _covered(func.max).label("last_year"),
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
) -> list[IndicatorNumber]:
    """Every number of these indicators with its document and page label."""
    found: list[IndicatorNumber] = []
    for part in chunks(list(norms)):
        query = _numbers().where(indicators.c.norm.in_(part))
        if years:
            query = query.where(indicators.c.year.in_(list(years)))
        ordered = query.order_by(indicators.c.norm, indicators.c.year, indicators.c.id)
        found += fetch(connection, IndicatorNumber, ordered)
    return found


def indicators_on(connection: Connection, document_id: int, number: int) -> list[IndicatorNumber]:
    """Numbers read from one page."""
    query = _numbers().where(indicators.c.document_id == document_id, indicators.c.page == number)
    return fetch(connection, IndicatorNumber, query.order_by(indicators.c.id))


def frequent_indicator(connection: Connection) -> str | None:
    """Words of an indicator that the most documents hold."""
    query = (
        select(func.min(indicators.c.name))
        .group_by(indicators.c.norm)
        .order_by(func.count(indicators.c.document_id.distinct()).desc(), indicators.c.norm)
        .limit(1)
    )
    return connection.execute(query).scalar_one_or_none()


def indicators_of(connection: Connection, document_id: int) -> list[IndicatorNumber]:
    """Numbers read from one document, page by page."""
    query = _numbers().where(indicators.c.document_id == document_id)
    ordered = query.order_by(indicators.c.page, indicators.c.id)
    return fetch(connection, IndicatorNumber, ordered)


def plans_beside(connection: Connection, document_id: int, most: int) -> list[int]:
    """Documents of the same type and issuer that state numbers of the same indicators for the
    same years, those with most of them first: a plan and its change."""
    here, there = indicators.alias("here"), indicators.alias("there")
    own, other = documents.alias("own"), documents.alias("other")
    shared = func.count(there.c.norm.distinct())
    query = (
        select(other.c.id)
        .select_from(
            here.join(own, own.c.id == here.c.document_id)
            .join(
                there,
                and_(
                    there.c.norm == here.c.norm,
                    there.c.year == here.c.year,
                    there.c.kind == here.c.kind,
                    there.c.document_id != here.c.document_id,
                ),
            )
            .join(other, other.c.id == there.c.document_id)
        )
        .where(
            here.c.document_id == document_id,
            here.c.kind == "target",
            other.c.doc_type == own.c.doc_type,
            func.coalesce(other.c.institution_id, "") == func.coalesce(own.c.institution_id, ""),
            other.c.withdrawn.is_(None),
            other.c.removed.is_(False),
        )
        .group_by(other.c.id)
        .order_by(shared.desc(), other.c.id)
        .limit(most)
    )
    return [int(number) for number in connection.execute(query).scalars()]
