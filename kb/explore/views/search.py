"""Results of a search, completions, and who mentions a query most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.explore.views.documents import DocumentRef, EntityBadge
from kb.explore.views.entities import EntitySummary
from kb.explore.views.plain import frame_of
from kb.model import Facet, PageMethod, Sort

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One matching page."""

    passage_id: int
    document_id: int
    title: str
    doc_type: str | None
    doc_type_label: str | None
    years: tuple[int, ...]
    institution: str | None
    institution_id: str | None
    date: str | None
    page: int
    page_label: str | None
    section: str | None
    snippet: str
    """Plain text, hits between U+E000 and U+E001."""
    score: float
    entities: tuple[EntityBadge, ...]
    method: PageMethod = "text"
    address: str | None = None
    path: str = ""
    """The file it was read from."""


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """One document of a result with its best pages."""

    document: DocumentRef
    years: tuple[int, ...]
    institution_id: str | None
    hits: tuple[SearchHit, ...]
    matching_pages: int
    duplicates: tuple[DocumentRef, ...] = ()
    """Near-duplicates folded under this card (the same release issued again)."""


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """One filter value in force, as a chip: ``name`` is a facet name, ``from`` or ``to``."""

    name: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class FilterAdvice:
    """After zero hits: drop this filter and get that many."""

    filters: tuple[ActiveFilter, ...]
    """The values to drop (all values of one filter)."""
    total: int
    """Matching passages without it."""
    documents: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    query: str
    total: int
    """Matching passages (pages)."""
    documents: int
    """Documents they stand in."""
    took_ms: float
    hits: tuple[SearchHit, ...]
    """Passages, best first; empty when the result was asked for by document."""
    cards: tuple[DocumentCard, ...]
    """Documents, best first; empty unless asked for with ``group=True``."""
    facets: Mapping[str, tuple[Facet, ...]]
    """``year``, ``institution``, ``type``, ``official``, ``place``: counts over all hits."""
    suggestion: str | None = None
    relaxed: bool = False
    """True: no page has all the words, pages with any of them are shown."""
    notes: tuple[str, ...] = ()
    entities: tuple[EntitySummary, ...] = ()
    """Entities the query names, best first."""
    filters: tuple[ActiveFilter, ...] = ()
    advice: tuple[FilterAdvice, ...] = ()
    """Only after zero hits: which filter to drop, most hits first."""
    sort: Sort = "relevance"
    limit: int = 10
    offset: int = 0

    def frame(self) -> pd.DataFrame:
        hits = self.hits or tuple(h for c in self.cards for h in c.hits)
        return frame_of(hits)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who mentions a query most."""

    official: EntitySummary
    statements: int
    """Statements by this person that match the query."""
    pages: int
    """Pages that match the query and name this person."""


@dataclass(frozen=True, slots=True)
class Completion:
    """One offer while typing. ``kind`` is an entity type, ``title`` or ``word``."""

    text: str
    kind: str
    entity_id: str | None = None
    document_id: int | None = None
