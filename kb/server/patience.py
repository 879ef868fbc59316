"""Connections that say nothing, or read nothing, are ended.

Uvicorn waits without end for the rest of a request's head and for a body that has begun; a
thousand such connections take every descriptor a server has.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 15.0
"""From the connection (or the end of the answer before) to the end of the next head."""
BODY_SECONDS = 30.0
"""Between two pieces of a body."""
READ_SECONDS = 60.0
"""For a reader to take anything of an answer that waits for it."""
LOOK_SECONDS = 3.0
MOST = 600
"""Connections at once. A process has 1,024 descriptors where nobody raised it; a reader's
browser opens six and keeps one."""

log = logging.getLogger("kb.server")


class PatientProtocol(H11Protocol):
    """HTTP/1.1 with limits on waiting."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._since = self.loop.time()
        self._unsent = 0
        self._look: asyncio.TimerHandle | None = None
        if len(self.connections) > MOST:
            log.warning("more than %d connections: one is turned away", MOST)
            transport.abort()
            return
        self._look = self.loop.call_later(LOOK_SECONDS, self._check)

    def data_received(self, data: bytes) -> None:
        waiting = self._waits_for_head()
        super().data_received(data)
        # Bytes of a head that is not whole buy no time: one a second would keep it open.
        if not (waiting and self._waits_for_head()):
            self._since = self.loop.time()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._since = self.loop.time()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        self._stop()
        super().handle_websocket_upgrade(event)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def _stop(self) -> None:
        if self._look is not None:
            self._look.cancel()
            self._look = None

    def _waits_for_head(self) -> bool:
        state: Any = self.conn.their_state
        return bool(state is h11.IDLE)

    def _check(self) -> None:
        self._look = None
        if self.transport.is_closing():
            return
        now = self.loop.time()
        unsent = self.transport.get_write_buffer_size()
        if unsent < self._unsent or not unsent:
            if self._unsent:
                self._since = now
        elif self._unsent and now - self._since > READ_SECONDS:
            self._end("does not read its answer")
            return
        self._unsent = unsent
        idle = now - self._since
        if self._waits_for_head() and idle > HEAD_SECONDS:
            self._end("sends no request")
        elif self.conn.their_state is h11.SEND_BODY and idle > BODY_SECONDS:
            self._end("stopped in the middle of a body")
        else:
            self._look = self.loop.call_later(LOOK_SECONDS, self._check)

    def _end(self, why: str) -> None:
        log.info("connection of %s ended: it %s", self.client[0] if self.client else "?", why)
        self.transport.abort()
