"""The Content-Security-Policy fits what is drawn: no page of the app runs into it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser

ADDRESSES = (
    "",
    "cari?q=stunting",
    "pernyataan?q=jalan",
    "entitas",
    "linimasa?q=jalan",
    "tren?q=stunting",
    "indikator?q=stunting",
    "dokumen?id=1",
)


def test_no_page_runs_into_the_policy(
    served: str, page: Any, settle: Callable[[Any], None]
) -> None:
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    for address in ADDRESSES:
        page.goto(f"{served}/{address}")
        settle(page)
    assert [text for text in told if "Content Security Policy" in text] == []


def test_an_inline_script_does_not_run(
    served: str, page: Any, settle: Callable[[Any], None]
) -> None:
    page.goto(served)
    settle(page)
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        " document.body.append(s); }"
    )
    assert page.evaluate("() => window.ran") is None
