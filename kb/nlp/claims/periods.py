"""The period a figure is of: stated beside it, told from the document's date, or carried on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kb.authority.amounts import load_amounts
from kb.authority.calendar import load_calendar
from kb.authority.claims import any_of, load_claim_words
from kb.model import ClaimKind, ClaimPeriod, TagContext

_YEAR = r"(?:19[89]|20[0-4])\d"
_AWAY = {"ini": 0, "berjalan": 0, "lalu": -1, "kemarin": -1, "sebelumnya": -1, "depan": 1,
         "mendatang": 1, "silam": -1, "kemaren": -1}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """``value`` is ``2025``, ``2025-06``, ``2025-Q1``, ``2025-H1`` or ``2020/2024``."""

    start: int
    end: int
    value: str
    origin: ClaimPeriod


@cache
def _parts() -> dict[str, int]:
    """Ways to write the number of a part of the year: ``iv``, ``keempat``, ``empat``, ``4``."""
    known = {**load_amounts().ordinals, **load_calendar().numerals}
    roman = {word: at for at, word in enumerate(("i", "ii", "iii", "iv"), 1)}
    digits = {str(number): number for number in range(1, 5)}
    return {word: number for word, number in known.items() if 1 <= number <= 4} | roman | digits


@cache
def _stated() -> re.Pattern[str]:
    parts = "|".join(sorted(_parts(), key=len, reverse=True))
    months = load_calendar().month_pattern
    numerals = "|".join(sorted(load_calendar().numerals, key=len, reverse=True))
    away = "|".join(_AWAY)
    return re.compile(
        rf"(?<!\w)(?:(?P<part>triwulan|kuartal|tw|semester|caturwulan)[\s-]+(?:ke-)?(?P<which>{parts})"
        rf"(?:\s*[-/,]?\s*(?:tahun\s+)?(?:anggaran\s+)?(?P<whole>{_YEAR}|ini|lalu))?"
        rf"|(?P<first>{numerals}|\d{{1,2}})\s+bulan\s+pertama\s+(?:tahun\s+)?(?P<firsts>{_YEAR}|ini)"
        rf"|(?:(?P<day>\d{{1,2}})\s+)?(?P<month>{months})\s+(?:tahun\s+)?(?P<of>{_YEAR})"
        rf"|(?P<dated>\d{{1,2}}/(?P<number>\d{{1,2}})(?:/(?P<in>{_YEAR}|\d\d))?)(?=\))"
        rf"|(?:bulan|akhir|awal|pertengahan|hingga|sampai|selama|per|s/d|pada)\s+"
        rf"(?:(?<=per\s)\d{{1,2}}\s+|(?<=hingga\s)\d{{1,2}}\s+|(?<=sampai\s)\d{{1,2}}\s+"
        rf"|(?<=s/d\s)\d{{1,2}}\s+)?(?P<bare>{months})"
        rf"(?!\s+(?:tahun\s+)?{_YEAR})(?:\s+(?:kemarin|lalu|ini|mendatang))?"
        rf"|(?:akhir|penghujung|sepanjang|selama|awal)\s+(?P<own>tahun)(?!\s+(?:\d|{away}|anggaran))"
        rf"|(?P<year>{_YEAR})(?:\s*[/–-]\s*(?P<until>{_YEAR}))?"
        rf"|(?P<unit>tahun|thn|bulan|bln)(?:\s+anggaran)?\s+(?P<away>{away})"
        r")(?![\w])(?![.,]\d)",
        re.IGNORECASE,
    )


_UP_TO = re.compile(
    r"\b(?:per|sejak|hingga|sampai|s/d|posisi|mulai|tanggal|data)\s+(?:dengan\s+)?(?:tanggal\s+)?"
    r"(?:(?:hari\s+)?[a-z']+,?\s*)?\(?\Z",
    re.IGNORECASE,
)
"""Before a day: the figure is of that day. Any other day is one on which something was said."""
_BEFORE_IT = re.compile(r"\b(?:memasuki|menjelang|jelang)\s+(?:tahun\s+|bulan\s+)?\Z", re.I)
"""A period that only begins is not that of the figure."""
_NO_PERIOD = re.compile(
    r"(?:\b(?:nomor|no\.?)\s*\d+[\w/.-]*\s*(?:tahun\s*)?|tahun\s+dasar\s+|\d/|\btahun\s+pajak\s+"
    r"|\b(?:uu|pp|perda|perpres|perbup|perwal|pergub|permen\w*)\s+\d+[/\s](?:tahun\s+)?"
    r"|\b(?:rpjmd|rpjpd|rpjmn|renstra|masa\s+jabatan|masa\s+bakti)\s+(?:\w+\s+){0,3}(?:tahun\s+)?)\Z",
    re.IGNORECASE,
)
"""Before a year: it is that of a law, a plan or a base."""


def periods(text: str, start: int, end: int, date: str | None) -> Iterator[Period]:
    """The periods named in ``text[start:end]``; those told from ``date`` only where it is known."""
    for match in _stated().finditer(text, start, end):
        before = text[max(start, match.start() - 40) : match.start()]
        if (match.group("day") or match.group("dated")) and not _UP_TO.search(before):
            continue
        if match.group("year") and _NO_PERIOD.search(before):
            continue
        if _BEFORE_IT.search(before):
            continue
        found = _read(match, date)
        if found is not None:
            yield Period(match.start(), match.end(), *found)


def _read(match: re.Match[str], date: str | None) -> tuple[str, ClaimPeriod] | None:
    year = int(date[:4]) if date and date[:4].isdigit() else None
    if match.group("part"):
        return _part(match, year)
    if match.group("first"):
        said = match.group("first").lower()
        months = int(said) if said.isdigit() else load_calendar().numerals[said]
        of = match.group("firsts")
        if not 1 <= months <= 12 or (not of.isdigit() and year is None):
            return None
        return f"{of if of.isdigit() else year}-{months:02}", "stated"
    if match.group("month"):
        number = load_calendar().months[match.group("month").lower().rstrip(".")]
        return f"{match.group('of')}-{number:02}", "stated"
    if match.group("year"):
        until = match.group("until")
        return match.group("year") + (f"/{until}" if until else ""), "stated"
    if match.group("dated"):
        of, number = match.group("in"), int(match.group("number"))
        if not 1 <= number <= 12 or (of is None and year is None):
            return None
        return f"{of if of and len(of) == 4 else year}-{number:02}", "stated"
    if year is None:
        return None
    if match.group("bare"):
        number = load_calendar().months[match.group("bare").lower().rstrip(".")]
        return f"{year}-{number:02}", "document"
    if match.group("own"):
        return str(year), "document"
    return _from_date(match, year, (date or "")[5:7])


def _part(match: re.Match[str], year: int | None) -> tuple[str, ClaimPeriod] | None:
    number = _parts()[match.group("which").lower()]
    sort = "H" if match.group("part").lower() == "semester" else "Q"
    whole = (match.group("whole") or "ini").lower()
    if whole.isdigit():
        return f"{whole}-{sort}{number}", "stated"
    if year is None:
        return None
    return f"{year - (whole == 'lalu')}-{sort}{number}", "document"


def _from_date(match: re.Match[str], year: int, month: str) -> tuple[str, ClaimPeriod] | None:
    away = _AWAY[match.group("away").lower()]
    if match.group("unit").lower() in ("tahun", "thn"):
        return str(year + away), "document"
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
    only one the sentence names, unless the figure is said to stand so now.
    """
    found = [
        p
        for p in found
        if not _BASE.search(text[max(0, p.start - 60) : p.start])
        or (since <= p.start < start and _ITS_OWN.match(text, p.end, start))
    ]
    found = [p for p in found if not _SINCE.search(text[max(0, p.start - 20) : p.start])]
    moved = _MOVED_FROM.search(text[max(0, since - 60) : since])
    if moved and any_of(load_claim_words().arrives).search(text[since:start].lower()):
        # "dari 12,6 persen pada 2020 menjadi 6,9 persen": where it began is not where it stands
        found = [p for p in found if p.start - since > _RIGHT_BEHIND or p.start < since]
    behind = [
        p
        for p in found
        if end <= p.start < until
        and not {",", ";"} & set(text[end : p.start])
        and _OTHER_CLAUSE.search(text[end : p.start]) is None
    ]
    ahead = [p for p in found if since <= p.start and p.end <= start]
    if behind and behind[0].start - end <= _RIGHT_BEHIND:
        return behind[0]
    if CAME_FROM.search(text[since:start]):
        return None
    if ahead:
        return ahead[-1]
    if behind:
        return behind[0]
    if any_of(load_claim_words().now).search(text[since:start].lower()):
        return None
    earlier = [p for p in found if p.end <= start]
    return earlier[0] if len({p.value for p in earlier}) == 1 else None


