"""Figures that were said and planned, in chromium: Klaim, an official's page, a statement, Cari."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Settle = Callable[[Any], None]


def text_of(page: Any) -> str:
    return str(page.locator('[data-testid="stMainBlockContainer"]').inner_text())


def count(page: Any) -> int:
    found = re.search(r"(\d+) klaim", text_of(page))
    assert found is not None
    return int(found[1])


def test_where_said_and_printed_differ_both_numbers_stand_with_their_pages(
    served: str, page: Any, settle: Settle
) -> None:
    page.goto(f"{served}/klaim")
    settle(page)
    whole = count(page)
    page.goto(f"{served}/klaim?cocok=differs")
    settle(page)
    cards = page.locator(".st-key-lines_claims .kb-card")
    assert cards.count() == count(page) < whole
    mistaken = cards.filter(has_text="Ratna Kusumaningsih").first
    assert "13,8 persen" in mistaken.inner_text()
    assert "berbeda 1 poin" in mistaken.inner_text()
    mistaken.locator(".kb-beside a").first.click()
    settle(page)
    assert re.search(r"/dokumen\?.*hal=\d+", page.url)
    assert "14,8" in text_of(page)


def test_a_restated_promise_stands_on_the_page_of_who_gave_it(
    served: str, page: Any, settle: Settle
) -> None:
    page.goto(f"{served}/entitas?id=person:yudha-pranaraja")
    settle(page)
    assert "Janji dan angka" in text_of(page)
    promise = page.locator(".kb-card").filter(has_text="kita ubah menjadi 12,5 persen").last
    assert "berbeda 0,50 poin" in promise.inner_text()
    assert "13,0 persen" in promise.inner_text()


def test_a_statement_shows_its_figure_in_documents(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/pernyataan?q=kita+ubah+menjadi")
    settle(page)
    beside = page.locator(".kb-beside").first
    assert "Angka ini dalam dokumen" in beside.inner_text()
    assert beside.locator("a").count() >= 1


def test_pages_that_state_a_figure_are_counted_right(
    served: str, page: Any, settle: Settle
) -> None:
    page.goto(f"{served}/cari?q=stunting")
    settle(page)
    option = page.locator(".st-key-facet_figures a")
    said = re.search(r"(\d+)\s*$", option.inner_text())
    before = re.search(r"\((\d+) halaman\)", text_of(page))
    assert said is not None
    assert before is not None
    option.click()
    page.wait_for_url("**angka=1**")
    settle(page)
    after = re.search(r"\((\d+) halaman\)", text_of(page))
    assert after is not None
    assert int(after[1]) == int(said[1]) < int(before[1])
    page.locator(".st-key-chips a", has_text="Memuat angka").click()
    settle(page)
    assert before[0] in text_of(page)


def test_a_phone_shows_both_numbers_without_scrolling_sideways(
    served: str, chromium: Any, settle: Settle
) -> None:
    context = chromium.new_context(viewport={"width": 400, "height": 860}, locale="id-ID")
    window = context.new_page()
    window.goto(f"{served}/klaim?cocok=differs")
    settle(window)
    assert window.locator(".kb-beside").count() >= 1
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert window.evaluate(wide)
    context.close()


def test_what_a_changed_plan_changed(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/cari?q=Perubahan+RKPD+2025&jenis=rkpd")
    settle(page)
    page.locator('.kb-card a[href*="dokumen"]:has-text("Perubahan Rencana Kerja")').first.click()
    settle(page)
    page.get_by_text("Angka yang berubah terhadap").first.click()
    settle(page)
    told = text_of(page)
    assert re.search(r"2 angka berubah, \d+ tetap", told)
    row = page.locator("tr", has_text="Harapan Lama Sekolah").last
    assert re.search(r"13,22.*13,20.*-0,02", row.inner_text().replace("\n", " "))


def test_where_plans_disagree_the_number_of_the_fewest_is_marked(
    served: str, page: Any, settle: Settle
) -> None:
    page.goto(f"{served}/indikator?beda=1")
    settle(page)
    card = page.locator(".st-key-lines_disagreements .kb-card", has_text="Harapan Lama Sekolah")
    assert card.locator("mark").all_inner_texts() == ["13,20 tahun"]
    assert card.locator("tr").count() > 2
    card.locator("tr", has_text="13,20").locator("a").click()
    settle(page)
    assert re.search(r"/dokumen\?.*hal=\d+", page.url)
    assert "13,20" in text_of(page)


def test_who_said_a_number_stands_on_the_indicators_line(
    served: str, page: Any, settle: Settle
) -> None:
    page.goto(f"{served}/indikator?q=stunting")
    settle(page)
    told = text_of(page)
    assert told.count("Disebut") >= 2  # in the key of the drawing, and above the list
    assert re.search(r"13,8 persen.*Ratna Kusumaningsih\nWakil Gubernur Banten", told, re.DOTALL)
