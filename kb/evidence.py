"""What links across documents are worked out from: who each document names, and as what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StatedOffice:
    """An office as a text or the authority file states it of somebody."""

    role: str
    institution: str | None
    status: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a document's entity is told from others by."""

    region: str | None
    """Code of the region it belongs to, else of the text's."""
    keys: tuple[str, ...]
    """Entities that share one of these may be one; others are never compared."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One entity of one document, as that document alone tells it."""

    id: int
    document_id: int
    local_id: str
    name: str
    names: tuple[str, ...]
    region: str | None
    offices: tuple[StatedOffice, ...]
    date: str | None
    """Of the document."""
    text_hash: str
    """Of the document: what tells two documents apart whatever order they came in."""
    entity_id: str
    """What it is linked to now."""
    method: str = ""
    """Why, see ``Linked``."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """An entity of the authority file: sightings may join it, it never changes."""

    entity_id: str
    name: str
    names: tuple[str, ...]
    region: str | None
    offices: tuple[StatedOffice, ...]
    documents: frozenset[int] = frozenset()
    """Those that name it outright: what else they name is somebody else."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What a sighting was found to be, and why."""

    entity_id: str
    method: str
