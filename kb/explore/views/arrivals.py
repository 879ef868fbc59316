"""Where documents come from by themselves, and how often they are read there."""

from __future__ import annotations

from dataclasses import dataclass

from kb.explore.views.refs import DocumentRef


@dataclass(frozen=True, slots=True)
class SourceRef:
    """A source as a link."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source as readers see it."""

    number: int
    name: str
    kind: str
    """``wordpress``, ``feed``, ``sitemap``, ``jdih``, ``portal``, ``folder``, ..."""
    address: str | None
    """``None`` for a folder, whose place is nobody's business."""
    last_good: str | None
    """When it was last looked at without a failure (ISO 8601, UTC)."""
    documents: int
    """Documents in the base that it brought."""


@dataclass(frozen=True, slots=True)
class ReadCount:
    """How often a page said it was read, when we read it."""

    at: str
    views: int


@dataclass(frozen=True, slots=True)
class Popular:
    """A document with the number its page tells of how often it was read."""

    document: DocumentRef
    views: int


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One source with what it brought."""

    source: SourceView
    latest: tuple[DocumentRef, ...]
    """By date of issue, the latest first."""
    popular: tuple[Popular, ...]
    """By how often the source says they were read."""
