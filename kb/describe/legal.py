"""The head of a regulation or decree: instrument, issuer, its own number, year, subject."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from kb.authority import norm
from kb.authority.calendar import roman_value
from kb.describe.decreed import with_instrument
from kb.describe.front import Front, doc_words
from kb.describe.misread import title_words
from kb.describe.own_number import as_dated, whole_number
from kb.describe.regions import office_place, regions_in
from kb.describe.said_again import clearer_subject

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
    r"(?:\s+SERI\s+\S+)?(?:\s+TAHUN\s+\d{4})?(?:\s+SERI(?:\s+(?!PERATURAN|QANUN)\S+)?)?",
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
    annex: str = ""
    """The heading of an annex whose head says no subject, as printed, single spaces."""


def legal_head(front: Front) -> LegalHead | None:
    """The head of the regulation that the document is (or is an appendix of), or ``None``.

    The gazette's number ("BERITA DAERAH ... NOMOR 56") is not the regulation's; laws
    cited in the recitals are not looked at.
    """
    found = _found_head(front)
    if found is not None and found.year is None and found.number:
        found = replace(found, year=_named_year(front.stem, found.number))
    if found is not None and found.subject:
        found = replace(found, subject=clearer_subject(found.subject, front))
    if found is not None and front.scanned and (not found.number or not found.number.isdigit()):
        whole = whole_number(front.sheets, found.instrument, found.year)
        number = whole or found.number
        if number:
            number = as_dated(number, front.body, found.instrument)
        found = replace(found, number=number)
        if whole is not None:
            return found
    if found is None:
        return found
    named = _named_number(front, found)
    if named is not None:
        return replace(found, number=named)
    if found.number and not re.search(r"[^\w./()-]|\([^)]*$", found.number):
        return found
    return replace(found, number=_number_elsewhere(front, found))


def _named_number(front: Front, head: LegalHead) -> str | None:
    """The number as the file name says it with the year of the head ("SE NOMOR 3 TAHUN 2018"),
    where a scan has another of as many figures."""
    if not front.scanned or not head.number:
        return None
    said = _numbered_name(front, head)
    return said if said is not None and len(said) == len(head.number.strip("()")) else None


def _named_year(stem: str, number: str) -> int | None:
    """The year as the file name has it behind this number ("perbup 12 tahun 2019")."""
    said = re.search(rf"\b0*{re.escape(norm(number))}\s+(?:tahun|th|thn)\s+((?:19|20)\d\d)\b", stem)
    return int(said.group(1)) if said else None


def _numbered_name(front: Front, head: LegalHead) -> str | None:
    year = head.year or r"(?:19|20)\d\d"
    said = re.search(
        rf"(?:\b(?:nomor|no)\s+|^)0*(\d{{1,4}})\s+(?:tahun|th|thn)\s+{year}\b", front.stem
    )
    return said.group(1) if said else None


def _number_elsewhere(front: Front, head: LegalHead) -> str | None:
    """The number as an appendix or the file name has it, where the head's was misread."""
    year = str(head.year) if head.year else r"(?:19|20)\d\d"
    for lines in front.sheets[1:]:
        text = " ".join(_shout(line) for line in lines)
        named = re.search(
            rf"LAMPIRAN.{{0,120}}?NOMOR\s*[:.]?\s*(\d{{1,4}})\s*TAHUN\s*:?\s*{year}", text
        )
        if named:
            return named.group(1)
    if said := _numbered_name(front, head):
        return said
    stem = re.search(rf"{_NAMED}\D{{0,24}}?(?<!\d)0*(\d{{1,3}})(?!\d)", front.stem)
    return stem.group(1) if stem else None


def _found_head(front: Front) -> LegalHead | None:
    found = _head_in(front.lines, front.scanned)
    if found is None and (restored := with_instrument(front)) is not None:
        found = _head_in(restored, front.scanned)
    if found is None and re.search(_NAMED, front.stem):
        # Contents, a letter or an unreadable cover may stand before the regulation itself.
        for lines in front.sheets:
            found = _head_in(lines, front.scanned)
            if found is not None and found.subject and (found.number or found.year):
                return found
        return None
    return found


MISREAD_OFFICE = 55
"""Likeness from which a word between "PERATURAN" and a region is the office it must be."""
MISREAD = 75
"""Likeness (rapidfuzz ratio) from which a line of its own is TENTANG as a scan has it."""
_NAMED = (
    r"\b(?:perda|perbup|perwal|perwali|pergub|qanun|peraturan|keputusan|kepgub|kepbup|kepwal|sk"
    r"|instruksi|perdes)\b"
)
"""Words of a file name that say it holds a regulation."""


_ISSUERS = ("GUBERNUR", "BUPATI", "WALIKOTA", "DAERAH", "MENTERI", "DESA", "KEPALA")


