"""Sources as readers see them: what came from where, what is new there and what is read."""

from __future__ import annotations

from kb.catalog.reading import arrivals as reads
from kb.catalog.reading import documents as document_reads
from kb.catalog.reading import pages as page_reads
from kb.catalog.reading import sources as source_reads
from kb.catalog.reading.arrivals import Arrived
from kb.catalog.reading.documents import DocumentLine, DocumentWhole
from kb.catalog.reading.sources import SourceRow
from kb.catalog.reading.typed import Reading
from kb.errors import NotFound
from kb.explore import names
from kb.explore.search import document_ref
from kb.explore.sources import Sources
from kb.explore.views.arrivals import Popular, ReadCount, SourcePage, SourceRef, SourceView
from kb.explore.views.doubts import NewDocument
from kb.explore.views.refs import DocumentRef

POPULAR = 10
COVERS = 5
"""Pages looked at for the first with text: covers have none. Set by hand; no command measured
it."""


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


def new_documents(
    base: Sources, given: str | None, limit: int, offset: int
) -> tuple[int, tuple[NewDocument, ...]]:
    """See ``KnowledgeBase.new_documents``."""
    with base.read() as connection:
        found = base.remembered(connection, ("unseen",), lambda: reads.unseen(connection))
        if given is not None:
            row = source_reads.source(connection, given)
            if row is None:
                raise NotFound(f"There is no source '{given}'; 'kb source list' shows them.")
            found = [one for one in found if one.source_id == row.id]
        some = found[max(0, offset) :][: max(0, limit)]
        return len(found), tuple(new_document(connection, one) for one in some)


def new_document(connection: Reading, row: Arrived) -> NewDocument:
    """A new document as it is shown to staff."""
    line = document_reads.document_lines(connection, [row.id])[row.id]
    owners = names.labels(connection, {line.institution_id} if line.institution_id else set())
    page, text = 1, ""
    for number in range(1, min(line.page_count, COVERS) + 1):
        whole = page_reads.page(connection, row.id, number)
        if whole is not None and whole.text.strip():
            page, text = number, whole.text
            break
    return NewDocument(
        document=document_ref(line, owners),
        years=document_reads.document_years_of(connection, [row.id]).get(row.id, ()),
        source=SourceRef(row.source_id, row.source),
        arrived=row.arrived,
        version=row.version,
        page=page,
        text=text,
        mark=row.text_hash,
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
