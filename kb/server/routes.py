"""Addresses beside the app's own: the API, stable addresses, pictures, feeds, the MCP server.

A further door is added here. Whatever is mounted stands behind ``kb.server.guard`` like
everything else: checked Host, headers, no bodies but for the prefixes in ``BODIES``.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kb.config import Settings

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from starlette.routing import BaseRoute

    from kb.explore import KnowledgeBase

BODIES: tuple[str, ...] = ("/mcp", "/langganan/", "/petugas/")
"""Beginnings of paths that may be sent a body; each must bound it itself."""
MCP_BYTES = 64 << 10
"""The longest question to the MCP server."""


@dataclass(frozen=True, slots=True)
class Doors:
    """What is answered before the app is asked, first match first, and what must run for it."""

    routes: list[BaseRoute] = field(default_factory=list)
    alive: Callable[[], AbstractAsyncContextManager[None]] = contextlib.nullcontext


def doors(settings: Settings, base: Callable[[], KnowledgeBase], root: str = "") -> Doors:
    """The doors that ``settings`` open; ``root`` is the address links of MCP answers begin with."""
    from starlette.routing import Mount, Route, Router

    from kb.api import addresses, feeds, pictures
    from kb.api.app import PREFIX, api
    from kb.api.pace import Doorkeeper, Pace
    from kb.server import entering, letters

    published = settings.publish == "yes"
    shown = [*addresses.routes(base, published=published), *pictures.routes(base)]
    for_all = [*letters.routes(settings), *entering.routes()]
    closed = settings.readers == "staff"
    if closed:
        shown = entering.for_staff(settings, shown)
    if settings.api != "on":
        return Doors([*shown, *for_all])
    pace = Pace(settings.api_per_minute)
    tokens = settings.api_tokens.split(",")
    origins = tuple(filter(None, (one.strip() for one in settings.api_origins.split(","))))

    def kept(app: Any) -> Doorkeeper:
        return Doorkeeper(app, pace, tokens)

    mcp, alive = _assistant(base, root)
    asked = [
        Mount(PREFIX, app=kept(api(base, origins=origins))),
        Mount("/feeds", app=kept(Router(feeds.routes(base)))),
        Route("/mcp", kept(mcp)),
    ]
    if closed:
        asked = entering.for_staff(settings, asked)
    return Doors([*shown, *for_all, *asked], alive)


def _assistant(
    base: Callable[[], KnowledgeBase], root: str
) -> tuple[Any, Callable[[], AbstractAsyncContextManager[None]]]:
    from mcp.server.transport_security import TransportSecuritySettings

    from kb.api.assistant import server

    made = server(base, root)
    app = made.streamable_http_app(
        json_response=True,
        stateless_http=True,  # no session that only one process knows
        max_request_body_size=MCP_BYTES,
        # The guard has looked at the Host.
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )

    @contextlib.asynccontextmanager
    async def alive() -> AsyncIterator[None]:
        async with made.session_manager.run():
            yield

    return app, alive
