"""The tagging guide's conventions on spans the model found.

The model decides what is a name; these rules decide where its ends are where the
guide leaves no choice: a short form in brackets belongs to the name before it, a
region directly after an institution belongs to the institution, a type word
before a place belongs to the place, honorifics and degrees are no part of a
person's name, brackets are closed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from kb import authority
from kb.authority import norm
from kb.authority.places import TYPE_WORDS
from kb.authority.words import common_words, roles, sections
from kb.model import Mention
from kb.nlp.lexicon import lexicon
from kb.nlp.names.bodies import society
from kb.nlp.names.posts import behind_post
from kb.nlp.names.spans import moved

_ABBR = re.compile(r"\s?\(\s?([A-Z][\w\-./&]{1,15}(?: [A-Z][\w\-./]{1,9})?)\s?\)")
_REGION = re.compile(
    r"(?:Provinsi|Propinsi|Prov\.|Kabupaten|Kab\.|Kota|Kecamatan|Kec\.|Kelurahan|Desa)\s"
)
_TYPE = re.compile(
    r"(?<![\w.])(?:Provinsi|Propinsi|Prov\.|Kabupaten|Kab\.|Kota|Kecamatan|Kec\.|Kelurahan|Kel\.|Desa|Ds\.|Distrik|"
    r"Kampung|Kp\.|Dusun|Nagari|Gampong|Pekon|Jalan|Jl\.|Jln\.|Pulau|Sungai|Gunung|Jembatan)\s$"
)
_AREA = re.compile(r"(?:Provinsi|Propinsi|Kabupaten|Kecamatan|Kelurahan)\s(?![a-z])")
"""An institution is not called so: what begins with one is the area."""
_CITY_OFFICE = re.compile(r"(?:Wali|wali|WALI)\s(?:Kota|kota|KOTA)\s$")
_ALSO_NAMES = frozenset(
    {"wan", "gus", "mas", "neng", "om", "teh", "cak", "bang", "kang", "mayor", "uskup"}
)
"""Forms of address that are just as often the first word of a name."""
_FIRST = re.compile(
    r"(?<![\w.])(?:St|Rd|Tb|TB|Dt|Sy|Kgs|Mgs|Msy|Moh|Moch|Muh|Mhd|Mohd|Abd|Ach|"
    r"(?!K\.H|S\.[EHT]|M\.[MTH])(?:[A-Z]\.){1,2}[A-Z])\.\s?$"
)
"""Short first names and double initials ("Tb.", "Muh.", "B.J."): part of the name."""
_OFFICE = re.compile(r"(?:Direktur|Ketua|Sekretaris|Kepala|Wakil)\s$")
_OFFICE_REST = re.compile(r"(?:Eksekutif|Utama|Umum|Harian|Jenderal|Pelaksana)\s(?=\w)")
_FIELD_WORK = re.compile(r"(?:KKN|PPL|PKL)\s(?=[A-Z])")
_CAPITAL = re.compile(r"(?:[Ii]bu\s?)?kota\s(?=Kabupaten|Provinsi|Kecamatan)")
_NUMBERED = re.compile(r"\s(?:Telepon|Telp|Tlp|Fax|Nomor|No|KM)$", re.IGNORECASE)
_PRIEST = re.compile(r"R[DP]\.\s?(?=[A-Z][a-z])")
_INNER = re.compile(
    r"(?<=\w)\s(?=(?:Kecamatan|Kec\.|Kabupaten|Kab\.|Kota|Provinsi|Prov\.)\s?[A-Z])"
)
_SMALL = re.compile(
    r"(?:Desa|Ds\.|Kelurahan|Kel\.|Kampung|Kp\.|Dusun|Nagari|Gampong|Kecamatan|Kec\.|RT|RW)\s"
)
_PAGE = re.compile(
    r"(?<=\w)\s(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?)$"
    r"|(?<=\w)(?<!\sKabupaten)(?<!\sKota)\s(?:\d{1,3}|[ivx]{1,4})$"
)
"""A year, or the page number that follows an institution in the foot of a page."""
_EDGE = " \t,;:?!-–—\"'“”‘’"


_ROAD = re.compile(
    r"(?<![\w.])(?:Jalan|Jl\.?|Jln\.?|Gang|Gg\.?)\s(?:(?:H|Hj|KH|Ir|Dr|Prof)\.?\s)*$"
)
_VENUE = re.compile(r"(?<![\w.])(?:Stadion|Gedung|Masjid|GOR|Bandara|Pelabuhan|Aula|Jembatan)\s$")
_HOSPITAL = re.compile(r"(?<![\w.])(?:RS|RSU|RSUD|RSUP|RSIA)\s(?:(?:[Dd]r|Prof|H|KH)\.?\s?)*$")
_COMPANY = re.compile(r"(?<![\w.])(?:(?:CV|PT|UD)\.?|RM)\s$")


_GROUP = re.compile(
    r"(?<![\w.])(?:(?:DPP|DPW|DPD|DPC)|(?:(?:DPP|DPW|DPD|DPC)\s)?[Pp]artai|[Kk]elompok\s[Tt]ani|[Tt]im|TRC|TP|[Ff]raksi|"
    r"[Kk]omisi\s(?:[IVX]{1,4}|[A-E])|[Bb]anggar|[Pp]ansus|[Bb]apemperda|"
    r"[Uu]nit\s\w+|[Ss]at\s?[Rr]es\w+|[Ss]at\s?[Ll]antas)\s$"
)
"""What belongs to an institution's name when it stands before it ("partai", "tim", ...)."""


