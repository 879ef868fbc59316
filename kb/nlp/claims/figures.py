"""Figures in running text: a number with its scale and unit, as one value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kb.authority.amounts import load_amounts, read_digits, read_words
from kb.authority.calendar import load_calendar
from kb.authority.claims import ClaimWords, any_of, load_claim_words


@dataclass(frozen=True, slots=True)
class Figure:
    """One number in a text; offsets are characters of the text, ``end`` exclusive."""

    start: int
    end: int
    number: float
    """In the base unit: ``Rp 1,2 miliar`` is 1200000000, ``dua dari tiga`` 66.67 persen."""
    unit: str | None
    """As ``claims.toml`` calls it; ``None`` for a number that stands alone or before a noun."""
    counts: bool = False
    """Whether it says how many of a whole: ``7 dari 53 pabrik``."""


_DIGITS = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_MONEY = {"rp": "rupiah", "idr": "rupiah", "us$": "dolar", "usd": "dolar"}
_RANGE = re.compile(
    rf"\s*(?:[-–—]|s/d|sampai(?:\s+dengan)?|hingga)\s*(?:Rp\.?\s*)?(?:{_DIGITS})", re.IGNORECASE
)

_PER = re.compile(
    r"\s+per\s+(?:seribu|\d{1,3}(?:\.\d{3})+)(?:\s+(?:kelahiran(?:\s+hidup)?|penduduk))?",
    re.IGNORECASE,
)
"""``per 100.000 kelahiran hidup``."""


@cache
def _pattern() -> re.Pattern[str]:
    scales = "|".join(sorted(load_amounts().powers, key=lambda word: (-len(word), word)))
    scales += r"|mil+i?[iy]?ard?|tril+i?[iy]?un"  # hasty writers double and drop letters
    return re.compile(
        r"(?<![\w/])(?:(?P<money>Rp|IDR|US\$|USD)\.?\s*)?(?P<sign>minus\s+|[-−](?=\d))?"
        rf"(?<![\d.,:])(?P<digits>{_DIGITS})(?![\d:])"
        rf"(?:\s*(?P<scale>{scales})(?:an)?(?![\w])|(?P<short>\s*[MT])(?![\w]))?",
        re.IGNORECASE,
    )


@cache
def _units() -> re.Pattern[str]:
    """A unit where a number ends, the longest first."""
    words = sorted(load_claim_words().units, key=lambda word: (-len(word), word))
    spelled = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in words if w not in _MONEY)
    return re.compile(rf"\s*(?P<unit>{spelled})(?:(?<=persen)nya)?(?![\w³²])", re.IGNORECASE)


@cache
def _no_date() -> re.Pattern[str]:
    months = load_calendar().month_pattern
    return re.compile(rf"\s*(?:[/.:]\s*\d|[-–]\s*\d{{1,2}}[-–/]|{months}(?!\w))", re.IGNORECASE)


@cache
def _share() -> re.Pattern[str]:
    """``dua dari tiga``, ``7 dari 10``."""
    numerals = "|".join(sorted(load_calendar().numerals, key=len, reverse=True))
    one = rf"(?:\d{{1,2}}|{numerals})"
    return re.compile(
        rf"(?<![\w.,])({one})\s+(?:dari|di\s+antara)\s+({one})(?![\w.,])", re.IGNORECASE
    )


@cache
def _spelled() -> re.Pattern[str]:
    """A number in words before a unit of share or a scale: ``dua puluh lima persen``."""
    calendar, amounts = load_calendar(), load_amounts()
    words = "|".join(sorted({*calendar.numerals, *amounts.tens, "seratus"}, key=len, reverse=True))
    tail = "|".join(["persen", r"kali\s+lipat", *sorted(amounts.powers)])
    return re.compile(
        rf"(?<![\w-])(?P<words>(?:{words})(?:\s+(?:{words}|koma))*)"
        rf"\s+(?P<tail>{tail})(?!\w)(?P<rest>(?:\s+(?:{words}|{'|'.join(sorted(amounts.powers))}))*)",
        re.IGNORECASE,
    )


@cache
def _counted_in_words() -> re.Pattern[str]:
    """``tiga belas provinsi``, ``delapan puluh dua kasus``: two words at least, and no scale."""
    calendar, amounts = load_calendar(), load_amounts()
    words = "|".join(sorted({*calendar.numerals, *amounts.tens, "seratus"}, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{words})(?:\s+(?:{words}))+(?!\w)", re.IGNORECASE)


@cache
def _fraction() -> re.Pattern[str]:
    return any_of(frozenset(load_claim_words().fractions))


def figures(text: str, start: int, end: int) -> list[Figure]:
    """The figures of ``text[start:end]``, left to right.

    Dates, times, ranges and numbers of things (``pasal 3``) are left out, whatever stands
    beside them: a range is no one value.
    """
    found = [
        *_numbers(text, start, end),
        *_shares(text, start, end),
        *_in_words(text, start, end),
    ]
    found.sort(key=lambda f: (f.start, -f.end))
    out: list[Figure] = []
    for figure in found:
        if out and figure.start < out[-1].end:
            continue
        if out and _is_whole(text, start, out[-1], figure):
            part = out[-1]
            unit = part.unit or figure.unit
            named = part.unit is not None and figure.unit is None
            stop = _with_noun(text, figure.end, end) if named else figure.end
            out[-1] = Figure(part.start, stop, part.number, unit, counts=True)
        else:
            out.append(figure)
    return out


_PART_OF = re.compile(
    r"(?:\s+([^\W\d_]+))?\s+(?:dari|di\s+antara)\s+(?:total\s+|seluruh\s+)?", re.I
)


_EARLIER = re.compile(
    r"(?:\s+[^\W\d_]+)?\s+(?:pada\s+|di\s+)?(?:tahun\s+|bulan\s+)?"
    r"(?:sebelumnya|lalu|kemarin|silam|(?:19|20)\d\d|(?:di\s+)?awal\s+(?:tahun|bulan))\b",
    re.IGNORECASE,
)


def _is_whole(text: str, start: int, part: Figure, whole: Figure) -> bool:
    """``14 km dari 31 km``, ``214 unit dari 301 koperasi``: one figure, of the part."""
    between = _PART_OF.fullmatch(text, part.end, whole.start)
    if between is None or part.number >= whole.number or _is_ordinal(text, part.start):
        return False
    words = load_claim_words()
    if (whole.unit or "") in ("persen", "rupiah", "dolar", "poin") or part.unit == "persen":
        return False
    if part.unit not in (None, "unit") and whole.unit not in (None, part.unit):
        return False
    if _EARLIER.match(text, whole.end):
        return False  # "11 anak dari 34 anak tahun sebelumnya"
    noun = between.group(1)
    if noun is not None and noun.lower() not in words.people | words.things:
        return False
    ahead = re.findall(r"[^\W\d_]+", text[max(start, part.start - 40) : part.start].lower())[-2:]
    return not any(word in words.up or word in words.down for word in ahead)


def _is_ordinal(text: str, start: int) -> bool:
    before = re.search(r"([^\W\d_]+)[\s-]*\Z", text[max(0, start - 20) : start].lower())
    return before is not None and before.group(1) in load_claim_words().before


def _with_noun(text: str, stop: int, end: int) -> int:
    """Where a value ends that has the counted noun in it."""
    match = _NEXT_WORD.match(text, stop, end)
    words = load_claim_words()
    if match is not None and match.group(1).lower() in words.people | words.things:
        return match.end()
    return stop


def _numbers(text: str, start: int, end: int) -> Iterator[Figure]:
    words, powers = load_claim_words(), load_amounts()
    skip_to = start
    for match in _pattern().finditer(text, start, end):
        if match.start("digits") < skip_to:
            continue
        value = read_digits(match.group("digits"))
        if value is None or _no_date().match(text, match.end("digits")):
            continue
        if _HIJRI.match(text, match.end("digits")) or _CODE.match(text, match.end("digits")):
            continue
        if (
            text[match.start() - 1 : match.start()] == "("
            and text[match.end() : match.end() + 1] == ")"
        ):
            continue  # "Sumi (78)": an age
        money = match.group("money")
        scale, short = match.group("scale"), match.group("short")
        stop = match.end()
        if scale:
            value *= 10.0 ** _power(scale)
        elif short and money:
            value *= 10.0 ** powers.money_powers[short.strip().lower()]
        elif short:
            stop = match.end("digits")
        unit = _MONEY[money.lower()] if money else None
        behind = _units().match(text, stop, end)
        hasty = _HASTY.match(text, match.end("digits"), end)
        if unit is None and not scale and hasty and _speaks_of_money(text, match.start()):
            amounts, short = load_amounts(), hasty.group(1).lower()
            power = amounts.money_powers.get(short) or amounts.powers[short]
            value, unit, stop = value * 10.0**power, "rupiah", hasty.end()
        elif unit is None and behind is not None and not _AGO.match(text, behind.start(), end):
            written = " ".join(behind.group("unit").lower().split())
            unit, stop = words.units[written], behind.end()
            if written == "kilo" and _speaks_of_length(text, match.start()):
                unit = "km"
            value = round(value * words.factors.get(written, 1.0), 9)
        elif unit is None and scale and _is_money(text, match.start(), stop, _power(scale), end):
            unit = "rupiah"
        rate = _PER.match(text, stop, end)
        if rate is not None and (unit is None or unit in ("kasus", "orang", "kematian")):
            unit, stop = " ".join(rate.group().split()).lower(), rate.end()
        if unit is None and (about := _ABOUT.match(text, stop, end)) is not None:
            stop = about.end()
        ranged = _RANGE.match(text, stop)
        if ranged is not None and _is_range(text, match.end("digits"), stop, ranged.end(), end):
            skip_to = ranged.end()
            continue
        if match.group("sign"):
            value = -value
        if not _numbers_something(text, match.start(), stop, unit, words):
            yield Figure(match.start(), stop, value, unit)


_HIJRI = re.compile(r"\s*(?:H|Hijriah|Hijriyah)(?!\w)")
_CODE = re.compile(r"[A-Z]\d")
"""``petak 14B1``: the name of a place."""
_ABOUT = re.compile(r"-?an(?!\w)", re.IGNORECASE)
"""``40-an kios``."""
_AGO = re.compile(r"\s*(?:tahun|bulan)\s+(?:sebelumnya|lalu|kemarin|silam)\b", re.IGNORECASE)
"""``74,18 dari 73,52 tahun sebelumnya``: the word is no unit."""
_HASTY = re.compile(r"\s?([mt]|jt)(?!\w|\s*[/²³]|\.\w)", re.IGNORECASE)
_FAR = 60
"""Characters before a number in which money is named in a hasty text."""


def _speaks_of_money(text: str, start: int) -> bool:
    """``pad kita cuma 48m padahal targetnya 60m``: miliar, not meter."""
    before = text[max(0, start - _FAR) : start]
    words = load_claim_words()
    money, length = any_of(words.money), any_of(words.lengths)
    return money.search(before) is not None and length.search(before) is None


def _speaks_of_length(text: str, start: int) -> bool:
    """``jalan yang diperbaiki 22 kilo``: kilometres."""
    return any_of(load_claim_words().lengths).search(text[max(0, start - _FAR) : start]) is not None


def _power(scale: str) -> int:
    """Power of ten of a scale, also a misspelt one (``miliyar``)."""
    known = load_amounts().powers.get(scale.lower())
    return known if known is not None else 12 if scale[0] in "tT" else 9


def _is_money(text: str, start: int, stop: int, power: int, end: int) -> bool:
    """Whether a number without currency is rupiah: ``senilai 1,6 triliun``, ``uang 70 juta``."""
    following = _NEXT_WORD.match(text, stop, end)
    if following is not None:
        words, noun = load_claim_words(), following.group(1).lower()
        if noun in words.people or noun in words.things or noun in ("batang", "euro", "yen"):
            return False
    before = text[max(0, start - _NEAR) : start].lower()
    return _MONEY_WORDS.search(before) is not None if power < _BILLION else True


_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_MONEY_WORDS = re.compile(
    r"\b(?:anggaran\w*|biaya\w*|dana|harga\w*|kerugian|modal|omzet|pagu|senilai|seharga|uang)\b"
)
_NEAR = 40
"""Characters before a number in which a word of money speaks for it."""
_BILLION = 9
"""From miliar on a number without unit or noun is money in running text."""


def _is_range(text: str, bare: int, stop: int, behind: int, end: int) -> bool:
    """``5-7 persen``, ``Rp 2 juta hingga Rp 3 juta``: not ``naik 2 poin hingga 71``."""
    dash = text[stop:behind].strip()[:1] in "-–—"
    same = _units().match(text, behind, end) is not None
    return dash or bare == stop or same


def _numbers_something(
    text: str, start: int, end: int, unit: str | None, words: ClaimWords
) -> bool:
    """True for ``pasal 3``, ``pukul 09.00``, ``RT 04``, ``tahun 2024``, ``usia 17 tahun``."""
    before = re.search(
        r"([^\W\d_]+(?:[ -][^\W\d_]+)?)\s?[.:–-]?\s*\Z", text[max(0, start - 30) : start]
    )
    if before is not None:
        pair = before.group(1).lower().replace("-", " ").split()
        level = pair[-1] == "ke" and "," in text[start:end]  # "dari 82,1 ke 83,4"
        if pair[-1] in words.before and not level and unit not in ("persen", "rupiah"):
            return True
        if unit is None and pair[-1] in ("tahun", "per"):
            return True
    return unit is None and re.fullmatch(r"(?:19|20)\d\d", text[start:end]) is not None


def _shares(text: str, start: int, end: int) -> Iterator[Figure]:
    for match in _share().finditer(text, start, end):
        part, whole = (_small(match.group(i)) for i in (1, 2))
        if part is None or whole is None or not part < whole:
            continue
        if _is_ordinal(text, match.start()):
            continue  # "anak ke-4 dari 7 bersaudara", "peringkat 6 dari 38"
        if whole <= _OF_TEN:
            yield Figure(match.start(), match.end(), round(100 * part / whole, 2), "persen")
        else:
            yield Figure(match.start(), match.end(), float(part), None, counts=True)
    for match in _fraction().finditer(text, start, end):
        share = load_claim_words().fractions[match.group().lower()]
        yield Figure(match.start(), match.end(), share, "persen")


_OF_TEN = 10
"""``dua dari tiga`` says a share; ``7 dari 53`` says how many."""


def _small(word: str) -> int | None:
    return int(word) if word.isdigit() else load_calendar().numerals.get(word.lower())


def _in_words(text: str, start: int, end: int) -> Iterator[Figure]:
    amounts, words = load_amounts(), load_claim_words()
    for match in _spelled().finditer(text, start, end):
        words_of_number = match.group("words").lower().split()
        read = read_words(words_of_number)
        if read is None or read[0] != len(words_of_number) or not read[1]:
            continue
        value = float(read[1])
        tail, stop = match.group("tail").lower(), match.end()
        if tail in amounts.powers:
            value *= 10.0 ** amounts.powers[tail]
            if rest := match.group("rest").lower().split():
                whole = read_words([*words_of_number, tail, *rest])
                if whole is None or whole[0] != len(words_of_number) + 1 + len(rest):
                    continue
                value = float(whole[1])
            behind = _units().match(text, stop, end)
            unit = None
            if behind is not None:
                unit = words.units[" ".join(behind.group("unit").lower().split())]
                stop = behind.end()
            elif re.match(r"\s*rupiah\b", text[stop : stop + 10], re.IGNORECASE):
                unit, stop = "rupiah", text.lower().index("rupiah", stop) + 6
            yield Figure(match.start(), stop, value, unit)
        else:
            yield Figure(match.start(), stop, value, "persen" if tail == "persen" else "kali")
    for match in _counted_in_words().finditer(text, start, end):
        said = match.group().lower().split()
        read = read_words(said)
        following = _NEXT_WORD.match(text, match.end(), end)
        if read is None or read[0] != len(said) or following is None:
            continue
        noun, stop = following.group(1).lower(), match.end()
        if noun in words.units and noun not in _SPANS:
            yield Figure(match.start(), following.end(), float(read[1]), words.units[noun])
        elif noun in words.people | words.things:
            yield Figure(match.start(), stop, float(read[1]), None)


_SPANS = frozenset(["bulan", "hari", "kali", "meter", "tahun"])
"""So many of them in words are told of a time or a way, not of a report."""
