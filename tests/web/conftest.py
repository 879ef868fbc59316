"""The real app in a real browser: a server over the sample base, and Debian's chromium."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import loopback
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


_ANCHOR = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
_HREF = re.compile(r'\bhref="([^"]*)"')


@pytest.fixture(scope="session")
def links() -> Callable[[Any], list[tuple[str, str]]]:
    """Words (or label) and address of every plain HTML link of an ``AppTest``, in order."""

    def found(at: Any) -> list[tuple[str, str]]:
        anchors = _ANCHOR.findall("".join(str(h.proto.body) for h in at.get("html")))
        out = []
        for attributes, content in anchors:
            label = re.search(r'aria-label="([^"]*)"', attributes)
            words = label[1] if label else re.sub(r"<[^>]+>", "", content)
            address = _HREF.search(attributes)
            assert address is not None
            out.append((unescape(words).strip(), unescape(address[1])))
        return out

    return found


@pytest.fixture(scope="session")
def follow(links: Callable[[Any], list[tuple[str, str]]]) -> Callable[[Any, str], Any]:
    """Follows a link of this page to this page, as ``links.js`` does in a browser."""

    def followed(at: Any, words: str) -> Any:
        address = next(a for label, a in links(at) if words in label and a.startswith("?"))
        for name in [*at.query_params]:
            del at.query_params[name]
        for name, value in parse_qsl(urlsplit(address).query):
            before = at.query_params.get(name, [])
            at.query_params[name] = [*before, value]
        at.run()
        assert not at.exception
        return at

    return followed


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """``kb serve`` over ``home``; gives the address, ends the server afterwards."""
    with loopback.serving(home) as served:
        yield served.address


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base of ``made_base``."""
    from made_base import make

    from kb.config import Settings

    place = tmp_path_factory.mktemp("halaman") / "index"
    make(Settings(place), place.parent)
    return place


def _page(name: str) -> None:
    import importlib

    from kb.web.frame import page

    page(importlib.import_module(f"kb.web.pages.{name}").show)()


@pytest.fixture
def ask(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Opens a page of a made base with these parameters in its address."""

    from streamlit.testing.v1 import AppTest

    def opened(name: str, **parameters: str | Sequence[str]) -> Any:
        monkeypatch.setenv("KB_HOME", str(home))
        at = AppTest.from_function(_page, kwargs={"name": name}, default_timeout=60)
        for key, value in parameters.items():
            at.query_params[key] = list(value) if not isinstance(value, str) else value
        at.run()
        assert not at.exception
        return at

    return opened


@pytest.fixture(autouse=True)
def same_main() -> Iterator[None]:
    """AppTest leaves its script as ``__main__``, which processes started later would run."""
    before = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = before


@pytest.fixture(autouse=True)
def nothing_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test at a door that nobody has tried: counts belong to the process."""
    from kb.tries import Tries
    from kb.web import staff

    monkeypatch.setattr(staff, "tries", Tries())


@pytest.fixture(scope="session")
def serve() -> Callable[[Path], AbstractContextManager[str]]:
    """``serving``, for tests that bring their own base."""
    return serving


SETTLED = """() => new Promise((done) => {
  // Over when for ten pictures in a row no run was asked for or going, nothing waits to be
  // replaced, and nothing was drawn.
  let quiet = 0;
  const watch = new MutationObserver(() => { quiet = 0; });
  watch.observe(document, {subtree: true, childList: true, characterData: true});
  // The scripts of our own parts come by themselves: until then nothing in them has been drawn.
  const inside = (selector) => [...document.querySelectorAll("*")]
    .filter((e) => e.shadowRoot).flatMap((e) => [...e.shadowRoot.querySelectorAll(selector)]);
  const ours = () => window.kbLinks && inside(".kb-line").every((e) => e.querySelector(".field"))
    && inside(".box input").every((e) => e.placeholder);
  const look = () => {
    const over = ours() && document.querySelector('[data-test-script-state="notRunning"]')
      && document.querySelector('[data-testid="stMainBlockContainer"]')
      && !document.querySelector('[data-stale="true"]');
    quiet = over ? quiet + 1 : 0;
    if (quiet > 10) { watch.disconnect(); done(); }
    else requestAnimationFrame(() => setTimeout(look));
  };
  look();
})"""


@pytest.fixture(scope="session")
def settle() -> Callable[[Any], None]:
    """Waits until a page's script run is over and everything is drawn."""

    def wait(window: Any) -> None:
        window.wait_for_selector('[data-testid="stMainBlockContainer"]')
        window.wait_for_selector('[data-test-script-state="notRunning"]', timeout=60_000)
        window.evaluate(SETTLED)

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
