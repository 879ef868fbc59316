"""A page as its lines lie on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.readers.layout import Line


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page's lines in reading order, with its height."""

    lines: Sequence[Line]
    height: float
    scanned: bool = False
    """Read with OCR."""
    width: float = 0.0
