"""Claims: figures that somebody states, beside the numbers that documents print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from kb.explore.views.plain import frame_of
from kb.explore.views.refs import IndicatorCell, YearCount
from kb.explore.views.wording import with_institution
from kb.model import ClaimKind, ClaimPeriod, NumberKind, StatementKind

if TYPE_CHECKING:
    import pandas as pd

Agreement = Literal["same", "within", "differs", "other_year", "year_unsaid"]
"""``same``: equal as exactly as it was said; ``differs``: of the same thing, region and year;
``within``: the words only bound the figure ("di atas 27 persen"), and the printed one lies there;
``other_year``: of the same thing and region, in another year or part of it; ``year_unsaid``: the
same where nobody said of which year the claim speaks."""

OF_NO_SAME_YEAR: frozenset[Agreement] = frozenset({"other_year", "year_unsaid"})
"""Where the two numbers are not known to be of one year: nothing is compared."""


@dataclass(frozen=True, slots=True)
class ClaimPair:
    """A printed number beside a claim; no verdict."""

    indicator: str
    """Its words as printed."""
    region: str | None
    cell: IndicatorCell
    agreement: Agreement
    difference: float | None
    """Claim minus document in the claim's unit; ``None`` where years differ."""


@dataclass(frozen=True, slots=True)
class ClaimView:
    claim_id: int
    text: str
    """The sentence."""
    subject: str
    """What is measured, as the text has it."""
    value: str
    """The figure with its unit, as the text has it."""
    number: float
    """In the base unit (``Rp 1,2 miliar`` is 1200000000)."""
    unit: str | None
    kind: ClaimKind
    period: str | None
    """``2025``, ``2025-06``, ``2025-Q1`` or ``2025-H1``."""
    period_origin: ClaimPeriod
    region: str | None
    institution: str | None
    speaker: str | None
    speaker_id: str | None
    role: str | None
    speaker_institution: str | None
    statement_id: int | None
    statement_kind: StatementKind | None
    """``None`` for what the release tells itself."""
    date: str | None
    document_id: int
    title: str
    page: int
    page_label: str | None
    start: int
    """Offsets of the sentence in the page's text."""
    end: int
    value_start: int
    value_end: int
    source: str | None
    """Address of the document, else its file name."""
    method: str
    confidence: float
    pairs: tuple[ClaimPair, ...] = ()
    """Numbers of documents: those of the same year first."""

    @property
    def office(self) -> str:
        """Role and institution of the speaker as one phrase, ``""`` where neither is known."""
        return with_institution(self.role or "", self.speaker_institution).strip()

    @property
    def agreement(self) -> Agreement | None:
        """That of the nearest pair, in the order of :data:`Agreement`."""
        found = {pair.agreement for pair in self.pairs}
        return next((one for one in get_args(Agreement) if one in found), None)


@dataclass(frozen=True, slots=True)
class ClaimResult:
    total: int
    claims: tuple[ClaimView, ...]
    per_year: tuple[YearCount, ...] = ()
    """All matching claims by the year of their documents."""

    def frame(self) -> pd.DataFrame:
        """One line a claim, with the number of the nearest pair where there is one."""
        frame = frame_of(self.claims)
        nearest = [claim.pairs[0] if claim.pairs else None for claim in self.claims]
        frame["agreement"] = [claim.agreement for claim in self.claims]
        frame["document_value"] = [pair.cell.value_text if pair else None for pair in nearest]
        frame["document_title"] = [pair.cell.title if pair else None for pair in nearest]
        frame["document_page"] = [
            (pair.cell.page_label or str(pair.cell.page)) if pair else None for pair in nearest
        ]
        return frame.drop(columns=["pairs"], errors="ignore")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One indicator and year on which plans or reports state different numbers."""

    indicator: str
    norm: str
    region: str | None
    unit: str | None
    year: int
    kind: NumberKind
    cells: tuple[IndicatorCell, ...]
    """One a document and stage, plans from the long to the short term."""


@dataclass(frozen=True, slots=True)
class DisagreementResult:
    total: int
    disagreements: tuple[Disagreement, ...]

    def frame(self) -> pd.DataFrame:
        """One line a number."""
        import pandas as pd

        rows = [
            {
                "indicator": d.indicator,
                "region": d.region,
                "year": d.year,
                "kind": d.kind,
                "value": c.value,
                "value_text": c.value_text,
                "unit": c.unit or d.unit,
                "doc_type": c.doc_type,
                "stage": c.stage,
                "title": c.title,
                "document_id": c.document_id,
                "page": c.page,
                "page_label": c.page_label,
            }
            for d in self.disagreements
            for c in d.cells
        ]
        return pd.DataFrame(rows)


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One number that another version of a plan states otherwise."""

    indicator: str
    unit: str | None
    year: int
    kind: NumberKind
    before: IndicatorCell
    after: IndicatorCell
    difference: float | None
    """After minus before, in ``unit``; ``None`` where words or units differ."""


@dataclass(frozen=True, slots=True)
class PlannedIndicator:
    """An indicator that only one of two versions has."""

    indicator: str
    unit: str | None
    cells: tuple[IndicatorCell, ...]


@dataclass(frozen=True, slots=True)
class FigureChanges:
    """What changed from ``document_id`` to ``other_id``."""

    document_id: int
    other_id: int
    changed: tuple[FigureChange, ...]
    added: tuple[PlannedIndicator, ...]
    dropped: tuple[PlannedIndicator, ...]
    unchanged: int
    """Numbers that both state alike."""
