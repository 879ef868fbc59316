"""Numbers in Indonesian notation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.authority import norm
from kb.authority.amounts import load_amounts, read_digits
from kb.describe.indicator_names import words

_AMOUNTS = load_amounts()
_POWERS = {**_AMOUNTS.powers, **_AMOUNTS.money_powers}
_SCALES = "|".join(sorted(_AMOUNTS.powers, key=lambda word: (-len(word), word)))
_MONEY = "".join(_AMOUNTS.money_powers)
_NUMBER = re.compile(
    r"^(?P<open>\()?\s*(?P<rp>Rp\.?\s*)?(?P<sign>[-−–+]\s*)?(?P<digits>\d[\d.,]*)\s*"
    rf"(?P<scale>{_SCALES}|[{_MONEY}](?![a-z]))?\s*"
    r"(?P<close>\))?\s*(?P<unit>[%‰]|/?\s?[^\W\d_].{0,30})?\s*[,.]?\s*$",
    re.IGNORECASE,
)


_NOTE = re.compile(r"(?<=[\d%)])\s*(?:\*{1,3}\)?|[\u00b9\u00b2\u00b3\u2070-\u2079]+\)?|\s\d\))$")
_SQUARE = re.compile(r"(?:m|km|cm)[23](?: ?/ ?[a-z]{2,6})?", re.IGNORECASE)
_GRADED = re.compile(r"^(?:[A-E]{1,3}[+-]?)\s*\(\s*(?P<score>[\d.,]+)\s*\)$")
_LEVEL = (
    r"(?P<word>level|tingkat|nilai|predikat|kategori|peringkat)\s+"
    r"(?P<grade>[A-E]{1,3}[+-]?|\d|[IVX]{1,3})"
)
_LEVELLED = re.compile(rf"^{_LEVEL}\s*\(\s*(?P<score>\d[\d.,]*)\s*\)$", re.IGNORECASE)
_LEVEL_ALONE = re.compile(rf"^{_LEVEL}$", re.IGNORECASE)
_SCORED = re.compile(
    r"^(?P<score>\d[\d.,]*)\s*(?:\(\s*(?P<grade>[^\W\d_][^()\d]*?[+-]?)\s*\)"
    r"|/\s*(?P<other>[A-Da-d]{1,2}[+-]?))$"
)
_OF_GRADE = re.compile(r"^(?P<grade>[^\W\d_][^()\d/]*?[+-]?)\s*[(/]\s*(?P<score>\d[\d.,]*)\s*\)?$")
_OF_LEVEL = re.compile(
    r"^(?P<score>\d[\d.,]*)\s*\(\s*(?:level|tingkat|kategori)\s+(?:\d|[IVX]{1,3})\s*\)$",
    re.IGNORECASE,
)
_SPACED = re.compile(
    r"^(?P<open>[-−–(]?\s*)(?P<digits>\d{1,3}(?: \d{3})+)(?P<rest>(?:,\d+)?(?:\D.*)?)$"
)


_PARTS = r"\d[\d.,]*(?:\s?[-–+]\s?\d[\d.,]*)?\s?[/:]\s?\d[\d.,]*"
_WORKED_OUT = re.compile(
    rf"(?P<before>\d[\d.,]*)\s?%\s?(?:\(\s?{_PARTS}\s?\)|=\s?{_PARTS})"
    rf"|\(?\s?{_PARTS}\s?\)?(?:\s?[x×*]\s?100\s?%?)?\s?[(=]?\s?(?P<after>\d[\d.,]*)\s?%\s?\)?"
)
"""A share with the numbers it is worked out from: ``63,16% (60/95)``, ``56 / 95 (58,95%)``."""


_RATE = re.compile(
    r"(?P<rate>\d[\d.,]*)\s?(?:/|per)\s?(?P<of>10{2,5}|1[.,]000|10[.,]000|100[.,]000"
    r"(?:\s[^\W\d_][^\d]{0,24})?|(?:1|10|100)[.,]?000\s[^\W\d_][^\d]{0,24})"
)
"""A rate: so many of a thousand or a hundred thousand ("88/100.000 KH")."""


@dataclass(frozen=True, slots=True)
class Number:
    value: float
    unit: str | None
    """The unit written beside it: ``%``, ``persen``, ``orang``, ``Rp``."""
    text: str


def parse_number(text: str) -> Number | None:
    """The number a table cell states, or ``None`` where it is not surely one number.

    Point groups thousands and comma starts decimals (``1.234,56``); a lone point that
    cannot group thousands is a decimal point (``8.5``). ``Rp1,3 triliun`` is 1.3e12;
    brackets mean a negative amount. The score beside a grade or level counts (``A (82,5)``,
    ``Level 3 (3,2)``), as does a level alone (``Level 3``) and the share beside
    what it is worked out from (``56 / 95 (58,95%)``); marks of footnotes do not. What
    narrow cells broke ("41. 250. 300") is put together, in ``text`` too. Ranges, bounds, dates
    and grades are no number.
    """
    printed = " ".join(text.split()).strip()
    printed = _rejoined(printed) or printed
    cell = _NOTE.sub("", re.sub(r",-+$|\s*,00-$", "", _closed_up(printed)))
    scored = (
        _GRADED.match(cell) or _LEVELLED.match(cell) or _OF_LEVEL.match(cell) or _with_grade(cell)
    )
    if scored:
        value = read_digits(scored.group("score"))
        return None if value is None else Number(value, None, printed)
    level = _LEVEL_ALONE.match(cell)
    if level and level["grade"].isdigit() and level["word"].lower() in _COUNTED:
        return Number(float(level["grade"]), level["word"], printed)
    rate = _RATE.fullmatch(cell)
    if rate:
        value = read_digits(rate["rate"])
        return None if value is None else Number(value, f"/{rate['of'].strip()}", printed)
    worked = _WORKED_OUT.fullmatch(cell)
    if worked:
        value = read_digits(worked["before"] or worked["after"])
        return None if value is None else Number(value, "%", printed)
    match = _NUMBER.match(cell)
    if match is None:
        return None
    glued = re.search(r"\d([^\W\d_]+)", cell)
    if glued and not match.group("scale") and glued.group(1).lower() not in _AMOUNTS.glued:
        return None  # "2S", "1OO"
    value = read_digits(match.group("digits").rstrip(".,"))
    if value is None:
        return None
    unit = (match.group("unit") or "").strip(" .,()") or None
    per = unit if unit and unit.startswith("/") else ""
    if unit and re.search(r"\d", unit) and not _SQUARE.fullmatch(unit):
        return None
    scale = match.group("scale")
    if scale:
        if scale.lower() in _AMOUNTS.money_powers and not match.group("rp"):
            return None
        value *= 10.0 ** _POWERS[scale.lower()]
    if bool(match.group("open")) != bool(match.group("close")):
        return None
    if (match.group("sign") or "+").strip() != "+" or match.group("open"):
        value = -value
    return Number(value, f"Rp{per}" if match.group("rp") else unit, printed)


_COUNTED = frozenset(["level", "tingkat", "peringkat"])


def _closed_up(cell: str) -> str:
    """The cell with its thousands put together where blanks group them ("7 663 174", "1 250
    orang"): in two groups at least or before a unit, and not the same number said again ("100
    100 100")."""
    match = _SPACED.match(cell)
    if match is None:
        return cell
    groups = match["digits"].split(" ")
    counted = len(groups) > 2 or re.match(r"\s*[^\W\d_]{3}", match["rest"])
    if not counted or len(set(groups)) == 1:
        return cell
    return f"{match['open']}{''.join(groups)}{match['rest']}"


def _rejoined(cell: str) -> str | None:
    """The number that narrow cells broke over lines ("41. 250. 300", "13.345. 678.910 ,25"), put
    together; ``None`` where the cell is no such number, or may be several.

    Its points must stand each three digits apart. Blanks alone make no number of two ("100 200",
    "1 2.000"): a piece of it cannot stand by itself ("250." or "08"), or it has so many points
    that chance would not set them all in place. "1. 500" is an entry with its number."""
    pieces = cell.split(" ")
    if len(pieces) < 2 or not _PIECES.fullmatch(cell) or _LISTED.search(cell):
        return None
    whole = "".join(pieces)
    if not _GROUPED.fullmatch(whole) or (len(pieces) == 2 and _ENTRY.fullmatch(pieces[0])):
        return None
    alone = all(map(_ALONE.fullmatch, pieces))
    return None if alone and whole.count(".") < SURE_POINTS else whole


SURE_POINTS = 3
"""Points each three digits apart from which on pieces that could be numbers are one. Set by hand;
no command measured it."""
_PIECES = re.compile(r"[\d.,]+(?: [\d.,]+)+")
_LISTED = re.compile(r",(?: |$)")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_ENTRY = re.compile(r"\d{1,2}\.")
_ALONE = re.compile(r"(?:0|[1-9]\d*|[1-9]\d{0,2}(?:\.\d{3})+|\d+\.\d{1,2})(?:,\d+)?")


def _with_grade(cell: str) -> re.Match[str] | None:
    """A score beside its grade, in letters or words ("70,00 (BB)", "78,5 (Baik)", "B/65,2")."""
    for pattern in (_SCORED, _OF_GRADE):
        match = pattern.match(cell)
        if match is not None:
            grade = match["grade"] or match.groupdict().get("other") or ""
            if norm(grade) in words()["grades"]:
                return match
    return None


def graded(text: str) -> str | None:
    """The grade of a cell that says what it is: ``B`` of ``Nilai B``, ``III`` of ``Level III``."""
    level = _LEVEL_ALONE.match(" ".join(text.split()))
    return level["grade"] if level and not level["grade"].isdigit() else None


_BOUND = re.compile(
    r"^(?:(?:[≥≤<>]=?|min(?:imal)?\.?|maks(?:imal)?\.?)\s*)?\d[\d.,]*\s*(?:%|persen)?"
    r"(?:\s*(?:[-–—]|s\.?/?d\.?|sampai)\s*\d[\d.,]*)?\s*(?:%|persen)?$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"^\d[\d.,]*\s*(?:[-–—]|s\.?/?d\.?)\s*\d[\d.,]*\s*[^\W\d_]{3,12}$", re.IGNORECASE
)
_RATIO = re.compile(r"^\d[\d.,]*\s*:\s*\d[\d.,]*$")


def is_range(text: str) -> bool:
    """True for a range, a bound or a ratio (``60-70``, ``≥ 80``, ``1:15``): stated, but no one
    number."""
    cell = " ".join(text.split())
    if _BETWEEN.match(cell) or _RATIO.match(cell):
        return True
    return bool(_BOUND.match(cell)) and bool(re.search(r"[≥≤<>\-–—a-z]", cell, re.IGNORECASE))


def is_word_value(text: str, *, ranges: bool = True) -> bool:
    """True for a result in words (``WTP``, ``BB (Sangat Baik)``), a grade with its range
    (``BB (70-80)``) or, with ``ranges``, a range alone."""
    cell = " ".join(text.split())
    if norm(cell) in words()["grades"] or graded(cell) is not None:
        return True
    if ranges and is_range(cell):
        return True
    match = _TWO.match(cell)
    if match is None:
        return False
    said = [norm(part) in words()["grades"] for part in match.groups()]
    return all(said) or (any(said) and any(map(is_range, match.groups())))


_TWO = re.compile(r"^([^()/]+?)\s*[(/]\s*([^()/]+?)\s*\)?$")
