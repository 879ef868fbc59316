"""What a person writes as columns of the catalog: names for entities, an office, a speaker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kb.catalog.reading import entities as entity_reads
from kb.catalog.reading import offices as office_reads
from kb.catalog.reading.typed import Reading
from kb.errors import NotFound, QueryError
from kb.explore import names

STATUSES = ("definitif", "Pj", "Plt", "Plh", "Pjs", "mantan", "calon")


def exact(connection: Reading, given: str) -> str:
    """An id as it stands (a merge is undone by the very id), or the entity of a name."""
    if names.is_id(given) and given in entity_reads.entity_rows(connection, [given]):
        return given
    return names.one(connection, given)


def known(connection: Reading, given: object, kinds: Sequence[str]) -> str | None:
    """The entity of a name, if the base knows exactly one of these kinds."""
    try:
        entity_id = exact(connection, str(given or ""))
    except (NotFound, QueryError):
        return None
    return entity_id if entity_id.partition(":")[0] in kinds else None


def office(connection: Reading, changes: Mapping[str, str | None]) -> dict[str, Any]:
    """Columns of an office from what a person says of it."""
    to: dict[str, Any] = dict(changes)
    if "status" in to and to["status"] not in STATUSES:
        raise QueryError(f"There is no status '{to['status']}'; use {', '.join(STATUSES)}.")
    if "role" in to and not (to["role"] or "").strip():
        raise QueryError("An office needs a name; to say that it is none, reject it.")
    if person := to.pop("person", None):
        to["person_id"] = exact(connection, str(person))
    if "institution" in to:
        given = to["institution"]
        to["institution_id"] = known(connection, given, ("institution", "place"))
        if given and names.is_id(given) and to["institution_id"]:
            to["institution"] = names.labels(connection, [given]).get(given, given)
    return to


def speaker_of(connection: Reading, row_id: int, speaker: str) -> dict[str, Any]:
    """Columns of a statement whose speaker is another: also the office that the document gives."""
    given = speaker.strip()
    if not given:
        return dict.fromkeys(("speaker", "speaker_id", "role", "institution", "institution_id"))
    entity_id = exact(connection, given) if names.is_id(given) else None
    if entity_id is None:
        entity_id = known(connection, given, ("person", "institution"))
    name = names.labels(connection, [entity_id]).get(entity_id, given) if entity_id else given
    held = office_reads.office_near(connection, row_id, entity_id) if entity_id else None
    return {
        "speaker": name,
        "speaker_id": entity_id,
        "role": held.role if held else None,
        "institution": held.institution if held else None,
        "institution_id": held.institution_id if held else None,
    }
