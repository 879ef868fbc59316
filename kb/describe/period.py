"""The years a document covers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kb.authority import norm
from kb.describe.doctype import TypeFound
from kb.describe.forms import wealth_report
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
_ONE = re.compile(
    rf"(?:(?<![\d/.,-])|(?<=[^\W\d_]-)){_YEAR}(?![\d])(?!\s*(?:orang|unit|rupiah|ekor|ha\b))"
)
_LABELLED = re.compile(
    rf"(?:tahun\s+anggaran|akhir\s+tahun|tahun|t\.?a\.?|periode|semester\s+\w+|triwulan\s+\w+)\s*:?\s*{_YEAR}",
    re.IGNORECASE,
)
_REGULATION = re.compile(
    r"\b(?:nomor|no\.?)\s*[:.]?\s*\S+\s+tahun\s+(?:19|20)\d\d"
    r"|\b(?:uu|pp|perpres|perki|per(?:men|ka|da|gub|bup|wal|wali)[a-z]*|kep(?:men|gub|bup|wal)[a-z]*"
    r"|inpres|keppres)(?:\s+ri)?(?:\s+[a-z]+){0,3}?\s+\d{1,4}\s+tahun\s+(?:19|20)\d\d",
    re.IGNORECASE,
)
MAX_SPAN = 30
_TWO_YEARS = re.compile(rf"\W{{0,3}}{_YEAR}\W{{1,4}}{_YEAR}(?!\d)")
"""A line of a cover that begins with a period, whose dash was set as a picture or misread."""


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
    front: Front, kind: TypeFound | None, head: LegalHead | None, title: str
) -> Found[tuple[int, ...]] | None:
    """The years that a plan's or report's own pages say it covers."""
    if front.article:
        return None
    if head is not None and (kind is None or kind.line is None):
        return _legal_years(kind, head)
    if kind is not None and kind.found.value == "lhkpn":
        report = wealth_report(front.body)
        if report is not None and report.year:
            return Found((report.year,), "form", str(report.year))
    if kind is not None and kind.found.value == "statistik":
        series = years_in(title) or _series(front)
        if series:
            return Found(tuple(series), "years its tables tell of", f"{series[0]}-{series[-1]}")
    start = kind.line if kind is not None and kind.line is not None else 0
    below = front.lines[start : start + 8]
    block = [line for line in below if " | " not in line and not _ASIDE.match(line)]
    plain = [line for line in front.lines if " | " not in line and not _ASIDE.match(line)]
    long = kind is not None and (doc_types()[kind.found.value].get("span") or 1) > 1
    if long:
        for text, rule in ((title, "title"), (" ".join(plain), "title page")):
            years = years_in(text)
            if len(years) > 1:
                return Found(years, rule, text[:160])
        for line in plain:
            if (apart := _TWO_YEARS.match(line)) and 1 < int(apart[2]) - int(apart[1]) <= MAX_SPAN:
                return Found(tuple(range(int(apart[1]), int(apart[2]) + 1)), "title page", line)
        spanned = _text_span(front, kind)
        if spanned is not None:
            return spanned
    alone = _year_alone(block)
    if alone is not None and kind is not None:
        return Found((alone,), "title page", " ".join(block)[:160])
    for text, rule in (
        (title, "title"),
        (" ".join(block), "title page"),
        (" ".join(plain), "title page"),
        (" ".join(_naming(front.running, kind)), "running head or foot"),
    ):
        years = years_in(text)
        if years:
            return Found(years, rule, text[:160])
    return _text_years(front, kind)


def _naming(running: Sequence[str], kind: TypeFound | None) -> list[str]:
    """The running lines whose year is the document's: not those that name a government alone,
    whose year is that of printing ("Pemerintah Kota X Tahun 2024" over a report on 2023)."""
    own = doc_types()[kind.found.value]["titles"] if kind is not None else ()
    return [
        line
        for line in running
        if not norm(line).startswith("pemerintah ")
        or any(f" {p} " in f" {norm(line)} " for p in own)
    ]


_ASIDE = re.compile(
    r"(?i:tabel|gambar|grafik)\b|[A-Z]\w+(?: [A-Z]\w+){0,2}\s*,\s*(?:\d{1,2} )?[A-Z]\w+ 20\d\d"
)
"""Captions, and the place and date of signing."""


def years_of_date(
    front: Front,
    kind: TypeFound | None,
    head: LegalHead | None,
    date: Found[str] | None,
    metadata_date: str | None,
) -> Found[tuple[int, ...]] | None:
    """The year of publication, where the document does not say which years it covers, else that
    of the day its file is named by."""
    if date is not None:
        rule = "year of publication" if front.article else "year of its date"
        return Found((int(date.value[:4]),), rule, date.evidence)
    if front.article:
        return None
    said = [int(year) for year in _ONE.findall(front.stem)]
    named = _named_day(front.stem) or (said[-1] if said else None)
    if named is not None:
        return Found((named,), "file name", front.stem[-160:])
    if head is not None and (kind is None or kind.line is None):
        return None
    if metadata_date is not None and kind is not None:
        return Found((int(metadata_date[:4]),), "year the file was made", metadata_date)
    return None


def _named_day(stem: str) -> int | None:
    """The year of the day a file is named by ("efisiensi 21052025"), figures set together."""
    for match in re.finditer(
        r"(?<!\d)(\d\d)(\d\d)(20\d\d)(?!\d)|(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)", stem
    ):
        day, month, year, other, its_month, its_day = match.groups()
        if int(month or its_month) in range(1, 13) and int(day or its_day) in range(1, 32):
            return int(year or other)
    return None


def _year_alone(lines: Sequence[str]) -> int | None:
    """The year that stands on a line of its own below the title, before any other: the one
    further down is that of publication."""
    for line in lines:
        years = years_in(line)
        if years:
            bare = re.fullmatch(rf"[(\s]*{_YEAR}[)\s]*", line)
            return years[0] if bare else None
    return None


_TERM = re.compile(
    rf"\bmasa\s+(?:\w+\s+){{1,3}}(?:tahun\s+)?{_YEAR}(?:\s*[-–—/]\s*{_YEAR})?", re.IGNORECASE
)
"""The term of a council or an office: no year of the decree's own."""
_DISEASE = re.compile(r"\bdisease\W+(?:19|20)\d\d", re.IGNORECASE)
"""COVID-19 in full bears a year that is no year of the decree."""


