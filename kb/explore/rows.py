"""The table rows on a page that a query is about, with the words of their header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kb.catalog import reads_explore as reads
from kb.catalog.reads_explore import Reading
from kb.describe.headers import column_names
from kb.explore.matching import Matcher
from kb.explore.views import RowHit
from kb.model import Hit

PER_PAGE = 2
MAX_HITS = 60
"""A longer result (an export) comes without rows."""
_PERCENT = re.compile(r"%|\bpersen\b", re.IGNORECASE)


def rows_of(
    connection: Reading, query: str, hits: Sequence[Hit]
) -> dict[tuple[int, int], tuple[RowHit, ...]]:
    """(document, page) -> its rows that hold what is asked for, best first.

    Caption, header and cells count together ("stunting 2024 target"); a row must hold some of
    it in its own cells, and all of it but one word of three or more.
    """
    matcher = _matcher(query)
    if not matcher.parts or len(hits) > MAX_HITS:
        return {}
    found: dict[tuple[int, int], list[tuple[int, int, RowHit]]] = {}
    for table in reads.tables_on(connection, [(h.document_id, h.page) for h in hits]):
        rows = [tuple(str(cell or "") for cell in row) for row in table["rows"]]
        names = column_names(rows, table["header_rows"])
        above = f"{table['caption'] or ''} {' '.join(names)}"
        said = matcher.held(above)
        for number in range(table["header_rows"], len(rows)):
            text = " ".join(cell for cell in rows[number] if cell)
            own = matcher.held(f"{text} persentase" if _PERCENT.search(text) else text)
            together = len(said | own)
            if not own - said or together < _enough(len(matcher.parts)):
                continue
            cells = tuple(
                (name, " ".join(cell.split()))
                for name, cell in zip(names, rows[number], strict=False)
                if cell.strip()
            )
            row = RowHit(table["position"] + 1, number, table["caption"], cells)
            place = (table["document_id"], table["page"])
            found.setdefault(place, []).append((together, len(own), row))
    return {place: _best(some) for place, some in found.items()}


def _best(rows: Sequence[tuple[int, int, RowHit]]) -> tuple[RowHit, ...]:
    """Those that hold most of what is asked for."""
    most = max(together for together, _, _ in rows)
    chosen = sorted((r for r in rows if r[0] == most), key=lambda row: -row[1])
    return tuple(row for _, _, row in chosen[:PER_PAGE])


def _enough(asked: int) -> int:
    return asked - 1 if asked >= 3 else asked


@lru_cache(maxsize=64)
def _matcher(query: str) -> Matcher:
    return Matcher(query)
