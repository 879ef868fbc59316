"""Who each document names: the evidence that linking across documents is worked out from.

A sighting is one entity of one document with the names, the region and the offices that this
document gives it. Nothing in it depends on other documents, so the same files give the same
sightings in any order. What they are linked to is decided for all that share a key at once
(``kb/ingest/linking.py``) and stands beside them, with the reason.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from kb.authority import norm
from kb.catalog.dialect import insert_missing
from kb.catalog.schema import (
    aliases,
    documents,
    entities,
    link_queue,
    mentions,
    offices,
    sighting_keys,
    sightings,
)
from kb.evidence import Evidence, Fixed, Linked, Sighting, StatedOffice
from kb.model import EntityRef, Office

_CHUNK = 400
BY_NAME = "name"
"""How a sighting is linked before it was compared with others."""
AUTHORITY = "authority"
"""How one is linked that the tagger knew from the authority file."""


def keep(
    connection: Connection,
    document_id: int,
    told: Sequence[tuple[EntityRef, Evidence]],
    stated: Mapping[str, Sequence[Office]],
) -> None:
    """Store a document's sightings, in the transaction that stores the document."""
    keys: set[str] = set()
    for ref, evidence in told:
        number = connection.execute(
            insert(sightings).values(
                document_id=document_id,
                local_id=ref.entity_id,
                name=ref.name,
                names=[] if ref.authority else sorted({ref.name, *ref.aliases}),
                region=evidence.region,
                offices=[]
                if ref.authority
                else sorted(
                    {(o.role, o.institution, o.status) for o in stated.get(ref.entity_id, ())},
                    key=str,
                ),
                entity_id=ref.entity_id,
                method=AUTHORITY if ref.authority else BY_NAME,
            )
        ).inserted_primary_key[0]  # type: ignore[index]
        keys.update(evidence.keys)
        if not ref.authority and evidence.keys:
            connection.execute(
                insert(sighting_keys),
                [{"key": key, "sighting_id": number} for key in evidence.keys],
            )
    insert_missing(connection, link_queue, [{"key": key} for key in sorted(keys)])


def forget(connection: Connection, document_id: int) -> None:
    """Take a document's sightings out; those they were compared with are looked at again."""
    look_again(connection, document_id)
    mine = select(sightings.c.id).where(sightings.c.document_id == document_id)
    connection.execute(delete(sighting_keys).where(sighting_keys.c.sighting_id.in_(mine)))
    connection.execute(delete(sightings).where(sightings.c.document_id == document_id))


def look_again(connection: Connection, document_id: int) -> None:
    """Those that a document's sightings are compared with are linked anew with the next ingest."""
    mine = select(sightings.c.id).where(sightings.c.document_id == document_id)
    keys = connection.execute(
        select(sighting_keys.c.key).where(sighting_keys.c.sighting_id.in_(mine)).distinct()
    ).scalars()
    insert_missing(connection, link_queue, [{"key": key} for key in keys])


def queued(connection: Connection) -> list[str]:
    """Keys whose sightings changed since they were linked, in order."""
    return list(connection.execute(select(link_queue.c.key).order_by(link_queue.c.key)).scalars())


def unqueue(connection: Connection, keys: Collection[str]) -> None:
    """The sightings with these keys are linked."""
    for part in _parts(sorted(keys)):
        connection.execute(delete(link_queue).where(link_queue.c.key.in_(part)))


def told(connection: Connection, keys: Collection[str]) -> set[str]:
    """Those of ``keys`` that a sighting has."""
    found: set[str] = set()
    for part in _parts(sorted(keys)):
        query = select(sighting_keys.c.key).where(sighting_keys.c.key.in_(part)).distinct()
        found |= set(connection.execute(query).scalars())
    return found


def component(connection: Connection, key: str) -> tuple[set[str], list[Sighting]]:
    """All sightings that are tied to ``key``, over keys they share, and those keys."""
    keys, edge = {key}, {key}
    ids: set[int] = set()
    while edge:
        fresh: set[int] = set()
        for part in _parts(sorted(edge)):
            fresh |= set(
                connection.execute(
                    select(sighting_keys.c.sighting_id).where(sighting_keys.c.key.in_(part))
                ).scalars()
            )
        fresh -= ids
        ids |= fresh
        found: set[str] = set()
        for numbers in _parts(sorted(fresh)):
            found |= set(
                connection.execute(
                    select(sighting_keys.c.key)
                    .where(sighting_keys.c.sighting_id.in_(numbers))
                    .distinct()
                ).scalars()
            )
        edge = found - keys
        keys |= edge
    return keys, _load(connection, ids)


