"""The facade over catalog and search that the app, the command line and scripts use.

``open_kb(home)`` gives a ``KnowledgeBase``: open for reading while another
process may be writing. Methods return plain dataclasses (``kb.explore.views``).
They raise ``NotFound`` for an id that does not exist, ``QueryError`` for a call
that cannot be right (unknown sort, bad date) and ``IndexStale`` where the search
index must be rebuilt first (``kb.ingest.rebuild``).

Wherever an institution, official, place or speaker is asked for, an entity id
or a name does; several values are alternatives. Dates are ISO 8601, also ``2024``
and ``2024-03``; a range includes both ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from kb.config import Settings, load_settings
from kb.explore import views as v
from kb.explore.sources import Sources
from kb.model import Sort, StatementKind

if TYPE_CHECKING:
    from kb.explore.export import Table

ExportWhat = Literal["search", "statements", "entities", "timeline", "indicators", "documents"]


class KnowledgeBase:
    """One knowledge base, open for reading.

    Safe to share between threads. Call ``refresh`` (cheap, milliseconds when
    nothing changed) to see what was ingested since; ``search`` does it by itself
    at most once a second.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._sources = Sources(settings)

    # --- life ------------------------------------------------------------------

    @property
    def index_problem(self) -> str | None:
        """One sentence where the search index is stale or damaged, else ``None``.

        Everything but searching by words still works; call ``kb.ingest.rebuild``
        and then ``refresh``.
        """
        return self._sources.index_problem

    def refresh(self) -> bool:
        """See what was committed since opening; True where anything changed."""
        return self._sources.refresh()

    def close(self) -> None:
        """Close index and catalog; the object cannot be used afterwards."""
        self._sources.close()

    def __enter__(self) -> KnowledgeBase:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

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
    ) -> v.SearchResult:
        """Pages that match ``query``, filtered, with facet counts over all hits.

        ``group=False``: ``hits`` are passages and ``limit``/``offset`` count them.
        ``group=True``: ``cards`` are documents with up to ``pages_per_document``
        passages each, near-duplicates folded under the best of them, and
        ``limit``/``offset`` count documents. ``types`` are keys of
        ``doctypes.toml`` or their labels. ``entities`` is how many matching
        entities to put first (0: none). An empty query with filters lists all
        their pages, newest first. After zero hits ``advice`` says which filter to
        drop and how many hits that gives.
        """
        from kb.explore import search

        return search.search(
            self._sources,
            search.Question(
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
        from kb.explore import search

        question = search.Question(
            query,
            years=tuple(years),
            institutions=tuple(institutions),
            places=tuple(places),
            types=tuple(types),
            date_from=date_from,
            date_to=date_to,
        )
        return search.who_mentions(self._sources, question, limit=limit)

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
    ) -> v.Trends:
        """Passages by year for each term (a query or an entity id), with denominators."""
        from kb.explore import trends

        return trends.trends(
            self._sources,
            terms,
            institutions=tuple(institutions),
            types=tuple(types),
            places=tuple(places),
            year_from=year_from,
            year_to=year_to,
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

    # --- documents ---------------------------------------------------------------

    def documents(
        self,
        *,
        type: str | None = None,
        year: int | None = None,
        institution: str | None = None,
        title: str | None = None,
        sort: Literal["newest", "oldest", "title", "added"] = "newest",
        limit: int = 20,
        offset: int = 0,
    ) -> tuple[int, tuple[v.DocumentRef, ...]]:
        """How many documents there are, and one page of them."""
        from kb.explore import documents

        return documents.documents(
            self._sources,
            doc_type=type,
            year=year,
            institution=institution,
            title=title,
            sort=sort,
            limit=limit,
            offset=offset,
        )

    def document(self, document_id: int, *, query: str | None = None) -> v.DocumentView:
        """What the document is, its outline and pages; with ``query`` also where it hits."""
        from kb.explore import documents

        return documents.document(self._sources, document_id, query)

    def page(self, document_id: int, page: int, *, query: str | None = None) -> v.PageView:
        """One page's stored text with mentions, statements, tables and the query's hits."""
        from kb.explore import documents

        return documents.page(self._sources, document_id, page, query)

    def page_image(
        self,
        document_id: int,
        page: int,
        *,
        query: str | None = None,
        entities: bool = False,
        scale: float = 1.5,
    ) -> v.PageImage | None:
        """The page as the PDF shows it, hits (and entities) boxed.

        ``None`` for a document that is not a PDF or whose file is gone.
        """
        from kb.explore import documents

        return documents.page_image(self._sources, document_id, page, query, entities, scale)

    def tables(self, document_id: int, page: int | None = None) -> tuple[v.TableView, ...]:
        """Tables of a document, or of one page of it, in order."""
        from kb.explore import documents

        return documents.tables(self._sources, document_id, page)

    def document_file(self, document_id: int) -> Path | None:
        """The original file, where it is still at its place."""
        from kb.explore import documents

        return documents.document_file(self._sources, document_id)

    def cite(
        self,
        document_id: int,
        *,
        page: int | None = None,
        statement: int | None = None,
        accessed: str | None = None,
    ) -> v.Citation:
        """A reference to the document, one page of it, or one statement in it."""
        from kb.explore import cite

        return cite.cite(self._sources, document_id, page, statement, accessed)

    # --- whole -------------------------------------------------------------------

    def home(self) -> v.HomeView:
        """What this base holds: counts, latest documents, most mentioned, examples."""
        from kb.explore import home

        return home.home(self._sources)

    def failed_files(self, limit: int = 200) -> tuple[v.FileProblem, ...]:
        """Files that could not be read, with the reason."""
        from kb.explore import home

        return home.failed_files(self._sources, limit)

    def export_table(self, what: ExportWhat, query: str | None = None, **options: object) -> Table:
        """The whole result of ``search``, ``statements``, ... as a table with sources.

        ``options`` are those of the method of the same name, without ``limit``.
        """
        from kb.explore import export

        return export.table(self, what, query, options)

    def export(
        self, what: ExportWhat, to: str | Path, query: str | None = None, **options: object
    ) -> int:
        """Write the whole result to ``to`` (``.csv``, ``.xlsx`` or ``.json``); rows written."""
        from kb.explore import export

        return export.write(export.table(self, what, query, options), Path(to))

    def export_bytes(
        self,
        what: ExportWhat,
        format: Literal["csv", "xlsx", "json"],
        query: str | None = None,
        **options: object,
    ) -> bytes:
        """The whole result as the bytes of a file, for a download."""
        from kb.explore import export

        return export.encode(export.table(self, what, query, options), format)

    # --- what staff decide ---------------------------------------------------------

    def merge(self, entity: str, into: str, *, by: str | None = None) -> int:
        """Make one entity of two, for good; the number of the correction."""
        from kb.explore import corrections

        return corrections.merge(self._sources, entity, into, by)

    def rename(self, entity: str, name: str, *, by: str | None = None) -> int:
        """Give an entity another name, for good; the number of the correction."""
        from kb.explore import corrections

        return corrections.rename(self._sources, entity, name, by)

    def hide(self, entity: str, *, by: str | None = None) -> int:
        """Take a wrong entity out of lists and results, for good."""
        from kb.explore import corrections

        return corrections.hide(self._sources, entity, by)

    def undo(self, correction_id: int) -> None:
        """Take back a correction."""
        from kb.explore import corrections

        corrections.undo(self._sources, correction_id)

    def corrections(self) -> tuple[v.Correction, ...]:
        """What staff decided, latest first."""
        from kb.explore import corrections

        return corrections.corrections(self._sources)


def open_kb(home: str | Path | Settings | None = None) -> KnowledgeBase:
    """Open the knowledge base at ``home`` (default: ``$KB_HOME``, else ``index/``).

    Raises ``CatalogError`` where there is none yet or it is damaged, ``ConfigError``
    for a wrong setting. A stale or damaged search index is no error here:
    ``index_problem`` tells, and searching raises ``IndexStale``.
    """
    return KnowledgeBase(home if isinstance(home, Settings) else load_settings(home))
