"""The candidates of one question, and their common order.

The score of a passage is that of its words, the best being 1, plus a weight times its cosine.
The weight is one rule by what the query is: the more clearly the nearest passages stand out
(``sharpness``), the more they count, and the less, the more of the query are keys
(``question.share_of_keys``): figures, codes and abbreviations are found by letters. Where few
passages have all the words, a near one that has some of them gets a share of its score.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kb.model import FoundBy, Hit
from kb.search.meaning.question import share_of_keys
from kb.search.meaning.vectors import Ids, Likeness

STRENGTH = 400.0
"""Weight of the cosine at a sharpness of 1. Learnt on half of every set of questions and shown on
the other half (``python benchmarks/weighing.py``): 200 and 400 are what the halves give."""
SOME = 0.3
"""The share of its score by words for a near page that has some of the words, where few have all.
nDCG@10 of relevance, typed and asked with none: .867, .891 and .919, with .3 .872, .892 and .921,
with .5 .871, .893 and .920; with .6 pages with all the words begin to go below them (``kb eval
search``)."""
SHARP_AT = 10
"""``sharpness`` is how much further the tenth nearest passage is than the nearest."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A candidate in the common order."""

    passage: int
    document: int
    page: int
    score: float
    found_by: FoundBy
    window: tuple[int, int] = (0, 0)
    """The stretch of the page that is nearest, where it was found by meaning."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages of both ways."""

    placed: tuple[Placed, ...]
    """With their score by words alone, the best being 1."""
    cosine: NDArray[np.float64]
    """Of each; one without a vector counts as neither near nor far (the median)."""
    sharpness: float
    keys: float
    """Share of the query's words that are keys, 0 to 1."""

    def ordered(self, strength: float = STRENGTH) -> tuple[Placed, ...]:
        """All of them, best first; ties by cosine, then by id."""
        if not self.placed:
            return ()
        much = strength * self.sharpness * (1.0 - self.keys)
        words = np.array([p.score for p in self.placed])
        scores = words + much * (self.cosine - self.cosine.min())
        passages = np.array([p.passage for p in self.placed])
        order = np.lexsort((passages, -self.cosine, -scores))
        return tuple(
            Placed(p.passage, p.document, p.page, float(scores[at]), p.found_by, p.window)
            for at in order.tolist()
            for p in (self.placed[at],)
        )


def gathered(
    query: str,
    words: Sequence[Hit],
    some: Sequence[Hit],
    late: Sequence[Hit],
    like: Likeness,
    nearest: Ids,
) -> Candidates:
    """The candidates: ``words`` are the engine's best, ``late`` pages that have the words and
    stand below them, ``some`` those that have some of them, ``nearest`` places in ``like``, nearest
    first."""
    near = dict(zip(like.passage[nearest].tolist(), nearest.tolist(), strict=True))
    by_words = {h.passage_id: h for h in words}
    by_words |= {h.passage_id: h for h in late if h.passage_id in near}
    rows = _places(like, by_words) | near
    lacking = {h.passage_id: h.score for h in some}
    best = max((h.score for h in words), default=0.0) or 1.0
    found = [
        Placed(passage, h.document_id, h.page, h.score / best, "words")
        for passage, h in by_words.items()
    ]
    for passage, row in near.items():
        if passage not in by_words:
            where = int(like.document[row]), int(like.page[row])
            score = SOME * lacking.get(passage, 0.0) / best
            found.append(Placed(passage, *where, score, "meaning", like.window(row)))
    known = like.cosine[list(rows.values())].astype(np.float64)
    middle = float(np.median(known)) if len(known) else 0.0
    cosine = np.array(
        [like.cosine[rows[p.passage]] if p.passage in rows else middle for p in found]
    )
    top = np.sort(like.cosine[nearest])[::-1][:SHARP_AT]
    sharpness = float(top[0] - top[-1]) if len(top) else 0.0
    return Candidates(tuple(found), cosine.astype(np.float64), sharpness, share_of_keys(query))


def _places(like: Likeness, wanted: Iterable[int]) -> dict[int, int]:
    """Where each wanted passage stands in ``like``, if it does."""
    ids = np.fromiter(wanted, dtype=np.int64)
    if not len(ids) or not len(like.passage):
        return {}
    order = like.ascending
    at = order[np.minimum(np.searchsorted(like.passage, ids, sorter=order), len(order) - 1)]
    fits = like.passage[at] == ids
    return dict(zip(ids[fits].tolist(), at[fits].tolist(), strict=True))
