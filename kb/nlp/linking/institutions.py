"""Which institution an ORG mention is, with the text's region and its abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kb import authority
from kb.authority import norm
from kb.authority.institutions import slug
from kb.authority.places import TYPE_WORDS
from kb.model import EntityRef
from kb.nlp.regions import region_code

_BRACKET = re.compile(r"\(\s*([^()]{2,40}?)\s*\)")

_NEWS_AGENCY = re.compile(r"^Kantor Berita (?=[A-Z])")
"""``Kantor Berita ANTARA`` is ``ANTARA``."""
_DOUBLED = re.compile(r"\b(Badan|Dinas|Kabupaten|Kota|Provinsi)\s\1\b", re.IGNORECASE)


class InstitutionLinker:
    """Decides the institutions of one document, page by page, in order of the text."""

    def __init__(self, region: str | None, known: dict[str, EntityRef]) -> None:
        self.region = region
        self.known = known
        """Normal form of a name or abbreviation -> institution, filled as the text goes."""
        self.entries = authority.load().institutions
        self._stated: dict[str, EntityRef | None] = {}
        """Id of a kind of body -> the one of a region that the text names, if it is one."""

    def expect(self, surfaces: Iterable[str]) -> None:
        """Read all names of the text before any is linked.

        A text about "Bawaslu Provinsi Banten" means that one by "Bawaslu", also before it
        has named it whole, unless it names the national one or two of them.
        """
        for surface in surfaces:
            core = " ".join(_BRACKET.sub(" ", surface).split())
            ids, size = self.entries.match(norm(core).split())
            ref = self.entries.resolve(core) if ids else None
            if ref is None or size == len(norm(core).split()):
                continue
            kept = self._stated.setdefault(ids[0], ref)
            if kept is not None and kept.entity_id != ref.entity_id:
                self._stated[ids[0]] = None

    def link(self, surface: str) -> EntityRef:
        """The institution that ``surface`` names here."""
        text = _DOUBLED.sub(r"\1", " ".join(surface.split()))
        core = _NEWS_AGENCY.sub("", " ".join(_BRACKET.sub(" ", text).split()))
        key = norm(core)
        ids, size = self.entries.match(key.split())
        again = not (ids and size == len(key.split()))  # a bare "Dinkes" follows the last one
        ref = self.known.get(key) if again else None
        if ref is None:
            ref = self._decide(core, key)
        self._learn(text, key, ref)
        return ref

    def _decide(self, core: str, key: str) -> EntityRef:
        words = key.split()
        ids, size = self.entries.match(words)
        bare = size == len(words)
        if ids and bare:
            whole = self.entries.resolve(core)  # "DPR Papua" says its region itself
            if whole is not None and whole.region is not None:
                return whole
            before = self._antecedent(ids) or self._only(ids)
            if before is not None:
                return before
        ref = self.entries.resolve(core, self.region)
        if ref is not None:
            return ref
        if ids and bare:
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
            region=region_code(core),
            method="name",
            confidence=0.7,
        )

    def _only(self, ids: tuple[str, ...]) -> EntityRef | None:
        """The one body of this kind that the text names with its region."""
        found = next((ref for i in ids if (ref := self._stated.get(i)) is not None), None)
        if found is None or found.region is None:
            return None
        return replace(
            found, method="the one the text names", confidence=min(found.confidence, 0.85)
        )

    def _antecedent(self, ids: tuple[str, ...]) -> EntityRef | None:
        """The institution of this kind the text named last with its region."""
        nation = [i for i in ids if (e := self.entries.get(i)) and e.scopes[0] == "nasional"]
        for ref in reversed(self.known.values()):
            item = self.entries.of(ref.entity_id)
            if item is not None and item.id in ids and ref.region is not None:
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
        for inner in _BRACKET.findall(text):
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
