"""What reaches the app, and what a browser is told with every answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from kb.server import guard, hosts
from kb.server.guard import Guard, Heard, Limits
from kb.server.headers import policy

SESSION = "0f2d1e6a-8f5e-4d0e-9d7b-6f0b0a7d3f11"
FILE = "7d3f11aa-8f5e-4d0e-9d7b-6f0b0a7d3f11"
Message = dict[str, Any]


class Store:
    """Files that sessions hold."""

    def __init__(self, **sessions: int) -> None:
        self.sessions = sessions

    def held(self, session_id: str | None = None) -> int:
        if session_id is None:
            return sum(self.sessions.values())
        return self.sessions.get(session_id.replace("-", ""), 0)


class App:
    """Notes what reaches it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, bytes]] = []

    async def __call__(
        self,
        scope: Any,
        receive: Callable[[], Awaitable[Any]],
        send: Callable[[Any], Awaitable[None]],
    ) -> None:
        body = b""
        if scope["type"] == "http":
            body = (await receive()).get("body", b"")
            headers = [(b"content-type", b"text/html"), (b"X-Frame-Options", b"ALLOWALL")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": b"page"})
        self.asked.append((scope["path"], body))


def ask(
    path: str = "/",
    method: str = "GET",
    *,
    bind: str = "127.0.0.1",
    named: str = "",
    host: bytes | None = b"localhost:8501",
    body: bytes = b"",
    length: int | None = None,
    staff: bool = False,
    store: Store | None = None,
) -> tuple[int, dict[str, str], App]:
    """Status, headers and what the app saw."""
    app = App()
    told: list[Message] = []
    door = Guard(
        app,
        names=hosts.allowed(bind, named.split(",")),
        is_staff=lambda session: staff,
        held=lambda: store or Store(),
        limits=Limits(file=100, session=200, all=400),
    )
    headers = [(b"host", host)] if host is not None else []
    if length is not None or body:
        headers.append((b"content-length", str(len(body) if length is None else length).encode()))
    scope = {"type": "http", "path": path, "method": method, "headers": headers}

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        told.append(message)

    asyncio.run(door(scope, receive, send))
    names = {name.decode().lower(): value.decode() for name, value in told[0]["headers"]}
    assert len(names) == len(told[0]["headers"]), "a header is told twice"
    return told[0]["status"], names, app


def test_every_answer_tells_the_browser_what_a_page_may_do() -> None:
    for path in ("/", "/cari", "/_stcore/metrics", "/_stcore/host-config"):
        _, headers, _ = ask(path)
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-frame-options"] == "DENY"
    assert "sandbox" in ask("/media/abc.html")[1]["content-security-policy"]


def test_the_policy_lets_no_foreign_or_inline_script_run() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy().split("; "))
    assert "'unsafe-inline'" not in rules["script-src"]
    assert "'unsafe-eval'" not in rules["script-src"]
    assert "sha256-" in rules["script-src"]
    for name, values in rules.items():
        assert "http" not in values, name
        assert "*" not in values, name


@pytest.mark.parametrize("host", [b"jahat.example", b"jahat.example:8501", b"", b"[::1", None])
def test_a_foreign_host_is_not_answered(host: bytes | None) -> None:
    status, _, app = ask(host=host)
    assert status == 421
    assert not app.asked


@pytest.mark.parametrize("host", [b"localhost", b"127.0.0.1:8501", b"[::1]:8501", b"LOCALHOST."])
def test_this_machine_goes_by_its_names(host: bytes) -> None:
    assert ask(host=host)[0] == 200


def test_a_name_given_in_the_settings_is_answered() -> None:
    named = "arsip.contoh.go.id, cari.contoh.go.id"
    assert ask(named=named, host=b"cari.contoh.go.id")[0] == 200
    assert ask(named=named, host=b"lain.contoh.go.id")[0] == 421
    assert ask(bind="0.0.0.0", named=named, host=b"lain.contoh.go.id")[0] == 421
    assert ask(bind="0.0.0.0", host=b"10.0.0.5:8501")[0] == 200, "a network without a name"


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/agent/openapi.json",
     "/_stcore/script-health-check"],
)  # fmt: skip
def test_what_is_nobodys_business_is_not_there(path: str) -> None:
    status, _, app = ask(path)
    assert status == 404
    assert not app.asked


def test_no_other_site_is_told_it_may_steer_the_page() -> None:
    status, _, app = ask("/_stcore/host-config")
    assert status == 200
    assert not app.asked


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_the_app_is_only_read(method: str) -> None:
    status, _, app = ask("/cari", method, body=b"x")
    assert status == 405
    assert not app.asked


def test_bodies_of_questions_are_not_taken() -> None:
    _, _, app = ask("/cari", body=b"x" * 1000)
    assert app.asked == [("/cari", b"")]


