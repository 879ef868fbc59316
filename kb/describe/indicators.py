"""Indicators with their targets and results by year, read from tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kb import authority
from kb.authority import norm
from kb.describe.numbers import parse_number
from kb.model import Description, IndicatorValue, SourceDocument, Table

SURE_OCR = 0.85
"""Mean confidence that a scanned page must have for its numbers to count."""

Kind = Literal["baseline", "target", "realisation"]

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_NAME = re.compile(r"\bindikator\b")
_NOT_NAME = re.compile(r"\b(?:target|realisasi|capaian|formula|sumber|satuan|jumlah|kode)\b")
_UNIT = re.compile(r"^satuan\b|\bsatuan\b(?! kerja)")
_BASE = re.compile(
    r"\b(?:kondisi awal|baseline|base line|data awal|capaian awal|kinerja awal|data dasar)\b"
)
_TARGET = re.compile(r"\b(?:t[ae]re?get|rencana kinerja|kondisi akhir|proyeksi)\b")
_REAL = re.compile(r"\b(?:realisasi|hasil|capaian|kinerja tercapai)\b")
_SHARE = re.compile(
    r"(?:%|\bpersen\w*|\bpersentase|\btingkat|\brasio|\brata rata) ?(?:capaian|realisasi|kinerja)"
    r"|(?:capaian|realisasi|kinerja) ?(?:%|\bpersen|terhadap)|\bkategori\b|\bpredikat\b"
    r"|\bnilai capaian\b"
)
_SUM = re.compile(r"\b(?:s d|sd|sampai dengan|kumulatif|akumulasi)\b")
_MONEY = re.compile(r"\b(?:anggaran|pagu|rp|rupiah|dana|biaya)\b")
_AGENCY = re.compile(
    r"\b(?:penanggung ?jawab|perangkat daerah|opd|skpd|pelaksana|unit kerja|pengampu)\b"
)


@dataclass(frozen=True, slots=True)
class Column:
    role: Literal["name", "unit", "agency", "value", "other"]
    kind: Kind | None = None
    year: int | None = None


OTHER = Column("other")


def extract_indicators(source: SourceDocument, description: Description) -> list[IndicatorValue]:
    """Every indicator value that the document's tables state surely, in order.

    A column counts where its header says target, realisation or baseline and its year is
    in the header, in the caption, or is the one year the document covers. A cell that is
    not surely one number is left out.
    """
    years = description.years.value if description.years else ()
    only = years[0] if len(years) == 1 else None
    agency = description.institution.value if description.institution else None
    unsure = {
        page.number
        for page in source.pages
        if page.method == "ocr" and (page.ocr_confidence or 0) < SURE_OCR
    }
    found: list[IndicatorValue] = []
    for position, table in enumerate(source.tables):
        if table.page not in unsure:
            found += _from_table(position, table, only, agency)
    return found


def _from_table(
    position: int, table: Table, only: int | None, agency: str | None
) -> list[IndicatorValue]:
    columns = read_columns(table, only)
    names = [index for index, column in enumerate(columns) if column.role == "name"]
    values = [index for index, column in enumerate(columns) if column.role == "value"]
    if not names or not values:
        return []
    name_at = names[0]
    unit_at = next((i for i, c in enumerate(columns) if c.role == "unit"), None)
    agency_at = next((i for i, c in enumerate(columns) if c.role == "agency"), None)
    found: list[IndicatorValue] = []
    full = [*values, *([unit_at] if unit_at is not None else [])]
    for row_number in range(table.header_rows, len(table.rows)):
        row = table.rows[row_number]
        name = _indicator_name(_whole_name(table, row_number, name_at, full))
        if name is None:
            continue
        unit = row[unit_at].strip() if unit_at is not None and unit_at < len(row) else ""
        owner = row[agency_at].strip() if agency_at is not None and agency_at < len(row) else ""
        for index in values:
            column = columns[index]
            number = parse_number(row[index]) if index < len(row) and row[index] else None
            if number is None or column.kind is None or column.year is None:
                continue
            measure = unit or number.unit or _unit_in(name)
            if _is_share(measure) and abs(number.value) > 1000:
                continue  # "90%" that OCR read as "9046"
            found.append(
                IndicatorValue(
                    indicator=name,
                    unit=measure,
                    kind=column.kind,
                    year=column.year,
                    value=number.value,
                    value_text=number.text,
                    page=table.page,
                    agency=owner or agency,
                    table=position,
                    row=row_number,
                )
            )
    return found


def _whole_name(table: Table, start: int, name_at: int, full: Sequence[int]) -> str:
    """The name in a row and in those below it that only go on with it."""
    row = table.rows[start]
    name = row[name_at] if name_at < len(row) else ""
    if not name or not any(index < len(row) and row[index] for index in full):
        return ""
    for below in table.rows[start + 1 : start + 9]:
        more = below[name_at] if name_at < len(below) else ""
        if (below[0] and name_at > 0) or any(i < len(below) and below[i] for i in full):
            break
        if more and re.match(r"\d+[.)]|[•-]", more):
            break
        name = f"{name} {more}".strip()
    return name


def _is_share(unit: str | None) -> bool:
    return bool(unit) and norm((unit or "").replace("%", "persen")).startswith("persen")


def _indicator_name(cell: str) -> str | None:
    name = re.sub(
        r"^\s*(?:\d+(?:\.\d+)+[.)]?\s+|\(?\d{1,2}[.)]\s*|[a-z][.)]\s+|[•\-–]\s*)+",
        "",
        " ".join(cell.split()),
    )
    if not 3 < len(name) <= 300 or not re.search(r"[^\W\d_]{3}", name):
        return None
    if norm(name) in {"indikator", "indikator kinerja", "jumlah", "total", "rata rata"}:
        return None
    return name


def _unit_in(name: str) -> str | None:
    match = re.search(
        r"\((%|persen|orang|unit|rp|rupiah|poin|nilai|indeks|tahun)\)", name, re.IGNORECASE
    )
    if match:
        return match.group(1)
    return "%" if norm(name).startswith(("persentase", "prosentase")) else None


def read_columns(table: Table, only: int | None) -> list[Column]:
    """What each column holds, told by its header words."""
    headers = header_texts(table)
    caption_years = [int(year) for year in _YEAR.findall(table.caption or "")]
    fallback = only
    if fallback is None and len(set(caption_years)) == 1:
        fallback = caption_years[0]
    columns = [_column(text, fallback) for text in headers]
    folded = [norm(text) for text in headers]
    if any("realisasi" in text for text in folded):
        # Beside "realisasi", a column "capaian" is the share reached.
        for index, text in enumerate(folded):
            if "capaian" in text and "realisasi" not in text and columns[index].kind is not None:
                columns[index] = columns[index] if columns[index].kind == "baseline" else OTHER
    if not any(column.role == "name" for column in columns):
        return columns
    # Bare years beside each other are targets where the table or its caption says so.
    about = norm(" ".join([table.caption or "", *headers]))
    bare: Kind | None = None
    if _TARGET.search(about):
        bare = "target"
    elif _REAL.search(about):
        bare = "realisation"
    if bare is not None:
        for index, text in enumerate(headers):
            year = re.fullmatch(r"(?:tahun |thn )?((?:19|20)\d\d)", norm(text))
            if year and columns[index].role == "other":
                columns[index] = Column("value", bare, int(year.group(1)))
    return columns


def header_texts(table: Table) -> list[str]:
    """Each column's header words from top to bottom; cells that span columns are spread."""
    width = max((len(row) for row in table.rows), default=0)
    parts: list[list[str]] = [[] for _ in range(width)]
    rows = table.rows[: table.header_rows]
    for number, row in enumerate(rows):
        below = rows[number + 1 :]
        last = ""
        for index in range(width):
            cell = row[index] if index < len(row) else ""
            if cell:
                last = cell
            elif last and any(index < len(r) and r[index] for r in below):
                cell = last  # a cell above several columns names all of them
            if cell and not re.fullmatch(r"\(?\d{1,2}\)?", cell):
                parts[index].append(cell)
    return [" ".join(dict.fromkeys(part)) for part in parts]


