"""What the reading child is asked and what it may answer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from kb.model import SourceDocument
from kb.pipe import Message
from kb.readers.drawing import Box, Drawing, Places
from kb.readers.options import ReadOptions

Count = Annotated[int, Meta(ge=0, le=10**9)]
Reason = Literal["ReadError", "PasswordNeeded", "NotFound"]


class ReadFile(Message, frozen=True):
    """Read a file within ``memory_mb`` of memory."""

    path: Path
    options: ReadOptions
    memory_mb: int


class DrawPage(Message, frozen=True):
    """Draw a page (from 1) within ``memory_mb`` of memory."""

    path: Path
    page: int
    drawing: Drawing
    memory_mb: int


class PlaceWords(Message, frozen=True):
    """Say where the words of a page (from 1) stand, within ``memory_mb`` of memory."""

    path: Path
    page: int
    drawing: Drawing
    memory_mb: int


class Beat(Message, frozen=True):
    """A sign of life: ``done`` of ``of`` pages."""

    stage: Literal["page", "ocr"]
    done: Count
    of: Count


class Keep(Message, frozen=True):
    """An entry for the cache of scanned pages: the child itself may not write."""

    key: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    entry: Annotated[bytes, Meta(max_length=16 << 20)]


class Documents(Message, frozen=True):
    """What was read."""

    documents: tuple[SourceDocument, ...]


class Picture(Message, frozen=True):
    """A page as PNG, and for each span the boxes it covers."""

    png: bytes
    boxes: list[list[Box]]


class Placed(Message, frozen=True):
    """Where the words of a page stand."""

    places: Places


class Refused(Message, frozen=True):
    """The file cannot be read; the sentence is for people."""

    reason: Reason
    sentence: Annotated[str, Meta(max_length=2000)]


class OutOfMemory(Message, frozen=True):
    """The file needs more memory than it may have."""


Question = ReadFile | DrawPage | PlaceWords
Answer = Beat | Keep | Documents | Picture | Placed | Refused | OutOfMemory