def _load(connection: Connection, ids: Collection[int]) -> list[Sighting]:
    out: list[Sighting] = []
    for part in _parts(sorted(ids)):
        rows = connection.execute(
            select(sightings, documents.c.date, documents.c.text_hash)
            .join(documents, documents.c.id == sightings.c.document_id)
            .where(
                sightings.c.id.in_(part),
                # What counts for nothing tells nothing either (``kb/catalog/shelving.py``).
                documents.c.withdrawn.is_(None),
                ~documents.c.removed,
            )
        )
        out.extend(
            Sighting(
                id=row.id,
                document_id=row.document_id,
                local_id=row.local_id,
                name=row.name,
                names=tuple(row.names),
                region=row.region,
                offices=tuple(StatedOffice(*office) for office in row.offices),
                date=row.date,
                text_hash=row.text_hash,
                entity_id=row.entity_id,
                method=row.method,
            )
            for row in rows
        )
    return sorted(out, key=lambda one: (one.text_hash, one.local_id, one.id))


def fixed(connection: Connection, found: Sequence[Sighting], keys: Collection[str]) -> list[Fixed]:
    """Entities of the authority file that bear one of the names behind ``keys``."""
    words = {key.partition(" ")[2] for key in keys if not key.startswith(("spelling ", "office "))}
    kinds = {one.local_id.partition(":")[0] for one in found}
    ids: set[str] = set()
    for part in _parts(sorted(words)):
        ids |= set(
            connection.execute(
                select(aliases.c.entity_id)
                .join(entities, entities.c.id == aliases.c.entity_id)
                .where(
                    aliases.c.norm.in_(part),
                    aliases.c.origin.not_like("merge %"),
                    # Names given by hand act on what was linked, and can be undone there.
                    aliases.c.origin != "alias",
                    entities.c.origin == "authority",
                    entities.c.type.in_(kinds),
                )
                .distinct()
            ).scalars()
        )
    return authority_entities(connection, ids)


def authority_entities(connection: Connection, ids: Collection[str]) -> list[Fixed]:
    """These entities with their names, terms of office and the documents that name them."""
    if not ids:
        return []
    names: dict[str, list[str]] = defaultdict(list)
    held: dict[str, list[StatedOffice]] = defaultdict(list)
    named: dict[str, set[int]] = defaultdict(set)
    for row in connection.execute(
        select(aliases.c.entity_id, aliases.c.alias).where(
            aliases.c.entity_id.in_(ids),
            aliases.c.origin.not_like("merge %"),
            aliases.c.origin != "alias",
        )
    ):
        names[row.entity_id].append(row.alias)
    for person, role, institution, status in connection.execute(
        select(offices.c.person_id, offices.c.role, offices.c.institution, offices.c.status)
        .where(offices.c.person_id.in_(ids), offices.c.origin == "authority")
        .distinct()
    ):
        held[person].append(StatedOffice(role, institution, status))
    for row in connection.execute(
        select(sightings.c.local_id, sightings.c.document_id).where(sightings.c.local_id.in_(ids))
    ):
        named[row.local_id].add(row.document_id)
    rows = connection.execute(
        select(entities.c.id, entities.c.name, entities.c.region)
        .where(entities.c.id.in_(ids))
        .order_by(entities.c.id)
    )
    return [
        Fixed(
            row.id,
            row.name,
            tuple(sorted(names[row.id])),
            row.region,
            tuple(sorted(held[row.id], key=str)),
            frozenset(named[row.id]),
        )
        for row in rows
    ]


