"""What a number counts, and the figures that count nothing public: prices, guests, distances."""

from __future__ import annotations

import re
from itertools import pairwise

from kb.authority.claims import ClaimWords, any_of, load_claim_words
from kb.nlp.claims.figures import Figure
from kb.nlp.claims.subjects import CLITIC, Subject
from kb.nlp.claims.words import words_of

MONEY = frozenset(["rupiah", "dolar"])
_LARGE = 1e9
"""A price or a fee is less; a budget may be. Set by hand on the errors of
`kb eval claims evaluation/claims/work.jsonl`."""
_SIZES = frozenset(
    ["km", "meter persegi", "hektare", "ton", "kilogram", "liter", "meter kubik"]
)  # fmt: skip
COUNTS = frozenset(["orang", "keluarga", "unit", "desa", "kecamatan", "kasus", "ekor"])
_SPANS = frozenset(["tahun", "bulan", "hari", "kali"])
_LEAST = {"kilogram": 1000, "liter": 10_000, "km": 0.2, "meter persegi": 1000, "meter kubik": 1000}
"""Less is one load, one stretch or one building: nothing a report counts. Set by hand; no command
measured it."""
_LARGE_GIFT = 1000
"""So many are a programme, not a ceremony. Set by hand; no command measured it."""
_BEHIND = 40
"""Characters behind a figure that say what it is: ``Rp 35 ribu per kilogram``."""


_FEW_CASES = 10
"""Fewer, in a sentence about one case, are those of that case. Set by hand; no command
measured it."""
_SHARE = re.compile(r"%|[sz]en", re.IGNORECASE)
_ONE_MEDAL = re.compile(r"\s+(?:medali|emas|perak|perunggu)\b", re.IGNORECASE)
_PAUSE = re.compile(r"[,;:()\"“”\n]|\.(?=\s|$)")
"""Behind it another part of the sentence begins: ``1.388 unit, kata Kepala BPBD``."""
_ROOM = frozenset(["berkapasitas", "kapasitas", "muatan"])
"""Before people: what one vessel or hall holds."""
_SEVERE = re.compile(
    r"\b(rusak|luka|alat|kendaraan|sanksi|terdampak)\s+berat\b|\b(bongkar)\s+muat\b"
)
"""``rusak berat`` weighs nothing, ``bongkar muat`` is no load of one truck."""
_HANDED_OVER = re.compile(
    r"\b(?:menyerahkan|diserahkan|penyerahan|menyantuni|menyalurkan|membagikan)\b.*"
    r"\b(?:senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu)\s*,?\s*\(",
    re.DOTALL,
)
"""Handed over on one day: a ceremony."""


_MEASURED = frozenset(
    ["centimeter", "cm", "derajat", "detik", "gram", "inci", "jam", "mdpl", "menit", "mg",
     "milimeter", "ml", "mm", "sentimeter"]
)  # fmt: skip
"""Physical units no report counts in."""
_CALLED = re.compile(
    r"\b(?:call cent(?:er|re)|hotline|kontak|layanan darurat)\b[^\d]*\Z", re.IGNORECASE
)
_SPREAD = re.compile(
    r"\b(?:kepada|untuk|bagi|menyasar|menjangkau|melayani)\s+\d[\d.,]*\s+(?:\w+\s+){1,4}di\s+\Z"
)
"""``kepada 9.120 mustahik di 21 kecamatan``: where those are that are counted."""


def is_counted(text: str, subject: Subject) -> bool:
    """Whether the phrase opens with a noun that is counted (``ruang kelas baru``)."""
    words = load_claim_words()
    said = [w.low for w in words_of(text, subject.start, subject.end)[:2]]
    known = words.people | words.things
    return bool(said) and (said[0] in known or " ".join(said) in known)


def unit_of_noun(text: str, figure: Figure, subject: Subject, end: int) -> str | None:
    """Unit of a bare count: ``350 puskesmas`` are units, ``412 balita`` people."""
    words = load_claim_words()
    behind = [w.low for w in words_of(text, figure.end, end)[:2]]
    if behind and not text[figure.end : figure.end + 1].strip():
        said = [" ".join(behind), behind[0]]
        unit = _unit(said)
        if unit is not None:
            return unit
    named = [w.low for w in words_of(text, subject.start, subject.end)]
    pairs = [" ".join(pair) for pair in pairwise(named)]
    if figure.counts and not {*named, *pairs} & (words.people | words.things):
        return "unit"
    return _unit([*pairs, *named])


def _unit(said: list[str]) -> str | None:
    words = load_claim_words()
    for one in said:
        if one in words.own_units:
            return words.own_units[one]
        if one in words.people:
            return "orang"
        if one in words.things:
            return "unit"
    return None


