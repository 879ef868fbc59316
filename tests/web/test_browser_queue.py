"""Antrean in chromium: by keys alone; a reader is not led there, and forged presses do nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from made_base import make, of_sources
from signing import PASSWORD, fill_in, sign_in
from wire import Reader

from kb.config import Settings
from kb.explore import open_kb
from kb.staff import accounts

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def base(tmp_path: Path) -> Settings:
    settings = Settings(tmp_path / "index")
    make(settings, tmp_path)
    accounts.add(settings, "Ani", "editor", PASSWORD)
    return settings


@pytest.fixture
def address(base: Settings, serve: Callable[[Path], AbstractContextManager[str]]) -> Iterator[str]:
    with serve(base.home) as found:
        yield found


def decided(base: Settings) -> list[tuple[str, str | None]]:
    with open_kb(base) as kb:
        return [(c.kind, c.by) for c in kb.corrections()]


def test_new_documents_are_looked_at_by_keys_alone(
    base: Settings, address: str, page: Any, settle: Callable[[Any], None]
) -> None:
    of_sources(base, portal=(1, 3, 5))
    sign_in(page, address, settle)
    page.goto(f"{address}/antrean?jenis=document")
    page.get_by_text("3 menunggu keputusan").wait_for()
    settle(page)
    assert "Dokumen baru dari portal" in page.locator("h2").first.inner_text()
    page.keyboard.press("e")
    title = page.get_by_label("Judul", exact=True)
    title.fill("Jalan Provinsi Diperbaiki")
    title.press("Enter")
    page.locator(".kb-title", has_text="Jalan Provinsi Diperbaiki").wait_for()
    settle(page)
    page.keyboard.press("y")
    page.get_by_text("2 menunggu keputusan").wait_for()
    settle(page)
    page.keyboard.press("a")
    page.get_by_text("Tidak ada yang menunggu keputusan.").wait_for()
    settle(page)
    assert decided(base) == [("seen", "Ani"), ("seen", "Ani"), ("field", "Ani")]
    page.keyboard.press("u")
    page.get_by_text("2 menunggu keputusan").wait_for()


def test_one_key_decides_and_another_takes_it_back(
    base: Settings, address: str, page: Any, settle: Callable[[Any], None]
) -> None:
    page.goto(f"{address}/antrean")
    settle(page)
    page.get_by_text("Halaman ini untuk petugas.").wait_for()
    assert page.get_by_role("link", name="Antrean").count() == 0
    page.locator(".kb-button", has_text="Kelola").click()
    settle(page)
    fill_in(page)
    page.get_by_text("Masuk sebagai").wait_for()
    settle(page)
    page.get_by_role("link", name="Antrean").first.click()
    page.get_by_text("2 menunggu keputusan").wait_for()
    settle(page)
    asked = page.locator("h2").first.inner_text()
    page.keyboard.press("s")
    page.locator("h2").first.filter(has_not_text=asked).wait_for()
    settle(page)
    page.keyboard.press("n" if "menerbitkan" in page.locator("h2").first.inner_text() else "y")
    page.get_by_text("1 menunggu keputusan").wait_for()
    settle(page)
    assert decided(base)
    assert {by for _, by in decided(base)} == {"Ani"}
    page.keyboard.press("u")
    page.get_by_text("2 menunggu keputusan").wait_for()
    assert decided(base) == []


def test_forged_presses_change_nothing(base: Settings, address: str) -> None:
    port = int(address.rpartition(":")[2])
    with Reader(port) as editor:
        editor.open("kelola")
        name, word = editor.widget("admin_name"), editor.widget("admin_password")
        editor.open("kelola", {name: "Ani", word: PASSWORD, editor.widget("FormSubmitter"): True})
        editor.open("antrean", jenis="number")
        button = editor.widget("queue_y_")
    with Reader(port) as reader:
        for _ in range(2):
            reader.open("antrean", {button: True}, jenis="number", kb_session="Ani")
        assert "Jalan Mantap" not in reader.words()
    assert decided(base) == []