def put(**how: Any) -> tuple[int, App]:
    status, _, app = ask(f"/_stcore/upload_file/{SESSION}/{FILE}", "PUT", **how)
    return status, app


def test_only_staff_may_upload() -> None:
    status, app = put(body=b"x" * 10)
    assert status == 403
    assert not app.asked
    status, app = put(body=b"x" * 10, staff=True)
    assert status == 200
    assert app.asked[0][1] == b"x" * 10


def test_uploads_are_bounded_by_file_session_and_in_all() -> None:
    mine = SESSION.replace("-", "")
    assert put(length=101, staff=True)[0] == 413
    assert put(length=90, staff=True, store=Store(**{mine: 120}))[0] == 413
    assert put(length=90, staff=True, store=Store(**{mine: 100}))[0] == 200
    assert put(length=90, staff=True, store=Store(a=150, b=200))[0] == 413
    assert put(staff=True)[0] == 411, "how long it is must be told"


def test_uploads_on_their_way_count() -> None:
    app = App()
    door = Guard(
        app,
        names=None,
        is_staff=lambda session: True,
        held=Store,
        limits=Limits(file=100, session=150, all=400),
    )
    statuses: list[int] = []

    async def main() -> None:
        arrived, go = asyncio.Event(), asyncio.Event()

        async def slow() -> Message:
            arrived.set()
            await go.wait()
            return {"type": "http.request", "body": b"x" * 100, "more_body": False}

        async def note(message: Any) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        def scope() -> dict[str, Any]:
            headers = [(b"content-length", b"100")]
            path = f"/_stcore/upload_file/{SESSION}/{FILE}"
            return {"type": "http", "path": path, "method": "PUT", "headers": headers}

        first = asyncio.create_task(door(scope(), slow, note))
        await arrived.wait()
        await door(scope(), slow, note)
        go.set()
        await first
        await door(scope(), slow, note)

    asyncio.run(main())
    assert statuses == [413, 200, 200]


def heard(*messages: bytes) -> list[Message]:
    """What of a browser's messages reaches the app."""
    queue: list[Message] = [{"type": "websocket.receive", "bytes": m} for m in messages]
    queue.append({"type": "websocket.disconnect"})

    async def receive() -> Message:
        return queue.pop(0)

    async def main() -> list[Message]:
        listen, got = Heard(receive), []
        while (message := await listen())["type"] != "websocket.disconnect":
            got.append(dict(message))
        return got

    return asyncio.run(main())


def back(**fields: bool) -> bytes:
    message = BackMsg()
    for name, value in fields.items():
        setattr(message, name, value)
    return bytes(message.SerializeToString())


def test_a_reader_cannot_clear_what_all_share() -> None:
    question = BackMsg()
    question.rerun_script.query_string = "q=jalan"
    asked = bytes(question.SerializeToString())
    sent = [back(clear_cache=True), asked, back(load_git_info=True), back(set_run_on_save=True)]
    assert [m["bytes"] for m in heard(*sent, back(app_heartbeat=True), b"")] == [
        asked,
        back(app_heartbeat=True),
    ]


def test_a_flood_of_messages_is_made_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(guard.asyncio, "sleep", sleep)
    monkeypatch.setattr(guard.time, "monotonic", lambda: 0.0)
    at_once = int(guard.MESSAGES_AT_ONCE)
    heard(*[back(app_heartbeat=True)] * at_once)
    assert not waits
    heard(*[back(app_heartbeat=True)] * (at_once + 24))
    assert waits[-1] == pytest.approx(24 / guard.MESSAGES_A_SECOND)


def test_open_pages_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "SESSIONS", 3)
    monkeypatch.setattr(guard, "SESSIONS_OF_ONE_ADDRESS", 2)
    release = asyncio.Event
    opened: list[str] = []
    closed: list[Any] = []

    async def main() -> None:
        go = release()

        async def app(scope: Any, receive: Any, send: Any) -> None:
            opened.append(scope["client"][0])
            await go.wait()

        door = Guard(app, names=None, is_staff=lambda s: False, held=Store, limits=Limits(1, 1, 1))

        async def receive() -> Message:
            return {"type": "websocket.connect"}

        async def send(message: Any) -> None:
            closed.append(message["type"])

        def page(address: str) -> asyncio.Task[None]:
            scope = {
                "type": "websocket",
                "path": guard.STREAM,
                "headers": [],
                "client": (address, 1),
            }
            return asyncio.create_task(door(scope, receive, send))

        tasks = [page(a) for a in ("10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.2", "10.0.0.3")]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        go.set()
        await asyncio.gather(*tasks)
        await asyncio.gather(page("10.0.0.1"))

    asyncio.run(main())
    assert opened == ["10.0.0.1", "10.0.0.1", "10.0.0.2", "10.0.0.1"]
    assert closed == ["websocket.close"] * 2
