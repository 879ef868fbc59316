"""The document's title as a person would cite it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from kb.authority import norm
from kb.authority.calendar import load_calendar
from kb.describe.boxed import above_bare_name, box_subject
from kb.describe.casing import title_case
from kb.describe.doctype import TypeFound, head_type, longest_phrase
from kb.describe.forms import procedure, wealth_report, wealth_title
from kb.describe.front import Front, doc_types, doc_words, stands_in
from kb.describe.legal import LegalHead
from kb.describe.misread_title import JUNK, MAX_TITLE, instead, is_misread
from kb.model import Found, SourceDocument

_ENDS = re.compile(
    r"^(?:jl\b|jalan\b|telp|telepon|fax|e ?mail|website|www|alamat|kode pos|dengan rahmat|menimbang"
    r"|kata pengantar|daftar isi|nip\b|disusun oleh|oleh\b|bab i\b|no sasaran|no nama"
    r"|nomor sop\b|dasar hukum\b|nomor .*\bnomor sop\b"
    r"|[a-z] pendahuluan|\d+ latar|bidang eksekutif|lembaga|nama\b|no\b)"
)
_AGENCIES = (
    r"\b(?:provinsi|propinsi|kabupaten|kota|dinas|badan|biro|inspektorat|sekretariat|kecamatan|kelurahan"
    r"|bappeda|gubernur|bupati|walikota|kementerian|komisi|rsud|rumah sakit|puskesmas|desa|distrik"
    r"|(?<!instansi )(?<!kerja )pemerintah (?!daerah))\b"
)
_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
LONG_TITLE = 180
"""Titles longer than this have their longest names shortened."""
_SHORTER = (
    ("Dewan Perwakilan Rakyat Daerah", "DPRD"),
    ("Anggaran Pendapatan dan Belanja Daerah", "APBD"),
)


def find_title(
    source: SourceDocument, front: Front, kind: TypeFound | None, head: LegalHead | None
) -> Found[str]:
    """The title with its rule; a document always has one.

    ``completed`` adds what a title page leaves to the rest of the document.
    """
    if front.article and source.title:
        name = source.title.strip(" »|-–")[:MAX_TITLE]
        return Found(name or source.title, "heading of the page", source.title[:160])
    if head is not None and (kind is None or kind.line is None):
        return _legal_title(head)
    if kind is not None and kind.found.value == "lhkpn":
        report = wealth_report(front.body)
        if report is not None and report.person:
            return Found(wealth_title(report), "form", report.person[:160])
    if kind is not None and kind.found.value == "sop" and (form := procedure(front.body)).name:
        name = title_case(form.name)
        name = name if norm(name).startswith(("sop ", "standar ")) else f"SOP {name}"
        return Found(name[:MAX_TITLE], "form", form.name[:160])
    about = box_subject(front.lines) if kind is not None else None
    if kind is not None and kind.found.value == "standar_pelayanan" and about:
        return Found(f"Standar Pelayanan {title_case(about)}"[:MAX_TITLE], "form", about[:160])
    if kind is not None and kind.line is not None:
        text = _OWN_NUMBER.sub("", _from_line(front, kind.line))
        above = above_bare_name(front.lines, kind.line)
        if above and kind.found.value == "sop" and norm(front.lines[kind.line]) == "sop":
            return Found(f"SOP {title_case(above)}"[:MAX_TITLE], "form", above[:160])
        given = instead(source, front, text)
        if given is None and is_misread(text, front) and _says_enough(kind.found.value):
            changed = " Perubahan" if " perubahan" in f" {norm(text)}" else ""
            given = f"{_kind_name(kind.found.value)}{changed}"
        if given:
            return Found(given, COMPOSED, given[:160])
        if text:
            return Found(text, "title page", " ".join(front.lines[kind.line : kind.line + 2])[:160])
    for lines, rule in ((front.running, "running head or foot"), (front.captions[:3], "caption")):
        for line in lines:
            if kind is not None and head_type(_bare(norm(line))) == kind.found.value:
                return Found(_cleaned(title_case(line))[:MAX_TITLE], rule, line[:160])
    if kind is not None and kind.found.rule == "file name":
        named = re.sub(r"[_]+", " ", PurePath(source.path).stem)
        named = " ".join(re.sub(r"^\d{8,}\s+|\s*\(\d+\)$", "", named).split())
        if head_type(norm(named)) == kind.found.value and len(named.split()) > 2:
            shown = title_case(named.upper() if named.islower() else named)
            return Found(shown[:MAX_TITLE], COMPOSED, source.path[-160:])
    if kind is not None and _says_enough(kind.found.value):
        return Found(_kind_name(kind.found.value), COMPOSED, kind.found.evidence)
    start = _first_telling(front)
    given = _given(source)
    if given and not _printed_otherwise(source, front, given, start):
        return Found(given, f"title in the {source.format} file", given[:160])
    if start is not None:
        text = re.sub(r"(?<=\w)\s+Nomor\s*:\s.*$", "", _from_line(front, start))
        given = instead(source, front, text)
        if given:
            return Found(given, COMPOSED, given[:160])
        if text:
            return Found(text, "first lines", front.lines[start][:160])
    name = _file_title(source)
    if source.part:
        name = f"{name} ({source.part})"
    return Found(name, "file name", source.path[-160:])


COMPOSED = "kind of document"
_UNNAMED = frozenset(["lainnya", "statistik", "kajian", "laporan_kegiatan"])
"""Kinds whose name alone would be no title."""


def _says_enough(key: str) -> bool:
    return key not in _UNNAMED and doc_types()[key]["group"] != "portal"


def _bare(folded: str) -> str:
    return re.sub(r"^(?:tabel|lampiran) (?:[ivx]+|\d[\d ]*)\s+", "", folded)


def _kind_name(key: str) -> str:
    """``Rencana Kerja Perangkat Daerah`` -> ``Rencana Kerja (Renja)``."""
    entry = doc_types()[key]
    name = re.sub(r"\s+Perangkat Daerah$", "", entry["name"])
    label = entry["label"].split("/")[0]
    short = " " not in label and norm(label) not in norm(name) and not entry.get("legal")
    return f"{name} ({label})" if short else name


def completed(
    title: Found[str], kind: TypeFound | None, issuer: str | None, years: Sequence[int]
) -> Found[str]:
    """The title with the agency and the year that its page does not say beside it."""
    if title.rule == "file name" and issuer and _OPAQUE.fullmatch(title.value):
        span = f" Tahun {_span(years)}" if years else ""
        return Found(f"Dokumen {issuer}{span}"[:MAX_TITLE], title.rule, title.evidence)
    short = title.rule == "first lines" and len(title.value.split()) <= SHORT
    if short and issuer and not re.search(_AGENCIES, norm(title.value)):
        # "Susunan Personalia" is whose, and of when?
        span = f" Tahun {_span(years)}" if years and not re.search(_YEAR, title.value) else ""
        return Found(f"{title.value} {issuer}{span}"[:MAX_TITLE], title.rule, title.evidence)
    if title.rule not in {"title page", COMPOSED, "running head or foot", "caption", "form"}:
        return title
    other = kind is not None and kind.found.value == "lainnya" and title.rule != COMPOSED
    if kind is None or other or title.rule == "form":
        return title
    text = title.value
    folded = norm(text)
    entry = doc_types()[kind.found.value]
    agency = issuer if issuer and norm(issuer) not in folded else None
    if issuer and entry.get("village"):
        own = issuer.removeprefix("Pemerintah ")
        agency = None if norm(" ".join(own.split()[1:2])) in folded.split() else own
        text = f"{text} {agency}" if agency else text
    elif agency and not re.search(_AGENCIES, folded):
        text = f"{text} {agency}"
    if years and not re.search(_YEAR, text) and not entry.get("legal"):
        text = f"{text} Tahun {_span(years)}"
    return Found(text[:MAX_TITLE], title.rule, title.evidence)


_OPAQUE = re.compile(
    r"(?:[0-9a-f]{16,}|\d{8,}(?:[ _-][0-9a-f]{6,})?|[0-9a-f]{8}(?:-[0-9a-f]{4,}){3,})"
)
"""The name a program gave a file, which tells nobody what is in it."""
SHORT = 4
"""A title of so many words says too little alone. Set by hand; no command measured it."""


def _span(years: Sequence[int]) -> str:
    return f"{years[0]}-{years[-1]}" if len(years) > 1 else f"{years[0]}"


def named_draft(title: Found[str]) -> Found[str]:
    """The title of a draft, which says so where its page does not."""
    words = "|".join(re.escape(word) for word in doc_words()["draft"])
    if re.search(rf"(?<!\w)(?:{words})(?!\w)", norm(title.value)):
        return title
    return Found(f"Rancangan {title.value}"[:MAX_TITLE], title.rule, title.evidence)


def _legal_title(head: LegalHead) -> Found[str]:
    name = title_case(f"{head.instrument} {head.whose}".strip())
    if head.draft:
        name = f"Rancangan {name}"
    if head.number:
        name += f" Nomor {head.number}"
    if head.year and not (head.number or "").endswith(str(head.year)):
        name += f" Tahun {head.year}"
    if head.subject:
        name += f" tentang {title_case(head.subject)}"
    elif head.annex:
        name += f": {title_case(head.annex)}"
    if head.appendix:
        name = f"Lampiran {name}"
    if len(name) > LONG_TITLE:
        for words, short in _SHORTER:
            name = re.sub(words, short, name)
    return Found(name[:MAX_TITLE], "head of the regulation", head.evidence)


def _given(source: SourceDocument) -> str | None:
    title = (source.title or "").strip()
    if len(title) < 8 or len(title.split()) < 2 or JUNK.match(title):
        return None
    if norm(title) == norm(PurePath(source.path).stem) and source.format == "pdf":
        return None
    return title_case(title)[:MAX_TITLE]


def _printed_otherwise(source: SourceDocument, front: Front, given: str, start: int | None) -> bool:
    """True where the first page is headed by other words than the file says: its title is that of
    the template or the name it was once kept under. Of files of word processors most words of
    the title stand nowhere near then."""
    if start is None or front.scanned:
        return False
    if source.format != "pdf":
        return not stands_in(source, given)
    if start > 2:
        return False
    return front.lines[start].isupper() and norm(given) not in norm(front.joined)


def _file_title(source: SourceDocument) -> str:
    """The name of the file as a title: strokes for blanks, the day at its end left out."""
    stem = PurePath(source.path).stem
    name = re.sub(r"[_]+" if " " in stem.strip() else r"[_-]+", " ", stem).strip()
    short = re.sub(r"(?:\s+\d{1,2})?(?:\s+\d{1,2})?\s+(?:20\d\d|\d{8})$|\s*\(\d+\)$", "", name)
    return (short.strip(" -") if len(short.split()) > 2 else name) or source.path


_OWN_NUMBER = re.compile(r"(?<=\w)\s+Nomor\s*:\s*\S+$")
"""The number on the line below a title, which is told beside it."""


def _first_telling(front: Front) -> int | None:
    """The first line that tells what it is: no letterhead, no prose, no row of a table."""
    for index, line in enumerate(front.norms[:14]):
        shown = front.lines[index]
        if " | " in shown or len(line.split()) < 2 or len(shown) > 200 or shown.endswith("."):
            continue
        if line.startswith(_LETTERHEAD) or _ENDS.match(line) or _date_line(line):
            continue
        if _CONTACT.search(line) or _CODED.match(shown):
            continue
        return index
    return None


_CODED = re.compile(r"\d+(?:\.\d+){2,}\s")
"""A line of a budget, which begins with the code of an agency or an account."""
_CONTACT = re.compile(r"\b(?:te?lpn?|telepon|fax|faks|kode pos)\b.*\d")
"""A line of an address, however it begins."""
_LETTERHEAD = ("salinan", "pemerintah ", "dinas ", "badan ", "inspektorat", "sekretariat ",
               "kementerian ", "gubernur ", "bupati ", "walikota ", "wali kota ")  # fmt: skip
_SENTENCE = re.compile(
    r"\b(?:adalah|merupakan|yang telah|disajikan|sebagai berikut|berikut ini|tersebut|dapat|telah"
    r"|dilakukan|bertujuan|dibawah ini|di bawah ini)\b"
)
_JOINS = ("dan", "pada", "di", "untuk", "tentang", "dengan", "antara", "atas", "dalam", "serta",
          "kepada", "bagi", "oleh", "dari", "terhadap")  # fmt: skip
_GOES_ON = re.compile(
    r"^(?:tahun|tahun anggaran|t a|ta|periode|triwulan|semester|bulan|untuk|per|sampai|s d|provinsi"
    r"|propinsi|kabupaten|kota|kecamatan|kelurahan|desa|pemerintah|dinas|badan|biro|bagian"
    r"|inspektorat|sekretariat|satuan|rumah sakit|rsud|puskesmas|kantor|upt|uptd|bappeda|dprd"
    r"|dewan perwakilan|komisi|kementerian|distrik|nomor|tentang|opd|skpd|\d{4})\b"
)


def _from_line(front: Front, start: int) -> str:
    """The title's lines from ``start`` on, until a table, a sentence, an address or a date.

    Once a year was said only the agency and its region go on with it.
    """
    parts: list[str] = []
    has_year = False
    shouted = front.lines[start].isupper()
    for index in range(start, min(len(front.lines), start + 9)):
        line, folded = front.lines[index].strip(), front.norms[index]
        if parts and front.norms.count(folded) > 1 and front.norms.index(folded) < start:
            continue  # a running head that came before
        if " | " in line:
            if parts:
                break
            line = _cell(line)
            folded = norm(line)
        if not folded or _ENDS.match(folded) or (parts and len(line) > 160):
            break
        small = [word for word in line.split() if word[0].islower()]
        if parts and line.endswith(".") and len(small) > 0.3 * len(line.split()):
            break
        if parts and (_date_line(folded) or _scattered(folded) or _SENTENCE.search(folded)):
            break
        if parts and re.fullmatch(r"[\d ]+", folded) and folded in norm(" ".join(parts)):
            continue
        if parts and not _joins(parts, line, folded, has_year, shouted):
            break
        if parts and has_year and re.search(_AGENCIES, norm(" ".join(parts))):
            break
        if parts and folded in norm(" ".join(parts)):
            continue
        line = _FIELD.sub(" ", _ADDRESS.sub("", line) if parts else line)
        label = re.match(r"^\d\s?[.)]\s+\S+(?:\s\S+){0,3}\s*:|^[\w /]{2,30}\s:\s", line)
        if parts and re.match(r"1\s?[.)]\s+\S+\s+\S", line):
            break  # the first item of a list
        if parts and label and not folded.startswith(_TIMES):
            break
        parts.append(title_case(_TIME_FIELD.sub(r"\1 ", line)))
        has_year = has_year or bool(re.search(_YEAR, line))
        if len(" ".join(parts)) > 240 or (line.endswith(".") and len(line) > 40):
            break
    return _cleaned(title_case(" ".join(parts)))[:MAX_TITLE].strip(" ,:;-")


_ADDRESS = re.compile(r"(?<=\w)\s+(?:Jl|Jln|JL|JLN|Jalan|JALAN)\b\.?\s.*$")
"""The address that runs on behind the agency of a title page."""
_TIMES = ("tahun", "periode", "nomor", "bulan", "triwulan", "semester")
_TIME_FIELD = re.compile(r"(?i)^(bulan|triwulan|semester|periode|tahun(?: anggaran)?)\s*:\s*")
"""Labels of what a title goes on with."""
_FIELD = re.compile(
    r"\s+(?:OPD|SKPD|PD|Perangkat Daerah|PERANGKAT DAERAH|Unit Kerja|UNIT KERJA)\s*:\s*"
)
"""A label of the form within a title line: what it names goes on with the title."""


def _joins(parts: list[str], line: str, folded: str, has_year: bool, shouted: bool) -> bool:
    """True where the line goes on with the title."""
    last = norm(parts[-1]).rsplit(" ", 1)[-1]
    if last in _JOINS or folded.split()[0] in _JOINS or parts[-1].endswith((",", "-", "(")):
        return True
    if _GOES_ON.match(folded):
        return True
    if has_year:
        return False
    if re.fullmatch(r"\(.{2,40}\)", line):
        return True
    words = [word for word in line.split() if word[0].isalpha()]
    titled = sum(word[0].isupper() or norm(word) in _JOINS for word in words)
    if line.isupper() or line.upper() == line:
        return bool(words)
    bare = len(parts[0].split()) == 1  # "PROPOSAL" and what it proposes
    return (not shouted or bare) and bool(words) and titled == len(words) and len(words) <= 12


def _cell(row: str) -> str:
    """The cell of a table row that holds the title."""
    cells = row.split(" | ")
    return next((cell for cell in cells if head_type(norm(cell)) is not None), cells[0])


_SAID_TWICE = re.compile(
    r"\b((?:Provinsi|Kabupaten|Kota) (?:[^\W\d_]+ ?){1,4}?) Pemerintah \1(?!\w)"
)
"""A region in the name of the document and its government on the line below."""


def _cleaned(title: str) -> str:
    """The title without a number of an appendix before it, its short name put behind it."""
    title = re.sub(r"(?<=\w\s|\)\s)[=|~_*^]+(?=\s|$)\s*", "", title)
    title = re.sub(r"^(?:Lampiran|LAMPIRAN)\s+[IVX\d.]+\s*[:.]?\s+(?=\S)", "", title)
    title = re.sub(r"^(?i:tabel|gambar|grafik)\s+\d[\d.]*\s*[:.]?\s+(?=\S)", "", title)
    to = r"\s*(?:[-–]|[Ss]\s?[./]?\s?[Dd]\.?(?=\s))\s*"
    title = re.sub(rf"((?:19|20)\d\d){to}((?:19|20)\d\d)", r"\1-\2", title)
    title = re.sub(r"^(?:[IVX]{1,5}|[A-Z]|\d)\s?\.\s+(?=[A-Z])", "", title)
    title = _SAID_TWICE.sub(r"\1", title)
    words = title.split()
    if len(words) > 2 and words[0].isalpha():
        kind, rest = head_type(norm(words[0])), norm(" ".join(words[1:]))
        if kind is not None and head_type(rest) == kind and not doc_types()[kind].get("legal"):
            phrase = longest_phrase(rest)
            size = len(phrase.split())
            if size > 1:
                name = " ".join(words[1 : 1 + size])
                tail = " ".join(words[1 + size :])
                tail = re.sub(rf"^\({re.escape(words[0])}\)\s*", "", tail, flags=re.I)
                return f"{name} ({words[0]}) {tail}".strip()
    return title


def _scattered(folded: str) -> bool:
    """Letters that a broken text layer set apart."""
    words = folded.split()
    return len(words) > 5 and sum(len(word) == 1 for word in words) > 0.5 * len(words)


_NO_PLACES = ("bulan", "tahun", "provinsi", "kabupaten", "kota")


def _date_line(folded: str) -> bool:
    """Place and date of a title page: ``serang maret 2024``."""
    match = re.fullmatch(r"[a-z ]{3,30} (?:\d{1,2} )?([a-z]+) (?:19|20)\d\d", folded)
    return (
        match is not None
        and match.group(1) in load_calendar().months
        and not folded.startswith(_NO_PLACES)
        and not any(folded.startswith(p) for e in doc_types().values() for p in e["titles"])
    )
