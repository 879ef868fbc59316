"""The number of a decree as it was printed, where a scan misread one of its parts."""

from __future__ import annotations

import re

from kb.describe.dates import find_dates

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_SHAPES = str.maketrans("1LT|!4YH", "IIIIIIVI")
"""What OCR reads for the letters of a Roman numeral."""
_CODES = {"NOTA KESEPAKATAN": "NK", "SURAT EDARAN": "SE"}
"""The code that the kind of instrument puts into its number."""


def as_dated(number: str, head: str, instrument: str) -> str:
    """The number with its month, its year and the code of its instrument as the date below it
    says them: ``180/3/19/x4/N`` over ``TANGGAL : 5 NOVEMBER 2018`` is ``180/3/19/XI/NK/2018``.

    ``head`` is the page's text; without a date in it the number is left as it is.
    """
    at = head.find(number)
    below = head[at + len(number) :] if at >= 0 else ""
    dates = [one for one in find_dates(below[:160]) if len(one.iso) == 10]
    parts = number.split("/")
    if not dates or len(parts) < 3:
        return number
    year, month = dates[0].iso[:4], int(dates[0].iso[5:7])
    # A stroke before the year reads as a figure: "N 72018", "N12018".
    rest = re.match(rf"[^\S\n]*[/71lI|]?{year}(?!\d)", below)
    if rest and not parts[-1].endswith(year):
        parts.append(year)
    elif re.fullmatch(rf"\w*?[71lI|]{year}", parts[-1]):
        parts[-1:] = [re.sub(rf"[71lI|]{year}$", "", parts[-1]), year]
    wanted = _ROMAN[month - 1]
    for index, part in enumerate(parts[1:], start=1):
        shaped = part.upper().translate(_SHAPES)
        if len(part) < 5 and not part.isdigit() and shaped == wanted:
            parts[index] = wanted
    code = _CODES.get(instrument)
    if code and wanted in parts:
        for index in range(parts.index(wanted) + 1, len(parts)):
            part = parts[index]
            if part != code and len(part) <= 2 and part[:1].upper() == code[0]:
                parts[index] = code
    return "/".join(part for part in parts if part)



