"""A figure somebody states beside the numbers that planning documents print.

Two numbers are paired only where what is measured, unit, kind, region and year are the same: a
wrong pair accuses somebody. Numbers of the same indicator and region in another year stand
apart, as such. No verdict is passed; the difference is worked out at the precision that was said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kb import authority
from kb.authority.amounts import load_amounts
from kb.authority.claims import load_claim_words
from kb.catalog.reading.claims import ClaimKey
from kb.catalog.reading.indicators import IndicatorNumber
from kb.describe.indicator_names import AT, indicator_norm, known_as

Agreement = Literal["same", "differs", "other_year", "other_region"]

_WEAK = frozenset(
    ["angka", "capaian", "indeks", "jumlah", "nilai", "persentase", "realisasi", "skor", "tingkat",
     "total", "rata", "besaran"]
)  # fmt: skip
"""Words that name how a thing is measured: with the unit known they may be missing in speech."""
_MEASURES = frozenset(["angka", "capaian", "nilai", "realisasi", "skor", "total", "besaran"])
_OPENS = re.compile(r"^(?:target|realisasi|capaian|angka capaian|pencapaian)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pair:
    """One printed number beside a claim."""

    number: IndicatorNumber
    agreement: Agreement
    difference: float | None
    """Claim minus document, in the claim's unit; ``None`` where the two are not of one year."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a claim measures, in the forms that indicators are known by."""

    norms: frozenset[str]
    words: frozenset[str]
    unit: str


def measured(subject: str, unit: str | None) -> Measured:
    """The forms under which indicators of ``subject`` may stand.

    ``stunting`` in percent is ``Prevalensi Stunting``: the names of ``indicators.toml`` that
    hold all its words.
    """
    bare = _OPENS.sub("", " ".join(subject.split()))
    norms = {indicator_norm(bare), indicator_norm(subject)}
    if len(found := set(known_as(bare))) == 1:
        norms |= found
    return Measured(frozenset(norms), frozenset(indicator_norm(bare).split()), claimed_unit(unit))


def claimed_unit(unit: str | None) -> str:
    """The unit of a claim in one form; ``""`` for a bare number (an index)."""
    return {"jiwa": "orang", "poin": "", "indeks": "", "skor": "", "nilai": ""}.get(
        unit or "", unit or ""
    )


@cache
def _scaled() -> re.Pattern[str]:
    powers = "|".join(sorted(load_amounts().powers, key=len, reverse=True))
    return re.compile(rf"^(?:rp\.?|rupiah|)\s*\(?\s*(?P<scale>{powers})\b\)?\s*(?P<unit>.*)$")


def printed_unit(unit: str | None) -> tuple[str, float]:
    """Unit of a printed number in the claims' form, and what one of it is in the base unit.

    ``Rp (Juta)`` is ``("rupiah", 1e6)``, ``%`` ``("persen", 1.0)``, ``Ribu Orang``
    ``("orang", 1e3)``.
    """
    low = " ".join((unit or "").lower().split()).strip(" ().")
    if low in ("", "indeks", "nilai", "poin", "point", "skor", "angka", "rasio", "level", "skala"):
        return "", 1.0
    factor = 1.0
    if (match := _scaled().match(low)) is not None:
        factor = 10.0 ** load_amounts().powers[match.group("scale")]
        rest = match.group("unit").strip(" ().")
        low = rest or "rupiah"
    if low.startswith("rp"):
        low = "rupiah"
    low = {"persentase": "persen", "prosentase": "persen", "penduduk": "orang"}.get(low, low)
    return claimed_unit(load_claim_words().units.get(low, low)), factor


def fits(claim: Measured, number_norm: str, unit: str | None) -> bool:
    """Whether an indicator is what the claim measures."""
    base = number_norm.partition(AT)[0]
    kind, _ = printed_unit(unit)
    if kind != claim.unit and not (unit is None and claim.unit == "persen"):
        return False
    if base in claim.norms:
        return True
    words = frozenset(base.split())
    if len(claim.words - _WEAK) == 0:
        return False
    more, less = words - claim.words, claim.words - words
    if claim.unit == "persen":
        return more <= _WEAK - {"jumlah", "indeks", "rata"} and less <= _MEASURES
    return (
        more <= _MEASURES | {"jumlah"}
        and less <= _MEASURES | {"jumlah"}
        and not ({"persentase", "indeks"} & (more | less))
    )


def pairs(claim: ClaimKey, numbers: Sequence[IndicatorNumber]) -> tuple[Pair, ...]:
    """The numbers that stand beside ``claim``, those of its own year first.

    ``numbers`` are those of the indicators that may be meant (``candidates``). A change, and a
    claim of no known region, stand alone.
    """
    if claim.kind == "change" or claim.region_code is None:
        return ()
    what = measured(claim.subject, claim.unit)
    found: list[Pair] = []
    for number in numbers:
        if number.value is None or not _of_kind(claim, number):
            continue
        if region_of(number) != claim.region_code or not fits(what, number.norm, number.unit):
            continue
        if claim.year is None or number.year != claim.year or not _same_part(claim, number):
            found.append(Pair(number, "other_year", None))
            continue
        _, factor = printed_unit(number.unit)
        printed = number.value * factor
        same = abs(printed - claim.number) <= _half_step(claim)
        found.append(Pair(number, "same" if same else "differs", claim.number - printed))
    found.sort(key=lambda p: (p.agreement == "other_year", abs(p.number.year - (claim.year or 0))))
    return tuple(found)


def _of_kind(claim: ClaimKey, number: IndicatorNumber) -> bool:
    if claim.kind == "target":
        return number.kind == "target"
    return number.kind in ("realisation", "baseline")


def _same_part(claim: ClaimKey, number: IndicatorNumber) -> bool:
    """A quarter beside a quarter, a year beside a year; a month is a date of the year's figure."""
    part = re.search(r"-([QS])(\d)$", claim.period or "")
    if part is None:
        return number.quarter is None
    if part.group(1) == "S":
        return number.quarter == 2 * int(part.group(2))
    return number.quarter == int(part.group(2))


def region_of(number: IndicatorNumber) -> str | None:
    """Code of the region whose number it is."""
    code = number.norm.partition(AT)[2]
    if code:
        return code
    return authority.load().places.parse(number.region) if number.region else None


def _half_step(claim: ClaimKey) -> float:
    """Half of the last digit that was said: ``14 persen`` holds for 13,5 to 14,5.

    A round number of money or people is said as loosely as it is written: ``Rp 31,1 triliun``.
    """
    digits = re.search(r"\d[\d.]*(?:,(\d+))?", claim.value_text)
    decimals = len(digits.group(1) or "") if digits else 0
    if digits and re.fullmatch(r"\d+\.\d{1,2}", digits.group(0)) and not digits.group(1):
        decimals = len(digits.group(0).partition(".")[2])
    scale = 1.0
    for word, power in load_amounts().powers.items():
        if re.search(rf"\b{word}\b", claim.value_text.lower()):
            scale = 10.0**power
    return scale * 10.0**-decimals / 2 + 1e-9


def candidates(claim: Measured, by_word: Mapping[str, Sequence[str]]) -> set[str]:
    """Normal forms of indicators worth reading for ``claim``.

    ``by_word`` has for each word the normal forms (without the region) that hold it.
    """
    found = {form for form in claim.norms if form}
    telling = [word for word in claim.words if word not in _WEAK]
    if telling:
        held = [frozenset(by_word.get(word, ())) for word in telling]
        found |= frozenset.intersection(*held)
    return found
