"""Turns files into ``SourceDocument``: formats only, nothing of Indonesian government."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kb.readers.discover import discover
from kb.readers.dispatch import read
from kb.readers.isolated import read_isolated
from kb.readers.options import ReadOptions

if TYPE_CHECKING:
    from kb.readers.pdf import Box

READER_VERSION = "3"
"""Raised when a reader gives other text: files are then read again."""


def render_page(path: Path, page: int, *, scale: float = 1.5, password: str | None = None) -> bytes:
    """PNG of one PDF page (from 1) at ``scale`` pixels a point."""
    from kb.readers import pdf

    return pdf.render_page(Path(path), page, scale=scale, password=password)


def page_boxes(
    path: Path,
    page: int,
    text: str,
    spans: Sequence[tuple[int, int]],
    *,
    password: str | None = None,
    cache: Path | None = None,
    language: str = "ind",
) -> list[list[Box]]:
    """For each span of the stored page ``text`` the rectangles it covers on the page, as
    fractions (0 to 1) of the picture's width and height; ``cache`` is the folder given in
    ``ReadOptions`` and is needed for scanned pages."""
    from kb.readers import pdf

    return pdf.page_boxes(
        Path(path), page, text, spans, password=password, cache=cache, language=language
    )


__all__ = [
    "READER_VERSION",
    "ReadOptions",
    "discover",
    "page_boxes",
    "read",
    "read_isolated",
    "render_page",
]
