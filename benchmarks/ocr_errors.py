"""Character errors of OCR on scans of known text: ``python benchmarks/ocr_errors.py FOLDER``.

FOLDER holds ``name.pdf`` beside ``name.truth.txt``. Two figures for each: over the whole
text in reading order, without blanks; and by lines, each line of the truth against its best
place in the OCR text, so that order and what only one side holds (stamps, page numbers) do
not count. Lines not found at all are given as a share of the characters.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from pathlib import Path

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from kb.readers import ReadOptions, read


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("–", "-")


def main(folder: Path) -> None:
    print(f"{'file':44} {'pages':>5} {'pages/s':>7} {'CER':>7} {'by line':>7} {'not found':>9}")
    for truth in sorted(folder.glob("*.truth.txt")):
        path = truth.with_name(truth.name.removesuffix(".truth.txt") + ".pdf")
        with tempfile.TemporaryDirectory() as cache:
            start = time.perf_counter()
            (document,) = read(path, ReadOptions(ocr="always", cache=Path(cache)))
            seconds = time.perf_counter() - start
        got = _flat("".join(page.text for page in document.pages))
        expected = truth.read_text(encoding="utf-8")
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
            f"{path.stem:44} {len(document.pages):5} {len(document.pages) / seconds:7.2f} "
            f"{whole:7.2%} {errors / max(1, total):7.2%} {lost / max(1, lost + total):9.2%}"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
