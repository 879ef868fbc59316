"""Entities as documents bring them: which stored one each is, aliases, counts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, bindparam, delete, or_, select, update

from kb.authority import norm
from kb.catalog.dialect import insert_missing
from kb.catalog.records import Candidate, KnownOffice, Resolver, TaggedDocument
from kb.catalog.schema import (
    aliases,
    corrections,
    documents,
    entities,
    mentions,
    offices,
    statements,
)
from kb.model import EntityRef, EntityType, Office

MAX_CANDIDATES = 40
MAX_OFFICES = 60
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


_OWN = aliases.c.origin.not_like("merge %")
"""Names an entity has of its own. With those a merge lent it, a text read again would be
linked to it outright, and the merge could not be taken back."""
_KNOWN = entities.c.id == bindparam("known")
_SET_REGION = (
    update(entities).where(_KNOWN, entities.c.region.is_(None)).values(region=bindparam("code"))
)


class EntityStore:
    """Knows the stored entities of one catalog while one writer writes to it.

    Make a new one after a transaction was rolled back.
    """

    def __init__(self, connection: Connection, resolve: Resolver | None) -> None:
        self._resolve = resolve
        self._variants: dict[str, set[str]] = defaultdict(set)
        rows = connection.execute(
            select(aliases.c.entity_id, aliases.c.alias)
            .join(entities, entities.c.id == aliases.c.entity_id)
            .where(entities.c.type == "person", _OWN)
        )
        for row in rows:
            self._learn(row.entity_id, row.alias)

    def _learn(self, entity_id: str, name: str) -> None:
        key = skeleton(name)
        if key:
            self._variants[key].add(entity_id)

    def link(self, connection: Connection, tagged: TaggedDocument) -> dict[str, str]:
        """Store the document's entities; returns its id for each -> the stored id.

        The stored id is what the text was linked to; ``merges`` leads on from there.
        """
        refs = _document_refs(tagged)
        stated: dict[str, list[Office]] = defaultdict(list)
        for tags in tagged.tags:
            for office in tags.offices:
                if office.person_id:
                    stated[office.person_id].append(office)
        found: dict[str, str] = {}
        for ref in refs.values():
            entity_id = self._stored_id(connection, ref, stated[ref.entity_id], tagged)
            found[ref.entity_id] = entity_id
        self.store(connection, [(ref, found[ref.entity_id]) for ref in refs.values()])
        return found

    def _stored_id(
        self,
        connection: Connection,
        ref: EntityRef,
        stated: Sequence[Office],
        tagged: TaggedDocument,
    ) -> str:
        if ref.authority or ref.type == "place" or self._resolve is None:
            return ref.entity_id
        known = self.candidates(connection, ref)
        if not known:
            return ref.entity_id
        return self._resolve(ref, stated, tagged.context, known)

    def candidates(self, connection: Connection, ref: EntityRef) -> list[Candidate]:
        """Stored entities that share a written name (or a spelling of it) with ``ref``."""
        names = {ref.name, *ref.aliases}
        norms = sorted({norm(name) for name in names} - {""})
        ids = set(
            connection.execute(
                select(aliases.c.entity_id)
                .join(entities, entities.c.id == aliases.c.entity_id)
                .where(aliases.c.norm.in_(norms), entities.c.type == ref.type, _OWN)
                .distinct()
                .order_by(aliases.c.entity_id)
                .limit(MAX_CANDIDATES)
            ).scalars()
        )
        if ref.type == "person":
            for name in names:
                ids |= set(sorted(self._variants.get(skeleton(name), ()))[:MAX_CANDIDATES])
        ids.update(
            connection.execute(
                select(entities.c.id).where(entities.c.id == ref.entity_id)
            ).scalars()
        )
        return _candidates(connection, sorted(ids)) if ids else []

    def store(self, connection: Connection, refs: Sequence[tuple[EntityRef, str]]) -> None:
        """Make sure these entities are there by these ids, with every name given them."""
        rows, names, regions = [], [], []
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
            for name in dict.fromkeys((ref.name, *ref.aliases)):
                if name.strip():
                    names.append((entity_id, name, origin))
                    if ref.type == "person":
                        self._learn(entity_id, name)
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


def _candidates(connection: Connection, ids: Sequence[str]) -> list[Candidate]:
    """These entities as the texts alone tell them: what a merge lent or moved is not theirs."""
    names: dict[str, list[str]] = defaultdict(list)
    held: dict[str, list[KnownOffice]] = defaultdict(list)
    rows = connection.execute(
        select(entities).where(entities.c.id.in_(ids)).order_by(entities.c.id)
    ).all()
    for row in connection.execute(select(aliases).where(aliases.c.entity_id.in_(ids), _OWN)):
        names[row.entity_id].append(row.alias)
    which: ColumnElement[bool] = offices.c.person_id.in_(ids)
    gone = [row.id for row in rows if row.merged_into is not None]
    if gone:
        which = or_(which, offices.c.found_id.in_(gone))
    for row in connection.execute(select(offices).where(which).order_by(offices.c.id.desc())):
        holder = row.found_id or row.person_id
        if len(held[holder]) < MAX_OFFICES:
            held[holder].append(
                KnownOffice(
                    row.role,
                    row.institution,
                    row.status,
                    row.date_from,
                    row.date_to,
                    row.date,
                )
            )
    return [
        Candidate(
            entity_id=row.id,
            type=_type(row.type),
            name=row.name,
            aliases=tuple(names[row.id]),
            region=row.region,
            authority=row.origin == "authority",
            offices=tuple(held[row.id]),
            merged_into=row.merged_into,
        )
        for row in rows
    ]


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


def remove_orphans(connection: Connection) -> int:
    """Delete entities found in texts that no stored text names any more.

    Those that staff merged, renamed or hid stay. Returns how many went.
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
    for start in range(0, len(idle), _CHUNK):
        part = sorted(idle)[start : start + _CHUNK]
        connection.execute(delete(entities).where(entities.c.id.in_(part)))
    return len(idle)
