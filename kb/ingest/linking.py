"""Who is who across documents: the tagger's judgement and the authority file's officials."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from kb.authority import Official, load
from kb.catalog import Catalog, corrections, replaying, sightings
from kb.catalog.counts import recount
from kb.catalog.pointers import relink
from kb.catalog.reading.alerts import followed_ids
from kb.catalog.records import OfficialRecord, OfficialTerm
from kb.catalog.writes_authority import load_officials
from kb.catalog.writes_entities import name_keys, remove_orphans
from kb.evidence import Evidence
from kb.model import EntityRef, Office, TagContext

_AT_ONCE = 500
"""Keys linked in one transaction."""
UNCONFIRMED = 0.6
"""Confidence of a term of office that no second source confirms. Set by hand; no command measured
it."""


def evidence(ref: EntityRef, offices: Sequence[Office], context: TagContext) -> Evidence:
    """What a document tells of one of its entities: names, offices, region."""
    # Loading the tagger's package takes a second: only where there is somebody to link.
    from kb.nlp.linking.across import office_keys

    held = office_keys(ref, offices, context)
    return Evidence(held.region, tuple(sorted({*name_keys(ref), *held.keys})))


def settle_links(catalog: Catalog, run_id: int) -> int:
    """Link what documents written since the last time name, and all that has a name or an
    office in common with it; returns how many documents changed.

    Worked out from the stored sightings alone, so the same files in any order give the same
    entities. What an interrupted ingest left is done by the next.
    """
    from kb.nlp.linking import across

    moved: set[int] = set()
    while True:
        with catalog.write() as connection:
            keys = sightings.queued(connection)
            if not keys:
                break
            lasting = corrections.decided_ids(connection) | followed_ids(connection)
            renamed = corrections.renamed_ids(connection)
            now = keys[:_AT_ONCE]
            # Most keys of a text are of people and institutions that the authority file knows.
            told = sightings.told(connection, now)
            done: set[str] = set(now) - told
            touched: set[str] = set()
            here: set[int] = set()
            for key in now:
                if key in done:
                    continue
                tied, found = sightings.component(connection, key)
                done |= tied
                if not found:
                    continue
                known = sightings.fixed(connection, found, tied)
                linked = across.settle(found, known, lasting)
                sightings.describe(connection, found, linked, renamed)
                for document, moves in sightings.assign(connection, found, linked).items():
                    touched |= relink(connection, document, moves)
                    here.add(document)
            recount(connection, sorted(touched))
            for document in replaying.decided_documents(connection, here):
                replaying.replay(connection, document)  # what was decided is not moved
            moved |= here
            sightings.unqueue(connection, done)
    with catalog.write() as connection:
        sightings.name_places(connection, run_id, corrections.renamed_ids(connection))
    return len(moved)


def settle(catalog: Catalog, run_id: int, *, whole: bool = True) -> None:
    """What a run ends with: links across documents, what staff decided, entities nobody names.

    ``whole=False``: it was cut off, and entities that seem unnamed may yet be named.
    """
    settle_links(catalog, run_id)
    with catalog.write() as connection:
        corrections.reapply(connection)
        if whole:
            remove_orphans(connection, corrections.lasting_ids(connection))


def load_authority(connection: Connection) -> bool:
    """Officials of the authority file and their terms into the catalog, where they changed."""
    authority = load()
    return load_officials(
        connection, [_record(one) for one in authority.officials.all()], authority.version
    )


def _record(official: Official) -> OfficialRecord:
    terms = tuple(
        OfficialTerm(
            role=term.role,
            institution=term.institution,
            institution_id=None,
            status=term.status,
            date_from=term.start,
            date_to=term.end,
            source="; ".join(term.sources),
            confidence=1.0 if term.confirmed else UNCONFIRMED,
        )
        for term in official.terms
    )
    entity = EntityRef(
        official.entity_id,
        "person",
        official.name,
        official.aliases,
        authority=True,
        region=official.region,
        method="authority",
    )
    return OfficialRecord(entity, terms)
