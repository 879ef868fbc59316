"""What columns say beside each other: shares beside results, what was before a change."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kb.authority import norm
from kb.describe.column_roles import OTHER, Column
from kb.describe.column_words import PROJECTED, REACHED, SHARED, TARGET, UP_TO

Levels = Sequence[Sequence[str]]
Rows = Sequence[Sequence[str]]

_MEASURES = re.compile(
    r"(?:capaian (?:program|kegiatan|sub kegiatan)|masukan|keluaran|hasil|manfaat|dampak|input"
    r"|output|outcome)\b"
)
"""What "Indikator" stands for in the forms of budgets: the names stand beside it."""
_BEFORE = re.compile(r"\b(?:sebelum|semula|murni)\b")
_AFTER = re.compile(r"\b(?:sesudah|setelah|menjadi|perubahan)\b")
_REGION = re.compile(r"\b(?:provinsi|kabupaten|kota)\b")


def shares_beside_results(
    columns: list[Column], levels: Levels, rows: Rows, body: range, *, plan: bool
) -> list[Column]:
    """Beside "realisasi" a column "capaian" is the share reached, as is "realisasi (%)" where
    the target is not in percent too; beside "target" a projection is another thing."""
    texts = [" ".join(level) for level in levels]
    realised = any(
        "realisasi" in text and c.kind == "realisation"
        for text, c in zip(texts, columns, strict=True)
    )
    targeted = any(
        TARGET.search(text) and c.kind == "target" for text, c in zip(texts, columns, strict=True)
    )
    in_shares = _in_shares(columns, texts, rows, body)
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
        share = share or (SHARED.search(text) is not None and not in_shares)
        guess = targeted and PROJECTED.search(text) and not TARGET.search(text)
        drop = (share and column.kind == "realisation") or (guess and column.kind == "target")
        out.append(OTHER if drop else column)
    return _lone_targets(out, levels, plan=plan)


def _in_shares(columns: Sequence[Column], texts: Sequence[str], rows: Rows, body: range) -> bool:
    """True where the targets are in percent: their header says so, or most of their cells or
    of their units."""
    targets = [i for i, c in enumerate(columns) if c.kind == "target"]
    units = [norm(row[i]) for row in _of(rows, body) for i in _units(columns) if i < len(row)]
    units = [unit for unit in units if unit] or ["no unit"]
    if all(unit in ("persen", "prosentase", "persentase") for unit in units):
        return True
    if any("persen" in texts[i].split() for i in targets):
        return True
    cells = [
        rows[r][i]
        for r in body
        for i in targets
        if i < len(rows[r]) and re.search(r"\d", rows[r][i])
    ]
    return bool(cells) and 2 * sum(cell.rstrip().endswith("%") for cell in cells) > len(cells)


def _of(rows: Rows, body: range) -> Rows:
    return [[cell.replace("%", "persen") for cell in rows[number]] for number in body]


def _units(columns: Sequence[Column]) -> list[int]:
    return [i for i, c in enumerate(columns) if c.role == "unit"]


def _lone_targets(columns: list[Column], levels: Levels, *, plan: bool) -> list[Column]:
    """What is headed "Capaian target" is to be reached where the table of a plan has no other
    target and no result (the review of a draft RKPD, Permendagri 86/2017), else the share that
    was reached."""
    reached = [any(map(REACHED.search, level)) for level in levels]
    others = any(
        c.role == "value" and c.kind in ("target", "realisation")
        for c, one in zip(columns, reached, strict=True)
        if not one
    )
    return [
        OTHER if one and (others or not plan) and c.kind == "target" else c
        for c, one in zip(columns, reached, strict=True)
    ]


def weighted(columns: list[Column], levels: Levels) -> list[Column]:
    """Beside a value and its weight ("Nilai", "Bobot") the column "Hasil" is their product."""
    texts = [" ".join(level) for level in levels]
    if not any("bobot" in text.split() for text in texts):
        return columns
    product = [re.match(r"hasil\b", text) is not None for text in texts]
    return [OTHER if drop else column for drop, column in zip(product, columns, strict=True)]


def measured(columns: list[Column], levels: Levels, rows: Rows, body: range) -> list[Column]:
    """A column "Indikator" of "Capaian program", "Masukan", "Keluaran", "Hasil" names none;
    "Tolok ukur" beside it does (the forms RKA and DPA, Permendagri 13/2006 and 77/2020)."""
    if not any(re.match(r"t[oa]lo?a?k ukur", level[-1]) for level in levels if level):
        return columns
    out = list(columns)
    for index, column in enumerate(columns):
        cells = [norm(rows[r][index]) for r in body if index < len(rows[r]) and rows[r][index]]
        if column.role == "name" and cells and any(map(_MEASURES.fullmatch, cells)):
            out[index] = OTHER
    return out


def beside_blank(columns: list[Column], levels: Levels, rows: Rows, body: range) -> list[Column]:
    """A value column without a cell of its own has those of the column right of it that no
    header names: rows of one cell across the table move what stands below them."""
    out = list(columns)
    for index in range(len(columns) - 1):
        if columns[index].role != "value" or columns[index + 1].role != "other":
            continue
        own = any(rows[r][index] for r in body if index < len(rows[r]))
        more = any(re.search(r"\d", rows[r][index + 1]) for r in body if index + 1 < len(rows[r]))
        if not own and more and not levels[index + 1]:
            out[index], out[index + 1] = OTHER, columns[index]
    return out


def latest(columns: Sequence[Column], names: Mapping[int, int], levels: Levels) -> list[Column]:
    """Of columns for the same kind and year the one that counts: the target after a change
    ("sesudah perubahan"), the year rather than "akhir 2026", the quarter rather than the sum up
    to it, the number of no region named rather than that of one. What else is said twice is
    looked at row by row."""
    out = list(columns)

    def same(one: int, two: int) -> bool:
        a, b = columns[one], columns[two]
        return (a.kind, a.year, a.name, names.get(one), a.quarter) == (
            b.kind, b.year, b.name, names.get(two), b.quarter,
        )  # fmt: skip

    texts = [" ".join(level) for level in levels]
    values = [i for i, c in enumerate(columns) if c.role == "value"]
    for one in values:
        others = [two for two in values if two != one and same(one, two)]
        for pattern in (re.compile(r"\bakhir\b"), UP_TO, _REGION):
            said = bool(pattern.search(texts[one]))
            if said and any(not pattern.search(texts[two]) for two in others):
                out[one] = OTHER
        changed = any(_AFTER.search(texts[two]) for two in others if not _BEFORE.search(texts[two]))
        if changed and _BEFORE.search(texts[one]):
            out[one] = OTHER
    return out


__all__: Sequence[str] = [
    "beside_blank", "latest", "measured", "shares_beside_results", "weighted",
]  # fmt: skip
