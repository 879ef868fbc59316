"""Documents, pages, tables, page images, citations and comparisons of text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kb.explore.views.arrivals import ReadCount, SourceRef
from kb.explore.views.entities import OfficeHolder
from kb.explore.views.refs import DocumentRef, EntityBadge, IndicatorCell
from kb.explore.views.statements import StatementView
from kb.model import PageMethod

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the stored page text; ``end`` exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MentionView:
    start: int
    end: int
    surface: str
    label: str
    """``PER``, ``ORG`` or ``LOC``."""
    entity_id: str | None
    name: str | None
    """Name of the entity it is linked to."""
    method: str = ""
    confidence: float = 1.0
    mention_id: int = 0
    """What a correction of this very tag is about."""


@dataclass(frozen=True, slots=True)
class TableView:
    """A table of one page; cells are text as printed."""

    page: int
    position: int
    """Place among the document's tables, from 0; people count from 1 (``number``)."""
    caption: str | None
    header_rows: int
    rows: tuple[tuple[str, ...], ...]
    """Header rows first."""
    page_label: str | None = None

    @property
    def number(self) -> int:
        """Which table of the document it is, from 1."""
        return self.position + 1

    @property
    def columns(self) -> tuple[str, ...]:
        """A name for each column from the header rows; none empty, no two the same."""
        from kb.describe.headers import column_names

        return tuple(column_names(self.rows, self.header_rows))

    @property
    def body(self) -> tuple[tuple[str, ...], ...]:
        """The rows below the header, each as wide as the table."""
        width = max((len(row) for row in self.rows), default=0)
        return tuple((*row, *("",) * (width - len(row))) for row in self.rows[self.header_rows :])

    def frame(self) -> pd.DataFrame:
        """The rows below the header under the column names, all as text.

        ``frame.attrs`` says where it is from: ``page``, ``page_label``, ``caption``.
        """
        import pandas as pd

        frame = pd.DataFrame(list(self.body), columns=list(self.columns))
        frame.attrs.update(page=self.page, page_label=self.page_label, caption=self.caption)
        return frame


@dataclass(frozen=True, slots=True)
class Described:
    """A described field with the rule it came from and the evidence."""

    name: str
    value: str
    rule: str
    evidence: str


@dataclass(frozen=True, slots=True)
class PageRef:
    """One page in the strip of a document."""

    page: int
    label: str | None
    section: str | None
    method: PageMethod
    hits: int = 0
    """Places on this page that the query matches."""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    title: str
    page: int
    level: int


@dataclass(frozen=True, slots=True)
class OriginalView:
    """The very bytes that an address gave, as proof of what it said on a day."""

    address: str
    fetched: str
    """When they were first seen there (ISO 8601, UTC)."""
    last_seen: str
    """When the address gave the same bytes last."""
    sha256: str
    size: int
    """Bytes."""
    status: int
    headers: Mapping[str, str]
    """Those that say what the bytes are and when they were made."""
    version: int | None
    """Of the document, as far as it is known which was read from them."""
    has_file: bool
    """True where the file is still at its place."""


@dataclass(frozen=True, slots=True)
class DocumentView:
    document_id: int
    title: str
    format: str
    date: str | None
    years: tuple[int, ...]
    doc_type: str | None
    doc_type_label: str | None
    institution: str | None
    institution_id: str | None
    address: str | None
    language: str | None
    level: str | None
    region: str | None
    number: str | None
    stage: str | None
    draft: bool | None
    views: int | None
    page_count: int
    ocr_pages: int
    version: int
    path: str
    part: str | None
    file_name: str
    has_file: bool
    """True where the original file is still at its place."""
    described: tuple[Described, ...]
    metadata: Mapping[str, str]
    warnings: tuple[str, ...]
    outline: tuple[OutlineEntry, ...]
    pages: tuple[PageRef, ...]
    entities: tuple[EntityBadge, ...]
    """Most mentioned first; ``count`` = mentions in this document."""
    offices: tuple[OfficeHolder, ...]
    statement_count: int
    table_count: int
    duplicates: tuple[DocumentRef, ...]
    """Near-duplicates of this document."""
    older_versions: tuple[tuple[int, str], ...]
    """Version number and the time it was replaced."""
    added: str
    updated: str
    hit_pages: tuple[int, ...] = ()
    """Pages that match the query, in order."""
    sha256: str = ""
    """Of the bytes that were read."""
    withdrawn: str | None = None
    """The day its source took it back: it can be cited, and is in no result."""
    originals: tuple[OriginalView, ...] = ()
    """Which bytes its address gave, the latest first."""
    source: SourceRef | None = None
    """Which source brings it."""
    read_counts: tuple[ReadCount, ...] = ()
    """How often its page said it was read, at each reading of ours."""

    def page_named(self, label: str) -> int | None:
        """The page whose printed number is ``label`` (``IV-32``, also written ``iv.32``), else
        the one counted so; ``None`` where there is neither."""
        exact = "".join(label.split()).casefold()
        bare = "".join(c for c in exact if c.isalnum())
        if not bare:
            return None
        labels = [(p.page, "".join((p.label or "").split()).casefold()) for p in self.pages]
        for page, printed in labels:
            if printed == exact:
                return page
        for page, printed in labels:
            if "".join(c for c in printed if c.isalnum()) == bare:
                return page
        return int(exact) if exact.isdecimal() and 0 < int(exact) <= self.page_count else None


