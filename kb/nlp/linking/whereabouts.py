"""In which region a place lies that the gazetteer does not know.

The text's region is no more than a guess. A row of places says it ("Desa X, Kecamatan Y,
Kabupaten Z"), or a landmark of the country is where everybody knows; another region or a country
named in the same sentence speaks against the text's, as does a text that names its region in the
dateline alone and is about another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from kb.authority import norm
from kb.authority.places import TYPE_WORDS
from kb.authority.words import lines
from kb.model import Mention

_ROW = 5
"""Places of a row that are read on, at most."""
_BETWEEN = re.compile(r",? (?:di )?|,")
"""What stands between the places of a row."""
_AND = re.compile(r",? (?:dan|serta|maupun|atau|hingga) (?:di )?")
_DATELINE = re.compile(r"(?:, ?[\w. ]{3,30})?(?: \([\w. ]{3,30}\))?\s?(?:[–—-]|:)\s?")
_AGENCY = re.compile(r" \([A-Z][\w. ]{2,30}\)\s?[–—-]")
_LINE_START = re.compile(r"(?:^|\n)[\s*\"“”]*$")
_NATIONAL = re.compile(
    r"(?<!\w)(?:warga(?: negara)?|wn|asal|dubes|duta besar|turis|wisatawan|wisman|delegasi|bangsa"
    r"|orang|produk|(?:ber)?gaya|kedutaan besar|pemerintah|presiden|mahasiswa|tim"
    r"|hingga|sampai)\s$",
    re.IGNORECASE,
)
"""Words before a country or region that make it whose or how far, not where."""
_REACH = 20
"""Characters before it that are read for them. Set by hand; no command measured it."""
_END = re.compile(r"[.!?][\"”’]?\s+(?=[\"“A-Z])|\n")


@lru_cache(maxsize=1)
def landmarks() -> Mapping[str, str]:
    """Normal form of the name of a place known in the whole country -> code of its region."""
    rows = (line.split(" | ") for line in lines("landmarks.txt"))
    return {norm(name): code for code, *names in rows for name in names}


def row_behind(text: str, places: Sequence[Mention], mention: Mention) -> list[Mention]:
    """The places that stand behind a mention in a row, nearest first; none where it is a list
    (``Pasar Pagi, Kebon Jeruk dan Slipi``)."""
    out: list[Mention] = []
    end = mention.end
    for other in places:
        if other.start <= mention.start:
            continue
        if len(out) == _ROW or not _BETWEEN.fullmatch(text, end, other.start):
            listed = out and _AND.fullmatch(text, end, other.start) and not _is_typed(out[-1])
            return [] if listed else out
        out.append(other)
        end = other.end
    return out


def _is_typed(mention: Mention) -> bool:
    """Whether a name begins with the word for a kind of region."""
    return norm(mention.surface).partition(" ")[0] in TYPE_WORDS


def is_dateline(text: str, mention: Mention) -> bool:
    """Whether a place says where the text was written (``AMBON, KABAR TIMUR - ``)."""
    if _AGENCY.match(text, mention.end):
        return True
    first = _LINE_START.search(text, max(0, mention.start - 8), mention.start)
    return first is not None and _DATELINE.match(text, mention.end) is not None


def speaks_for(
    text: str, mention: Mention, region: str, named: Sequence[tuple[Mention, Sequence[str] | None]]
) -> int:
    """Whether a place lies in the text's region by what stands around it: 1 where its sentence
    names that region, -1 where it names another or another country or, as it names none, the
    sentence before names another; 0: nothing says it.

    Args:
        named: the regions and countries that the text names, in order, with the codes of what
            bears the name, ``None`` for other countries; without those of its dateline.
    """
    start, end = _sentence(text, mention.start)
    around = [one for one in named if start <= one[0].start < end and one[0] != mention]
    if not around and start > 1 and text[start - 1] != "\n":
        before = _sentence(text, start - 2)[0]
        around = [one for one in named if before <= one[0].start < start and one[1] is not None]
    here = [codes for _, codes in around if codes is not None]
    if any(not any(inside(code, region) for code in codes) for codes in here):
        return -1
    if here:
        return 1
    return -1 if around else 0


def is_elsewhere(region: str, named: Sequence[tuple[Mention, Sequence[str] | None]]) -> bool:
    """Whether a text about a kabupaten or kota names others and, but for its dateline, never that
    one: then it tells of another place than it was written at."""
    codes = [found for _, found in named if found]
    if "." not in region or any(_is_in(found, region) for found in codes):
        return False
    return any(all(c.count(".") == 1 for c in found) for found in codes)


def is_whose(text: str, place: Mention) -> bool:
    """Whether a country or region says from where somebody is, or how far it goes (``warga
    Palestina``, ``dari Jawa hingga Papua``)."""
    start = max(0, place.start - _REACH)
    return _NATIONAL.search(text[start : place.start]) is not None


def inside(code: str, region: str) -> bool:
    """Whether one region lies in the other, or they are one."""
    return code == region or code.startswith(region + ".") or region.startswith(code + ".")


def _is_in(codes: Sequence[str], region: str) -> bool:
    return any(code == region or code.startswith(region + ".") for code in codes)


def _sentence(text: str, at: int) -> tuple[int, int]:
    """Where the sentence begins and ends that ``at`` stands in."""
    start = 0
    for found in _END.finditer(text):
        if found.start() >= at:
            return start, found.end()
        start = found.end()
    return start, len(text)
