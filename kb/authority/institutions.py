"""Institutions: what they are called, where they exist, and which one a name means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kb.authority.normal import norm
from kb.authority.places import TYPE_WORDS, Place, Places
from kb.model import EntityRef

SCOPES = (
    "nasional",
    "provinsi",
    "kabupaten",
    "kota",
    "kabkota",
    "kecamatan",
    "desa",
    "daerah",
    "unit",
)
PUBLIC_KINDS = frozenset(
    {
        "alat dprd",
        "instansi vertikal",
        "kejaksaan",
        "kementerian",
        "lembaga negara",
        "opd",
        "pemerintah daerah",
        "pengadilan",
        "polri",
        "rumah sakit",
        "tni",
    }
)
"""Kinds whose posts are public offices in the sense of the tagging guide."""

_FITS: Mapping[str, tuple[str, ...]] = {
    "provinsi": ("provinsi", "daerah"),
    "kabupaten": ("kabupaten", "kabkota", "daerah"),
    "kota": ("kota", "kabkota", "daerah"),
    "kecamatan": ("kecamatan",),
    "desa": ("desa",),
    "kelurahan": ("desa",),
}
_BRACKETS = re.compile(r"\([^()]*\)?")
_FILLERS = frozenset({"di", "ri", "republik", "indonesia", "kantor", "perwakilan", "pusat"})
_GRADE = re.compile(r"\b(?:kelas|klas) [ivx]+(?: ?[abc])?(?: (?:tpi|khusus))?\b\s*", re.IGNORECASE)
"""The class of an office, which is no part of who it is (``Lapas Kelas IIA Bekasi``)."""
_WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*")
_ABBREVIATED = 4
"""Letters of an abbreviation that stays in capitals, at most. Set by hand; no command measured
it."""
_SMALL = frozenset({"dan", "di", "untuk"})
_ROMAN = re.compile(r"(?=[XVI])X{0,3}(?:IX|IV|V?I{0,3})")
_GOVERNMENT = ("pemerintah", "pemda")
_LEVELS = {"provinsi": "pemprov", "kabupaten": "pemkab", "kota": "pemkot"}
"""A government by the kind of its region."""


@dataclass(frozen=True, slots=True)
class Institution:
    """One institution, or one kind of institution that every region has."""

    id: str
    name: str
    short: tuple[str, ...]
    """Abbreviations and other names in use."""
    former: tuple[str, ...]
    """Names it no longer bears."""
    scopes: tuple[str, ...]
    """Where it exists, values of ``SCOPES``."""
    kind: str
    parent: str | None
    source: str
    own: Mapping[str, str] = field(default_factory=dict)
    """Code of a region -> the name it bears there, where that is no name by rule."""
    branch: str = ""
    """What its office in a region is called, ``{region}`` or ``{town}`` for that: then its bare
    name is the national body, whatever office a text names."""
    branch_short: tuple[str, ...] = ()
    """Other names of such an office."""

    @property
    def public(self) -> bool:
        """True where a post in it is a public office (not a party, club or company)."""
        return self.kind in PUBLIC_KINDS

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.short, *self.former, *self.branch_short)

    def fits(self, place: Place) -> bool:
        """True where a region like ``place`` has this institution."""
        return any(scope in self.scopes for scope in _FITS.get(place.level, ()))


def slug(text: str) -> str:
    """Normal form with hyphens, for identifiers."""
    return norm(text).replace(" ", "-")


class Institutions:
    """All institutions by id and by every name they bear."""

    def __init__(self, entries: Iterable[Mapping[str, object]], places: Places) -> None:
        self._places = places
        self._by_id: dict[str, Institution] = {}
        index: dict[tuple[str, ...], list[str]] = {}
        for entry in entries:
            item = Institution(
                id=str(entry["id"]),
                name=str(entry["name"]),
                short=tuple(map(str, _list(entry["short"]))),
                former=tuple(map(str, _list(entry["former"]))),
                scopes=tuple(map(str, _list(entry["scope"]))),
                kind=str(entry["kind"]),
                parent=str(entry["parent"]) if entry.get("parent") else None,
                source=str(entry["source"]),
                own={str(k): str(v) for k, v in _pairs(entry.get("own"))},
                branch=str(entry.get("branch", "")),
                branch_short=tuple(map(str, _list(entry.get("branch_short")))),
            )
            self._by_id[item.id] = item
            for name in item.names:
                ids = index.setdefault(tuple(norm(name).split()), [])
                if item.id not in ids:
                    ids.append(item.id)
        self.index: Mapping[tuple[str, ...], tuple[str, ...]] = {
            key: tuple(ids) for key, ids in index.items()
        }
        """Words of the normal form of each name -> ids of institutions that bear it."""
        self._longest = max(map(len, index))

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Institution]:
        return iter(self._by_id.values())

    def get(self, identifier: str) -> Institution | None:
        """The entry with this id (no region), or ``None``."""
        return self._by_id.get(identifier)

    def of(self, entity_id: str) -> Institution | None:
        """The entry behind an entity id such as ``institution:bappeda@36``."""
        if not entity_id.startswith("institution:"):
            return None
        return self._by_id.get(re.split("[@:]", entity_id[len("institution:") :])[0])

    def match(self, words: list[str]) -> tuple[tuple[str, ...], int]:
        """Ids of the institutions whose name begins ``words``, and the words it takes."""
        for size in range(min(len(words), self._longest), 0, -1):
            ids = self.index.get(tuple(words[:size]))
            if ids:
                return ids, size
        return (), 0

    def is_national(self, words: list[str]) -> bool:
        """Whether ``words`` are the bare name of a body of the country whose offices in the
        regions have names of their own (``BPK``)."""
        ids, size = self.match(words)
        item = self._by_id[ids[0]] if len(ids) == 1 and size == len(words) else None
        return item is not None and bool(item.branch) and not self._of_branch(item, words)

    def is_branch(self, words: list[str]) -> bool:
        """Whether ``words`` are the bare name of a regional office of such a body."""
        ids, size = self.match(words)
        return bool(ids) and size == len(words) and self._of_branch(self._by_id[ids[0]], words)

    @staticmethod
    def _of_branch(item: Institution, words: list[str]) -> bool:
        return " ".join(words) in map(norm, item.branch_short)

    def _government(self, words: list[str]) -> EntityRef | None:
        """``Pemerintah Jatim``: the government of the one region that is called so."""
        rest = words[2:] if words[1:2] == ["daerah"] else words[1:]
        code = self._places.parse(" ".join(rest)) if words[:1] and words[0] in _GOVERNMENT else None
        place = self._places.place(code) if code else None
        if place is None or place.level not in _LEVELS:
            return None
        return self._regional((_LEVELS[place.level],), place.code, 0.8)

    def resolve(self, name: str, region: str | None = None) -> EntityRef | None:
        """The institution that ``name`` means, or ``None`` where nobody can tell.

        ``region`` is the region of the text: a Kemendagri code or a name with its type
        word. It decides a bare ``Bappeda``; a region inside ``name`` wins over it.
        """
        core = _GRADE.sub("", _BRACKETS.sub(" ", name))
        words = norm(core).split()
        ids, size = self.match(words)
        if not ids:
            return self._government(words)
        rest = words[size:]
        where = _code(self._places, region)
        code, certain = self._region(rest, ids, where)
        if code is None:
            rest = [w for w in rest if w not in _FILLERS]
            code, certain = self._region(rest, ids, where)
        if code is None:  # "Satpol PP Pemkot Surabaya"
            above, taken = self.match(rest)
            if above and self._by_id[above[0]].id in _LEVELS.values():
                code, certain = self._region(rest[taken:], above, where)
        for tail in range(1, size if code is None else 0):  # "DPR Papua" + "Pegunungan"
            code, certain = self._region(words[size - tail :], ids)
            if code is not None:
                break
        if rest and code is None:
            own = " ".join(words[size:])
            return self._named(ids, own, _label(core, len(words) - size) or f" {own}", where)
        if code is not None:
            return self._regional(ids, code, 0.97 if certain else 0.8)
        if self._of_branch(self._by_id[ids[0]], words[:size]):
            return self._nearest(ids, where)
        for ident in ids:
            if self._by_id[ident].scopes[0] == "nasional" and len(ids) == 1:
                sure = len(self._by_id[ident].scopes) == 1 or len(words) > size
                return self._national(self._by_id[ident], 0.97 if sure else 0.65)
        found = self._nearest(ids, where)
        if found is not None:
            return found
        for ident in ids:
            if "nasional" in self._by_id[ident].scopes:
                return self._national(self._by_id[ident])
        return None

    def _nearest(self, ids: tuple[str, ...], where: str | None) -> EntityRef | None:
        """A bare regional name belongs to the text's region, or the province above it."""
        code = where
        while code:
            place = self._places.place(code)
            if place and any(self._by_id[i].fits(place) for i in ids):
                return self._regional(ids, code, 0.85 if code == where else 0.7)
            code = place.parent if place else None
        return None

    def _region(
        self, rest: list[str], ids: tuple[str, ...], where: str | None = None
    ) -> tuple[str | None, bool]:
        if not rest:
            return None, False
        text = " ".join(rest)
        if rest[0] in TYPE_WORDS and len(rest) > 1:
            found = self._places.named(" ".join(rest[1:]), level=TYPE_WORDS[rest[0]])
            if len(found) > 1 and where:  # "PKK Kecamatan Kota" in a text about Kediri
                found = [code for code in found if code.startswith(where + ".")]
            return (found[0], True) if len(found) == 1 else (None, False)
        police = self._by_id[ids[0]].kind == "polri"
        if police and rest[-1] == "kota" and len(rest) > 1:
            found = self._places.named(" ".join(rest[:-1]), level="kota")
            if len(found) == 1:
                return found[0], True
        found = [
            code
            for code in self._places.named(text)
            if code.count(".") <= 1
            and any(self._by_id[i].fits(p) for i in ids if (p := self._places.place(code)))
        ]
        if len(found) == 1 or (found and found[0].count(".") == 0 and "." in found[1]):
            return found[0], len(found) == 1
        if police and len(found) == 2:  # the kabupaten's resort bears the bare name
            level = "kota" if ids[0] in ("polrestabes", "polres-metro") else "kabupaten"
            for code in found:
                place = self._places.place(code)
                if place and place.level == level:
                    return code, False
        return None, False

    def _national(self, item: Institution, confidence: float = 0.65) -> EntityRef:
        return EntityRef(
            f"institution:{item.id}",
            "institution",
            item.name,
            item.short,
            authority=True,
            method="authority",
            confidence=confidence,
        )

    def _regional(self, ids: tuple[str, ...], code: str, confidence: float) -> EntityRef | None:
        place = self._places.place(code)
        if place is None:
            return None
        fitting = [self._by_id[i] for i in ids if self._by_id[i].fits(place)]
        if not fitting:
            item = self._by_id[ids[0]]
            return EntityRef(
                f"institution:{item.id}@{code}",
                "institution",
                f"{item.name} {place.name}",
                (),
                region=code,
                method="authority+region",
                confidence=round(confidence * 0.7, 2),
            )
        item = fitting[0]
        if item.kind == "pemerintah daerah" or (item.kind in ("polri", "kejaksaan", "pengadilan")):
            name = f"{item.name} {place.bare}"
            if item.kind == "polri" and place.level == "kota" and item.id == "polres":
                name += " Kota"
        else:
            name = f"{item.name} {place.name}"
        name = item.own.get(code, name)
        shorts = item.branch_short[:4] if item.branch else item.short[:4]
        aliases = tuple(f"{short} {place.bare}" for short in shorts)
        if place.level in ("kabupaten", "kota"):
            aliases = tuple(f"{short} {place.name}" for short in shorts)
        if item.branch:
            name = item.branch.format(region=place.name, town=place.bare)
        return EntityRef(
            f"institution:{item.id}@{code}",
            "institution",
            name,
            aliases,
            authority=True,
            region=code,
            method="authority+region",
            confidence=confidence if len(fitting) == 1 else 0.6,
        )

    def _named(
        self, ids: tuple[str, ...], own: str, label: str, where: str | None
    ) -> EntityRef | None:
        """An institution with a name of its own (``RSUD Berkah``, ``Polsek Curug``)."""
        item = self._by_id[ids[0]]
        if item.branch:
            town = re.sub(r"^ di(?= )", "", label).strip()
            return EntityRef(
                f"institution:{item.id}:{slug(town)}",
                "institution",
                item.branch.format(region=town, town=town),
                method="authority+name",
                confidence=0.7,
            )
        if item.id == "polsek":
            found = self._places.named(own, level="kecamatan", within=where)
            if len(found) == 1:
                where = found[0]
        return EntityRef(
            f"institution:{item.id}:{slug(own)}",
            "institution",
            f"{item.name}{label}",
            () if label[0] == "," else tuple(f"{short}{label}" for short in item.short[:2]),
            region=where if item.id == "polsek" else self._ends_in(own.split(), item.kind == "opd"),
            method="authority+name",
            confidence=0.7,
        )

    def _ends_in(self, words: list[str], bare: bool) -> str | None:
        """Code of the region at the end of an institution's own name (``RSUD Berkah Kota
        Serang``), ``bare``: with or without its kind."""
        for at in range(len(words)):
            if bare or TYPE_WORDS.get(words[at]) in _LEVELS:
                code = self._places.parse(" ".join(words[at:]))
                if code is not None:
                    return code
        return None


def _label(name: str, count: int) -> str:
    """The last ``count`` words of a name as they are shown behind the others: as written, roman
    numerals in capitals, other words neither all in small letters nor, in a name all in
    capitals, so."""
    found = list(_WORD.finditer(name))
    if not 0 < count <= len(found):
        return ""
    start = found[-count].start()
    text = name[start:].strip(" ,.;:-/")
    loud = text.isupper() and (count > 1 or len(text) > _ABBREVIATED)

    def shown(word: re.Match[str]) -> str:
        if _ROMAN.fullmatch(word[0].upper()):
            return word[0].upper()
        if word[0].casefold() in _SMALL:
            return word[0].casefold()
        return word[0].capitalize() if loud or word[0].islower() else word[0]

    return (", " if name[:start].rstrip().endswith(",") else " ") + _WORD.sub(shown, text)


def _pairs(value: object) -> Iterable[tuple[object, object]]:
    return value.items() if isinstance(value, dict) else ()


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def _code(places: Places, region: str | None) -> str | None:
    if not region:
        return None
    return region if region in places else places.parse(region)
