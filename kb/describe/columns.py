"""What each column of a table holds, told by its header words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kb.authority import norm
from kb.describe.captions import is_indicator
from kb.describe.column_roles import OTHER, PLAIN, Column, Grid
from kb.describe.headers import header_levels, numbers_columns, with_years
from kb.describe.numbers import parse_number
from kb.model import NumberKind

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
BARE_YEAR = re.compile(r"(?:tahun |thn |th )?((?:19|20)\d\d)(?: \d\)?)?")
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?")
_MARK = re.compile(r"\s*\(?(?:\d{1,3}|[IVX]{1,5}|[a-z])[.)]*\s*")
_FORMULA = re.compile(r"(?:\(|(?<!\s))\s*\d{1,2}\s*[+/:x×=-]\s*\d{1,2}\s*\)?")
_NAME = re.compile(r"\bindikator\b|\biku\b")
_NOT_NAME = re.compile(
    r"\b(?:target|realisasi|capaian|formula\w*|rumus|sumber|satuan|jumlah|kode|definisi|penjelasan"
    r"|alasan|cara|jenis|tipe)\b"
)
_PLAIN_NAME = re.compile(
    r"^(?:uraian|komponen|variabel|aspek|parameter|dimensi|tujuan sasaran|kinerja|sasaran kinerja"
    r"|ukuran(?: kinerja)?|perjanjian kinerja|(?:program )?outcome|tolok ukur(?: kinerja)?|indeks"
    r"|rincian)\b"
)
_UNIT = re.compile(r"^satuan\b|\bsatuan\b(?! kerja)")
_BASE = re.compile(
    r"\b(?:kondisi(?: kinerja)?(?: pada)? awal|baseline|base line|data awal|capaian awal"
    r"|kinerja awal|data dasar|tahun dasar)\b"
)
_TARGET = re.compile(
    r"\b(?:t[ae]re?get|rencana(?: kinerja)?|kondisi(?: kinerja)?(?: pada)? akhir)\b"
)
_PROJECTED = re.compile(r"\b(?:proyeksi|sasaran(?= (?:tahun )?(?:19|20)\d\d))\b")
_REAL = re.compile(r"\b(?:realisasi|hasil|capaian|pencapaian|kinerja tercapai)\b")
_SHARE = re.compile(
    r"(?:persen\w*|tingkat|rasio|rata rata|kategori|predikat|status|kriteria|notifikasi)"
    r"(?: (?:capaian|realisasi|kinerja|pencapaian|ketercapaian))+"
    r"|(?:capaian|kinerja|pencapaian)(?: \w+){0,2} (?:persen\w*|terhadap)|^persen\w*$"
    r"|\bkategori\b|\bpredikat\b|\bnilai capaian\b|\bselisih\b|\bgap\b|\bkesenjangan\b"
    r"|\bcapaian target\b|\brealisasi target\b"
)
_SHARED = re.compile(r"\brealisasi(?: \w+){0,3} (?:persen\w*|terhadap)")
_SUM = re.compile(r"\b(?:s d|sd|sampai dengan|kumulatif|akumulasi|rata rata|total|peran)\b")
_QUARTER = re.compile(
    r"\b(?:triwulan|tri wulan|tw|trw|kuartal)(?: ke)? ?(iv|i{1,3}|[1-4])\b(?! (?:dan|sampai|s d))"
)
_PART = re.compile(r"\b(?:triwulan|tri wulan|tw|semester|smt|kuartal|bulan|trw)\b")
_MONEY = re.compile(r"\b(?:anggaran|pagu|rp|rupiah|dana|biaya|belanja|keuangan|k|fisik)\b")
_GUESS = re.compile(r"\b(?:perkiraan|prakiraan|estimasi|prognosis|sementara|rencana tindak)\b")
_AGENCY = re.compile(
    r"\b(?:penanggung ?jawab|perangkat daerah|opd|skpd|pelaksana|unit kerja|pengampu)\b"
)
_REGION = re.compile(r"^(?:no )?(?:nama )?(?:kabupaten|kab|kota|wilayah|daerah|provinsi)\b")
_PROGRAMMES = frozenset(
    ["program", "program kegiatan", "kegiatan", "sub kegiatan", "anggaran", "anggaran rp", "pagu",
     "pagu anggaran", "keterangan", "ket", "sumber dana", "jumlah anggaran"]
)  # fmt: skip
_BESIDE = re.compile(r"(?:lokasi|sumber|catatan|ket|keterangan)\b")
"""What stands beside the targets of a plan's year ("Rencana Tahun 2025" above "Lokasi", "Target",
"Pagu" and "Sumber Dana": the form of the Renja, Permendagri 86/2017)."""
_KIND_CELL = re.compile(r"^(?:target|realisasi|capaian|pencapaian)\b(?: (?:kinerja|tahun))?$")
_NO_VALUE = re.compile(r"(?:19|20)\d\d|anggaran|pagu|dana|rp(?: 000)?")
_SAID = re.compile(r"(?:target|satuan|realisasi)(?: (?:tahun )?(?:19|20)\d\d)?")
_SPLIT = ("target", "realisasi", "capaian", "indikator", "satuan")


def read_grid(rows: Sequence[Sequence[str]], header_rows: int, only: int | None) -> Grid:
    """The columns with their roles. ``only`` is the one year the document covers, which is
    the year of a column "Target" where no column of its kind names another."""
    head = whole_header(rows, header_rows)
    printed = with_years(header_levels(rows, head), only)
    levels = [_tidy(level) for level in printed]
    columns = [_column(level) for level in levels]
    body = range(head, _end(rows, head))
    columns = _row_roles(columns, rows, body)
    columns = _shares_beside_results(columns, levels)
    columns = _weighted(columns, levels)
    columns = _indicator_columns(columns, printed)
    columns = _plain_names(columns, levels, rows, body)
    names = _named_by(columns)
    columns = [_fall_back(c, i, columns, names, only) for i, c in enumerate(columns)]
    return Grid(tuple(_without_doubles(columns, names, levels)), body, names)


def _named_by(columns: Sequence[Column]) -> dict[int, int]:
    """Each column with the name column it belongs to: tables of cascades set "Indikator" and
    "Target" side by side several times, so the nearest to the left counts."""
    named = [i for i, c in enumerate(columns) if c.role == "name"]
    found: dict[int, int] = {}
    for index, column in enumerate(columns):
        if named and column.role in ("value", "unit"):
            found[index] = max((i for i in named if i < index), default=named[0])
    return found


def _end(rows: Sequence[Sequence[str]], head: int) -> int:
    """Where the body ends: at the header of a table of programmes below, which agreements
    set right under that of the indicators."""
    for number in range(head + 1, len(rows)):
        cells = {norm(cell) for cell in rows[number] if cell.strip()}
        if len(cells & _PROGRAMMES) >= 2:
            return number
    return len(rows)


def whole_header(rows: Sequence[Sequence[str]], header_rows: int) -> int:
    """Header rows, with those that go on with it: rows of years, "Target", column numbers."""
    head = max(1, header_rows)
    width = max((len(row) for row in rows), default=0)
    for number in range(min(5, len(rows) - 1), head - 1, -1):
        # A cascade names its levels first and its columns below them.
        folded = [norm(cell) for cell in rows[number] if cell.strip()]
        names = sum(bool(_NAME.search(cell)) for cell in folded)
        targets = sum(bool(_SAID.fullmatch(_tidy([cell])[0])) for cell in folded)
        if names >= 1 and targets >= 1 and names + targets >= 3 and number < len(rows) - 1:
            head = number + 1
            break
    while head < min(6, len(rows) - 1):
        cells = [cell.strip() for cell in rows[head] if cell.strip()]
        telling = sum(bool(_goes_on(cell)) for cell in cells)
        if not cells or telling < 2 or 2 * telling < len(cells):
            break
        values = [c for c in cells if parse_number(c) and not _NO_VALUE.fullmatch(norm(c))]
        if values and not numbers_columns(cells):
            break
        if len(cells) < width / 3:
            break
        head += 1
    return head


def _goes_on(cell: str) -> bool:
    folded = norm(cell)
    return bool(
        BARE_YEAR.fullmatch(folded)
        or _COLUMN_NUMBER.fullmatch(cell)
        or _NO_VALUE.fullmatch(folded)
        or folded in {"th", "tahun", "kinerja", "target", "realisasi", "capaian", "persen", "n"}
        or re.fullmatch(r"(?:\w{1,3} )?(?:th|thn|sd)|\(?%\)?|tw (?:i|ii|iii|iv)", folded or cell)
    )


def _tidy(level: Sequence[str]) -> list[str]:
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


def _column(level: Sequence[str]) -> Column:
    text = " ".join(level)
    if not text or "rumus" in level:
        return OTHER
    last = level[-1]
    if _UNIT.search(last) and not _NAME.search(last):
        return Column("unit")
    if _NAME.search(text) and not _NOT_NAME.search(text):
        return Column("name")
    if _AGENCY.search(text) and not (
        _YEAR.search(text) or _TARGET.search(text) or _REAL.search(text)
    ):
        return Column("agency")
    if _REGION.search(text) and not _YEAR.search(text) and not _TARGET.search(text):
        return Column("region")
    if text in {"tahun", "thn", "no tahun"}:
        return Column("years")
    quarter = _quarter(level)
    if len(level) > 1 and _BESIDE.match(last):
        return OTHER
    apart = _PART.search(text) and quarter is None
    if apart or _SUM.search(text) or _SHARE.search(last) or _GUESS.search(text):
        return OTHER
    # "Rencana Anggaran 2025" stands above "Target Kinerja" as well.
    money = last if re.search(r"\btarget (?:\w+ )?kinerja\b", last) else text
    if _MONEY.search(money) and not _NAME.search(text):
        return OTHER
    year = _year(level)
    if year == 0 or (year is None and re.search(r"\bakhir (?:renstra|rpjmd|periode)\b", text)):
        return OTHER
    # A word may be broken over the cells of a header that was set in several lines.
    whole = _tidy([text])[0]
    kind = next((k for k in map(_kind, [*reversed(level), whole]) if k is not None), None)
    if kind is None:
        if year and all(BARE_YEAR.fullmatch(part) or part in ("tahun", "th") for part in level):
            return Column("value", None, year)
        return OTHER
    if kind == "baseline" and year is None:
        return OTHER
    return Column("value", kind, year, None, quarter)


def _quarter(level: Sequence[str]) -> int | None:
    """The quarter a header names: 3 for "Realisasi TW III"; ``None`` where several or none."""
    said = {match for part in level for match in _QUARTER.findall(part)}
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
    found: list[tuple[int, NumberKind]] = []
    for pattern, kind in ((_TARGET, "target"), (_PROJECTED, "target"), (_REAL, "realisation")):
        match = pattern.search(text)
        if match:
            found.append((match.start(), kind))  # type: ignore[arg-type]
    if not found:
        return None
    if {kind for _, kind in found} == {"target", "realisation"} and re.search(
        r"\b(?:dan|atau|vs)\b", text
    ):
        return None  # "Target dan Realisasi" stands above both
    return min(found)[1]


def _row_roles(columns: list[Column], rows: Sequence[Sequence[str]], body: range) -> list[Column]:
    """Columns whose cells say target or realisation, or the year, of their row."""
    out = list(columns)
    for index, column in enumerate(columns):
        cells = [norm(rows[r][index]) for r in body if index < len(rows[r]) and rows[r][index]]
        if len(cells) < 2:
            continue
        if column.role in ("other", "name") and all(_KIND_CELL.match(cell) for cell in cells):
            out[index] = Column("kinds")
        elif (column.role == "years" or (column.role == "other" and index < 2)) and all(
            BARE_YEAR.fullmatch(cell) for cell in cells
        ):
            out[index] = Column("years")
        elif column.role == "years":
            out[index] = OTHER
    return out


def _shares_beside_results(columns: list[Column], levels: Sequence[Sequence[str]]) -> list[Column]:
    """Beside "realisasi" a column "capaian" is the share reached, as is "realisasi (%)" where
    the target is not in percent too; beside "target" a projection is another thing."""
    texts = [" ".join(level) for level in levels]
    realised = any(
        "realisasi" in text and c.kind == "realisation"
        for text, c in zip(texts, columns, strict=True)
    )
    targeted = any(
        _TARGET.search(text) and c.kind == "target" for text, c in zip(texts, columns, strict=True)
    )
    in_shares = any(
        "persen" in text.split() and c.kind == "target"
        for text, c in zip(texts, columns, strict=True)
    )
    results = {
        c.year for text, c in zip(texts, columns, strict=True)
        if "realisasi" in text and c.kind == "realisation"
    }  # fmt: skip
    reached = [
        c.year for text, c in zip(texts, columns, strict=True)
        if "capaian" in text and "realisasi" not in text and c.kind == "realisation"
    ]  # fmt: skip
    # "Capaian 2015" beside target and result of 2016 is what was reached the year before.
    before = len(reached) == 1 and reached[0] is not None and reached[0] not in results
    out: list[Column] = []
    for text, column in zip(texts, columns, strict=True):
        share = realised and "capaian" in text and "realisasi" not in text and not before
        share = share or (_SHARED.search(text) is not None and not in_shares)
        guess = targeted and _PROJECTED.search(text) and not _TARGET.search(text)
        drop = (share and column.kind == "realisation") or (guess and column.kind == "target")
        out.append(OTHER if drop else column)
    return out


def _weighted(columns: list[Column], levels: Sequence[Sequence[str]]) -> list[Column]:
    """Beside a value and its weight ("Nilai", "Bobot") the column "Hasil" is their product."""
    texts = [" ".join(level) for level in levels]
    if not any("bobot" in text.split() for text in texts):
        return columns
    product = [re.match(r"hasil\b", text) is not None for text in texts]
    return [OTHER if drop else column for drop, column in zip(product, columns, strict=True)]


def _indicator_columns(columns: list[Column], levels: Sequence[Sequence[str]]) -> list[Column]:
    """Where the years are rows, columns headed by an indicator hold its values."""
    if not any(c.role == "years" for c in columns):
        return columns
    out: list[Column] = []
    for column, level in zip(columns, levels, strict=True):
        named = column.role in ("other", "name") and level and is_indicator(" ".join(level))
        out.append(Column("value", None, None, " ".join(level)) if named else column)
    return out


def _plain_names(
    columns: list[Column],
    levels: Sequence[Sequence[str]],
    rows: Sequence[Sequence[str]],
    body: range,
) -> list[Column]:
    """Without a column "Indikator", one headed "Uraian" names them, or the one left of the
    numbers in which most cells are worded as indicators."""
    if any(c.role == "name" or c.name is not None for c in columns):
        return columns
    first = min((i for i, c in enumerate(columns) if c.role in ("value", "unit")), default=0)
    for index, (column, level) in enumerate(zip(columns, levels, strict=True)):
        if column.role != "other":
            continue
        full = [rows[r] for r in body if index < len(rows[r]) and rows[r][index]]
        marked = [row for row in full if any(_MARK.fullmatch(cell) for cell in row[:index])]
        # Rows without a number of their own may only name the parts of those above.
        cells = [row[index] for row in (marked if len(marked) >= 2 else full)]
        worded = sum(is_indicator(cell) for cell in cells)
        if (level and _PLAIN_NAME.match(" ".join(level))) or (
            index < first and worded > 1 and 2 * worded >= len(cells)
        ):
            out = list(columns)
            out[index] = PLAIN
            return out
    return columns


def _fall_back(
    column: Column,
    index: int,
    columns: Sequence[Column],
    names: Mapping[int, int],
    only: int | None,
) -> Column:
    if column.role != "value" or column.kind is None or column.year is not None:
        return column
    if any(c.role == "years" for c in columns):
        return column
    kin = [
        c
        for i, c in enumerate(columns)
        if i != index
        and c.kind == column.kind
        and c.year
        and names.get(i) == names.get(index)
        and c.quarter is None
    ]
    if column.quarter is not None:
        years = {c.year for c in kin} or {only}
        year = years.pop() if len(years) == 1 else None
        return OTHER if year is None else replace(column, year=year)
    return OTHER if kin or only is None else replace(column, year=only)


def _without_doubles(
    columns: Sequence[Column], names: Mapping[int, int], levels: Sequence[Sequence[str]]
) -> list[Column]:
    """Two columns for the same kind and year of one name contradict each other: neither is
    sure."""
    last = [
        c.role == "value" and any("akhir" in part for part in level)
        for c, level in zip(columns, levels, strict=True)
    ]
    named = {
        (c.kind, c.year, names.get(i), c.quarter)
        for i, c in enumerate(columns)
        if c.role == "value" and not last[i]
    }
    # "Kondisi akhir 2026" says again what the column 2026 says.
    columns = [
        OTHER if last[i] and (c.kind, c.year, names.get(i), c.quarter) in named else c
        for i, c in enumerate(columns)
    ]
    said = Counter(
        (c.kind, c.year, c.name, names.get(i), c.quarter)
        for i, c in enumerate(columns)
        if c.role == "value" and (c.kind or c.year)
    )
    return [
        OTHER
        if c.role == "value" and said[(c.kind, c.year, c.name, names.get(i), c.quarter)] > 1
        else c
        for i, c in enumerate(columns)
    ]
