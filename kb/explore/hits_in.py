"""Where a query hits in one document."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from kb.catalog.reading import pages as page_reads
from kb.catalog.reading.typed import Reading
from kb.errors import IndexStale
from kb.explore.sources import Sources
from kb.model import Filters
from kb.search.engine import SearchRequest

MAX_HIT_PAGES = 5000
COUNTED_AT_ONCE = 50
"""Hits are counted on so many matching pages together, and remembered."""
COUNTED_AROUND = 30
"""Matching pages on each side of the open one on which hits are counted at least; further
pages say "at least one"."""


def counts(
    sources: Sources,
    connection: Reading,
    document_id: int,
    query: str | None,
    open_page: int = 1,
) -> dict[int, int]:
    """Places the query matches on each page of one document that it finds.

    Counted on the matching pages around ``open_page``; one is told of each other page.
    """
    if not (query or "").strip():
        return {}
    assert query is not None
    request = SearchRequest(
        query,
        Filters(documents=(document_id,)),
        limit=MAX_HIT_PAGES,
    ).bare()
    try:
        result = sources.search(request)
    except IndexStale:
        return {}
    found = tuple(sorted({h.page for h in result.hits}))
    places = dict.fromkeys(found, 1)
    before = sum(page < open_page for page in found)
    first = max(0, before - COUNTED_AROUND) // COUNTED_AT_ONCE * COUNTED_AT_ONCE
    for start in range(first, min(len(found), before + COUNTED_AROUND), COUNTED_AT_ONCE):
        pages = found[start : start + COUNTED_AT_ONCE]
        key = ("hits", document_id, query, pages)
        make = partial(_counted, sources, connection, document_id, query, pages)
        places |= sources.remembered(connection, key, make)
    return places


def _counted(
    sources: Sources, connection: Reading, document_id: int, query: str, pages: Sequence[int]
) -> dict[int, int]:
    texts = page_reads.texts_of_pages(connection, document_id, pages)
    return {number: max(1, len(sources.match_spans(query, text))) for number, text in texts}
