"""Maps, timelines and circles in chromium: what is clicked opens, and nothing is fetched."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageColor

from kb.web.theme import SERIES_COLOURS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Settle = Callable[[Any], None]
CHART = '[data-testid="stMainBlockContainer"] [data-testid="stVegaLiteChart"]'


def text_of(page: Any) -> str:
    return str(page.locator('[data-testid="stMainBlockContainer"]').inner_text())


def click_dot(page: Any, chart: Any, colour: str, skip: int) -> None:
    """Click the first dot of this colour in a chart, below its first ``skip`` pixels."""
    chart.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    box = chart.bounding_box()
    picture = Image.open(io.BytesIO(chart.screenshot())).convert("RGB")
    wanted = ImageColor.getrgb(colour)

    def alike(x: int, y: int) -> bool:
        found = picture.getpixel((x, y))
        return sum(abs(a - b) for a, b in zip(found, wanted, strict=True)) < 160 and (
            max(found) - min(found) > 60
        )

    for y in range(skip, picture.height - 4):
        for x in range(picture.width - 4):
            if all(alike(x + dx, y + dy) for dx in (0, 4) for dy in (0, 4)):
                page.mouse.click(box["x"] + x + 2, box["y"] + y + 2)
                return
    raise AssertionError("the chart shows no such dot")


def test_the_map_fetches_nothing_and_its_dots_open(
    served: str, chromium: Any, settle: Settle
) -> None:
    page = chromium.new_context(viewport={"width": 1400, "height": 1200}).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served}/entitas?jenis=place")
    settle(page)
    assert page.get_by_text("GeoNames (CC BY 4.0), Natural Earth").count() == 1
    click_dot(page, page.locator(CHART).first, SERIES_COLOURS[0], skip=70)
    page.wait_for_url("**id=place**")
    settle(page)
    assert "Kode Kemendagri" in text_of(page)
    local = (served, served.replace("http", "ws"), "data:", "blob:")
    assert [url for url in asked if not url.startswith(local)] == []


def test_a_point_of_the_timeline_leads_to_its_source(
    served: str, page: Any, settle: Settle
) -> None:
    page.goto(f"{served}/linimasa?q=stunting&dari=2023&sampai=2024")
    settle(page)
    assert page.locator(".st-key-card_chosen").count() == 0
    click_dot(page, page.locator(CHART).first, SERIES_COLOURS[0], skip=0)
    settle(page)
    link = page.locator(".st-key-card_chosen a").first
    title = link.inner_text().strip()
    link.click()
    settle(page)
    assert "/dokumen?" in page.url
    assert title.rstrip("…")[:40] in text_of(page)


def test_following_names_keeps_the_address_and_the_way_back(
    served: str, page: Any, settle: Settle
) -> None:
    page.goto(f"{served}/entitas?jenis=official")
    settle(page)
    link = page.locator('[class*="st-key-title_entity"] a').first
    name = link.inner_text().split("\n")[-1].strip()
    link.click()
    page.wait_for_url("**id=person**")
    settle(page)
    assert page.locator("h1").first.inner_text().strip() == name
    assert "_=" not in page.url
    page.go_back()
    page.wait_for_url("**jenis=official**")
    settle(page)
    assert page.locator('[class*="st-key-title_entity"]').count() > 1


@pytest.mark.parametrize(
    "path",
    [
        "entitas?jenis=place",
        "entitas?id=place:36.73",
        "linimasa?q=stunting",
        "tren?q=stunting,kemiskinan",
        "pernyataan?q=jalan",
    ],
)
def test_a_phone_needs_no_sideways_scrolling(
    served: str, chromium: Any, settle: Settle, path: str
) -> None:
    page = chromium.new_context(viewport={"width": 400, "height": 860}).new_page()
    page.goto(f"{served}/{path}")
    settle(page)
    wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 1
