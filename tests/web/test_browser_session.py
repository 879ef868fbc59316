"""In chromium: a session survives a reload, no script reads it, signed out it is over."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from made_base import make
from signing import PASSWORD, fill_in

from kb.config import Settings
from kb.staff import accounts, sessions

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_reloaded_signed_out_and_closed_to_strangers(
    tmp_path: Path,
    serve: Callable[[Path], AbstractContextManager[str]],
    page: Any,
    settle: Callable[[Any], None],
) -> None:
    base = Settings(tmp_path / "index")
    make(base, tmp_path)
    (base.home / "kb.toml").write_text('readers = "staff"\n', encoding="utf-8")
    accounts.add(base, "Ani", "editor", PASSWORD)
    with serve(base.home) as address:
        page.goto(f"{address}/pernyataan")
        page.get_by_text("hanya untuk yang punya akun").wait_for()
        settle(page)
        assert page.get_by_text("rumah sakit").count() == 0
        with pytest.raises(OSError, match="401"):
            urlopen(f"{address}/api/v1/documents", timeout=30)
        fill_in(page)
        page.locator(".kb-speaker").first.wait_for()
        page.locator("html[data-kb-kept=true]").wait_for(state="attached")
        assert "kb_petugas" not in page.evaluate("document.cookie")
        (kept,) = [c for c in page.context.cookies() if c["name"] == "kb_petugas"]
        assert (kept["httpOnly"], kept["sameSite"]) == (True, "Strict")
        page.reload()
        page.locator(".kb-speaker").first.wait_for()
        page.goto(f"{address}/kelola")
        page.get_by_text("Masuk sebagai").wait_for()
        settle(page)
        page.get_by_role("button", name="Keluar", exact=True).click()
        page.get_by_text("hanya untuk yang punya akun").wait_for()
        page.reload()
        page.get_by_text("hanya untuk yang punya akun").wait_for()
        assert sessions.alive(base) == ()