@dataclass(frozen=True, slots=True)
class PageView:
    document_id: int
    title: str
    page: int
    page_count: int
    label: str | None
    section: str | None
    text: str
    method: PageMethod
    ocr_confidence: float | None
    mentions: tuple[MentionView, ...]
    statements: tuple[StatementView, ...]
    offices: tuple[OfficeHolder, ...]
    matches: tuple[Span, ...]
    """Places the query matches."""
    tables: tuple[TableView, ...]
    indicators: tuple[IndicatorCell, ...]
    previous_hit: int | None = None
    """The nearest page before this one that matches the query."""
    next_hit: int | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page image, as fractions (0-1) of its width and height from top left."""

    x0: float
    y0: float
    x1: float
    y1: float
    kind: str
    """``hit``, ``PER``, ``ORG``, ``LOC`` or ``said`` (the statement asked for)."""
    text: str = ""


PICTURE_WIDTHS = (480, 720, 1000, 1400, 2000, 2800, 4000)
"""Pixels that the server draws a page in: few, so that readers of one page share them."""
Problem = Literal["none", "gone", "encrypted", "damaged"]
"""A document without pictures of its pages, or a file that is no longer at its place, locked
with a password, or cannot be drawn."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """The picture of a page, or why there is none."""

    png: bytes
    """Empty where ``problem`` says why."""
    boxes: tuple[Box, ...]
    problem: Problem | None = None
    """The file is no longer at its place, locked with a password, or cannot be drawn."""


@dataclass(frozen=True, slots=True)
class PageWord:
    """A word and where it stands on the page image, as fractions from top left."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    last: bool
    """The last of its line."""


@dataclass(frozen=True, slots=True)
class PagePlaces:
    """Where on the picture of a page its words stand, and what was asked for on it."""

    words: tuple[PageWord, ...]
    """In reading order."""
    boxes: tuple[Box, ...]
    problem: Problem | None = None
    """Why there is nothing to place: as with ``PageImage``."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference in Indonesian style, as plain text and as BibTeX."""

    plain: str
    bibtex: str


@dataclass(frozen=True, slots=True)
class Change:
    """One stretch of a comparison of two texts: ``same``, ``removed`` or ``added``."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """The same paragraph in two documents, with what changed between them."""

    left_page: int
    right_page: int
    similarity: float
    """0 to 1 (1 = the same words)."""
    left: str
    right: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """What changed from one version of a document to another."""

    document_id: int
    version: int
    other: int
    title: tuple[Change, ...]
    """Of the title; one ``same`` where it did not change."""
    passages: tuple[SharedPassage, ...]
    """Paragraphs that changed, in order; one that came or went has an empty other side."""
    unchanged: int
    """Paragraphs that are the same in both."""


@dataclass(frozen=True, slots=True)
class SimilarPassage:
    """A page of another document that is like the page asked about."""

    document: DocumentRef
    page: int
    page_label: str | None
    kind: Literal["near-duplicate", "similar", "meaning"]
    """``near-duplicate``: at least one paragraph stands in both, the same or edited;
    ``meaning``: it says much the same in other words."""
    score: float
    """0 to 1: how alike the most alike paragraph is; for ``similar`` the share of the
    page's telling words found there, for ``meaning`` the likeness of the vectors."""
    paragraphs: int
    """Paragraphs that stand in both (0 for ``similar``)."""
    excerpt: str
    """The beginning of that paragraph, or of the page, as one line of plain text."""
