"""Places as people speak of them: where a venue or a region begins in the sentence.

"Di Kantor Dinas Sosial" is a place, whose name the office is; its yard and lobby are none.
"Hulu Sungai Kampar", "pasar-pasar Bungo" and "dermaga Pelabuhan Tahuna" are parts of a place and
not of its name. "Se-Indonesia" is Indonesia, "Presiden RI" is one of a country, "pemerintah
kota Palu" a government; "Wali Nagari Lambah" heads Lambah, as "Wali Kota Palu" heads Palu.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kb import authority
from kb.authority import norm
from kb.authority.words import common_words, either, sections
from kb.model import Mention
from kb.nlp.lexicon import lexicon
from kb.nlp.names.firsts import first_word, heads, is_region
from kb.nlp.names.spans import moved, ruled

CREDITED = 0.8
"""That of a photographer's name. Set by hand; no command measured it."""

_LIST = "beside.txt"
_AT = re.compile(
    r"(?<!\w)(?:(?:di|ke|depan|halaman|pelataran|lobi|lantai\s\w+|ruang(?:an)?\s\w+|Di|Halaman)\s([Kk]antor\s)?|dari\s(Kantor\s)?)$"
)
_SEAT = re.compile(rf"(?<!\w)[Kk]antor\s(?:{either(_LIST, 'seats')})\s$")
_SEATED = re.compile(r"(?:Desa|Kelurahan|Kecamatan|Nagari|Distrik)\s[A-Z]")
_OFFICE_OF = re.compile(r"(?<!\w)[Kk]antor\s$")
_ROOM = re.compile(
    r"(?<!\w)(?:di|dari|Di)\s((?:[Rr]uang|[Aa]ula|[Ll]obi|Ballroom)(?:\s[A-Z][\w’'-]*){0,4}\s)$"
)
_FRONT = re.compile(rf"(?:{either(_LIST, 'front')})\s(?=[A-Z]|kantor\s)|Halaman\s(?=[Kk]antor\s)")
_GROUNDS = re.compile(rf"(?:{either(_LIST, 'grounds')})\s([A-Z]\w+)\s")
_HALL = re.compile(r"(?:[Aa]ula|[Rr]uang(?:\s[Rr]apat)?)\s(?![Kk]antor\s)(\w+)")
_KINDS = re.compile(r"(?:jalan|jl|hotel|gedung|kantor|desa|kelurahan)\b", re.IGNORECASE)
_WALI = re.compile(r"[Ww]ali\s$")
_NAGARI = re.compile(r"[Nn]agari\s(?=[A-Z])")
_KIND = re.compile(rf"(?<![\w-])(?:{either(_LIST, 'kinds')})\s$")
_DAPIL = re.compile(r"(?<!\w)(?:[Dd]apil|DAPIL|[Dd]aerah\s[Pp]emilihan(?:\s\([Dd]apil\))?)\s$")
_NUMBER = re.compile(r"\s(?:\d{1,2}|[IVX]{1,4})(?=[\s,.)]|$)")
_HEAD = re.compile(r"(?<!\w)(?:Bupati|Wabup|Wali\s?[Kk]ota|Wawali|Gubernur|Wagub)\s$")
_CREDIT = re.compile(
    r"(?:Foto|foto|FOTO)(?:grafer)?\s?[:©®]\s?([A-Z][a-z]+(?:\s[A-Z][a-z]+){0,2})(?=\s?[/,_-]?\s?20\d\d|\s*$)",
    re.MULTILINE,
)
_GOVERNMENT = re.compile(r"(?<!\w)(pemerintah\s(?:daerah\s)?)((?:kota|kabupaten|provinsi)\s)?$")
_REGION = re.compile(r"(?:[Kk]ota|[Kk]abupaten|[Pp]rovinsi)\s")
_SE = re.compile(
    r"[Ss]e-(?<![\w-]..-)((?:Kabupaten|Kab\.?|Kota|kota|Provinsi|Prov\.?|Kecamatan|Kec\.?|Nagari)\s)?"
    r"(?=[A-Z])"
)
_SE_TYPE = re.compile(
    r"(?<!\w)[Ss]e-((?:Kabupaten|Kab\.?|Kota|kota|Provinsi|Prov\.?|Kecamatan|Kec\.?)\s)$"
)
_WORDS = re.compile(r"[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*){0,3}")
_STATE = re.compile(
    r"(?:Presiden|Menteri(?:\s(?:[A-Z][a-z]+,?|dan)){1,9})"
    r"\s(RI|Republik\sIndonesia)(?!\w)"
)
_AFTER_SHORT = re.compile(r"(?<=\))\s(?=(?:Pulau|Pelabuhan|Jalan|Jl\.?)\s)")


