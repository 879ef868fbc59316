"""What the header words of one column say that it holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.authority import norm
from kb.describe.column_roles import OTHER, Column
from kb.model import NumberKind

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
BARE_YEAR = re.compile(r"(?:tahun |thn |th )?((?:19|20)\d\d)(?: \d\)?)?")
_FORMULA = re.compile(r"(?:\(|(?<!\s))\s*\d{1,2}\s*[+/:x×=-]\s*\d{1,2}\s*\)?")
NAME = re.compile(r"\bindikator\b|\biku\b|^ikk (?:outcome|output|makro|kunci|urusan)\b")
_NOT_NAME = re.compile(
    r"\b(?:target|realisasi|capaian|formula\w*|rumus|sumber|satuan|jumlah|kode|definisi|penjelasan"
    r"|alasan|cara|jenis|tipe)\b"
)
MEASURE = re.compile(r"^t[oa]lo?a?k ukur\b(?!.*\btarget\b)")
"""Names what an indicator measures, in the forms of budgets and work plans."""
_UNIT = re.compile(r"^satuan\b|\bsatuan\b(?! kerja)")
_BASE = re.compile(
    r"\b(?:kondisi(?: kinerja)?(?: pada)? awal|kondisi (?:eksisting|existing|saat ini|dasar)"
    r"|eksisting|existing|base ?line|(?:data|capaian|kinerja|nilai) awal|data dasar"
    r"|(?:tahun|thn|th) (?:dasar|dsr)"
    r"|awal (?:tahun )?(?:perencanaan|renstra|rpjmd|periode)"
    r"|kondisi(?: kinerja)?(?: pada)?(?: tahun)? (?:19|20)\d\d)\b"
)
TARGET = re.compile(
    r"\b(?:t[ae][rf]?e?get|rencana(?: kinerja)?|kondisi(?: kinerja)?(?: pada)? akhir)\b"
)
PROJECTED = re.compile(r"\b(?:proyeksi|sasaran(?= (?:tahun )?(?:19|20)\d\d))\b")
_REAL = re.compile(
    r"\b(?:realisasi|hasil(?! (?:anali\w+|musrenbang|review|reviu|pembahasan)\b)|capaian|pencapaian"
    r"|kinerja tercapai)\b"
)
_SHARE = re.compile(
    r"(?:persen\w*|tingkat|rasio|rata rata|kategori|predikat|status|kriteria|notifikasi)"
    r"(?: (?:capaian|realisasi|kinerja|pencapaian|ketercapaian))+"
    r"|(?:capaian|kinerja|pencapaian)(?: \w+){0,2} (?:persen\w*|terhadap)|^persen\w*$"
    r"|\bkategori\b|\bpredikat\b|\bnilai capaian\b|\bselisih\b|\bgap\b|\bkesenjangan\b"
    r"|\brealisasi target\b"
)
SHARED = re.compile(r"\brealisasi(?: \w+){0,3} (?:persen\w*|terhadap)")
REACHED = re.compile(r"(?<!realisasi )\bcapaian target\b")
"""The share reached, or, beside no other target, the target to reach."""
_SUM = re.compile(r"\b(?:s d|sd|sampai dengan|kumulatif|akumulasi|rata rata|total|peran)\b")
QUARTER_WORD = r"(?:triwulan|tri wulan|tribulan|tw|trw)"
"""What folded text calls a quarter of a year."""
UP_TO = re.compile(rf"\b(?:s d|sd|sampai dengan)(?: akhir)? (?={QUARTER_WORD}\b)")
"""A result up to a quarter is the state at its end."""
_QUARTER = re.compile(
    rf"\b(?:{QUARTER_WORD}|kuartal)(?: ke)? ?(iv|i{{1,3}}|[1-4])\b"
    r"(?! (?:dan|sampai|s d))"
)
_ORDER = re.compile(rf"^(iv|i{{1,3}})(?: \d)?$|^(?:{QUARTER_WORD}|ke) ([1-4])$")
_MONTH = re.compile(r"^b ?(03|06|09|12)$")
"""The month that ends a quarter, in action plans ("B03")."""
_PART = re.compile(
    rf"\b(?:{QUARTER_WORD}|semester|smt|kuartal|bulan|januari|jan|februari"
    r"|pebruari|feb|maret|mar|april|apr|mei|juni|jun|juli|jul|agustus|agt|ags|september|sept|sep|oktober|okt"
    r"|november|nopember|nov|(?<!31 )desember|(?<!31 )des)\b"
)
_DAY = re.compile(r"\b\d{1,2} [a-z]{3,9} (?:19|20)\d\d\b")
"""The day of a version of the plan ("Update Pagu 19 April 2025")."""
_MONEY = re.compile(r"\b(?:anggaran|pagu|rp|rupiah|dana|biaya|belanja|keuangan|k|fisik)\b")
_UPDATED = re.compile(r"\bpagu\b.*\btarget$")
"""A target below a head of the money planned ("Pagu Awal" over "Pagu", "Target", "Satuan")."""
_GUESS = re.compile(r"\b(?:perkiraan|prakiraan|estimasi|prognosis|sementara|rencana tindak)\b")
_ELSEWHERE = re.compile(
    r"\b(?:nasional|rpjmn|indonesia|daerah lain|kabupaten lain|kota lain|nspk)\b"
    r"|^target ikk$"
)
"""Numbers of the country, of other regions or of a standard beside the own ones."""
_UNDATED = re.compile(
    r"\b(?:tahun|thn|th) (?:yang )?(?:lalu|sebelumnya|berjalan|kemarin|depan|berikutnya|ke)\b"
)
"""Another year than the document's own, which is not said."""
_AGENCY = re.compile(
    r"\b(?:penanggung ?jawab|perangkat daerah|opd|skpd|pelaksana|unit kerja|pengampu)\b"
)
_REGION = re.compile(r"^(?:no )?(?:nama )?(?:kabupaten|kab|kota|wilayah|daerah|provinsi)\b")
_BESIDE = re.compile(r"(?:lokasi|sumber|catatan|ket|keterangan)\b")
"""What stands beside the targets of a plan's year ("Rencana Tahun 2025" above "Lokasi", "Target",
"Pagu" and "Sumber Dana": the form of the Renja, Permendagri 86/2017)."""
_SPLIT = ("target", "realisasi", "capaian", "indikator", "satuan", "kinerja")


