"""The bytes that a document's address gave: what they are, when they were seen, where they lie."""

from __future__ import annotations

from pathlib import Path

from kb.catalog.reading import documents as reads
from kb.catalog.reading import sources as source_reads
from kb.catalog.reading.documents import DocumentWhole
from kb.catalog.reading.sources import OriginalRow
from kb.catalog.reading.typed import Reading
from kb.errors import NotFound
from kb.explore.sources import Sources
from kb.explore.views.documents import OriginalView

TOLD = ("content-type", "last-modified", "etag", "date", "server")
"""Headers that say what the bytes are and when they were made."""


def originals(
    sources: Sources, connection: Reading, document: DocumentWhole
) -> tuple[OriginalView, ...]:
    """All that the address of a document gave, the latest first."""
    rows = _rows(sources, connection, document)
    if not rows:
        return ()
    versions = {
        **reads.version_hashes(connection, document.id),
        document.sha256: document.version,
    }
    found = [
        OriginalView(
            address=row.address,
            fetched=row.at,
            last_seen=row.last,
            sha256=row.sha256,
            size=row.size,
            status=row.status,
            headers={name: str(row.headers[name]) for name in TOLD if row.headers.get(name)},
            version=versions.get(row.sha256),
            has_file=_path(sources, row).is_file(),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.last_seen, one.fetched), reverse=True))


def original(sources: Sources, document_id: int, sha256: str) -> Path | None:
    """See ``KnowledgeBase.original``."""
    with sources.read() as connection:
        document = reads.document(connection, document_id)
        if document is None:
            raise NotFound(f"There is no document {document_id}; look it up with 'kb search'.")
        for row in _rows(sources, connection, document):
            if row.sha256 == sha256:
                path = _path(sources, row)
                return path if path.is_file() else None
    raise NotFound(f"The address of document {document_id} never gave these bytes.")


def seen_on(sources: Sources, connection: Reading, document: DocumentWhole) -> str | None:
    """The day on which our copy of a document was last seen at its address."""
    days = [
        row.last[:10]
        for row in _rows(sources, connection, document)
        if row.sha256 == document.sha256
    ]
    return max(days, default=None)


def _rows(sources: Sources, connection: Reading, document: DocumentWhole) -> list[OriginalRow]:
    """By address; of a document inside a fetched archive by the archive's file."""
    rows = source_reads.originals_of(connection, document.key)
    if rows:
        return rows
    folder = sources.settings.originals_path
    try:
        name = Path(document.path).relative_to(folder).as_posix()
    except ValueError:
        return []
    return source_reads.originals_at(connection, name)


def _path(sources: Sources, row: OriginalRow) -> Path:
    return sources.settings.originals_path / row.path
