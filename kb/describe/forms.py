"""Fields of forms that are the same everywhere: wealth reports, performance agreements,
procedures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.authority import norm
from kb.describe.boxed import box_number
from kb.describe.casing import title_case
from kb.describe.dates import find_dates


@dataclass(frozen=True, slots=True)
class WealthReport:
    """What the public announcement of a wealth report (LHKPN) says on its first page."""

    person: str | None
    office: str | None
    body: str | None
    """The institution of the official, as printed (``PEMERINTAH KABUPATEN LEBAK``)."""
    filed: str | None
    """Day of filing, ISO 8601."""
    year: int | None


_FIELD_END = (
    r"(?=\s+(?:BIDANG|LEMBAGA|UNIT KERJA|SUB UNIT KERJA|NHK|I+\.|\d\s?\.)\s*[:A-Z]?|\n|$|\s\|\s)"
)


def wealth_report(text: str) -> WealthReport | None:
    """The fields of the form of Peraturan KPK 2/2020, or ``None`` where it is none."""
    head = text[:4000]
    if not re.search(r"harta\s+kekayaan", head, re.IGNORECASE):
        return None
    filed = re.search(
        r"Tanggal\s+Penyampaian[^:)]*:\s*(?P<date>[^/)]{6,24})/\s*(?P<kind>[^)\-–]*)[-–]\s*"
        r"(?P<year>(?:19|20)\d\d)",
        head,
        re.IGNORECASE,
    )
    dates = find_dates(filed.group("date")) if filed else []
    return WealthReport(
        person=_field(head, r"\d?\s*\.?\s*Nama(?:\s+Lengkap)?"),
        office=_field(head, r"\d?\s*\.?\s*Jabatan"),
        body=_field(head, r"LEMBAGA"),
        filed=dates[0].iso if dates else None,
        year=int(filed.group("year")) if filed else None,
    )


def _field(text: str, label: str) -> str | None:
    match = re.search(rf"(?m)(?:^|\s)(?:{label})\s*\|?\s*:\s*\|?\s*(.{{3,120}}?){_FIELD_END}", text)
    return match.group(1).strip(" .,;|") or None if match else None


def wealth_title(report: WealthReport) -> str:
    """The title a librarian would give the announcement."""
    title = "Laporan Harta Kekayaan Penyelenggara Negara (LHKPN)"
    if report.person:
        title += f" {title_case(report.person)}"
    if report.office and len(report.office) <= 40:
        title += f" ({title_case(report.office)})"
    if report.year:
        title += f" Tahun {report.year}"
    return title


def promising_office(text: str) -> str | None:
    """The office of the first party of a performance agreement (``pihak pertama``): the one
    who promises; the superior is the second party."""
    first = re.search(r"pihak\s+(?:pertama|kesatu)", text, re.IGNORECASE)
    if first is None:
        return None
    posts = list(
        re.finditer(
            r"(?im)(?:^|\s)jabatan\s*\|?\s*:?\s*\|?\s*(?P<post>[^\n|]{4,140})",
            text[: first.start()],
        )
    )
    if not posts:
        return None
    post = re.split(r"(?i)\s+(?:selanjutnya|disebut|untuk)\b", posts[-1].group("post"))[0]
    return post.strip(" .,;:") if len(norm(post)) > 3 else None


@dataclass(frozen=True, slots=True)
class Procedure:
    """What the head of the form of a procedure (SOP) says."""

    name: str | None
    number: str | None


def procedure(text: str) -> Procedure:
    """The fields "Nama SOP" and "Nomor SOP" of a form's first page (PermenPAN-RB 35/2012), else
    the number of the document as its box has it."""
    head = text[:3000]

    def field(label: str, value: str) -> str | None:
        match = re.search(rf"(?im){label}\s+(?:SOP|prosedur)\s*\|?\s*:?\s*\|?\s*({value})", head)
        return " ".join(match.group(1).split()).strip(" .,:;|") or None if match else None

    name = field("(?:nama|judul)", r"[^\s|:][^\n|]{5,200}")
    number = field(r"(?:nomor|no\.?)", r"[^\s|:][^\s|]*(?:\s*/\s*[^\s|]+)*")
    number = number if number and re.search(r"\d", number) else box_number(text)
    return Procedure(name, number)


__all__ = [
    "Procedure",
    "WealthReport",
    "procedure",
    "promising_office",
    "wealth_report",
    "wealth_title",
]
