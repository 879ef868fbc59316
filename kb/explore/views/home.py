"""What a base holds, and what staff decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.explore.views.arrivals import Popular
from kb.explore.views.refs import DocumentRef, EntityBadge, YearCount
from kb.model import Facet


@dataclass(frozen=True, slots=True)
class HomeView:
    """What this base holds."""

    documents: int
    passages: int
    officials: int
    persons: int
    institutions: int
    places: int
    statements: int
    indicators: int
    ocr_pages: int
    first_date: str | None
    last_date: str | None
    by_type: tuple[Facet, ...]
    """Documents by type: here ``count`` and ``documents`` both count documents."""
    by_year: tuple[YearCount, ...]
    """Documents by each year they cover; ``count`` and ``documents`` are equal."""
    by_institution: tuple[Facet, ...]
    latest: tuple[DocumentRef, ...]
    most_mentioned: tuple[EntityBadge, ...]
    """Officials most mentioned in the month of ``month``."""
    month: str | None
    """``YYYY-MM`` of the latest document."""
    examples: tuple[str, ...]
    """Queries that find something in this base."""
    failed_files: int
    updated: str | None
    popular: tuple[Popular, ...] = ()
    """Documents by how often their pages say they were read, most first."""
    withdrawn: int = 0
    """Documents that their sources took back; in no other number."""


@dataclass(frozen=True, slots=True)
class FileProblem:
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What staff decided."""

    correction_id: int
    kind: str
    target: str
    value: Mapping[str, object]
    at: str
    by: str | None
    summary: str = ""
    """What was decided, in one line."""
    reason: str | None = None
    document: str | None = None
    """Key of the document it is about; ``None`` for what holds everywhere."""
    undone: str | None = None
    """When it was taken back."""
    undone_by: str | None = None
    problem: str | None = None
    """Why what it is about could not be found again."""
    changes: tuple[tuple[str, str, str], ...] = ()
    """What was changed: name of the field, before, after."""
    document_id: int | None = None
    """Of the document it is about, where it is here."""
    title: str | None = None
    """Of that document, as it is now."""
