"""Bodies and regions whose kind their form decides, whatever the models made of the sentence.

``ASEAN`` is a body, also in "pasar ASEAN"; ``Subak Sari`` an irrigation society; ``Nusa Tenggara
Barat (NTB)`` a region; "Pemkot Bersama IMI" are two; ``DKI`` ``Jakarta`` and ``Tojo Una``
``-Una`` are one place; a pair's campaign team is one body. A house of office named with its region
is a place ("Rumah Dinas Gubernur Riau"), in small letters only the region is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb import authority
from kb.authority import norm
from kb.authority.words import either, sections
from kb.model import Mention
from kb.nlp.names.firsts import first_word, heads, is_region, listed
from kb.nlp.names.spans import moved, ruled

_LIST = "beside.txt"
_UNION = re.compile(rf"(?<![\w@#/-])(?:{either(_LIST, 'unions')})(?![\w-]|\s[A-Z])")
_BEFORE_UNION = re.compile(r"(?:[Nn]egara|[Pp]asar|[Kk]awasan|[Ww]ilayah)\s")
_CLUB = re.compile(r"(\w+) (?:FC|United|FA|City|BC|VC)")
_ELECTION = re.compile(
    r"(?<!\w)(?:KPU|KIP|Panitia Pemilihan Kecamatan|Panitia Pemungutan Suara)(?!\w)"
)
_BOARD = re.compile(r"(?<![\w.])(?:PPK|PPS|KPPS|PPLN)(?=[\s/.,;:)])(?!\s[A-Z][a-z])")
"""Boards of an election, where the text is about one: a PPK is an officer of spending elsewhere."""
_SOCIETY = re.compile(rf"(?:{either(_LIST, 'societies')})\s[A-Z]")
_SHORT = re.compile(r"(?P<region>[A-Z][\w ]+) \((?P<short>[A-Z][A-Za-z]{1,9})\)")
_TOGETHER = re.compile(r"\s[Bb]ersama\s(?=[A-Z])")
_FORCE = rf"(?:{either(_LIST, 'forces')})\s"
_UNDER = re.compile(
    rf"(?<!\w){_FORCE}(?!{_FORCE})\S+(?:\s\S+){{0,2}}?\s"
    rf"(?=(?:{either(_LIST, 'higher_forces')})\s[A-Z\d])",
    re.IGNORECASE,
)
"""A force with its place before the one it is under (``Polsek Waeapo Polres Buru``)."""
_HALF = re.compile(r"-([A-Z][a-z]+)(?![\w-])")
_HOUSE = rf"(?:Wakil )?(?:{either(_LIST, 'seats')})"
_HOUSE_OF = re.compile(rf"(?<!\w)Rumah Dinas (?:Jabatan )?{_HOUSE}\s$")
_HOUSE_IN = re.compile(rf"rumah dinas (?:jabatan )?(?:{_HOUSE}(?:\s|$)|(?i:{_HOUSE})$)")
_THING = re.compile(
    rf"(?<!\w)(?:{either(_LIST, 'no_body_heads')})(?: [A-Za-z][\w-]+){{1,7}} \(([A-Z]\w+)\)"
)
"""The short form of a survey, a penalty or a paper, spelt out."""
_HALL = re.compile(rf"(?:{either(_LIST, 'halls')})(?!\w)")
_VILLAGE_HEAD = re.compile(r"(?:Desa|Kelurahan) (?=(?:Kecamatan|Kec\.|Kabupaten|Kab\.) ?[A-Z])")
_HEADED = re.compile(r"(?:Direktur|Direktris|Dirut|Kepala|Plt\.?|Plh\.?)\s$")
"""What stands before a body with its head's name (``Direktur RSUD Bunga Lestari``)."""
_TEAM = re.compile(
    rf"(?<![\w-])(?:{either(_LIST, 'campaigns')})(?: (?:Nasional|Daerah|Provinsi|Kabupaten|Kota))?"
    r"(?: \([A-Z]{2,5}\))? [A-Z][a-z]+(?: [A-Z][a-z]+){0,3}-([A-Z][a-z]+)(?![\w-])"
)


