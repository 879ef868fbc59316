"""What goes into the catalog in one piece, and what comes of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from kb.evidence import Evidence
from kb.model import (
    Description,
    EntityRef,
    IndicatorValue,
    Office,
    SourceDocument,
    TagContext,
    TagResult,
)

Change = Literal["added", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class SubjectKey:
    """What the subject of a claim is looked for by."""

    norm: str
    """Normal form of what is measured, as that of indicators."""
    region: str | None
    """Kemendagri code of its region."""


@dataclass(frozen=True, slots=True)
class TaggedDocument:
    """One document as the stages left it, ready to be stored whole."""

    source: SourceDocument
    description: Description
    tags: tuple[TagResult, ...]
    """One for each page, in the order of ``source.pages``."""
    indicators: tuple[IndicatorValue, ...] = ()
    indicator_norms: tuple[str, ...] = ()
    """Normal form of each indicator's words, in the order of ``indicators``."""
    subject_keys: tuple[SubjectKey, ...] = ()
    """One for each claim of ``tags``, page by page."""
    issuer: EntityRef | None = None
    """The issuing institution as an entity."""
    context: TagContext = field(default_factory=TagContext)
    text_hash: str = ""
    signature: bytes | None = None
    """MinHash of the text (``kb.catalog.duplicates``)."""


@dataclass(frozen=True, slots=True)
class FileState:
    """One file at one moment: what ``unchanged`` is decided from."""

    path: str
    sha256: str
    size: int
    mtime_ns: int | None
    """``None`` where the file is too young for its time to prove anything."""
    stamp: str
    """Versions of the stages that read it."""


def inside(path: str, part: str) -> str:
    """How a file inside another is named to people."""
    return f"{path} » {part}"


def pack_refused(refused: Sequence[tuple[str, str]]) -> str | None:
    """Files inside a file that was read, with the reasons why they were not: what
    ``files.reason`` holds of a file that is ``done``."""
    return json.dumps([list(one) for one in refused], ensure_ascii=False) if refused else None


def unpack_refused(reason: str | None) -> list[tuple[str, str]]:
    """What ``pack_refused`` wrote."""
    if not reason:
        return []
    return [(str(part), str(why)) for part, why in json.loads(reason)]


@dataclass(frozen=True, slots=True)
class Written:
    """What storing one document did."""

    document_id: int
    change: Change
    pages: int


class Witness(Protocol):
    """Draws the evidence from a document's entity and the offices the text states for it."""

    def __call__(
        self, ref: EntityRef, offices: Sequence[Office], context: TagContext
    ) -> Evidence: ...


@dataclass(frozen=True, slots=True)
class OfficialTerm:
    """One office of an official of the authority file, as the catalog stores it."""

    role: str
    institution: str | None
    institution_id: str | None
    status: str
    date_from: str | None
    date_to: str | None
    source: str | None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class OfficialRecord:
    """One official of the authority file."""

    entity: EntityRef
    terms: tuple[OfficialTerm, ...]
