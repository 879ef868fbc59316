"""axe-core over the pages that only people with an account see, in the four looks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from made_base import make
from signing import PASSWORD, sign_in

from kb.config import Settings
from kb.explore import open_kb
from kb.staff import accounts
from kb.staff.keeping import Keeper, Thing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOOKS = [(1400, "light"), (1400, "dark"), (400, "light"), (400, "dark")]
FINDINGS = """async () => {
  const found = await axe.run(document, {resultTypes: ['violations']});
  return found.violations.flatMap((v) => ['serious', 'critical'].includes(v.impact)
    ? v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)}`) : []);
}"""


def test_nothing_serious_on_the_pages_of_staff(
    tmp_path: Path,
    serve: Callable[[Path], AbstractContextManager[str]],
    chromium: Any,
    settle: Callable[[Any], None],
) -> None:
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    base = Settings(tmp_path / "index")
    make(base, tmp_path)
    accounts.add(base, "Ani", "admin", PASSWORD)
    ani = Keeper(base, "Ani")
    number = ani.make("Jalan 2024")
    with open_kb(base) as kb:
        said = kb.statements(limit=1).statements[0]
        person = kb.entities("Bagus Pradana").entities[0].entity_id
    thing = Thing("statement", said.document_id, said.page, said.statement_id)
    ani.keep(thing, starred=True, note="tanya lagi", collections=[number])
    # Each with what is opened there, by the key of its button.
    pages = (
        ("antrean?jenis=pair", ""),
        ("antrean?jenis=number", ""),
        ("koleksi", ""),
        (f"koleksi?id={number}", "collection_settings"),
        ("kelola", "base_told"),
        (f"dokumen?id={said.document_id}", "keep_page"),
        (f"dokumen?id={said.document_id}", "mend_take_out"),
        (f"entitas?id={person}", "mend"),
        ("indikator?q=jalan", "keep_numbers_indicator"),
    )
    found: dict[str, list[str]] = {}
    with serve(base.home) as address:
        # The policy of the app would keep the examiner's own script out.
        context = chromium.new_context(bypass_csp=True, locale="id-ID")
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.set_viewport_size({"width": 1400, "height": 900})
        sign_in(page, address, settle)
        page.locator("html[data-kb-kept=true]").wait_for(state="attached")
        settle(page)
        for path, opened in pages:
            page.set_viewport_size({"width": 1400, "height": 900})
            page.goto(f"{address}/{path}")
            settle(page)
            if opened == "mend_take_out":
                page.get_by_role("switch", name="Perbaiki").press("Space")
                settle(page)
            if opened:
                page.locator(f".st-key-{opened} :is(button, summary)").first.click()
                settle(page)
            page.evaluate(f"{axe};0")
            for width, scheme in LOOKS:
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=scheme)
                settle(page)
                if told := page.evaluate(FINDINGS):
                    found[f"{path} {opened} {width} {scheme}"] = told
        context.close()
    assert found == {}
