"""The app by keyboard alone: every step of a search to its citation, and the way back."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Settle = Callable[[Any], None]

FOCUSED = """() => {
  let at = document.activeElement;
  if (at.shadowRoot) at = at.shadowRoot.activeElement || at;
  const look = getComputedStyle(at);
  const frame = getComputedStyle(at.parentElement?.parentElement ?? at);
  return {
    name: (at.getAttribute('aria-label') || at.textContent || '').trim(),
    tag: at.tagName,
    ring: look.outlineStyle !== 'none' || look.boxShadow !== 'none' || frame.boxShadow !== 'none'
      || at.tagName === 'INPUT' || at.tagName === 'MAIN',
    href: at.getAttribute('href') || '',
  };
}"""


def focused(page: Any) -> dict[str, Any]:
    return dict(page.evaluate(FOCUSED))


def tab_to(page: Any, wanted: str, limit: int = 80) -> dict[str, Any]:
    """Press Tab until what has the focus says ``wanted``; the focus is seen at every stop."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        at = focused(page)
        assert at["ring"], f"no focus to be seen on {at}"
        if re.search(wanted, at["name"]):
            return at
    raise AssertionError(f"{wanted} is not reached with Tab")


def test_from_a_search_to_a_citation_and_back(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/cari?q=stunting")
    settle(page)
    page.keyboard.press("Tab")
    assert focused(page)["name"] == "Langsung ke isi halaman"
    page.keyboard.press("Enter")  # past the filters
    tab_to(page, "^Kata yang dicari$", limit=3)
    page.keyboard.press("Control+a")
    page.keyboard.type("rencana", delay=30)
    page.keyboard.press("Enter")
    page.wait_for_url("**q=rencana**")
    settle(page)
    assert focused(page)["name"] == "Kata yang dicari", "the next word can be typed at once"
    # A result with its page of a PDF.
    title = tab_to(page, r"^hal\. ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dokumen?**")
    settle(page)
    assert focused(page)["tag"] == "MAIN"
    around = "getComputedStyle(document.activeElement, '::before').boxShadow"
    assert page.evaluate(around) == "none", "no frame around the whole page"
    opened = page.url
    tab_to(page, "Hasil (berikutnya|sebelumnya)")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != opened)
    settle(page)
    assert page.locator("mark").count() >= 1
    tab_to(page, "Kutip halaman ini")
    page.keyboard.press("Enter")
    settle(page)
    page.get_by_text("BibTeX").wait_for()
    page.locator(".st-key-cite_words", has_text="Rencana").wait_for()
    page.keyboard.press("Escape")
    # Back twice: the list stands where it was left, and so does the focus.
    page.go_back()
    page.wait_for_url(opened)
    settle(page)
    page.go_back()
    page.wait_for_url("**/cari?q=rencana**")
    settle(page)
    page.wait_for_function("() => document.activeElement.dataset.k")
    assert focused(page)["href"] == title["href"]


def test_filters_bars_and_language(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/cari?q=anggaran")
    settle(page)
    bar = tab_to(page, r"^\d{4}: ", limit=3)
    page.keyboard.press("ArrowLeft")
    other = focused(page)
    assert re.match(r"^\d{4}: ", other["name"])
    assert other["name"] != bar["name"]
    tab_to(page, r"^\d{4} \d+$", limit=1)  # a row of bars is one stop
    year = focused(page)["name"].split()[0]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**tahun={year}**")
    settle(page)
    page.wait_for_function("() => document.activeElement.dataset.k")
    assert focused(page)["name"].startswith(year), "the focus stays on the filter"
    tab_to(page, "^English$")
    page.keyboard.press("Enter")
    page.wait_for_url("**lang=en**")
    settle(page)
    assert "Results 1" in page.locator("h2.kb-count").inner_text()
    assert page.evaluate("() => document.documentElement.lang") == "en"


def test_completions_are_walked_and_opened(served: str, page: Any, settle: Settle) -> None:
    page.goto(served)
    settle(page)
    box = page.get_by_role("combobox", name="Kata yang dicari")
    box.focus()
    page.keyboard.type("bappeda", delay=40)
    page.get_by_role("option").first.wait_for(timeout=20_000)
    page.keyboard.press("ArrowDown")
    chosen = page.locator('[role="option"][aria-selected="true"]')
    assert chosen.count() == 1
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("Escape")
    assert page.get_by_role("option").count() == 0
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/(entitas|dokumen|cari)\?"))


@pytest.mark.parametrize(
    "path", ["", "cari?q=stunting", "cari?q=stunting&tahun=1999", "pernyataan", "dokumen?id=1&q=a"]
)
def test_what_a_screen_reader_is_told(served: str, page: Any, settle: Settle, path: str) -> None:
    page.goto(f"{served}/{path}")
    settle(page)
    levels = page.evaluate(
        "() => [...document.querySelectorAll('main h1, main h2, main h3, main h4')]"
        ".map(h => Number(h.tagName[1]))"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    nameless = page.evaluate(
        "() => [...document.querySelectorAll('button, a, img, input')]"
        ".filter(e => e.checkVisibility() && !(e.textContent.trim() || e.alt || e.title"
        " || e.getAttribute('aria-label') || e.labels?.length)).map(e => e.outerHTML.slice(0, 200))"
    )
    assert nameless == []
    assert page.evaluate("() => document.documentElement.lang") == "id"


def test_a_link_opens_in_a_new_tab_too(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/cari?q=stunting")
    settle(page)
    with page.context.expect_page() as waiting:
        page.locator(".kb-title a").first.click(modifiers=["Control"])
    other = waiting.value
    settle(other)
    assert "/dokumen?" in other.url
    assert other.locator("mark").count() >= 1
    assert "/cari?" in page.url
