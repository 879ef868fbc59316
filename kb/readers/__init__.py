"""Turns files into ``SourceDocument``: formats only, nothing of Indonesian government."""

from __future__ import annotations

from kb.readers.discover import discover
from kb.readers.dispatch import read
from kb.readers.drawing import Box, Drawing
from kb.readers.isolated import draw_isolated, read_isolated
from kb.readers.options import ReadOptions

READER_VERSION = "4"
"""Raised when a reader gives other text: files are then read again."""


__all__ = [
    "READER_VERSION",
    "Box",
    "Drawing",
    "ReadOptions",
    "discover",
    "draw_isolated",
    "read",
    "read_isolated",
]
