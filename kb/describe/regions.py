"""Regions that a document's lines and its host name."""

from __future__ import annotations

import re
from functools import cache

from kb import authority
from kb.authority import Place, norm
from kb.model import Found

_REGION = re.compile(
    r"\b(?P<level>provinsi|propinsi|prov\.?|kabupaten|kab\.?|kota|daerah istimewa"
    r"|daerah khusus ibukota)\s+(?=(?P<name>[^\W\d_]+(?:[\s-]+[^\W\d_]+){0,4}))",
    re.IGNORECASE,
)
"""The name is looked at, not taken: the next region may begin within its five words."""


def place_in(text: str, level: str | None = None) -> Place | None:
    """The province, kabupaten or kota whose name begins ``text``, longest name first."""
    words = norm(text).split()
    places = authority.load().places
    for size in range(min(5, len(words)), 0, -1):
        name = " ".join(words[:size])
        codes = places.regions_named(name, level=level)
        if codes:
            return places.place(codes[0])
    return None


_LEVELS = {"prov": "provinsi", "propinsi": "provinsi", "kab": "kabupaten"}


def regions_in(text: str) -> list[tuple[Place, int]]:
    """Regions written with their type word, with where they start, left to right."""
    found: list[tuple[Place, int]] = []
    for match in _REGION.finditer(text):
        level = match.group("level").lower().rstrip(".")
        if level.startswith("daerah"):
            place = place_in(f"{level} {match.group('name')}", "provinsi")
        else:
            place = place_in(match.group("name"), _LEVELS.get(level, level))
        if place is not None:
            found.append((place, match.start()))
    return found


def region_found(place: Place, rule: str, evidence: str) -> tuple[Found[str], Found[str]]:
    return Found(place.name, rule, evidence[:160]), Found(place.level, rule, evidence[:160])


def office_place(text: str) -> Place | None:
    """The region of "GUBERNUR BALI", "BUPATI CIANJUR", "WALI KOTA SERANG"."""
    match = re.search(
        r"\b(?:(gubernur)|(bupati)|(wali\s?kota))\s+((?:[^\W\d_]+[\s-]*){1,5})", text, re.IGNORECASE
    )
    if match is None:
        return None
    level = "provinsi" if match.group(1) else "kabupaten" if match.group(2) else "kota"
    return place_in(match.group(4), level) or (
        place_in(match.group(4), "kabupaten") if level == "kota" else None
    )


def city_place(city: str) -> Place | None:
    """The kabupaten or kota that a place of signing lies in, where only one does: its own
    name, or that of one of its kecamatan (Rangkasbitung lies in Kabupaten Lebak)."""
    places = authority.load().places
    codes = [code for code in places.regions_named(city) if "." in code]
    if not codes:
        inner = places.named(city, level="kecamatan")
        codes = sorted({code.rsplit(".", 1)[0] for code in inner})
    return places.place(codes[0]) if len(codes) == 1 else None


DISTRICTS = 3
"""Different districts of one region that a text without its name must name. Set by hand; no
command measured it."""
_DISTRICT = re.compile(
    r"\b(?:Kecamatan|KECAMATAN|Distrik|DISTRIK|Kapanewon)\s+(?=([^\W\d_]+(?: [^\W\d_]+){0,2}))"
)


def of_its_districts(text: str, more_than: int = 0) -> Place | None:
    """The kabupaten or kota of the districts that the text names, where it names several (and
    ``more_than`` so many), nearly all of the one: a sheet of a region's rows never says its
    name."""
    places = authority.load().places
    votes: dict[str, set[str]] = {}
    for match in _DISTRICT.finditer(text):
        words = match.group(1).split()
        for size in range(len(words), 0, -1):
            codes = places.named(" ".join(words[:size]), level="kecamatan")
            if codes:
                for above in {code.rsplit(".", 1)[0] for code in codes}:
                    votes.setdefault(above, set()).add(norm(" ".join(words[:size])))
                break
    ranked = sorted(votes, key=lambda code: (-len(votes[code]), code))
    if not ranked or len(votes[ranked[0]]) < max(DISTRICTS, more_than + 1):
        return None
    if len(ranked) > 1 and len(votes[ranked[1]]) * 2 > len(votes[ranked[0]]):
        return None
    return places.place(ranked[0])


@cache
def _squashed() -> dict[str, tuple[str, ...]]:
    """Names of provinces, kabupaten and kota without spaces, to their codes."""
    places = authority.load().places
    table: dict[str, list[str]] = {}
    for code in [*places.codes(0), *places.codes(1)]:
        place = places.place(code)
        if place is None:
            continue
        for name in (place.bare, *places.aliases(code)):
            key = norm(name).replace(" ", "")
            table.setdefault(key, []).append(code)
    return {key: tuple(codes) for key, codes in table.items()}


def place_of_host(host: str) -> Place | None:
    """The region that a government host name serves (``bantenprov.go.id``)."""
    for label in reversed(host.lower().removesuffix(".go.id").split(".")):
        match = re.fullmatch(r"(?:www)?([a-z-]+?)-?(prov|kab|kota)?", label)
        if match is None:
            continue
        name, level = match.group(1).replace("-", ""), match.group(2)
        if name.startswith("kota") and level is None and name[4:] in _squashed():
            name, level = name[4:], "kota"
        codes = _squashed().get(name, ())
        wanted = {"prov": "provinsi", "kab": "kabupaten", "kota": "kota"}.get(level or "")
        for code in codes:
            place = authority.load().place(code)
            if place is not None and (wanted is None or place.level == wanted):
                return place
    return None


def government_of(name: str) -> str | None:
    """The government that the head of a region acts for: ``Gubernur Banten`` ->
    ``Pemerintah Provinsi Banten``; ``None`` for any other institution."""
    if re.match(r"(?:(?:pj|plt|plh|pjs)\.? )?(?:gubernur|bupati|wali ?kota)\b", name, re.I) is None:
        return None
    place = office_place(name)
    return f"Pemerintah {place.name}" if place is not None else None
