"""Questions to a knowledge base: what was claimed, and where plans disagree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from kb.explore import views as v
from kb.explore.sources import Sources
from kb.model import ClaimKind


class ClaimQuestions:
    """What was said beside what was planned and reached."""

    _sources: Sources

    def claims(
        self,
        query: str | None = None,
        *,
        official: str | Sequence[str] | None = None,
        indicator: str | None = None,
        years: Sequence[int] = (),
        agreement: Literal["same", "differs", "paired"] | None = None,
        kind: ClaimKind | None = None,
        document: int | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> v.ClaimResult:
        """Figures that texts state about something measured, latest document first.

        ``query``: words of the sentence; ``indicator``: the name of what is measured; ``years``:
        those the figure is of; ``official``: who said it. Each comes with the numbers planning
        documents print of the same thing and region; ``agreement`` keeps those whose number is
        the ``same``, ``differs``, or that have any (``paired``). No verdict is passed.
        """
        from kb.explore import claims

        return claims.claims(
            self._sources,
            query,
            official=official,
            indicator=indicator,
            years=tuple(years),
            agreement=agreement,
            kind=kind,
            document=document,
            limit=limit,
            offset=offset,
        )

    def claim(self, claim_id: int) -> v.ClaimView:
        """One claim by its id. Raises ``NotFound``."""
        from kb.explore import claims

        return claims.claim(self._sources, claim_id)

    def claims_of_statements(self, ids: Sequence[int]) -> dict[int, tuple[v.ClaimView, ...]]:
        """For each of these statements its figures that stand beside a printed number."""
        from kb.explore import claims

        with self._sources.read() as connection:
            return claims.of_statements(self._sources, connection, ids)

    def disagreements(
        self,
        query: str | None = None,
        *,
        years: Sequence[int] = (),
        institution: str | Sequence[str] | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> v.DisagreementResult:
        """Indicators and years on which documents state different numbers, each with its page.

        RPJMD against RKPD against Perkin against LKjIP, and a plan against its change.
        """
        from kb.explore import disagreement

        return disagreement.disagreements(
            self._sources,
            query,
            years=tuple(years),
            institution=institution,
            limit=limit,
            offset=offset,
        )
