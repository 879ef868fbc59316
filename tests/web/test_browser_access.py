"""axe-core over every page in the four looks: nothing that keeps somebody from reading."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from kb.explore import open_kb

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = (
    "",
    "cari?q=anggaran&jenis=lppd",
    "pernyataan?q=jalan",
    "entitas",
    "linimasa?q=jalan",
    "tren?q=stunting",
    "indikator?q=kemiskinan",
    "klaim",
    "sumber",
    "ikuti",
    "banyak",
    "kelola",
    "antrean",
)
LOOKS = [(1400, "light"), (1400, "dark"), (400, "light"), (400, "dark")]
FINDINGS = """async () => {
  const found = await axe.run(document, {resultTypes: ['violations']});
  return found.violations.flatMap((v) => v.nodes.map(
    (n) => `${v.impact}, ${v.id}: ${n.html.slice(0, 120)}`));
}"""


@pytest.fixture(scope="module")
def one_of_each(sample_home: Path) -> tuple[str, ...]:
    """A page of the long plan with hits, and the person mentioned most."""
    with open_kb(sample_home) as base:
        plan = max(base.documents(limit=100)[1], key=lambda d: d.page_count).document_id
        person = base.entities(type="official", limit=1).entities[0].entity_id
    return f"dokumen?id={plan}&hal=30&q=kemiskinan", f"entitas?id={person}"


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_nothing_of_any_impact_on_any_page(
    served: str,
    chromium: Any,
    settle: Callable[[Any], None],
    one_of_each: tuple[str, ...],
    width: int,
    scheme: str,
) -> None:
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    # The policy of the app would keep the examiner's own script out.
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for address in (*PAGES, *one_of_each):
        page.goto(f"{served}/{address}")
        settle(page)
        page.evaluate(f"{axe};0")
        if told := page.evaluate(FINDINGS):
            found[address] = told
    context.close()
    assert found == {}


def heard(page: Any, what: str = '[data-testid="stMainBlockContainer"]') -> str:
    """What a screen reader has of a part of the page: roles, names and levels, in order."""
    return str(page.locator(what).aria_snapshot())


def focused(page: Any) -> str:
    """The name of what has the focus."""
    return str(
        page.evaluate(
            "() => { let e = document.activeElement;"
            " while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;"
            " return e.getAttribute('aria-label') || e.innerText || e.tagName }"
        )
    )


def test_a_screen_readers_path_through_search_document_and_statement(
    served: str, page: Any, settle: Callable[[Any], None]
) -> None:
    """The path that docs/app.md writes down, by keys alone."""
    page.goto(f"{served}/cari?q=kemiskinan")
    settle(page)
    page.keyboard.press("Tab")
    assert focused(page) == "Langsung ke isi halaman"
    told = heard(page)
    assert '- heading "Cari" [level=1]' in told
    assert 'combobox "Kata yang dicari"' in told
    assert re.search(r'heading "Hasil 1–\d+ dari .+" \[level=2\]', told)
    titles = re.findall(r'- heading "(.+?)" \[level=3\]', told)
    assert len(titles) >= 5, "each result is a heading to jump to"
    # Into the first result: its page, named by number and place.
    page.locator('.st-key-results a[href*="hal="]').first.focus()
    page.keyboard.press("Enter")
    page.locator(".kb-figure .kb-words span").first.wait_for(state="attached")
    settle(page)
    told = heard(page)
    assert re.search(r'- heading ".+" \[level=1\]', told)
    assert re.search(r'- region "Halaman \d+ dari \d+"', told)
    assert 'navigation "Halaman hasil"' in told
    place = re.search(r"kemiskinan: halaman cocok ke-(\d+) dari", told)
    assert place is not None, "said as a status"
    page.keyboard.press("p")
    settle(page)
    assert f"halaman cocok ke-{int(place[1]) - 1} dari" in heard(page)
    # A statement, with who, when and where in one piece, and its document behind it.
    page.goto(f"{served}/pernyataan?q=jalan")
    settle(page)
    told = heard(page)
    assert "- blockquote" in told
    assert re.search(r'heading "Pernyataan 1–10 dari \d+" \[level=2\]', told)
    assert (
        heard(page, '[data-testid="stSidebar"]').startswith("- region")
        or page.get_by_role("region", name="Panel samping").count()
    )
    page.locator(".kb-where").first.focus()
    page.keyboard.press("Enter")
    page.locator(".kb-chosen").first.wait_for()
    assert page.locator(".kb-chosen").first.is_visible()
