"""Signatories: signature blocks of decrees and letters, and ``Nama : ... Jabatan : ...``.

A block is a title on lines of its own (``BUPATI LEBAK,`` or ``KEPALA DINAS`` /
``KESEHATAN`` / ``KOTA PALU``), perhaps a mark (``ttd``), and a name, perhaps with its NIP.
At least one of comma, mark and NIP must be there, so that headings sign nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Doc

from kb.authority import norm
from kb.model import Mention, Office, OfficeStatus
from kb.nlp.language import text_of
from kb.nlp.lexicon import Lexicon, lexicon
from kb.nlp.regions import region_code

_MARK = re.compile(
    r"^\W*(?:(?:cap|meterai|materai)\s*[/.]?\s*)?(?:t\s?t\s?d|d\s?t\s?o|tanda\s*tangan|td)\W*$"
    r"|^\W*ditandatangani secara elektronik.*$|^\W*cap\W*$|^[\W_]+$",
    re.IGNORECASE,
)
_NIP = re.compile(r"^\W*N\s?[I1]\s?[PK]?\s?[.:]?\s*(?:P\s?[.:]?\s*)?[\d .]{8,}", re.IGNORECASE)
_BEHALF = re.compile(r"^\W*(?:a\s?\.?\s?n\s?\.|u\s?\.?\s?b\s?\.|an\.)\s*", re.IGNORECASE)
_FIELD = re.compile(r"^\W*(nama|jabatan)\s*:\s*(.*\S)\s*$", re.IGNORECASE)
_NAME = re.compile(
    r"^\W*(?P<before>(?:(?:prof|dr|drs|dra|ir|hj|h|kh|drg|drh|apt)\b\.?\s*,?\s*)*)"
    r"(?P<name>[^\W\d_][^\d,:;()]{2,59}?)(?P<after>\s*,.*)?\W*$",
    re.IGNORECASE,
)
_TRAILER = re.compile(r"\s+(?:salinan sesuai|paraf|tembusan)\b.*$", re.IGNORECASE)
_SMALL = frozenset({"dan", "atas", "untuk", "di", "dengan", "pada"})
_ACRONYM = re.compile(
    r"^[^AEIOU]{2,5}$|^(?:APBD|BAPPEDA|BPKAD|DPUPR|ESDM|KUA|KPU|PUPR|RI|RSUD|UKM|UMKM|UPT|UPTD)$"
)


class Line(NamedTuple):
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Signed:
    """One signatory: where the name stands, and the office as the block states it."""

    name_start: int
    name_end: int
    role: str
    institution: str | None
    status: str
    start: int
    end: int
    method: str
    confidence: float


def lines_of(text: str) -> list[Line]:
    """Lines with their places in ``text``; empty ones are left out."""
    out, at = [], 0
    for raw in text.split("\n"):
        line = raw.strip()
        if line:
            start = at + raw.index(line[0])
            out.append(Line(start, start + len(line), line))
        at += len(raw) + 1
    return out


def find_signatures(text: str) -> list[Signed]:
    """Every signatory of one page of text."""
    lines = lines_of(text)
    return [*_blocks(lines, lexicon()), *_fields(lines, lexicon())]


def read_title(words: str, lex: Lexicon) -> tuple[str, str | None, str] | None:
    """Role, institution and status of a title line, or ``None`` where it is none."""
    parts = norm(words).split()
    plain = re.split(r"\s+", re.sub(r"[^\w\s./&'’-]", " ", words).strip())
    status, skip = "definitif", 0
    while skip < len(parts):
        size = next((n for n in (2, 1) if tuple(parts[skip : skip + n]) in lex.titles.status), 0)
        if not size:
            break
        status = status if skip else lex.titles.status[tuple(parts[skip : skip + size])]
        skip += size
    if len(plain) != len(parts):
        return None
    for size in range(min(lex.titles.longest, len(parts) - skip), 0, -1):
        title = lex.titles.by_words.get(tuple(parts[skip : skip + size]))
        if title is None:
            continue
        rest = parts[skip + size :]
        body = plain[skip + size :]
        role = plain[: skip + size]
        if rest and rest[0] in lex.type_heads:
            role = [*role, body[0]]
        elif title.takes == "unit":
            inner = 0
            while inner < len(rest) and (rest[inner] in lex.org_words or rest[inner] == "dan"):
                inner += 1
            role, body, rest = [*role, *body[:inner]], body[inner:], rest[inner:]
        elif (title.takes == "region" and rest and not _is_region(rest)) or (
            title.takes in ("institution", "unit") and not rest and size < 2
        ):
            return None
        return _case(role), _case(body) if body else None, status
    return None


def _is_region(words: list[str]) -> bool:
    return region_code(" ".join(words)) is not None or len(words) <= 3


def _case(words: Sequence[str]) -> str:
    if not all(w.isupper() for w in words if w.isalpha()):
        return " ".join(words)
    out = []
    for word in words:
        low = word.lower()
        out.append(low if low in _SMALL else word if _ACRONYM.match(word) else word.capitalize())
    return " ".join(out)


def read_name(line: str, lex: Lexicon) -> tuple[int, int] | None:
    """Where in ``line`` a person's name stands, if the line is a name and no more."""
    match = _NAME.match(_TRAILER.sub("", line))
    if match is None:
        return None
    name = match["name"].strip()
    words = [norm(w) for w in name.split()]
    if not 1 <= len(words) <= 6 or not all(words) or name.endswith(" dan"):
        return None
    if any(w in lex.org_words or w in lex.agency_heads or w in lex.region_types for w in words):
        return None
    if words[0] in lex.titles.first_words or (words[0] in lex.not_person and len(words[0]) > 1):
        return None
    if len(words) == 1 and len(name) < 4:
        return None
    capital = [w for w in name.split() if w[0].isupper()]
    if len(capital) < len(name.split()) - sum(w in ("bin", "binti", "al") for w in words):
        return None
    if match["after"]:
        degree = norm(match["after"]).replace(" ", "")
        dotted = "." in match["after"] and len(degree) < 9
        if not dotted and not any(degree.startswith(d) for d in lex.degrees):
            return None
    start = match.start("name")
    return start, start + len(name)


