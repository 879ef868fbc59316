"""When the document was published or signed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from kb.authority.calendar import load_calendar
from kb.describe.boxed import box_date, box_year
from kb.describe.dates import (
    WrittenDate,
    find_dates,
    likely_months,
    likely_year,
    parse_date,
    weekday_dates,
)
from kb.describe.doctype import TypeFound
from kb.describe.forms import wealth_report
from kb.describe.front import Front, doc_types
from kb.model import Found, SourceDocument

_SIGNED = re.compile(
    r"(?:ditetapkan|dikeluarkan|ditandatangani|dibuat|disahkan)\s+di", re.IGNORECASE
)
_DAY = re.compile(
    r"pada\s+tanggal|tanggal\s*:|tanggal\s+(?:penetapan|pembuatan|pengesahan)\s*\|?", re.IGNORECASE
)
"""A day without its place: may be one the text speaks of, so those with a place come first."""
_GOES_ON = re.compile(r"[^\S\n]*(?!dan\b|di\b|serta\b)[a-z]{3,}")
"""Words in small letters behind a day: a sentence tells of it ("pada tanggal 30 Oktober 2016
berdasarkan ..."), nobody signs there."""
_PUBLISHED = re.compile(r"diundangkan(?:\s+(?:di|pada))?", re.IGNORECASE)
_NOT_SIGNED = re.compile(
    r"(?:berlaku|sampai\s+dengan|terhitung|sejak|per|berakhir|dimulai|mulai|hingga|lahir|berdiri"
    r"|diubah|dicabut|surat|nomor\s+\S+)[\s,:]*$",
    re.IGNORECASE,
)
"""Before "pada tanggal": the day something begins or ends, not the day of signing."""
_CITY_DATE = re.compile(
    r"(?:^|\n|\|)[^\S\n]*(?P<city>[A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+){0,2})\s*,"
    r"\s*(?:tanggal\s*)?[.…_\s]*(?=\d|[A-Z])"
)
_HEAD_BELOW = re.compile(
    r"[^\n]{0,40}\n+[^\n]{0,40}(?:KEPALA|BUPATI|GUBERNUR|WALI ?KOTA|CAMAT|LURAH|INSPEKTUR|DIREKTUR"
    r"|SEKRETARIS|Kepala|Camat|Lurah|Direktur)\b"
)
"""An office below place and date: a signature, wherever it stands."""


def find_date(
    source: SourceDocument,
    front: Front,
    press: bool = False,
    kind: TypeFound | None = None,
    years: Sequence[int] = (),
    numbered: int | None = None,
) -> Found[str] | None:
    """The date of publication: as the page or row says it, else as the text is signed; where
    neither says one, as the address or the file name does.

    ``years`` are those the document covers: of several dates the first that a document of
    its kind can bear counts. ``numbered`` is the year of a decree's own number.
    """
    told = _told_date(source, front, press, kind, years, numbered)
    return told or _named_date(source, press)


def _told_date(
    source: SourceDocument,
    front: Front,
    press: bool,
    kind: TypeFound | None,
    years: Sequence[int],
    numbered: int | None,
) -> Found[str] | None:
    if source.published:
        iso = parse_date(source.published)
        if iso:
            return Found(iso, "date of the page", source.published[:80])
    if front.article or press:
        return _news_date(front.body)
    if kind is not None and kind.found.value == "lhkpn":
        report = wealth_report(front.body)
        if report is not None and report.filed:
            return Found(report.filed, "day of filing", report.filed)
    if kind is not None and kind.found.value in BOXED and source.pages:
        scanned = source.pages[0].method == "ocr"
        year = numbered or box_year(front.body)
        if (box := box_date(front.body, year, scanned=scanned)) is not None:
            return Found(box[0], "form", box[1])
    found = [
        *_signed_dates(source, numbered),
        *_annex_dates(source, numbered),
        *_cover_dates(front),
        *_turned_dates(front.body),
    ]
    signed = next((one for one in found if _possible(one.value, kind, years)), None)
    if signed is None and source.format == "text" and len(source.pages) == 1:
        # A press release kept as plain text: "Kamis (4/1/2024)" is how news says its day.
        head = source.pages[0].text[:3000]
        for day in weekday_dates(head):
            return Found(day.iso, "first date in the text", _around(head, day))
    return signed


BOXED = frozenset(["sop", "standar_pelayanan"])
"""Kinds whose day stands in the box at their head."""

_IN_NAME = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<mark>[-_./ ]?)(?P<m>0[1-9]|1[0-2])(?P=mark)"
    r"(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
)


