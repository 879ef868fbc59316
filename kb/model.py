"""The nouns of the house: frozen dataclasses that the rooms hand to one another.

Offsets are character offsets into the text of one stored page (Python slicing,
end exclusive); ``surface == page.text[start:end]`` always holds. Page numbers
are physical and start at 1. Dates are ISO 8601 strings (``YYYY-MM-DD``, or a
prefix of it where only the month or the year is known). Confidence is a float
from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar, get_args

T = TypeVar("T")

Label = Literal["PER", "ORG", "LOC"]
EntityType = Literal["person", "institution", "place"]
LABELS: Mapping[str, Label] = {"person": "PER", "institution": "ORG", "place": "LOC"}
"""The label of a mention of an entity of each type."""
StatementKind = Literal["direct", "indirect"]
OfficeStatus = Literal["definitif", "Pj", "Plt", "Plh", "Pjs", "mantan", "calon"]
PageMethod = Literal["text", "ocr", "none"]
ClaimKind = Literal["reached", "target", "change", "comparison"]
ClaimPeriod = Literal["stated", "document", "carried", "unknown"]

MARK_START = "\ue000"
"""Private-use character that opens a marked hit in a snippet."""
MARK_END = "\ue001"
"""Private-use character that closes a marked hit in a snippet."""


# --- what the readers return -------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """One page of plain text. An article is one page."""

    number: int
    text: str
    label: str | None = None
    """The page label as printed, for instance ``IV-23``."""
    section: str | None = None
    """Heading path under which the page stands (``BAB II > 2.1 Geografi``)."""
    method: PageMethod = "text"
    ocr_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """One bookmark or heading: ``level`` starts at 0, ``page`` is physical."""

    title: str
    page: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table as found on a page; ``rows`` include the header rows first."""

    page: int
    rows: tuple[tuple[str, ...], ...]
    header_rows: int = 1
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One document as a reader found it: format facts only, no government."""

    path: str
    format: str
    """``pdf``, ``portal``, ``html``, ``portal-text``, ``text``, ``markdown``,
    ``docx``, ``csv``, ``json`` or ``jsonl``."""
    title: str | None
    pages: tuple[Page, ...]
    part: str | None = None
    """Names the row when one file holds several documents (CSV, JSONL)."""
    outline: tuple[OutlineItem, ...] = ()
    tables: tuple[Table, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    address: str | None = None
    """Address (URL) the document was published at, where the file says it."""
    published: str | None = None
    """The publication date as the page writes it (``04 Jan 2024``)."""
    views: int | None = None
    warnings: tuple[str, ...] = ()
    unfinished: bool = False
    """True where time ran out on some pages: reading the file again may give more."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a file before it is read: where it was fetched from."""

    address: str
    title: str | None = None
    """As the list that led to it calls it."""
    published: str | None = None
    section: str | None = None
    """Where the site's menu has it (``SAKIP > RPJMD``)."""


# --- what describe returns ---------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A described value with the rule that gave it and the text it came from."""

    value: T
    rule: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Description:
    """What a document is. A field nobody could tell is ``None`` (or empty)."""

    title: Found[str]
    date: Found[str] | None = None
    years: Found[tuple[int, ...]] | None = None
    doc_type: Found[str] | None = None
    """Key of ``authority/doctypes.toml`` (``rpjmd``, ``press_release``, ...)."""
    institution: Found[str] | None = None
    """The issuing institution as a name (``Bappeda Provinsi Banten``)."""
    address: Found[str] | None = None
    language: Found[str] | None = None
    """ISO 639-1 code."""
    level: Found[str] | None = None
    """``nasional``, ``provinsi``, ``kabupaten``, ``kota``, ``desa``."""
    region: Found[str] | None = None
    """Region name with its type word (``Provinsi Banten``, ``Kota Serang``)."""
    number: Found[str] | None = None
    """The regulation's own number."""
    stage: Found[str] | None = None
    """``murni`` or ``perubahan``."""
    draft: Found[bool] | None = None


NumberKind = Literal["baseline", "target", "realisation"]
"""What a printed number of an indicator is."""
NUMBER_KINDS: tuple[NumberKind, ...] = get_args(NumberKind)
"""In the order of a table's columns."""


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """One number (or grade) of one indicator, read from one table row."""

    indicator: str
    """The indicator's words as printed."""
    unit: str | None
    kind: NumberKind
    year: int
    value: float | None
    """``None`` for what is stated in words or as a range (``WTP``, ``5-7``)."""
    value_text: str
    """The number or the words as printed (``1.234,56``); a number that a narrow cell broke over
    lines is put together."""
    page: int
    agency: str | None = None
    table: int | None = None
    """Position in ``SourceDocument.tables``."""
    row: int | None = None
    quarter: int | None = None
    """1 to 4 where the number is of one quarter of the year, not of the whole."""


