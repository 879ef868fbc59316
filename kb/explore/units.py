"""Units of what was said and of what is printed, in one form."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kb.authority.amounts import load_amounts
from kb.authority.claims import any_of, load_claim_words, load_pairing_words

_THOUSANDS = re.compile(r"[.\s(]*(?P<zeros>000(?:[.,]000){0,2})\)?")
"""``Rp.000``, ``Rp (000.000)``: what is printed lacks so many digits."""
_IN_SCALE = re.compile(r"\bdalam\s+|(?<=ribu)an\b|(?<=juta)an\b|(?<=miliar)an\b")
_A_YEAR = re.compile(r"\s*(?:/|\bper\s+)\s*(?:tahun|thn|th)\b")
_RATE = re.compile(r"(?:per|/)?\s*(1\.?000|10\.?000|100\.?000)\s+(.+)")


def claimed_unit(unit: str | None) -> str:
    """The unit of a claim in one form; ``""`` for a bare number (an index)."""
    low = {"jiwa": "orang", "poin": "", "indeks": "", "skor": "", "nilai": ""}.get(
        unit or "", unit or ""
    )
    return _rate(low) or low


@lru_cache(maxsize=4096)
def printed_unit(unit: str | None) -> tuple[str, float]:
    """Unit of a printed number in the claims' form, and what one of it is in the base unit.

    ``Rp (Juta)`` is ``("rupiah", 1e6)``, ``Rp (000)`` ``("rupiah", 1e3)``, ``%`` and
    ``%/tahun`` ``("persen", 1.0)``, ``Ribu Orang`` ``("orang", 1e3)``, ``Pelaku Usaha``
    ``("orang", 1.0)``, ``meter`` ``("km", 0.001)``.
    """
    words = load_claim_words()
    low = " ".join((unit or "").lower().split()).strip(" ().")
    low = re.sub(r"^(?:persen|nilai|indeks)\s*\([^)]*$", lambda m: m.group().split()[0], low)
    if low in load_pairing_words().index or low.startswith("skala "):
        return "", 1.0
    factor = 1.0
    low = _IN_SCALE.sub("", low)
    if low.startswith("rp") and (match := _THOUSANDS.search(low)) is not None:
        factor = 10.0 ** match.group("zeros").count("0")
        low = "rupiah"
    elif (match := _scaled().match(low)) is not None:
        factor = 10.0 ** load_amounts().powers[match.group("scale")]
        rest = match.group("unit").strip(" ().")
        low = rest or "rupiah"
    if low.startswith(("rp", "rupiah")):
        low = "rupiah"
    shortened = load_pairing_words().shortened
    low = any_of(frozenset(shortened)).sub(lambda m: shortened[m.group()], low)
    low = {"persentase": "persen", "prosentase": "persen", "penduduk": "orang"}.get(low, low)
    if (rate := _rate(low)) is not None:
        return rate, factor
    if low not in words.units and (bare := _A_YEAR.sub("", low)) in words.units:
        low = bare  # what a year's figure is of: "ton/tahun", "%/tahun"
    factor *= words.factors.get(low, 1.0)
    if low in words.units:
        return claimed_unit(words.units[low]), factor
    first = low.split()[0]
    if " per " not in low and words.units.get(first) in ("ton", "hektare", "ekor", "km"):
        return words.units[first], factor  # "ton GKG"
    for noun in (low, first):
        if noun in words.own_units:
            return words.own_units[noun], factor
        if noun in words.people:
            return "orang", factor
        if noun in words.things:
            return "unit", factor
    return claimed_unit(low), factor


def _rate(low: str) -> str | None:
    """``per 1000 kelahiran`` and ``/1.000 kelahiran hidup`` as one."""
    match = _RATE.fullmatch(low)
    if match is None:
        return None
    base = match.group(1).replace(".", "")
    of = re.sub(r"\bkelahiran\b(?!\s+hidup)", "kelahiran hidup", match.group(2))
    return f"per {int(base):,} {of}".replace(",", ".")


@cache
def _scaled() -> re.Pattern[str]:
    powers = "|".join(sorted(load_amounts().powers, key=len, reverse=True))
    return re.compile(rf"^(?:rp\.?|rupiah|)\s*\(?\s*(?P<scale>{powers})\b\)?\s*(?P<unit>.*)$")


_CONVERTED = {
    ("kilogram", "ton"): 1e-3, ("ton", "kilogram"): 1e3, ("meter persegi", "hektare"): 1e-4,
    ("kilometer persegi", "hektare"): 100.0, ("hektare", "kilometer persegi"): 0.01,
}  # fmt: skip
"""By definition of the units; no command measured it."""


def converted(printed: str, claimed: str) -> float | None:
    """What one ``printed`` unit is in ``claimed`` ones; ``None`` where they measure apart."""
    return 1.0 if printed == claimed else _CONVERTED.get((printed, claimed))


def is_count(unit: str) -> bool:
    """Whether things are counted in it: where the same thing is counted such units are one (a
    death is printed as ``orang`` or ``kasus``). Families are not: their members are counted
    too."""
    return unit in load_pairing_words().counted


def counts_printed(unit: str) -> bool:
    """Whether a printed unit counts: any word that measures nothing is a counted noun."""
    if re.match(r"per\b|/", unit):
        return False  # a rate
    return unit in load_pairing_words().counted or unit not in _measures()


@cache
def _measures() -> frozenset[str]:
    """Units that count nothing."""
    units = {claimed_unit(unit) for unit in load_claim_words().units.values()}
    return frozenset(units | {"", "keluarga"}) - load_pairing_words().counted


def of_one_span(printed: str | None, said: str) -> bool:
    """Whether money a month is not put beside money a year: ``said`` is the claim's sentence."""
    low = (printed or "").lower()
    monthly = re.search(r"\b(?:per\s+bulan|sebulan|tiap\s+bulan)\b|/\s*bulan\b", said.lower())
    if re.search(r"(?:/|per)\s*(?:bulan|bln)\b", low):
        return monthly is not None
    return monthly is None or not re.search(r"(?:/|per)\s*(?:tahun|thn|th)\b", low)
