"""Search with facets: passages for scripts, documents with their best pages for people."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from kb.catalog.reading import documents as reads
from kb.catalog.reading import entities as entity_reads
from kb.catalog.reading import pages as page_reads
from kb.catalog.reading.documents import DocumentLine
from kb.catalog.reading.typed import Reading
from kb.errors import QueryError
from kb.explore import names
from kb.explore.advice import advise
from kb.explore.asked import asked
from kb.explore.facets import choices, named_facets
from kb.explore.fields import doc_type_label
from kb.explore.keys import near_duplicates
from kb.explore.question import Prepared, Question, prepare
from kb.explore.rows import rows_of
from kb.explore.sources import Sources
from kb.explore.views import (
    Answer,
    DocumentCard,
    DocumentRef,
    EntityBadge,
    FilterAdvice,
    SearchHit,
    SearchResult,
)
from kb.model import Filters, Hit, Sort
from kb.search.engine import EngineResult, SearchRequest

SORTS = ("relevance", "newest", "oldest")
MAX_LIMIT = 10_000
COUNTED = 2000
"""Near-duplicates are folded before the documents of a result are counted, up to so many;
of a larger result those looked at so far are."""
AHEAD = 100
"""The order of so many documents, or a multiple of it, is found at once for later pages."""
BADGES = 8


def search(
    sources: Sources,
    question: Question,
    *,
    withdrawn: bool = False,
    sort: Sort = "relevance",
    limit: int = 10,
    offset: int = 0,
    group: bool = False,
    pages_per_document: int = 3,
    facet_limit: int = 50,
    entities: int = 3,
    meaning: bool = True,
) -> SearchResult:
    """See ``KnowledgeBase.search``."""
    if sort not in SORTS:
        raise QueryError(f"There is no sort '{sort}'; use one of {', '.join(SORTS)}.")
    if not 0 <= limit <= MAX_LIMIT or offset < 0:
        raise QueryError(f"The limit must be 0 to {MAX_LIMIT} and the offset not negative.")
    if not question.query.strip() and sort == "relevance":
        sort = "newest"
    if withdrawn:
        from kb.explore.withdrawn import withdrawn as taken_back

        sources = taken_back(sources)
    with sources.read() as connection:
        ready = prepare(connection, question)
        request = SearchRequest(
            query=ready.query,
            filters=ready.filters,
            sort=sort,
            limit=limit,
            offset=offset,
            pages_per_document=pages_per_document,
            meaning=meaning and not withdrawn and sources.settings.meaning,
            facet_limit=facet_limit * 2,  # persons without an office are left out afterwards
            further=True,
        )
        cards: tuple[DocumentCard, ...] = ()
        hits: tuple[SearchHit, ...] = ()
        if group:
            result, cards = _grouped(sources, connection, request)
        else:
            result = sources.search(request)
            hits = _hits(connection, result.hits, question.query)
        seen = {h.passage_id for h in hits}
        further = () if offset else _further(connection, result, question.query, seen)
        advice: tuple[FilterAdvice, ...] = ()
        if not result.total and ready.active:
            counted = partial(_counted, sources, connection, ready.query, group=group)
            advice = advise(ready, counted)
        return SearchResult(
            query=question.query,
            total=result.total,
            documents=result.documents,
            took_ms=result.took_ms,
            hits=hits,
            cards=cards,
            facets=named_facets(
                connection, choices(sources, connection, request, result), facet_limit
            ),
            suggestion=result.suggestion,
            relaxed=result.relaxed,
            notes=(*result.notes, *ready.notes),
            entities=names.named_in(connection, question.query, entities) if not offset else (),
            filters=ready.active,
            advice=advice,
            sort=sort,
            limit=limit,
            offset=offset,
            meant=result.meant,
            meant_documents=result.meant_documents,
            further=further,
            answer=_answer(sources, connection, ready, offset, withdrawn=withdrawn),
        )


def _answer(
    sources: Sources, connection: Reading, ready: Prepared, offset: int, *, withdrawn: bool
) -> Answer | None:
    """What the base says to a question, above the first page of a search without filters."""
    if offset or withdrawn or ready.active or asked(ready.query) is None:
        return None
    from kb.explore.answering import answer  # only a question pays for loading it

    key = ("answer", ready.query)
    return sources.remembered(
        connection, key, lambda: answer(sources, connection, ready.query), words=True
    )


def _further(
    connection: Reading, result: EngineResult, query: str, shown: Collection[int]
) -> tuple[SearchHit, ...]:
    """Pages with some of the words, without those that are shown already."""
    rest = [hit for hit in result.further if hit.passage_id not in shown]
    return _hits(connection, rest, query)


# --- documents with their pages --------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listing:
    """The documents of a result in order, as far down as was looked."""

    result: EngineResult
    leaders: tuple[int, ...]
    """Documents, near-duplicates folded under the best of them."""
    whole: bool
    """There are no more than these."""


def _grouped(
    sources: Sources, connection: Reading, request: SearchRequest
) -> tuple[EngineResult, tuple[DocumentCard, ...]]:
    """Documents of this page of the result, near-duplicates under the best of them.

    Counts and order do not change from page to page: they are found once and remembered.
    """
    wanted = request.offset + request.limit
    version = sources.engine().version()
    meant = sources.vectors_state() if request.meaning else None

    def listed(depth: int, *, hits: bool) -> Listing:
        asked = replace(request, group=True, offset=0, limit=depth, snippets=hits, facets=hits)
        asked = replace(asked, further=hits)
        key = ("listing", version, meant, asked)
        return sources.remembered(connection, key, lambda: _list(sources, connection, asked))

    first = listed(request.limit, hits=True)
    order = first
    if not first.whole and len(first.leaders) < wanted:
        order = listed(-(-wanted // AHEAD) * AHEAD, hits=False)
    leaders = order.leaders[request.offset : wanted]
    lines = reads.document_lines(connection, leaders)
    shown = [d for d in leaders if d in lines]
    found = first.result
    if request.offset and shown:
        only = replace(request.filters, documents=tuple(shown))
        found = sources.search(
            replace(
                request,
                filters=only,
                group=True,
                offset=0,
                limit=len(shown),
                facets=False,
                further=False,
            ),
            request.filters,
        )
    result = replace(first.result, took_ms=found.took_ms)
    return result, _cards(connection, request, shown, lines, found)


def _counted(
    sources: Sources, connection: Reading, query: str, filters: Filters, *, group: bool
) -> EngineResult:
    """Totals alone, of documents as the result itself would count them."""
    request = SearchRequest(query, filters, limit=0, snippets=False, facets=False)
    if group:
        return _list(sources, connection, replace(request, limit=1)).result
    return sources.search(request)


def _list(sources: Sources, connection: Reading, request: SearchRequest) -> Listing:
    """The first documents of a result; enough of them where some are folded."""
    groups_of = near_duplicates(sources, connection)
    first = replace(
        request,
        limit=request.limit + max(5, request.limit // 2),
        pages_per_document=request.pages_per_document if request.snippets else 1,
    )
    result = sources.search(first)
    order = list(dict.fromkeys(h.document_id for h in result.hits))
    leaders = _fold(order, groups_of)
    more = replace(first, snippets=False, facets=False, pages_per_document=1)
    # So much further down that every page is full and, of a small result, all are counted.
    available = result.documents + result.meant_documents
    while groups_of and len(order) < available:
        if len(leaders) >= request.limit and available > COUNTED:
            break
        depth = max(COUNTED, 2 * len(order))
        further = sources.search(replace(more, limit=depth)).hits
        deeper = list(dict.fromkeys(h.document_id for h in further))
        if len(deeper) <= len(order):
            break  # the index changed in between
        order, leaders = deeper, _fold(deeper, groups_of)
    folded = len(order) - len(leaders)
    whole = len(order) >= available
    return Listing(replace(result, documents=result.documents - folded), tuple(leaders), whole)


def _cards(
    connection: Reading,
    request: SearchRequest,
    shown: Sequence[int],
    lines: Mapping[int, DocumentLine],
    found: EngineResult,
) -> tuple[DocumentCard, ...]:
    on_show = [h for h in found.hits if h.document_id in set(shown)]
    hits = _hits(connection, on_show, request.query)
    years = reads.document_years_of(connection, shown)
    groups = reads.group_members(
        connection, [g for d in shown if (g := lines[d].group_id) is not None]
    )
    owners = names.labels(
        connection, {i for d in shown if (i := lines[d].institution_id) is not None}
    )
    return tuple(
        DocumentCard(
            document=document_ref(lines[d], owners),
            years=years.get(d, ()),
            institution_id=lines[d].institution_id,
            hits=tuple(h for h in hits if h.document_id == d),
            matching_pages=found.pages_by_document.get(d, 0),
            duplicates=tuple(
                document_ref(row, owners)
                for row in groups.get(lines[d].group_id or -1, ())
                if row.id != d
            ),
        )
        for d in shown
    )


def _fold(order: Sequence[int], groups_of: Mapping[int, int]) -> list[int]:
    """The first document of each near-duplicate group, and those without one, in order."""
    seen: set[int] = set()
    leaders: list[int] = []
    for document_id in order:
        group_id = groups_of.get(document_id)
        if group_id is not None:
            if group_id in seen:
                continue
            seen.add(group_id)
        leaders.append(document_id)
    return leaders


def document_ref(
    row: DocumentLine,
    owners: Mapping[str, str] | None = None,
    *,
    mentions: int = 0,
    page: int = 1,
    score: float = 0.0,
) -> DocumentRef:
    """A document's line as a reference; ``owners`` are institution names by id."""
    return DocumentRef(
        document_id=row.id,
        title=row.title,
        date=row.date,
        doc_type=row.doc_type,
        doc_type_label=doc_type_label(row.doc_type),
        institution=names.labelled(owners or {}, row.institution_id, row.institution),
        page_count=row.page_count,
        address=row.address,
        withdrawn=row.withdrawn,
        mentions=mentions,
        page=page,
        score=score,
    )


