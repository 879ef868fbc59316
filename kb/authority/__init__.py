"""The authority file: what the product knows before it has read anything.

Places, institutions, officials, titles, honorifics, abbreviations and document types are
data files in this folder, each entry with its source. ``load`` gives them, each read once.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import tomllib
from collections.abc import Mapping
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

from kb.authority.institutions import Institution, Institutions
from kb.authority.normal import norm
from kb.authority.officials import Official, Officials, Term
from kb.authority.places import Place, Places
from kb.authority.titles import Honorifics, Title, Titles
from kb.model import EntityRef

__all__ = [
    "Authority",
    "Honorifics",
    "Institution",
    "Institutions",
    "Official",
    "Officials",
    "Place",
    "Places",
    "Term",
    "Title",
    "Titles",
    "load",
    "norm",
]

_FOLDER = files("kb.authority")
_SUFFIXES = (".json", ".toml", ".gz")


class Authority:
    """Everything in the authority file; each part is read when first asked for.

    Treat as immutable.
    """

    @cached_property
    def places(self) -> Places:
        packed = (_FOLDER / "places.tsv.gz").read_bytes()
        table = _toml("place_aliases.toml")
        return Places(packed, table, table["written"]["names"])

    @cached_property
    def place_words(self) -> frozenset[str]:
        """Every word of a region's name in normal form: ``places.words()``, made beforehand."""
        packed = (_FOLDER / "place_words.txt.gz").read_bytes()
        return frozenset(gzip.decompress(packed).decode("utf-8").split("\n"))

    @cached_property
    def institutions(self) -> Institutions:
        data = json.loads((_FOLDER / "institutions.json").read_text(encoding="utf-8"))
        return Institutions(data["institutions"], self.places)

    @cached_property
    def officials(self) -> Officials:
        data = json.loads((_FOLDER / "officials.json").read_text(encoding="utf-8"))
        return Officials(data["officials"])

    @cached_property
    def titles(self) -> Titles:
        return Titles(_toml("offices.toml"))

    @cached_property
    def honorifics(self) -> Honorifics:
        return Honorifics(_toml("honorifics.toml"))

    @cached_property
    def abbreviations(self) -> tuple[tuple[str, ...], ...]:
        """Groups of equal terms: the abbreviation first, then what it stands for."""
        return tuple(
            (short, *longs)
            for group in _toml("abbreviations.toml")["group"]
            for short, longs in group["terms"].items()
        )

    @cached_property
    def doctypes(self) -> Mapping[str, Any]:
        """``doctypes.toml`` as plain data."""
        return _toml("doctypes.toml")

    @cached_property
    def docwords(self) -> Mapping[str, Any]:
        """``docwords.toml`` as plain data."""
        return _toml("docwords.toml")

    @cached_property
    def namewords(self) -> Mapping[str, Any]:
        """``namewords.toml`` as plain data."""
        return _toml("namewords.toml")

    @cached_property
    def agencies(self) -> Mapping[str, Any]:
        """``agencies.toml`` as plain data."""
        return _toml("agencies.toml")

    @cached_property
    def calendar(self) -> Mapping[str, Any]:
        """``calendar.toml`` as plain data."""
        return _toml("calendar.toml")

    @cached_property
    def cues(self) -> Mapping[str, Any]:
        """``cues.toml`` as plain data."""
        return _toml("cues.toml")

    @cached_property
    def version(self) -> str:
        """Changes with any change of a data file."""
        digest = hashlib.sha256()
        for name in sorted(f.name for f in _FOLDER.iterdir() if f.name.endswith(_SUFFIXES)):
            data = (_FOLDER / name).read_bytes()
            digest.update(name.encode("utf-8"))
            digest.update(data.replace(b"\r\n", b"\n") if name[-3:] != ".gz" else data)
        return digest.hexdigest()[:12]

    def place(self, code: str) -> Place | None:
        """The region with this Kemendagri code, or ``None``."""
        return self.places.place(code)

    def resolve_institution(self, name: str, region: str | None = None) -> EntityRef | None:
        """The institution ``name`` means in a text about ``region``; see ``Institutions``."""
        return self.institutions.resolve(name, region)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def load() -> Authority:
    """The authority file of this version, one per process."""
    return Authority()
