"""Entities, the offices they held, and who appears with whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kb.explore.views.plain import frame_of
from kb.explore.views.refs import DocumentRef, EntityBadge, YearCount
from kb.explore.views.statements import StatementView
from kb.explore.views.wording import with_institution
from kb.model import EntityType, OfficeStatus

if TYPE_CHECKING:
    import pandas as pd


EntityKind = Literal["official", "person", "institution", "place"]
"""What a person may ask for; an ``official`` is a person with an office."""


@dataclass(frozen=True, slots=True)
class OfficeEvidence:
    """One place where a document states an office."""

    document_id: int
    title: str
    page: int
    date: str | None
    text: str
    """The phrase as written."""
    confidence: float = 1.0
    office_id: int = 0


@dataclass(frozen=True, slots=True)
class Wording:
    """How texts word an office that became part of a term."""

    role: str
    institution: str | None
    status: OfficeStatus
    first: str | None = None
    last: str | None = None
    """First and last day, where the same words are part of another term too."""

    def as_match(self) -> dict[str, str | None]:
        """What a ruling about the office takes (``kb.staff.Desk.term``)."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class OfficeTerm:
    """One office held over a stretch of time, merged from authority file and texts."""

    role: str
    institution: str | None
    institution_id: str | None
    status: OfficeStatus
    date_from: str | None
    """Begin of the term where a source states it, else ``None``."""
    date_to: str | None
    """End of the term where a source states it, else ``None``."""
    first_seen: str | None
    """Date of the first document that names the person in this office."""
    last_seen: str | None
    evidence: tuple[OfficeEvidence, ...] = ()
    evidence_count: int = 0
    """All places in the base that state it; ``evidence`` holds the first few."""
    origin: str = "text"
    """``authority``, ``text`` or ``staff``."""
    source: str | None = None
    confidence: float = 1.0
    wordings: tuple[Wording, ...] = ()
    """What texts state of it; empty where only the authority file does."""

    @property
    def begin(self) -> str | None:
        """Stated begin, else first seen."""
        return self.date_from or self.first_seen

    @property
    def end(self) -> str | None:
        """Stated end, else last seen; ``None`` for a stated term that still runs."""
        return self.date_to or (None if self.date_from else self.last_seen)

    @property
    def label(self) -> str:
        """``Pj Gubernur Banten``."""
        head = self.role
        if self.status != "definitif":
            if head.casefold().startswith(self.status.casefold()):
                head = head[len(self.status) :].lstrip(". ")
            head = f"{self.status} {head}".rstrip()
        return with_institution(head, self.institution)


@dataclass(frozen=True, slots=True)
class EntitySummary:
    """One line of the entity list; also the entity card above search results."""

    entity_id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...]
    mentions: int
    """Mentions in all documents."""
    documents: int
    """Documents that mention it."""
    first: str | None
    """Date of the earliest document that mentions it."""
    last: str | None
    official: bool = False
    office: OfficeTerm | None = None
    """The latest office, for a person."""
    authority: bool = False
    region: str | None = None


@dataclass(frozen=True, slots=True)
class EntityList:
    total: int
    entities: tuple[EntitySummary, ...]

    def frame(self) -> pd.DataFrame:
        return frame_of(self.entities)


@dataclass(frozen=True, slots=True)
class CoOccurrence:
    """An entity named on the same pages as another one."""

    entity_id: str
    type: EntityType
    name: str
    pages: int
    """Pages that name both."""
    documents: int
    """Documents that name both on one page."""


@dataclass(frozen=True, slots=True)
class EntityLink:
    """Why a document is held to name an entity: what it tells by itself, and what decided."""

    document_id: int
    title: str
    date: str | None
    name: str
    """The fullest name the document gives."""
    region: str | None
    """Code of the region the document gives it, else of the document's own."""
    offices: tuple[str, ...]
    """Offices that the document states, as ``Bupati, Kabupaten Lebak``."""
    reason: str
    """What it shares with the others: ``name``, ``name and region``, ``name and office``, with
    ``spelling, `` in front where the names are spelt differently; ``authority``: the authority
    file knows it."""


@dataclass(frozen=True, slots=True)
class EntityPage:
    """All that is known of one entity."""

    summary: EntitySummary
    offices: tuple[OfficeTerm, ...]
    """For a person: offices held; for an institution or place: who held office there."""
    holders: tuple[OfficeHolder, ...]
    mentions_per_year: tuple[YearCount, ...]
    """``count`` = mentions, ``documents`` = documents, by the year of the document's date."""
    co_occurring: tuple[CoOccurrence, ...]
    statements: tuple[StatementView, ...]
    """Latest statements by a person, or by people of an institution."""
    statement_count: int
    documents: tuple[DocumentRef, ...]
    """Latest documents that mention it."""
    parent: EntityBadge | None = None
    children: tuple[EntityBadge, ...] = ()
    code: str | None = None
    """Kemendagri code, for a place."""
    path: tuple[EntityBadge, ...] = ()
    """For a place: province, kabupaten/kota, kecamatan above it, widest first."""
    merged: tuple[str, ...] = ()
    """Ids staff merged into this one."""
    links: tuple[EntityLink, ...] = ()
    """Why the latest documents are linked to it; none for places."""
    link_reasons: tuple[tuple[str, int], ...] = ()
    """Documents by the reason they are linked for, most first."""


@dataclass(frozen=True, slots=True)
class OfficeHolder:
    """Somebody who held an office of an institution or place."""

    person: EntityBadge
    term: OfficeTerm


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two or more entities side by side."""

    pages: tuple[EntityPage, ...]
    together_pages: int
    """Pages that name all of them."""
    together: tuple[DocumentRef, ...]
    shared: tuple[CoOccurrence, ...]
    """Entities that occur with each of them; counts are the smaller of the two."""

    def frame(self) -> pd.DataFrame:
        """Mentions by year, one column for each entity."""
        import pandas as pd

        series = {
            p.summary.name: {y.year: y.count for y in p.mentions_per_year} for p in self.pages
        }
        return pd.DataFrame(series).fillna(0).astype(int).sort_index()


@dataclass(frozen=True, slots=True)
class Graph:
    """Who appears with whom around one entity."""

    nodes: tuple[CoOccurrence, ...]
    """The centre first; its counts are its own pages and documents."""
    edges: tuple[tuple[str, str, int], ...]
    """Two entity ids and the pages that name both."""
