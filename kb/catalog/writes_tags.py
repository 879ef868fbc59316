"""Mentions, offices and statements of one document into the catalog."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, insert

from kb.catalog import numbers
from kb.catalog.records import TaggedDocument
from kb.catalog.schema import mentions, offices, statements
from kb.model import Office, Statement


class _Links:
    """From a document's own entity ids to the stored ones."""

    def __init__(self, found: Mapping[str, str], final: Mapping[str, str]) -> None:
        self._found = found
        self._final = final

    def __call__(self, entity_id: str | None) -> tuple[str | None, str | None]:
        """The entity to point at, and what the text was linked to where a merge moved it."""
        if not entity_id:
            return None, None
        linked = self._found[entity_id]
        end = self._final.get(linked, linked)
        return end, (linked if end != linked else None)


def write_tags(
    connection: Connection,
    document_id: int,
    tagged: TaggedDocument,
    found: Mapping[str, str],
    final: Mapping[str, str],
    date: str | None,
    was: numbers.Numbered | None = None,
) -> None:
    """Insert every tag of the document.

    ``found`` leads from the document's entity ids to stored ones, ``final`` from there
    through the merges. ``date`` is the document's: offices and statements are of it. ``was``:
    its statements before, whose numbers stay with their words.
    """
    links = _Links(found, final)
    for table, rows in (
        (mentions, list(_mentions(document_id, tagged, links))),
        (offices, list(_offices(document_id, tagged, links, date))),
        *((statements, rows) for rows in _numbered(document_id, tagged, links, date, was)),
    ):
        if rows:
            connection.execute(insert(table), rows)


def _numbered(
    document_id: int,
    tagged: TaggedDocument,
    links: _Links,
    date: str | None,
    was: numbers.Numbered | None,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Statements that have their number already, and those that get one."""
    rows = list(_statements(document_id, tagged, links, date))
    if was is not None:
        numbers.give(was, rows)
    return [r for r in rows if "id" in r], [r for r in rows if "id" not in r]


def _mentions(document_id: int, tagged: TaggedDocument, links: _Links) -> Iterator[dict[str, Any]]:
    for page, tags in zip(tagged.source.pages, tagged.tags, strict=True):
        for item in tags.mentions:
            entity_id, found_id = links(item.entity_id)
            yield {
                "document_id": document_id,
                "page": page.number,
                "start": item.start,
                "end": item.end,
                "surface": item.surface,
                "label": item.label,
                "entity_id": entity_id,
                "found_id": found_id,
                "method": item.method,
                "confidence": item.confidence,
            }


def _offices(
    document_id: int, tagged: TaggedDocument, links: _Links, date: str | None
) -> Iterator[dict[str, Any]]:
    for page, tags in zip(tagged.source.pages, tagged.tags, strict=True):
        for item in tags.offices:
            person_id, found_id = links(item.person_id)
            institution_id, institution_found = links(item.institution_id)
            if person_id is None:
                continue  # an office of nobody known is nothing to keep
            yield {
                "person_id": person_id,
                "found_id": found_id,
                "name": item.name,
                "role": item.role,
                "institution": item.institution,
                "institution_id": institution_id,
                "institution_found": institution_found,
                "status": item.status,
                "date": date,
                "document_id": document_id,
                "page": page.number,
                "start": item.start,
                "end": item.end,
                "origin": "text",
                "method": item.method,
                "confidence": item.confidence,
            }


def _statements(
    document_id: int, tagged: TaggedDocument, links: _Links, date: str | None
) -> Iterator[dict[str, Any]]:
    held = [office for tags in tagged.tags for office in tags.offices]
    for page, tags in zip(tagged.source.pages, tagged.tags, strict=True):
        for item in tags.statements:
            speaker_id, found_id = links(item.speaker_id)
            institution_id, institution_found = links(_institution_of(item, held))
            yield {
                "document_id": document_id,
                "page": page.number,
                "kind": item.kind,
                "start": item.start,
                "end": item.end,
                "text": item.surface,
                "speaker": item.speaker,
                "speaker_id": speaker_id,
                "found_id": found_id,
                "role": item.role,
                "institution": item.institution,
                "institution_id": institution_id,
                "institution_found": institution_found,
                "cue": item.cue,
                "date": date,
                "method": item.method,
                "confidence": item.confidence,
            }


def _institution_of(said: Statement, held: list[Office]) -> str | None:
    """The entity behind a statement's institution: that of the speaker's office."""
    if said.speaker_id is None or said.institution is None:
        return None
    for office in held:
        if office.person_id == said.speaker_id and office.institution == said.institution:
            return office.institution_id
    return None