def tidy(level: Sequence[str]) -> list[str]:
    """Header cells in normal form, percent signs as words, letters set apart put together."""
    out: list[str] = []
    for cell in level:
        if _FORMULA.fullmatch(cell.strip()):
            out.append("rumus")
            continue
        folded = norm(cell.replace("%", " persen "))
        folded = re.sub(r"\b(?:\w (?=\w\b)){3,}\w\b", lambda m: m[0].replace(" ", ""), folded)
        for word in _SPLIT:
            if word not in folded and word in folded.replace(" ", ""):
                folded = re.sub(r" ?".join(word), word, folded)
        out.append(folded)
    return out


def column_of(level: Sequence[str]) -> Column:
    """What a column below the header cells ``level`` (top down, tidied) holds."""
    text = " ".join(level)
    if not text or "rumus" in level:
        return OTHER
    last = level[-1]
    if _UNIT.search(last) and not NAME.search(last):
        return Column("unit")
    if MEASURE.match(last) or (NAME.search(text) and not _NOT_NAME.search(text)):
        return Column("name")
    if _AGENCY.search(text) and not (
        _YEAR.search(text) or TARGET.search(text) or _REAL.search(text)
    ):
        return Column("agency")
    if _REGION.search(text) and not _YEAR.search(text) and not TARGET.search(text):
        return Column("region")
    if text in {"tahun", "thn", "no tahun"}:
        return Column("years")
    return _value(level)


