"""An editor in chromium mends what is wrong within three clicks or by keys; forged messages of a
reader change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from made_base import make
from signing import PASSWORD, sign_in
from wire import ON, Reader

from kb.config import Settings
from kb.explore import open_kb
from kb.staff import Desk, accounts

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BAGUS = "person:bagus-pradana"
Settle = Callable[[Any], None]


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


def go(page: Any, label: str, settle: Settle) -> None:
    link = page.get_by_role("link", name=label).first
    slug = str(link.get_attribute("href")).rstrip("/").rsplit("/", 1)[-1]
    link.click()
    # Until the server has begun the page, what is pressed next belongs to the one before.
    page.wait_for_url(f"**/{slug}*")
    settle(page)


def test_three_things_are_mended_and_taken_back_in_another_order(
    base: Settings, address: str, page: Any, settle: Settle
) -> None:
    with open_kb(base) as kb:
        terms = kb.entity(BAGUS).offices
        said = [s.text for s in kb.statements(limit=50).statements]
        title = kb.document(1).title
    sign_in(page, address, settle)
    go(page, "Pernyataan", settle)
    # One: by keys alone, from the switch on.
    page.get_by_role("switch", name="Perbaiki").press("Space")
    button = page.get_by_role("button", name="Perbaiki").first
    button.wait_for()
    settle(page)
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Ini bukan pernyataan").wait_for()
    settle(page)
    page.get_by_role("button", name="Ini bukan pernyataan").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Tersimpan sebagai perbaikan 1.").wait_for()
    settle(page)
    with open_kb(base) as kb:
        assert len(kb.statements(limit=50).statements) == len(said) - 1
    # Two: an office, two clicks after seeing it.
    page.locator(".kb-speaker a", has_text="Bagus Pradana").first.click()
    settle(page)
    page.locator('[class*="st-key-mend_office"] button').first.click()
    page.get_by_role("button", name="Jabatan ini keliru").click()
    page.get_by_text("Tersimpan sebagai perbaikan 2.").wait_for()
    settle(page)
    with open_kb(base) as kb:
        assert len(kb.entity(BAGUS).offices) == len(terms) - 1
    # Three: the description of a document, saved by Enter.
    page.locator(".kb-lines a").first.click()
    settle(page)
    page.get_by_role("button", name="Perbaiki keterangan").click()
    page.get_by_label("Judul").fill("Judul yang benar")
    page.get_by_label("Judul").press("Enter")
    page.get_by_text("Diperbaiki oleh Ani, lihat").wait_for()
    settle(page)
    assert page.locator("h1", has_text="Judul yang benar").count() == 1
    page.get_by_text("Diperbaiki oleh Ani, lihat").click()
    assert page.get_by_text("→ Judul yang benar").is_visible()
    with open_kb(base) as kb:
        record = kb.corrections()
    assert [(c.kind, c.by) for c in record] == [
        ("field", "Ani"),
        ("office", "Ani"),
        ("statement", "Ani"),
    ]
    desk = Desk(base)
    for number in (2, 3, 1):
        desk.undo(number)
    with open_kb(base) as kb:
        assert kb.entity(BAGUS).offices == terms
        assert kb.document(1).title == title
        assert [s.text for s in kb.statements(limit=50).statements] == said


def test_forged_messages_of_a_reader_change_nothing(base: Settings, address: str) -> None:
    port = int(address.rpartition(":")[2])
    with open_kb(base) as kb:
        number = kb.statements(limit=1).statements[0].statement_id
    opened = f"mend_said_{number}"
    with Reader(port) as editor:
        editor.open("kelola")
        name, word = editor.widget("admin_name"), editor.widget("admin_password")
        door = editor.widget("FormSubmitter")
        editor.open("kelola", {name: "Ani", word: PASSWORD, door: True})
        editor.open("pernyataan")
        switch = editor.widget("mend_mode")
        editor.open("pernyataan", {switch: ON})
        box = editor.widget(opened)
        editor.open("pernyataan", {switch: ON, box: ON})
        reject = editor.widget(f"reject_said_{number}")
    with Reader(port) as reader:
        for _ in range(2):
            reader.open("pernyataan", {switch: ON, box: ON, reject: True})
        assert "Ini bukan pernyataan" not in reader.words()
        reader.open("dokumen", {switch: ON}, id="1", mend_document="1", kb_session="Ani")
        reader.open("kelola", {switch: ON}, kb_admin="1")
        assert "Masuk sebagai" not in reader.words()
    with open_kb(base) as kb:
        assert kb.corrections(undone=True) == ()
    with Reader(port) as editor:  # the same, of one who may
        editor.open("kelola")
        editor.open("kelola", {name: "Ani", word: PASSWORD, door: True})
        for pressed in ({}, {reject: True}):
            editor.open("pernyataan", {switch: ON, box: ON, **pressed})
    with open_kb(base) as kb:
        assert [c.by for c in kb.corrections()] == ["Ani"]