_VILLAGE_BODY = re.compile(
    r"(?<![\w.])(?:LPD|BPD|BUM\s?[Dd]es(?:a|ma)?|B[Uu][Mm]D[Ee][Ss]|LPM[DK]?|KUD|TP\sPKK|PKK|KAN|KPPS|PPS|PPK|"
    r"Panwascam|Linmas|Karang\sTaruna)\s$"
)
"""Bodies of villages and districts, whose names end in the place's."""
_HEAD = re.compile(
    r"(?<![\w.])(?:Gubernur|Bupati|Wali\s?Kota|Wagub|Wabup|Wawali|Camat|Lurah|Kades|Kepala|Keuchik|Perbekel|"
    r"Kapol\w+|Kajari|Kajati|Dandim|Danramil|Danrem|Sekda|Sekretaris\s(?:Daerah|Desa)|Kadis\s\w+)\s$",
    re.IGNORECASE,
)
"""Offices that are named with their region and, behind a comma, their holder."""


@lru_cache(maxsize=1)
def _agencies() -> re.Pattern[str]:
    """Short forms of agencies in lower case, as hasty writers put them before a region."""
    table = sections("agencies.txt")
    forms = {
        form.strip().lower()
        for section in ("opd", "vertikal", "pemilu")
        for line in table[section]
        for form in line.split("|")[1:]
    }
    forms |= {
        "polda",
        "polres",
        "polresta",
        "polsek",
        "kodim",
        "pemprov",
        "pemkab",
        "pemkot",
        "pemdes",
        "dprd",
    }
    single = sorted((form for form in forms if form.isalpha() and len(form) > 2), key=len)
    return re.compile(rf"(?<![\w.])(?:{'|'.join(reversed(single))})\s$")


def _holder(text: str, mention: Mention, before: Sequence[Mention]) -> Mention:
    """``Wali Kota Surakarta, Sekar Ayu``: what follows the office and a comma is its holder."""
    if mention.label == "PER" or not before or before[-1].label != "LOC":
        return mention
    office = before[-1]
    if (
        text[office.end : mention.start] != ", "
        or not _HEAD.search(text, max(0, office.start - 24), office.start)
        or " " not in mention.surface
        or norm(mention.surface) in authority.load().places.by_norm
        or norm(mention.surface).split()[0] in lexicon().place_first | TYPE_WORDS.keys()
        or not all(word[:1].isupper() for word in mention.surface.split(" "))
        or authority.load().institutions.match(norm(mention.surface).split())[0]
    ):
        return mention
    return replace(mention, label="PER")


def _first_name(text: str, mention: Mention, before: list[Mention]) -> Mention:
    """``Sekretaris Daerah Ciamis, Andang Firman``: the first name taken for a place is his."""
    if len(before) < 2 or before[-1].label != "LOC" or text[before[-1].end : mention.start] != " ":
        return mention
    office, first = before[-2], before[-1]
    if (
        office.label != "LOC"
        or " " in first.surface
        or text[office.end : first.start] != ", "
        or not _HEAD.search(text, max(0, office.start - 24), office.start)
        or (norm(first.surface),) in lexicon().bare_places.get(norm(first.surface), ())
    ):
        return mention
    before.pop()
    return moved(text, mention, first.start, mention.end)


def _lead(text: str, mention: Mention, floor: int) -> Mention:
    """An institution with the words before it that belong to its name."""
    start = max(floor, mention.start - 32)
    if mention.label == "ORG":
        before = _GROUP.search(text, start, mention.start)
    elif mention.label == "LOC":
        before = _agencies().search(text, start, mention.start) or _VILLAGE_BODY.search(
            text, start, mention.start
        )
    else:
        return mention
    if before is None:
        return mention
    return replace(moved(text, mention, before.start(), mention.end), label="ORG")