_NAMED_BY_DAY = frozenset(["eml", "html", "markdown", "msg", "portal", "portal-text", "text"])
"""Formats of what appears on a day. Names of plans hold the days of their period or of the
scan as often."""


def _named_date(source: SourceDocument, press: bool) -> Found[str] | None:
    """The date in the address of an article, or in the name of its file."""
    names = [(source.address or "", "date in the address")]
    if press or source.format in _NAMED_BY_DAY:
        names.append((PurePath(source.path).stem, "date in the file name"))
    for name, rule in names:
        for match in _IN_NAME.finditer(name.partition("?")[0]):
            iso = parse_date(f"{match['y']}-{match['m']}-{match['d']}")
            if iso:
                return Found(iso, rule, name[-120:])
    for name, rule in names[1:]:
        for found in find_dates(name.replace("_", " ")):
            if len(found.iso) == 10:
                return Found(found.iso, rule, found.text)
    return None


def _possible(iso: str, kind: TypeFound | None, years: Sequence[int]) -> bool:
    """True for a date a document of this kind and period can bear: a report is signed once
    its year nears its end, a plan before its period is over."""
    if kind is None or not years:
        return True
    year, month = int(iso[:4]), int(iso[5:7])
    group = doc_types()[kind.found.value]["group"]
    first, last = min(years), max(years)
    if group == "pelaporan":
        return first <= year <= last + 3
    if group in {"perencanaan", "anggaran"}:
        early = 3 if last > first else 2  # a plan of one year is begun in the year before it
        return first - early <= year <= last + (1 if month < 7 else 0)
    return True


def _news_date(text: str) -> Found[str] | None:
    """The first date the article gives an event, which news reports on the day."""
    head = text[:3000]
    for found in weekday_dates(head):
        return Found(found.iso, "first date in the text", _around(head, found))
    whole = [one for one in find_dates(head[:600]) if len(one.iso) == 10]
    if whole:
        return Found(whole[0].iso, "first date in the text", _around(head, whole[0]))
    return None


def _signed_dates(source: SourceDocument, numbered: int | None) -> Iterator[Found[str]]:
    """Dates of signing, those of a decree before those of its promulgation and of a letter."""
    texts = [page.text for page in source.pages]
    order = [*range(min(3, len(texts))), *range(len(texts) - 1, max(2, len(texts) - 12), -1)]
    # A law is signed before its explanation and its annexes, however long those are.
    far = len(texts) if numbered is not None else 40
    places = list(dict.fromkeys([*order, *range(3, min(len(texts), far))]))
    for pattern in (_SIGNED, _PUBLISHED, None, _DAY):
        if pattern is None:
            yield from _beside_cities(texts, order)
            continue
        for index in places:
            text = texts[index]
            for match in pattern.finditer(text):
                before = text[max(0, match.start() - 60) : match.start()]
                if _NOT_SIGNED.search(before):
                    continue
                window = text[match.end() : match.end() + 90]
                scanned = source.pages[index].method == "ocr"
                window = likely_months(window) if scanned else window
                window = likely_year(window, numbered, scanned=scanned) if numbered else window
                dates = find_dates(window)
                if dates and dates[0].start < 60:
                    if pattern is _DAY and _GOES_ON.match(window[dates[0].end :]):
                        continue
                    if _NOT_SIGNED.search(window[: dates[0].start]):
                        continue
                    evidence = _around(window, dates[0])
                    yield Found(dates[0].iso, f"signature, page {index + 1}", evidence)


