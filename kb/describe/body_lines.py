"""The line of a title page that names an agency, and the name it gives."""

from __future__ import annotations

import re

from kb import authority
from kb.authority import Place, norm
from kb.describe.casing import title_case
from kb.describe.doctype import is_kind
from kb.describe.front import doc_words
from kb.describe.regions import regions_in


def body_line(lines: tuple[str, ...]) -> tuple[int, str] | None:
    """The line that names an agency, with the name (over up to three lines)."""
    for index, whole in enumerate(lines[:25]):
        line = whole.split(" | ")[0]
        if re.match(r"(?i)(?:kepada|yth)\b", line):
            break  # whom a letter goes to
        if " | " in whole and re.match(r"\d+\.\d", line):
            continue  # a row with the code of an agency or an account
        if is_sentence(line) or norm(line).find(" dalam angka") > 0:
            continue
        for pattern in (r"^", r"\b(?:pada|profil|oleh)\s+", r"\s"):
            for word in doc_words()["bodies"]:
                match = re.search(rf"{pattern}({word}\b.*)$", line, re.IGNORECASE)
                if match is None or line[match.start(1) + len(word) :].lstrip().startswith(":"):
                    continue  # a form's label
                if pattern == r"\s" and not _titled_agency(line, match.start(1), word):
                    continue
                name = _agency(match.group(1), lines, index)
                if SEAT.match(name) or re.match(r"(?i)badan (?:usaha|layanan)", name):
                    continue
                name = _OFFICE.sub(lambda seat: _SEATS[seat[1].lower()], name)
                if len(name.split()) >= 2 or word.startswith(("bap", "inspek", "rsud")):
                    return index, name
    return None


def short_line(lines: tuple[str, ...], place: Place | None) -> tuple[int, str] | None:
    """The line that is an agency's short form with its region ("SATPOL PP KABUPATEN KLATEN"), or
    alone where ``place`` is known, with the agency's name in full."""
    institutions = authority.load().institutions
    for index, line in enumerate(lines[:12]):
        words = norm(line).split()
        if " | " in line or not words or len(words) > 8:
            continue
        ids, size = institutions.match(words)
        rest = words[size:]
        if not ids or size > 2 or (rest and not _LEVEL.match(" ".join(rest))):
            continue
        code = place.code if place is not None else None
        known = authority.load().resolve_institution(line if rest else " ".join(words), code)
        if known is not None and known.authority and known.region:
            return index, known.name
    return None


_LEVEL = re.compile(r"(?:(?:dan|pp|naker) )?(?:kabupaten|kab|kota|provinsi|prov)\b")

SEAT = re.compile(r"kantor (?:gubernur|bupati|wali ?kota)\b", re.IGNORECASE)
"""The seat of a government, which is its address and no agency."""
_OFFICE = re.compile(r"^kantor (camat|kecamatan|lurah|kelurahan)\b", re.IGNORECASE)
_SEATS = {"camat": "Kecamatan", "kecamatan": "Kecamatan", "lurah": "Kelurahan",
          "kelurahan": "Kelurahan"}  # fmt: skip


def is_sentence(line: str) -> bool:
    """True for running text, which names agencies that are not the document's."""
    words = line.split()
    small = [word for word in words if word.isalpha() and word.islower() and len(word) > 5]
    return line.endswith(".") and len(words) > 6 and len(small) >= 2


_OTHER_SENSES = frozenset(["badan", "bagian", "balai", "kantor", "komisi", "direktorat", "pusat"])
"""Words that mean other things inside a title."""


def _titled_agency(line: str, start: int, word: str) -> bool:
    """Inside a title an agency is set in capitals or has capital letters, or stands behind what
    the document is ("Rencana Kerja (Renja) Badan ...")."""
    if line[start].isupper() and is_kind(norm(line[:start])):
        return True
    return line[start].isupper() and word not in _OTHER_SENSES


BEHIND_NAME = re.compile(
    r"\s*(?:\btahun\b|\bjl\b\.?|\bjln\b\.?|\bjalan\b|\balamat\b|\btelp\b|\btelepon\b|\bperiode\b"
    r"|\bnomor\b|\(?(?:19|20)\d\d|\bkawasan\b|\be-?mail\b|\buntuk\b|\bbulan\b|\btriwulan\b"
    r"|\bsemester\b|\bper \d|;|\||\s[-–]\s*\d).*$",
    re.IGNORECASE,
)
"""What stands behind an agency's name on its line: its address, the document's years."""


def _agency(first: str, lines: tuple[str, ...], index: int) -> str:
    name = BEHIND_NAME.sub("", first).strip(" ,.-:")
    cut = name != first.strip(" ,.-:")
    for line in lines[index + 1 : index + 3]:
        if cut:
            break
        goes_on = name.lower().endswith(
            (" dan", ",", " serta", " bidang")
        ) or first.rstrip().endswith(",")
        more = re.match(r"^(?:dan|serta)\b", line, re.IGNORECASE)
        if not (goes_on or more):
            break
        joiner = ", " if first.rstrip().endswith(",") else " "
        piece = BEHIND_NAME.sub("", line).strip(" .-:")
        name = f"{name.rstrip(' ,')}{joiner}{piece}"
        first = line
    if not cut and index + 1 < len(lines):
        name = _whole_kecamatan(name, lines[index + 1])
    name = re.sub(r"\s+pemerintah\s+(?=(?:kabupaten|kota|provinsi)\b)", " ", name, flags=re.I)
    return title_case(_to_region(name))


def _whole_kecamatan(name: str, below: str) -> str:
    """The name of a kecamatan that its line broke ("KECAMATAN BUGUL" above "KIDUL 2024")."""
    match = re.match(r"(?:kapanewon|kecamatan|kemantren|distrik)\s+(.+)", name, re.IGNORECASE)
    if match is None or not below[:1].isalpha():
        return name
    places, rest = authority.load().places, BEHIND_NAME.sub("", below).split()
    if not rest or places.named(match.group(1), level="kecamatan"):
        return name
    longer = f"{match.group(1)} {rest[0]}"
    return f"{name} {rest[0]}" if places.named(longer, level="kecamatan") else name


def _to_region(name: str) -> str:
    """The name up to the end of its region: what is set on the same line is not part of it."""
    found = regions_in(name)
    if not found:
        return _to_town(name)
    place, start = found[0]
    end = re.match(
        rf"\S+\s+{re.escape(place.bare)}\b".replace(r"\ ", r"\s+"), name[start:], re.IGNORECASE
    )
    return name[: start + end.end()] if end else name


def _to_town(name: str) -> str:
    """A known agency's name up to the town behind it ("Dinas Kesehatan Demak | Sri Wahyuni")."""
    words = name.split()
    ids, size = authority.load().institutions.match(norm(name).split())
    if not ids or len(words) < size + 3 or norm(" ".join(words[:size])).count(" ") != size - 1:
        return name
    towns = authority.load().places.named(words[size])
    region = any(code.count(".") <= 1 for code in towns)
    people = all(word[0].isupper() for word in words[size + 1 :])
    return " ".join(words[: size + 1]) if region and people else name


def national(name: str) -> bool:
    """True for a body that exists once for the country."""
    institutions = authority.load().institutions
    ids, size = institutions.match(norm(name).split())
    entry = institutions.get(ids[0]) if ids else None
    return entry is not None and entry.scopes == ("nasional",) and size >= 2
