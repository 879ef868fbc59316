"""Years and quarters that headers count instead of naming ("Tahun ke- 1 2 3", "TW I")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.authority import norm
from kb.describe.column_words import QUARTER_WORD

_BACK = re.compile(
    r"(?i:\b(?:tahun|thn|th)\b\.?)\s*\(?\s*[Nn]\b\s*(?:[-–]\s*(\d))?\s*\)?"
    r"|^\(?\s*N\s*(?:[-–]\s*(\d))?\s*\)?$"
)
_NOW = re.compile(r"\b(?:tahun|thn|th)\.?\s+(?:ini|pelaporan)\b", re.IGNORECASE)
_AGO = re.compile(r"\b(?:tahun|thn|th)\.?\s+(?:yang\s+)?(?:lalu|sebelumnya)\b", re.IGNORECASE)
_OF_PLAN = re.compile(r"\b(?:tahun|thn|th)\s+ke\b")
_OF_YEAR = re.compile(rf"\b{QUARTER_WORD}\b")
_TH = re.compile(r"(?:tahun|thn|th)\b")
_SHORT = {"T", "R", "C", "K", "%", "Rp"}
_LETTERS = {"T": "Target", "R": "Realisasi", "C": "Capaian"}
_NTH = re.compile(
    r"^\(?(?:(?:tahun|thn|th|ke)\.?\s*)?(?:ke)?\s*[-–]?\s*\(?(VI|IV|V|I{1,3}|[1-6])\)?$",
    re.IGNORECASE,
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6}

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Span:
    """The years a document covers, and whether it reports on them or plans them."""

    first: int | None = None
    last: int | None = None
    report: bool = False
    plan: bool = False


def with_years(levels: Sequence[Sequence[str]], only: int | None, report: bool) -> list[list[str]]:
    """Header cells with the years that are counted from the report's own written out: "Tahun
    N-1" of a report on 2023 (``only``) is "tahun 2022" (the forms of LPPD and its summary for
    the public, Permendagri 18/2020), as is "tahun lalu" in a ``report``."""

    def year(match: re.Match[str]) -> str:
        return f"tahun {(only or 0) - int(match[1] or match[2] or 0)}"

    if only is None:
        return [list(level) for level in levels]
    out = [[_BACK.sub(year, cell) for cell in level] for level in levels]
    if report:
        out = [
            [_AGO.sub(f"tahun {only - 1}", _NOW.sub(f"tahun {only}", cell)) for cell in level]
            for level in out
        ]
    return out


def spelled_out(
    rows: Rows, head: int, span: Span, periods: Sequence[tuple[int, int]] = ()
) -> list[Sequence[str]]:
    """The rows, those of the header with counted years and quarters as words: "1" to "5" below
    "Target pada tahun ke-" are the years of a plan that covers as many, "1" to "4" below
    "Triwulan" its quarters, "T" and "R" target and realisation. Beside results "1" to "5" are
    the years named beside them ("2019" to "2023" below "Target") or by the caption or the
    page (``periods``)."""
    out = [list(row) for row in rows[:head]]
    # With results it is of the years before those the plan covers (form T-C.23, Permendagri
    # 86/2017).
    for row in out:
        if {"T", "R"} <= {cell.strip() for cell in row if cell.strip()} <= _SHORT:
            row[:] = [_LETTERS.get(cell.strip(), cell) for cell in row]
    past = any("realisasi" in norm(cell).replace(" ", "") for row in out for cell in row)
    for number in range(1, head):
        for start, stop, above in _below(rows, number):
            said = [_nth(cell) for cell in rows[number][start:stop] if cell.strip()]
            places = [i for i in range(start, stop) if rows[number][i].strip()]
            if len(said) < 2 or said != list(range(1, len(said) + 1)):
                continue
            own = all(_TH.match(norm(cell)) for cell in rows[number][start:stop] if cell.strip())
            folded = norm(above)
            if _OF_YEAR.search(folded) and len(said) <= 4:
                for at, nth in zip(places, said, strict=True):
                    out[number][at] = f"TW {nth}"
            elif own or _OF_PLAN.search(folded):
                first = _first_year(rows[number], span, len(said), periods, past=past)
                if first is None:
                    continue
                for at, nth in zip(places, said, strict=True):
                    out[number][at] = f"Tahun {first + (nth or 0) - 1}"
                # The year before the first, in which a plan is made (form T-C.28).
                out[number] = [_ZERO.sub(f"Tahun {first - 1}", cell) for cell in out[number]]
    return [*out, *rows[head:]]


def _first_year(
    row: Sequence[str],
    span: Span,
    count: int,
    periods: Sequence[tuple[int, int]],
    *,
    past: bool,
) -> int | None:
    """The year that "1" stands for among so many: named in the row, by the caption or the page,
    else the plan's first, but not beside results, which are of the years before."""
    named = [int(m[1]) for cell in row if (m := _BARE.fullmatch(cell.strip()))]
    for start in range(0, len(named), count):
        years = named[start : start + count]
        if years == list(range(years[0], years[0] + count)):
            return years[0]
    if named:
        return None
    over = past and span.plan and span.first is not None
    fit = {
        first
        for first, last in periods
        if last - first + 1 == count and not (over and last > (span.first or 0))
    }
    if len(fit) == 1:
        return fit.pop()
    return span.first if not past and _covers(span, count) else None


_ZERO = re.compile(r"^(?:tahun|thn|th)\.?\s*(?:ke)?\s*[-–]?\s*0$", re.IGNORECASE)
_BARE = re.compile(r"(?:(?:tahun|thn|th)\.?\s*)?((?:19|20)\d\d)", re.IGNORECASE)


def _covers(span: Span, count: int) -> bool:
    return span.first is not None and span.last is not None and span.last - span.first + 1 == count


def _nth(cell: str) -> int | None:
    match = _NTH.match(" ".join(cell.split()))
    if match is None:
        return None
    one = match[1].upper()
    return _ROMAN.get(one) or int(one)


def _below(rows: Rows, number: int) -> list[tuple[int, int, str]]:
    """Runs of columns of row ``number`` below one cell of a row above: from, to, its words."""
    width = len(rows[number])
    found: list[tuple[int, int, str]] = []
    for row in rows[:number]:
        starts = [i for i in range(min(width, len(row))) if row[i].strip()]
        for start, stop in zip(starts, [*starts[1:], width], strict=True):
            while stop > start + 1 and not rows[number][stop - 1].strip():
                stop -= 1
            if stop - start > 1:
                found.append((start, stop, row[start]))
    return found


__all__: Sequence[str] = ["Span", "spelled_out", "with_years"]