def assign(
    connection: Connection, found: Sequence[Sighting], linked: Mapping[int, Linked]
) -> dict[int, dict[str, str]]:
    """Write down what each sighting is; returns by document what moved from where to where."""
    moves: dict[int, dict[str, str]] = defaultdict(dict)
    rows = []
    for one in found:
        now = linked[one.id]
        if (one.entity_id, one.method) != (now.entity_id, now.method):
            rows.append({"known": one.id, "to": now.entity_id, "why": now.method})
        if now.entity_id != one.entity_id:
            moves[one.document_id][one.entity_id] = now.entity_id
    if rows:
        connection.execute(
            update(sightings)
            .where(sightings.c.id == bindparam("known"))
            .values(entity_id=bindparam("to"), method=bindparam("why")),
            rows,
        )
    return moves


def describe(
    connection: Connection,
    found: Sequence[Sighting],
    linked: Mapping[int, Linked],
    named_by_staff: Collection[str],
) -> None:
    """Give each entity that these sightings are the name, region and names they tell."""
    by_entity: dict[str, list[Sighting]] = defaultdict(list)
    for one in found:
        by_entity[linked[one.id].entity_id].append(one)
    for entity_id, seen in sorted(by_entity.items()):
        name = _usual_name(seen)
        regions = Counter(one.region for one in seen if one.region)
        region = min(regions, key=lambda code: (-regions[code], code)) if regions else None
        insert_missing(
            connection,
            entities,
            [
                {
                    "id": entity_id,
                    "type": entity_id.partition(":")[0],
                    "name": name,
                    "region": region,
                    "origin": "text",
                    "mention_count": 0,
                    "document_count": 0,
                }
            ],
        )
        own = (entities.c.id == entity_id) & (entities.c.origin == "text")
        values: dict[str, Any] = {"region": region}
        if entity_id not in named_by_staff:
            values["name"] = name
        connection.execute(update(entities).where(own).values(values))
        wanted = {alias for one in seen for alias in one.names if alias.strip()}
        if _all_seen(connection, entity_id):
            connection.execute(
                delete(aliases).where(
                    aliases.c.entity_id == entity_id,
                    aliases.c.origin == "text",
                    aliases.c.alias.not_in(sorted(wanted)),
                    aliases.c.entity_id.in_(select(entities.c.id).where(own)),
                )
            )
        insert_missing(
            connection,
            aliases,
            [
                {"entity_id": entity_id, "alias": one, "norm": norm(one), "origin": "text"}
                for one in sorted(wanted)
            ],
        )


def _usual_name(seen: Sequence[Sighting]) -> str:
    """The name most documents give; of those as many give, the fullest, not in capitals."""
    names = Counter(one.name for one in seen)
    return min(
        names, key=lambda name: (-names[name], name.isupper(), -len(name.split()), -len(name), name)
    )


def _all_seen(connection: Connection, entity_id: str) -> bool:
    """False where a document read by an earlier version names the entity: it has no sighting."""
    seen = select(sightings.c.document_id)
    return (
        connection.execute(
            select(mentions.c.id)
            .where(mentions.c.entity_id == entity_id, mentions.c.document_id.not_in(seen))
            .limit(1)
        ).first()
        is None
    )


def name_places(connection: Connection, run_id: int, named_by_staff: Collection[str]) -> None:
    """Each place that only texts know, of this run, gets the name most mentions give it."""
    here = (
        select(mentions.c.entity_id)
        .join(documents, documents.c.id == mentions.c.document_id)
        .where(documents.c.run_id == run_id)
    )
    rows = connection.execute(
        select(mentions.c.entity_id, mentions.c.surface, entities.c.name, func.count().label("n"))
        .join(entities, entities.c.id == mentions.c.entity_id)
        .where(
            entities.c.type == "place", entities.c.origin == "text", mentions.c.entity_id.in_(here)
        )
        .group_by(mentions.c.entity_id, mentions.c.surface, entities.c.name)
    ).all()
    best: dict[str, tuple[tuple[Any, ...], str, str]] = {}
    for row in rows:
        surface = " ".join(row.surface.split())
        rank = (-row.n, surface.isupper(), surface)
        if row.entity_id not in best or rank < best[row.entity_id][0]:
            best[row.entity_id] = (rank, surface, row.name)
    for entity_id, (_, name, before) in sorted(best.items()):
        if name != before and entity_id not in named_by_staff:
            connection.execute(update(entities).where(entities.c.id == entity_id).values(name=name))


def _parts(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
