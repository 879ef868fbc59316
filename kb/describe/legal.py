"""The head of a regulation or decree: instrument, issuer, its own number, year, subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from kb.authority.calendar import roman_value
from kb.describe.front import Front

_OFFICE = (
    r"GUBERNUR|BUPATI|WALI\s?KOTA|MENTERI|PRESIDEN|KEPALA|SEKRETARIS|DIREKTUR|KETUA|INSPEKTUR"
    r"|PIMPINAN|REKTOR|LURAH|CAMAT|PENJABAT|PEJABAT|KUASA|PENGGUNA|DEWAN(?:\s+PERWAKILAN)?|DPRD|DPRK"
    r"|DPRA|DPRP"
)
_TOKEN = r"(?!TAHUN\b|TENTANG\b|TANGGAL\b)[^\s,;/.\-–—]+"
_NUMBER = rf"{_TOKEN}(?:(?:\s*[-–—/.]\s*)+{_TOKEN})*"
"""A regulation's number, blanks around its strokes and an empty part included."""
_INSTRUMENT = re.compile(
    rf"(?P<what>(?:RANCANGAN\s+)?(?:PERATURAN\s+DAERAH|QANUN|PERATURAN\s+BERSAMA|PERATURAN\s+PEMERINTAH"
    rf"|PERATURAN\s+(?:{_OFFICE}|DESA|KAMPUNG|NAGARI|BADAN|LEMBAGA|KOMISI|KEPALA)|UNDANG\s?-\s?UNDANG"
    rf"|(?:SURAT\s+)?KEPUTUSAN(?:\s+BERSAMA)?\s+(?:{_OFFICE}|DESA|BADAN|KOMISI|BERSAMA|PANITIA)"
    rf"|INSTRUKSI\s+(?:{_OFFICE})|SURAT\s+EDARAN|NOTA\s+KESEPAKATAN|PENGUMUMAN))"
    r"(?P<whose>(?:(?!\bNOMOR\b|\bTENTANG\b|\bTAHUN\b).){0,160}?)\s*"
    rf"(?:\bNOMOR|\bNO\.)\s*[:;.]?\s*(?P<number>{_NUMBER}|\.{{2,}}|…+)?",
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
    found = _head_in(front.lines)
    if found is None and re.search(_NAMED, front.stem):
        # Contents, a letter or an unreadable cover may stand before the regulation itself.
        for lines in front.sheets:
            found = _head_in(lines)
            if found is not None and found.subject and (found.number or found.year):
                return found
        return None
    return found


MISREAD = 75
"""Likeness (rapidfuzz ratio) from which a line of its own is TENTANG as a scan has it."""
_NAMED = r"\b(?:perda|perbup|perwal|perwali|pergub|qanun|peraturan|keputusan|kepgub|kepbup|kepwal|sk|instruksi|perdes)\b"
"""Words of a file name that say it holds a regulation."""


def _head_in(lines: Sequence[str]) -> LegalHead | None:
    # Signs of the running text are lower case: only lines set in capitals can be a head.
    text = "\n".join(_shout(line) for line in lines)
    text = _GAZETTE.sub(" ", text)
    match = _INSTRUMENT.search(text)
    if match is None:
        return None
    before = text[: match.start()]
    if len(before) > 700 or "TENTANG" in before.split():
        return None
    if re.search(r"\b(?:PERUBAHAN|PENCABUTAN|ATAS|MENGUBAH)\W*$", before):
        return None  # the one that it changes
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
        number=_as_printed(number, lines) if number else None,
        year=year,
        subject=subject,
        draft=draft,
        appendix=bool(re.search(r"\bLAMPIRAN\b", before[-120:])),
        evidence=evidence[:160],
    )


def _as_printed(number: str, lines: Sequence[str]) -> str:
    """The number with the letters as the page has them."""
    found = re.search(re.escape(number), " ".join(lines), re.IGNORECASE)
    return found.group(0) if found else number


def _shout(line: str) -> str:
    """The line in capitals where it is set as a heading, else without its letters."""
    letters = [char for char in line if char.isalpha()]
    if 5 <= len(letters) <= 9 and fuzz.ratio("".join(letters).upper(), "TENTANG") >= MISREAD:
        return "TENTANG"
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
        number = re.sub(r"//+", "/", number)
        if re.fullmatch(r"[IVXL]+", number):
            value = roman_value(number)
            number = str(value) if value else number
        elif re.fullmatch(r"[\dlI|Oo]{1,4}", number):
            number = re.sub(r"[lI|]", "1", number.replace("O", "0").replace("o", "0"))
        if not re.search(r"\d", number):
            number = None
    return number, year


_SUBJECT_END = re.compile(
    r"\n?\s*(?:DENGAN RAHMAT|ATAS RAHMAT|MENIMBANG|MENGINGAT|BISMILLAH|YTH\b|KEPADA\b|BAB I\b"
    r"|(?:PJ\.?\s+|PENJABAT\s+)?(?:GUBERNUR|BUPATI|WALI ?KOTA|MENTERI|PRESIDEN|KEPALA|SEKRETARIS)\b"
    r"(?![^\n]*\b(?:NOMOR|TENTANG)\b)[^\n]{0,90},\s*(?:\n|$)"
    r"|(?<=\n)(?:GUBERNUR|BUPATI|WALI ?KOTA)\b[^\n]{0,50}\n\s*(?:\n|$)"
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


_OWN_NUMBER = re.compile(rf"^(?:NOMOR|NO\.)\s*[:.]?\s*({_NUMBER})", re.IGNORECASE)


def page_number(lines: Sequence[str]) -> str | None:
    """The number that a title page states on a line of its own, or ``None``."""
    for line in lines:
        match = _OWN_NUMBER.match(line.strip())
        if match:
            number, _ = _number(match.group(1), "")
            if number is not None and re.match(r"[\w.-]+(?:/[\w.()-]+)+$|\d{1,4}$", number):
                return number
    return None