def _value(level: Sequence[str]) -> Column:
    level = [_DAY.sub("", cell).strip() for cell in level]
    text, last = " ".join(level), level[-1]
    if len(level) > 1 and _BESIDE.match(last):
        return OTHER
    quarter = _quarter(level)
    if quarter is not None and _REAL.search(text):
        text, last = UP_TO.sub("", text), UP_TO.sub("", last)
    apart = _PART.search(text) and quarter is None
    if apart or _SUM.search(text) or _SHARE.search(last) or _GUESS.search(text):
        return OTHER
    if _ELSEWHERE.search(text) or (_UNDATED.search(text) and not _YEAR.search(text)):
        return OTHER
    # "Rencana Anggaran 2025" stands above "Target Kinerja" as well, "Target Kinerja dan
    # Anggaran" above "K" and "Rp", "Target dan Pagu Indikatif" above "Target" and "Pagu".
    told_apart = re.search(r"\btarget (?:\w+ )?kinerja\b", last) or (
        len(level) > 1 and last in {"k", "kinerja"}
    )
    told_apart = told_apart or (last == "target" and _UPDATED.search(text) is not None)
    told_apart = told_apart or (
        last == "target" and any(TARGET.search(p) and _MONEY.search(p) for p in level[:-1])
    )
    money = "" if last == "k" and told_apart else last if told_apart else text
    if _MONEY.search(money) and not NAME.search(text):
        return OTHER
    year = _year(level)
    if year == 0 or (year is None and re.search(r"\bakhir (?:renstra|rpjmd|periode)\b", text)):
        return OTHER
    # A word may be broken over the cells of a header that was set in several lines.
    whole = tidy([text])[0]
    if year and _BASE.search(whole) and not TARGET.search(whole):
        return Column("value", "baseline", year)
    kind = next((k for k in map(_kind, [*reversed(level), whole]) if k is not None), None)
    if kind is None:
        if year and all(BARE_YEAR.fullmatch(part) or part in ("tahun", "th") for part in level):
            return Column("value", None, year)
        return OTHER
    if kind == "baseline" and year is None:
        return OTHER
    return Column("value", kind, year, None, quarter)


def quarter_in(text: str) -> int | None:
    """The quarter that words name ("sampai dengan Triwulan II"), where it is one."""
    return _quarter([norm(text)])


def _quarter(level: Sequence[str]) -> int | None:
    """The quarter a header names: 3 for "Realisasi TW III", or for "III" below "Realisasi
    Triwulan"; ``None`` where several or none."""
    said = {match for part in level for match in _QUARTER.findall(part)}
    if not said and any(re.search(rf"\b{QUARTER_WORD}\b", one) for one in level[:-1]):
        said = {m[1] or m[2] for part in level[1:] if (m := _ORDER.match(part))}
    month = _MONTH.match(level[-1])
    if month is not None and not said:
        return int(month[1]) // 3
    if len(said) != 1:
        return None
    return {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(one := said.pop()) or int(one)


def _year(level: Sequence[str]) -> int | None:
    """The year of a header, lowest cell first; 0 where it names several."""
    for part in reversed(level):
        years = {int(year) for year in _YEAR.findall(part)}
        if years:
            return years.pop() if len(years) == 1 else 0
    return None


def _kind(text: str) -> NumberKind | None:
    """Target, result or baseline: by the first word that says one."""
    if _BASE.search(text):
        return "baseline"
    if REACHED.search(text):
        return "target"
    found: list[tuple[int, NumberKind]] = []
    kinds: tuple[tuple[re.Pattern[str], NumberKind], ...] = (
        (TARGET, "target"), (PROJECTED, "target"), (_REAL, "realisation"),
    )  # fmt: skip
    for pattern, kind in kinds:
        match = pattern.search(text)
        if match:
            found.append((match.start(), kind))
    if not found:
        return None
    if {kind for _, kind in found} == {"target", "realisation"} and re.search(
        r"\b(?:dan|atau|vs)\b", text
    ):
        return None  # "Target dan Realisasi" stands above both
    return min(found)[1]


__all__: Sequence[str] = ["BARE_YEAR", "NAME", "column_of", "quarter_in", "tidy"]
