"""What the words above a table say: the indicator, its unit, its region, target or result."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kb.authority import norm
from kb.describe.accounts import BUDGET
from kb.describe.indicator_names import words
from kb.describe.regions import regions_in
from kb.model import Page, Table

MAX_HEADING = 220
"""Longer lines above a table are prose."""

_NUMBERED = re.compile(
    r"^\s*(?:(?:tabel|table|daftar|gambar)\b\s*:?\s*)?(?:[\dIVXLivxl]+(?:[.\-–]\s*(?:\d+|[A-Za-z]\b))*[.)]?\s+)?",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:data|grafik|tabel|daftar|matriks|rekapitulasi|ringkasan|rincian|perbandingan"
    r"|perkembangan|tren|trend|pembagian|penetapan|capaian|pencapaian|target|proyeksi|sasaran"
    r"|realisasi|hasil|kondisi|pengukuran|evaluasi|dan|serta|kinerja|indikator(?: kinerja)?"
    r"(?: utama| daerah| makro| sasaran| program)?)\s+)+",
    re.IGNORECASE,
)
_COUNTED = frozenset(["hasil", "kondisi", "realisasi"])
"""Say what is counted where a noun follows: ``Hasil Padi``."""
_TAIL = re.compile(
    r"(?<!\s)\s*[,.:;(–-]*\s*"
    r"(?:(?:pada |selama |untuk |sampai dengan |s\.?/?d\.? )?"
    r"(?:tahun(?: anggaran)?|periode|thn|ta\.?)\s*)?"
    r"(?:19|20)\d\d"
    r"(?:\s*(?:[-–/]|s\.?/?d\.?|sampai(?: dengan)?|dan)\s*(?:tahun\s*)?(?:19|20)?\d\d)?"
    r"\s*\)?\s*$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?<!\s)\s+(?:(?:di\s+|se-?)?kabupaten\s*(?:/|dan)\s*kota\b.*|(?:menurut|per|tiap|setiap|se|berdasarkan|antar)[\s-]+(?:kabupaten|kota|provinsi|kecamatan|wilayah|jenis|tahun|daerah).*)$",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\(\s*(?P<unit>[^()]{1,24})\s*\)")
_OF = re.compile(
    r"(?<!\s)\s+(?:di\s+)?(?:provinsi|propinsi|kabupaten|kab\.|kota)\s+[^\W\d_]+(?:\s+[^\W\d_]+){0,3}\s*$",
    re.IGNORECASE,
)
_SIDE_BY_SIDE = re.compile(
    r"\b(?i:provinsi|kabupaten|kota)\s+[A-Z]\w+(?:\s+[A-Z]\w+){0,2}"
    r"(?:\s*,|\s+(?i:dan|dengan|terhadap)\b)\s*"
    r"(?:(?i:nasional|indonesia|provinsi|kabupaten|kota)|[A-Z])"
)
_NOT_UNIT = re.compile(r"^[A-Z]{2,7}$|(?i:lanjutan|sambungan|contoh|audited|murni|perubahan|\d{4})")
_SUBJECTS = re.compile(
    r"\b(?:program|kegiatan|anggaran|pagu|belanja|pendanaan|pembiayaan|neraca|pegawai|jabatan"
    r"|barang|aset|inventaris|jadwal|peraturan|kode|alamat|hibah|paket|tenaga|susunan|kelas"
    r"|satuan kerja)\b"
)
_SHARE_OF = re.compile(r"(?:persentase|prosentase|presentase|rasio|indeks)\b")
"""A share is an indicator, whatever it is a share of."""
_OWNER = re.compile(
    r"(?<=\d)\s+(?:pada|di)\s+(?:Dinas|Badan|Inspektorat|Kantor|Kecamatan|Kejaksaan|Pengadilan|Polres"
    r"|Polda|Kementerian|Sekretariat|RSUD|Satuan)\b.*$"
)
"""Whose the numbers are, behind the years of a caption."""
TARGET = re.compile(r"\b(?:target|proyeksi|rencana|sasaran)\b")
SHARES = re.compile(
    r"(?<!rencana )\b(?:persen\w*|prosen\w*|tingkat) (?:(?:rata rata|realisasi) )?"
    r"(?:capaian|pencapaian|ketercapaian)\b(?! (?:program|spm|standar))"
    r"|\b(?:capaian|pencapaian|realisasi)(?: \w+){0,4} terhadap (?:\w+ ){0,2}target\b"
    r"|\b(?:efisiensi|efektivitas|efektifitas)\b(?: \w+){0,2} (?:penggunaan|anggaran|sumber daya)\b"
)
"""A table of shares of the target that were reached, not of values."""
_PERIOD = re.compile(
    r"(?:\b(?:renstra|rpjmd|rpjpd|rkpd|rencana strategis|periode|masa)\b[^\d]{0,30})?"
    r"(?:19|20)\d\d\s*(?:[-–—/]|s\.?/?d\.?|sampai(?: dengan)?)\s*(?:tahun\s*)?(?:19|20)\d\d\*?"
    r"|\b(?:renstra|rpjmd|rpjpd|rencana strategis)\b[^\d.;]{0,20}(?:19|20)\d\d"
    r"|\b(?:nomor|no\.?|permen\w*|perda|perbup|perwal\w*|pergub|perpres|inmendagri|uu|pp)\s*"
    r"[\w./-]{1,24}\s+tahun\s+(?:19|20)\d\d|\b\d+/(?:19|20)\d\d",
    re.IGNORECASE,
)
"""Years that are none of the table's: of the period of a plan, of a regulation."""
RESULT = re.compile(
    r"\b(?:realisasi|capaian|pencapaian|hasil|perkembangan|tren|trend|kondisi|data)\b"
)


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above a table."""

    text: str
    indicator: str | None = None
    """The indicator that the whole table is about, where the caption names one."""
    unit: str | None = None
    regions: tuple[str, ...] = ()
    """Regions named, with their type word."""
    several: bool = False
    """True where it sets regions side by side (``Kota Serang dan Provinsi Banten``)."""
    target: bool = False
    result: bool = False
    shares: bool = False
    """True where the table gives shares of the target reached."""
    budget: bool = False
    """True where it gives the money of a budget."""

    @property
    def years(self) -> frozenset[int]:
        """Years named, without those of the period a plan covers."""
        return frozenset(
            int(year)
            for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", _PERIOD.sub(" ", self.text))
        )


def read_above(table: Table, page: Page | None) -> Above:
    """The table's caption, else the heading line(s) above it on the page, taken apart."""
    text = table.caption or (heading(table, page) if page is not None else "")
    return _read(" ".join(text.split()))


