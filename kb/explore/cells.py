"""Cells of a file that no spreadsheet runs and no reader is misled by."""

from __future__ import annotations

import re

from kb.model import MARK_END, MARK_START

Cell = str | int | float | bool | None
MAX_ROWS = 1_000_000
"""More rows than this do not fit into one sheet."""
MAX_CELL = 32_000
"""A sheet's cell holds 32,767 characters."""

DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSAFE = re.compile(
    f"[{DIRECTION}\ufeff{MARK_START}{MARK_END}\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]"
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SIGNED = re.compile(r"[+-] ?[\d.,]*\d ?%?|-+")


def safe_cell(value: Cell) -> Cell:
    """A cell that no spreadsheet runs and no reader is misled by; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    text = _UNSAFE.sub("", value)
    if _SIGNED.fullmatch(text):
        return text  # "-", "-5,84": nothing that could be run
    if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA):
        text = "'" + text
    return text
