"""A figure somebody states beside the numbers that planning documents print.

Two numbers are paired only where what is measured, unit, kind, region and period are the same: a
wrong pair accuses somebody. Numbers of the same indicator and region in another year stand
apart, as such. No verdict is passed; the difference is worked out at the coarser precision of
the two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from kb import authority
from kb.authority import norm
from kb.authority.amounts import load_amounts
from kb.authority.claims import any_of, load_claim_words, load_pairing_words
from kb.catalog.reading.claims import ClaimKey
from kb.catalog.reading.indicators import IndicatorNumber
from kb.describe.indicator_names import AT, indicator_norm, known_as, split_region
from kb.describe.indicator_names import words as indicator_words
from kb.explore.views.claims import Agreement
from kb.search.language.analysis import stem

_OPENS = re.compile(r"^(?:target|realisasi|capaian|angka capaian|pencapaian)\s+", re.IGNORECASE)
_SMALL = frozenset(
    ["dan", "di", "ke", "dari", "untuk", "pada", "dengan", "dalam", "yang", "atas", "oleh", "serta",
     "atau", "tahun", "se", "ini", "itu", "tersebut", "akibat", "hingga", "masih"]
)  # fmt: skip
"""Words that never tell one quantity from another."""
_SHARE_OF = re.compile(
    r"\s*(?:nya\s+)?(?:dari|terhadap)\s+(?:total\s+)?(?:target|pagu|anggaran|rencana)"
)
_WHOLE_YEAR = re.compile(r"\b(?:hingga|sampai|per|s/d|akhir)\b", re.IGNORECASE)


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
    """Words of indicators worth reading."""
    tokens: frozenset[str]
    """What tells the quantity from others."""
    unit: str


@lru_cache(maxsize=4096)
def measured(subject: str, unit: str | None) -> Measured:
    """The forms under which indicators of ``subject`` may stand.

    ``stunting`` in percent is ``Prevalensi Stunting``: the names of ``indicators.toml`` that
    hold all its words, and those of one group with it in ``claims.toml``.
    """
    bare = _OPENS.sub("", " ".join(subject.split()))
    norms = {indicator_norm(bare), indicator_norm(subject)}
    if len(found := set(known_as(bare))) == 1:
        norms |= found
    words = set(indicator_norm(bare).split())
    tokens = telling(bare)
    for group, names in _named_groups():
        if group in tokens:
            words |= {word for name in names for word in indicator_norm(name).split()}
    return Measured(frozenset(norms), frozenset(words), tokens, claimed_unit(unit))


def claimed_unit(unit: str | None) -> str:
    """The unit of a claim in one form; ``""`` for a bare number (an index)."""
    return {"jiwa": "orang", "poin": "", "indeks": "", "skor": "", "nilai": ""}.get(
        unit or "", unit or ""
    )


@cache
def _scaled() -> re.Pattern[str]:
    powers = "|".join(sorted(load_amounts().powers, key=len, reverse=True))
    return re.compile(rf"^(?:rp\.?|rupiah|)\s*\(?\s*(?P<scale>{powers})\b\)?\s*(?P<unit>.*)$")


@lru_cache(maxsize=4096)
def printed_unit(unit: str | None) -> tuple[str, float]:
    """Unit of a printed number in the claims' form, and what one of it is in the base unit.

    ``Rp (Juta)`` is ``("rupiah", 1e6)``, ``%`` ``("persen", 1.0)``, ``Ribu Orang``
    ``("orang", 1e3)``, ``Pelaku Usaha`` ``("orang", 1.0)``, ``meter`` ``("km", 0.001)``.
    """
    words = load_claim_words()
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
    low = re.sub(r"\bkh\b", "kelahiran hidup", low)
    low = {"persentase": "persen", "prosentase": "persen", "penduduk": "orang"}.get(low, low)
    factor *= words.factors.get(low, 1.0)
    if low in words.units:
        return claimed_unit(words.units[low]), factor
    first = low.split()[0]
    for noun in (low, first):
        if noun in words.own_units:
            return words.own_units[noun], factor
        if noun in words.people:
            return "orang", factor
        if noun in words.things:
            return "unit", factor
    return claimed_unit(low), factor


@cache
def _named_groups() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Token of each group of equal names -> its names."""
    groups = [*load_pairing_words().same, *(tuple(g["names"]) for g in indicator_words()["group"])]
    return tuple((f"#{at}", names) for at, names in enumerate(groups))


