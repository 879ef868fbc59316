"""Evaluates a plan over posting lists with NumPy: which passages match, and their scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kb.search import ranking
from kb.search.columns import YEAR, Columns
from kb.search.plan import (
    Both,
    Chain,
    Constant,
    DateRange,
    Key,
    Lifted,
    Plan,
    Term,
    Union,
    Without,
    side_by_side,
)
from kb.search.postings import WIDTH, Docs, Ints, Postings

Scores = NDArray[np.float32]


class PostingSource(Protocol):
    """One snapshot of an index."""

    columns: Columns

    def postings(self, field: str, text: str, exact: bool) -> Postings:
        """Documents and frequencies of a term (deleted passages may still be among them)."""
        ...

    def keys(self, field: str, text: str, exact: bool) -> Ints:
        """``document * WIDTH + position`` of every occurrence, ascending."""
        ...

    def norms(self, field: str) -> NDArray[np.float32]:
        """``ranking.length_norms`` of the field, by document number."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """Passages by document number, ascending, each with its score."""

    docs: Docs
    scores: Scores


_NOTHING = Found(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32))


class Evaluator:
    def __init__(self, source: PostingSource) -> None:
        self._source = source
        self._count = len(source.columns)
        self._known: dict[Plan, Found] = {}

    def run(self, plan: Plan) -> Found:
        """Matches of ``plan``, deleted passages left out."""
        found = self._find(plan)
        live = self._source.columns.live[found.docs]
        return found if live.all() else Found(found.docs[live], found.scores[live])

    def _find(self, plan: Plan) -> Found:
        if isinstance(plan, Term):
            return self._term(plan)
        if isinstance(plan, Chain):
            return self._chain(plan)
        if isinstance(plan, Union | Both):
            # What a word finds is asked for once for the order and again for each lift.
            known = self._known.get(plan)
            if known is None:
                known = self._union(plan) if isinstance(plan, Union) else self._both(plan)
                self._known[plan] = known
            return known
        if isinstance(plan, Lifted):
            return self._lifted(plan)
        if isinstance(plan, Constant):
            docs = self._find(plan.part).docs
            return Found(docs, np.full(len(docs), plan.score, dtype=np.float32))
        if isinstance(plan, Without):
            return self._masked(~self._mask(self._find(plan.part).docs))
        if isinstance(plan, Key):
            return self._masked(self._key(plan))
        if isinstance(plan, DateRange):
            return self._masked(self._source.columns.between(plan.first, plan.last))
        return self._masked(np.ones(self._count, dtype=bool))

    def _mask(self, docs: Docs) -> NDArray[np.bool_]:
        mask = np.zeros(self._count, dtype=bool)
        mask[docs] = True
        return mask

    def _masked(self, mask: NDArray[np.bool_]) -> Found:
        docs = np.flatnonzero(mask).astype(np.int32)
        return Found(docs, np.zeros(len(docs), dtype=np.float32))

    def _key(self, plan: Key) -> NDArray[np.bool_]:
        columns = self._source.columns
        if plan.prefix == YEAR and plan.values and ".." in plan.values[0]:
            first, _, last = plan.values[0].partition("..")
            return columns.years(int(first), int(last))
        return columns.with_value(plan.prefix, plan.values)

    def _bm25(
        self, docs: Docs, freqs: NDArray[np.int32], field: str, idf: float, weight: float
    ) -> Scores:
        times = freqs.astype(np.float32)
        scores: Scores = times / (times + self._source.norms(field)[docs])
        scores *= np.float32(weight * idf * (ranking.K1 + 1))
        return scores

    def _term(self, plan: Term) -> Found:
        postings = self._source.postings(plan.field, plan.text, plan.exact)
        if not len(postings.docs):
            return _NOTHING
        idf = ranking.idf(self._count, len(postings.docs))
        scores = self._bm25(postings.docs, postings.freqs, plan.field, idf, plan.weight)
        return Found(postings.docs, scores)

    def _union(self, plan: Union) -> Found:
        wanted = side_by_side(plan)
        parts = [found for part in wanted if len((found := self._find(part)).docs)]
        if not parts:
            return _NOTHING
        if len(parts) == 1:
            return parts[0]
        mask = np.zeros(self._count, dtype=bool)
        scores = np.zeros(self._count, dtype=np.float32)
        for found in parts:
            mask[found.docs] = True
            if plan.best:
                scores[found.docs] = np.maximum(scores[found.docs], found.scores)
            else:
                scores[found.docs] += found.scores
        docs = np.flatnonzero(mask).astype(np.int32)
        return Found(docs, scores[docs])

    def _both(self, plan: Both) -> Found:
        excluded: NDArray[np.bool_] | None = None
        parts: list[Found] = []
        for part in plan.parts:
            if isinstance(part, Without):
                mask = self._mask(self._find(part.part).docs)
                excluded = mask if excluded is None else excluded | mask
                continue
            found = self._find(part)
            if not len(found.docs):
                return _NOTHING
            parts.append(found)
        if not parts:
            parts = [self._masked(np.ones(self._count, dtype=bool))]
        parts.sort(key=lambda found: len(found.docs))
        docs, scores = parts[0].docs, parts[0].scores
        for found in parts[1:]:
            docs, scores = self._meet(docs, scores, found)
        if excluded is not None:
            keep = ~excluded[docs]
            docs, scores = docs[keep], scores[keep]
        return Found(docs, scores)

    def _meet(self, docs: Docs, scores: Scores, other: Found) -> tuple[Docs, Scores]:
        at = np.searchsorted(other.docs, docs)
        at[at == len(other.docs)] = 0
        keep = other.docs[at] == docs
        return docs[keep], scores[keep] + other.scores[at[keep]]

    def _lifted(self, plan: Lifted) -> Found:
        main = self._find(plan.main)
        if not len(main.docs):
            return main
        scores = main.scores.copy()
        for lift in plan.lifts:
            found = self._find(lift)
            if len(found.docs):
                at = np.searchsorted(found.docs, main.docs)
                at[at == len(found.docs)] = 0
                scores += np.where(found.docs[at] == main.docs, found.scores[at], np.float32(0))
        return Found(main.docs, scores)

    # -- words beside one another -------------------------------------------------------------

    def _chain(self, plan: Chain) -> Found:
        lists = [self._source.postings(plan.field, word, plan.exact) for word in plan.words]
        if not lists or not all(len(p.docs) for p in lists):
            return _NOTHING
        candidates = self._candidates([p.docs for p in lists])
        if not len(candidates):
            return _NOTHING
        rows = [
            self._within(self._source.keys(plan.field, word, plan.exact), p, candidates)
            for word, p in zip(plan.words, lists, strict=True)
        ]
        starts = self._near(rows, plan.slop) if plan.slop else self._aligned(rows, plan.offsets)
        if not len(starts):
            return _NOTHING
        docs, freqs = np.unique(starts // WIDTH, return_counts=True)
        idf = sum(ranking.idf(self._count, len(p.docs)) for p in lists)
        found = docs.astype(np.int32)
        scores = self._bm25(found, freqs.astype(np.int32), plan.field, idf, plan.weight)
        return Found(found, scores)

    def _candidates(self, lists: list[Docs]) -> Docs:
        lists = sorted(lists, key=len)
        docs = lists[0]
        for other in lists[1:]:
            at = np.searchsorted(other, docs)
            at[at == len(other)] = 0
            docs = docs[other[at] == docs]
        return docs

    def _within(self, keys: Ints, postings: Postings, docs: Docs) -> Ints:
        """The ``keys`` that stand in ``docs``, all of which are in ``postings``."""
        if len(docs) == len(postings.docs):
            return keys
        mask = np.zeros(self._count, dtype=bool)
        mask[docs] = True
        kept: Ints = keys[np.repeat(mask[postings.docs], postings.freqs)]
        return kept

    def _aligned(self, rows: list[Ints], offsets: tuple[int, ...]) -> Ints:
        """Keys of first words whose followers stand exactly ``offsets`` further on."""
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        starts = rows[order[0]] - offsets[order[0]]
        for i in order[1:]:
            wanted = starts + offsets[i]
            at = np.searchsorted(rows[i], wanted)
            at[at == len(rows[i])] = 0
            starts = starts[rows[i][at] == wanted]
        return starts

    def _near(self, rows: list[Ints], slop: int) -> Ints:
        """Keys at which a stretch begins that holds every word, in any order."""
        reach = len(rows) - 1 + slop
        found: list[Ints] = []
        for i, starts in enumerate(rows):
            # Positions near the end of one passage must not reach into the next.
            ends = np.minimum(starts + reach, starts - starts % WIDTH + WIDTH - 1)
            keep = np.ones(len(starts), dtype=bool)
            for j, other in enumerate(rows):
                if i != j:
                    at = np.searchsorted(other, starts)
                    inside = at < len(other)
                    keep &= inside
                    keep[inside] &= other[at[inside]] <= ends[inside]
            found.append(starts[keep])
        return np.sort(np.concatenate(found))
