"""The facade over catalog and search that the app, the command line and scripts use.

``open_kb(home)`` gives a ``KnowledgeBase``: open for reading while another
process may be writing. Methods return plain dataclasses (``kb.explore.views``).
They raise ``NotFound`` for an id that does not exist, ``QueryError`` for a call
that cannot be right (unknown sort, bad date) and ``IndexStale`` where the search
index must be rebuilt first (``kb.ingest.rebuild``).

Wherever an institution, official, place or speaker is asked for, an entity id
or a name does; several values are alternatives. Dates are ISO 8601, also ``2024``
and ``2024-03``; a range includes both ends. Staff decide at
``kb.staff.Desk``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from kb.config import Settings, load_settings
from kb.explore import views as v
from kb.explore.claiming import Claiming
from kb.explore.sources import Sources

if TYPE_CHECKING:
    from kb.explore.export import Table

ExportWhat = Literal[
    "search", "statements", "entities", "timeline", "indicators", "claims", "documents"
]


class KnowledgeBase(Claiming):
    """One knowledge base, open for reading.

    Safe to share between threads. Call ``refresh`` (cheap, milliseconds when
    nothing changed) to see what was ingested since; ``search`` does it by itself
    at most once a second.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__(Sources(settings))

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

    @property
    def revision(self) -> str:
        """Changes whenever anything in the base does; what was computed of one holds for it."""
        return self._sources.seen_revision()

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

    def document(
        self, document_id: int, *, query: str | None = None, page: int = 1
    ) -> v.DocumentView:
        """What the document is, its outline and pages; with ``query`` also where it hits.

        Hits are counted on the matching pages around ``page``; of the others one is told.
        """
        from kb.explore import documents

        return documents.document(self._sources, document_id, query, page)

    def page(
        self,
        document_id: int,
        page: int,
        *,
        query: str | None = None,
        hit_pages: Sequence[int] | None = None,
    ) -> v.PageView:
        """One page's stored text with mentions, statements, tables and the query's hits.

        ``hit_pages``: those of ``DocumentView``, where they are known already.
        """
        from kb.explore import documents

        return documents.page(self._sources, document_id, page, query, hit_pages)

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

        ``None`` for a document that is not a PDF. Where the picture cannot be had
        ``problem`` says why.
        """
        from kb.explore import documents

        return documents.page_image(self._sources, document_id, page, query, entities, scale)

    def tables(
        self, document_id: int, page: int | None = None, *, number: int | None = None
    ) -> tuple[v.TableView, ...]:
        """Tables of a document, of one page of it, or the one with this number (from 1).

        Each has its ``page``, ``caption`` and, as a DataFrame, ``frame()``. Raises
        ``NotFound``.
        """
        from kb.explore import tables

        return tables.chosen(self._sources, document_id, page, number)

    def tables_bytes(
        self,
        document_id: int,
        format: Literal["csv", "xlsx", "json"],
        page: int | None = None,
        *,
        number: int | None = None,
    ) -> bytes:
        """The same tables as the bytes of a file, for a download."""
        from kb.explore import tables

        return tables.encode(self.tables(document_id, page, number=number), format)

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

    # --- what staff decided (they decide at ``kb.staff.Desk``) --------------------

    def surfaces(self, entity: str, *, limit: int = 50) -> dict[str, int]:
        """How documents write an entity, with how often; most often first."""
        from kb.explore import corrections

        return corrections.surfaces(self._sources, entity, limit)

    def corrections(self) -> tuple[v.Correction, ...]:
        """What staff decided, latest first."""
        from kb.explore import corrections

        return corrections.listed(self._sources)


def open_kb(home: str | Path | Settings | None = None) -> KnowledgeBase:
    """Open the knowledge base at ``home`` (default: ``$KB_HOME``, else ``index/``).

    Raises ``CatalogError`` where there is none yet or it is damaged, ``ConfigError``
    for a wrong setting. A stale or damaged search index is no error here:
    ``index_problem`` tells, and searching raises ``IndexStale``.
    """
    return KnowledgeBase(home if isinstance(home, Settings) else load_settings(home))
