"""Word sets of the authority file in the form the rules need, built once per process."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kb import authority
from kb.authority import Titles, norm
from kb.authority.institutions import Institution

CUE_VERBS = frozenset(
    "kata katanya ujar ujarnya ucap ucapnya tutur tuturnya ungkap ungkapnya jelas jelasnya tegas "
    "tegasnya papar paparnya terang terangnya tambah tambahnya imbuh imbuhnya lanjut lanjutnya "
    "sebut sebutnya harap harapnya ajak ajaknya pungkas pungkasnya tandas tandasnya tukas tukasnya "
    "beber bebernya imbau imbaunya menurut sambung sambungnya urai urainya cetus cetusnya timpal "
    "pesan pesannya tutup tutupnya mengatakan menyampaikan mengungkapkan menegaskan menjelaskan "
    "menuturkan menyebut menyebutkan menambahkan memaparkan menerangkan mengaku menilai berharap "
    "mengimbau menghimbau mengajak meminta menyatakan membenarkan memastikan mengapresiasi "
    "menyambut menyebutnya mengucapkan membuka memimpin menghadiri mengukuhkan melantik meninjau "
    "menyerahkan meresmikan mendampingi menandatangani berpesan berjanji optimistis optimis "
    "didampingi disampaikan dikatakan diungkapkan dijelaskan ditegaskan mewakili".split()
)


@dataclass(frozen=True)
class Lexicon:
    """Lower-case word sets; names of several words are tuples of words."""

    titles: Titles
    institution_first: dict[str, int]
    """First word of institution names -> words of the longest name that begins so."""
    agency_heads: frozenset[str]
    named_heads: frozenset[tuple[str, ...]]
    named_first: frozenset[str]
    org_words: frozenset[str]
    place_types: frozenset[tuple[str, ...]]
    place_first: frozenset[str]
    region_types: frozenset[str]
    triggers: frozenset[str]
    ambiguous: frozenset[str]
    bare_places: dict[str, tuple[tuple[str, ...], ...]]
    """First word -> names of provinces, kabupaten, kota and the world, longest first."""
    not_person: frozenset[str]
    address: frozenset[str]
    before_name: frozenset[str]
    """Honorifics and ranks that stand before a name, without full stops."""
    ranks: frozenset[str]
    rank_after: frozenset[str]
    degrees: frozenset[str]
    name_parts: frozenset[str]
    calendar: frozenset[str]
    officials: dict[str, tuple[tuple[str, ...], ...]]
    """First word -> full names of officials the authority file knows, longest first."""

    def institutions(self, words: tuple[str, ...]) -> tuple[Institution, ...]:
        """Institutions that bear exactly this name (normal form)."""
        known = authority.load().institutions
        found = (known.get(ident) for ident in known.index.get(words, ()))
        return tuple(item for item in found if item is not None)


def _first(names: set[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        table.setdefault(name[0], []).append(name)
    return {word: tuple(sorted(found, key=len, reverse=True)) for word, found in table.items()}


def _words(text: str) -> tuple[str, ...]:
    return tuple(norm(text).split())


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon of this version's authority file."""
    known = authority.load()
    raw = tomllib.loads(
        (files("kb.authority") / "namewords.toml").read_text(encoding="utf-8")
    )
    org, place, stop = raw["org"], raw["place"], raw["stop"]
    first: dict[str, int] = {}
    org_words = {word for phrase in org["words"] for word in _words(phrase)}
    for words, idents in known.institutions.index.items():
        first[words[0]] = max(first.get(words[0], 0), len(words))
        item = known.institutions.get(idents[0])
        if item and item.kind in ("opd", "kementerian", "lembaga negara") and len(words) > 2:
            org_words.update(words[1:])
    org_words -= {"dan", "republik", "indonesia"}
    bare: set[tuple[str, ...]] = set()
    for dots in (0, 1):
        for code in known.places.codes(dots):
            region = known.places.place(code)
            if region is not None:
                bare.add(_words(region.bare))
                bare.update(map(_words, known.places.aliases(code)))
                bare.add((norm(region.bare).replace(" ", ""),))
    bare.update(map(_words, place["world"]))
    titles = known.titles
    honorifics = known.honorifics
    calendar = {
        "senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "jum’at", "sabtu", "minggu",
        "ahad", "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus",
        "september", "oktober", "november", "nopember", "desember",
    }  # fmt: skip
    named = {_words(word) for word in org["named"]}
    types = {_words(word) for word in place["types"]}
    return Lexicon(
        titles=titles,
        institution_first=first,
        agency_heads=frozenset(map(norm, org["agency"])),
        named_heads=frozenset(named),
        named_first=frozenset(words[0] for words in named),
        org_words=frozenset(org_words),
        place_types=frozenset(types),
        place_first=frozenset(words[0] for words in types),
        region_types=frozenset(map(norm, place["regions"])),
        triggers=frozenset(place["triggers"]),
        ambiguous=frozenset(map(norm, place["ambiguous"])),
        bare_places=_first(bare),
        not_person=frozenset(word.lower() for word in stop["person"]),
        address=honorifics.address,
        before_name=honorifics.before | honorifics.ranks,
        ranks=honorifics.ranks,
        rank_after=honorifics.rank_after,
        degrees=honorifics.after,
        name_parts=honorifics.name_parts,
        calendar=frozenset(calendar),
        officials=_first(
            {
                words
                for person in known.officials.all()
                for name in person.names
                if len(words := _words(name)) > 1
            }
        ),
    )
