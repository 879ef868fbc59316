"""Time and memory of reading PDFs: ``python benchmarks/reading.py FOLDER [--ocr] [--pages N]``.

Reads every PDF of FOLDER the way an ingest does, in the supervised child. Prints for each
file pages, seconds by the clock and of processors (the child and Tesseract), and what was
found; then pages per second, the peak resident memory of child and parent, and how the
files that were refused are spread over the reasons. ``--ocr`` reads scanned pages with
Tesseract (nothing is cached), else they stay without text. ``--pages N`` reads a document
of N generated pages of prose and tables instead of a folder.
"""

from __future__ import annotations

import argparse
import threading
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from reportlab.pdfgen import canvas

from kb.errors import ReadError
from kb.readers import ReadOptions, read_isolated

SENTENCE = "Pemerintah daerah menyusun rencana kerja untuk meningkatkan pelayanan masyarakat."
LOOK = 0.05


class Watch:
    """Peak resident memory of this process and of its children, and their processor time."""

    def __init__(self) -> None:
        self.parent = self.child = 0
        self.stopped = threading.Event()
        self._spent: dict[int, float] = {}
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        me = psutil.Process()
        while not self.stopped.wait(LOOK):
            self.parent = max(self.parent, me.memory_info().rss)
            for child in me.children():
                try:
                    times = child.cpu_times()
                    spent = times.user + times.system
                    spent += times.children_user + times.children_system
                    self._spent[child.pid] = spent
                    self.child = max(self.child, child.memory_info().rss)
                except psutil.Error:
                    continue

    def seconds(self) -> float:
        """Processor seconds of all children so far, and of what they started and ended."""
        time.sleep(2 * LOOK)
        return sum(self._spent.values())


def generated(path: Path, pages: int) -> Path:
    sheet = canvas.Canvas(str(path))
    for page in range(1, pages + 1):
        sheet.setFont("Helvetica", 10)
        for line in range(18):
            sheet.drawString(60, 780 - 14 * line, f"{page}.{line} {SENTENCE}")
        for row in range(20):
            for x, cell in zip(
                (60, 90, 300, 400), (str(row + 1), f"Kegiatan {page}-{row}", "Paket", "1.250.000"),
                strict=True,
            ):  # fmt: skip
                sheet.drawString(x, 500 - 18 * row, cell)
                if page % 2:
                    sheet.line(55, 512 - 18 * row, 500, 512 - 18 * row)
        sheet.showPage()
    sheet.save()
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--ocr", action="store_true")
    parser.add_argument("--pages", type=int, default=0)
    parser.add_argument("--password", action="append", default=[])
    given = parser.parse_args()
    options = ReadOptions(ocr="auto" if given.ocr else "never", passwords=tuple(given.password))
    with TemporaryDirectory() as place:
        if given.pages:
            files = [generated(Path(place) / f"{given.pages}_pages.pdf", given.pages)]
        else:
            files = sorted(given.folder.glob("*.pdf"))
        watch = Watch()
        pages = 0
        clock = spent = 0.0
        refused: Counter[str] = Counter()
        print(
            f"{'file':40} {'pages':>5} {'ocr':>5} {'tables':>6} {'s':>7} {'cpu':>7} {'ms/page':>8}"
        )
        for path in files:
            before, start = watch.seconds(), time.perf_counter()
            try:
                (document,) = read_isolated(path, options, seconds=120.0, memory_mb=2048)
            except ReadError as error:
                refused[str(error).split(":")[0]] += 1
                continue
            wall = time.perf_counter() - start
            cpu = watch.seconds() - before
            count = len(document.pages)
            scans = sum(page.method == "ocr" for page in document.pages)
            print(
                f"{path.stem[:40]:40} {count:5} {scans:5} {len(document.tables):6} {wall:7.2f} "
                f"{cpu:7.2f} {1000 * cpu / count:8.1f}"
            )
            pages, clock, spent = pages + count, clock + wall, spent + cpu
        watch.stopped.set()
    if pages:
        print(
            f"{pages} pages: {pages / clock:.2f} pages/s, "
            f"{spent / pages:.3f} processor seconds a page"
        )
    print(f"peak memory: child {watch.child >> 20} MiB, parent {watch.parent >> 20} MiB")
    for reason, count in refused.most_common():
        print(f"refused, {reason}: {count}")


if __name__ == "__main__":
    main()
