"""Pictures of pages: ``/gambar/12/3`` is page 3 of document 12, ``/gambar/12/3/kata`` says where
on it words stand.

The app's pages point here, the API's ``image`` answers with the same. An address that names the
bytes it was made for (``v``, their SHA-256) may be kept by a browser for good; any other is asked
about each time (``ETag``).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import anyio.to_thread
from anyio import CapacityLimiter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

import kb
from kb.api.answers import Base, etag, refused, still_valid
from kb.api.pace import Pace, too_many
from kb.errors import KBError, NotFound, QueryError
from kb.explore import KnowledgeBase
from kb.explore.views.documents import PICTURE_WIDTHS

PER_MINUTE = 1200
"""Requests of one address, an office's proxy included: who reads asks twice a page."""
AT_ONCE = 8
"""Pictures being drawn or waiting for a core; the app's other answers have threads of their own."""
KEPT = "private, max-age=31536000, immutable"
ASKED = "private, no-cache"


def drawn(
    base: KnowledgeBase, document_id: int, page: int, *, width: int = 0, scale: float = 1.5
) -> bytes:
    """The picture as PNG. Raises ``NotFound`` where there is none."""
    image = base.page_image(document_id, page, width=width, scale=scale)
    if image is None or image.problem:
        raise NotFound("This page has no picture; ask for its text.")
    return image.png


def routes(base: Base) -> list[BaseRoute]:
    """The pictures of ``base`` and the places of words on them."""
    pace = Pace(PER_MINUTE)
    limit = CapacityLimiter(AT_ONCE)

    def paced(
        make: Callable[[KnowledgeBase, Request], Response],
    ) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            wait = pace.wait(request.client.host if request.client else "")
            if wait > 0:
                return too_many(wait)
            return await anyio.to_thread.run_sync(_answer, base, make, request, limiter=limit)

        return answer

    return [
        Route("/gambar/{document:int}/{page:int}", paced(_picture)),
        Route("/gambar/{document:int}/{page:int}/kata", paced(_places)),
    ]


def _answer(
    base: Base, make: Callable[[KnowledgeBase, Request], Response], request: Request
) -> Response:
    try:
        return make(base(), request)
    except KBError as error:
        return refused(error)


def _picture(base: KnowledgeBase, request: Request) -> Response:
    document, page = _page(request)
    width = _width(request.query_params.get("lebar", ""))
    made_for = base.document(document).sha256
    tag = f'"{kb.__version__}-{made_for}-{page}-{width}"'
    keep = KEPT if request.query_params.get("v") == made_for else ASKED
    headers = {"ETag": tag, "Cache-Control": keep}
    if still_valid(request, tag):
        return Response(status_code=304, headers=headers)
    png = drawn(base, document, page, width=width)
    return Response(png, media_type="image/png", headers=headers)


def _places(base: KnowledgeBase, request: Request) -> Response:
    document, page = _page(request)
    asked = request.query_params
    headers = {"ETag": etag(base), "Cache-Control": ASKED}
    if still_valid(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    statement = asked.get("s", "")
    found = base.page_places(
        document,
        page,
        query=asked.get("q", "")[:2000] or None,
        entities=asked.get("nama") == "1",
        statement=int(statement) if _is_number(statement) else None,
    )
    told = {
        "problem": found.problem,
        "words": [
            (w.text, *(round(n, 4) for n in (w.x0, w.y0, w.x1, w.y1)), int(w.last))
            for w in found.words
        ],
        "boxes": [dataclasses.asdict(box) for box in found.boxes],
    }
    return JSONResponse(told, headers=headers)


def _page(request: Request) -> tuple[int, int]:
    document, page = request.path_params["document"], request.path_params["page"]
    if document > 2**53 or page > 10**6:
        raise NotFound("There is nothing at this address; its number is none.")
    return document, page


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 15


def _width(text: str) -> int:
    """The width asked for. Raises ``QueryError`` for one that is not offered."""
    if not text:
        return 1000
    if not _is_number(text) or int(text) not in PICTURE_WIDTHS:
        raise QueryError(f"'lebar' is one of {', '.join(map(str, PICTURE_WIDTHS))}.")
    return int(text)
