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

from collections.abc import Callable, Collection
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from kb.config import Settings, load_settings
from kb.explore import views as v
from kb.explore.asking import (
    ClaimQuestions,
    DocumentQuestions,
    EntityQuestions,
    SearchQuestions,
    SeriesQuestions,
    StatementQuestions,
)
from kb.explore.sources import Sources

if TYPE_CHECKING:
    from kb.explore.export import Table
    from kb.explore.workbook import Sheet

ExportWhat = Literal[
    "search", "statements", "entities", "timeline", "indicators", "claims", "documents"
]


class KnowledgeBase(
    SearchQuestions,
    DocumentQuestions,
    StatementQuestions,
    EntityQuestions,
    SeriesQuestions,
    ClaimQuestions,
):
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

    # --- whole -------------------------------------------------------------------

    def home(self) -> v.HomeView:
        """What this base holds: counts, latest documents, most mentioned, examples."""
        from kb.explore import home

        return home.home(self._sources)

    def sources(self) -> tuple[v.SourceView, ...]:
        """Where documents come in by themselves, by name."""
        from kb.explore import arrivals

        return arrivals.sources(self._sources)

    def source(self, source: str | int, *, limit: int = 20, offset: int = 0) -> v.SourcePage:
        """One source by name or number: its latest documents, and those read most.

        Raises ``NotFound``.
        """
        from kb.explore import arrivals

        return arrivals.source(self._sources, str(source), limit, offset)

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

    def sheets(
        self,
        what: ExportWhat,
        query: str | None = None,
        *,
        word: Callable[[str], str],
        root: str = "",
        **options: object,
    ) -> tuple[Sheet, ...]:
        """The whole result as readers have it on the screen: columns in the language of ``word``
        (keys of the interface), links to the app at ``root``; of indicators a row an indicator
        with the years across, then every number."""
        from kb.explore import sheets

        return sheets.sheets(self, what, query, options, word, root)

    # --- what staff decided (they decide at ``kb.staff.Desk``) --------------------

    def surfaces(self, entity: str, *, limit: int = 50) -> dict[str, int]:
        """How documents write an entity, with how often; most often first."""
        from kb.explore import corrections

        return corrections.surfaces(self._sources, entity, limit)

    def corrections(self, *, undone: bool = False) -> tuple[v.Correction, ...]:
        """What staff decided, latest first; with ``undone`` also what was taken back."""
        from kb.explore import corrections

        return corrections.listed(self._sources, undone=undone)

    def doubts(
        self,
        kind: v.DoubtKind | None = None,
        *,
        skip: Collection[str] = (),
        shown: str | None = None,
    ) -> v.Doubts:
        """What waits for a decision of staff (of one kind): the first with its evidence, how
        many are left, who decided how many. ``skip``: keys of those that were put off; ``shown``:
        the key of one that is asked after."""
        from kb.explore import doubts

        return doubts.doubts(self._sources, kind, skip, shown)

    def new_documents(
        self, source: str | int | None = None, *, limit: int = 20, offset: int = 0
    ) -> tuple[int, tuple[v.NewDocument, ...]]:
        """How many documents sources (or one, by name, number or address) brought that nobody of
        staff looked at as they are, and some of them, those that came in last first."""
        from kb.explore import arrivals

        given = None if source is None else str(source)
        return arrivals.new_documents(self._sources, given, limit, offset)

    def corrected(self, documents: Collection[int]) -> dict[tuple[str, int], v.Correction]:
        """Which rows of these documents stand as a person corrected them: table (``offices``,
        ``statements``, ``mentions``, ``indicators``) and number to the correction; of
        ``documents`` with the document's number."""
        from kb.explore import corrections

        return corrections.changed(self._sources, documents)


def open_kb(home: str | Path | Settings | None = None) -> KnowledgeBase:
    """Open the knowledge base at ``home`` (default: ``$KB_HOME``, else ``index/``).

    Raises ``CatalogError`` where there is none yet or it is damaged, ``ConfigError``
    for a wrong setting. A stale or damaged search index is no error here:
    ``index_problem`` tells, and searching raises ``IndexStale``.
    """
    return KnowledgeBase(home if isinstance(home, Settings) else load_settings(home))
