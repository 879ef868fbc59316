"""What means the same as a page or a statement, by their vectors (``kb embed``).

With this encoder all likenesses lie between about .7 and 1, and how near is near differs from
base to base: what is shown stands out among the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.authority.normal import norm
from kb.catalog.reading import statements as said
from kb.catalog.reads import shown_of
from kb.errors import NotFound
from kb.explore.sources import Sources
from kb.explore.statements import views
from kb.explore.views import SimilarStatement
from kb.search.meaning.vectors import Likeness

STANDS_OUT = 2.5
"""Pages: standard deviations above the mean of all likenesses. Set by hand; no command measured
it."""
NEAR = 0.9
"""And at least so like: in a base of one matter something always stands out. Set by hand; no
command measured it."""
SENADA = 0.35
"""Statements: cosine to the mean of all from which they are of one matter. Of ten statements of
the samples, looked at with their nearest, those above were, most below .3 were not. Set by hand;
no command measured it."""
LOOKED_AT = 60


def standing_out(like: Likeness, least: float) -> list[int]:
    """Places in ``like`` of what is at least so near, nearest first."""
    cosine: NDArray[np.float32] = like.cosine
    best = np.argsort(-cosine, kind="stable")[:LOOKED_AT]
    found: list[int] = best[cosine[best] >= least].tolist()
    return found


def similar_statements(
    sources: Sources, statement_id: int, limit: int
) -> tuple[SimilarStatement, ...]:
    """See ``KnowledgeBase.similar_statements``."""
    with sources.read() as connection:
        own = said.statements_by_id(connection, [statement_id]).get(statement_id)
        if own is None:
            raise NotFound(
                f"There is no statement {statement_id}; its number comes from 'kb statements'."
            )
        vectors = sources.vectors("statements").now()
        vector = vectors.of(statement_id)
        if vector is None or limit < 1:
            return ()
        like = vectors.like(vector, centred=True)
        places = standing_out(like, SENADA)
        near = {int(like.passage[at]): float(like.cosine[at]) for at in places}
        stored = said.statements_by_id(connection, list(near))
        shown = shown_of(connection, sorted({row.document_id for row in stored.values()}))
        wanted: list[int] = []
        told = {norm(own.text)}
        for at in places:
            number = int(like.passage[at])
            row = stored.get(number)
            where = int(like.document[at]), int(like.page[at]), *like.window(at)
            if row is None or row.document_id == own.document_id or row.document_id not in shown:
                continue
            if (row.document_id, row.page, row.start, row.end) != where:
                continue  # read anew since; ``kb embed`` has not seen it
            if norm(row.text) not in told:  # the same words in another paper say nothing new
                told.add(norm(row.text))
                wanted.append(number)
        found = views(sources, connection, wanted[:limit])
    return tuple(SimilarStatement(one, round(near[one.statement_id], 3)) for one in found)


@dataclass(frozen=True, slots=True)
class PageAlike:
    """A page that means much the same as another."""

    passage: int
    document: int
    page: int
    window: tuple[int, int]
    """Its nearest stretch."""
    likeness: float


def pages_alike(sources: Sources, document_id: int, page: int) -> list[PageAlike]:
    """Pages of other documents that mean much the same, nearest first."""
    vectors = sources.vectors("pages").now()
    passage = vectors.passage_at(document_id, page)
    vector = None if passage is None else vectors.of(passage)
    if vector is None:
        return []
    like = vectors.like(vector)
    least = max(NEAR, float(like.cosine.mean() + STANDS_OUT * like.cosine.std()))
    with sources.read() as connection:
        places = standing_out(like, least)
        shown = shown_of(connection, sorted({int(like.document[at]) for at in places}))
    return [
        PageAlike(
            int(like.passage[at]),
            int(like.document[at]),
            int(like.page[at]),
            like.window(at),
            float(like.cosine[at]),
        )
        for at in places
        if like.document[at] != document_id and int(like.document[at]) in shown
    ]