def _hits(connection: Reading, hits: Sequence[Hit], query: str) -> tuple[SearchHit, ...]:
    """Engine hits with what the catalog knows of their page and document."""
    heads = page_reads.pages_by_id(connection, [h.passage_id for h in hits])
    ids = list(dict.fromkeys(h.document_id for h in hits))
    lines = reads.document_lines(connection, ids)
    rows = rows_of(connection, query, hits, {i: line.title for i, line in lines.items()})
    years = reads.document_years_of(connection, ids)
    owners = names.labels(
        connection, {i for r in lines.values() if (i := r.institution_id) is not None}
    )
    named = entity_reads.entities_on_pages(connection, {(h.document_id, h.page) for h in hits})
    found: list[SearchHit] = []
    for hit in hits:
        head, line = heads.get(hit.passage_id), lines.get(hit.document_id)
        if head is None or line is None:
            continue
        badges = [names.badge(r) for r in named.get((hit.document_id, hit.page), ())]
        found.append(
            SearchHit(
                passage_id=hit.passage_id,
                document_id=hit.document_id,
                title=line.title,
                doc_type=line.doc_type,
                doc_type_label=doc_type_label(line.doc_type),
                years=years.get(hit.document_id, ()),
                institution=names.labelled(owners, line.institution_id, line.institution),
                institution_id=line.institution_id,
                date=line.date,
                page=hit.page,
                page_label=head.label,
                section=head.section,
                snippet=hit.snippet,
                score=hit.score,
                found_by=hit.found_by,
                entities=_badges(badges),
                method=head.method,
                address=line.address,
                path=line.path,
                rows=rows.get((hit.document_id, hit.page), ()),
            )
        )
    return tuple(found)


def _badges(badges: Collection[EntityBadge]) -> tuple[EntityBadge, ...]:
    """The most telling entities of a page: people, then institutions, then places."""
    order = {"person": 0, "institution": 1, "place": 2}
    return tuple(sorted(badges, key=lambda b: (order[b.type], -b.count)))[:BADGES]
