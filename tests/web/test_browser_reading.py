"""Reading a document in chromium: zoom, pages by their printed number, keys, words to copy."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from kb.explore import open_kb

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Settle = Callable[[Any], None]


@pytest.fixture(scope="module")
def plan(sample_home: Path) -> int:
    """The long plan of the sample corpus, whose pages bear labels such as II-25."""
    with open_kb(sample_home) as base:
        return max(base.documents(limit=100)[1], key=lambda d: d.page_count).document_id


@pytest.fixture
def opened(served: str, page: Any, settle: Settle, plan: int) -> Callable[..., Any]:
    """Opens a page of the plan once its picture is there."""

    def open_page(number: int, more: str = "") -> Any:
        page.goto(f"{served}/dokumen?id={plan}&hal={number}{more}")
        settle(page)
        drawn(page)
        return page

    return open_page


def drawn(page: Any) -> str:
    """The address of the picture, once all of it is drawn."""
    page.wait_for_function(
        "() => { const i = document.querySelector('.kb-figure img');"
        " return i?.complete && i.naturalWidth && !document.querySelector('.kb-figure.kb-waits')"
        " && document.querySelector('.kb-figure .kb-words span') }"
    )
    return str(page.locator(".kb-figure img").get_attribute("src"))


def shown(page: Any) -> dict[str, str]:
    return {name: found[-1] for name, found in parse_qs(urlsplit(page.url).query).items()}


def text_of(page: Any) -> str:
    return str(page.locator('[data-testid="stMainBlockContainer"]').inner_text())


def test_the_picture_has_an_address_the_browser_keeps(
    opened: Callable[..., Any], plan: int
) -> None:
    page = opened(30)
    told = page.request.get(drawn(page))
    assert urlsplit(drawn(page)).path == f"/gambar/{plan}/30"
    assert told.headers["content-type"] == "image/png"
    assert "immutable" in told.headers["cache-control"]
    assert "data:image/png" not in page.content()


def test_zoom_is_sharp_and_stays_from_page_to_page(
    opened: Callable[..., Any], settle: Settle
) -> None:
    page = opened(30)
    image = page.locator(".kb-figure img")
    narrow = image.bounding_box()["width"]
    for _ in range(3):
        page.get_by_role("button", name="Perbesar").click()
    assert page.locator(".kb-zoom output").inner_text() == "200 %"
    page.wait_for_function(
        "() => { const i = document.querySelector('.kb-figure img');"
        " return i.naturalWidth >= i.clientWidth }"
    )
    assert image.bounding_box()["width"] == pytest.approx(2 * narrow, rel=0.02)
    page.get_by_role("link", name="Halaman berikutnya").click()
    settle(page)
    assert page.locator(".kb-zoom output").inner_text() == "200 %"
    page.keyboard.press("0")
    page.keyboard.press("f")
    assert page.get_by_role("button", name="Lebar penuh").get_attribute("aria-pressed") == "true"
    assert image.bounding_box()["width"] > 1.5 * narrow


def test_a_page_is_asked_for_by_its_printed_number(
    opened: Callable[..., Any], settle: Settle
) -> None:
    page = opened(1)
    field = page.get_by_label("Ke halaman")
    field.fill("ii.25")
    field.press("Enter")
    settle(page)
    assert shown(page)["hal"] == "30"
    assert "tercetak II-25" in text_of(page)
    field.fill("XIX-3")
    field.press("Enter")
    settle(page)
    assert "Tidak ada halaman XIX-3" in text_of(page)
    assert shown(page)["hal"] == "30"


def test_keys_turn_pages_and_go_from_hit_to_hit(opened: Callable[..., Any], settle: Settle) -> None:
    page = opened(30)
    page.keyboard.press("ArrowRight")
    settle(page)
    assert shown(page)["hal"] == "31"
    page.keyboard.press("ArrowLeft")
    settle(page)
    assert shown(page)["hal"] == "30"
    page.keyboard.press("/")
    page.keyboard.type("anggaran")  # letters typed here are no commands
    page.keyboard.press("Enter")
    settle(page)
    hits = [int(n) for n in re.findall(r"hal=(\d+)", page.locator(".st-key-strip").inner_html())]
    page.locator("h1").first.click()
    for expected in [n for n in hits if n > 30][:2]:
        page.keyboard.press("n")
        settle(page)
        assert shown(page)["hal"] == str(expected)
    assert "anggaran: halaman cocok ke-" in text_of(page)


def test_words_that_are_not_there_are_said_to_be(opened: Callable[..., Any]) -> None:
    page = opened(2, "&q=zamrud")
    assert "Tidak ada halaman dokumen ini yang memuat zamrud" in text_of(page)
    page.get_by_role("link", name="Hapus pencarian").click()
    page.wait_for_url(lambda url: "q=" not in url)


def test_words_on_the_picture_can_be_copied(opened: Callable[..., Any]) -> None:
    page = opened(30)
    copied = page.evaluate(
        "() => { const s = getSelection();"
        " s.selectAllChildren(document.querySelector('.kb-figure .kb-words'));"
        " return s.toString() }"
    )
    assert "Kemiskinan di Kota Serang berada pada angka 5,94 persen" in " ".join(copied.split())
    # Each word lies where it is printed: over the mark of the name it is part of.
    near = page.evaluate(
        "() => { const box = e => e.getBoundingClientRect();"
        " const words = [...document.querySelectorAll('.kb-figure .kb-words span')];"
        " const name = box(document.querySelector('.kb-figure .kb-box-LOC'));"
        " const first = words.find(w => Math.abs(box(w).left - name.left) < 3"
        "   && Math.abs(box(w).top - name.top) < 6);"
        " return first?.textContent.trim() }"
    )
    assert near in {"Kota", "Kabupaten", "Kecamatan"}


HERE = "Number(new URLSearchParams(location.search).get('hal'))"


def scroll(page: Any, by: int) -> None:
    """The wheel over the pages, as by hand."""
    box = page.locator(".kb-sheet").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for _ in range(abs(by) // 200):
        page.mouse.wheel(0, 200 if by > 0 else -200)
        page.wait_for_timeout(30)


def test_one_reads_on_through_the_pages_and_all_follows(
    opened: Callable[..., Any], settle: Settle
) -> None:
    page = opened(30)
    high = page.locator(".kb-figure").bounding_box()["height"]
    scroll(page, round(2 * high))
    # Functions: a bare expression is evaluated anew at every look, which the app's content security
    # policy forbids; it only passes where the first look already finds it true.
    page.wait_for_function(f"() => {HERE} > 30")
    settle(page)
    number = page.evaluate(HERE)
    assert number in {31, 32, 33}
    drawn(page)
    assert page.locator(".kb-figure img").get_attribute("alt") == f"Halaman {number} dari 152"
    # Text, field and outline are of the page in view, and nothing jumped back.
    assert f"Halaman {number} dari" in page.locator(".kb-walk").inner_text()
    here = page.locator('.kb-outline [aria-current="true"]')
    assert here.count() == 1
    assert page.evaluate("document.querySelector('.kb-viewer').kb.here") == number
    scroll(page, -round(4 * high))
    page.wait_for_function(f"() => {HERE} < 30")


def test_a_link_to_a_page_goes_there_while_pages_flow(
    opened: Callable[..., Any], settle: Settle
) -> None:
    page = opened(30)
    page.get_by_label("Ke halaman").fill("60")
    page.get_by_label("Ke halaman").press("Enter")
    settle(page)
    assert shown(page)["hal"] == "60"
    top = page.evaluate(
        "() => { const box = e => document.querySelector(e).getBoundingClientRect().top;"
        " return box('.kb-figure') - box('.kb-sheet') }"
    )
    assert abs(top) < 30
    assert drawn(page).startswith("http") or "/60?" in drawn(page)
    page.keyboard.press("Escape")
    page.locator("h1").first.click()
    page.keyboard.press("c")
    assert page.locator(".kb-leaf").count() == 1
    page.keyboard.press("c")
    assert page.locator(".kb-leaf").count() == 152


def test_only_pages_near_by_are_fetched(opened: Callable[..., Any]) -> None:
    page = opened(30)
    page.wait_for_timeout(600)
    fetched = page.locator(".kb-leaf img[src]").count()
    assert 1 <= fetched <= 8
