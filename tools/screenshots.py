"""Take the pictures of docs/screenshots from a running app.

    python3 run.py                                  (in one terminal)
    .venv/bin/python tools/screenshots.py           (in another)

Without ``--all`` the pictures the documentation shows: every page, some of them also on
a phone and dark. ``--all`` takes every page at 1400 and 400 pixels, light and dark, for
looking at. ``--name`` and ``--password`` are those of
an account of staff, without which their pages are pictured locked.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
QUERY = "stunting"
LIGHT, DARK, PHONE, DARK_PHONE = (
    ("light", 1400, 1000),
    ("dark", 1400, 1000),
    ("light", 400, 860),
    ("dark", 400, 860),
)
SHAPES = {
    "-terang-1400": LIGHT,
    "-gelap-1400": DARK,
    "-terang-400": PHONE,
    "-gelap-400": DARK_PHONE,
}
PLAIN = ("banyak", "koleksi", "ikuti", "sumber", "antrean")
"""Pages the documentation has no picture of: only ``--all`` takes them."""
ALSO = {
    "cari-ponsel": ("cari", PHONE),
    "dokumen-pdf-gelap": ("dokumen-pdf", DARK),
    "entitas-orang-ponsel-gelap": ("entitas-orang", DARK_PHONE),
}
"""Further pictures for the documentation: the page and how it is looked at."""


def settle(page: Any) -> None:
    """Wait until the script run is over and nothing more is drawn."""
    page.wait_for_selector('[data-testid="stMainBlockContainer"]')
    page.wait_for_selector('[data-test-script-state="notRunning"]', timeout=60_000)
    page.wait_for_timeout(300)
    page.wait_for_selector('[data-test-script-state="notRunning"]', timeout=60_000)
    page.wait_for_function(
        "() => document.querySelectorAll('[data-testid=\"stSkeleton\"]').length === 0",
        timeout=60_000,
    )
    page.wait_for_timeout(900)


def addresses(base: str, page: Any) -> dict[str, str]:
    """The pages to picture; ids of a document and people are read off the app itself."""
    found = {
        "beranda": base,
        "cari": f"{base}/cari?q={QUERY}",
        "cari-saringan": f"{base}/cari?q=anggaran&tahun=2024",
        "cari-nihil": f"{base}/cari?q={QUERY}&tahun=2019",
        "pernyataan": f"{base}/pernyataan?q=jalan",
        "entitas": f"{base}/entitas?jenis=official",
        "tren": f"{base}/tren?q=stunting%2C+kemiskinan%2C+banjir",
        "indikator": f"{base}/indikator?q=kemiskinan",
        "klaim": f"{base}/klaim?q=kemiskinan",
        "banyak": f"{base}/banyak",
        "koleksi": f"{base}/koleksi",
        "ikuti": f"{base}/ikuti",
        "sumber": f"{base}/sumber",
        "antrean": f"{base}/antrean",
        "kelola": f"{base}/kelola",
    }
    page.goto(found["entitas"])
    settle(page)
    links = page.locator('a[href*="id=person"]')
    if links.count():
        target = str(links.first.get_attribute("href"))
        person = target.split("?", 1)[1]
        found["entitas-orang"] = f"{base}/entitas?{person}"
        found["linimasa"] = f"{base}/linimasa?{person}"
        if links.count() > 1:
            other = str(links.nth(1).get_attribute("href")).split("id=", 1)[1]
            found["entitas-banding"] = f"{base}/entitas?{person}&id2={other}"
    page.goto(f"{base}/entitas?jenis=place")
    settle(page)
    links = page.locator('a[href*="id=place"]')
    if links.count():
        place = str(links.first.get_attribute("href")).split("?", 1)[1]
        found["entitas-tempat"] = f"{base}/entitas?{place}"
    for name, kind in (("dokumen-pdf", "rkpd"), ("dokumen-artikel", "press_release")):
        page.goto(f"{base}/cari?q={QUERY}&jenis={kind}")
        settle(page)
        links = page.locator('.kb-title a[href*="dokumen"]')
        if links.count():
            found[name] = f"{base}/{str(links.first.get_attribute('href')).lstrip('/')}"
    return found


def take(
    browser: Any, address: str, shape: tuple[str, int, int], to: Path, who: tuple[str, str]
) -> None:
    """One picture; a locked page is opened with the account where there is one."""
    scheme, width, height = shape
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale="id-ID"
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(address)
    settle(page)
    door = page.locator('input[type="password"]')
    if who[1] and door.count():
        if who[0]:
            page.get_by_label("Nama", exact=True).first.fill(who[0])
        door.first.fill(who[1])
        page.get_by_role("button", name="Masuk", exact=True).click()
        settle(page)
    page.screenshot(path=str(to))
    context.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="http://127.0.0.1:8501")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--all", action="store_true")
    parser.add_argument(
        "--only", default="", help="pictures whose name holds one of these, with commas between"
    )
    parser.add_argument("--name", default="")
    parser.add_argument("--password", default="")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("chromium is not installed: apt install chromium", file=sys.stderr)
        return 2
    from playwright.sync_api import sync_playwright

    options.to.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        finder = browser.new_page()
        targets = addresses(options.address, finder)
        wanted = [(name, name, LIGHT) for name in targets if name not in PLAIN]
        wanted += [(name, page, shape) for name, (page, shape) in ALSO.items() if page in targets]
        if options.all:
            wanted = [(f"{n}{end}", n, shape) for end, shape in SHAPES.items() for n in targets]
        for name, target, shape in wanted:
            if any(part in name for part in options.only.split(",")):
                take(
                    browser,
                    targets[target],
                    shape,
                    options.to / f"{name}.png",
                    (options.name, options.password),
                )
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
