"""Turns files into ``SourceDocument``: formats only, nothing of Indonesian government."""

from __future__ import annotations

from functools import lru_cache

from kb import stamp as stamps
from kb.readers.discover import Discovered, discover
from kb.readers.dispatch import read
from kb.readers.drawing import Box, Drawing, Places
from kb.readers.holders import Refused, opened, read_whole
from kb.readers.isolated import draw_isolated, place_isolated, read_isolated
from kb.readers.leaving import Skipped
from kb.readers.options import ReadOptions

DATA = (
    "authority/calendar.toml",
    "authority/portal.toml",
    "authority/tables.toml",
    "authority/words/chapters.txt",
    "authority/words/language.txt",
    "readers/formats.toml",
)
"""Files that reading uses, below ``kb/``."""

__all__ = [
    "Box",
    "Discovered",
    "Drawing",
    "Places",
    "ReadOptions",
    "Refused",
    "Skipped",
    "discover",
    "draw_isolated",
    "opened",
    "place_isolated",
    "read",
    "read_isolated",
    "read_whole",
    "stamp",
]


@lru_cache(maxsize=1)
def stamp() -> str:
    """Version of exactly what reading runs on: its modules and its part of the authority."""
    return stamps.of(["kb.readers.child", "kb.readers.dispatch"], DATA)