def _blocks(lines: Sequence[Line], lex: Lexicon) -> Iterator[Signed]:
    i = 0
    while i < len(lines):
        made = _block(lines, i, lex)
        if made is None:
            i += 1
        else:
            signed, i = made
            yield signed


def _block(lines: Sequence[Line], i: int, lex: Lexicon) -> tuple[Signed, int] | None:
    first = _BEHALF.sub("", lines[i].text)
    if norm(first).split()[:1] == [] or len(first) > 120:
        return None
    if norm(first).split()[0] not in lex.titles.first_words | lex.status_first:
        return None
    upper = first.isupper()
    for height in (3, 2, 1):
        rows = lines[i : i + height]
        if len(rows) < height or (height > 1 and not all(r.text.isupper() for r in rows)):
            continue
        comma = rows[-1].text.endswith(",")
        title = read_title(" ".join([first, *(r.text for r in rows[1:])]).rstrip(", "), lex)
        if title is None:
            continue
        at = i + height
        marks = 0
        while at < len(lines) and marks < 4 and _MARK.match(lines[at].text):
            at, marks = at + 1, marks + 1
        if at >= len(lines):
            continue
        name = read_name(lines[at].text, lex)
        if name is None:
            continue
        after = lines[at + 1 : at + 4]
        nip = any(_NIP.match(line.text) for line in after[:3])
        if not (marks or nip or (comma and upper)):
            continue
        line = lines[at]
        role, institution, status = title
        sure = 0.9 if marks or nip else 0.75
        return (
            Signed(
                line.start + name[0],
                line.start + name[1],
                role,
                institution,
                status,
                lines[i].start,
                line.end,
                "signature",
                sure,
            ),
            at + 1,
        )
    return None


def _fields(lines: Sequence[Line], lex: Lexicon) -> Iterator[Signed]:
    """``Nama : X`` with ``Jabatan : Y`` on one of the next lines."""
    for i, line in enumerate(lines):
        field = _FIELD.match(line.text)
        if field is None or field[1].lower() != "nama":
            continue
        for other in lines[i + 1 : i + 4]:
            post = _FIELD.match(other.text)
            if post is None or post[1].lower() != "jabatan":
                continue
            name = read_name(field[2], lex)
            title = read_title(post[2].rstrip(",. "), lex)
            if name is None or title is None:
                break
            at = line.start + field.start(2)
            role, institution, status = title
            yield Signed(
                at + name[0],
                at + name[1],
                role,
                institution,
                status,
                line.start,
                other.end,
                "name and post fields",
                0.92,
            )
            break


def add_signatures(doc: Doc, mentions: Sequence[Mention]) -> tuple[list[Mention], list[Office]]:
    """Mentions with the signatories added, and the offices they sign in."""
    text = text_of(doc)
    kept = list(mentions)
    offices: list[Office] = []
    for signed in find_signatures(text):
        name = text[signed.name_start : signed.name_end]
        kept = [m for m in kept if m.end <= signed.name_start or m.start >= signed.name_end]
        kept.append(
            Mention(
                signed.name_start,
                signed.name_end,
                name,
                "PER",
                method=f"rule: {signed.method}",
                confidence=signed.confidence,
            )
        )
        status: OfficeStatus = signed.status  # type: ignore[assignment]
        offices.append(
            Office(
                name=" ".join(name.split()),
                role=signed.role,
                institution=signed.institution,
                status=status,
                start=signed.start,
                end=signed.end,
                method=signed.method,
                confidence=signed.confidence,
            )
        )
    return sorted(kept, key=lambda m: m.start), offices
