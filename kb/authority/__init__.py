"""The authority file: what the product knows before it has read anything.

Places, institutions, officials, titles, honorifics, abbreviations and document types are
data files in this folder, each entry with its source. ``load`` reads them once.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
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

_SUFFIXES = (".json", ".toml", ".gz")


@dataclass(frozen=True)
class Authority:
    """Everything in the authority file. Treat as immutable."""

    places: Places
    institutions: Institutions
    officials: Officials
    titles: Titles
    honorifics: Honorifics
    abbreviations: tuple[tuple[str, ...], ...]
    """Groups of equal terms: the abbreviation first, then what it stands for."""
    doctypes: Mapping[str, Any]
    """``doctypes.toml`` as plain data."""
    calendar: Mapping[str, Any]
    """``calendar.toml`` as plain data."""
    cues: Mapping[str, Any]
    """``cues.toml`` as plain data."""
    version: str
    """Changes with any change of a data file."""

    def place(self, code: str) -> Place | None:
        """The region with this Kemendagri code, or ``None``."""
        return self.places.place(code)

    def resolve_institution(self, name: str, region: str | None = None) -> EntityRef | None:
        """The institution ``name`` means in a text about ``region``; see ``Institutions``."""
        return self.institutions.resolve(name, region)


def _toml(data: Mapping[str, bytes], name: str) -> dict[str, Any]:
    raw = data.get(name)
    return tomllib.loads(raw.decode("utf-8")) if raw is not None else {}


@lru_cache(maxsize=1)
def load() -> Authority:
    """The authority file of this version, read once per process."""
    folder = files("kb.authority")
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(_SUFFIXES))
    data = {name: (folder / name).read_bytes() for name in names}
    digest = hashlib.sha256()
    for name in names:
        digest.update(name.encode("utf-8"))
        digest.update(data[name].replace(b"\r\n", b"\n") if name[-3:] != ".gz" else data[name])
    places = Places(data["places.tsv.gz"], _toml(data, "place_aliases.toml"))
    abbreviations = _toml(data, "abbreviations.toml")
    return Authority(
        places=places,
        institutions=Institutions(json.loads(data["institutions.json"])["institutions"], places),
        officials=Officials(json.loads(data["officials.json"])["officials"]),
        titles=Titles(_toml(data, "offices.toml")),
        honorifics=Honorifics(_toml(data, "honorifics.toml")),
        abbreviations=tuple(
            (short, *longs)
            for group in abbreviations.get("group", [])
            for short, longs in group["terms"].items()
        ),
        doctypes=_toml(data, "doctypes.toml"),
        calendar=_toml(data, "calendar.toml"),
        cues=_toml(data, "cues.toml"),
        version=digest.hexdigest()[:12],
    )
