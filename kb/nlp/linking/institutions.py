"""Which institution an ORG mention is, with the text's region and its abbreviations."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from kb import authority
from kb.authority import norm
from kb.authority.institutions import slug
from kb.authority.places import TYPE_WORDS
from kb.model import EntityRef
from kb.nlp.linking.halves import BRACKET, Whole, is_team, wholes
from kb.nlp.names.firsts import listed
from kb.nlp.regions import region_code

_NEWS_AGENCY = re.compile(r"^Kantor Berita (?=[A-Z])")
"""``Kantor Berita ANTARA`` is ``ANTARA``."""
_BY_NAME = "name"
_ONLY = "the one the text names"
_SHORT = "short for a name of the text"
_TELLING = 4
"""Letters of a short name by which other texts may mean the same body, at least. Set by hand; no
command measured it."""
_SMALLER = re.compile(
    r" (?:Kecamatan|Kec\.|Kelurahan|Kel\.|Desa|Gampong|Nagari)(?![\w/]*/\w)"
    r"(?: [A-Z]\w+(?: (?:[A-Z][a-z]+|[IVX]+)){0,2})?| (?:Kecamatan|Kelurahan|Desa)(?=/)"
)
"""A kecamatan or village behind a name."""
_TOWN = re.compile(r" di (?:Kota |Kabupaten )?[A-Z]\w+(?: [A-Z][a-z]+)?")
"""The town of an office behind its name (``Balai POM di Kupang``)."""
_DOUBLED = re.compile(r"\b(Badan|Dinas|Kabupaten|Kota|Provinsi)\s\1\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _listed() -> frozenset[str]:
    """Normal forms of names and short forms of institutions (``authority/words``)."""
    return frozenset(map(norm, listed()))


class InstitutionLinker:
    """Decides the institutions of one document, page by page, in order of the text."""

    def __init__(self, region: str | None, known: dict[str, EntityRef]) -> None:
        self.region = region
        self.known = known
        """Normal form of a name or abbreviation -> institution, filled as the text goes."""
        self.entries = authority.load().institutions
        self._stated: dict[str, EntityRef | None] = {}
        """Id of a kind of body -> the one that the text names with its region or its own name,
        if it is one."""
        self._wholes: Mapping[str, Whole] = {}
        """Normal form of a short name that no list has -> the longer one of the text."""

    def expect(self, surfaces: Iterable[str], doubtful: Collection[str] = ()) -> None:
        """Read all names of the text before any is linked.

        A text about "Bawaslu Provinsi Banten" means that one by "Bawaslu", also before it
        has named it whole, unless it names the national one or two of them; so "Polsek" is the
        one it names, and "K3S" the "K3S Kabupaten Gianyar".
        """
        names = [" ".join(surface.split()) for surface in surfaces]
        for core in (" ".join(BRACKET.sub(" ", name).split()) for name in names):
            ids, size = self.entries.match(norm(core).split())
            ref = self.entries.resolve(core) if ids else None
            if ref is None or size == len(norm(core).split()):
                continue
            kept = self._stated.setdefault(ids[0], ref)
            if kept is not None and kept.entity_id != ref.entity_id:
                self._stated[ids[0]] = None
        before = [ref.name for ref in self.known.values() if ref.method == _BY_NAME]
        self._wholes = wholes([*before, *names], self._apart(names), doubtful=doubtful)

    def _apart(self, names: Sequence[str]) -> frozenset[str]:
        """Normal forms of names that are no other's short form: listed ones, unless the text
        itself says in brackets what they are short for."""
        ended = {norm(name) for name in names if norm(name).endswith(" indonesia")}
        inside = {name.removesuffix(" indonesia") for name in ended}
        shorts = [short for name in names for short in BRACKET.findall(name)]
        inner = set(map(norm, shorts))
        out = set()
        for name in {*names, *shorts}:
            core = " ".join(BRACKET.sub(" ", name).split())
            ref = self.entries.resolve(core, self.region)
            if (ref is not None and ref.authority) or (
                norm(core) in _listed() and norm(core) not in inner | inside
            ):
                out.add(norm(core))
        return frozenset(out)

    def link(self, surface: str, behind: str = "") -> EntityRef:
        """The institution that ``surface`` names here.

        Args:
            behind: what the text goes on with: "TP PKK" before "Kecamatan" is not the regency's.
        """
        text = _DOUBLED.sub(r"\1", " ".join(surface.split()))
        level = _SMALLER.match(behind)
        if level is not None and self._has_smaller(norm(text).split()):
            text = f"{text}{level[0]}"
        town = _TOWN.match(behind)
        if town is not None and self.entries.is_branch(norm(BRACKET.sub(" ", text)).split()):
            text = f"{text}{town[0]}"
        core = _NEWS_AGENCY.sub("", " ".join(BRACKET.sub(" ", text).split()))
        key = norm(core)
        whole = self._wholes.get(key)
        if whole is not None and norm(BRACKET.sub(" ", whole.name)) not in self._wholes:
            made = self.link(whole.name)
            return replace(made, method=_SHORT, confidence=min(made.confidence, 0.8))
        ids, size = self.entries.match(key.split())
        again = not (ids and size == len(key.split()))  # a bare "Dinkes" follows the last one
        ref = self.known.get(key) if again else None
        if ref is None:
            ref = self._decide(core, key)
        self._learn(text, key, ref)
        return ref

    def _has_smaller(self, words: list[str]) -> bool:
        """Whether a kecamatan or village has the body with this bare name too."""
        ids, size = self.entries.match(words)
        items = [self.entries.get(i) for i in ids] if size == len(words) else []
        return any(item and {"kecamatan", "desa"} & set(item.scopes) for item in items)

    def _is_unit(self, ids: Sequence[str]) -> bool:
        """Whether each of these bodies has a name of its own, as there are many in a region."""
        items = [self.entries.get(i) for i in ids]
        return all(i and {"unit", "kecamatan", "desa"} & set(i.scopes) for i in items)

    def _decide(self, core: str, key: str) -> EntityRef:
        words = key.split()
        ids, size = self.entries.match(words)
        bare = size == len(words)
        if not ids and len(words) > 1 and is_team(words[0]):
            people_of = self.entries.resolve(core.partition(" ")[2], self.region)
            if people_of is not None and people_of.authority:
                return self.link(core.partition(" ")[2])
        if ids and bare:
            whole = self.entries.resolve(core)  # "DPR Papua" says its region itself
            if whole is not None and whole.region is not None:
                return whole
            nation = self.entries.is_national(words)
            before = None if nation else self._antecedent(ids) or self._only(ids)
            if before is not None:
                return before
        ref = self.entries.resolve(core, self.region)
        if ref is not None:
            return ref
        if ids and bare:
            unit = next((made for i in ids if (made := self._stated.get(i)) is not None), None)
            if unit is not None and self._is_unit(ids):  # "Polsek" in a text about one
                return replace(unit, method=_ONLY, confidence=min(unit.confidence, 0.7))
            item = self.entries.get(ids[0])
            if item is not None and item.id != "polres":
                return EntityRef(
                    f"institution:{item.id}",
                    "institution",
                    item.name,
                    item.short,
                    method="no region known",
                    confidence=0.4,
                )
        return EntityRef(
            f"institution:{slug(core) or 'x'}",
            "institution",
            core,
            self._shorts_of(key),
            region=region_code(core),
            method=_BY_NAME,
            confidence=0.7,
        )

    def _shorts_of(self, key: str) -> tuple[str, ...]:
        """Short forms of a name by which other texts may call it too."""
        found = (w for w in self._wholes.values() if norm(BRACKET.sub(" ", w.name)) == key)
        return tuple(sorted(w.short for w in found if not w.regional and len(w.short) >= _TELLING))

    def _only(self, ids: tuple[str, ...]) -> EntityRef | None:
        """The one body of this kind that the text names with its region."""
        found = next((ref for i in ids if (ref := self._stated.get(i)) is not None), None)
        if found is None or found.region is None:
            return None
        return replace(found, method=_ONLY, confidence=min(found.confidence, 0.85))

    def _antecedent(self, ids: tuple[str, ...]) -> EntityRef | None:
        """The institution of this kind the text named last with its region."""
        nation = [i for i in ids if (e := self.entries.get(i)) and e.scopes[0] == "nasional"]
        for ref in reversed(self.known.values()):
            item = self.entries.of(ref.entity_id)
            large = ref.region is not None and ref.region.count(".") <= 1
            if item is not None and item.id in ids and large:
                if nation and item.id in nation:
                    return None
                return EntityRef(
                    ref.entity_id,
                    "institution",
                    ref.name,
                    ref.aliases,
                    ref.authority,
                    ref.region,
                    "named with its region before",
                    min(ref.confidence, 0.85),
                )
        return None

    def _learn(self, text: str, key: str, ref: EntityRef) -> None:
        self.known.pop(key, None)
        self.known[key] = ref
        for inner in BRACKET.findall(text):
            if inner[:1].isupper() and not any(char.isdigit() for char in inner):
                self.known[norm(inner)] = ref


def office_institution(
    role: str, institution: str | None, linker: InstitutionLinker
) -> EntityRef | None:
    """The institution an office belongs to; ``Gubernur`` + ``Banten`` is its government."""
    if institution is None:
        return None
    body = _BODY.get(_title(role))
    if body is not None:
        if body == "pemkabkot":
            body = "pemkot" if "wali" in authority.load().titles.full(role) else "pemkab"
        code = region_code(institution)
        if code is None and _LEVEL.get(body):
            code = authority.load().places.parse(f"{_LEVEL[body]} {institution}")
        entry = authority.load().institutions.get(body)
        if entry is None:
            return None
        return linker.entries.resolve(f"{entry.name} {institution}", code)
    if not norm(institution):
        return None
    if linker.entries.match(norm(institution).split())[0]:
        return linker.link(institution)
    words = norm(institution).split()
    is_place = norm(institution) in authority.load().places.by_norm or words[0] in TYPE_WORDS
    return None if is_place else linker.link(institution)


_LEVEL: Mapping[str, str] = {"pemkab": "kabupaten", "pemkot": "kota", "pemprov": "provinsi"}
_BODY: Mapping[str, str] = {
    "gubernur": "pemprov",
    "wakil gubernur": "pemprov",
    "bupati": "pemkab",
    "wakil bupati": "pemkab",
    "wali kota": "pemkot",
    "wakil wali kota": "pemkot",
    "kepala kepolisian daerah": "polda",
    "kepala kepolisian resor": "polres",
    "kepala kepolisian sektor": "polsek",
    "kapolresta": "polresta",
    "kapolrestabes": "polrestabes",
    "kepala kejaksaan tinggi": "kejati",
    "komandan kodim": "kodim",
    "komandan koramil": "koramil",
    "komandan korem": "korem",
    "panglima kodam": "kodam",
    "kepala kejaksaan negeri": "kejari",
}


def _title(role: str) -> str:
    titles = authority.load().titles
    words = norm(role).split()
    while words and (words[0],) in titles.status:
        words.pop(0)
    return titles.full(" ".join(words))
