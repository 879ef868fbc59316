"""What a person should look at: where the machine is least sure, with the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kb.explore.views.arrivals import SourceRef
from kb.explore.views.claims import Disagreement
from kb.explore.views.entities import OfficeEvidence, OfficeTerm
from kb.explore.views.refs import DocumentRef, EntityBadge

DoubtKind = Literal["pair", "office", "issuer", "number", "page", "document"]


@dataclass(frozen=True, slots=True)
class DoubtfulPair:
    """Two entities that may be one."""

    one: str
    two: str
    """The one that would be merged into ``one``."""
    kind: Literal["person", "institution"]
    shared: tuple[tuple[str, str], ...]
    """What they have in common: ``name``, ``spelling`` or ``office``, and the words."""
    together: int
    """Documents that name both, and so tell them apart."""


@dataclass(frozen=True, slots=True)
class DoubtfulOffice:
    """An office that no text states surely."""

    person: EntityBadge
    term: OfficeTerm
    """With the wording that a decision takes, and the latest places that state it."""
    around: tuple[str, ...]
    """What stands around each of these places, in their order."""
    count: int

    @property
    def evidence(self) -> tuple[OfficeEvidence, ...]:
        return self.term.evidence


@dataclass(frozen=True, slots=True)
class DoubtfulIssuer:
    """A document whose issuer is not known."""

    document: DocumentRef
    written: str | None
    candidates: tuple[EntityBadge, ...]
    """Who it may be: those called so, and those it names most."""


@dataclass(frozen=True, slots=True)
class DoubtfulNumber:
    """One indicator and year for which documents state different numbers."""

    disagreement: Disagreement


@dataclass(frozen=True, slots=True)
class DoubtfulPage:
    """A page that OCR read badly."""

    document: DocumentRef
    page: int
    label: str | None
    confidence: float
    """From 0 to 1."""
    text: str
    mark: str
    """Tells these words from others, for the decision."""


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document that a source brought and nobody looked at yet, as it is now."""

    document: DocumentRef
    years: tuple[int, ...]
    source: SourceRef
    arrived: str
    """When it came in as it is (ISO 8601, UTC)."""
    version: int
    """Above 1 where its source brought other content than before."""
    page: int
    """The first page that has text."""
    text: str
    """Of that page."""
    mark: str
    """Tells this text from others, for the decision."""


@dataclass(frozen=True, slots=True)
class DoubtfulArrival:
    """A new document, with the others of its source."""

    new: NewDocument
    same_source: Mapping[int, str]
    """Number and mark of every new document of this source, this one too."""


Doubtful = (
    DoubtfulPair | DoubtfulOffice | DoubtfulIssuer | DoubtfulNumber | DoubtfulPage | DoubtfulArrival
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to decide."""

    key: str
    """The same as long as it is undecided."""
    kind: DoubtKind
    about: Doubtful


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decided how much; of what stands."""

    name: str | None
    count: int
    today: int


@dataclass(frozen=True, slots=True)
class Doubts:
    """What waits for a decision."""

    first: Doubt | None
    """The least sure and most read of those asked for."""
    left: Mapping[DoubtKind, int]
    deciders: tuple[Decider, ...]
    waits: bool = True
    """Whether what was shown before (``shown``) is still to be decided."""
