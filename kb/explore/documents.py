"""Documents and their pages: what they are, their text, their picture, their tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kb.catalog.reading import documents as reads
from kb.catalog.reading import entities as entity_reads
from kb.catalog.reading import indicators as indicator_reads
from kb.catalog.reading import offices as office_reads
from kb.catalog.reading import pages as page_reads
from kb.catalog.reading import statements as statement_reads
from kb.catalog.reading.documents import DocumentWhole
from kb.catalog.reading.offices import Sighting, StatedOffice
from kb.catalog.reading.pages import PageHead, PageWhole
from kb.catalog.reading.typed import Reading
from kb.errors import NotFound, QueryError
from kb.explore import (
    arrivals,
    fields,
    files,
    hits_in,
    indicators,
    names,
    proof,
    statements,
    terms,
)
from kb.explore.fields import doc_type_label
from kb.explore.search import document_ref
from kb.explore.sources import Sources
from kb.explore.views import (
    Described,
    DocumentRef,
    DocumentView,
    EntityBadge,
    MentionView,
    OfficeHolder,
    OutlineEntry,
    PageRef,
    PageView,
    Span,
    TableView,
)
from kb.explore.withdrawn import withdrawn as taken_back

ENTITIES = 60
SORTS = ("newest", "oldest", "title", "added")


def documents(
    sources: Sources,
    *,
    doc_type: str | None,
    year: int | None,
    institution: str | None,
    title: str | None,
    sort: str,
    limit: int,
    offset: int,
    withdrawn: bool = False,
) -> tuple[int, tuple[DocumentRef, ...]]:
    """See ``KnowledgeBase.documents``."""
    if sort not in SORTS:
        raise QueryError(f"There is no sort '{sort}'; use one of {', '.join(SORTS)}.")
    with sources.read() as connection:
        ids = names.resolve(connection, institution, "institution") if institution else ()
        total, rows = reads.list_documents(
            connection,
            doc_type=(fields.doc_type(doc_type) or doc_type) if doc_type else None,
            year=year,
            institution_ids=ids,
            institution=institution,
            title_words=(title or "").lower().split(),
            sort=sort,
            limit=max(0, limit),
            offset=max(0, offset),
            withdrawn=withdrawn,
        )
        owners = names.labels(connection, {i for r in rows if (i := r.institution_id) is not None})
        return total, tuple(document_ref(r, owners) for r in rows)


def stored(connection: Reading, document_id: int) -> DocumentWhole:
    """The document. Raises ``NotFound``."""
    row = reads.document(connection, document_id)
    if row is None:
        raise NotFound(f"There is no document {document_id}; look it up with 'kb search'.")
    return row


def document(
    sources: Sources, document_id: int, query: str | None, open_page: int = 1
) -> DocumentView:
    """See ``KnowledgeBase.document``."""
    with sources.read() as connection:
        row = stored(connection, document_id)
        heads = page_reads.page_heads(connection, document_id)
        asked = taken_back(sources) if row.withdrawn else sources
        hits = hits_in.counts(asked, connection, document_id, query, open_page)
        owner = row.institution_id
        owners = names.labels(connection, [owner] if owner else [])
        group = row.group_id
        twins = reads.group_members(connection, [group])[group] if group is not None else []
        path = Path(row.path)
        return DocumentView(
            document_id=row.id,
            title=row.title,
            format=row.format,
            date=row.date,
            years=reads.document_years_of(connection, [document_id]).get(document_id, ()),
            doc_type=row.doc_type,
            doc_type_label=doc_type_label(row.doc_type),
            institution=names.labelled(owners, owner, row.institution),
            institution_id=owner,
            address=row.address,
            language=row.language,
            level=row.level,
            region=row.region,
            number=row.number,
            stage=row.stage,
            draft=row.draft,
            views=row.views,
            page_count=row.page_count,
            ocr_pages=row.ocr_pages,
            version=row.version,
            path=row.path,
            part=row.part,
            file_name=path.name,
            has_file=files.has_file(sources, connection, row),
            sha256=row.sha256,
            described=_described(row),
            metadata={str(k): str(v) for k, v in (row.metadata or {}).items()},
            warnings=tuple(str(w) for w in row.warnings or ()),
            outline=_outline(row, heads),
            pages=tuple(
                PageRef(h.number, h.label, h.section, h.method, hits.get(h.number, 0))
                for h in heads
            ),
            entities=tuple(
                names.badge(r)
                for r in entity_reads.entities_in_document(connection, document_id, ENTITIES)
            ),
            offices=_offices(office_reads.offices_on(connection, document_id)),
            statement_count=statement_reads.statement_count(connection, document_id),
            table_count=page_reads.table_count(connection, document_id),
            duplicates=tuple(document_ref(r) for r in twins if r.id != document_id),
            older_versions=tuple(reads.older_versions(connection, document_id)),
            added=row.added,
            updated=row.updated,
            hit_pages=tuple(sorted(hits)),
            withdrawn=row.withdrawn,
            originals=proof.originals(sources, connection, row),
            source=arrivals.source_of(connection, row),
            read_counts=arrivals.read_counts(connection, row),
        )


def _described(row: DocumentWhole) -> tuple[Described, ...]:
    found: list[Described] = []
    for name, entry in (row.evidence or {}).items():
        if not isinstance(entry, Mapping):
            continue
        value = entry.get("value", getattr(row, name, None))
        found.append(
            Described(
                str(name),
                "" if value is None else str(value),
                str(entry.get("rule", "")),
                str(entry.get("evidence", "")),
            )
        )
    return tuple(found)


def _outline(row: DocumentWhole, heads: Sequence[PageHead]) -> tuple[OutlineEntry, ...]:
    """The file's own outline, else the first page of every section."""
    stored: list[Any] = row.outline or []
    if stored:
        return tuple(OutlineEntry(str(t), int(p), int(level)) for t, p, level in stored)
    found: list[OutlineEntry] = []
    before: list[str] = []
    for head in heads:
        path = [p.strip() for p in (head.section or "").split(" > ") if p.strip()]
        for level, title in enumerate(path):
            if path[: level + 1] != before[: level + 1]:
                found.append(OutlineEntry(title, head.number, level))
        before = path or before
    return tuple(found)