def read_venues(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` with venues and regions as the sentence has them, left to right."""
    out: list[Mention] = []
    for found in mentions:
        mention = _trim(text, found)
        mention = _holder(text, mention, out)
        if mention.label == "PER":
            out.append(mention)
            continue
        floor = out[-1].end if out else 0
        mention = _seat(text, mention, floor)
        if out and _is_hall_of(text, out[-1], mention):
            hall = out.pop()
            mention = moved(text, mention, hall.start, mention.end)
        out.extend(_parts(text, mention) if mention.label == "LOC" else [mention])
    return sorted([*out, *_regions(text, out)], key=lambda m: m.start)


def _trim(text: str, mention: Mention) -> Mention:
    """The name without ``se-`` and what stands before a place or at its end."""
    surface = mention.surface
    if surface.endswith(" se") and text[mention.end : mention.end + 1] == "-":
        return moved(text, mention, mention.start, mention.end - 3)
    if mention.label != "LOC":
        return mention
    start = mention.start
    kind = _SE_TYPE.search(text, max(0, start - 14), start)
    if kind:
        return moved(text, mention, kind.start(1), mention.end)
    if surface.startswith(("se-", "Se-")):
        start += 3
    front = _FRONT.match(text, start, mention.end)
    grounds = _GROUNDS.match(text, start, mention.end)
    if front:
        start = front.end()
    elif grounds and grounds[1].lower() in lexicon().place_first:
        start = grounds.start(1)
    nagari = _NAGARI.match(text, start, mention.end)
    if nagari and _WALI.search(text, max(0, start - 5), start):
        start = nagari.end()
    return moved(text, mention, start, mention.end) if start > mention.start else mention


def _holder(text: str, mention: Mention, before: Sequence[Mention]) -> Mention:
    """``Wali Kota Sabarani`` names who holds the office, as no region is called so."""
    start = max(before[-1].end if before else 0, mention.start - 12)
    surface = mention.surface
    if mention.label == "LOC" and surface.isalpha() and not surface.isupper():
        known = norm(surface) in authority.load().places.by_norm or norm(surface) in _in_regions()
        goes_on = re.match(r"\s[A-Z]", text[mention.end : mention.end + 2])
        if not known and not goes_on and _HEAD.search(text, start, mention.start):
            return replace(mention, label="PER")
    return mention


def _seat(text: str, mention: Mention, floor: int) -> Mention:
    """``di kantor Bappeda Lebak`` and ``kantor Bupati Lebak`` as the places they are."""
    start = max(floor, mention.start - 40)
    government = _GOVERNMENT.search(text, start, mention.start)
    if government and mention.label == "LOC" and (government[2] or _REGION.match(mention.surface)):
        return replace(moved(text, mention, government.start(), mention.end), label="ORG")
    dapil = _DAPIL.search(text, start, mention.start) if mention.label == "LOC" else None
    if dapil:
        number = _NUMBER.match(text, mention.end)
        return moved(text, mention, dapil.start(), number.end()) if number else mention
    kind = _KIND.search(text, start, mention.start) if mention.label == "LOC" else None
    if kind:
        return moved(text, mention, kind.start(), mention.end)
    seat = _SEAT.search(text, start, mention.start) if mention.label == "LOC" else None
    if seat is None and mention.label == "LOC" and _SEATED.match(mention.surface):
        seat = _OFFICE_OF.search(text, start, mention.start)
    if seat:
        return moved(text, mention, seat.start(), mention.end)
    room = _ROOM.search(text, max(floor, mention.start - 60), mention.start)
    if room and mention.label == "ORG":
        return replace(moved(text, mention, room.start(1), mention.end), label="LOC")
    at = _AT.search(text, start, mention.start) if mention.label == "ORG" else None
    if at is None:
        return mention
    office = at[1] or at[2]
    if office:
        return replace(moved(text, mention, at.end() - len(office), mention.end), label="LOC")
    words = mention.surface.split(" ")
    if words[0].lower() != "kantor" or len(words) < 2 or words[1] in sections(_LIST)["offices"]:
        return mention
    return replace(mention, label="LOC")


def _is_hall_of(text: str, hall: Mention, region: Mention) -> bool:
    """Whether the region belongs to the body whose hall stands before it: ``Aula UPT Balai Benih
    Ikan`` and ``Binuang``."""
    if hall.label != "LOC" or region.label != "LOC" or text[hall.end : region.start] != " ":
        return False
    body = _HALL.match(hall.surface)
    if body is None or _KINDS.match(region.surface):
        return False
    return first_word(body[1]) in heads() or body[1].isupper()


def _parts(text: str, mention: Mention) -> Iterator[Mention]:
    """``Kawasan Teluk Sabang (KTS) Pulau Weh`` as two places."""
    two = _AFTER_SHORT.search(mention.surface)
    if two is None:
        yield mention
        return
    yield moved(text, mention, mention.start, mention.start + two.start())
    yield moved(text, mention, mention.start + two.end(), mention.end)


@lru_cache(maxsize=1)
def _in_regions() -> frozenset[str]:
    """Words that names of regions and their short forms are made of."""
    names = lexicon().bare_places.values()
    return frozenset(word for found in names for words in found for word in words)


def _regions(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Regions behind ``se-`` and the state behind its offices that nothing claims."""
    taken = [(m.start, m.end) for m in mentions]
    for credit in _CREDIT.finditer(text):
        claimed = any(a < credit.end(1) and credit.start(1) < b for a, b in taken)
        if not claimed and not common_words() & set(credit[1].lower().split()):
            yield ruled(text, *credit.span(1), "PER", CREDITED)
    for state in _STATE.finditer(text):
        if not any(a < state.end(1) and state.start(1) < b for a, b in taken):
            yield ruled(text, *state.span(1), "LOC")
    for found in _SE.finditer(text):
        words = _WORDS.match(text, found.end())
        if words is None or any(a < words.end() and words.start() < b for a, b in taken):
            continue
        end = words.end()
        while end > words.start() and not is_region(text[words.start() : end]):
            end = text.rfind(" ", words.start(), end)
        if end > words.start():
            yield ruled(text, found.start(1) if found[1] else words.start(), end, "LOC")
