"""The authority data files themselves: complete, sorted, clean, each entry with a source."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kb import authority
from kb.authority import norm
from kb.authority.institutions import SCOPES

FOLDER = Path(str(files("kb.authority")))
OWN = (
    "abbreviations.toml",
    "honorifics.toml",
    "institutions.json",
    "namewords.toml",
    "offices.toml",
    "officials.json",
    "place_aliases.toml",
)
ISO = re.compile(r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$")


def read(name: str) -> dict[str, Any]:
    text = (FOLDER / name).read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text) if name.endswith(".json") else tomllib.loads(text)
    return data


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


@pytest.mark.parametrize("name", OWN)
def test_no_stray_white_space(name: str) -> None:
    for text in strings(read(name)):
        assert text == text.strip()
        assert "  " not in text
        assert "\n" not in text


@pytest.mark.parametrize("name", OWN)
def test_a_source_is_named(name: str) -> None:
    data = read(name)
    if name == "institutions.json":
        assert all(entry["source"] for entry in data["institutions"])
    elif name == "officials.json":
        assert all(term["sources"] for one in data["officials"] for term in one["terms"])
    elif name == "abbreviations.toml":
        assert all(group["source"] for group in data["group"])
    else:
        assert data["source"]


# --- places -----------------------------------------------------------------------------


def test_all_regions_of_the_country_are_there() -> None:
    places = authority.load().places
    assert len(places.codes(0)) == 38
    assert len(places.codes(1)) == 514
    assert len(places.codes(2)) > 7200
    assert len(places.codes(3)) > 83000
    assert (FOLDER / "places.tsv.gz").stat().st_size < 2 * 1024 * 1024


def test_every_region_lies_in_another() -> None:
    places = authority.load().places
    for dots in (1, 2, 3):
        assert all(code.rpartition(".")[0] in places for code in places.codes(dots))


def test_place_aliases_belong_to_real_regions() -> None:
    places = authority.load().places
    data = read("place_aliases.toml")
    for level in ("provinsi", "kabupaten", "kota"):
        for name, aliases in data[level].items():
            found = [c for c in places.named(name, level=level) if c.count(".") <= 1]
            assert len(found) == 1, name
            assert aliases == sorted(set(aliases)), name
            for alias in aliases:
                assert found[0] in places.by_norm[norm(alias)]


def test_regions_are_called_as_their_governments_write_them() -> None:
    places = authority.load().places
    for code, name in read("place_aliases.toml")["written"]["names"].items():
        place = places.place(code)
        assert place is not None
        assert place.name == name
        assert code in places.regions_named(place.bare, level=place.level)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Bau-Bau", "74.72"),
        ("Toli toli", "72.04"),
        ("Tanjung Pinang", "21.72"),
        ("Kota Baru", "63.02"),
        ("Tojo Unauna", "72.09"),
        ("Palangkaraya", "62.71"),
    ],
)
def test_a_region_is_found_however_its_name_is_spaced(written: str, code: str) -> None:
    assert authority.load().places.regions_named(written) == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Provinsi Banten", "36"),
        ("banten", "36"),
        ("Prov. Jawa Barat", "32"),
        ("Sumsel", "16"),
        ("DKI Jakarta", "31"),
        ("Kota Tangerang Selatan", "36.74"),
        ("Tangsel", "36.74"),
        ("Kab. Lebak", "36.02"),
        ("Kotamadya Bogor", "32.71"),
        ("Bogor", None),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_parse_region(text: str, code: str | None) -> None:
    assert authority.load().places.parse(text) == code


# --- institutions -----------------------------------------------------------------------


def test_institution_entries() -> None:
    entries = read("institutions.json")["institutions"]
    ids = [entry["id"] for entry in entries]
    assert ids == sorted(ids)
    assert len(ids) == len(set(ids))
    for entry in entries:
        assert re.fullmatch(r"[a-z0-9-]+", entry["id"])
        assert set(entry["scope"]) <= set(SCOPES)
        assert entry["scope"]
        assert entry["parent"] is None or entry["parent"] in ids
        for names in (entry["short"], entry["former"]):
            assert names == sorted(set(names))
        norms = [norm(n) for n in (entry["name"], *entry["short"], *entry["former"])]
        assert len(norms) == len(set(norms)), entry["id"]


def test_an_abbreviation_of_two_institutions_is_told_apart_by_region() -> None:
    known = authority.load().institutions
    shared = {words: ids for words, ids in known.index.items() if len(ids) > 1}
    for words, ids in shared.items():
        scopes = [known.get(i).scopes for i in ids]  # type: ignore[union-attr]
        assert len(set(scopes)) == len(scopes), words


@pytest.mark.parametrize(
    ("name", "region", "expected"),
    [
        ("Bappeda", "Provinsi Banten", "institution:bappeda@36"),
        ("Bappeda", "36.73", "institution:bappeda@36.73"),
        ("Bappeda Kab. Lebak", "36", "institution:bappeda@36.02"),
        ("Badan Perencanaan Pembangunan Daerah (Bappeda) Jambi", None, "institution:bappeda@15"),
        ("Kominfo", "36.73", "institution:diskominfo@36.73"),
        ("Kominfo", None, "institution:kemkomdigi"),
        ("KPU RI", "36", "institution:kpu"),
        ("KPU Kota Cilegon", None, "institution:kpu@36.72"),
        ("Bawaslu", "36", "institution:bawaslu"),
        ("Polda Metro Jaya", None, "institution:polda@31"),
        ("Polres Serang Kota", None, "institution:polres@36.73"),
        ("Pemerintah Provinsi Sumatera Selatan", None, "institution:pemprov@16"),
        ("Pemkot", "36", None),
        ("Dinas Kesehatan Serang", None, "institution:dinkes:serang"),
        ("Karang Taruna Mekar", "36", None),
        ("", "36", None),
    ],
)  # fmt: skip
def test_resolve_institution(name: str, region: str | None, expected: str | None) -> None:
    ref = authority.load().resolve_institution(name, region)
    assert (ref.entity_id if ref else None) == expected


# --- officials --------------------------------------------------------------------------


def test_official_entries() -> None:
    known = authority.load()
    entries = read("officials.json")["officials"]
    ids = [entry["id"] for entry in entries]
    assert ids == sorted(set(ids))
    for entry in entries:
        assert entry["region"] in known.places
        assert entry["terms"]
        for term in entry["terms"]:
            assert term["status"] in ("definitif", "Pj", "Plt", "Plh", "Pjs")
            for date in (term["from"], term["to"]):
                assert date is None or ISO.match(date)
            if term["from"] and term["to"]:
                assert term["from"] <= term["to"]
            if not term["confirmed"]:
                assert term.get("note")


def test_every_name_reaches_one_official() -> None:
    names = Counter(norm(n) for one in authority.load().officials.all() for n in set(one.names))
    assert max(names.values()) == 1


def test_nobody_governs_twice_at_once() -> None:
    terms = sorted(
        (term.start, term.end or "9999")
        for one in authority.load().officials.all()
        for term in one.terms
        if term.role == "Gubernur" and term.status in ("definitif", "Pj") and term.start
    )
    for (_, end), (start, _) in pairwise(terms):
        assert end <= start


# --- titles, honorifics, abbreviations ----------------------------------------------------


def test_titles_are_not_listed_twice() -> None:
    groups = read("offices.toml")["group"]
    seen = Counter(tuple(norm(t).split()) for group in groups for t in group["titles"])
    assert [words for words, n in seen.items() if n > 1] == []


def test_short_titles_stand_for_something() -> None:
    titles = authority.load().titles
    assert titles.full("Wagub") == "wakil gubernur"
    assert titles.full("Kadis Kesehatan") == "kepala dinas kesehatan"
    assert titles.full("Camat") == "camat"


def test_words_about_villages_lead_to_titles() -> None:
    known = authority.load().titles.villages
    titles = {title for told in known.titles.values() for title in told}
    assert set(known.short.values()) <= set(known.titles)
    assert known.blocks | {"distrik"} <= set(known.titles)
    assert not known.wider & set(known.titles), "a regency has no village head"
    assert {"lurah", "kepala desa", "keuchik", "wali nagari"} <= titles & known.heads
    for word in (*titles, *known.titles, *known.short, *known.venues, *known.heads):
        assert norm(word) == word


def test_abbreviations() -> None:
    groups = authority.load().abbreviations
    assert len(groups) >= 150
    seen = Counter(norm(term) for group in groups for term in set(group))
    assert [term for term, n in seen.items() if n > 1] == ["ikm"]  # two meanings, both usual
    assert all(len(group) > 1 for group in groups)


def test_version_is_the_hash_of_the_files() -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", authority.load().version)


# --- norm ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Ma'ruf   AMIN ", "maruf amin"),
        ("H. M. Yusuf", "h m yusuf"),
        ("Kota/Kabupaten", "kota kabupaten"),
        ("Café-Olé", "cafe ole"),
        ("“Jum’at”", "jumat"),
        ("…", ""),
    ],
)
def test_norm(text: str, expected: str) -> None:
    assert norm(text) == expected
    assert norm(norm(text)) == norm(text)


def test_words_of_places_are_made_from_the_places() -> None:
    """``python tools/make_places.py`` makes the list again."""
    assert authority.load().place_words == authority.load().places.words()


def test_large_regions_are_found_without_the_villages() -> None:
    places = authority.load().places
    large = [
        place for dots in (0, 1) for code in places.codes(dots) if (place := places.place(code))
    ]
    names = {place.bare for place in large} | {a for p in large for a in places.aliases(p.code)}
    for name in sorted(names | {"Serang", "TanggerangSelatan", "tangerangselatan", "Cimone", ""}):
        for level in (None, "provinsi", "kabupaten", "kota"):
            codes = [c for c in places.named(name, level=level) if c.count(".") <= 1]
            assert places.regions_named(name, level=level) == codes, name
