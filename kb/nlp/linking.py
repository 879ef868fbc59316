"""Entities of one document: which mentions are one person, institution or place."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from kb import authority
from kb.authority import norm
from kb.authority.institutions import slug
from kb.model import EntityRef


def link(doc: Doc) -> None:
    """Fill ``doc._.kb_entities`` and the entity ids of mentions and offices."""
    known = authority.load()
    context = doc._.kb_context
    region = known.places.parse(context.region) if context and context.region else None
    entities: dict[str, EntityRef] = {}
    full: dict[str, str] = {}
    out = []
    persons = sorted(
        {norm(m.surface) for m in doc._.kb_mentions if m.label == "PER"}, key=lambda n: -len(n)
    )
    for name in persons:
        words = set(name.split())
        full[name] = next((f for f in full if words <= set(f.split())), name)
    for mention in doc._.kb_mentions or []:
        ref: EntityRef | None = None
        if mention.label == "PER":
            name = full[norm(mention.surface)]
            official = known.officials.named(name)
            shown = next(m.surface for m in doc._.kb_mentions if norm(m.surface) == name)
            ref = EntityRef(f"person:{slug(name)}", "person", shown)
            if len(official) == 1:
                one = official[0]
                ref = EntityRef(one.entity_id, "person", one.name, one.aliases, authority=True)
        elif mention.label == "ORG":
            ref = known.resolve_institution(mention.surface, region) or EntityRef(
                f"institution:{slug(mention.surface)}", "institution", mention.surface
            )
        else:
            code = known.places.parse(mention.surface)
            place = known.place(code) if code else None
            if place is not None:
                ref = EntityRef(place.entity_id, "place", place.name, authority=True)
        if ref is not None:
            entities.setdefault(ref.entity_id, ref)
            mention = replace(mention, entity_id=ref.entity_id)
        out.append(mention)
    doc._.kb_mentions = out
    doc._.kb_entities = list(entities.values())
    offices = []
    for office in doc._.kb_offices or []:
        name = full.get(norm(office.name), norm(office.name))
        ident = next(
            (m.entity_id for m in out if m.label == "PER" and full.get(norm(m.surface)) == name),
            None,
        )
        shown = entities[ident].name if ident in entities else office.name
        offices.append(replace(office, name=shown, person_id=ident))
    doc._.kb_offices = offices