@cache
def _phrases() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Finds the names of a group without their neutral words; phrase -> token."""
    tokens: dict[str, str] = {}
    for token, names in _named_groups():
        forms = {_without_neutral(norm(name)) for name in names} | {
            " ".join(w for w in norm(name).split() if w not in _SMALL) for name in names
        }
        known = next((tokens[form] for form in sorted(forms) if form in tokens), token)
        for form in forms:
            if form:
                tokens.setdefault(form, known)
    spelled = "|".join(re.escape(p) for p in sorted(tokens, key=lambda p: (-len(p), p)))
    return re.compile(rf"(?<!\w)(?:{spelled})(?!\w)"), tokens


def _without_neutral(folded: str) -> str:
    for phrase in (n for n in load_pairing_words().neutral if " " in n):
        folded = re.sub(rf"\b{phrase}\b", " ", folded)
    neutral = load_pairing_words().neutral
    return " ".join(w for w in folded.split() if w not in neutral and w not in _SMALL)


@lru_cache(maxsize=20_000)
def telling(name: str) -> frozenset[str]:
    """What tells the quantity of this name from others: stems, and a token for each name that
    has others of the same meaning. Words of measuring (``jumlah``) and units fall away."""
    bare = re.sub(r"\([^)]*\)?", " ", name.replace("%", " "))
    folded = _without_neutral(norm(bare) or norm(name))
    pattern, tokens = _phrases()
    found: set[str] = set()

    def known(match: re.Match[str]) -> str:
        found.add(tokens[match.group()])
        return " "

    rest = pattern.sub(known, folded)
    return frozenset(found | {stem(word) for word in rest.split()})


def fits(claim: Measured, name: str, unit: str | None, own: frozenset[str] = frozenset()) -> bool:
    """Whether the indicator of this name is what the claim measures; ``own`` are the words of
    the region both are about."""
    kind, _ = printed_unit(unit)
    counted = claim.unit in _COUNTS and (kind in _COUNTS or kind not in _measures())
    if kind != claim.unit and not counted and not (unit is None and claim.unit == "persen"):
        return False
    return bool(claim.tokens) and telling(name) - own == claim.tokens - own


_COUNTS = frozenset(["orang", "unit", "kasus", "ekor", "medali", "desa", "kecamatan"])
"""Units of things that are counted: where the same thing is counted they are one (a death is
printed as ``orang`` or ``kasus``). Families are not: their members are counted too."""


@cache
def _measures() -> frozenset[str]:
    """Units that count nothing; any other word behind a printed number is a counted noun."""
    units = {claimed_unit(unit) for unit in load_claim_words().units.values()}
    return frozenset(units | {"", "keluarga"}) - _COUNTS


def pairs(claim: ClaimKey, numbers: Sequence[IndicatorNumber]) -> tuple[Pair, ...]:
    """The numbers that stand beside ``claim``, those of its own year first.

    ``numbers`` are those of the indicators that may be meant (``candidates``). The claim's
    sentence says what was done to the things that are counted. A change, a share of a target,
    and a claim of no known region stand alone.
    """
    if claim.kind == "change" or claim.region_code is None:
        return ()
    ahead, _, behind = claim.text.partition(claim.value_text)
    if claim.unit == "persen" and _SHARE_OF.match(behind.lower()):
        return ()
    bare, at = split_region(claim.subject)
    what = measured(bare if at == claim.region_code else claim.subject, claim.unit)
    own = _region_words(claim.region_code)
    what = _with_work(what, claim.subject, ahead, behind)
    found: list[Pair] = []
    for number in numbers:
        if number.value is None or not _of_kind(claim, number):
            continue
        if region_of(number) != claim.region_code:
            continue
        if not fits(what, _own_name(number, claim.region_code), number.unit, own):
            continue
        if number.year != claim.year or not _same_part(claim, what, number):
            found.append(Pair(number, "other_year", None))
            continue
        _, factor = printed_unit(number.unit)
        printed = number.value * factor
        step = max(_half_step(claim.value_text), _half_step(number.value_text) * factor)
        same = abs(printed - claim.number) <= step
        if not same and claim.period_origin == "carried":
            continue  # the year was told from the sentence before: too little to differ by
        found.append(Pair(number, "same" if same else "differs", claim.number - printed))
    found.sort(key=lambda p: (p.agreement == "other_year", abs(p.number.year - (claim.year or 0))))
    return tuple(found)


def _with_work(what: Measured, subject: str, ahead: str, behind: str) -> Measured:
    """``merehab 487 rumah``: not the houses there are but those that were handled."""
    if what.unit in ("persen", "") or subject.lower() not in behind.lower():
        return what
    said = norm(ahead).split()
    words = load_pairing_words()
    handled = {stem(word) for word in words.handled}
    done = {stem(word) for word in words.done}
    for word in reversed(said[-_NEAR:]):
        root = stem(word)
        if root in handled:
            return _more(what, telling("ditangani"))
        if root in done:
            return _more(what, frozenset([root]))
    return what


_NEAR = 3
"""Words before a figure: ``kami telah merehab sebanyak``."""


def _more(what: Measured, tokens: frozenset[str]) -> Measured:
    return Measured(what.norms, what.words, what.tokens | tokens, what.unit)


@lru_cache(maxsize=1024)
def _region_words(code: str) -> frozenset[str]:
    place = authority.load().place(code)
    return frozenset(stem(word) for word in norm(place.name).split()) if place else frozenset()


def _own_name(number: IndicatorNumber, code: str) -> str:
    """The indicator's name without the region the claim is about."""
    bare, at = split_region(number.name)
    return bare if at == code else number.name


