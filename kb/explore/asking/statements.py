"""Questions to a knowledge base: who said what."""

from __future__ import annotations

from collections.abc import Sequence

from kb.explore import views as v
from kb.explore.sources import Sources
from kb.model import Sort, StatementKind


class StatementQuestions:
    """Who said what."""

    _sources: Sources

    def statements(
        self,
        query: str | None = None,
        *,
        speaker: str | Sequence[str] | None = None,
        institution: str | Sequence[str] | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        kind: StatementKind | None = None,
        document: int | None = None,
        min_confidence: float = 0.0,
        sort: Sort = "newest",
        limit: int = 20,
        offset: int = 0,
        fold: bool = True,
        withdrawn: bool = False,
    ) -> v.StatementResult:
        """Statements that hold all words of ``query``, by who, where and when.

        ``institution`` is the speaker's. ``fold=True`` counts the same statement
        in near-duplicate documents once (``also_in`` names the others). ``withdrawn``:
        those in documents that their sources took back, which are in no other answer.
        """
        from kb.explore import statements
        from kb.explore.withdrawn import seen

        return statements.statements(
            seen(self._sources, withdrawn=withdrawn),
            query,
            speaker=speaker,
            institution=institution,
            date_from=date_from,
            date_to=date_to,
            kind=kind,
            document=document,
            min_confidence=min_confidence,
            sort=sort,
            limit=limit,
            offset=offset,
            fold=fold,
        )

    def statement(self, statement_id: int) -> v.StatementView:
        """One statement by its id (below nought: of a withdrawn document), also by one it had
        before its document was read or tagged anew.

        Raises ``Gone`` where it is a statement no longer, ``NotFound`` for any other number.
        """
        from kb.explore import statements

        return statements.statement(self._sources, statement_id)

    def around(self, statements: Sequence[v.StatementView]) -> dict[int, v.Around]:
        """By the ids of these statements: the sentence before each and the one after."""
        from kb.explore import context

        return context.around(self._sources, statements)

    def similar_statements(
        self, statement_id: int, limit: int = 8
    ) -> tuple[v.SimilarStatement, ...]:
        """What others (or the same person at another time) said to much the same effect.

        Nearest first, the same words once; none where the base has no vectors (``kb
        embed``). Raises ``NotFound``.
        """
        from kb.explore import alike

        return alike.similar_statements(self._sources, statement_id, limit)
