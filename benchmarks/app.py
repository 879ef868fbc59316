"""How long the app takes to react, measured in a real browser.

    .venv/bin/python benchmarks/app.py --home FOLDER [--rounds 5] [--only WORDS]

Serves the knowledge base at FOLDER (``benchmarks/filled_base.py`` makes a large one),
loads every page once, then repeats what people do on all of them: pages, filters, page
flips, popovers, the most mentioned person and place, graph, two side by side, timeline,
trends, a page of the longest document. Prints the median and the slowest wall-clock time
from the action to the end of the page's script run and the median processor time the
server spent on it, in milliseconds. Every round asks something new where a person
would; ``first`` actions are what nobody asked of this server before. ``address loaded``
opens an address anew, as from a mail: the browser then loads the app as well.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from loopback import serving  # noqa: E402

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
DONE = '[data-test-script-state="notRunning"]'
RUNNING = '[data-test-script-state="running"]'
QUIET = 0.4
"""Seconds after which an action that started no run is taken as done."""
LOOK = 0.5
"""Seconds between two actions: a browser driven at once waits for what still moves."""
QUERIES = ("anggaran", "jalan kabupaten", "pendidikan", "kesehatan masyarakat", "air bersih")


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


Step = tuple[str, Callable[[int], object]]


class Targets:
    """The most mentioned entities and the longest document, read off the base."""

    def __init__(self, home: Path) -> None:
        from kb.explore import open_kb

        with open_kb(home) as base:
            if base.index_problem:
                raise SystemExit(f"{base.index_problem} Run 'kb rebuild --home {home}' first.")
            kinds = ("person", "place", "institution")
            self.named = {
                kind: [e.entity_id for e in base.entities(type=kind, limit=12).entities]
                for kind in kinds
            }
            found = base.documents(sort="added", limit=1000)[1]
            long = max(found, key=lambda d: (base.document(d.document_id).has_file, d.page_count))
            self.document, self.pages = long.document_id, long.page_count


def actions(page: Any, address: str, targets: Targets) -> list[Step]:
    """What a person does, in order; each step takes the number of the round."""

    def menu(name: str) -> Callable[[int], object]:
        return lambda n: page.get_by_role("link", name=name, exact=True).first.click()

    def click(selector: str, position: int = 0) -> Callable[[int], object]:
        return lambda n: page.locator(selector).nth(position).click()

    def fill(label: str, words: tuple[str, ...]) -> Callable[[int], object]:
        def act(n: int) -> None:
            field = page.get_by_label(label, exact=True).first
            field.fill(words[n % len(words)])
            field.press("Enter")

        return act

    def search(n: int) -> None:
        box = page.get_by_role("combobox", name="Kata yang dicari")
        box.fill(QUERIES[n % len(QUERIES)])
        box.press("Enter")

    def visit(path: Callable[[int], str]) -> Callable[[int], object]:
        return lambda n: page.goto(f"{address}/{path(n)}")

    def open_link(path: Callable[[int], str]) -> Callable[[int], object]:
        """What a click on a link of the app does: no new load of the app (parts/links.js)."""
        follow = "a => document.dispatchEvent(new CustomEvent('kb-go', {detail: a}))"

        def act(n: int) -> None:
            page.wait_for_function("() => window.kbLinks")  # before it, a link loads the app anew
            page.evaluate(follow, f"{address}/{path(n)}")

        return act

    def flip(n: int) -> None:
        page.locator('.kb-paging [data-k="next"]').click()

    def about(kind: str, path: str = "entitas", skip: int = 0) -> Callable[[int], str]:
        return lambda n: f"{path}?id={targets.named[kind][(n + skip) % 12]}"

    def pair(n: int) -> str:
        one, two = targets.named["person"][n % 12], targets.named["place"][n % 12]
        return f"entitas?id={one}&id2={two}"

    def long(n: int) -> str:
        return f"dokumen?id={targets.document}&hal={7 * n + 3}&q={QUERIES[n % 5]}"

    popover = '[data-testid="stPopover"] button'
    return [
        ("Beranda", menu("Beranda")),
        ("Cari", menu("Cari")),
        ("Cari: new words", search),
        ("Cari: year filter", click(".st-key-facet_year .kb-facet a")),
        ("Cari: second filter", click(".st-key-facet_type .kb-facet a")),
        ("Cari: drop filters", click(".st-key-chips li:last-child a")),
        ("Cari: next page", click('.kb-paging [data-k="next"]')),
        ("Cari: who mentions it", click(".st-key-who button")),
        ("Cari: close it", lambda n: page.keyboard.press("Escape")),
        ("Cari: related words", click(".st-key-near button")),
        ("Cari: close them", lambda n: page.keyboard.press("Escape")),
        ("Cari: language", click(".st-key-switch button")),
        ("Cari: language back", click(".st-key-switch button")),
        ("Dokumen: open a result", click('.st-key-results a[href*="dokumen"]')),
        ("Dokumen: 200 pages, hits", open_link(long)),
        ("Dokumen: next page", click('.kb-walk [data-k="next"]')),
        ("Dokumen: next hit", click('.kb-walk [data-k="next_hit"]')),
        ("Dokumen: cite", click(".st-key-cite button")),
        ("Dokumen: close the citation", lambda n: page.keyboard.press("Escape")),
        ("Dokumen: similar passages", click(".st-key-similar summary")),
        ("Dokumen: similar documents", click(".st-key-like summary")),
        ("Dokumen: address loaded", visit(long)),
        ("Pernyataan", menu("Pernyataan")),
        ("Pernyataan: words", fill("Topik atau kata", QUERIES)),
        ("Pernyataan: a speaker", click(".st-key-facet_speakers a")),
        ("Pernyataan: cite", click('[class*="st-key-cite_"] button')),
        ("Pernyataan: close it", lambda n: page.keyboard.press("Escape")),
        ("Entitas", menu("Entitas")),
        ("Entitas: kind", click(".kb-toggles a")),
        ("Entitas: next page", flip),
        ("Entitas: find", fill("Cari nama", ("wira", "raka", "pandeglang", "kusuma", "bayu"))),
        ("Entitas: person, first", open_link(about("person"))),
        ("Entitas: table of its circle", click('[data-k="tampil-table"]')),
        ("Entitas: place, first", open_link(about("place"))),
        ("Entitas: institution, first", open_link(about("institution"))),
        ("Entitas: a popover", click(popover)),
        ("Entitas: two, first", open_link(pair)),
        ("Entitas: person, address loaded", visit(about("person", skip=6))),
        ("Linimasa: person, first", open_link(about("person", "linimasa"))),
        ("Linimasa: place, first", open_link(about("place", "linimasa"))),
        ("Linimasa: a kind", click(".kb-toggles a")),
        ("Linimasa: words", open_link(lambda n: f"linimasa?q={QUERIES[n % 5]}")),
        ("Linimasa: person, address loaded", visit(about("person", "linimasa", skip=6))),
        ("Tren", open_link(lambda n: f"tren?q={QUERIES[n % 5]},{QUERIES[(n + 1) % 5]}")),
        ("Tren: counts", click('[data-k="ukur-count"]')),
        ("Tren: years of publication", click('[data-k="menurut-published"]')),
        ("Indikator", menu("Indikator")),
        ("Indikator: unfold one", click(".kb-fold", 2)),
        ("Indikator: next page", flip),
        ("Indikator: words", fill("Nama indikator", ("jalan", "air", "desa", "kerja", "sosial"))),
    ]  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="actions whose name begins so")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("chromium is not installed: apt install chromium", file=sys.stderr)
        return 2
    from playwright.sync_api import Error, sync_playwright

    targets = Targets(options.home)
    wall: dict[str, list[float]] = {}
    spent: dict[str, list[float]] = {}
    missed: dict[str, str] = {}
    with serving(options.home) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 1000}, locale="id-ID")
        page.set_default_timeout(30_000)
        first = timed(page, lambda: page.goto(f"{served.address}/cari?q=kesehatan"))
        for path in ("", "pernyataan", "entitas", "indikator", "tren?q=desa", "cari"):
            timed(page, lambda path=path: page.goto(f"{served.address}/{path}"))
        for n in range(options.rounds):
            for name, act in actions(page, served.address, targets):
                if not name.startswith(options.only):
                    continue
                page.wait_for_timeout(1000 * LOOK)
                before = processor(served.pid)
                try:
                    took = timed(page, lambda act=act, n=n: act(n))
                except Error as error:
                    missed[name] = str(error).splitlines()[0]
                    continue
                wall.setdefault(name, []).append(took)
                spent.setdefault(name, []).append(processor(served.pid) - before)
            print(f"round {n + 1} done", file=sys.stderr, flush=True)
        browser.close()
    print(f"first load {first:.0f} ms; {options.rounds} rounds")
    print(f"{'action':<34}{'median ms':>10}{'slowest':>10}{'server CPU':>12}")
    for name, found in wall.items():
        cpu = statistics.median(spent[name])
        print(f"{name:<34}{statistics.median(found):>10.0f}{max(found):>10.0f}{cpu:>12.0f}")
    for name, why in missed.items():
        print(f"{name}: not done ({why})")
    return 1 if missed else 0


def processor(pid: int) -> float:
    """Processor time of the server and what it started, in milliseconds."""
    total = 0.0
    try:
        server = psutil.Process(pid)
        for process in (server, *server.children(recursive=True)):
            times = process.cpu_times()
            total += times.user + times.system
    except psutil.Error:
        pass
    return 1000 * total


if __name__ == "__main__":
    sys.exit(main())
