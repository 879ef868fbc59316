"""The cookie of staff: set once for a ticket, read by no script; doors that are for staff alone."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from kb.config import Settings
from kb.server import entering
from kb.staff import accounts, sessions
from kb.web import staff


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path, readers="staff", api_tokens="kunci-mesin")


def ticket(secret: str, seconds: float = 60.0) -> str:
    staff._tickets["tiket"] = (secret, time.monotonic() + seconds)
    return "tiket"


def client(settings: Settings, address: str = "https://arsip.example") -> TestClient:
    async def shown(request: Any) -> PlainTextResponse:
        return PlainTextResponse("isi")

    doors = entering.for_staff(settings, [Route("/isi", shown)])
    return TestClient(Starlette(routes=[*doors, *entering.routes()]), base_url=address)


def test_a_ticket_gives_the_cookie_once(settings: Settings) -> None:
    browser = client(settings)
    answer = browser.post(f"/petugas/masuk/{ticket('rahasia')}")
    assert answer.status_code == 204
    told = answer.headers["set-cookie"].casefold()
    assert told.startswith("kb_petugas=rahasia;")
    for part in ("httponly", "samesite=strict", "secure", "path=/", f"max-age={sessions.LIFE}"):
        assert part in told
    assert browser.post("/petugas/masuk/tiket").status_code == 403
    assert (
        "secure"
        not in client(settings, "http://127.0.0.1")
        .post(f"/petugas/masuk/{ticket('rahasia')}")
        .headers["set-cookie"]
        .casefold()
    )


def test_what_is_no_ticket_gives_none(settings: Settings) -> None:
    browser = client(settings)
    for path, seconds, more in (
        ("tiket", -1, {}),
        ("lain", 60, {}),
        ("tiket", 60, {"sec-fetch-site": "cross-site"}),
    ):
        ticket("rahasia", seconds)
        answer = browser.post(f"/petugas/masuk/{path}", headers=more)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers
    assert browser.get(f"/petugas/masuk/{ticket('rahasia')}").status_code == 405


def test_doors_for_staff_alone(settings: Settings) -> None:
    secret = sessions.begin(settings, accounts.add(settings, "Ani", "reader", "kata-sandi-ani"))
    browser = client(settings)
    for headers, status in (
        ({}, 401),
        ({"cookie": "kb_petugas=lain"}, 401),
        ({"cookie": "kb_petugas"}, 401),
        ({"authorization": "Bearer lain"}, 401),
        ({"authorization": "Bearer kunci-mesin"}, 200),
        ({"cookie": f"a=b; kb_petugas={secret}"}, 200),
    ):
        assert browser.get("/isi", headers=headers).status_code == status, headers
    sessions.end(settings, secret)
    assert browser.get("/isi", headers={"cookie": f"kb_petugas={secret}"}).status_code == 401
