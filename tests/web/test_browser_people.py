"""Maps, timelines and circles in chromium: what is clicked opens, and nothing is fetched."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Settle = Callable[[Any], None]


def text_of(page: Any) -> str:
    return str(page.locator('[data-testid="stMainBlockContainer"]').inner_text())


def focused(page: Any) -> str:
    """What has the keyboard: its name for a screen reader, else its words."""
    return str(
        page.evaluate(
            """() => {
                let at = document.activeElement;
                while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
                if (at?.dataset.testid === "stMain" || at === document.body) return "";
                return at ? at.getAttribute("aria-label") || at.innerText || at.tagName : "";
            }"""
        )
    ).strip()


def ring(page: Any) -> bool:
    """True where one sees what has the keyboard."""
    return bool(
        page.evaluate(
            """() => {
                let at = document.activeElement;
                while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
                const style = getComputedStyle(at);
                return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
            }"""
        )
    )


def tab_to(page: Any, words: str, most: int = 60) -> None:
    """Press Tab until what has the keyboard says ``words``."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in focused(page)[:120]:  # not in a whole page that has the focus
            return
    raise AssertionError(f"Tab does not reach {words!r}")


def test_the_map_fetches_nothing_and_its_dots_open(
    served: str, chromium: Any, settle: Settle
) -> None:
    page = chromium.new_context(viewport={"width": 1400, "height": 1200}).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served}/entitas?jenis=place")
    settle(page)
    assert page.get_by_text("GeoNames (CC BY 4.0), Natural Earth").count() == 1
    dot = page.locator(".kb-map a").first
    name = str(dot.get_attribute("aria-label")).split(":")[0]
    dot.hover()
    tip = dot.evaluate("e => getComputedStyle(e, '::after').display")
    assert tip == "block"
    dot.click()
    page.wait_for_url("**id=place**")
    settle(page)
    assert name in text_of(page)
    assert "Kode Kemendagri" in text_of(page)
    local = (served, served.replace("http", "ws"), "data:", "blob:")
    assert [url for url in asked if not url.startswith(local)] == []


def test_a_point_of_the_timeline_opens_its_source(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/linimasa?q=stunting&dari=2023&sampai=2024")
    settle(page)
    dot = page.locator("a.dot:visible").last
    dot.hover()
    said = page.locator(".tip").inner_text()
    dot.click()
    page.wait_for_url("**/dokumen?**")
    settle(page)
    assert said.split(" · ", 1)[1].rstrip("…")[:30] in text_of(page)


def test_the_timeline_zooms_and_moves(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/linimasa?q=stunting")
    settle(page)

    def seen() -> int:
        return int(page.locator(".dot:visible").count())

    whole = seen()
    assert whole > 5
    field = page.locator(".field").first
    box = field.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 40)
    for _ in range(8):
        page.mouse.wheel(0, -200)
    page.get_by_role("button", name="Seluruh rentang").and_(page.locator(":enabled")).wait_for()
    page.locator(".dot[hidden]").first.wait_for(state="attached")
    assert seen() < whole
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + 40, steps=6)
    page.mouse.up()
    page.get_by_role("button", name="Seluruh rentang").click()
    assert seen() == whole


