"""Header rows that run on with the row below them: no line parts the two."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

FILLED = 4
"""Cells that such a row has at least. Set by hand; no command measured it."""
_SIGN = re.compile(r"[(%)]+")
_NUMBER = re.compile(r"[-\d.,]*\d ?%?")
_YEAR = re.compile(r"(?:19|20)\d\d")

Rows = tuple[tuple[str, ...], ...]


@cache
def column_names() -> frozenset[str]:
    """First words by which tables name their columns."""
    data = tomllib.loads(files("kb.authority").joinpath("tables.toml").read_text("utf-8"))
    return frozenset(data["column_names"])


def head_apart(rows: Rows) -> Rows:
    """The rows with the header in a row of its own where the first row is header and first row
    of the body in one ("Target 3.80", "Realisasi 3.98"): every cell begins with a word that
    names columns, and a number follows it."""
    if len(rows) < 2:
        return rows
    filled = [cell for cell in rows[0] if cell.strip()]
    parts = [_parted(cell) for cell in rows[0]]
    whole = all(rest for cell, (_, rest) in zip(rows[0], parts, strict=True) if cell.strip())
    numbers = [
        rest
        for name, rest in parts
        if not name.casefold().startswith("no") and _NUMBER.fullmatch(rest)
    ]
    if len(filled) < FILLED or not whole or not numbers or any(map(_YEAR.fullmatch, numbers)):
        return rows
    head, body = zip(*parts, strict=True)
    return (tuple(head), tuple(body), *rows[1:])


def _parted(cell: str) -> tuple[str, str]:
    """The words of a cell that name a column, and the rest; ("", "") where it begins otherwise."""
    words = cell.split()
    known = column_names()
    size = 0
    while size < len(words) and (
        words[size].strip("().:").casefold() in known or _SIGN.fullmatch(words[size])
    ):
        size += 1
    if size == len(words) and size > 1:
        size = _first(words)
    return " ".join(words[:size]), " ".join(words[size:]) if size else ""


def _first(words: Sequence[str]) -> int:
    return 2 if _SIGN.fullmatch(words[0]) else 1
