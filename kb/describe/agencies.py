"""Agencies as documents name them: on forms, by the office of who signs, in running text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kb import authority
from kb.authority import Place, norm
from kb.describe.casing import title_case
from kb.describe.regions import regions_in

ENOUGH = 4
"""Points an agency needs to count as the one a document is about: named four times, or signed
and named once."""
CLEAR = 1.7
"""So many times the points of the next one. Set by hand; no command measured it."""
ROW = 0.25
"""Share of its points that a name in a table's row gives. Set by hand; no command measured it."""


@dataclass(frozen=True, slots=True)
class Agency:
    name: str
    """Without its region (``Dinas Kesehatan``)."""
    place: Place | None
    start: int


def _data(key: str) -> list[str]:
    found: list[str] = authority.load().agencies[key]
    return found


@cache
def _pattern() -> re.Pattern[str]:
    starts = "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(_data("starts"), key=len)[::-1]
    )
    ends = "|".join(_data("ends"))
    word = rf"(?!(?i:(?:{ends}|Kabupaten|Kota|Provinsi|Prov|Kab)\b))[A-Z][\w'’-]*"
    some = rf"(?:dr\.?|drg\.?|R\.|H\.|Hj\.|{word})"
    link = r"(?:,?[ \t]+|,?\n(?=(?:dan|DAN|serta)\b)|(?<=\b(?i:dan))\n)"
    joint = rf"(?:(?:[Dd]an|DAN|[Ss]erta|SERTA|di|&)[ \t\n]+)?{some}"
    first = rf"(?:{starts}|(?i:(?<![a-z] )(?:{starts})(?=\s[A-Z])))"
    level = r"(?i:kabupaten|kota|provinsi|propinsi|kab\.?|prov\.?)"
    return re.compile(
        rf"\b(?P<name>{first}(?:{link}{joint}){{0,11}})"
        rf"(?P<tail>,?[ \t\n]+(?:(?i:pemerintah|aceh)[ \t]+)?{level}"
        r"[ \t]+[A-Z][\w-]*(?:[ \t-]+[A-Z][\w-]*){0,4})?"
    )


def agencies_in(text: str) -> list[Agency]:
    """Agencies named in running text, left to right, each with the region said after it."""
    found: list[Agency] = []
    for match in _pattern().finditer(text):
        name = " ".join(match.group("name").split()).strip(" ,.-")
        if len(name.split()) < 2 and not re.match(r"(?i:inspektorat|bap|dpmptsp|setda)", name):
            continue
        tail = regions_in(match.group("tail") or "")
        place = tail[0][0] if tail else None
        found.append(Agency(title_case(name), place, match.start()))
    return found


def agency_of_office(office: str) -> str | None:
    """The agency whose head the office is (``KEPALA DINAS KESEHATAN`` -> ``Dinas Kesehatan``,
    ``CAMAT CURUG`` -> ``Kecamatan Curug``), or ``None``: a head of a bidang heads none."""
    words = " ".join(office.split()).strip(" .,;:-")
    words = re.sub(r"^(?:pj|plt|plh|pjs)\b\.?\s*", "", words, flags=re.IGNORECASE)
    folded = norm(words)
    for head, agency in sorted(
        authority.load().agencies["heads"].items(), key=lambda row: -len(row[0])
    ):
        if folded == head or folded.startswith(head + " "):
            rest = words.split()[len(head.split()) :]
            if agency.startswith(("Kecamatan", "Kelurahan", "Distrik")) and not rest:
                return None
            return title_case(f"{agency} {' '.join(rest)}".strip()) if rest else agency
    for before in sorted(_data("before"), key=len)[::-1]:
        if folded.startswith(before + " "):
            rest_words = " ".join(words.split()[len(before.split()) :])
            match = _pattern().match(rest_words) or _pattern().match(title_case(rest_words))
            unit = re.match(rf"(?i)(?:{'|'.join(_data('units'))})\s+\S", rest_words)
            if unit is not None and match is None:
                return title_case(rest_words)
            small = re.match(r"(?i)(?:bagian|bidang|seksi|sub|uptd?\b)", rest_words)
            return title_case(rest_words) if match and not small else None
    return None


def by_letters(lines: Sequence[str], text: str) -> tuple[str, str] | None:
    """The agency that a line names by letters alone, as the ``text`` spells it out, and the
    line: "LKIP BPLHD Provinsi X" where the text has "Badan Pengelolaan Lingkungan Hidup Daerah
    (BPLHD)"."""
    for line in lines:
        for letters in re.findall(r"\b[A-Z][A-Z0-9]{3,}\b", line):
            name = _spelled_out(letters, text)
            if name is not None:
                return name, line
    return None


def _spelled_out(letters: str, text: str) -> str | None:
    """The agency whose name stands before its ``letters`` in brackets, without its region."""
    for match in re.finditer(rf"\(\s*{re.escape(letters)}\s*\)", text):
        before = " ".join(text[max(0, match.start() - 160) : match.start()].split())
        found = agencies_in(before)
        if not found:
            continue
        last = found[-1]
        rest = before[last.start + len(last.name) :].strip(" ,")
        if not rest or (last.place is not None and len(rest.split()) <= 6):
            return last.name
    return None


_FIELD = re.compile(
    r"(?m)(?:^|[|;]|\b\d[.)]|(?:19|20)\d\d)\s*(?P<label>[A-Za-z/ ]{2,40}?)\s*"
    r"(?:\|\s*)?[:;]\s*(?:\|\s*)?"
    r"(?=(?P<value>[^|\n]{3,140}))"
)


