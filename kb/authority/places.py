"""Regions of Indonesia with their Kemendagri codes, and the ways they are written."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.authority.normal import norm

_LARGE = re.compile(r"^\d\d(?:\.\d\d)?\t.+$", re.MULTILINE)
_SMALL = re.compile(r"^(?:\d\d\.\d\d)?[.]\S+\t(.+)$", re.MULTILINE)
"""Lines of the packed file: provinces and kabupaten or kota; what lies within them."""

LEVELS = ("provinsi", "kabupaten", "kota", "kecamatan", "desa", "kelurahan")


@dataclass(frozen=True, slots=True)
class Place:
    """One region. ``code`` is Kemendagri's (``36``, ``36.73``, ``36.73.01.1001``)."""

    code: str
    bare: str
    """The name without its type word (``Serang``)."""
    level: str
    """One of ``LEVELS``."""

    @property
    def name(self) -> str:
        """The name with its type word (``Kota Serang``, ``Provinsi Banten``)."""
        return f"{self.level.capitalize()} {self.bare}"

    @property
    def parent(self) -> str | None:
        """Code of the region above, ``None`` for a province."""
        return self.code.rpartition(".")[0] or None

    @property
    def entity_id(self) -> str:
        return f"place:{self.code}"


class Places:
    """All regions by code and by written form. Immutable once built."""

    def __init__(
        self,
        packed: bytes,
        aliases: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
        written: Mapping[str, str] | None = None,
    ) -> None:
        """``written`` gives the names that governments write otherwise than the packed file,
        by code, type word included."""
        self._packed = packed
        self._given = aliases or {}
        self._written = written or {}

    @cached_property
    def _text(self) -> str:
        return gzip.decompress(self._packed).decode("utf-8")

    @cached_property
    def _names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        parent = ""
        for line in self._text.splitlines():
            if line.startswith("#") or not line:
                continue
            code, _, name = line.partition("\t")
            if code.startswith("."):
                code = parent + code
            elif code.count(".") >= 2:
                parent = ".".join(code.split(".")[:3])
            names[code] = name
        return {**names, **self._written}

    @cached_property
    def _large_names(self) -> dict[str, str]:
        """The names of provinces, kabupaten and kota alone: read many times faster."""
        lines = (line.partition("\t") for line in _LARGE.findall(self._text))
        return {**{code: name for code, _, name in lines}, **self._written}

    @cached_property
    def _aliases(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for code in self.codes(0) + self.codes(1):
            place = self.place(code)
            given = self._given.get(place.level, {}).get(place.bare) if place else None
            if given:
                found[code] = tuple(given)
        return found

    def __len__(self) -> int:
        return len(self._names)

    def words(self) -> frozenset[str]:
        """Every word of a region's bare name or alias, in normal form.

        Folds all names in one go, which is many times faster than ``by_norm``.
        """
        regions = [
            name.partition(" ")[2] if "." in code else name
            for code, name in self._large_names.items()
        ]
        lower = _SMALL.findall(self._text)
        levels = [self._given[level] for level in LEVELS if level in self._given]
        aliases = [alias for level in levels for names in level.values() for alias in names]
        names = [*regions, *lower, *aliases]
        plain = norm.__wrapped__("\n".join(name for name in names if name.isascii())).split()
        other = " ".join(norm(name) for name in names if not name.isascii()).split()
        glued = [norm(region).replace(" ", "") for region in regions]
        return frozenset((*plain, *other, *glued))

    def __contains__(self, code: object) -> bool:
        return code in self._names

    def place(self, code: str) -> Place | None:
        """The region with this Kemendagri code, or ``None``."""
        dots = code.count(".")
        name = (self._large_names if dots < 2 else self._names).get(code)
        if name is None:
            return None
        if dots == 0:
            return Place(code, name, "provinsi")
        if dots == 1:
            kind, _, bare = name.partition(" ")
            return Place(code, bare, kind.lower())
        if dots == 2:
            return Place(code, name, "kecamatan")
        return Place(code, name, "kelurahan" if code.rpartition(".")[2][0] == "1" else "desa")

    def aliases(self, code: str) -> tuple[str, ...]:
        """Other ways this region is written, without its type word."""
        return self._aliases.get(code, ())

    def in_short(self) -> tuple[tuple[str, ...], ...]:
        """Provinces, kabupaten and kota that have other names: the name, then these."""
        return tuple(
            (place.bare, *names)
            for code, names in self._aliases.items()
            if (place := self.place(code))
        )

    def codes(self, dots: int) -> list[str]:
        """Codes of one depth: 0 provinces, 1 kabupaten/kota, 2 kecamatan, 3 villages."""
        length = (2, 5, 8, 13)[dots]
        names = self._large_names if dots < 2 else self._names
        return [code for code in names if len(code) == length]

    @cached_property
    def by_norm(self) -> Mapping[str, tuple[str, ...]]:
        """Normal form of the bare name -> codes of every region called so."""
        found: dict[str, list[str]] = {}
        for code, name in self._names.items():
            bare = name.partition(" ")[2] if code.count(".") == 1 else name
            key = norm(bare)
            found.setdefault(key, []).append(code)
            glued = key.replace(" ", "")
            if glued != key and code.count(".") <= 1:
                found.setdefault(glued, []).append(code)
        for code, names in self._aliases.items():
            for alias in names:
                codes = found.setdefault(norm(alias), [])
                if code not in codes:
                    codes.append(code)
        return {key: tuple(codes) for key, codes in found.items()}

    @cached_property
    def _large(self) -> dict[str, list[tuple[str, str]]]:
        """Normal form of the name -> level and code of each province, kabupaten and kota."""
        found: dict[str, list[tuple[str, str]]] = {}
        for code, name in self._large_names.items():
            level, bare = "provinsi", name
            if "." in code:
                kind, _, bare = name.partition(" ")
                level = kind.lower()
            key = norm(bare)
            names = {key, key.replace(" ", "")}
            names.update(norm(alias) for alias in self._given.get(level, {}).get(bare, ()))
            for form in names:
                found.setdefault(form, []).append((level, code))
        return found

    def regions_named(self, bare: str, *, level: str | None = None) -> list[str]:
        """Codes of provinces, kabupaten and kota called ``bare``, the highest level first.

        As ``named`` has them, without a look at the villages (which takes a moment).
        """
        key = norm(bare)
        # "Toli Toli", "Tanjung Pinang": spaces and hyphens are set as each office likes.
        found = self._large.get(key) or self._large.get(key.replace(" ", "")) or ()
        codes = [code for kind, code in found if level in (None, kind)]
        return sorted(codes, key=lambda code: (code.count("."), code))

    def named(self, bare: str, *, level: str | None = None, within: str | None = None) -> list[str]:
        """Codes of regions called ``bare`` (no type word), highest level first.

        ``level`` keeps one of ``LEVELS`` (``desa`` and ``kelurahan`` count as one),
        ``within`` keeps regions inside (or equal to) that code.
        """
        key = norm(bare)
        codes = self.by_norm.get(key, ())
        if " " in key:  # "Batang Hari": the large ones are glued as each likes
            glued = self.by_norm.get(key.replace(" ", ""), ())
            codes += tuple(c for c in glued if c.count(".") <= 1 and c not in codes)
        out = []
        for code in codes:
            if within and code != within and not code.startswith(within + "."):
                continue
            if level is not None:
                place = self.place(code)
                if place is None:
                    continue
                same = place.level == level or {place.level, level} == {"desa", "kelurahan"}
                if not same:
                    continue
            out.append(code)
        return sorted(out, key=lambda code: (code.count("."), code))

    def parse(self, text: str) -> str | None:
        """Code of a region written with or without its type word, if only one fits.

        ``Provinsi Banten``, ``Kab. Serang``, ``Kota Serang``, ``Banten``. A bare name that
        a kabupaten and a kota share (``Serang``) gives ``None``.
        """
        words = norm(text).split()
        if not words:
            return None
        level = TYPE_WORDS.get(words[0])
        if level is not None and len(words) > 1:
            found = self.named(" ".join(words[1:]), level=level)
            if len(found) == 1:
                return found[0]
            if level not in ("kabupaten", "kota", "provinsi"):
                return None
        found = [c for c in self.named(" ".join(words)) if c.count(".") <= 1]
        if found and found[0].count(".") == 0:
            return found[0]
        return found[0] if len(found) == 1 else None


TYPE_WORDS: Mapping[str, str] = {
    "provinsi": "provinsi",
    "propinsi": "provinsi",
    "prov": "provinsi",
    "kabupaten": "kabupaten",
    "kab": "kabupaten",
    "kota": "kota",
    "kotamadya": "kota",
    "kecamatan": "kecamatan",
    "kec": "kecamatan",
    "distrik": "kecamatan",
    "kapanewon": "kecamatan",
    "kemantren": "kecamatan",
    "desa": "desa",
    "kelurahan": "kelurahan",
    "kel": "kelurahan",
    "nagari": "desa",
    "gampong": "desa",
    "kampung": "desa",
    "pekon": "desa",
    "kalurahan": "desa",
    "lembang": "desa",
    "tiyuh": "desa",
}