@lru_cache(maxsize=1)
def generic() -> frozenset[str]:
    """Phrases that name nothing by themselves, in lower case (``authority/words/generic.txt``)."""
    out: set[str] = set()
    for phrase in (phrase for section in sections("generic.txt").values() for phrase in section):
        name, _, short = phrase.lower().partition(" (")
        out.update((phrase.lower(), name, short.rstrip(")")))
    return frozenset(out - {""})


def _is_generic(surface: str) -> bool:
    low = surface.lower()
    bare = re.sub(r" ?\([^)]*\)", "", low)
    if low in generic() or bare in generic():
        return True
    parts = re.split(r" dan |, | serta |/", bare)
    return len(parts) > 1 and all(part.strip() in generic() for part in parts)


def _house(text: str, mention: Mention) -> Mention:
    """A person's name that a road, venue, hospital or company bears is not the person, nor is
    a place's the place."""
    if mention.label == "ORG":
        return mention
    named = ((_ROAD, "LOC"), (_VENUE, "LOC"), (_HOSPITAL, "ORG")) if mention.label == "PER" else ()
    for pattern, label in (*named, (_COMPANY, "ORG")):
        before = pattern.search(text, max(0, mention.start - 24), mention.start)
        if before:
            return replace(moved(text, mention, before.start(), mention.end), label=label)
    return mention


@lru_cache(maxsize=1)
def _titles() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of what stands before a name, and of the degrees after one."""
    words = authority.load().honorifics
    before = sorted({*words.before, *words.ranks, *words.address, *roles()}, key=len, reverse=True)
    front = "|".join(re.escape(word) for word in before if word not in _ALSO_NAMES)
    degrees = "|".join(re.escape(word) for word in sorted(words.degrees, key=len, reverse=True))
    return (
        re.compile(rf"(?:(?:{front})(?:\.\s?|\s))+(?=\w)", re.IGNORECASE),
        re.compile(rf"(?:\s?,\s?(?:{degrees})\.?)+$"),
    )


def _close_brackets(text: str, mention: Mention) -> Mention:
    start, end = mention.start, mention.end
    surface = text[start:end]
    if surface.count("(") > surface.count(")"):
        close = text.find(")", end, end + 3)
        if close >= 0 and text[end:close].strip() == "":
            end = close + 1
        else:
            cut = surface.rfind("(")
            end = start + len(surface[:cut].rstrip()) if cut > 0 else end
    elif surface.count(")") > surface.count("("):
        stray = surface.find(")")
        end = start + stray if mention.label != "PER" or stray == len(surface) - 1 else end
    while start < end and text[start] in _EDGE + "(":
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return moved(text, mention, start, end)


def _apart(text: str, mention: Mention) -> list[Mention]:
    """``Desa Oro Kec. Rembang`` as two places."""
    if mention.label != "LOC" or not _SMALL.match(mention.surface):
        return [mention]
    inner = _INNER.search(mention.surface, 5)
    if inner is None:
        return [mention]
    at = mention.start + inner.start()
    rest = moved(text, mention, mention.start + inner.end(), mention.end)
    return [moved(text, mention, mention.start, at), *_apart(text, rest)]


def _trim_person(text: str, mention: Mention) -> Mention:
    front, tail = _titles()
    start, end = mention.start, mention.end
    title = front.match(text, start, end) or _PRIEST.match(text, start, end)
    if title and title.end() < end:
        start = title.end()
    start = behind_post(text, start, end)
    degree = tail.search(text[start:end])
    if degree and degree.start() > 1:
        end = start + degree.start()
    return moved(text, mention, start, end)


def _trim_institution(text: str, mention: Mention) -> Mention:
    work = _FIELD_WORK.match(text, mention.start, mention.end)
    if work:
        mention = moved(text, mention, work.end(), mention.end)
    rest = _OFFICE_REST.match(text, mention.start, mention.end)
    if rest and _OFFICE.search(text, max(0, mention.start - 12), mention.start):
        mention = moved(text, mention, rest.end(), mention.end)
    surface = mention.surface
    tail = _PAGE.search(surface)
    if tail and (len(tail.group()) > 4 or re.search(r"\b(?:Kabupaten|Kota|Provinsi)\s", surface)):
        return moved(text, mention, mention.start, mention.start + tail.start())
    return mention


def _unlikely(text: str, mention: Mention) -> bool:
    """Names in lower case are rare: the model must be sure of them. A part of a letter's
    number (``PR-14/N.1.3/Kph.3/05/2025``) is no name."""
    if mention.surface.islower():
        if mention.label != "ORG" and mention.confidence < 0.8:
            return True
        last = mention.surface.rpartition(" ")[2]
        if last != mention.surface and last in common_words() and mention.confidence < 0.9:
            return True
    around = text[max(0, mention.start - 1) : mention.end + 1]
    if "/" not in around and "." not in around:
        return False
    begin = re.search(r"\S*$", text[max(0, mention.start - 40) : mention.start])
    rest = re.match(r"\S*", text[mention.end : mention.end + 40])
    code = (begin.group() if begin else "") + "\n" + (rest.group() if rest else "")
    return code.count("/") >= 2 and sum(char.isdigit() for char in code) >= 2


def _whole_name(text: str, mention: Mention, before: list[Mention]) -> Mention:
    """The name with its abbreviated first name, whatever the model made of that."""
    first = _FIRST.search(text, max(0, mention.start - 9), mention.start)
    if first is None:
        return mention
    if before and before[-1].end > first.start():
        if before[-1].label != "PER" or before[-1].start < first.start():
            return mention
        before.pop()
    return moved(text, mention, first.start(), mention.end)


def _joins(text: str, left: Mention, right: Mention) -> bool:
    """Whether two neighbours are one name by the guide."""
    between = text[left.end : right.start]
    if left.label == "ORG" and right.label == "LOC" and between == " ":
        return bool(_REGION.match(text, right.start)) or text[left.end - 1] == ")"
    if left.label == right.label and left.label in ("ORG", "LOC") and between.strip() == "(":
        inside = text[right.start : right.end]
        return text[right.end : right.end + 1] == ")" and len(inside) <= 16 and inside[:1].isupper()
    return False


def apply_conventions(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions with their ends where the guide wants them, left to right, no overlaps."""
    out: list[Mention] = []
    for found in (part for mention in mentions for part in _apart(text, mention)):
        mention = _close_brackets(text, found)
        mention = _holder(text, mention, out)
        if mention.label == "PER":
            mention = _first_name(text, _trim_person(text, mention), out)
            mention = _house(text, _whole_name(text, mention, out))
            if out and out[-1].end > mention.start:
                mention = moved(text, mention, found.start, mention.end)
        if mention.label == "LOC" and (mention := _house(text, mention)).label == "LOC":
            capital = _CAPITAL.match(text, mention.start, mention.end)
            if capital:
                mention = moved(text, mention, capital.end(), mention.end)
            number = _NUMBERED.search(mention.surface)
            if number:
                mention = moved(text, mention, mention.start, mention.start + number.start())
            kind = _TYPE.search(text, max(0, mention.start - 14), mention.start)
            if (
                kind
                and not (out and out[-1].end > kind.start())
                and not _CITY_OFFICE.search(text, max(0, mention.start - 12), mention.start)
            ):
                mention = moved(text, mention, kind.start(), mention.end)
        if mention.label == "ORG":
            mention = _trim_institution(text, mention)
        if mention.end <= mention.start or _unlikely(text, mention):
            continue
        if _is_generic(mention.surface):
            continue
        if mention.label == "ORG" and _AREA.match(mention.surface):
            mention = replace(mention, label="LOC")
        mention = society(_lead(text, mention, out[-1].end if out else 0))
        if out and _joins(text, out[-1], mention):
            last = out[-1]
            end = mention.end + (text[last.end : mention.start].strip() == "(")
            sure = min(last.confidence, mention.confidence)
            out[-1] = replace(moved(text, last, last.start, end), confidence=sure)
            continue
        out.append(mention)
    return _take_abbreviations(text, out)


