"""Dates as Indonesian texts write them, to ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache

from rapidfuzz import fuzz, process

from kb.authority.calendar import load_calendar

WIB = timezone(timedelta(hours=7))
"""Western Indonesian time: stamps in UTC are told as the day they fell on there."""

EARLIEST, LATEST = 1945, 2100


@dataclass(frozen=True, slots=True)
class WrittenDate:
    iso: str
    """``YYYY-MM-DD`` or ``YYYY-MM``."""
    start: int
    end: int
    text: str


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    m = rf"(?P<m>{load_calendar().month_pattern})"
    y, d, figure = r"(?P<y>(?:19|20)\d\d)", r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})"
    clear, gap, part = r"(?<![\d.,/-])", r"\s*[-–—.\s/\"'“”‘’]\s*", r"\s?[/.\-–—]\s?"
    written = (
        ("iso", rf"(?<!\d){y}[-/]{figure}[-/]{d}(?!\d)"),
        ("words", rf"(?<!\w){d}{gap}{m}\.?,?{gap}{y}(?!\d)"),
        ("english", rf"(?<!\w){m}\.?\s+{d}(?:st|nd|rd|th)?,?\s+{y}(?!\d)"),
        ("figures", rf"{clear}{d}{part}{figure}{part}{y}(?![\d/-])"),
        ("short", rf"{clear}{d}[/-]{figure}[/-](?P<y>\d\d)(?![\d/-])"),
        ("month", rf"(?<![\w-]){m}[.,]?\s+{y}(?!\d)"),
    )
    return tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in written)


def find_dates(text: str) -> list[WrittenDate]:
    """Every date written in ``text``, left to right; impossible ones are left out.

    Day comes before month, as in Indonesia; figures that can only be month first
    (``1/24/2024``) are read so.
    """
    found: list[WrittenDate] = []
    taken: list[tuple[int, int]] = []
    for kind, pattern in _patterns():
        for match in pattern.finditer(text):
            span = match.span()
            if any(span[0] < end and span[1] > start for start, end in taken):
                continue
            iso = _iso(match, kind)
            if iso is None:
                continue
            taken.append(span)
            found.append(WrittenDate(iso, span[0], span[1], match.group(0)))
    return sorted(found, key=lambda one: one.start)


MISREAD = 65
"""Likeness (rapidfuzz ratio) from which a word between day and year is the month it must be."""


def likely_months(text: str) -> str:
    """The text of a scan with misread months mended: ``16 DesemesR 2025``, ``4 |anuari 2021``,
    and with letters that are figures beside them: ``l7 Mei 2O21``, ``1 7 Juni 2022``."""
    months = load_calendar().months
    text = _apart(text)

    def mend(match: re.Match[str]) -> str:
        word = match.group(2).lower()
        if word in months:
            return match.group(0)
        best, likeness, _ = process.extractOne(word, list(months), scorer=fuzz.ratio)
        return match.group(1) + (best if likeness >= MISREAD else match.group(2))

    text = re.sub(
        r"(\b\d{1,2}\s+)([^\W\d_][^\W\d_|!\]\[]{3,9}|[|!\]\[][^\W\d_]{3,9})(?=\s+20\d\d\b)",
        mend,
        text,
    )
    return _figures_beside().sub(_in_figures, text)


def _apart(text: str) -> str:
    """Day, month and year without the marks of a pen between them: ``tanggaly20April =. 2017``
    -> ``tanggaly 20 April 2017``."""
    months = load_calendar().month_pattern
    text = re.sub(rf"(?i)(?<=[^\W\d_])(\d{{1,2}})(?=\s*(?:{months})\b)", r" \1", text)
    text = re.sub(rf"(?i)(?<=\d)(?=(?:{months})\b)", " ", text)
    return re.sub(
        rf"(?i)(?<!\w)({months})\s*[^\w\s]{{1,3}}[\s.]*(?=[12][\dO]\d\d(?!\d))", r"\1 ", text
    )


@cache
def _figures_beside() -> re.Pattern[str]:
    months = load_calendar().month_pattern
    return re.compile(
        rf"(?<![\w.])([\dlIO|]\s?[\dlIO|]?)(\s+(?:{months})\.?\s+)([12][\dOolI|]{{3}})(?!\w)",
        re.IGNORECASE,
    )


def _in_figures(match: re.Match[str]) -> str:
    day, month, year = match.groups()
    table = str.maketrans("lLiI|oO", "1111100")
    return f"{day.translate(table).replace(' ', '')}{month}{year.translate(table)}"


def likely_year(text: str, year: int, *, scanned: bool = True) -> str:
    """The text with the year of a signature mended, where the head of the decree says
    ``year``: ``17 JAN 793`` and, in a scan, ``1 JAN 2013`` for 2018, one figure apart. The
    year before or after stays: some decrees are signed in it."""
    months = load_calendar().month_pattern

    def mend(match: re.Match[str]) -> str:
        said = match.group(2)
        other = re.fullmatch(r"(?:19|20)\d\d", said)
        apart = sum(a != b for a, b in zip(said, str(year), strict=False))
        if other and (not scanned or apart != 1 or abs(int(said) - year) == 1):
            return match.group(0)
        return f"{match.group(1)}{year}"

    return re.sub(rf"(\b\d{{1,2}}\s+(?:{months})\.?\s+)(\d{{3,4}})\b", mend, text, flags=re.I)


def _iso(match: re.Match[str], kind: str) -> str | None:
    year = int(match.group("y"))
    if kind == "short":
        year += 2000 if year < 70 else 1900
    month_text = match.group("m").lower()
    month = int(month_text) if month_text.isdigit() else load_calendar().months[month_text]
    if not EARLIEST <= year <= LATEST:
        return None
    if kind == "month":
        return f"{year:04d}-{month:02d}"
    day = int(match.group("d"))
    if month > 12 and day <= 12 and kind == "figures":
        day, month = month, day
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def parse_date(text: str) -> str | None:
    """The date a short string stands for, as ISO, or ``None``.

    Understands what pages and files write: ``04 Jan 2024``, ``Kamis (4/1/2024)``,
    ``2024-01-04T20:15:00Z`` (the day in western Indonesia), ``D:20240104...`` (PDF).
    """
    text = text.strip()
    stamp = re.match(r"(\d{4})-(\d\d)-(\d\d)[T ]\d\d:\d\d", text)
    if stamp:
        moment = _moment(text)
        if moment is not None:
            return moment
    pdf = re.match(r"D:(\d{4})(\d\d)(\d\d)", text)
    if pdf:
        text = "-".join(pdf.groups())
    compact = re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{6})?", text)
    if compact:
        text = "-".join(compact.groups())
    seconds = re.fullmatch(r"(\d{10})(?:\d{3})?", text)
    if seconds:
        return datetime.fromtimestamp(int(seconds.group(1)), WIB).date().isoformat()
    dates = find_dates(text)
    whole = [one for one in dates if len(one.iso) == 10]
    best = next(iter(whole or dates), None)
    return best.iso if best else None


def _moment(text: str) -> str | None:
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    if moment.tzinfo is not None:
        moment = moment.astimezone(WIB)
    if not EARLIEST <= moment.year <= LATEST:
        return None
    return moment.date().isoformat()


def weekday_dates(text: str) -> Iterator[WrittenDate]:
    """Dates that stand beside a weekday, as newsrooms date events: ``Kamis (4/1/2024)``."""
    day = load_calendar().day_pattern
    for found in find_dates(text):
        before = text[max(0, found.start - 16) : found.start]
        if re.search(rf"(?<!\w){day}[,\s]*\(?\s*$", before, re.IGNORECASE):
            yield found