def _legal_years(kind: TypeFound | None, head: LegalHead) -> Found[tuple[int, ...]] | None:
    own = (head.year,) if head.year else ()
    about = years_in(_DISEASE.sub(" ", _TERM.sub(" ", head.subject or head.annex)))
    if kind is not None and not doc_types()[kind.found.value].get("legal") and about:
        return Found(about, "subject of the regulation", (head.subject or head.annex)[:160])
    years = tuple(sorted({*own, *(about if len(about) <= 6 else ())}))
    if years:
        return Found(years, "head of the regulation", head.evidence)
    return None


def _text_span(front: Front, kind: TypeFound | None) -> Found[tuple[int, ...]] | None:
    """The period named most in the text and the file name, of a length such plans have."""
    usual = doc_types()[kind.found.value].get("span", 5) if kind is not None else 5
    counts: Counter[tuple[int, int]] = Counter()
    for weight, text in ((1, front.whole), (3, front.stem.replace(" ", "-"))):
        for match in _RANGE.finditer(text):
            first, last = int(match.group(1)), int(match.group(2))
            if usual - 2 <= last - first <= usual and " dan " not in match.group(0).lower():
                counts[first, last] += weight
    if not counts:
        return None
    (first, last), times = max(counts.items(), key=lambda item: (item[1], item[0]))
    if times < 2:
        return None
    evidence = f"{first}-{last}: {times} times"
    return Found(tuple(range(first, last + 1)), "period named most in the text", evidence)


_YEAR_HEADS = re.compile(r"(?m)^(?:19|20)\d\d(?: \| (?:19|20)\d\d)+$")
"""A row of a table that holds nothing but years, the heads of its columns."""
_TOP = 3000
"""Characters from the top in which the first table has its heads. Set by hand; no command measured
it."""


def _is_other(kind: TypeFound) -> bool:
    return kind.found.value == "lainnya"


def _text_years(front: Front, kind: TypeFound | None) -> Found[tuple[int, ...]] | None:
    """By what the text says: the years it names itself with, those of its captions, that of
    the file name, each by its weight. A year it looks back on is none of its own."""
    points: dict[int, float] = {}

    def add(year: int, weight: float) -> None:
        points[year] = points.get(year, 0.0) + weight

    heads = _YEAR_HEADS.search(front.whole[:_TOP]) if kind is None or _is_other(kind) else None
    if heads is not None:
        years = [int(year) for year in re.findall(r"\d{4}", heads[0])]
        if years == list(range(years[0], years[0] + len(years))):
            return Found(tuple(years), "years its tables tell of", heads[0])
    text = norm(_REGULATION.sub(" ", front.whole))
    if kind is not None:
        names = [re.escape(p) for p in doc_types()[kind.found.value]["titles"]]
        if names:
            pattern = (
                rf"(?<!\w)(?:{'|'.join(names)})(?P<gap>(?:\s+[a-z]\w*){{0,12}}?)"
                r"\s+((?:19|20)\d\d)(?!\d)"
            )
            for match in re.finditer(pattern, text):
                before = text[max(0, match.start() - 30) : match.start()]
                if re.search(r"\b(?:evaluasi|capaian|realisasi|hasil|pelaksanaan)\b", before):
                    continue
                last = match.end() > len(text) - 3000
                named = 1.0 if "tahun" in match.group("gap") else 0.6
                add(int(match.group(2)), named + (1.0 if last else 0.0))
    for caption in front.captions:
        for year in set(years_in(caption)[:1]):
            add(year, 0.8)
    for head in front.heads:
        if len(head) < 40:
            for year in set(years_in(head)):
                add(year, 0.5)
    for line in front.whole.split("\n"):
        if line.isupper() and len(line) < 160:
            for year in _LABELLED.findall(line):
                add(int(year), 0.8)
    for year in years_in(front.stem):
        add(year, 3.0)
    for year, times in Counter(int(y) for y in _LABELLED.findall(front.body)).items():
        add(year, min(2.0, 0.4 * times))
    if not points:
        return None
    best = max(points, key=lambda year: (points[year], year))
    if points[best] < 0.8:
        return None
    return Found((best,), "year named most in the text", f"{best}: {points[best]:.1f} points")


def _series(front: Front) -> Sequence[int]:
    """Years of a collection of data: the heads of its tables, else the period its text tells
    of most, else the first and the last it speaks of."""
    heads = sorted({int(y) for head in front.heads for y in _ONE.findall(head) if len(head) < 30})
    if len(heads) > 1 and heads[-1] - heads[0] <= 15:
        return range(heads[0], heads[-1] + 1)
    spans = Counter(
        (int(m.group(1)), int(m.group(2)))
        for m in _RANGE.finditer(front.whole)
        if 0 < int(m.group(2)) - int(m.group(1)) <= 15
    )
    if spans:
        (first, last), _ = max(spans.items(), key=lambda item: (item[1], item[0]))
        return range(first, last + 1)
    named = sorted({int(year) for year in _LABELLED.findall(front.body)})
    if named and named[-1] - named[0] <= 15:
        return range(named[0], named[-1] + 1)
    return ()
