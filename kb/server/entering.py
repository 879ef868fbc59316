"""The session of staff survives a reload: a cookie that no script of a page can read.

The app speaks over its own connection and cannot set one. Whoever gave the right password gets a
ticket there, good for one use within a minute; the page posts it here and the answer sets the
cookie. Where reading is for staff alone (``readers = "staff"``), the doors beside the app look
at the same cookie.
"""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from kb.config import Settings
from kb.staff import sessions
from kb.web import staff

PREFIX = "/petugas/"
Scope = MutableMapping[str, Any]


def routes() -> list[BaseRoute]:
    """The address that sets the cookie. Bodies are not read."""

    async def enter(request: Request) -> Response:
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return PlainTextResponse("Not from another site.", 403)
        token = staff.redeem(str(request.path_params["ticket"]))
        if token is None:
            return PlainTextResponse("This ticket is used up or too old.", 403)
        answer = Response(status_code=204, headers={"cache-control": "no-store"})
        answer.set_cookie(
            staff.COOKIE,
            token,
            max_age=sessions.LIFE,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return answer

    return [Route(PREFIX + "masuk/{ticket}", enter, methods=["POST"])]


def for_staff(settings: Settings, found: Sequence[BaseRoute]) -> list[BaseRoute]:
    """The same doors, open to whoever is signed in, or brings one of the API's tokens."""
    tokens = {one.strip() for one in settings.api_tokens.split(",") if one.strip()}
    for route in found:
        if isinstance(route, Route | Mount):
            route.app = _Closed(route.app, settings, tokens)
    return list(found)


class _Closed:
    def __init__(self, app: Any, settings: Settings, tokens: set[str]) -> None:
        self._app = app
        self._settings = settings
        self._tokens = tokens

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        told = {name: value.decode("latin-1") for name, value in scope.get("headers", ())}
        scheme, _, token = told.get(b"authorization", "").partition(" ")
        known = scheme.casefold() == "bearer" and token.strip() in self._tokens
        if known or sessions.account(self._settings, cookie(told.get(b"cookie", ""))):
            await self._app(scope, receive, send)
        else:
            await PlainTextResponse("Only staff may read here.", 401)(scope, receive, send)


def cookie(header: str) -> str:
    """The secret in a header of cookies, empty where there is none."""
    try:
        found = SimpleCookie(header).get(staff.COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""
