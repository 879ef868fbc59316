"""Offices of the centre in a region, which issue plans and reports of their own: ``Kejaksaan
Negeri Sikka``, ``Kantor Kementerian Agama Kabupaten Blora``, ``BPK Perwakilan Provinsi Jambi``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kb import authority
from kb.authority import Place, norm
from kb.describe.body_lines import BEHIND_NAME, is_sentence
from kb.describe.casing import title_case
from kb.describe.regions import city_place, place_in, regions_in

TOP = 14
"""Lines from the top among which the office is named. Set by hand; no command measured it."""
_GOES_ON = re.compile(
    r"^(?:perwakilan\s+)?(?:provinsi|kabupaten|kota|daerah istimewa|daerah khusus)\s+\S"
    r"|^perwakilan\s+\S|^republik indonesia$",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"(?:pemerintah\s+(?:provinsi|kabupaten|kota)|kepada|yth)\b", re.IGNORECASE)
"""A letterhead of the region, or whom a letter goes to."""
_STATE = re.compile(r"\s+republik\s+indonesia\b", re.IGNORECASE)


def centre_office(lines: Sequence[str]) -> tuple[int, str, Place | None] | None:
    """The first line that names such an office, its whole name, and the region the name says;
    ``None`` where a government of the region is named before it and no body of the centre."""
    above = ""
    for index, line in enumerate(lines[:TOP]):
        if _OTHERS.match(line) and not any(map(_named().match, lines[:index])):
            return None
        if " | " in line or is_sentence(line) or line.rstrip().endswith(":"):
            continue
        ministry = re.match(r"(?:kementerian|badan)\s+\D{6,90}$", line, re.IGNORECASE)
        titled = _titled(line)
        if titled is None and not _named().match(line):
            above = line if ministry else above
            continue
        name = titled or _whole(lines, index)
        if re.match(r"kantor wilayah\b(?!.*\b(?:kementerian|badan|direktorat)\b)", name, re.I):
            if not above:
                continue
            owner = _STATE.sub("", above)
            name = f"{name[:14]} {owner} {name[14:].strip()}".strip()
        place = _place(name)
        if place is None and not _local().match(name):
            above = line if ministry else above
            continue
        return index, title_case(_STATE.sub("", name)), place
    return None


_TITLE = re.compile(
    r"(?:rencana (?:strategis|kerja|aksi)|renstra|renja|laporan (?:akuntabilitas )?kinerja"
    r"(?: instansi pemerintah)?|lkjip|lakip|perjanjian kinerja|indikator kinerja utama)"
    r"(?: \((?:renstra|renja|lkjip|lakip|pk|iku)\))?\s+",
    re.IGNORECASE,
)
_TIME = re.compile(r"\s+(?:tahun|periode|t\.? ?a\.?|ta)\b.*$", re.IGNORECASE)


def _titled(line: str) -> str | None:
    """The office that a title names right behind the kind of document ("RENCANA STRATEGIS
    KEPOLISIAN RESOR LANDAK TAHUN 2020-2024")."""
    kind = _TITLE.match(line)
    if kind is None or not _named().match(line[kind.end() :]):
        return None
    return _TIME.sub("", line[kind.end() :]).strip(" ,.-:") or None


def is_of_centre(name: str) -> bool:
    """True for a name that begins as that of a body of the centre does."""
    return _named().match(name) is not None


def _whole(lines: Sequence[str], index: int) -> str:
    """The name with the lines below that end it: its region, or which branch it is."""
    name = BEHIND_NAME.sub("", lines[index]).strip(" ,.-:")
    cut = name != lines[index].strip(" ,.-:")
    for below in lines[index + 1 : index + 4]:
        if cut or regions_in(name) or not _GOES_ON.match(below.strip()):
            break
        name = f"{name} {BEHIND_NAME.sub('', below).strip(' ,.-:')}".strip()
    return name


def _place(name: str) -> Place | None:
    """The region an office's name says: with its type word, as the authority file knows the
    office, else as the last words of the name."""
    found = regions_in(name)
    if found:
        return found[0][0]
    known = authority.load().resolve_institution(name)
    if known is not None and known.region:
        return authority.load().place(known.region)
    lead = _named().match(name)
    rest = name[lead.end() :].strip() if lead is not None else ""
    wide = re.match(r".*\b(?:wilayah|tinggi|daerah|perwakilan)\b", name, re.IGNORECASE)
    for size in (3, 2, 1):
        tail = " ".join(rest.split()[-size:])
        place = place_in(tail, "provinsi") if wide else None
        place = place or (city_place(tail) if tail else None)
        if place is not None and norm(tail).startswith(norm(place.bare)):
            return place
    return None


@cache
def _begins(kind: str) -> re.Pattern[str]:
    """What begins as a name of this list of ``agencies.toml`` does."""
    names = sorted(authority.load().agencies[kind], key=len)[::-1]
    words = "|".join(name.replace(" ", r"\s+") for name in names)
    return re.compile(rf"(?:{words})(?!\w)", re.IGNORECASE)


def _named() -> re.Pattern[str]:
    return _begins("centre")


def _local() -> re.Pattern[str]:
    """Offices that are in a region by their kind, whatever their name says."""
    return _begins("centre_local")


__all__ = ["centre_office", "is_of_centre"]
