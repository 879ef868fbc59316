"""Entities as documents bring them: which stored one each is, aliases, counts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, select, update

from kb.authority import norm
from kb.catalog import sightings
from kb.catalog.dialect import insert_missing
from kb.catalog.records import TaggedDocument, Witness
from kb.catalog.schema import (
    aliases,
    corrections,
    documents,
    entities,
    mentions,
    offices,
    statements,
)
from kb.evidence import Evidence
from kb.model import EntityRef, EntityType, Office, TagContext

_CHUNK = 500

_VOWELS = re.compile(r"[aeiou]")
_DOUBLED = re.compile(r"(.)\1+")
_OLD_SPELLING = (("oe", "u"), ("tj", "c"), ("dj", "j"), ("sj", "sy"), ("ch", "kh"), ("ph", "f"))


def skeleton(name: str) -> str:
    """What spelling variants of a person's name share: consonants, word by word.

    ``Tranggono`` and ``Trenggono`` meet, ``Soekarno`` and ``Sukarno`` too. Names whose
    skeleton is too short to say anything give an empty string.
    """
    words = []
    for word in norm(name).split():
        for old, new in _OLD_SPELLING:
            word = word.replace(old, new)
        word = _DOUBLED.sub(r"\1", word)
        # The first letter stays, a vowel too: Ani is not Uni.
        words.append(word[0] + _VOWELS.sub("", word[1:]))
    text = " ".join(words)
    return text if len(text.replace(" ", "")) >= 5 else ""


_KNOWN = entities.c.id == bindparam("known")
_SET_REGION = (
    update(entities).where(_KNOWN, entities.c.region.is_(None)).values(region=bindparam("code"))
)


def name_keys(ref: EntityRef) -> tuple[str, ...]:
    """Keys of an entity's names and, for a person, of their spellings."""
    names = (ref.name, *ref.aliases)
    keys = {f"{ref.type} {norm(name)}" for name in names if norm(name)}
    if ref.type == "person":
        keys |= {f"spelling {key}" for name in names if (key := skeleton(name))}
    return tuple(sorted(keys))


def by_name(ref: EntityRef, offices: Sequence[Office], context: TagContext) -> Evidence:
    """The evidence that needs no tagger: names and the region of the entity itself."""
    return Evidence(ref.region, name_keys(ref))


class EntityStore:
    """Takes the entities of documents into a catalog, with the evidence for linking them."""

    def __init__(self, witness: Witness = by_name) -> None:
        self._witness = witness

    def link(self, connection: Connection, tagged: TaggedDocument) -> dict[str, str]:
        """Store the document's entities; returns its id for each -> the stored id.

        The stored id is the one its name gives until ``kb/ingest/linking.py`` has compared it
        with the other documents; ``merges`` leads on from there.
        """
        refs = _document_refs(tagged)
        self.store(connection, [(ref, ref.entity_id) for ref in refs.values()])
        return {entity_id: entity_id for entity_id in refs}

    def witness(self, connection: Connection, document_id: int, tagged: TaggedDocument) -> None:
        """Keep what the document tells of each person and institution in it."""
        stated: dict[str, list[Office]] = defaultdict(list)
        for tags in tagged.tags:
            for office in tags.offices:
                if office.person_id:
                    stated[office.person_id].append(office)
        told = [
            (ref, self._witness(ref, stated[ref.entity_id], tagged.context))
            for ref in sorted(_document_refs(tagged).values(), key=lambda one: one.entity_id)
            if ref.type != "place"
        ]
        sightings.keep(connection, document_id, told, stated)

    def store(self, connection: Connection, refs: Sequence[tuple[EntityRef, str]]) -> None:
        """Make sure these entities are there by these ids, with every name given them."""
        rows: list[dict[str, object]] = []
        names: list[tuple[str, str, str]] = []
        regions: list[dict[str, str]] = []
        for ref, entity_id in refs:
            origin = "authority" if ref.authority else "text"
            rows.append(
                {
                    "id": entity_id,
                    "type": ref.type,
                    "name": ref.name,
                    "region": ref.region,
                    "origin": origin,
                    "mention_count": 0,
                    "document_count": 0,
                }
            )
            if ref.region:
                regions.append({"known": entity_id, "code": ref.region})
            written = dict.fromkeys((ref.name, *ref.aliases))
            names.extend((entity_id, name, origin) for name in written if name.strip())
        insert_missing(connection, entities, rows)
        if regions:
            connection.execute(_SET_REGION, regions)
        insert_missing(
            connection,
            aliases,
            [
                {"entity_id": entity_id, "alias": name, "norm": norm(name), "origin": origin}
                for entity_id, name, origin in names
            ],
        )


