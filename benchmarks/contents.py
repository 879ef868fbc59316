"""What a document's own table of contents says beside what was read of it.

    python benchmarks/contents.py FILE_OR_FOLDER ...

Gold that no hand made: the daftar isi names each chapter and the label of the page it begins on,
the daftar tabel each table. Says for each document the chapters that are no sections, those that
begin elsewhere, labels no page has, tables that were not found, and tables of indicators from
whose page no number came. A list of contents may be older than its document: a disagreement is
to be looked at, it is no fault yet. The last line sums them up by kind.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb import describe, readers
from kb.model import IndicatorValue, SourceDocument
from kb.readers.numerals import numeral

_END = r"[\s.…_|·]*(?P<label>[IVXLC]{1,6}\s*[-–.]\s*\d{1,3}|\d{1,3}|[ivxlc]{1,6})\s*$"
_CHAPTER = re.compile(r"^BAB\.?\s+(?P<number>[IVX]{1,5}|\d{1,2})\b(?P<name>.*?)" + _END, re.I)
_TABLE = re.compile(
    r"^(?:Tabel|T\s?-?)\.?\s*(?P<number>(?:[IVX]{1,5}|\d{1,2})(?:\s?[.-]\s?\d{1,3})?)\b[.:]?"
    r"(?P<name>.*?)" + _END,
    re.I,
)
_OF_INDICATORS = re.compile(r"indikator|capaian kinerja|target|perjanjian kinerja", re.I)
_LISTS = re.compile(r"daftar (?:isi|tabel)", re.I)


@dataclass(frozen=True, slots=True)
class Entry:
    kind: str
    """``chapter`` or ``table``."""
    number: str
    name: str
    label: str


def entries(source: SourceDocument) -> Iterator[Entry]:
    """What the lists of contents at the front of the document name, in their order."""
    for page in source.pages[: max(20, len(source.pages) // 8)]:
        lines = [line.replace(" | ", " ").strip() for line in page.text.splitlines()]
        found = [
            (kind, match)
            for line in lines
            for kind, pattern in (("chapter", _CHAPTER), ("table", _TABLE))
            if (match := pattern.match(line))
        ]
        listed = any(_LISTS.search(line) for line in lines[:6]) or len(found) >= 4
        if not listed:
            continue
        for kind, match in found:
            number = re.sub(r"\s", "", match["number"])
            yield Entry(kind, number, match["name"].strip(" .…_:"), plain(match["label"]))


def plain(label: str | None) -> str:
    return re.sub(r"[\s.–-]+", "-", label or "").casefold()


def disagreements(
    source: SourceDocument, indicators: Sequence[IndicatorValue]
) -> Iterator[tuple[str, str]]:
    """(kind, words) for each."""
    labels: dict[str, int] = {}
    for page in source.pages:
        if page.label:
            labels.setdefault(plain(page.label), page.number)
    opened = {
        numeral(match[1]): item.page
        for item in source.outline
        if (match := re.match(r"BAB\s+([IVX]+|\d+)\b", item.title))
    }
    captions = " ".join(plain(table.caption) for table in source.tables)
    tabled = {table.page for table in source.tables}
    told = {value.page for value in indicators}
    for entry in dict.fromkeys(entries(source)):
        where = labels.get(entry.label)
        words = f"{entry.kind} {entry.number} {entry.name[:60]} ({entry.label})"
        if entry.kind == "chapter":
            begins = opened.get(numeral(entry.number))
            if begins is None:
                yield "chapter not found", words
            elif where is None:
                yield "no page has its label", f"{words}: read on page {begins}"
            elif begins != where:
                yield "chapter elsewhere", f"{words}: read on page {begins}, label on {where}"
            else:
                yield "chapter agrees", words
            continue
        if where is None:
            yield "no page has its label", words
            continue
        near = {where, where + 1}
        known = near & tabled or f"tabel-{plain(entry.number)}" in captions
        if not known:
            yield "table not found", f"{words}: page {where}"
        elif _OF_INDICATORS.search(entry.name) and not near & told:
            yield "no indicator", f"{words}: page {where}"
        else:
            yield "table agrees", words


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    args = parser.parse_args()
    total: Counter[str] = Counter()
    files = [
        file
        for path in args.files
        for file in (sorted(path.rglob("*.pdf")) if path.is_dir() else [path])
    ]
    for file in files:
        for source in readers.read(file, readers.ReadOptions()):
            told = describe.describe(source)
            values = describe.extract_indicators(source, told)
            found = list(disagreements(source, values))
            total.update(kind for kind, _ in found)
            if any("agrees" not in kind for kind, _ in found):
                print(file)
            for kind, words in found:
                if "agrees" not in kind:
                    print(f"    {kind}: {words}")
    print(", ".join(f"{kind} {count}" for kind, count in sorted(total.items())) or "no lists")
    return 0


if __name__ == "__main__":
    sys.exit(main())
