"""A figure somebody states beside the numbers that planning documents print.

Two numbers are paired only where what is measured, unit, kind, region and period are the same: a
wrong pair accuses somebody. Numbers of the same indicator and region in another year stand
apart, as such. No verdict is passed; the difference is worked out at the coarser precision of
the two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kb import authority
from kb.authority import norm
from kb.authority.amounts import load_amounts
from kb.authority.claims import any_of, load_claim_words, load_pairing_words
from kb.catalog.reading.claims import ClaimKey
from kb.catalog.reading.indicators import IndicatorNumber
from kb.describe.indicator_names import AT, indicator_norm, known_as, split_region
from kb.explore.other_words import alike
from kb.explore.telling import forms, group_tokens, in_its_words, named_groups, shortened, telling
from kb.explore.units import (
    claimed_unit,
    converted,
    counts_printed,
    is_count,
    of_one_span,
    printed_unit,
)
from kb.explore.views.claims import OF_NO_SAME_YEAR, Agreement
from kb.search.language.analysis import stem

_OPENS = re.compile(r"^(?:target|realisasi|capaian|angka capaian|pencapaian)\s+", re.IGNORECASE)
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
    subject: str
    """As it was said, less words like ``target``."""


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
    in_unit = claimed_unit(unit)
    tokens = telling(bare, in_unit)
    for group, names in named_groups():
        if group in tokens:
            words |= {word for name in names for word in indicator_norm(name).split()}
    return Measured(frozenset(norms), frozenset(words), tokens, in_unit, bare)


def fits(claim: Measured, name: str, unit: str | None, own: frozenset[str] = frozenset()) -> bool:
    """Whether the indicator of this name is what the claim measures; ``own`` are the words of
    the region both are about."""
    wanted = claim.tokens - own
    return (
        bool(wanted)
        and _in_one_unit(claim, unit)
        and any(telling(one, claim.unit) - own == wanted for one in forms(name))
    )


def _in_one_unit(claim: Measured, unit: str | None) -> bool:
    kind, _ = printed_unit(unit)
    if converted(kind, claim.unit) is not None:
        return True
    counted = is_count(claim.unit) and counts_printed(kind)
    return counted or (unit is None and claim.unit == "persen")


def _is_like(
    claim: ClaimKey, what: Measured, name: str, unit: str | None, own: frozenset[str]
) -> bool:
    """Whether a name with an equal number may be what the claim measures (``other_words``)."""
    if not _in_one_unit(what, unit):
        return False
    of_claim = what.tokens & group_tokens()
    printed = telling(name, what.unit) & group_tokens()
    if of_claim and printed and of_claim.isdisjoint(printed):
        return False  # "harapan lama sekolah" is no "rata-rata lama sekolah"
    target, work = claim.kind == "target", what.tokens - telling(what.subject, what.unit)
    own_words = in_its_words(what.subject, what.unit) | work
    return any(
        alike(said - own, read(one, what.unit) - own, claim.value_text, work=work, target=target)
        for said, read in ((what.tokens, telling), (own_words, in_its_words))
        for one in (*forms(name), *shortened(name))
    )


def pairs(claim: ClaimKey, numbers: Sequence[IndicatorNumber]) -> tuple[Pair, ...]:
    """The numbers that stand beside ``claim``, those of its own year first.

    ``numbers`` are those of the indicators that may be meant (``candidates``). The claim's
    sentence says what was done to the things that are counted. A change, a share of a target,
    and a claim of no known region stand alone. Where no name is the claim's own, the one that is
    like it and has an equal number stands there.
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
    like: list[Pair] = []
    for number in numbers:
        if number.value is None or not _of_kind(claim, number):
            continue
        if region_of(number) != claim.region_code:
            continue
        name = _own_name(number, claim.region_code)
        sure = fits(what, name, number.unit, own)
        if not sure and not _is_like(claim, what, name, number.unit, own):
            continue
        if claim.unit == "persen" and not _of_one_whole(claim, ahead, behind, number.name):
            continue
        if not of_one_span(number.unit, claim.text):
            continue
        if number.year != claim.year or not _same_part(claim, what, number):
            if sure:
                found.append(
                    Pair(number, "year_unsaid" if claim.year is None else "other_year", None)
                )
            continue
        kind, factor = printed_unit(number.unit)
        factor *= converted(kind, what.unit) or 1.0
        printed = number.value * factor
        step = max(_half_step(claim.value_text), _half_step(number.value_text) * factor)
        same = abs(printed - claim.number) <= step
        if not sure:
            if same:
                like.append(Pair(number, "same", claim.number - printed))
            continue
        agreement: Agreement = "same" if same else "differs"
        if not same and _bounds(ahead, printed - claim.number):
            agreement = "within"
        if agreement == "differs" and claim.period_origin == "carried":
            continue  # the year was told from the sentence before: too little to differ by
        found.append(Pair(number, agreement, claim.number - printed))
    if not found:  # where its own name is printed, of whatever year, no other is meant
        found += _of_one_name(like)
    said = claim.year or int((claim.date or "0")[:4])
    found.sort(key=lambda p: (p.agreement in OF_NO_SAME_YEAR, abs(p.number.year - said)))
    return tuple(found)


