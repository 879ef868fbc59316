"""The years a document covers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kb.authority import norm
from kb.describe.doctype import TypeFound
from kb.describe.front import Front, doc_types
from kb.describe.legal import LegalHead
from kb.model import Found

_YEAR = r"((?:19[5-9]|20[0-9])\d)"
_RANGE = re.compile(
    rf"(?<!\d){_YEAR}\s*(?:[-–—/]|s\s*/\s*d|s\.?\s?d\.?|sd|sampai dengan|sampai|hingga|dan)\s*"
    rf"(?:tahun\s+)?{_YEAR}(?!\d)",
    re.IGNORECASE,
)
_SHORT_RANGE = re.compile(rf"(?<!\d){_YEAR}\s*[-–/]\s*(\d\d)(?!\d)")
_ONE = re.compile(rf"(?<![\d/.,-]){_YEAR}(?![\d])(?!\s*(?:orang|unit|rupiah|ekor|ha\b))")
_LABELLED = re.compile(
    rf"(?:tahun\s+anggaran|akhir\s+tahun|tahun|t\.?a\.?|periode|semester\s+\w+|triwulan\s+\w+)\s*:?\s*{_YEAR}",
    re.IGNORECASE,
)
_REGULATION = re.compile(r"\b(?:nomor|no\.?)\s*[:.]?\s*\S+\s+tahun\s+(?:19|20)\d\d", re.IGNORECASE)
MAX_SPAN = 30


def years_in(text: str) -> tuple[int, ...]:
    """Years a title states: a range in full (``2025-2029``), else labelled years, else all.

    Years of regulations named by number are not counted.
    """
    text = _REGULATION.sub(" ", text)
    text = re.sub(r"\b\d{1,2}\s+[A-Za-z]+\s+(?=(?:19|20)\d\d)", " tahun ", text)
    periodic = re.search(rf"\bperiodik\s*[-–]\s*{_YEAR}", text, re.IGNORECASE)
    if periodic:
        return (int(periodic.group(1)),)
    for match in _RANGE.finditer(text):
        first, last = int(match.group(1)), int(match.group(2))
        if " dan " in match.group(0).lower():
            return (max(first, last),) if abs(first - last) == 1 else (first, last)
        if first < last <= first + MAX_SPAN:
            return tuple(range(first, last + 1))
    for match in _SHORT_RANGE.finditer(text):
        first = int(match.group(1))
        last = first // 100 * 100 + int(match.group(2))
        if first < last <= first + MAX_SPAN:
            return tuple(range(first, last + 1))
    labelled = [int(year) for year in _LABELLED.findall(text)]
    if labelled:
        return (labelled[0],)
    return tuple(dict.fromkeys(int(year) for year in _ONE.findall(text)))[:1]


def find_years(
    front: Front,
    kind: TypeFound | None,
    head: LegalHead | None,
    date: Found[str] | None,
    title: str,
    metadata_date: str | None,
) -> Found[tuple[int, ...]] | None:
    """The years covered: an article's own year; a plan's or report's period."""
    if front.article:
        if date is not None:
            return Found((int(date.value[:4]),), "year of publication", date.evidence)
        return None
    if head is not None and (kind is None or kind.line is None):
        return _legal_years(kind, head)
    start = kind.line if kind is not None and kind.line is not None else 0
    block = front.lines[start : start + 8]
    alone = _year_alone(block)
    if alone is not None:
        return Found((alone,), "title page", " ".join(block)[:160])
    after = " ".join(block)
    for text, rule in (
        (after, "title page"),
        (" ".join(front.lines), "title page"),
        (title, "title"),
    ):
        years = years_in(text)
        if years:
            return Found(years, rule, text[:160])
    return _text_years(front, kind, date, metadata_date)


def _year_alone(lines: Sequence[str]) -> int | None:
    """The year that stands on a line of its own below the title, before any other: the one
    further down is that of publication."""
    for line in lines:
        years = years_in(line)
        if years:
            bare = re.fullmatch(rf"[(\s]*{_YEAR}[)\s]*", line)
            return years[0] if bare else None
    return None


def _legal_years(kind: TypeFound | None, head: LegalHead) -> Found[tuple[int, ...]] | None:
    own = (head.year,) if head.year else ()
    about = years_in(head.subject)
    if kind is not None and not doc_types()[kind.found.value].get("legal") and about:
        return Found(about, "subject of the regulation", head.subject[:160])
    years = tuple(sorted({*own, *(about if len(about) <= 6 else ())}))
    if years:
        return Found(years, "head of the regulation", head.evidence)
    return None


def _text_years(
    front: Front, kind: TypeFound | None, date: Found[str] | None, metadata_date: str | None
) -> Found[tuple[int, ...]] | None:
    text = _REGULATION.sub(" ", front.body)
    if kind is not None:
        names = [re.escape(p) for p in doc_types()[kind.found.value]["titles"]]
        if names:
            match = re.search(
                rf"(?:{'|'.join(names)})(?:\s+\w+){{0,8}}?\s+(?:tahun\s+)?(?:anggaran\s+)?"
                r"((?:19|20)\d\d)(?:\s+((?:19|20)\d\d))?(?!\d)",
                norm(text),
            )
            if match:
                first = int(match.group(1))
                last = int(match.group(2) or first)
                if first <= last <= first + MAX_SPAN:
                    years = tuple(range(first, last + 1))
                    return Found(years, "where the text names itself", match.group(0)[-120:])
    counts = Counter(int(year) for year in _LABELLED.findall(text))
    if counts:
        year, times = counts.most_common(1)[0]
        if times >= 2:
            return Found((year,), "year named most in the first pages", f"{year}: {times} times")
    stem_years = years_in(front.stem)
    if stem_years:
        return Found(stem_years, "file name", front.stem)
    if date is not None:
        return Found((int(date.value[:4]),), "year of its date", date.evidence)
    if metadata_date is not None and kind is not None:
        return Found((int(metadata_date[:4]),), "year the file was made", metadata_date)
    return None
