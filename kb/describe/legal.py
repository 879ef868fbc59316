"""The head of a regulation or decree: instrument, issuer, its own number, year, subject."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.authority.calendar import roman_value
from kb.describe.front import Front

_OFFICE = (
    r"GUBERNUR|BUPATI|WALI\s?KOTA|MENTERI|PRESIDEN|KEPALA|SEKRETARIS|DIREKTUR|KETUA|INSPEKTUR"
    r"|PIMPINAN|REKTOR|LURAH|CAMAT|PENJABAT|DEWAN PERWAKILAN"
)
_INSTRUMENT = re.compile(
    rf"(?P<what>(?:RANCANGAN\s+)?(?:PERATURAN\s+DAERAH|QANUN|PERATURAN\s+BERSAMA|PERATURAN\s+PEMERINTAH"
    rf"|PERATURAN\s+(?:{_OFFICE}|DESA|BADAN|LEMBAGA|KOMISI|KEPALA)|UNDANG\s?-\s?UNDANG"
    rf"|(?:SURAT\s+)?KEPUTUSAN(?:\s+BERSAMA)?\s+(?:{_OFFICE}|DESA|BADAN|KOMISI|BERSAMA|PANITIA)"
    rf"|INSTRUKSI\s+(?:{_OFFICE})|SURAT\s+EDARAN|NOTA\s+KESEPAKATAN|PENGUMUMAN))"
    r"(?P<whose>(?:(?!\bNOMOR\b|\bTENTANG\b|\bTAHUN\b).){0,160}?)\s*"
    r"(?:\bNOMOR|\bNO\.)\s*[:;.]?\s*(?P<number>[^\s,;]+(?:\s*[-–—/.]\s*[^\s,;]+)*|\.{2,}|…+)?",
    re.DOTALL,
)
_GAZETTE = re.compile(
    r"(?:TAMBAHAN\s+)?(?:BERITA|LEMBARAN)\s+DAERAH\s+(?:(?!PERATURAN|QANUN).){0,80}?NOMOR\s*[:.]?\s*\S+"
    r"(?:\s+SERI\s+\S+)?(?:\s+TAHUN\s+\d{4})?(?:\s+SERI\s+\S+)?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class LegalHead:
    instrument: str
    """``PERATURAN BUPATI``, upper case, single spaces, without RANCANGAN."""
    whose: str
    """The words after it: ``CIANJUR``, ``KABUPATEN LEBAK``, ``DINAS ... PROVINSI ...``."""
    number: str | None
    year: int | None
    subject: str
    """What stands after TENTANG, as printed, single spaces."""
    draft: bool
    appendix: bool
    evidence: str


def legal_head(front: Front) -> LegalHead | None:
    """The head of the regulation that the document is (or is an appendix of), or ``None``.

    The gazette's number ("BERITA DAERAH ... NOMOR 56") is not the regulation's; laws
    cited in the recitals are not looked at.
    """
    # Signs of the running text are lower case: only lines set in capitals can be a head.
    text = "\n".join(_shout(line) for line in front.lines)
    text = _GAZETTE.sub(" ", text)
    match = _INSTRUMENT.search(text)
    if match is None:
        return None
    before = text[: match.start()]
    if len(before) > 700 or "TENTANG" in before.split():
        return None
    what = " ".join(match.group("what").split())
    draft = what.startswith("RANCANGAN")
    rest = text[match.end() :]
    number, year = _number(match.group("number") or "", rest)
    subject = ""
    about = re.search(r"\bTENTANG\b\s*:?\s*", rest)
    if about and about.start() < 160:
        subject = _subject(rest[about.end() :])
    elif what != "SURAT EDARAN" and year is None and number is None:
        return None
    evidence = " ".join(text[match.start() : match.end() + 40].split())
    return LegalHead(
        instrument=what.removeprefix("RANCANGAN ").removeprefix("SURAT KEPUTUSAN ")
        if what.startswith("RANCANGAN ")
        else what,
        whose=" ".join(match.group("whose").split()).strip(" :-"),
        number=_as_printed(number, front) if number else None,
        year=year,
        subject=subject,
        draft=draft,
        appendix=bool(re.search(r"\bLAMPIRAN\b", before[-120:])),
        evidence=evidence[:160],
    )


def _as_printed(number: str, front: Front) -> str:
    """The number with the letters as the page has them."""
    found = re.search(re.escape(number), front.joined, re.IGNORECASE)
    return found.group(0) if found else number


def _shout(line: str) -> str:
    """The line in capitals where it is set as a heading, else without its letters."""
    letters = [char for char in line if char.isalpha()]
    upper = sum(char.isupper() for char in letters)
    heading = not letters or upper > 0.7 * len(letters)
    titled = re.match(
        r"^(?:lampiran|nomor|tahun|tanggal|tentang|peraturan|keputusan|instruksi|surat edaran)\b",
        line,
        re.IGNORECASE,
    )
    return line.upper() if heading or (titled and len(line) < 140) else ""


def _number(raw: str, rest: str) -> tuple[str | None, int | None]:
    raw = re.sub(r"\s*([/.\-–—])\s*", r"\1", raw.replace("—", "-").replace("–", "-")).strip()
    raw = re.sub(r"^(?:TAHUN|TENTANG|TANGGAL)\b.*", "", raw).strip(" .:-…_")
    year: int | None = None
    following = re.match(r"\s*(?:[^\w]*)TAHUN\s*:?\s*((?:19|20)\d\d)", rest)
    if following:
        year = int(following.group(1))
    number = raw or None
    if number:
        inside = re.search(r"(?:^|[/.\-])((?:19|20)\d\d)$", number)
        if year is None and inside:
            year = int(inside.group(1))
        if re.fullmatch(r"[IVXL]+", number):
            value = roman_value(number)
            number = str(value) if value else number
        elif re.fullmatch(r"[lI|]", number):
            number = "1"
        if not re.search(r"\d", number):
            number = None
    return number, year


_SUBJECT_END = re.compile(
    r"(?<!\s)\s*(?:DENGAN RAHMAT|ATAS RAHMAT|MENIMBANG|MENGINGAT|BISMILLAH|YTH\b|KEPADA\b|BAB I\b"
    r"|(?:PJ\.?\s+|PENJABAT\s+)?(?:GUBERNUR|BUPATI|WALI ?KOTA|MENTERI|PRESIDEN|KEPALA|SEKRETARIS)\b"
    r"(?![^\n]*\b(?:NOMOR|TENTANG)\b)[^\n]{0,90},\s*(?:\n|$)"
    r"|DAFTAR\b|KATA PENGANTAR|TABEL\b)"
)


def _subject(text: str) -> str:
    end = _SUBJECT_END.search(text)
    part = text[: end.start()] if end else text
    lines: list[str] = []
    size = 0
    for line in part.split("\n"):
        if not line.strip():
            if lines and size > 30:
                break
            continue
        lines.append(line.strip())
        size += len(line)
        if size > 420:
            break
    return " ".join(" ".join(lines).split()).strip(" .,:")
