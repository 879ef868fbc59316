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
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from loopback import serving  # noqa: E402
from tasking import analyst, reporter, staff  # noqa: E402
from tasking.hand import Hand  # noqa: E402

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


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
    accounts.add(Settings(home=home), staff.NAME, "admin", staff.PASSWORD)
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
            for task in (*analyst.TASKS, *reporter.TASKS, *staff.TASKS):
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
