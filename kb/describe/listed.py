"""Indicators that a page names in lines of its own ("Indikator : ...", "2026 : 94,6%"), as slides
and forms do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.describe.numbers import is_word_value, parse_number
from kb.describe.row_names import clean_name
from kb.model import IndicatorValue, NumberKind, Page

_NAMED = re.compile(
    r"^[\W\d]*indikator(?:\s+(?:kinerja|utama|tujuan|sasaran|program|kegiatan|sub\s?kegiatan"
    r"|strategis|individu|kunci))*\s*(?::\s*(?P<name>\S.*)?)?$",
    re.IGNORECASE,
)
"""The word alone, or with the name behind a colon."""
_KIND = r"(?P<kind>target|realisasi|capaian)(?:\s+kinerja)?(?:\s+(?:per|pada)?\s*tahun)?"
_LEADS = re.compile(rf"^(?P<name>.*?)\b{_KIND}\s*:?\s*$", re.IGNORECASE)
"""What the years below are of, at the end of the name or in a line of its own."""
_OF_YEAR = re.compile(
    rf"^[\W_]*(?:{_KIND}\s+)?(?:tahun\s+)?(?P<year>(?:19|20)\d\d)(?:\s*[:=]\s*|\s+)(?P<value>\S.*)$",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"^[\W_]*{_KIND}\s*[:=]\s*(?P<value>\S.*)$", re.IGNORECASE)
NAME_LINES = 3
"""Lines that a name may run over. Set by hand; no command measured it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One value of an indicator as its line states it."""

    name: str
    kind: NumberKind
    year: int
    text: str


def listed(page: Page, only: int | None, agency: str | None) -> Iterator[IndicatorValue]:
    """The values that lines of the page state for an indicator named right above them; a line
    without a year is of ``only``."""
    for line in _lines([one.strip() for one in page.text.split("\n") if one.strip()], only):
        number = parse_number(line.text)
        if number is None and not is_word_value(line.text):
            continue
        yield IndicatorValue(
            indicator=line.name,
            unit=number.unit if number else None,
            kind=line.kind,
            year=line.year,
            value=number.value if number else None,
            value_text=number.text if number else line.text,
            page=page.number,
            agency=agency,
        )


def _lines(lines: Sequence[str], only: int | None) -> Iterator[Line]:
    at = 0
    while at < len(lines):
        named = _NAMED.match(lines[at]) if " | " not in lines[at] else None
        at += 1
        if named is None:
            continue
        said = named["name"] or ""
        words, kind = [said] if said else [], _leading(said)
        if kind is None:
            while at < len(lines) and len(words) < NAME_LINES and not _ends(lines[at]):
                words.append(lines[at])
                at += 1
                if (kind := _leading(words[-1])) is not None:
                    break
        if kind is None and at < len(lines) and (kind := _leading(lines[at])) is not None:
            at += 1
        if not words or (not said and kind is None):
            continue
        end = _LEADS.match(words[-1])
        if end is not None:
            words[-1] = end["name"]
        name = clean_name(" ".join(words).strip(" :;-"))
        while name and at < len(lines):
            line = _value(lines[at], name, kind, only)
            if line is None:
                break
            yield line
            at += 1


def _leading(line: str) -> NumberKind | None:
    match = _LEADS.match(line)
    return _kind(match["kind"]) if match else None


def _kind(word: str) -> NumberKind:
    return "target" if word.lower() == "target" else "realisation"


def _ends(line: str) -> bool:
    """A line that goes on with no name."""
    return bool(
        " | " in line
        or _NAMED.match(line)
        or _OF_YEAR.match(line)
        or _ALONE.match(line)
        or re.fullmatch(_KIND + r"\s*:?", line, re.IGNORECASE)
    )


def _value(line: str, name: str, kind: NumberKind | None, only: int | None) -> Line | None:
    match = _OF_YEAR.match(line)
    if match is not None:
        own = _kind(match["kind"]) if match["kind"] else kind
        return Line(name, own, int(match["year"]), match["value"].strip()) if own else None
    match = _ALONE.match(line)
    if match is None or only is None:
        return None
    return Line(name, _kind(match["kind"]), only, match["value"].strip())


__all__: Sequence[str] = ["listed"]
