"""Questions to a knowledge base: what happens over time: events, counts and indicators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from kb.explore import views as v
from kb.explore.sources import Sources


class SeriesQuestions:
    """What happens over time: events, counts and indicators."""

    _sources: Sources

    def timeline(
        self,
        subject: str,
        *,
        date_from: str | None = None,
        date_to: str | None = None,
        kinds: Sequence[v.EventKind] = (),
        limit: int | None = None,
    ) -> v.Timeline:
        """Dated events of an entity (id or its exact name) or of a query.

        Documents, statements, offices begun and ended. With ``limit`` the most
        recent events are kept.
        """
        from kb.explore import timeline

        return timeline.timeline(
            self._sources,
            subject,
            date_from=date_from,
            date_to=date_to,
            kinds=tuple(kinds),
            limit=limit,
        )

    def trends(
        self,
        terms: Sequence[str],
        *,
        institutions: Sequence[str] = (),
        types: Sequence[str] = (),
        places: Sequence[str] = (),
        year_from: int | None = None,
        year_to: int | None = None,
        by: Literal["covered", "published"] = "covered",
    ) -> v.Trends:
        """Passages by year for each term (a query or an entity id), with denominators.

        ``covered``: a page counts in every year its document covers (as the year filter
        does), up to the year of the latest document unless ``year_to`` asks for more;
        ``published``: in the year of the document's date.
        """
        from kb.explore import trends

        return trends.trends(
            self._sources,
            terms,
            institutions=tuple(institutions),
            types=tuple(types),
            places=tuple(places),
            year_from=year_from,
            year_to=year_to,
            by=by,
        )

    def indicators_named(self, wanted: Sequence[tuple[str, str]]) -> tuple[v.IndicatorView, ...]:
        """Indicators by normal form and region (``""`` for none), with all their years; what
        is not there is left out, of more than six the rest."""
        from kb.explore import indicators

        return indicators.named(self._sources, wanted)

    def indicators(
        self,
        query: str | None = None,
        *,
        years: Sequence[int] = (),
        institution: str | Sequence[str] | None = None,
        document: int | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> v.IndicatorResult:
        """Indicators whose words hold ``query``: target against realisation by year.

        ``institution`` is the responsible agency as the table names it, or the
        issuer of the document.
        """
        from kb.explore import indicators

        return indicators.indicators(
            self._sources,
            query,
            years=tuple(years),
            institution=institution,
            document=document,
            limit=limit,
            offset=offset,
        )
