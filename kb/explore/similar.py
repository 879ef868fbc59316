"""Passages of other documents that are like one page, and what changed between two pages."""

from __future__ import annotations

from kb.catalog.reading import documents as reads
from kb.catalog.reading import pages as page_reads
from kb.catalog.reading.typed import Reading
from kb.errors import NotFound, QueryError
from kb.explore import names
from kb.explore.compare import Paragraph, pair_up, paragraphs
from kb.explore.search import document_ref
from kb.explore.sources import Sources
from kb.explore.views import SharedPassage, SimilarPassage
from kb.model import Hit

PROBED = 8
"""The longest paragraphs of a page are looked for one by one, so many of them."""
PROBE_HITS = 4
CANDIDATES = 24
NEAR = 0.8
"""Paragraphs at least this much alike are the same one, edited. Set by hand; no command measured
it."""
LEAST = 0.2
"""Pages with a smaller share of the page's telling words are not like it. Set by hand; no command
measured it."""
EXCERPT = 300


def similar_passages(
    sources: Sources, document_id: int, page: int, limit: int
) -> tuple[SimilarPassage, ...]:
    """See ``KnowledgeBase.similar_passages``."""
    if limit < 1:
        return ()
    with sources.read() as connection:
        text = _text(connection, document_id, page)
        ours = paragraphs([(page, text)])
        scores = _candidates(sources, document_id, page, text, ours, limit)
        texts = sources.catalog.texts([hit.passage_id for hit in scores])
        lines = reads.document_lines(connection, [hit.document_id for hit in scores])
        heads = page_reads.pages_by_id(connection, [hit.passage_id for hit in scores])
        owners = names.labels(
            connection, {i for r in lines.values() if (i := r.institution_id) is not None}
        )
    found: list[SimilarPassage] = []
    for hit, share in scores.items():
        line, head = lines.get(hit.document_id), heads.get(hit.passage_id)
        if line is None or head is None:
            continue
        theirs = texts.get(hit.passage_id, "")
        pairs = pair_up(ours, paragraphs([(hit.page, theirs)]), NEAR)
        if not pairs and share < LEAST:
            continue
        best = max(pairs, key=lambda pair: pair.similarity, default=None)
        score = share if best is None else best.similarity
        found.append(
            SimilarPassage(
                document=document_ref(line, owners, page=hit.page, score=round(score, 3)),
                page=hit.page,
                page_label=head.label,
                kind="similar" if best is None else "near-duplicate",
                score=round(score, 3),
                paragraphs=len(pairs),
                excerpt=_excerpt(theirs if best is None else best.right),
            )
        )
    found.sort(key=lambda one: (-one.paragraphs, -one.score, one.document.document_id, one.page))
    return tuple(found[:limit])


def compare_pages(
    sources: Sources, left: int, left_page: int, right: int, right_page: int
) -> tuple[SharedPassage, ...]:
    """See ``KnowledgeBase.compare_pages``."""
    if (left, left_page) == (right, right_page):
        raise QueryError("Compare two different pages.")
    with sources.read() as connection:
        ours = _text(connection, left, left_page)
        theirs = _text(connection, right, right_page)
    return tuple(pair_up(paragraphs([(left_page, ours)]), paragraphs([(right_page, theirs)])))


def _text(connection: Reading, document_id: int, page: int) -> str:
    found = page_reads.texts_of_pages(connection, document_id, [page])
    if not found:
        raise NotFound(
            f"There is no page {page} of document {document_id}; look it up with 'kb search'."
        )
    return found[0][1]


def _candidates(
    sources: Sources,
    document_id: int,
    page: int,
    text: str,
    ours: list[Paragraph],
    limit: int,
) -> dict[Hit, float]:
    """Pages of other documents, each with its share (0 to 1) of the page's own score."""
    engine = sources.engine()
    whole = engine.similar(text, max(limit, CANDIDATES) + 1)
    own = next((h.score for h in whole if (h.document_id, h.page) == (document_id, page)), 0.0)
    top = max(own, max((h.score for h in whole), default=0.0)) or 1.0
    found = {(h.document_id, h.page): (h, h.score / top) for h in whole}
    if len(ours) > 1:
        for _, paragraph, _ in sorted(ours, key=lambda p: -len(p[2]))[:PROBED]:
            for hit in engine.similar(paragraph, PROBE_HITS + 1):
                found.setdefault((hit.document_id, hit.page), (hit, 0.0))
    return {hit: share for hit, share in found.values() if hit.document_id != document_id}


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= EXCERPT:
        return line
    return line[:EXCERPT].rsplit(" ", 1)[0] + " …"
