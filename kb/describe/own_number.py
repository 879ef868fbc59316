"""The number of a decree as it was printed or written by hand, where a scan misread its parts.

A number of several parts fills its line; the same number stands again above an appendix; its
first part is the archive's code for decrees, its last the year; the month is the date's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from kb.describe.dates import find_dates
from kb.describe.front import doc_words

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_SHAPES = str.maketrans("1LT|!4YH", "IIIIIIVI")
"""What OCR reads for the letters of a Roman numeral."""
_FIGURES = str.maketrans("oOQDsSlLI|!BZzg", "000055111118229")
"""What OCR reads for figures."""
_LINE = re.compile(r"\s*(?:NOMOR|NO\.)\s*[:;.]?\s*(?P<number>[^\n]*\d[^\n]*)$", re.IGNORECASE)
LIKE = 60
"""Likeness (rapidfuzz ratio) from which a first part is the archive's code, misread."""


def whole_number(sheets: Sequence[Sequence[str]], instrument: str, year: int | None) -> str | None:
    """The number of several parts that fills a line of the first sheets, each part as the
    clearest of them has it; ``None`` where no line is one or its serial cannot be read."""
    readings: list[list[str]] = []
    for lines in sheets:
        for above, line in zip(("", *lines), lines, strict=False):
            match = _LINE.match(line)
            own = above.upper().startswith(instrument.split()[0])
            if match is None or not own or re.search(r"\btentang\b", line, re.IGNORECASE):
                continue
            parts = _parts(match.group("number"), instrument, year)
            if len(parts) >= 3:
                readings.append(parts)
            break
    first = readings[0] if readings else []
    if not first:
        return None
    for other in readings[1:]:
        if len(other) == len(first):
            pairs = zip(first, other, strict=True)
            first = [b if _worse(a, b) else a for a, b in pairs]
    code = _archive_code(instrument)
    if any(parts[0] == code for parts in readings) and _like_code(first[0], code):
        first[0] = code
    clear = first[0][0].isdigit() and first[1].isdigit()
    return "/".join(first) if clear else None


def _archive_code(instrument: str) -> str:
    return str(doc_words()["archive_codes"].get(instrument.split()[0].lower(), ""))


def _like_code(part: str, code: str) -> bool:
    figures = re.sub(r"\D", "", part.translate(_FIGURES))
    return bool(code) and fuzz.ratio(figures, code.replace(".", "")) >= LIKE


def _parts(text: str, instrument: str, year: int | None) -> list[str]:
    """The parts between strokes, which read as brackets too."""
    pieces = [piece.strip(" ,;:_-—") for piece in re.split(r"[/\[\]|]", text)]
    parts = [re.sub(r"\s*([.\-])\s*", r"\1", piece) for piece in pieces if piece.strip()]
    if len(parts) < 3:
        return parts
    bare = re.sub(r"\D", "", parts[-1])
    if year is not None and fuzz.ratio(bare, str(year)) >= 75 and len(bare) == 4:
        parts[-1] = str(year)
    code = _archive_code(instrument)
    if not re.fullmatch(r"\d+(?:\.\d+)*", parts[0]) and _like_code(parts[0], code):
        parts[0] = code
    for index, part in enumerate(parts[1:-1], start=1):
        figures = "".join(part.split()).translate(_FIGURES)
        if re.search(r"\d", part) and figures.isdigit():
            parts[index] = figures
        elif unit := re.fullmatch(r"(?i)Ba[a-z][.:\s]+([A-Za-z]+)", part):
            parts[index] = f"Bag.{unit.group(1)}"
        else:
            parts[index] = "".join(part.split())
    return parts


def _worse(part: str, other: str) -> bool:
    """True where ``other`` is a figure and ``part``, of its length, would be one."""
    return other.isdigit() and not part.isdigit() and re.search(r"\d", part) is not None


def as_dated(number: str, head: str, instrument: str) -> str:
    """The number with its month, its year and the code of its instrument as the date below it
    says them: ``180/3/19/x4/N`` over ``TANGGAL : 5 NOVEMBER 2018`` is ``180/3/19/XI/NK/2018``.

    ``head`` is the page's text; without a date in it the number is left as it is.
    """
    line = re.search(r"(?im)^\s*(?:nomor|no\.)\s*[:;.]?[^\n]*", head)
    below = head[line.end() :] if line else ""
    dates = [one for one in find_dates(below[:160]) if len(one.iso) == 10]
    parts = number.split("/")
    if not dates or len(parts) < 3:
        return number
    year, month = dates[0].iso[:4], int(dates[0].iso[5:7])
    # A stroke before the year reads as a figure: "N 72018", "N12018".
    rest = re.search(rf"[/71lI|\s]{year}\s*$", line.group(0)) if line else None
    if rest and not parts[-1].endswith(year):
        parts.append(year)
    elif re.fullmatch(rf"\w*?[71lI|]{year}", parts[-1]):
        parts[-1:] = [re.sub(rf"[71lI|]{year}$", "", parts[-1]), year]
    wanted = _ROMAN[month - 1]
    for index, part in enumerate(parts[1:], start=1):
        shaped = part.upper().translate(_SHAPES)
        if len(part) < 5 and not part.isdigit() and shaped == wanted:
            parts[index] = wanted
    code = doc_words()["number_codes"].get(instrument.lower())
    if code and wanted in parts:
        for index in range(parts.index(wanted) + 1, len(parts)):
            part = parts[index]
            if part != code and len(part) <= 2 and part[:1].upper() == code[0]:
                parts[index] = code
    return "/".join(part for part in parts if part)
