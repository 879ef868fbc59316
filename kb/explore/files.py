"""The file that a document was read from: at its path, or as the copy that workers read."""

from __future__ import annotations

import logging
from pathlib import Path

from kb import depot
from kb.catalog.reading import handed
from kb.catalog.reading.documents import DocumentWhole
from kb.catalog.reading.typed import Reading
from kb.disk import named_file
from kb.errors import ConfigError, ReadError
from kb.explore.sources import Sources

log = logging.getLogger(__name__)


def has_file(sources: Sources, connection: Reading, document: DocumentWhole) -> bool:
    """True where ``file_of`` has somewhere to look; nothing is fetched."""
    here = named_file(document.path).is_file()
    return here or _copy(sources, connection, document) is not None


def file_of(sources: Sources, connection: Reading, document: DocumentWhole) -> Path | None:
    """The file on this machine, ``None`` where neither it nor its copy can be reached.

    A copy at an address (``originals = "s3://..."``) is fetched, which takes as long as it takes.
    """
    path = named_file(document.path)
    if path.is_file():
        return path
    copy = _copy(sources, connection, document)
    if copy is None:
        return None
    try:
        return depot.at_hand(sources.settings, *copy)
    except (ReadError, ConfigError, OSError):
        log.warning("the copy of %s is out of reach", path.name, exc_info=True)
        return None


def _copy(sources: Sources, connection: Reading, document: DocumentWhole) -> tuple[str, str] | None:
    """Name below ``originals`` and SHA-256 of the file that was handed to the workers."""
    if not depot.is_set(sources.settings):
        return None
    row = handed.row(connection, document.path)
    if row is None or row.copy is None:
        return None
    if document.part is None and row.sha256 != document.sha256:
        return None  # a newer one, which is not read yet
    return row.copy, row.sha256
