"""Word sets of the authority file in the form the rules need, built once per process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kb import authority
from kb.authority import Titles, norm
from kb.authority.institutions import Institution
from kb.authority.words import sections


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
    regional_heads: frozenset[str]
    venues: frozenset[tuple[str, ...]]
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
    cue_verbs: frozenset[str]
    name_cues: frozenset[str]
    """Reporting verbs that a speaker's name follows (``kata``)."""
    lower_titles: frozenset[str]
    office_skip: frozenset[str]
    type_heads: frozenset[str]
    unit_heads: frozenset[str]
    before_unit: frozenset[str]
    public_heads: frozenset[str]
    private_heads: frozenset[str]
    campuses: frozenset[str]
    """Names of state universities behind their type word, and their short forms."""
    status_first: frozenset[str]
    body_words: frozenset[str]
    """Last words of roles that are public without an institution (``Ketua Fraksi``)."""
    ordinary: dict[str, frozenset[str]]
    """Words that planning documents capitalise, by their use (``[ordinary]``), lower case."""
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
    raw = authority.load().namewords
    org, place, stop = raw["org"], raw["place"], raw["stop"]
    cue, office, public = raw["cue"], raw["office"], raw["public"]
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
    abroad = sections("abroad.txt")
    bare.update(map(_words, (*abroad["countries"], *abroad["places"])))
    titles = known.titles
    honorifics = known.honorifics
    named = {_words(word) for word in org["named"]}
    types = {_words(word) for word in place["types"] + place["venues"]}
    return Lexicon(
        titles=titles,
        institution_first=first,
        agency_heads=frozenset(map(norm, org["agency"])),
        named_heads=frozenset(named),
        named_first=frozenset(words[0] for words in named),
        org_words=frozenset(org_words),
        regional_heads=frozenset(map(norm, org["regional"])),
        venues=frozenset(map(_words, place["venues"])),
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
        calendar=frozenset(stop["calendar"]),
        cue_verbs=frozenset(cue["verbs"]),
        name_cues=frozenset(cue["before_name"]),
        lower_titles=frozenset(office["lower_case"]),
        office_skip=frozenset(office["skip"]),
        type_heads=frozenset(office["type_heads"]),
        unit_heads=frozenset(office["unit_heads"]),
        before_unit=frozenset(office["before_unit"]),
        public_heads=frozenset(public["heads"]),
        private_heads=frozenset(public["private_heads"]),
        campuses=frozenset(public["campuses"]),
        body_words=frozenset(office["body_words"]),
        status_first=frozenset(words[0] for words in titles.status),
        ordinary={
            use: frozenset(word.lower() for word in words) for use, words in raw["ordinary"].items()
        },
        officials=_first(
            {
                words
                for person in known.officials.all()
                for name in person.names
                if len(words := _words(name)) > 1
            }
        ),
    )
