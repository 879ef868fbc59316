"""Take the pictures of docs/screenshots from a running app.

    python3 run.py                                  (in one terminal)
    .venv/bin/python tools/screenshots.py           (in another)

``--all`` takes every page at 1400 and 400 pixels, light and dark, for looking at;
without it only the pictures the documentation shows.
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


def settle(page: Any) -> None:
    """Wait until the script run is over and nothing more is drawn."""
    page.wait_for_selector('[data-testid="stMainBlockContainer"]')
    page.wait_for_selector('[data-test-script-state="notRunning"]', timeout=60_000)
    page.wait_for_timeout(300)
    page.wait_for_selector('[data-test-script-state="notRunning"]', timeout=60_000)
    page.wait_for_timeout(900)


def addresses(base: str, page: Any) -> dict[str, str]:
    """The pages to picture; ids of a document and people are read off the app itself."""
    found = {
        "beranda": base,
        "cari": f"{base}/cari?q={QUERY}",
        "cari-saringan": f"{base}/cari?q=anggaran&tahun=2024",
        "cari-nihil": f"{base}/cari?q=kerbau+terbang+zzz&tahun=2024",
        "pernyataan": f"{base}/pernyataan?q=jalan",
        "entitas": f"{base}/entitas?jenis=official",
        "tren": f"{base}/tren?q=stunting%2C+kemiskinan%2C+banjir",
        "indikator": f"{base}/indikator?q=kemiskinan",
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
    for name, kind in (("dokumen-pdf", "rkpd"), ("dokumen-artikel", "press_release")):
        page.goto(f"{base}/cari?q={QUERY}&jenis={kind}")
        settle(page)
        links = page.locator('[class*="st-key-title"] a[href*="dokumen"]')
        if links.count():
            found[name] = f"{base}/{str(links.first.get_attribute('href')).lstrip('/')}"
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="http://127.0.0.1:8501")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("chromium is not installed: apt install chromium", file=sys.stderr)
        return 2
    from playwright.sync_api import sync_playwright

    options.to.mkdir(parents=True, exist_ok=True)
    shapes = [("terang", "light", 1400, 1000)]
    if options.all:
        shapes = [
            (f"{name}-{width}", scheme, width, height)
            for name, scheme in (("terang", "light"), ("gelap", "dark"))
            for width, height in ((1400, 1000), (400, 860))
        ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        finder = browser.new_page()
        targets = addresses(options.address, finder)
        for name, scheme, width, height in shapes:
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, locale="id-ID"
            )
            page = context.new_page()
            for target, address in targets.items():
                if options.only and options.only not in target:
                    continue
                page.goto(address)
                settle(page)
                suffix = f"-{name}" if options.all else ""
                page.screenshot(path=str(options.to / f"{target}{suffix}.png"))
            context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
