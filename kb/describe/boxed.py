"""The box at the head of a controlled document (a procedure, a service standard): its number,
its revision, the days it was made and takes effect, what it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from kb import authority
from kb.authority import norm
from kb.describe.dates import find_dates, likely_months, likely_year

HEAD = 3000
"""Characters from the start among which the box stands. Set by hand; no command measured it."""
_LETTERHEAD = ("pemerintah ", "dinas ", "badan ", "puskesmas ", "uptd ", "upt ", "rsud ")
_TO_VALUE = r"\s*(?:[|:]\s*){1,3}"


def _box() -> Mapping[str, list[str]]:
    found: Mapping[str, list[str]] = authority.load().docwords["box"]
    return found


def _written(labels: Sequence[str]) -> str:
    """Labels as forms write them: ``no dokumen`` is "No. Dokumen", too."""
    ways = (r"\s*\.?\s*".join(map(re.escape, label.split())) for label in labels)
    return "|".join(sorted(ways, key=len)[::-1])


@cache
def _fields() -> re.Pattern[str]:
    box = _box()
    labels = _written([*box["number"], *box["revision"], *box["days"]])
    return re.compile(
        rf"\s*(?:\|\s*)?(?<!\w)(?:(?:{labels}){_TO_VALUE}[^|]*"
        r"|(?:halaman|hal)\b\.?[\s|:]*\d+\s*(?:/|dari|of)\s*\d+[^|]*)",
        re.IGNORECASE,
    )


def outside_box(line: str) -> str:
    """The line without the fields of such a box beside it, ``""`` where it is nothing else:
    ``STANDAR PELAYANAN Revisi : 00`` -> ``STANDAR PELAYANAN``."""
    if ":" not in line and "|" not in line and "alaman" not in line.lower():
        return line
    return _fields().sub("", line).strip(" |")


@cache
def _field(labels: tuple[str, ...], value: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_written(labels)}){_TO_VALUE}{value}", re.IGNORECASE)


def box_number(text: str) -> str | None:
    """The number of the document as the box has it, ``None`` where none of figures and strokes
    is there: a code ("SP-17") is no number."""
    match = _field(tuple(_box()["number"]), r"(\S+(?:\s*/\s*\S+)*)").search(text[:HEAD])
    if match is None:
        return None
    number = "/".join(part.strip() for part in match.group(1).split("/")).strip(" .,;|")
    return number if "/" in number and re.search(r"\d", number) else None


def box_year(text: str) -> int | None:
    """The year that ends the number in the box, which a scan may have misread but for it."""
    value = r"[^\n|]*?/\s*((?:19|20)\d\d)(?!\d)"
    match = _field(tuple(_box()["number"]), value).search(text[:HEAD])
    return int(match.group(1)) if match is not None else None


def box_date(
    text: str, year: int | None = None, *, scanned: bool = False
) -> tuple[str, str] | None:
    """The day the document was made, else issued, else takes effect, as ISO, with the words it
    stands in. ``year`` is that of its number, by which a scan's date is mended."""
    for label in _box()["days"]:
        match = _field((label,), r"([^\n]{0,60})").search(text[:HEAD])
        if match is None:
            continue
        value = _of_scan(match.group(1), year) if scanned else match.group(1)
        dates = find_dates(value)
        if dates and dates[0].start < 4:
            return dates[0].iso, " ".join(match.group(0).split())[:80]
    return None


def _of_scan(value: str, year: int | None) -> str:
    """The value with the month mended, and the year that the number has."""
    if year is not None:
        value = re.sub(r"(\b\d{1,2}\s+[^\W\d_]{3,10}\s+)2\d{2,3}\b", rf"\g<1>{year}", value)
    value = likely_months(value)
    return likely_year(value, year) if year is not None else value


def box_subject(lines: Sequence[str]) -> str | None:
    """What the box says the document is about ("Produk Layanan : Izin Klinik")."""
    field = _field(tuple(_box()["subject"]), r"([^|]{4,140})")
    for line in lines[:10]:
        match = field.match(line.strip())
        if match is not None:
            return match.group(1).strip(" .,;:")
    return None


def above_bare_name(lines: Sequence[str], at: int) -> str | None:
    """The name of a procedure that stands above the bare word for what it is, as health centres
    set it: capitals on a line of their own."""
    above = lines[at - 1] if at > 0 else ""
    if not above.isupper() or len(above.split()) < 2 or re.search(r"[|:\d]", above):
        return None
    return None if norm(above).startswith(_LETTERHEAD) else above


__all__ = ["above_bare_name", "box_date", "box_number", "box_subject", "box_year", "outside_box"]
