"""The list of entities and the page of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from kb.authority.normal import norm
from kb.catalog.reading import entities as entity_reads
from kb.catalog.reading import links as link_reads
from kb.catalog.reading import offices as office_reads
from kb.catalog.reading import statements as statement_reads
from kb.catalog.reading import together as together_reads
from kb.catalog.reading.links import LinkRow
from kb.catalog.reading.offices import Sighting
from kb.catalog.reading.statements import StatementFilter
from kb.catalog.reading.typed import Reading
from kb.errors import QueryError
from kb.explore import names, statements, succession, terms
from kb.explore.keys import Keys
from kb.explore.search import document_ref
from kb.explore.sources import Sources
from kb.explore.views import (
    CoOccurrence,
    EntityBadge,
    EntityLink,
    EntityList,
    EntityPage,
    OfficeEvidence,
    OfficeHolder,
    OfficeTerm,
    Wording,
    YearCount,
)
from kb.model import OfficeStatus

KINDS = ("official", "person", "institution", "place")
SORTS = ("mentions", "name", "recent")
SAMPLE_PAGES = 2000
"""Who appears with whom is counted on the latest pages of an entity, up to so many."""
AROUND = 120
"""Entities around one that are counted at once: its page, its graph and a comparison share them."""
EVIDENCE = 5
CHILDREN = 60
LINKS = 20


def entities(
    sources: Sources,
    query: str | None,
    *,
    kind: str | None,
    sort: str,
    limit: int,
    offset: int,
) -> EntityList:
    """See ``KnowledgeBase.entities``."""
    if kind not in (None, *KINDS):
        raise QueryError(f"There is no entity type '{kind}'; use one of {', '.join(KINDS)}.")
    if sort not in SORTS:
        raise QueryError(f"There is no sort '{sort}'; use one of {', '.join(SORTS)}.")
    if limit < 0 or offset < 0:
        raise QueryError("The limit and the offset must not be negative.")
    words = norm(query or "").split()
    if (query or "").strip() and not words:
        return EntityList(0, ())
    with sources.read() as connection:
        return sources.remembered(
            connection,
            ("entities", *words, kind, sort, limit, offset),
            lambda: _listed(connection, words, kind, sort, limit, offset),
        )


def _listed(
    connection: Reading, words: list[str], kind: str | None, sort: str, limit: int, offset: int
) -> EntityList:
    total, rows = entity_reads.list_entities(
        connection, words=words, kind=kind, sort=sort, limit=limit, offset=offset
    )
    if not total and words and not offset:
        ids = names.close_names(connection, " ".join(words), kind, limit)
        known = entity_reads.entity_rows(connection, ids)
        rows = [known[i] for i in ids if i in known]
        total = len(rows)
    return EntityList(total, names.summaries(connection, rows))


def entity(
    sources: Sources, given: str, *, statements: int, documents: int, co_occurring: int
) -> EntityPage:
    """See ``KnowledgeBase.entity``."""
    with sources.read() as connection:
        entity_id = names.one(connection, given)
        return sources.remembered(
            connection,
            ("entity", entity_id, statements, documents, co_occurring),
            lambda: entity_page(
                sources,
                connection,
                entity_id,
                statement_limit=statements,
                document_limit=documents,
                co_limit=co_occurring,
            ),
        )


def entity_page(
    sources: Sources,
    connection: Reading,
    entity_id: str,
    *,
    statement_limit: int,
    document_limit: int,
    co_limit: int,
) -> EntityPage:
    """The page of the entity with this (canonical) id."""
    row = entity_reads.entity_rows(connection, [entity_id])[entity_id]
    merged = entity_reads.merged_ids(connection, entity_id)
    ids = [entity_id, *merged]
    summary = names.summaries(connection, [row])[0]
    wanted = StatementFilter(speakers=tuple(ids))
    if row.type != "person":
        wanted = StatementFilter(institution_ids=tuple(ids))
    keys = Keys.of_rows(statement_reads.statement_keys(connection, wanted, "newest"))
    kept, doubles = keys.folded(sources, connection)
    naming = entity_reads.documents_naming(connection, ids, document_limit)
    owners = names.labels(connection, {i for r in naming if (i := r.institution_id) is not None})
    parents = names.parents(connection, row)
    return EntityPage(
        summary=summary,
        offices=offices_held(connection, ids) if row.type == "person" else (),
        holders=() if row.type == "person" else holders(connection, ids),
        mentions_per_year=tuple(
            YearCount(*counts) for counts in entity_reads.mentions_per_year(connection, ids)
        ),
        co_occurring=around(sources, connection, ids, co_limit),
        statements=statements.views(
            sources, connection, kept.ids[:statement_limit], doubles=doubles
        ),
        statement_count=len(kept),
        documents=tuple(document_ref(r, owners, mentions=r.mentions, page=r.page) for r in naming),
        parent=parents[-1] if parents else None,
        children=tuple(
            EntityBadge(r.id, r.type, r.name, r.mention_count)
            for r in entity_reads.children(connection, entity_id, CHILDREN)
        ),
        code=entity_id.partition(":")[2] if row.type == "place" else None,
        path=parents if row.type == "place" else (),
        merged=tuple(merged),
        links=tuple(_link(one) for one in link_reads.links(connection, ids, LINKS)),
        link_reasons=tuple(link_reads.methods(connection, ids).items()),
    )


def _link(row: LinkRow) -> EntityLink:
    offices = tuple(", ".join(filter(None, (role, where))) for role, where, _ in row.offices)
    return EntityLink(
        row.document_id, row.title, row.date, row.name, row.region, offices, row.method
    )


def around(
    sources: Sources, connection: Reading, ids: Sequence[str], limit: int
) -> tuple[CoOccurrence, ...]:
    """Entities on the same pages, most pages first."""
    if limit < 1:
        return ()
    counted = max(limit, AROUND)

    def count() -> tuple[CoOccurrence, ...]:
        rows = together_reads.co_occurring(connection, ids, limit=counted, sample=SAMPLE_PAGES)
        return tuple(CoOccurrence(r.id, r.type, r.name, r.pages, r.documents) for r in rows)

    return sources.remembered(connection, ("around", counted, *ids), count)[:limit]


def offices_held(connection: Reading, ids: Collection[str]) -> tuple[OfficeTerm, ...]:
    """Offices of one person through time, each with some of its evidence."""
    merged = terms.merge(office_reads.sightings_of(connection, ids))
    where = {t.institution_id for t, _ in merged if t.institution_id is not None}
    rivals = office_reads.sightings_in(connection, where)
    held = succession.by_office(rivals)
    return _with_evidence(
        connection, [(succession.ended(term, seen, held), seen) for term, seen in merged]
    )


def holders(connection: Reading, ids: Collection[str]) -> tuple[OfficeHolder, ...]:
    """Who held office in an institution or place, by begin."""
    return tuple(holder for holder, _ in holders_seen(connection, ids))


def holders_seen(
    connection: Reading, ids: Collection[str], written: Collection[str] = ()
) -> list[tuple[OfficeHolder, list[Sighting]]]:
    """The same, each with the sightings that the term was made of; also offices that are linked
    to no institution where it is ``written`` so."""
    by_person: dict[str, list[Sighting]] = {}
    rows_seen = office_reads.sightings_in(connection, ids)
    if written:
        rows_seen += office_reads.sightings_named(connection, written)
    for row in rows_seen:
        by_person.setdefault(row.person_id, []).append(row)
    rows = entity_reads.entity_rows(connection, by_person)
    held = succession.by_office(s for seen in by_person.values() for s in seen)
    found = [
        (OfficeHolder(names.badge(rows[person]), succession.ended(term, own, held)), own)
        for person, seen in by_person.items()
        if person in rows
        for term, own in terms.merge(seen)
    ]
    return sorted(found, key=lambda h: (h[0].term.begin or "9999", h[0].person.name))


def _with_evidence(
    connection: Reading, merged: list[tuple[OfficeTerm, list[Sighting]]]
) -> tuple[OfficeTerm, ...]:
    examples = {
        id(term): [s.example for s in sorted(seen, key=lambda s: s.first or "9999")][:EVIDENCE]
        for term, seen in merged
    }
    wanted = [i for ids in examples.values() for i in ids]
    worded = _wordings(merged)
    places = office_reads.office_evidence(connection, wanted)
    return tuple(
        replace(
            term,
            wordings=worded[id(term)],
            evidence=tuple(
                OfficeEvidence(
                    document_id=r.document_id,
                    title=r.title,
                    page=r.page or 1,
                    date=r.date,
                    text=" ".join((r.text or "").split()) or term.label,
                    confidence=r.confidence,
                    office_id=i,
                )
                for i in examples[id(term)]
                if (r := places.get(i)) is not None
            ),
        )
        for term, _ in merged
    )


def _wordings(
    merged: list[tuple[OfficeTerm, list[Sighting]]],
) -> dict[int, tuple[Wording, ...]]:
    """How texts word each term; with its days where another term is worded so too."""
    found: dict[int, dict[tuple[str, str | None, OfficeStatus], list[str]]] = {}
    for term, seen in merged:
        mine = found.setdefault(id(term), {})
        for s in seen:
            if s.origin == "text":
                days = mine.setdefault((s.role, s.institution, s.status), [])
                days += [day for day in (s.first, s.last) if day]
    held = Counter(key for mine in found.values() for key in mine)
    return {
        term: tuple(
            Wording(*key, min(days), max(days)) if held[key] > 1 and days else Wording(*key)
            for key, days in mine.items()
        )
        for term, mine in found.items()
    }
