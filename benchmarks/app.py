"""How long the app takes to react, measured in a real browser.

    .venv/bin/python benchmarks/app.py --home FOLDER [--rounds 5]

Serves the knowledge base at FOLDER, opens every page once (the first load), then
repeats typical actions and prints the median and the slowest time from the action
to the end of the page's script run, in milliseconds.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
DONE = '[data-test-script-state="notRunning"]'
RUNNING = '[data-test-script-state="running"]'
QUIET = 0.4
"""Seconds after which an action that started no run is taken as done."""
QUERIES = ("anggaran", "jalan kabupaten", "pendidikan", "kesehatan masyarakat", "air bersih")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> None:
    for _ in range(400):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The app did not start.")


def timed(page: Any, act: Callable[[], object]) -> float:
    """Milliseconds from ``act`` until the script run it caused is over."""
    start = time.perf_counter()
    act()
    reacted = time.perf_counter()
    last = reacted
    seen = False
    while time.perf_counter() - start < 60:
        if page.locator(RUNNING).count():
            seen = True
            last = time.perf_counter()
        elif seen or time.perf_counter() - reacted > QUIET:
            break
        page.wait_for_timeout(5)
    page.wait_for_selector(DONE)
    return 1000 * (last - start)


def actions(page: Any) -> dict[str, Callable[[int], object]]:
    """What a person does within a session; each takes the number of the round."""

    def search(n: int) -> None:
        page.get_by_role("combobox").fill(QUERIES[n % len(QUERIES)])
        page.get_by_role("combobox").press("Enter")

    def menu(name: str) -> Callable[[int], object]:
        return lambda n: page.get_by_role("link", name=name, exact=True).first.click()

    return {
        "Cari: kata baru": search,
        "Cari: saringan tahun": lambda n: page.locator(".st-key-facet_year label").first.click(),
        "Cari: hapus saringan": lambda n: page.locator(".st-key-chips button").first.click(),
        "Dokumen: buka hasil": lambda n: page.locator('[class*="st-key-title_"] a').nth(n).click(),
        "Pernyataan": menu("Pernyataan"),
        "Entitas": menu("Entitas"),
        "Entitas: buka": lambda n: page.locator('[class*="st-key-title_entity"] a').nth(n).click(),
        "Indikator": menu("Indikator"),
        "Beranda": menu("Beranda"),
        "Cari": menu("Cari"),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("chromium is not installed: apt install chromium", file=sys.stderr)
        return 2
    from playwright.sync_api import sync_playwright

    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [
        sys.executable,
        "-m",
        "kb",
        "serve",
        "--home",
        str(options.home),
        "--port",
        str(port),
    ]
    server = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    times: dict[str, list[float]] = {}
    try:
        wait_for(address)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            page = browser.new_page(viewport={"width": 1400, "height": 1000})
            first = timed(page, lambda: page.goto(f"{address}/cari"))
            for path in ("", "pernyataan", "entitas", "indikator", "cari"):
                timed(page, lambda path=path: page.goto(f"{address}/{path}"))
            for n in range(options.rounds):
                for name, act in actions(page).items():
                    times.setdefault(name, []).append(timed(page, lambda act=act, n=n: act(n)))
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=30)
    print(f"first load {first:.0f} ms; {options.rounds} rounds")
    print(f"{'action':<26}{'median ms':>10}{'slowest':>10}")
    for name, found in times.items():
        print(f"{name:<26}{statistics.median(found):>10.0f}{max(found):>10.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
