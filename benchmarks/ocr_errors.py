"""Character errors of OCR on scans of known text: ``python benchmarks/ocr_errors.py FOLDER``.

FOLDER holds ``name.pdf`` beside ``name.truth.txt`` (pages parted by form feeds). Three
figures for each: over the whole text in reading order, without blanks; the same page by
page, where neither pages with tables (the truth may run down the columns, the text runs
along the rows) nor lines that stand on three pages or more (running lines, which reading
takes out) count; and by lines, each line of the truth against its best place in the OCR
text, so that order and what only one side holds (stamps, page numbers) do not count. Lines
not found at all are given as a share of the characters. ``cpu`` is processor seconds a page,
Tesseract included.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import psutil
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from kb.model import SourceDocument
from kb.readers import ReadOptions, read


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("–", "-")


def _cpu() -> float:
    times = psutil.Process().cpu_times()
    return float(times.user + times.system + times.children_user + times.children_system)


def _page_by_page(document: SourceDocument, truth: str) -> float:
    """Share of characters that differ, on pages without tables, without running lines."""
    sheets = truth.split("\f")
    pages = [{_flat(line) for line in sheet.split("\n")} for sheet in sheets]
    often = Counter(line for page in pages for line in page)
    tables = {table.page for table in document.tables}
    wrong = total = 0
    for page, sheet in zip(document.pages, sheets, strict=False):
        if page.number in tables:
            continue
        kept = [line for line in map(_flat, sheet.split("\n")) if often[line] < 3 or len(line) < 12]
        wrong += Levenshtein.distance(_flat(page.text), "".join(kept))
        total += len("".join(kept))
    return wrong / max(1, total)


def main(folder: Path) -> None:
    print(
        f"{'file':36} {'pages':>5} {'pages/s':>7} {'cpu':>5} {'CER':>7} {'by page':>7} "
        f"{'by line':>7} {'not found':>9}"
    )
    for truth in sorted(folder.glob("*.truth.txt")):
        path = truth.with_name(truth.name.removesuffix(".truth.txt") + ".pdf")
        with tempfile.TemporaryDirectory() as cache:
            start, spent = time.perf_counter(), _cpu()
            (document,) = read(path, ReadOptions(ocr="always", cache=Path(cache)))
            seconds, spent = time.perf_counter() - start, _cpu() - spent
        got = _flat("".join(page.text for page in document.pages))
        expected = truth.read_text(encoding="utf-8")
        in_pages = _page_by_page(document, expected)
        whole = Levenshtein.distance(got, _flat(expected)) / len(_flat(expected))
        errors = total = lost = 0
        for line in filter(lambda one: len(one) >= 4, map(_flat, expected.split("\n"))):
            place = fuzz.partial_ratio_alignment(line, got)
            wrong = Levenshtein.distance(line, got[place.dest_start : place.dest_end])
            if wrong > 0.5 * len(line):
                lost += len(line)
                continue
            total += len(line)
            errors += wrong
        print(
            f"{path.stem[:36]:36} {len(document.pages):5} {len(document.pages) / seconds:7.2f} "
            f"{spent / len(document.pages):5.1f} {whole:7.2%} {in_pages:7.2%} "
            f"{errors / max(1, total):7.2%} {lost / max(1, lost + total):9.2%}",
            flush=True,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
