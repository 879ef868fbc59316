"""Offices of invented persons, from the patterns of ``data/offices.txt``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kb.lab.templates.words import sections

if TYPE_CHECKING:
    from kb.lab.templates.cast import Cast

KINDS = (
    *("head",) * 4,
    *("opd",) * 4,
    *("bidang",) * 2,
    *("council",) * 2,
    *("police",) * 2,
    *("local",) * 2,
    *("org",) * 2,
    *("none",) * 2,
    "attorney",
    "army",
    "party",
    "school",
    "minister",
    "firm",
)
_FIELDS = "Kesehatan Pendidikan PUPR Sosial Perhubungan Kominfo Pertanian Dukcapil PMD".split()  # noqa: SIM905
_LEVELS = ("DPD ", "DPC ", "DPW ", "DPP ", "DPD ", "")


def office(cast: Cast, kind: str) -> tuple[str, str]:
    """An office of one kind: its marked text, and its words without any name."""
    pattern = cast.rng.choice(sections("offices.txt")[kind])
    marked = re.sub(r"\{(\w+)\}", lambda match: _fill(cast, match.group(1)), pattern)
    return marked, marked.split(" [[")[0].split(" (")[0]


def _fill(cast: Cast, key: str) -> str:
    rng, region = cast.rng, cast.region
    if key == "head":
        city = rng.choice(("Wali Kota", "Walikota"))
        return {"Provinsi": "Gubernur", "Kabupaten": "Bupati"}.get(region.kind, city)
    if key == "S":
        return cast.short_region()
    if key == "R":
        return cast.tail()
    if key == "T":
        return cast.town()
    if key == "D":
        return rng.choice(region.districts) if region.districts else cast.town()
    if key == "V":
        return cast.village()
    if key == "v":
        return rng.choice(cast.villages)[1] if cast.villages else cast.town()
    if key == "A":
        agency = cast.main_agency if rng.random() < 0.5 else cast.new_agency("opd")
        return agency.long if rng.random() < 0.6 else rng.choice(agency.shorts[:4])
    if key == "field":
        return rng.choice(_FIELDS)
    if key == "rt":
        return f"{rng.randint(1, 15):02d}"
    if key == "council":
        return cast.council()
    if key == "party":
        level = rng.choice(_LEVELS)
        forms = rng.choice(sections("agencies.txt")["partai"]).split("|")
        where = f" {cast.tail()}" if level != "DPP " and rng.random() < 0.8 else ""
        return f"{level}{rng.choice((forms[0], forms[-1])).strip()}{where}"
    if key in ("vertikal", "pemilu"):
        return cast.agency(cast.new_agency(key))
    return cast.org_name(key)