def _likely_issuer(line: str) -> str:
    """The line with the office after its first word as it was printed, where a scan misread
    it: ``PERATURAN GUUSEKNUK SULAWESI UTARA``."""
    match = re.match(r"(PERATURAN|KEPUTUSAN|INSTRUKSI)\s+([^\s\d]{4,12})\s+(?=\S)", line)
    if match is None or match.group(2).lower() in title_words():
        return line
    best, likeness, _ = process.extractOne(match.group(2), _ISSUERS, scorer=fuzz.ratio)
    if likeness < MISREAD_OFFICE:
        return line
    return f"{match.group(1)} {best} {line[match.end() :]}"


def _region_only(what: str, whose: str) -> str:
    """Whose regulation it is, without what is set beside it: the head of a region is named by
    the region alone ("BUPATI MANDAILING NATAL", whatever chart stands there)."""
    if not re.search(r"(?:GUBERNUR|BUPATI|WALI\s?KOTA)$", what):
        return whose
    place = office_place(f"{what} {whose}")
    words = whose.split()
    size = len(place.bare.split()) if place is not None else 0
    named = norm(" ".join(words[:size])) == norm(place.bare) if place is not None else False
    return " ".join(words[:size]) if named else whose


def _likely_change(subject: str) -> str:
    """``FEKUBAHAN KFNUA ATAS PERATURAN`` -> ``PERUBAHAN KEDUA ATAS PERATURAN``: what stands
    before "ATAS PERATURAN" is a change and its count."""
    match = re.match(r"(\S+)\s+(?:(\S+)\s+)?(?=ATAS\s+(?:PERATURAN|KEPUTUSAN)\b)", subject)
    if match is None or fuzz.ratio(match.group(1), "PERUBAHAN") < MISREAD:
        return subject
    orders = [word.upper() for word in doc_words()["orders"]]
    count = ""
    if match.group(2):
        best, likeness, _ = process.extractOne(match.group(2), orders, scorer=fuzz.ratio)
        count = f"{best if likeness >= MISREAD_OFFICE else match.group(2)} "
    return f"PERUBAHAN {count}{subject[match.end() :]}"


def _head_in(lines: Sequence[str], scanned: bool) -> LegalHead | None:
    # Signs of the running text are lower case: only lines set in capitals can be a head.
    shouted = [_shout(line) for line in lines]
    if scanned:
        shouted = [_likely_issuer(line) for line in shouted]
    text = "\n".join(shouted)
    text = _GAZETTE.sub(" ", text)
    match = _INSTRUMENT.search(text)
    if match is None:
        return None
    before = text[: match.start()]
    if len(before) > 700 or "TENTANG" in before.split():
        return None
    if re.search(
        r"\b(?:PERUBAHAN|PENCABUTAN|ATAS|MENGUBAH|SESUAI|BERDASARKAN|MENURUT|DENGAN)[^\w.]*$",
        before,
    ):
        return None  # the one that it changes or rests on
    what = " ".join(match.group("what").split())
    draft = what.startswith("RANCANGAN")
    rest = text[match.end() :]
    number, year = _number(match.group("number") or "", rest)
    subject = ""
    about = re.search(r"\bTENTANG\b\s*:?\s*", rest)
    if about is None and scanned and year is not None:
        # The line between number and subject can only be TENTANG, however it was read.
        about = re.match(r"[^\n]*\b(?:19|20)\d\d\s*\n\s*[^\n]{4,12}\n+", rest)
    appendix = bool(re.search(r"\bLAMPIRAN\b", before[-120:]))
    if about is None and year is not None and number is not None and not appendix:
        # Some offices leave TENTANG out and set the subject below the number.
        about = re.match(
            r"(?:\s*TAHUN\s*:?\s*(?:19|20)\d\d)?\s+(?!TAHUN|TANGGAL)(?=[A-Z]{4,}\s+[A-Z])", rest
        )
    if about and about.start() < 160:
        subject = _subject(rest[about.end() :])
        subject = _likely_change(subject) if scanned else subject
    elif what != "SURAT EDARAN" and year is None and number is None:
        return None
    subject = _without_office(subject, f"{what} {' '.join(match.group('whose').split())}")
    evidence = " ".join(text[match.start() : match.end() + 40].split())
    return LegalHead(
        instrument=what.removeprefix("RANCANGAN ").replace("SURAT KEPUTUSAN", "KEPUTUSAN"),
        whose=_region_only(what, " ".join(match.group("whose").split()).strip(" :-")),
        number=_as_printed(number, lines) if number else None,
        year=year,
        subject=subject,
        draft=draft,
        appendix=appendix,
        evidence=evidence[:160],
        annex=_annex(rest) if appendix and not subject else "",
    )


