"""The period a figure is of: stated beside it, or told from the document's date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kb.authority.calendar import load_calendar
from kb.model import ClaimPeriod

_YEAR = r"(?:19[89]|20[0-4])\d"
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "pertama": 1, "kedua": 2, "ketiga": 3,
             "keempat": 4, "1": 1, "2": 2, "3": 3, "4": 4, "satu": 1, "dua": 2, "tiga": 3,
             "empat": 4}  # fmt: skip
_AWAY = {"ini": 0, "berjalan": 0, "lalu": -1, "kemarin": -1, "sebelumnya": -1, "depan": 1,
         "mendatang": 1}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """``value`` is ``2025``, ``2025-06``, ``2025-Q1`` or ``2025-H1``."""

    start: int
    end: int
    value: str
    origin: ClaimPeriod


@cache
def _stated() -> re.Pattern[str]:
    parts = "|".join(sorted(_QUARTERS, key=len, reverse=True))
    months = load_calendar().month_pattern
    return re.compile(
        rf"(?<!\w)(?:(?P<part>triwulan|kuartal|tw|semester|caturwulan)\s+(?:ke-)?(?P<which>{parts})"
        rf"(?:\s*[-/,]?\s*(?:tahun\s+)?(?:anggaran\s+)?(?P<whole>{_YEAR}|ini|lalu))?"
        rf"|(?P<month>{months})\s+(?:tahun\s+)?(?P<of>{_YEAR})"
        rf"|\d{{1,2}}/(?P<number>\d{{1,2}})/(?P<dated>{_YEAR})"
        rf"|(?:bulan|akhir|awal|hingga|sampai|per|s/d|pada)\s+(?P<bare>{months})(?:\s+(?P<last>kemarin|lalu|ini|mendatang))?"
        rf"|(?P<year>{_YEAR})(?:\s*[/-]\s*{_YEAR})?"
        r"|(?P<unit>tahun|bulan)(?:\s+anggaran)?\s+(?P<away>ini|berjalan|lalu|kemarin|sebelumnya|depan|mendatang)"
        r")(?![\w])(?![.,]\d)",
        re.IGNORECASE,
    )


def periods(text: str, start: int, end: int, date: str | None) -> Iterator[Period]:
    """The periods named in ``text[start:end]``; those told from ``date`` only where it is known."""
    for match in _stated().finditer(text, start, end):
        found = _read(match, date)
        if found is not None:
            yield Period(match.start(), match.end(), *found)


def _read(match: re.Match[str], date: str | None) -> tuple[str, ClaimPeriod] | None:
    year = int(date[:4]) if date and date[:4].isdigit() else None
    if match.group("part"):
        number = _QUARTERS[match.group("which").lower()]
        sort = "H" if match.group("part").lower() == "semester" else "Q"
        whole = (match.group("whole") or "ini").lower()
        if whole.isdigit():
            return f"{whole}-{sort}{number}", "stated"
        if year is None:
            return None
        return f"{year - (whole == 'lalu')}-{sort}{number}", "document"
    if match.group("month"):
        number = load_calendar().months[match.group("month").lower().rstrip(".")]
        return f"{match.group('of')}-{number:02}", "stated"
    if match.group("dated"):
        return f"{match.group('dated')}-{int(match.group('number')):02}", "stated"
    if match.group("year"):
        return match.group("year"), "stated"
    if year is None:
        return None
    if match.group("bare"):
        number = load_calendar().months[match.group("bare").lower()]
        return f"{year}-{number:02}", "document"
    away = _AWAY[match.group("away").lower()]
    if match.group("unit").lower() == "tahun":
        return str(year + away), "document"
    month = date[5:7] if date else ""
    if not month.isdigit():
        return None
    number = year * 12 + int(month) - 1 + away
    return f"{number // 12}-{number % 12 + 1:02}", "document"


def period_of(
    text: str, found: list[Period], start: int, end: int, since: int, until: int
) -> Period | None:
    """The period of the figure at ``start``-``end``.

    What stands right behind it comes first (``20,1 persen pada 2023``), then the nearest one
    between ``since`` (the figure before) and it, then one behind it in the same clause, then the
    only one the sentence names.
    """
    found = [p for p in found if not _BASE.search(text[max(0, p.start - 60) : p.start])]
    behind = [p for p in found if end <= p.start < until and "," not in text[end : p.start]]
    ahead = [p for p in found if since <= p.start and p.end <= start]
    if behind and behind[0].start - end <= _RIGHT_BEHIND:
        return behind[0]
    if ahead:
        return ahead[-1]
    if behind:
        return behind[0]
    earlier = [p for p in found if p.end <= start]
    return earlier[0] if len({p.value for p in earlier}) == 1 else None


_BASE = re.compile(
    r"\b(?:dari|dibanding(?:kan)?(?:\s+dengan)?|ketimbang|terhadap|daripada)\s+(?:periode\s+yang\s+sama\s+)?"
    r"(?:pada\s+)?(?:tahun\s+|bulan\s+)?\Z",
    re.IGNORECASE,
)
"""What a change is counted from is not its period: ``naik 12 persen dari 2023``."""
_RIGHT_BEHIND = 16
"""Characters: `` pada tahun 2023``."""
