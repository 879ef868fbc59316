"""How an answer travels: paging by cursor, files of whole results, validity, and errors.

Errors are ``application/problem+json`` (RFC 9457), the next page is told by a ``Link`` header
(RFC 8288), an answer is valid for one revision of the base (``ETag``, RFC 9110).
"""

from __future__ import annotations

import base64
import dataclasses
import json
from collections.abc import Callable
from pathlib import PurePath
from typing import Annotated, Any, Literal, TypeVar

from fastapi import FastAPI, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

import kb
from kb.errors import Busy, CatalogError, Gone, IndexStale, KBError, NotFound, QueryError
from kb.explore import KnowledgeBase
from kb.explore import views as v
from kb.explore.export import Table

Base = Callable[[], KnowledgeBase]
"""Gives the base being served, refreshed."""
Format = Literal["json", "csv", "ndjson"]
FARTHEST = 10_000
"""Offset beyond which lists are not paged: ask for a file of the whole result."""
MAX_LIMIT = 100
_STATUS: tuple[tuple[type[KBError], int, str], ...] = (
    (NotFound, 404, "Not found"),
    (QueryError, 400, "The question cannot be right"),
    (IndexStale, 503, "Not ready"),
    (CatalogError, 503, "Not ready"),
    (Busy, 503, "Busy"),
)
T = TypeVar("T")
Id = Annotated[int, Path(ge=1, le=2**53)]
StatementId = Annotated[int, Path(ge=-(2**53), le=2**53)]
Day = Annotated[str | None, Query(description="`2024`, `2024-03` or `2024-03-18`.", max_length=10)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
Withdrawn = Annotated[
    bool, Query(description="Only what its source took back; it is in no other answer.")
]
Cursor = Annotated[str | None, Query(description="From the Link header of the page before.")]


def problem(status: int, title: str, detail: str, **headers: str) -> JSONResponse:
    """One error: what kind it is and one sentence that says what to do."""
    return JSONResponse(
        {"type": "about:blank", "title": title, "status": status, "detail": detail},
        status_code=status,
        media_type="application/problem+json",
        headers=headers or None,
    )


def refused(error: KBError) -> JSONResponse:
    """What the base refuses, as a ``problem``."""
    if isinstance(error, Gone):
        where = f"It stood on page {error.page} of document {error.document_id}."
        return problem(410, "Gone", f"{error} {where}")
    for kind, status, title in _STATUS:
        if isinstance(error, kind):
            return problem(status, title, str(error))
    return problem(500, "Failed", "This could not be answered; the server's log says why.")


def tell_problems(app: FastAPI) -> None:
    """Every error of ``app`` is a ``problem``; none shows a traceback or a path."""

    async def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, KBError)
        return refused(error)

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        told = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc'][1:]) or 'request'}: {fault['msg']}"
            for fault in error.errors()[:3]
        )
        return problem(422, "A parameter cannot be read", f"{told}.")

    async def plain(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        headers = {str(name): str(value) for name, value in (error.headers or {}).items()}
        return problem(error.status_code, "Refused", str(error.detail), **headers)

    app.add_exception_handler(KBError, ours)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, plain)


# --- paging ------------------------------------------------------------------------


def offset_of(cursor: str | None) -> int:
    """Where a page begins. Raises ``QueryError`` for what is no cursor of ours."""
    if not cursor:
        return 0
    try:
        number = int(base64.urlsafe_b64decode(cursor.encode() + b"==").decode().removeprefix("o"))
    except ValueError:
        number = -1
    if not 0 <= number <= FARTHEST:
        raise QueryError(
            "The cursor is none of this API's; take it from the Link header of the page before."
        )
    return number


def cursor_at(offset: int) -> str:
    return base64.urlsafe_b64encode(f"o{offset}".encode()).decode().rstrip("=")


def tell_next(
    request: Request, response: Response, offset: int, shown: int, total: int, more: int = 0
) -> None:
    """``X-Total-Count``, and where there is more ``Link: <...>; rel="next"``; ``more``: what
    is listed besides, in no total."""
    response.headers["X-Total-Count"] = str(total)
    following = offset + shown
    if shown and following < total + more and following <= FARTHEST:
        address = request.url.include_query_params(cursor=cursor_at(following))
        response.headers["Link"] = f'<{address}>; rel="next"'


# --- files ------------------------------------------------------------------------------


def file_of(table: Table, format: Format) -> Response:
    """The whole result as CSV or as one JSON object a line."""
    from kb.explore import export

    if format == "csv":
        return _attached(export.encode(table, "csv"), "text/csv; charset=utf-8", table.name, format)
    lines = (
        json.dumps(dict(zip(table.columns, row, strict=True)), ensure_ascii=False)
        for row in table.rows
    )
    body = "".join(f"{line}\n" for line in lines).encode()
    return _attached(body, "application/x-ndjson", table.name, format)


def _attached(body: bytes, kind: str, name: str, ending: str) -> Response:
    told = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return Response(body, media_type=kind, headers=told)


# --- validity ---------------------------------------------------------------------------


def etag(base: KnowledgeBase) -> str:
    return f'W/"{kb.__version__}-{base.revision}"'


def still_valid(request: Request, tag: str) -> bool:
    given = request.headers.get("if-none-match", "")
    return tag in (one.strip() for one in given.split(",")) or given.strip() == "*"


# --- what stays inside --------------------------------------------------------------------


def public(value: T) -> T:
    """The same without the paths of this machine: of a file only its name is told."""
    changed: Any = value
    if isinstance(value, v.DocumentView | v.SearchHit):
        changed = dataclasses.replace(value, path=PurePath(value.path).name)
    elif isinstance(value, v.SearchResult):
        cards = tuple(
            dataclasses.replace(card, hits=tuple(public(hit) for hit in card.hits))
            for card in value.cards
        )
        changed = dataclasses.replace(
            value,
            hits=tuple(public(hit) for hit in value.hits),
            further=tuple(public(hit) for hit in value.further),
            cards=cards,
        )
    result: T = changed
    return result
