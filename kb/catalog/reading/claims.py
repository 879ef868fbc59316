"""What ``explore`` reads about claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from kb.catalog.holding import holds
from kb.catalog.reading.typed import chunks, columns, fetch
from kb.catalog.schema import documents, entities, pages, statements
from kb.catalog.schema_claims import claims
from kb.model import ClaimKind, ClaimPeriod, StatementKind


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Conditions on claims; all hold together."""

    words: tuple[str, ...] = ()
    """Lower-case words that the sentence holds."""
    norms: tuple[str, ...] = ()
    """Or: what is measured has one of these normal forms."""
    speakers: tuple[str, ...] = ()
    """Entity ids."""
    years: tuple[int, ...] = ()
    """Years the figure is of."""
    kind: ClaimKind | None = None
    document: int | None = None
    statement: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimKey:
    """What a claim is paired, counted and listed by."""

    id: int
    document_id: int
    subject: str
    value_text: str
    number: float
    unit: str | None
    kind: ClaimKind
    period: str | None
    year: int | None
    period_origin: ClaimPeriod
    region_code: str | None
    date: str | None
    text: str
    """The sentence."""


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim with its document, and the statement it stands in."""

    id: int
    document_id: int
    page: int
    start: int
    end: int
    text: str
    subject: str
    subject_start: int
    subject_end: int
    norm: str
    value_text: str
    value_start: int
    value_end: int
    number: float
    unit: str | None
    kind: ClaimKind
    period: str | None
    year: int | None
    period_origin: ClaimPeriod
    region: str | None
    region_code: str | None
    institution: str | None
    date: str | None
    method: str
    confidence: float
    title: str
    doc_type: str | None
    address: str | None
    path: str
    page_label: str | None
    statement_id: int | None
    statement_kind: StatementKind | None
    speaker: str | None
    speaker_id: str | None
    role: str | None
    speaker_institution: str | None
    speaker_name: str | None
    speaker_hidden: bool | None


_SAID = and_(
    statements.c.document_id == claims.c.document_id,
    statements.c.page == claims.c.page,
    statements.c.start <= claims.c.value_start,
    statements.c.end > claims.c.value_start,
)


def _where(connection: Connection, wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    named: list[ColumnElement[bool]] = []
    if wanted.words:
        named.append(and_(*(holds(connection, claims.c.text, word) for word in wanted.words)))
    if wanted.norms:
        named.append(claims.c.norm.in_(list(wanted.norms)))
    if named:
        found.append(or_(*named))
    if wanted.speakers:
        found.append(statements.c.speaker_id.in_(list(wanted.speakers)))
    if wanted.years:
        found.append(claims.c.year.in_(list(wanted.years)))
    if wanted.kind is not None:
        found.append(claims.c.kind == wanted.kind)
    if wanted.document is not None:
        found.append(claims.c.document_id == wanted.document)
    if wanted.statement is not None:
        found.append(statements.c.id == wanted.statement)
    return found


def claim_keys(connection: Connection, wanted: ClaimFilter) -> list[ClaimKey]:
    """All claims that fit, latest document first."""
    c = claims.c
    query = select(*columns(ClaimKey, claims))
    if wanted.speakers or wanted.statement is not None:
        query = query.join(statements, _SAID)
    ordered = query.where(*_where(connection, wanted)).order_by(
        func.coalesce(c.date, "").desc(), c.document_id, c.page, c.value_start
    )
    return fetch(connection, ClaimKey, ordered)


def _whole() -> Select[Any]:
    c, s = claims.c, statements.c
    return (
        select(
            *(c.id, c.document_id, c.page, c.start, c.end, c.text, c.subject, c.subject_start),
            *(c.subject_end, c.norm, c.value_text, c.value_start, c.value_end, c.number, c.unit),
            *(c.kind, c.period, c.year, c.period_origin, c.region, c.region_code, c.institution),
            *(c.date, c.method, c.confidence),
            *(documents.c.title, documents.c.doc_type, documents.c.address, documents.c.path),
            pages.c.label.label("page_label"),
            s.id.label("statement_id"),
            s.kind.label("statement_kind"),
            s.speaker,
            s.speaker_id,
            s.role,
            s.institution.label("speaker_institution"),
            entities.c.name.label("speaker_name"),
            entities.c.hidden.label("speaker_hidden"),
        )
        .join(documents, documents.c.id == c.document_id)
        .outerjoin(pages, and_(pages.c.document_id == c.document_id, pages.c.number == c.page))
        .outerjoin(statements, _SAID)
        .outerjoin(entities, entities.c.id == s.speaker_id)
    )


def claims_by_id(connection: Connection, ids: Sequence[int]) -> dict[int, ClaimRow]:
    """Claims with document, page label and speaker."""
    found: dict[int, ClaimRow] = {}
    for part in chunks(list(ids)):
        query = _whole().where(claims.c.id.in_(part))
        found.update((row.id, row) for row in fetch(connection, ClaimRow, query))
    return found


def statements_with_claims(connection: Connection, ids: Sequence[int]) -> dict[int, list[int]]:
    """Claims of each of these statements."""
    found: dict[int, list[int]] = {}
    for part in chunks(list(ids)):
        query = (
            select(statements.c.id, claims.c.id)
            .join(claims, _SAID)
            .where(statements.c.id.in_(part))
            .order_by(claims.c.value_start)
        )
        for statement, claim in connection.execute(query):
            found.setdefault(int(statement), []).append(int(claim))
    return found