def _column(text: str, fallback: int | None) -> Column:
    folded = norm(text.replace("%", " persen "))
    if not folded:
        return Column("other")
    if _UNIT.search(folded) and not _NAME.search(folded):
        return Column("unit")
    if _NAME.search(folded) and not _NOT_NAME.search(folded):
        return Column("name")
    if (
        _AGENCY.search(folded)
        and not _YEAR.search(text)
        and not _TARGET.search(folded)
        and not _REAL.search(folded)
    ):
        return Column("agency")
    if (
        _SUM.search(folded)
        or _SHARE.search(folded)
        or (_MONEY.search(folded) and not _NAME.search(folded))
    ):
        return Column("other")
    years = [int(year) for year in _YEAR.findall(text)]
    year = years[0] if len(set(years)) == 1 else (None if years else fallback)
    if year is None:
        return Column("other")
    if _BASE.search(folded):
        return Column("value", "baseline", year) if years else Column("other")
    if _TARGET.search(folded) and not _REAL.search(folded):
        return Column("value", "target", year)
    if _REAL.search(folded) and not _TARGET.search(folded):
        return Column("value", "realisation", year)
    return Column("other")


# --- the same indicator in other words ----------------------------------------

_SAME = {"prosentase": "persentase", "presentase": "persentase", "persen": "persentase",
         "prevalensi": "prevalensi", "indek": "indeks", "perkapita": "kapita",
         "pertumbuhannya": "pertumbuhan"}  # fmt: skip
_DROP = frozenset(
    ["dan", "di", "ke", "dari", "untuk", "pada", "dengan", "dalam", "yang", "atas", "terhadap",
     "per", "nilai", "daerah", "wilayah", "capaian", "oleh", "serta", "atau", "tahun"]
)  # fmt: skip


def indicator_norm(name: str) -> str:
    """The form under which the same indicator meets in other words.

    Bracketed abbreviations and units, region names and small words fall away, known
    abbreviations are written out, spellings are made one, words are put in order of the
    alphabet: ``Indeks Pembangunan Manusia (IPM) Provinsi Banten`` and ``IPM`` give the same.
    """
    text = re.sub(r"\([^)]*\)", " ", name)
    text = norm(text.replace("%", " persentase "))
    text = re.sub(
        r"\b(?:provinsi|kabupaten|kota)\s+(?:[a-z]+\s*){1,3}$",
        lambda match: "" if _is_region(match.group(0)) else match.group(0),
        text,
    )
    words: list[str] = []
    for word in text.split():
        words += _expanded(word).split()
    kept = [_SAME.get(word, word) for word in words if word not in _DROP]
    return " ".join(sorted(dict.fromkeys(kept))) or text or norm(name)


def _is_region(text: str) -> bool:
    return authority.load().places.parse(text) is not None


def _expanded(word: str) -> str:
    for group in authority.load().abbreviations:
        if len(group) > 1 and norm(group[0]) == word:
            return norm(group[1])
    return word


__all__: Sequence[str] = ["extract_indicators", "header_texts", "indicator_norm", "read_columns"]
