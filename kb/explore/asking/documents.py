"""Questions to a knowledge base: documents, their pages and tables, what two of them share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from kb.explore import views as v
from kb.explore.sources import Sources


class DocumentQuestions:
    """Documents, their pages and tables, and what they share with others."""

    _sources: Sources

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
        withdrawn: bool = False,
    ) -> tuple[int, tuple[v.DocumentRef, ...]]:
        """How many documents there are, and one page of them.

        ``withdrawn=True``: those that their sources took back, which are not among the others.
        """
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
            withdrawn=withdrawn,
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
        width: int = 0,
    ) -> v.PageImage | None:
        """The page as the PDF shows it, hits (and entities) boxed.

        ``scale`` is in pixels a point; ``width`` in pixels, whatever the scale would be.

        ``None`` for a document that is not a PDF. Where the picture cannot be had
        ``problem`` says why.
        """
        from kb.explore import pictures

        return pictures.page_image(self._sources, document_id, page, query, entities, scale, width)

    def page_places(
        self,
        document_id: int,
        page: int,
        *,
        query: str | None = None,
        entities: bool = False,
        statement: int | None = None,
    ) -> v.PagePlaces:
        """Where on the page's picture its words stand, hits, entities and a statement of it.

        Nothing is drawn: this and ``page_image`` can be asked for side by side.
        """
        from kb.explore import pictures

        return pictures.page_places(self._sources, document_id, page, query, entities, statement)

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

    def original(self, document_id: int, sha256: str) -> Path | None:
        """The file of one of ``DocumentView.originals``, where it is still at its place.

        Raises ``NotFound`` for bytes that the document's address never gave.
        """
        from kb.explore import proof

        return proof.original(self._sources, document_id, sha256)

    def compare_versions(
        self, document_id: int, version: int, other: int | None = None
    ) -> v.VersionChanges:
        """What changed from one version of a document to another (without ``other``: to the
        present one), paragraph by paragraph. Raises ``NotFound``."""
        from kb.explore import versions

        return versions.compare(self._sources, document_id, version, other)

    def plan_versions(self, document_id: int) -> tuple[v.DocumentRef, ...]:
        """Other versions of this plan or report: documents of its type, issuer and years with
        targets of the same indicators, most alike first. Raises ``NotFound``."""
        from kb.explore import replanned

        return replanned.plan_versions(self._sources, document_id)

    def figure_changes(self, document_id: int, other_id: int) -> v.FigureChanges:
        """What changed from one version of a plan to another: numbers of one indicator, year and
        kind that differ, indicators that came, and that went. Raises ``NotFound``."""
        from kb.explore import replanned

        return replanned.figure_changes(self._sources, document_id, other_id)

    def cite(
        self,
        document_id: int,
        *,
        page: int | None = None,
        statement: int | None = None,
        accessed: str | None = None,
    ) -> v.Citation:
        """A reference to the document, one page of it, or one statement in it.

        It tells the day on which our copy was last seen at its address; of a document whose
        bytes are not kept, ``accessed`` (ISO 8601).
        """
        from kb.explore import cite

        return cite.cite(self._sources, document_id, page, statement, accessed)

    def related(self, document_id: int, limit: int = 8) -> tuple[v.DocumentRef, ...]:
        """More like this: documents that share rare words and entities, best first.

        Near-duplicates are left out (``DocumentView.duplicates`` has them).
        """
        from kb.explore import related

        return related.related(self._sources, document_id, limit)

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
