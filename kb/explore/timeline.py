"""Dated events of an entity or of a query."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from kb.authority.normal import norm
from kb.catalog.reading import documents as reads
from kb.catalog.reading import entities as entity_reads
from kb.catalog.reading import statements as statement_reads
from kb.catalog.reading.documents import DocumentLine
from kb.catalog.reading.statements import StatementFilter
from kb.catalog.reading.typed import Reading
from kb.errors import QueryError
from kb.explore import fields, names, statements
from kb.explore.entities import holders, offices_held
from kb.explore.keys import Keys
from kb.explore.sources import Sources
from kb.explore.terms import NOT_IN_OFFICE
from kb.explore.views import (
    EntityBadge,
    EntitySummary,
    Event,
    EventKind,
    OfficeTerm,
    StatementView,
    Timeline,
)
from kb.model import Filters
from kb.search.engine import SearchRequest

KINDS: tuple[EventKind, ...] = (
    "document", "statement", "office_begin", "office_named", "office_end",
)  # fmt: skip
MAX_OF_A_KIND = 2000
"""Events of one kind, the latest: more than that nobody reads on a line."""
SEEN = 0.5
"""How sure a begin or end is at most that no source states. Set by hand; no command measured it."""


def timeline(
    sources: Sources,
    subject: str,
    *,
    date_from: str | None,
    date_to: str | None,
    kinds: Sequence[EventKind],
    limit: int | None,
) -> Timeline:
    """See ``KnowledgeBase.timeline``."""
    subject = subject.strip()
    if not subject:
        raise QueryError("A timeline needs an entity or a query; name one.")
    for kind in kinds:
        if kind not in KINDS:
            raise QueryError(f"There is no event kind '{kind}'; use {', '.join(KINDS)}.")
    wanted = set(kinds) or set(KINDS)
    first = fields.day(date_from, "date_from")
    last = fields.after(fields.day(date_to, "date_to"))
    with sources.read() as connection:
        entity_id = _entity(connection, subject)
        summary: EntitySummary | None = None
        if entity_id is not None:
            rows = entity_reads.entity_rows(connection, [entity_id])
            summary = about = names.summaries(connection, [rows[entity_id]])[0]
            line = sources.remembered(
                connection,
                ("timeline", entity_id, *sorted(wanted)),
                lambda: _of_entity(sources, connection, about, wanted),
            )
        else:
            line = sources.remembered(
                connection,
                ("timeline of", subject, *sorted(wanted)),
                lambda: _of_query(sources, connection, subject, wanted),
                words=True,
            )
        marks = line.marks
        kept = [m for m in marks if (not first or m.date >= first) and (not last or m.date < last)]
        total = len(kept)
        if limit is not None and limit >= 0:
            kept = kept[max(0, total - limit) :]
        return Timeline(
            summary.name if summary else subject,
            summary,
            _events(connection, kept, line.offices),
            total,
            (marks[0].date, marks[-1].date) if marks else None,
        )


class _Mark(NamedTuple):
    """An event's place on the line; the event itself is made where it is shown."""

    date: str
    kind: int
    """Place in ``KINDS``."""
    document: int
    page: int
    number: int
    """The statement's id; the place of an office's begin or end among ``_Line.offices``."""


@dataclass(frozen=True, slots=True)
class _Line:
    """Everything dated about a subject, in order."""

    marks: tuple[_Mark, ...]
    offices: tuple[Event, ...]

    @classmethod
    def of(cls, marks: Iterable[_Mark], offices: Sequence[Event] = ()) -> _Line:
        begun = (
            _Mark(e.date, KINDS.index(e.kind), e.document_id or 0, e.page or 0, number)
            for number, e in enumerate(offices)
        )
        return cls(tuple(sorted([*marks, *begun], key=lambda m: m[:4])), tuple(offices))


def _entity(connection: Reading, subject: str) -> str | None:
    """The entity meant: an id, or the whole name of exactly one."""
    if names.is_id(subject):
        return names.one(connection, subject)
    rows = entity_reads.by_alias(connection, [norm(subject)])
    ids = {r.id for r in rows if r.mention_count} or {r.id for r in rows}
    return ids.pop() if len(ids) == 1 else None


