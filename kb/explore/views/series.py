"""Things over time: timeline, trends, indicators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kb.explore.views.entities import EntitySummary
from kb.explore.views.plain import frame_of
from kb.explore.views.refs import ActiveFilter, IndicatorCell
from kb.model import NUMBER_KINDS, Facet, NumberKind

if TYPE_CHECKING:
    import pandas as pd


EventKind = Literal["document", "statement", "office_begin", "office_named", "office_end"]


@dataclass(frozen=True, slots=True)
class Event:
    date: str
    kind: EventKind
    title: str
    document_id: int | None
    page: int | None
    text: str
    entity_id: str | None = None
    """The person whose office or statement it is."""
    source: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Timeline:
    subject: str
    """The entity's name, or the query."""
    entity: EntitySummary | None
    events: tuple[Event, ...]
    """In order of date."""
    total: int
    """Events before the limit was applied."""
    span: tuple[str, str] | None = None
    """First and last date of all events, whatever range was asked for."""

    def frame(self) -> pd.DataFrame:
        return frame_of(self.events)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    year: int
    count: int
    """Matching passages dated (or covering) that year."""
    total: int
    """All passages of that year under the same filters: the denominator."""

    @property
    def share(self) -> float:
        """``count / total``; 0 where there are no passages."""
        return self.count / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class TrendSeries:
    label: str
    term: str
    entity_id: str | None
    total: int
    points: tuple[TrendPoint, ...]
    by_institution: tuple[Facet, ...] = ()
    by_type: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class Trends:
    series: tuple[TrendSeries, ...]
    years: tuple[int, ...]
    filters: tuple[ActiveFilter, ...] = ()

    def frame(self) -> pd.DataFrame:
        """Long form: ``label, year, count, total, share``."""
        import pandas as pd

        rows = [(s.label, p.year, p.count, p.total, p.share) for s in self.series for p in s.points]
        return pd.DataFrame(rows, columns=["label", "year", "count", "total", "share"])


@dataclass(frozen=True, slots=True)
class IndicatorYear:
    """Target against realisation in one year; several documents may state either."""

    year: int
    baseline: IndicatorCell | None
    target: IndicatorCell | None
    """From the latest document that states it."""
    realisation: IndicatorCell | None
    others: tuple[IndicatorCell, ...] = ()
    """Numbers other documents state for the same year."""

    falls: bool = False
    """Less is better: the target is reached at or below it."""

    def cell(self, kind: NumberKind) -> IndicatorCell | None:
        """The number of that kind that stands in the table."""
        of: dict[NumberKind, IndicatorCell | None] = {
            "baseline": self.baseline,
            "target": self.target,
            "realisation": self.realisation,
        }
        return of[kind]

    @property
    def cells(self) -> tuple[IndicatorCell, ...]:
        """The numbers that stand in the table, in the order of its columns."""
        return tuple(cell for kind in NUMBER_KINDS if (cell := self.cell(kind)) is not None)

    @property
    def met(self) -> bool | None:
        """Whether the target was reached; ``None`` where the two cannot be compared."""
        pair = self._pair()
        if pair is None:
            return None
        target, reached = pair
        return reached <= target if self.falls else reached >= target

    @property
    def attainment(self) -> float | None:
        """What was reached as a share of the target; where less is better (2 x target -
        realisation) / target, as PermenPAN-RB 53/2014 has it.

        ``None`` where either is no number, units differ or a share means nothing: targets of
        nothing, negative numbers and ranks.
        """
        pair = self._pair()
        if pair is None or pair[0] <= 0 or pair[1] < 0:
            return None
        target, reached = pair
        share = (2 * target - reached) / target if self.falls else reached / target
        return share if share >= 0 else None

    def _pair(self) -> tuple[float, float] | None:
        if self.target is None or self.realisation is None:
            return None
        units = {_unit(self.target), _unit(self.realisation)} - {""}
        if len(units) > 1 or any("peringkat" in unit or "ranking" in unit for unit in units):
            return None
        if self.target.value is None or self.realisation.value is None:
            return None
        return self.target.value, self.realisation.value


def _unit(cell: IndicatorCell) -> str:
    """The unit in small letters, percent written one way."""
    unit = " ".join((cell.unit or "").casefold().strip(" ().").split())
    return "%" if unit in {"persen", "persentase", "prosentase", "percent"} else unit


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One indicator across documents."""

    norm: str
    name: str
    names: tuple[str, ...]
    """All wordings found, most frequent first."""
    unit: str | None
    agency: str | None
    institutions: tuple[str, ...]
    years: tuple[IndicatorYear, ...]
    documents: int
    region: str | None = None
    """The region whose numbers these are (``Kabupaten Lebak``)."""
    falls: bool = False
    """Less is better."""


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    total: int
    indicators: tuple[IndicatorView, ...]

    def frame(self) -> pd.DataFrame:
        """One line for each number: ``indicator, region, unit, year, kind, value, ...``."""
        import pandas as pd

        rows = [
            {
                "indicator": i.name,
                "region": i.region,
                "unit": c.unit or i.unit,
                "agency": i.agency,
                "year": c.year,
                "kind": c.kind,
                "value": c.value,
                "value_text": c.value_text,
                "document_id": c.document_id,
                "title": c.title,
                "page": c.page,
                "page_label": c.page_label,
            }
            for i in self.indicators
            for y in i.years
            for c in (y.baseline, y.target, y.realisation, *y.others)
            if c is not None
        ]
        return pd.DataFrame(rows)
