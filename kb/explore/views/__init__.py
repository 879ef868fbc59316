"""What the app and the command line show: frozen dataclasses, no behaviour beyond
frames and looking up what they hold.

Everything here is plain text from hostile documents: the screen that shows it
escapes it. Dates are ISO 8601 strings or prefixes of them; confidence is 0 to
1; page numbers are physical and start at 1; counts say in their docstring what
they count.

A module of them is loaded with the first of its names that is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kb.explore.views.plain import frame_of, plain

if TYPE_CHECKING:
    from kb.explore.views.answers import Answer, AnswerLine
    from kb.explore.views.arrivals import (
        Popular,
        ReadCount,
        SourcePage,
        SourceRef,
        SourceView,
    )
    from kb.explore.views.claims import (
        ClaimPair,
        ClaimResult,
        ClaimView,
        Disagreement,
        DisagreementResult,
        FigureChange,
        FigureChanges,
        PlannedIndicator,
    )
    from kb.explore.views.documents import (
        Box,
        Change,
        Citation,
        Described,
        DocumentView,
        MentionView,
        OriginalView,
        OutlineEntry,
        PageImage,
        PagePlaces,
        PageRef,
        PageView,
        PageWord,
        SharedPassage,
        SimilarPassage,
        Span,
        TableView,
        VersionChanges,
    )
    from kb.explore.views.doubts import (
        Decider,
        Doubt,
        DoubtfulArrival,
        DoubtfulIssuer,
        DoubtfulNumber,
        DoubtfulOffice,
        DoubtfulPage,
        DoubtfulPair,
        DoubtKind,
        Doubts,
        NewDocument,
    )
    from kb.explore.views.entities import (
        Comparison,
        CoOccurrence,
        EntityKind,
        EntityLink,
        EntityList,
        EntityPage,
        EntitySummary,
        Graph,
        OfficeEvidence,
        OfficeHolder,
        OfficeTerm,
        Wording,
    )
    from kb.explore.views.home import Correction, FileProblem, HomeView
    from kb.explore.views.many import Asked, NamedIn
    from kb.explore.views.maps import MapPoint, PlaceMap
    from kb.explore.views.refs import (
        ActiveFilter,
        DocumentRef,
        EntityBadge,
        FilterAdvice,
        IndicatorCell,
        YearCount,
    )
    from kb.explore.views.search import (
        Completion,
        DocumentCard,
        RowHit,
        SearchHit,
        SearchResult,
        Speaker,
    )
    from kb.explore.views.series import (
        Event,
        EventKind,
        IndicatorResult,
        IndicatorView,
        IndicatorYear,
        Timeline,
        TrendPoint,
        Trends,
        TrendSeries,
    )
    from kb.explore.views.statements import Around, SimilarStatement, StatementResult, StatementView
    from kb.explore.views.wording import with_institution

__all__ = [
    "ActiveFilter",
    "Answer",
    "AnswerLine",
    "Around",
    "Asked",
    "Box",
    "Change",
    "Citation",
    "ClaimPair",
    "ClaimResult",
    "ClaimView",
    "CoOccurrence",
    "Comparison",
    "Completion",
    "Correction",
    "Decider",
    "Described",
    "Disagreement",
    "DisagreementResult",
    "DocumentCard",
    "DocumentRef",
    "DocumentView",
    "Doubt",
    "DoubtKind",
    "DoubtfulArrival",
    "DoubtfulIssuer",
    "DoubtfulNumber",
    "DoubtfulOffice",
    "DoubtfulPage",
    "DoubtfulPair",
    "Doubts",
    "EntityBadge",
    "EntityKind",
    "EntityLink",
    "EntityList",
    "EntityPage",
    "EntitySummary",
    "Event",
    "EventKind",
    "FigureChange",
    "FigureChanges",
    "FileProblem",
    "FilterAdvice",
    "Graph",
    "HomeView",
    "IndicatorCell",
    "IndicatorResult",
    "IndicatorView",
    "IndicatorYear",
    "MapPoint",
    "MentionView",
    "NamedIn",
    "NewDocument",
    "OfficeEvidence",
    "OfficeHolder",
    "OfficeTerm",
    "OriginalView",
    "OutlineEntry",
    "PageImage",
    "PagePlaces",
    "PageRef",
    "PageView",
    "PageWord",
    "PlaceMap",
    "PlannedIndicator",
    "Popular",
    "ReadCount",
    "RowHit",
    "SearchHit",
    "SearchResult",
    "SharedPassage",
    "SimilarPassage",
    "SimilarStatement",
    "SourcePage",
    "SourceRef",
    "SourceView",
    "Span",
    "Speaker",
    "StatementResult",
    "StatementView",
    "TableView",
    "Timeline",
    "TrendPoint",
    "TrendSeries",
    "Trends",
    "VersionChanges",
    "Wording",
    "YearCount",
    "frame_of",
    "plain",
    "with_institution",
]

_NAMES = {
    "claims": """ClaimPair ClaimResult ClaimView Disagreement DisagreementResult FigureChange
        FigureChanges PlannedIndicator""",
    "answers": "Answer AnswerLine",
    "arrivals": "Popular ReadCount SourcePage SourceRef SourceView",
    "documents": """
        Box Change Citation Described DocumentView MentionView OriginalView
        OutlineEntry PageImage PagePlaces PageRef PageView PageWord SharedPassage SimilarPassage
        Span TableView VersionChanges
    """,
    "doubts": """
        Decider Doubt DoubtfulArrival DoubtfulIssuer DoubtfulNumber DoubtfulOffice DoubtfulPage
        DoubtfulPair DoubtKind Doubts NewDocument
    """,
    "entities": """
        Comparison CoOccurrence EntityKind EntityLink EntityList EntityPage EntitySummary Graph
        OfficeEvidence OfficeHolder OfficeTerm Wording
    """,
    "home": "Correction FileProblem HomeView",
    "many": "Asked NamedIn",
    "maps": "MapPoint PlaceMap",
    "refs": "ActiveFilter DocumentRef EntityBadge FilterAdvice IndicatorCell YearCount",
    "search": """
        Completion DocumentCard RowHit SearchHit
        SearchResult Speaker
    """,
    "series": """
        Event EventKind IndicatorResult IndicatorView IndicatorYear
        Timeline TrendPoint Trends TrendSeries
    """,
    "statements": "Around SimilarStatement StatementResult StatementView",
    "wording": "with_institution",
}
_HOMES = {name: module for module, names in _NAMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kb.explore.views' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"kb.explore.views.{_HOMES[name]}"), name)