def _of_entity(
    sources: Sources, connection: Reading, summary: EntitySummary, wanted: Collection[EventKind]
) -> _Line:
    ids = [summary.entity_id, *entity_reads.merged_ids(connection, summary.entity_id)]
    marks: list[_Mark] = []
    if "document" in wanted:
        naming = entity_reads.documents_naming(connection, ids, MAX_OF_A_KIND)
        marks += [_document_mark(r.date, r.id, r.page) for r in naming if r.date]
    if "statement" in wanted:
        said = StatementFilter(speakers=tuple(ids))
        if summary.type != "person":
            said = StatementFilter(institution_ids=tuple(ids))
        rows = statement_reads.statement_keys(connection, said, "newest")
        marks += _statement_marks(sources, connection, Keys.of_rows(rows))
    events: list[Event] = []
    if summary.type == "person":
        person = EntityBadge(summary.entity_id, summary.type, summary.name)
        held = [(person, term) for term in offices_held(connection, ids)]
    else:
        held = [(h.person, h.term) for h in holders(connection, ids)]
    held = [(who, term) for who, term in held if term.status not in NOT_IN_OFFICE]
    for who, term in held:
        title = term.label if summary.type == "person" else f"{who.name}: {term.label}"
        events += _office_events(who, title, term, wanted)
    return _Line.of(marks, events)


def _office_events(
    person: EntityBadge,
    title: str,
    term: OfficeTerm,
    wanted: Collection[EventKind],
) -> list[Event]:
    """Begin and end of a term as a source states them.

    An office that texts only name has neither: it is shown where it is named first, at most
    ``SEEN`` sure. To be named on a day is not to begin or end on it.
    """
    at = term.evidence[0] if term.evidence else None
    events: list[Event] = []
    kind: EventKind = "office_begin" if term.date_from else "office_named"
    if kind in wanted and term.begin:
        events.append(
            Event(
                term.begin,
                kind,
                title,
                at.document_id if at else None,
                at.page if at else None,
                at.text if at else (term.source or ""),
                person.entity_id,
                term.source,
                term.confidence if term.date_from else min(term.confidence, SEEN),
            )
        )
    if "office_end" in wanted and term.date_to:
        events.append(
            Event(
                term.date_to,
                "office_end",
                title,
                None,
                None,
                term.source or "",
                person.entity_id,
                term.source,
                term.confidence,
            )
        )
    return events


def _document_mark(date: str, document_id: int, page: int) -> _Mark:
    return _Mark(date, KINDS.index("document"), document_id, page, 0)


def _statement_marks(sources: Sources, connection: Reading, keys: Keys) -> list[_Mark]:
    kept, _ = keys.dated().folded(sources, connection)
    kind = KINDS.index("statement")
    columns = zip(kept.dates, kept.documents, kept.pages, kept.ids, strict=True)
    return [
        _Mark(date or "", kind, document, page, number)
        for date, document, page, number in islice(columns, MAX_OF_A_KIND)
    ]


def _of_query(
    sources: Sources, connection: Reading, query: str, wanted: Collection[EventKind]
) -> _Line:
    marks: list[_Mark] = []
    if "document" in wanted:
        request = SearchRequest(
            query,
            Filters(),
            sort="newest",
            limit=MAX_OF_A_KIND,
            group=True,
            pages_per_document=1,
        ).bare()
        best = {h.document_id: h.page for h in reversed(sources.search(request).hits)}
        dates = reads.document_dates(connection, list(best))
        marks += [_document_mark(dates[d], d, page) for d, page in best.items() if d in dates]
    if "statement" in wanted:
        keys = statements.matching(sources, connection, query, StatementFilter())
        marks += _statement_marks(sources, connection, keys)
    return _Line.of(marks)


def _events(
    connection: Reading, marks: Sequence[_Mark], offices: Sequence[Event]
) -> tuple[Event, ...]:
    """The events at ``marks``."""
    documents, said = KINDS.index("document"), KINDS.index("statement")
    lines = reads.document_lines(connection, [m.document for m in marks if m.kind == documents])
    spoken = statement_reads.statements_by_id(
        connection, [m.number for m in marks if m.kind == said]
    )
    events: list[Event] = []
    for mark in marks:
        if mark.kind == documents:
            events.append(_document_event(lines[mark.document], mark))
        elif mark.kind == said:
            events.append(_statement_event(statements.view(spoken[mark.number]), mark))
        else:
            events.append(offices[mark.number])
    return tuple(events)


def _document_event(row: DocumentLine, mark: _Mark) -> Event:
    return Event(
        mark.date,
        "document",
        row.title,
        row.id,
        mark.page,
        row.institution or "",
        source=row.address,
    )


def _statement_event(one: StatementView, mark: _Mark) -> Event:
    return Event(
        mark.date,
        "statement",
        one.speaker or one.title,
        one.document_id,
        one.page,
        one.text,
        one.speaker_id,
        one.source,
        one.confidence,
    )