def _take_abbreviations(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """A bracketed short form that nothing else claims goes to the name before it."""
    out: list[Mention] = []
    for k, mention in enumerate(mentions):
        limit = mentions[k + 1].start if k + 1 < len(mentions) else len(text)
        bracket = _ABBR.match(text, mention.end)
        if bracket and bracket.end() <= limit and _abbreviates(bracket.group(1), mention):
            mention = moved(text, mention, mention.start, bracket.end())
        if out and _joins(text, out[-1], mention):
            last = out[-1]
            sure = min(last.confidence, mention.confidence)
            out[-1] = replace(moved(text, last, last.start, mention.end), confidence=sure)
            continue
        out.append(mention)
    return out


def _abbreviates(short: str, mention: Mention) -> bool:
    """Whether ``short`` can be the short form of the name: its letters in order in the name."""
    if mention.label == "PER" or " " not in mention.surface or "(" in mention.surface:
        return False
    name = mention.surface
    if mention.label == "LOC":
        name = name.removeprefix("Kabupaten ").removeprefix("Provinsi ").removeprefix("Kota ")
        if len(short) > 8 or (" " not in name and not short.isupper()):
            return False
    letters = iter(re.sub(r"\W", "", name).lower())
    wanted = re.sub(r"\W", "", short).lower()
    return all(any(letter == have for have in letters) for letter in wanted)