def is_refused(
    text: str, start: int, end: int, figure: Figure, since: int, until: int, dated: bool
) -> bool:
    """True for what is a price, a distance, guests, a seizure: a figure of something else.

    ``start`` and ``end`` are the sentence's, ``dated`` says whether it names a period.
    """
    words = load_claim_words()
    left = max(text.rfind(mark, start, figure.start) for mark in (", ", "; ", ". ")) + 1
    near = text[max(left, since, start) : min(until, figure.end + _BEHIND)].lower()
    near = _SEVERE.sub(lambda m: m.group(1) or m.group(2), near)
    whole = text[start:end].lower()
    told_in_words = figure.unit == "persen" and not _SHARE.search(text[figure.start : figure.end])
    few = figure.unit == "kasus" and figure.number < _FEW_CASES
    if (
        (figure.unit not in ("persen", "kasus") or told_in_words or few)
        and not dated
        and any_of(words.one_case).search(whole)
    ):
        return True  # also "dua dari tiga pelaku"
    if figure.unit == "poin" and _is_list(text, start, figure, end):
        return True
    if figure.unit == "medali" or (figure.number == 1 and _ONE_MEDAL.match(text, figure.end)):
        return figure.number == 1
    if figure.unit in MONEY or (figure.unit is None and "harga" in near):
        each = text[max(start, figure.start - 3) : figure.start].strip() == "@"
        return figure.number < _LARGE and (each or any_of(words.prices).search(near) is not None)
    if figure.unit in _SIZES:
        least = _LEAST.get(figure.unit, 0.0)
        return figure.number < least or any_of(words.sizes).search(near) is not None
    if figure.unit == "persen":
        return any_of(words.shares).search(near) is not None
    if figure.unit is None or figure.unit in COUNTS or figure.unit in _SPANS:
        return _is_aside(text, start, end, figure)
    return False


def _is_list(text: str, start: int, figure: Figure, end: int) -> bool:
    """``8 poin standar pelayanan``: so many points are made."""
    words = load_claim_words()
    following = words_of(text, figure.end, end)[:1]
    if not following or text[figure.end : following[0].start].strip():
        return False
    low = following[0].low
    moved = {w.low for w in words_of(text, start, figure.start)} & (words.up | words.down)
    known = words.ends | words.links | words.clauses | words.comparison | words.verbs
    return not moved and figure.number == int(figure.number) and low not in known


def _is_aside(text: str, start: int, end: int, figure: Figure) -> bool:
    words = load_claim_words()
    stop = _PAUSE.search(text, figure.end, min(figure.end + 30, end))
    until = stop.start() if stop else min(figure.end + 30, end)
    following = [w.low for w in words_of(text, figure.end, until)[:2]]
    before = [w.low for w in words_of(text, max(start, figure.start - 30), figure.start)[-1:]]
    index = figure.unit is None and figure.number != int(figure.number)
    if figure.number == 1 and figure.unit == "unit":
        return True  # "1 buah celurit"
    if _CALLED.search(text[max(start, figure.start - 30) : figure.start]):
        return True
    if following and following[0] in _MEASURED:
        return True  # "3,86 gram", "10,61 detik"
    if following and not index and {following[0], " ".join(following)} & words.after:
        return True
    written = text[figure.start : figure.end].lower().split()[-1:]
    if following and f"{written[0]} {following[0]}" in words.after:
        return True  # the unit belongs to it: "3 unit handphone"
    if figure.unit in ("desa", "kecamatan", "unit") and before == ["di"]:
        said = {w.low for w in words_of(text, start, figure.start)}
        if said & words.places:
            return True
    if (
        figure.unit in ("desa", "kecamatan")
        and before == ["di"]
        and _SPREAD.search(text[start : figure.start].lower())
    ):
        return True
    if before and before[0] in _ROOM:
        return True
    if any(low in words.bystanders for low in (*following, *before)):
        return True
    if figure.number < _LARGE_GIFT and _HANDED_OVER.search(text[start:end].lower()):
        return True
    if figure.unit in COUNTS and figure.number != int(figure.number):
        return True  # a magnitude ("5,6 SR"), no count
    if figure.unit in _SPANS:
        ahead = text[start : figure.start].lower()
        multiple = figure.unit == "kali" and "lipat" in text[figure.start : figure.end].lower()
        return not multiple and not any(name in ahead for name in words.timed)
    if following and words.own_units.get(following[0]) == "medali":
        return False
    whole = any_of(words.members).sub(" ", text[start:end])
    return any(w.low in words.events for w in words_of(whole, 0, len(whole)))


def is_plain(text: str, subject: Subject, words: ClaimWords) -> bool:
    """Whether what is measured needs no unit (``IPM``, ``skor kepuasan``)."""
    low = [w.low for w in words_of(text, subject.start, subject.end)]
    bare = [CLITIC.sub("", w) for w in low]
    return any(
        " ".join(said[at : at + size]) in words.plain_heads
        for said in (low, bare)
        for at in range(len(low))
        for size in (1, 2, 3)
    )
