"""The API's documents: what one is, its pages, their pictures, the original, and its kin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import FileResponse, PlainTextResponse

from kb.api.answers import (
    Base,
    Cursor,
    Id,
    Limit,
    Withdrawn,
    offset_of,
    public,
    tell_next,
)
from kb.api.pictures import drawn
from kb.errors import NotFound
from kb.explore import views as v

Page = Annotated[int, Path(ge=1, le=10**6, description="Counted from 1.")]
Words = Annotated[str | None, Query(max_length=1000, description="Where it hits is told.")]


@dataclass(frozen=True, slots=True)
class DocumentList:
    total: int
    documents: tuple[v.DocumentRef, ...]


def router(base: Base) -> APIRouter:
    """Documents of ``base``."""
    made = APIRouter(tags=["documents"])

    @made.get("/documents", response_model=DocumentList)
    def documents(
        request: Request,
        response: Response,
        type: Annotated[str | None, Query(max_length=100)] = None,
        year: Annotated[int | None, Query(ge=0, le=9999)] = None,
        institution: Annotated[str | None, Query(max_length=200)] = None,
        title: Annotated[str | None, Query(max_length=200)] = None,
        sort: Literal["newest", "oldest", "title", "added"] = "newest",
        withdrawn: Withdrawn = False,
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Any:
        """Documents by what they are."""
        offset = offset_of(cursor)
        total, found = base().documents(
            type=type,
            year=year,
            institution=institution,
            title=title,
            sort=sort,
            limit=limit,
            offset=offset,
            withdrawn=withdrawn,
        )
        tell_next(request, response, offset, len(found), total)
        return DocumentList(total, found)

    @made.get("/documents/{document_id}", response_model=v.DocumentView)
    def document(document_id: Id, q: Words = None) -> Any:
        """What it is and from what that was read, its outline, pages and duplicates."""
        return public(base().document(document_id, query=q))

    @made.get("/documents/{document_id}/pages/{page}", response_model=v.PageView)
    def page(document_id: Id, page: Page, q: Words = None) -> Any:
        """One page: text, mentions, statements, tables, indicators, and where `q` hits."""
        return base().page(document_id, page, query=q)

    @made.get("/documents/{document_id}/labels/{label}", response_model=v.PageView)
    def labelled(document_id: Id, label: str, q: Words = None) -> Any:
        """The page by the number printed on it (`IV-23`)."""
        found = base()
        return found.page(document_id, page_labelled(found.document(document_id), label), query=q)

    @made.get(
        "/documents/{document_id}/pages/{page}/text",
        response_class=PlainTextResponse,
    )
    def text(document_id: Id, page: Page) -> Any:
        """The stored text of the page; offsets of mentions and statements count in it."""
        return PlainTextResponse(base().page(document_id, page).text)

    @made.get(
        "/documents/{document_id}/pages/{page}/image",
        response_class=Response,
        responses={200: {"content": {"image/png": {}}}, 404: {}},
    )
    def image(
        document_id: Id,
        page: Page,
        scale: Annotated[float, Query(ge=0.5, le=3.0, description="1 = 72 dots an inch.")] = 1.5,
    ) -> Any:
        """The picture of a PDF's page, as `/gambar/{document}/{page}` has it too."""
        return Response(drawn(base(), document_id, page, scale=scale), media_type="image/png")

    @made.get(
        "/documents/{document_id}/original",
        response_class=Response,
        responses={200: {"content": {"application/octet-stream": {}}}, 404: {}},
    )
    def original(document_id: Id) -> Any:
        """The file as it came in, to be saved."""
        found = base()
        found.document(document_id)
        file = found.document_file(document_id)
        if file is None:
            raise NotFound("The original file is no longer at its place.")
        return FileResponse(file, media_type="application/octet-stream", filename=file.name)

    @made.get("/documents/{document_id}/tables", response_model=list[v.TableView])
    def tables(document_id: Id, page: Annotated[int | None, Query(ge=1)] = None) -> Any:
        """Its tables, cells as printed."""
        return base().tables(document_id, page)

    @made.get("/documents/{document_id}/cite", response_model=v.Citation)
    def cite(
        document_id: Id,
        page: Annotated[int | None, Query(ge=1, le=10**6)] = None,
        statement: Annotated[int | None, Query(ge=1, le=2**53)] = None,
        accessed: Annotated[str | None, Query(pattern=r"^\d{4}-\d\d-\d\d$")] = None,
    ) -> Any:
        """A reference to it, to one page or one statement, as text and as BibTeX."""
        return base().cite(document_id, page=page, statement=statement, accessed=accessed)

    @made.get("/documents/{document_id}/related", response_model=list[v.DocumentRef])
    def related(document_id: Id, limit: Limit = 8) -> Any:
        """Documents that share rare words and names."""
        return base().related(document_id, limit)

    @made.get(
        "/documents/{document_id}/pages/{page}/similar", response_model=list[v.SimilarPassage]
    )
    def similar(document_id: Id, page: Page) -> Any:
        """Pages of other documents that are like this one."""
        return base().similar_passages(document_id, page)

    @made.get(
        "/documents/{document_id}/originals/{sha256}",
        response_class=Response,
        responses={200: {"content": {"application/octet-stream": {}}}, 404: {}},
    )
    def proof(document_id: Id, sha256: Annotated[str, Path(pattern="^[0-9a-f]{64}$")]) -> Any:
        """The very bytes that its address gave, by the hash told in `originals`."""
        file = base().original(document_id, sha256)
        if file is None:
            raise NotFound("These bytes are no longer at their place.")
        return FileResponse(file, media_type="application/octet-stream", filename=file.name)

    @made.get(
        "/documents/{document_id}/versions/{version}/changes", response_model=v.VersionChanges
    )
    def changed(
        document_id: Id,
        version: Annotated[int, Path(ge=1, le=10**6)],
        to: Annotated[int | None, Query(ge=1, le=10**6, description="Without: now.")] = None,
    ) -> Any:
        """What changed from this version of it to another."""
        return base().compare_versions(document_id, version, to)

    @made.get("/documents/{document_id}/diff/{other}", response_model=list[v.SharedPassage])
    def diff(document_id: Id, other: Id) -> Any:
        """Paragraphs both share, with what changed between them."""
        return base().compare_texts(document_id, other)

    return made


def page_labelled(document: v.DocumentView, label: str) -> int:
    """The page whose printed number is ``label``, else the one counted so.

    Raises ``NotFound``.
    """
    found = document.page_named(label)
    if found is None:
        raise NotFound(f"Document {document.document_id} has no page '{label}'.")
    return found
