"""Statements with speaker, office at that date, and source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.explore.views.plain import frame_of
from kb.explore.views.refs import DocumentRef, EntityBadge, FilterAdvice, YearCount
from kb.explore.views.wording import with_institution
from kb.model import Facet, StatementKind

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class StatementView:
    statement_id: int
    text: str
    kind: StatementKind
    speaker: str | None
    """The entity's name where linked, else as the text names the speaker."""
    speaker_id: str | None
    role: str | None
    """Office at that date."""
    institution: str | None
    institution_id: str | None
    cue: str | None
    date: str | None
    document_id: int
    title: str
    page: int
    page_label: str | None
    start: int
    """Offsets into the stored text of the page."""
    end: int
    source: str | None
    """Address of the document, else its file name."""
    method: str = ""
    confidence: float = 1.0
    snippet: str = ""
    """``text`` with the query's hits between U+E000 and U+E001."""
    also_in: tuple[DocumentRef, ...] = ()
    """Near-duplicate documents with the same statement."""

    @property
    def office(self) -> str:
        """Role and institution as one phrase, ``""`` where neither is known."""
        return with_institution(self.role or "", self.institution).strip()


@dataclass(frozen=True, slots=True)
class Around:
    """What stands before and after a statement on its page, each on one line."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SimilarStatement:
    """A statement that means much the same as another, whoever made it and when."""

    statement: StatementView
    score: float
    """Likeness of the two, up to 1."""


@dataclass(frozen=True, slots=True)
class StatementResult:
    total: int
    """Statements that match (the same words in near-duplicate documents count once)."""
    statements: tuple[StatementView, ...]
    per_year: tuple[YearCount, ...] = ()
    """All matching statements by year; ``documents`` = documents they stand in."""
    speakers: tuple[EntityBadge, ...] = ()
    """Speakers of all matching statements, most first."""
    institutions: tuple[Facet, ...] = ()
    advice: tuple[FilterAdvice, ...] = ()

    def frame(self) -> pd.DataFrame:
        return frame_of(self.statements)
