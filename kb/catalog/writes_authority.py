"""Officials of the authority file as entities with their terms of office."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, update

from kb.authority import norm
from kb.catalog.dialect import insert_missing
from kb.catalog.reads import get_meta
from kb.catalog.records import OfficialRecord
from kb.catalog.schema import aliases, entities, offices
from kb.catalog.writes_files import set_meta


def load_officials(connection: Connection, records: Sequence[OfficialRecord], version: str) -> bool:
    """Store every official of the authority file; False where this version is in.

    Terms of an earlier version are replaced; what texts say of offices stays, and so do
    names that staff gave.
    """
    if get_meta(connection, "authority") == version:
        return False
    connection.execute(delete(offices).where(offices.c.origin == "authority"))
    for record in records:
        ref = record.entity
        insert_missing(
            connection,
            entities,
            [
                {
                    "id": ref.entity_id,
                    "type": ref.type,
                    "name": ref.name,
                    "region": ref.region,
                    "origin": "authority",
                    "mention_count": 0,
                    "document_count": 0,
                }
            ],
        )
        connection.execute(
            update(entities)
            .where(entities.c.id == ref.entity_id)
            .values(origin="authority", region=ref.region)
        )
        insert_missing(
            connection,
            aliases,
            [
                {
                    "entity_id": ref.entity_id,
                    "alias": name,
                    "norm": norm(name),
                    "origin": "authority",
                }
                for name in dict.fromkeys((ref.name, *ref.aliases))
            ],
        )
    known = set(connection.execute(select(entities.c.id)).scalars())
    rows = [
        {
            "person_id": record.entity.entity_id,
            "name": record.entity.name,
            "role": term.role,
            "institution": term.institution,
            "institution_id": term.institution_id if term.institution_id in known else None,
            "status": term.status,
            "date_from": term.date_from,
            "date_to": term.date_to,
            "origin": "authority",
            "source": term.source,
            "method": "authority",
            "confidence": term.confidence,
        }
        for record in records
        for term in record.terms
    ]
    if rows:
        connection.execute(insert(offices), rows)
    set_meta(connection, "authority", version)
    return True
