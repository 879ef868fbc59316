"""A small server on loopback that answers like government sites do, traps included.

A site is a dict of paths to answers; ``Served`` counts what was asked and lets a test change
what is there. All texts are our own, with invented people.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Answer:
    """What one path answers."""

    body: bytes | str = b""
    type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str | None = None

    @property
    def bytes(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


Make = Callable[[str, Mapping[str, str]], Answer]
"""Gets the path with its query and the request's headers."""


class Served:
    """The server; ``pages`` may be changed while it runs."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer | Make] = {}
        self.otherwise: Make | None = None
        self.asked: list[str] = []
        self.agents: set[str] = set()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body in one piece: else each answer takes 40 ms
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                owner.asked.append(self.path)
                owner.agents.add(self.headers.get("user-agent", ""))
                owner.answer(self)

            def log_message(self, *_: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.daemon = True
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def counts(self) -> Counter[str]:
        return Counter(self.asked)

    def forget(self) -> None:
        self.asked.clear()

    def answer(self, request: Any) -> None:
        made: Answer | Make | None = self.pages.get(request.path)
        if made is None and self.otherwise is not None:
            made = self.otherwise
        if made is None:
            made = Answer("<h1>Not Found</h1>", status=404)
        found = made if isinstance(made, Answer) else made(request.path, request.headers)
        if found.etag and request.headers.get("if-none-match") == found.etag:
            found = Answer(b"", status=304, etag=found.etag)
        body = found.bytes
        request.send_response(found.status)
        request.send_header("content-type", found.type)
        told = {name.lower() for name in found.headers}
        if "content-length" not in told:
            request.send_header("content-length", str(len(body)))
        if found.etag:
            request.send_header("etag", found.etag)
        for name, value in found.headers.items():
            request.send_header(name, value)
        request.end_headers()
        try:
            request.wfile.write(body)
            request.wfile.flush()
        except OSError:
            request.close_connection = True
        if "content-length" in told:
            request.close_connection = True
