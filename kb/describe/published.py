"""When the document was published or signed."""

from __future__ import annotations

import re
from pathlib import PurePath

from kb.describe.dates import WrittenDate, find_dates, parse_date, weekday_dates
from kb.describe.front import Front
from kb.model import Found, SourceDocument

_SIGNED = re.compile(
    r"(?:ditetapkan\s+di|diundangkan\s+di|dikeluarkan\s+di|ditandatangani\s+di|pada\s+tanggal"
    r"|tanggal\s*:|tanggal\s+penetapan)",
    re.IGNORECASE,
)
_CITY_DATE = re.compile(
    r"(?:^|\n)[^\S\n]*[A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+){0,2}\s*,\s*(?=\d|[A-Z])"
)


def find_date(source: SourceDocument, front: Front, press: bool = False) -> Found[str] | None:
    """The date of publication: as the page or row says it, else as the text is signed; where
    neither says one, as the address or the file name does."""
    return _told_date(source, front, press) or _named_date(source, press)


def _told_date(source: SourceDocument, front: Front, press: bool) -> Found[str] | None:
    if source.published:
        iso = parse_date(source.published)
        if iso:
            return Found(iso, "date of the page", source.published[:80])
    if front.article or press:
        return _news_date(front.body)
    signed = _signed_date(source)
    if signed is None and source.format == "text" and len(source.pages) == 1:
        # A press release kept as plain text: "Kamis (4/1/2024)" is how news says its day.
        head = source.pages[0].text[:3000]
        for found in weekday_dates(head):
            return Found(found.iso, "first date in the text", _around(head, found))
    return signed


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


def _news_date(text: str) -> Found[str] | None:
    """The first date the article gives an event, which news reports on the day."""
    head = text[:3000]
    for found in weekday_dates(head):
        return Found(found.iso, "first date in the text", _around(head, found))
    whole = [one for one in find_dates(head[:600]) if len(one.iso) == 10]
    if whole:
        return Found(whole[0].iso, "first date in the text", _around(head, whole[0]))
    return None


def _signed_date(source: SourceDocument) -> Found[str] | None:
    texts = [page.text for page in source.pages]
    order = [*range(min(3, len(texts))), *range(len(texts) - 1, max(2, len(texts) - 12), -1)]
    places = [*order, *range(3, min(len(texts), 40))]
    for index in dict.fromkeys(places):
        text = texts[index]
        for match in _SIGNED.finditer(text):
            window = text[match.end() : match.end() + 90]
            dates = find_dates(window)
            if dates and dates[0].start < 60:
                return Found(
                    dates[0].iso, f"signature, page {index + 1}", _around(window, dates[0])
                )
    for index in dict.fromkeys(order):
        text = texts[index]
        for match in _CITY_DATE.finditer(text):
            window = text[match.end() : match.end() + 30]
            dates = find_dates(window)
            if dates and dates[0].start <= 4:
                line = text[match.start() : match.end() + dates[0].end].strip()
                return Found(dates[0].iso, f"place and date, page {index + 1}", line[:80])
    return None


def _around(text: str, found: WrittenDate) -> str:
    return " ".join(text[max(0, found.start - 30) : found.end + 10].split())
