"""Signing in at Kelola in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PASSWORD = "kata-sandi-ani"


def fill_in(page: Any, who: str = "Ani") -> None:
    """Fills the form that asks who it is, and presses Enter."""
    page.get_by_label("Nama", exact=True).fill(who)
    page.get_by_label("Kata sandi pengelola").fill(PASSWORD)
    page.keyboard.press("Enter")


def sign_in(page: Any, address: str, settle: Callable[[Any], None], who: str = "Ani") -> None:
    """``who`` comes in at Kelola; over when the page says so and is drawn."""
    page.goto(f"{address}/kelola")
    settle(page)
    fill_in(page, who)
    page.get_by_text("Masuk sebagai").wait_for()
    settle(page)
