"""The same indicator in other words: the form under which its numbers meet."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from kb import authority
from kb.authority import norm

AT = " @ "
"""Stands before the code of a region whose number it is, in a document of another region."""

_DROP = frozenset(
    ["dan", "di", "ke", "dari", "untuk", "pada", "dengan", "dalam", "yang", "atas", "terhadap",
     "per", "daerah", "wilayah", "oleh", "serta", "atau", "tahun", "terhadap", "se"]
)  # fmt: skip
_PREFIX = re.compile(r"^(?:capaian|pencapaian|hasil capaian|meningkatnya|menurunnya)\s+")
_OWNER = re.compile(
    r"\s(?:provinsi|propinsi|prov|kabupaten|kab|kota|daerah istimewa)\s(?:[^\W\d_]+\s*){1,4}$"
)
_UNITS = re.compile(
    r"\((?:%|persen|orang|unit|rp\.?|rupiah|rp (?:juta|miliar|triliun)|poin|point|indeks|tahun"
    r"|nilai|skor|angka|ha|km|ton|level|predikat|kategori|kasus|dokumen|juta rupiah"
    r"|miliar rupiah)\.?\)",
    re.IGNORECASE,
)


@cache
def words() -> Mapping[str, Any]:
    """``authority/indicators.toml``: heads, spellings, groups of equal names."""
    return tomllib.loads(files("kb.authority").joinpath("indicators.toml").read_text("utf-8"))


@lru_cache(maxsize=20_000)
def indicator_norm(name: str, region: str | None = None) -> str:
    """The form under which the same indicator meets in other words.

    Units and abbreviations in brackets, the name of the document's own region and small words
    fall away; names that a source defines as the same (``indicators.toml``) become one; words
    stand in order of the alphabet: ``Indeks Pembangunan Manusia (IPM) Provinsi Banten`` and
    ``IPM`` give the same. Words that change what is counted (``jumlah``, ``persentase``,
    ``nilai``) stay.

    ``region`` is the name of the region the document is of; a name that ends with another
    region keeps that region's code after ``AT``.
    """
    text, code = split_region(name)
    own = authority.load().places.parse(region) if region else None
    key = _key(text) or norm(name) or name
    if code is None or code == own or region is None:
        return key
    return f"{key}{AT}{code}"


def known_as(query: str) -> tuple[str, ...]:
    """Forms of the indicators of ``indicators.toml`` that have a name with all these words."""
    wanted = set(_spelled(norm(query)).split())
    found = [
        _groups()[_reduced(_spelled(norm(group["names"][0])))]
        for group in words()["group"]
        if any(wanted <= set(norm(name).split()) for name in group["names"])
    ]
    return tuple(found) if wanted else ()


@lru_cache(maxsize=20_000)
def less_is_better(name: str) -> bool:
    """True where the target is reached at or below it (``Prevalensi Stunting``), by the words
    of ``indicators.toml``; a name that counts what was done about it is not (``Persentase
    pengaduan yang ditindaklanjuti``)."""
    spelling = words()["spelling"]
    folded = f" {' '.join(spelling.get(word, word) for word in norm(name).split())} "
    said = any(f" {word} " in folded for word in words()["falls"])
    return said and not any(f" {word} " in folded for word in words()["falls_except"])


def split_region(name: str) -> tuple[str, str | None]:
    """The name without the region at its end, and that region's code."""
    folded = norm(_UNITS.sub(" ", name))
    match = _OWNER.search(folded)
    if match is None:
        return name, None
    whole = folded[match.start() :].strip()
    code = authority.load().places.parse(whole)
    if code is None:
        return name, None
    # Cut the same number of words off the printed name.
    count = len(whole.split())
    pieces = re.split(r"(\s+)", _UNITS.sub(" ", name).strip())
    kept = pieces[: max(1, len(pieces) - 2 * count)]
    return "".join(kept).strip(" ,-–"), code


def _key(name: str) -> str:
    bare = re.sub(r"\([^)]*\)?", " ", name)
    folded = norm(bare.replace("%", " persentase "))
    if not folded:
        folded = norm(name)
    folded = _spelled(folded)
    while True:
        known = _groups().get(_reduced(folded))
        if known is not None:
            return known
        shorter = _PREFIX.sub("", folded)
        if shorter == folded:
            break
        folded = shorter
    return _reduced(folded)


def _spelled(folded: str) -> str:
    spelling = words()["spelling"]
    folded = _offices().sub("opd", folded)
    return " ".join(spelling.get(word, word) for word in folded.split())


def _reduced(folded: str) -> str:
    spelling = words()["spelling"]
    parts = [part for word in folded.split() for part in _expanded(word).split()]
    kept = [spelling.get(part, part) for part in parts if part not in _DROP]
    return " ".join(sorted(dict.fromkeys(kept)))


@cache
def _groups() -> Mapping[str, str]:
    """Reduced form of every name of a group -> that of its first name."""
    found: dict[str, str] = {}
    for group in words()["group"]:
        forms = [_reduced(_spelled(norm(name))) for name in group["names"]]
        for form in forms:
            found.setdefault(form, forms[0])
    return found


@cache
def _abbreviations() -> Mapping[str, str]:
    known = authority.load().abbreviations
    return {norm(g[0]): norm(g[1]) for g in known if len(g) > 1 and g[0] != "OPD"}


@cache
def _offices() -> re.Pattern[str]:
    """The ways to write "regional agency", longest first."""
    names = next((g[1:] for g in authority.load().abbreviations if g[0] == "OPD"), ())
    forms = sorted((norm(name) for name in names), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b" if forms else r"(?!)")


def _expanded(word: str) -> str:
    return _abbreviations().get(word, word)
