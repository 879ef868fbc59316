"""What is known of each passage, as columns by document number: ids, dates and facets."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.model import Facet, Passage
from kb.search.engine import FACETS
from kb.search.postings import Docs, spread

Mask = NDArray[np.bool_]

# First letters of the keys under which a passage is found by what is known of it.
YEAR, ISSUER, TYPE, OFFICIAL, PLACE, NAMED = "y:", "i:", "d:", "o:", "p:", "m:"
FIRST_PAGE, TITLE, NUMBER, LABEL = "f:", "t:", "n:", "T:"
FIGURES, WITH_FIGURES = "c:", "1"

EAGER = (YEAR, ISSUER, TYPE, OFFICIAL, PLACE, NAMED, FIGURES)
"""Keys of facets and filters: few enough to be loaded when an index is opened."""

FACET_KEYS: Mapping[str, str] = {
    "year": YEAR,
    "institution": ISSUER,
    "type": TYPE,
    "official": OFFICIAL,
    "place": PLACE,
    "figures": FIGURES,
}


def facet_keys(passage: Passage) -> list[str]:
    """The keys of ``passage`` for facets and filters, each once."""
    keys = [YEAR + str(year) for year in passage.years]
    keys += [OFFICIAL + value for value in passage.officials]
    keys += [PLACE + value for value in passage.places]
    keys += [NAMED + value for value in passage.institutions]
    if passage.institution:
        keys.append(ISSUER + passage.institution)
    if passage.doc_type:
        keys.append(TYPE + passage.doc_type)
    if passage.figures:
        keys.append(FIGURES + WITH_FIGURES)
    return list(dict.fromkeys(keys))


def date_number(date: str | None, *, last: bool = False) -> int:
    """An ISO date or a prefix of one as ``yyyymmdd``; 0 for none.

    A missing month or day counts as the first, or with ``last`` as the last there is.
    """
    if not date:
        return 0
    parts = date.split("-")
    try:
        numbers = [int(part[:4]) for part in parts[:3]]
    except ValueError:
        return 0
    missing = 99 if last else 0
    numbers += [missing] * (3 - len(numbers))
    return numbers[0] * 10_000 + numbers[1] * 100 + numbers[2]


def most_frequent(facets: list[Facet], limit: int) -> tuple[Facet, ...]:
    """The first ``limit`` of ``facets`` by count, then by value."""
    facets.sort(key=lambda facet: (-facet.count, facet.value))
    return tuple(facets[:limit])


@dataclass(slots=True)
class FacetColumn:
    """Values of one facet: entry ``i`` says that passage ``docs[i]`` has ``codes[i]``."""

    values: tuple[str, ...]
    starts: NDArray[np.int64]
    """Entries of passage ``d`` are ``starts[d]:starts[d + 1]``."""
    codes: Docs
    single: bool
    """No passage has more than one value, and each has one."""

    @classmethod
    def build(cls, count: int, found: Iterable[tuple[str, Docs]]) -> FacetColumn:
        """``found`` gives each value with its passages; there are ``count`` passages."""
        values, lists = [], []
        for value, docs in found:
            values.append(value)
            lists.append(docs)
        docs = np.concatenate(lists) if lists else np.empty(0, dtype=np.int32)
        codes = np.repeat(np.arange(len(lists), dtype=np.int32), [len(x) for x in lists])
        order = np.argsort(docs, kind="stable")
        times = np.bincount(docs, minlength=count)
        starts = np.zeros(count + 1, dtype=np.int64)
        np.cumsum(times, out=starts[1:])
        return cls(tuple(values), starts, codes[order], bool((times == 1).all()))

    def count(self, docs: Docs, limit: int) -> tuple[Facet, ...]:
        """The ``limit`` values most frequent among ``docs``."""
        if len(docs) == len(self.starts) - 1:
            codes = self.codes
        elif self.single:
            codes = self.codes[docs]
        else:
            begin = self.starts[docs]
            codes = self.codes[spread(begin, self.starts[docs + 1] - begin)]
        counts = np.bincount(codes, minlength=len(self.values))
        found = np.flatnonzero(counts)
        if len(found) > limit:
            edge = np.partition(counts[found], len(found) - limit)[len(found) - limit]
            found = found[counts[found] >= edge]
        numbers = counts[found].tolist()
        facets = [
            Facet(self.values[c], self.values[c], number)
            for c, number in zip(found.tolist(), numbers, strict=True)
        ]
        return most_frequent(facets, limit)


@dataclass(slots=True)
class Columns:
    """All passages of one snapshot, by document number."""

    passage: NDArray[np.int64]
    document: NDArray[np.int64]
    page: Docs
    date: Docs
    live: Mask
    keyed: Mapping[str, Mapping[str, Docs]]
    """Prefix of a key -> value -> passages, ascending, for the prefixes of ``EAGER``."""
    lookup: Callable[[str], Docs | None]
    """Passages of any other key."""
    dense: Docs = field(init=False)
    """Document of each passage, counted through from 0."""
    documents: int = field(init=False)
    """Documents there are, deleted ones included."""
    _facets: dict[str, FacetColumn] = field(default_factory=dict)
    _lock: Any = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        unique, dense = np.unique(self.document, return_inverse=True)
        self.dense = dense.astype(np.int32)
        self.documents = len(unique)

    def __len__(self) -> int:
        return len(self.passage)

    def with_value(self, prefix: str, values: Iterable[str]) -> Mask:
        """Passages that have one of ``values`` under ``prefix``."""
        if prefix == FIRST_PAGE:
            first: Mask = self.page == 1
            return first
        mask = np.zeros(len(self), dtype=bool)
        column = self.keyed.get(prefix)
        for value in values:
            docs = self.lookup(prefix + value) if column is None else column.get(value)
            if docs is not None:
                mask[docs] = True
        return mask

    def between(self, first: str | None, last: str | None) -> Mask:
        """Passages dated within, both ends included; undated ones never."""
        mask = self.date > 0
        if first:
            # A date known to the month or year may be as late as the end of it.
            latest = self.date + np.where(self.date % 100 == 0, 99, 0)
            latest = latest + np.where(self.date % 10_000 == 0, 9_900, 0)
            mask &= latest >= date_number(first)
        if last:
            mask &= self.date <= date_number(last, last=True)
        return mask

    def years(self, first: int, last: int) -> Mask:
        """Passages that cover a year from ``first`` to ``last``."""
        wanted = [y for y in self.keyed.get(YEAR, {}) if first <= int(y) <= last]
        return self.with_value(YEAR, wanted)

    def in_documents(self, documents: Sequence[int]) -> Mask:
        """Passages of these documents."""
        return np.isin(self.document, np.asarray(documents, dtype=np.int64))

    def count_documents(self, docs: Docs) -> int:
        """How many documents these passages stand in."""
        return int(np.count_nonzero(np.bincount(self.dense[docs]))) if len(docs) else 0

    def pages_by_document(self, docs: Docs, documents: Iterable[int]) -> dict[int, int]:
        """Of these passages, how many stand in each of ``documents``."""
        wanted = sorted(set(documents))
        if not wanted:
            return {}
        ids = self.document[docs]
        order = np.searchsorted(wanted, ids)
        order[order == len(wanted)] = 0
        fits = np.asarray(wanted, dtype=np.int64)[order] == ids
        counts = np.bincount(order[fits], minlength=len(wanted))
        return {document: int(counts[i]) for i, document in enumerate(wanted)}

    def facets(
        self, docs: Docs, limit: int, names: Iterable[str] = FACETS
    ) -> dict[str, tuple[Facet, ...]]:
        """Counts of the facets ``names`` over ``docs``, which ascend."""
        return {name: self._facet(name).count(docs, limit) for name in names}

    def _facet(self, name: str) -> FacetColumn:
        with self._lock:
            if name not in self._facets:
                found = self.keyed.get(FACET_KEYS[name], {}).items()
                self._facets[name] = FacetColumn.build(len(self), found)
            return self._facets[name]