_VALUE_END = re.compile(r"\s+(?:tahun|bulan|urusan|program|periode)\b|\s{3,}|:", re.IGNORECASE)


def field_agency(text: str) -> Agency | None:
    """The agency that a form names beside its label (``Perangkat Daerah : Dinas X``)."""
    labels = set(_data("labels"))
    for match in _FIELD.finditer(text):
        if norm(match.group("label")) not in labels:
            continue
        value = re.sub(r"^[\d.\s-]+|\s*:\s*$", "", match.group("value").strip())
        value = _VALUE_END.split(value, maxsplit=1)[0]
        if norm(value).startswith("pemerintah ") or len(norm(value)) < 3:
            continue
        found = agencies_in(value) or agencies_in(title_case(value.upper()))
        if found and found[0].start == 0:
            return Agency(found[0].name, found[0].place, match.start())
        if resolved(value, None) is not None:
            places = regions_in(value)
            return Agency(value, places[0][0] if places else None, match.start())
    return None


def resolved(name: str, place: Place | None) -> str | None:
    """The full name, with its region, that a short one stands for (``DPMPTSP`` in Wonosobo)."""
    bare = re.sub(r"\s+(?:kabupaten|kota|provinsi|kab\.?|prov\.?)\s.*$", "", name, flags=re.I)
    if len(bare.split()) > 2 and norm(bare) == norm(name):
        return None
    known = authority.load().resolve_institution(bare, place.code if place else None)
    if known is None or not known.authority:
        return None
    return known.name


def expanded(name: str) -> str:
    """The agency's name with abbreviations inside it written out (``Penanaman Modal dan PTSP``)."""
    words = name.split()
    if len(words) < 3:
        return name
    return " ".join(_terms().get(word, word) if index else word for index, word in enumerate(words))


@cache
def _terms() -> dict[str, str]:
    return {
        group[0]: group[1]
        for group in authority.load().abbreviations
        if len(group) > 1 and group[0].isupper() and len(group[0]) > 2 and " " in group[1]
        and group[0] not in {"DPRD", "RSUD", "UPTD", "DPR"}
    }  # fmt: skip


_SIGNED = re.compile(
    r"(?m)^[^\n|]{0,60}?(?P<office>(?:(?:Plt|Pj|Plh)\.? ?|PLT\.? |PJ\.? )?"
    r"(?i:kepala(?: pelaksana)?|camat|lurah|inspektur|direktur|sekretaris daerah"
    r"|sekretaris dprd|sekretaris dewan)\b[^\n|]{0,120})"
)


_OF_SECRETARIAT = re.compile(r"^((?:biro|bagian) .+?) (?:pada )?(?:sekretariat daerah|setda)$")


def _same(name: str) -> str:
    """One key for all names of an agency the authority file knows, else the normal form: an
    office of the secretariat is the same with the secretariat's name behind its own."""
    folded = _OF_SECRETARIAT.sub(r"\1", norm(name))
    ids, size = authority.load().institutions.match(folded.split())
    return ids[0] if len(ids) == 1 and size == len(folded.split()) else folded


def _in_row(text: str, at: int) -> bool:
    """True where the words stand in a table's row: rows say again where each activity is done
    and who else does one."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return " | " in text[start : end if end >= 0 else len(text)]


def main_agency(text: str, phrases: tuple[str, ...] = ()) -> Agency | None:
    """The agency a document is about: signed by its head, named with the document's kind
    (``phrases``) or named most; ``None`` where two are named alike."""
    points: dict[str, float] = defaultdict(float)
    names: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    places: dict[str, list[Place]] = defaultdict(list)
    own = re.compile("|".join(map(re.escape, phrases))) if phrases else None
    found = agencies_in(text)
    for match in _SIGNED.finditer(text):
        if not re.search(r"\bNIP\b|\b19[5-9]\d{5}\b", text[match.end() : match.end() + 260]):
            continue
        name = agency_of_office(re.split(r"[,;]| {3,}", match.group("office"))[0])
        if name is not None:
            signed = agencies_in(name)
            found += [Agency(one.name, one.place, match.start()) for one in signed[:1]] * 3
    for agency in found:
        key = _same(agency.name)
        weight = 2.0 if agency.place is not None else 1.0
        if own is not None and own.search(norm(text[max(0, agency.start - 70) : agency.start])):
            weight += 2
        if _in_row(text, agency.start):
            weight *= ROW
        points[key] += weight
        names[key][agency.name] += 1
        if agency.place is not None:
            places[key].append(agency.place)
    for short in list(points):  # a name cut off by a line counts for the whole one
        longer = [key for key in points if key.startswith(short + " ") and points[key] >= 2]
        if longer and len(short.split()) > 1:
            most = max(longer, key=lambda key: (points[key], key))
            points[most] += points.pop(short)
            places[most] += places[short]
    ranked = sorted(points, key=lambda key: (-points[key], key))
    if not ranked or points[ranked[0]] < ENOUGH:
        return None
    if len(ranked) > 1 and points[ranked[0]] < CLEAR * points[ranked[1]]:
        return None
    best = ranked[0]
    # A short form is written out elsewhere: of names of one agency the longest counts.
    often = [name for name, times in names[best].items() if times * 5 >= max(names[best].values())]
    spelled = max(often, key=lambda name: (len(name.split()), names[best][name], name))
    where = places[best]
    place = max(where, key=where.count) if where else None
    return Agency(spelled, place, 0)


__all__ = [
    "Agency",
    "agencies_in",
    "agency_of_office",
    "by_letters",
    "expanded",
    "field_agency",
    "main_agency",
    "resolved",
]
