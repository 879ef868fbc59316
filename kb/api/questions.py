"""The API's lists: search, statements, entities, and what happens over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from kb.api.answers import (
    Base,
    Cursor,
    Day,
    Format,
    Limit,
    StatementId,
    Withdrawn,
    file_of,
    offset_of,
    public,
    tell_next,
)
from kb.explore import views as v
from kb.model import Sort, StatementKind

Names = Annotated[Sequence[str], Query(max_length=20)]
Years = Annotated[Sequence[int], Query(max_length=50)]
Words = Annotated[str, Query(max_length=1000)]
As = Annotated[
    Format, Query(description="`csv` and `ndjson` give the whole result as a file, no paging.")
]
FILES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {}, "application/x-ndjson": {}}}
}


def router(base: Base) -> APIRouter:
    """Questions to ``base``; parameters are those of the Python methods of the same name."""
    made = APIRouter(tags=["questions"])

    @made.get("/search", response_model=v.SearchResult, responses=FILES)
    def search(
        request: Request,
        response: Response,
        q: Words = "",
        years: Years = (),
        institutions: Names = (),
        officials: Names = (),
        places: Names = (),
        types: Names = (),
        date_from: Day = None,
        date_to: Day = None,
        figures: bool = False,
        withdrawn: Withdrawn = False,
        sort: Sort = "relevance",
        group: bool = False,
        meaning: bool = True,
        limit: Limit = 10,
        cursor: Cursor = None,
        format: As = "json",
    ) -> Any:
        """Pages that match, with facet counts over all hits; `group=true`: by document.

        In snippets hits stand between U+E000 and U+E001. A question, or three words and more,
        is asked by meaning as well where the base has vectors: pages without the words say
        `found_by: meaning`, and are in no total, no facet and no file. `meaning=false`: by
        words alone. `figures=true`: only pages that state a figure.
        """
        asked: dict[str, Any] = {
            "years": years,
            "institutions": institutions,
            "officials": officials,
            "places": places,
            "types": types,
            "date_from": date_from,
            "date_to": date_to,
            "figures": figures,
            "withdrawn": withdrawn,
            "sort": sort,
        }
        if format != "json":
            return file_of(base().export_table("search", q, **asked), format)
        offset = offset_of(cursor)
        found = base().search(q, **asked, limit=limit, offset=offset, group=group, meaning=meaning)
        shown = len(found.cards) if group else len(found.hits)
        total, more = found.total, found.meant
        if group:
            total, more = found.documents, found.meant_documents
        tell_next(request, response, offset, shown, total, more)
        return public(found)

    @made.get("/statements", response_model=v.StatementResult, responses=FILES)
    def statements(
        request: Request,
        response: Response,
        q: Words = "",
        speaker: Names = (),
        institution: Names = (),
        date_from: Day = None,
        date_to: Day = None,
        kind: StatementKind | None = None,
        min_confidence: Annotated[float, Query(ge=0, le=1)] = 0.0,
        sort: Sort = "newest",
        withdrawn: Withdrawn = False,
        limit: Limit = 20,
        cursor: Cursor = None,
        format: As = "json",
    ) -> Any:
        """Who said what, when, in which office, with the page."""
        asked: dict[str, Any] = {
            "speaker": list(speaker) or None,
            "institution": list(institution) or None,
            "date_from": date_from,
            "date_to": date_to,
            "kind": kind,
            "min_confidence": min_confidence,
            "sort": sort,
            "withdrawn": withdrawn,
        }
        if format != "json":
            return file_of(base().export_table("statements", q or None, **asked), format)
        offset = offset_of(cursor)
        found = base().statements(q or None, **asked, limit=limit, offset=offset)
        tell_next(request, response, offset, len(found.statements), found.total)
        return found

    @made.get("/statements/{statement_id}", response_model=v.StatementView)
    def statement(statement_id: StatementId) -> Any:
        """One statement; numbers below nought are of documents their sources took back."""
        return base().statement(statement_id)

    @made.get("/entities", response_model=v.EntityList, responses=FILES)
    def entities(
        request: Request,
        response: Response,
        q: Words = "",
        type: v.EntityKind | None = None,
        sort: Literal["mentions", "name", "recent"] = "mentions",
        withdrawn: Withdrawn = False,
        limit: Limit = 20,
        cursor: Cursor = None,
        format: As = "json",
    ) -> Any:
        """Officials, institutions and places by name or alias, or all that are mentioned."""
        asked: dict[str, Any] = {"type": type, "sort": sort, "withdrawn": withdrawn}
        if format != "json":
            return file_of(base().export_table("entities", q or None, **asked), format)
        offset = offset_of(cursor)
        found = base().entities(q or None, **asked, limit=limit, offset=offset)
        tell_next(request, response, offset, len(found.entities), found.total)
        return found

    @made.get("/entities/{entity}", response_model=v.EntityPage)
    def entity(entity: str, withdrawn: Withdrawn = False) -> Any:
        """Offices through time, statements, documents, who is named with it; by id or name."""
        return base().entity(entity, withdrawn=withdrawn)

    @made.get("/timeline", response_model=v.Timeline)
    def timeline(
        subject: Annotated[str, Query(min_length=1, max_length=1000)],
        date_from: Day = None,
        date_to: Day = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    ) -> Any:
        """Dated events of an entity (id or exact name) or of a query; the latest are kept."""
        return base().timeline(subject, date_from=date_from, date_to=date_to, limit=limit)

    @made.get("/trends", response_model=v.Trends)
    def trends(
        terms: Annotated[Sequence[str], Query(min_length=1, max_length=6)],
        institutions: Names = (),
        types: Names = (),
        places: Names = (),
        by: Literal["covered", "published"] = "covered",
    ) -> Any:
        """Pages by year for each term, with denominators."""
        return base().trends(
            list(terms), institutions=institutions, types=types, places=places, by=by
        )

    @made.get("/indicators", response_model=v.IndicatorResult, responses=FILES)
    def indicators(
        request: Request,
        response: Response,
        q: Words = "",
        years: Years = (),
        institution: Names = (),
        limit: Limit = 20,
        cursor: Cursor = None,
        format: As = "json",
    ) -> Any:
        """Target beside realisation by year, each number with its page."""
        asked: dict[str, Any] = {"years": years, "institution": list(institution) or None}
        if format != "json":
            return file_of(base().export_table("indicators", q or None, **asked), format)
        offset = offset_of(cursor)
        found = base().indicators(q or None, **asked, limit=limit, offset=offset)
        tell_next(request, response, offset, len(found.indicators), found.total)
        return found

    @made.get("/claims", response_model=v.ClaimResult, responses=FILES)
    def claims(
        request: Request,
        response: Response,
        q: Words = "",
        official: Names = (),
        indicator: Annotated[str | None, Query(max_length=200)] = None,
        years: Years = (),
        kind: Literal["reached", "target", "change", "comparison"] | None = None,
        agreement: Literal["same", "differs", "paired"] | None = None,
        limit: Limit = 20,
        cursor: Cursor = None,
        format: As = "json",
    ) -> Any:
        """Figures that were said, each beside the numbers documents print of the same thing."""
        asked: dict[str, Any] = {
            "official": list(official) or None,
            "indicator": indicator,
            "years": years,
            "kind": kind,
            "agreement": agreement,
        }
        if format != "json":
            return file_of(base().export_table("claims", q or None, **asked), format)
        offset = offset_of(cursor)
        found = base().claims(q or None, **asked, limit=limit, offset=offset)
        tell_next(request, response, offset, len(found.claims), found.total)
        return found

    @made.get("/disagreements", response_model=v.DisagreementResult)
    def disagreements(
        request: Request,
        response: Response,
        q: Words = "",
        years: Years = (),
        institution: Names = (),
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Any:
        """Indicators and years for which documents print different numbers."""
        offset = offset_of(cursor)
        found = base().disagreements(
            q or None,
            years=years,
            institution=list(institution) or None,
            limit=limit,
            offset=offset,
        )
        tell_next(request, response, offset, len(found.disagreements), found.total)
        return found

    @made.get("/complete", response_model=list[v.Completion])
    def complete(q: Annotated[str, Query(min_length=1, max_length=200)]) -> Any:
        """Offers while somebody types."""
        return base().complete(q)

    return made
