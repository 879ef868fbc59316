"""Pages that mails lead to: an address says that it wants them, or that it wants no more.

Looking at a page changes nothing (mail programs look at every link); its button does, and so
does the one click of a mail program (RFC 8058), which posts. Bodies are not read.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from kb.alerts import book
from kb.alerts.book import Held
from kb.alerts.words import say
from kb.config import Settings
from kb.errors import NotFound

PREFIX = "/langganan/"
_PURPOSES: dict[str, tuple[str, str, str, Callable[[Settings, str], Held]]] = {
    "konfirmasi": ("confirm", "confirm", "confirmed", book.confirm),
    "berhenti": ("stop", "stop", "stopped", book.stop_mail),
}


def routes(settings: Settings) -> list[BaseRoute]:
    """The two pages."""

    async def answer(request: Request) -> Response:
        return await run_in_threadpool(_answer, settings, request)

    return [Route(PREFIX + "{what}/{token}", answer, methods=["GET", "POST"])]


def _answer(settings: Settings, request: Request) -> Response:
    found: Any = _PURPOSES.get(str(request.path_params["what"]))
    token = str(request.path_params["token"])
    try:
        if found is None:
            raise NotFound("There is no such page.")
        purpose, asked, done, act = found
        if request.method == "POST":
            held = act(settings, token)
            return _page(held.follower.language, say(held.follower.language, f"page_{done}"))
        held = book.opened(settings, token, purpose)
    except NotFound:
        return _page("id", say("id", "page_unknown"), status=404)
    follower, language = held.follower, held.follower.language
    every = say(language, follower.every) if follower.every != "never" else ""
    question = say(language, f"page_{asked}", email=follower.email or "", every=every)
    button = escape(say(language, f"button_{asked}"))
    return _page(language, question, f'<form method="post"><button>{button}</button></form>')


def _page(language: str, sentence: str, more: str = "", status: int = 200) -> Response:
    return HTMLResponse(
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">'
        f"<title>{escape(sentence)}</title><style>:root{{color-scheme:light dark}}"
        "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:12vh auto;"
        "padding:0 1.2rem}button{font:inherit;padding:.5rem 1.2rem;border:0;border-radius:8px;"
        "background:#0b6e5f;color:#fff;cursor:pointer}a{color:inherit}</style>"
        f"<p>{escape(sentence)}</p>{more}</html>",
        status_code=status,
    )
