"""Who sent a letter whose head names no office: its letterhead, else who signed it."""

from __future__ import annotations

import re

from kb import authority
from kb.authority import norm
from kb.describe.agencies import agency_of_office
from kb.describe.body_lines import body_line, national
from kb.describe.casing import title_case
from kb.describe.front import Front
from kb.describe.page_issuer import HEADS
from kb.describe.regions import office_place

_HEAD = re.compile(r"\s*(?:SURAT\s+EDARAN|PENGUMUMAN|INSTRUKSI|SURAT\s+PERINTAH)\b")
_SIGNED = re.compile(
    r"(?:ditetapkan|dikeluarkan|dibuat)\s+di\b[^\n]*(?:\n[^\n]*){0,2}?tanggal[^\n]*\n",
    re.IGNORECASE,
)
_FOR = re.compile(r"^(?:a\.?\s?n\.?|an\.|atas nama)\s+", re.IGNORECASE)


def sender(front: Front) -> str | None:
    """The office or agency that sent the letter, ``None`` where neither its letterhead nor
    its signature can be read. A letter signed for another ("a.n. BUPATI ...") is that one's."""
    above = _letterhead(front)
    if above:
        office = next((line for line in above if HEADS.match(line)), None)
        if office is not None and office_place(office):
            return title_case(office.strip(" ,"))
        stated = body_line(above)
        if stated is not None:
            return stated[1]
        for line in above:
            known = authority.load().resolve_institution(line)
            if known is not None and known.authority and national(known.name):
                return known.name
    return _signer(front.whole)


def _letterhead(front: Front) -> tuple[str, ...]:
    """Lines above the letter's own head, addressees left out."""
    lines: list[str] = []
    for line in front.lines:
        if _HEAD.match(line):
            return tuple(lines)
        if re.match(r"(?:kepada|yth)\b", norm(line)):
            break
        lines.append(line)
    return tuple(lines) if any(_HEAD.match(line) for line in front.lines) else ()


def _signer(text: str) -> str | None:
    """The office below the last place and date of signing."""
    for match in reversed(list(_SIGNED.finditer(text))):
        words: list[str] = []
        for line in text[match.end() :].split("\n")[:6]:
            line = line.strip()
            if not line:
                if words:
                    break
                continue
            if not line.isupper() and not _FOR.match(line):
                break
            words.append(line)
            if line.endswith(",") or len(words) == 3:
                break
        office = _FOR.sub("", " ".join(words)).strip(" ,.")
        if not office:
            continue
        if HEADS.match(office) and office_place(office):
            head = re.split(r"(?i)\s+(?:sekretaris daerah|asisten|u\.?b\.?)\b", office)[0]
            return title_case(head.strip(" ,"))
        agency = agency_of_office(title_case(office))
        if agency is not None:
            return agency
        body = re.sub(r"(?i)^(?:plt\.?|pj\.?)?\s*(?:kepala|ketua)\s+", "", office)
        known = authority.load().resolve_institution(body)
        if known is not None and known.authority and national(known.name):
            return known.name
    return None


_SUBJECT = re.compile(r"(?:perihal|hal)\s*:\s*(?P<said>\S.{5,})$", re.IGNORECASE)
_OWN = re.compile(r"(?:nomor|no)\s*[:.]\s*(?P<said>\S.*)$", re.IGNORECASE)
_TO = re.compile(r"\s*(?:\||\bkepada\b|\byth\b).*$", re.IGNORECASE)
_RUNS_ON = re.compile(r"(?!yth|kepada|di\b)[a-z(].{3,80}$")


def letter(front: Front) -> tuple[str, str | None] | None:
    """What an official letter is about and its number: "Nomor" and "Perihal" stand above whom
    it goes to (a letter may leave its number out, not its "Lampiran"). ``None`` for anything
    else."""
    lines = front.sheets[0] if front.sheets else ()
    about = number = None
    for at, line in enumerate(lines[:20]):
        if (found := _SUBJECT.match(line)) and about is None:
            about = _TO.sub("", found["said"]).strip(" .,")
            if at + 1 < len(lines) and _RUNS_ON.match(lines[at + 1]):
                about = f"{about} {lines[at + 1].strip(' .,')}"
        elif (found := _OWN.match(line)) and number is None:
            number = re.sub(r"\s*/\s*", "/", _TO.sub("", found["said"])).strip(" .-")
    labelled = number is not None or any(re.match(r"(?i)lamp(?:iran)?\s*:", one) for one in lines)
    addressed = any(re.search(r"(?i)\b(?:kepada|yth)\b", line) for line in lines)
    if about is None or not labelled or not addressed:
        return None
    whole = re.fullmatch(r"[\w.-]+(?:/[\w.()-]+)+", number or "")
    return title_case(about), number if whole and re.search(r"\d", whole[0]) else None


__all__ = ["letter", "sender"]
