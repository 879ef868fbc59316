"""What the server does beside the app: it goes on after a failure and ends with the server."""

from __future__ import annotations

import threading

import pytest

from kb.errors import CatalogError
from kb.server import periodic


def test_it_is_done_again_and_again_until_the_server_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(periodic, "LOOK_SECONDS", 0.001)
    looked, enough, told = [], threading.Event(), []

    def look(stop: threading.Event) -> None:
        told.append(stop)
        looked.append(1)
        if len(looked) == 3:
            enough.set()

    with periodic.keeping("test", look):
        assert enough.wait(30)
        assert not told[0].is_set()
    assert told[0].is_set()


def test_how_long_to_wait_is_for_what_is_done_to_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(periodic, "LOOK_SECONDS", 0.001)
    looked, first = [], threading.Event()

    def look(stop: threading.Event) -> float:
        looked.append(1)
        first.set()
        return 3600.0

    with periodic.keeping("test", look):
        assert first.wait(30)
    assert looked == [1]


@pytest.mark.parametrize("error", [CatalogError("busy"), ValueError("wrong")])
def test_what_fails_ends_nothing(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="kb.server")

    def job() -> None:
        raise error

    periodic.attempt("sources", job)
    assert "sources" in caplog.text
