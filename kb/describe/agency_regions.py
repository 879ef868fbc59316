"""The region in an agency's name: set behind it, read in it, misread in it."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from kb import authority
from kb.authority import Place, norm
from kb.describe.regions import regions_in

MISREAD = 40
"""Likeness (rapidfuzz ratio) from which a word behind "Kota" is the region's own name."""


def lies_in(agency: str) -> Place | None:
    """The kabupaten or kota of "Kecamatan Bugul Kidul", where only one has it."""
    match = re.match(r"(?:Kapanewon|Kecamatan|Kemantren|Distrik)\s+(.+)", agency)
    if match is None:
        return None
    codes = authority.load().places.named(match.group(1), level="kecamatan")
    return authority.load().place(codes[0].rsplit(".", 1)[0]) if len(codes) == 1 else None


_OF_A_TOWN = ("desa", "kapanewon", "kecamatan", "kelurahan", "kemantren", "puskesmas", "rsud")
"""Whose own name may be that of the region they lie in."""


def with_region(name: str, place: Place | None) -> str:
    """The agency's name with its region, which may stand on another line."""
    if place is None or regions_in(name):
        return name
    name = _without_misread(name, place)
    folded = norm(name)
    if re.search(rf"\b{re.escape(norm(place.bare))}$", folded) and place.level == "provinsi":
        return name
    if folded.endswith(norm(place.bare)) and not folded.startswith(_OF_A_TOWN):
        return name
    return f"{name} {place.name}"


def _without_misread(name: str, place: Place) -> str:
    """The name up to its region, which a scan misread ("BPBD Kota Baur41)" in Kota Baubau)."""
    match = re.search(rf"\s+{place.level}\s+(\S.*)$", name, re.IGNORECASE)
    if match is None:
        return name
    signs = re.search(r"[^\w\s.,'’()-]", match.group(1))
    if signs is None and fuzz.ratio(norm(match.group(1)), norm(place.bare)) < MISREAD:
        return name
    return name[: match.start()]
