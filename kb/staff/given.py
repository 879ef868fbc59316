"""What a person writes as columns of the catalog: names for entities, an office, a speaker."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kb.authority import norm
from kb.catalog import found
from kb.catalog.reading import entities as entity_reads
from kb.catalog.reading import offices as office_reads
from kb.catalog.reading.typed import Reading
from kb.describe.numbers import parse_number
from kb.errors import NotFound, QueryError
from kb.explore import fields, names

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


def named(connection: Reading, text: str, kind: str | None) -> str:
    """The entity that a person chose (an id) or called by its very name; somebody new of this
    ``kind`` where the base knows none called so.

    Raises ``QueryError`` where several are, ``NotFound`` for an unknown name without a kind.
    """
    clean = " ".join(text.split())
    if kind is None or names.is_id(clean):
        return exact(connection, clean)
    if kind not in names.TYPES:
        raise QueryError(f"There is no kind '{kind}'; use {', '.join(names.TYPES)}.")
    if not norm(clean):
        raise QueryError("A name needs at least one letter or digit; give another.")
    bearers = {one.id for one in entity_reads.by_alias(connection, [norm(clean)], [kind])}
    if len(bearers) > 1:
        raise QueryError(f"The base knows several called '{clean}'; choose one from the list.")
    if bearers:
        return str(bearers.pop())
    made = found.new_id(kind, clean)
    found.make_named(connection, made, kind, clean)
    return made


def field(name: str, value: object) -> object:
    """What a document is to have in one field, from what a person writes; raises ``QueryError``
    for what it cannot be."""
    text = " ".join(str(value).split()) if value is not None else ""
    if name == "title" and not text:
        raise QueryError("A document needs a title; give one.")
    if name == "date":
        return fields.day(text, "date")
    if name == "doc_type" and text:
        key = fields.doc_type(text)
        if key is None:
            raise QueryError(f"There is no type of document '{text}'; 'kb info' lists those known.")
        return key
    if name == "years":
        return _years(value if isinstance(value, list | tuple) else text.replace(",", " ").split())
    if name == "draft" and isinstance(value, str):
        return text.casefold() in ("true", "yes", "ya", "1")
    return value


def _years(given: Sequence[object]) -> list[int]:
    told = [str(year) for year in given]
    if wrong := [year for year in told if not re.fullmatch(r"(?:19|20)\d\d", year)]:
        raise QueryError(f"'{wrong[0]}' is no year; write years as '2024' or '2024 2025'.")
    return sorted({int(year) for year in told})


def number(changes: Mapping[str, object]) -> dict[str, Any]:
    """Columns of an indicator's number from what a person writes: ``value`` as it is printed
    ("12,5", "12.5", "WTP"), ``unit``, ``kind``, ``year``."""
    to: dict[str, Any] = dict(changes)
    if "value" in to:
        printed = " ".join(str(to["value"]).split())
        if not printed:
            raise QueryError("A number needs a value; to say that it is none, reject it.")
        read = parse_number(printed)
        to |= {"value_text": printed, "value": None if read is None else read.value}
    if "year" in to:
        (to["year"],) = _years([to["year"]])
    return to


def office(connection: Reading, changes: Mapping[str, str | None]) -> dict[str, Any]:
    """Columns of an office from what a person says of it."""
    to: dict[str, Any] = dict(changes)
    if "status" in to and to["status"] not in STATUSES:
        raise QueryError(f"There is no status '{to['status']}'; use {', '.join(STATUSES)}.")
    for name in ("date_from", "date_to"):
        if name in to:
            to[name] = fields.day(to[name], name)
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


def kind_of_statement(kind: str) -> str:
    """Raises ``QueryError`` for what is none."""
    if kind not in ("direct", "indirect"):
        raise QueryError(f"There is no kind '{kind}'; use direct or indirect.")
    return kind


def speaker_of(connection: Reading, row_id: int, speaker: str) -> dict[str, Any]:
    """Columns of a statement whose speaker is another: also the office that the document gives."""
    where = office_reads.place_of_statement(connection, row_id)
    return speaker_at(connection, *(where or (0, 0)), speaker)


def speaker_at(connection: Reading, document_id: int, page: int, speaker: str) -> dict[str, Any]:
    """The same, of a statement on a page of a document."""
    given = speaker.strip()
    if not given:
        return dict.fromkeys(("speaker", "speaker_id", "role", "institution", "institution_id"))
    entity_id = exact(connection, given) if names.is_id(given) else None
    if entity_id is None:
        entity_id = known(connection, given, ("person", "institution"))
    name = names.labels(connection, [entity_id]).get(entity_id, given) if entity_id else given
    held = office_reads.office_near(connection, document_id, page, entity_id) if entity_id else None
    return {
        "speaker": name,
        "speaker_id": entity_id,
        "role": held.role if held else None,
        "institution": held.institution if held else None,
        "institution_id": held.institution_id if held else None,
    }
