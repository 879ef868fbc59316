"""Questions to a knowledge base: what is found by words, and what goes with a query."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kb.explore import views as v
from kb.explore.sources import Sources
from kb.model import Sort


class SearchQuestions:
    """What is found by words, and what goes with a query."""

    _sources: Sources

    def search(
        self,
        query: str,
        *,
        years: Sequence[int] = (),
        institutions: Sequence[str] = (),
        officials: Sequence[str] = (),
        places: Sequence[str] = (),
        types: Sequence[str] = (),
        date_from: str | None = None,
        date_to: str | None = None,
        documents: Sequence[int] = (),
        figures: bool = False,
        sort: Sort = "relevance",
        limit: int = 10,
        offset: int = 0,
        group: bool = False,
        pages_per_document: int = 3,
        facet_limit: int = 50,
        entities: int = 3,
        meaning: bool = True,
        withdrawn: bool = False,
    ) -> v.SearchResult:
        """Pages that match ``query``, filtered, with facet counts over all hits.

        ``group=False``: ``hits`` are passages and ``limit``/``offset`` count them.
        ``group=True``: ``cards`` are documents with up to ``pages_per_document``
        passages each, near-duplicates folded under the best of them, and
        ``limit``/``offset`` count documents. ``types`` are keys of
        ``doctypes.toml`` or their labels; ``figures`` asks for pages that state a figure, in
        running text or as an indicator. ``entities`` is how many matching
        entities to put first (0: none). With ``meaning`` a question, or three words and
        more, is asked by meaning as well where the base has vectors (``kb embed``); hits
        found so alone say it in ``found_by`` and are in no total and no facet. An empty
        query with filters lists all their pages, newest first. After zero hits ``advice``
        says which filter to drop and how many hits that gives. ``withdrawn=True`` asks the
        documents that their sources took back, which are in no other result; names are not
        told of them.
        """
        from kb.explore import search
        from kb.explore.question import Question

        return search.search(
            self._sources,
            Question(
                query,
                years=tuple(years),
                institutions=tuple(institutions),
                officials=tuple(officials),
                places=tuple(places),
                types=tuple(types),
                date_from=date_from,
                date_to=date_to,
                documents=tuple(documents),
                figures=figures,
            ),
            sort=sort,
            limit=limit,
            offset=offset,
            group=group,
            pages_per_document=pages_per_document,
            facet_limit=facet_limit,
            entities=entities,
            meaning=meaning,
            withdrawn=withdrawn,
        )

    def who_mentions(
        self,
        query: str,
        *,
        years: Sequence[int] = (),
        institutions: Sequence[str] = (),
        places: Sequence[str] = (),
        types: Sequence[str] = (),
        date_from: str | None = None,
        date_to: str | None = None,
        figures: bool = False,
        limit: int = 10,
    ) -> tuple[v.Speaker, ...]:
        """Officials by how much they say about ``query``: statements first, then pages."""
        from kb.explore import speakers
        from kb.explore.question import Question

        question = Question(
            query,
            years=tuple(years),
            institutions=tuple(institutions),
            places=tuple(places),
            types=tuple(types),
            date_from=date_from,
            date_to=date_to,
            figures=figures,
        )
        return speakers.who_mentions(self._sources, question, limit=limit)

    def ask_many(
        self, lines: Sequence[str], progress: Callable[[int], None] = lambda done: None
    ) -> tuple[v.Asked, ...]:
        """What the base has of each of these names, at most 5,000 at once.

        A line's words must stand one after the other. Lines that nothing has come with names
        of the base that have their words or are spelt nearly so. ``progress`` hears how many lines
        were looked for. Raises ``QueryError`` for too many lines.
        """
        from kb.explore import many

        return many.ask_many(self._sources, lines, progress)

    def complete(self, prefix: str, limit: int = 8) -> tuple[v.Completion, ...]:
        """Offers while typing: entities, titles, then words and phrases of the corpus."""
        from kb.explore import related

        return related.complete(self._sources, prefix, limit)

    def related_terms(self, query: str, limit: int = 10) -> tuple[str, ...]:
        """Words that stand unusually often on the pages that match ``query``."""
        from kb.explore import related

        return related.related_terms(self._sources, query, limit)
