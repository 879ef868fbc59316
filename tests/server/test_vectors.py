"""Vectors in the background of ``kb serve``: when a run is started, and how it ends."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from kb.config import Settings
from kb.ingest import ingest
from kb.server.vectors import command, run_waiting

pytestmark = pytest.mark.slow

ARTICLE = "<html><head><title>Jembatan</title></head><body><article><h1>Jembatan</h1><p>{0}</p>"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "a.html").write_text(ARTICLE.format("Gubernur meninjau jembatan. " * 20))
    settings = Settings(home=tmp_path / "home")
    ingest(settings, [tmp_path / "a.html"], workers=1)
    return settings


class Started:
    """Starts another program in place of ``kb embed``."""

    def __init__(self, program: str) -> None:
        self.program = program
        self.asked: list[list[str]] = []
        self.process: subprocess.Popen[bytes] | None = None

    def __call__(self, command: list[str]) -> subprocess.Popen[bytes]:
        self.asked.append(command)
        self.process = subprocess.Popen([sys.executable, "-c", self.program])
        return self.process


def test_pages_that_wait_are_seen_to(settings: Settings) -> None:
    start = Started("pass")
    assert run_waiting(settings, threading.Event(), start)
    assert start.asked == [command(settings)]
    assert command(settings)[-1] == str(settings.home)


def test_it_ends_with_the_server(settings: Settings) -> None:
    start, stop = Started("import time; time.sleep(600)"), threading.Event()
    stop.set()
    assert run_waiting(settings, stop, start)
    assert start.process is not None
    assert start.process.returncode not in (None, 0)


def test_nothing_is_started_where_it_is_turned_off(settings: Settings) -> None:
    start = Started("pass")
    assert not run_waiting(replace(settings, meaning=False), threading.Event(), start)
    assert not run_waiting(replace(settings, embed=False), threading.Event(), start)
    assert start.asked == []