# --- what nlp returns --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EntityRef:
    """A real person, institution or place that mentions point to.

    ``entity_id`` is ``person:...``, ``institution:...`` or ``place:<kode>``; it
    is the same for the same thing in every run.
    """

    entity_id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    authority: bool = False
    """True where the authority file (``kb/authority``) knows it."""
    region: str | None = None
    """Kemendagri code of the region it belongs to, where known."""
    method: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    surface: str
    label: Label
    entity_id: str | None = None
    method: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Office:
    """An office the text states for a named person.

    ``name``, ``role`` and ``institution`` follow the tagging guide's
    ``officials`` rows; ``start``/``end`` point at the phrase in the page.
    """

    name: str
    role: str
    institution: str | None
    status: OfficeStatus = "definitif"
    person_id: str | None = None
    institution_id: str | None = None
    start: int = 0
    end: int = 0
    method: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Statement:
    kind: StatementKind
    start: int
    end: int
    surface: str
    speaker: str | None
    cue: str | None
    speaker_id: str | None = None
    role: str | None = None
    """Office of the speaker at the document's date, where known."""
    institution: str | None = None
    method: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure about something measurable, as a sentence of the text states it."""

    start: int
    """Of the sentence."""
    end: int
    surface: str
    subject: str
    """What is measured, as printed (``angka stunting``)."""
    subject_start: int
    subject_end: int
    value: str
    """The figure with its unit, as printed."""
    value_start: int
    value_end: int
    number: float
    """In the base unit: ``Rp 1,2 miliar`` is 1200000000."""
    unit: str | None
    kind: ClaimKind
    period: str | None = None
    """``2025``, ``2025-06``, ``2025-Q1`` or ``2025-H1``."""
    period_origin: ClaimPeriod = "unknown"
    region: str | None = None
    """Region name as the sentence has it, else the document's."""
    institution: str | None = None
    speaker: str | None = None
    speaker_id: str | None = None
    statement: StatementKind | None = None
    """How it was said; ``None`` for what the release tells itself."""
    method: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class TagContext:
    """What is known of a document before its text is tagged."""

    title: str | None = None
    date: str | None = None
    institution: str | None = None
    region: str | None = None
    """Region name with its type word, as ``Description.region``."""
    doc_type: str | None = None
    home: str | None = None
    """Region of a text that names none itself, where the settings give one."""


@dataclass(frozen=True, slots=True)
class TagResult:
    """Tags of one page, offsets into that page, each list left to right."""

    mentions: tuple[Mention, ...] = ()
    offices: tuple[Office, ...] = ()
    statements: tuple[Statement, ...] = ()
    entities: tuple[EntityRef, ...] = ()
    claims: tuple[Claim, ...] = ()


# --- what search takes and returns -------------------------------------------


@dataclass(frozen=True, slots=True)
class Passage:
    """One page as the search engines index it; ``passage_id`` is ``pages.id``."""

    passage_id: int
    document_id: int
    page: int
    text: str
    title: str = ""
    section: str = ""
    doc_type: str = ""
    years: tuple[int, ...] = ()
    institution: str = ""
    """Entity id of the issuing institution, or empty."""
    officials: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    """Entity ids of institutions named in the text (not the issuer)."""
    date: str = ""
    number: str = ""
    figures: bool = False
    """It states a figure that was read: in running text, or as an indicator."""


Sort = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Filters:
    """Values within one filter are alternatives; filters among them all hold."""

    years: tuple[int, ...] = ()
    institutions: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    documents: tuple[int, ...] = ()
    figures: bool = False
    """Only pages with a figure (``Passage.figures``)."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One value of one facet, counted over all hits of a query."""

    value: str
    label: str
    count: int
    """Matching passages (pages)."""
    documents: int = 0
    """Documents those passages stand in (0: not counted, as in search results)."""


FoundBy = Literal["words", "meaning"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One matching page."""

    passage_id: int
    document_id: int
    page: int
    score: float
    snippet: str = ""
    """Plain text with hits between ``MARK_START`` and ``MARK_END``."""
    found_by: FoundBy = "words"
    """``meaning``: it does not have the words that were asked for."""