def test_the_timeline_by_keyboard(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/linimasa?q=stunting")
    settle(page)
    tab_to(page, "Perbesar")
    assert ring(page)
    page.keyboard.press("Tab")  # the others are off while everything is shown
    newest = focused(page)
    assert ring(page)
    assert page.locator(".tip").is_visible()
    page.keyboard.press("ArrowLeft")
    assert focused(page) != newest
    page.keyboard.press("+")
    assert page.get_by_role("button", name="Perkecil").is_enabled()
    page.keyboard.press("0")
    assert page.get_by_role("button", name="Perkecil").is_disabled()
    page.keyboard.press("Enter")
    page.wait_for_url("**/dokumen?**")


def test_an_entity_by_keyboard(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/entitas?jenis=official")
    settle(page)
    tab_to(page, "Orang")
    assert focused(page) == "Orang"
    assert ring(page)
    tab_to(page, "Bagas Tirtamarta")
    page.keyboard.press("Enter")
    page.wait_for_url("**id=person**")
    settle(page)
    tab_to(page, "Bandingkan dua entitas")
    page.keyboard.press("Enter")
    page.get_by_label("Bandingkan dengan").wait_for()
    page.keyboard.press("Escape")
    tab_to(page, "Bukti")
    assert ring(page)
    page.keyboard.press("Enter")
    page.locator(".kb-proofs a").first.wait_for()
    tab_to(page, " penyebutan")
    year = focused(page)
    page.keyboard.press("ArrowLeft")
    assert "penyebutan" in focused(page)
    assert focused(page) != year
    tab_to(page, "Tabel")
    page.keyboard.press("Enter")
    page.wait_for_url("**tampil=table**")
    settle(page)
    assert focused(page) == "Tabel", "the focus stays where the reader is"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("() => !location.search.includes('tampil')")


def test_two_keys_in_one_turn_of_the_browser_are_both_heard(
    served: str, page: Any, settle: Settle
) -> None:
    """A busy browser takes Escape on one part and Enter on the next as one batch."""
    page.goto(f"{served}/entitas?jenis=official")
    settle(page)
    page.get_by_role("link", name="Bagas Tirtamarta").first.click()
    page.wait_for_url("**id=person**")
    settle(page)
    page.get_by_role("button", name="Bandingkan dua entitas").click()
    page.get_by_label("Bandingkan dengan").wait_for()
    settle(page)
    page.evaluate(
        """() => {
            const key = { key: "Escape", bubbles: true, cancelable: true };
            document.dispatchEvent(new KeyboardEvent("keydown", key));
            document.querySelector(".stExpander summary").click();
        }"""
    )
    page.locator(".kb-proofs a").first.wait_for()
    assert page.get_by_label("Bandingkan dengan").count() == 0


def test_a_trend_by_keyboard(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/tren?q=stunting,kemiskinan")
    settle(page)
    tab_to(page, "Keluarkan dari grafik: stunting")
    tab_to(page, "Jenis dokumen")
    page.keyboard.press("Space")
    page.locator('[data-testid="stPopoverBody"] .kb-toggles a').first.wait_for()
    page.keyboard.press("Escape")
    tab_to(page, "Jumlah halaman")
    assert ring(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**ukur=count**")
    settle(page)
    tab_to(page, "stunting, 20")
    last = focused(page)
    assert ring(page)
    page.keyboard.press("ArrowLeft")
    assert focused(page).startswith("stunting, 20")
    assert focused(page) != last
    page.keyboard.press("Enter")
    page.wait_for_url("**/cari?**stunting**")


def test_an_indicator_by_keyboard(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/indikator?q=kemiskinan")
    settle(page)
    folds = page.locator("a.kb-fold")
    assert folds.first.get_attribute("aria-expanded") == "true"
    name = folds.nth(1).locator("h3").inner_text().split("\n")[0][:20]
    tab_to(page, name, most=120)
    page.keyboard.press("Enter")
    page.wait_for_url("**buka=**")
    settle(page)
    assert page.locator("a.kb-fold").nth(1).get_attribute("aria-expanded") == "true"
    assert name in focused(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dokumen?**")


def test_the_graph_shows_whose_ties_they_are(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/entitas?jenis=official")
    settle(page)
    page.locator('[class*="st-key-title_entit"] a').first.click()
    page.wait_for_url("**id=person**")
    settle(page)
    node = page.locator(".kb-net a.n1")
    own = page.locator(".kb-net img.e1")
    page.mouse.move(5, 5)
    assert own.evaluate("e => getComputedStyle(e).opacity") == "0"
    node.scroll_into_view_if_needed()
    node.locator("i").hover()
    own.evaluate(  # the tie fades in
        "async (e) => { while (getComputedStyle(e).opacity <= 0.5)"
        " await new Promise(requestAnimationFrame); }"
    )
    name = node.locator("span").inner_text()
    node.locator("i").click()
    settle(page)
    assert page.locator("h1").first.inner_text().strip() == name


def test_the_menu_leads_back_to_the_list(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/entitas?id=place:36.73&lang=en")
    settle(page)
    page.get_by_role("link", name="Entities", exact=True).first.click()
    page.wait_for_function("() => location.search === '?lang=en'")
    settle(page)
    assert page.locator("h1").first.inner_text() == "Entities"


def boxes(page: Any, selector: str) -> list[dict[str, float]]:
    found = page.locator(selector)
    return [found.nth(n).bounding_box() for n in range(found.count())]


@pytest.mark.parametrize("width", [400, 1400])
def test_names_of_the_graph_do_not_overlap(
    served: str, chromium: Any, settle: Settle, width: int
) -> None:
    page = chromium.new_context(viewport={"width": width, "height": 900}).new_page()
    for kind in ("official", "institution", "place"):
        page.goto(f"{served}/entitas?jenis={kind}")
        settle(page)
        page.locator('[class*="st-key-title_entit"] a').first.click()
        page.wait_for_url("**id=**")
        settle(page)
        names = boxes(page, ".kb-net .kb-node:visible > span")
        assert len(names) > 4
        for n, one in enumerate(names):
            assert one["x"] >= 0
            assert one["x"] + one["width"] <= width
            for other in names[n + 1 :]:
                apart = (
                    one["x"] + one["width"] <= other["x"] + 1
                    or other["x"] + other["width"] <= one["x"] + 1
                    or one["y"] + one["height"] <= other["y"] + 1
                    or other["y"] + other["height"] <= one["y"] + 1
                )
                assert apart, (kind, one, other)


def test_following_names_keeps_the_address_and_the_way_back(
    served: str, page: Any, settle: Settle
) -> None:
    page.goto(f"{served}/entitas?jenis=official")
    settle(page)
    link = page.locator('[class*="st-key-title_entit"] a').first
    name = link.inner_text().split("\n")[-1].strip()
    link.click()
    page.wait_for_url("**id=person**")
    settle(page)
    assert page.locator("h1").first.inner_text().strip() == name
    assert "_=" not in page.url
    page.go_back()
    page.wait_for_url("**jenis=official**")
    settle(page)
    assert page.locator('[class*="st-key-title_entit"] a').count() > 1


@pytest.mark.parametrize(
    "path",
    [
        "entitas?jenis=place",
        "entitas?id=place:36.73",
        "entitas?id=place:36.73&id2=place:36",
        "entitas?id=place:36.73&tampil=table",
        "indikator",
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