def _of_one_name(like: Sequence[Pair]) -> Sequence[Pair]:
    """Names that are only like the claim's, where all are one: of two it is not known which."""
    names = {telling(pair.number.name) for pair in like}
    return like if len(names) == 1 else ()


def _bounds(ahead: str, more: float) -> bool:
    """Whether the words before the figure only bound it (``di atas 27 persen``) and the printed
    number, ``more`` than what was said, lies there."""
    words = load_pairing_words()
    near = " ".join(norm(ahead).split()[-_NEAR:])
    return any(
        re.search(rf"(?:^| ){re.escape(cue)}$", near) is not None
        for cue in (words.over if more > 0 else words.under)
    )


def _of_one_whole(claim: ClaimKey, ahead: str, behind: str, name: str) -> bool:
    """Whether both shares of money are of what was planned, or neither is."""
    words = load_pairing_words()
    if not any_of(words.money).search(norm(claim.subject)):
        return True
    near = " ".join([*norm(ahead).split()[-_NEAR * 2 :], *norm(behind).split()[:_NEAR]])
    said = any_of(words.spent).search(f"{norm(claim.subject)} {near}") is not None
    return said == (any_of(words.spent).search(norm(name)) is not None)


def _with_work(what: Measured, subject: str, ahead: str, behind: str) -> Measured:
    """``merehab 487 rumah``: not the houses there are but those that were handled."""
    if what.unit in ("persen", "") or subject.lower() not in behind.lower():
        return what
    handled = {stem(word) for word in load_pairing_words().handled}
    done = {stem(word) for word in load_pairing_words().done}
    for word in reversed(norm(ahead).split()[-_NEAR:]):
        root = stem(word)
        if root in handled:
            return _more(what, telling("ditangani"))
        if root in done or _acts(word):
            return _more(what, telling(f"di{root}", what.unit) or frozenset([root]))
    return what


def _acts(word: str) -> bool:
    """Whether something is done to what is counted: ``memfasilitasi 120 UMKM`` is not the UMKM
    there are."""
    known = load_claim_words()
    return _ACTIVE.fullmatch(word) is not None and not any(
        word in measuring
        for measuring in (known.links, known.ends, known.target, known.telling, known.arrives,
                          known.reached, known.up, known.down, load_pairing_words().neutral)
    )  # fmt: skip


_ACTIVE = re.compile(r"me(?:m|n|ng|ny)?[a-z]{4,}")
"""An active verb."""
_NEAR = 3
"""Words before a figure: ``kami telah merehab sebanyak``."""


def _more(what: Measured, tokens: frozenset[str]) -> Measured:
    return replace(what, tokens=what.tokens | tokens)


@lru_cache(maxsize=1024)
def _region_words(code: str) -> frozenset[str]:
    place = authority.load().place(code)
    level = ["provinsi"] if "." not in code else ["kabupaten", "kota", "daerah"]
    named = [*norm(place.name).split(), *level] if place else level
    return frozenset(stem(word) for word in named)


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
