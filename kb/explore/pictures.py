"""Pages as they look: their pictures, and where on them words, names and hits stand."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kb import readers
from kb.catalog.reading import statements as statement_reads
from kb.errors import NotFound, PasswordNeeded, ReadError
from kb.explore import files
from kb.explore.documents import mentions_on, page_stored, stored
from kb.explore.sources import Sources
from kb.explore.views import Box, PageImage, PagePlaces, PageWord
from kb.explore.views.documents import Problem
from kb.readers.formats import DRAWN

log = logging.getLogger(__name__)

DRAW_SECONDS = 20.0
"""Processor time for one page picture."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """One page of a file, and which parts of its text are looked for."""

    number: int
    file: Path | None
    part: str | None
    drawn: bool
    """Pages of this format can be shown as they look."""
    text: str
    spans: tuple[tuple[int, int, str], ...] = ()
    """Beginning, end and kind of each."""


def page_image(
    sources: Sources,
    document_id: int,
    number: int,
    query: str | None,
    entities: bool,
    scale: float,
    width: int,
) -> PageImage | None:
    """See ``KnowledgeBase.page_image``."""
    asked = _asked(sources, document_id, number, query, entities)
    if not asked.drawn:
        return None
    scale = min(max(scale, 0.2), 4.0)
    memory = sources.settings.read_memory_mb

    def draw(file: Path) -> PageImage:
        request = _request(sources, asked, scale=scale, width=width)
        png, placed = readers.draw_isolated(
            file, number, request, seconds=DRAW_SECONDS, memory_mb=memory
        )
        return PageImage(png, _boxes(asked, placed))

    found = _tried(sources, asked, draw)
    return found if isinstance(found, PageImage) else PageImage(b"", (), found)


def page_places(
    sources: Sources,
    document_id: int,
    number: int,
    query: str | None,
    entities: bool,
    statement: int | None,
) -> PagePlaces:
    """See ``KnowledgeBase.page_places``."""
    asked = _asked(sources, document_id, number, query, entities, statement)
    if not asked.drawn:
        return PagePlaces((), (), "none")
    memory = sources.settings.read_memory_mb

    def place(file: Path) -> PagePlaces:
        request = _request(sources, asked)
        found = readers.place_isolated(
            file, number, request, seconds=DRAW_SECONDS, memory_mb=memory
        )
        words = tuple(
            PageWord(w.text, w.box.x0, w.box.top, w.box.x1, w.box.bottom, w.last)
            for w in found.words
        )
        return PagePlaces(words, _boxes(asked, found.spans))

    found = _tried(sources, asked, place)
    return found if isinstance(found, PagePlaces) else PagePlaces((), (), found)


def _asked(
    sources: Sources,
    document_id: int,
    number: int,
    query: str | None,
    entities: bool,
    statement: int | None = None,
) -> Asked:
    with sources.read() as connection:
        whole = stored(connection, document_id)
        row = page_stored(connection, whole, number)
        spans: list[tuple[int, int, str]] = []
        if statement is not None:
            spans += [
                (said.start, said.end, "said")
                for said in statement_reads.statements_on(connection, document_id, number)
                if said.id == statement
            ]
        drawn = whole.format in DRAWN
        file = files.file_of(sources, connection, whole) if drawn else None
        if entities:
            names = mentions_on(connection, document_id, number)
            spans += [(m.start, m.end, m.label) for m in names]
    text = str(row.text)
    if query and query.strip():
        spans += [(a, b, "hit") for a, b in sources.match_spans(query, text)]
    return Asked(number, file, whole.part, drawn, text, tuple(spans))


def _request(
    sources: Sources, asked: Asked, *, scale: float = 1.0, width: int = 0
) -> readers.Drawing:
    settings = sources.settings
    return readers.Drawing(
        scale=scale,
        width=width,
        text=asked.text,
        spans=tuple((start, end) for start, end, _ in asked.spans),
        passwords=settings.pdf_passwords,
        cache=settings.cache_path,
    )


def _tried(sources: Sources, asked: Asked, make: Callable[[Path], T]) -> T | Problem:
    """What ``make`` makes of the file, or why it cannot."""
    if asked.file is None:
        return "gone"
    try:
        options = readers.ReadOptions(passwords=sources.settings.pdf_passwords)
        with readers.opened(asked.file, asked.part, options) as file:
            return make(file)
    except PasswordNeeded:
        return "encrypted"
    except (ReadError, NotFound):
        log.info("page %s of %s cannot be drawn", asked.number, asked.file.name, exc_info=True)
        return "damaged"


def _boxes(asked: Asked, placed: list[list[readers.Box]]) -> tuple[Box, ...]:
    return tuple(
        Box(box.x0, box.top, box.x1, box.bottom, kind, asked.text[start:end])
        for (start, end, kind), found in zip(asked.spans, placed, strict=False)
        for box in found
    )
