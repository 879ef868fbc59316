"""Orders matching passages and cuts out one page of results."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.model import Filters, Sort
from kb.search.columns import (
    FIGURES,
    ISSUER,
    OFFICIAL,
    PLACE,
    TYPE,
    WITH_FIGURES,
    YEAR,
    Columns,
    Mask,
)
from kb.search.postings import Docs

Scores = NDArray[np.float32]
_LAST = np.iinfo(np.int32).max


def keyed_filters(filters: Filters) -> list[tuple[str, tuple[str, ...]]]:
    """The filters that are keys of passages: prefix and values, empty ones left out."""
    found = (
        (YEAR, tuple(str(year) for year in filters.years)),
        (ISSUER, filters.institutions),
        (OFFICIAL, filters.officials),
        (PLACE, filters.places),
        (TYPE, filters.types),
        (FIGURES, (WITH_FIGURES,) if filters.figures else ()),
    )
    return [(prefix, tuple(values)) for prefix, values in found if values]


def filter_mask(filters: Filters, columns: Columns) -> Mask | None:
    """Passages that pass ``filters``; ``None`` where nothing is filtered."""
    masks: list[Mask] = [
        columns.with_value(prefix, values) for prefix, values in keyed_filters(filters)
    ]
    if filters.date_from or filters.date_to:
        masks.append(columns.between(filters.date_from, filters.date_to))
    if filters.documents:
        masks.append(columns.in_documents(filters.documents))
    if not masks:
        return None
    mask = masks[0].copy()
    for other in masks[1:]:
        mask &= other
    return mask


def _keys(docs: Docs, scores: Scores, columns: Columns, sort: Sort) -> tuple[NDArray[Any], ...]:
    """Sort keys, least important first, ascending means better."""
    date = columns.date[docs].astype(np.float64)
    passage = columns.passage[docs].astype(np.float64)
    score = -np.round(scores.astype(np.float64), 4)
    if sort == "relevance":
        return passage, -date, score
    if sort == "newest":
        return passage, -date
    return passage, np.where(date == 0, _LAST, date)


def best(docs: Docs, scores: Scores, columns: Columns, sort: Sort, count: int) -> NDArray[np.int64]:
    """Rows of the ``count`` first passages, in order."""
    rows = np.arange(len(docs))
    if len(docs) > 4 * count + 1000:
        main = _keys(docs, scores, columns, sort)[-1]
        edge = np.partition(main, count)[count]
        rows = np.flatnonzero(main <= edge)
    keys = _keys(docs[rows], scores[rows], columns, sort)
    return rows[np.lexsort(keys)][:count]


def best_by_document(
    docs: Docs,
    scores: Scores,
    columns: Columns,
    sort: Sort,
    *,
    limit: int,
    offset: int,
    pages: int,
) -> NDArray[np.int64]:
    """Rows of up to ``pages`` passages of each of the documents ``offset`` and on."""
    if not len(docs):
        return np.empty(0, dtype=np.int64)
    documents = columns.dense[docs]
    main = _keys(docs, scores, columns, sort)[-1]
    first = np.full(columns.documents, np.inf)
    np.minimum.at(first, documents, main)
    wanted = limit + offset
    reached = first[np.isfinite(first)]
    if len(reached) > wanted > 0:
        edge = np.partition(reached, wanted - 1)[wanted - 1]
        rows = np.flatnonzero(first[documents] <= edge)
    else:
        rows = np.arange(len(docs))
    rows = rows[np.lexsort(_keys(docs[rows], scores[rows], columns, sort))]
    groups: dict[int, list[int]] = {}
    for row, document in zip(rows.tolist(), documents[rows].tolist(), strict=True):
        found = groups.setdefault(document, [])
        if len(found) < pages:
            found.append(row)
    chosen = list(groups.values())[offset : offset + limit]
    return np.asarray([row for group in chosen for row in group], dtype=np.int64)
