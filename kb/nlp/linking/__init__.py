"""Entities of one document: which mentions are one person, institution or place.

Every link carries how it was made and how sure it is: a mention's ``method`` becomes
``<how found>; <how linked>`` and its confidence the smaller of the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kb import authority
from kb.authority import norm
from kb.model import EntityRef, Mention, Office, TagContext
from kb.nlp.language import text_of
from kb.nlp.linking.halves import with_initials
from kb.nlp.linking.institutions import InstitutionLinker, office_institution
from kb.nlp.linking.persons import Link, group_persons, refs_of
from kb.nlp.linking.places import PlaceLinker
from kb.nlp.linking.shared import told_apart
from kb.nlp.linking.slips import overlong
from kb.nlp.memory import Memory
from kb.nlp.offices import is_weak
from kb.nlp.regions import document_region
from kb.nlp.same_person import name_words


def link(doc: Doc) -> None:
    """Fill ``doc._.kb_entities`` and the entity ids of mentions and offices."""
    context: TagContext | None = doc._.kb_context
    memory: Memory = doc._.kb_memory or Memory()
    mentions: list[Mention] = list(doc._.kb_mentions or [])
    offices: list[Office] = list(doc._.kb_offices or [])
    region = document_region(context, mentions, memory.region)
    memory.region = memory.region or region
    entities: dict[str, EntityRef] = {}
    persons = group_persons(mentions, list(memory.persons.values()), text_of(doc), offices)
    refs = refs_of(persons, offices, region)
    institutions = InstitutionLinker(region, memory.institutions)
    text = text_of(doc)
    institutions.expect(with_initials(text, mentions, "ORG"), overlong(text, mentions))
    places = PlaceLinker(mentions, region, text)
    named = frozenset(norm(m.surface) for m in mentions if m.label == "LOC")
    out: list[Mention] = []
    for mention in mentions:
        ref: EntityRef | None
        if mention.label == "PER":
            made = persons[mention.start]
            ref, how, sure = refs[mention.start], made.method, made.confidence
        elif mention.label == "ORG":
            ref = institutions.link(mention.surface, text[mention.end : mention.end + 60])
            ref = told_apart(ref, text, named)
            how, sure = ref.method, ref.confidence
        else:
            found = places.link(mention)
            ref, how, sure = found.ref, found.method, found.confidence
        if ref is not None:
            entities.setdefault(ref.entity_id, ref)
        out.append(
            replace(
                mention,
                entity_id=ref.entity_id if ref is not None else None,
                method=f"{mention.method}; {how}" if mention.method else how,
                confidence=round(min(mention.confidence, max(sure, 0.3)), 3),
            )
        )
    linked = [_linked_office(o, persons, refs, institutions, entities) for o in offices]
    doc._.kb_mentions = out
    doc._.kb_offices = settle_offices(linked)
    doc._.kb_entities = list(entities.values())
    for ref in refs.values():
        memory.persons[ref.entity_id] = ref
    memory.offices.extend(doc._.kb_offices)


def _linked_office(
    office: Office,
    persons: dict[int, Link],
    refs: dict[int, EntityRef],
    institutions: InstitutionLinker,
    entities: dict[str, EntityRef],
) -> Office:
    """The office with the person's fullest name and both entity ids."""
    words = name_words(office.name)
    person_id, name = None, office.name
    for start, made in persons.items():
        if office.start <= start < office.end and name_words_of(made, words):
            person_id, name = refs[start].entity_id, made.person.name
            break
    body = office_institution(office.role, office.institution, institutions)
    if body is not None:
        entities.setdefault(body.entity_id, body)
    return replace(
        office,
        name=" ".join(name.split()),
        person_id=person_id,
        institution_id=body.entity_id if body is not None else None,
    )


def name_words_of(made: Link, words: tuple[str, ...]) -> bool:
    """True where ``words`` is one of the names written for the person."""
    return any(name_words(name) == words for name in (made.person.name, *made.person.names))


def settle_offices(offices: Sequence[Office]) -> list[Office]:
    """Each office of each person once, the fullest statement of it.

    Posts in committees and teams yield to a real office; an institution that one
    statement leaves out is taken from another of the same role.
    """
    titles = authority.load().titles
    best: dict[tuple[str, str], Office] = {}
    for office in offices:
        who = office.person_id or " ".join(name_words(office.name))
        key = (who, f"{office.status} {titles.full(office.role)}")
        old = best.get(key)
        if old is None:
            best[key] = office
        elif _fuller(office, old):
            best[key] = replace(office, start=old.start, end=old.end)
    real = {who for (who, _), office in best.items() if not is_weak(_whole(office))}
    kept = [o for (who, _), o in best.items() if who not in real or not is_weak(_whole(o))]
    return sorted(_without_parts(kept), key=lambda office: (office.start, office.end))


def _whole(office: Office) -> str:
    return f"{office.role} {office.institution or ''}"


def _fuller(new: Office, old: Office) -> bool:
    """True where ``new`` says more of the institution than ``old``."""
    if not old.institution:
        return bool(new.institution)
    return bool(new.institution) and len(str(new.institution)) > len(old.institution)


def _without_parts(offices: Sequence[Office]) -> list[Office]:
    """Drop ``Kepala Dinas`` without institution beside ``Kepala`` + ``Dinas ...``."""
    out = []
    for office in offices:
        twins = [
            other
            for other in offices
            if other is not office
            and other.person_id == office.person_id
            and other.status == office.status
            and office.institution is None
            and other.institution is not None
            and other.role.casefold().split()[0] == office.role.casefold().split()[0]
        ]
        if not twins:
            out.append(office)
    return out
