"""Charts as files, several indicators on one chart, results as a spreadsheet: in chromium."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from PIL import Image

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Settle = Callable[[Any], None]
SVG = "{http://www.w3.org/2000/svg}"


def saved(page: Any, press: Callable[[], object]) -> tuple[str, Path]:
    with page.expect_download() as download:
        press()
    return download.value.suggested_filename, Path(download.value.path())


@pytest.mark.parametrize("address", ["indikator?q=stunting", "tren?q=stunting", "linimasa?q=jalan"])
def test_a_chart_is_saved_with_title_source_address_and_day(
    served: str, page: Any, settle: Settle, address: str
) -> None:
    page.goto(f"{served}/{address}")
    settle(page)
    figure = page.locator("figure.kb-chart").first
    title = figure.get_attribute("data-title")
    name, file = saved(page, lambda: figure.locator("[data-chart=svg]").click())
    assert name.endswith(".svg")
    drawing = ElementTree.fromstring(file.read_text(encoding="utf-8"))
    words = " ".join(" ".join(t.itertext()) for t in drawing.iter(f"{SVG}text"))
    assert title in words
    assert "Sumber:" in words
    assert address.split("?")[0] in words
    shapes = [*drawing.iter(f"{SVG}rect"), *drawing.iter(f"{SVG}polyline")]
    assert len(shapes) > 5
    assert not list(drawing.iter(f"{SVG}foreignObject")), "only browsers draw those"
    name, file = saved(page, lambda: figure.locator("[data-chart=png]").click())
    picture = Image.open(file)
    assert name.endswith(".png")
    assert picture.width == 3 * int(drawing.attrib["width"])
    colours = picture.convert("RGB").getcolors(1 << 24)
    assert colours is not None
    assert len(colours) > 20, "an empty picture has one"


def test_several_indicators_stand_on_one_chart(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/indikator?q=stunting")
    settle(page)
    page.get_by_role("link", name="Bandingkan di satu grafik").first.click()
    settle(page)
    field = page.get_by_label("Nama indikator")
    field.fill("kemiskinan")
    field.press("Enter")
    settle(page)
    page.get_by_role("link", name="Bandingkan di satu grafik").first.click()
    settle(page)
    assert len(parse_qs(urlsplit(page.url).query)["banding"]) == 2
    chart = page.locator(".st-key-beside figure.kb-chart")
    assert chart.count() == 1, "both are shares: one chart"
    assert chart.locator(".kb-keys li").count() == 2
    page.locator(".st-key-beside .kb-chip").first.click()
    settle(page)
    assert len(parse_qs(urlsplit(page.url).query)["banding"]) == 1


def test_the_spreadsheet_is_the_table(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/indikator?q=stunting")
    settle(page)
    page.locator(".st-key-export button").click()
    name, file = saved(page, lambda: page.get_by_role("button", name="Unduh XLSX").click())
    assert name == "indikator.xlsx"
    book = load_workbook(io.BytesIO(file.read_bytes()))
    table, every = book.worksheets
    head = [cell.value for cell in table[1]]
    assert head[0] == "Indikator"
    assert "2024 target" in head
    assert every.max_row > table.max_row
    link = next(cell for cell in table[2] if cell.hyperlink)
    assert link.hyperlink.target.startswith(f"{served}/dokumen?id=")
    page.goto(f"{served}/indikator?q=stunting&lang=en")
    settle(page)
    page.locator(".st-key-export button").click()
    name, _ = saved(page, lambda: page.get_by_role("button", name="Download XLSX").click())
    assert name == "indicators.xlsx"
