"""Who may ask for what: everything that reaches the app comes through here.

- Host: only the names this server goes by (``kb.server.hosts``).
- Methods and bodies: the app needs GET; files come by PUT from sessions of staff alone,
  within limits for one session and in all.
- What a browser tells over its connection: the messages readers need. A reader's
  "clear the cache" would empty it for everybody.
- Headers: with every answer (``kb.server.headers``).
- Metrics, agents' doors and the host's configuration are nobody's business.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from streamlit.proto.BackMsg_pb2 import BackMsg

from kb.server import headers, hosts

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

STREAM = "/_stcore/stream"
UPLOAD = re.compile(r"/_stcore/upload_file/([0-9a-fA-F-]{8,64})/([0-9a-fA-F-]{8,64})")
CLOSED = re.compile(r"/_stcore/(metrics|agent|script-health-check)(/|$)|/st-metrics|/-/")
HOST_CONFIG = "/_stcore/host-config"
NOTHING_TO_TELL = json.dumps(
    {"allowedOrigins": [], "useExternalAuthToken": False, "enableCustomParentMessages": False}
).encode()
"""Streamlit's page asks for this before it connects: no other site may steer it."""
HEARD = frozenset(
    {"rerun_script", "app_heartbeat", "stop_script", "file_urls_request",
     "backend_operation_request"}
)  # fmt: skip
"""Messages a browser may send. Not among them: ``clear_cache`` (global), ``load_git_info``,
``set_run_on_save`` and the ones for debugging."""

MESSAGES_A_SECOND = 12.0
MESSAGES_AT_ONCE = 60.0
"""What one browser may send before it is made to wait: a person clicks twice a second, typing
into a completing box sends some ten."""
SESSIONS = 300
SESSIONS_OF_ONE_ADDRESS = 100
"""Open pages in all, and of one address: an office behind one proxy is one address."""

log = logging.getLogger("kb.server")


