"""Connections that say nothing are ended, ones that talk are served."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from kb.server import patience


async def app(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    more = True
    while more:
        message = await receive()
        more = message.get("more_body", False) and message["type"] == "http.request"
    big = b"x" * (32 << 20) if scope["path"] == "/big" else b"halo"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": big})


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[uvicorn.Server]:
    monkeypatch.setattr(patience, "HEAD_SECONDS", 0.3)
    monkeypatch.setattr(patience, "BODY_SECONDS", 0.3)
    monkeypatch.setattr(patience, "READ_SECONDS", 0.3)
    monkeypatch.setattr(patience, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(patience, "MOST", 20)
    config = uvicorn.Config(app, http=patience.PatientProtocol, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    server.servers_port = int(listener.getsockname()[1])  # type: ignore[attr-defined]
    yield server
    server.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture
def port(server: uvicorn.Server) -> int:
    return int(server.servers_port)  # type: ignore[attr-defined]


def line(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=30)


def answer(sock: socket.socket) -> bool:
    got = b""
    while b"halo" not in got and (piece := sock.recv(65536)):
        got += piece
    return b"halo" in got


def ended(sock: socket.socket) -> bool:
    """Waits for the other side to end it."""
    try:
        while sock.recv(65536):
            pass
    except ConnectionResetError:
        return True
    return True


def test_who_asks_is_answered(port: int) -> None:
    with line(port) as sock:
        sock.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert answer(sock)


def test_a_connection_that_says_nothing_is_ended(port: int) -> None:
    with line(port) as sock:
        assert ended(sock)


def test_a_head_that_comes_byte_by_byte_is_ended(port: int) -> None:
    with line(port) as sock:
        sent = 0
        try:
            for byte in b"GET / HTTP/1.1\r\nHost: " + b"x" * 2000:
                sock.sendall(bytes([byte]))
                sent += 1
                time.sleep(0.02)
        except OSError:
            pass
        assert sent < 2000


def test_a_body_that_never_ends_is_ended(port: int) -> None:
    with line(port) as sock:
        sock.sendall(b"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf")
        assert ended(sock)


def test_who_does_not_read_its_answer_is_ended(
    server: uvicorn.Server, port: int, caplog: pytest.LogCaptureFixture
) -> None:
    """What lies in the system's buffers is not read to its end here: through a window of 4 KiB
    that alone takes a minute and a half."""
    with caplog.at_level("INFO", logger="kb.server"), line(port) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.sendall(b"GET /big HTTP/1.1\r\nHost: x\r\n\r\n")
        sock.recv(1)
        while server.server_state.connections:  # until the server gave it up
            time.sleep(0.01)
    assert "does not read its answer" in caplog.text


def test_no_more_connections_than_descriptors_allow(port: int) -> None:
    idle = [line(port) for _ in range(30)]
    try:
        assert sum(ended(sock) for sock in idle) == 30
        with line(port) as sock:
            sock.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert answer(sock)
    finally:
        for sock in idle:
            sock.close()