def _below_government(line: str) -> str:
    """The heading that is set on one line with the government above it ("PEMERINTAH KABUPATEN
    LEBAK RINGKASAN APBD")."""
    found = regions_in(line.removeprefix("PEMERINTAH "))
    if not line.startswith("PEMERINTAH ") or not found or found[0][1] != 0:
        return line
    words = line.split()[2 + len(found[0][0].bare.split()) :]
    return " ".join(words) or line


def _annex(rest: str) -> str:
    """The heading below number, year and date of an annex, the region's name before it left
    out."""
    date = re.search(r"\bTANGGAL\b[^\n]*\n", rest)
    if date is None or date.start() >= 80:
        date = re.match(r"\s*TAHUN\s*:?\s*(?:19|20)\d\d[^\S\n]*\n", rest)
    lines = (rest[date.end() :] if date else "").split("\n")
    told: list[str] = []
    for line in lines[:12]:
        line = line.strip()
        if not line or " | " in line or re.match(r"(?:BAB|PASAL|NO\.?|NOMOR)\b|\d", line):
            if told:
                break
            continue
        region = re.fullmatch(r"(?:PEMERINTAH\s+)?(?:PROVINSI|KABUPATEN|KOTA)\s+\D{3,40}", line)
        if told or region is None:
            told.append(line if told else _below_government(line))
    heading = " ".join(" ".join(told[:5]).split()).strip(" .,:")
    return heading if len(heading.split()) > 1 else ""


def _without_office(subject: str, head: str) -> str:
    """The subject without the office that decrees, whose line below it a scan ran on with it."""
    office = head.partition(" ")[2].strip(" :-")
    at = subject.rfind(office[:14])
    person = re.match(rf"(?!DEWAN|DPR)(?:{_OFFICE})\b", office)
    rest = subject[at:] if person and len(office.split()) > 1 else ""
    if at > 20 and len(rest) > 14 and fuzz.ratio(rest, office[: len(rest)]) >= 90:
        return subject[:at].strip(" ,")
    return subject


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
        r"^(?:lampiran|nomor|no(?=\.?\s*:?\s*\d)|tahun|tanggal|tentang|peraturan|keputusan"
        r"|instruksi|surat edaran)\b",
        line,
        re.IGNORECASE,
    )
    if heading or (titled and len(line) < 140):
        return line.upper()
    # "PERINGATAN HARI PAHLAWAN TAHUN 2022 Berdasarkan surat ...": a scan's heading runs on.
    lead = _LEAD.match(line)
    return lead.group(0).strip() if lead else ""


_LEAD = re.compile(r"(?:[^a-z\s]+\s+){3,}(?=[A-Z][a-z]{3,}\s+\w)(?<=[A-Z\d]\s)")
"""Words in capitals before a sentence begins."""


def _roman(match: re.Match[str]) -> str:
    """A month in Roman figures as it was printed (``/x1/`` -> ``/XI/``)."""
    figures = re.sub(r"[lL1]", "I", match.group(0)).upper()
    return figures if "X" in figures or "V" in figures else match.group(0)


def _number(raw: str, rest: str) -> tuple[str | None, int | None]:
    raw = re.sub(r"(?<=/)[xXvViIlL1]{1,5}(?=/|$)", _roman, raw)
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
        elif re.fullmatch(r"[\dlLI|Oo]{1,4}", number):
            number = re.sub(r"[lLI|]", "1", number.replace("O", "0").replace("o", "0"))
        if not re.search(r"\d", number):
            number = None
    return number, year


_SUBJECT_END = re.compile(
    r"(?<!\s)\s*(?:DENGAN RAHMAT|ATAS RAHMAT|MENIMBANG|MENGINGAT|MENINDAKLANJUTI"
    r"|SEHUBUNGAN DENGAN|BERDASARKAN|BISMILLAH|YTH\b|KEPADA\b|BAB I\b"
    r"|(?:PJ\.?\s+|PENJABAT\s+)?(?:GUBERNUR|BUPATI|WALI ?KOTA|MENTERI|PRESIDEN|KEPALA|SEKRETARIS)\b"
    r"(?![^\n]*\b(?:NOMOR|TENTANG)\b)[^\n]{0,90},\s*(?:\n|$)"
    r"|(?<=\n)(?:GUBERNUR|BUPATI|WALI ?KOTA|PRESIDEN|MENTERI)\b[^\n]{0,50}(?:\n\s*(?:\n|$)|$)"
    rf"|(?<=\n)(?:{_OFFICE})\b(?![^\n]*\b(?:NOMOR|TENTANG)\b)[^\n]{{0,90}},\s*(?:\n|$)"
    r"|(?<=\n)(?:A|I|1)\s?[.)]\s+(?=\S)"
    r"|DAFTAR\b|KATA PENGANTAR|TABEL\b)"
)
"""Where the subject ends: at recitals, at the office that decrees, at the first heading or item
of the text."""


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
