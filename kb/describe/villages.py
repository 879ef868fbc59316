"""The government of a village that issued a document, and where the village lies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kb import authority
from kb.authority import Place, norm
from kb.describe.casing import title_case
from kb.describe.front import Front, doc_types, doc_words
from kb.describe.regions import regions_in


@dataclass(frozen=True, slots=True)
class Village:
    name: str
    """``Pemerintah Desa Sukamaju Kecamatan Wagir``."""
    place: Place | None
    """The kabupaten or kota it lies in."""
    line: str
    """The words that tell it."""


@cache
def _words() -> str:
    """What a village is called, as a group of a pattern."""
    return "|".join(sorted(doc_words()["villages"], key=len)[::-1])


@cache
def _named() -> re.Pattern[str]:
    """A village with its name, set as the whole of a line or up to its kecamatan."""
    return re.compile(
        rf"(?:^|\b(?:pemerintah(?:an)?|kepala|kantor(?: kepala)?|balai)\s+)(?P<word>{_words()})\s+"
        r"(?P<name>[^\W\d_][\w'’-]*(?:\s+[^\W\d_][\w'’-]*){0,2}?)"
        r"\s*(?=$|[,;|(:]|\s[-–]\s|\b(?:kecamatan|kec|distrik|kapanewon|kabupaten|kab|kota|provinsi"
        r"|tahun|ta|t\.a|periode|nomor|untuk|bulan|semester|tahap)\b|\d)",
        re.IGNORECASE,
    )


@cache
def _field() -> re.Pattern[str]:
    """A form's label and what its value may say again: ``DESA : PEMERINTAH DESA``."""
    return re.compile(
        rf"^(?:nama\s+)?({_words()})\s*:\s*(?:pemerintah\s+)?(?:\1\s+)?", re.IGNORECASE
    )


@cache
def _head() -> re.Pattern[str]:
    return re.compile(rf"(?:pemerintah|kantor)\s+(?:kepala\s+)?(?:{_words()})\b", re.IGNORECASE)


_SUB = re.compile(
    r"\b(?:kecamatan|kec\.?|distrik|kapanewon)\s*:?\s*(?:kecamatan\s+|distrik\s+)?"
    r"(?P<name>[^\W\d_][\w'’-]*(?:[ \t]+[^\W\d_][\w'’-]*){0,2}?)"
    r"[ \t]*(?=$|[,;|(]|\b(?:kabupaten|kab|kota|provinsi|tahun)\b|\d)",
    re.IGNORECASE | re.MULTILINE,
)
_NOT_NAMES = frozenset(
    ["adat", "dan", "dalam", "di", "ini", "dengan", "persiapan", "tahun", "tersebut", "yang"]
)


def is_village_kind(key: str | None) -> bool:
    """True for kinds of document that villages make."""
    return key is not None and bool(doc_types()[key].get("village"))


def village(front: Front, key: str | None) -> Village | None:
    """The village whose government the title page names: of a kind that villages make, or under
    the letterhead of a village's government; else the one that signs and is named in the text."""
    made = is_village_kind(key)
    told = _on_lines(front.lines, letterhead=not made)
    if told is None and made:
        told = _on_lines((*front.running, *front.captions), letterhead=False)
    if told is None and made:
        told = _in_text(front.whole)
    if told is None:
        return None
    word, name, line = told
    around = "\n".join((*front.lines, *front.running))
    sub = _kecamatan(around) or _kecamatan(front.whole[:20_000])
    regions = regions_in(around) or regions_in(front.whole[:20_000])
    place = regions[0][0] if regions else None
    if sub is None and place is not None:
        sub = _lies_in(name, place)
    full = title_case(f"PEMERINTAH {word} {name}".upper())
    if sub is not None:
        full = f"{full} Kecamatan {sub}"
    return Village(full, place, line)


def _on_lines(lines: Sequence[str], *, letterhead: bool) -> tuple[str, str, str] | None:
    """Word, name and line of the first village a line names; with ``letterhead`` only one whose
    government or head is named by one of the first lines alone."""
    for line in lines[:8] if letterhead else lines[:25]:
        if len(line) > 160 or line.endswith("."):
            continue
        text = _field().sub(r"\1 ", line)
        found = _named().search(text)
        if found is None or _is_no_name(found["name"]):
            continue
        if letterhead and not _head().match(text):
            continue
        return found["word"], found["name"], line[:160]
    return None


def _is_no_name(name: str) -> bool:
    words = norm(name).split()
    return not words or words[0] in _NOT_NAMES or words[-1] in _NOT_NAMES


_SIGNS = 3
"""Times a village is to be named in a text that nothing else tells of. Set by hand; no command
measured it."""


def _in_text(text: str) -> tuple[str, str, str] | None:
    """The village that the text names most, its head's office before all."""
    counts: Counter[tuple[str, str]] = Counter()
    pattern = re.compile(
        rf"\b(?P<who>[Kk]epala|KEPALA|[Pp]emerintah|PEMERINTAH)?\s*(?P<word>(?i:{_words()}))[ \t]+"
        r"(?P<name>[A-Z][\w'’-]*(?:[ \t]+[A-Z][\w'’-]*)?)"
    )
    for match in pattern.finditer(text[:60_000]):
        name = match["name"].split("\n")[0]
        if not _is_no_name(name) and match["word"][0].isupper():
            counts[(match["word"].lower(), title_case(name.upper()))] += 2 if match["who"] else 1
    best = counts.most_common(2)
    if not best or best[0][1] < _SIGNS or (len(best) > 1 and best[1][1] * 2 > best[0][1]):
        return None
    word, name = best[0][0]
    return word, name, f"{word} {name}"


def _kecamatan(text: str) -> str | None:
    for match in _SUB.finditer(text):
        name = match["name"]
        if not _is_no_name(name) and authority.load().places.named(name, level="kecamatan"):
            return title_case(name.upper())
    return None


def _lies_in(name: str, place: Place) -> str | None:
    """The kecamatan of the village, where only one of its name lies in the region."""
    places = authority.load().places
    codes = places.named(name, level="desa", within=place.code)
    above = places.place(codes[0].rsplit(".", 1)[0]) if len(codes) == 1 else None
    return above.bare if above is not None else None
