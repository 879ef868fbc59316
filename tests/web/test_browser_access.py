"""axe-core over every page in the four looks: nothing that keeps somebody from reading."""

from __future__ import annotations

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
  return found.violations.flatMap((v) => v.nodes.map((n) => `${v.impact}, ${v.id}: ${n.html.slice(0, 120)}`));
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
