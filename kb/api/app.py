"""The HTTP API as one ASGI application: ``/api/v1``, read only."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from html import escape
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import HTMLResponse

import kb
from kb.api import questions, reading
from kb.api.answers import Base, etag, still_valid, tell_problems
from kb.errors import KBError

PREFIX = "/api/v1"
DESCRIPTION = (
    "Documents, statements, officials and indicators of this knowledge base, read only. The "
    "answers have the fields of the Python API. Lists tell the next page in the Link header; "
    "an answer holds for one revision of the base (ETag)."
)
EXAMPLES = (
    "/search?q=stunting&limit=3",
    "/search?q=jalan&years=2024&format=csv",
    "/statements?q=jalan",
    "/entities?type=official",
    "/indicators?q=kemiskinan",
    "/documents?sort=added",
)


def api(base: Base, *, origins: tuple[str, ...] = ()) -> FastAPI:
    """The application, to be mounted at ``PREFIX``."""
    app = FastAPI(
        title="Basis Pengetahuan",
        version=kb.__version__,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        servers=[{"url": PREFIX}],
        root_path_in_servers=False,
        swagger_ui_oauth2_redirect_url=None,
    )
    tell_problems(app)

    @app.middleware("http")
    async def valid(
        request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        try:
            tag = etag(base())
        except KBError:
            tag = ""
        if tag and request.method in ("GET", "HEAD") and still_valid(request, tag):
            return Response(status_code=304, headers={"ETag": tag})
        response = await call_next(request)
        if tag and response.status_code == 200:
            response.headers["ETag"] = tag
            response.headers["Cache-Control"] = "no-cache"  # kept, and asked about each time
        return response

    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(origins),
            allow_methods=["GET"],
            allow_headers=["Authorization", "If-None-Match"],
            expose_headers=["Link", "X-Total-Count", "ETag"],
        )
    app.include_router(questions.router(base))
    app.include_router(reading.router(base))

    @app.get("/", include_in_schema=False)
    def described() -> HTMLResponse:
        return HTMLResponse(page(app.openapi()))

    return app


def page(description: dict[str, Any]) -> str:
    """The description as one page to read: what can be asked, with which parameters."""
    parts = [
        "<!doctype html><html lang=en><meta charset=utf-8>"
        "<meta name=viewport content='width=device-width'>"
        f"<title>API {escape(description['info']['title'])}</title>"
        "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;"
        "padding:0 1rem}code{background:#f2f2f2;padding:.1em .3em}h2{margin-top:2rem;"
        "font-size:1.1rem}td{padding:.15rem .8rem .15rem 0;vertical-align:top}</style>"
        f"<h1>API {escape(description['info']['title'])}</h1>"
        f"<p>{escape(description['info']['description'])}</p>"
        f"<p><a href='{PREFIX}/openapi.json'>OpenAPI description</a></p><h2>Examples</h2><ul>"
    ]
    parts += [
        f"<li><a href='{escape(PREFIX + one)}'><code>{escape(PREFIX + one)}</code></a>"
        for one in EXAMPLES
    ]
    parts.append("</ul>")
    for path, methods in description["paths"].items():
        asked = methods["get"]
        parts.append(
            f"<h2><code>GET {escape(PREFIX + path)}</code></h2>"
            f"<p>{_words(asked.get('description', ''))}</p><table>"
        )
        for parameter in asked.get("parameters", ()):
            shape = parameter["schema"]
            default = shape.get("default")
            parts.append(
                f"<tr><td><code>{escape(parameter['name'])}</code>"
                f"<td>{escape(_kind(shape))}"
                f"<td>{'' if default in (None, [], '') else escape(f'default {default}')}"
                f"<td>{_words(parameter.get('description', ''))}"
            )
        parts.append("</table>")
    return "".join(parts)


def _words(text: str) -> str:
    """The text as HTML; what stands between backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _kind(shape: dict[str, Any]) -> str:
    if "anyOf" in shape:
        return " or ".join(_kind(one) for one in shape["anyOf"] if one.get("type") != "null")
    if "enum" in shape:
        return " | ".join(str(one) for one in shape["enum"])
    if shape.get("type") == "array":
        return f"{_kind(shape.get('items', {}))}, may be repeated"
    return str(shape.get("const") or shape.get("type", ""))
