"""Sources as readers see them: what came from where, what is new there and what is read."""

from __future__ import annotations

from kb.catalog.reading import arrivals as reads
from kb.catalog.reading import sources as source_reads
from kb.catalog.reading.documents import DocumentLine, DocumentWhole
from kb.catalog.reading.sources import SourceRow
from kb.catalog.reading.typed import Reading
from kb.errors import NotFound
from kb.explore import names
from kb.explore.search import document_ref
from kb.explore.sources import Sources
from kb.explore.views.arrivals import Popular, ReadCount, SourcePage, SourceRef, SourceView
from kb.explore.views.refs import DocumentRef

POPULAR = 10


def sources(base: Sources) -> tuple[SourceView, ...]:
    """See ``KnowledgeBase.sources``."""
    with base.read() as connection:
        return tuple(_view(connection, row) for row in source_reads.listed(connection))


def source(base: Sources, given: str, limit: int, offset: int) -> SourcePage:
    """See ``KnowledgeBase.source``."""
    with base.read() as connection:
        row = source_reads.source(connection, given)
        if row is None:
            raise NotFound(f"There is no source '{given}'; 'kb source list' shows them.")
        _, lines = reads.documents_of(connection, row.id, max(0, limit), max(0, offset))
        return SourcePage(
            _view(connection, row), _refs(connection, lines), popular(connection, POPULAR, row.id)
        )


def popular(connection: Reading, limit: int, source_id: int | None = None) -> tuple[Popular, ...]:
    """Documents that tell how often they were read, most first."""
    found = reads.read_often(connection, limit, source_id)
    refs = _refs(connection, found)
    return tuple(Popular(ref, row.views) for ref, row in zip(refs, found, strict=True))


def source_of(connection: Reading, document: DocumentWhole) -> SourceRef | None:
    """Which source looks after a document."""
    number = reads.source_of(connection, document.key, document.path)
    row = source_reads.source(connection, str(number)) if number is not None else None
    return SourceRef(row.id, row.name) if row is not None else None


def read_counts(connection: Reading, document: DocumentWhole) -> tuple[ReadCount, ...]:
    """How often its page said it was read, at each reading of ours."""
    return tuple(ReadCount(row.at, row.views) for row in reads.views_of(connection, document.key))


def _view(connection: Reading, row: SourceRow) -> SourceView:
    total, _ = reads.documents_of(connection, row.id, 0)
    address = None if row.kind == "folder" else row.address
    return SourceView(row.id, row.name, row.kind, address, row.last_good, total)


def _refs(
    connection: Reading, lines: list[DocumentLine] | list[reads.ReadOften]
) -> tuple[DocumentRef, ...]:
    owners = names.labels(connection, {i for r in lines if (i := r.institution_id) is not None})
    return tuple(document_ref(line, owners) for line in lines)
