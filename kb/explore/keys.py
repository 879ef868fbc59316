"""All statements that fit a question, as columns: what counting, folding and paging need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np

from kb.authority.normal import norm
from kb.catalog.reading import documents as reads
from kb.catalog.reading import entities as entity_reads
from kb.catalog.reading import statements as statement_reads
from kb.catalog.reading.typed import Reading
from kb.explore import names
from kb.explore.sources import Sources
from kb.explore.views import EntityBadge, YearCount
from kb.model import Facet
from kb.search.engine import Pages

TOP = 50
_PAIRED = 1 << 32
"""Above any number of a page or document: ``first * _PAIRED + second`` tells pairs apart."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Statements in order, each value at the place of its statement."""

    ids: tuple[int, ...] = ()
    documents: tuple[int, ...] = ()
    pages: tuple[int, ...] = ()
    dates: tuple[str | None, ...] = ()
    speakers: tuple[str | None, ...] = ()
    """Entity ids."""
    institution_ids: tuple[str | None, ...] = ()
    institutions: tuple[str | None, ...] = ()
    """As written."""

    @classmethod
    def of_rows(cls, rows: Sequence[Sequence[Any]]) -> Keys:
        """From rows of ``statement_keys``."""
        return cls(*list(zip(*rows, strict=True))[1:8]) if rows else cls()

    def __len__(self) -> int:
        return len(self.ids)

    def only(self, wanted: Sequence[Any]) -> Keys:
        """Those whose value in ``wanted`` is true."""
        return Keys(
            tuple(compress(self.ids, wanted)),
            tuple(compress(self.documents, wanted)),
            tuple(compress(self.pages, wanted)),
            tuple(compress(self.dates, wanted)),
            tuple(compress(self.speakers, wanted)),
            tuple(compress(self.institution_ids, wanted)),
            tuple(compress(self.institutions, wanted)),
        )

    def on(self, pages: Pages) -> Keys:
        """Those that stand on one of ``pages``."""
        own = np.asarray(self.documents, dtype=np.int64) * _PAIRED
        own += np.asarray(self.pages, dtype=np.int64)
        return self.only(np.isin(own, pages.documents * _PAIRED + pages.numbers).tolist())

    def dated(self) -> Keys:
        """Those with a date."""
        return self.only(self.dates)

    def document_count(self) -> int:
        """Documents they stand in."""
        return len(set(self.documents))

    def per_year(self) -> tuple[YearCount, ...]:
        """Statements and documents of each year, in order; undated ones left out."""
        year_of = {date: (date or "")[:4] for date in set(self.dates)}
        counted = _counted([year_of[date] for date in self.dates], self.documents)
        known = sorted(year for year in counted if year.isdigit())
        return tuple(YearCount(int(year), *counted[year]) for year in known)

    def top_speakers(self, connection: Reading) -> tuple[EntityBadge, ...]:
        """Who says most of them, as many as ``TOP``."""
        counts = Counter(self.speakers)
        counts.pop(None, None)
        top = counts.most_common(TOP)
        known = entity_reads.entity_rows(connection, [i for i, _ in top if i is not None])
        return tuple(
            EntityBadge(i, known[i].type, known[i].name, n)
            for i, n in top
            if i in known and not known[i].hidden
        )

    def top_institutions(self, connection: Reading) -> tuple[Facet, ...]:
        """Whose people say most of them, as many as ``TOP``."""
        values = [
            i or name for i, name in zip(self.institution_ids, self.institutions, strict=True)
        ]
        counted = _counted(values, self.documents)
        counted.pop(None, None)
        counted.pop("", None)
        top = sorted(counted, key=lambda v: -counted[v][0])[:TOP]
        labels = names.labels(connection, [v for v in top if names.is_id(v)])
        for value in top:
            if value not in labels:
                labels[value] = self.institutions[values.index(value)] or value
        return tuple(Facet(v, labels[v], *counted[v]) for v in top)

    def folded(self, sources: Sources, connection: Reading) -> tuple[Keys, dict[int, list[int]]]:
        """The same statement in near-duplicate documents once, and the documents of the others.

        The earliest document keeps it, whatever the order, which stays.
        """
        groups = near_duplicates(sources, connection)
        placed: dict[int, list[int]] = {}
        for place, document in enumerate(self.documents):
            if document in groups:
                placed.setdefault(groups[document], []).append(place)
        several = {group: places for group, places in placed.items() if len(places) > 1}
        texts = statement_reads.texts_of(
            connection, [self.ids[place] for places in several.values() for place in places]
        )
        told: dict[tuple[int, str], list[int]] = {}
        for group, places in several.items():
            for place in places:
                told.setdefault((group, norm(texts[self.ids[place]])), []).append(place)
        doubles: dict[int, list[int]] = {}
        kept = [True] * len(self)
        for same in told.values():
            if len(same) < 2:
                continue
            first, *others = sorted(same, key=lambda p: (self.dates[p] or "9999", self.ids[p]))
            own = self.documents[first]
            elsewhere = dict.fromkeys(self.documents[p] for p in others)
            doubles[self.ids[first]] = [d for d in elsewhere if d != own]
            for place in others:
                kept[place] = False
        return (self.only(kept) if doubles else self), doubles


def near_duplicates(sources: Sources, connection: Reading) -> dict[int, int]:
    """The near-duplicate group of each document that is in one."""
    return sources.remembered(connection, ("groups",), lambda: reads.grouped(connection))


def _counted(values: Sequence[Any], documents: Sequence[int]) -> dict[Any, tuple[int, int]]:
    """How often each value occurs, and in how many documents; in order of appearance."""
    codes: dict[Any, int] = {}
    of = np.fromiter((codes.setdefault(v, len(codes)) for v in values), np.int64, len(values))
    both = np.unique(of * _PAIRED + np.asarray(documents, dtype=np.int64))
    times = np.bincount(of, minlength=len(codes)).tolist()
    spread = np.bincount(both // _PAIRED, minlength=len(codes)).tolist()
    return {value: (times[code], spread[code]) for value, code in codes.items()}
