"""Dated events of an entity or of a query."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kb.authority.normal import norm
from kb.catalog import reads_explore as reads
from kb.catalog import reads_explore_entities as entity_reads
from kb.catalog import reads_explore_statements as statement_reads
from kb.catalog.reads_explore import Reading, Row
from kb.catalog.reads_explore_statements import StatementFilter
from kb.errors import NotFound, QueryError
from kb.explore import fields, names, statements
from kb.explore.entities import holders, offices_held
from kb.explore.sources import Sources
from kb.explore.terms import NOT_IN_OFFICE
from kb.explore.views import EntityBadge, EntitySummary, Event, EventKind, OfficeTerm, Timeline
from kb.model import Filters
from kb.search.engine import SearchRequest

KINDS: tuple[EventKind, ...] = ("document", "statement", "office_begin", "office_end")
MAX_OF_A_KIND = 2000
"""Events of one kind, the latest: more than that nobody reads on a line."""
SEEN = 0.5
"""How sure a begin or end is at most that no source states."""


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
            events = sources.remembered(
                connection,
                ("timeline", entity_id, *sorted(wanted)),
                lambda: _of_entity(connection, about, wanted),
            )
        else:
            events = _of_query(sources, connection, subject, wanted)
    events.sort(key=lambda e: (e.date, KINDS.index(e.kind), e.document_id or 0, e.page or 0))
    kept = [e for e in events if (not first or e.date >= first) and (not last or e.date < last)]
    total = len(kept)
    if limit is not None and limit >= 0:
        kept = kept[max(0, total - limit) :]
    return Timeline(
        summary.name if summary else subject,
        summary,
        tuple(kept),
        total,
        (events[0].date, events[-1].date) if events else None,
    )


def _entity(connection: Reading, subject: str) -> str | None:
    """The entity meant: an id, or the whole name of exactly one."""
    if names.is_id(subject):
        return names.one(connection, subject)
    try:
        found = names.one(connection, subject)
    except (NotFound, QueryError):
        return None
    known = entity_reads.entity_rows(connection, [found])[found]
    spelled = {known["name"], *entity_reads.aliases_of(connection, [found]).get(found, ())}
    return found if norm(subject) in {norm(s) for s in spelled} else None


def _of_entity(
    connection: Reading, summary: EntitySummary, wanted: Collection[EventKind]
) -> list[Event]:
    ids = [summary.entity_id, *entity_reads.merged_ids(connection, summary.entity_id)]
    events: list[Event] = []
    if "document" in wanted:
        for row in entity_reads.documents_naming(connection, ids, MAX_OF_A_KIND):
            event = _document_event(row, row["page"])
            if event is not None:
                events.append(event)
    if "statement" in wanted:
        said = StatementFilter(speakers=tuple(ids))
        if summary.type != "person":
            said = StatementFilter(institution_ids=tuple(ids))
        events += _statement_events(connection, said)
    if summary.type == "person":
        person = EntityBadge(summary.entity_id, summary.type, summary.name)
        held = [(person, term) for term in offices_held(connection, ids)]
    else:
        held = [(h.person, h.term) for h in holders(connection, ids)]
    held = [(who, term) for who, term in held if term.status not in NOT_IN_OFFICE]
    for who, term in held:
        title = term.label if summary.type == "person" else f"{who.name}: {term.label}"
        # The next office of the person, or the next person in the office.
        same = (t for w, t in held if summary.type == "person" or t.role == term.role)
        followed = any((t.begin or "") > (term.last_seen or "9999") for t in same)
        events += _office_events(who, title, term, wanted, followed)
    return events


def _office_events(
    person: EntityBadge,
    title: str,
    term: OfficeTerm,
    wanted: Collection[EventKind],
    followed: bool,
) -> list[Event]:
    """Begin and end of a term.

    What only texts show begins when it is first named and, where it was ``followed`` by
    another, ends when it is last named; such events are at most ``SEEN`` sure.
    """
    at = term.evidence[0] if term.evidence else None
    events: list[Event] = []
    if "office_begin" in wanted and term.begin:
        events.append(
            Event(
                term.begin,
                "office_begin",
                title,
                at.document_id if at else None,
                at.page if at else None,
                at.text if at else (term.source or ""),
                person.entity_id,
                term.source,
                term.confidence if term.date_from else min(term.confidence, SEEN),
            )
        )
    seen = None if term.date_from or not followed else term.last_seen
    ended = term.date_to or (seen if seen != term.begin else None)
    if "office_end" in wanted and ended:
        events.append(
            Event(
                ended,
                "office_end",
                title,
                None,
                None,
                term.source or "",
                person.entity_id,
                term.source,
                term.confidence if term.date_to else min(term.confidence, SEEN),
            )
        )
    return events


def _document_event(row: Row, page: int = 1, text: str = "") -> Event | None:
    if not row["date"]:
        return None
    institution = row["institution"] or ""
    return Event(
        row["date"],
        "document",
        row["title"],
        row["id"],
        page,
        text or institution,
        source=row["address"],
    )


def _statement_events(connection: Reading, wanted: StatementFilter) -> list[Event]:
    keys = [
        r
        for r in statement_reads.statement_keys(connection, wanted, "newest", texts=False)
        if r["date"]
    ]
    kept, _ = statements.fold_doubles(keys)
    return _events_of(connection, [r["id"] for r in kept[:MAX_OF_A_KIND]])


def _events_of(connection: Reading, ids: Sequence[int]) -> list[Event]:
    found = statement_reads.statements_by_id(connection, ids)
    events: list[Event] = []
    for number in ids:
        if number not in found:
            continue
        one = statements.view(found[number])
        if one.date:
            events.append(
                Event(
                    one.date,
                    "statement",
                    one.speaker or one.title,
                    one.document_id,
                    one.page,
                    one.text,
                    one.speaker_id,
                    one.source,
                    one.confidence,
                )
            )
    return events


def _of_query(
    sources: Sources, connection: Reading, query: str, wanted: Collection[EventKind]
) -> list[Event]:
    events: list[Event] = []
    if "document" in wanted:
        request = SearchRequest(
            query,
            Filters(),
            sort="newest",
            limit=MAX_OF_A_KIND,
            group=True,
            pages_per_document=1,
            snippets=False,
            facets=False,
        )
        result = sources.search(request)
        best = {h.document_id: h for h in reversed(result.hits)}
        lines = reads.document_lines(connection, list(best))
        for document_id, hit in best.items():
            if document_id in lines:
                event = _document_event(lines[document_id], hit.page)
                if event is not None:
                    events.append(event)
    if "statement" in wanted:
        found = statements.matching(sources, connection, query, StatementFilter(), "newest")
        kept, _ = statements.fold_doubles([r for r in found if r["date"]])
        events += _events_of(connection, [r["id"] for r in kept[:MAX_OF_A_KIND]])
    return events
