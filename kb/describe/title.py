"""The document's title as a person would cite it."""

from __future__ import annotations

import re
from pathlib import PurePath

from kb.authority import norm
from kb.authority.calendar import load_calendar
from kb.describe.casing import title_case
from kb.describe.doctype import TypeFound
from kb.describe.front import Front, doc_types
from kb.describe.legal import LegalHead
from kb.model import Found, SourceDocument

_JUNK = re.compile(
    r"^(?:microsoft (?:word|excel|powerpoint)|untitled|document\d*|dokumen\d*|slide \d|book\d|"
    r"powerpoint|print|scan|img|doc\d|adobe|file:|.*\.(?:docx?|xlsx?|pptx?|pdf|indd|cdr|rtf))\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"^(?:jl\b|jalan\b|telp|telepon|fax|e ?mail|website|www|alamat|kode pos|dengan rahmat|menimbang"
    r"|kata pengantar|daftar isi|nip\b|disusun oleh|oleh\b|bab i\b|no sasaran|no nama"
    r"|[a-z] pendahuluan|\d+ latar|bidang eksekutif|lembaga|nama\b|no\b)"
)
_AGENCIES = (
    r"\b(?:provinsi|kabupaten|kota|dinas|badan|biro|inspektorat|sekretariat|kecamatan|kelurahan"
    r"|bappeda|gubernur|bupati|walikota|kementerian|komisi|rsud|pemerintah (?!daerah))\b"
)
MAX_TITLE = 300


def find_title(
    source: SourceDocument,
    front: Front,
    kind: TypeFound | None,
    head: LegalHead | None,
    issuer: str | None = None,
) -> Found[str]:
    """The title with its rule; a document always has one.

    A title page that names neither agency nor region gets the issuer's name after it.
    """
    if front.article and source.title:
        name = source.title.strip(" »|-–")[:MAX_TITLE]
        return Found(name or source.title, "heading of the page", source.title[:160])
    if head is not None and (kind is None or kind.line is None):
        return _legal_title(head)
    if kind is not None and kind.line is not None:
        text = _from_line(front, kind.line)
        if text and issuer and not re.search(_AGENCIES, norm(text)):
            text = f"{text} {issuer}"[:MAX_TITLE]
        if text:
            return Found(text, "title page", " ".join(front.lines[kind.line : kind.line + 2])[:160])
    given = _given(source)
    if given:
        return Found(given, f"title in the {source.format} file", given[:160])
    if front.lines:
        text = _from_line(front, _first_telling(front))
        if text:
            return Found(text, "first lines", front.lines[0][:160])
    name = re.sub(r"[_]+", " ", PurePath(source.path).stem).strip() or source.path
    if source.part:
        name = f"{name} ({source.part})"
    return Found(name, "file name", source.path[-160:])


def _legal_title(head: LegalHead) -> Found[str]:
    name = title_case(f"{head.instrument} {head.whose}".strip())
    if head.number:
        name += f" Nomor {head.number}"
    if head.year and not (head.number or "").endswith(str(head.year)):
        name += f" Tahun {head.year}"
    if head.subject:
        name += f" tentang {title_case(head.subject)}"
    if head.appendix:
        name = f"Lampiran {name}"
    return Found(name[:MAX_TITLE], "head of the regulation", head.evidence)


def _given(source: SourceDocument) -> str | None:
    title = (source.title or "").strip()
    if len(title) < 8 or len(title.split()) < 2 or _JUNK.match(title):
        return None
    if norm(title) == norm(PurePath(source.path).stem) and source.format == "pdf":
        return None
    return title_case(title)[:MAX_TITLE]


def _first_telling(front: Front) -> int:
    for index, line in enumerate(front.norms[:12]):
        if len(line.split()) >= 2 and not line.startswith(("salinan", "pemerintah ")):
            return index
    return 0


def _from_line(front: Front, start: int) -> str:
    """The title's lines from ``start`` on, until an address, a date or the agency's block."""
    parts: list[str] = []
    has_year = False
    for index in range(start, min(len(front.lines), start + 7)):
        line, folded = front.lines[index].strip(), front.norms[index]
        if not folded or _ENDS.match(folded) or (parts and len(line) > 160):
            break
        if parts and (_date_line(folded) or _scattered(folded)):
            break
        if parts and re.fullmatch(r"[\d ]+", folded) and folded in norm(" ".join(parts)):
            continue
        said = norm(" ".join(parts))
        if (
            has_year
            and folded.startswith("pemerintah ")
            and folded.removeprefix("pemerintah ") in said
        ):
            break
        parts.append(title_case(line))
        has_year = has_year or bool(re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", line))
        if len(" ".join(parts)) > 220 or (has_year and index > start and len(parts) >= 4):
            break
        if line.endswith(".") and len(line) > 40:
            break
    return " ".join(" ".join(parts).split())[:MAX_TITLE].strip(" ,:;-")


def _scattered(folded: str) -> bool:
    """Letters that a broken text layer set apart."""
    words = folded.split()
    return len(words) > 5 and sum(len(word) == 1 for word in words) > 0.5 * len(words)


def _date_line(folded: str) -> bool:
    """Place and date of a title page: ``serang maret 2024``."""
    match = re.fullmatch(r"[a-z ]{3,30} (?:\d{1,2} )?([a-z]+) (?:19|20)\d\d", folded)
    return (
        match is not None
        and match.group(1) in load_calendar().months
        and not any(folded.startswith(word) for word in ("tahun", "provinsi", "kabupaten", "kota"))
        and not any(folded.startswith(p) for e in doc_types().values() for p in e["titles"])
    )
