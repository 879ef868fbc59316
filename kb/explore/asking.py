"""Questions to a knowledge base: the reading half of the facade in ``base``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from kb.explore import views as v
from kb.explore.sources import Sources
from kb.model import Sort, StatementKind


class Asking:
    """Search, statements, entities, and what happens over time."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources

    # --- search ----------------------------------------------------------------

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
        sort: Sort = "relevance",
        limit: int = 10,
        offset: int = 0,
        group: bool = False,
        pages_per_document: int = 3,
        facet_limit: int = 50,
        entities: int = 3,
        withdrawn: bool = False,
    ) -> v.SearchResult:
        """Pages that match ``query``, filtered, with facet counts over all hits.

        ``group=False``: ``hits`` are passages and ``limit``/``offset`` count them.
        ``group=True``: ``cards`` are documents with up to ``pages_per_document``
        passages each, near-duplicates folded under the best of them, and
        ``limit``/``offset`` count documents. ``types`` are keys of
        ``doctypes.toml`` or their labels. ``entities`` is how many matching
        entities to put first (0: none). An empty query with filters lists all
        their pages, newest first. After zero hits ``advice`` says which filter to
        drop and how many hits that gives. ``withdrawn=True`` asks the documents that
        their sources took back, which are in no other result; names are not told of them.
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
            ),
            sort=sort,
            limit=limit,
            offset=offset,
            group=group,
            pages_per_document=pages_per_document,
            facet_limit=facet_limit,
            entities=entities,
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
        )
        return speakers.who_mentions(self._sources, question, limit=limit)

    def complete(self, prefix: str, limit: int = 8) -> tuple[v.Completion, ...]:
        """Offers while typing: entities, titles, then words and phrases of the corpus."""
        from kb.explore import related

        return related.complete(self._sources, prefix, limit)

    def related(self, document_id: int, limit: int = 8) -> tuple[v.DocumentRef, ...]:
        """More like this: documents that share rare words and entities, best first.

        Near-duplicates are left out (``DocumentView.duplicates`` has them).
        """
        from kb.explore import related

        return related.related(self._sources, document_id, limit)

    def related_terms(self, query: str, limit: int = 10) -> tuple[str, ...]:
        """Words that stand unusually often on the pages that match ``query``."""
        from kb.explore import related

        return related.related_terms(self._sources, query, limit)

    def compare_texts(
        self, left: int, right: int, *, limit: int = 50
    ) -> tuple[v.SharedPassage, ...]:
        """Paragraphs that two documents share, with what changed between them."""
        from kb.explore import compare

        return compare.shared_passages(self._sources, left, right, limit)

    def similar_passages(
        self, document_id: int, page: int, limit: int = 10
    ) -> tuple[v.SimilarPassage, ...]:
        """More like this page: pages of other documents, near-duplicates first.

        ``compare_pages`` says what changed between the two. Raises ``NotFound``.
        """
        from kb.explore import similar

        return similar.similar_passages(self._sources, document_id, page, limit)

    def compare_pages(
        self, left: int, left_page: int, right: int, right_page: int
    ) -> tuple[v.SharedPassage, ...]:
        """Paragraphs that two pages share, with what changed between them, word by word."""
        from kb.explore import similar

        return similar.compare_pages(self._sources, left, left_page, right, right_page)

    # --- statements ------------------------------------------------------------

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
    ) -> v.StatementResult:
        """Statements that hold all words of ``query``, by who, where and when.

        ``institution`` is the speaker's. ``fold=True`` counts the same statement
        in near-duplicate documents once (``also_in`` names the others).
        """
        from kb.explore import statements

        return statements.statements(
            self._sources,
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
        """One statement by its id. Raises ``NotFound``."""
        from kb.explore import statements

        return statements.statement(self._sources, statement_id)

    # --- entities --------------------------------------------------------------

    def entities(
        self,
        query: str | None = None,
        *,
        type: v.EntityKind | None = None,
        sort: Literal["mentions", "name", "recent"] = "mentions",
        limit: int = 20,
        offset: int = 0,
    ) -> v.EntityList:
        """Entities whose name or alias holds ``query``, best match first.

        Without a query: all that documents mention, by ``sort``.
        """
        from kb.explore import entities

        return entities.entities(
            self._sources, query, kind=type, sort=sort, limit=limit, offset=offset
        )

    def entity(
        self, entity: str, *, statements: int = 10, documents: int = 20, co_occurring: int = 30
    ) -> v.EntityPage:
        """Everything known of one entity, by id (or an unambiguous name)."""
        from kb.explore import entities

        return entities.entity(
            self._sources,
            entity,
            statements=statements,
            documents=documents,
            co_occurring=co_occurring,
        )

    def compare(self, entities: Sequence[str]) -> v.Comparison:
        """Two or more entities side by side: offices, mentions, what they share."""
        from kb.explore import compare

        return compare.entities_side_by_side(self._sources, entities)

    def graph(self, entity: str, *, limit: int = 25) -> v.Graph:
        """The entity, those named with it most often, and the ties among them."""
        from kb.explore import compare

        return compare.graph(self._sources, entity, limit)

    def place_map(self, entity: str | None = None, *, limit: int = 600) -> v.PlaceMap:
        """Provinces, kabupaten and kota with their points: all that are named, by mentions.

        With ``entity`` those named on the same pages as it, by pages. Kecamatan, desa and
        kelurahan count for their kabupaten or kota.
        """
        from kb.explore import maps

        return maps.place_map(self._sources, entity, limit)

    # --- over time ---------------------------------------------------------------

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