_OTHER_CLAUSE = re.compile(
    r"\b(?:dan|serta|namun|tetapi|tapi|sedangkan|sementara|lalu)\s+(?:pada\s+)?(?:di\s+)?\Z", re.I
)
"""Before a period that opens the next clause: ``74,6 persen dan tahun depan 80 persen``."""
_BASE = re.compile(
    r"\b(?:dari|dibanding(?:kan)?(?:\s+dengan)?|membandingkan\s+dengan|ketimbang|terhadap|daripada)\s+"
    r"(?:periode\s+yang\s+sama\s+)?(?:pada\s+)?(?:tahun\s+|bulan\s+)?\Z",
    re.IGNORECASE,
)
"""What a change is counted from is not its period: ``naik 12 persen dari 2023``."""
CAME_FROM = re.compile(
    r"(?<!lebih )(?<!kurang )\bdari\s*(?:angka\s*|sekitar\s*|sebelumnya\s*|semula\s*)?\Z",
    re.IGNORECASE,
)
"""Before the figure something moved from: a period ahead is that of where it arrived."""
_MOVED_FROM = re.compile(r"\bdari\b(?:[^.;]|\.(?=\d)){0,40}\Z", re.IGNORECASE)
"""Ends with the figure that something moved from."""
_SINCE = re.compile(r"\b(?:sejak|semenjak)\s+(?:tahun\s+)?\Z", re.IGNORECASE)
"""A year since when something is counted is not its period either."""
_ITS_OWN = re.compile(r"\s+(?:yang|sebesar|sebanyak|senilai|mencapai|hanya|tercatat)\b", re.I)
"""... but that of the figure behind it: ``dibanding 2022 yang hanya 3,9 persen``."""
_RIGHT_BEHIND = 16
"""Characters: `` pada tahun 2023``."""


