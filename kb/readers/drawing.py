"""What is asked of a page picture and what comes with it; safe to send between processes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page picture, as fractions (0 to 1) of its width and height."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """How to draw a page, and which parts of its stored text to find on it."""

    scale: float = 1.5
    """Pixels a point."""
    width: int = 0
    """Pixels of the picture's width, whatever ``scale`` says; 0: as ``scale`` says."""
    text: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    """``text[start:end]`` of each is looked for."""
    passwords: tuple[str, ...] = ()
    """Tried in order on an encrypted file."""
    cache: Path | None = None
    """The folder given in ``ReadOptions``: needed for the words of scanned pages."""
    language: str = "ind+eng"


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word of a page and where on its picture it stands."""

    text: str
    box: Box
    last: bool
    """The last of its line."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where on the picture of a page its words stand."""

    words: tuple[PlacedWord, ...]
    """In reading order. None for a scanned page whose OCR is not in the cache."""
    spans: list[list[Box]]
    """For each span of the request the boxes it covers."""
