"""The generator's raw material: names of persons, regions, agencies and places, as marked text."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kb.authority import words as knowledge

PEOPLE_OF = {
    "11": ("aceh", "islam", "melayu"),
    "12": ("batak", "batak", "melayu", "jawa", "tionghoa"),
    "13": ("minang", "minang", "islam"),
    "14": ("melayu", "minang", "batak", "islam"),
    "15": ("melayu", "islam", "jawa"),
    "16": ("melayu", "islam", "modern"),
    "17": ("melayu", "islam", "modern"),
    "18": ("jawa", "melayu", "islam", "bali"),
    "19": ("melayu", "tionghoa", "islam"),
    "21": ("melayu", "tionghoa", "bugis"),
    "31": ("modern", "islam", "jawa", "arab", "tionghoa"),
    "32": ("sunda", "sunda", "islam", "modern"),
    "33": ("jawa", "jawa", "islam", "modern"),
    "34": ("jawa", "jawa", "islam"),
    "35": ("jawa", "jawa", "islam", "arab", "modern"),
    "36": ("sunda", "islam", "islam", "modern"),
    "51": ("bali", "bali", "modern"),
    "52": ("ntb", "islam", "bali"),
    "53": ("ntt", "ntt", "modern"),
    "61": ("dayak", "melayu", "tionghoa", "islam"),
    "62": ("dayak", "banjar", "islam"),
    "63": ("banjar", "banjar", "islam"),
    "64": ("banjar", "dayak", "bugis", "modern"),
    "65": ("dayak", "bugis", "islam"),
    "71": ("minahasa", "minahasa", "modern"),
    "72": ("bugis", "islam", "minahasa"),
    "73": ("bugis", "bugis", "islam"),
    "74": ("bugis", "islam", "modern"),
    "75": ("bugis", "islam", "minahasa"),
    "76": ("bugis", "islam"),
    "81": ("maluku", "maluku", "islam"),
    "82": ("malut", "malut", "islam"),
}
SHORT_PROVINCES = {
    "Sumatera Utara": ("Sumut",),
    "Sumatera Barat": ("Sumbar",),
    "Sumatera Selatan": ("Sumsel",),
    "Kepulauan Bangka Belitung": ("Babel", "Bangka Belitung"),
    "Kepulauan Riau": ("Kepri",),
    "Jawa Barat": ("Jabar",),
    "Jawa Tengah": ("Jateng",),
    "Jawa Timur": ("Jatim",),
    "Daerah Istimewa Yogyakarta": ("DIY", "Yogyakarta"),
    "Nusa Tenggara Barat": ("NTB",),
    "Nusa Tenggara Timur": ("NTT",),
    "Kalimantan Barat": ("Kalbar",),
    "Kalimantan Tengah": ("Kalteng",),
    "Kalimantan Selatan": ("Kalsel",),
    "Kalimantan Timur": ("Kaltim",),
    "Kalimantan Utara": ("Kaltara",),
    "Sulawesi Utara": ("Sulut",),
    "Sulawesi Tengah": ("Sulteng",),
    "Sulawesi Selatan": ("Sulsel",),
    "Sulawesi Tenggara": ("Sultra",),
    "Sulawesi Barat": ("Sulbar",),
    "Maluku Utara": ("Malut",),
    "DKI Jakarta": ("DKI",),
}


@dataclass(frozen=True, slots=True)
class Region:
    """One province, kabupaten or kota with some of what lies in it."""

    name: str
    """Bare name: ``Garut``."""
    kind: str
    """``Provinsi``, ``Kabupaten`` or ``Kota``."""
    province: str
    group: tuple[str, ...]
    districts: tuple[str, ...] = ()
    villages: tuple[tuple[str, str], ...] = ()
    """(type word, name)."""
    siblings: tuple[str, ...] = ()
    """Other kabupaten and kota of the province with their type words."""

    @property
    def full(self) -> str:
        return f"{self.kind} {self.name}"


_OWN = ("lists.txt", "offices.txt", "phrases.txt", "places.txt", "sentences.txt", "words.txt")
"""Lists that only the generator reads; the others are knowledge (``kb.authority.words``)."""


def _lines(name: str) -> list[str]:
    text = (files("kb.lab.templates") / "data" / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=8)
def sections(name: str) -> Mapping[str, tuple[str, ...]]:
    """Lines of a data file by ``[section]``."""
    return knowledge.part(_lines(name)) if name in _OWN else knowledge.sections(name)


@lru_cache(maxsize=1)
def building_words() -> tuple[str, ...]:
    """Words that names of places and groups are built from."""
    return tuple(w.replace("_", " ") for line in _lines("words.txt") for w in line.split())


@lru_cache(maxsize=1)
def regions() -> tuple[Region, ...]:
    """All provinces, kabupaten and kota, with up to 60 kecamatan and villages each."""
    raw = (files("kb.authority") / "places.tsv.gz").read_bytes()
    provinces: dict[str, str] = {}
    towns: dict[str, str] = {}
    districts: dict[str, list[str]] = {}
    villages: dict[str, list[tuple[str, str]]] = {}
    town = ""
    for line in gzip.decompress(raw).decode("utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        code, name = line.split("\t")[:2]
        if code.startswith("."):
            kind = "Kelurahan" if code[1] == "1" else "Desa"
            villages.setdefault(town, []).append((kind, name))
        elif code.count(".") == 0:
            provinces[code] = name
        elif code.count(".") == 1:
            town = code
            towns[code] = name
        else:
            districts.setdefault(code[:5], []).append(name)
    out = []
    for code, name in provinces.items():
        group = PEOPLE_OF.get(code, ("papua", "papua", "maluku", "modern"))
        inside = tuple(n for c, n in towns.items() if c.startswith(code + "."))
        out.append(Region(name, "Provinsi", name, group, siblings=inside))
    for code, full in towns.items():
        kind, _, name = full.partition(" ")
        province = provinces[code[:2]]
        group = PEOPLE_OF.get(code[:2], ("papua", "papua", "maluku", "modern"))
        step = max(1, len(villages.get(code, ())) // 60)
        out.append(
            Region(
                name.removeprefix("Administrasi "),
                kind,
                province,
                group,
                tuple(districts.get(code, ())),
                tuple(villages.get(code, ())[::step]),
                tuple(n for c, n in towns.items() if c[:2] == code[:2] and c != code),
            )
        )
    return tuple(out)


def coined(rng: random.Random) -> str:
    """A word that no list knows, for names nobody has seen."""
    syllables = sections("lists.txt")["syllables"]
    word = "".join(rng.choice(syllables) for _ in range(rng.choice((2, 2, 3, 3, 4))))
    return word.capitalize()


def person_name(rng: random.Random, group: str, female: bool | None = None) -> tuple[str, str]:
    """An invented full name and the short form later used for it."""
    table = knowledge.people()
    kind = "f" if (rng.random() < 0.33 if female is None else female) else "m"
    if rng.random() < 0.15:
        group = rng.choice(("islam", "modern", "jawa", "arab", "batak", "minang", "bugis", "papua"))
    given = [rng.choice(table[f"{group}.{kind}"])]
    last = [rng.choice(table[f"{group}.l"])]
    roll = rng.random()
    if roll < 0.10:
        given = [coined(rng)]
    elif roll < 0.20:
        last = [coined(rng)]
    parts = [*given, *last]
    roll = rng.random()
    if roll < 0.22:
        other = rng.choice((group, "islam", "modern"))
        extra = rng.choice(table[f"{other}.{kind}"]).split(" ")[0]
        parts.insert(1, extra)
    elif roll < 0.30:
        parts = [given[0] if rng.random() < 0.5 else last[0]]
    elif roll < 0.37:
        parts.append(rng.choice(table[f"{rng.choice((group, 'islam', 'modern'))}.l"]))
    elif roll < 0.41:
        parts.insert(rng.choice((0, 1)), rng.choice("ABDFIJKMNRSTW") + ".")
    elif roll < 0.43:
        parts.append(rng.choice("ABDKMNPRSTW"))
    elif roll < 0.46:
        first = rng.choice(sections("lists.txt")["first"])
        return f"{first} {' '.join(parts)}", parts[0]
    elif roll < 0.49 and group in ("islam", "arab", "aceh", "melayu", "bugis"):
        parts[1:1] = ["bin" if kind == "m" else "binti"]
    if parts[0] == "Muhammad" and rng.random() < 0.3 and len(parts) > 1:
        parts[0] = rng.choice(("M.", "Muh.", "Moh.", "M", "Muh"))
    full = " ".join(parts)
    tokens = [t for t in full.split(" ") if len(t.strip(".")) > 2 and t not in ("bin", "Binti")]
    short = tokens[0] if tokens and rng.random() < 0.72 else (tokens[-1] if tokens else full)
    return full, short


def degrees(rng: random.Random) -> str:
    """A tail of academic degrees, with its comma or without."""
    some = rng.sample(sections("lists.txt")["degrees"], rng.choice((1, 1, 2, 2, 3)))
    return rng.choice((", ", ", ", " ", ",")) + rng.choice((", ", ", ", " ", ",")).join(some)


def fill(
    rng: random.Random, pattern: str, town: str, other: str, region: str, district: str
) -> str:
    """A name pattern of the data files with its blanks filled."""

    def blank(match: re.Match[str]) -> str:
        key = match.group(1)
        if key in ("X", "Y"):
            return coined(rng) if rng.random() < 0.4 else rng.choice(building_words())
        if key == "N":
            return person_name(rng, rng.choice(tuple(PEOPLE_OF.values()))[0], False)[0]
        if key == "K":
            return town
        if key == "Kj":
            return town.replace(" ", "")
        if key == "K2":
            return other
        if key == "R":
            return region
        if key == "D":
            return district
        if key == "P":
            return rng.choice(sections("agencies.txt")["partai"]).split("|")[-1].strip()
        if key == "abc":
            return rng.choice("ABCD")
        if key == "n":
            return str(rng.randint(1, 12))
        if key == "n2":
            return f"{rng.randint(1, 20):02d}"
        if key == "mil":
            return f"{rng.randint(1, 17):02d}{rng.randint(1, 30):02d}"
        if key == "mil3":
            return f"{rng.randint(11, 750):03d}"
        if key == "rom":
            return rng.choice(("I", "II", "III", "IV", "V", "VI", "IX"))
        if key == "rt":
            return f"{rng.randint(1, 15):02d}"
        if key == "XY":
            return "".join(rng.choice("ABKMNPSTJ") for _ in range(rng.choice((2, 3, 3))))
        if key == "x":
            return town.lower().replace(" ", "")[:4]
        raise KeyError(key)

    return re.sub(r"\{(\w+)\}", blank, pattern)