@dataclass(frozen=True, slots=True)
class Carrying:
    """What is known of the period before a figure that names none."""

    sentence: str | None
    """That of the figure before it in the same sentence."""
    earlier: str | None
    """That of the sentence before."""
    report: bool
    """Whether the text is about one period throughout."""
    goes_on: bool
    """Whether the figure is of the same count as the one before."""
    subject: str
    """What is measured, in lower case."""


def carried(clause: str, kind: ClaimKind, known: Carrying) -> str | None:
    """The period of a figure that names none: that of the figure before, where the text goes on
    about the same count. ``clause`` is what stands between the two."""
    words, clause = load_claim_words(), clause.lower()
    if any_of(words.now).search(clause):
        return None
    if kind == "target":
        if known.sentence and is_of_same(clause):
            return known.sentence[:4]
        same = known.report or (known.goes_on and any_of(words.planned).search(known.subject))
        return known.earlier[:4] if known.earlier and same else None
    if known.sentence:
        return known.sentence
    if known.earlier is None:
        return None
    if known.goes_on:
        return known.earlier
    still = any_of(words.still).search(clause) is not None
    return known.earlier if known.report and not still else None


def is_of_same(clause: str) -> bool:
    """Whether a target is that of what was told before it: ``39 persen dari target ...``."""
    return any_of(load_claim_words().planned, _AIMS).search(clause.lower()) is not None


_AIMS = frozenset(["rencana", "sasaran", "target", "targetnya"])


def of_report(text: str, context: TagContext) -> tuple[bool, str | None]:
    """Whether the text is a report about one period, and that period where its title names it.

    A title that names one period and none besides (``Ekonomi Cilegon 2024 Tumbuh 5,1 Persen``)
    makes the text a report of it, unless the period lies ahead: a plan's year is no result's.
    """
    title = context.title or ""
    named = [p for p in periods(title, 0, len(title), context.date) if "/" not in p.value]
    parts = [p for p in named if "-" in p.value]
    opening = title + "\n" + text[:_OPENING]
    report = any_of(load_claim_words().reports).search(opening) is not None
    if len({p.value[:4] for p in named}) == 1:
        report = report or named[0].value[:4] <= (context.date or "9999")[:4]
    if not report and not parts:
        return False, None
    return True, parts[0].value if parts else named[0].value if named else None


_OPENING = 200
"""Characters in which a text calls itself a report."""
