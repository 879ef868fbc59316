"""From what people type to entity ids, and from ids back to names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from kb.authority.normal import norm
from kb.catalog.reading import entities as entity_reads
from kb.catalog.reading.entities import (
    Bearer,
    EntityCount,
    EntityName,
    EntityOnPage,
    EntityRow,
)
from kb.catalog.reading.offices import Sighting, officials_among, recent_sightings
from kb.catalog.reading.typed import Reading
from kb.describe.regions import government_of
from kb.errors import NotFound, QueryError
from kb.explore import terms
from kb.explore.views import EntityBadge, EntitySummary, OfficeTerm
from kb.model import EntityType

TYPES: tuple[EntityType, ...] = ("person", "institution", "place")
MAX_ALTERNATIVES = 50
MAX_NAME_WORDS = 8
FUZZY_SCORE = 84.0
"""From this likeness (rapidfuzz, 0 to 100) a misspelt name is taken for one of the base. Set by
hand; no command measured it."""
RECENT = 60
"""Sightings that are enough to tell the latest office of a person."""
_REGIONS = ("provinsi", "kabupaten", "kota")


def is_id(text: str) -> bool:
    """True for the form of an entity id (``person:...``)."""
    return text.partition(":")[0] in TYPES


def resolve(connection: Reading, text: str, kind: EntityType) -> tuple[str, ...]:
    """Ids that an id or a name of this type stands for; empty where nothing does.

    A name stands for those who bear exactly it; failing that, for all whose name
    holds its words ("Bappeda": each Bappeda the base knows).
    """
    text = text.strip()
    if is_id(text):
        found = entity_reads.canonical(connection, text)
        return (found,) if found is not None else ()
    name = norm(text)
    if not name:
        return ()
    exact = entity_reads.by_alias(connection, [name], [kind])
    if exact:
        ranked = sorted(exact, key=lambda r: (-r.mention_count, r.id))
        mentioned = [r.id for r in ranked if r.mention_count]
        return tuple(dict.fromkeys(mentioned or [r.id for r in ranked]))
    _, rows = entity_reads.list_entities(
        connection, words=name.split(), kind=kind, limit=MAX_ALTERNATIVES
    )
    return tuple(r.id for r in rows if r.mention_count) or tuple(r.id for r in rows)


def resolve_all(
    connection: Reading, texts: Iterable[str], kind: EntityType
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of several alternatives, and those texts that nothing bears."""
    ids: list[str] = []
    unknown: list[str] = []
    for text in texts:
        found = resolve(connection, text, kind)
        ids += found
        if not found:
            unknown.append(text)
    return tuple(dict.fromkeys(ids)), tuple(unknown)


def one(connection: Reading, text: str) -> str:
    """The one entity an id or a name stands for.

    Raises ``NotFound`` where there is none, ``QueryError`` naming the candidates
    where there are several.
    """
    text = text.strip()
    if is_id(text):
        found = entity_reads.canonical(connection, text)
        if found is not None:
            return found
        raise NotFound(f"There is no entity '{text}'; find its id with 'kb entities NAME'.")
    rows: Sequence[Bearer | EntityRow] = ()
    if norm(text):
        rows = entity_reads.by_alias(connection, [norm(text)])
    if not rows and norm(text):
        _, listed = entity_reads.list_entities(connection, words=norm(text).split(), limit=10)
        rows = [r for r in listed if r.mention_count] or listed
    ids = list(dict.fromkeys(r.id for r in rows))
    seen = list(dict.fromkeys(r.id for r in rows if r.mention_count))
    ids = seen or ids
    if not ids:
        raise NotFound(f"No entity is called '{text}'; search with 'kb entities WORD'.")
    if len(ids) > 1:
        listed_ids = ", ".join(ids[:5]) + (", ..." if len(ids) > 5 else "")
        raise QueryError(f"'{text}' may be {listed_ids}; say which by its id.")
    return str(ids[0])


def labels(connection: Reading, ids: Collection[str]) -> dict[str, str]:
    """Names of entities by id; hidden ones are left out."""
    rows = entity_reads.entity_rows(connection, ids)
    return {key: row.name for key, row in rows.items() if not row.hidden}


def badge(row: EntityName) -> EntityBadge:
    """A badge, with mentions and confidence where the row counts them."""
    return EntityBadge(
        row.id,
        row.type,
        row.name,
        row.count if isinstance(row, EntityCount) else 0,
        row.confidence if isinstance(row, EntityOnPage) else 1.0,
    )