def read_bodies(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` with bodies and regions as their form has them, left to right."""
    out: list[Mention] = []
    for mention in mentions:
        for part in _parts(text, mention):
            part = _house(text, _whole(text, part), out[-1].end if out else 0)
            if not part.surface:
                continue
            if out and _is_one(text, out[-1], part):
                out[-1] = moved(text, out[-1], out[-1].start, part.end)
                continue
            out.append(part)
    out = _heads_apart(text, _clubs(_bodies_only(text, out)))
    if _ELECTION.search(text):
        for board in _BOARD.finditer(text):
            out = _union(text, out, board.start(), board.end())
    for union in _UNION.finditer(text):
        out = _union(text, out, union.start(), union.end())
    for team in _TEAM.finditer(text):
        out = _team(text, out, team)
    return sorted(out, key=lambda m: m.start)


def _bodies_only(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` without surveys, penalties and papers taken for bodies (``PTDH``)."""
    things = {*sections(_LIST)["no_bodies"], *(found[1] for found in _THING.finditer(text))}
    return [m for m in mentions if m.label != "ORG" or m.surface not in things]


def _heads_apart(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` with a body and its head as the two they are, where the text names that person
    elsewhere too (``Direktur RSUD Bunga Lestari mengatakan``)."""
    people = {m.surface for m in mentions if m.label == "PER" and " " in m.surface}
    out: list[Mention] = []
    for mention in mentions:
        kind, _, name = mention.surface.partition(" ")
        headed = mention.label == "ORG" and kind.isupper() and name in people
        if headed and _HEADED.search(text, max(0, mention.start - 12), mention.start):
            at = mention.start + len(kind)
            out += [moved(text, mention, mention.start, at)]
            out += [ruled(text, at + 1, mention.end, "PER")]
        else:
            out.append(mention)
    return out


def _clubs(mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` with the clubs the text names in full as bodies where they stand in short
    (``Bhayangkara`` of ``Bhayangkara FC``), unless a person bears the name."""
    full = (_CLUB.fullmatch(m.surface) for m in mentions if m.label == "ORG")
    short = {club[1] for club in full if club is not None}
    short -= {
        w for m in mentions if m.label == "PER" and " " in m.surface for w in m.surface.split()
    }
    return [replace(m, label="ORG") if m.surface in short else m for m in mentions]


def _team(text: str, mentions: list[Mention], team: re.Match[str]) -> list[Mention]:
    """A pair's campaign team as one body (``Tim Pemenangan Ganendra-Mahesa``)."""
    start, end = team.span()
    end = max([end, *(m.end for m in mentions if m.label == "PER" and m.start == team.start(1))])
    over = [m for m in mentions if m.start < end and start < m.end]
    if any(m.end > end or (m.start < start and m.label != "ORG") for m in over):
        return mentions
    kept = [m for m in mentions if m not in over]
    return [*kept, ruled(text, start, end, "ORG")]


def _parts(text: str, mention: Mention) -> Iterator[Mention]:
    """``Pemkot Bersama IMI``, ``Polsek X Polres Y`` as the two bodies they are; all others as they
    are."""
    under = _UNDER.search(mention.surface) if mention.label == "ORG" else None
    if under is not None:
        at = mention.start + under.end()
        yield moved(text, mention, mention.start, at - 1)
        yield from _parts(text, moved(text, mention, at, mention.end))
        return
    cut = _TOGETHER.search(mention.surface) if mention.label == "ORG" else None
    if cut is None or not _is_body(mention.surface[: cut.start()]):
        yield _of_form(mention)
        return
    rest = mention.surface[cut.end() :]
    if not _is_body(rest):
        yield mention
        return
    yield moved(text, mention, mention.start, mention.start + cut.start())
    yield moved(text, mention, mention.start + cut.end(), mention.end)


def _is_body(name: str) -> bool:
    first = name.partition(" ")[0]
    known = authority.load().institutions.match(norm(name).split())[0]
    return bool(known) or first_word(name) in heads() or first in listed() or first.isupper()


def _of_form(mention: Mention) -> Mention:
    if mention.label == "ORG":
        short = _SHORT.fullmatch(mention.surface)
        if (short and is_region(short["region"])) or _HALL.match(mention.surface):
            return replace(mention, label="LOC")
    return mention


def society(mention: Mention) -> Mention:
    """The mention as a body, if its first word is that of a society (``Subak Sari``)."""
    if mention.label != "LOC" or not _SOCIETY.match(mention.surface):
        return mention
    return replace(mention, label="ORG")


def _whole(text: str, mention: Mention) -> Mention:
    """``Tojo Una`` with the ``-Una`` that makes it a region."""
    half = _HALF.match(text, mention.end) if mention.label == "LOC" else None
    if half is None or not is_region(text[mention.start : half.end()]):
        return mention
    if is_region(mention.surface):
        return mention
    return moved(text, mention, mention.start, half.end())


def _house(text: str, mention: Mention, floor: int) -> Mention:
    """A house of office with its region; in small letters the region alone."""
    if mention.label != "LOC":
        return mention
    village = _VILLAGE_HEAD.match(mention.surface)
    if village:  # "Kepala Desa Kecamatan Semendawai Timur"
        return moved(text, mention, mention.start + village.end(), mention.end)
    inside = _HOUSE_IN.match(mention.surface)
    if inside:
        return moved(text, mention, mention.start + inside.end(), mention.end)
    before = _HOUSE_OF.search(text, max(floor, mention.start - 44), mention.start)
    return moved(text, mention, before.start(), mention.end) if before else mention


def _is_one(text: str, left: Mention, right: Mention) -> bool:
    """Whether two neighbours are one region (``DKI`` ``Jakarta``), or a body and the region joined
    to it by a hyphen (``DPMPTSP-Kota Surabaya``)."""
    between = text[left.end : right.start]
    if right.label != "LOC":
        return False
    if left.label == "LOC" and between == " ":
        return is_region(text[left.start : right.end])
    typed = re.match(r"(?:Kota|Kabupaten|Kab\.|Provinsi|Prov\.)\s", right.surface)
    return left.label == "ORG" and between == "-" and left.surface.isupper() and bool(typed)


def _union(text: str, mentions: list[Mention], start: int, end: int) -> list[Mention]:
    """``mentions`` with the union of states at ``text[start:end]`` as a body."""
    over = [m for m in mentions if m.start < end and start < m.end]
    if not over:
        return [*mentions, ruled(text, start, end, "ORG")]
    found = over[0]
    if found.label == "ORG" or found.end != end:
        return mentions
    front = text[found.start : start]
    if front and not _BEFORE_UNION.fullmatch(front):
        return mentions
    return [
        *(m for m in mentions if m is not found),
        replace(moved(text, found, start, end), label="ORG"),
    ]
