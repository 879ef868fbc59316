"""Codes of indicators in a column of their own ("IKU 1.1"), which name none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.describe.column_roles import OTHER, Column

_CODE = re.compile(
    r"\(?(?:(?:i?k[upkdst]{1,2}|ik|i?ss|i?sp|i?sk|sasaran|indikator)[ .:-]{0,2})?"
    r"\d{1,2}(?:[.-]\d{1,2}){0,4}[a-z]?[.):]?"
    r"|\(?[a-z][.)]|(?:i?k[upkdst]{1,2}|ik|i?ss)[.:-]?",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]{3}")

Rows = Sequence[Sequence[str]]


def is_code(cell: str) -> bool:
    """True for a cell that is only a code or a number ("IKU 1.1", "SS3", "1.1", "a.")."""
    return _CODE.fullmatch(" ".join(cell.split())) is not None


def named_beside_codes(
    columns: list[Column], levels: Sequence[Sequence[str]], rows: Rows, body: range
) -> list[Column]:
    """A column "Indikator" whose cells are nothing but codes names none; the column of texts right
    of it does, where one header cell stands above both."""
    out = list(columns)
    values = [i for i, c in enumerate(columns) if c.role == "value"]
    for at, column in enumerate(columns[:-1]):
        if column.role != "name" or columns[at + 1].role not in ("other", "name"):
            continue
        beside = at + 1
        full = [
            rows[r]
            for r in body
            if beside < len(rows[r]) and rows[r][at] and _filled(rows[r], values)
        ]
        if not full or not all(is_code(row[at]) for row in full):
            continue
        texts = sum(bool(_WORDS.search(row[beside])) for row in full)
        if texts < len(full):
            continue
        out[at] = OTHER
        if columns[beside].role == "other" and (not levels[beside] or levels[beside] == levels[at]):
            out[beside] = Column("name")
    return out


def _filled(row: Sequence[str], values: Sequence[int]) -> bool:
    return any(i < len(row) and row[i].strip() for i in values)
