"""Who is who across documents: the tagger's judgement and the authority file's officials."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from kb.authority import Official, load
from kb.catalog.records import Candidate, OfficialRecord, OfficialTerm
from kb.catalog.writes_authority import load_officials
from kb.model import EntityRef, Office, TagContext

UNCONFIRMED = 0.6
"""Confidence of a term of office that no second source confirms. Set by hand; no command measured
it."""


def resolver(
    ref: EntityRef,
    offices: Sequence[Office],
    context: TagContext,
    candidates: Sequence[Candidate],
) -> str:
    """The stored entity a document's entity is, or an id of its own (``kb.nlp.linking.stored``)."""
    # Loading the tagger's package takes a second: only where there is somebody to tell apart.
    from kb.nlp.linking.stored import resolve

    return resolve(ref, offices, context, candidates)


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
