"""The table rows on a page that a query is about, with the words of their header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from kb.catalog.reading import pages as page_reads
from kb.catalog.reading.typed import Reading
from kb.describe.headers import column_names
from kb.explore.views import RowHit
from kb.model import Hit
from kb.search.matching import Matcher

PER_PAGE = 2
MAX_HITS = 60
"""A longer result (an export) comes without rows. Rows are shown and move no page: a page with
such a row put 2 or 4 points higher came first for 1 or 2 more of 30 questions on rows of real
planning documents, and cost typed .039 and asked .007 of MRR@10 with 4 (``kb eval search``)."""


def rows_of(
    connection: Reading, query: str, hits: Sequence[Hit], titles: Mapping[int, str]
) -> dict[tuple[int, int], tuple[RowHit, ...]]:
    """(document, page) -> its rows that hold what is asked for, best first.

    The document's title (``titles`` by document), caption, header and cells count together
    ("TPT Kota Binjai 2024"); a row must hold some of it in its own cells that the others do
    not, and all of it but one word of three or more.
    """
    matcher = _matcher(query)
    if not matcher.parts or len(hits) > MAX_HITS:
        return {}
    traces = matcher.traces
    enough = _enough(len(traces))
    found: dict[tuple[int, int], list[tuple[int, int, RowHit]]] = {}
    for table in page_reads.tables_on(connection, [(h.document_id, h.page) for h in hits]):
        rows = [tuple(str(cell or "") for cell in row) for row in table.rows]
        texts = [" ".join(cell for cell in row if cell) for row in rows]
        texts = [f"{text} persentase" if _in_percent(text) else text for text in texts]
        beside = f"{titles.get(table.document_id, '')} {table.caption or ''}"
        if _traced(traces, f"{beside} {' '.join(texts)}") < enough:
            continue
        names = column_names(rows, table.header_rows)
        said = matcher.held(f"{beside} {' '.join(names)}")
        for number in range(table.header_rows, len(rows)):
            if not _traced(traces, texts[number]):
                continue
            own = matcher.held(texts[number])
            together = len(said | own)
            if not own - said or together < enough:
                continue
            cells = tuple(
                (name, " ".join(cell.split()))
                for name, cell in zip(names, rows[number], strict=False)
                if cell.strip()
            )
            row = RowHit(table.position + 1, number, table.caption, cells)
            place = (table.document_id, table.page)
            found.setdefault(place, []).append((together, len(own), row))
    return {place: _best(some) for place, some in found.items()}


def _best(rows: Sequence[tuple[int, int, RowHit]]) -> tuple[RowHit, ...]:
    """Those that hold most of what is asked for."""
    most = max(together for together, _, _ in rows)
    chosen = sorted((r for r in rows if r[0] == most), key=lambda row: -row[1])
    return tuple(row for _, _, row in chosen[:PER_PAGE])


def _in_percent(text: str) -> bool:
    """Numbers in percent are found by the word "persentase" too."""
    return "%" in text or "persen" in text or "Persen" in text


def _traced(traces: Sequence[tuple[str, ...]], text: str) -> int:
    """How many parts of the query the text may hold."""
    low = text.lower()
    return sum(not some or any(trace in low for trace in some) for some in traces)


def _enough(asked: int) -> int:
    return asked - 1 if asked >= 3 else asked


@lru_cache(maxsize=64)
def _matcher(query: str) -> Matcher:
    return Matcher(query)
