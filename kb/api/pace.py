"""How much one address may ask: a bucket that fills with time and a request empties by one."""

from __future__ import annotations

import hmac
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any

from starlette.responses import Response

from kb.api.answers import problem

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]
ADDRESSES = 10_000
"""Addresses remembered; the one asked longest ago is forgotten first."""


class Pace:
    """Counts requests by address; shared by all doors."""

    def __init__(self, per_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        self._rate = per_minute / 60
        self._most = max(1.0, float(per_minute) / 10)
        self._now = now
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str) -> float:
        """Seconds until this address may ask again; 0 where it may now, which is counted."""
        if self._rate <= 0:
            return 0.0
        now = self._now()
        left, at = self._left.pop(address, (self._most, now))
        left = min(self._most, left + (now - at) * self._rate)
        allowed = left >= 1
        self._left[address] = (left - 1 if allowed else left, now)
        if len(self._left) > ADDRESSES:
            self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) / self._rate


def too_many(pause: float) -> Response:
    """The answer to who must wait for ``pause`` seconds."""
    seconds = str(max(1, round(pause + 0.5)))
    again = {"Retry-After": seconds}
    return problem(429, "Too many requests", f"Ask again in {seconds} s.", **again)


class Doorkeeper:
    """Around an application: the pace of its askers, and their token where one is wanted."""

    def __init__(self, app: App, pace: Pace, tokens: Sequence[str] = ()) -> None:
        self._app = app
        self._pace = pace
        self._tokens = [token.strip().encode() for token in tokens if token.strip()]

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client = scope.get("client")
        pause = self._pace.wait(str(client[0]) if client else "")
        if pause > 0:
            await too_many(pause)(scope, receive, send)
        elif self._tokens and scope["method"] != "OPTIONS" and not self._known(scope):
            told = problem(
                401,
                "A token is needed",
                "Send 'Authorization: Bearer TOKEN' with a token the office gave you.",
                **{"WWW-Authenticate": "Bearer"},
            )
            await told(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _known(self, scope: Scope) -> bool:
        given = [value for name, value in scope["headers"] if name == b"authorization"]
        token = given[0].removeprefix(b"Bearer ").strip() if len(given) == 1 else b""
        return any(hmac.compare_digest(token, one) for one in self._tokens)