_ANNEX_DAY = re.compile(r"(?m)^[^\S\n]*TANGGAL\b[^\S\n]*[:;.>]?(?=[^\S\n]*\S)", re.IGNORECASE)


def _annex_dates(source: SourceDocument, numbered: int | None) -> Iterator[Found[str]]:
    """The day of a decree as the head of its annex says it again, where its own was written by
    hand: ``TANGGAL 20 APRIL 2017`` below the number."""
    if numbered is None:
        return
    for page in source.pages[:40]:
        head = page.text[:700]
        annex = re.search(r"\bLAMPIRAN\b", head)
        match = _ANNEX_DAY.search(head, annex.end()) if annex is not None else None
        if match is None:
            continue
        window = head[match.end() : match.end() + 40]
        window = likely_months(window) if page.method == "ocr" else window
        dates = find_dates(window)
        if dates and dates[0].start < 4 and dates[0].iso.startswith(f"{numbered}-"):
            yield Found(dates[0].iso, f"head of the annex, page {page.number}", dates[0].text)


def _beside_cities(texts: Sequence[str], order: Sequence[int]) -> Iterator[Found[str]]:
    """Place and date of a signature ("Serang, 4 Maret 2024")."""
    near = list(dict.fromkeys([*order, *range(3, min(len(texts), 12))]))
    for index in dict.fromkeys([*near, *range(len(texts))]):
        text = texts[index]
        for match in _CITY_DATE.finditer(text):
            window = text[match.end() : match.end() + 30]
            dates = find_dates(window)
            if index not in near and not _HEAD_BELOW.match(text[match.end() :]):
                continue
            if dates and dates[0].start <= 4:
                line = text[match.start() : match.end() + dates[0].end].strip()
                yield Found(dates[0].iso, f"place and date, page {index + 1}", line[:80])


def _turned_dates(text: str) -> Iterator[Found[str]]:
    """Month and place of signing that a form's cells turned round ("Januari 2019 Serang,")."""
    months = load_calendar().month_pattern
    for match in re.finditer(
        rf"((?i:(?:\d{{1,2}} )?(?:{months}))\.? (?:19|20)\d\d)\s+[A-Z][a-z]+,\s*(?=[A-Z\n]|$)", text
    ):
        for found in find_dates(match.group(1))[:1]:
            yield Found(found.iso, "place and date", match.group(0)[:80])


def _cover_dates(front: Front) -> Iterator[Found[str]]:
    """The month on the title page, which stands on a line of its own, its place before it."""
    months = load_calendar().month_pattern
    for line in front.lines:
        match = re.fullmatch(
            rf"(?:[A-Za-z ]{{3,30}}?,?\s+)?((?:\d{{1,2}}\s+)?(?:{months})[.,]?\s+(?:19|20)\d\d)",
            line.strip(" .,"),
            re.IGNORECASE,
        )
        if match:
            dates = find_dates(match.group(1))
            until = r"\b(?:bulan|periode|posisi|keadaan|per|sampai|s\.?d|hingga|tahun)\b"
            if dates and not re.search(until, line, re.IGNORECASE):
                yield Found(dates[0].iso, "title page", line[:80])


def signing_cities(text: str) -> Iterator[str]:
    """Places of signing, in the order they stand."""
    for match in _CITY_DATE.finditer(text):
        window = text[match.end() : match.end() + 30]
        if find_dates(window) or re.match(
            rf"(?i)[\s.]*(?:{load_calendar().month_pattern})\b|\s*20\d\d", window
        ):
            yield match.group("city")
    for match in re.finditer(
        r"(?i:(?:ditetapkan|dibuat|dikeluarkan) di)\s*:?\s*([A-Z][^\W\d_]+(?: [A-Z][^\W\d_]+)?)",
        text,
    ):
        yield match.group(1)


def _around(text: str, found: WrittenDate) -> str:
    return " ".join(text[max(0, found.start - 30) : found.end + 10].split())