class Held(Protocol):
    """The files that sessions hold, in bytes (``kb.server.sessions.Uploads``)."""

    def held(self, session_id: str | None = None) -> int: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of uploads."""

    file: int
    session: int
    all: int


class Guard:
    """An ASGI application around another."""

    def __init__(
        self,
        app: App,
        *,
        names: frozenset[str] | None,
        is_staff: Callable[[str], bool],
        held: Callable[[], Held],
        limits: Limits,
        bodies: Sequence[str] = (),
    ) -> None:
        self._app = app
        self._names = names
        self._is_staff = is_staff
        self._held = held
        self._limits = limits
        self._bodies = tuple(bodies)
        self._coming: Counter[str] = Counter()
        """Bytes of uploads that are on their way, by session."""
        self._open: Counter[str] = Counter()
        """Open pages by address."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._stream(scope, receive, send)
        else:
            await self._http(scope, receive, send)

    def _knows(self, scope: Scope) -> bool:
        if self._names is None:
            return True
        told = [value for name, value in scope["headers"] if name == b"host"]
        return len(told) == 1 and hosts.name(told[0].decode("latin-1")) in self._names

    # --- requests -----------------------------------------------------------------

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, method = str(scope["path"]), str(scope["method"])
        told = headers.headers(path)
        names = {name for name, _ in told}

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in names]
                message = {**message, "headers": [*kept, *told]}
            await send(message)

        if not self._knows(scope):
            await _say(answer, 421, "This server does not go by that name.")
        elif CLOSED.match(path):
            await _say(answer, 404, "Not found.")
        elif path == HOST_CONFIG:
            await _say(answer, 200, NOTHING_TO_TELL, "application/json")
        elif found := UPLOAD.fullmatch(path):
            await self._upload(found[1], scope, receive, answer)
        elif path.startswith(self._bodies) and self._bodies:
            await self._app(scope, receive, answer)
        elif method not in ("GET", "HEAD", "OPTIONS"):
            await _say(answer, 405, "Not allowed.")
        else:
            await self._app(scope, _no_body(receive), answer)

    async def _upload(self, session: str, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] in ("DELETE", "OPTIONS"):
            await self._app(scope, _no_body(receive), send)
            return
        if scope["method"] != "PUT" or not self._is_staff(session):
            await _say(send, 403, "Only staff may upload.")
            return
        size = _length(scope)
        if size is None:
            await _say(send, 411, "Say how long it is.")
            return
        if refused := self._too_much(session, size):
            log.warning("upload of %d bytes refused: %s", size, refused)
            await _say(send, 413, refused)
            return
        self._coming[session] += size
        try:
            await self._app(scope, receive, send)
        finally:
            self._coming[session] -= size
            self._coming += Counter()  # forget what is nought

    def _too_much(self, session: str, size: int) -> str:
        held = self._held()
        if size > self._limits.file:
            return "The file is too large."
        if held.held(session) + self._coming[session] + size > self._limits.session:
            return "These files together are too large; take in the first ones first."
        if held.held() + self._coming.total() + size > self._limits.all:
            return "Others are uploading; try again in a minute."
        return ""

    # --- open pages ------------------------------------------------------------------

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = scope.get("client")
        address = str(client[0]) if client else ""
        if not self._knows(scope):
            await self._turn_away(receive, send, "unknown Host")
            return
        if not str(scope["path"]).endswith(STREAM):
            await self._app(scope, receive, send)
            return
        if self._open.total() >= SESSIONS or self._open[address] >= SESSIONS_OF_ONE_ADDRESS:
            await self._turn_away(receive, send, f"too many open pages ({self._open.total()})")
            return
        self._open[address] += 1
        try:
            await self._app(scope, Heard(receive), send)
        finally:
            self._open[address] -= 1
            self._open += Counter()

    async def _turn_away(self, receive: Receive, send: Send, why: str) -> None:
        log.warning("connection refused: %s", why)
        await receive()  # websocket.connect
        await send({"type": "websocket.close", "code": 1008})


class Heard:
    """What comes from one browser: only messages that are ``HEARD``, not faster than agreed."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._left = MESSAGES_AT_ONCE
        self._at = time.monotonic()

    async def __call__(self) -> Message:
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            await self._pace()
            kind = _kind(message.get("bytes"))
            if kind is None or kind in HEARD:
                return message  # what is no message at all is Streamlit's to refuse
            log.info("message %s of a browser is not heard", kind)

    async def _pace(self) -> None:
        now = time.monotonic()
        earned = (now - self._at) * MESSAGES_A_SECOND
        self._left = min(MESSAGES_AT_ONCE, self._left + earned) - 1
        self._at = now
        if self._left < 0:
            await asyncio.sleep(-self._left / MESSAGES_A_SECOND)


def _kind(data: bytes | None) -> str | None:
    """The kind of a browser's message; ``None`` for what cannot be read."""
    message = BackMsg()
    try:
        message.ParseFromString(data or b"")
    except Exception:  # protobuf's own error has no public home
        return None
    kind: str | None = message.WhichOneof("type")
    return kind or "nothing"


def _length(scope: Scope) -> int | None:
    told = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(told[0]) if len(told) == 1 and told[0].isdigit() else None


def _no_body(receive: Receive) -> Receive:
    """``receive`` without the bytes of a body: nobody asked for one."""

    async def nothing() -> Message:
        message = await receive()
        if message["type"] == "http.request":
            return {"type": "http.request", "body": b"", "more_body": False}
        return message

    return nothing


async def _say(
    send: Send, status: int, words: str | bytes, kind: str = "text/plain; charset=utf-8"
) -> None:
    body = words.encode() if isinstance(words, str) else words
    told = [
        (b"content-type", kind.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    if status in (403, 411, 413):
        told.append((b"connection", b"close"))  # the rest of a body is not waited for
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": body})
