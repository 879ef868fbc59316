"""Results of a search, completions, and who mentions a query most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.explore.views.answers import Answer
from kb.explore.views.entities import EntitySummary
from kb.explore.views.plain import frame_of
from kb.explore.views.refs import ActiveFilter, DocumentRef, EntityBadge, FilterAdvice
from kb.model import Facet, PageMethod, Sort

if TYPE_CHECKING:
    import pandas as pd


MAX_ROW = 400


@dataclass(frozen=True, slots=True)
class RowHit:
    """A table row that the query is about."""

    table: int
    """Which table of the document, from 1 (as ``TableView.number``)."""
    row: int
    """Place among the table's rows, header rows counted, from 0."""
    caption: str | None
    cells: tuple[tuple[str, str], ...]
    """Column name and cell, empty cells left out."""

    @property
    def text(self) -> str:
        """``Indikator: Prevalensi stunting | Target 2024: 16,5``, at most ``MAX_ROW`` characters;
        columns without a name and cells with a dash are left out."""
        told = [
            f"{name}: {cell}"
            for name, cell in self.cells
            if not name.isdigit() and cell.strip("-– ")
        ]
        text = " | ".join(told or (cell for _, cell in self.cells))
        return text if len(text) <= MAX_ROW else text[: MAX_ROW - 2].rstrip() + " …"


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
    rows: tuple[RowHit, ...] = ()
    """Rows of the page's tables that the query is about, best first."""


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
    further: tuple[SearchHit, ...] = ()
    """Pages with only some of the words, best first, where fewer than ten have all: in no
    total, no facet and no export."""
    answer: Answer | None = None
    """What the base says to a question as people ask it, with its pages; on the first page of
    a search without filters."""

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