def _of_kind(claim: ClaimKey, number: IndicatorNumber) -> bool:
    if claim.kind == "target":
        return number.kind == "target"
    return number.kind in ("realisation", "baseline")


def _same_part(claim: ClaimKey, what: Measured, number: IndicatorNumber) -> bool:
    """A quarter beside a quarter, a year beside a year; a month beside the year only where the
    thing is measured once a year, or where it is the year's end."""
    period = claim.period or ""
    part = re.search(r"-([QH])(\d)$", period)
    if part is not None:
        quarter = int(part.group(2)) * (2 if part.group(1) == "H" else 1)
        return number.quarter == quarter
    if number.quarter is not None or "/" in period:
        return False
    month = re.search(r"-(\d\d)$", period)
    if month is None:
        return True
    words = {*norm(claim.subject).split(), *what.words}
    known = load_pairing_words()
    yearly = known.yearly.get(month.group(1), frozenset())
    if words & yearly or any_of(known.surveys).search(claim.text):
        return True
    last = month.group(1) == "12" and not words & known.by_month
    return last and _WHOLE_YEAR.search(claim.text) is not None


def region_of(number: IndicatorNumber) -> str | None:
    """Code of the region whose number it is."""
    code = number.norm.partition(AT)[2]
    if code:
        return code
    return authority.load().places.parse(number.region) if number.region else None


def _half_step(written: str) -> float:
    """Half of the last digit that was written: ``14 persen`` holds for 13,5 to 14,5, ``Rp 31,1
    triliun`` for 31,05 to 31,15 triliun."""
    digits = re.search(r"\d[\d.]*(?:,(\d+))?", written)
    decimals = len(digits.group(1) or "") if digits else 0
    if digits and re.fullmatch(r"\d+\.(?:\d{1,2}|\d{4,})", digits.group(0)):
        decimals = len(digits.group(0).partition(".")[2])
    scale = 1.0
    for word, power in load_amounts().powers.items():
        if re.search(rf"\b{word}\b", written.lower()):
            scale = 10.0**power
    for word, power in load_amounts().money_powers.items():
        if re.search(rf"\d\s*{word}\b", written.lower()) and "rp" in written.lower():
            scale = 10.0**power
    return scale * 10.0**-decimals / 2 + 1e-9


def candidates(claim: Measured, by_word: Mapping[str, Sequence[str]]) -> set[str]:
    """Normal forms of indicators worth reading for ``claim``: those that hold one of its words.

    ``by_word`` has for each word the normal forms (without the region) that hold it.
    """
    found = {form for form in claim.norms if form}
    neutral = load_pairing_words().neutral
    for word in claim.words:
        if word not in neutral:
            found.update(by_word.get(word, ()))
    return found