def parents(connection: Reading, row: EntityRow) -> tuple[EntityBadge, ...]:
    """What an entity belongs to, widest first (for a place by its Kemendagri code)."""
    found: list[EntityBadge] = []
    if row.type == "place":
        parts = row.id.partition(":")[2].split(".")
        codes = [f"place:{'.'.join(parts[:n])}" for n in range(1, len(parts))]
        rows = entity_reads.entity_rows(connection, codes)
        known = {code: badge(rows[code]) for code in codes if code in rows}
        for code in codes:
            if code in known:
                found.append(known[code])
            elif (place := _place(code)) is not None:
                found.append(EntityBadge(code, "place", place))
        return tuple(found)
    seen = {row.id}
    parent = row.parent
    while parent is not None and parent not in seen:
        seen.add(parent)
        above = entity_reads.entity_rows(connection, [parent]).get(parent)
        if above is None:
            break
        found.insert(0, badge(above))
        parent = above.parent
    return tuple(found)


def _place(entity_id: str) -> str | None:
    from kb import authority

    place = authority.load().place(entity_id.partition(":")[2])
    return None if place is None else str(place.name)


def latest_terms(connection: Reading, person_ids: Collection[str]) -> dict[str, list[OfficeTerm]]:
    """The latest offices of each of these persons (earlier ones may be missing)."""
    by_person: dict[str, list[Sighting]] = {}
    for row in recent_sightings(connection, person_ids, RECENT):
        by_person.setdefault(row.person_id, []).append(row)
    return {key: [t for t, _ in terms.merge(seen)] for key, seen in by_person.items()}


def summaries(connection: Reading, rows: Sequence[EntityRow]) -> tuple[EntitySummary, ...]:
    """Entity rows as list lines, each person with the latest office."""
    ids = [r.id for r in rows]
    names = entity_reads.aliases_of(connection, ids)
    persons = [r.id for r in rows if r.type == "person"]
    held = latest_terms(connection, persons)
    officials = officials_among(connection, persons)
    return tuple(
        EntitySummary(
            entity_id=r.id,
            type=r.type,
            name=r.name,
            aliases=tuple(a for a in names.get(r.id, ()) if a != r.name),
            mentions=r.mention_count,
            documents=r.document_count,
            first=r.first_date,
            last=r.last_date,
            official=r.id in officials,
            office=terms.latest(held.get(r.id, [])),
            authority=r.origin == "authority",
            region=r.region,
        )
        for r in rows
    )


def named_in(connection: Reading, query: str, limit: int) -> tuple[EntitySummary, ...]:
    """Entities whose whole name stands in ``query``, longest name first, then most mentioned."""
    words = norm(query).split()[:60]
    grams = {
        " ".join(words[i : i + size])
        for size in range(1, MAX_NAME_WORDS + 1)
        for i in range(len(words) - size + 1)
    }
    regions = {f"{kind} {g}": len(g.split()) for g in grams for kind in _REGIONS}
    if not grams or limit < 1:
        return ()
    best: dict[str, tuple[int, int]] = {}
    covered: list[tuple[int, str]] = []
    for row in entity_reads.by_alias(connection, grams | set(regions)):
        if not row.mention_count:
            continue
        size = len(row.norm.split())
        if row.norm not in grams:
            if row.type != "place":
                continue
            size = regions[row.norm]
        if size == 1 and (len(row.norm) < 3 or row.norm.isdigit()):
            continue
        covered.append((size, row.norm))
        previous = best.get(row.id, (0, 0))
        best[row.id] = max(previous, (size, row.mention_count))
    whole = max((size for size, _ in covered), default=0)
    ids = sorted(best, key=lambda i: (-best[i][0], -best[i][1], i))
    # Where the query names somebody in full, single words of that name mean nobody else.
    longest = {n for size, n in covered if size == whole}
    if whole > 1:
        ids = [i for i in ids if best[i][0] > 1 or not _within(connection, i, longest)]
    ids = ids[:limit]
    rows = entity_reads.entity_rows(connection, ids)
    return summaries(connection, [rows[i] for i in ids if i in rows])


def _within(connection: Reading, entity_id: str, names: Collection[str]) -> bool:
    aliases = entity_reads.aliases_of(connection, [entity_id]).get(entity_id, [])
    single = {norm(a) for a in aliases}
    return any(single & set(name.split()) for name in names)


def close_names(connection: Reading, query: str, kind: str | None, limit: int) -> list[str]:
    """Ids of entities whose name is nearly ``query`` (a slip of the pen), nearest first."""
    from rapidfuzz import fuzz, process

    wanted = norm(query)
    if len(wanted) < 4:
        return []
    known = entity_reads.names_for_matching(connection, kind)
    found = process.extract(
        wanted,
        [name for _, name in known],
        scorer=fuzz.WRatio if " " in wanted else fuzz.ratio,
        limit=limit * 3,
        score_cutoff=FUZZY_SCORE,
    )
    return list(dict.fromkeys(known[index][0] for _, _, index in found))[:limit]


def labelled(names: Mapping[str, str], entity_id: str | None, fallback: str | None) -> str | None:
    """The entity's name where known, else how the document writes it.

    A regulation is the governor's or the regent's, though it counts for the government.
    """
    if fallback and government_of(fallback):
        return fallback
    if entity_id is not None and entity_id in names:
        return names[entity_id]
    return fallback