def _offices(rows: Sequence[StatedOffice]) -> tuple[OfficeHolder, ...]:
    """Offices as one document states them, each person and office once."""
    found: dict[tuple[object, ...], OfficeHolder] = {}
    for row in rows:
        sighting = Sighting(
            person_id=row.person_id,
            role=row.role,
            institution=row.institution,
            institution_id=row.institution_id,
            status=row.status,
            origin=row.origin,
            source=row.source,
            first=row.date,
            last=row.date,
            confidence=row.confidence,
        )
        key = (row.person_id, *terms.core(row.role), row.institution, row.status)
        if key not in found:
            term = terms.merge([sighting])[0][0]
            badge = EntityBadge(row.person_id, "person", row.person_name)
            found[key] = OfficeHolder(badge, term)
    return tuple(found.values())


def page_stored(connection: Reading, whole: DocumentWhole, number: int) -> PageWhole:
    """The page of that document. Raises ``NotFound``."""
    row = page_reads.page(connection, whole.id, number)
    if row is None:
        raise NotFound(
            f"Document {whole.id} has no page {number}; its pages are 1 to {whole.page_count}."
        )
    return row


def page(
    sources: Sources,
    document_id: int,
    number: int,
    query: str | None,
    hit_pages: Sequence[int] | None,
) -> PageView:
    """See ``KnowledgeBase.page``."""
    with sources.read() as connection:
        whole = stored(connection, document_id)
        row = page_stored(connection, whole, number)
        if hit_pages is None:
            hit_pages = tuple(hits_in.counts(sources, connection, document_id, query))
        spans = sources.match_spans(query, row.text) if (query or "").strip() and query else []
        return PageView(
            document_id=document_id,
            title=whole.title,
            page=number,
            page_count=whole.page_count,
            label=row.label,
            section=row.section,
            text=row.text,
            method=row.method,
            ocr_confidence=row.ocr_confidence,
            mentions=mentions_on(connection, document_id, number),
            statements=tuple(
                statements.view(r)
                for r in statement_reads.statements_on(connection, document_id, number)
            ),
            offices=_offices(office_reads.offices_on(connection, document_id, number)),
            matches=tuple(Span(start, end) for start, end in spans),
            tables=_tables(connection, document_id, number),
            indicators=tuple(
                indicators.cell(r)
                for r in indicator_reads.indicators_on(connection, document_id, number)
            ),
            previous_hit=max((p for p in hit_pages if p < number), default=None),
            next_hit=min((p for p in hit_pages if p > number), default=None),
        )


def mentions_on(connection: Reading, document_id: int, number: int) -> tuple[MentionView, ...]:
    """Names as the page states them, in order."""
    found: list[MentionView] = []
    for row in page_reads.page_mentions(connection, document_id, number):
        one = MentionView(
            start=row.start,
            end=row.end,
            surface=row.surface,
            label=row.label,
            entity_id=row.entity_id,
            name=row.name,
            method=row.method,
            confidence=row.confidence,
            mention_id=row.id,
        )
        found.append(one if row.name is not None else replace(one, entity_id=None))
    return tuple(found)


def tables(sources: Sources, document_id: int, number: int | None) -> tuple[TableView, ...]:
    """See ``KnowledgeBase.tables``."""
    with sources.read() as connection:
        stored(connection, document_id)
        return _tables(connection, document_id, number)


def _tables(connection: Reading, document_id: int, number: int | None) -> tuple[TableView, ...]:
    return tuple(
        TableView(
            r.page,
            r.position,
            r.caption,
            r.header_rows,
            tuple(tuple(str(cell or "") for cell in line) for line in r.rows),
            r.page_label,
        )
        for r in page_reads.tables_of(connection, document_id, number)
    )


def document_file(sources: Sources, document_id: int) -> Path | None:
    """See ``KnowledgeBase.document_file``."""
    with sources.read() as connection:
        return files.file_of(sources, connection, stored(connection, document_id))
