"""What comes out of a printer: no controls, all of the text, where it is from in the foot."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from kb.explore import open_kb

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PRESSED = "button, input, select, textarea, [data-testid=stSidebar], [data-testid=stHeader]"
ADDRESSES = (
    "",
    "cari?q=anggaran",
    "pernyataan",
    "entitas",
    "indikator",
    "tren?q=stunting",
    "klaim",
)


def printed(page: Any, folder: Path) -> list[str]:
    """The text of each sheet, its words apart by one space."""
    file = folder / "cetak.pdf"
    page.pdf(path=str(file), prefer_css_page_size=True)
    return [" ".join(sheet.extract_text().split()) for sheet in PdfReader(file).pages]


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_to_press_is_printed_and_the_foot_says_where_it_is_from(
    served: str, page: Any, settle: Callable[[Any], None], tmp_path: Path, address: str
) -> None:
    page.goto(f"{served}/{address}")
    settle(page)
    page.emulate_media(media="print", color_scheme="dark")
    seen = [e.get_attribute("aria-label") or e.evaluate("e => e.outerHTML.slice(0, 80)")
            for e in page.locator(PRESSED).all() if e.is_visible()]  # fmt: skip
    assert seen == []
    sheets = printed(page, tmp_path)
    for number, sheet in enumerate(sheets, 1):
        assert page.url.removeprefix("http://") in sheet.replace(" ", "")
        assert str(date.today().year) in sheet
        assert f"{number} / {len(sheets)}" in sheet


def test_the_tables_of_a_page_are_printed_whole(
    served: str, page: Any, settle: Callable[[Any], None], tmp_path: Path, sample_home: Path
) -> None:
    with open_kb(sample_home) as base:
        plan = max(base.documents(limit=100)[1], key=lambda d: d.page_count).document_id
        number, table = next(
            (p, found[0]) for p in range(20, 60) if len(found := base.tables(plan, p)) == 1
        )
        cells = [cell for row in table.frame().astype(str).values.tolist() for cell in row]
    page.goto(f"{served}/dokumen?id={plan}&hal={number}")
    settle(page)
    page.wait_for_function("() => document.querySelector('.kb-figure img')?.naturalWidth > 0")
    words = "".join(printed(page, tmp_path))
    bare = re.sub(r"\s", "", words)
    # Once in the text of the page, once as a table.
    assert all(bare.count(re.sub(r"\s", "", cell)) >= 2 for cell in cells if len(cell) > 4)
