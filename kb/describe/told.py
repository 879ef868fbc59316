"""What a document says that its tables leave out: its years, its kind, whose numbers it has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb import authority
from kb.describe.captions import Above
from kb.describe.column_words import quarter_in
from kb.describe.counted import Span
from kb.describe.front import doc_types
from kb.model import Description, NumberKind


@dataclass(frozen=True, slots=True)
class Told:
    """What the document says that its tables leave out."""

    only: int | None
    first: int | None
    last: int | None
    plan: bool
    report: bool
    """A report on what was reached, or statistics: years up to its own are results."""
    agency: str | None
    region: str | None
    """Kemendagri code of the document's region."""
    quarter: int | None = None
    """The quarter a report is about."""
    guessed: bool = False
    """Its year is only the one that its text names most."""

    @property
    def span(self) -> Span:
        """The years it covers."""
        return Span(self.first, self.last, self.report, self.plan)


def told_of(description: Description) -> Told:
    """The years, the kind, the agency and the region that the description says."""
    years = description.years.value if description.years else ()
    # The year of a signature or of a file is when it was written, not what it measures.
    weak = description.years is not None and bool(
        re.search(r"\b(?:date|made|publication)\b", description.years.rule)
    )
    key = description.doc_type.value if description.doc_type else ""
    kind = doc_types().get(key)
    places = authority.load().places
    return Told(
        only=years[0] if len(years) == 1 and not weak else None,
        first=min(years, default=None),
        last=max(years, default=None),
        plan=bool(kind) and (kind or {}).get("group") == "perencanaan",
        report=(kind or {}).get("group") == "pelaporan" or key == "statistik",
        agency=description.institution.value if description.institution else None,
        region=places.parse(description.region.value) if description.region else None,
        quarter=quarter_in(description.title.value) if key == "realisasi_triwulan" else None,
        guessed=description.years is not None and "most in the text" in description.years.rule,
    )


def bare_kind(year: int, above: Above, told: Told) -> NumberKind | None:
    """What a number below nothing but a year is."""
    if above.target != above.result:
        if above.result:
            return "realisation" if told.last is None or year <= told.last else None
        return "target"
    if above.target:
        return None
    if told.first is not None and year < told.first:
        return "realisation"
    if told.report and told.last is not None and year <= told.last:
        return "realisation"
    if told.plan and told.first is not None and told.last is not None:
        return "target" if told.first <= year <= told.last else None
    return None
