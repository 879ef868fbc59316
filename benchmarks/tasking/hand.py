"""A reader's hand in a browser's window, and what it is asked to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RUN_OVER = '[data-test-script-state="notRunning"]'


@dataclass
class Hand:
    """A reader's hand in one window: does what is asked, and counts it."""

    page: Any
    address: str
    clicks: int = 0
    keys: int = 0
    fields: int = 0
    scrolls: int = 0

    def start(self, path: str = "") -> None:
        self.page.goto(f"{self.address}/{path}")
        self.settle()

    def settle(self) -> None:
        """Until nothing runs for a while."""
        self.page.wait_for_selector(RUN_OVER, timeout=60_000)
        quiet = 0
        while quiet < 5:
            self.page.wait_for_timeout(60)
            quiet = quiet + 1 if self.page.locator(RUN_OVER).count() else 0

    def click(self, what: Any, number: int = 0, *, settle: bool = True) -> None:
        found = self.page.locator(what) if isinstance(what, str) else what
        found.nth(number).click()
        self.clicks += 1
        if settle:
            self.settle()

    def menu(self, name: str) -> None:
        self.click(self.page.get_by_role("link", name=name, exact=True))

    def button(self, name: str, *, exact: bool = False, settle: bool = True) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=exact), settle=settle)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1
            self.settle()

    def fill(self, field: Any, words: str, enter: bool = True) -> None:
        """A field is clicked, filled, and told with Enter."""
        found = field if not isinstance(field, str) else self.page.get_by_label(field, exact=True)
        found.first.click()
        found.first.fill(words)
        self.clicks += 1
        self.fields += 1
        if enter:
            self.press("Enter")

    def search(self, words: str) -> None:
        box = self.page.get_by_role("combobox", name="Kata yang dicari")
        box.wait_for()
        focused = box.evaluate("e => e.getRootNode().activeElement === e")
        if not focused:
            box.click()
            self.clicks += 1
        box.fill(words)
        self.fields += 1
        self.press("Enter")

    def scroll(self, by: int) -> None:
        box = self.page.locator(".kb-sheet").bounding_box()
        self.page.mouse.move(box["x"] + 200, box["y"] + 300)
        for _ in range(by // 200):
            self.page.mouse.wheel(0, 200)
            self.page.wait_for_timeout(40)
        self.scrolls += 1
        self.page.wait_for_timeout(800)
        self.settle()

    def save(self, act: Callable[[], object]) -> bytes:
        """What a click brings as a file."""
        with self.page.expect_download(timeout=60_000) as download:
            act()
        return Path(download.value.path()).read_bytes()

    def sees(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for()


@dataclass(frozen=True)
class Task:
    name: str
    """As ``docs/tasks.md`` numbers it: A1, R3, S10."""
    wish: str
    does: Callable[[Hand], object]


def long_document(hand: Hand) -> int:
    from kb.explore import open_kb

    with open_kb(hand.page.kb_home) as base:
        return max(base.documents(limit=100)[1], key=lambda d: d.page_count).document_id


def page_with_table(hand: Hand) -> int:
    from kb.explore import open_kb

    with open_kb(hand.page.kb_home) as base:
        plan = long_document(hand)
        return next(n for n in range(20, 80) if len(base.tables(plan, n)) == 1)