def _document_refs(tagged: TaggedDocument) -> dict[str, EntityRef]:
    """Every entity of the document once, with the names of all its pages."""
    refs: dict[str, EntityRef] = {}
    given = [ref for tags in tagged.tags for ref in tags.entities]
    if tagged.issuer is not None:
        given.append(tagged.issuer)
    named = {ref.entity_id for ref in given}
    given.extend(ref for ref in _pointed_at(tagged) if ref.entity_id not in named)
    for ref in given:
        old = refs.get(ref.entity_id)
        names = dict.fromkeys((*(old.aliases if old else ()), ref.name, *ref.aliases))
        name = old.name if old is not None and len(old.name) >= len(ref.name) else ref.name
        refs[ref.entity_id] = EntityRef(
            entity_id=ref.entity_id,
            type=ref.type,
            name=old.name if old is not None and old.authority else name,
            aliases=tuple(names),
            authority=ref.authority or (old is not None and old.authority),
            region=ref.region or (old.region if old else None),
            method=ref.method,
            confidence=ref.confidence,
        )
    return refs


def _pointed_at(tagged: TaggedDocument) -> Iterable[EntityRef]:
    """Entities that mentions, offices and statements point at, named as they stand there."""
    for tags in tagged.tags:
        pairs = [(m.entity_id, m.surface) for m in tags.mentions]
        for office in tags.offices:
            pairs.append((office.person_id, office.name))
            pairs.append((office.institution_id, office.institution or ""))
        pairs.extend((said.speaker_id, said.speaker or "") for said in tags.statements)
        for entity_id, name in pairs:
            if entity_id:
                kind = _type(entity_id.partition(":")[0])
                yield EntityRef(entity_id, kind, name or entity_id, method="pointed at")


def _type(text: str) -> EntityType:
    if text == "person":
        return "person"
    return "institution" if text == "institution" else "place"


def merges(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """For each id the entity it stands for now: merges followed to their end."""
    final = {one: one for one in ids}
    edge = set(final.values())
    for _ in range(50):
        moved = {
            row.id: row.merged_into
            for row in connection.execute(
                select(entities.c.id, entities.c.merged_into).where(
                    entities.c.id.in_(sorted(edge)), entities.c.merged_into.is_not(None)
                )
            )
        }
        if not moved:
            break
        final = {one: moved.get(end, end) for one, end in final.items()}
        edge = set(moved.values())
    return final


def remove_orphans(connection: Connection, lasting: Collection[str] = ()) -> int:
    """Delete entities found in texts that no stored text names any more.

    Those that staff merged, renamed or hid stay, and the ``lasting`` ones. Returns how many went.
    """
    idle = set(
        connection.execute(
            select(entities.c.id).where(
                entities.c.origin == "text",
                entities.c.mention_count == 0,
                entities.c.merged_into.is_(None),
                entities.c.hidden.is_(False),
            )
        ).scalars()
    )
    for column in (
        mentions.c.entity_id,
        mentions.c.found_id,
        offices.c.person_id,
        offices.c.institution_id,
        statements.c.speaker_id,
        statements.c.institution_id,
        documents.c.institution_id,
        corrections.c.target,
        entities.c.merged_into,
    ):
        if not idle:
            return 0
        idle -= set(connection.execute(select(column).distinct()).scalars())
    idle -= set(lasting)
    for start in range(0, len(idle), _CHUNK):
        part = sorted(idle)[start : start + _CHUNK]
        connection.execute(delete(entities).where(entities.c.id.in_(part)))
    return len(idle)
