"""Words of a page in chromium: a click on a tag, a selection, both saved by keys."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from made_base import make
from signing import PASSWORD, sign_in

from kb.config import Settings
from kb.explore import open_kb
from kb.staff import accounts

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SELECT = """(words) => {
  const block = document.querySelector(".kb-article");
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(node, at, node, at + words.length);
  }
}"""


def test_a_tag_is_rejected_and_words_are_tagged(
    tmp_path: Path,
    serve: Callable[[Path], AbstractContextManager[str]],
    page: Any,
    settle: Callable[[Any], None],
) -> None:
    base = Settings(tmp_path / "index")
    make(base, tmp_path)
    accounts.add(base, "Ani", "editor", PASSWORD)
    with serve(base.home) as address:
        sign_in(page, address, settle)
        page.locator("html[data-kb-kept=true]").wait_for(state="attached")
        page.goto(f"{address}/dokumen?id=1")
        settle(page)
        page.get_by_role("switch", name="Perbaiki").press("Space")
        page.get_by_text("Pilih kata pada teks").wait_for()
        settle(page)
        page.locator(".kb-article .kb-ent", has_text="Bagus Pradana").click()
        page.get_by_role("button", name="Ini bukan nama").click()
        page.get_by_text("Tersimpan sebagai perbaikan 1.").wait_for()
        page.get_by_text("Pilih kata pada teks").wait_for()
        settle(page)
        assert page.locator(".kb-article .kb-ent", has_text="Bagus Pradana").count() == 0
        page.evaluate(SELECT, "Bagus Pradana")
        page.keyboard.press("Shift")
        page.get_by_text("“Bagus Pradana” belum bertanda.").wait_for()
        settle(page)
        page.locator(".st-key-picked").get_by_label("Alasan").press("Enter")
        page.get_by_text("Tersimpan sebagai perbaikan 2.").wait_for()
        page.locator(".kb-article .kb-ent", has_text="Bagus Pradana").wait_for()
        settle(page)
        # Further down than the window shows: the form lies where the words were clicked.
        page.set_viewport_size({"width": 1000, "height": 420})
        page.locator(".kb-article .kb-ent", has_text="Bagus Pradana").click()
        form = page.locator(".st-key-picked")
        form.wait_for()
        settle(page)
        top = page.get_by_test_id("stMain").evaluate("(e) => e.scrollTop")
        box = form.bounding_box()
        assert top > 0
        assert 0 <= box["y"] < box["y"] + box["height"] <= 420
        form.get_by_role("combobox").first.click()
        page.get_by_role("listbox").wait_for()
        page.keyboard.press("Escape")  # the list
        page.get_by_role("listbox").wait_for(state="detached")
        assert form.is_visible()
        page.keyboard.press("Escape")  # the form
        form.wait_for(state="detached")
        # What is opened from now on is in the mode, too.
        page.goto(f"{address}/dokumen?id=2")
        page.get_by_text("Pilih kata pada teks").wait_for()
    with open_kb(base) as kb:
        assert [(c.kind, c.by) for c in kb.corrections()] == [("mention", "Ani")] * 2
        (mention,) = [m for m in kb.page(1, 1).mentions if m.surface == "Bagus Pradana"]
    assert (mention.entity_id, mention.method) == ("person:bagus-pradana", "staff")
