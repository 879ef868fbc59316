"""The real app in a real browser: a server over the sample base, and Debian's chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """``kb serve`` over ``home``; gives the address, ends the server afterwards."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "kb", "serve", "--home", str(home), "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(240):
            assert process.poll() is None, "kb serve ended"
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                    if answer.status == 200:
                        break
            except OSError:
                time.sleep(0.25)
        else:
            pytest.fail("kb serve did not answer within a minute")
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def serve() -> Callable[[Path], AbstractContextManager[str]]:
    """``serving``, for tests that bring their own base."""
    return serving


@pytest.fixture(scope="session")
def settle() -> Callable[[Any], None]:
    """Waits until a page's script run is over and everything is drawn."""

    def wait(window: Any) -> None:
        window.wait_for_selector('[data-testid="stMainBlockContainer"]')
        for _ in range(2):
            window.wait_for_selector('[data-test-script-state="notRunning"]', timeout=60_000)
            window.wait_for_timeout(350)

    return wait


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's chromium under Playwright. CI must have it; elsewhere its tests skip."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("KB_CI"):
            pytest.fail("chromium is missing in CI: install Debian's package chromium")
        pytest.skip("chromium is not installed (apt install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(sample_home: Path) -> Iterator[str]:
    """The address of the app over the sample base."""
    with serving(sample_home) as address:
        yield address


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A fresh window, 1400 pixels wide, Indonesian."""
    context = chromium.new_context(
        viewport={"width": 1400, "height": 1000}, locale="id-ID", accept_downloads=True
    )
    context.set_default_timeout(30_000)
    window = context.new_page()
    yield window
    context.close()