@lru_cache(maxsize=4096)
def _read(text: str) -> Above:
    if not text:
        return Above("")
    folded = norm(text)
    units = [
        m.group("unit").strip()
        for m in _UNIT.finditer(text)
        if not _NOT_UNIT.search(m.group("unit"))
    ]
    regions = tuple(dict.fromkeys(place.name for place, _ in regions_in(text)))
    return Above(
        text,
        _indicator(text, bool(units)),
        units[-1] if units else None,
        regions,
        len(regions) > 1 or bool(_SIDE_BY_SIDE.search(text)),
        bool(TARGET.search(folded)),
        bool(RESULT.search(folded)),
        bool(SHARES.search(folded)),
        bool(BUDGET.search(folded)),
    )


def _indicator(text: str, has_unit: bool) -> str | None:
    """The indicator a caption names: ``Indeks Pembangunan Manusia (IPM)``, or ``None``."""
    if len(text) > 160:
        return None
    name = _NUMBERED.sub("", text, count=1)
    units = [m.group(0) for m in _UNIT.finditer(name) if not _NOT_UNIT.search(m.group("unit"))]
    for unit in units:
        name = name.replace(unit, " ")
    name = " ".join(name.split())
    before = ""
    while before != name:
        before = name
        name = _OF.sub("", _BY.sub("", _TAIL.sub("", _OWNER.sub("", name)))).strip(" ,.:;-–")
    bare = _LEAD.sub("", name).strip()
    if not bare or (_SUBJECTS.search(norm(bare)) and not _SHARE_OF.match(norm(bare))):
        return None
    if is_indicator(bare):
        short = norm(bare).split(" ", 1)[0] in known_abbreviations()
        lead = norm(name[: len(name) - len(bare)]).split()
        # "Realisasi PAD" is what the caption calls it, and it counts with PAD.
        return name if short and lead[-1:] == ["realisasi"] else bare
    if is_indicator(name) and norm(name).startswith(("realisasi ", "kunjungan ")):
        return name
    # With its unit in brackets a caption names a quantity, whatever its first word is.
    if has_unit and not norm(bare).startswith(("realisasi anggaran", "uraian")):
        lead = name[: len(name) - len(bare)].split()
        return f"{lead[-1]} {bare}" if lead and lead[-1].lower() in _COUNTED else bare
    return None


def is_indicator(name: str) -> bool:
    """True where the words begin as an indicator's name does."""
    spelling = words()["spelling"]
    folded = " ".join(spelling.get(word, word) for word in norm(name).split())
    first = folded.split(" ", 1)[0]
    if first in known_abbreviations():
        return True
    if folded.count(" ") < 1 and len(folded) > 5:
        return False
    return any(folded == head or folded.startswith(head + " ") for head in words()["heads"])


@cache
def known_abbreviations() -> frozenset[str]:
    """Abbreviations that are names of indicators (``ipm``, ``pad``), in normal form."""
    names = [name for group in words()["group"] for name in group["names"]]
    return frozenset(norm(name) for name in names if name.isupper() and " " not in name)


def heading(table: Table, page: Page) -> str:
    """The line(s) right above the table in the page's text, where they are no prose."""
    first = [cell for cell in table.rows[0] if cell] if table.rows else []
    if len(first) < 2:
        return ""
    start = " | ".join(first[:2])
    lines = page.text.split("\n")
    at = next((i for i, line in enumerate(lines) if line.startswith(start)), None)
    if at is None:
        return ""
    found: list[str] = []
    for line in reversed(lines[max(0, at - 4) : at]):
        text = " ".join(line.split())
        if not text:
            if found:
                break
            continue
        if " | " in text or len(text) > MAX_HEADING or text.endswith((".", ";")):
            break
        found.insert(0, text)
        if len(found) == 2:
            break
    return " ".join(found)
