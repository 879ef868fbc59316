"""What people come to do, done in chromium, with every click and key counted.

    python benchmarks/tasks.py [--home DIR] [--only R] [--look FOLDER]

Ten tasks of an analyst (A), of a reporter (R) and of staff (S), as ``docs/tasks.md`` words them. A
task begins where its reader stands (the start page, or the page a mail led to), ends when what was
wanted is on the screen or in a file, which is checked, and fails loudly where a way has gone.
Counted are clicks, keys that are no text (Enter, arrows, commands) and fields filled (words typed
are of any length). Without ``--home`` the sample corpus is read first. Staff's tasks change the
base: they run on a copy of it.
"""

from __future__ import annotations

import argparse
import io
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from loopback import serving  # noqa: E402

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
NAME, PASSWORD = "Ani", "kata-sandi-ani"
RUN_OVER = '[data-test-script-state="notRunning"]'


@dataclass
class Hand:
    """A reader's hand in one window: does what is asked, and counts it."""

    page: Any
    address: str
    clicks: int = 0
    keys: int = 0
    fields: int = 0
    scrolls: int = 0

    def start(self, path: str = "") -> None:
        self.page.goto(f"{self.address}/{path}")
        self.settle()

    def settle(self) -> None:
        """Until nothing runs for a while."""
        self.page.wait_for_selector(RUN_OVER, timeout=60_000)
        quiet = 0
        while quiet < 5:
            self.page.wait_for_timeout(60)
            quiet = quiet + 1 if self.page.locator(RUN_OVER).count() else 0

    def click(self, what: Any, number: int = 0, *, settle: bool = True) -> None:
        found = self.page.locator(what) if isinstance(what, str) else what
        found.nth(number).click()
        self.clicks += 1
        if settle:
            self.settle()

    def menu(self, name: str) -> None:
        self.click(self.page.get_by_role("link", name=name, exact=True))

    def button(self, name: str, *, exact: bool = False, settle: bool = True) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=exact), settle=settle)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1
            self.settle()

    def fill(self, field: Any, words: str, enter: bool = True) -> None:
        """A field is clicked, filled, and told with Enter."""
        found = field if not isinstance(field, str) else self.page.get_by_label(field, exact=True)
        found.first.click()
        found.first.fill(words)
        self.clicks += 1
        self.fields += 1
        if enter:
            self.press("Enter")

    def search(self, words: str) -> None:
        box = self.page.get_by_role("combobox", name="Kata yang dicari")
        box.wait_for()
        focused = box.evaluate("e => e.getRootNode().activeElement === e")
        if not focused:
            box.click()
            self.clicks += 1
        box.fill(words)
        self.fields += 1
        self.press("Enter")

    def scroll(self, by: int) -> None:
        box = self.page.locator(".kb-sheet").bounding_box()
        self.page.mouse.move(box["x"] + 200, box["y"] + 300)
        for _ in range(by // 200):
            self.page.mouse.wheel(0, 200)
            self.page.wait_for_timeout(40)
        self.scrolls += 1
        self.page.wait_for_timeout(800)
        self.settle()

    def save(self, act: Callable[[], object]) -> bytes:
        """What a click brings as a file."""
        with self.page.expect_download(timeout=60_000) as download:
            act()
        return Path(download.value.path()).read_bytes()

    def sees(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for()


@dataclass(frozen=True)
class Task:
    name: str
    """As ``docs/tasks.md`` numbers it: A1, R3, S10."""
    wish: str
    does: Callable[[Hand], object]


# --- an analyst ------------------------------------------------------------------------


def figure_of_a_year(hand: Hand) -> None:
    hand.start()
    hand.menu("Indikator")
    hand.fill("Nama indikator", "stunting")
    hand.sees("tercapai")


def spreadsheet(hand: Hand) -> None:
    from openpyxl import load_workbook

    figure_of_a_year(hand)
    hand.click(".st-key-export button")
    file = hand.save(lambda: hand.button("Unduh XLSX"))
    sheet = load_workbook(io.BytesIO(file)).worksheets[0]
    assert "2024 target" in [cell.value for cell in sheet[1]]


def two_on_a_chart(hand: Hand) -> None:
    figure_of_a_year(hand)
    hand.click(hand.page.get_by_role("link", name="Bandingkan di satu grafik"))
    hand.fill("Nama indikator", "kemiskinan")
    hand.click(hand.page.get_by_role("link", name="Bandingkan di satu grafik"))
    assert hand.page.locator(".st-key-beside .kb-keys li").count() == 2
    file = hand.save(lambda: hand.click(".st-key-beside [data-chart=png]"))
    assert file.startswith(b"\x89PNG")


def where_documents_differ(hand: Hand) -> None:
    hand.start("indikator")
    hand.click(hand.page.get_by_text("Hanya yang berbeda antar dokumen"))
    hand.sees("angka yang berbeda antar dokumen")


def printed_page(hand: Hand) -> None:
    hand.start()
    hand.search("RPJMD 2025-2029")
    hand.click('.st-key-results a[href*="dokumen"]')
    hand.press("g")
    hand.page.keyboard.insert_text("II-25")
    hand.fields += 1
    hand.press("Enter")
    hand.sees("tercetak II-25")


def two_kinds_two_years(hand: Hand) -> None:
    hand.start()
    hand.search("anggaran")
    for facet in ("type", "type", "year", "year"):
        hand.click(f".st-key-facet_{facet} .kb-facet a:not([aria-current])")
    assert hand.page.locator(".st-key-chips .kb-chip").count() >= 4


def read_on(hand: Hand) -> None:
    hand.start(f"dokumen?id={_long(hand)}&hal=30")
    hand.page.locator(".kb-figure img[src]").wait_for()
    hand.scroll(2400)
    assert int(hand.page.url.split("hal=")[1].split("&")[0]) > 31


def table_of_a_page(hand: Hand) -> None:
    hand.start(f"dokumen?id={_long(hand)}&hal={_with_table(hand)}")
    file = hand.save(lambda: hand.button("Unduh XLSX"))
    assert file.startswith(b"PK")


def trend_picture(hand: Hand) -> None:
    hand.start()
    hand.menu("Tren")
    hand.fill(hand.page.locator(".st-key-trend_add input"), "stunting, kemiskinan")
    file = hand.save(lambda: hand.click("[data-chart=svg]"))
    assert b"</svg>" in file


def cite_a_page(hand: Hand) -> None:
    hand.start(f"dokumen?id={_long(hand)}&hal=30")
    hand.click(".st-key-cite button")
    hand.sees("hlm. II-25")


# --- a reporter --------------------------------------------------------------------------


def who_said(hand: Hand) -> None:
    hand.start()
    hand.menu("Pernyataan")
    hand.fill("Topik atau kata", "jalan")
    hand.page.locator(".kb-speaker").first.wait_for()


def very_sentence(hand: Hand) -> None:
    who_said(hand)
    hand.click('a.kb-where[href*="dokumen"]')
    hand.page.locator(".kb-chosen").first.wait_for()


def copy_with_address(hand: Hand) -> None:
    who_said(hand)
    hand.click('[class*="st-key-cite_"] button')
    hand.sees("/p/")


def career(hand: Hand) -> None:
    hand.start()
    hand.search("Bagas Tirtamarta")
    hand.click('a[href*="entitas?id=person"]')
    hand.sees("Jabatan dari masa ke masa")


def line_of_a_life(hand: Hand) -> None:
    career(hand)
    hand.click(hand.page.get_by_role("link", name="Linimasa").last)
    hand.page.locator("a.dot").first.wait_for()


def a_leaked_list(hand: Hand) -> None:
    hand.start("banyak")
    names = "Bagas Tirtamarta\nHilmansyah Darojat\nDinas Kesehatan Provinsi Banten\nZamrud Kencana"
    hand.fill(hand.page.locator("textarea"), names, enter=False)
    hand.button("Cari semuanya")
    hand.sees("dari 4 baris disebut")
    hand.click(".st-key-export button")
    assert hand.save(lambda: hand.button("Unduh XLSX")).startswith(b"PK")


def said_against_printed(hand: Hand) -> None:
    hand.start()
    hand.menu("Klaim")
    hand.click(hand.page.get_by_role("combobox", name="Angka dalam dokumen"))
    hand.click(hand.page.get_by_role("option", name="Angka berbeda"))
    hand.page.locator(".kb-agree-differs").first.wait_for()


def find_in_document(hand: Hand) -> None:
    hand.start(f"dokumen?id={_long(hand)}&hal=1")
    hand.press("/")
    hand.page.keyboard.insert_text("anggaran")
    hand.fields += 1
    hand.press("Enter")
    hand.page.evaluate("document.activeElement?.blur()")
    hand.press("n", "n")
    hand.sees("halaman cocok ke-")


def who_with_whom(hand: Hand) -> None:
    career(hand)
    hand.page.locator(".kb-net").wait_for()
    picture = hand.page.locator("figure.kb-chart:has(.kb-net) [data-chart=png]")
    assert hand.save(lambda: hand.click(picture)).startswith(b"\x89PNG")


def on_paper(hand: Hand) -> None:
    who_said(hand)
    hand.keys += 1  # Ctrl-P, which a browser without a screen has no window for
    assert hand.page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


# --- staff -------------------------------------------------------------------------------


def come_in(hand: Hand) -> None:
    hand.start()
    hand.menu("Kelola")
    hand.fill("Nama", NAME, enter=False)
    hand.fill("Kata sandi pengelola", PASSWORD)
    hand.sees("Masuk sebagai")


def mending(hand: Hand, path: str) -> None:
    """Signed in and with the switch on, which stays on: not counted again."""
    counted = hand.clicks, hand.keys, hand.fields
    come_in(hand)
    hand.page.get_by_role("switch", name="Perbaiki").press("Space")
    hand.settle()
    follow = "a => document.dispatchEvent(new CustomEvent('kb-go', {detail: a}))"
    hand.page.evaluate(follow, f"{hand.address}/{path}")
    hand.settle()
    hand.clicks, hand.keys, hand.fields = counted


def no_statement(hand: Hand) -> None:
    mending(hand, "pernyataan?q=jalan")
    hand.click('[class*="st-key-mend_said"] button')
    hand.button("Ini bukan pernyataan", settle=False)  # what it says does not stay
    hand.sees("Tersimpan sebagai perbaikan")


def another_speaker(hand: Hand) -> None:
    mending(hand, "pernyataan?q=jalan")
    hand.click('[class*="st-key-mend_said"] button')
    hand.click(hand.page.get_by_role("combobox", name="Pembicara").last)
    hand.page.keyboard.insert_text("Hilmansyah")
    hand.fields += 1
    hand.press("Enter")
    hand.button("Simpan")
    hand.sees("Diperbaiki oleh Ani")


def a_title(hand: Hand) -> None:
    mending(hand, "dokumen?id=1")
    hand.button("Perbaiki keterangan")
    hand.fill("Judul", "Judul yang benar")
    hand.sees("Judul yang benar")


def no_office(hand: Hand) -> None:
    mending(hand, "entitas?id=person%3Abagas-tirtamarta")
    hand.click('[class*="st-key-mend_office"] button')
    hand.button("Jabatan ini keliru", settle=False)
    hand.sees("Tersimpan sebagai perbaikan")


def wrong_number(hand: Hand) -> None:
    mending(hand, "indikator?q=stunting")
    hand.button("Perbaiki angka")
    hand.click(hand.page.get_by_role("combobox", name="Angka yang mana"))
    hand.press("Enter")
    hand.button("Angka ini keliru", settle=False)
    hand.sees("Tersimpan sebagai perbaikan")


def one_decision(hand: Hand) -> None:
    mending(hand, "antrean")
    before = hand.page.locator("h2").first.inner_text()
    hand.press("s")
    hand.page.locator("h2").first.filter(has_not_text=before).wait_for()


def undo(hand: Hand) -> None:
    no_office(hand)
    hand.clicks = 0
    hand.menu("Kelola")
    hand.click(hand.page.get_by_role("button", name="Batalkan"))


def a_file(hand: Hand) -> None:
    come_in(hand)
    hand.clicks = hand.keys = hand.fields = 0
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("Pengumuman\n\nDinas Kesehatan membuka posko di Lebak pada 3 Mei 2025.\n")
        file.flush()
        hand.page.locator('input[type="file"]').set_input_files(file.name)
        hand.clicks += 2  # the button and the file in the system's window
        hand.settle()
        hand.button("Masukkan", exact=True)
        hand.page.get_by_text("Selesai: 1 baru").wait_for(timeout=180_000)


def what_is_there(hand: Hand) -> None:
    come_in(hand)
    hand.clicks = hand.keys = hand.fields = 0
    hand.sees("Isi basis menurut jenis dan tahun")


TASKS = (
    Task("A1", "the latest figure of an indicator, and whether it was reached", figure_of_a_year),
    Task("A2", "the same as a spreadsheet, years across", spreadsheet),
    Task("A3", "two indicators on one chart, as a picture for a report", two_on_a_chart),
    Task("A4", "figures on which documents disagree", where_documents_differ),
    Task("A5", "page II-25 of the RPJMD, by its printed number", printed_page),
    Task("A6", "what two kinds of documents of two years say of the budget", two_kinds_two_years),
    Task("A7", "reading on through three pages", read_on),
    Task("A8", "a table of a page as a spreadsheet", table_of_a_page),
    Task("A9", "how often two words occur, year by year, as a drawing", trend_picture),
    Task("A10", "a citation of a page", cite_a_page),
    Task("R1", "who said something of the roads", who_said),
    Task("R2", "a statement in its document, at the very sentence", very_sentence),
    Task("R3", "a quotation with the address to check it at", copy_with_address),
    Task("R4", "which offices a person held", career),
    Task("R5", "what happened around a person, in order", line_of_a_life),
    Task("R6", "a list of names: who is in what document, as a file", a_leaked_list),
    Task("R7", "what was said that the documents do not say", said_against_printed),
    Task("R8", "the third place of a word in a long plan", find_in_document),
    Task("R9", "who appears with whom, as a picture", who_with_whom),
    Task("R10", "statements on paper", on_paper),
    Task("S1", "coming in", come_in),
    Task("S2", "a sentence that is no statement", no_statement),
    Task("S3", "another speaker", another_speaker),
    Task("S4", "a document's title", a_title),
    Task("S5", "an office that nobody held", no_office),
    Task("S6", "a number that was misread", wrong_number),
    Task("S7", "the next decision of the queue", one_decision),
    Task("S8", "taking a decision back", undo),
    Task("S9", "bringing a file in", a_file),
    Task("S10", "what the base holds, by kind and year", what_is_there),
)


def _long(hand: Hand) -> int:
    from kb.explore import open_kb

    with open_kb(hand.page.kb_home) as base:
        return max(base.documents(limit=100)[1], key=lambda d: d.page_count).document_id


def _with_table(hand: Hand) -> int:
    from kb.explore import open_kb

    with open_kb(hand.page.kb_home) as base:
        plan = _long(hand)
        return next(n for n in range(20, 80) if len(base.tables(plan, n)) == 1)


def _home(given: Path | None, folder: Path) -> Path:
    """A copy of the base, with an account for staff."""
    from kb.config import Settings
    from kb.staff import accounts

    home = folder / "basis"
    if given is not None:
        shutil.copytree(given, home, ignore=shutil.ignore_patterns("writer.*"))
    else:
        from kb.ingest import ingest

        ingest(Settings(home=home), [ROOT / "sample_docs"])
    accounts.add(Settings(home=home), NAME, "admin", PASSWORD)
    return home


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--home", type=Path)
    parser.add_argument("--only", default="", help="tasks whose number begins so")
    parser.add_argument("--look", type=Path, help="a picture of the end of each task")
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("chromium is not installed: apt install chromium", file=sys.stderr)
        return 2
    from playwright.sync_api import sync_playwright

    failed = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = _home(options.home, Path(folder))
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        print("| task | clicks | keys | fields | what |\n|---|---|---|---|---|")
        with serving(home) as served:
            for task in TASKS:
                if not task.name.startswith(options.only):
                    continue
                context = browser.new_context(
                    viewport={"width": 1400, "height": 1000}, locale="id-ID", accept_downloads=True
                )
                context.set_default_timeout(30_000)
                page = context.new_page()
                page.kb_home = home
                hand = Hand(page, served.address)
                begun = time.monotonic()
                try:
                    task.does(hand)
                    said = f"{task.wish}" + (" (and the wheel)" if hand.scrolls else "")
                except Exception as error:
                    failed += 1
                    said = f"FAILED after {time.monotonic() - begun:.0f} s: {str(error)[:200]!r}"
                print(f"| {task.name} | {hand.clicks} | {hand.keys} | {hand.fields} | {said} |")
                sys.stdout.flush()
                if options.look:
                    page.screenshot(path=str(options.look / f"{task.name}.png"))
                context.close()
        browser.close()
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
