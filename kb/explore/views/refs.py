"""What several views point at: a document, an entity, a year, a filter, a printed number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.model import EntityType, NumberKind

_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document as one line: enough for a link and a date."""

    document_id: int
    title: str
    date: str | None
    doc_type: str | None
    doc_type_label: str | None
    institution: str | None
    page_count: int = 1
    address: str | None = None
    withdrawn: str | None = None
    """The day its source took it back, where it did."""
    mentions: int = 0
    """Mentions of the entity asked about, where the list belongs to one."""
    page: int = 1
    """The first page of interest."""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class EntityBadge:
    """An entity as a badge that opens its page; ``count`` is mentions where shown."""

    entity_id: str
    type: EntityType
    name: str
    count: int = 0
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class YearCount:
    year: int
    count: int
    documents: int = 0


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
class IndicatorCell:
    """One number with the page it stands on."""

    kind: NumberKind
    year: int
    value: float | None
    """``None`` for what is stated in words or as a range (``WTP``, ``5-7``)."""
    value_text: str
    document_id: int
    title: str
    doc_type: str | None
    page: int
    page_label: str | None
    date: str | None = None
    table: int | None = None
    row: int | None = None
    unit: str | None = None
    """Its own unit; documents may state one indicator in several."""
    quarter: int | None = None
    """1 to 4 where it is of one quarter of the year."""
    stage: str | None = None
    """``murni`` or ``perubahan``, where the document is a plan or a budget."""
    number_id: int = 0
    """What a correction of this very number is about."""
    covers: tuple[int, int] | None = None
    """First and last year that the document is about."""

    @property
    def quarter_name(self) -> str | None:
        """The quarter as documents number it (``III``); ``None`` where it is of the whole year."""
        return None if self.quarter is None else ("I", "II", "III", "IV")[self.quarter - 1]

    @property
    def dated_title(self) -> str:
        """The title with the years it covers, where it names none itself."""
        if self.covers is None or _YEAR.search(self.title):
            return self.title
        first, last = self.covers
        return f"{self.title} ({first})" if first == last else f"{self.title} ({first}–{last})"
